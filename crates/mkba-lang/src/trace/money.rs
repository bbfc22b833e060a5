//! Balances and present values: which flows, years and parties they are made of.
use super::values::{Key, Part};
use super::walk::{Site, Walker, text};
use crate::declarations::FlowKind;
use crate::lowering::versions::Entity;
use crate::plain::place::Place;
use mkba_core::appraisal::Quantity;
use mkba_core::explanation::{Explanation, Group, Kind, Note, Role, Together};
use mkba_core::graph::space::SetId;
use mkba_core::graph::{NodeId, Reduction};

/// Whose present value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// All parties with standing.
    Society,
    /// One party.
    Party(usize),
    /// All parties with standing, what lands in one region.
    Region(u32),
}

/// Which flows a balance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All.
    All,
    /// All but the separate ones.
    NotSeparate,
}

const EUR: &str = "EUR";
const EUR_PER_YEAR: &str = "EUR/year";

impl Walker<'_, '_, '_> {
    /// The balance, or the part of it that one party bears or gains.
    pub fn balance(&mut self, counted: Counted, whose: Whose, depth: usize) -> Explanation {
        let declarations = self.study.scope.declarations;
        let alternative = self.scope.alternative;
        let flows: Vec<usize> = (0..declarations.flows.len())
            .filter(|&n| counted == Counted::All || !declarations.flows[n].separate)
            .collect();
        let node = match whose {
            Whose::Party(party) => self.posted(&flows, party),
            _ => self.output(match counted {
                Counted::All => Quantity::Balance { alternative },
                Counted::NotSeparate => Quantity::BalanceWithoutSeparate { alternative },
            }),
        };
        let name = match counted {
            Counted::All => "balance",
            Counted::NotSeparate => "balance_without_separate",
        };
        let mut explained = self.money(node, Kind::Balance, Role::Itself, EUR);
        explained.cell = self.with_party(name, whose);
        if depth == 0 {
            explained.notes.push(Note::Deeper);
            return explained;
        }
        let parts = flows
            .iter()
            .map(|&flow| self.present_value(flow, whose, Role::Itself, depth - 1))
            .collect();
        let mut of_flows = Group::of(Together::Flows, parts, self.scope.most);
        // A flow that this alternative does not touch explains nothing.
        let touched = |part: &Explanation| part.value != 0.0;
        if of_flows.parts.iter().any(touched) {
            of_flows.parts.retain(touched);
        }
        explained.groups.push(of_flows);
        if whose == Whose::Society {
            let parties = (0..declarations.parties.len()).map(|party| {
                let node = self.posted(&flows, party);
                let mut part = self.money(node, Kind::Balance, self.party(party), EUR);
                part.cell = self.with_party(name, Whose::Party(party));
                part.label = text(&declarations.parties[party].label);
                part
            });
            explained
                .groups
                .push(Group::whole(Together::Parties, parties.collect()));
        }
        explained
    }

    /// The present value of a flow, as a difference from the baseline.
    pub fn present_value(&mut self, flow: usize, whose: Whose, role: Role, depth: usize) -> Explanation {
        let declarations = self.study.scope.declarations;
        let declaration = &declarations.flows[flow];
        let alternative = self.scope.alternative;
        let (node, place) = match whose {
            Whose::Society => (self.output(Quantity::Value { alternative, flow }), self.nation()),
            Whose::Party(party) => (
                self.output(Quantity::Posting {
                    alternative,
                    flow,
                    party,
                }),
                self.nation(),
            ),
            Whose::Region(region) => (
                self.output(Quantity::Regional { alternative, flow }),
                self.region(region),
            ),
        };
        let mut explained = self.money_at(node, Kind::PresentValue, role, EUR, 0, &place);
        explained.cell = match whose {
            Whose::Region(_) => format!("{}[{}]", declaration.name.value, self.region_keys(&place)),
            _ => self.with_party(&declaration.name.value, whose),
        };
        explained.label = text(&declaration.label);
        explained.formulas = vec![self.formula("formula", self.study.flows[flow].formula.span)];
        if declaration.separate {
            explained.notes.push(Note::Separate);
        }
        if depth == 0 {
            explained.notes.push(Note::Deeper);
            return explained;
        }
        let class = self.appraisal.flows[flow].class;
        let (name, stated) = self.rates[class].clone();
        explained.notes.push(Note::Discounting {
            class: name,
            stated,
            base_year: declarations.model.base_year.value,
        });
        let weight = self.weight(flow, whose);
        explained
            .groups
            .push(self.with_and_without(flow, whose, &place, weight));
        explained.groups.push(self.by_year(flow, whose, &place, weight, depth));
        if whose == Whose::Society {
            explained.groups.push(self.parties(flow));
        }
        explained
    }

    /// Difference of the present value of the amounts, times what one EUR is worth.
    fn with_and_without(&mut self, flow: usize, whose: Whose, place: &Place, weight: NodeId) -> Group {
        let sides = [self.scope.alternative, self.scope.baseline].map(|alternative| {
            let present = self.appraised.presents[flow][alternative];
            match whose {
                Whose::Region(_) => present.regional.unwrap_or(present.national),
                _ => present.national,
            }
        });
        let difference = self.values.builder.graph.subtract(sides[0], sides[1]);
        let terms = sides
            .into_iter()
            .zip([Role::Added, Role::Subtracted])
            .map(|(node, role)| {
                let mut side = self.money_at(node, Kind::PresentValue, role, EUR, 0, place);
                side.label = self.side(&side.role);
                side
            });
        let terms = terms.collect();
        let mut difference = self.money_at(difference, Kind::PresentValue, Role::Multiplied, EUR, 0, place);
        difference.groups = vec![Group::whole(Together::Terms, terms)];
        let weight = self.money(weight, Kind::Weight, Role::Multiplied, "");
        Group::whole(Together::Factors, vec![difference, weight])
    }

    /// What each year adds, the greatest first and opened.
    fn by_year(&mut self, flow: usize, whose: Whose, place: &Place, weight: NodeId, depth: usize) -> Group {
        let factor = self.appraised.factors[self.appraisal.flows[flow].class];
        let difference = self.yearly_difference(flow, whose);
        let graph = &mut self.values.builder.graph;
        let discounted = graph.multiply_as_is(difference, factor);
        let discounted = graph.multiply_as_is(discounted, weight);
        let years = (0..graph.years).map(|year| {
            let role = Role::Year {
                year: self.calendar(year),
            };
            self.money_at(discounted, Kind::Discounted, role, EUR, year, place)
        });
        let years: Vec<Explanation> = years.collect();
        let mut group = Group::of(Together::Years, years, self.scope.most);
        group.parts.retain(|part| part.value != 0.0);
        let first = self.study.scope.declarations.model.first_year.value;
        if let Some(part) = group.parts.first_mut()
            && let Role::Year { year } = part.role
        {
            let year = usize::try_from(year - first).unwrap_or(0);
            let amount = match whose {
                Whose::Society => self.flow_of_year(flow, Role::Multiplied, year, depth - 1),
                _ => {
                    let weighted = self.values.builder.graph.multiply_as_is(difference, weight);
                    self.money_at(weighted, Kind::Flow, Role::Multiplied, EUR_PER_YEAR, year, place)
                }
            };
            let factor = self.money_at(factor, Kind::DiscountFactor, Role::Multiplied, "", year, place);
            // The flow of a transfer in a year is its whole amount, whoever it goes to.
            let transfer = self.study.scope.declarations.flows[flow].kind.value == FlowKind::Transfer;
            let weight = self.money(weight, Kind::Weight, Role::Multiplied, "");
            let weight = (transfer && whose == Whose::Society).then_some(weight);
            let parts = [amount, factor].into_iter().chain(weight).collect();
            part.groups = vec![Group::whole(Together::Factors, parts)];
        }
        group
    }

    /// What a flow is in a year, as a difference from the baseline: to society, or for transfers the amount itself.
    pub fn flow_of_year(&mut self, flow: usize, role: Role, year: usize, depth: usize) -> Explanation {
        let declarations = self.study.scope.declarations;
        let declaration = &declarations.flows[flow];
        let alternative = self.scope.alternative;
        let found = self
            .appraised
            .yearly
            .iter()
            .find(|(a, f, _)| (*a, *f) == (alternative, flow));
        let node = found.map_or_else(|| self.values.builder.graph.constant(0.0), |(_, _, node)| *node);
        let nation = self.nation();
        let mut explained = self.money_at(node, Kind::Flow, role, EUR_PER_YEAR, year, &nation);
        explained.cell = format!("{}@{}", declaration.name.value, self.calendar(year));
        explained.label = text(&declaration.label);
        if depth == 0 {
            explained.notes.push(Note::Deeper);
            return explained;
        }
        let difference = self.yearly_difference(flow, Whose::Society);
        let mut difference = self.money_at(difference, Kind::Amount, Role::Multiplied, EUR_PER_YEAR, year, &nation);
        let mut with = self.amount(flow, Role::Added, year, None, depth);
        let mut without = with.clone();
        (without.groups, without.formulas, without.notes) = (Vec::new(), Vec::new(), Vec::new());
        without.value = with.baseline.unwrap_or(with.value);
        without.role = Role::Subtracted;
        (with.label, without.label) = (self.side(&with.role), self.side(&without.role));
        (without.baseline, without.cell) = (None, String::new());
        difference.groups = vec![Group::whole(Together::Terms, vec![with, without])];
        let mut factors = vec![difference];
        if declaration.kind.value != FlowKind::Transfer {
            let weight = self.weight(flow, Whose::Society);
            factors.push(self.money(weight, Kind::Weight, Role::Multiplied, ""));
        }
        explained.groups = vec![Group::whole(Together::Factors, factors)];
        explained
    }

    /// The amount of a flow in a year by its formula: of one place, or of all its elements together.
    pub fn amount(&mut self, flow: usize, role: Role, year: usize, at: Option<&Place>, depth: usize) -> Explanation {
        let study = self.study;
        let formula = &study.flows[flow].formula;
        let declaration = &study.scope.declarations.flows[flow];
        let versions = self.versions(Entity::Flow(flow));
        let mut explained = Explanation {
            kind: Kind::Amount,
            role,
            unit: EUR_PER_YEAR.to_owned(),
            label: text(&declaration.label),
            formulas: vec![self.formula("formula", formula.span)],
            ..Explanation::default()
        };
        let whole = at.is_none() && formula.set != SetId::NONE;
        let sides = [self.scope.alternative, self.scope.baseline].map(|alternative| {
            let annual = self.appraisal.flows[flow].annual[alternative];
            if whole { self.national(annual) } else { annual }
        });
        let place = at.cloned().unwrap_or_else(|| self.nation());
        explained.value = self.values.of(sides[0], year, &place);
        if self.scope.alternative != self.scope.baseline {
            explained.baseline = Some(self.values.of(sides[1], year, &place));
        }
        let keys = if whole {
            String::new()
        } else {
            self.places().keys(&place, formula.set)
        };
        let year_word = self.calendar(year);
        explained.cell = if keys.is_empty() {
            format!("{}@{year_word}", declaration.name.value)
        } else {
            format!("{}[{keys}]@{year_word}", declaration.name.value)
        };
        if depth == 0 {
            explained.notes.push(Note::Deeper);
            return explained;
        }
        if !whole {
            let counted = self.counted[flow];
            let site = Site {
                versions,
                year,
                place: place.clone(),
            };
            let groups = self.parts(formula, &site, depth - 1);
            explained.groups = match counted {
                None => groups,
                Some(counted) => {
                    let node = self.values.node(Key::Part(Part(formula)), versions[0]);
                    let mut whole = self.money_at(node, Kind::Amount, Role::Multiplied, EUR_PER_YEAR, year, &place);
                    whole.groups = groups;
                    let counted = self.money_at(counted, Kind::Counted, Role::Multiplied, "", year, &place);
                    vec![Group::whole(Together::Factors, vec![whole, counted])]
                }
            };
            return explained;
        }
        let places = self.places().all(formula.set);
        let elements = places.iter().map(|place| {
            let key = self.places().keys(place, formula.set);
            let role = Role::Element { key };
            self.amount(flow, role, year, Some(place), 0)
        });
        let elements = elements.collect();
        let mut group = Group::of(Together::Elements, elements, self.scope.most);
        for (n, part) in group.parts.iter_mut().enumerate() {
            part.formulas.clear();
            let Role::Element { key } = &part.role else { continue };
            let here = places
                .iter()
                .find(|place| self.places().keys(place, formula.set) == *key);
            if let Some(place) = here.filter(|_| n == 0) {
                let opened = self.amount(flow, part.role.clone(), year, Some(place), depth);
                (part.groups, part.notes) = (opened.groups, opened.notes);
            }
        }
        explained.groups = vec![group];
        explained
    }

    /// What each party bears and gains of a flow.
    fn parties(&mut self, flow: usize) -> Group {
        let declarations = self.study.scope.declarations;
        let alternative = self.scope.alternative;
        let name = &declarations.flows[flow].name.value;
        let posted: Vec<(usize, NodeId)> = self
            .appraised
            .outputs
            .iter()
            .filter_map(|&(quantity, node)| match quantity {
                Quantity::Posting {
                    alternative: a,
                    flow: f,
                    party,
                } if (a, f) == (alternative, flow) => Some((party, node)),
                _ => None,
            })
            .collect();
        let parts = posted.into_iter().map(|(party, node)| {
            let mut part = self.money(node, Kind::PresentValue, self.party(party), EUR);
            part.cell = self.with_party(name, Whose::Party(party));
            part.label = text(&declarations.parties[party].label);
            part
        });
        Group::whole(Together::Parties, parts.collect())
    }

    /// Amounts of a flow in each year as a difference from the baseline, before shares and tax.
    fn yearly_difference(&mut self, flow: usize, whose: Whose) -> NodeId {
        let regions = self.appraisal.regions.filter(|_| matches!(whose, Whose::Region(_)));
        let sides = [self.scope.alternative, self.scope.baseline].map(|alternative| {
            let annual = self.appraisal.flows[flow].annual[alternative];
            let graph = &mut self.values.builder.graph;
            graph.reduce(Reduction::Sum, annual, regions.unwrap_or(SetId::NONE))
        });
        self.values.builder.graph.subtract(sides[0], sides[1])
    }

    fn national(&mut self, annual: NodeId) -> NodeId {
        self.values.builder.graph.reduce(Reduction::Sum, annual, SetId::NONE)
    }

    fn weight(&mut self, flow: usize, whose: Whose) -> NodeId {
        match whose {
            Whose::Party(party) => self.appraised.weights[flow][party],
            Whose::Society | Whose::Region(_) => self.appraised.society[flow],
        }
    }

    /// The sum of what some flows post to a party.
    fn posted(&mut self, flows: &[usize], party: usize) -> NodeId {
        let alternative = self.scope.alternative;
        let zero = self.values.builder.graph.constant(0.0);
        flows.iter().fold(zero, |sum, &flow| {
            let posting = self.output(Quantity::Posting {
                alternative,
                flow,
                party,
            });
            self.values.builder.graph.add(sum, posting)
        })
    }

    /// The node of a result; zero for what is never posted.
    fn output(&mut self, quantity: Quantity) -> NodeId {
        let found = self.appraised.outputs.iter().find(|(it, _)| *it == quantity);
        found.map_or_else(|| self.values.builder.graph.constant(0.0), |(_, node)| *node)
    }

    /// A national amount without year.
    fn money(&mut self, node: NodeId, kind: Kind, role: Role, unit: &str) -> Explanation {
        let nation = self.nation();
        self.money_at(node, kind, role, unit, 0, &nation)
    }

    fn money_at(&mut self, node: NodeId, kind: Kind, role: Role, unit: &str, year: usize, at: &Place) -> Explanation {
        Explanation {
            kind,
            role,
            unit: unit.to_owned(),
            value: self.values.of(node, year, at),
            ..Explanation::default()
        }
    }

    /// The label of a side of a difference: the alternative, or the baseline.
    fn side(&self, role: &Role) -> mkba_core::appraisal::catalogue::Text {
        let number = if *role == Role::Subtracted {
            self.scope.baseline
        } else {
            self.scope.alternative
        };
        let alternative = &self.study.scope.declarations.alternatives[number];
        let mut label = text(&alternative.label);
        for text in [&mut label.nl, &mut label.en] {
            if text.is_empty() {
                text.clone_from(&alternative.name.value);
            }
        }
        label
    }

    fn party(&self, party: usize) -> Role {
        let party = &self.study.scope.declarations.parties[party];
        Role::Party {
            id: party.name.value.clone(),
            standing: party.counts(self.values.builder.rulebook),
        }
    }

    fn with_party(&self, name: &str, whose: Whose) -> String {
        match whose {
            Whose::Party(party) => format!("{name}.{}", self.study.scope.declarations.parties[party].name.value),
            _ => name.to_owned(),
        }
    }

    fn nation(&self) -> Place {
        self.places().nation()
    }

    fn region(&self, element: u32) -> Place {
        let places = self.places();
        let index = self
            .appraisal
            .regions
            .and_then(|regions| places.members(regions).first().copied());
        index.map_or_else(
            || places.nation(),
            |index| places.within(&places.nation(), index, element),
        )
    }

    fn region_keys(&self, place: &Place) -> String {
        self.appraisal
            .regions
            .map_or_else(String::new, |regions| self.places().keys(place, regions))
    }
}
