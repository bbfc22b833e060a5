//! One fault in a model, its code and its place.
use super::{HEAD, Outcome, small};
use crate::project::MemoryFiles;

const PARTIES: &str = "
[party.treasury]
label = 'Treasury'
[party.firms]
label = 'Firms'
";

fn with_parties(text: &str) -> Outcome {
    Outcome::small(&format!("{PARTIES}{text}"))
}

#[test]
fn a_file_that_is_no_toml_is_named_alone() {
    let files = small("").with("models/small/effects.toml", "[variable.x\nunit = 'EUR'\n");
    let outcome = Outcome::model(&files, "models/small");
    assert!(outcome.declarations.is_none());
    let codes: Vec<_> = outcome.diagnostics.list().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["E0003"]);
    let place = outcome.diagnostics.list()[0].labels[0].span;
    assert_eq!(outcome.sources.file(place.file).path, "models/small/effects.toml");
}

#[test]
fn a_file_that_is_not_utf_8_is_named_alone() {
    let files = small("").with("models/small/effects.toml", b"# caf\xe9".to_vec());
    let outcome = Outcome::model(&files, "models/small");
    let fault = outcome.only("E0002", &[]);
    assert_eq!(fault.message, "`models/small/effects.toml` is not UTF-8");
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let files = MemoryFiles::new().with("models/small/model.toml", format!("\u{feff}{HEAD}[unit.fte]\n"));
    assert_eq!(Outcome::model(&files, "models/small").right().units.len(), 1);
}

#[test]
fn a_folder_without_model_toml_is_no_model() {
    let files = MemoryFiles::new().with("models/small/other.toml", HEAD);
    let outcome = Outcome::model(&files, "models/small");
    outcome.only("E0005", &[]);
    Outcome::model(&files, "models/none").only("E0001", &[]);
    Outcome::model(&files, "../other").only("E0008", &[]);
}

#[test]
fn a_name_declared_in_two_files_points_at_both() {
    let text = "[variable.x]\nunit = '1'\nformula = '1'\n";
    let files = small(text).with(
        "models/small/second.toml",
        "[stock.y]\nunit = '1'\ninitial = 0\nadds = '1 1/year'\n",
    );
    Outcome::model(&files, "models/small").right();
    let twice = files.with("models/small/third.toml", text);
    let outcome = Outcome::model(&twice, "models/small");
    let fault = outcome.only("E0010", &["x", "x"]);
    let paths: Vec<_> = fault
        .labels
        .iter()
        .map(|label| &outcome.sources.file(label.span.file).path)
        .collect();
    assert_eq!(paths, ["models/small/third.toml", "models/small/model.toml"]);
}

#[test]
fn kinds_that_formulas_name_share_one_namespace() {
    let outcome = Outcome::small("[variable.x]\nunit = '1'\nformula = '1'\n[lever.x]\ndefault = 0\ncombine = 'sum'\n");
    let fault = outcome.only("E0010", &["x", "x"]);
    assert_eq!(fault.message, "`x` is both a variable and a lever");
}

#[test]
fn a_flow_may_have_the_name_of_a_parameter() {
    let text = "[parameter.rent]\nvalue = 1\nassumption = 'a'\n[flow.rent]\nkind = 'cost'\nformula = 'rent'\npaid_by = 'firms'\n";
    with_parties(text).right();
}

#[test]
fn two_parameters_cannot_draw_from_one_stream() {
    let text =
        "[defaults.parameter]\nassumption = 'a'\n[parameter.a]\nvalue = 1\n[parameter.b]\nvalue = 1\nstream = 'a'\n";
    Outcome::small(text).only("E0010", &["a", "a"]);
}

#[test]
fn the_model_is_given_once() {
    let files = small("").with("models/small/again.toml", HEAD);
    let outcome = Outcome::model(&files, "models/small");
    assert_eq!(
        outcome.only("E0010", &["model", "model"]).message,
        "`[model]` is given twice"
    );
}

#[test]
fn an_unknown_key_gets_a_suggestion() {
    let outcome = Outcome::small("[variable.x]\nunit = '1'\nformula = '1'\nlable = 'X'\n");
    let fault = outcome.only("E0011", &["lable"]);
    assert_eq!(fault.help.as_deref(), Some("did you mean `label`?"));
    let outcome = Outcome::small("[variable]\nx = { unit = '1', formula = '1', over = [], labels = 'X' }\n");
    outcome.only("E0011", &["labels"]);
}

#[test]
fn an_unknown_key_inside_a_table_gets_a_suggestion() {
    let text = HEAD.replace("last = 2030", "lest = 2030");
    let files = MemoryFiles::new().with("models/small/model.toml", text);
    let fault = Outcome::model(&files, "models/small");
    assert_eq!(
        fault.only("E0011", &["lest"]).help.as_deref(),
        Some("did you mean `last`?")
    );
}

