//! Where the numbers of a model come from, what uses them, and which to look at first.
mod collect;
mod csv;
mod print;
mod table;
mod weigh;
mod words;

pub use collect::{collect, numbers};
pub use csv::csv;
pub use print::print;
pub use table::table;
pub use weigh::weigh;

use mkba_core::appraisal::catalogue::Text;
use mkba_core::rulebook::CalendarDate;
use serde::{Serialize, Serializer};

/// A number of a model or scenario, with where it comes from and where it goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// `parameter`, `series`, `deflator`, `driver` or `measure`.
    pub kind: &'static str,
    /// Name in the model.
    pub name: String,
    /// The scenario that gives it, for a driver.
    pub scenario: Option<String>,
    /// Label.
    pub label: Text,
    /// File and line.
    pub place: String,
    /// As written.
    pub value: String,
    /// Source, or empty.
    pub source: String,
    /// Why it is assumed, or empty.
    pub assumption: String,
    /// Pages that the source names, as written there.
    pub pages: Vec<String>,
    /// Addresses that the source names.
    pub addresses: Vec<String>,
    /// `high`, `medium`, `low`, or empty.
    pub confidence: String,
    /// To be replaced first.
    pub placeholder: bool,
    /// By when it has to be looked at again.
    #[serde(serialize_with = "as_text")]
    pub review: Option<CalendarDate>,
    /// That day has passed.
    pub overdue: bool,
    /// It differs from draw to draw.
    pub uncertain: bool,
    /// Declarations that refer to it.
    pub used_by: Vec<String>,
    /// Flows that depend on it, directly or through others.
    pub flows: Vec<String>,
    /// Its share in the squared rank correlations with the balance, when draws were taken and it is uncertain.
    pub weight: Option<f64>,
}

/// All numbers, and by what they were weighed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provenances {
    /// Label of the model or study.
    pub label: Text,
    /// Day at which review dates were judged.
    #[serde(serialize_with = "as_text_always")]
    pub on: CalendarDate,
    /// Number of draws by which inputs were weighed, for a study.
    pub draws: Option<u64>,
    /// What a weight is.
    pub weight_measure: Option<&'static str>,
    /// Weight of uncertain inputs that are no figure of the model, such as a discount rate of the study.
    pub other_weight: Option<f64>,
    /// In order of kind and name.
    pub figures: Vec<Figure>,
}

fn as_text<S: Serializer>(date: &Option<CalendarDate>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(serializer)
}

fn as_text_always<S: Serializer>(date: &CalendarDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
