//! `evidence`, `disclosure`, `claim`, `term`.

use mktlint_syntax::ast::{Clause, ExprKind as Tree, Lead};

use super::needle::{needle, needles};
use super::{Cursor, Lower, Shared, list_behind, only_value};
use crate::codes;
use crate::infer::phrase::literal;
use crate::model::item::{
    ChannelLimit, Claim, DisclosureNeed, Evidence, ItemKind, Meaning, Needle, PartOfSpeech, Proximity,
    RegionLimit, Term,
};

impl Lower<'_, '_> {
    /// `evidence trial { document "…" sha256 "…" expires 2027-01-01 }`
    pub fn evidence(&mut self) -> Meaning {
        let mut evidence = Evidence { document: None, sha256: None, expires: None };
        for clause in self.clauses() {
            let value = only_value(clause);
            let at = value.map_or(clause.span, |value| value.span);
            match clause.head.text.as_str() {
                "document" | "sha256" | "expires" if !self.once(clause) => {}
                "document" => match value.and_then(literal) {
                    Some(path) => evidence.document = Some((path, at)),
                    None => self.malformed(clause, "document \"evidence/trial-2025.pdf\""),
                },
                "sha256" => match value.and_then(literal) {
                    Some(digest) if is_sha256(&digest) => {
                        evidence.sha256 = Some((digest.to_lowercase().into(), at));
                    }
                    Some(_) => self.report(codes::malformed_clause::not_a_digest(at)),
                    None => self.malformed(clause, "sha256 \"64 hexadecimal digits\""),
                },
                "expires" => match Cursor::new(&clause.segments).date() {
                    Some(date) => evidence.expires = Some((date, at)),
                    None => self.malformed(clause, "expires 2027-01-01"),
                },
                "because" | "help" if value.is_some() => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if evidence.document.is_none() {
            let span = self.name_span();
            self.report(codes::evidence_without_file::no_document(span, self.path.name()));
        }
        Meaning::Evidence(evidence)
    }

    /// `disclosure study_note "Based on …"`, `disclosure ad { says "#ad" | "Advertisement" }`
    pub fn disclosure(&mut self) -> Meaning {
        let mut wordings: Vec<Needle> = Vec::new();
        if let Some(Tree::Phrase(items)) =
            self.tree.segments.first().and_then(|s| s.value.as_ref()).map(|v| &v.kind)
        {
            for item in items.iter().skip(1) {
                wordings.extend(needles(item, &mut self.infer.problems));
            }
        }
        if let Some(value) = self.header(Lead::Assign) {
            wordings.extend(needles(value, &mut self.infer.problems));
        }
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "says" => self.says(clause, &mut wordings),
                "because" | "help" if only_value(clause).is_some() => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if wordings.is_empty() {
            self.missing_clause("wording", "disclosure study_note \"Based on a 2025 study.\"");
        }
        Meaning::Disclosure(wordings)
    }

    fn says(&mut self, clause: &Clause, into: &mut Vec<Needle>) {
        match super::values(clause) {
            Some(values) if !values.is_empty() => {
                for value in values {
                    into.extend(needles(value, &mut self.infer.problems));
                }
            }
            _ => self.malformed(clause, "says \"clinically proven\" | \"clinically tested\""),
        }
    }

    /// `claim NAME { says … needs … }`
    pub fn claim(&mut self) -> Meaning {
        let mut claim = Claim {
            says: Vec::new(),
            evidence: Vec::new(),
            disclosures: Vec::new(),
            regions: Vec::new(),
            channels: Vec::new(),
            tier: None,
            regulated: false,
            level: crate::model::DEFAULT_LEVEL,
            terms: crate::model::item::Terms::default(),
            says_span: self.name_span(),
        };
        let mut shared = Shared::default();
        let mut said = false;
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "says" => {
                    said = true;
                    claim.says_span = clause.span;
                    self.says(clause, &mut claim.says);
                }
                "needs" => self.needs(clause, &mut claim),
                "only" => self.limit(clause, true, &mut claim),
                "never" if !self.shared(clause, &mut shared) => self.limit(clause, false, &mut claim),
                "never" => {}
                "tier" => claim.tier = self.claim_tier(clause),
                "regulated" if clause.segments.is_empty() => claim.regulated = true,
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if !said {
            self.missing_clause("says", "says \"clinically proven\"");
        }
        claim.level = Self::level_or_default(&shared);
        claim.terms = shared.terms;
        Meaning::Claim(claim)
    }

    fn needs(&mut self, clause: &Clause, claim: &mut Claim) {
        const SHAPE: &str = "needs evidence NAME, or needs disclosure NAME within 2 paragraphs";
        let mut cursor = Cursor::new(&clause.segments);
        if cursor.words(&["evidence"]) {
            let Some(name) = cursor.name() else { return self.malformed(clause, SHAPE) };
            if !cursor.is_done() {
                return self.malformed(clause, SHAPE);
            }
            claim.evidence.extend(self.reference(name, ItemKind::Evidence).map(|path| (path, clause.span)));
            return;
        }
        if !cursor.words(&["disclosure"]) {
            return self.malformed(clause, SHAPE);
        }
        let Some(name) = cursor.name() else { return self.malformed(clause, SHAPE) };
        let within = if cursor.is_done() { Some(Proximity::Document) } else { proximity(&mut cursor) };
        let Some(within) = within.filter(|_| cursor.is_done()) else { return self.malformed(clause, SHAPE) };
        if let Some(disclosure) = self.reference(name, ItemKind::Disclosure) {
            claim.disclosures.push(DisclosureNeed { disclosure, within, span: clause.span });
        }
    }

    fn limit(&mut self, clause: &Clause, only: bool, claim: &mut Claim) {
        let places = list_behind(&clause.segments, Lead::In);
        let channels = list_behind(&clause.segments, Lead::On);
        if places.is_empty() && channels.is_empty() {
            return self.malformed(clause, "never in [DE, FR], or only on email");
        }
        if !places.is_empty() {
            let countries = places.iter().flat_map(|tree| self.countries(tree)).collect();
            claim.regions.push(RegionLimit { only, countries, span: clause.span });
        }
        if !channels.is_empty() {
            let channels = self.channels(&channels);
            claim.channels.push(ChannelLimit { only, channels, span: clause.span });
        }
    }

    fn claim_tier(&mut self, clause: &Clause) -> Option<smol_str::SmolStr> {
        let Some(name) = Cursor::new(&clause.segments).name() else {
            self.malformed(clause, "tier high");
            return None;
        };
        self.global_reference(name, ItemKind::Tier)?;
        Some(name.text.clone())
    }

    /// `term "sign up" { not "signup" as verb, "register now" }`
    pub fn term(&mut self) -> Meaning {
        let preferred =
            self.tree.segments.first().and_then(|segment| segment.value.as_ref()).and_then(literal);
        let Some(preferred) = preferred else {
            self.malformed_header("term \"sign up\" { not \"register now\" }");
            return Meaning::Error;
        };
        let mut avoid = Vec::new();
        let mut case_sensitive = false;
        let mut shared = Shared::default();
        let mut has_not = false;
        for clause in self.clauses() {
            match clause.head.text.as_str() {
                "not" => {
                    has_not = true;
                    self.avoid(clause, &mut avoid);
                }
                "case" if Cursor::new(&clause.segments).words(&["sensitive"]) => case_sensitive = true,
                _ if self.shared(clause, &mut shared) => {}
                _ => self.unknown_clause(&clause.head),
            }
        }
        if !has_not {
            self.missing_clause("not", "not \"register now\"");
        }
        let level = shared.level.as_ref().map_or(mktlint_diag::Level::Warning, |(level, _)| *level);
        Meaning::Term(Term { preferred, avoid, case_sensitive, level, terms: shared.terms })
    }

    fn avoid(&mut self, clause: &Clause, avoid: &mut Vec<Needle>) {
        for segment in &clause.segments {
            let Some(value) = &segment.value else { continue };
            match segment.lead {
                None | Some((Lead::Comma, _)) => match &value.kind {
                    Tree::List(items) => {
                        avoid.extend(items.iter().filter_map(|item| needle(item, &mut self.infer.problems)));
                    }
                    _ => avoid.extend(needles(value, &mut self.infer.problems)),
                },
                Some((Lead::As, _)) => {
                    let part = crate::infer::phrase::word(value).map(|name| name.text.as_str());
                    let part = match part {
                        Some("verb") => Some(PartOfSpeech::Verb),
                        Some("noun") => Some(PartOfSpeech::Noun),
                        _ => {
                            self.malformed(clause, "not \"signup\" as verb");
                            None
                        }
                    };
                    if let Some(last) = avoid.last_mut() {
                        last.part_of_speech = part;
                    }
                }
                Some(_) => self.malformed(clause, "not \"register now\", \"signup\" as verb"),
            }
        }
        if clause.segments.is_empty() {
            self.malformed(clause, "not \"register now\"");
        }
    }
}

/// `within 2 paragraphs`, `within same sentence`, `anywhere`
fn proximity(cursor: &mut Cursor<'_>) -> Option<Proximity> {
    if cursor.words(&["anywhere"]) || cursor.words(&["in", "document"]) {
        return Some(Proximity::Document);
    }
    if !cursor.words(&["within"]) {
        return None;
    }
    if cursor.words(&["same"]) {
        return match cursor.name()?.text.as_str() {
            "sentence" => Some(Proximity::Sentences(0)),
            "paragraph" => Some(Proximity::Paragraphs(0)),
            "document" => Some(Proximity::Document),
            _ => None,
        };
    }
    let count = cursor.count()?;
    match cursor.name()?.text.as_str() {
        "word" | "words" => Some(Proximity::Words(count)),
        "sentence" | "sentences" => Some(Proximity::Sentences(count)),
        "paragraph" | "paragraphs" => Some(Proximity::Paragraphs(count)),
        _ => None,
    }
}

fn is_sha256(digest: &str) -> bool {
    digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
}
