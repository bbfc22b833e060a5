//! Index sets and other data from CSV files, and one fault in each.
use super::{HEAD, Outcome, small};
use crate::declarations::Quantity;
use crate::project::MemoryFiles;

const INDICES: &str = "
[unit.fte]
[index.province]
from = 'data/provinces.csv'
key = 'id'
[index.campus]
from = 'data/campuses.csv'
key = 'id'
within = { province = 'lies_in' }
columns = { jobs_now = 'fte' }
";
const PROVINCES: &str = "id,name\nzh,Zuid-Holland\nge,Gelderland\n";
const CAMPUSES: &str = "id,name,lies_in,jobs_now\nwageningen,\"Wageningen, Campus\",ge,6000\ndelft,Delft,zh,4000.5\n";

fn files(text: &str, provinces: &str, campuses: &str) -> MemoryFiles {
    small(&format!("{INDICES}{text}"))
        .with("models/small/data/provinces.csv", provinces)
        .with("models/small/data/campuses.csv", campuses)
}

fn campuses(text: &str) -> Outcome {
    Outcome::model(&files("", PROVINCES, text), "models/small")
}

fn model(text: &str) -> Outcome {
    Outcome::model(&files(text, PROVINCES, CAMPUSES), "models/small")
}

#[test]
fn elements_are_in_order_of_their_keys_with_all_columns() {
    let found = campuses(CAMPUSES).right();
    let campus = &found.indices[0];
    assert_eq!(campus.elements, ["delft", "wageningen"]);
    assert_eq!(found.indices[1].elements, ["ge", "zh"]);
    let (coarser, elements) = &campus.within[0];
    assert_eq!((coarser.value.as_str(), elements.as_slice()), ("province", &[1, 0][..]));
    assert_eq!(campus.columns[0].values, [4000.5, 6000.0]);
    let texts: Vec<_> = campus
        .texts
        .iter()
        .map(|(name, cells)| (name.as_str(), cells[1].as_str()))
        .collect();
    assert_eq!(texts, [("name", "Wageningen, Campus"), ("lies_in", "ge")]);
}

#[test]
fn the_order_of_rows_and_a_byte_order_mark_change_nothing() {
    let other =
        "\u{feff}id,name,lies_in,jobs_now\r\ndelft,Delft,zh,4000.5\r\nwageningen,\"Wageningen, Campus\",ge,6000\r\n";
    let (one, two) = (campuses(CAMPUSES).right(), campuses(other).right());
    assert_eq!(one.indices[0].elements, two.indices[0].elements);
    assert_eq!(one.indices[0].columns[0].values, two.indices[0].columns[0].values);
    assert_eq!(one.indices[0].texts, two.indices[0].texts);
}

#[test]
fn data_may_stand_below_the_project_root() {
    let files = MemoryFiles::new()
        .with("models/small/model.toml", format!("{HEAD}{INDICES}"))
        .with("data/provinces.csv", PROVINCES)
        .with("data/campuses.csv", CAMPUSES);
    Outcome::model(&files, "models/small").right();
}

#[test]
fn data_outside_the_project_is_refused() {
    let files = small("[index.a]\nfrom = '../../../secret.csv'\nkey = 'id'\n");
    Outcome::model(&files, "models/small").only("E0008", &["../../../secret.csv"]);
    let files = small("[index.a]\nfrom = '/etc/passwd'\nkey = 'id'\n");
    Outcome::model(&files, "models/small").only("E0008", &["/etc/passwd"]);
}

#[test]
fn data_that_does_not_exist_is_named() {
    let files = small("[index.a]\nfrom = 'a.csv'\nkey = 'id'\n");
    Outcome::model(&files, "models/small").only("E0001", &["a.csv"]);
    let files = files.with("models/small/a.csv", b"id\n\xff\n".to_vec());
    Outcome::model(&files, "models/small").only("E0002", &["a.csv"]);
}

#[test]
fn an_empty_file_is_refused() {
    campuses("").only("E0031", &["data/campuses.csv"]);
    campuses("id,name,lies_in,jobs_now\n").only("E0031", &["data/campuses.csv"]);
}

#[test]
fn a_ragged_row_is_named() {
    let text = CAMPUSES.replace("delft,Delft,zh,4000.5", "delft,Delft,zh");
    campuses(&text).only("E0032", &["delft,Delft,zh", "id,name,lies_in,jobs_now"]);
}

#[test]
fn a_repeated_or_missing_key_is_named() {
    campuses(&format!("{CAMPUSES}delft,Again,zh,1\n")).only("E0033", &["delft", "delft"]);
    let outcome = campuses(&format!("{CAMPUSES},Nameless,zh,1\n"));
    assert_eq!(
        outcome.only("E0033", &[""]).message,
        "a row of `models/small/data/campuses.csv` has no key"
    );
    campuses(&CAMPUSES.replace("id,name", "id,id")).only("E0033", &["id", "id"]);
}

#[test]
fn a_cell_that_is_not_a_number_is_named() {
    let outcome = campuses(&CAMPUSES.replace("4000.5", "many"));
    let fault = outcome.only("E0034", &["many"]);
    let label = fault.labels[0].span;
    let file = outcome.sources.file(label.file);
    assert_eq!(file.path, "models/small/data/campuses.csv");
    assert_eq!(file.text[..label.range().start].matches('\n').count() + 1, 3, "line");
    campuses(&CAMPUSES.replace("4000.5", "NaN")).only("E0034", &["NaN"]);
    campuses(&CAMPUSES.replace("4000.5", "")).only("E0034", &[""]);
    let comma = campuses(&CAMPUSES.replace("4000.5", "\"4000,5\""));
    assert!(comma.only("E0034", &["\"4000,5\""]).help.is_some());
}

