//! The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as
//! 1, 2, 3", SC'11): ten rounds of multiplication that turn a counter and a key into four random words.

const MULTIPLIER_0: u64 = 0xD251_1F53;
const MULTIPLIER_1: u64 = 0xCD9E_8D57;
const WEYL_0: u32 = 0x9E37_79B9;
const WEYL_1: u32 = 0xBB67_AE85;
const LOW_WORD: u64 = 0xffff_ffff;

/// The four words of a counter under a key.
#[inline(always)]
#[must_use]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    // Words live in 64-bit lanes, which is what vector multiplications of 32-bit words want. The upper halves are left
    // dirty: a multiplication reads the lower ones, and so does the result.
    let [mut a, mut b, mut c, mut d] = counter.map(u64::from);
    let [mut key_0, mut key_1] = key;
    for _ in 0..10 {
        let first = MULTIPLIER_0 * (a & LOW_WORD);
        let second = MULTIPLIER_1 * (c & LOW_WORD);
        (a, b) = ((second >> 32) ^ b ^ u64::from(key_0), second);
        (c, d) = ((first >> 32) ^ d ^ u64::from(key_1), first);
        key_0 = key_0.wrapping_add(WEYL_0);
        key_1 = key_1.wrapping_add(WEYL_1);
    }
    [a as u32, b as u32, c as u32, d as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random123 (D. E. Shaw Research, BSD-3-Clause), `tests/kat_vectors` at commit 9545ff6, lines `philox4x32 10`.
    #[test]
    fn published_known_answers_are_met() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in cases {
            assert_eq!(philox4x32_10(counter, key), expected);
        }
    }
}
