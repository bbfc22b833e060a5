//! From a land-development account to a balance: every step of the worked example of `docs/method/grex.md`, by hand, and what is refused.
mod support {
    pub mod program;
}

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::program::{mkba, succeeds};
use tempfile::TempDir;

const FILE: &str = "models/teaching/grex/exploitation.toml";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Rows of a CSV file as cells.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut rows = csv::Reader::from_path(path).expect("a file");
    let rows = rows.records();
    rows.map(|row| row.expect("a row").iter().map(str::to_owned).collect())
        .collect()
}

fn near(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() < 1e-9 * 1e6,
        "{what}: {found}, by hand {expected}"
    );
}

/// Discount factor of so many years.
fn discounted(years: i32) -> f64 {
    1.0225_f64.powi(-years)
}

/// Present values of the lines in million euro, before tax: real amounts of 2025, which the account raised by 3 % (costs) and 1.5 % (sales).
struct Lines {
    works: f64,
    plans: f64,
    provision: f64,
    firms: f64,
    homes: f64,
    grants: f64,
    grant_europe: f64,
    six_years: f64,
}

fn lines() -> Lines {
    Lines {
        works: 8.0 + 10.0 * discounted(1) + 6.0 * discounted(2),
        plans: 1.0 + discounted(1) + discounted(2),
        provision: 3.0 * discounted(2),
        firms: 12.0 * discounted(2) + 16.0 * discounted(4),
        homes: 10.0 * discounted(3),
        // Fixed amounts lose 2 % a year: 2 in 2026 and 5 in 2027; 1.5 in 2028.
        grants: 2.0 / 1.02 + 5.0 / 1.0404 * discounted(1),
        grant_europe: 1.5 / 1.061208 * discounted(2),
        six_years: (0..6).map(discounted).sum(),
    }
}

/// Amounts of the account by year in money of the day, in million euro: works, plans, provision, sales, grants.
const NOMINAL: [(i32, f64); 6] = [
    (2025, -18.0 - 2.0),
    (2026, -8.24 - 1.03 + 2.0),
    (2027, -10.609 - 1.0609 + 5.0),
    (2028, -6.556362 - 1.092727 - 3.278181 + 12.5481405 + 1.5),
    (2029, 10.61363550625),
    (2030, 17.23654406215),
];

#[test]
fn every_step_of_the_worked_example_is_the_one_by_hand() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().join("station");
    let text = succeeds(
        root(),
        &["grex", FILE, "--lang", "en", "--out", out.to_str().expect("a path")],
    );
    let steps: BTreeMap<String, (Option<f64>, f64)> = rows(&out.join("bridge.csv"))
        .into_iter()
        .map(|row| (row[0].clone(), (row[3].parse().ok(), row[4].parse().expect("a number"))))
        .collect();
    let lines = lines();
    let at_the_end: f64 = NOMINAL
        .iter()
        .map(|(year, amount)| amount * 1.025_f64.powi(2030 - year))
        .sum();
    let deflated: f64 = NOMINAL
        .iter()
        .map(|(year, amount)| amount * 1.02_f64.powi(2025 - year))
        .sum();
    let real = -18.0 - 2.0 - 24.0 - 3.0 - 3.0 + 28.0 + 10.0 + 2.0 / 1.02 + 5.0 / 1.0404 + 1.5 / 1.061208;
    let at_base = -20.0 * 1.0225 - lines.works - lines.plans - lines.provision
        + lines.firms
        + lines.homes
        + lines.grants
        + lines.grant_europe;
    let by_hand = [
        ("real", at_the_end / 1.02_f64.powi(5) - at_the_end),
        ("interest", deflated - at_the_end / 1.02_f64.powi(5)),
        ("indexation", real - deflated),
        ("base_year", at_base - real),
        // The European grant comes from a party without standing and stays.
        ("transfers", -lines.grants),
        ("land", 18.0 * 1.0225 - 9.0),
        (
            "market_prices",
            -0.21 * (lines.works + lines.plans + lines.provision + 2.0 * 1.0225)
                + 0.182 * lines.firms
                + 0.21 * lines.homes,
        ),
        ("sunk_costs", 1.21 * 2.0 * 1.0225),
        (
            "outside",
            -1.21 * 4.0 * discounted(3) - 1.21 * 3.0 * discounted(4) + 2.0 * discounted(5),
        ),
        ("baseline", (1.21 * 0.3 - 1.182 * 0.1) * lines.six_years),
        ("risk", 0.6 * 1.21 * lines.provision),
    ];
    assert_eq!(steps.len(), by_hand.len() + 2);
    near(steps["reported"].1, at_the_end * 1e6, "reported");
    let mut result = at_the_end;
    for (step, expected) in by_hand {
        result += expected;
        near(steps[step].0.expect("an amount"), expected * 1e6, step);
        near(steps[step].1, result * 1e6, step);
    }
    near(steps["balance"].1, result * 1e6, "balance");
    // The figures that the page shows.
    for line in [
        "Result of the account: final value, nominal 2030",
        "Balance of the cost-benefit analysis",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let page = fs::read_to_string(root().join("docs/method/grex.md")).expect("a page");
    let shown = text.lines().filter(|line| !line.is_empty());
    let missing: Vec<&str> = shown.filter(|line| !page.contains(line.trim_end())).collect();
    assert!(missing.is_empty(), "docs/method/grex.md lacks:\n{}", missing.join("\n"));
}

