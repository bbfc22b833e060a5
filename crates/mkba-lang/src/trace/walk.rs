//! Named values: what they are, where their formula stands, and what it was computed from.
use super::values::{Key, Values};
use crate::declarations::Text;
use crate::lowering::Lowered;
use crate::lowering::versions::Entity;
use crate::plain::place::{Place, Places};
use crate::source::Span;
use crate::typing::{Member, Shape, Shown, Symbol, Typed, TypedStudy, Units, member_shape};
use mkba_core::appraisal::catalogue;
use mkba_core::appraisal::{Appraisal, Appraised};
use mkba_core::explanation::{Explanation, Formula, Kind, Note, Role};
use mkba_core::graph::NodeId;
use mkba_core::graph::space::SetId;
use std::collections::{BTreeSet, HashSet};

/// A named value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Anything but a gate.
    Symbol(Symbol),
    /// A member of a gate.
    Gate(usize, Member),
}

/// Where in the model a formula is looked at.
#[derive(Debug, Clone)]
pub struct Site {
    /// Version of its declaration in the alternative and in the baseline.
    pub versions: [usize; 2],
    /// Year, counted from the first.
    pub year: usize,
    /// Place in the index sets.
    pub place: Place,
}

/// What is explained, and how much of it.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The alternative.
    pub alternative: usize,
    /// What it is compared with.
    pub baseline: usize,
    /// The scenario, for what its drivers state.
    pub scenario: usize,
    /// Most parts of a sum that are listed.
    pub most: usize,
}

/// Builds explanations from values.
pub struct Walker<'w, 's, 'd> {
    pub study: &'s TypedStudy<'d>,
    pub scope: Scope,
    pub values: Values<'w, 's, 'd>,
    pub appraisal: &'w Appraisal,
    pub appraised: &'w Appraised,
    pub rates: Vec<(String, String)>,
    /// What part of each flow is counted.
    pub counted: &'w [Option<NodeId>],
    units: Units,
    /// Values that are the same in all years.
    steady: BTreeSet<Symbol>,
    opened: HashSet<(Topic, usize, Place)>,
}

impl<'w, 's, 'd> Walker<'w, 's, 'd> {
    pub fn new(study: &'s TypedStudy<'d>, lowered: &'w mut Lowered<'s, 'd>, scope: Scope) -> Self {
        let Lowered {
            builder,
            appraisal,
            appraised,
            rates,
            counted,
            ..
        } = lowered;
        let symbols = study.scope.symbols.values().copied();
        let steady = symbols.filter(|symbol| !builder.varies_by_year(*symbol)).collect();
        Self {
            study,
            scope,
            steady,
            values: Values::new(builder),
            appraisal,
            appraised,
            rates: rates
                .iter()
                .map(|rate| (rate.class.clone(), rate.stated.clone()))
                .collect(),
            counted,
            units: Units::new(&study.scope),
            opened: HashSet::new(),
        }
    }

    /// Begins anew, with what is known by now.
    pub fn restart(&mut self) {
        self.opened.clear();
        self.values.complete = true;
    }

    /// A named value in a year at a place, opened as deep as asked.
    pub fn named(&mut self, topic: Topic, role: Role, year: usize, place: &Place, depth: usize) -> Explanation {
        let study = self.study;
        let symbol = topic.symbol();
        let set = study.scope.sets.get(&symbol).copied().unwrap_or(SetId::NONE);
        let place = self.places().only(place, set);
        let site = Site {
            versions: self.versions(Entity::Symbol(symbol)),
            year,
            place,
        };
        let key = match topic {
            Topic::Symbol(symbol) => Key::Symbol(symbol),
            Topic::Gate(gate, member) => Key::Gate(gate, member),
        };
        let unit = self.unit(topic);
        let mut explained = Explanation {
            cell: self.cell(topic, set, &site),
            kind: topic.kind(),
            label: self.label(topic),
            role,
            stated: self.stated(symbol),
            ..Explanation::default()
        };
        self.measure(&mut explained, key, &site, &unit);
        if explained.stated.is_some() {
            explained.baseline = None;
        }
        explained.formulas = self.formulas(topic);
        if !self.has_rules(topic) {
            return explained;
        }
        if depth == 0 {
            explained.notes.push(Note::Deeper);
        } else if !self.opened.insert((topic, year, site.place.clone())) {
            explained.notes.push(Note::Above);
        } else {
            let (groups, notes) = self.rules(topic, &site, depth - 1);
            explained.groups = groups;
            explained.notes.extend(notes);
        }
        explained
    }

