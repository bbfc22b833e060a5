//! A span as bytes, as far as it is done: what it is a span of, its numbers, and a hash over both.
//!
//! Numbers are little-endian; a list is its length and its items. The format has no promise beyond one version of the engine:
//! the version is part of the identity.
use super::layout::Layout;
use super::span::{Kept, Summed};
use super::total::Total;
use crate::contract::SCHEME;
use crate::sampler::Sampler;
use crate::standard_error::Spread;
use crate::summary::{CHUNK, Counts, Moments, Statistic};
use mkba_core::compiled::Compiled;
use mkba_core::outcome::{Checkpoint, Precision, Summary};
use std::fmt::{self, Write};

const MAGIC: &[u8; 12] = b"mkba span 3\n";
const HASH: usize = blake3::OUT_LEN;

/// What a span is a span of: a hash of everything that decides its numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity([u8; HASH]);

impl Identity {
    /// Of a compiled study with its sampler, seed, and the number of draws that are kept.
    pub fn of(compiled: &Compiled, layout: &Layout, sampler: &Sampler, seed: u64, keep: usize) -> Self {
        let mut hash = Hashed(blake3::Hasher::new());
        let design = sampler.design().name();
        let engine = env!("CARGO_PKG_VERSION");
        // Every type below derives its debug form from all its fields, with numbers in all their digits.
        let written = write!(
            hash,
            "{engine}\n{SCHEME}\n{design}\n{seed}\n{keep} {}\n{}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n",
            layout.inputs,
            compiled.catalogue.alternatives.len(),
            compiled.program,
            compiled.inputs,
            compiled.dependences,
            compiled.outputs,
            compiled.yearly,
            compiled.observed,
        );
        written.expect("a hash takes all text");
        // The first values of every input stand for whatever else the design depends on.
        let mut values = vec![0.0; sampler.input_count() * 8];
        sampler.fill(0, 8, &mut values);
        for value in values {
            hash.0.update(&value.to_le_bytes());
        }
        Self(*hash.0.finalize().as_bytes())
    }
}

struct Hashed(blake3::Hasher);

impl Write for Hashed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// The bytes of a span.
pub(super) fn encode(identity: Identity, number: u64, span: &Total) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&identity.0);
    number.put(&mut bytes);
    span.put(&mut bytes);
    let hash = blake3::hash(&bytes);
    bytes.extend_from_slice(hash.as_bytes());
    bytes
}

/// The span in some bytes, if it is the one that is asked for: all of its draws, or the first of them up to the end of a portion.
///
/// # Errors
/// Why it is of no use.
pub(super) fn decode(
    bytes: &[u8],
    identity: Identity,
    layout: &Layout,
    number: u64,
    draws: usize,
    portion: usize,
) -> Result<Total, &'static str> {
    const DAMAGED: &str = "it is damaged";
    let (content, hash) = bytes.split_last_chunk::<HASH>().ok_or(DAMAGED)?;
    let content_after_magic = content
        .strip_prefix(MAGIC)
        .ok_or("it is not a span of this version of mkba")?;
    if blake3::hash(content).as_bytes() != hash {
        return Err(DAMAGED);
    }
    let (stored, mut rest) = content_after_magic.split_first_chunk::<HASH>().ok_or(DAMAGED)?;
    if *stored != identity.0 {
        return Err("it is of another study, seed, setting or version of mkba");
    }
    let (stored, span) = <(u64, Total)>::take(&mut rest)
        .filter(|_| rest.is_empty())
        .ok_or(DAMAGED)?;
    let (draws, portion) = (draws as u64, (portion * CHUNK) as u64);
    if stored != number || span.draws > draws || span.draws < draws && !span.draws.is_multiple_of(portion) {
        return Err("it holds other draws");
    }
    let summed_fits = |summed: &Summed| {
        summed.statistics.len() == layout.scenarios * layout.series
            && summed.pairs.len() == layout.scenarios * layout.pair_count()
            && summed.spreads.len() == layout.spreads(layout.series).len()
            && summed.pair_spreads.len() == layout.spreads(layout.pair_count()).len()
            && summed.sums.len() == layout.slots()
    };
    let fits = !span.branches.is_empty()
        && span.branches.iter().all(|(_, summed)| summed_fits(summed))
        && span.cumulative.len() == if number == 0 { layout.cumulative_quantiles() } else { 0 }
        && span.counts.len() == layout.scenarios * layout.quantiles.len();
    if fits { Ok(span) } else { Err(DAMAGED) }
}

trait Stored: Sized {
    fn put(&self, to: &mut Vec<u8>);
    fn take(from: &mut &[u8]) -> Option<Self>;
}

