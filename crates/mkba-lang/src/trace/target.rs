//! From what was typed to what is meant, or a fault that says what there is instead.
use super::cell::{Cell, CellFault};
use super::money::{Counted, Whose};
use super::walk::{Topic, Walker};
use crate::declarations::{Declarations, Name};
use crate::plain::place::Place;
use crate::read::closest;
use crate::typing::{Member, Symbol};
use mkba_core::graph::space::SetId;

/// What is to be explained.
#[derive(Debug, Clone)]
pub enum Target {
    /// The balance, or the part of a party.
    Balance(Counted, Whose),
    /// Present value of a flow.
    PresentValue(usize, Whose),
    /// A flow of a year to society.
    Flow(usize, usize),
    /// The amount of a flow in a year at a place.
    Amount(usize, usize, Place),
    /// A named value in a year at a place.
    Named(Topic, usize, Place),
}

/// Most keys of elements that a message lists.
const MOST_LISTED: usize = 8;

/// The number of a scenario or an alternative; the first of `wanted` unless one is named.
pub fn choose(kind: &str, names: &[&Name], asked: Option<&str>, usual: usize) -> Result<usize, CellFault> {
    let Some(asked) = asked else { return Ok(usual) };
    names.iter().position(|name| name.value == asked).ok_or_else(|| {
        let known: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
        CellFault::new(format!("the study has no {kind} `{asked}`"), or_listed(asked, &known))
    })
}