#[test]
fn a_missing_key_says_what_it_is() {
    let outcome = Outcome::small("[variable.x]\nformula = '1'\n");
    let fault = outcome.only("E0012", &["x"]);
    assert_eq!(fault.message, "`[variable.x]` requires `unit`");
    assert_eq!(fault.help.as_deref(), Some("add `unit = …`: a unit between quotes"));
    let outcome = Outcome::small("[stock.s]\nunit = '1'\ninitial = '0'\n");
    assert_eq!(
        outcome.only("E0012", &["s"]).message,
        "`[stock.s]` requires `adds` or `loses`"
    );
}

#[test]
fn a_wrong_type_says_what_is_required_and_found() {
    let outcome = Outcome::small("[variable.x]\nunit = '1'\nformula = ['1']\n");
    let fault = outcome.only("E0013", &["['1']"]);
    assert_eq!(
        fault.message,
        "`formula` of `[variable.x]` requires a formula between quotes, or a number, found a list"
    );
    Outcome::small("[variable.x]\nunit = 1\nformula = '1'\n").only("E0013", &["1"]);
    Outcome::small("[variable]\nx = '1'\n").only("E0013", &["'1'"]);
    Outcome::small("[[variable]]\nunit = '1'\n").only("E0013", &["variable"]);
    Outcome::small("[defaults]\nvariable = 3\n").only("E0013", &["3"]);
    Outcome::small("[unit]\nbar = 3\n").only("E0013", &["3"]);
    Outcome::small("[parameter.x]\nvalue = inf\nassumption = 'a'\n").only("E0013", &["inf"]);
    Outcome::small("[measure.m]\nlabel = 'M'\nset = {}\nstart = 28\n").only("E0013", &["28"]);
}

#[test]
fn an_unknown_kind_is_read_as_what_was_meant() {
    let outcome = with_parties("[flwo.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'nobody'\n");
    assert_eq!(
        outcome.shown(),
        [("E0014", "flwo".to_owned()), ("E0205", "nobody".to_owned())]
    );
    assert_eq!(
        outcome.diagnostics.list()[0].help.as_deref(),
        Some("did you mean `flow`?")
    );
    let outcome = Outcome::small("[discount]\nstandard = '2 %/year'\n");
    let fault = outcome.only("E0014", &["discount"]);
    assert_eq!(fault.notes, ["`[discount]` stands in a study file"]);
}

#[test]
fn a_word_outside_its_vocabulary_gets_a_suggestion() {
    let outcome = Outcome::small("[lever.x]\ndefault = 0\ncombine = 'summ'\n");
    let fault = outcome.only("E0015", &["summ"]);
    assert_eq!(fault.help.as_deref(), Some("did you mean `sum`?"));
    let flow = "[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'firms'\n";
    with_parties(&format!("{flow}pillar = 'hardwear'\n")).only("E0015", &["hardwear"]);
    with_parties(&format!("{flow}discount = 'low'\n")).only("E0015", &["low"]);
    with_parties(&format!("{flow}effect = 'invest'\n")).only("E0015", &["invest"]);
    with_parties(&format!("{flow}headline = 'apart'\n")).only("E0015", &["apart"]);
    Outcome::small("[unpriced.x]\nlabel = 'X'\nsign = 'plus'\nwhy = 'w'\n").only("E0015", &["plus"]);
    Outcome::small("[gate.x]\nwanted = 1\ncapacity = 1\nunserved = 'wait'\n").only("E0015", &["wait"]);
}

#[test]
fn another_language_version_is_refused() {
    let files = MemoryFiles::new().with("models/small/model.toml", HEAD.replace("language = 1", "language = 2"));
    Outcome::model(&files, "models/small").only("E0016", &["2"]);
    let files = small("").with("mkba.toml", "[project]\nname = 'p'\nlanguage = 3\n");
    Outcome::model(&files, "models/small").only("E0016", &["3"]);
}

#[test]
fn an_unknown_index_set_is_named() {
    Outcome::small("[variable.x]\nunit = '1'\nformula = '1'\nover = ['campus']\n").only("E0202", &["campus"]);
    Outcome::small("[measure.m]\nlabel = 'M'\nset = {}\nover = 'campus'\nat = ['a']\n").only("E0202", &["campus"]);
    let region = HEAD.replace("base_year", "region = 'province'\nbase_year");
    let files = MemoryFiles::new().with("models/small/model.toml", region);
    Outcome::model(&files, "models/small").only("E0202", &["province"]);
    Outcome::small("[party.a]\nlabel = 'A'\nregion = 'north'\n").only("E0012", &["north"]);
}

