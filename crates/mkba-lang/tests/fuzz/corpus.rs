//! What is mutated: the studies of the repository, the faulty projects of the messages, and past finds.
use crate::mutate::Random;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes by path from the root.
pub type Project = BTreeMap<String, Vec<u8>>;

/// Every file that a case is made of.
pub struct Corpus {
    shipped: Project,
    base: Project,
    faults: Vec<Project>,
    /// Past finds: name and text of a file of a model.
    pub finds: Vec<(String, String)>,
    /// Lines of all texts, to be put elsewhere.
    pub lines: Vec<String>,
    /// Words of all texts.
    pub words: Vec<String>,
}

/// Studies of the repository and the folder of their model; the last is large and comes seldom.
const STUDIES: [(&str, &str); 4] = [
    ("scenarios/campus-cba-30.toml", "models/teaching/campus-cba-30/"),
    ("scenarios/lake.toml", "models/teaching/lake/"),
    ("scenarios/deworming.toml", "models/teaching/deworming/"),
    ("scenarios/city-deal.toml", "models/kennisstad/"),
];
/// Of so many cases one is of the large study.
const SELDOM: usize = 40;

/// Whether a file is read by the program.
pub fn is_text(path: &str) -> bool {
    path.ends_with(".toml") || path.ends_with(".csv")
}

impl Corpus {
    pub fn load() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut shipped = Project::new();
        for folder in ["models", "scenarios"] {
            below(&root.join(folder), folder, &mut shipped);
        }
        let diagnostics = root.join("tests/diagnostics");
        let mut base = Project::new();
        below(&diagnostics.join("base"), "", &mut base);
        let mut folders: Vec<PathBuf> = fs::read_dir(&diagnostics)
            .expect("the folder of faults")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_dir() && !path.ends_with("base"))
            .collect();
        folders.sort();
        let faults: Vec<Project> = folders
            .iter()
            .map(|folder| {
                let mut fault = Project::new();
                below(folder, "", &mut fault);
                fault.retain(|path, _| is_text(path));
                fault
            })
            .collect();
        let mut found = Project::new();
        below(&root.join("tests/fuzz"), "", &mut found);
        found.retain(|path, _| is_text(path));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let finds: Vec<(String, String)> = found.iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect();
        let all = shipped
            .values()
            .chain(base.values())
            .chain(faults.iter().flat_map(Project::values));
        let texts: Vec<String> = all.chain(found.values()).map(|bytes| text(bytes)).collect();
        let mut lines: Vec<String> = texts.iter().flat_map(|text| text.lines().map(str::to_owned)).collect();
        lines.sort();
        lines.dedup();
        let of_a_word = |c: char| !(c.is_alphanumeric() || c == '_');
        let mut words: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split(of_a_word).map(str::to_owned))
            .collect();
        words.sort();
        words.dedup();
        words.retain(|word| !word.is_empty());
        Self {
            shipped,
            base,
            faults,
            finds,
            lines,
            words,
        }
    }

    /// The small project of the messages, without a fault.
    pub fn small(&self) -> (Project, String) {
        (self.base.clone(), "study.toml".to_owned())
    }

    /// A project and its study.
    pub fn project(&self, random: &mut Random) -> (Project, String) {
        if random.below(2) == 0 {
            let (mut project, study) = self.small();
            match random.below(4) {
                0 => {}
                1 if !self.finds.is_empty() => {
                    let (_, text) = &self.finds[random.below(self.finds.len())];
                    project.insert("models/campus/effects/find.toml".to_owned(), text.clone().into_bytes());
                }
                _ => project.extend(self.faults[random.below(self.faults.len())].clone()),
            }
            return (project, study);
        }
        let large = random.below(SELDOM) == 0;
        let (study, model) = STUDIES[if large {
            STUDIES.len() - 1
        } else {
            random.below(STUDIES.len() - 1)
        }];
        let needed =
            |path: &str| path.starts_with(model) || path == study || large && path.starts_with("scenarios/wlo");
        let files = self.shipped.iter().filter(|(path, _)| needed(path) && is_text(path));
        (
            files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(),
            study.to_owned(),
        )
    }

    /// Whether a file stands as it is in the corpus.
    pub fn has(&self, path: &str, bytes: &[u8]) -> bool {
        [&self.shipped, &self.base]
            .iter()
            .any(|project| project.get(path).is_some_and(|own| own == bytes))
    }
}

fn below(folder: &Path, prefix: &str, found: &mut Project) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let name = if prefix.is_empty() {
            name.into_owned()
        } else {
            format!("{prefix}/{name}")
        };
        if path.is_dir() {
            below(&path, &name, found);
        } else {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
}
