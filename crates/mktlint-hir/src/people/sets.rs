//! Sets: how two of them meet, and conditions on their items.

use mktlint_decide::{Comparison, Formula, ItemTest, Tag, Test, TextTest as Like, Value};

use super::compare::{is_word, words};
use super::condition::comparison;
use super::point::Days;
use super::term::{Term, and, not, or};
use super::{Lowering, Why};
use crate::model::expr::{Const, ExprId, ExprKind, Meeting, TextTest};

impl Lowering<'_> {
    /// How two sets meet: false when one is missing.
    pub fn meets(&self, meeting: Meeting, a: Term, b: Term, tag: Tag) -> Result<Formula, Why> {
        let days = Days(tag);
        match (a, b) {
            (Term::Missing, _) | (_, Term::Missing) => Ok(Formula::Const(false)),
            (Term::Attribute(set), Term::Items(items)) if items.iter().all(is_word) => {
                let has = |values| days.test(&set, Test::Any(ItemTest::OneOf(values)));
                let known = days.test(&set, Test::Known);
                Ok(match meeting {
                    Meeting::Any => has(words(items)),
                    Meeting::None => and([known, not(has(words(items)))]),
                    Meeting::All if items.is_empty() => known,
                    Meeting::All => and(words(items).into_iter().map(|item| has(vec![item]))),
                })
            }
            (Term::Items(items), Term::Attribute(set)) if items.iter().all(is_word) => {
                let known = days.test(&set, Test::Known);
                let any = |test| days.test(&set, Test::Any(test));
                let listed = ItemTest::OneOf(words(items));
                Ok(match meeting {
                    Meeting::Any => any(listed),
                    Meeting::None => and([known, not(any(listed))]),
                    Meeting::All => and([known, not(any(ItemTest::Not(Box::new(listed))))]),
                })
            }
            (Term::Attribute(a), Term::Attribute(b)) => {
                let members = self.shared_members(&a, &b)?;
                let has =
                    |set, value: &Value| days.test(set, Test::Any(ItemTest::OneOf(vec![value.clone()])));
                let both = or(members.iter().map(|value| and([has(&a, value), has(&b, value)])));
                let known = and([&a, &b].map(|set| days.test(set, Test::Known)));
                match meeting {
                    Meeting::Any => Ok(both),
                    Meeting::None => Ok(and([known, not(both)])),
                    Meeting::All => Err("it compares two sets item by item".into()),
                }
            }
            (Term::Items(a), Term::Items(b)) => {
                let has = |item: Term| self.contains(Term::Items(a.clone()), item, tag);
                let found: Result<Vec<Formula>, Why> = b.into_iter().map(has).collect();
                Ok(match meeting {
                    Meeting::Any => or(found?),
                    Meeting::All => and(found?),
                    Meeting::None => not(or(found?)),
                })
            }
            _ => Err("it compares two sets item by item".into()),
        }
    }

    /// A condition on the item of a quantifier, which speaks of nothing else.
    pub fn item_test(&self, id: ExprId) -> Result<ItemTest, Why> {
        self.spend(1)?;
        let all =
            |items: &[ExprId]| items.iter().map(|item| self.item_test(*item)).collect::<Result<Vec<_>, _>>();
        Ok(match &self.body.get(id).kind {
            ExprKind::Const(Const::Bool(true)) => ItemTest::Every,
            ExprKind::Const(Const::Bool(false)) => ItemTest::Not(Box::new(ItemTest::Every)),
            ExprKind::Not(inner) => ItemTest::Not(Box::new(self.item_test(*inner)?)),
            ExprKind::And(items) => ItemTest::And(all(items)?),
            ExprKind::Or(items) => ItemTest::Or(all(items)?),
            ExprKind::Compare(op, a, b) => {
                let one = match (self.term(*a)?, self.term(*b)?) {
                    (Term::Item, Term::Word(value)) | (Term::Word(value), Term::Item) => {
                        ItemTest::OneOf(vec![value])
                    }
                    _ => return Err(beyond_item()),
                };
                match comparison(*op) {
                    Comparison::Equal => one,
                    Comparison::NotEqual => ItemTest::Not(Box::new(one)),
                    _ => return Err(beyond_item()),
                }
            }
            ExprKind::In(item, list) => match (self.term(*item)?, self.term(*list)?) {
                (Term::Item, Term::Items(items)) if items.iter().all(is_word) => {
                    ItemTest::OneOf(words(items))
                }
                _ => return Err(beyond_item()),
            },
            ExprKind::TextTest(test, text, part) => match (self.term(*text)?, self.term(*part)?) {
                (Term::Item, Term::Word(Value::Text(part))) => ItemTest::Text(like(*test), part),
                _ => return Err(beyond_item()),
            },
            ExprKind::Matches(..) | ExprKind::HasShape(..) => return Err("it looks for a pattern".into()),
            _ => return Err(beyond_item()),
        })
    }

    fn term(&self, id: ExprId) -> Result<Term, Why> {
        self.value(id)?.into_one()
    }
}

/// The test as formulas have it.
pub const fn like(test: TextTest) -> Like {
    match test {
        TextTest::Contains => Like::Contains,
        TextTest::StartsWith => Like::StartsWith,
        TextTest::EndsWith => Like::EndsWith,
    }
}

fn beyond_item() -> Why {
    "it asks more of an item than its value".into()
}
