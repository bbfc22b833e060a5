//! The files of a model folder, and the model as a whole.
use super::entry::{Entry, entries, whole, year};
use super::indices::IndexFile;
use super::reader::{INDEX, Reader};
use super::tree::Node;
use crate::declarations::{
    Deflator, Driver, Flow, Gate, Lever, Limit, Measure, Model, Name, Parameter, Party, Series, Stock, UnitDeclaration,
    Unpriced, Variable,
};
use crate::diagnostic::Diagnostic;
use crate::kinds::Place;
use crate::project::normalise;
use crate::source::{Span, Spanned};
use crate::unit::UnitNames;

/// Version of the model language that is read here.
pub const LANGUAGE: u64 = 1;

/// Everything a model folder declares.
pub struct ModelParts {
    /// `[model]`, unless it has faults.
    pub model: Option<Model>,
    /// `discount_timing` of the model.
    pub timing: Option<Spanned<String>>,
    /// Units.
    pub units: Vec<UnitDeclaration>,
    /// Index sets with their files.
    pub indices: Vec<IndexFile>,
    /// Parties.
    pub parties: Vec<Party>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Drivers.
    pub drivers: Vec<Driver>,
    /// Series.
    pub series: Vec<Series>,
    /// Deflators.
    pub deflators: Vec<Deflator>,
    /// Levers.
    pub levers: Vec<Lever>,
    /// Variables.
    pub variables: Vec<Variable>,
    /// Stocks.
    pub stocks: Vec<Stock>,
    /// Gates.
    pub gates: Vec<Gate>,
    /// Limits.
    pub limits: Vec<Limit>,
    /// Flows.
    pub flows: Vec<Flow>,
    /// Effects without price.
    pub unpriced: Vec<Unpriced>,
    /// Measures.
    pub measures: Vec<Measure>,
}

