//! What a policy leaves unsaid: types, days, parameters, and how many assets a rule judges.

use jiff::Span as Calendar;
use jiff::civil::Date;
use mktlint_check::DEFAULT_DAY;
use mktlint_hir::SourceFile;
use mktlint_hir::db::{Declaration, declarations};
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::expr::{Const, ExprKind, Length, Temporal};
use mktlint_hir::model::item::{Item, ItemKind, Meaning};
use mktlint_hir::model::types::Type;
use mktlint_hir::names::{Namespace, resolve};
use mktlint_hir::signature::{Signature, signature};
use mktlint_syntax::ast::{Arg, Declaration as Tree, Expr, ExprKind as TreeKind, Lead};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::walk::{Node, walk};
use crate::{Hint, HintKind, View};

/// Files that the hint of a rule names.
const MOST_FILES: usize = 10;

/// The hints of the declarations that `range` touches, in order.
pub fn hints(view: View<'_>, file: SourceFile, range: Span) -> Vec<Hint> {
    let mut hints = Vec::new();
    for &declaration in declarations(view.db, file) {
        let base = declaration.offset(view.db);
        let end = base.saturating_add(declaration.text(view.db).len() as u32);
        if end < range.start() || base > range.end() {
            continue;
        }
        let Some(tree) = view.tree(declaration) else { continue };
        let mut own = Own { view, declaration, item: view.item(declaration), tree, hints: Vec::new() };
        own.gather();
        hints.extend(
            own.hints.into_iter().map(|hint| Hint { offset: hint.offset.saturating_add(base), ..hint }),
        );
    }
    hints.retain(|hint| range.touches(hint.offset));
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// The hints of one declaration, from its start.
struct Own<'a> {
    view: View<'a>,
    declaration: Declaration<'a>,
    item: &'a Item,
    tree: &'a Tree,
    hints: Vec<Hint>,
}

