//! Lists and tables on one line: one space after `{`, around `=` and after commas.
use toml_edit::Value;

/// Tidies a value that stands on one line; one over several lines is its author's.
pub fn tidy(value: &mut Value) {
    if value.to_string().contains('\n') || dotted(value) {
        return;
    }
    inner(value);
}

/// Whether a table inside the value is written with points in its keys.
fn dotted(value: &Value) -> bool {
    match value {
        Value::InlineTable(table) => table.is_dotted() || table.iter().any(|(_, it)| dotted(it)),
        Value::Array(list) => list.iter().any(dotted),
        _ => false,
    }
}

fn inner(value: &mut Value) {
    match value {
        Value::InlineTable(table) => {
            let last = table.len().saturating_sub(1);
            for (number, (mut key, it)) in table.iter_mut().enumerate() {
                key.leaf_decor_mut().set_prefix(" ");
                key.leaf_decor_mut().set_suffix(" ");
                inner(it);
                it.decor_mut().set_prefix(" ");
                it.decor_mut().set_suffix(if number == last { " " } else { "" });
            }
            table.set_trailing_comma(false);
            table.set_trailing("");
        }
        Value::Array(list) => {
            for (number, it) in list.iter_mut().enumerate() {
                inner(it);
                it.decor_mut().set_prefix(if number == 0 { "" } else { " " });
                it.decor_mut().set_suffix("");
            }
            list.set_trailing_comma(false);
            list.set_trailing("");
        }
        _ => {}
    }
}
