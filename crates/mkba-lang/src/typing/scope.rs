//! What names mean in the formulas of a project.
use super::tree::{Member, Shape, Symbol};
use crate::declarations::{Declarations, Name};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::closest;
use crate::source::{Sources, Span, Spanned};
use crate::unit::{DimensionId, Dimensions, Unit, UnitTable};
use mkba_core::graph::space::{Index, IndexId, SetId, Space};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Names, units and index sets of a project; sets of formulas are filled in while they are inferred.
pub struct Scope<'d> {
    pub declarations: &'d Declarations,
    pub sources: &'d Sources,
    pub units: UnitTable,
    pub space: Space,
    pub symbols: BTreeMap<String, Symbol>,
    shapes: HashMap<Symbol, Shape>,
    pub sets: HashMap<Symbol, SetId>,
    /// Values whose index set follows from a formula with a fault: what is said with them cannot be judged, except in the formulas of those
    /// that need each other, which stand beside each.
    pub open: BTreeMap<Symbol, BTreeSet<Symbol>>,
    /// The value whose formulas are being checked.
    pub checked: Option<Symbol>,
}

impl<'d> Scope<'d> {
    pub fn new(declarations: &'d Declarations, sources: &'d Sources, diagnostics: &mut Diagnostics) -> Self {
        let units = UnitTable::new(&declarations.units, diagnostics);
        let number = |name: &Name| declarations.indices.iter().position(|i| i.name.value == name.value);
        let indices = declarations.indices.iter().map(|index| Index {
            name: index.name.value.clone(),
            elements: index.elements.clone(),
            within: index
                .within
                .iter()
                .filter_map(|(coarse, map)| Some((IndexId(number(coarse)? as u16), map.clone())))
                .collect(),
        });
        let mut scope = Self {
            declarations,
            sources,
            units,
            space: Space::new(indices.collect()),
            symbols: BTreeMap::new(),
            shapes: HashMap::new(),
            sets: HashMap::new(),
            open: BTreeMap::new(),
            checked: None,
        };
        scope.declare(diagnostics);
        scope
    }

    fn declare(&mut self, diagnostics: &mut Diagnostics) {
        let declarations = self.declarations;
        for (n, it) in declarations.parameters.iter().enumerate() {
            let unit = self.units.resolve(&it.value.unit, diagnostics);
            let set = self.set_of(&it.over, diagnostics);
            self.add(&it.name, Symbol::Parameter(n), unit, set);
        }
        for (n, it) in declarations.drivers.iter().enumerate() {
            let unit = self.units.resolve(&it.unit, diagnostics);
            let set = self.set_of(&it.over, diagnostics);
            self.add(&it.name, Symbol::Driver(n), unit, set);
        }
        for (n, it) in declarations.series.iter().enumerate() {
            let unit = self.units.resolve(&it.points.unit, diagnostics);
            self.add(&it.name, Symbol::Series(n), unit, SetId::NONE);
        }
        for (n, it) in declarations.variables.iter().enumerate() {
            let unit = self.units.resolve(&it.unit, diagnostics);
            let set = self.declared_set(it.over.as_deref(), diagnostics);
            self.add(&it.name, Symbol::Variable(n), unit, set);
        }
        for (n, it) in declarations.stocks.iter().enumerate() {
            let unit = self.units.resolve(&it.unit, diagnostics);
            let set = self.declared_set(it.over.as_deref(), diagnostics);
            self.add(&it.name, Symbol::Stock(n), unit, set);
        }
        for (n, it) in declarations.limits.iter().enumerate() {
            let unit = self.units.resolve(&it.unit, diagnostics);
            let set = self.declared_set(it.over.as_deref(), diagnostics);
            self.add(&it.name, Symbol::Limit(n), unit, set);
        }
        for (n, it) in declarations.gates.iter().enumerate() {
            self.symbols.insert(it.name.value.clone(), Symbol::Gate(n));
            self.sets.insert(Symbol::Gate(n), SetId::NONE);
        }
        for (n, it) in declarations.levers.iter().enumerate() {
            let unit = it.unit.as_ref().and_then(|unit| self.units.resolve(unit, diagnostics));
            let set = self.set_of(&it.over, diagnostics);
            self.add(&it.name, Symbol::Lever(n), unit, set);
        }
        for (i, index) in declarations.indices.iter().enumerate() {
            let set = self.space.set(&[IndexId(i as u16)]);
            for (c, column) in index.columns.iter().enumerate() {
                let unit = self.units.resolve(&column.unit, diagnostics);
                self.add(&column.name, Symbol::Column(i, c), unit, set);
            }
        }
    }

