//! What each unit means: built-in units and the `[unit]` declarations of a model.
use super::{DimensionId, Unit, UnitNames, builtin, is_usable};
use crate::declarations::UnitDeclaration;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::{KEYWORDS, UnitExpr, UnitPart};
use std::collections::{BTreeMap, BTreeSet};

/// Number of dimensions that need no declaration: money, time, length, mass, energy, nominal money.
const BUILTIN_DIMENSIONS: [&str; 6] = ["EUR", "year", "m", "kg", "Wh", "EUR_nominal"];

/// All units of a model by name, prefixes included.
#[derive(Debug, Clone)]
pub struct UnitTable {
    units: BTreeMap<String, Unit>,
    /// Units whose declaration is faulty; their faults are reported once, not at every use.
    faulty: BTreeSet<String>,
    declared: BTreeMap<String, Span>,
    /// Base unit of each dimension, in order of [`DimensionId`].
    dimensions: Vec<String>,
    names: UnitNames,
}

impl UnitTable {
    /// The built-in units and the declared ones, in any order. Reports declared names that are already units
    /// or cannot be written (E0211) or that occur twice (E0010), and `equals` that names an unknown unit (E0212),
    /// leads back to itself (E0213) or is not a positive number (E0214). A faulty unit stays known, so that
    /// its uses are not reported as well.
    #[must_use]
    pub fn new(declared: &[UnitDeclaration], diagnostics: &mut Diagnostics) -> Self {
        let mut in_order: Vec<&UnitDeclaration> = declared.iter().collect();
        in_order.sort_by(|a, b| a.name.value.cmp(&b.name.value).then(a.name.span.cmp(&b.name.span)));
        let mut table = Self {
            units: builtin::units(),
            faulty: BTreeSet::new(),
            declared: BTreeMap::new(),
            dimensions: BUILTIN_DIMENSIONS.map(str::to_owned).to_vec(),
            names: UnitNames::new(declared.iter().map(|unit| unit.name.value.clone())),
        };
        in_order.retain(|unit| table.admit(unit, diagnostics));
        let (derived, basic): (Vec<_>, Vec<_>) = in_order.into_iter().partition(|unit| unit.equals.is_some());
        for unit in basic {
            table.add_dimension(unit, diagnostics);
        }
        table.add_derived(derived, diagnostics);
        table
    }

    /// Known unit names, for the parser.
    #[must_use]
    pub fn names(&self) -> &UnitNames {
        &self.names
    }

