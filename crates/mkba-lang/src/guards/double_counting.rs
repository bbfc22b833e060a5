//! No gain is counted twice: flows that claim one channel, or two channels that a rulebook forbids beside each other.
use super::gain::{in_words, meet};
use crate::declarations::{Declarations, Flow, Name};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::read::closest;
use mkba_core::rulebook::Rulebook;

const MEND: &str = "drop one of them; or divide the gain with `[apportionment.NAME]`, shares and a reason; or, if these are gains of different people, places or \
                    years, say so in `gain = { who, where, from, until }` of both";

/// A flow that claims a channel.
struct Claim<'d> {
    flow: &'d Flow,
    channel: &'d Name,
}

/// No two flows claim the same channel where their gains meet, unless the gain is divided over them.
pub fn same_channel(declarations: &Declarations, diagnostics: &mut Diagnostics) {
    each_pair(declarations, |first, second| {
        if first.channel.value == second.channel.value {
            let (a, b) = (&first.flow.name.value, &second.flow.name.value);
            let fault = Diagnostic::error(
                "E0501",
                format!("`{b}` and `{a}` count the same gain"),
                second.channel.span,
                format!("also claimed by `{a}`"),
            );
            let fault = fault.and(first.channel.span, "first claimed here");
            diagnostics.push(scoped(fault, &first, &second).help(MEND));
        }
    });
}

/// No two flows claim channels that the rulebook forbids beside each other, where their gains meet, unless the gain is divided over them.
pub fn forbidden_pairs(declarations: &Declarations, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    each_pair(declarations, |first, second| {
        let (one, other) = (&first.channel.value, &second.channel.value);
        let Some(pair) = rulebook.forbids(one, other) else {
            return;
        };
        let (a, b) = (&first.flow.name.value, &second.flow.name.value);
        let fault = Diagnostic::error(
            "E0502",
            format!("`{b}` and `{a}` count the same gain"),
            second.channel.span,
            format!("`{other}` of `{b}`"),
        )
        .and(first.channel.span, format!("`{one}` of `{a}`"))
        .note(format!("`{one}` beside `{other}`: {}", pair.reason.en))
        .note(format!("source: {}", pair.source));
        diagnostics.push(scoped(fault, &first, &second).help(MEND));
    });
}

/// A channel that the rulebook does not know is guarded by none of its pairs.
pub fn unknown_channels(declarations: &Declarations, rulebook: &Rulebook, diagnostics: &mut Diagnostics) {
    if rulebook.channels.is_empty() {
        return;
    }
    let channels = declarations.flows.iter().flat_map(|flow| &flow.channels);
    for channel in channels.filter(|channel| !rulebook.channels.contains_key(&channel.value)) {
        let message = format!("rulebook `{}` knows no channel `{}`", rulebook.id, channel.value);
        let fault = Diagnostic::error("W0121", message, channel.span, "guarded by no forbidden pair").warning();
        let help = match closest(&channel.value, rulebook.channels.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`docs/method/double-counting.md` lists the channels; a second flow with this one is refused all the same".to_owned(),
        };
        diagnostics.push(fault.help(help));
    }
}

/// Every two claims of different flows whose gains meet and that no apportionment divides.
fn each_pair<'d>(declarations: &'d Declarations, mut look: impl FnMut(Claim<'d>, Claim<'d>)) {
    for (number, second) in declarations.flows.iter().enumerate() {
        for first in &declarations.flows[..number] {
            let (a, b) = (&first.name.value, &second.name.value);
            let divided = || declarations.apportionments.iter().any(|it| it.has(a) && it.has(b));
            let idle = first.channels.is_empty() || second.channels.is_empty();
            if idle || divided() || !meet(declarations, &first.gain, &second.gain) {
                continue;
            }
            for channel in &second.channels {
                for earlier in &first.channels {
                    let claim = |flow, channel| Claim { flow, channel };
                    look(claim(first, earlier), claim(second, channel));
                }
            }
        }
    }
}

/// With a note on whose gains meet, where that is stated.
fn scoped(fault: Diagnostic, first: &Claim<'_>, second: &Claim<'_>) -> Diagnostic {
    let parts = [first, second].map(|claim| (&claim.flow.name.value, in_words(&claim.flow.gain)));
    parts
        .into_iter()
        .fold(fault, |fault, (flow, words)| match words.as_str() {
            "" => fault,
            words => fault.note(format!("gain of `{flow}`: {words}")),
        })
}