#[test]
fn a_column_that_does_not_exist_gets_a_suggestion() {
    let outcome = campuses(&CAMPUSES.replace("jobs_now", "jobs_nou"));
    assert_eq!(
        outcome.only("E0035", &["jobs_now"]).help.as_deref(),
        Some("did you mean `jobs_nou`?")
    );
    let outcome = campuses("id;name;lies_in;jobs_now\ndelft;Delft;zh;4000\n");
    let help = outcome.diagnostics.list()[0].help.as_deref();
    assert_eq!(help, Some("its cells are separated by `;`: save it with commas"));
}

#[test]
fn an_unknown_element_gets_a_suggestion() {
    let outcome = campuses(&CAMPUSES.replace(",zh,", ",zz,"));
    assert_eq!(outcome.only("E0203", &["zz"]).notes.len(), 1);
    let outcome = campuses(&CAMPUSES.replace(",zh,", ",zz,").replace(",ge,", ",zz,"));
    assert_eq!(outcome.only("E0203", &["zz"]).notes[1], "named in 2 rows");
    let outcome = model("[measure.m]\nlabel = 'M'\nset = {}\nover = 'campus'\nat = ['delft', 'delfd']\n");
    assert_eq!(
        outcome.only("E0203", &["delfd"]).help.as_deref(),
        Some("did you mean `delft`?")
    );
}

#[test]
fn a_measure_may_be_restricted_to_elements() {
    let found = model("[measure.m]\nlabel = 'M'\nset = {}\nover = 'campus'\nat = ['wageningen', 'delft']\n").right();
    let (index, elements) = found.measures[0].at.as_ref().expect("restricted");
    let elements: Vec<_> = elements.iter().map(|element| element.value.as_str()).collect();
    assert_eq!(
        (index.value.as_str(), elements),
        ("campus", vec!["delft", "wageningen"])
    );
    assert!(
        model("[measure.m]\nlabel = 'M'\nset = {}\nover = 'campus'\n")
            .right()
            .measures[0]
            .at
            .is_none()
    );
}

#[test]
fn a_parameter_may_take_a_column_in_element_order() {
    let parameter = |value: &str| format!("[parameter.jobs]\nassumption = 'a'\nover = ['campus']\nvalue = '{value}'\n");
    let found = model(&parameter("column(jobs_now)")).right();
    let value = &found.parameters[0].value;
    assert!(matches!(&value.quantity, Quantity::PerElement(numbers) if numbers == &[4000.5, 6000.0]));
    assert_eq!(value.unit.parts[0].name, "fte", "the unit of the column");
    model(&parameter("column(jobs_now) fte")).right();
    model(&parameter("column(jobs_now) EUR")).only("E0025", &["EUR", "fte"]);
    model(&parameter("column(jobs_then)")).only("E0035", &["jobs_then"]);
    model(&parameter("column(name)"))
        .diagnostics
        .list()
        .iter()
        .for_each(|fault| assert_eq!(fault.code, "E0034"));
}

#[test]
fn an_uncertain_parameter_over_an_index_set_says_how_it_is_drawn() {
    let text = "[parameter.x]\nassumption = 'a'\nover = ['campus']\nvalue = 'uniform(1, 2)'\n";
    model(text).only("E0021", &["uniform(1, 2)", "over"]);
    assert!(model(&format!("{text}draws = 'each'\n")).right().parameters[0].each);
    assert!(!model(&format!("{text}draws = 'shared'\n")).right().parameters[0].each);
    model("[parameter.x]\nassumption = 'a'\nover = ['campus']\nvalue = 3\n").right();
}

#[test]
fn columns_share_the_namespace_of_formulas() {
    model("[variable.jobs_now]\nunit = '1'\nformula = '1'\n").only("E0010", &["jobs_now", "jobs_now"]);
}

#[test]
fn index_sets_do_not_lie_within_themselves() {
    let text = "[index.a]\nfrom = 'a.csv'\nkey = 'id'\nwithin = { a = 'up' }\n";
    let files = small(text).with("models/small/a.csv", "id,up\nx,x\n");
    Outcome::model(&files, "models/small").only("E0026", &["a"]);
}

#[test]
fn a_price_index_has_each_year_once_and_is_above_zero() {
    let deflator = |text: &str| {
        let files = small("[deflator.cpi]\nfrom = 'cpi.csv'\nsource = 's'\n").with("models/small/cpi.csv", text);
        Outcome::model(&files, "models/small")
    };
    deflator("year,index\n2021,0\n").only("E0024", &["2021"]);
    deflator("year,index\n2021,100\n2021,101\n").only("E0033", &["2021", "2021"]);
    deflator("year,index\nlater,100\n").only("E0034", &["later"]);
    deflator("year,value\n2021,100\n").only("E0035", &["cpi.csv"]);
}

#[test]
fn the_region_of_a_party_is_an_element() {
    let party = "[party.city]\nlabel = 'City'\nregion = 'zj'\n";
    let files = files(party, PROVINCES, CAMPUSES);
    let text = format!("{HEAD}{INDICES}{party}").replace("base_year", "region = 'province'\nbase_year");
    let files = files.with("models/small/model.toml", text.clone());
    Outcome::model(&files, "models/small").only("E0203", &["zj"]);
    let files = files.with("models/small/model.toml", text.replace("'zj'", "'zh'"));
    let found = Outcome::model(&files, "models/small").right();
    assert_eq!(
        found.parties[0].region.as_ref().map(|region| region.value.as_str()),
        Some("zh")
    );
}
