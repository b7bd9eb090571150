//! Declarations in force, by name.

use mktlint_plan::{Head, Plan, Waivable};

/// Every declaration in force that has findings.
pub fn all(plan: &Plan) -> impl Iterator<Item = &Head> {
    let claims = plan.claims.iter().filter(|claim| claim.in_force).map(|claim| &claim.head);
    let of_assets = plan.rules.iter().map(|rule| &rule.head).chain(claims);
    let of_words = plan.terms.iter().map(|term| &term.head).chain(plan.utms.iter().map(|utm| &utm.head));
    let people = &plan.people;
    let of_people =
        people.suppressions.iter().map(|own| &own.head).chain(people.caps.iter().map(|own| &own.head));
    of_assets.chain(of_words).chain(of_people).chain(people.quiet_hours.iter().map(|own| &own.head))
}

/// The declaration with the full name `name`.
pub fn find<'p>(plan: &'p Plan, name: &str) -> Option<&'p Head> {
    all(plan).find(|head| plan.str(head.name) == name)
}

/// What people write for the declaration `name`: its last word where no other ends so, else all of it.
pub fn short_name<'p>(plan: &Plan, name: &'p str) -> &'p str {
    let last = name.rsplit('.').next().unwrap_or(name);
    let alike = all(plan).filter(|head| plan.str(head.name).rsplit('.').next() == Some(last));
    if alike.count() == 1 { last } else { name }
}

/// Whether somebody may waive a declaration; each of mktlint's own codes.
pub fn is_waivable(plan: &Plan, name: &str) -> bool {
    let terms = find(plan, name).map(|head| head.waivable);
    !matches!(terms, Some(Waivable::Never | Waivable::Absolute))
}

/// The roles that alone may waive a declaration; none when anyone may.
pub fn roles<'p>(plan: &'p Plan, name: &str) -> Vec<&'p str> {
    match find(plan, name).map(|head| head.waivable) {
        Some(Waivable::By(roles)) => plan.strs(roles).collect(),
        _ => Vec::new(),
    }
}
