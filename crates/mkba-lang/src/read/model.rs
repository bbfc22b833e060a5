//! The files of a model folder, and the model as a whole.
use super::entry::{Entry, entries};
use super::indices::IndexFile;
use super::reader::Reader;
use super::tree::Node;
use super::written::Home;
use crate::declarations::{
    Apportionment, Deflator, Dependence, Driver, Flow, Gate, Group, Lever, Limit, Measure, Model, Name, Parameter,
    Party, Series, Statement, Stock, UnitDeclaration, Unpriced, Variable,
};
use crate::diagnostic::Diagnostic;
use crate::kinds::{Place, kind};
use crate::project::normalise;
use crate::source::{Span, Spanned};
use crate::unit::UnitNames;
use std::collections::BTreeMap;

/// Everything a model folder declares.
pub struct ModelParts {
    /// Whether units and index sets have no faults: without them nothing can be said of a formula.
    pub foundations: bool,
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
    /// Which parameters move together.
    pub dependences: Vec<Dependence>,
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
    /// Groups whose gain is counted once.
    pub groups: Vec<Group>,
    /// Gains that are divided.
    pub apportionments: Vec<Apportionment>,
    /// What the model says of rules of the guideline.
    pub checklist: Vec<Statement>,
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
        let before = self.errors();
        let units = of("unit")
            .into_iter()
            .filter_map(|entry| self.unit_declaration(entry))
            .collect();
        let indices = self.indices(&of("index"));
        let foundations = self.errors() == before;
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
        let groups = self.groups(&of("group"));
        let flows: Vec<Flow> = of("flow").into_iter().filter_map(|entry| self.flow(entry)).collect();
        let silent: Vec<&Party> = parties
            .iter()
            .filter(|party| !states_vat(party, &of("party")))
            .collect();
        self.check_taxes(&parties, &silent, &flows);
        self.check_places(&flows, &indices);
        let apportionments = of("apportionment")
            .into_iter()
            .filter_map(|entry| self.apportionment(entry))
            .collect();
        self.check_streams(&of("parameter"));
        let parameters: Vec<Parameter> = of("parameter")
            .into_iter()
            .filter_map(|entry| self.parameter(entry, &indices))
            .collect();
        let dependences = self.without_certain(&of("dependence"), &parameters);
        let dependences = self.dependences(&dependences.iter().collect::<Vec<_>>(), &parameters);
        Some(ModelParts {
            foundations,
            timing: of("model").first().and_then(|entry| entry.name("discount_timing")),
            model,
            units,
            parameters,
            dependences,
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
            checklist: self.checklist(&of("checklist")),
            groups,
            apportionments,
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
        let mut readable = true;
        let is_model_file = |path: &&String| path.ends_with(".toml") && Some(path.as_str()) != study;
        for path in paths.iter().filter(is_model_file) {
            let Some(tree) = self.tree(path, None) else {
                readable = false;
                continue;
            };
            // Studies, scenarios and other projects may lie below a model without being part of it.
            let other = ["study", "scenario", "project"]
                .iter()
                .any(|kind| tree.get(kind).is_some());
            if !other {
                self.mention(&tree);
                all.extend(entries(&tree, Place::Model, self.diagnostics));
            }
        }
        // What stands in an unreadable file is unknown, so all that refers to it would seem wrong.
        if !readable {
            return None;
        }
        if !all.iter().any(|entry| entry.kind.name == "model") {
            self.report(Diagnostic::unplaced("E0012", format!("`{head}` requires `[model]`")));
        }
        self.apply_settings(&mut all, Place::Model);
        self.settle(&mut all, &Home::Model);
        Some(all)
    }
    /// Notes which values and index sets a file may declare, also by an unknown kind.
    fn mention(&mut self, tree: &Node) {
        let may_be_named =
            |word: &str| kind(word, Place::Model).is_none_or(|kind| kind.in_formulas || kind.name == "index");
        let tables = tree.table().unwrap_or_default().iter();
        for (_, table) in tables.filter(|(word, _)| may_be_named(&word.value)) {
            for (name, declaration) in table.table().unwrap_or_default() {
                self.mentioned.insert(name.value.clone());
                let columns = declaration.get("columns").and_then(Node::table).unwrap_or_default();
                self.mentioned
                    .extend(columns.iter().map(|(name, _)| name.value.clone()));
            }
        }
    }
    /// Parameters have streams of their own: with one stream they would move together.
    fn check_streams(&mut self, parameters: &[&Entry]) {
        let mut streams: BTreeMap<String, Span> = BTreeMap::new();
        for entry in parameters {
            let stream = entry.name("stream").unwrap_or_else(|| entry.name.clone());
            if let Some(first) = streams.insert(stream.value.clone(), stream.span) {
                let message = format!("two parameters draw from the stream `{}`", stream.value);
                self.report(Diagnostic::error("E0010", message, stream.span, "again").and(first, "first"));
            }
        }
    }
    /// A declared unit may not have the name of a built-in one.
    fn register_units(&mut self, units: &[&Entry]) {
        let built_in = UnitNames::new(Vec::<String>::new());
        for entry in units.iter().filter(|entry| built_in.is_unit(&entry.name.value)) {
            let message = format!("`{}` is already a unit", entry.name.value);
            let help = "remove the declaration, or choose another name";
            self.report(Diagnostic::error("E0211", message, entry.name.span, "built in").help(help));
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
                    self.report(Diagnostic::error("E0012", message, region.span, "").help(help));
                }
                _ => {}
            }
        }
    }
}

/// Whether a party says how value added tax on its purchases is treated.
fn states_vat(party: &Party, entries: &[&Entry]) -> bool {
    entries
        .iter()
        .any(|entry| entry.name == party.name && entry.get("vat").is_some())
}
