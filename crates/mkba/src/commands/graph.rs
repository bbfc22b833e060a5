//! `mkba graph`: the influence diagram of a model.
use crate::arguments::{GraphArguments, GraphFormat, Language, Level};
use crate::failure::Failure;
use crate::subject::Subject;
use crate::suggestion::nearest;
use crate::terminal;
use mkba_core::influence::{Influence, NotFound};
use mkba_plot::InfluenceDiagram;
use mkba_results::ResultsError;
use std::fs::OpenOptions;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// More declarations than this are drawn by file, unless asked otherwise.
const MOST_DECLARATIONS: usize = 60;

/// Draws a model, or what is near a name or file.
///
/// # Errors
/// The model has errors, the focus does not exist, or the file cannot be written.
pub fn graph(arguments: &GraphArguments) -> Result<(), Failure> {
    let format = match arguments.format {
        Some(format) => format,
        None => by_name(arguments.out.as_deref())?,
    };
    if format == GraphFormat::Svg && arguments.out.is_none() && std::io::stdout().is_terminal() {
        let message = "a drawing is nothing for a terminal; add `--out graph.svg`, or `--format dot` for text";
        return Err(Failure::Use(message.to_owned()));
    }
    let subject = Subject::read(&arguments.path)?;
    let (declarations, sources) = subject.declarations();
    let influence = mkba_lang::influence::influence(declarations, sources);
    let diagram = diagram(&influence, arguments)?;
    let language = match arguments.lang {
        Language::Nl => mkba_plot::Language::Dutch,
        Language::En => mkba_plot::Language::English,
    };
    let text = match format {
        GraphFormat::Dot => diagram.dot(language),
        GraphFormat::Svg => diagram
            .svg(language)
            .map_err(|error| Failure::Machine(format!("the diagram cannot be drawn: {error}")))?,
    };
    match &arguments.out {
        None => terminal::print(&text),
        Some(path) => {
            write(path, &text, arguments.overwrite)?;
            terminal::message(&format!("written to {}", path.display()));
            Ok(())
        }
    }
}

fn diagram(influence: &Influence, arguments: &GraphArguments) -> Result<InfluenceDiagram, Failure> {
    let total = influence.nodes.len();
    if let Some(word) = &arguments.focus {
        let focus = influence.find(word).map_err(|fault| unknown(word, &fault))?;
        let depth = usize::from(arguments.depth);
        return Ok(InfluenceDiagram::Declarations {
            influence: influence.around(&focus, depth),
            focus: Some((word.clone(), depth)),
            total,
        });
    }
    let by_file = total > MOST_DECLARATIONS;
    let default = if by_file { Level::Files } else { Level::Names };
    Ok(match arguments.level.unwrap_or(default) {
        Level::Files => InfluenceDiagram::Files {
            model: influence.model.clone(),
            overview: influence.by_file(),
        },
        Level::Names => InfluenceDiagram::Declarations {
            influence: influence.clone(),
            focus: None,
            total,
        },
    })
}

fn unknown(word: &str, fault: &NotFound) -> Failure {
    let known = || fault.known.iter().map(String::as_str);
    let parts: Vec<&str> = known().filter(|known| known.contains(word)).take(5).collect();
    let suggestion = match nearest(word, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if !parts.is_empty() && !word.is_empty() => format!("did you mean `{}`?", parts.join("`, `")),
        None => "a focus is a name in the model, a kind and a name (`flow.rent`), or one of its files".to_owned(),
    };
    Failure::Use(format!("the model has nothing called `{word}`; {suggestion}"))
}

/// The format that the ending of a file asks for; a drawing in SVG if there is none.
fn by_name(out: Option<&Path>) -> Result<GraphFormat, Failure> {
    match out
        .and_then(Path::extension)
        .map(|ending| ending.to_string_lossy())
        .as_deref()
    {
        None | Some("svg") => Ok(GraphFormat::Svg),
        Some("dot" | "gv") => Ok(GraphFormat::Dot),
        Some(other) => Err(Failure::Use(format!(
            "a graph cannot be written as `.{other}`; name a file that ends in .svg, .dot or .gv, or say `--format`"
        ))),
    }
}

/// Writes a whole file, and no other file in its place unless that is asked for.
fn write(path: &Path, text: &str, overwrite: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    if overwrite {
        options.write(true).create(true).truncate(true);
    } else {
        options.write(true).create_new(true);
    }
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Failure::Use(format!("`{}` exists; add `--overwrite` to replace it", path.display()))
        } else {
            ResultsError::CannotWrite {
                path: path.to_owned(),
                error,
            }
            .into()
        }
    })
}
