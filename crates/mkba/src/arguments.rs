//! What can be typed: one definition of every argument.
mod compare_rulebooks;
mod diff;
mod draws;
mod editor;
mod grex;
mod plot;
mod replay;
mod report;
mod shell;
mod sweep;
mod trace;

pub use compare_rulebooks::CompareRulebooksArguments;
pub use diff::DiffArguments;
pub use draws::DrawsArguments;
pub use editor::SchemaArguments;
pub use grex::GrexArguments;
pub use plot::PlotArguments;
pub use replay::ReplayArguments;
pub use report::ReportArguments;
pub use shell::{CompletionsArguments, ManArguments};
pub use sweep::SweepArguments;
pub use trace::TraceArguments;

use crate::budget;
use clap::{Args, Parser, Subcommand, ValueEnum};
use mkba_core::appraisal::catalogue::{self, GateReading};
use mkba_core::rulebook::CalendarDate;
use mkba_montecarlo::Until;
use mkba_montecarlo::design::Kind as Design;
use std::path::PathBuf;
use std::time::Duration;

const AFTER_HELP: &str = "\
Examples:
  mkba run scenarios/city-deal.toml                run a study, print its table, write runs/city-deal/
  mkba sweep scenarios/sweep-displacement.toml     the same study at many points
  mkba check scenarios/city-deal.toml              find all faults without running
  mkba explain E0301                               what a message means, with an example
  mkba fmt models scenarios                        order and align files
  mkba table runs/city-deal --lang en              print the table of an earlier run
  mkba plot runs/city-deal --lang en               draw its figures again
  mkba report runs/city-deal --lang en             write its report again, in English
  mkba init my-city                                start a project of your own
  mkba graph models/kennisstad --out model.svg     draw what influences what
  mkba sources scenarios/city-deal.toml            where the numbers come from
  mkba trace scenarios/city-deal.toml balance      why a number is what it is
  mkba diff runs/city-deal runs/other              why two runs differ, step by step
  mkba draws scenarios/city-deal.toml              what was drawn for each uncertain input
  mkba grex models/teaching/grex/exploitation.toml from a land-development account to a balance
  mkba compare-rulebooks scenarios/city-deal.toml  what other appraisal rules make of it
  mkba schema --out schemas                        write what editors need to complete and check model files

Exit codes: 0 done, 1 errors in the study, 2 wrong use, 3 a draw gave an impossible value,
            4 a file could not be read or written, 130 interrupted.";

/// Societal cost-benefit analysis (MKBA): reads a study, appraises its alternatives over many draws, writes tables.
#[derive(Debug, Parser)]
#[command(name = "mkba", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a study: print its overview and write its results.
    Run(RunArguments),
    /// Run a study at many points, with other values and the same draws in each.
    Sweep(SweepArguments),
    /// Find all faults in a study or model, without running it.
    Check(CheckArguments),
    /// Give every uncertain input of a model its dimension of the Sobol design, in `sobol.lock`.
    Lock(LockArguments),
    /// Explain the code of a message; without a code, list all of them.
    Explain(ExplainArguments),
    /// Order and align model, scenario and study files, comments kept.
    Fmt(FmtArguments),
    /// Print the overview of an earlier run.
    Table(TableArguments),
    /// Draw the figures of an earlier run or sweep.
    Plot(PlotArguments),
    /// Write the report of an earlier run.
    Report(ReportArguments),
    /// Measure how fast a study is read, compiled and run on this machine.
    Bench(BenchArguments),
    /// Start a project with a small model that runs, or add one to a project.
    Init(InitArguments),
    /// Draw what influences what in a model.
    Graph(GraphArguments),
    /// List where the numbers come from, and which of them to look at first.
    Sources(SourcesArguments),
    /// Explain a number: its formula, the parts of it, the inputs and their sources.
    Trace(TraceArguments),
    /// Bridge from the balance under one rulebook to that under others.
    CompareRulebooks(CompareRulebooksArguments),
    /// Compute a finished run again, and say whether the result is the same.
    Replay(ReplayArguments),
    /// Say why the balances of one run are not those of another, step by step.
    Diff(DiffArguments),
    /// Show what was drawn: a summary of each uncertain input, all its draws, and figures.
    Draws(DrawsArguments),
    /// Bring a land-development account (GREX) to a cost-benefit analysis, step by step.
    Grex(GrexArguments),
    /// Print the JSON Schema of a kind of file, or write all of them.
    Schema(SchemaArguments),
    /// Print the completion script of a shell.
    Completions(CompletionsArguments),
    /// Print the manual page, or write a page for each command.
    Man(ManArguments),
    /// Serve an editor over standard input and output, by the Language Server Protocol.
    Lsp,
}