macro_rules! stored_numbers {
    ($($number:ty),*) => {$(
        impl Stored for $number {
            fn put(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(&self.to_le_bytes());
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_le_bytes(*bytes))
            }
        }
    )*};
}

stored_numbers!(u32, u64, f64);

/// A structure is stored as its fields in order.
macro_rules! stored_fields {
    ($($structure:ident { $($field:ident),* })*) => {$(
        impl Stored for $structure {
            fn put(&self, to: &mut Vec<u8>) {
                $(self.$field.put(to);)*
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                $(let $field = Stored::take(from)?;)*
                Some(Self { $($field),* })
            }
        }
    )*};
}

stored_fields! {
    Total { draws, branches, counts, kept, checkpoints, cumulative }
    Summed { statistics, pairs, spreads, pair_spreads, sums }
    Statistic { moments, least, greatest }
    Kept { balances, inputs }
    Checkpoint { draws, scenarios }
    Precision { balances, ranking }
    Summary { mean, standard_error, p05, p50, p95 }
}

impl<Item: Stored> Stored for Vec<Item> {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u64).put(to);
        self.iter().for_each(|item| item.put(to));
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u64::take(from)?;
        // Every item takes at least a byte, so a false length cannot ask for more memory than the file is long.
        if length > from.len() as u64 {
            return None;
        }
        (0..length).map(|_| Item::take(from)).collect()
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl Stored for Moments {
    fn put(&self, to: &mut Vec<u8>) {
        self.parts().iter().for_each(|part| part.put(to));
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(Moments::from_parts([
            f64::take(from)?,
            f64::take(from)?,
            f64::take(from)?,
        ]))
    }
}

impl Stored for Spread {
    fn put(&self, to: &mut Vec<u8>) {
        self.numbers().put(to);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Spread::of_numbers(&Vec::<f64>::take(from)?)
    }
}

impl Stored for Counts {
    fn put(&self, to: &mut Vec<u8>) {
        (self.entries().len() as u64).put(to);
        self.entries().iter().for_each(|entry| entry.put(to));
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Counts::from_entries(Vec::take(from)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard_error::Unit;

    fn span() -> Total {
        let summed = Summed {
            statistics: vec![Statistic::of_chunk(&[1.0, 2.0, -0.0])],
            sums: vec![0.1],
            ..Summed::default()
        };
        Total {
            draws: 4096,
            branches: vec![(4, summed)],
            counts: vec![Counts::of(&[1.0, 2.0, 2.0])],
            kept: Kept {
                balances: vec![vec![0.5, -0.5]],
                inputs: Vec::new(),
            },
            cumulative: Vec::new(),
            checkpoints: vec![Checkpoint {
                draws: 1024,
                scenarios: vec![Precision {
                    balances: vec![Summary::default()],
                    ranking: 0.75,
                }],
            }],
        }
    }

    fn layout() -> Layout {
        Layout {
            outputs: vec![0],
            series: 1,
            yearly: vec![0],
            positions: 1,
            observed: Vec::new(),
            observed_positions: 0,
            observed_years: 0,
            path: vec![None],
            paths: 0,
            years: 1,
            scenarios: 1,
            inputs: 0,
            quantiles: vec![0],
            place: vec![Some(0)],
            balances: Vec::new(),
            pairs: Vec::new(),
            unit: Unit::Draw,
        }
    }

    const OURS: Identity = Identity([7; HASH]);

    #[test]
    fn a_span_is_read_back_as_it_was() {
        let bytes = encode(OURS, 3, &span());
        for draws in [4096, 4097, 10_000] {
            assert_eq!(decode(&bytes, OURS, &layout(), 3, draws, 2), Ok(span()));
        }
    }

    #[test]
    fn a_span_with_any_byte_changed_or_missing_is_refused() {
        let bytes = encode(OURS, 3, &span());
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(decode(&changed, OURS, &layout(), 3, 4096, 2).is_err(), "byte {place}");
            assert!(
                decode(&bytes[..place], OURS, &layout(), 3, 4096, 2).is_err(),
                "{place} bytes"
            );
        }
    }

    #[test]
    fn a_span_of_something_else_is_refused() {
        let bytes = encode(OURS, 3, &span());
        assert!(decode(&bytes, Identity([8; HASH]), &layout(), 3, 4096, 2).is_err());
        assert!(decode(&bytes, OURS, &layout(), 4, 4096, 2).is_err());
        // Fewer draws than it has, and a number of them in the midst of a portion.
        assert!(decode(&bytes, OURS, &layout(), 3, 4095, 2).is_err());
        assert!(decode(&bytes, OURS, &layout(), 3, 8192, 8).is_err());
        assert!(decode(&bytes, OURS, &Layout { series: 2, ..layout() }, 3, 4096, 2).is_err());
    }
}
