//! Places and names of files as editors give them: lines and UTF-16 units from 0, and addresses that begin with `file://`.
use serde_json::{Value, json};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The byte of a place in a text; places beyond a line are its end.
pub fn byte(text: &str, line: usize, character: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text[start..].lines().next().unwrap_or_default();
    let mut units = 0;
    for (at, letter) in rest.char_indices() {
        if units >= character {
            return start + at;
        }
        units += letter.len_utf16();
    }
    start + rest.len()
}

/// A stretch of bytes as a range of the protocol.
pub fn range(text: &str, bytes: Range<usize>) -> Value {
    json!({ "start": position(text, bytes.start), "end": position(text, bytes.end) })
}

fn position(text: &str, byte: usize) -> Value {
    let before = &text[..text.floor_char_boundary(byte)];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let character: usize = before[start..].chars().map(char::len_utf16).sum();
    json!({ "line": before.matches('\n').count(), "character": character })
}

/// The path of an address; `None` when it is no file.
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let escaped = uri.strip_prefix("file://")?;
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code
            .and_then(|code| u8::from_str_radix(code, 16).ok())
            .filter(|_| *first == b'%')
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    Some(PathBuf::from(String::from_utf8(bytes).ok()?))
}

/// The address of a path.
pub fn uri_of(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let path = path.to_string_lossy();
    let escaped = path.bytes().map(|byte| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    format!("file://{}", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_utf_16_units() {
        let text = "a = 'é𝄞x'\nb";
        assert_eq!(byte(text, 0, 5), 5);
        assert_eq!(byte(text, 0, 8), "a = 'é𝄞".len());
        assert_eq!(byte(text, 1, 0), text.len() - 1);
        assert_eq!(byte(text, 0, 99), text.len() - 2);
        assert_eq!(byte(text, 9, 0), text.len());
        let x = text.find('x').expect("a letter");
        assert_eq!(range(text, x..x + 1)["start"], json!({ "line": 0, "character": 8 }));
        assert_eq!(
            range(text, text.len() - 1..text.len())["end"],
            json!({ "line": 1, "character": 1 })
        );
    }

    #[test]
    fn addresses_and_paths_lead_to_each_other() {
        let path = Path::new("/tmp/een map/é.toml");
        assert_eq!(uri_of(path), "file:///tmp/een%20map/%C3%A9.toml");
        assert_eq!(path_of(&uri_of(path)).as_deref(), Some(path));
        assert_eq!(path_of("untitled:1"), None);
    }
}