/// `mkba run`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba run scenarios/city-deal.toml
  mkba run scenarios/city-deal.toml --draws 1000 --out /tmp/quick --overwrite
  mkba run scenarios/city-deal.toml --seed 7 --threads 1 --lang en
  mkba run scenarios/city-deal.toml --draws 1_000_000 --until 'se(npv) < 1 %' --max-time 20min
  mkba run scenarios/city-deal.toml --draws 1_000_000 --resume      go on after an interruption
  mkba run scenarios/city-deal.toml --gates off --out runs/city-deal-without-gates

The same study, seed and number of draws give the same bytes for any number of threads.
Ctrl-C stops cleanly: nothing half-written is left behind. Of a run of more than 65 536 draws, what
is finished is kept beside its folder until it is complete, as it grows; --resume uses it.")]
pub struct RunArguments {
    /// Study file.
    pub study: PathBuf,
    /// Number of draws, in place of the study's.
    #[arg(long, value_name = "N", value_parser = draws)]
    pub draws: Option<u64>,
    /// End the draws when this holds: 'se(npv) < 1 %' (standard error of every balance), 'se(npv) < 2 MEUR',
    /// 'rank 95 %' (probability that the alternatives are in the right order), or several joined by 'and'.
    #[arg(long, value_name = "RULE", value_parser = <Until as std::str::FromStr>::from_str)]
    pub until: Option<Until>,
    /// End the draws in time, and say how many were done: 90s, 20min, 1h30min.
    #[arg(long, value_name = "TIME", value_parser = budget::time)]
    pub max_time: Option<Duration>,
    /// Refuse a run that is expected to need more memory: 800MB, 2GiB [default: what is free].
    #[arg(long, value_name = "SIZE", value_parser = budget::size)]
    pub max_memory: Option<u64>,
    /// How many draws, from the first on, are written one by one to npv.parquet and inputs.parquet: a number or 'all'.
    #[arg(long, value_name = "N", value_parser = budget::draws, default_value = "65536")]
    pub keep: usize,
    /// Use what an interrupted run of the same study finished.
    #[arg(long)]
    pub resume: bool,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// How draws are spread, in place of the study's: random, latin_hypercube, sobol or antithetic.
    #[arg(long, value_name = "DESIGN", value_parser = design)]
    pub design: Option<Design>,
    /// Threads; 0 for one per processor. Results do not depend on it.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
    /// Folder of the run [default: runs/NAME-OF-STUDY in the project].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace a run that is already in that folder, once the new one is complete.
    #[arg(long)]
    pub overwrite: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// How gates are read, in place of the study's: as-is, soft (all that is not served is met by the substitute), off
    /// (no bounds). Interactions are then told for this reading alone.
    #[arg(long, value_name = "READING", value_parser = gates)]
    pub gates: Option<GateReading>,
    /// No figures/ in the folder of the run; the report has its own.
    #[arg(long)]
    pub no_figures: bool,
    /// No results.xlsx in the folder of the run.
    #[arg(long)]
    pub no_spreadsheet: bool,
    /// No report.html in the folder of the run.
    #[arg(long)]
    pub no_report: bool,
    /// No progress bar and no table; errors are still printed.
    #[arg(long)]
    pub quiet: bool,
}

/// `mkba check`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba check scenarios/city-deal.toml
  mkba check models/kennisstad                     a model by itself
  mkba check models/kennisstad --format json       for other programs, on standard output
  mkba check scenarios/city-deal.toml --emit program
  mkba check scenarios/city-deal.toml --checklist  the rules of the guideline, and how the study deals with each")]
pub struct CheckArguments {
    /// Study file, model folder, or a file inside a model folder.
    pub path: PathBuf,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// Also print what the study was compiled to.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub emit: Option<Emit>,
    /// Also print the rules of the guideline, and how the study deals with each: comply, explain, not applicable, or open.
    #[arg(long)]
    pub checklist: bool,
    /// Language of the checklist.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// How faults are told: text for people, or JSON for other programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text, conflicts_with_all = ["emit", "checklist"])]
    pub format: Format,
}

/// `mkba fmt`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba fmt models scenarios
  mkba fmt models/kennisstad/effects/grid.toml
  mkba fmt --check models scenarios                change nothing; exit code 1 if a file would change