    fn add(&mut self, name: &Name, symbol: Symbol, unit: Option<Unit>, set: SetId) {
        self.symbols.entry(name.value.clone()).or_insert(symbol);
        self.sets.insert(symbol, set);
        if let Some(unit) = unit {
            self.shapes.insert(symbol, Shape::Amount(unit.dimensions));
        }
    }

    /// Dimensions of a named value, once known.
    pub fn shape(&self, symbol: Symbol) -> Option<&Shape> {
        self.shapes.get(&symbol)
    }

    /// Fixes the dimensions of a value whose declaration states none.
    pub fn set_shape(&mut self, symbol: Symbol, shape: Shape) {
        self.shapes.insert(symbol, shape);
    }

    fn declared_set(&mut self, over: Option<&[Name]>, diagnostics: &mut Diagnostics) -> SetId {
        over.map_or(SetId::NONE, |over| self.set_of(over, diagnostics))
    }

    /// The set of these index names.
    pub fn set_of(&mut self, over: &[Name], diagnostics: &mut Diagnostics) -> SetId {
        let members: Vec<IndexId> = over.iter().filter_map(|name| self.index(name, diagnostics)).collect();
        self.space.set(&members)
    }

    /// The index of a name.
    pub fn index(&self, name: &Name, diagnostics: &mut Diagnostics) -> Option<IndexId> {
        let found = self.space.find(&name.value);
        if found.is_none() && !self.declarations.faulty.contains(&name.value) {
            let known = self.space.indices().iter().map(|index| index.name.as_str());
            let mut fault = Diagnostic::error(
                "E0202",
                format!("unknown index set `{}`", name.value),
                name.span,
                "not declared",
            );
            if let Some(near) = closest(&name.value, known) {
                fault = fault.help(format!("did you mean `{near}`?"));
            }
            diagnostics.push(fault);
        }
        found
    }

    /// What a name means, or a fault that suggests a name.
    pub fn find(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Symbol> {
        let found = self.symbols.get(&name.value).copied();
        let open = found.and_then(|symbol| self.open.get(&symbol));
        if open.is_some_and(|around| !self.checked.is_some_and(|checked| around.contains(&checked))) {
            return None;
        }
        if found.is_none() && !self.declarations.faulty.contains(&name.value) {
            let built_in = ["elapsed", "since_opening", "now"];
            let mut known: Vec<&str> = self.symbols.keys().map(String::as_str).chain(built_in).collect();
            known.sort_unstable();
            let mut fault = Diagnostic::error(
                "E0201",
                format!("unknown name `{}`", name.value),
                name.span,
                "not declared in this model",
            );
            if let Some(kind) = self.no_value(&name.value) {
                fault.message = format!("a {kind} is no value: `{}`", name.value);
                fault.labels[0].text = format!("a {kind}");
                fault = fault.help(format!(
                    "name what the {kind} is computed from, or declare it as a `[variable.NAME]`"
                ));
            } else if let Some(near) = closest(&name.value, known) {
                fault = fault.help(format!("did you mean `{near}`?"));
            }
            diagnostics.push(fault);
        }
        found
    }

    /// The kind of a name that is declared but is no value in a formula.
    fn no_value(&self, name: &str) -> Option<&'static str> {
        let d = self.declarations;
        let is = |found: &Name| found.value == name;
        if d.flows.iter().any(|it| is(&it.name)) {
            Some("flow")
        } else if d.measures.iter().any(|it| is(&it.name)) {
            Some("measure")
        } else {
            d.deflators.iter().any(|it| is(&it.name)).then_some("deflator")
        }
    }

