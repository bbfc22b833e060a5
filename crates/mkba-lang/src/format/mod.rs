//! How files are written: keys in the order of their kind, `=` and comments aligned, one blank line between declarations.
//!
//! Comments, names, texts, numbers and the line breaks of formulas stay as the author wrote them, and so does the order of declarations.
//! Formatting again changes nothing.
mod comments;
mod order;
mod value;

use comments::{Above, aligned, tidy};
use order::Kinds;
use toml_edit::{DocumentMut, Item, KeyMut, Table, Value};

/// A file in the canonical style. `None` when it is no TOML: `mkba check` says what is wrong with it.
///
/// ```
/// use mkba_lang::format::format;
/// let text = "[parameter.rent]\nassumption='teaching value'   # see the notes\nvalue= \"180 EUR/m2/year\"";
/// assert_eq!(
///     format(text).as_deref(),
///     Some("[parameter.rent]\nvalue      = \"180 EUR/m2/year\"\nassumption = 'teaching value'                 # see the notes\n")
/// );
/// ```
#[must_use]
pub fn format(text: &str) -> Option<String> {
    // Lines end in one way; within texts of several lines TOML reads both alike.
    let text = text.replace("\r\n", "\n");
    let mut document: DocumentMut = text.parse().ok()?;
    let kinds = Kinds::of(document.as_table());
    let first = first_table(document.as_table());
    let trailing = tidy(document.trailing().as_str().unwrap_or_default(), Above::Keep);
    document.set_trailing(trailing.trim_end_matches('\n').to_owned());
    let mut writer = Writer { kinds, first };
    writer.table(document.as_table_mut(), &mut Vec::new());
    let text = document.to_string();
    Some(format!("{}\n", text.trim_end_matches('\n')))
}

/// Whether a TOML text is a model, study, scenario or project file: all its tables are of kinds that stand there.
#[must_use]
pub fn is_of_the_language(text: &str) -> bool {
    text.parse::<DocumentMut>().is_ok_and(|document| {
        let root = document.as_table();
        let kinds = Kinds::of(root);
        !root.is_empty() && root.iter().all(|(word, _)| kinds.has(word))
    })
}

struct Writer {
    kinds: Kinds,
    /// Position of the table that stands first, when nothing stands before it.
    first: Option<isize>,
}

impl Writer {
    /// A table with its keys and the tables below it. `path` is its name.
    fn table(&mut self, table: &mut Table, path: &mut Vec<String>) {
        let order = self.kinds.keys(path);
        if let Some(keys) = order {
            let rank = |key: &str| keys.iter().position(|known| known.name == key).unwrap_or(keys.len());
            table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
        }
        let width = table
            .get_values()
            .iter()
            .map(|(keys, _)| written(keys))
            .max()
            .unwrap_or(0);
        let mut first = true;
        values(table, "", width, &mut first);
        for (mut key, item) in table.iter_mut() {
            path.push(key.get().to_owned());
            match item {
                Item::Table(inner) => {
                    if !inner.is_dotted() {
                        plain_key(&mut key);
                        self.heading(inner, &path.join("."));
                    }
                    self.table(inner, path);
                }
                Item::ArrayOfTables(list) => {
                    plain_key(&mut key);
                    for inner in list.iter_mut() {
                        self.heading(inner, &format!("[{}]", path.join(".")));
                        self.table(inner, path);
                    }
                }
                Item::Value(_) | Item::None => {}
            }
            path.pop();
        }
    }

    /// What stands above and behind `[name]`.
    fn heading(&self, table: &mut Table, name: &str) {
        let above = if table.position().is_some() && table.position() == self.first {
            Above::Nothing
        } else {
            Above::OneLine
        };
        let decor = table.decor_mut();
        let text =
            |part: Option<&toml_edit::RawString>| part.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
        let (before, behind) = (text(decor.prefix()), text(decor.suffix()));
        decor.set_prefix(tidy(&before, above));
        decor.set_suffix(aligned(name.chars().count() + 2, &behind));
    }
}

/// Position of the first table with a heading, unless keys stand before all tables.
fn first_table(root: &Table) -> Option<isize> {
    fn least(table: &Table) -> Option<isize> {
        let below = table.iter().filter_map(|(_, item)| match item {
            Item::Table(inner) => least(inner),
            Item::ArrayOfTables(list) => list.iter().filter_map(least).min(),
            _ => None,
        });
        let own = table.position().filter(|_| !table.is_implicit() && !table.is_dotted());
        own.into_iter().chain(below).min()
    }
    let headings = root.iter().filter_map(|(_, item)| match item {
        Item::Table(inner) => least(inner),
        Item::ArrayOfTables(list) => list.iter().filter_map(least).min(),
        _ => None,
    });
    if root.get_values().is_empty() {
        headings.min()
    } else {
        None
    }
}

