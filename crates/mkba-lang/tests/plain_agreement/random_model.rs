//! Random small models as text: two index sets, one within the other, and a third; every kind of declaration and every function.
//!
//! All values are without unit and stay below some tens, so that an absolute difference means the same everywhere. Comparisons never stand
//! on an edge: both sides differ by an odd number.
use crate::draws::Random;
use mkba_lang::project::MemoryFiles;
use std::fmt::Write;

/// An index set as flags: campus, province (in which campuses lie), kind.
type Set = u8;
const CAMPUS: Set = 1;
const PROVINCE: Set = 2;
const KIND: Set = 4;
const SETS: [Set; 6] = [0, CAMPUS, PROVINCE, KIND, CAMPUS | KIND, PROVINCE | KIND];

/// Whether a value over `set` may be used over `target`.
fn fits(set: Set, target: Set) -> bool {
    let provinces = if target & CAMPUS != 0 { PROVINCE } else { 0 };
    set & !(target | provinces) == 0
}

fn reduced(set: Set) -> Set {
    if set & CAMPUS != 0 { set & !PROVINCE } else { set }
}

fn list(set: Set) -> String {
    let names = [(CAMPUS, "campus"), (KIND, "kind"), (PROVINCE, "province")];
    let names: Vec<String> = names
        .iter()
        .filter(|(flag, _)| set & flag != 0)
        .map(|(_, name)| format!("\"{name}\""))
        .collect();
    format!("[{}]", names.join(", "))
}

/// A formula that is exactly over a set.
fn anchor(set: Set) -> String {
    let columns = [(CAMPUS, "size_c"), (PROVINCE, "size_p"), (KIND, "size_k")];
    columns
        .iter()
        .filter(|(flag, _)| set & flag != 0)
        .fold("0.01".to_owned(), |text, (_, column)| format!("{text} * {column}"))
}

#[derive(Clone, Copy, PartialEq)]
enum Of {
    Variable,
    Stock,
    Gate,
    Limit,
}

/// What a formula may refer to.
#[derive(Clone, Copy)]
struct View {
    /// Values of the same year: those before this number.
    before: usize,
    levers: bool,
    /// Whether it may look at earlier years.
    past: bool,
}

struct Maker {
    random: Random,
    things: Vec<(Of, Set)>,
    /// Gates before this number may be named: the unit of a gate follows from its formulas, so they cannot name the gate itself.
    gates_before: usize,
    /// Gates that have a substitute, by number.
    substitutes: Vec<usize>,
}

