//! What makes a page sound, whatever it says.
use crate::page::Page;
use crate::sample::{LANGUAGES, html, report};
use mkba_core::appraisal::catalogue::Language;
use std::collections::BTreeSet;

fn pages() -> [Page; 2] {
    LANGUAGES.map(|language| Page::read(&html(language)))
}

#[test]
fn a_browser_finds_nothing_wrong() {
    for page in pages() {
        assert_eq!(page.faults(), Vec::<String>::new());
    }
    // The parser does find what is wrong.
    assert!(!Page::read("<!DOCTYPE html><p><table></p></b>").faults().is_empty());
}

#[test]
fn the_language_is_said() {
    for (language, code) in LANGUAGES.into_iter().zip(["nl", "en"]) {
        let page = Page::read(&html(language));
        assert_eq!(page.named("html")[0].attribute("lang"), Some(code));
        assert!(!page.named("title")[0].text().is_empty());
    }
}

#[test]
fn nothing_is_fetched() {
    for language in LANGUAGES {
        let text = html(language);
        let page = Page::read(&text);
        for element in page.elements() {
            assert!(
                !matches!(
                    element.name.as_str(),
                    "link" | "script" | "img" | "iframe" | "object" | "embed"
                ),
                "{}",
                element.name
            );
            for (name, value) in &element.attributes {
                assert!(!matches!(name.as_str(), "src" | "srcset" | "data"), "{name}={value}");
                assert!(!name.starts_with("on"), "{name}={value}");
            }
        }
        let style: String = page.named("style").iter().map(crate::page::Element::text).collect();
        assert!(!style.contains("@import"));
        for address in style.split("url(").skip(1) {
            assert!(address.starts_with("data:font/woff2;base64,"), "{}", &address[..40]);
        }
    }
}

#[test]
fn headings_come_in_order() {
    for page in pages() {
        let mut before = 0;
        for element in page.elements() {
            let Some(level) = element
                .name
                .strip_prefix('h')
                .and_then(|level| level.parse::<u8>().ok())
            else {
                continue;
            };
            assert!(level <= before + 1, "h{level} after h{before}: {}", element.text());
            assert!(!element.text().trim().is_empty());
            before = level;
        }
        assert_eq!(page.named("h1").len(), 1);
    }
}

#[test]
fn names_within_the_page_are_unique_and_every_link_has_a_place() {
    for page in pages() {
        let mut names = BTreeSet::new();
        for element in page.elements() {
            if let Some(id) = element.attribute("id") {
                assert!(names.insert(id.to_owned()), "`{id}` occurs twice");
            }
        }
        for element in page.elements() {
            for attribute in ["href", "aria-labelledby"] {
                let Some(value) = element.attribute(attribute) else {
                    continue;
                };
                let place = value.strip_prefix('#').unwrap_or(value);
                if attribute == "aria-labelledby" || value.starts_with('#') {
                    assert!(names.contains(place), "{attribute}={value}");
                }
            }
        }
    }
}

#[test]
fn every_table_has_a_caption_and_header_cells_and_rows_of_one_width() {
    for page in pages() {
        let tables = page.named("table");
        assert!(tables.len() > 10);
        for table in tables {
            let caption = table.within("caption");
            assert!(caption.len() == 1 && caption[0].text().len() > 10);
            let columns = table.within("thead")[0].within("th").len();
            assert!(
                table.within("thead")[0]
                    .within("th")
                    .iter()
                    .all(|cell| cell.attribute("scope") == Some("col"))
            );
            for body in table.within("tbody") {
                for row in body.within("tr") {
                    let headers = row.within("th");
                    assert_eq!(headers.len(), 1, "{}", row.text());
                    let width: usize = headers[0]
                        .attribute("colspan")
                        .map_or(1, |columns| columns.parse().expect("a number"));
                    assert_eq!(
                        width + row.within("td").len(),
                        columns,
                        "{}: {}",
                        caption[0].text(),
                        row.text()
                    );
                }
            }
        }
    }
}

#[test]
fn every_figure_has_words_in_its_place_and_a_caption() {
    for page in pages() {
        let figures = page.named("figure");
        assert_eq!(figures.len(), 2);
        for figure in figures {
            let drawing = &figure.within("svg")[0];
            assert_eq!(drawing.attribute("role"), Some("img"));
            assert!(
                drawing
                    .attribute("aria-label")
                    .is_some_and(|words| words.starts_with("What \""))
            );
            assert!(!figure.within("figcaption")[0].text().is_empty());
            let pattern = &figure.within("pattern")[0];
            let name = pattern.attribute("id").expect("named");
            assert_eq!(
                figure.within("rect")[0].attribute("fill"),
                Some(format!("url(#{name})").as_str())
            );
        }
    }
}

#[test]
fn sections_tables_and_figures_are_numbered_in_the_order_of_reading() {
    let report = report(Language::Dutch);
    let numbers: Vec<&str> = report.sections.iter().map(|section| section.number.as_str()).collect();
    assert_eq!(&numbers[..3], ["", "1", "2"]);
    assert_eq!(&numbers[numbers.len() - 4..], ["A", "B", "C", "D"]);
    let page = Page::read(&html(Language::Dutch));
    let places: Vec<String> = page
        .named("table")
        .iter()
        .filter_map(|table| table.attribute("id").map(str::to_owned))
        .collect();
    let expected: Vec<String> = (1..=places.len()).map(|number| format!("table-{number}")).collect();
    assert_eq!(places, expected);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    assert_eq!(html(Language::English), html(Language::English));
}

/// Contrast of text on its ground as WCAG 2.1 computes it: 4.5 is level AA.
#[test]
fn every_colour_of_text_is_dark_enough() {
    let style = include_str!("../../templates/report.css");
    let colour = |name: &str| {
        let (_, rest) = style.split_once(&format!("--{name}: #")).expect("a colour");
        luminance(&rest[..6])
    };
    for text in ["ink", "soft", "accent"] {
        for ground in [luminance("ffffff"), luminance("fdf7ec"), colour("faint")] {
            let contrast = (ground + 0.05) / (colour(text) + 0.05);
            assert!(contrast >= 4.5, "--{text}: {contrast}");
        }
    }
}

fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if value <= 0.03928 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

#[test]
fn what_scrolls_on_a_small_screen_can_be_reached_and_says_so() {
    for page in pages() {
        for element in page.elements() {
            let class = element.attribute("class").unwrap_or_default();
            if class == "table numbers" || class == "drawing" {
                assert_eq!(element.attribute("tabindex"), Some("0"));
                assert!(element.attribute("aria-label").is_some_and(|label| !label.is_empty()));
            }
            if class == "drawing" {
                let hint = element.within("p");
                assert_eq!(
                    hint[0].attribute("aria-hidden"),
                    Some("true"),
                    "the label says it to readers by ear"
                );
            }
        }
    }
}
