//! The figures of a bench: medians over repetitions, for people and as JSON.
use super::measure::{Bench, Repetition};
use super::stopwatch::{Seconds, median, median_seconds};
use crate::pipeline::BLOCK;
use serde::Serialize;
use std::fmt::Write;

/// Everything that was measured. The names are those of the JSON output; docs/guide/bench.md explains each.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Version of the engine.
    pub engine_version: &'static str,
    /// Path of the study as given.
    pub study: String,
    /// Widest vector instructions used.
    pub instruction_set: String,
    /// Draws evaluated together.
    pub block: usize,
    /// Threads of `run_on_threads`.
    pub threads: usize,
    /// Draws of a repetition.
    pub draws: u64,
    /// Number of repetitions.
    pub repetitions: usize,
    /// Uncertain inputs.
    pub inputs: usize,
    /// Instructions of the program.
    pub instructions: usize,
    /// Operations on one lane that a draw takes.
    pub operations_per_draw: u64,
    /// Median times of a repetition.
    pub seconds: Stages,
    /// Draws a second of processor time, run on one thread.
    pub draws_per_second: f64,
    /// Draws a second on the clock, run on several threads.
    pub draws_per_second_on_threads: f64,
    /// How much faster several threads are than one, on the clock.
    pub speed_up: f64,
    /// Operations a second in evaluation.
    pub operations_per_second: f64,
    /// Operations a second in the calibration loop.
    pub calibration_operations_per_second: f64,
    /// The first divided by the second, in each repetition.
    pub share_of_calibration: f64,
}

/// Times of the stages.
#[derive(Debug, Serialize)]
pub struct Stages {
    read: Seconds,
    compile: Seconds,
    sampling: Seconds,
    evaluation: Seconds,
    summary: Seconds,
    run: Seconds,
    run_on_threads: Seconds,
}

impl Report {
    /// The medians.
    pub fn of(bench: &Bench<'_>, study: String, threads: usize, repetitions: &[Repetition]) -> Self {
        let time = |of: fn(&Repetition) -> Seconds| median_seconds(repetitions.iter().map(of));
        let number = |of: &dyn Fn(&Repetition) -> f64| median(repetitions.iter().map(of));
        let draws = bench.draws as f64;
        let program = &bench.compiled.program;
        Self {
            engine_version: env!("CARGO_PKG_VERSION"),
            study,
            instruction_set: format!("{:?}", bench.isa()).to_lowercase(),
            block: BLOCK,
            threads,
            draws: bench.draws,
            repetitions: repetitions.len(),
            inputs: bench.compiled.inputs.len(),
            instructions: program.instructions(),
            operations_per_draw: program.operations_per_draw(),
            seconds: Stages {
                read: time(|one| one.read),
                compile: time(|one| one.compile),
                sampling: time(|one| one.sampling),
                evaluation: time(|one| one.evaluation),
                summary: time(|one| one.summary),
                run: time(|one| one.run),
                run_on_threads: time(|one| one.run_on_threads),
            },
            draws_per_second: number(&|one| draws / one.run.processor),
            draws_per_second_on_threads: number(&|one| draws / one.run_on_threads.elapsed),
            speed_up: number(&|one| one.run.elapsed / one.run_on_threads.elapsed),
            operations_per_second: number(&|one| one.achieved),
            calibration_operations_per_second: number(&|one| one.calibrated),
            share_of_calibration: number(&|one| one.achieved / one.calibrated),
        }
    }

    /// JSON with a line feed at the end.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("plain fields always serialise");
        text.push('\n');
        text
    }

    /// Lines for people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |arguments: std::fmt::Arguments<'_>| {
            text.write_fmt(arguments).expect("a string can always be written to");
            text.push('\n');
        };
        line(format_args!("{}, mkba {}", self.study, self.engine_version));
        line(format_args!(
            "{} inputs, {} instructions, {} operations a draw",
            self.inputs, self.instructions, self.operations_per_draw
        ));
        line(format_args!(
            "{}, blocks of {}, {} draws, medians of {} repetitions\n",
            self.instruction_set, self.block, self.draws, self.repetitions
        ));
        line(format_args!("{:<34}{:>12}{:>12}", "", "processor", "elapsed"));
        let Stages {
            read,
            compile,
            sampling,
            evaluation,
            summary,
            run,
            run_on_threads,
        } = &self.seconds;
        let on_threads = format!("whole run, {} threads", self.threads);
        for (name, seconds) in [
            ("reading", read),
            ("compiling", compile),
            ("sampling", sampling),
            ("evaluation", evaluation),
            ("summary", summary),
            ("whole run, 1 thread", run),
            (on_threads.as_str(), run_on_threads),
        ] {
            let [processor, elapsed] = [seconds.processor, seconds.elapsed].map(|s| format!("{:.2} ms", s * 1e3));
            line(format_args!("{name:<34}{processor:>12}{elapsed:>12}"));
        }
        let million = |number: f64| number / 1e6;
        line(format_args!(
            "\n{:<34}{:>10.3} M a second of processor time",
            "draws, 1 thread",
            million(self.draws_per_second)
        ));
        line(format_args!(
            "{:<34}{:>10.3} M a second on the clock, {:.2} times one thread",
            format!("draws, {} threads", self.threads),
            million(self.draws_per_second_on_threads),
            self.speed_up
        ));
        line(format_args!(
            "{:<34}{:>10.0} M a second",
            "operations of evaluation",
            million(self.operations_per_second)
        ));
        line(format_args!(
            "{:<34}{:>10.0} M a second",
            "operations of the calibration loop",
            million(self.calibration_operations_per_second)
        ));
        line(format_args!(
            "{:<34}{:>10.1} %",
            "evaluation / calibration",
            self.share_of_calibration * 100.0
        ));
        text
    }
}