#[test]
fn an_unknown_party_gets_a_suggestion() {
    let outcome = with_parties("[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'tresury'\n");
    let fault = outcome.only("E0205", &["tresury"]);
    assert_eq!(fault.help.as_deref(), Some("did you mean `treasury`?"));
    let table = "[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = { firms = '50 %', cities = 'remainder' }\n";
    with_parties(table).only("E0205", &["cities"]);
}

#[test]
fn an_unknown_lever_is_named() {
    let lever = "[lever.size]\ndefault = 0\ncombine = 'sum'\n";
    let outcome = Outcome::small(&format!("{lever}[measure.m]\nlabel = 'M'\nset = {{ sise = '1' }}\n"));
    assert_eq!(
        outcome.only("E0206", &["sise"]).help.as_deref(),
        Some("did you mean `size`?")
    );
}

#[test]
fn a_name_that_cannot_be_used_is_refused() {
    let variable = |name: &str| format!("[variable.{name}]\nunit = '1'\nformula = '1'\n");
    Outcome::small(&variable("Big")).only("E0211", &["Big"]);
    Outcome::small(&variable("a-b")).only("E0211", &["a-b"]);
    let outcome = Outcome::small(&variable("year"));
    assert_eq!(
        outcome.only("E0211", &["year"]).message,
        "`year` cannot be the name of a variable: it is a unit"
    );
    Outcome::small(&format!("[unit.fte]\n{}", variable("fte"))).only("E0211", &["fte"]);
    let outcome = Outcome::small(&variable("elapsed"));
    assert_eq!(outcome.only("E0211", &["elapsed"]).labels[0].text, "built in");
    Outcome::small(&variable("then")).only("E0211", &["then"]);
    Outcome::small("[unit.MEUR]\n").only("E0211", &["MEUR"]);
    let files = MemoryFiles::new().with("models/small/model.toml", HEAD.replace("'small'", "'Small model'"));
    Outcome::model(&files, "models/small").only("E0211", &["Small model"]);
}

#[test]
fn names_that_no_formula_uses_may_have_hyphens() {
    with_parties("[flow.tax-shift]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'firms'\n").right();
}

#[test]
fn the_years_of_a_model_are_in_order() {
    let horizon = |from: &str, to: &str| {
        let files = MemoryFiles::new().with("models/small/model.toml", HEAD.replace(from, to));
        Outcome::model(&files, "models/small")
    };
    horizon("last = 2030", "last = 2020").only("E0230", &["2026", "2020"]);
    horizon("base_year = 2025", "base_year = 2027").only("E0230", &["2027", "2026"]);
    horizon("last = 2030", "last = 2030, after_opening = 3").only("E0230", &["3", "2030"]);
    horizon(", last = 2030", "").only("E0230", &["{ first = 2026 }"]);
    let missing = horizon("last = 2030", "after_opening = 100");
    assert_eq!(
        missing.only("E0230", &["100"]).message,
        "`after_opening` requires `opening_year`"
    );
    horizon("price_year", "opening_year = 2040\nprice_year").only("E0230", &["2040", "2030"]);
    horizon("last = 2030", "after_opening = 0").only("E0230", &["0"]);
}

#[test]
fn the_last_year_is_counted_from_the_opening_year() {
    let head = HEAD
        .replace("last = 2030", "after_opening = 100")
        .replace("price_year", "opening_year = 2030\nprice_year");
    let files = MemoryFiles::new().with("models/small/model.toml", head);
    assert_eq!(
        Outcome::model(&files, "models/small").right().model.last_year.value,
        2129
    );
}

#[test]
fn a_measure_ends_after_it_starts() {
    let measure = "[measure.m]\nlabel = 'M'\nset = {}\nstart = 2029\nuntil = 2028\n";
    Outcome::small(measure).only("E0231", &["2028", "2029"]);
}

#[test]
fn a_measure_that_is_never_active_is_a_warning() {
    let outcome = Outcome::small("[measure.m]\nlabel = 'M'\nset = {}\nstart = 2040\n");
    assert_eq!(outcome.shown(), [("W0106", "2040".to_owned())]);
    outcome.right();
}

#[test]
fn shares_sum_to_one_or_have_one_remainder() {
    let flow = |shares: &str| {
        with_parties(&format!(
            "[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = {shares}\n"
        ))
    };
    flow("{ firms = '60 %', treasury = '40 %' }").right();
    flow("{ firms = 0.1, treasury = 0.9 }").right();
    flow("{ firms = '70 %', treasury = 'remainder' }").right();
    flow("{ firms = 'share', treasury = 'other_share' }").right();
    let sums = |shares: &str| flow(shares).typed().shown();
    let code = |shares: &str| vec![("E0401", shares.to_owned())];
    for wrong in [
        "{ firms = '60 %', treasury = '30 %' }",
        "{ firms = '110 %', treasury = 'remainder' }",
        "{ firms = -0.1, treasury = 'remainder' }",
    ] {
        assert_eq!(sums(wrong), code(wrong));
    }
    flow("{ firms = 'remainder', treasury = 'remainder' }").only("E0401", &["remainder", "remainder"]);
    flow("{}").only("E0401", &["{}"]);
}