/// How many characters the keys of one value take, with points between them.
fn written(keys: &[&toml_edit::Key]) -> usize {
    keys.iter().map(|key| key.display_repr().chars().count()).sum::<usize>() + keys.len() - 1
}

/// Nothing between a key and what stands around it.
fn plain_key(key: &mut KeyMut<'_>) {
    key.leaf_decor_mut().clear();
    key.dotted_decor_mut().clear();
}

/// The keys of a table with their values, `=` below each other. `before` is what stands before a dotted key.
fn values(table: &mut Table, before: &str, width: usize, first: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        let name = format!("{before}{}", key.display_repr());
        match item {
            Item::Value(it) => {
                let above = if *first { Above::Nothing } else { Above::Keep };
                *first = false;
                let length = name.chars().count();
                let decor = key.leaf_decor_mut();
                let prefix = decor
                    .prefix()
                    .and_then(|raw| raw.as_str())
                    .unwrap_or_default()
                    .to_owned();
                decor.set_prefix(tidy(&prefix, above));
                decor.set_suffix(" ".repeat(width.saturating_sub(length) + 1));
                key.dotted_decor_mut().clear();
                one(it, width);
            }
            Item::Table(inner) if inner.is_dotted() => {
                key.dotted_decor_mut().clear();
                values(inner, &format!("{name}."), width, first);
            }
            _ => {}
        }
    }
}

/// A value behind `=` and the comment behind it.
fn one(it: &mut Value, width: usize) {
    value::tidy(it);
    let comment = it
        .decor()
        .suffix()
        .and_then(|raw| raw.as_str())
        .unwrap_or_default()
        .to_owned();
    it.decor_mut().set_prefix(" ");
    it.decor_mut().set_suffix("");
    let text = it.to_string();
    let last_line = match text.rsplit_once('\n') {
        Some((_, line)) => line.chars().count(),
        None => width + 2 + text.chars().count(),
    };
    it.decor_mut().set_suffix(aligned(last_line, &comment));
}

#[cfg(test)]
mod tests {
    use super::format;

    #[track_caller]
    fn becomes(text: &str, formatted: &str) {
        assert_eq!(format(text).as_deref(), Some(formatted));
        assert_eq!(format(formatted).as_deref(), Some(formatted), "again");
    }

    #[test]
    fn keys_of_a_declaration_come_in_the_order_of_their_kind_with_their_comments() {
        becomes(
            "[variable.a]\n# how it is computed\nformula='1'# one\nlabel='A'\n",
            "[variable.a]\nlabel   = 'A'\n# how it is computed\nformula = '1'                                 # one\n",
        );
    }

    #[test]
    fn one_blank_line_stands_between_declarations_and_none_at_the_ends() {
        becomes(
            "\n\n# head\n\n\n[ lever . a ]\n\ndefault=0\n\n\n\n# two\n[lever.b]\ndefault=1\n\n# end\n\n",
            "# head\n\n[lever.a]\ndefault = 0\n\n# two\n[lever.b]\ndefault = 1\n\n# end\n",
        );
    }

    #[test]
    fn lists_and_tables_on_one_line_have_one_way_and_others_stay() {
        becomes(
            "[flow.a]\npaid_by={x='1',y = \"2\"}\nchannel=[ 'a','b' , ]\n",
            "[flow.a]\npaid_by = { x = '1', y = \"2\" }\nchannel = ['a', 'b']\n",
        );
        let list = "[study]\nscenarios = [\n    \"a\", # first\n  \"b\",\n]\n";
        becomes(list, list);
    }

    #[test]
    fn formulas_and_names_in_one_table_stay_as_they_are() {
        becomes(
            "[parameter]\nb = {value='1'}\n# group\nlonger = {value='2'}\n[variable.x]\nformula = '''\n  a   +\n     b  # c\n'''   # d\n",
            "[parameter]\nb      = { value = '1' }\n# group\nlonger = { value = '2' }\n\n[variable.x]\nformula = '''\n  a   +\n     b  # c\n'''                                           # d\n",
        );
    }

    #[test]
    fn a_table_that_is_written_with_points_is_aligned_as_a_whole() {
        becomes(
            "[standing]\ndefault = true\nnote.nl = 'a'\nnote . english = 'b'\n",
            "[standing]\ndefault      = true\nnote.nl      = 'a'\nnote.english = 'b'\n",
        );
    }

    #[test]
    fn what_is_no_toml_is_left_alone() {
        assert_eq!(format("[a\nb = "), None);
        assert_eq!(format("").as_deref(), Some("\n"));
    }
}
