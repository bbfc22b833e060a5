//! Every number with a source or an assumption, in one list.
use super::{Figure, Provenances};
use mkba_core::appraisal::catalogue::Text;
use mkba_core::influence::{Influence, NodeKind};
use mkba_core::rulebook::CalendarDate;
use mkba_lang::declarations::{self, Declarations, DriverValue, Name, Points, Provenance, Quantity, ValueInput};
use mkba_lang::influence::influence;
use mkba_lang::source::Sources;
use mkba_lang::syntax::{print_unit, print_value};

/// Collects the numbers of a model, or of a study with its scenarios. `on` is the day at which review dates are judged.
pub fn collect(declarations: &Declarations, sources: &Sources, label: Text, on: CalendarDate) -> Provenances {
    let mut figures = numbers(declarations, sources);
    for figure in &mut figures {
        figure.overdue = figure.review.is_some_and(|review| review < on);
    }
    Provenances {
        label,
        on,
        draws: None,
        weight_measure: None,
        other_weight: None,
        figures,
    }
}

/// The numbers, in order of kind and name; no review date is judged.
pub fn numbers(declarations: &Declarations, sources: &Sources) -> Vec<Figure> {
    let mut collector = Collector {
        declarations,
        sources,
        influence: influence(declarations, sources),
        figures: Vec::new(),
    };
    collector.collect();
    let mut figures = collector.figures;
    figures.sort_by(|a, b| (a.kind, &a.name, &a.scenario).cmp(&(b.kind, &b.name, &b.scenario)));
    figures
}

struct Collector<'d> {
    declarations: &'d Declarations,
    sources: &'d Sources,
    influence: Influence,
    figures: Vec<Figure>,
}

impl Collector<'_> {
    fn collect(&mut self) {
        let d = self.declarations;
        for it in &d.parameters {
            let uses = self.uses(NodeKind::Parameter, &it.name.value);
            let figure = self.figure("parameter", &it.name, &it.label, &it.value.provenance);
            self.figures.push(Figure {
                value: print_value(&it.value.text),
                uncertain: is_uncertain(&it.value),
                ..with_uses(figure, uses)
            });
        }
        for it in &d.series {
            let uses = self.uses(NodeKind::Series, &it.name.value);
            let figure = self.figure("series", &it.name, &it.label, &it.points.provenance);
            self.figures.push(Figure {
                value: path(&it.points),
                ..with_uses(figure, uses)
            });
        }
        for it in &d.deflators {
            let uses = self.uses_of_deflator(&it.name.value);
            let label = declarations::Text {
                nl: it.name.value.clone(),
                en: it.name.value.clone(),
            };
            let figure = self.figure("deflator", &it.name, &label, &it.provenance);
            self.figures.push(Figure {
                value: years(it.index.keys().copied()),
                ..with_uses(figure, uses)
            });
        }
        for it in d.measures.iter().filter(|measure| !measure.source.is_empty()) {
            let uses = self.uses(NodeKind::Measure, &it.name.value);
            let provenance = Provenance {
                source: it.source.clone(),
                ..Provenance::default()
            };
            let figure = self.figure("measure", &it.name, &it.label, &provenance);
            self.figures.push(Figure {
                value: it.status.clone(),
                ..with_uses(figure, uses)
            });
        }
        for scenario in &d.scenarios {
            for (name, value) in &scenario.drivers {
                let (provenance, value, uncertain) = match value {
                    DriverValue::Value(value) => (&value.provenance, print_value(&value.text), is_uncertain(value)),
                    DriverValue::Path(points) => (&points.provenance, path(points), false),
                };
                let driver = d.drivers.iter().find(|driver| driver.name.value == name.value);
                let label = driver.map(|driver| driver.label.clone()).unwrap_or_default();
                let uses = self.uses(NodeKind::Driver, &name.value);
                let figure = self.figure("driver", name, &label, provenance);
                self.figures.push(Figure {
                    scenario: Some(scenario.name.value.clone()),
                    value,
                    uncertain,
                    ..with_uses(figure, uses)
                });
            }
        }
    }

    fn figure(&self, kind: &'static str, name: &Name, label: &declarations::Text, provenance: &Provenance) -> Figure {
        let file = self.sources.file(name.span.file);
        let line = file.position(name.span.start as usize).line;
        Figure {
            kind,
            name: name.value.clone(),
            scenario: None,
            label: Text {
                nl: label.nl.clone(),
                en: label.en.clone(),
            },
            place: format!("{}:{line}", file.path),
            value: String::new(),
            source: tidy(&provenance.source),
            assumption: tidy(&provenance.assumption),
            pages: pages(&provenance.source),
            addresses: addresses(&provenance.source),
            confidence: provenance.confidence.clone(),
            placeholder: provenance.placeholder,
            review: provenance.review,
            overdue: false,
            uncertain: false,
            used_by: Vec::new(),
            flows: Vec::new(),
            weight: None,
        }
    }

    /// What refers to a declaration, and the flows that depend on it.
    fn uses(&self, kind: NodeKind, name: &str) -> (Vec<String>, Vec<String>) {
        let nodes = &self.influence.nodes;
        let Some(number) = nodes.iter().position(|node| node.kind == kind && node.name == name) else {
            return (Vec::new(), Vec::new());
        };
        let direct = self.influence.edges.iter().filter(|edge| edge.from == number);
        let used_by = direct.map(|edge| nodes[edge.to].id()).collect();
        (used_by, self.flows(&[number]))
    }

    /// A deflator is used by the values that name it.
    fn uses_of_deflator(&self, deflator: &str) -> (Vec<String>, Vec<String>) {
        let d = self.declarations;
        let names = |named: &Option<Name>| named.as_ref().is_some_and(|name| name.value == deflator);
        let parameters = d.parameters.iter().filter(|it| names(&it.value.deflator));
        let series = d.series.iter().filter(|it| names(&it.points.deflator));
        let drivers = d.drivers.iter().filter(|driver| {
            let values = d.scenarios.iter().flat_map(|scenario| &scenario.drivers);
            values
                .filter(|(name, _)| name.value == driver.name.value)
                .any(|(_, value)| match value {
                    DriverValue::Value(value) => names(&value.deflator),
                    DriverValue::Path(points) => names(&points.deflator),
                })
        });
        let users: Vec<(NodeKind, &str)> = parameters
            .map(|it| (NodeKind::Parameter, it.name.value.as_str()))
            .chain(drivers.map(|it| (NodeKind::Driver, it.name.value.as_str())))
            .chain(series.map(|it| (NodeKind::Series, it.name.value.as_str())))
            .collect();
        let nodes = &self.influence.nodes;
        let numbers: Vec<usize> = (0..nodes.len())
            .filter(|&number| users.contains(&(nodes[number].kind, nodes[number].name.as_str())))
            .collect();
        let used_by = numbers.iter().map(|&number| nodes[number].id()).collect();
        (used_by, self.flows(&numbers))
    }

    fn flows(&self, of: &[usize]) -> Vec<String> {
        let reached = self.influence.consequences(of).into_iter();
        let flows = reached.map(|number| &self.influence.nodes[number]);
        flows
            .filter(|node| node.kind == NodeKind::Flow)
            .map(|node| node.name.clone())
            .collect()
    }
}