Keys come in the order of the reference, `=` and comments are aligned, one blank line stands between declarations.
Comments, texts, the order of declarations and the line breaks of formulas stay.")]
pub struct FmtArguments {
    /// TOML files, or folders of which all TOML files are meant.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name the files that would change and change nothing.
    #[arg(long)]
    pub check: bool,
}

/// `mkba lock`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba lock models/kennisstad
  mkba lock scenarios/city-deal.toml               also an uncertain discount rate of the study
  mkba run scenarios/city-deal.toml --design sobol

The file lies in the folder of the model and belongs under version control. A dimension belongs to an
input for good: lines are only ever added, so the draws of other inputs stay as they are.")]
pub struct LockArguments {
    /// Model folder, a file inside one, or a study file.
    pub path: PathBuf,
}

/// `mkba explain`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba explain E0301
  mkba explain                                     all codes")]
pub struct ExplainArguments {
    /// Code between brackets in a message, such as E0301.
    pub code: Option<String>,
}

/// `mkba bench`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba bench                                       the benchmark study of the project around
  mkba bench scenarios/city-deal.toml
  mkba bench scenarios/city-deal.toml --json > speed.json

Every figure is the median over the repetitions. A loop of plain multiplications and additions is timed
in turns with the study, so that the share of the machine that is reached can be compared between days
and machines. What each figure means is in docs/guide/bench.md.")]
pub struct BenchArguments {
    /// Study file [default: scenarios/campus-cba-30.toml of the project around].
    pub study: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Number of draws of each repetition [default: about half a second's work].
    #[arg(long, value_name = "N", value_parser = draws)]
    pub draws: Option<u64>,
    /// How often everything is measured.
    #[arg(long, value_name = "R", default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub repetitions: u32,
    /// Threads of the run on several threads; 0 for one per processor.
    #[arg(long, value_name = "T", default_value_t = 0, value_parser = threads)]
    pub threads: usize,
}

/// `mkba table`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba table runs/city-deal
  mkba table runs/city-deal --lang en > table.txt
  mkba table runs/city-deal gates                  which gate binds, in each alternative
  mkba table runs/city-deal gates --alternative integrated          and at each place which one first and longest
  mkba table runs/policy-interplay interactions")]
pub struct TableArguments {
    /// Folder of a run.
    pub run: PathBuf,
    /// Which table: overview, gates or interactions for reading; with --format json or csv any table of the run.
    #[arg(default_value = "overview")]
    pub table: String,
    /// As text for people, or as JSON (a list of rows) or CSV for other programs.
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub format: TableFormat,
    /// With `gates`: every place of this alternative.
    #[arg(long, value_name = "NAME")]
    pub alternative: Option<String>,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}

/// How `mkba table` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    Text,
    /// A list of rows.
    Json,
    /// As in the folder of the run.
    Csv,
}

/// `mkba init`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba init my-city                                a folder my-city/ with a project of one building
  mkba init my-campus --template campus            stocks, a gate, two scenarios, three alternatives
  mkba init my-portfolio --template portfolio      several campuses from a table, shared capacity

Inside a project, the model and its study are added to that project. No file is ever replaced.")]
pub struct InitArguments {
    /// Name of the project and its model: a lowercase letter, then lowercase letters, digits and `-`.
    pub name: String,
    /// What the model shows.
    #[arg(long, value_enum, default_value_t = Template::Minimal)]
    pub template: Template,
}

/// The models that `mkba init` can begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// One building: one cost, one benefit.
    Minimal,
    /// One campus: stocks, a gate, effects shown separately, unpriced items, scenarios.
    Campus,
    /// Several campuses that compete for capacity, and a choice between investments.
    Portfolio,
}

/// `mkba graph`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba graph models/kennisstad --out files.svg                              a large model: one box per file
  mkba graph models/kennisstad --focus research_spillover --out spill.svg   what it depends on, what depends on it
  mkba graph models/kennisstad --focus effects/grid.toml --depth 1 --out grid.svg
  mkba graph models/teaching/lake --format dot | dot -Tpdf -o lake.pdf

Without --out the drawing goes to standard output. A dashed arrow is a reference to earlier years.")]
pub struct GraphArguments {
    /// Model folder, a file inside it, or a study file (its model is drawn).
    pub path: PathBuf,
    /// A name, a kind and a name such as `flow.rent`, or a file of the model: draw only what is near.
    #[arg(long, value_name = "NAME")]
    pub focus: Option<String>,
    /// Steps from the focus, back to causes and on to consequences.
    #[arg(long, value_name = "N", default_value_t = 2, requires = "focus", value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub depth: u16,
    /// One box per file, or all declarations [default: files for a model of more than 60 declarations].
    #[arg(long, value_enum, value_name = "LEVEL", conflicts_with = "focus")]
    pub level: Option<Level>,
    /// Form of the drawing [default: by the name of --out, else svg].
    #[arg(long, value_enum)]
    pub format: Option<GraphFormat>,
    /// File to write.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace that file.
    #[arg(long, requires = "out")]
    pub overwrite: bool,
    /// Language of labels.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}

/// How near a diagram looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// One box per file.
    Files,
    /// Every declaration.
    Names,
}

