//! Conditions on contacts that are written outside of policies: in a campaign's manifest, or at a prompt.

use mktlint_diag::{Diagnostic, FilePath};
use mktlint_syntax::Origin;
use mktlint_syntax::ast::Lead;
use mktlint_text::Span;

use crate::db::{Db, Project};
use crate::draft::Draft;
use crate::infer::Reach;
use crate::lower::Lower;
use crate::mention::Mention;
use crate::model::DeclPath;
use crate::model::expr::{Body, ExprId};
use crate::model::item::{ItemKind, Meaning};
use crate::signature::own_contact;

/// What a segment is read as: nothing else has the same places behind a constant prefix.
const HEADER: &str = "audience segment =\n";

/// A condition on contacts that stands in no policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its expressions. Their spans are not those of the text; ask [`Segment::span`].
    pub body: Body,
    /// The condition.
    pub condition: ExprId,
    /// What its words name, in order, with their bytes of the text.
    pub mentions: Vec<Mention>,
}

impl Segment {
    /// The bytes of an expression in the text of the segment.
    pub fn span(&self, id: ExprId) -> Span {
        inside(self.body.get(id).span, u32::MAX)
    }
}

/// What is wrong with a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentProblem {
    /// The exact words, as bytes of the text.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: Option<String>,
}

/// Understands `text` as a condition on contacts: `lapsed_eu`, `country in EU and last_order? within 30 days`.
///
/// Every audience, suppression, region, `let` and `fn` of the project's own policies can be named without `use`, and
/// so can the regions of the standard library. A name that two modules declare must be written in full.
///
/// # Errors
/// With every mistake in the text, in order; warnings are not among them.
pub fn segment(db: &dyn Db, project: Project, text: &str) -> Result<Segment, Vec<SegmentProblem>> {
    crate::check::cycle::settle(db, project);
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let parse = mktlint_syntax::parse_chunk(&format!("{HEADER}{text}"));
    if !parse.problems.is_empty() {
        let path = FilePath::new("segment");
        let origin = Origin { file: &path, offset: 0 };
        return Err(parse.problems.iter().map(|problem| of_diagnostic(problem.show(origin), end)).collect());
    }
    let whole = Span::new(0, end);
    let no_condition =
        || vec![problem(whole, "expected a condition on contacts", Some("write `country == DE`"))];
    let Some(tree) = &parse.declaration else { return Err(no_condition()) };
    let home = own_contact(db, project).and_then(|path| project.modules(db).get(path.module()).copied());
    let Some(file) = home.or_else(|| project.files(db).first().copied()) else { return Err(no_condition()) };
    let path = DeclPath("segment.segment".into());
    let mut lower = Lower::new(db, project, file, (tree, ""), ItemKind::Audience, path);
    lower.infer.reach = Reach::Project;
    if tree
        .segments
        .iter()
        .filter(|segment| segment.lead.is_none_or(|(lead, _)| lead != Lead::Assign))
        .count()
        > 1
        || tree.body.is_some()
    {
        return Err(no_condition());
    }
    let Meaning::Audience(condition) = lower.audience() else { return Err(no_condition()) };
    let infer = lower.infer;
    let is_error = |draft: &&Draft| draft.code.level == mktlint_diag::Level::Error;
    let problems: Vec<SegmentProblem> =
        infer.problems.iter().filter(is_error).map(|draft| of_draft(draft, end)).collect();
    if problems.is_empty() {
        Ok(Segment { body: infer.body, condition, mentions: in_text(infer.mentions, end) })
    } else {
        Err(problems)
    }
}

fn in_text(mut mentions: Vec<Mention>, end: u32) -> Vec<Mention> {
    for mention in &mut mentions {
        mention.span = inside(mention.span, end);
    }
    mentions.sort_unstable();
    mentions.dedup();
    mentions
}

fn problem(span: Span, message: &str, help: Option<&str>) -> SegmentProblem {
    SegmentProblem { span, message: message.into(), help: help.map(Into::into) }
}

fn of_draft(draft: &Draft, end: u32) -> SegmentProblem {
    SegmentProblem { span: inside(draft.span, end), message: draft.message.clone(), help: draft.help.clone() }
}

fn of_diagnostic(diagnostic: Diagnostic, end: u32) -> SegmentProblem {
    SegmentProblem {
        span: inside(diagnostic.primary.place.span, end),
        message: diagnostic.message,
        help: diagnostic.help.into_iter().next(),
    }
}

/// A span of the declaration as one of the text in it.
fn inside(span: Span, end: u32) -> Span {
    let at = |offset: u32| offset.saturating_sub(HEADER.len() as u32).min(end);
    Span::new(at(span.start()), at(span.end()))
}
