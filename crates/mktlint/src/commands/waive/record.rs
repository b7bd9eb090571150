//! A waiver as a record.

use std::collections::BTreeSet;

use mktlint_diag::FilePath;
use mktlint_gate::content::{Meanings, NORMAL_FORM};
use mktlint_gate::keys::Roles;
use mktlint_gate::ledger::Ledger;
use mktlint_gate::record::folder::new_id;
use mktlint_gate::record::{Record, Verdict, WaiverTerms, path_of, to_sign};
use mktlint_gate::{Digest, Unit};
use mktlint_host::git::Repository;
use mktlint_host::{records, system};
use mktlint_plan::Plan;
use smol_str::SmolStr;

use super::Asked;
use super::target::Target;
use crate::decision;
use crate::interrupt::uninterrupted;
use crate::status::{Reason, Status, Stop};
use crate::voice::{Voice, Who};
use crate::words::counted;

/// Kinds of declarations that have findings.
const KINDS: [&str; 7] = ["rule", "claim", "term", "utm", "suppress", "cap", "quiet_hours"];

/// Writes the record.
pub fn run(asked: &Asked<'_>, target: &Target) -> Result<Status, Stop> {
    if let Some(why) = needless(target)
        && !asked.args.force
    {
        asked.console.error(&format!("{why}; `--force` writes the waiver all the same"));
        return Ok(Reason::Findings.into());
    }
    let home = asked.home;
    let root = home.workspace.root.as_path();
    let plan = plan(asked).ok_or_else(|| Stop::Usage("there is nothing to judge here".to_owned()))?;
    let here = records::here(root).map_err(|error| Stop::File(error.to_string()))?;
    let (roles, _) = records::roles(plan, &here.files);
    let voice = voice(asked, &roles)?;
    let now = system::now();
    let ledger = records::ledger(&here.files, here.base.as_ref(), None, &roles, now);
    let record = draft(asked, target, plan, voice.as_ref(), &ledger, now)?;
    let text = match &voice {
        Some(voice) => voice.sign(&record)?,
        None => to_sign(&record),
    };
    let file = path_of(&record);
    decision::must_count(&file, &text, &roles, now)?;
    let shown = home.shown(&file);
    uninterrupted(|| records::write(root, &file, &text))
        .map_err(|reason| Stop::File(format!("`{shown}` cannot be written: {reason}")))?;
    let found = counted(target.findings.len(), "finding");
    let assets = counted(target.assets.len(), "asset");
    asked.console.show(&format!("wrote `{shown}`: {found} in {assets} waived until {}\n", asked.until()))?;
    asked.console.note(&format!("next: `git add {shown}`"));
    Ok(Status::OK)
}

/// Why nothing needs the waiver today.
fn needless(target: &Target) -> Option<String> {
    let list = |all: &[SmolStr]| all.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ");
    if target.assets.is_empty() {
        return Some(format!("no asset fits {}", list(&target.globs)));
    }
    let is_idle = |rule: &&SmolStr| !target.findings.iter().any(|found| found.code == **rule);
    let idle: Vec<SmolStr> = target.rules.iter().filter(is_idle).cloned().collect();
    (!idle.is_empty()).then(|| format!("nothing breaks {} there", list(&idle)))
}

fn plan<'a>(asked: &Asked<'a>) -> Option<&'a Plan> {
    let checked = asked.checked;
    let at = checked.roots.iter().position(|own| *own == asked.home.workspace.root)?;
    checked.plans.get(at).map(|plan| &**plan)
}

fn voice(asked: &Asked<'_>, roles: &Roles) -> Result<Option<Voice>, Stop> {
    let Some(role) = &asked.args.role else { return Ok(None) };
    let who = Who { key: asked.args.key.as_deref(), person: asked.args.person.as_deref() };
    Voice::find(roles, role, &who, asked.home).map(Some)
}

fn draft(
    asked: &Asked<'_>,
    target: &Target,
    plan: &Plan,
    voice: Option<&Voice>,
    ledger: &Ledger,
    now: jiff::Timestamp,
) -> Result<Record, Stop> {
    let user =
        || Repository::open(&asked.home.workspace.root).ok().and_then(|it| it.user()).map(SmolStr::from);
    let given = asked.args.owner.as_deref().map(SmolStr::new);
    let owner = given.or_else(|| voice.map(|voice| voice.person.clone())).or_else(user);
    let owner = owner.ok_or_else(|| Stop::Usage("say who answers for it with `--owner`".to_owned()))?;
    let person = voice.map(|voice| voice.person.clone()).or_else(user).unwrap_or_else(|| owner.clone());
    let mut record = Record {
        id: SmolStr::default(),
        verdict: Verdict::Waived,
        unit: unit(asked, target),
        tier: None,
        tier_reasons: Vec::new(),
        role: voice.map(|voice| voice.role.clone()),
        person,
        time: now,
        expires: None,
        reason: asked.because().to_owned(),
        conditions: Vec::new(),
        evidence: Vec::new(),
        policy: meaning(&target.rules, plan),
        tool: env!("CARGO_PKG_VERSION").into(),
        normal_form: NORMAL_FORM,
        after: ledger.heads(),
        parts: Vec::new(),
        withdraws: None,
        waiver: Some(WaiverTerms {
            rules: target.rules.clone(),
            files: target.globs.clone(),
            until: asked.until(),
            owner,
        }),
    };
    record.id = new_id(&record).into();
    Ok(record)
}

/// What the rules mean that are waived.
fn meaning(rules: &[SmolStr], plan: &Plan) -> Digest {
    let meanings = Meanings::of(plan);
    let of_rule = |rule: &SmolStr| {
        let digest = KINDS.iter().find_map(|kind| meanings.of_declaration(kind, rule));
        [rule.to_string(), digest.map_or_else(String::new, |digest| digest.to_string())]
    };
    let lines: Vec<String> = rules.iter().flat_map(of_rule).collect();
    Digest::of_all(lines.iter().map(String::as_str))
}

/// The campaign that all its assets are of, the only asset, else the policy: an exception for many is one from it.
fn unit(asked: &Asked<'_>, target: &Target) -> Unit {
    let campaigns = asked.checked.facts.iter().flatten().flat_map(|facts| &facts.campaigns);
    let folders: Vec<(&str, &SmolStr)> = campaigns.map(|it| (folder(&it.place.file), &it.id)).collect();
    let campaign = |file: &FilePath| {
        let above =
            folders.iter().filter(|(folder, _)| folder.is_empty() || file.starts_with(&format!("{folder}/")));
        above.max_by_key(|(folder, _)| folder.len()).map(|(_, id)| (*id).clone())
    };
    let all: BTreeSet<Option<SmolStr>> = target.assets.iter().map(campaign).collect();
    match (all.into_iter().collect::<Vec<_>>().as_slice(), target.assets.first()) {
        ([Some(id)], _) => Unit::Campaign(id.clone()),
        ([None], Some(file)) if target.assets.len() == 1 => Unit::Asset(file.clone()),
        _ => Unit::Policy,
    }
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
