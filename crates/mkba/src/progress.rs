//! A progress bar on standard error; nothing when that is not a terminal.
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const TEMPLATE: &str = "{bar:40} {human_pos} / {human_len} draws  {elapsed}, about {eta} left";

const POINTS: &str = "{bar:40} {percent} % of {msg} points  {elapsed}, about {eta} left";

/// Progress over the draws of a run.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for this many draws; hidden when asked to be quiet or when standard error is no terminal.
    pub fn new(draws: u64, quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(draws), target);
        // A template that cannot be read leaves the default style.
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// A bar for this many points of so many draws each; hidden as for a run.
    pub fn of_points(points: usize, draws: usize, quiet: bool) -> Self {
        let progress = Self::new((points as u64).saturating_mul(draws as u64), quiet);
        if let Ok(style) = ProgressStyle::with_template(POINTS) {
            progress.bar.set_style(style);
        }
        progress.bar.set_message(points.to_string());
        progress
    }

    /// So many more draws are done.
    pub fn add(&self, draws: usize) {
        self.bar.inc(draws as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_understood() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
        assert!(ProgressStyle::with_template(POINTS).is_ok());
    }
}
