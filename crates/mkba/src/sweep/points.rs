//! The points of a sweep: each is read and formulated like a study of its own.
use super::batches;
use crate::failure::{Failure, Found};
use crate::pipeline::{self, Overrides, Study};
use crate::rulebooks::{self, LoadedRulebook};
use mkba_core::appraisal::Detail;
use mkba_core::appraisal::catalogue::Text;
use mkba_core::compiled::Formulated;
use mkba_core::finance::RatioConvention;
use mkba_core::sweep::{AxisEntry, Points};
use mkba_lang::declarations::{Axis, Combination, Setting, Sweep, Varied};
use mkba_lang::diagnostic::{Diagnostic, Diagnostics, Severity};
use mkba_lang::project::MemoryFiles;
use mkba_lang::read::read_point;
use mkba_lang::source::Sources;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// A study with axes, read without errors.
pub struct SweepStudy {
    /// The study as it stands.
    pub study: Study,
    /// Its files, as they were read: all points are read from the same text.
    files: MemoryFiles,
    rulebooks: BTreeMap<String, LoadedRulebook>,
}

impl SweepStudy {
    /// Reads a study and the rulebooks that its points use.
    ///
    /// # Errors
    /// Everything that is wrong in its files, or it has no axes.
    pub fn read(path: &Path, overrides: Overrides<'_>) -> Result<Self, Failure> {
        let study = Study::read(path, overrides)?;
        let sweep = &study.declarations.study.sweep;
        if sweep.axes.is_empty() {
            let fault = Diagnostic::unplaced("E0241", format!("`{}` has nothing to sweep", study.path));
            return Err(Failure::unplaced(fault.help(
                "add `[axis.NAME]` with `varies = \"parameter.…\"` and `values`; `mkba explain E0241` has an example",
            )));
        }
        let (disk, _) = pipeline::open(path)?;
        let mut rulebooks = BTreeMap::from([(study.rulebook.rulebook.id.clone(), study.rulebook.clone())]);
        for axis in sweep.axes.iter().filter(|axis| varies_rulebook(axis)) {
            for value in &axis.values {
                if !rulebooks.contains_key(&value.text) {
                    rulebooks.insert(value.text.clone(), rulebooks::load(&disk, &value.text)?);
                }
            }
        }
        let files = study.sources.files().iter().fold(MemoryFiles::new(), |files, file| {
            files.with(&file.path, file.text.as_bytes())
        });
        Ok(Self {
            study,
            files,
            rulebooks,
        })
    }

    /// The rulebooks of all points.
    pub fn rulebooks(&self) -> impl Iterator<Item = &LoadedRulebook> {
        self.rulebooks.values()
    }

    /// What is swept.
    pub fn sweep(&self) -> &Sweep {
        &self.study.declarations.study.sweep
    }

    /// The study with these values in place of those in its files.
    ///
    /// # Errors
    /// Everything that is wrong with it then, and with which values.
    pub fn formulate(&self, settings: &[Setting]) -> Result<Formulated, Failure> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let path = &self.study.path;
        let formulated = read_point(&self.files, path, settings, &mut sources, &mut diagnostics).and_then(|read| {
            let rulebook = self.rulebook(settings);
            mkba_lang::formulate(&read, &sources, &rulebook.rulebook, Detail::Full, &mut diagnostics)
        });
        formulated.ok_or_else(|| self.failure(settings, &diagnostics, sources))
    }

    /// How the benefit-cost ratio of a point is made up.
    pub fn convention(&self, settings: &[Setting]) -> RatioConvention {
        self.rulebook(settings).rulebook.ratio.convention
    }

    fn rulebook(&self, settings: &[Setting]) -> &LoadedRulebook {
        let own = settings.iter().find(|it| is_rulebook(&it.varies));
        own.and_then(|it| self.rulebooks.get(&it.value.text))
            .unwrap_or(&self.study.rulebook)
    }

    /// Which values a point has, for a note below a message.
    fn told_of(&self, settings: &[Setting]) -> String {
        let axes = self.sweep().axes.iter();
        let at: Vec<String> = settings
            .iter()
            .filter_map(|setting| {
                let axis = axes.clone().find(|axis| axis.varies.value == setting.varies)?;
                Some(format!("`{}` = {}", axis.name.value, setting.value.text))
            })
            .collect();
        format!("with {}", at.join(", "))
    }

    /// Errors in the files, and at which values they arise.
    fn failure(&self, settings: &[Setting], diagnostics: &Diagnostics, sources: Sources) -> Failure {
        let at = self.told_of(settings);
        let told = |diagnostic: &Diagnostic| diagnostic.clone().note(at.clone());
        let errors = diagnostics.list().iter().filter(|it| it.severity == Severity::Error);
        Failure::Study(Box::new(Found {
            diagnostics: errors.map(told).collect(),
            sources,
        }))
    }

    /// Reads and formulates the study with each value of each axis alone, so that faulty values are known before the work begins.
    ///
    /// # Errors
    /// The first faulty value of each axis.
    pub fn check(&self) -> Result<(), Failure> {
        let axes: Vec<Result<(), Failure>> = self
            .sweep()
            .axes
            .par_iter()
            .map(|axis| (0..axis.values.len()).try_for_each(|value| self.formulate(&[axis.setting(value)]).map(drop)))
            .collect();
        let mut all: Option<Found> = None;
        for failure in axes.into_iter().filter_map(Result::err) {
            match (failure, &mut all) {
                // All were read from the same files in the same order, so places in one are places in the other.
                (Failure::Study(found), Some(all)) => all.diagnostics.extend(found.diagnostics),
                (Failure::Study(found), none) => *none = Some(*found),
                (other, _) => return Err(other),
            }
        }
        match all {
            Some(found) => Err(Failure::Study(Box::new(found))),
            None => Ok(()),
        }
    }

    /// How points are combined.
    pub fn combination(&self) -> Points {
        match self.sweep().combination {
            Combination::Grid => Points::Grid,
            Combination::List => Points::List,
        }
    }

    /// The axes as results name them.
    pub fn axes(&self) -> Vec<AxisEntry> {
        let entry = |axis: &Axis| AxisEntry {
            name: axis.name.value.clone(),
            label: Text {
                nl: axis.label.nl.clone(),
                en: axis.label.en.clone(),
            },
            varies: written(&axis.varies.value),
            unit: axis.unit.clone(),
            texts: axis.values.iter().map(|value| value.text.clone()).collect(),
            numbers: axis.values.iter().map(|value| value.number).collect(),
        };
        self.sweep().axes.iter().map(entry).collect()
    }
}

impl batches::Points for SweepStudy {
    fn formulate(&self, point: usize) -> Result<Formulated, Failure> {
        Self::formulate(self, &self.sweep().settings(point))
    }

    fn told(&self, point: usize) -> String {
        self.told_of(&self.sweep().settings(point))
    }
}

fn varies_rulebook(axis: &Axis) -> bool {
    is_rulebook(&axis.varies.value)
}

fn is_rulebook(varied: &Varied) -> bool {
    matches!(varied, Varied::Key { kind: "study", key, .. } if key == "rulebook")
}

/// As the study writes it.
fn written(varied: &Varied) -> String {
    match varied {
        Varied::Key { kind, name, key } if kind == name => format!("{kind}.{key}"),
        Varied::Key { kind, name, key } if key == "value" => format!("{kind}.{name}"),
        Varied::Key { kind, name, key } => format!("{kind}.{name}.{key}"),
        Varied::Lever { kind, name, lever } => format!("{kind}.{name}.set.{lever}"),
        Varied::Presence { measure, .. } => format!("measure.{measure}"),
    }
}
