//! What declarations in force have in common, and messages.

use mktlint_diag::Level;
use mktlint_hir::model::expr;
use mktlint_hir::model::item;
use mktlint_hir::model::program::Placed;

use super::Lowering;
use crate::value::show;
use crate::{Head, Message, Op, Segment, Value, Waivable};

impl<'p> Lowering<'p> {
    pub fn head(&mut self, placed: &'p Placed, level: Level, terms: &'p item::Terms) -> Head {
        let force = placed.force.as_ref();
        let waivable = force.map_or(&terms.waivable, |force| &force.waivable);
        let froms = [terms.from, force.and_then(|force| force.from)];
        let untils = [terms.until, force.and_then(|force| force.until)];
        Head {
            name: self.str(&placed.item.path.0),
            title: self.optional_str(placed.item.title.as_ref()),
            docs: self.str(&placed.item.docs),
            place: self.place(placed, placed.item.name_span),
            level: force.and_then(|force| force.level).unwrap_or(level),
            because: self.optional_str(terms.because.as_ref()),
            help: terms.help.as_ref().map(|help| self.message(placed, help)),
            from: froms.into_iter().flatten().max(),
            until: untils.into_iter().flatten().min(),
            waivable: self.waivable(waivable),
        }
    }

    fn waivable(&mut self, waivable: &item::Waivable) -> Waivable {
        match waivable {
            item::Waivable::Anyone => Waivable::Anyone,
            item::Waivable::By(roles) => Waivable::By(self.strs(roles)),
            item::Waivable::Never => Waivable::Never,
            item::Waivable::Absolute => Waivable::Absolute,
        }
    }

    /// A message; values that are the same for every asset are text already.
    pub fn message(&mut self, placed: &'p Placed, message: &'p item::Message) -> Message {
        let mut segments = Vec::new();
        let mut text = String::new();
        for segment in &message.segments {
            match segment {
                expr::Segment::Text(piece) => text.push_str(piece),
                expr::Segment::Expr(id) => {
                    let code = self.expr_code(placed, *id);
                    match self.shown(code) {
                        Some(piece) => text.push_str(&piece),
                        None => {
                            self.flush(&mut text, &mut segments);
                            segments.push(Segment::Code(code));
                        }
                    }
                }
            }
        }
        self.flush(&mut text, &mut segments);
        Message(self.rows(segments))
    }

    fn flush(&mut self, text: &mut String, segments: &mut Vec<Segment>) {
        if !text.is_empty() {
            segments.push(Segment::Text(self.str(text)));
            text.clear();
        }
    }

    /// What a constant code shows.
    fn shown(&self, code: crate::CodeId) -> Option<String> {
        match self.plan.code(code)?.1 {
            [Op::Const(id)] => {
                self.plan.consts.get(id.index()).map(|value| show::value(&Value::of(&self.plan, value)))
            }
            _ => None,
        }
    }
}
