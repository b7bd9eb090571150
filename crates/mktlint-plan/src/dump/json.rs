//! The plan as JSON.

use mktlint_hir::model::item::Quorum;
use serde_json::{Value, json};

use super::{ops, text};
use crate::value::show;
use crate::{CodeId, Head, Judgement, Message, PlaceRef, Plan, Rule, Seq, Sought, Waivable};

/// `plan` as JSON, for tools: everything in force with its level, dates and places, and the codes by number. Keys are
/// in alphabetical order.
pub fn json(plan: &Plan) -> Value {
    let dump = Json { plan };
    json!({
        "format": crate::file::FORMAT,
        "tool": env!("CARGO_PKG_VERSION"),
        "rules": plan.rules.iter().map(|rule| dump.rule(rule)).collect::<Vec<_>>(),
        "claims": dump.claims(),
        "evidences": dump.evidences(),
        "disclosures": dump.disclosures(),
        "terms": dump.terms(),
        "utms": dump.utms(),
        "merges": dump.merges(),
        "tiers": dump.tiers(),
        "roles": dump.roles(),
        "pipelines": dump.pipelines(),
        "thresholds": dump.thresholds(),
        "waivers": dump.waivers(),
        "audiences": dump.audiences(),
        "suppressions": dump.suppressions(),
        "caps": dump.caps(),
        "quiet_hours": dump.quiet_hours(),
        "notes": dump.notes(),
        "codes": (0..plan.codes.len() as u32).map(|at| ops::code(plan, CodeId(at))).collect::<Vec<_>>(),
    })
}

struct Json<'p> {
    plan: &'p Plan,
}

impl<'p> Json<'p> {
    fn place(&self, place: PlaceRef) -> Value {
        json!({ "file": self.plan.str(place.file), "start": place.start, "end": place.end })
    }