    /// The member of a gate.
    pub fn member(
        &self,
        gate: &Spanned<String>,
        number: usize,
        member: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Member> {
        let words = || Member::ALL.into_iter().map(Member::word);
        let Some(found) = Member::ALL.into_iter().find(|it| it.word() == member.value) else {
            let mut fault = Diagnostic::error(
                "E0204",
                format!("gate `{}` has no `{}`", gate.value, member.value),
                member.span,
                "unknown member",
            )
            .note(
                "a gate has `granted`, `waiting`, `asked`, `unserved` and `binding`, with a substitute also `substituted` \
                 and `substitute_cost`",
            );
            if let Some(near) = closest(&member.value, words()) {
                fault = fault.help(format!("did you mean `{near}`?"));
            }
            diagnostics.push(fault);
            return None;
        };
        if found.needs_substitute() && self.declarations.gates[number].substitute.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    "E0204",
                    format!("gate `{}` has no substitute", gate.value),
                    member.span,
                    "only gates with a substitute have it",
                )
                .and(self.declarations.gates[number].name.span, "the gate")
                .help("add `substitute = { share = '…', cost = '…' }` to the gate"),
            );
            return None;
        }
        Some(found)
    }

    /// Kind in words, and where it is declared.
    pub fn describe(&self, symbol: Symbol) -> (&'static str, Span) {
        let d = self.declarations;
        match symbol {
            Symbol::Parameter(n) => ("parameter", d.parameters[n].name.span),
            Symbol::Driver(n) => ("driver", d.drivers[n].name.span),
            Symbol::Series(n) => ("series", d.series[n].name.span),
            Symbol::Lever(n) => ("lever", d.levers[n].name.span),
            Symbol::Variable(n) => ("variable", d.variables[n].name.span),
            Symbol::Stock(n) => ("stock", d.stocks[n].name.span),
            Symbol::Gate(n) => ("gate", d.gates[n].name.span),
            Symbol::Limit(n) => ("limit", d.limits[n].name.span),
            Symbol::Column(i, c) => ("column", d.indices[i].columns[c].name.span),
        }
    }

    /// Name as declared.
    pub fn name(&self, symbol: Symbol) -> &'d str {
        let d = self.declarations;
        match symbol {
            Symbol::Parameter(n) => &d.parameters[n].name.value,
            Symbol::Driver(n) => &d.drivers[n].name.value,
            Symbol::Series(n) => &d.series[n].name.value,
            Symbol::Lever(n) => &d.levers[n].name.value,
            Symbol::Variable(n) => &d.variables[n].name.value,
            Symbol::Stock(n) => &d.stocks[n].name.value,
            Symbol::Gate(n) => &d.gates[n].name.value,
            Symbol::Limit(n) => &d.limits[n].name.value,
            Symbol::Column(i, c) => &d.indices[i].columns[c].name.value,
        }
    }

    /// `file:line` of a span.
    pub fn place(&self, span: Span) -> String {
        let file = self.sources.file(span.file);
        let before = file.text.get(..span.start as usize).unwrap_or("");
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        format!("{name}:{}", before.matches('\n').count() + 1)
    }

    /// Dimensions of time.
    pub fn time() -> Dimensions {
        Dimensions::of(DimensionId::TIME)
    }

    /// A shape in words.
    pub fn show(&self, shape: &Shape) -> String {
        match shape {
            Shape::Zero => "0".to_owned(),
            Shape::Calendar => "calendar year".to_owned(),
            Shape::Truth => "condition".to_owned(),
            Shape::Amount(dimensions) if dimensions.is_none() => "no unit".to_owned(),
            Shape::Amount(dimensions) => self.units.describe(dimensions),
        }
    }

    /// The same for a label: a unit between backticks, or what it is in words.
    pub fn unit(&self, shape: &Shape) -> String {
        match shape {
            Shape::Amount(dimensions) if !dimensions.is_none() => format!("`{}`", self.show(shape)),
            Shape::Calendar => "a calendar year".to_owned(),
            Shape::Truth => "a condition".to_owned(),
            _ => self.show(shape),
        }
    }

    /// Names of the indices of a set.
    pub fn set_names(&self, set: SetId) -> Vec<&str> {
        self.space
            .members(set)
            .iter()
            .map(|i| self.space.indices()[i.0 as usize].name.as_str())
            .collect()
    }

    /// A set in words: ``over `campus` ``, or `over no index set`.
    pub fn over(&self, set: SetId) -> String {
        match self.set_names(set).as_slice() {
            [] => "over no index set".to_owned(),
            names => format!("over `{}`", names.join("`, `")),
        }
    }
}
