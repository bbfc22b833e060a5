//! Changes to the text of a model that must not change, or must scale, what it comes to.

/// All declarations of a file in opposite order. The lines before the first stay where they are.
pub fn sections_reversed(text: &str) -> String {
    let mut sections: Vec<String> = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            sections.push(String::new());
        }
        let section = sections.last_mut().expect("never empty");
        section.push_str(line);
        section.push('\n');
    }
    let (first, rest) = sections.split_first().expect("never empty");
    std::iter::once(first.as_str())
        .chain(rest.iter().rev().map(String::as_str))
        .collect()
}

/// All rows of a table in opposite order below its head.
pub fn rows_reversed(text: &str) -> String {
    let (head, rows) = text.split_once('\n').expect("a head");
    let rows: Vec<&str> = rows.lines().rev().collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

/// Every list of measures in opposite order.
pub fn lists_of_measures_reversed(text: &str) -> String {
    let line = |line: &str| match line.split_once("= [") {
        Some((key, list)) if key.starts_with("measures") => {
            let mut names: Vec<&str> = list.trim_end_matches(']').split(',').map(str::trim).collect();
            names.reverse();
            format!("measures = [{}]\n", names.join(", "))
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Every amount of money in values and paths doubled; `sigma`, which is relative, must not stand in them.
pub fn money_doubled(text: &str) -> String {
    let line = |line: &str| {
        let pieces = line.split('"').enumerate().map(|(number, piece)| {
            let is_amount =
                number % 2 == 1 && (piece.contains("EUR")) && piece.starts_with(|c: char| c.is_ascii_alphanumeric());
            if is_amount {
                amount_doubled(piece)
            } else {
                piece.to_owned()
            }
        });
        let pieces: Vec<String> = pieces.collect();
        format!("{}\n", pieces.join("\""))
    };
    let stated = |text: &str| ["value", "points"].iter().any(|key| text.starts_with(key)) || text.contains("{ value =");
    text.lines()
        .map(|text| if stated(text) { line(text) } else { format!("{text}\n") })
        .collect()
}

/// `triangular(1, 2, 3) kEUR/m2` becomes `triangular(2, 4, 6) kEUR/m2`; digits of names such as `p05` stay.
fn amount_doubled(value: &str) -> String {
    assert!(!value.contains("sigma"), "{value}");
    let end = value
        .rfind(')')
        .map_or_else(|| value.find(' ').expect("a unit"), |end| end + 1);
    let (numbers, unit) = value.split_at(end);
    let mut doubled = String::new();
    let mut rest = numbers;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, word) = rest.split_at(start);
        let length = word
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(word.len());
        let (word, after) = word.split_at(length);
        doubled.push_str(before);
        match word.replace('_', "").parse::<f64>() {
            Ok(number) => doubled.push_str(&format!("{}", 2.0 * number)),
            Err(_) => doubled.push_str(word),
        }
        rest = after;
    }
    format!("{doubled}{rest}{unit}")
}
