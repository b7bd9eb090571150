//! Runs the cases of `tests/cases/*.md`.
//!
//! A case is a section of a file. Its fences are the policy (`mkt`), assets (`md post.md`), what must be found
//! (`findings`), what safe fixes must leave (`fixed post.md`), what all fixes must leave (`all-fixed post.md`), what is
//! at the paths of evidence (`evidence`), and the day of the run (`at`). A fence above the first subheading belongs to
//! every section below it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::{Date, date};
use mktlint_asset::{Extraction, Kind, Spec, detect, extract};
use mktlint_check::{EvidenceFact, FileFacts, Fixable, Inputs, Judge, Scratch, SourceFile, fix_file};
use mktlint_check::{conditions_of, judge_waivers, judge_workspace};
use mktlint_decide::Formula;
use mktlint_diag::{Diagnostic, FilePath, Level, Safety};
use mktlint_hir::people::{Declared, formula, segment};
use mktlint_hir::{Database, Project, Source, diagnostics, program};
use mktlint_plan::{Plan, lower};
use mktlint_text::LineIndex;

#[derive(Clone, Debug, Default)]
struct Fence {
    info: String,
    body: String,
}

#[derive(Debug, Default)]
struct Section {
    title: String,
    fences: Vec<Fence>,
}

/// The sections of a file; the fences above the first subheading are in all of them.
fn sections(text: &str) -> Vec<Section> {
    let mut shared = Section::default();
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Option<(String, Fence)> = None;
    for line in text.lines() {
        if let Some((mark, fence)) = &mut open {
            if line.trim_end() == mark {
                let fence = std::mem::take(fence);
                sections.last_mut().unwrap_or(&mut shared).fences.push(fence);
                open = None;
            } else {
                fence.body.push_str(line);
                fence.body.push('\n');
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            let fences = shared.fences.clone();
            sections.push(Section { title: title.into(), fences });
        } else if line.starts_with("```") {
            let info = line.trim_start_matches('`');
            let mark = line[..line.len() - info.len()].to_owned();
            open = Some((mark, Fence { info: info.trim().into(), body: String::new() }));
        }
    }
    sections
}

struct Case {
    policy: String,
    files: Vec<(FilePath, String, Spec)>,
    at: Date,
    evidence: BTreeMap<smol_str::SmolStr, EvidenceFact>,
    findings: Option<String>,
    fixed: Vec<(FilePath, Safety, String)>,
}

impl Case {
    fn read(section: &Section) -> Self {
        let mut case = Self {
            policy: String::new(),
            files: Vec::new(),
            at: date(2026, 11, 22),
            evidence: BTreeMap::new(),
            findings: None,
            fixed: Vec::new(),
        };
        for fence in &section.fences {
            case.add(fence);
        }
        case
    }

    fn add(&mut self, fence: &Fence) {
        let body = fence.body.clone();
        match fence.info.split_once(' ').unwrap_or((&fence.info, "")) {
            ("mkt", _) => self.policy.push_str(&body),
            ("findings", _) => self.findings.get_or_insert_default().push_str(&body),
            ("at", _) => self.at = body.trim().parse().expect("a day"),
            ("evidence", _) => self.evidence.extend(body.lines().map(evidence)),
            ("fixed", name) => self.fixed.push((name.into(), Safety::Safe, body)),
            ("all-fixed", name) => self.fixed.push((name.into(), Safety::Unsafe, body)),
            (_, name) => {
                let spec = detect(name, &body).unwrap_or_else(|| panic!("{name} is no asset"));
                // The file ends without a line break when the fence ends with `\`.
                let body = body.strip_suffix("\\\n").map_or(body.clone(), str::to_owned);
                self.files.push((name.into(), body, spec));
            }
        }
    }
}

/// `evidence/a.pdf missing`, `evidence/a.pdf 9f2c`.
fn evidence(line: &str) -> (smol_str::SmolStr, EvidenceFact) {
    let (path, fact) = line.split_once(' ').expect("a path and a fact");
    let fact = match fact {
        "missing" => EvidenceFact::Missing,
        "unreadable" => EvidenceFact::Unreadable("permission denied".into()),
        digest => EvidenceFact::Digest(digest.into()),
    };
    (path.into(), fact)
}

/// The policy, understood.
struct Policy {
    db: Database,
    project: Project,
    plan: Plan,
}

impl Policy {
    /// What the condition `words` of a manifest means.
    fn segment(&self, words: &str) -> Result<Formula, String> {
        match segment(&self.db, self.project, words) {
            Ok(segment) => {
                let declared = Declared { db: &self.db, project: self.project };
                Ok(formula(&declared, &self.plan.people.schema, &segment.body, segment.condition))
            }
            Err(problems) => Err(problems.into_iter().map(|problem| problem.message).collect()),
        }
    }
}

/// The plan of a policy, which must have no errors.
fn policy_of(policy: &str, at: Date) -> Result<Policy, String> {
    let db = Database::default();
    let source = Source { path: "policy.mkt".into(), module: "acme.policy".into(), text: policy.into() };
    let project = db.project([source], at, BTreeMap::new());
    let file = project.modules(&db)["acme.policy"];
    let errors: Vec<String> = diagnostics(&db, project, file)
        .into_iter()
        .filter(|found| found.level == Level::Error)
        .map(|found| format!("{} {} {:?}", found.code, found.message, found.primary.place))
        .collect();
    match errors.is_empty() {
        true => {
            let plan = lower(&program(&db, project));
            Ok(Policy { db, project, plan })
        }
        false => Err(format!("the policy has errors: {errors:#?}")),
    }
}

/// `post.md:1:14-31 error clinically_proven`.
fn head(found: &Diagnostic, texts: &BTreeMap<&str, &str>) -> String {
    let place = &found.primary.place;
    let text = texts.get(place.file.as_str()).copied().unwrap_or_default();
    let lines = LineIndex::new(text);
    let (start, end) =
        (lines.line_column(text, place.span.start()), lines.line_column(text, place.span.end()));
    let to =
        if start.line == end.line { end.column.to_string() } else { format!("{}:{}", end.line, end.column) };
    let level = if found.undecided { "undecided" } else { found.level.as_str() };
    let waived = if found.waived.is_some() { "waived " } else { "" };
    let rule = found.code.rsplit('.').next().unwrap_or_default();
    format!("{}:{}:{}-{to} {waived}{level} {rule}", place.file, start.line, start.column)
}

fn run(case: &Case) -> Result<(), String> {
    let policy = policy_of(&case.policy, case.at)?;
    let plan = &policy.plan;
    let judge = Judge::new(Arc::new(plan.clone()));
    let mut inputs = Inputs::at(case.at);
    inputs.evidence = case.evidence.clone();
    let mut scratch = Scratch::default();
    let extractions: Vec<Extraction> =
        case.files.iter().map(|(file, text, spec)| extract(file, text, spec)).collect();
    let assets = || extractions.iter().flat_map(|it| &it.assets);
    let conditions = conditions_of(plan, assets()).into_iter();
    inputs.segments = conditions.map(|words| (words.clone(), policy.segment(&words))).collect();
    let campaign = assets().find(|asset| asset.kind == Kind::Campaign);
    let mut found = Vec::new();
    let mut facts: Vec<FileFacts> = Vec::new();
    for ((file, text, _), extraction) in case.files.iter().zip(&extractions) {
        let result = judge.file(&SourceFile { file, text, extraction, campaign }, &inputs, &mut scratch);
        found.extend(result.findings);
        facts.push(result.facts);
    }
    facts.sort_by(|one, other| one.file.cmp(&other.file));
    let together = judge_workspace(plan, &facts, &inputs);
    found.extend(judge_waivers(plan, &facts, &together, &inputs));
    found.extend(together.findings);
    found.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    let mut problems = String::new();
    compare_findings(case, &found, &mut problems);
    for (file, allow, expected) in &case.fixed {
        let (_, text, spec) = case.files.iter().find(|(name, ..)| name == file).expect("the file to fix");
        let fixable = Fixable { file, text, spec, campaign, allow: *allow };
        let fixed = fix_file(&judge, &fixable, &inputs, &mut scratch);
        if fixed.text != *expected {
            let withheld: Vec<&str> = fixed.withheld.iter().map(|found| found.message.as_str()).collect();
            let _ = writeln!(problems, "{file} is fixed to:\n{}withheld: {withheld:?}", fixed.text);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn compare_findings(case: &Case, found: &[Diagnostic], problems: &mut String) {
    let Some(expected) = &case.findings else { return };
    let mut texts: BTreeMap<&str, &str> =
        case.files.iter().map(|(file, text, _)| (file.as_str(), text.as_str())).collect();
    texts.insert("policy.mkt", &case.policy);
    let expected: Vec<&str> = expected.lines().filter(|line| !line.trim().is_empty()).collect();
    let fits = |line: &str, found: &Diagnostic| {
        let (start, message) = line.split_once(" \"").unwrap_or((line, ""));
        start == head(found, &texts) && found.message.contains(message.strip_suffix('"').unwrap_or(message))
    };
    let agrees =
        expected.len() == found.len() && expected.iter().zip(found).all(|(line, found)| fits(line, found));
    if !agrees {
        problems.push_str("found:\n");
        for found in found {
            let _ = writeln!(problems, "{} \"{}\"", head(found, &texts), found.message);
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the cases are files")]
fn every_case_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases");
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("tests/cases").flatten().map(|it| it.path()).collect();
    names.sort();
    let mut failures = String::new();
    let mut n_cases = 0;
    for path in names.iter().filter(|path| path.extension().is_some_and(|it| it == "md")) {
        let text = std::fs::read_to_string(path).expect("a case");
        for section in sections(&text) {
            n_cases += 1;
            if let Err(problem) = run(&Case::read(&section)) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let _ = writeln!(failures, "=== {name}: {}\n{problem}", section.title);
            }
        }
    }
    assert!(n_cases > 0);
    assert!(failures.is_empty(), "\n{failures}");
}