    fn strs(&self, seq: Seq<crate::StrId>) -> Vec<&'p str> {
        self.plan.strs(seq).collect()
    }

    fn message(&self, message: Message) -> String {
        ops::message(self.plan, self.plan.list(message.0))
    }

    fn sought(&self, sought: Seq<Sought>) -> Vec<String> {
        self.plan.list(sought).iter().map(|sought| ops::pattern(self.plan, sought.pattern)).collect()
    }

    /// `head` with what else there is to say.
    fn head(&self, head: &Head, more: Value) -> Value {
        let str = |id| self.plan.str(id);
        let waivable = match head.waivable {
            Waivable::Anyone => json!("anyone"),
            Waivable::By(roles) => json!(self.strs(roles)),
            Waivable::Never => json!("never"),
            Waivable::Absolute => json!("absolute"),
        };
        let mut value = json!({
            "name": str(head.name),
            "title": head.title.map(str),
            "docs": str(head.docs),
            "level": head.level.as_str(),
            "because": head.because.map(str),
            "help": head.help.map(|help| self.message(help)),
            "from": head.from.map(|day| day.to_string()),
            "until": head.until.map(|day| day.to_string()),
            "waivable": waivable,
            "place": self.place(head.place),
        });
        if let (Value::Object(all), Value::Object(more)) = (&mut value, more) {
            all.extend(more);
        }
        value
    }

    fn rule(&self, rule: &Rule) -> Value {
        let judgement = match rule.judgement {
            Judgement::Match(sought) => json!({ "match": self.sought(sought) }),
            Judgement::Require(code) => json!({ "require": code.0 }),
            Judgement::Forbid(code) => json!({ "forbid": code.0 }),
        };
        let scopes = self.plan.list(rule.scopes).iter().map(|scope| ops::scope(self.plan, scope));
        self.head(
            &rule.head,
            json!({
                "on": scopes.collect::<Vec<_>>(),
                "where": rule.guard.map(|code| code.0),
                "judgement": judgement,
                "message": self.message(rule.message),
                "fix": rule.fix.map(|fix| if fix.is_unsafe { "unsafe" } else { "safe" }),
            }),
        )
    }

    fn claims(&self) -> Vec<Value> {
        let plan = self.plan;
        let claims = plan.claims.iter().map(|claim| {
            let evidence = plan.list(claim.evidence).iter();
            let evidence = evidence.filter_map(|need| plan.evidences.get(need.evidence.index()));
            let disclosures = plan.list(claim.disclosures).iter().filter_map(|need| {
                let disclosure = plan.disclosures.get(need.disclosure.index())?;
                Some(json!({ "disclosure": plan.str(disclosure.name), "within": text::within(need.within) }))
            });
            let regions = plan.list(claim.regions).iter();
            let channels = plan.list(claim.channels).iter();
            self.head(
                &claim.head,
                json!({
                    "in_force": claim.in_force,
                    "says": self.sought(claim.says),
                    "evidence": evidence.map(|evidence| plan.str(evidence.name)).collect::<Vec<_>>(),
                    "disclosures": disclosures.collect::<Vec<_>>(),
                    "regions": regions.map(|limit| json!({ "only": limit.only, "in": self.strs(limit.countries) })).collect::<Vec<_>>(),
                    "channels": channels.map(|limit| json!({ "only": limit.only, "on": self.strs(limit.channels) })).collect::<Vec<_>>(),
                    "tier": claim.tier.map(|tier| plan.str(tier)),
                    "regulated": claim.regulated,
                }),
            )
        });
        claims.collect()
    }

    fn evidences(&self) -> Vec<Value> {
        let written = |text: Option<crate::Written>| text.map(|text| self.plan.str(text.text));
        let evidences = self.plan.evidences.iter().map(|evidence| {
            json!({
                "name": self.plan.str(evidence.name),
                "document": written(evidence.document),
                "sha256": written(evidence.sha256),
                "expires": evidence.expires.map(|day| day.to_string()),
                "place": self.place(evidence.place),
            })
        });
        evidences.collect()
    }

    fn disclosures(&self) -> Vec<Value> {
        let disclosures = self.plan.disclosures.iter().map(|disclosure| {
            json!({
                "name": self.plan.str(disclosure.name),
                "says": self.sought(disclosure.wordings),
                "place": self.place(disclosure.place),
            })
        });
        disclosures.collect()
    }

    fn terms(&self) -> Vec<Value> {
        let terms = self.plan.terms.iter().map(|term| {
            let more = json!({ "use": self.plan.str(term.preferred), "not": self.sought(term.avoid) });
            self.head(&term.head, more)
        });
        terms.collect()
    }

    fn utms(&self) -> Vec<Value> {
        let plan = self.plan;
        let utms = plan.utms.iter().map(|utm| {
            let params = plan.list(utm.params).iter().map(|param| {
                let presence = format!("{:?}", param.presence).to_lowercase();
                let allowed = ops::allowed(plan, param.allowed);
                json!({ "name": plan.str(param.name), "presence": presence, "allowed": allowed.trim() })
            });
            self.head(
                &utm.head,
                json!({
                    "channels": self.strs(utm.channels),
                    "hosts": plan.list(utm.hosts).iter().map(|host| plan.str(host.text)).collect::<Vec<_>>(),
                    "params": params.collect::<Vec<_>>(),
                    "group": utm.group.map(|group| plan.str(group.text)),
                    "others_allowed": utm.others_allowed,
                    "order": self.strs(utm.order),
                }),
            )
        });
        utms.collect()
    }

    fn merges(&self) -> Vec<Value> {
        let merges = self.plan.merges.iter().map(|merge| {
            json!({
                "name": self.plan.str(merge.name),
                "length": merge.length,
                "fallback": merge.fallback.map(|text| self.plan.str(text)),
                "fallback_required": merge.fallback_required,
            })
        });
        merges.collect()
    }

    fn tiers(&self) -> Vec<Value> {
        let plan = self.plan;
        let tiers = plan.tiers.iter().map(|tier| {
            let approvals = plan.list(tier.approvals).iter().map(|approval| {
                let count = match approval.count {
                    Quorum::AtLeast(n) => json!(n),
                    Quorum::All => json!("all"),
                };
                json!({ "count": count, "role": plan.str(approval.role), "parts": self.strs(approval.parts) })
            });
            json!({
                "name": plan.str(tier.name),
                "when": tier.when.map(|code| code.0),
                "yields_to": self.strs(tier.yields),
                "approvals": approvals.collect::<Vec<_>>(),
                "authors_may_approve": tier.authors_may_approve,
                "expires_after": tier.expires_after.map(show::length),
                "because": tier.because.map(|text| plan.str(text)),
                "place": self.place(tier.place),
            })
        });
        tiers.collect()
    }

    fn roles(&self) -> Vec<Value> {
        let roles = self.plan.roles.iter().map(|role| {
            let revoked = self.plan.list(role.revoked).iter().map(|key| {
                let fingerprint = self.plan.str(key.fingerprint.text);
                json!({ "fingerprint": fingerprint, "from": key.from.to_string() })
            });
            json!({
                "name": self.plan.str(role.name),
                "members": self.strs(role.members),
                "keys": self.strs(role.keys),
                "revoked": revoked.collect::<Vec<_>>(),
                "place": self.place(role.place),
            })
        });
        roles.collect()
    }

    fn pipelines(&self) -> Vec<Value> {
        let plan = self.plan;
        let pipelines = plan.pipelines.iter().map(|pipeline| {
            let stalls = plan
                .list(pipeline.stalls)
                .iter()
                .map(|stall| json!({ "stage": plan.str(stall.stage), "after": show::length(stall.after) }));
            let targets = plan.list(pipeline.targets).iter().map(|target| {
                let (from, to) = (plan.str(target.from), plan.str(target.to));
                json!({ "from": from, "to": to, "within": show::length(target.within) })
            });
            json!({
                "name": plan.str(pipeline.name),
                "stages": self.strs(pipeline.stages),
                "stalls": stalls.collect::<Vec<_>>(),
                "targets": targets.collect::<Vec<_>>(),
                "place": self.place(pipeline.place),
            })
        });
        pipelines.collect()
    }

    fn thresholds(&self) -> Vec<Value> {
        let plan = self.plan;
        let thresholds = plan.thresholds.iter().map(|threshold| {
            let bounds = plan.list(threshold.bounds).iter().map(|bound| {
                let word = if bound.above { "above" } else { "below" };
                json!({ word: ops::constant(plan, &bound.value), "level": bound.level.as_str() })
            });
            json!({
                "name": plan.str(threshold.name),
                "metric": plan.str(threshold.metric),
                "channels": self.strs(threshold.channels),
                "bounds": bounds.collect::<Vec<_>>(),
                "action": threshold.action.map(|text| plan.str(text)),
                "because": threshold.because.map(|text| plan.str(text)),
                "place": self.place(threshold.place),
            })
        });
        thresholds.collect()
    }

    fn waivers(&self) -> Vec<Value> {
        let waivers = self.plan.waivers.iter().map(|waiver| {
            json!({
                "rules": self.strs(waiver.rules),
                "files": self.strs(waiver.files),
                "until": waiver.until.map(|day| day.to_string()),
                "by": waiver.by.map(|by| self.plan.str(by)),
                "because": waiver.because.map(|text| self.plan.str(text)),
                "place": self.place(waiver.place),
            })
        });
        waivers.collect()
    }

    fn definition(&self, name: &str) -> Option<String> {
        self.plan.people.definitions.get(name).map(|formula| ops::formula(self.plan, formula))
    }

    fn audiences(&self) -> Vec<Value> {
        let plan = self.plan;
        let audiences = plan.people.audiences.iter().map(|audience| {
            let name = plan.str(audience.name);
            json!({
                "name": name,
                "title": audience.title.map(|title| plan.str(title)),
                "docs": plan.str(audience.docs),
                "condition": self.definition(name),
                "place": self.place(audience.place),
            })
        });
        audiences.collect()
    }

    fn suppressions(&self) -> Vec<Value> {
        let plan = self.plan;
        let suppressions = plan.people.suppressions.iter().map(|suppression| {
            let more = json!({
                "channels": self.strs(suppression.channels),
                "who": self.definition(plan.str(suppression.head.name)),
                "unless": suppression.unless.and_then(|unless| self.definition(plan.str(unless))),
            });
            self.head(&suppression.head, more)
        });
        suppressions.collect()
    }

    fn caps(&self) -> Vec<Value> {
        let caps = self.plan.people.caps.iter().map(|cap| {
            let more = json!({
                "channels": self.strs(cap.channels),
                "at_most": cap.at_most,
                "per": show::length(cap.per),
                "who": cap.who.and_then(|who| self.definition(self.plan.str(who))),
                "unless": cap.unless.map(|code| code.0),
            });
            self.head(&cap.head, more)
        });
        caps.collect()
    }

    fn quiet_hours(&self) -> Vec<Value> {
        let hours = self.plan.people.quiet_hours.iter().map(|hours| {
            let more = json!({
                "channels": self.strs(hours.channels),
                "from": hours.from.to_string(),
                "to": hours.to.to_string(),
                "recipient_time": hours.recipient_time,
                "who": hours.who.and_then(|who| self.definition(self.plan.str(who))),
                "unless": hours.unless.map(|code| code.0),
            });
            self.head(&hours.head, more)
        });
        hours.collect()
    }

    fn notes(&self) -> Vec<Value> {
        let notes = self.plan.notes.iter().map(|note| {
            json!({ "kind": "declaration", "name": self.plan.str(note.name), "reason": note.kind.reason() })
        });
        notes.collect()
    }
}