    /// Fills in value and baseline, in the unit shown.
    pub fn measure(&mut self, explained: &mut Explanation, key: Key<'s>, site: &Site, unit: &Shown) {
        explained.unit.clone_from(&unit.text);
        explained.scale = unit.scale;
        explained.value = self.values.at(key, site.versions[0], site.year, &site.place) / unit.scale;
        if self.scope.alternative != self.scope.baseline {
            explained.baseline = Some(self.values.at(key, site.versions[1], site.year, &site.place) / unit.scale);
        }
    }

    /// The version of something in the alternative and in the baseline.
    pub fn versions(&self, entity: Entity) -> [usize; 2] {
        [self.scope.alternative, self.scope.baseline].map(|a| self.values.builder.versions.of(entity, a))
    }

    /// Places in the index sets of the graph, which has all those of the formulas.
    pub fn places(&self) -> Places<'_> {
        Places::new(&self.values.builder.graph.space)
    }

    /// The unit of a named value.
    fn unit(&self, topic: Topic) -> Shown {
        let scope = &self.study.scope;
        match topic {
            Topic::Symbol(symbol) => self.units.of_symbol(scope, symbol),
            Topic::Gate(gate, member) => {
                let wanted = scope.shape(Symbol::Gate(gate)).cloned().unwrap_or(Shape::Zero);
                self.units.of_shape(scope, &member_shape(&wanted, member))
            }
        }
    }

    /// The unit of a part of a formula.
    pub fn unit_of_part(&self, typed: &Typed) -> Shown {
        self.units.of_shape(&self.study.scope, &typed.shape)
    }

    /// What to type to see this value at the top.
    fn cell(&self, topic: Topic, set: SetId, site: &Site) -> String {
        let scope = &self.study.scope;
        let mut text = scope.name(topic.symbol()).to_owned();
        if let Topic::Gate(_, member) = topic {
            text.push('.');
            text.push_str(member.word());
        }
        let keys = self.places().keys(&site.place, set);
        if !keys.is_empty() {
            text.push_str(&format!("[{keys}]"));
        }
        if self.has_years(topic) {
            text.push_str(&format!("@{}", self.calendar(site.year)));
        }
        text
    }

    /// Whether a value may differ between years.
    pub fn has_years(&self, topic: Topic) -> bool {
        match topic {
            Topic::Symbol(symbol) => !self.steady.contains(&symbol),
            Topic::Gate(..) => true,
        }
    }

    /// The calendar year of a year counted from the first.
    pub fn calendar(&self, year: usize) -> i32 {
        self.study.scope.declarations.model.first_year.value + i32::try_from(year).unwrap_or(i32::MAX)
    }

    fn label(&self, topic: Topic) -> catalogue::Text {
        let d = self.study.scope.declarations;
        let label = match topic.symbol() {
            Symbol::Parameter(n) => text(&d.parameters[n].label),
            Symbol::Driver(n) => text(&d.drivers[n].label),
            Symbol::Series(n) => text(&d.series[n].label),
            Symbol::Lever(n) => text(&d.levers[n].label),
            Symbol::Variable(n) => text(&d.variables[n].label),
            Symbol::Stock(n) => text(&d.stocks[n].label),
            Symbol::Limit(n) => text(&d.limits[n].label),
            Symbol::Gate(n) => text(&d.gates[n].label),
            Symbol::Column(..) => catalogue::Text::default(),
        };
        let name = self.study.scope.name(topic.symbol());
        // A declaration without label is called by its name, which stands beside it already.
        if label.nl == name && label.en == name {
            catalogue::Text::default()
        } else {
            label
        }
    }

    /// The formulas of a named value, as written.
    fn formulas(&self, topic: Topic) -> Vec<Formula> {
        let (study, d) = (self.study, self.study.scope.declarations);
        match topic {
            Topic::Symbol(Symbol::Variable(n)) => vec![self.formula("formula", study.variables[n].span)],
            Topic::Symbol(Symbol::Stock(n)) => {
                let rules = &study.stocks[n];
                let adds = rules.adds.as_ref().map(|it| self.formula("adds", it.span));
                let loses = rules.loses.as_ref().map(|it| self.formula("loses", it.span));
                adds.into_iter().chain(loses).collect()
            }
            Topic::Symbol(Symbol::Limit(n)) => {
                let names = d.limits[n].least.iter().map(|(name, _)| &name.value);
                let bounds = names.zip(&study.limits[n]);
                bounds.map(|(name, bound)| self.formula(name, bound.span)).collect()
            }
            Topic::Symbol(Symbol::Lever(n)) => vec![self.formula("default", study.levers[n].span)],
            Topic::Gate(n, Member::Granted | Member::Asked) => {
                let rules = &study.gates[n];
                let priority = rules.priority.as_ref().map(|it| self.formula("priority", it.span));
                [("wanted", &rules.wanted), ("capacity", &rules.capacity)]
                    .map(|(key, it)| self.formula(key, it.span))
                    .into_iter()
                    .chain(priority)
                    .collect()
            }
            Topic::Gate(n, Member::Substituted | Member::SubstituteCost) => {
                let substitute = study.gates[n].substitute.iter();
                let substitute = substitute.flat_map(|it| [("share", &it.share), ("cost", &it.cost)]);
                substitute.map(|(key, it)| self.formula(key, it.span)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A formula as written, and where.
    pub fn formula(&self, key: &str, span: Span) -> Formula {
        let (file, line) = self.position(span);
        Formula {
            key: key.to_owned(),
            text: self.text(span),
            file,
            line,
        }
    }

    /// File and line of a span.
    pub fn position(&self, span: Span) -> (String, usize) {
        let file = self.study.scope.sources.file(span.file);
        (file.path.clone(), file.position(span.start as usize).line)
    }

    /// The text of a span in one line.
    pub fn text(&self, span: Span) -> String {
        let file = self.study.scope.sources.file(span.file);
        let words: Vec<&str> = file.text[file.range(span)].split_whitespace().collect();
        words.join(" ")
    }
}

impl Topic {
    /// The declaration it is of.
    pub fn symbol(self) -> Symbol {
        match self {
            Self::Symbol(symbol) => symbol,
            Self::Gate(gate, _) => Symbol::Gate(gate),
        }
    }

    fn kind(self) -> Kind {
        match self.symbol() {
            Symbol::Parameter(_) => Kind::Parameter,
            Symbol::Driver(_) => Kind::Driver,
            Symbol::Series(_) => Kind::Series,
            Symbol::Lever(_) => Kind::Lever,
            Symbol::Variable(_) => Kind::Variable,
            Symbol::Stock(_) => Kind::Stock,
            Symbol::Gate(_) => Kind::Gate,
            Symbol::Limit(_) => Kind::Limit,
            Symbol::Column(..) => Kind::Column,
        }
    }
}

/// A label; one language stands in for the other.
pub fn text(label: &Text) -> catalogue::Text {
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    catalogue::Text {
        nl: or(&label.nl, &label.en),
        en: or(&label.en, &label.nl),
    }
}