#[test]
fn postings_and_effects_fit_the_kind_of_flow() {
    let outcome =
        with_parties("[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'firms'\naccrues_to = 'firms'\n");
    let fault = outcome.only("E0402", &["accrues_to", "cost"]);
    assert_eq!(fault.help.as_deref(), Some("a cost has `paid_by`"));
    with_parties("[flow.x]\nkind = 'transfer'\nformula = '1 EUR/year'\nfrom = 'firms'\n")
        .only("E0402", &["x", "transfer"]);
    let effect = "[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'firms'\neffect = 'direct'\n";
    with_parties(effect).only("E0402", &["direct", "cost"]);
}

#[test]
fn tax_content_requires_one_treasury_and_one_statement() {
    let flow = "[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'firms'\n";
    with_parties(&format!("{flow}tax = {{ basis = 'factor' }}\n")).only("E0403", &["x"]);
    with_parties(&format!("{flow}tax = {{}}\n")).only("E0403", &["{}"]);
    let treasuries = "[party.a]\nlabel = 'A'\nrole = 'treasury'\n[party.b]\nlabel = 'B'\nrole = 'treasury'\n";
    Outcome::small(treasuries).only("E0403", &["b", "a"]);
}

#[test]
fn a_payer_of_value_added_tax_says_how_it_is_treated() {
    let text = |vat: &str| {
        format!(
            "[party.t]\nlabel = 'T'\nrole = 'treasury'\n[party.city]\nlabel = 'City'\n{vat}[flow.x]\nkind = 'cost'\nformula = '1 EUR/year'\npaid_by = 'city'\ntax = {{ vat = '21 %' }}\n"
        )
    };
    assert_eq!(Outcome::small(&text("")).shown(), [("W0107", "city".to_owned())]);
    let outcome = Outcome::small(&text("vat = 'compensated'\n"));
    assert!(outcome.shown().is_empty());
    assert!(matches!(outcome.right().flows[0].tax, crate::declarations::Tax::Vat(_)));
}

#[test]
fn an_order_of_service_belongs_to_sharing_by_priority() {
    let gate = "[gate.queue]\nwanted = 1\ncapacity = 1\nunserved = 'lost'\n";
    Outcome::small(&format!("{gate}sharing = 'priority'\n")).only("E0012", &["sharing"]);
    Outcome::small(&format!("{gate}priority = '1'\n")).only("E0012", &["priority"]);
    assert!(
        Outcome::small(&format!("{gate}sharing = 'priority'\npriority = '1'\n"))
            .right()
            .gates[0]
            .priority
            .is_some()
    );
}

#[test]
fn restriction_to_elements_requires_an_index_set() {
    Outcome::small("[measure.m]\nlabel = 'M'\nset = {}\nat = ['a']\n").only("E0012", &["at"]);
}

#[test]
fn a_limit_has_a_bound_and_a_unit_equals_something() {
    Outcome::small("[limit.l]\nunit = '1'\nleast = {}\n").only("E0012", &["{}"]);
    Outcome::small("[unit.fte]\nequals = '3'\n").only("E0013", &["'3'"]);
    let units = Outcome::small("[unit]\nbarrel = '159 kg'\n").right().units;
    assert_eq!(
        units[0]
            .equals
            .as_ref()
            .map(|(number, unit)| (*number, unit.parts.len())),
        Some((159.0, 1))
    );
}

#[test]
fn faults_in_text_with_escapes_are_placed_at_the_whole_text() {
    let outcome = Outcome::small("[variable.x]\nunit = '1'\nformula = \"2 *\\t)\"\n");
    let (_, place) = &outcome.shown()[0];
    assert_eq!(place, "\"2 *\\t)\"");
}

#[test]
fn all_faults_are_reported_at_once() {
    let outcome = with_parties(
        "[flow.x]\nkind = 'cost'\nformula = '1 +'\npaid_by = 'nobody'\ncolor = 'red'\n[variable.y]\nunit = '1'\n[parameter.p]\nvalue = 'uniform(3, 1)'\n",
    );
    let codes: Vec<_> = outcome.shown().into_iter().map(|(code, _)| code).collect();
    for code in ["E0011", "E0012", "E0020", "E0022", "E0205"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert_eq!(codes.len(), 6, "and the formula: {codes:?}");
}