fn with_uses(figure: Figure, (used_by, flows): (Vec<String>, Vec<String>)) -> Figure {
    Figure {
        used_by,
        flows,
        ..figure
    }
}

fn is_uncertain(value: &ValueInput) -> bool {
    matches!(value.quantity, Quantity::Uncertain(_))
}

/// First and last point of a path.
fn path(points: &Points) -> String {
    let unit = match points.unit.parts.as_slice() {
        [] => String::new(),
        _ => format!(" {}", print_unit(&points.unit)),
    };
    let show = |(year, value): &(i32, f64)| format!("{year}: {value}{unit}");
    match points.points.as_slice() {
        [] => String::new(),
        [one] => show(one),
        [first, .., last] => format!("{} … {}", show(first), show(last)),
    }
}

fn years(mut years: impl DoubleEndedIterator<Item = i32>) -> String {
    match (years.next(), years.next_back()) {
        (Some(first), Some(last)) => format!("{first} … {last}"),
        (Some(one), None) => one.to_string(),
        _ => String::new(),
    }
}

/// One line without doubled spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Web addresses in a text, without the punctuation that follows them.
fn addresses(text: &str) -> Vec<String> {
    let starts = |word: &str| {
        ["https://", "http://", "www."]
            .iter()
            .any(|start| word.starts_with(start))
    };
    let words = text.split(|letter: char| letter.is_whitespace() || "<>()\"".contains(letter));
    let found = words.filter(|word| starts(word));
    found
        .map(|word| word.trim_end_matches([',', ';', '.', ':']).to_owned())
        .collect()
}

/// Pages in a text: `p. 12`, `pp. 12-14`, `page 12`, `blz. 12`, `table 3`, `section 4.2`, as they are written.
fn pages(text: &str) -> Vec<String> {
    const WORDS: [&str; 12] = [
        "p.",
        "pp.",
        "page",
        "pages",
        "blz.",
        "bladzijde",
        "pagina",
        "table",
        "tabel",
        "section",
        "paragraaf",
        "chapter",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let found = words.windows(2).filter_map(|pair| {
        let word = pair[0].trim_start_matches('(');
        let number = pair[1].trim_end_matches([',', ';', ')', '.', ':']);
        let is_place =
            WORDS.contains(&word.to_lowercase().as_str()) && number.starts_with(|c: char| c.is_ascii_digit());
        is_place.then(|| format!("{word} {number}"))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_pages_are_found_in_a_source() {
        let text =
            "Romijn and Renes (2013), p. 45 (see https://www.cpb.nl/leidraad.pdf, table 3.2); www.rwseconomie.nl.";
        assert_eq!(
            addresses(text),
            ["https://www.cpb.nl/leidraad.pdf", "www.rwseconomie.nl"]
        );
        assert_eq!(pages(text), ["p. 45", "table 3.2"]);
        assert!(pages("in 2013 the page was empty").is_empty());
        assert!(addresses("no address").is_empty());
    }

    #[test]
    fn the_ends_of_a_path_are_shown() {
        assert_eq!(years([2015, 2020, 2030].into_iter()), "2015 … 2030");
        assert_eq!(years([2015].into_iter()), "2015");
        assert_eq!(years(std::iter::empty()), "");
    }
}