/// The form of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// A drawing for a browser or a report.
    Svg,
    /// Text for Graphviz.
    Dot,
}

/// `mkba sources`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mkba sources models/kennisstad                   sources, assumptions, placeholders, numbers to look at again
  mkba sources scenarios/city-deal.toml            the same with the scenarios, placeholders by their weight in the result
  mkba sources models/kennisstad --csv > numbers.csv

With a study, some draws are taken to weigh the inputs: the share of each in the squared rank correlations with the
balance. A fixed number is not drawn and so has no weight, however much the result may depend on it.")]
pub struct SourcesArguments {
    /// Model folder, a file inside it, or a study file.
    pub path: PathBuf,
    /// Draws by which inputs are weighed; only for a study.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(100..=65_536))]
    pub draws: u64,
    /// Day at which review dates are judged, such as 2027-06-30 [default: today].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<CalendarDate>,
    /// Everything as JSON.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Every number as a row of CSV.
    #[arg(long)]
    pub csv: bool,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
}

fn date(text: &str) -> Result<CalendarDate, String> {
    CalendarDate::try_from(text.to_owned())
}

/// What `mkba check` can print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// The phases of the compiled program with their size.
    Program,
}

/// How `mkba check` tells faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines of the files, on standard error.
    Text,
    /// A list of objects, on standard output.
    Json,
}

/// The language of labels and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Dutch: 1.234,5
    Nl,
    /// English: 1,234.5
    En,
}

impl From<Language> for catalogue::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Dutch,
            Language::En => Self::English,
        }
    }
}

/// More draws than this would take years.
const MOST_DRAWS: u64 = 1 << 40;
/// More threads than this is a slip of the pen.
const MOST_THREADS: usize = 4096;

fn draws(text: &str) -> Result<u64, String> {
    match text.replace('_', "").parse() {
        Ok(number @ 1..=MOST_DRAWS) => Ok(number),
        _ => Err(format!("a number from 1 to {MOST_DRAWS} is required")),
    }
}

fn design(text: &str) -> Result<Design, String> {
    let names: Vec<&str> = Design::ALL.into_iter().map(Design::name).collect();
    Design::of(text).ok_or_else(|| format!("one of {} is required", names.join(", ")))
}

fn gates(text: &str) -> Result<GateReading, String> {
    let words = GateReading::ALL.map(GateReading::word).join(", ");
    GateReading::of(text).ok_or_else(|| format!("one of {words} is required"))
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number <= MOST_THREADS => Ok(number),
        _ => Err(format!("a number from 0 to {MOST_THREADS} is required")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_run_is_in_dutch_unless_asked_otherwise() {
        let parsed = Arguments::try_parse_from(["mkba", "run", "study.toml"]).expect("valid");
        let Command::Run(run) = parsed.command else {
            panic!("not a run")
        };
        assert_eq!((run.lang, run.threads, run.draws), (Language::Nl, 0, None));
    }

    #[test]
    fn wrong_use_has_exit_code_two() {
        for arguments in [
            &["mkba", "run"][..],
            &["mkba", "run", "study.toml", "--draws", "0"],
            &["mkba", "run", "study.toml", "--draws", "many"],
            &["mkba", "run", "study.toml", "--threads", "-1"],
            &["mkba", "run", "study.toml", "--until", "npv < 1 %"],
            &["mkba", "run", "study.toml", "--max-time", "20"],
            &["mkba", "run", "study.toml", "--max-memory", "much"],
            &["mkba", "run", "study.toml", "--keep", "some"],
            &["mkba", "run", "study.toml", "--lang", "fr"],
            &["mkba", "run", "study.toml", "--design", "sobel"],
            &["mkba", "run", "study.toml", "--gates", "open"],
            &["mkba", "table", "runs/study", "--format", "yaml"],
            &["mkba", "walk"],
        ] {
            let fault = Arguments::try_parse_from(arguments).expect_err("wrong use");
            assert_eq!(fault.exit_code(), 2, "{arguments:?}");
        }
    }
}
