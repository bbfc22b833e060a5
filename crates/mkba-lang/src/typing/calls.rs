//! Functions of the language.
mod aggregate;
mod arguments;
mod past;

use super::infer::{Typist, constant};
use super::messages;
use super::scope::Scope;
use super::tree::{Arithmetic, Function, Kind, Member, Shape, Symbol, Typed};
use crate::diagnostic::Diagnostic;
use crate::read::closest;
use crate::source::{Span, Spanned};
use crate::syntax::{Argument, Expr, ExprKind};
use crate::unit::Dimensions;
use aggregate::aggregate;
use arguments::bind;
use past::{previous, stock};

/// Name and argument names of every function. A name in brackets may be left out; `...` takes any number.
pub const FUNCTIONS: [(&str, &[&str]); 24] = [
    ("abs", &["x"]),
    ("clamp", &["x", "low", "high"]),
    ("count", &["condition over index"]),
    ("cumulative", &["x"]),
    ("exp", &["x"]),
    ("fade", &["from", "over"]),
    ("greatest", &["x over index"]),
    ("grown", &["rate"]),
    ("lagged", &["x", "by", "before"]),
    ("least_of", &["x over index"]),
    ("ln", &["x"]),
    ("lookup", &["series", "x"]),
    ("max", &["..."]),
    ("mean", &["x over index"]),
    ("min", &["..."]),
    ("opening", &["stock"]),
    ("previous", &["x", "[first]"]),
    ("ramp", &["from", "over"]),
    ("ratio", &["a", "b", "if_none"]),
    ("ration", &["wanted", "available"]),
    ("round_down", &["x", "[step]"]),
    ("round_up", &["x", "[step]"]),
    ("sqrt", &["x"]),
    ("sum", &["x over index"]),
];

