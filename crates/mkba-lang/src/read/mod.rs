//! From files to [`Declarations`]: TOML is read against the table of kinds, names are looked up, data files are read, and all faults are collected.
//!
//! | step | file |
//! |---|---|
//! | TOML with positions | `tree` |
//! | entries of known kinds and keys, defaults of a file applied | `entry`, `typecheck` |
//! | names declared once | `names` |
//! | formulas, values, distributions | `formula`, `value`, `arguments`, `distribution`, `listed` |
//! | data files | `table_file`, `indices`, `series` |
//! | one struct per kind | `model`, `horizon`, `data`, `dependence`, `behaviour`, `flow`, `gain`, `scenario`, `study`, `sweep` |
//! | measures that other studies take | `siblings` |
//! | a point of a sweep: its values in place of those in the files | `settings` |
//! | declarations as written, compared with those of another study, put in their place | `written`, `difference`, `cells` |
mod arguments;
mod behaviour;
mod cells;
mod data;
mod dependence;
mod difference;
mod distribution;
mod double;
mod entry;
mod flow;
mod formula;
mod gain;
mod horizon;
mod indices;
mod listed;
mod model;
mod names;
mod outline;
mod provenance;
mod reader;
mod scenario;
mod series;
mod settings;
mod siblings;
mod study;
mod suggestion;
mod sweep;
mod table_file;
mod tree;
mod typecheck;
mod value;
mod written;

#[cfg(test)]
mod tests;

pub use difference::{Difference, KeyDifference, Stated, differences, text_differences};
pub use distribution::distributions;
pub use outline::{Outlined, outline};
pub use study::DEFAULT_RULEBOOK;
pub(crate) use suggestion::nearest as closest;
pub(crate) use tree::Node;
pub use written::{Home, Written, read_between, read_written};