impl Own<'_> {
    fn gather(&mut self) {
        self.values();
        self.days();
        self.judged();
        let mut found = Vec::new();
        walk(self.tree, &mut |node| {
            if let Node::Expr(expr) = node {
                found.push(expr);
            }
        });
        for expr in found {
            match &expr.kind {
                TreeKind::Call { callee, args } => self.parameters(callee, args),
                TreeKind::Quantifier { variable: Some(name), .. } => self.variable(expr, name.span),
                _ => {}
            }
        }
    }

    fn hint(&mut self, offset: u32, label: String, kind: HintKind, before: bool) {
        self.hints.push(Hint { offset, label, kind, tooltip: None, before });
    }

    /// The type of a `let`, and of a `fn` that does not say its result.
    fn values(&mut self) {
        let ty = match &self.item.meaning {
            Meaning::Let(id) => &self.item.body.get(*id).ty,
            Meaning::Fn(_, id) => &self.item.body.get(*id).ty,
            _ => return,
        };
        let is_said = self
            .tree
            .segments
            .iter()
            .any(|segment| matches!(segment.lead, Some((Lead::Arrow | Lead::Type, _))));
        let Some(header) = self.tree.segments.first().filter(|_| !is_said && *ty != Type::Error) else {
            return;
        };
        let (sign, ty) = (if self.item.kind == ItemKind::Fn { "-> " } else { ": " }, ty.to_string());
        self.hint(header.span.end(), format!("{sign}{ty}"), HintKind::Type, false);
    }

    /// What the variable of a quantifier is.
    fn variable(&mut self, quantifier: &Expr, name: Span) {
        let body = &self.item.body;
        let list = body.iter().find_map(|(_, expr)| match expr.kind {
            ExprKind::Quantifier(_, list, ..) if expr.span == quantifier.span => Some(list),
            _ => None,
        });
        let ty = list.and_then(|list| body.get(list).ty.present().item()).filter(|ty| **ty != Type::Error);
        if let Some(ty) = ty.map(ToString::to_string) {
            self.hint(name.end(), format!(": {ty}"), HintKind::Type, false);
        }
    }

    /// The days that lengths of time come to: today, or on the day of the test.
    fn days(&mut self) {
        let (today, why) = today(self.view, self.item);
        let mut found = Vec::new();
        for (_, expr) in self.item.body.iter() {
            let (length, words, past) = match &expr.kind {
                ExprKind::Temporal(Temporal::Within, _, length) => (*length, "from", true),
                ExprKind::Temporal(Temporal::OlderThan, _, length) => (*length, "before", true),
                ExprKind::Temporal(Temporal::InTheNext, _, length) => (*length, "up to", false),
                ExprKind::Ago(length, past) => (*length, "", *past),
                _ => continue,
            };
            let ExprKind::Const(Const::Duration(length)) = self.item.body.get(length).kind else { continue };
            if let Some(day) = moved(today, length, past) {
                let day = day.strftime("%-d %b %Y").to_string();
                found.push((expr.span.end(), format!("{words} {day}").trim_start().to_owned()));
            }
        }
        for (offset, label) in found {
            let tooltip = Some(why.to_owned());
            self.hints.push(Hint { offset, label, kind: HintKind::Note, tooltip, before: false });
        }
    }

    /// How many assets a declaration in force had something to judge in.
    fn judged(&mut self) {
        let judges =
            matches!(self.item.kind, ItemKind::Rule | ItemKind::Claim | ItemKind::Term | ItemKind::Utm);
        // Before a policy has compiled nothing is judged, which is not the same as nothing to judge.
        let assets = self.view.assets;
        if !judges || assets.judge.is_none() || assets.files.is_empty() {
            return;
        }
        let files: Vec<_> = self.view.assets.judged_by(&self.item.path.0).map(|(path, _)| path).collect();
        let n = files.len();
        let mut lines: Vec<String> =
            files.iter().take(MOST_FILES).map(|path| format!("- `{path}`")).collect();
        if n > MOST_FILES {
            lines.push(format!("- and {} more", n - MOST_FILES));
        }
        self.hints.push(Hint {
            offset: self.item.name_span.end(),
            label: format!("{n} {}", if n == 1 { "asset" } else { "assets" }),
            kind: HintKind::Note,
            tooltip: (n > 0).then(|| format!("it has something to judge in:\n\n{}", lines.join("\n"))),
            before: false,
        });
    }

    /// The parameters that plain values are for, of functions with several.
    fn parameters(&mut self, callee: &Expr, args: &[Arg]) {
        let TreeKind::Word(name) = &callee.kind else { return };
        let params = if args.len() > 1 { self.params(&name.text) } else { Vec::new() };
        for (arg, param) in args.iter().zip(params) {
            if arg.name.is_none() && is_plain(&arg.value) {
                self.hint(arg.value.span.start(), format!("{param}:"), HintKind::Parameter, true);
            }
        }
    }

    fn params(&self, name: &SmolStr) -> Vec<SmolStr> {
        let View { db, project, .. } = self.view;
        let file = self.declaration.file(db);
        let own = resolve(db, project, file, name.clone(), Namespace::Values)
            .filter(|entry| entry.kind == ItemKind::Fn)
            .and_then(|entry| signature(db, project, entry.path.0));
        match (own.as_deref(), Builtin::from_name(name)) {
            (Some(Signature::Function(params, _)), _) => {
                params.iter().map(|(name, _)| name.clone()).collect()
            }
            (_, Some(builtin)) => builtin.params.iter().map(|(name, _)| (*name).into()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a value says nothing of what it is for.
fn is_plain(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        TreeKind::Bool(_)
            | TreeKind::Int { .. }
            | TreeKind::Decimal { .. }
            | TreeKind::Percent { .. }
            | TreeKind::String(_)
            | TreeKind::Pattern { .. }
            | TreeKind::List(_)
    )
}

/// The day that a declaration counts from, and why that one.
pub(super) fn today(view: View<'_>, item: &Item) -> (Date, &'static str) {
    match &item.meaning {
        Meaning::Test(test) => (test.at.unwrap_or(DEFAULT_DAY), "on the day of the test"),
        _ => (view.project.today(view.db), "today; campaigns count from the day they are sent"),
    }
}

/// The day so much before or after `today`; `None` when it is no whole number of days, or no calendar has it.
pub(super) fn moved(today: Date, length: Length, past: bool) -> Option<Date> {
    if length.seconds % (24 * 3600) != 0 {
        return None;
    }
    let days = i64::from(length.days).checked_add(length.seconds / (24 * 3600))?;
    let span = Calendar::new().try_months(length.months).ok()?.try_days(days).ok()?;
    if past { today.checked_sub(span).ok() } else { today.checked_add(span).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The text with its hints in brackets.
    fn hinted(text: &str) -> String {
        let fixture = Fixture::new(text);
        let mut text = fixture.text("policy/main.mkt").to_owned();
        let found = hints(fixture.view(), fixture.policy(), Span::new(0, u32::MAX));
        for hint in found.iter().rev() {
            text.insert_str(hint.offset as usize, &format!("⟨{}⟩", hint.label));
        }
        text
    }

    #[test]
    fn types_are_told_where_they_are_not_said() {
        assert_eq!(
            hinted("let limit = 60\nlet eu = [DE, FR]\nfn a(x: Int) = x > 1\nfn b(x: Int) -> Bool = x > 1\n"),
            "let limit⟨: Int⟩ = 60\nlet eu⟨: List<Country>⟩ = [DE, FR]\nfn a(x: Int)⟨-> Bool⟩ = x > 1\nfn b(x: Int) -> Bool = x > 1\n"
        );
        assert_eq!(
            hinted("rule r on Page {\n  forbid any h in headings where h.level == 9\n  error \"x\"\n}\n"),
            "rule r on Page {\n  forbid any h⟨: Heading⟩ in headings where h.level == 9\n  error \"x\"\n}\n"
        );
    }

    #[test]
    fn lengths_of_time_come_to_days() {
        assert_eq!(
            hinted(
                "contact { d: Date }\naudience a = d within 7 days\naudience b = d older than 1 month\n\
                 audience c = d within the next 2 weeks\naudience e = d after 3 days ago\n"
            ),
            "contact { d: Date }\naudience a = d within 7 days⟨from 15 Nov 2026⟩\n\
             audience b = d older than 1 month⟨before 22 Oct 2026⟩\n\
             audience c = d within the next 2 weeks⟨up to 6 Dec 2026⟩\n\
             audience e = d after 3 days ago⟨19 Nov 2026⟩\n"
        );
    }

    #[test]
    fn tests_have_a_day_of_their_own() {
        assert_eq!(
            hinted(
                "contact { d: Date }\naudience a = d == now\ntest a { includes { d: 1 days ago } }\ntest a { at 2026-03-01  includes { d: 1 days ago } }\n"
            ),
            "contact { d: Date }\naudience a = d == now\ntest a { includes { d: 1 days ago⟨31 Dec 2025⟩ } }\ntest a { at 2026-03-01  includes { d: 1 days ago⟨28 Feb 2026⟩ } }\n"
        );
    }

    #[test]
    fn plain_arguments_are_named() {
        assert_eq!(
            hinted(
                "fn f(text: Text) -> Bool = first(text, 3) == \"abc\" and g(text, true)\nfn g(a: Text, loud: Bool) -> Bool = loud and a != \"\"\n"
            ),
            "fn f(text: Text) -> Bool = first(text, ⟨n:⟩3) == \"abc\" and g(text, ⟨loud:⟩true)\nfn g(a: Text, loud: Bool) -> Bool = loud and a != \"\"\n"
        );
    }

    #[test]
    fn a_rule_says_how_many_assets_it_judges() {
        let text = "rule $0r on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n\
            //- emails/a.html\n<title>x</title>\n<p>Hello</p>\n";
        assert_eq!(hinted(text), "rule r⟨1 asset⟩ on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n");
    }

    #[test]
    fn a_rule_says_nothing_of_assets_before_a_policy_has_compiled() {
        let fixture = Fixture::new(
            "rule $0r on Email.subject {\n  match \"x\"\n  error \"y\"\n}\n//- emails/a.html\n<title>x</title>\n",
        );
        let waiting = crate::Assets { judge: None, inputs: None, ..fixture.view().assets.clone() };
        let view = View { assets: &waiting, ..fixture.view() };
        assert_eq!(hints(view, fixture.policy(), Span::new(0, u32::MAX)), []);
    }

    #[test]
    fn a_range_limits_them_and_lengths_beyond_the_calendar_have_none() {
        let fixture = Fixture::new("let a = 1\nlet b = 2\n");
        let found = hints(fixture.view(), fixture.policy(), Span::new(10, 20));
        assert_eq!(found.iter().map(|hint| hint.offset).collect::<Vec<_>>(), [15]);
        let long = "contact { d: Date }\naudience a = d within 99999999 years\n";
        assert_eq!(hinted(long), long);
    }
}