impl Walker<'_, '_, '_> {
    /// What a cell means.
    pub fn target(&self, cell: &Cell) -> Result<Target, CellFault> {
        let d = self.study.scope.declarations;
        let of_flow = d.flows.iter().position(|flow| flow.name.value == cell.name);
        match cell.name.as_str() {
            "balance" => self.balance_target(cell, Counted::All),
            "balance_without_separate" => self.balance_target(cell, Counted::NotSeparate),
            _ => match (of_flow, self.study.scope.symbols.get(&cell.name)) {
                (Some(flow), _) => self.flow_target(cell, flow),
                (None, Some(&symbol)) => self.named_target(cell, symbol),
                (None, None) => Err(self.unknown(cell)),
            },
        }
    }

    fn balance_target(&self, cell: &Cell, counted: Counted) -> Result<Target, CellFault> {
        let name = &cell.name;
        if let Some(element) = cell.elements.first() {
            let help = format!("ask for a flow that has regions, such as `FLOW[{element}]`, or for `{name}`");
            return Err(CellFault::new(
                format!("`{name}` is kept for the nation only, not for `{element}`"),
                help,
            ));
        }
        self.without_year(cell)?;
        self.against_the_baseline(cell)?;
        Ok(Target::Balance(counted, self.whose(cell)?))
    }

    fn flow_target(&self, cell: &Cell, flow: usize) -> Result<Target, CellFault> {
        let name = &cell.name;
        let set = self.study.flows[flow].formula.set;
        match (cell.year, cell.elements.is_empty()) {
            (Some(_), _) if cell.member.is_some() => Err(CellFault::new(
                format!("postings of `{name}` to a party are kept as present values only, not by year"),
                "leave out the year, or the party",
            )),
            (Some(year), true) => {
                self.against_the_baseline(cell)?;
                Ok(Target::Flow(flow, self.year(year)?))
            }
            (Some(year), false) => Ok(Target::Amount(flow, self.year(year)?, self.place(cell, set)?)),
            (None, true) => {
                self.against_the_baseline(cell)?;
                Ok(Target::PresentValue(flow, self.whose(cell)?))
            }
            (None, false) => {
                self.against_the_baseline(cell)?;
                self.regional(cell, flow)
            }
        }
    }

    /// The present value of a flow in a region.
    fn regional(&self, cell: &Cell, flow: usize) -> Result<Target, CellFault> {
        let (name, key) = (&cell.name, &cell.elements[0]);
        let places = self.places();
        let annual = self.appraisal.flows[flow].annual[self.scope.alternative];
        let space = &self.values.builder.graph.space;
        let set = self.values.builder.graph.node(annual).set;
        let regions = self
            .appraisal
            .regions
            .filter(|&regions| space.map(set, regions).is_some());
        let index = regions.and_then(|regions| places.members(regions).first().copied());
        let Some(index) = index else {
            let message = format!("the present value of `{name}` is kept for the nation only, not for `{key}`");
            return Err(CellFault::new(
                message,
                format!("leave out the element, or name a year: `{name}[{key}]@2040`"),
            ));
        };
        let region = &space.indices()[usize::from(index.0)];
        if cell.member.is_some() || cell.elements.len() > 1 {
            let message = format!("the present value of `{name}` is kept by {} alone", region.name);
            return Err(CellFault::new(
                message,
                format!("such as `{name}[{}]`", region.elements[0]),
            ));
        }
        let known: Vec<&str> = region.elements.iter().map(String::as_str).collect();
        let found = known.iter().position(|it| it == key);
        let found = found.and_then(|found| u32::try_from(found).ok()).ok_or_else(|| {
            let message = format!(
                "the present value of `{name}` is kept by {}, and `{key}` is none",
                region.name
            );
            let help = format!(
                "{}; for the amount in one year add the year, as in `{name}[{key}]@2040`",
                or_listed(key, &known)
            );
            CellFault::new(message, help)
        })?;
        Ok(Target::PresentValue(flow, Whose::Region(found)))
    }

    fn named_target(&self, cell: &Cell, symbol: Symbol) -> Result<Target, CellFault> {
        let name = &cell.name;
        let topic = match (symbol, cell.member.as_deref()) {
            (Symbol::Gate(gate), None) => Topic::Gate(gate, Member::Granted),
            (Symbol::Gate(gate), Some(word)) => {
                let substitute = self.study.gates[gate].substitute.is_some();
                let members = || {
                    Member::ALL
                        .into_iter()
                        .filter(|member| substitute || !member.needs_substitute())
                };
                let member = members().find(|member| member.word() == word).ok_or_else(|| {
                    let known: Vec<&str> = members().map(Member::word).collect();
                    CellFault::new(format!("gate `{name}` has no member `{word}`"), or_listed(word, &known))
                })?;
                Topic::Gate(gate, member)
            }
            (_, None) => Topic::Symbol(symbol),
            (Symbol::Limit(_), Some("binding")) => Topic::Symbol(symbol),
            (_, Some(member)) => {
                let (kind, _) = self.study.scope.describe(symbol);
                let message = format!("{kind} `{name}` has no member `{member}`");
                return Err(CellFault::new(
                    message,
                    "only gates have members, and balances and flows have parties",
                ));
            }
        };
        let set = self.study.scope.sets.get(&symbol).copied().unwrap_or(SetId::NONE);
        let place = self.place(cell, set)?;
        let year = match (cell.year, self.has_years(topic)) {
            (Some(year), true) => self.year(year)?,
            (None, false) => 0,
            (Some(year), false) => {
                let message = format!("`{name}` is the same in all years");
                return Err(CellFault::new(message, format!("leave out {year}")));
            }
            (None, true) => {
                let (first, last) = self.years();
                let message = format!("`{name}` has a value in each year from {first} to {last}");
                let mut example = cell.clone();
                example.year = Some((first + 10).min(last));
                return Err(CellFault::new(
                    message,
                    format!("name one, as in `{example}` or with `--year`"),
                ));
            }
        };
        Ok(Target::Named(topic, year, place))
    }

    fn whose(&self, cell: &Cell) -> Result<Whose, CellFault> {
        let parties = &self.study.scope.declarations.parties;
        match &cell.member {
            None => Ok(Whose::Society),
            Some(asked) => {
                let found = parties.iter().position(|party| party.name.value == *asked);
                found.map(Whose::Party).ok_or_else(|| {
                    let known: Vec<&str> = parties.iter().map(|party| party.name.value.as_str()).collect();
                    CellFault::new(format!("the model has no party `{asked}`"), or_listed(asked, &known))
                })
            }
        }
    }

    fn without_year(&self, cell: &Cell) -> Result<(), CellFault> {
        match cell.year {
            None => Ok(()),
            Some(year) => {
                let message = format!("`{}` has no years: it is a present value, over all of them", cell.name);
                let help = format!("leave out {year}, or ask for a flow of that year, such as `FLOW@{year}`");
                Err(CellFault::new(message, help))
            }
        }
    }

    /// Present values are differences from the baseline, which has none itself.
    fn against_the_baseline(&self, cell: &Cell) -> Result<(), CellFault> {
        if self.scope.alternative != self.scope.baseline {
            return Ok(());
        }
        let alternatives = &self.study.scope.declarations.alternatives;
        let own = &alternatives[self.scope.baseline].name.value;
        let others: Vec<&str> = alternatives
            .iter()
            .map(|it| it.name.value.as_str())
            .filter(|it| it != own)
            .collect();
        let message = format!(
            "`{}` of `{own}` is not kept: it is the baseline, from which all money is a difference",
            cell.name
        );
        Err(CellFault::new(
            message,
            format!("choose with `--alternative` from {}", listed(&others)),
        ))
    }

    /// First and last calendar year.
    fn years(&self) -> (i32, i32) {
        let model = &self.study.scope.declarations.model;
        (model.first_year.value, model.last_year.value)
    }

    /// A calendar year, counted from the first.
    fn year(&self, year: i32) -> Result<usize, CellFault> {
        let (first, last) = self.years();
        if (first..=last).contains(&year) {
            return Ok(usize::try_from(year - first).unwrap_or(0));
        }
        let message = format!("the model has no year {year}");
        Err(CellFault::new(message, format!("it runs from {first} to {last}")))
    }

    /// The place that the elements of a cell name.
    fn place(&self, cell: &Cell, set: SetId) -> Result<Place, CellFault> {
        let name = &cell.name;
        let places = self.places();
        let indices = self.study.scope.space.indices();
        let mut place = places.nation();
        let mut left: Vec<&String> = cell.elements.iter().collect();
        let members: Vec<_> = places.members(set).to_vec();
        let Some(&first) = members.first() else {
            return match left.first() {
                None => Ok(place),
                Some(key) => {
                    let message = format!("`{name}` is one value for the nation, without `{key}`");
                    Err(CellFault::new(message, "leave out the brackets"))
                }
            };
        };
        for &index in &members {
            let keys = &indices[usize::from(index.0)].elements;
            let found = left.iter().position(|key| keys.contains(key));
            let Some(found) = found else { continue };
            let key = left.remove(found);
            let element = keys
                .iter()
                .position(|it| it == key)
                .and_then(|at| u32::try_from(at).ok())
                .unwrap_or(0);
            place = places.within(&place, index, element);
        }
        let over: Vec<&str> = members
            .iter()
            .map(|index| indices[usize::from(index.0)].name.as_str())
            .collect();
        let keys = members.iter().flat_map(|index| &indices[usize::from(index.0)].elements);
        let known: Vec<&str> = keys.map(String::as_str).collect();
        if let Some(key) = left.first() {
            let elsewhere = indices.iter().find(|index| index.elements.contains(key));
            let what = elsewhere.map_or_else(String::new, |index| format!(", and `{key}` is a {}", index.name));
            let message = format!("`{name}` has no element `{key}`: it is over {}{what}", listed(&over));
            return Err(CellFault::new(message, or_listed(key, &known)));
        }
        let missing = members.iter().find(|index| places.element(&place, **index).is_none());
        match missing {
            None => Ok(place),
            Some(index) => {
                let index = &indices[usize::from(index.0)];
                let of_first = &indices[usize::from(first.0)].elements[0];
                let message = format!("`{name}` has a value for each {}", over.join(" and "));
                let known: Vec<&str> = index.elements.iter().map(String::as_str).collect();
                let example = if members.len() == 1 {
                    format!(", as in `{name}[{of_first}]`")
                } else {
                    String::new()
                };
                Err(CellFault::new(
                    message,
                    format!("name one{example}: {}", listed(&known)),
                ))
            }
        }
    }

    /// What to say of a name that is no value.
    fn unknown(&self, cell: &Cell) -> CellFault {
        let d = self.study.scope.declarations;
        let name = cell.name.as_str();
        if let Some(unpriced) = d.unpriced.iter().find(|it| it.name.value == name) {
            let message = format!("`{name}` is not kept as a number: it is not put in money");
            return CellFault::new(message, format!("the model says why: {}", unpriced.why));
        }
        if let Some(measure) = d.measures.iter().find(|it| it.name.value == name) {
            let levers: Vec<&str> = measure.set.iter().map(|(lever, _)| lever.value.as_str()).collect();
            let message = format!("`{name}` is a measure, not a value");
            return CellFault::new(message, format!("ask for a lever that it sets: {}", listed(&levers)));
        }
        if d.parties.iter().any(|it| it.name.value == name) {
            let message = format!("`{name}` is a party, not a value");
            return CellFault::new(
                message,
                format!("ask for `balance.{name}`, or for a flow, `FLOW.{name}`"),
            );
        }
        let near = self.near(name);
        let help = if near.is_empty() {
            "`balance`, every flow, and every variable, stock, gate, limit, lever and parameter of the model is a cell"
                .to_owned()
        } else {
            format!("did you mean {}?", or_list(&near))
        };
        CellFault::new(format!("the study has no cell `{name}`"), help)
    }

    /// Names that may have been meant: the nearest, and those that hold the word in their name or label.
    fn near(&self, word: &str) -> Vec<String> {
        let known = self.known();
        let word = word.to_lowercase();
        let mut near: Vec<String> = closest(&word, known.iter().map(|(name, _)| name.as_str()))
            .into_iter()
            .map(str::to_owned)
            .collect();
        if word.chars().count() >= 3 {
            let holds = known.iter().filter(|(name, label)| {
                name.contains(&word) || word.contains(name.as_str()) || label.to_lowercase().contains(&word)
            });
            near.extend(holds.map(|(name, _)| name.clone()));
        }
        let mut distances: Vec<(usize, &String)> = known
            .iter()
            .map(|(name, _)| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name))
            .filter(|(distance, name)| *distance * 5 <= 2 * word.chars().count().max(name.chars().count()))
            .collect();
        distances.sort();
        near.extend(distances.into_iter().map(|(_, name)| name.clone()));
        let mut seen = std::collections::BTreeSet::new();
        near.retain(|name| seen.insert(name.clone()));
        near.truncate(5);
        near
    }

    /// Every name of a value with its labels.
    fn known(&self) -> Vec<(String, String)> {
        let d: &Declarations = self.study.scope.declarations;
        let labelled =
            |name: &Name, label: &crate::declarations::Text| (name.value.clone(), format!("{} {}", label.nl, label.en));
        let balances =
            ["balance", "balance_without_separate"].map(|name| (name.to_owned(), "saldo npv ncw".to_owned()));
        let mut known: Vec<(String, String)> = balances.into_iter().collect();
        known.extend(d.flows.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.variables.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.stocks.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.limits.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.gates.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.levers.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.parameters.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.drivers.iter().map(|it| labelled(&it.name, &it.label)));
        known.extend(d.series.iter().map(|it| labelled(&it.name, &it.label)));
        let columns = d.indices.iter().flat_map(|it| &it.columns);
        known.extend(columns.map(|it| (it.name.value.clone(), String::new())));
        known
    }
}

/// A suggestion, or all there is when that is not too much.
fn or_listed(word: &str, known: &[&str]) -> String {
    let holds = known
        .iter()
        .filter(|name| word.chars().count() >= 3 && name.contains(word))
        .take(5);
    let holds: Vec<String> = holds.map(|name| (*name).to_owned()).collect();
    match closest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if !holds.is_empty() => format!("did you mean {}?", or_list(&holds)),
        None => format!("there is {}", listed(known)),
    }
}

/// Names between backticks; of many the first.
fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(MOST_LISTED) {
        Some(more) if more > 0 => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

fn or_list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => String::new(),
    }
}