impl Maker {
    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.random.below(of.len())]
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.random.below(one_in) == 0
    }

    fn number(&mut self) -> String {
        format!("{:.4}", 0.1 + 3.0 * self.random.uniform())
    }

    fn set(&mut self) -> Set {
        SETS[self.random.below(SETS.len())]
    }

    /// A value that fits the target and does not change over the years.
    fn steady(&mut self, target: Set) -> String {
        let all = [
            (0, "fixed_a"),
            (0, "uncertain_a"),
            (0, "uncertain_b"),
            (CAMPUS, "each_c"),
            (PROVINCE, "shared_p"),
            (PROVINCE, "each_p"),
            (CAMPUS, "size_c"),
            (PROVINCE, "size_p"),
            (KIND, "size_k"),
            (CAMPUS, "table_c"),
            (0, "driver_a"),
        ];
        let fit: Vec<&str> = all
            .iter()
            .filter(|(set, _)| fits(*set, target))
            .map(|(_, name)| *name)
            .collect();
        if self.chance(5) {
            self.number()
        } else {
            self.one(&fit).to_owned()
        }
    }

    /// The name of a thing as a value without unit.
    fn named(&mut self, number: usize) -> String {
        match self.things[number].0 {
            Of::Variable => format!("value_{number}"),
            Of::Stock => format!("stock_{number}"),
            Of::Limit => format!("limit_{number}"),
            Of::Gate => {
                let more: &[&str] = &[
                    "granted",
                    "waiting",
                    "asked",
                    "unserved",
                    "binding",
                    "substituted",
                    "substitute_cost",
                ];
                let members = if self.substitutes.contains(&number) {
                    more
                } else {
                    &more[..5]
                };
                match self.one(members) {
                    member @ ("granted" | "unserved" | "substituted") => format!("(gate_{number}.{member} * 1 year)"),
                    member @ "substitute_cost" => format!("(gate_{number}.{member} * (1 year) / (1 EUR))"),
                    member => format!("gate_{number}.{member}"),
                }
            }
        }
    }

    fn may_name(&self, number: usize) -> bool {
        self.things[number].0 != Of::Gate || number < self.gates_before
    }

    fn leaf(&mut self, target: Set, view: View) -> String {
        let levers = [
            (CAMPUS, "lever_c"),
            (PROVINCE, "lever_p"),
            (0, "lever_n"),
            (KIND, "lever_k"),
        ];
        match self.random.below(10) {
            0 => self.number(),
            1 => self.steady(target),
            2 => self
                .one(&["series_a", "series_b", "series_c", "driver_b", "driver_c"])
                .to_owned(),
            3 => self
                .one(&[
                    "(0.1 * elapsed / 1 year)",
                    "(now - 2028) / 3 year",
                    "(0.1 * since_opening / 1 year)",
                    "ramp(from = 2027, over = 3.3 year)",
                    "fade(from = 2028, over = 4.7 year)",
                    "ramp(from = 1 year * uncertain_a, over = 4 year)",
                    "fade(from = 2 year, over = 3 year * uncertain_b)",
                    "grown(growth_a)",
                    "grown(driver_d)",
                    "grown(0.03 1/year)",
                    "lookup(series_a, now)",
                    "lookup(series_b, 2027 + 3 * uncertain_a)",
                    "lookup(series_c, 2025.3 + uncertain_b)",
                    "(if now >= 2029 then uncertain_a else 0)",
                ])
                .to_owned(),
            4 | 5 if view.levers => {
                let fit: Vec<&str> = levers
                    .iter()
                    .filter(|(set, _)| fits(*set, target))
                    .map(|(_, name)| *name)
                    .collect();
                self.one(&fit).to_owned()
            }
            _ => {
                let fit: Vec<usize> = (0..view.before)
                    .filter(|&n| self.may_name(n) && fits(self.things[n].1, target))
                    .collect();
                if fit.is_empty() {
                    return self.steady(target);
                }
                let number = fit[self.random.below(fit.len())];
                self.named(number)
            }
        }
    }

    /// A value of the past: the start of the year, a year ago, a lag, a sum over the years.
    fn past(&mut self, target: Set, view: View, depth: usize) -> String {
        let any = View {
            before: self.things.len(),
            levers: true,
            past: true,
        };
        let fit: Vec<usize> = (0..self.things.len())
            .filter(|&n| fits(self.things[n].1, target))
            .collect();
        let stocks: Vec<usize> = fit.iter().copied().filter(|&n| self.things[n].0 == Of::Stock).collect();
        match self.random.below(5) {
            0 if !stocks.is_empty() => {
                let stock = stocks[self.random.below(stocks.len())];
                format!("opening(stock_{stock})")
            }
            0 | 1 => {
                let (of, first) = (self.formula(target, any, depth), self.steady(target));
                format!("previous({of}, first = {first})")
            }
            2 => {
                let (of, before) = (self.formula(target, any, depth), self.steady(target));
                let by = self.one(&["2 year", "long_lag", "1 year"]);
                format!("lagged({of}, {by}, before = {before})")
            }
            3 => {
                let (of, before) = (self.formula(target, view, depth), self.steady(target));
                let by = if target & CAMPUS != 0 {
                    self.one(&["short_lag", "lag_c"])
                } else {
                    self.one(&["short_lag", "0.4 year"])
                };
                format!("lagged({of}, {by}, before = {before})")
            }
            _ => {
                let of = self.formula(target, view, depth);
                format!("(0.05 * cumulative({of}) / 1 year)")
            }
        }
    }

    /// The name of an element with the name of a thing over its index.
    fn picked(&mut self, target: Set, view: View) -> Option<String> {
        let mut all: Vec<(Set, String)> = vec![
            (CAMPUS, "size_c".into()),
            (PROVINCE, "size_p".into()),
            (KIND, "size_k".into()),
            (CAMPUS, "each_c".into()),
            (PROVINCE, "shared_p".into()),
        ];
        all.extend(
            (0..view.before)
                .filter(|&n| self.may_name(n))
                .filter_map(|n| match self.things[n] {
                    (Of::Variable, set) => Some((set, format!("value_{n}"))),
                    (Of::Gate, set) => Some((set, format!("gate_{n}.asked"))),
                    _ => None,
                }),
        );
        if view.levers {
            all.push((CAMPUS, "lever_c".into()));
            all.push((PROVINCE, "lever_p".into()));
        }
        let element = [
            (CAMPUS, ["alfa", "delta"]),
            (PROVINCE, ["noord", "zuid"]),
            (KIND, ["new", "old"]),
        ];
        let (index, keys) = element[self.random.below(3)];
        let fit: Vec<&(Set, String)> = all
            .iter()
            .filter(|(set, _)| set & index != 0 && fits(set & !index, target))
            .collect();
        if fit.is_empty() {
            return None;
        }
        let name = &fit[self.random.below(fit.len())].1;
        Some(format!("{name}[{}]", keys[self.random.below(2)]))
    }

    fn condition(&mut self, target: Set, view: View, depth: usize) -> String {
        match self.random.below(7) {
            0 => format!(
                "now {} {}",
                self.one(&["<", ">=", "=", "!="]),
                2025 + self.random.below(8)
            ),
            1 if fits(CAMPUS, target) => "size_c > 2".to_owned(),
            1 | 2 if fits(KIND, target) => "size_k = 2".to_owned(),
            3 if depth > 0 => {
                let (a, b) = (
                    self.condition(target, view, depth - 1),
                    self.condition(target, view, depth - 1),
                );
                format!("({a}) {} ({b})", self.one(&["and", "or"]))
            }
            4 if depth > 0 => format!("not ({})", self.condition(target, view, depth - 1)),
            _ => {
                let (a, b) = (self.formula(target, view, depth), self.formula(target, view, depth));
                format!("{a} + 0.013717 {} {b}", self.one(&["<", "<=", ">", ">="]))
            }
        }
    }

    fn aggregate(&mut self, target: Set, view: View, depth: usize) -> String {
        // The body may use the index and what the result is over; inside provinces there are no campuses.
        let (name, inner) = match self.random.below(3) {
            0 => ("campus", reduced(target | CAMPUS)),
            1 => ("province", (target & KIND) | PROVINCE),
            _ => ("kind", target | KIND),
        };
        let index = match name {
            "campus" => CAMPUS,
            "province" => PROVINCE,
            _ => KIND,
        };
        let body = self.formula(inner, view, depth);
        let body = format!("0.3 * {body} + {}", anchor(index));
        let condition = if self.chance(3) {
            format!(" where {}", self.condition(inner, view, 0))
        } else {
            String::new()
        };
        match self.random.below(8) {
            0 | 1 => format!("greatest({body} over {name})"),
            2 => format!("least_of({body} over {name})"),
            // A province without campuses has no mean, and what follows from it is not a number.
            3 if index != CAMPUS || self.chance(4) => format!("mean({body} over {name})"),
            4 => format!("count({body} > 0.31313 over {name}{condition})"),
            _ => format!("sum({body} over {name}{condition})"),
        }
    }

    fn formula(&mut self, target: Set, view: View, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(target, view);
        }
        let depth = depth - 1;
        let next = |maker: &mut Self| maker.formula(target, view, depth);
        match self.random.below(20) {
            0 | 1 => format!("({} + {})", next(self), next(self)),
            2 => format!("({} - {})", next(self), next(self)),
            3 | 4 => format!("({} * {} * 0.3)", next(self), next(self)),
            5 => format!("({} / (0.5 + abs({})))", next(self), next(self)),
            6 => format!("min({}, {})", next(self), next(self)),
            7 => format!("max({}, {}, 0.2)", next(self), next(self)),
            8 => format!("clamp({}, -1.2, 2.3)", next(self)),
            9 => match self.random.below(4) {
                0 => format!("sqrt(abs({}))", next(self)),
                1 => format!("exp(clamp({}, -2, 1))", next(self)),
                2 => format!("ln(0.2 + abs({}))", next(self)),
                _ => format!("-abs({})", next(self)),
            },
            10 => format!("(0.1 + abs({})) ^ clamp({}, -1, 2)", next(self), next(self)),
            11 => format!("round_{}({} + 0.0137, 0.7)", self.one(&["up", "down"]), next(self)),
            12 => format!("ratio({}, 0.4 + abs({}), if_none = 1)", next(self), next(self)),
            13 => {
                let below = if fits(CAMPUS, target) { "table_c" } else { "fixed_b" };
                format!("(0.3 * ratio({}, {below}, if_none = {}))", next(self), next(self))
            }
            14 => {
                let condition = self.condition(target, view, depth);
                format!("(if {condition} then {} else {})", next(self), next(self))
            }
            15 | 16 => self.aggregate(target, view, depth),
            17 => {
                let coarse = if target & CAMPUS != 0 && self.chance(2) {
                    PROVINCE
                } else {
                    0
                };
                let room = self.formula(coarse, view, depth);
                format!("ration(abs({}) + {}, 0.2 + abs({room}))", next(self), anchor(target))
            }
            18 => self.picked(target, view).unwrap_or_else(|| self.leaf(target, view)),
            _ if view.past => self.past(target, view, depth),
            _ => self.leaf(target, view),
        }
    }

    /// A formula that is exactly over a set.
    fn exactly(&mut self, set: Set, view: View, depth: usize) -> String {
        format!("clamp({}, -4.5, 5.3) + {}", self.formula(set, view, depth), anchor(set))
    }

    fn thing(&mut self, number: usize, depth: usize) -> String {
        let (of, set) = self.things[number];
        let view = View {
            before: number,
            levers: true,
            past: true,
        };
        let head = format!("unit = '1'\nindicator = true\nover = {}\n", list(set));
        match of {
            Of::Variable => format!(
                "[variable.value_{number}]\n{head}formula = '{}'\n",
                self.exactly(set, view, depth)
            ),
            Of::Stock => {
                let initial = self.steady(set);
                let adds = self.exactly(set, view, depth);
                let loses = self.formula(set, view, depth - 1);
                format!(
                    "[stock.stock_{number}]\n{head}initial = '{initial}'\nadds = '0.2 * ({adds}) / 1 year'\nloses = '(0.1 * opening(stock_{number}) + 0.1 * clamp({loses}, -2, 3)) / 1 year'\n"
                )
            }
            Of::Limit => {
                let (a, b) = (self.exactly(set, view, depth), self.formula(set, view, depth));
                format!("[limit.limit_{number}]\n{head}least = {{ first = '{a}', second = '{b}' }}\n")
            }
            Of::Gate => {
                self.gates_before = number;
                let wanted = format!("clamp(abs({}), 0, 4) + {}", self.formula(set, view, depth), anchor(set));
                let coarse = match self.random.below(3) {
                    0 => 0,
                    1 => set,
                    _ if set & CAMPUS != 0 => PROVINCE,
                    _ => set & !KIND,
                };
                let capacity = format!("0.3 + clamp(abs({}), 0, 6)", self.formula(coarse, view, depth - 1));
                let unserved = self.one(&["waits", "lost"]);
                let sharing = if self.chance(2) {
                    let by = if fits(CAMPUS, set) { "size_c" } else { "fixed_a" };
                    format!("sharing = 'priority'\npriority = '{by}'\n")
                } else {
                    String::new()
                };
                let substitute = if self.chance(2) {
                    let share = format!("clamp({}, 0, 1)", self.formula(coarse, view, depth - 1));
                    let cost = format!("(1 EUR) * ({})", self.formula(set, view, depth - 1));
                    self.substitutes.push(number);
                    format!("substitute = {{ share = '{share}', cost = '{cost}' }}\n")
                } else {
                    String::new()
                };
                self.gates_before = usize::MAX;
                format!(
                    "[gate.gate_{number}]\nwanted = '({wanted}) / 1 year'\ncapacity = '({capacity}) / 1 year'\nunserved = '{unserved}'\n{sharing}{substitute}"
                )
            }
        }
    }

    fn measures(&mut self) -> String {
        let mut text = String::new();
        let levers = [
            (CAMPUS, "lever_c", 3),
            (PROVINCE, "lever_p", 3),
            (0, "lever_n", 2),
            (KIND, "lever_k", 1),
        ];
        let view = View {
            before: 0,
            levers: false,
            past: false,
        };
        let any = View {
            before: self.things.len(),
            levers: true,
            past: true,
        };
        for (set, lever, count) in levers {
            for number in 0..count {
                let formula = if self.chance(2) {
                    self.steady(0)
                } else if self.chance(2) {
                    self.formula(set, view, 2)
                } else {
                    format!("0.2 * previous({}, first = 0.3)", self.formula(set, any, 1))
                };
                let start = 2025 + self.random.below(5);
                let _ = write!(
                    text,
                    "[measure.{lever}_{number}]\nlabel = 'm'\nset = {{ {lever} = '{formula}' }}\n"
                );
                if self.chance(2) {
                    let _ = writeln!(text, "start = {start}");
                }
                if self.chance(2) {
                    let _ = writeln!(text, "until = {}", start + 1 + self.random.below(4));
                }
                if self.chance(3) {
                    let condition = self.condition(set, any, 1);
                    // A condition may only look at earlier years.
                    let stock = self
                        .things
                        .iter()
                        .position(|(of, over)| *of == Of::Stock && fits(*over, set));
                    let past = match stock {
                        Some(stock) => format!("opening(stock_{stock}) > 0.7131"),
                        None => format!("previous(if {condition} then 1 else 0, first = 0) > 0.5"),
                    };
                    let _ = writeln!(text, "only_if = '{past}'");
                }
                if lever == "lever_c" && self.chance(2) {
                    let _ = writeln!(text, "over = 'campus'\nat = ['alfa', 'delta', 'echo']");
                }
                if lever == "lever_p" && self.chance(2) {
                    let _ = writeln!(text, "over = 'province'\nat = ['zuid']");
                }
            }
        }
        text
    }

    fn flows(&mut self, depth: usize) -> String {
        let mut text = String::new();
        let view = View {
            before: self.things.len(),
            levers: true,
            past: true,
        };
        for number in 0..5 {
            let set = self.set();
            let formula = self.formula(set, view, depth);
            // Sometimes a flow over a set has nothing that differs between its elements.
            let formula = if self.chance(2) {
                format!("clamp({formula}, -5, 5) + {}", anchor(set))
            } else {
                formula
            };
            let tax = self.one(&[
                "{ basis = 'market' }",
                "{ basis = 'factor' }",
                "{ vat = '21 %' }",
                "{ vat = 'fixed_vat' }",
            ]);
            let payers = self.one(&[
                "'firm'",
                "'town'",
                "'school'",
                "'state'",
                "{ firm = 'share_a', town = 'remainder' }",
                "{ school = '30 %', abroad = 'share_a * 0.5', state = 'remainder' }",
                "{ town = '40 %', firm = '60 %' }",
            ]);
            let class = self.one(&["standard", "sunk", "nonlinear"]);
            let kind = match self.random.below(3) {
                0 => format!("kind = 'cost'\neffect = 'investment'\npaid_by = {payers}\ntax = {tax}"),
                1 => format!("kind = 'benefit'\neffect = 'direct'\naccrues_to = {payers}\ntax = {tax}"),
                _ => format!("kind = 'transfer'\nfrom = {payers}\nto = {{ abroad = '20 %', school = 'remainder' }}"),
            };
            let headline = if self.chance(3) { "headline = 'separate'\n" } else { "" };
            let _ = write!(
                text,
                "[flow.flow_{number}]\n{kind}\ndiscount = '{class}'\n{headline}formula = '({formula}) * 1 EUR/year'\n"
            );
        }
        text
    }
}

