//! `utm`: conventions for links.

mod basic;
mod edit;
mod facts;
mod group;
mod internal;
mod owner;
mod param;
mod presence;
mod tagged;

use mktlint_asset::{PartKind, Value, names};
use mktlint_diag::{Diagnostic, Safety};
use mktlint_plan::{PlaceRef, Utm};
use smol_str::SmolStr;

use facts::Told;
pub use facts::UtmFacts;
use owner::{Convention, conventions};
pub use param::wanted_text;
use tagged::Tagged;

use super::{Run, finding};

/// Judges every link of the asset by the conventions that own it. What is wrong with one parameter of one link is
/// reported once, by the convention that names hosts before one that does not.
pub fn all(run: &mut Run<'_>, facts: &mut UtmFacts) {
    let conventions = conventions(run);
    let told = Told::by(run);
    for part in run.asset.parts.iter().filter(|part| part.kind == PartKind::Link) {
        let Some(Value::Text(range)) = part.field(names::URL) else { continue };
        let mut link = Tagged::new(run, *range);
        let owners: Vec<&Convention<'_>> = conventions.iter().filter(|it| it.owns(run, &link)).collect();
        if !internal::check(run, &conventions, &mut link) {
            for owner in owners.iter().filter(|owner| owner.is_for_channel) {
                check(run, owner, &mut link);
            }
        }
        if !owners.is_empty() || run.plan.utms.is_empty() {
            facts.add(run, &link, &owners, &told);
        }
    }
}

fn check(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>) {
    run.hold(owner.decl);
    basic::check(run, owner, link);
    if link.is_unreadable {
        return;
    }
    param::check(run, owner, link);
    presence::check(run, owner, link);
    if link.reported.is_empty() {
        presence::order(run, owner, link);
    }
    if link.reported.is_empty() {
        group::check(run, owner, link);
    }
}

/// Something wrong with a link.
struct Mistake {
    /// The parameter that is concerned, without `utm_`; each is reported once. Empty for the link as a whole.
    key: SmolStr,
    /// The bytes of the link.
    range: std::ops::Range<usize>,
    words: String,
    /// The clause that it contradicts, and what to say there.
    clause: Option<(PlaceRef, &'static str)>,
    help: Option<String>,
    fix: Option<Rewrite>,
}

/// How to repair a mistake.
struct Rewrite {
    title: String,
    safety: Safety,
    /// The bytes of the link to replace.
    range: std::ops::Range<usize>,
    text: String,
}

impl Mistake {
    fn new(key: impl Into<SmolStr>, range: std::ops::Range<usize>, words: String) -> Self {
        Self { key: key.into(), range, words, clause: None, help: None, fix: None }
    }

    fn clause(mut self, place: PlaceRef, label: &'static str) -> Self {
        self.clause = Some((place, label));
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Writes `text` in place of one range.
    fn fix(mut self, title: String, safety: Safety, range: std::ops::Range<usize>, text: &str) -> Self {
        self.fix = Some(Rewrite { title, safety, range, text: text.to_owned() });
        self
    }
}

/// Reports `mistake`, unless something was reported of the parameter already.
fn report(run: &mut Run<'_>, owner: &Convention<'_>, link: &mut Tagged<'_>, mistake: Mistake) {
    if !link.reported.insert(mistake.key.clone()) {
        return;
    }
    let found = shown(run, owner.utm, link, mistake);
    run.fire(owner.decl, found);
}

fn shown(run: &Run<'_>, utm: &Utm, link: &Tagged<'_>, mistake: Mistake) -> Diagnostic {
    let claims = run.claims();
    let context = run.context(claims.as_deref());
    let place = run.place_of(link.text_range(&mistake.range));
    let mut found = finding(run.plan, &utm.head, &context, place, mistake.words);
    match mistake.clause {
        Some((place, label)) => found = found.also_at(run.plan.place(place), label),
        None => found = found.also_at(run.plan.place(utm.head.place), "this convention"),
    }
    found.help.extend(mistake.help);
    found.fix = mistake.fix.and_then(|fix| {
        let edits = run.edits(link.text_range(&fix.range), &fix.text)?;
        Some(run.fix(fix.title, fix.safety, edits))
    });
    found
}
