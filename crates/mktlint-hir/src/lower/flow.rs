//! `pipeline`, `threshold`.

use mktlint_syntax::ast::{Clause, ExprKind as Tree, Lead, Name};
use mktlint_text::Span;
use smol_str::SmolStr;

use super::{Cursor, Lower, only_value};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::model::item::{Bound, Meaning, Pipeline, StageTarget, Stall, Threshold};
use crate::model::types::Type;

const BOUND: &str = "above 0.1% warning";

impl Lower<'_, '_> {
    /// `pipeline { stages a -> b stall a after 2 days target brief to live within 7 days }`
    pub fn pipeline(&mut self) -> Meaning {
        let mut pipeline = Pipeline::default();
        let mut named = Vec::new();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "stages" if self.once(clause) => self.stages(clause, &mut pipeline),
                "stages" => {}
                "stall" => pipeline.stalls.extend(self.stall(clause, &mut named)),
                "target" => pipeline.targets.extend(self.target(clause, &mut named)),
                _ => self.unknown_clause(&clause.head),
            }
        }
        if pipeline.stages.is_empty() && self.tree.body.is_some() {
            self.missing_clause("stages", "stages brief -> build -> live");
            return Meaning::Pipeline(pipeline);
        }
        for name in named {
            if !pipeline.stages.contains(&name.text) {
                self.report(codes::unknown_member::of_pipeline(name, &pipeline.stages));
            }
        }
        Meaning::Pipeline(pipeline)
    }

    fn stages(&mut self, clause: &Clause, pipeline: &mut Pipeline) {
        let names = clause.segments.iter().filter_map(|segment| segment.value.as_ref());
        for name in names.filter_map(word) {
            let is_new = !pipeline.stages.contains(&name.text);
            pipeline.stages.push(name.text.clone());
            self.stage(name, is_new);
        }
    }

    fn stall<'t>(&mut self, clause: &'t Clause, named: &mut Vec<&'t Name>) -> Option<Stall> {
        let mut cursor = Cursor::new(&clause.segments);
        let stage = self.stage_named(&mut cursor, named);
        let after = cursor.words(&["after"]).then(|| cursor.length()).flatten();
        match (stage, after) {
            (Some(stage), Some(after)) => Some(Stall { stage, after, span: clause.span }),
            _ => {
                self.malformed(clause, "stall qa after 2 days");
                None
            }
        }
    }

    fn target<'t>(&mut self, clause: &'t Clause, named: &mut Vec<&'t Name>) -> Option<StageTarget> {
        let mut cursor = Cursor::new(&clause.segments);
        let from = self.stage_named(&mut cursor, named);
        let to = cursor.words(&["to"]).then(|| self.stage_named(&mut cursor, named)).flatten();
        let within = cursor.words(&["within"]).then(|| cursor.length()).flatten();
        match (from, to, within) {
            (Some(from), Some(to), Some(within)) => Some(StageTarget { from, to, within, span: clause.span }),
            _ => {
                self.malformed(clause, "target brief to live within 7 days");
                None
            }
        }
    }

    fn stage_named<'t>(&mut self, cursor: &mut Cursor<'t>, named: &mut Vec<&'t Name>) -> Option<SmolStr> {
        let name = cursor.name()?;
        named.push(name);
        self.stage(name, false);
        Some(name.text.clone())
    }

    /// `threshold complaint_rate on email { above 0.1% warning action "…" }`
    pub fn threshold(&mut self) -> Meaning {
        let on = self.header_list(Lead::On);
        let mut threshold = Threshold { channels: self.channels(&on), ..Threshold::default() };
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "above" | "below" => threshold.bounds.extend(self.bound(clause)),
                "action" => match only_value(clause).and_then(literal) {
                    Some(text) => threshold.action = Some(text),
                    None => self.malformed(clause, "action \"pause the campaign\""),
                },
                "because" => match only_value(clause).and_then(literal) {
                    Some(text) => threshold.because = Some(text),
                    None => self.malformed(clause, "because \"where the number comes from\""),
                },
                _ => self.unknown_clause(&clause.head),
            }
        }
        Meaning::Threshold(threshold)
    }

    /// `above 0.1% warning`, `below EUR 20 info`
    fn bound(&mut self, clause: &Clause) -> Option<Bound> {
        let words = match only_value(clause).map(|value| &value.kind) {
            Some(Tree::Phrase(words)) => words.split_last(),
            _ => None,
        };
        let level = words.and_then(|(level, _)| Self::level_of(&word(level)?.text));
        let (Some((_, value)), Some(level)) = (words, level) else {
            self.malformed(clause, BOUND);
            return None;
        };
        let span = value.iter().map(|word| word.span).reduce(Span::cover).unwrap_or(clause.span);
        let value = match value {
            [one] => self.infer.infer(one, None),
            several => self.infer.phrase(several, None, span),
        };
        let ty = self.infer.ty(value);
        if matches!(ty, Type::Int | Type::Decimal | Type::Percent | Type::Money(_)) {
            let above = clause.head.text == "above";
            return Some(Bound { above, value, level, span: clause.span });
        }
        if ty != Type::Error {
            self.report(codes::wrong_type::of(span, "a number, a percentage or an amount of money", &ty));
        }
        None
    }
}