/// A random project with the study `study.toml`.
pub fn project(seed: u64) -> (MemoryFiles, String) {
    let mut maker = Maker {
        random: Random(seed),
        things: Vec::new(),
        gates_before: usize::MAX,
        substitutes: Vec::new(),
    };
    let count = 3 + maker.random.below(5);
    for _ in 0..count {
        let of = [Of::Variable, Of::Variable, Of::Stock, Of::Gate, Of::Limit][maker.random.below(5)];
        let set = maker.set();
        maker.things.push((of, set));
    }
    let depth = 1 + maker.random.below(3);
    let base = 2024 + maker.random.below(2);
    let timing = maker.one(&["end_of_year", "mid_year"]);
    let mut text = format!("{}{}", HEAD.replace("BASE", &base.to_string()), NUMBERS);
    for number in 0..count {
        text.push_str(&maker.thing(number, depth));
    }
    text.push_str(LEVERS);
    text.push_str(&maker.measures());
    text.push_str(&maker.flows(depth));
    let mut study = STUDY.replace("TIMING", timing);
    for alternative in 0..3 {
        let all = [
            "lever_c_0",
            "lever_c_1",
            "lever_c_2",
            "lever_p_0",
            "lever_p_1",
            "lever_p_2",
            "lever_n_0",
            "lever_n_1",
            "lever_k_0",
        ];
        let taken: Vec<String> = all
            .iter()
            .filter(|_| maker.chance(2))
            .map(|name| format!("'{name}'"))
            .collect();
        let own = match maker.random.below(4) {
            0 => format!("set = {{ lever_c = '{}' }}\n", maker.steady(CAMPUS)),
            1 => format!("set = {{ lever_p = '0.7', lever_n = '{}' }}\n", maker.steady(0)),
            _ => String::new(),
        };
        let _ = write!(
            study,
            "[alternative.choice-{alternative}]\nlabel = 'a'\nmeasures = [{}]\n{own}",
            taken.join(", ")
        );
    }
    let files = MemoryFiles::new()
        .with("mkba.toml", "[project]\nname = 'random'\nlanguage = 1\n")
        .with("model/model.toml", text.clone())
        .with("model/campus.csv", CAMPUSES)
        .with("model/province.csv", "id,size_p\nzuid,1.5\nnoord,0.6\nwest,2.2\n")
        .with("model/kind.csv", "id,size_k\nnew,2\nold,0.8\n")
        .with("model/prices.csv", "year,index\n2020,91\n2025,104.5\n")
        .with("study.toml", study.clone());
    (files, format!("{text}\n# study\n{study}"))
}

