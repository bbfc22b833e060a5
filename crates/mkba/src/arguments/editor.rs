//! Arguments of what serves editors.
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use mkba_lang::schema::FileKind;
use std::path::PathBuf;

/// `mkba schema`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba schema                                      one schema for every file of a project
  mkba schema study                                that of a study file
  mkba schema --out schemas                        write all of them as schemas/*.schema.json

An editor that knows taplo (Even Better TOML, for instance) reads the schema when .taplo.toml in the project says
  [schema]
  path = \"schemas/mkba.schema.json\"
or when a file begins with
  #:schema ../schemas/mkba.schema.json")]
pub struct SchemaArguments {
    /// Kind of file.
    #[arg(default_value = "any", value_parser = kind_of_file())]
    pub kind: FileKind,
    /// Write all schemas to this folder instead; files of theirs are replaced.
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    pub out: Option<PathBuf>,
}

/// The kinds of file by name, each with what it is.
fn kind_of_file() -> impl TypedValueParser<Value = FileKind> {
    let names = FileKind::ALL.map(|kind| PossibleValue::new(kind.name()).help(kind.doc()));
    PossibleValuesParser::new(names).map(|name| {
        let known = FileKind::ALL.into_iter().find(|kind| kind.name() == name);
        known.expect("the parser lets through only names of kinds")
    })
}
