//! Tests of the unit table.
use super::*;
use crate::declarations::UnitDeclaration;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::parse_unit;
use proptest::prelude::*;

/// Declarations as `name` or `name = 12 unit`.
fn declared(texts: &[&str]) -> Vec<UnitDeclaration> {
    let names = UnitNames::new(Vec::<String>::new());
    let declaration = |(number, text): (usize, &&str)| {
        let (name, equals) = text
            .split_once(" = ")
            .map_or((*text, None), |(name, equals)| (name, Some(equals)));
        let equals = equals.map(|equals| {
            let (factor, unit) = equals.split_once(' ').expect("a number and a unit");
            let mut diagnostics = Diagnostics::default();
            let unit = parse_unit(unit, FileId(0), 1000 + number, &names, &mut diagnostics).expect("a unit");
            (factor.parse().expect("a number"), unit)
        });
        let span = Span::new(FileId(0), number * 10..number * 10 + 1);
        let name = Spanned {
            value: name.to_owned(),
            span,
        };
        UnitDeclaration { name, equals }
    };
    texts.iter().enumerate().map(declaration).collect()
}

fn table(texts: &[&str]) -> UnitTable {
    let mut diagnostics = Diagnostics::default();
    let table = UnitTable::new(&declared(texts), &mut diagnostics);
    assert!(diagnostics.list().is_empty(), "{:?}", diagnostics.list());
    table
}

fn faults(texts: &[&str]) -> Vec<(&'static str, String)> {
    let mut diagnostics = Diagnostics::default();
    let _ = UnitTable::new(&declared(texts), &mut diagnostics);
    diagnostics.list().iter().map(|d| (d.code, d.message.clone())).collect()
}

fn resolve(table: &UnitTable, text: &str) -> Result<Unit, Vec<&'static str>> {
    let mut diagnostics = Diagnostics::default();
    let written = parse_unit(text, FileId(0), 0, table.names(), &mut diagnostics).expect("a unit");
    let unit = table.resolve(&written, &mut diagnostics);
    unit.ok_or_else(|| diagnostics.list().iter().map(|d| d.code).collect())
}

#[test]
fn built_in_units_have_their_size() {
    let table = table(&[]);
    let year = 365.25 * 24.0;
    for (text, scale, base) in [
        ("EUR", 1.0, "EUR"),
        ("kEUR", 1e3, "EUR"),
        ("MEUR/year", 1e6, "EUR/year"),
        ("bnEUR", 1e9, "EUR"),
        ("MEUR_nominal", 1e6, "EUR_nominal"),
        ("EUR/day", 365.25, "EUR/year"),
        ("EUR/month", 12.0, "EUR/year"),
        ("EUR/hour", year, "EUR/year"),
        ("%", 0.01, "1"),
        ("%/year", 0.01, "1/year"),
        ("1", 1.0, "1"),
        ("1/year", 1.0, "1/year"),
        ("km^2", 1e6, "m^2"),
        ("kt", 1e6, "kg"),
        ("Mt/year", 1e9, "kg/year"),
        ("kg", 1.0, "kg"),
        ("g", 1e-3, "kg"),
        ("GWh", 1e9, "Wh"),
        ("MW", 1e6 * year, "Wh/year"),
        ("MW/year", 1e6 * year, "Wh/year^2"),
        ("EUR@2013/t", 1e-3, "EUR/kg"),
    ] {
        let unit = resolve(&table, text).expect("a known unit");
        assert_eq!(unit.scale, scale, "{text}");
        assert_eq!(table.describe(&unit.dimensions), base, "{text}");
    }
    let joule = resolve(&table, "kJ").expect("a known unit");
    assert!((joule.scale * 3.6 - 1.0).abs() < 1e-15);
}

#[test]
fn a_megawatt_for_an_hour_is_a_megawatt_hour() {
    let table = table(&[]);
    let energy = resolve(&table, "MW.hour").expect("known units");
    let same = resolve(&table, "MWh").expect("a known unit");
    assert_eq!(energy.dimensions, same.dimensions);
    assert!((energy.scale / same.scale - 1.0).abs() < 1e-15);
}

#[test]
fn declared_units_have_dimensions_of_their_own_or_are_made_of_others() {
    let table = table(&["m2", "hectare = 10000 m2", "job", "score = 5 hectare/job"]);
    let own = resolve(&table, "EUR/m2/year").expect("known units");
    assert_eq!(table.describe(&own.dimensions), "EUR/m2/year");
    assert_ne!(
        own.dimensions,
        resolve(&table, "EUR/m^2/year").expect("known units").dimensions
    );
    assert_eq!(resolve(&table, "hectare").expect("a known unit").scale, 1e4);
    let score = resolve(&table, "score").expect("a known unit");
    assert_eq!(
        (score.scale, table.describe(&score.dimensions).as_str()),
        (5e4, "m2/job")
    );
}

#[test]
fn the_order_of_declarations_changes_nothing() {
    let one = table(&["a_unit = 2 c_unit", "b_unit", "c_unit = 3 b_unit", "d_unit"]);
    let other = table(&["d_unit", "c_unit = 3 b_unit", "b_unit", "a_unit = 2 c_unit"]);
    assert_eq!(one.dimensions(), other.dimensions());
    assert_eq!(one.dimensions()[6..], ["b_unit", "d_unit"]);
    for name in ["a_unit", "b_unit", "c_unit", "d_unit"] {
        assert_eq!(one.unit(name), other.unit(name));
    }
}

