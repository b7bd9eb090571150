//! The workspace of an invented company, read as the host reads it.

#![allow(
    clippy::disallowed_methods,
    dead_code,
    reason = "tests read the workspace, and each only some of it"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::civil::date;
use mktlint_asset::{Asset, FieldSource, Format, Kind, Spec, detect, extract};
use mktlint_check::{Inputs, Judge, SourceFile, conditions_of};
use mktlint_diag::{FilePath, Level};
use mktlint_gate::Digest;
use mktlint_gate::change::SideFile;
use mktlint_gate::content::Reader;
use mktlint_hir::people::{Declared, formula, segment};
use mktlint_hir::{Database, Project, Source, diagnostics, program};
use mktlint_plan::lower;

/// A policy, compiled.
pub struct Policy {
    db: Mutex<Database>,
    project: Project,
    pub judge: Judge,
}

impl Policy {
    /// Compiles modules, each with its name.
    pub fn of(modules: &[(String, String)]) -> Self {
        let db = Database::default();
        let source = |(module, text): &(String, String)| Source {
            path: format!("{}.mkt", module.replace('.', "/")).as_str().into(),
            module: module.as_str().into(),
            text: text.as_str().into(),
        };
        let project = db.project(modules.iter().map(source), date(2026, 11, 22), BTreeMap::new());
        for (module, _) in modules {
            let file = project.modules(&db)[module.as_str()];
            let found = diagnostics(&db, project, file);
            let errors: Vec<_> = found.into_iter().filter(|found| found.level == Level::Error).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
        let plan = lower(&program(&db, project));
        Self { judge: Judge::new(Arc::new(plan)), db: Mutex::new(db), project }
    }

    /// What judging depends on, with the conditions that `manifest` writes.
    pub fn inputs(&self, manifest: Option<&Asset>) -> Inputs {
        let mut inputs = Inputs::at(date(2026, 11, 22));
        for words in conditions_of(&self.judge.plan, manifest) {
            let db = self.db.lock().expect("no test panics with it");
            let found = segment(&*db, self.project, &words).map_err(|problem| format!("{problem:?}"));
            inputs.segments.insert(
                words,
                found.map(|segment| {
                    let items = Declared { db: &*db, project: self.project };
                    formula(&items, &self.judge.plan.people.schema, &segment.body, segment.condition)
                }),
            );
        }
        inputs
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces/acme")
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The modules of the company's policy.
pub fn modules() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(root().join("policy")).expect("the policies are there");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    let module = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("it has a name");
        (format!("acme.{stem}"), std::fs::read_to_string(path).expect("it can be read"))
    };
    paths.iter().map(module).collect()
}

/// How a file is read: by its name, but for the ads, which the company's configuration describes.
pub fn spec(path: &str, text: &str) -> Spec {
    if !path.contains("ads") || !path.ends_with(".csv") {
        return detect(path, text).unwrap_or_else(|| panic!("{path} is no asset"));
    }
    let column = |name: &str, header: &str| (name.into(), FieldSource::Column(header.into()));
    let mut spec = Spec::new(Kind::Ad, Format::Csv);
    spec.fields = BTreeMap::from([
        column("headlines", "Headline *"),
        column("descriptions", "Description *"),
        column("final_url", "Final URL"),
    ]);
    spec
}

/// The manifest in the nearest folder above `path`.
pub fn manifest(path: &str) -> Option<Asset> {
    let mut folder = Path::new(path).parent();
    while let Some(here) = folder {
        for name in ["campaign.yaml", "campaign.toml", "campaign.json"] {
            let file = here.join(name);
            let file = file.to_str().expect("paths are text");
            if root().join(file).is_file() {
                let text = read(file);
                return extract(&file.into(), &text, &spec(file, &text)).assets.into_iter().next();
            }
        }
        folder = here.parent();
    }
    None
}

/// What `text` says as the file `path` of `campaign`.
pub fn side_file(policy: &Policy, path: &str, text: &str, campaign: Option<&Asset>) -> SideFile {
    let file = FilePath::new(path);
    let extraction = extract(&file, text, &spec(path, text));
    let own = extraction.assets.iter().find(|asset| asset.kind == Kind::Campaign);
    let inputs = policy.inputs(own);
    let reader = Reader::new(&policy.judge, &inputs);
    let source = SourceFile { file: &file, text, extraction: &extraction, campaign };
    SideFile { file: file.clone(), bytes: Digest::of(text.as_bytes()), said: reader.file(&source) }
}
