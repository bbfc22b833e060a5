//! What may have been meant.

/// The candidate that is most like a word, if it differs in at most a quarter of its letters.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let distances = candidates.into_iter().map(|candidate| {
        let distance = strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase());
        (distance, candidate)
    });
    let (distance, candidate) = distances.min()?;
    let most = word.chars().count().max(candidate.chars().count()).div_ceil(4);
    (distance <= most).then_some(candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(nearest("nl-2012", ["nl-2021", "uk-2020"]), Some("nl-2021"));
        assert_eq!(nearest("green-book", ["nl-2021", "uk-2020"]), None);
        assert_eq!(nearest("anything", []), None);
    }
}
