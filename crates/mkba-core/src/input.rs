//! Uncertain numbers as plain data. How they are drawn is the business of `mkba-montecarlo`.

/// One scalar uncertain number. Its value in a draw is `quantile(u) * factor`, with `u` the uniform of its stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Full name, which is also the name of its random stream: `jobs`, or `jobs[delft]` for an element.
    pub name: String,
    /// The distribution, in the unit in which the model states it.
    pub distribution: Distribution,
    /// Turns a quantile into the base unit of the program: unit scale, price level and price basis together.
    pub factor: f64,
}

/// The distributions of the model language (specification section 2), parameters in the unit of the model text.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Equally likely between two bounds.
    Uniform { low: f64, high: f64 },
    /// Triangle with its mode at `mode`.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Beta distribution on `[low, high]` with shape 4 (Malcolm et al. 1959).
    Pert { low: f64, mode: f64, high: f64 },
    /// Normal.
    Normal { mean: f64, sd: f64 },
    /// `median * exp(sigma * z)`.
    Lognormal { median: f64, sigma: f64 },
    /// Beta on `[0, 1]`.
    Beta { a: f64, b: f64 },
    /// Gamma with mean `shape * scale`.
    Gamma { shape: f64, scale: f64 },
    /// `centre + scale * t`, t Student with `df` degrees of freedom.
    Student { df: f64, centre: f64, scale: f64 },
    /// Weibull.
    Weibull { shape: f64, scale: f64 },
    /// Values with probabilities that sum to one, ascending values.
    Discrete { values: Vec<f64>, probabilities: Vec<f64> },
    /// Observations, ascending, each equally likely.
    Empirical { values: Vec<f64> },
    /// Metalog through `(probability, value)` pairs, ascending (Keelin 2016).
    Metalog { probabilities: Vec<f64>, values: Vec<f64> },
    /// Another distribution cut off by inverse transform.
    Truncated { of: Box<Distribution>, min: f64, max: f64 },
}
