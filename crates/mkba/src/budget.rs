//! Amounts of time, memory and draws as they are typed: `90s`, `1h30min`, `512MiB`, `all`.
use std::time::Duration;

const TIMES: [(&str, f64); 6] = [
    ("s", 1.0),
    ("sec", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
];
const SIZES: [(&str, f64); 8] = [
    ("B", 1.0),
    ("kB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("TiB", 1_099_511_627_776.0),
];
/// A longer time is a slip of the pen.
const LONGEST: f64 = 365.0 * 86_400.0;

/// A time: one or more numbers with units.
///
/// # Errors
/// What is wrong with it.
pub fn time(text: &str) -> Result<Duration, String> {
    let mut seconds = 0.0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(time_required(text));
    }
    while !rest.is_empty() {
        let (number, unit, after) = amount(rest).ok_or_else(|| time_required(text))?;
        let factor = factor(&TIMES, unit).ok_or_else(|| time_required(text))?;
        seconds += number * factor;
        rest = after;
    }
    if seconds > 0.0 && seconds <= LONGEST {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("a time above zero and up to a year is required".to_owned())
    }
}

fn time_required(text: &str) -> String {
    let bare = text.trim().parse::<f64>().is_ok();
    let hint = if bare {
        format!("; for {text} minutes write `{text}min`", text = text.trim())
    } else {
        String::new()
    };
    format!("a time with a unit is required, such as `90s`, `20min` or `1h30min`{hint}")
}

/// A size of memory in bytes.
///
/// # Errors
/// What is wrong with it.
pub fn size(text: &str) -> Result<u64, String> {
    let required = || "a size with a unit is required, such as `800MB` or `2GiB`".to_owned();
    let (number, unit, rest) = amount(text.trim()).ok_or_else(required)?;
    let bytes = number * factor(&SIZES, unit).filter(|_| rest.is_empty()).ok_or_else(required)?;
    if (1.0..=u64::MAX as f64).contains(&bytes) {
        Ok(bytes as u64)
    } else {
        Err(required())
    }
}

/// A number of draws, or `all` of them.
///
/// # Errors
/// It is neither.
pub fn draws(text: &str) -> Result<usize, String> {
    match text.replace('_', "").parse() {
        Ok(number) => Ok(number),
        Err(_) if text == "all" => Ok(usize::MAX),
        Err(_) => Err("a number of draws or `all` is required".to_owned()),
    }
}

/// Number, unit and what follows of `1h30min`.
fn amount(text: &str) -> Option<(f64, &str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (unit, after) = rest.split_at(end);
    Some((number.parse().ok()?, unit, after.trim_start()))
}

fn factor(units: &[(&str, f64)], unit: &str) -> Option<f64> {
    units.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_understood_as_they_are_said() {
        for (text, seconds) in [
            ("90s", 90),
            ("20min", 1200),
            ("1h30min", 5400),
            ("1.5 h", 5400),
            ("2 h 5 m", 7500),
        ] {
            assert_eq!(time(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn a_time_that_is_none_is_explained() {
        assert!(time("20").expect_err("no unit").contains("`20min`"));
        for text in ["", "h", "1x", "0s", "-1s", "1h 2", "9999d", "1e3s"] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_understood_in_both_kinds_of_units() {
        assert_eq!(size("800MB"), Ok(800_000_000));
        assert_eq!(size("1.5 GiB"), Ok(1_610_612_736));
        for text in ["", "1", "GiB", "1G", "0GB", "1GB2", "99999999999TiB"] {
            assert!(size(text).expect_err(text).contains("`2GiB`"), "{text}");
        }
    }

    #[test]
    fn kept_draws_are_a_number_or_all() {
        assert_eq!(draws("0"), Ok(0));
        assert_eq!(draws("100_000"), Ok(100_000));
        assert_eq!(draws("all"), Ok(usize::MAX));
        assert!(draws("some").is_err() && draws("-1").is_err());
    }
}