/// Names that functions have in spreadsheets and other languages, with the name here.
const ELSEWHERE: [(&str, &str); 13] = [
    ("average", "mean"),
    ("avg", "mean"),
    ("ceil", "round_up"),
    ("ceiling", "round_up"),
    ("delay", "lagged"),
    ("floor", "round_down"),
    ("lag", "lagged"),
    ("log", "ln"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("power", "^"),
    ("round", "round_down"),
    ("total", "sum"),
];

/// Types a call.
pub fn call(
    typist: &mut Typist<'_, '_>,
    function: &Spanned<String>,
    arguments: &[Argument],
    span: Span,
) -> Option<Typed> {
    let name = function.value.as_str();
    let known = FUNCTIONS.iter().find(|(known, _)| *known == name);
    let Some((_, parameters)) = known else {
        let names = FUNCTIONS.iter().map(|(known, _)| *known);
        let elsewhere = ELSEWHERE
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, here)| *here);
        let help = if typist.scope.symbols.contains_key(name) {
            format!("`{name}` is a value: write `{name} * (…)` to multiply")
        } else if let Some(near) = elsewhere.or_else(|| closest(name, names)) {
            format!("did you mean `{near}`?")
        } else {
            let names: Vec<&str> = FUNCTIONS.iter().map(|(known, _)| *known).collect();
            format!("the functions are {}", names.join(", "))
        };
        let fault = Diagnostic::error(
            "E0208",
            format!("unknown function `{name}`"),
            function.span,
            "not a function",
        );
        typist.diagnostics.push(fault.help(help));
        return None;
    };
    if let "sum" | "mean" | "greatest" | "least_of" | "count" = name {
        return aggregate(typist, function, arguments, span);
    }
    if let Some(argument) = arguments
        .iter()
        .find(|a| a.over.is_some() || a.condition.is_some() || a.key.is_some())
    {
        typist.diagnostics.push(
            Diagnostic::error(
                "E0209",
                format!("`{name}` takes no `over`"),
                argument.value.span,
                "with `over`",
            )
            .help("`over` belongs in `sum`, `mean`, `greatest`, `least_of` and `count`"),
        );
        return None;
    }
    if *parameters == ["..."] {
        return extreme(typist, function, arguments, span);
    }
    let given = bind(typist, function, parameters, arguments, span)?;
    let get = |n: usize| given.get(n).copied().flatten();
    match name {
        "abs" | "sqrt" | "exp" | "ln" => one(typist, name, get(0)?, span),
        "clamp" => {
            let (x, low, high) = three(typist, get(0)?, get(1)?, get(2)?)?;
            let shape = typist.common(&x, &low, name)?;
            let lower = Typed {
                shape,
                ..typist.pair(Arithmetic::Max, x, low, Shape::Zero, span)
            };
            let shape = typist.common(&lower, &high, name)?;
            Some(typist.pair(Arithmetic::Min, lower, high, shape, span))
        }
        "round_up" | "round_down" => {
            let value = typist.amount(get(0)?);
            let step = match get(1) {
                Some(step) => typist.amount(step),
                None => Some(Typed {
                    kind: Kind::Number(1.0),
                    set: mkba_core::graph::space::SetId::NONE,
                    shape: Shape::plain(),
                    span,
                }),
            };
            let (value, step) = (value?, step?);
            let shape = typist.common(&value, &step, name)?;
            let set = typist.scope.space.union(value.set, step.set);
            let kind = Kind::Round {
                up: name == "round_up",
                value: Box::new(value),
                step: Box::new(step),
            };
            Some(Typed { kind, set, shape, span })
        }
        "ratio" => {
            let (above, below, if_none) = three(typist, get(0)?, get(1)?, get(2)?)?;
            let divided = typist.pair(
                Arithmetic::Divide,
                above.clone(),
                below.clone(),
                quotient(&above, &below),
                span,
            );
            let shape = typist.common(&divided, &if_none, name)?;
            let set = typist.scope.space.union(divided.set, if_none.set);
            let kind = Kind::Ratio {
                above: Box::new(above),
                below: Box::new(below),
                if_none: Box::new(if_none),
            };
            Some(Typed { kind, set, shape, span })
        }
        "opening" => {
            let stock = stock(typist, get(0)?)?;
            let symbol = Symbol::Stock(stock);
            let set = typist.scope.sets[&symbol];
            let shape = typist.scope.shape(symbol)?.clone();
            Some(Typed {
                kind: Kind::Opening(stock),
                set,
                shape,
                span,
            })
        }
        "previous" => previous(typist, get(0)?, get(1), span),
        "lagged" => {
            let (of, by, before) = three(typist, get(0)?, get(1)?, get(2)?)?;
            require(typist, &by, &Scope::time(), "`lagged` requires a duration as its lag")?;
            let shape = typist.common(&of, &before, name)?;
            let set = typist.scope.space.union(of.set, by.set);
            let set = typist.scope.space.union(set, before.set);
            Some(Typed {
                kind: Kind::Lagged {
                    of: Box::new(of),
                    by: Box::new(by),
                    before: Box::new(before),
                },
                set,
                shape,
                span,
            })
        }
        "cumulative" => {
            let of = typist.amount(get(0)?)?;
            let shape = Shape::Amount(dimensions(&of.shape).multiply(&Scope::time()));
            let set = of.set;
            Some(Typed {
                kind: Kind::Cumulative(Box::new(of)),
                set,
                shape,
                span,
            })
        }
        "grown" => {
            let rate = typist.amount(get(0)?)?;
            require(
                typist,
                &rate,
                &Dimensions::default().divide(&Scope::time()),
                "`grown` requires a rate per year, such as `2 %/year`",
            )?;
            let set = rate.set;
            Some(Typed {
                kind: Kind::Grown(Box::new(rate)),
                set,
                shape: Shape::plain(),
                span,
            })
        }
        "ramp" | "fade" => {
            let from = typist.expression(get(0)?);
            let over = typist.amount(get(1)?);
            let (from, over) = (from?, over?);
            let is_year = from.shape == Shape::Calendar
                || constant(&from).is_some_and(|n| n >= 1000.0 && from.shape == Shape::plain());
            if !is_year {
                require(
                    typist,
                    &from,
                    &Scope::time(),
                    &format!("`{name}` requires `from` as a calendar year, or as a duration since the base year"),
                )?;
            }
            require(
                typist,
                &over,
                &Scope::time(),
                &format!("`{name}` requires `over` as a duration"),
            )?;
            let from = if is_year {
                Typed {
                    shape: Shape::Calendar,
                    ..from
                }
            } else {
                from
            };
            let set = typist.scope.space.union(from.set, over.set);
            let kind = Kind::Ramp {
                falling: name == "fade",
                from: Box::new(from),
                over: Box::new(over),
            };
            Some(Typed {
                kind,
                set,
                shape: Shape::plain(),
                span,
            })
        }
        "lookup" => lookup(typist, get(0)?, get(1)?, span),
        "ration" => {
            let (wanted, available) = (typist.amount(get(0)?), typist.amount(get(1)?));
            let (wanted, available) = (wanted?, available?);
            let shape = typist.common(&wanted, &available, name)?;
            coarser(typist, &wanted, &available)?;
            let set = wanted.set;
            let kind = Kind::Ration {
                wanted: Box::new(wanted),
                available: Box::new(available),
            };
            Some(Typed { kind, set, shape, span })
        }
        _ => unreachable!("every function of the table is typed"),
    }
}

