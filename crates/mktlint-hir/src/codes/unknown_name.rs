//! A name that nothing declares.

use mktlint_diag::{Code, Level};
use mktlint_syntax::ast::Name;
use mktlint_text::Span;

use crate::draft::Draft;
use crate::model::DeclPath;
use crate::model::change::{ChangeKind, PARTS};
use crate::names::{Entry, word_of_kind};

/// A name that nothing declares.
pub static CODE: Code = Code {
    id: "MKT0110",
    slug: "unknown-name",
    level: Level::Error,
    page: include_str!("../../explain/MKT0110.md"),
};

/// What other languages call a missing value.
const MISSING: [&str; 5] = ["null", "NULL", "nil", "none", "None"];

/// A word in an expression; `elsewhere` is a declaration of that name which the file does not bring in.
pub fn of(name: &Name, near: Option<&str>, elsewhere: Option<&Entry>) -> Draft {
    let draft = Draft::new(&CODE, name.span, format!("nothing here is called `{}`", name.text));
    match elsewhere {
        Some(Entry { public: true, path, .. }) => with_help(draft, None, Some(path)),
        Some(Entry { kind, path, .. }) => draft.help(format!(
            "write `pub {} {}` in `{}`, and `use {path}` at the top of this file",
            word_of_kind(*kind),
            path.name(),
            path.module()
        )),
        None if MISSING.contains(&name.text.as_str()) => draft.help("write `is missing` or `is known`"),
        None => draft.did_you_mean(near),
    }
}

/// A word where a text is wanted.
pub fn wants_text(name: &Name) -> Draft {
    of(name, None, None).help(format!("write `\"{}\"`", name.text))
}

/// A word that must be a declaration of one kind.
pub fn of_kind(name: &Name, kind: &str, near: Option<&str>, elsewhere: Option<DeclPath>) -> Draft {
    let message = format!("no `{kind}` is called `{}`", name.text);
    let draft = with_help(Draft::new(&CODE, name.span, message), near, elsewhere.as_ref());
    match draft.help {
        Some(_) => draft,
        None => draft.help(format!("declare it: `{kind} {} …`", name.text)),
    }
}

fn with_help(draft: Draft, near: Option<&str>, elsewhere: Option<&DeclPath>) -> Draft {
    match (near, elsewhere) {
        (_, Some(path)) => draft.help(format!("add `use {path}` at the top of the file")),
        (near, None) => draft.did_you_mean(near),
    }
}

/// A kind of asset or part.
pub fn kind_of_asset(name: &Name, near: Option<&str>) -> Draft {
    let message = format!("no kind of asset or part is called `{}`", name.text);
    Draft::new(&CODE, name.span, message).did_you_mean(near)
}

/// A name behind a module.
pub fn in_module(span: Span, path: &DeclPath, near: Option<&str>) -> Draft {
    Draft::new(&CODE, span, format!("`{}` declares no `{}`", path.module(), path.name())).did_you_mean(near)
}

/// A country code; `elsewhere` is a region of that name which the file does not bring in.
pub fn country(name: &Name, elsewhere: Option<&DeclPath>) -> Draft {
    let draft = Draft::new(&CODE, name.span, format!("`{}` is no country", name.text));
    match elsewhere {
        Some(_) => with_help(draft, None, elsewhere),
        None => draft.help("write its ISO 3166 code in capitals, such as `DE`, or the name of a `region`"),
    }
}

/// A function.
pub fn function(name: &Name, near: Option<&str>) -> Draft {
    Draft::new(&CODE, name.span, format!("no function is called `{}`", name.text)).did_you_mean(near)
}

/// `matches kebap`
pub fn shape(name: &Name, near: Option<&str>) -> Draft {
    Draft::new(&CODE, name.span, format!("no shape of text is called `{}`", name.text)).did_you_mean(near)
}

/// `change only [formating]`
pub fn change(name: &Name, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, name.span, format!("no kind of change is called `{}`", name.text));
    match near {
        Some(near) => draft.did_you_mean(Some(near)),
        None => {
            let words: Vec<&str> = ChangeKind::words().collect();
            draft.help(format!("write some of {}", words.join(", ")))
        }
    }
}

/// `approve legal for [claim]`
pub fn part(name: &Name, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, name.span, format!("no part of a campaign is called `{}`", name.text));
    match near {
        Some(near) => draft.did_you_mean(Some(near)),
        None => draft.help(format!("write some of {}", PARTS.join(", "))),
    }
}

/// A type.
pub fn a_type(name: &Name, near: Option<&str>) -> Draft {
    Draft::new(&CODE, name.span, format!("no type is called `{}`", name.text)).did_you_mean(near)
}

/// A rule.
pub fn a_rule(span: Span, name: &str, near: Option<&str>) -> Draft {
    Draft::new(&CODE, span, format!("no rule is called `{name}`")).did_you_mean(near)
}

/// A GA4 channel group.
pub fn channel_group(span: Span, name: &str, near: Option<&str>) -> Draft {
    let draft = Draft::new(&CODE, span, format!("GA4 has no default channel group `{name}`"));
    match near {
        Some(near) => draft.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            span,
            format!("\"{near}\""),
        ),
        None => draft,
    }
}

/// The last words of several rules.
pub fn several_rules(span: Span, name: &str, paths: &[DeclPath]) -> Draft {
    const MOST_SHOWN: usize = 4;
    let shown: Vec<String> = paths.iter().take(MOST_SHOWN).map(|path| format!("`{path}`")).collect();
    let more = if paths.len() > MOST_SHOWN { ", …" } else { "" };
    Draft::new(&CODE, span, format!("{} rules are called `{name}`", paths.len()))
        .help(format!("write one of {}{more}", shown.join(", ")))
}

/// A name outside of policies that two modules declare.
pub fn ambiguous(name: &Name, one: &DeclPath, other: &DeclPath) -> Draft {
    let message = format!("`{}` is declared in `{}` and in `{}`", name.text, one.module(), other.module());
    Draft::new(&CODE, name.span, message).help(format!("write `{one}`"))
}
