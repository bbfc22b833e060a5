//! Small models of a few lines, written in the test that uses them.
use super::project::{Project, Run, rulebook};
use mkba_core::appraisal::Detail;
use mkba_core::outcome::Outcome;
use mkba_core::rulebook::ResidualRule;

/// One party of each position under value added tax, one without standing, and defaults that keep tests short.
const PARTIES: &str = "
[party]
treasury   = { label = 'Treasury', role = 'treasury', vat = 'exempt' }
people     = { label = 'People', vat = 'exempt' }
firm       = { label = 'Firm', vat = 'recovers' }
town       = { label = 'Town', vat = 'compensated' }
university = { label = 'University', vat = 'exempt' }
abroad     = { label = 'Abroad', vat = 'exempt', standing = false }
";

/// A model, one study of it with the baseline `without`, and its data files.
#[derive(Clone)]
pub struct Small {
    head: String,
    model: String,
    scenarios: String,
    baseline: String,
    alternatives: String,
    discount: String,
    files: Vec<(String, String)>,
}

impl Small {
    /// A model of the years `first` to `last` with present values in `base`.
    pub fn new(base: i32, first: i32, last: i32) -> Self {
        let head = format!(
            "[model]\nlanguage = 1\nid = 'small'\nlabel = 'Small'\nprice_year = 2025\nbase_year = {base}\nyears = {{ first = {first}, last = {last} }}\n"
        );
        let (scenarios, alternatives) = ("[scenario.only]\n".to_owned(), String::new());
        Self {
            head,
            model: String::new(),
            scenarios,
            baseline: String::new(),
            alternatives,
            discount: String::new(),
            files: Vec::new(),
        }
    }

    /// With another key of the model, such as `opening_year = 2030`.
    pub fn head(mut self, key: &str) -> Self {
        self.head.push_str(key);
        self.head.push('\n');
        self
    }

    /// With declarations of the model.
    pub fn model(mut self, text: &str) -> Self {
        self.model.push_str(text);
        self.model.push('\n');
        self
    }

    /// With alternatives beside the baseline `without`.
    pub fn alternatives(mut self, text: &str) -> Self {
        self.alternatives.push_str(text);
        self.alternatives.push('\n');
        self
    }

    /// With keys of the baseline, such as `measures = ['cut']`.
    pub fn baseline(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.baseline);
        self
    }

    /// With these scenarios in place of the one called `only`.
    pub fn scenarios(mut self, text: &str) -> Self {
        text.clone_into(&mut self.scenarios);
        self
    }

    /// With rates or timing of the study.
    pub fn discount(mut self, text: &str) -> Self {
        self.discount = format!("[discount]\n{text}\n");
        self
    }

    /// With a data file in the folder of the model.
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.files.push((format!("models/small/{name}"), text.to_owned()));
        self
    }

    /// As files of a project with the study `study.toml`.
    pub fn project(&self) -> Project {
        let defaults = "[defaults.parameter]\nassumption = 'value of a test'\nconfidence = 'high'\n";
        let Self {
            head,
            model,
            scenarios,
            baseline,
            alternatives,
            discount,
            files,
        } = self;
        let study = format!(
            "[study]\nlabel = 'Small'\nmodel = 'models/small'\nbaseline = 'without'\ndraws = 1\nseed = 1\n{discount}{scenarios}[alternative.without]\n{baseline}\n{alternatives}"
        );
        let project = Project::default()
            .with("mkba.toml", "[project]\nname = 'small'\nlanguage = 1\n")
            .with("models/small/model.toml", format!("{head}{PARTIES}"))
            .with("models/small/body.toml", format!("{defaults}{model}"))
            .with("study.toml", study);
        files
            .iter()
            .fold(project, |project, (path, text)| project.with(path, text.as_str()))
    }

    /// Its outcome over one draw.
    #[track_caller]
    pub fn run(&self) -> Outcome {
        self.project().run("study.toml", Run::draws(1))
    }

    /// Its outcome in one draw, with all years of the model counted, whatever horizon the rulebook has.
    #[track_caller]
    pub fn without_horizon(&self) -> Outcome {
        let mut rulebook = rulebook();
        rulebook.horizon.residual = ResidualRule::NetFlows;
        self.project().run_under(&rulebook, "study.toml", Run::draws(1))
    }

    /// Its outcome over so many draws.
    #[track_caller]
    pub fn draws(&self, draws: usize) -> Outcome {
        self.project().run("study.toml", Run::draws(draws))
    }

    /// Codes of the faults for which it is refused.
    #[track_caller]
    pub fn refused(&self) -> Vec<&'static str> {
        let faults = self.project().try_compile("study.toml", Detail::Full);
        faults
            .expect_err("the study is refused")
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    }
}