const CAMPUSES: &str = "id,province,size_c,table_c\ndelta,noord,2.4,0\nalfa,zuid,1.2,1.5\nbravo,zuid,3.1,0.4\ncharlie,noord,0.7,2\necho,zuid,1.9,0\n";

const HEAD: &str = "[model]
language = 1
id = 'random'
label = 'Random'
price_year = 2025
base_year = BASE
opening_year = 2027
years = { first = 2025, last = 2033 }
region = 'province'
[index.province]
from = 'model/province.csv'
key = 'id'
columns = { size_p = '1' }
[index.kind]
from = 'model/kind.csv'
key = 'id'
columns = { size_k = '1' }
[index.campus]
from = 'model/campus.csv'
key = 'id'
within = { province = 'province' }
columns = { size_c = '1', table_c = '1' }
[party.firm]
label = 'f'
vat = 'recovers'
[party.town]
label = 't'
vat = 'compensated'
[party.school]
label = 's'
vat = 'exempt'
[party.state]
label = 's'
role = 'treasury'
vat = 'exempt'
[party.abroad]
label = 'a'
standing = false
vat = 'exempt'
[deflator.prices]
from = 'model/prices.csv'
source = 's'
[defaults.parameter]
source = 's'
[defaults.series]
source = 's'
[driver.driver_a]
unit = '1'
[driver.driver_b]
unit = '1'
[driver.driver_c]
unit = 'EUR/EUR'
[driver.driver_d]
unit = '%/year'
";