impl Reader<'_> {
    /// Reads a model folder. `at` is where it is named, `study` the study file, which may lie in the folder.
    pub fn model_parts(&mut self, folder: &str, at: Option<Span>, study: Option<&str>) -> Option<ModelParts> {
        let Some(folder) = normalise(folder) else {
            self.report(crate::project::outside(folder, at));
            return None;
        };
        self.folder.clone_from(&folder);
        let all = self.model_entries(at, study)?;
        let of = |kind: &str| -> Vec<&Entry> {
            let mut found: Vec<&Entry> = all.iter().filter(|entry| entry.kind.name == kind).collect();
            found.sort_by(|a, b| a.name.value.cmp(&b.name.value));
            found.dedup_by(|a, b| a.name.value == b.name.value);
            found
        };
        let unit_names: Vec<String> = of("unit").iter().map(|entry| entry.name.value.clone()).collect();
        self.register_units(&of("unit"));
        self.units = UnitNames::new(unit_names);
        self.register(&all);
        let units = of("unit")
            .into_iter()
            .filter_map(|entry| self.unit_declaration(entry))
            .collect();
        let indices = self.indices(&of("index"));
        let parties: Vec<Party> = of("party").into_iter().map(|entry| self.party(entry)).collect();
        let model = of("model").first().and_then(|entry| self.model(entry, &folder));
        self.check_regions(model.as_ref(), &parties, &indices);
        let measures: Vec<Measure> = of("measure")
            .into_iter()
            .map(|entry| self.measure(entry, &indices))
            .collect();
        if let Some(model) = &model {
            measures
                .iter()
                .for_each(|measure| self.check_years(measure, &model.first_year, &model.last_year));
        }
        let flows: Vec<Flow> = of("flow").into_iter().filter_map(|entry| self.flow(entry)).collect();
        self.check_treasury(&parties, &flows);
        Some(ModelParts {
            timing: of("model").first().and_then(|entry| entry.name("discount_timing")),
            model,
            units,
            parameters: of("parameter")
                .into_iter()
                .filter_map(|entry| self.parameter(entry, &indices))
                .collect(),
            drivers: of("driver")
                .into_iter()
                .filter_map(|entry| self.driver(entry))
                .collect(),
            series: of("series")
                .into_iter()
                .filter_map(|entry| self.series(entry))
                .collect(),
            deflators: of("deflator")
                .into_iter()
                .filter_map(|entry| self.deflator(entry))
                .collect(),
            levers: of("lever").into_iter().filter_map(|entry| self.lever(entry)).collect(),
            variables: of("variable")
                .into_iter()
                .filter_map(|entry| self.variable(entry))
                .collect(),
            stocks: of("stock").into_iter().filter_map(|entry| self.stock(entry)).collect(),
            gates: of("gate").into_iter().filter_map(|entry| self.gate(entry)).collect(),
            limits: of("limit").into_iter().filter_map(|entry| self.limit(entry)).collect(),
            unpriced: of("unpriced")
                .into_iter()
                .filter_map(|entry| self.unpriced(entry))
                .collect(),
            flows,
            measures,
            parties,
            indices,
        })
    }
    /// All entries of all files of the folder, in order of path.
    fn model_entries(&mut self, at: Option<Span>, study: Option<&str>) -> Option<Vec<Entry>> {
        let folder = self.folder.clone();
        let paths = self.loader.list(&folder, at, self.diagnostics)?;
        let head = if folder.is_empty() {
            "model.toml".to_owned()
        } else {
            format!("{folder}/model.toml")
        };
        if !paths.contains(&head) {
            let message = format!("`{folder}` is not a model: it has no `model.toml`");
            self.report(match at {
                Some(at) => Diagnostic::error("E0005", message, at, "named here"),
                None => Diagnostic::unplaced("E0005", message),
            });
            return None;
        }
        let mut all = Vec::new();
        let is_model_file = |path: &&String| path.ends_with(".toml") && Some(path.as_str()) != study;
        for path in paths.iter().filter(is_model_file) {
            let Some(tree) = self.tree(path, None) else { continue };
            // Studies, scenarios and other projects may lie below a model without being part of it.
            let other = ["study", "scenario", "project"]
                .iter()
                .any(|kind| tree.get(kind).is_some());
            if !other {
                all.extend(entries(&tree, Place::Model, self.diagnostics));
            }
        }
        if !all.iter().any(|entry| entry.kind.name == "model") {
            self.report(Diagnostic::unplaced("E0012", format!("`{head}` requires `[model]`")));
        }
        Some(all)
    }
    /// A declared unit may not have the name of a built-in one.
    fn register_units(&mut self, units: &[&Entry]) {
        for entry in units
            .iter()
            .filter(|entry| self.units.is_unit(&entry.name.value))
            .collect::<Vec<_>>()
        {
            let message = format!("`{}` is already a unit", entry.name.value);
            let help = "remove the declaration, or choose another name";
            self.report(Diagnostic::error("E0211", message, entry.name.span, "built in").help(help));
        }
    }
    fn model(&mut self, entry: &Entry, folder: &str) -> Option<Model> {
        self.check_language(entry);
        let region = entry.name("region").filter(|region| self.refers(INDEX, region));
        let years = entry.get("years")?;
        let opening_year = entry.year("opening_year");
        let first_year = year(years.get("first")?)?;
        let last_year = self.last_year(years, opening_year.as_ref())?;
        let model = Model {
            id: entry.text("id")?.to_owned(),
            label: entry.label(),
            price_year: entry.year("price_year")?,
            base_year: entry.year("base_year")?,
            first_year,
            last_year,
            opening_year,
            region,
            folder: folder.to_owned(),
        };
        self.check_horizon(&model);
        Some(model)
    }
    /// The language of a model or project is the one that is read here.
    pub fn check_language(&mut self, entry: &Entry) {
        let Some(language) = entry.whole("language").filter(|language| language.value != LANGUAGE) else {
            return;
        };
        let message = format!("language version {} is not known", language.value);
        let help = format!("this version reads `language = {LANGUAGE}`");
        self.report(Diagnostic::error("E0016", message, language.span, "").help(help));
    }
    /// The last year as given, or the opening year and the years after it: `opening_year + after_opening - 1`.
    fn last_year(&mut self, years: &Node, opening: Option<&Spanned<i32>>) -> Option<Spanned<i32>> {
        match (years.get("last"), years.get("after_opening")) {
            (Some(last), None) => year(last),
            (None, Some(after)) => {
                let count = whole(after)?;
                let Some(opening) = opening else {
                    let help = "add `opening_year = …` to `[model]`, or give `last`";
                    let message = "`after_opening` requires `opening_year`";
                    self.report(Diagnostic::error("E0230", message, after.span, "").help(help));
                    return None;
                };
                let last = i32::try_from(count.value)
                    .ok()
                    .and_then(|count| opening.value.checked_add(count - 1));
                let Some(last) = last.filter(|last| *last <= 9999 && count.value > 0) else {
                    let message = format!("`after_opening` = {} is no number of years", count.value);
                    self.report(Diagnostic::error("E0230", message, after.span, ""));
                    return None;
                };
                Some(Spanned {
                    value: last,
                    span: after.span,
                })
            }
            (Some(last), Some(after)) => {
                let message = "the last year is given twice";
                self.report(Diagnostic::error("E0230", message, after.span, "").and(last.span, "and here"));
                None
            }
            (None, None) => {
                let message = "`years` requires `last` or `after_opening`";
                self.report(Diagnostic::error("E0230", message, years.span, ""));
                None
            }
        }
    }
    /// base year ≤ first year ≤ opening year ≤ last year.
    fn check_horizon(&mut self, model: &Model) {
        let pairs = [
            (
                Some(&model.base_year),
                "base year",
                Some(&model.first_year),
                "first year",
            ),
            (
                Some(&model.first_year),
                "first year",
                Some(&model.last_year),
                "last year",
            ),
            (
                Some(&model.first_year),
                "first year",
                model.opening_year.as_ref(),
                "opening year",
            ),
            (
                model.opening_year.as_ref(),
                "opening year",
                Some(&model.last_year),
                "last year",
            ),
        ];
        for (early, early_name, late, late_name) in pairs {
            let (Some(early), Some(late)) = (early, late) else {
                continue;
            };
            if early.value > late.value {
                let message = format!(
                    "the {early_name} {} lies after the {late_name} {}",
                    early.value, late.value
                );
                self.report(Diagnostic::error("E0230", message, early.span, early_name).and(late.span, late_name));
            }
        }
    }
    /// The region of a party is an element of the index set of the regional account.
    fn check_regions(&mut self, model: Option<&Model>, parties: &[Party], indices: &[IndexFile]) {
        let set: Option<&Name> = model.and_then(|model| model.region.as_ref());
        let index = set.and_then(|set| indices.iter().find(|file| file.index.name.value == set.value));
        for region in parties.iter().filter_map(|party| party.region.as_ref()) {
            match (index, set, model) {
                (Some(index), ..) => {
                    self.has_element(region, index);
                }
                (None, None, Some(_)) => {
                    let message = "`region` of a party requires `region` of the model";
                    let help = "add `region = \"INDEX\"` to `[model]`: the index set of the regional account";
                    self.report(Diagnostic::error("E0202", message, region.span, "").help(help));
                }
                _ => {}
            }
        }
    }
}