use crate::declarations::{Alternative, Declarations, Name, Scenario, Setting, Study, Sweep, Text};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::kinds::Place;
use crate::project::{Files, Loader, MARKER};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::typing::type_study;
use entry::{Entry, entries};
use mkba_core::appraisal::catalogue::GateReading;
use model::ModelParts;
use reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// Reads a study with its model and scenarios. `study_path` is from the project root.
///
/// All faults are added to `diagnostics`, and the files read to `sources`. `None` if any fault is an error; then the formulas of what
/// has no fault are typed too, so that their faults come in the same round.
pub fn read_study(
    files: &dyn Files,
    study_path: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Declarations> {
    read_point(files, study_path, &[], sources, diagnostics)
}

/// Reads a study as [`read_study`] does, with some values in place of those in its files: a point of a sweep.
pub fn read_point(
    files: &dyn Files,
    study_path: &str,
    settings: &[Setting],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Declarations> {
    let before = errors(diagnostics);
    let mut reader = Reader::new(Loader::new(files, sources), diagnostics);
    reader.settings_of_point = settings.to_vec();
    reader.project();
    let declarations = reader.whole_study(study_path)?;
    right_or_typed(declarations, before, sources, diagnostics)
}

/// Reads a model by itself, without study, scenarios or alternatives. `folder` is from the project root.
///
/// Faults and files as for [`read_study`]. The study is one of one draw without a baseline.
pub fn read_model(
    files: &dyn Files,
    folder: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Declarations> {
    let before = errors(diagnostics);
    let mut reader = Reader::new(Loader::new(files, sources), diagnostics);
    reader.project();
    let parts = reader.model_parts(folder, None, None)?;
    let study = no_study(parts.timing.clone());
    let declarations = reader.together(parts, study, Vec::new(), Vec::new())?;
    right_or_typed(declarations, before, sources, diagnostics)
}

/// Reports what is wrong with a text that is no TOML, under a path of its own.
pub fn check_toml(path: &str, text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let file = sources.add(path, text);
    tree::parse(file, text, diagnostics);
}

/// Declarations without faults; those of others are typed as far as they go and dropped.
fn right_or_typed(
    mut declarations: Declarations,
    errors_before: usize,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Declarations> {
    if errors(diagnostics) == errors_before {
        declarations.faulty.clear();
        return Some(declarations);
    }
    type_study(&declarations, sources, diagnostics);
    None
}

fn errors(diagnostics: &Diagnostics) -> usize {
    diagnostics
        .list()
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count()
}

impl Reader<'_> {
    /// `mkba.toml`, if there is one: whoever looks for a project on disk has found it already.
    fn project(&mut self) {
        if !self.loader.exists(MARKER) {
            return;
        }
        let Some(tree) = self.tree(MARKER, None) else { return };
        for entry in entries(&tree, Place::Project, self.diagnostics) {
            self.check_language(&entry);
        }
    }
    fn whole_study(&mut self, path: &str) -> Option<Declarations> {
        let tree = self.tree(path, None)?;
        let not_a_study = || Diagnostic::unplaced("E0012", format!("`{path}` is not a study: it has no `[study]`"));
        // Of a background scenario every line would be a fault of its own.
        let is_scenario = tree
            .get("scenario")
            .is_some_and(|scenario| scenario.get("id").is_some());
        if is_scenario && tree.get("study").is_none() {
            let help = "it is a background scenario: give a study that names it in `scenarios`";
            self.report(not_a_study().help(help));
            return None;
        }
        let mut found = entries(&tree, Place::Study, self.diagnostics);
        self.apply_settings(&mut found, Place::Study);
        self.settle(&mut found, &Home::Study);
        let of = |kind: &str| -> Vec<&Entry> { found.iter().filter(|entry| entry.kind.name == kind).collect() };
        let Some(head) = of("study").first().copied() else {
            self.report(not_a_study());
            return None;
        };
        let study_path = crate::project::normalise(path);
        let model = head.name("model")?;
        let parts = self.model_parts(&model.value, Some(model.span), study_path.as_deref())?;
        let mut study = self.study(head, of("discount").first().copied(), parts.timing.clone());
        if let Some(study) = &mut study {
            study.checklist = self.checklist(&of("checklist"));
            // What the study says of a rule counts in place of what its model says.
            let own: BTreeSet<String> = study.checklist.iter().map(|it| it.rule.value.clone()).collect();
            let of_model = parts.checklist.iter().filter(|it| !own.contains(&it.rule.value));
            study.checklist.extend(of_model.cloned());
        }
        let scenarios = self.scenarios(
            &head.names("scenarios"),
            &of("scenario"),
            &parts.drivers,
            &parts.indices,
        );
        if head.names("scenarios").is_empty() && of("scenario").is_empty() {
            let help =
                "add `scenarios = [\"scenarios/NAME.toml\"]`, or `[scenario.NAME]` when the model has no drivers";
            let message = "a study requires at least one scenario";
            self.report(Diagnostic::error("E0012", message, head.name.span, "").help(help));
        }
        let alternatives = self.alternatives(&of("alternative"), head.name("baseline").as_ref());
        let between = self.other.is_some();
        let interactions = if between {
            Vec::new()
        } else {
            self.interactions(&of("interaction"), &alternatives, head.name("baseline").as_ref())
        };
        let mut study = study.unwrap_or_else(|| no_study(None));
        // The axes are those of the study as it stands, whatever its points are.
        if self.settings_of_point.is_empty() && !between {
            study.sweep = self.sweep(of("sweep").first().copied(), &of("axis"), &alternatives);
        }
        let mut declarations = self.together(parts, study, scenarios, alternatives)?;
        declarations.interactions = interactions;
        if self.settings_of_point.is_empty() && declarations.idle_measures().next().is_some() {
            declarations.of_other_studies =
                self.measures_of_siblings(study_path.as_deref().unwrap_or(path), &model.value);
        }
        Some(declarations)
    }
    /// One struct for all; `None` when so much is faulty that nothing can be said of formulas.
    fn together(
        &mut self,
        parts: ModelParts,
        study: Study,
        scenarios: Vec<Scenario>,
        alternatives: Vec<Alternative>,
    ) -> Option<Declarations> {
        let mut declarations = parts
            .foundations
            .then(|| together(parts, study, scenarios, alternatives))??;
        let faulty = std::mem::take(&mut self.faulty);
        declarations.parameters.retain(|it| !faulty.contains(&it.name.value));
        declarations.drivers.retain(|it| !faulty.contains(&it.name.value));
        declarations.levers.retain(|it| !faulty.contains(&it.name.value));
        declarations.variables.retain(|it| !faulty.contains(&it.name.value));
        declarations.stocks.retain(|it| !faulty.contains(&it.name.value));
        declarations.limits.retain(|it| !faulty.contains(&it.name.value));
        let declared = declarations.names_in_formulas();
        let open = self.mentioned.iter().filter(|name| !declared.contains(name.as_str()));
        declarations.faulty = open.cloned().collect();
        Some(declarations)
    }
}

/// The study of a model that is read by itself.
fn no_study(timing: Option<Spanned<String>>) -> Study {
    let nowhere = Span::new(FileId(0), 0..0);
    let text = |value: &str| Spanned {
        value: value.to_owned(),
        span: nowhere,
    };
    let baseline: Name = text("");
    Study {
        label: Text::default(),
        baseline,
        draws: Spanned {
            value: 1,
            span: nowhere,
        },
        seed: 0,
        design: text("random"),
        rulebook: DEFAULT_RULEBOOK.to_owned(),
        started: None,
        discount: BTreeMap::new(),
        timing,
        checklist: Vec::new(),
        gates: GateReading::default(),
        gate_years: study::DEFAULT_GATE_YEARS,
        sweep: Sweep::default(),
    }
}

fn together(
    parts: ModelParts,
    study: Study,
    scenarios: Vec<Scenario>,
    alternatives: Vec<Alternative>,
) -> Option<Declarations> {
    Some(Declarations {
        faulty: BTreeSet::new(),
        model: parts.model?,
        study,
        units: parts.units,
        indices: parts.indices.into_iter().map(|file| file.index).collect(),
        parties: parts.parties,
        parameters: parts.parameters,
        dependences: parts.dependences,
        drivers: parts.drivers,
        series: parts.series,
        deflators: parts.deflators,
        levers: parts.levers,
        variables: parts.variables,
        stocks: parts.stocks,
        gates: parts.gates,
        limits: parts.limits,
        flows: parts.flows,
        groups: parts.groups,
        apportionments: parts.apportionments,
        unpriced: parts.unpriced,
        measures: parts.measures,
        scenarios,
        alternatives,
        interactions: Vec::new(),
        of_other_studies: BTreeSet::new(),
    })
}
