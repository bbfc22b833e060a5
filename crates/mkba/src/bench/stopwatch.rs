//! Processor time and elapsed time of some work.
use nix::time::ClockId;
use serde::Serialize;
use std::time::Instant;

/// Seconds that something took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Seconds {
    /// Of the processor, over all threads of this process.
    pub processor: f64,
    /// On the clock.
    pub elapsed: f64,
}

/// Does some work and times it.
pub fn timed<Made>(work: impl FnOnce() -> Made) -> (Made, Seconds) {
    let (before, start) = (processor_seconds(), Instant::now());
    let made = work();
    let elapsed = start.elapsed().as_secs_f64();
    let processor = match (before, processor_seconds()) {
        (Some(before), Some(after)) => after - before,
        // Without that clock, elapsed time is the nearest there is.
        _ => elapsed,
    };
    (made, Seconds { processor, elapsed })
}

fn processor_seconds() -> Option<f64> {
    let time = ClockId::CLOCK_PROCESS_CPUTIME_ID.now().ok()?;
    Some(time.tv_sec() as f64 + time.tv_nsec() as f64 * 1e-9)
}

/// The middle of some numbers; of an even count the mean of the middle two. NaN of none.
pub fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => sorted[count / 2],
        count => f64::midpoint(sorted[count / 2 - 1], sorted[count / 2]),
    }
}

/// The median of both times.
pub fn median_seconds(all: impl IntoIterator<Item = Seconds>) -> Seconds {
    let all: Vec<Seconds> = all.into_iter().collect();
    Seconds {
        processor: median(all.iter().map(|one| one.processor)),
        elapsed: median(all.iter().map(|one| one.elapsed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median([]).is_nan());
    }

    #[test]
    fn work_takes_processor_time_and_waiting_does_not() {
        let (sum, busy) = timed(|| (0..20_000_000_u64).fold(0, |sum: u64, x| std::hint::black_box(sum ^ x)));
        assert!(sum != 1 && busy.processor > 0.0 && busy.elapsed > 0.0);
        // Other tests may work meanwhile, but not for ever.
        let mut naps = (0..200).map(|_| timed(|| std::thread::sleep(std::time::Duration::from_millis(50))).1);
        let idle = naps.find(|idle| idle.processor < 0.045);
        assert!(idle.is_some_and(|idle| idle.elapsed >= 0.05), "{idle:?}");
    }
}