/// The value of a gate's member.
pub fn gate_member(typist: &mut Typist<'_, '_>, gate: usize, member: Member, span: Span) -> Option<Typed> {
    let symbol = Symbol::Gate(gate);
    let set = typist.scope.sets[&symbol];
    let wanted = typist.scope.shape(symbol).cloned();
    let wanted = if matches!(member, Member::Binding | Member::SubstituteCost) {
        Shape::Zero
    } else {
        wanted?
    };
    let shape = member_shape(&wanted, member);
    Some(Typed {
        kind: Kind::Gate(gate, member),
        set,
        shape,
        span,
    })
}

/// What the numbers of a member are, where `wanted` is what those of its gate are.
pub fn member_shape(wanted: &Shape, member: Member) -> Shape {
    match member {
        Member::Binding => Shape::plain(),
        Member::SubstituteCost => Shape::Amount(Dimensions::money_per_time()),
        Member::Granted | Member::Unserved | Member::Substituted => wanted.clone(),
        Member::Waiting | Member::Asked => Shape::Amount(dimensions(wanted).multiply(&Scope::time())),
    }
}

/// Money for one unit of what a gate lets through.
pub fn price_of(wanted: &Shape) -> Dimensions {
    let amount = dimensions(wanted).multiply(&Scope::time());
    Dimensions::money_per_time().multiply(&Scope::time()).divide(&amount)
}

/// Capacity must be shared over the same set or a coarser one.
pub fn coarser(typist: &mut Typist<'_, '_>, wanted: &Typed, available: &Typed) -> Option<()> {
    if typist.scope.space.map(wanted.set, available.set).is_some() {
        return Some(());
    }
    let scope = &typist.scope;
    let wanted_over = scope.set_names(wanted.set);
    let extra = scope
        .set_names(available.set)
        .into_iter()
        .find(|name| !wanted_over.contains(name))
        .unwrap_or_default();
    let fault = Diagnostic::error(
        "E0312",
        "what is available cannot be over a finer index set than what is wanted",
        available.span,
        format!("available {}", scope.over(available.set)),
    );
    let fault = fault
        .and(wanted.span, format!("wanted {}", scope.over(wanted.set)))
        .help(format!(
            "sum what is available: `sum(… over {extra})`, or want it for each element of `{extra}`"
        ));
    typist.diagnostics.push(fault);
    None
}

fn dimensions(shape: &Shape) -> Dimensions {
    match shape {
        Shape::Amount(dimensions) => dimensions.clone(),
        _ => Dimensions::default(),
    }
}

fn quotient(above: &Typed, below: &Typed) -> Shape {
    Shape::Amount(dimensions(&above.shape).divide(&dimensions(&below.shape)))
}

