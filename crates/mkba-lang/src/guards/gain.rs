//! Whether two gains meet: the same people, at the same place, in the same years.
use crate::declarations::{Declarations, Gain, Name};

/// Whether some part of one gain may be part of the other. What is not stated is everybody, everywhere, always.
pub fn meet(declarations: &Declarations, one: &Gain, other: &Gain) -> bool {
    let in_time = years(one).0 <= years(other).1 && years(other).0 <= years(one).1;
    in_time && people_meet(declarations, &one.who, &other.who) && places_meet(declarations, &one.places, &other.places)
}

/// In words, for a message: `who = \`tenants\`, until 2049`; empty when nothing is stated.
pub fn in_words(gain: &Gain) -> String {
    let list = |names: &[Name]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{}`", name.value)).collect();
        names.join(", ")
    };
    let mut parts = Vec::new();
    if !gain.who.is_empty() {
        parts.push(format!("who: {}", list(&gain.who)));
    }
    if !gain.places.is_empty() {
        parts.push(format!("where: {}", list(&gain.places)));
    }
    parts.extend(gain.from.as_ref().map(|year| format!("from {}", year.value)));
    parts.extend(gain.until.as_ref().map(|year| format!("until {}", year.value)));
    parts.join("; ")
}

fn years(gain: &Gain) -> (i32, i32) {
    let year = |year: &Option<crate::source::Spanned<i32>>, open| year.as_ref().map_or(open, |year| year.value);
    (year(&gain.from, i32::MIN), year(&gain.until, i32::MAX))
}

fn people_meet(declarations: &Declarations, some: &[Name], others: &[Name]) -> bool {
    let within = |inner: &str, outer: &str| chain(declarations, inner).iter().any(|group| group == outer);
    some.is_empty()
        || others.is_empty()
        || some.iter().any(|a| {
            others
                .iter()
                .any(|b| within(&a.value, &b.value) || within(&b.value, &a.value))
        })
}

/// A group and those it lies within.
fn chain(declarations: &Declarations, group: &str) -> Vec<String> {
    let mut found = vec![group.to_owned()];
    while let Some(above) = declarations
        .groups
        .iter()
        .find(|it| found.last() == Some(&it.name.value))
        .and_then(|it| it.within.as_ref())
        .filter(|above| !found.contains(&above.value))
    {
        found.push(above.value.clone());
    }
    found
}

/// An element of an index set, or a place outside them all.
#[derive(PartialEq)]
enum Place {
    Element(usize, u32),
    Outside(String),
}

fn places_meet(declarations: &Declarations, some: &[Name], others: &[Name]) -> bool {
    if some.is_empty() || others.is_empty() {
        return true;
    }
    let (some, others) = (expand(declarations, some), expand(declarations, others));
    some.iter().any(|a| {
        others.iter().any(|b| match (a, b) {
            (Place::Element(i, e), Place::Element(k, f)) => {
                let (above, other) = (upwards(declarations, *i, *e), upwards(declarations, *k, *f));
                // Two elements lie apart when an index set that both belong to tells them apart.
                !above
                    .iter()
                    .any(|(index, element)| other.iter().any(|(at, it)| at == index && it != element))
            }
            _ => a == b,
        })
    })
}

fn expand(declarations: &Declarations, places: &[Name]) -> Vec<Place> {
    let mut found = Vec::new();
    for place in places {
        let before = found.len();
        for (number, index) in declarations.indices.iter().enumerate() {
            let all = index.name.value == place.value;
            let elements = (0u32..).zip(&index.elements);
            let wanted = elements.filter(|(_, key)| all || **key == place.value);
            found.extend(wanted.map(|(element, _)| Place::Element(number, element)));
        }
        if found.len() == before {
            found.push(Place::Outside(place.value.clone()));
        }
    }
    found
}

/// An element and those of the coarser index sets in which it lies.
fn upwards(declarations: &Declarations, index: usize, element: u32) -> Vec<(usize, u32)> {
    let mut found = vec![(index, element)];
    let mut next = 0;
    while let Some(&(index, element)) = found.get(next) {
        for (coarse, map) in &declarations.indices[index].within {
            let number = declarations.indices.iter().position(|it| it.name.value == coarse.value);
            if let (Some(number), Some(&above)) = (number, map.get(element as usize))
                && !found.iter().any(|(seen, _)| *seen == number)
            {
                found.push((number, above));
            }
        }
        next += 1;
    }
    found
}