#[test]
fn declared_units_take_no_prefixes_and_built_in_ones_only_their_own() {
    let table = table(&["m2", "pupil"]);
    for text in ["km2", "kpupil", "Mm", "Mg", "kyear", "bnWh", "GEUR", "k%"] {
        assert!(!table.names().is_unit(text), "{text}");
    }
    assert_eq!(resolve(&table, "kpupil/year"), Err(vec!["E0212"]));
}

#[test]
fn faulty_declarations_are_reported() {
    assert_eq!(faults(&["MEUR"]), [("E0211", "`MEUR` is already a unit".to_owned())]);
    assert_eq!(faults(&["over"])[0].0, "E0211");
    assert_eq!(faults(&["floor-space"])[0].0, "E0211");
    assert_eq!(faults(&["2m"])[0].0, "E0211");
    assert_eq!(
        faults(&["job", "job"]),
        [("E0010", "unit `job` is declared twice".to_owned())]
    );
    assert_eq!(faults(&["box = 3 bax"]), [("E0212", "unknown unit `bax`".to_owned())]);
    assert_eq!(faults(&["box = 0 m"])[0].0, "E0214");
    assert_eq!(faults(&["box = -3 m"])[0].0, "E0214");
    assert_eq!(faults(&["box = inf m"])[0].0, "E0214");
    assert_eq!(faults(&["box = 1e300 km^9"])[0].0, "E0214");
}

#[test]
fn cycles_are_reported_once_and_their_users_not_at_all() {
    let texts = [
        "gross = 12 dozen",
        "dozen = 12 piece",
        "piece = 0.1 gross",
        "crate = 3 dozen",
        "self = 2 self",
    ];
    let found = faults(&texts);
    assert_eq!(
        found,
        [
            ("E0213", "unit `dozen` equals itself".to_owned()),
            ("E0213", "unit `self` equals itself".to_owned())
        ]
    );
    let mut diagnostics = Diagnostics::default();
    let table = UnitTable::new(&declared(&texts), &mut diagnostics);
    assert_eq!(diagnostics.list()[0].labels.len(), 3);
    assert_eq!(
        diagnostics.list()[0].notes,
        ["path: `dozen` equals `piece` equals `gross` equals `dozen`"]
    );
    assert_eq!(resolve(&table, "crate"), Err(vec![]));
}

#[test]
fn long_chains_of_units_are_no_danger() {
    let mut texts: Vec<String> = (0..20_000).map(|n| format!("u{n} = 1 u{}", n + 1)).collect();
    texts.push("u20000".to_owned());
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(table(&texts).unit("u0").map(|unit| unit.scale), Some(1.0));
}

#[test]
fn unknown_units_get_a_suggestion() {
    let table = table(&["fte", "student"]);
    let help = |text: &str| {
        let mut diagnostics = Diagnostics::default();
        let written = parse_unit(text, FileId(0), 0, table.names(), &mut diagnostics).expect("a unit");
        assert_eq!(table.resolve(&written, &mut diagnostics), None);
        diagnostics.list()[0].help.clone().unwrap_or_default()
    };
    for (text, meant) in [
        ("euro", "EUR"),
        ("eur", "EUR"),
        ("meur", "MEUR"),
        ("yaer", "year"),
        ("years", "year"),
        ("jaar", "year"),
        ("KG", "kg"),
        ("studnet", "student"),
        ("GEUR", "bnEUR"),
        ("mwh", "MWh"),
    ] {
        assert_eq!(help(text), format!("did you mean `{meant}`?"), "{text}");
    }
    assert_eq!(help("m2"), "declare it in the model: `[unit.m2]`");
    assert!(help("m²").contains("[unit.NAME]"));
}

#[test]
fn every_unknown_part_is_reported() {
    assert_eq!(resolve(&table(&[]), "bricks/wall"), Err(vec!["E0212", "E0212"]));
    assert_eq!(resolve(&table(&[]), "MEUR^99"), Err(vec!["E0214"]));
}

#[test]
fn units_are_described_as_one_would_write_them() {
    let table = table(&["m2", "student"]);
    for text in [
        "EUR",
        "MEUR/year",
        "kEUR/student/year",
        "%",
        "%/year",
        "1/year",
        "MW",
        "kt/year",
        "day",
        "EUR/m2",
        "1",
    ] {
        let unit = resolve(&table, text).expect("known units");
        assert_eq!(table.describe_unit(&unit), text);
    }
    let rate = resolve(&table, "EUR/kWh").expect("known units");
    assert_eq!(table.describe_unit(&rate), "0.001 EUR/Wh");
}

fn a_dimension() -> impl Strategy<Value = Dimensions> {
    proptest::collection::btree_map((0u16..6).prop_map(DimensionId), prop_oneof![-9..=-1, 1..=9], 0..5)
        .prop_map(Dimensions)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dimensions_form_a_group(a in a_dimension(), b in a_dimension(), c in a_dimension()) {
        prop_assert_eq!(a.multiply(&b), b.multiply(&a));
        prop_assert_eq!(a.multiply(&b).multiply(&c), a.multiply(&b.multiply(&c)));
        prop_assert!(a.divide(&a).is_none());
        prop_assert_eq!(a.multiply(&b).divide(&b), a.clone());
        prop_assert_eq!(a.power(2), Some(a.multiply(&a)));
        prop_assert_eq!(a.power(3).and_then(|cube| cube.root(3)), Some(a.clone()));
        prop_assert!(a.multiply(&b).0.values().all(|exponent| *exponent != 0));
    }

    #[test]
    fn described_dimensions_resolve_to_themselves(dimensions in a_dimension()) {
        let table = table(&[]);
        let unit = resolve(&table, &table.describe(&dimensions)).expect("known units");
        prop_assert_eq!(unit, Unit { scale: 1.0, dimensions });
    }
}
