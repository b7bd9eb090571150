//! Waivers: a directive beside the words, or a `waive` declaration in the policy.

use jiff::civil::Date;
use mktlint_asset::{Directive, Format, PartKind, extract, front_matter, keys, rows};
use mktlint_diag::{Diagnostic, Edit, apply_edits};
use mktlint_plan::Plan;
use mktlint_text::Span;

use crate::asset::heads;
use crate::policy::actions::line_break;
use crate::{ActionKind, AssetFile, CodeAction, FileEdits, View, policy};

/// Ways to waive `found`; none when nobody may. Both leave the reason to be typed, and until then mktlint says that it is
/// missing.
pub fn actions(view: View<'_>, file: &AssetFile, found: &Diagnostic) -> Vec<CodeAction> {
    let Some(plan) = view.assets.plan().filter(|plan| is_waivable(plan, found)) else { return Vec::new() };
    let Some(until) = policy::actions::last_day(view) else { return Vec::new() };
    here(file, found, plan, until).into_iter().chain(in_policy(view, file, found, until)).collect()
}

/// What is wrong with a file as such, or with a directive, is mended, not waived.
fn is_waivable(plan: &Plan, found: &Diagnostic) -> bool {
    let is_own = found.code.starts_with("MKT050") || found.code.starts_with("MKT052");
    is_own || heads::find(plan, &found.code).is_some() && heads::is_waivable(plan, &found.code)
}

fn action(title: String, found: &Diagnostic, edits: FileEdits) -> CodeAction {
    CodeAction {
        title,
        kind: ActionKind::QuickFix,
        edits: vec![edits],
        repairs: Some((found.code.clone(), found.primary.place.span)),
        is_preferred: false,
    }
}

/// A directive in the file, where its format has a place for one that speaks for the finding.
fn here(file: &AssetFile, found: &Diagnostic, plan: &Plan, until: Date) -> Option<CodeAction> {
    if !heads::roles(plan, &found.code).is_empty() {
        return None;
    }
    let rule = heads::short_name(plan, &found.code);
    let title = format!("waive `{rule}` here until {until}");
    let edits = vec![spot(file, plan, found, until)?.edit(rule, until, "")];
    Some(action(title, found, FileEdits { file: file.path.clone(), edits }))
}

/// The directive that waives `found` in its file: `<!-- mktlint: waive RULE until DATE because "…" -->`. `None` where none
/// can stand, as in plain text, and when `because` would end it.
pub fn directive(
    file: &AssetFile,
    plan: &Plan,
    found: &Diagnostic,
    until: Date,
    because: &str,
) -> Option<Edit> {
    let ends = because.contains(['"', '\n', '\r']) || because.contains("--");
    let rule = heads::short_name(plan, &found.code);
    let spot = spot(file, plan, found, until).filter(|_| !ends)?;
    Some(spot.edit(rule, until, because))
}

/// The nearest place for a directive that speaks for `found`.
fn spot(file: &AssetFile, plan: &Plan, found: &Diagnostic, until: Date) -> Option<Spot> {
    let rule = heads::short_name(plan, &found.code);
    let spots = spots(file, found.primary.place.span);
    spots.into_iter().find(|spot| covers(file, found, &spot.edit(rule, until, "x"), rule))
}

/// Whether the directive of `edit` would speak for the finding, and break nothing: the file is read as it would be then.
fn covers(file: &AssetFile, found: &Diagnostic, edit: &Edit, rule: &str) -> bool {
    let fix = mktlint_diag::Fix {
        title: String::new(),
        safety: mktlint_diag::Safety::Safe,
        file: file.path.clone(),
        edits: vec![edit.clone()],
    };
    let Some(text) = apply_edits(&file.text, &[&fix]) else { return false };
    let extraction = extract(&file.path, &text, &file.spec);
    let at = found.primary.place.span.start();
    let grown = (edit.text.len() as u32).saturating_sub(edit.span.len());
    let moved = if edit.span.start() <= at { at.saturating_add(grown) } else { at };
    let speaks = |own: &Directive| {
        let names_it = own.rule.as_ref().is_some_and(|(name, _)| name == rule);
        names_it && own.errors.is_empty() && own.scope.touches(moved)
    };
    let mut directives = extraction.assets.iter().flat_map(|asset| &asset.directives);
    directives.any(speaks) && extraction.problems.len() <= file.extraction.problems.len()
}

/// Where a directive could stand, and how it is written there.
struct Spot {
    at: Span,
    before: String,
    after: String,
    /// In a cell the verb is left out, and quotes may be doubled.
    in_cell: bool,
    quote: &'static str,
}

impl Spot {
    /// A comment on a line of its own, before the line that starts at `at`.
    fn line(text: &str, at: u32, indent: &str, open: &str, close: &str) -> Self {
        let (before, after) = (format!("{indent}{open}"), format!("{close}{}", line_break(text)));
        Self { at: Span::at(at), before, after, in_cell: false, quote: "\"" }
    }

    fn edit(&self, rule: &str, until: Date, because: &str) -> Edit {
        let verb = if self.in_cell { "" } else { "mktlint: waive " };
        let quote = self.quote;
        let words = format!("{verb}{rule} until {until} because {quote}{because}{quote}");
        Edit { span: self.at, text: format!("{}{words}{}", self.before, self.after) }
    }
}

