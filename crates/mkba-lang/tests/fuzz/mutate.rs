//! One change of a file: bytes, words, numbers, names, lines.
use crate::corpus::Corpus;
use std::ops::Range;

/// SplitMix64 (Steele, Lea and Flood 2014): every number of a case follows from the number of the case.
pub struct Random(u64);

impl Random {
    pub fn new(case: u64) -> Self {
        Self(case.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x6D6B_6261)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 when that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % (limit.max(1) as u64)) as usize
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Numbers at which something may break.
const EXTREMES: [&str; 22] = [
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "1e999",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "4294967296",
    "0.1",
    "1_000_000_000",
    "nan",
    "inf",
    "-inf",
    "0x7fffffff",
    "1000",
    "9999",
    "10000",
    "1.0000000000000002",
    "1e16",
];

/// Text with a meaning in TOML, in formulas or in both.
const PIECES: [&str; 60] = [
    " + ",
    " - ",
    " * ",
    " / ",
    "^",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "=",
    ",",
    ".",
    ":",
    "#",
    "@2021",
    "%",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " if ",
    " then ",
    " else ",
    " and ",
    " or ",
    " not ",
    " over ",
    " where ",
    " over campus",
    "sum(",
    "mean(",
    "count(",
    "previous(",
    "opening(",
    "lagged(",
    ", before = 0)",
    ", first = 0)",
    "cumulative(",
    "grown(",
    "ration(",
    "lookup(",
    "max(",
    "ratio(",
    "[delft]",
    ".granted",
    ".unserved",
    "elapsed",
    "now",
    " EUR",
    " EUR/year",
    " m2/year",
    " 1/year",
    "é",
    "\u{feff}",
];

/// Changes a text once.
pub fn mutate(bytes: &mut Vec<u8>, corpus: &Corpus, random: &mut Random) {
    match random.below(14) {
        0 => {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.next() as u8;
            }
        }
        1 => {
            let at = random.below(bytes.len());
            let end = (at + 1 + random.below(12)).min(bytes.len());
            bytes.drain(at.min(end)..end);
        }
        2 => {
            let at = random.below(bytes.len());
            let end = (at + 1 + random.below(40)).min(bytes.len());
            let copy = bytes[at.min(end)..end].to_vec();
            insert(bytes, random, &copy);
        }
        3 | 4 => {
            let piece = random_piece(random);
            insert(bytes, random, piece.as_bytes());
        }
        5 => {
            let words = words(bytes);
            if let (Some(a), Some(b)) = (pick(&words, random), pick(&words, random)) {
                swap(bytes, a, b);
            }
        }
        6 | 7 => {
            let numbers: Vec<Range<usize>> = words(bytes)
                .into_iter()
                .filter(|it| bytes[it.start].is_ascii_digit())
                .collect();
            if let Some(number) = pick(&numbers, random) {
                bytes.splice(number, random.one(&EXTREMES).bytes());
            }
        }
        8 | 9 => {
            if let Some(word) = pick(&words(bytes), random) {
                let other = random.one(&corpus.words).clone();
                bytes.splice(word, other.into_bytes());
            }
        }
        10 => {
            let own = words(bytes);
            if let (Some(word), Some(other)) = (pick(&own, random), pick(&own, random)) {
                let other = bytes[other].to_vec();
                bytes.splice(word, other);
            }
        }
        11 => {
            let lines = lines(bytes);
            if let (Some(a), Some(b)) = (pick(&lines, random), pick(&lines, random)) {
                swap(bytes, a, b);
            }
        }
        12 => {
            let mut text = String::new();
            for _ in 0..=random.below(6) {
                text.push_str(random.one::<String>(&corpus.lines));
                text.push('\n');
            }
            let at = pick(&lines(bytes), random).map_or(0, |line| line.start);
            bytes.splice(at..at, text.into_bytes());
        }
        _ => {
            if let Some(line) = pick(&lines(bytes), random) {
                bytes.drain(line);
            }
        }
    }
}

/// A piece, seldom very often in a row.
fn random_piece(random: &mut Random) -> String {
    let piece = *random.one(&PIECES);
    match random.below(60) {
        0 => piece.repeat(1 + random.below(3_000)),
        _ => piece.to_owned(),
    }
}

fn insert(bytes: &mut Vec<u8>, random: &mut Random, text: &[u8]) {
    let at = random.below(bytes.len() + 1);
    bytes.splice(at..at, text.iter().copied());
}

fn pick(of: &[Range<usize>], random: &mut Random) -> Option<Range<usize>> {
    if of.is_empty() {
        None
    } else {
        Some(random.one(of).clone())
    }
}

/// Puts each of two stretches where the other is, unless they overlap.
fn swap(bytes: &mut Vec<u8>, a: Range<usize>, b: Range<usize>) {
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    if first.end > second.start {
        return;
    }
    let (one, other) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
    bytes.splice(second, one);
    bytes.splice(first, other);
}

/// Runs of letters, digits, points and `_`.
fn words(bytes: &[u8]) -> Vec<Range<usize>> {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in bytes.iter().copied().chain([b' ']).enumerate() {
        match (start, inside(byte)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Lines with their line breaks.
fn lines(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        found.push(start..start + line.len());
        start += line.len();
    }
    found
}
