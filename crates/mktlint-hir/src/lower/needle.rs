//! Phrases and patterns.

use mktlint_match::{Flags, check_pattern};
use mktlint_syntax::ast::{Expr, ExprKind, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::codes;
use crate::draft::Draft;
use crate::infer::phrase::alternatives;
use crate::infer::plain_text;
use crate::model::item::Needle;

/// The phrases and patterns of `"a" | "b" | /c/`. Wrong ones are reported and left out.
pub fn needles(tree: &Expr, problems: &mut Vec<Draft>) -> Vec<Needle> {
    alternatives(tree).iter().filter_map(|item| needle(item, problems)).collect()
}

/// One phrase or pattern.
pub fn needle(tree: &Expr, problems: &mut Vec<Draft>) -> Option<Needle> {
    match &tree.kind {
        ExprKind::String(parts) => match plain_text(parts) {
            Some(text) if text.trim().is_empty() => {
                problems.push(codes::pattern_matches_empty::phrase(tree.span));
                None
            }
            Some(text) => Some(Needle { text, flags: None, part_of_speech: None, span: tree.span }),
            None => {
                problems.push(codes::malformed_clause::no_interpolation(tree.span));
                None
            }
        },
        ExprKind::Pattern { body, body_span, flags } => pattern(body, *body_span, flags, tree.span, problems),
        ExprKind::Error => None,
        _ => {
            problems.push(codes::malformed_clause::needs_needle(tree));
            None
        }
    }
}

fn pattern(body: &SmolStr, at: Span, flags: &Name, span: Span, problems: &mut Vec<Draft>) -> Option<Needle> {
    let parsed = match Flags::parse(&flags.text) {
        Ok(parsed) => parsed,
        Err((offset, letter)) => {
            let at = flags.span.start() + offset as u32;
            let place = Span::new(at, at + letter.len_utf8() as u32);
            problems.push(codes::invalid_pattern::flag(place, letter));
            return None;
        }
    };
    match check_pattern(body, parsed) {
        Err(error) => {
            let place = Span::of(error.start..error.end).shift(at.start());
            problems.push(codes::invalid_pattern::of(place, &error.message));
            None
        }
        Ok(facts) if facts.matches_nothing => {
            problems.push(codes::pattern_matches_nothing::of(span));
            None
        }
        Ok(facts) => {
            if facts.matches_empty {
                problems.push(codes::pattern_matches_empty::pattern(span));
            }
            Some(Needle { text: body.clone(), flags: Some(flags.text.clone()), part_of_speech: None, span })
        }
    }
}
