//! Files of draws: each is complete under its name, or not there.
use super::Page;
use crate::failure::Failure;
use mkba_core::appraisal::catalogue;
use mkba_core::tables::{input_summary, sampled};
use mkba_plot::{
    Figure, Format, Histogram, InputHistogram, InputHistograms, Item, Label, Language, MOST_ON_A_PAGE, PlotError,
};
use mkba_results::{ResultsError, write_csv, write_parquet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where draws are written, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder: summary, all draws, figures.
    Folder(PathBuf),
    /// All draws.
    Csv(PathBuf),
    /// All draws.
    Parquet(PathBuf),
    /// The histograms, on one page.
    Svg(PathBuf),
    /// The histograms, on one page.
    Png(PathBuf),
}

impl Destination {
    /// By the name: a known ending is a file, no ending is a folder.
    ///
    /// # Errors
    /// The ending is of a form that cannot be written.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let own = path.to_path_buf();
        match path
            .extension()
            .and_then(|end| end.to_str())
            .map(str::to_lowercase)
            .as_deref()
        {
            _ if path.is_dir() => Ok(Self::Folder(own)),
            None => Ok(Self::Folder(own)),
            Some("csv") => Ok(Self::Csv(own)),
            Some("parquet") => Ok(Self::Parquet(own)),
            Some("svg") => Ok(Self::Svg(own)),
            Some("png") => Ok(Self::Png(own)),
            Some(end) => Err(Failure::Use(format!(
                "draws cannot be written as `.{end}`; name a folder, or a file that ends in .csv, .parquet, .svg or .png"
            ))),
        }
    }
}

/// Writes the draws; gives the files that were written.
///
/// # Errors
/// There are no inputs, a file is there already, or one cannot be written.
pub fn write(page: &Page<'_>, destination: &Destination, overwrite: bool) -> Result<Vec<String>, Failure> {
    if page.inputs.is_empty() {
        return Err(Failure::Use(
            "the study has no uncertain inputs; there is nothing to write".to_owned(),
        ));
    }
    let table = |path: &Path, as_csv: bool| -> File { (path.to_path_buf(), Content::Draws { as_csv }) };
    let files: Vec<File> = match destination {
        Destination::Csv(path) => vec![table(path, true)],
        Destination::Parquet(path) => vec![table(path, false)],
        Destination::Svg(path) => vec![(path.clone(), Content::Figure(Box::new(single(page)?), Format::Svg))],
        Destination::Png(path) => vec![(path.clone(), Content::Figure(Box::new(single(page)?), Format::Png))],
        Destination::Folder(folder) => {
            let mut files = vec![
                (folder.join("summary.csv"), Content::Summary),
                table(&folder.join("draws.parquet"), false),
            ];
            for (number, figure) in figures(page)?.into_iter().enumerate() {
                for (format, end) in [(Format::Svg, "svg"), (Format::Png, "png")] {
                    let path = folder.join(format!("figures/inputs-{}.{end}", number + 1));
                    files.push((path, Content::Figure(Box::new(figure.clone()), format)));
                }
            }
            files
        }
    };
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()).filter(|_| !overwrite) {
        let message = format!("`{}` is there already; `--overwrite` replaces it", path.display());
        return Err(Failure::Use(message));
    }
    for (path, content) in &files {
        store(path, |partial| content.write(page, partial))?;
    }
    Ok(files.iter().map(|(path, _)| path.display().to_string()).collect())
}

type File = (PathBuf, Content);

/// What is in a file.
enum Content {
    Summary,
    Draws { as_csv: bool },
    Figure(Box<Figure>, Format),
}

impl Content {
    fn write(&self, page: &Page<'_>, path: &Path) -> Result<(), Failure> {
        match self {
            Self::Summary => {
                write_csv(&input_summary(page.inputs), path)?;
            }
            Self::Draws { as_csv: true } => {
                write_csv(&sampled(page.inputs), path)?;
            }
            Self::Draws { as_csv: false } => {
                write_parquet(&sampled(page.inputs), path)?;
            }
            Self::Figure(figure, format) => {
                let bytes = mkba_plot::draw(figure, *format, language(page)).map_err(|error| fault(&error))?;
                fs::write(path, bytes).map_err(|error| cannot_write(path, error))?;
            }
        }
        Ok(())
    }
}

/// Writes under a hidden name beside it, which then becomes the final one.
fn store(path: &Path, write: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = folder.join(format!(".{name}.partial-{}", std::process::id()));
    let written = write(&partial).and_then(|()| fs::rename(&partial, path).map_err(|error| cannot_write(path, error)));
    if written.is_err() {
        // What could not be written is not left behind; that it cannot be removed either adds nothing.
        let _ = fs::remove_file(&partial);
    }
    written
}

fn cannot_write(path: &Path, error: std::io::Error) -> Failure {
    ResultsError::CannotWrite {
        path: path.to_path_buf(),
        error,
    }
    .into()
}

fn fault(error: &PlotError) -> Failure {
    Failure::Machine(format!("a figure cannot be drawn: {error}"))
}

fn language(page: &Page<'_>) -> Language {
    match page.language {
        catalogue::Language::Dutch => Language::Dutch,
        catalogue::Language::English => Language::English,
    }
}

/// The only page of histograms.
fn single(page: &Page<'_>) -> Result<Figure, Failure> {
    let mut figures = figures(page)?;
    match figures.len() {
        1 => Ok(figures.remove(0)),
        pages => Err(Failure::Use(format!(
            "histograms of {} inputs take {pages} pages; name a folder, or choose at most {MOST_ON_A_PAGE} with `--input`",
            page.inputs.len()
        ))),
    }
}

/// The histograms, page by page.
fn figures(page: &Page<'_>) -> Result<Vec<Figure>, Failure> {
    let pages = page.inputs.chunks(MOST_ON_A_PAGE);
    let count = pages.len();
    let study = &page.declarations.study.label;
    let which = page.which();
    pages
        .enumerate()
        .map(|(number, inputs)| {
            let inputs = inputs.iter().map(|input| {
                let label = page.label(input);
                Ok(InputHistogram {
                    input: Item::new(input.name.as_str(), label.nl, label.en),
                    unit: input.unit.clone(),
                    histogram: Histogram::of_draws(&input.values)?,
                })
            });
            let inputs = inputs
                .collect::<Result<Vec<_>, PlotError>>()
                .map_err(|error| fault(&error))?;
            let of = if count > 1 {
                format!(" ({}/{count})", number + 1)
            } else {
                String::new()
            };
            let title = |what: &str, study: &str| {
                if study.is_empty() {
                    format!("{what}{of}")
                } else {
                    format!("{what}: {study}{of}")
                }
            };
            Ok(Figure::InputHistograms(InputHistograms {
                title: Label::new(
                    title("Getrokken invoer", &study.nl),
                    title("Inputs as drawn", &study.en),
                ),
                subtitle: Label::new(capital(&which.nl), capital(&which.en)),
                inputs,
            }))
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
