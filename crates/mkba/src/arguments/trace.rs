//! `mkba trace`
use super::Language;
use clap::Args;
use std::path::PathBuf;

/// `mkba trace`
#[derive(Debug, Args)]
#[command(after_help = "\
A cell is a number of the study:
  balance                              the balance, or balance_without_separate
  balance.treasury                     what one party bears or gains
  research_spillover                   the present value of a flow
  research_spillover@2040              the flow in a year
  buildings[utrecht]@2031              its amount for an element in a year
  occupied[tu-delft-campus]@2040       a variable, stock, limit or lever
  grid.granted[tu-delft-campus]@2030   a member of a gate: granted, asked, waiting, unserved, binding,
                                       and of one with a substitute substituted, substitute_cost
  rent                                 a parameter, driver, series or column
Before it may stand SCENARIO/ALTERNATIVE/, in place of the options.

Examples:
  mkba trace scenarios/city-deal.toml balance --alternative integrated
  mkba trace scenarios/city-deal.toml research_spillover --draw 17 --depth 4
  mkba trace scenarios/city-deal.toml wlo-2015-high/integrated/space_in_use@2040 --lang en
  mkba trace scenarios/city-deal.toml balance --json > balance.json

A number of a draw is the one of a run with the same seed, bit for bit. Means over draws add up in sums; a mean of
products is not the product of the means: ask for one draw to multiply along.")]
pub struct TraceArguments {
    /// Study file.
    pub study: PathBuf,
    /// The number to explain.
    pub cell: String,
    /// Scenario [default: the first of the study].
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Alternative [default: the first that is not the baseline].
    #[arg(long, value_name = "NAME")]
    pub alternative: Option<String>,
    /// Calendar year.
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// One draw, counted from 0.
    #[arg(long, value_name = "N", conflicts_with_all = ["draws", "central"])]
    pub draw: Option<u64>,
    /// Every uncertain input at its central value: the mode of a triangular or PERT distribution, otherwise the median.
    #[arg(long, conflicts_with = "draws")]
    pub central: bool,
    /// Means over the first N draws.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..=MOST_MEANS))]
    pub draws: u64,
    /// Seed of the random numbers, in place of the study's.
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Levels of named values that are opened [default: 1 for a balance, 2 for all else].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=MOST_DEPTH))]
    pub depth: Option<u8>,
    /// Most parts of a sum that are listed; the rest is one line.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..))]
    pub parts: u16,
    /// Rulebook, in place of the study's.
    #[arg(long, value_name = "ID")]
    pub rulebook: Option<String>,
    /// Language of labels and numbers.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub lang: Language,
    /// As JSON, with all numbers in full.
    #[arg(long)]
    pub json: bool,
}

/// Draws of one span of the runner: up to there a mean is the one of a run to the last bit.
const MOST_MEANS: u64 = mkba_montecarlo::runner::SPAN as u64;
/// Deeper than the longest chain of a model that a person can follow.
const MOST_DEPTH: i64 = 12;