/// The places for a directive that speaks for `span`, the nearest first.
fn spots(file: &AssetFile, span: Span) -> Vec<Spot> {
    match file.spec.format {
        Format::Markdown | Format::Html | Format::Mjml => in_markup(file, span),
        Format::Yaml | Format::Toml => in_tree(file, span, "# "),
        // Other programs that read `.json` know no comments.
        Format::Json if has_comments(file) => in_tree(file, span, "// "),
        Format::Csv => in_cell(file, span).into_iter().collect(),
        Format::Json | Format::Text | Format::Eml => Vec::new(),
    }
}

fn has_comments(file: &AssetFile) -> bool {
    file.path.ends_with(".jsonc") || file.path.ends_with(".json5")
}

fn in_markup(file: &AssetFile, span: Span) -> Vec<Spot> {
    let text = &file.text;
    let matter = front_matter(text);
    if matter.is_some_and(|(inner, _)| inner.contains(span)) {
        return in_tree(file, span, "# ");
    }
    let start = matter.map_or(0, |(inner, _)| line_end(text, inner.end()));
    let mut spots = Vec::new();
    let parts = file.extraction.assets.iter().flat_map(|asset| &asset.parts);
    let is_block = |kind| matches!(kind, PartKind::Paragraph | PartKind::Heading);
    let block = parts
        .filter(|part| is_block(part.kind) && part.span.contains(span))
        .min_by_key(|part| part.span.len());
    if let Some(block) = block {
        spots.push(before_block(text, block.span.start()));
    }
    spots.push(before_line(text, span.start()));
    spots.push(Spot::line(text, after_doctype(text, start), "", "<!-- ", " -->"));
    spots.retain(|spot| spot.at.start() >= start);
    spots
}

/// Before the tag or words at `at`: on a line of its own when nothing stands before them on theirs.
fn before_block(text: &str, at: u32) -> Spot {
    let line = line_start(text, at);
    let lead = Span::new(line, at).slice(text);
    if lead.trim().is_empty() {
        return Spot::line(text, line, lead, "<!-- ", " -->");
    }
    let (before, after) = ("<!-- ".to_owned(), " -->".to_owned());
    Spot { at: Span::at(at), before, after, in_cell: false, quote: "\"" }
}

fn before_line(text: &str, at: u32) -> Spot {
    let line = line_start(text, at);
    let rest = text.get(line as usize..).unwrap_or_default();
    let indent = rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
    Spot::line(text, line, indent, "<!-- ", " -->")
}

/// Behind `<!doctype html>`, which must come first.
fn after_doctype(text: &str, start: u32) -> u32 {
    let rest = text.get(start as usize..).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).len();
    let is_doctype =
        rest.get(skipped..skipped + 9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype"));
    let at = start + skipped as u32;
    if is_doctype {
        line_end(text, at)
    } else {
        start.max(if rest.starts_with('\u{FEFF}') { start + 3 } else { start })
    }
}

/// Before the line of the key whose value the finding is in.
fn in_tree(file: &AssetFile, span: Span, mark: &str) -> Vec<Spot> {
    let text = &file.text;
    let all = keys(text, file.spec.format);
    let around = |key: &&mktlint_asset::Key| key.name.cover(key.value).contains(span);
    let key = all.iter().filter(around).min_by_key(|key| key.name.cover(key.value).len());
    let at = key.map_or(span.start(), |key| key.name.start());
    let line = line_start(text, at);
    let rest = text.get(line as usize..).unwrap_or_default();
    let indent = rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
    let matter = front_matter(text).filter(|_| file.spec.format != Format::Yaml);
    let top = matter.map_or(0, |(inner, _)| inner.start());
    vec![Spot::line(text, line, indent, mark, ""), Spot::line(text, top, "", mark, "")]
}

/// In the empty cell of the row's `mktlint_waive` column.
fn in_cell(file: &AssetFile, span: Span) -> Option<Spot> {
    let text = &file.text;
    let mut rows = rows(text, file.spec.delimiter);
    let header = rows.next()?;
    let column =
        header.iter().position(|cell| cell.slice(text).trim_matches('"').trim() == "mktlint_waive")?;
    let row = rows.find(|row| {
        row.first().zip(row.last()).is_some_and(|(first, last)| first.cover(*last).contains(span))
    })?;
    let cell = row.get(column).filter(|cell| cell.slice(text).trim_matches(['"', ' ']).is_empty())?;
    // The whole cell stands in quotes, so that those of the reason are doubled.
    Some(Spot { at: *cell, before: "\"".into(), after: "\"".into(), in_cell: true, quote: "\"\"" })
}

/// A `waive` declaration of the policy.
fn in_policy(view: View<'_>, file: &AssetFile, found: &Diagnostic, until: Date) -> Option<CodeAction> {
    let waiver = policy::actions::waive(view, &found.code, &file.path)?;
    let rule = heads::short_name(view.assets.plan()?, &found.code);
    let edits = waiver.edits.into_iter().next()?;
    Some(action(format!("waive `{rule}` for this file in `{}` until {until}", edits.file), found, edits))
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |found| found + 1) as u32
}

/// The start of the line after that of `at`.
fn line_end(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |found| found + 1) as u32
}
