//! Units as text, for messages and tables.
use super::{DimensionId, Dimensions, Unit, UnitTable};

/// Relative difference below which two scales are the same unit: a few roundings of conversion.
const SAME_SCALE: f64 = 1e-12;

impl UnitTable {
    /// Dimensions in base units: numerators joined with `.`, each denominator after its own `/`, time last.
    ///
    /// ```
    /// use mkba_lang::diagnostic::Diagnostics;
    /// use mkba_lang::unit::{DimensionId, Dimensions, UnitTable};
    /// let table = UnitTable::new(&[], &mut Diagnostics::default());
    /// let time = Dimensions::of(DimensionId::TIME);
    /// assert_eq!(table.describe(&Dimensions::money_per_time()), "EUR/year");
    /// assert_eq!(table.describe(&Dimensions::default().divide(&time)), "1/year");
    /// assert_eq!(table.describe(&Dimensions::default()), "1");
    /// ```
    #[must_use]
    pub fn describe(&self, dimensions: &Dimensions) -> String {
        self.write(dimensions, None)
    }

    /// A unit as one would write it, with the prefix or name that fits its scale: `MEUR/year`, `MW`, `%/year`. A
    /// scale without a name is written as a number before the base units.
    ///
    /// ```
    /// use mkba_lang::diagnostic::Diagnostics;
    /// use mkba_lang::unit::{DimensionId, Unit, UnitTable};
    /// let table = UnitTable::new(&[], &mut Diagnostics::default());
    /// let million = Unit { scale: 1e6, ..Unit::base(DimensionId::MONEY) };
    /// assert_eq!(table.describe_unit(&million.divide(&Unit::base(DimensionId::TIME))), "MEUR/year");
    /// assert_eq!(table.describe_unit(&Unit { scale: 0.01, ..Unit::none() }), "%");
    /// assert_eq!(table.describe_unit(&Unit { scale: 7.5, ..million }), "7.5 EUR");
    /// ```
    #[must_use]
    pub fn describe_unit(&self, unit: &Unit) -> String {
        if same(unit.scale, 1.0) {
            return self.describe(&unit.dimensions);
        }
        let fits = |other: &Unit| same(other.scale, unit.scale);
        if let Some(name) = self.shortest_name(|other| fits(other) && other.dimensions == unit.dimensions) {
            return name.to_owned();
        }
        let replaced = in_order(&unit.dimensions).find_map(|(base, exponent)| {
            let name = self.shortest_name(|other| fits(other) && other.dimensions == Dimensions::of(base));
            name.filter(|_| exponent == 1).map(|name| (base, name))
        });
        if replaced.is_some() {
            return self.write(&unit.dimensions, replaced);
        }
        let denominators_only = unit.dimensions.0.values().all(|exponent| *exponent < 0);
        if denominators_only && let Some(name) = self.shortest_name(|other| fits(other) && other.dimensions.is_none()) {
            return self.describe(&unit.dimensions).replacen('1', name, 1);
        }
        format!("{} {}", unit.scale, self.describe(&unit.dimensions))
    }

    fn shortest_name(&self, fits: impl Fn(&Unit) -> bool) -> Option<&str> {
        let named = self
            .units()
            .iter()
            .filter(|(_, unit)| fits(unit))
            .map(|(name, _)| name.as_str());
        named.min_by_key(|name| (name.len(), *name))
    }

    fn write(&self, dimensions: &Dimensions, replaced: Option<(DimensionId, &str)>) -> String {
        let name = |base: DimensionId| match replaced {
            Some((other, name)) if other == base => name,
            _ => self.dimensions().get(usize::from(base.0)).map_or("?", String::as_str),
        };
        let raised = |base: DimensionId, exponent: u32| match exponent {
            1 => name(base).to_owned(),
            _ => format!("{}^{exponent}", name(base)),
        };
        let numerators: Vec<String> = in_order(dimensions)
            .filter(|(_, exponent)| *exponent > 0)
            .map(|(base, exponent)| raised(base, exponent.unsigned_abs()))
            .collect();
        let mut text = if numerators.is_empty() {
            "1".to_owned()
        } else {
            numerators.join(".")
        };
        for (base, exponent) in in_order(dimensions).filter(|(_, exponent)| *exponent < 0) {
            text.push('/');
            text.push_str(&raised(base, exponent.unsigned_abs()));
        }
        text
    }
}

/// Dimensions with their exponents, time last because rates are read that way: `EUR/m2/year`.
fn in_order(dimensions: &Dimensions) -> impl Iterator<Item = (DimensionId, i32)> {
    let time = dimensions.0.get_key_value(&DimensionId::TIME);
    let others = dimensions.0.iter().filter(|(base, _)| **base != DimensionId::TIME);
    others.chain(time).map(|(base, exponent)| (*base, *exponent))
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_SCALE * b.abs()
}