const NUMBERS: &str = "[parameter]
fixed_a = { value = '1.3' }
fixed_b = { value = '0' }
fixed_vat = { value = '9 %' }
share_a = { value = 'uniform(10, 40) %' }
uncertain_a = { value = 'triangular(0.2, 1, 2)' }
uncertain_b = { value = 'lognormal(median = 0.9, sigma = 0.4)', }
each_c = { value = 'normal(1, sd = 0.4)', over = 'campus', draws = 'each' }
each_p = { value = 'uniform(0.3, 1.9)', over = 'province', draws = 'each' }
shared_p = { value = 'uniform(0.3, 1.9)', over = 'province', draws = 'shared' }
short_lag = { value = 'uniform(0, 2.6) year' }
long_lag = { value = 'triangular(1, 1.5, 3.2) year' }
lag_c = { value = 'uniform(0.2, 1.9) year', over = 'campus', draws = 'each' }
growth_a = { value = 'normal(2, sd = 1) %/year' }
[series.series_a]
unit = '1'
points = { 2026 = 0.4, 2028 = 1.7, 2031 = 0.9 }
between = 'linear'
after = 'constant'
[series.series_b]
unit = '1'
points = { 2024 = 0.5, 2029 = 1.5 }
between = 'growth'
after = 'growth'
[series.series_c]
unit = '1'
points = { 2026 = 0.4, 2028 = 1.7, 2031 = 0.9 }
between = 'step'
after = 'constant'
";

