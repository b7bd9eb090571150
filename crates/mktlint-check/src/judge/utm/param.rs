//! What a parameter may be.

use mktlint_diag::{Safety, closest};
use mktlint_hir::model::item::Presence;
use mktlint_measure::text::Shape;
use mktlint_plan::{Allowed, CodeId, Context, Observer, Op, OpId, Plan, UtmParam, Value, eval_observed};

use super::owner::Convention;
use super::tagged::Tagged;
use super::{Mistake, edit, report};
use crate::judge::Run;
use crate::judge::finding::Reason;

/// The most values that a message lists.
const MOST_LISTED: usize = 5;

/// Judges the value of every parameter that the convention names and the link has. Values with a placeholder in them
/// are filled in later and are left alone.
pub fn check(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    for param in run.plan.list(owner.utm.params) {
        let name = run.plan.str(param.name);
        if link.reported.contains(name) {
            continue;
        }
        match judge(run, param, name, link) {
            Ok(None) => {}
            Ok(Some(mistake)) => report(run, owner, link, mistake),
            Err(reason) => {
                let place = run.place_of(link.range);
                run.undecided(owner.decl, place, reason);
            }
        }
    }
}

/// What is wrong with the value of `param`; an error is the input that is missing.
fn judge(run: &Run<'_>, param: &UtmParam, name: &str, link: &Tagged<'_>) -> Result<Option<Mistake>, Reason> {
    let Some(pair) = link.pair(name) else { return Ok(None) };
    if param.presence == Presence::Forbidden {
        let text = edit::without(link.text, std::slice::from_ref(&pair.range));
        let mistake = Mistake::new(name, pair.range.clone(), format!("the link must not have `utm_{name}`"))
            .clause(param.place, "forbidden here")
            .fix(format!("remove `utm_{name}`"), Safety::Safe, link.whole(), &text);
        return Ok(Some(mistake));
    }
    let Some(value) = pair.value.as_ref().filter(|value| !link.has_placeholder(&value.range())) else {
        return Ok(None);
    };
    let wrong = wrong(run, param, value.text())?;
    Ok(wrong.map(|(words, meant)| {
        let words = format!("`utm_{name}={}` {words}", value.text());
        let mistake = Mistake::new(name, value.range(), words).clause(param.place, "allowed here");
        match meant {
            Some(meant) => mistake.help(format!("did you mean `{}`?", meant.text)).fix(
                format!("write `{}`", meant.text),
                meant.safety,
                value.range(),
                &edit::escape(&meant.text),
            ),
            None => mistake,
        }
    }))
}

/// What was probably meant.
struct Meant {
    text: String,
    safety: Safety,
}

/// What is wrong with `value`, to follow the parameter.
fn wrong(run: &Run<'_>, param: &UtmParam, value: &str) -> Result<Option<(String, Option<Meant>)>, Reason> {
    let plan = run.plan;
    Ok(match param.allowed {
        Allowed::Any => None,
        Allowed::OneOf(values) => {
            let values: Vec<&str> = plan.strs(values).collect();
            (!values.contains(&value)).then(|| (listed(&values), meant(value, &values)))
        }
        Allowed::Equal(code) => {
            let wanted = text_of(run, code)?;
            (wanted != value).then(|| {
                let words = format!("must be `{wanted}`");
                (words, Some(Meant { text: wanted, safety: Safety::Safe }))
            })
        }
        Allowed::Pattern(id) => {
            let needle = plan.patterns.get(id.index()).map(|pattern| pattern.needle);
            let hits = needle.map(|needle| plan.matcher.find(needle, value)).unwrap_or_default();
            let is_all = hits.iter().any(|hit| hit.start == 0 && hit.end as usize == value.len());
            (!is_all).then(|| ("does not have the form that the convention asks for".into(), None))
        }
        Allowed::Shape(shape) => (!shape.matches(value))
            .then(|| (format!("is not {}", shape_words(shape)), reshaped(value, shape))),
    })
}

fn listed(values: &[&str]) -> String {
    let shown: Vec<String> = values.iter().take(MOST_LISTED).map(|value| format!("`{value}`")).collect();
    match values.len() {
        0 => "is not allowed".into(),
        1 => format!("must be {}", shown[0]),
        n if n > MOST_LISTED => format!("is none of {}, and {} more", shown.join(", "), n - MOST_LISTED),
        _ => format!("is none of {}", shown.join(", ")),
    }
}

/// The allowed value that was meant. One that differs in case or separators alone is safe to write.
fn meant(value: &str, values: &[&str]) -> Option<Meant> {
    let plain = |text: &str| text.trim().to_lowercase().replace(['-', ' ', '+'], "_");
    let same = values.iter().find(|other| plain(other) == plain(value));
    let found = same.copied().or_else(|| closest(value, values.iter().copied()))?;
    let safety = if same.is_some() { Safety::Safe } else { Safety::Unsafe };
    Some(Meant { text: found.to_owned(), safety })
}

/// `value` in `shape`, when only case and separators have to change.
fn reshaped(value: &str, shape: Shape) -> Option<Meant> {
    let lower = value.trim().to_lowercase();
    let text = match shape {
        Shape::Kebab => lower.replace(['_', ' '], "-"),
        Shape::Snake => lower.replace(['-', ' '], "_"),
        Shape::Lower => lower,
        Shape::Upper => value.to_uppercase(),
        Shape::Slug => lower.replace(' ', "-"),
        Shape::Email | Shape::Url | Shape::IsoDate => return None,
    };
    shape.matches(&text).then_some(Meant { text, safety: Safety::Safe })
}

const fn shape_words(shape: Shape) -> &'static str {
    match shape {
        Shape::Kebab => "in kebab case (`spring-sale`)",
        Shape::Snake => "in snake case (`spring_sale`)",
        Shape::Lower => "in lower case",
        Shape::Upper => "in upper case",
        Shape::Slug => "a slug (`a-z 0-9 . _ ~ -`)",
        Shape::Email => "an email address",
        Shape::Url => "a web address",
        Shape::IsoDate => "a day (`2026-11-22`)",
    }
}

/// The text that `code` gives, as it stands in a link; an error is the input that is missing.
pub fn text_of(run: &Run<'_>, code: CodeId) -> Result<String, Reason> {
    let claims = run.claims();
    text_in(run.plan, code, &run.context(claims.as_deref()))
}

/// The text that a convention asks for in `context`; `None` when an input is missing.
pub fn wanted_text<'a>(plan: &'a Plan, code: CodeId, context: &Context<'a>) -> Option<String> {
    text_in(plan, code, context).ok()
}

fn text_in<'a>(plan: &'a Plan, code: CodeId, context: &Context<'a>) -> Result<String, Reason> {
    let mut gap = Gap { plan, field: None };
    let value = eval_observed(plan, code, context, &mut gap);
    match (value, gap.field) {
        (Value::Unknown(unknown), _) => Err((&*unknown).into()),
        (_, Some(field)) => Err(format!("`{field}` is missing").into()),
        (value, None) => Ok(value.to_string()),
    }
}

/// Sees whether a field that goes into a text is missing, since the text would then say `missing`.
struct Gap<'p> {
    plan: &'p Plan,
    field: Option<&'p str>,
}

impl Observer for Gap<'_> {
    fn saw(&mut self, op: OpId, value: &Value<'_>) {
        if let (Value::Missing, Some(Op::Field(name))) = (value, self.plan.ops.get(op.index())) {
            self.field = Some(self.plan.str(*name));
        }
    }
}
