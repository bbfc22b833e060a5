//! What may be linked: licences, banned packages, sources and the direction of dependencies. The lists stand in
//! `deny.toml`; this file only applies them, so that the check needs no network and no tool besides cargo.
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

#[test]
fn every_package_has_an_allowed_licence() {
    let allowed: Vec<spdx::Licensee> = strings(&table("deny.toml")["licenses"]["allow"])
        .iter()
        .map(|name| spdx::Licensee::parse(name).expect("deny.toml lists valid SPDX names"))
        .collect();
    let refused: Vec<String> = metadata()["packages"]
        .as_array()
        .expect("metadata lists packages")
        .iter()
        .filter(|package| !is_allowed(package["license"].as_str().unwrap_or_default(), &allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(
        refused.is_empty(),
        "licence not allowed by deny.toml:\n{}",
        refused.join("\n")
    );
}

#[test]
fn licence_expressions_are_judged_as_a_whole() {
    let allowed = [spdx::Licensee::parse("MIT").expect("MIT is a licence")];
    assert!(is_allowed("MIT", &allowed));
    assert!(is_allowed("GPL-3.0-only OR MIT", &allowed));
    assert!(is_allowed("Unlicense/MIT", &allowed));
    assert!(!is_allowed("MIT AND GPL-3.0-only", &allowed));
    assert!(!is_allowed("", &allowed));
}

#[test]
fn no_banned_package_is_locked_on_any_platform() {
    let locked: BTreeSet<String> = locked_packages().into_iter().map(|(name, _)| name).collect();
    let found: Vec<String> = bans()
        .into_iter()
        .filter(|ban| ban.wrappers.is_none() && locked.contains(&ban.package))
        .map(|ban| format!("{}: {}", ban.package, ban.reason))
        .collect();
    assert!(found.is_empty(), "banned by deny.toml:\n{}", found.join("\n"));
}

#[test]
fn a_heavy_library_is_used_only_by_its_owner() {
    let metadata = metadata();
    for ban in bans() {
        let Some(owners) = ban.wrappers else { continue };
        let users: BTreeSet<String> = direct_dependencies(&metadata)
            .into_iter()
            .filter(|(_, used)| used.contains(&ban.package))
            .map(|(user, _)| user)
            .collect();
        assert!(
            users.is_subset(&owners),
            "`{}` is used by {users:?}: {}",
            ban.package,
            ban.reason
        );
    }
}

#[test]
fn every_package_comes_from_the_one_registry() {
    let sources: BTreeSet<String> = locked_packages().into_iter().filter_map(|(_, source)| source).collect();
    assert_eq!(sources.len(), 1, "packages come from several sources: {sources:?}");
    assert!(
        sources.iter().all(|source| source.starts_with("registry+")),
        "not from a registry: {sources:?}"
    );
}

#[test]
fn crates_know_only_the_crates_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("mkba-core", &[] as &[&str]),
        ("mkba-analysis", &["mkba-core"]),
        ("mkba-lang", &["mkba-core"]),
        ("mkba-montecarlo", &["mkba-core"]),
        ("mkba-results", &["mkba-core"]),
        ("mkba-spreadsheet", &["mkba-core"]),
        ("mkba-plot", &["mkba-core"]),
        ("mkba-report", &["mkba-core"]),
        ("mkba-pdf", &["mkba-report"]),
    ]);
    for (user, used) in direct_dependencies(&metadata()) {
        if user == "mkba" || !user.starts_with("mkba-") {
            continue;
        }
        let below = allowed
            .get(user.as_str())
            .unwrap_or_else(|| panic!("`{user}` is not in the table of crates"));
        let own: Vec<&String> = used.iter().filter(|name| name.starts_with("mkba")).collect();
        let wrong: Vec<&&String> = own.iter().filter(|name| !below.contains(&name.as_str())).collect();
        assert!(wrong.is_empty(), "`{user}` depends on {wrong:?}; see ARCHITECTURE.md");
    }
}

/// One entry of `[bans] deny`.
struct Ban {
    package: String,
    reason: String,
    /// The only packages that may depend on it directly; `None` if nothing may.
    wrappers: Option<BTreeSet<String>>,
}

fn bans() -> Vec<Ban> {
    let deny = table("deny.toml");
    let entries = deny["bans"]["deny"].as_array().expect("`bans.deny` is a list");
    entries
        .iter()
        .map(|entry| Ban {
            package: entry["crate"].as_str().expect("`crate` is a name").to_owned(),
            reason: entry["reason"].as_str().expect("each ban has a reason").to_owned(),
            wrappers: entry.get("wrappers").map(|names| strings(names).into_iter().collect()),
        })
        .collect()
}

/// Whether an SPDX expression can be met with the allowed licences. A package without one is refused.
fn is_allowed(expression: &str, allowed: &[spdx::Licensee]) -> bool {
    spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX)
        .is_ok_and(|parsed| parsed.evaluate(|required| allowed.iter().any(|licence| licence.satisfies(required))))
}

/// Names and sources of all packages in the lock file, for every platform. Own packages have no source.
fn locked_packages() -> Vec<(String, Option<String>)> {
    let lock = table("Cargo.lock");
    let packages = lock["package"].as_array().expect("the lock file lists packages");
    packages
        .iter()
        .map(|package| {
            let text = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
            (text("name").expect("a locked package has a name"), text("source"))
        })
        .collect()
}

/// For each package: what it links directly, without what only its tests or build scripts use.
fn direct_dependencies(metadata: &Value) -> Vec<(String, BTreeSet<String>)> {
    let packages = metadata["packages"].as_array().expect("metadata lists packages");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let names: BTreeMap<String, String> = packages
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let kinds = |dependency: &Value| dependency["dep_kinds"].as_array().cloned().unwrap_or_default();
    let linked = |dependency: &&Value| kinds(dependency).iter().any(|kind| kind["kind"].is_null());
    // As resolved: an optional dependency that nothing switches on is none.
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .expect("metadata resolves packages");
    nodes
        .iter()
        .map(|node| {
            let dependencies = node["deps"].as_array().expect("a package lists dependencies");
            let used = dependencies.iter().filter(linked);
            (
                names[&text(&node["id"])].clone(),
                used.map(|dependency| names[&text(&dependency["pkg"])].clone())
                    .collect(),
            )
        })
        .collect()
}

/// The resolved packages for this machine, as cargo sees them without a network.
fn metadata() -> Value {
    let version = run(Command::new("rustc").arg("-vV"));
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc states its host");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = [
        "metadata",
        "--offline",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        host,
    ];
    serde_json::from_str(&run(Command::new(cargo).args(arguments))).expect("cargo metadata prints JSON")
}

fn run(command: &mut Command) -> String {
    let output = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo and rustc can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn table(file: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).expect("the file lies in the root of the project");
    text.parse().expect("the file is valid TOML")
}

fn strings(list: &toml::Value) -> Vec<String> {
    let items = list.as_array().expect("a list of names");
    items
        .iter()
        .map(|item| item.as_str().expect("a name").to_owned())
        .collect()
}
