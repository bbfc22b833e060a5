//! What was probably meant.

/// The candidate nearest to a word, if it is near enough to be a slip of the pen. Ties go to the first in order of bytes.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let longest = length.max(candidate.chars().count());
            let distance = strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
            (distance <= longest.div_ceil(4) && distance < longest).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// A help line: the nearest candidate, or else all of them when they are few.
pub fn help<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    let mut all: Vec<&str> = candidates.into_iter().collect();
    all.sort_unstable();
    all.dedup();
    if let Some(found) = nearest(word, all.iter().copied()) {
        return Some(format!("did you mean `{found}`?"));
    }
    if all.is_empty() || all.len() > 12 {
        return None;
    }
    let listed: Vec<String> = all.iter().map(|word| format!("`{word}`")).collect();
    Some(format!("known here: {}", listed.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_mended_and_a_strange_word_is_not() {
        let known = ["formula", "unit", "over", "label"];
        assert_eq!(nearest("forumla", known), Some("formula"));
        assert_eq!(nearest("Unit", known), Some("unit"));
        assert_eq!(nearest("price", known), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(
            help("price", known).as_deref(),
            Some("known here: `formula`, `label`, `over`, `unit`")
        );
    }
}