const LEVERS: &str = "[lever.lever_c]
default = '0'
combine = 'sum'
over = 'campus'
[lever.lever_p]
default = '0.2'
combine = 'max'
over = 'province'
[lever.lever_n]
default = 'uncertain_a'
combine = 'product'
[lever.lever_k]
default = '0.4'
combine = 'exclusive'
over = 'kind'
";

const STUDY: &str = "[study]
label = 'Random'
model = 'model'
baseline = 'choice-0'
draws = 10
seed = 1
[discount]
standard = 'triangular(1, 2, 4) %/year'
timing = 'TIMING'
[defaults.scenario]
[scenario.high]
label = 'h'
[scenario.high.driver]
driver_a = { value = '1.4', source = 's' }
driver_b = { points = { 2025 = 1, 2030 = 1.8 }, between = 'linear', after = 'constant', source = 's' }
driver_c = { points = { 2027 = '0.9', 2030 = '1.8' }, between = 'growth', after = 'growth', source = 's' }
driver_d = { points = { 2025 = '1 %/year', 2030 = '3 %/year' }, between = 'step', after = 'constant', source = 's' }
[scenario.low]
label = 'l'
[scenario.low.driver]
driver_a = { value = '0.6', source = 's' }
driver_b = { value = '0.7', source = 's' }
driver_c = { value = '1', source = 's' }
driver_d = { value = '2 %/year', source = 's' }
";