    /// Base unit of each dimension, in order of [`DimensionId`].
    #[must_use]
    pub fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// A unit by its name with prefix: `MEUR`, `%`, `m2`.
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.units.get(name)
    }

    /// All units by name.
    pub(super) fn units(&self) -> &BTreeMap<String, Unit> {
        &self.units
    }

    /// The meaning of a written unit, without its price level (read that from
    /// [`UnitPart::price_year`]). Unknown names are E0212, scales out of range E0214.
    ///
    /// ```
    /// use mkba_lang::diagnostic::Diagnostics;
    /// use mkba_lang::source::FileId;
    /// use mkba_lang::syntax::parse_unit;
    /// use mkba_lang::unit::UnitTable;
    /// let mut diagnostics = Diagnostics::default();
    /// let table = UnitTable::new(&[], &mut diagnostics);
    /// let written = parse_unit("MEUR/month", FileId(0), 0, table.names(), &mut diagnostics).expect("a unit");
    /// let unit = table.resolve(&written, &mut diagnostics).expect("known units");
    /// assert_eq!(unit.scale, 12e6);
    /// assert_eq!(table.describe(&unit.dimensions), "EUR/year");
    /// ```
    pub fn resolve(&self, written: &UnitExpr, diagnostics: &mut Diagnostics) -> Option<Unit> {
        let mut whole = Some(Unit::none());
        let mut known = true;
        for part in &written.parts {
            let Some(unit) = self.units.get(&part.name) else {
                if !self.faulty.contains(&part.name) {
                    diagnostics.push(unknown(part, &self.names));
                }
                known = false;
                continue;
            };
            // Dividing by a power has fewer roundings than multiplying by its inverse: EUR/day is exactly 365.25 EUR/year.
            let power = i32::try_from(part.exponent.unsigned_abs())
                .ok()
                .and_then(|exponent| unit.power(exponent));
            whole = whole.zip(power).map(|(whole, power)| {
                if part.exponent < 0 {
                    whole.divide(&power)
                } else {
                    whole.multiply(&power)
                }
            });
        }
        if !known {
            return None;
        }
        let usable = whole.filter(|unit| is_usable(unit.scale));
        if usable.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    "E0214",
                    "unit out of range",
                    written.span,
                    "too large or too small to represent",
                )
                .help("use a smaller exponent"),
            );
        }
        usable
    }

    /// Whether a declared name may be a unit.
    fn admit(&mut self, unit: &UnitDeclaration, diagnostics: &mut Diagnostics) -> bool {
        let name = &unit.name.value;
        let at = unit.name.span;
        let fault = if self.units.contains_key(name) {
            Diagnostic::error("E0211", format!("`{name}` is already a unit"), at, "built in")
                .help("remove the declaration, or choose another name")
        } else if !is_writable(name) {
            Diagnostic::error(
                "E0211",
                format!("a unit cannot be named `{name}`"),
                at,
                "cannot be written in a formula",
            )
            .help("a unit consists of letters, digits and `_`, begins with a letter and is no keyword: `m2`, `fte`")
        } else if let Some(first) = self.declared.get(name) {
            Diagnostic::error(
                "E0010",
                format!("unit `{name}` is declared twice"),
                at,
                "declared again",
            )
            .and(*first, "first declared here")
        } else {
            self.declared.insert(name.clone(), at);
            return true;
        };
        diagnostics.push(fault);
        false
    }

    fn add_dimension(&mut self, unit: &UnitDeclaration, diagnostics: &mut Diagnostics) {
        let name = &unit.name.value;
        if let Ok(number) = u16::try_from(self.dimensions.len()) {
            self.dimensions.push(name.clone());
            self.units.insert(name.clone(), Unit::base(DimensionId(number)));
        } else {
            self.faulty.insert(name.clone());
            diagnostics.push(Diagnostic::error(
                "E0214",
                "more units than can be told apart",
                unit.name.span,
                "the 65537th dimension",
            ));
        }
    }

    /// Adds units with `equals`, each after the units it is made of, without recursion (chains may be long).
    fn add_derived(&mut self, derived: Vec<&UnitDeclaration>, diagnostics: &mut Diagnostics) {
        let mut waiting: BTreeMap<&str, &UnitDeclaration> =
            derived.iter().map(|unit| (unit.name.value.as_str(), *unit)).collect();
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut missing: BTreeMap<&str, usize> = BTreeMap::new();
        for unit in &derived {
            let needed: BTreeSet<&str> = made_of(unit).filter(|part| waiting.contains_key(part)).collect();
            missing.insert(&unit.name.value, needed.len());
            for part in needed {
                users.entry(part).or_default().push(&unit.name.value);
            }
        }
        let mut ready: Vec<&str> = missing
            .iter()
            .filter(|(_, n)| **n == 0)
            .map(|(name, _)| *name)
            .collect();
        while let Some(name) = ready.pop() {
            if let Some(unit) = waiting.remove(name) {
                self.add_equal(unit, diagnostics);
            }
            for user in users.get(name).into_iter().flatten() {
                if let Some(count) = missing.get_mut(user) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(user);
                    }
                }
            }
        }
        self.faulty.extend(waiting.keys().map(|name| (*name).to_owned()));
        report_cycles(&waiting, diagnostics);
    }

    fn add_equal(&mut self, unit: &UnitDeclaration, diagnostics: &mut Diagnostics) {
        let Some((factor, written)) = &unit.equals else { return };
        let resolved = self.resolve(written, diagnostics);
        let scale = resolved.as_ref().map_or(1.0, |of| factor * of.scale);
        if !is_usable(*factor) || !is_usable(scale) {
            diagnostics.push(Diagnostic::error(
                "E0214",
                format!("unit `{}` requires a positive number in `equals`", unit.name.value),
                written.span,
                format!("this is {factor} of them"),
            ));
            self.faulty.insert(unit.name.value.clone());
        } else if let Some(of) = resolved {
            self.units.insert(unit.name.value.clone(), Unit { scale, ..of });
        } else {
            self.faulty.insert(unit.name.value.clone());
        }
    }
}

/// The error for a word that is no unit.
pub(crate) fn unknown(part: &UnitPart, names: &UnitNames) -> Diagnostic {
    let name = &part.name;
    let error = Diagnostic::error("E0212", format!("unknown unit `{name}`"), part.span, "not a unit");
    match names.suggest(name) {
        Some(known) => error.help(format!("did you mean `{known}`?")),
        None if is_writable(name) => error.help(format!("declare it in the model: `[unit.{name}]`")),
        None => error.help("units are built in or declared in the model with `[unit.NAME]`"),
    }
}

/// Whether a name is one word of a formula.
fn is_writable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
}

fn made_of(unit: &UnitDeclaration) -> impl Iterator<Item = &str> {
    let parts = unit.equals.as_ref().map_or(&[][..], |(_, written)| &written.parts);
    parts.iter().map(|part| part.name.as_str())
}

/// Reports each cycle among units that wait for each other once. Units that only lead to a cycle are not reported.
fn report_cycles(waiting: &BTreeMap<&str, &UnitDeclaration>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for start in waiting.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut name = *start;
        while seen.insert(name) {
            path.push(name);
            let next = waiting
                .get(name)
                .and_then(|unit| made_of(unit).find(|part| waiting.contains_key(part)));
            name = match next.and_then(|next| waiting.get_key_value(next)) {
                Some((next, _)) => next,
                None => break,
            };
        }
        let Some(first) = path.iter().position(|step| *step == name) else {
            continue;
        };
        let cycle = &path[first..];
        let spans: Vec<Span> = cycle
            .iter()
            .filter_map(|step| Some(waiting.get(step)?.name.span))
            .collect();
        let Some((span, others)) = spans.split_first() else {
            continue;
        };
        let mut error = Diagnostic::error("E0213", format!("unit `{name}` equals itself"), *span, "defined here");
        for (other, step) in others.iter().zip(&cycle[1..]) {
            error = error.and(*other, format!("`{step}` takes part"));
        }
        let path = cycle
            .iter()
            .chain([&name])
            .map(|step| format!("`{step}`"))
            .collect::<Vec<_>>();
        diagnostics.push(
            error
                .note(format!("path: {}", path.join(" equals ")))
                .help("let one of them stand on its own: leave out its `equals`, or state it in built-in units"),
        );
    }
}