fn three(typist: &mut Typist<'_, '_>, a: &Expr, b: &Expr, c: &Expr) -> Option<(Typed, Typed, Typed)> {
    let (a, b, c) = (typist.amount(a), typist.amount(b), typist.amount(c));
    Some((a?, b?, c?))
}

fn require(typist: &mut Typist<'_, '_>, value: &Typed, required: &Dimensions, why: &str) -> Option<()> {
    match &value.shape {
        Shape::Zero => Some(()),
        Shape::Amount(found) if found == required => Some(()),
        _ => {
            let fault = messages::wrong_unit(typist.scope, "E0303", why.to_owned(), value, required, None);
            typist.diagnostics.push(fault);
            None
        }
    }
}

fn one(typist: &mut Typist<'_, '_>, name: &str, x: &Expr, span: Span) -> Option<Typed> {
    let x = typist.amount(x)?;
    let (function, shape) = match name {
        "abs" => (Function::Abs, x.shape.clone()),
        "sqrt" => {
            let Some(root) = dimensions(&x.shape).root(2) else {
                let found = typist.scope.unit(&x.shape);
                typist.diagnostics.push(
                    Diagnostic::error("E0304", "`sqrt` requires even powers of units", x.span, found)
                        .help("divide by the unit first: the root of a number without unit always exists"),
                );
                return None;
            };
            (Function::Sqrt, Shape::Amount(root))
        }
        _ => {
            require(
                typist,
                &x,
                &Dimensions::default(),
                &format!("`{name}` requires a number without unit"),
            )?;
            (if name == "exp" { Function::Exp } else { Function::Ln }, Shape::plain())
        }
    };
    let set = x.set;
    Some(Typed {
        kind: Kind::Function(function, Box::new(x)),
        set,
        shape,
        span,
    })
}

fn extreme(
    typist: &mut Typist<'_, '_>,
    function: &Spanned<String>,
    arguments: &[Argument],
    span: Span,
) -> Option<Typed> {
    let name = function.value.as_str();
    if arguments.len() < 2 {
        typist.diagnostics.push(
            Diagnostic::error(
                "E0209",
                format!("`{name}` requires at least two values"),
                span,
                "too few",
            )
            .help(format!(
                "for the elements of an index set use `{}(x over index)`",
                if name == "min" { "least_of" } else { "greatest" }
            )),
        );
        return None;
    }
    let how = if name == "min" {
        Arithmetic::Min
    } else {
        Arithmetic::Max
    };
    let typed: Vec<Option<Typed>> = arguments
        .iter()
        .map(|argument| typist.amount(&argument.value))
        .collect();
    let mut typed = typed.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
    let first = typed.next()?;
    typed.try_fold(first, |so_far, next| {
        let shape = typist.common(&so_far, &next, name)?;
        Some(typist.pair(how, so_far, next, shape, span))
    })
}

fn lookup(typist: &mut Typist<'_, '_>, series: &Expr, x: &Expr, span: Span) -> Option<Typed> {
    let at = typist.expression(x);
    let ExprKind::Name {
        name,
        member: None,
        element: None,
    } = &series.kind
    else {
        typist.diagnostics.push(Diagnostic::error(
            "E0209",
            "`lookup` requires the name of a series",
            series.span,
            "not a name",
        ));
        return None;
    };
    let Symbol::Series(number) = typist.scope.find(name, typist.diagnostics)? else {
        typist.diagnostics.push(Diagnostic::error(
            "E0209",
            "`lookup` requires a series",
            series.span,
            "not a series",
        ));
        return None;
    };
    let at = at?;
    if at.shape != Shape::Calendar && at.shape != Shape::plain() {
        let found = typist.scope.unit(&at.shape);
        typist.diagnostics.push(
            Diagnostic::error("E0303", "`lookup` requires a calendar year", at.span, found)
                .help("such as `now` or `2040`"),
        );
        return None;
    }
    let shape = typist.scope.shape(Symbol::Series(number))?.clone();
    let set = at.set;
    Some(Typed {
        kind: Kind::Lookup {
            series: number,
            at: Box::new(at),
        },
        set,
        shape,
        span,
    })
}
