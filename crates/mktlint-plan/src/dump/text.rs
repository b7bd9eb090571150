//! The plan as text.

use std::fmt::Write;

use mktlint_hir::model::item::{PartOfSpeech, Proximity};

use super::ops;
use crate::value::show;
use crate::{Claim, CodeId, FixAction, Head, Judgement, Message, Plan, Rule, Seq, Sought, Tier, Waivable};

/// `plan` as text, for people and tests: declarations in order of name, then the codes they refer to by number, one
/// instruction a line.
pub fn text(plan: &Plan) -> String {
    let mut out = Text { plan, out: String::new() };
    plan.rules.iter().for_each(|rule| out.rule(rule));
    plan.claims.iter().for_each(|claim| out.claim(claim));
    out.proofs();
    out.wording();
    out.links();
    out.people();
    out.campaigns();
    out.roles();
    out.flow();
    out.codes();
    out.out
}

struct Text<'p> {
    plan: &'p Plan,
    out: String,
}

impl Text<'_> {
    fn line(&mut self, words: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(words);
        self.out.push('\n');
    }

    fn head(&mut self, word: &str, head: &Head) {
        let name = self.plan.str(head.name);
        self.line(format_args!("{word} {name} {}", head.level));
        if let Some(from) = head.from {
            self.line(format_args!("  from {from}"));
        }
        if let Some(until) = head.until {
            self.line(format_args!("  until {until}"));
        }
        match head.waivable {
            Waivable::Anyone => {}
            Waivable::By(roles) => {
                let roles: Vec<&str> = self.plan.strs(roles).collect();
                self.line(format_args!("  waivable by {}", roles.join(", ")));
            }
            Waivable::Never => self.line(format_args!("  never waivable")),
            Waivable::Absolute => self.line(format_args!("  absolute")),
        }
        if let Some(because) = head.because {
            self.line(format_args!("  because {}", ops::quoted(self.plan.str(because))));
        }
        if let Some(help) = head.help {
            self.message("help", help);
        }
    }

    fn message(&mut self, word: &str, message: Message) {
        let words = ops::message(self.plan, self.plan.list(message.0));
        self.line(format_args!("  {word} {words}"));
    }

    fn sought(&mut self, word: &str, sought: Seq<Sought>) {
        for sought in self.plan.list(sought) {
            let part = match sought.part_of_speech {
                None => "",
                Some(PartOfSpeech::Verb) => " as verb",
                Some(PartOfSpeech::Noun) => " as noun",
            };
            let pattern = ops::pattern(self.plan, sought.pattern);
            self.line(format_args!("  {word} {pattern}{part}"));
        }
    }

    fn code_line(&mut self, word: &str, code: CodeId) {
        self.line(format_args!("  {word} code {}", code.0));
    }

    fn rule(&mut self, rule: &Rule) {
        self.head("rule", &rule.head);
        for scope in self.plan.list(rule.scopes) {
            let words = ops::scope(self.plan, scope);
            self.line(format_args!("  on {words}"));
        }
        if let Some(guard) = rule.guard {
            self.code_line("where", guard);
        }
        match rule.judgement {
            Judgement::Match(sought) => self.sought("match", sought),
            Judgement::Require(code) => self.code_line("require", code),
            Judgement::Forbid(code) => self.code_line("forbid", code),
        }
        self.message("message", rule.message);
        if let Some(fix) = rule.fix {
            let word = if fix.is_unsafe { "fix unsafe" } else { "fix" };
            match fix.action {
                FixAction::RemoveMatch => self.line(format_args!("  {word} remove match")),
                FixAction::ReplaceMatch(text) => self.message(&format!("{word} replace match with"), text),
                FixAction::ReplaceIt(text) => self.message(&format!("{word} replace it with"), text),
            }
        }
    }

    fn claim(&mut self, claim: &Claim) {
        let plan = self.plan;
        self.head(if claim.in_force { "claim" } else { "claim (not in force)" }, &claim.head);
        self.sought("says", claim.says);
        for need in plan.list(claim.evidence) {
            let name =
                plan.evidences.get(need.evidence.index()).map_or("?", |evidence| plan.str(evidence.name));
            self.line(format_args!("  needs evidence {name}"));
        }
        for need in plan.list(claim.disclosures) {
            let name = plan.disclosures.get(need.disclosure.index()).map_or("?", |row| plan.str(row.name));
            let within = within(need.within);
            self.line(format_args!("  needs disclosure {name} {within}"));
        }
        for limit in plan.list(claim.regions) {
            self.limit(limit.only, "in", plan.strs(limit.countries).collect());
        }
        for limit in plan.list(claim.channels) {
            self.limit(limit.only, "on", plan.strs(limit.channels).collect());
        }
        if let Some(tier) = claim.tier {
            self.line(format_args!("  tier {}", plan.str(tier)));
        }
        if claim.regulated {
            self.line(format_args!("  regulated"));
        }
    }

    fn limit(&mut self, only: bool, word: &str, words: Vec<&str>) {
        let only = if only { "only" } else { "never" };
        self.line(format_args!("  {only} {word} [{}]", words.join(", ")));
    }

    fn proofs(&mut self) {
        let plan = self.plan;
        for evidence in &plan.evidences {
            self.line(format_args!("evidence {}", plan.str(evidence.name)));
            for (word, text) in [("document", evidence.document), ("sha256", evidence.sha256)] {
                if let Some(written) = text {
                    self.line(format_args!("  {word} {}", ops::quoted(plan.str(written.text))));
                }
            }
            if let Some(day) = evidence.expires {
                self.line(format_args!("  expires {day}"));
            }
        }
        for disclosure in &plan.disclosures {
            self.line(format_args!("disclosure {}", plan.str(disclosure.name)));
            self.sought("says", disclosure.wordings);
        }
    }

    fn wording(&mut self) {
        for term in &self.plan.terms {
            self.head("term", &term.head);
            let preferred = ops::quoted(self.plan.str(term.preferred));
            self.line(format_args!("  use {preferred}"));
            self.sought("not", term.avoid);
        }
        for merge in &self.plan.merges {
            self.line(format_args!("merge {}", self.plan.str(merge.name)));
            if let Some((least, most)) = merge.length {
                self.line(format_args!("  length {least}..={most}"));
            }
            if let Some(fallback) = merge.fallback {
                self.line(format_args!("  fallback {}", ops::quoted(self.plan.str(fallback))));
            }
            if merge.fallback_required {
                self.line(format_args!("  required fallback"));
            }
        }
    }

    fn links(&mut self) {
        let plan = self.plan;
        for utm in &plan.utms {
            self.head("utm", &utm.head);
            self.words("on", plan.strs(utm.channels).collect());
            self.words("hosts", plan.list(utm.hosts).iter().map(|host| plan.str(host.text)).collect());
            for param in plan.list(utm.params) {
                let presence = format!("{:?}", param.presence).to_lowercase();
                let allowed = ops::allowed(plan, param.allowed);
                self.line(format_args!("  {} {presence}{allowed}", plan.str(param.name)));
            }
            if let Some(group) = utm.group {
                self.line(format_args!("  group {}", ops::quoted(plan.str(group.text))));
            }
            if utm.others_allowed {
                self.line(format_args!("  others allowed"));
            }
            self.words("order", plan.strs(utm.order).collect());
        }
    }

    fn words(&mut self, word: &str, words: Vec<&str>) {
        if !words.is_empty() {
            self.line(format_args!("  {word} {}", words.join(", ")));
        }
    }

    fn people(&mut self) {
        let plan = self.plan;
        for audience in &plan.people.audiences {
            self.line(format_args!("audience {}", plan.str(audience.name)));
            self.definition("is", plan.str(audience.name));
        }
        for suppression in &plan.people.suppressions {
            self.head("suppress", &suppression.head);
            self.words("on", plan.strs(suppression.channels).collect());
            self.definition("who", plan.str(suppression.head.name));
            if let Some(unless) = suppression.unless {
                self.definition("unless", plan.str(unless));
            }
        }
        for cap in &plan.people.caps {
            self.head("cap", &cap.head);
            self.words("on", plan.strs(cap.channels).collect());
            self.line(format_args!("  at most {} per {}", cap.at_most, show::length(cap.per)));
            if let Some(who) = cap.who {
                self.definition("who", plan.str(who));
            }
            if let Some(unless) = cap.unless {
                self.code_line("unless", unless);
            }
        }
        for hours in &plan.people.quiet_hours {
            self.head("quiet_hours", &hours.head);
            self.words("on", plan.strs(hours.channels).collect());
            let clock = if hours.recipient_time { "recipient_time" } else { "sender_time" };
            self.line(format_args!("  from {} to {} {clock}", hours.from, hours.to));
            if let Some(who) = hours.who {
                self.definition("who", plan.str(who));
            }
            if let Some(unless) = hours.unless {
                self.code_line("unless", unless);
            }
        }
    }

    fn definition(&mut self, word: &str, name: &str) {
        if let Some(formula) = self.plan.people.definitions.get(name) {
            let words = ops::formula(self.plan, formula);
            self.line(format_args!("  {word} {words}"));
        }
    }

    fn campaigns(&mut self) {
        let plan = self.plan;
        plan.tiers.iter().for_each(|tier| self.tier(tier));
        for waiver in &plan.waivers {
            let files: Vec<String> = plan.strs(waiver.files).map(ops::quoted).collect();
            let rules: Vec<&str> = plan.strs(waiver.rules).collect();
            let until = waiver.until.map_or(String::new(), |day| format!(" until {day}"));
            let files = if files.is_empty() { "every file".into() } else { files.join(", ") };
            self.line(format_args!("waive {} for {files}{until}", rules.join(", ")));
        }
        for note in &plan.notes {
            let name = plan.str(note.name);
            self.line(format_args!("not judged: declaration {name}: {}", note.kind.reason()));
        }
    }

    fn tier(&mut self, tier: &Tier) {
        let plan = self.plan;
        self.line(format_args!("tier {}", plan.str(tier.name)));
        if let Some(when) = tier.when {
            self.code_line("when", when);
        }
        self.words("yields to", plan.strs(tier.yields).collect());
        for approval in plan.list(tier.approvals) {
            let words = ops::approval(plan, approval);
            self.line(format_args!("  approve {words}"));
        }
        if tier.authors_may_approve {
            self.line(format_args!("  authors may approve"));
        }
        if let Some(length) = tier.expires_after {
            self.line(format_args!("  expires after {}", show::length(length)));
        }
    }

    fn roles(&mut self) {
        let plan = self.plan;
        for role in &plan.roles {
            self.line(format_args!("role {}", plan.str(role.name)));
            self.words("members", plan.strs(role.members).collect());
            self.words("keys", plan.strs(role.keys).collect());
            for key in plan.list(role.revoked) {
                let fingerprint = plan.str(key.fingerprint.text);
                self.line(format_args!("  revoked {fingerprint} from {}", key.from));
            }
        }
    }

    fn flow(&mut self) {
        let plan = self.plan;
        for pipeline in &plan.pipelines {
            self.line(format_args!("pipeline {}", plan.str(pipeline.name)));
            let stages: Vec<&str> = plan.strs(pipeline.stages).collect();
            self.line(format_args!("  stages {}", stages.join(" -> ")));
            for stall in plan.list(pipeline.stalls) {
                let after = show::length(stall.after);
                self.line(format_args!("  stall {} after {after}", plan.str(stall.stage)));
            }
            for target in plan.list(pipeline.targets) {
                let (from, to) = (plan.str(target.from), plan.str(target.to));
                self.line(format_args!("  target {from} to {to} within {}", show::length(target.within)));
            }
        }
        for threshold in &plan.thresholds {
            self.line(format_args!("threshold {}", plan.str(threshold.name)));
            self.words("on", plan.strs(threshold.channels).collect());
            for bound in plan.list(threshold.bounds) {
                let words = ops::bound(plan, bound);
                self.line(format_args!("  {words}"));
            }
            if let Some(action) = threshold.action {
                self.line(format_args!("  action {}", ops::quoted(plan.str(action))));
            }
        }
    }

    fn codes(&mut self) {
        for (_, at) in self.plan.codes.iter().zip(0..) {
            self.line(format_args!("code {at}"));
            for line in ops::code(self.plan, CodeId(at)) {
                self.line(format_args!("  {line}"));
            }
        }
    }
}

/// `within 2 paragraphs`, as policies write it.
pub fn within(proximity: Proximity) -> String {
    let count = |n: u32, unit: &str| match n {
        0 => format!("within the same {unit}"),
        1 => format!("within 1 {unit}"),
        n => format!("within {n} {unit}s"),
    };
    match proximity {
        Proximity::Words(n) => format!("within {n} words"),
        Proximity::Sentences(n) => count(n, "sentence"),
        Proximity::Paragraphs(n) => count(n, "paragraph"),
        Proximity::Document => "within the same document".into(),
    }
}
