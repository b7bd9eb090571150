//! `role`, `tier`.

use mktlint_diag::closest;
use mktlint_syntax::ast::{ChainOp, Clause, Expr, ExprKind as Tree, Name};
use smol_str::SmolStr;

use super::{Cursor, Lower, only_value, values};
use crate::codes;
use crate::infer::phrase::{literal, word};
use crate::model::change::PARTS;
use crate::model::expr::{ExprId, ExprKind};
use crate::model::item::{Approval, ItemKind, Meaning, Quorum, RevokedKey, Role, Tier, TierClause, Yield};

const APPROVE: &str =
    "approve legal and brand, approve 2 of marketing, approve all of legal, approve legal for [claims]";

impl Lower<'_, '_> {
    /// `role legal { members [..] keys ".." }`
    pub fn role(&mut self) -> Meaning {
        let mut role = Role { members: Vec::new(), keys: Vec::new(), revoked: Vec::new() };
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "members" => role.members.extend(self.texts(clause, "members [\"legal@acme.example\"]")),
                "keys" => role.keys.extend(self.texts(clause, "keys \"keys/legal.pub\"")),
                "revoked" => role.revoked.extend(self.revoked(clause)),
                _ => self.unknown_clause(&clause.head),
            }
        }
        if role.members.is_empty() && self.tree.body.is_some() {
            self.missing_clause("members", "members [\"legal@acme.example\"]");
        }
        Meaning::Role(role)
    }

    fn texts(&mut self, clause: &Clause, shape: &str) -> Vec<SmolStr> {
        let found: Option<Vec<SmolStr>> =
            values(clause).and_then(|values| values.into_iter().map(literal).collect());
        match found {
            Some(texts) if !texts.is_empty() => texts,
            _ => {
                self.malformed(clause, shape);
                Vec::new()
            }
        }
    }

    /// `revoked "SHA256:…" from 2026-11-01`
    fn revoked(&mut self, clause: &Clause) -> Option<RevokedKey> {
        let mut cursor = Cursor::new(&clause.segments);
        let fingerprint = cursor.text().filter(|text| is_fingerprint(text));
        let from = cursor.words(&["from"]).then(|| cursor.date()).flatten();
        match (fingerprint, from) {
            (Some(fingerprint), Some(from)) if cursor.is_done() => {
                Some(RevokedKey { fingerprint, from, span: clause.span })
            }
            _ => {
                let shape = "revoked \"SHA256:2n0iGZ…\" from 2026-11-01, with the fingerprint that \
                             `ssh-keygen -l` shows";
                self.malformed(clause, shape);
                None
            }
        }
    }

    /// `tier high { when … yields to low approve … expires after … }`
    pub fn tier(&mut self) -> Meaning {
        self.tier_scene();
        let mut tier = Tier::default();
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "when" if self.once(clause) => {
                    tier.when = self.condition_clause(clause, "when uses regulated claims");
                    tier.clauses = tier.when.map(|when| self.tier_clauses(when)).unwrap_or_default();
                }
                "yields" => self.yields(clause, &mut tier),
                "approve" => self.approve(clause, &mut tier),
                "authors" => self.authors(clause, &mut tier),
                "expires" if self.once(clause) => self.expiry(clause, &mut tier),
                "when" | "expires" => {}
                "because" => match only_value(clause).and_then(literal) {
                    Some(text) => tier.because = Some(text),
                    None => self.malformed(clause, "because \"what is at stake\""),
                },
                _ => self.unknown_clause(&clause.head),
            }
        }
        Meaning::Tier(tier)
    }

    /// What the conditions of a tier can speak of: the campaign, and what changed about it.
    pub fn tier_scene(&mut self) {
        self.campaign_scene();
        self.infer.scene.changed = true;
    }

    /// The operands of the outermost `or`, else the condition itself.
    fn tier_clauses(&self, when: ExprId) -> Vec<TierClause> {
        let body = &self.infer.body;
        let operands = match &body.get(when).kind {
            ExprKind::Or(operands) => operands.as_slice(),
            _ => &[when],
        };
        let clause = |condition: &ExprId| {
            let written = body.get(*condition).span.slice(self.text);
            let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
            TierClause { condition: *condition, words: words.into() }
        };
        operands.iter().map(clause).collect()
    }

    fn expiry(&mut self, clause: &Clause, tier: &mut Tier) {
        let mut cursor = Cursor::new(&clause.segments);
        tier.expires_after = cursor.words(&["after"]).then(|| cursor.length()).flatten();
        if tier.expires_after.is_none() || !cursor.is_done() {
            self.malformed(clause, "expires after 30 days");
        }
    }

    fn authors(&mut self, clause: &Clause, tier: &mut Tier) {
        let mut cursor = Cursor::new(&clause.segments);
        if cursor.words(&["may", "approve"]) && cursor.is_done() {
            tier.authors_may_approve = true;
        } else {
            self.malformed(clause, "authors may approve");
        }
    }

    /// `yields to low, medium`
    fn yields(&mut self, clause: &Clause, tier: &mut Tier) {
        let mut names: Vec<&Name> = Vec::new();
        let mut is_right = true;
        for (at, value) in values(clause).unwrap_or_default().into_iter().enumerate() {
            let name = match &value.kind {
                Tree::Phrase(words) if at == 0 => match words.as_slice() {
                    [to, name] if word(to).is_some_and(|to| to.text == "to") => word(name),
                    _ => None,
                },
                _ if at > 0 => word(value),
                _ => None,
            };
            is_right &= name.is_some();
            names.extend(name);
        }
        if names.is_empty() || !is_right {
            return self.malformed(clause, "yields to low, medium");
        }
        for name in names {
            if let Some(path) = self.global_reference(name, ItemKind::Tier) {
                tier.yields.push(Yield { tier: path, span: name.span });
            }
        }
    }

    /// `approve legal and 2 of brand for [claims]`
    fn approve(&mut self, clause: &Clause, tier: &mut Tier) {
        let Some(value) = only_value(clause) else { return self.malformed(clause, APPROVE) };
        let mut items: Vec<&[Expr]> = match &value.kind {
            Tree::Chain { op: ChainOp::And, items, .. } => items.iter().map(words_of).collect(),
            _ => vec![words_of(value)],
        };
        let parts = match items.last_mut() {
            Some(last) => match last {
                [words @ .., preposition, list] if word(preposition).is_some_and(|it| it.text == "for") => {
                    *last = words;
                    self.parts(list)
                }
                _ => Some(Vec::new()),
            },
            None => None,
        };
        let asked: Option<Vec<(Quorum, &Name)>> = items.iter().map(|words| quorum(words)).collect();
        let (Some(parts), Some(asked)) = (parts, asked) else { return self.malformed(clause, APPROVE) };
        for (count, name) in asked {
            if count == Quorum::AtLeast(0) {
                self.report(codes::impossible_approval::by_nobody(clause.span, &name.text));
            } else if let Some(role) = self.global_reference(name, ItemKind::Role) {
                tier.approvals.push(Approval { count, role, parts: parts.clone(), span: name.span });
            }
        }
    }

    /// `[copy, claims]`; `None` when it is no list of words. Words that name no part are reported.
    fn parts(&mut self, list: &Expr) -> Option<Vec<SmolStr>> {
        let Tree::List(items) = &list.kind else { return None };
        let names: Option<Vec<&Name>> = items.iter().map(word).collect();
        let names = names.filter(|names| !names.is_empty())?;
        let mut parts: Vec<SmolStr> = Vec::new();
        for name in names {
            if !PARTS.contains(&name.text.as_str()) {
                self.report(codes::unknown_name::part(name, closest(&name.text, PARTS)));
            } else if !parts.contains(&name.text) {
                parts.push(name.text.clone());
            }
        }
        Some(parts)
    }
}

/// The operands side by side, or the only one.
fn words_of(value: &Expr) -> &[Expr] {
    match &value.kind {
        Tree::Phrase(words) => words,
        _ => std::slice::from_ref(value),
    }
}

/// `legal`, `2 of legal`, `all of legal`
fn quorum(words: &[Expr]) -> Option<(Quorum, &Name)> {
    let is = |tree: &Expr, wanted: &str| word(tree).is_some_and(|name| name.text == wanted);
    match words {
        [role] => Some((Quorum::AtLeast(1), word(role)?)),
        [count, of, role] if is(of, "of") => {
            let count = match &count.kind {
                Tree::Int { value, .. } => Quorum::AtLeast(u32::try_from(*value).unwrap_or(u32::MAX)),
                _ if is(count, "all") => Quorum::All,
                _ => return None,
            };
            Some((count, word(role)?))
        }
        _ => None,
    }
}

/// Whether `text` is a SHA-256 in Base64 without padding, as OpenSSH shows fingerprints.
fn is_fingerprint(text: &str) -> bool {
    let digits = text.strip_prefix("SHA256:").unwrap_or_default();
    digits.len() == 43 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
}