#[test]
fn who_bears_and_who_gains_adds_up_to_the_balance() {
    let folder = TempDir::new().expect("a folder");
    let out = folder.path().to_str().expect("a path");
    succeeds(root(), &["grex", FILE, "--out", out]);
    let mut parties: BTreeMap<String, f64> = BTreeMap::new();
    let mut counted = 0.0;
    for row in rows(&folder.path().join("parties.csv")) {
        let value: f64 = row[3].parse().expect("a number");
        *parties.entry(row[1].clone()).or_default() += value;
        if row[2] == "yes" {
            counted += value;
        }
    }
    let lines = lines();
    // Without tax: the municipality gets it back from the compensation fund.
    let municipality = -9.0 - lines.works - lines.plans - 0.4 * lines.provision
        + lines.firms
        + lines.homes
        + lines.grants
        + lines.grant_europe
        - 3.0 * discounted(4)
        + (0.3 - 0.1) * lines.six_years;
    near(parties["municipality"], municipality * 1e6, "municipality");
    near(
        parties["province"],
        (-4.0 * discounted(3) - 2.0 / 1.02) * 1e6,
        "province",
    );
    near(parties["residents"], 2.0 * discounted(5) * 1e6, "residents");
    near(parties["abroad"], -lines.grant_europe * 1e6, "abroad");
    let steps = rows(&folder.path().join("bridge.csv"));
    let balance: f64 = steps.last().expect("a balance")[4].parse().expect("a number");
    near(counted, balance, "all with standing");
}

/// A project with the account, one passage of a file replaced.
fn changed(file: &str, from: &str, to: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let beside = Path::new(FILE).parent().expect("a folder");
    fs::copy(root().join("mkba.toml"), folder.path().join("mkba.toml")).expect("a file");
    fs::create_dir_all(folder.path().join(beside)).expect("a folder");
    for name in ["exploitation.toml", "lines.csv"] {
        let mut text = fs::read_to_string(root().join(beside).join(name)).expect("a file");
        if name == file {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        fs::write(folder.path().join(beside).join(name), text).expect("a file");
    }
    folder
}

#[test]
fn what_is_wrong_in_an_account_is_told_with_its_place() {
    let cases = [
        (
            "lines.csv",
            "works,Bouw- en woonrijp maken,Site works,cost,",
            "works,W,W,costs,",
            "E0015",
            "did you mean `cost`?",
        ),
        (
            "lines.csv",
            "cost,costs,vat,,,,,1.03",
            "cost,cost,vat,,,,,1.03",
            "E0015",
            "did you mean `costs`?",
        ),
        ("lines.csv", "8.24", "8,24", "E0032", "line `works`"),
        ("lines.csv", "8.24", "8.24m", "E0034", "`8.24m` in 2026 is not a number"),
        ("lines.csv", "sold_to_firms", "works", "E0033", "occurs twice"),
        (
            "lines.csv",
            "transfer,fixed,market,treasury,municipality",
            "transfer,fixed,market,treasury,province",
            "E0402",
            "grant_state",
        ),
        (
            "lines.csv",
            "outside-effect,real,market,,residents",
            "outside-effect,real,market,residents,",
            "E0402",
            "quiet_streets",
        ),
        (
            "lines.csv",
            "transfer,fixed,market,treasury,municipality",
            "transfer,fixed,vat,treasury,municipality",
            "E0402",
            "no tax content",
        ),
        (
            "lines.csv",
            "provision,costs,vat,,,40 %",
            "provision,costs,vat,,,400 %",
            "E0022",
            "between 0 % and 100 %",
        ),
        ("lines.csv", "sale,sales,factor", "sale,sales,btw", "E0015", "`9 %`"),
        ("lines.csv", ",2028,", ",twenty,", "E0034", "not a year"),
        ("lines.csv", "label_nl", "naam", "E0035", "label_nl"),
        (
            "exploitation.toml",
            "interest_per_year  = 0.025",
            "interest_per_year  = 2.5",
            "E0022",
            "2.5 % is 0.025",
        ),
        (
            "exploitation.toml",
            "assumption         =",
            "#",
            "E0020",
            "`assumption`",
        ),
        (
            "exploitation.toml",
            "owner              = \"municipality\"",
            "owner = \"municipalty\"",
            "E0015",
            "did you mean `municipality`?",
        ),
        ("exploitation.toml", ", role = \"treasury\"", "", "E0403", "treasury"),
        (
            "exploitation.toml",
            "inflation_per_year",
            "inflation",
            "E0003",
            "inflation",
        ),
        ("exploitation.toml", "lines.csv\"", "rows.csv\"", "E0001", "rows.csv"),
    ];
    for (file, from, to, code, hint) in cases {
        let folder = changed(file, from, to);
        let output = mkba(folder.path(), &["grex", FILE]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        let expected = if code == "E0001" { 4 } else { 1 };
        assert_eq!(output.status.code(), Some(expected), "{from} → {to}: {message}");
        assert!(
            message.contains(code) && message.contains(hint),
            "{from} → {to}: {message}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn several_faults_are_told_at_once_and_files_are_not_replaced_unasked() {
    let folder = changed(
        "lines.csv",
        "works,Bouw- en woonrijp maken,Site works,cost,costs",
        "works,W,W,costs,cost",
    );
    let output = mkba(folder.path(), &["grex", FILE]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("2 errors"), "{message}");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a path");
    succeeds(root(), &["grex", FILE, "--out", out]);
    let again = mkba(root(), &["grex", FILE, "--out", out]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--overwrite"));
    succeeds(root(), &["grex", FILE, "--out", out, "--overwrite"]);
}
