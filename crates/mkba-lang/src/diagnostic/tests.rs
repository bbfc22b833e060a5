//! Tests of messages as text and as JSON.
use super::*;
use crate::source::{FileId, Sources};
use proptest::prelude::*;

const RESEARCH: &str = "[flow.research_spillover]
formula = 'social_return * opening(knowledge)'
";
const PARAMETERS: &str = "[parameter.social_return]
value = \"20 %\"
source = \"één bron\"
";

fn example() -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let research = sources.add("models/kennisstad/effects/research.toml", RESEARCH);
    let parameters = sources.add("models/kennisstad/parameters.toml", PARAMETERS);
    let at = |file, text: &str, word: &str| {
        let start = text.find(word).expect("the word");
        Span::new(file, start..start + word.len())
    };
    let message = "a flow requires money per year, this formula gives money";
    let formula = "social_return * opening(knowledge)";
    let unit = Diagnostic::error("E0301", message, at(research, RESEARCH, formula), "")
        .and(at(research, RESEARCH, "social_return"), "no unit")
        .and(at(research, RESEARCH, "opening(knowledge)"), "`EUR`")
        .and(at(parameters, PARAMETERS, "20 %"), "stated here")
        .note("found     EUR\nrequired  EUR/year")
        .help("a return on a stock is usually per year");
    let placeholder = Diagnostic::error(
        "W0102",
        "`social_return` has few sources",
        at(parameters, PARAMETERS, "één bron"),
        "",
    )
    .warning();
    let project = Diagnostic::unplaced("E0004", "no `mkba.toml` here or above").note("looked in /tmp/a, /tmp, /");
    (sources, vec![unit, placeholder, project])
}

#[test]
fn messages_show_every_offender_in_every_file() {
    let (sources, diagnostics) = example();
    insta::assert_snapshot!(render(&diagnostics, &sources));
}

#[test]
fn coloured_messages_differ_only_by_escape_codes() {
    let (sources, diagnostics) = example();
    let coloured = render_coloured(&diagnostics, &sources);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    for (number, piece) in coloured.split("\u{1b}[").enumerate() {
        plain.push_str(if number == 0 {
            piece
        } else {
            piece.split_once('m').expect("the end of a code").1
        });
    }
    assert_eq!(plain, render(&diagnostics, &sources));
}

#[test]
fn json_states_lines_and_columns_in_characters() {
    let (sources, diagnostics) = example();
    let json: serde_json::Value = serde_json::from_str(&to_json(&diagnostics, &sources)).expect("valid JSON");
    assert_eq!(json[0]["labels"].as_array().map(Vec::len), Some(4));
    let label = &json[1]["labels"][0];
    assert_eq!(label["path"], "models/kennisstad/parameters.toml");
    assert_eq!((&label["line"], &label["column"]), (&3.into(), &11.into()));
    assert_eq!((&label["end_line"], &label["end_column"]), (&3.into(), &19.into()));
    assert_eq!(json[1]["severity"], "warning");
    assert_eq!(json[2]["code"], "E0004");
    assert_eq!(json[2]["help"], serde_json::Value::Null);
    assert_eq!(to_json(&[], &sources), "[]");
}

#[test]
fn the_summary_counts_errors_and_warnings() {
    let (_, list) = example();
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(list[1].clone());
    assert_eq!(summary_line(&diagnostics), "1 warning");
    diagnostics.push(list[0].clone());
    assert_eq!(summary_line(&diagnostics), "1 error, 1 warning; nothing was run");
    diagnostics.push(list[0].clone());
    diagnostics.push(list[2].clone());
    assert_eq!(summary_line(&diagnostics), "2 errors, 1 warning; nothing was run");
}

#[test]
fn an_empty_file_can_be_pointed_at() {
    let mut sources = Sources::default();
    let file = sources.add("data/campuses.csv", "");
    let text = render(
        &[Diagnostic::error("E0012", "no rows", Span::new(file, 0..0), "here")],
        &sources,
    );
    assert!(text.contains("data/campuses.csv:1:1"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_span_in_any_text_can_be_shown(
        texts in proptest::collection::vec("(a|é|€|\t|\n|\r\n|\u{202e}| |👩‍🔬){0,30}", 1..3),
        labels in proptest::collection::vec((0u32..4, 0u32..80, 0u32..80, any::<bool>(), "[a-z\n]{0,3}"), 0..5),
    ) {
        let mut sources = Sources::default();
        for (number, text) in texts.iter().enumerate() {
            sources.add(format!("{number}.toml"), text.as_str());
        }
        let mut diagnostic = Diagnostic::unplaced("E0101", "message");
        for (file, start, end, primary, text) in labels {
            let span = Span { file: FileId(file), start, end };
            diagnostic.labels.push(Label { span, text, primary });
        }
        let list = [diagnostic];
        prop_assert!(render(&list, &sources).starts_with("error[E0101]: message\n"));
        prop_assert!(render_coloured(&list, &sources).contains("message"));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&to_json(&list, &sources)).is_ok());
    }
}
