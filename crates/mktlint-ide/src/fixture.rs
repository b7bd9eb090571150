//! Workspaces for tests, written as one text.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use mktlint_asset::{Asset, Kind, detect, extract};
use mktlint_check::{Inputs, Judge, Scratch, judge_workspace};
use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Safety, apply_edits};
use mktlint_hir::{Database, Project, Source, SourceFile, diagnostics, program};

use crate::view::{AssetFile, Assets, JudgedFile, Texts, View};

/// The day of every test.
pub const TODAY: Date = date(2026, 11, 22);

/// A workspace called `acme`, and the place of the cursor.
///
/// `//- policy/main.mkt` starts a file; what stands before the first such line is `policy/main.mkt`. `$0` is the
/// cursor; a second `$0` in the same file ends a selection.
pub struct Fixture {
    db: Database,
    project: Project,
    assets: Assets,
    texts: BTreeMap<FilePath, Arc<str>>,
    /// The file that the cursor is in; the first one when there is no cursor.
    pub file: FilePath,
    /// The cursor; 0 when there is none.
    pub offset: u32,
    /// Where the selection ends; the cursor when there is none.
    pub end: u32,
}

impl Texts for BTreeMap<FilePath, Arc<str>> {
    fn text(&self, file: &FilePath) -> Option<Arc<str>> {
        self.get(file).cloned()
    }
}

impl Fixture {
    /// Compiles the policies and judges the assets. Policies need not be right; then nothing is judged.
    pub fn new(text: &str) -> Self {
        let (texts, cursors) = split(text);
        let file = cursors.first().map(|(file, _)| file.clone());
        let file = file.or_else(|| texts.keys().next().cloned()).expect("a file");
        let mut own = cursors.iter().filter(|(at, _)| *at == file).map(|(_, offset)| *offset);
        let offset = own.next().unwrap_or(0);
        let end = own.next().unwrap_or(offset);
        let db = Database::default();
        let is_policy = |path: &&FilePath| path.ends_with(".mkt");
        let source = |path: &FilePath| Source {
            path: path.clone(),
            module: module_of(path).into(),
            text: texts[path].clone(),
        };
        let sources: Vec<Source> = texts.keys().filter(is_policy).map(source).collect();
        let project = db.project(sources, TODAY, BTreeMap::new());
        let mut fixture = Self { db, project, assets: Assets::default(), texts, file, offset, end };
        fixture.judge();
        fixture
    }

    /// What features look at.
    pub fn view(&self) -> View<'_> {
        View { db: &self.db, project: self.project, assets: &self.assets, texts: &self.texts }
    }

    /// The policy file that the cursor is in.
    pub fn policy(&self) -> SourceFile {
        self.view().policy(&self.file).expect("a policy file")
    }

    /// The asset file that the cursor is in.
    pub fn asset(&self) -> AssetFile {
        self.asset_at(&self.file)
    }

    /// The text of a file, without cursors.
    pub fn text(&self, file: &str) -> &str {
        &self.texts[&FilePath::new(file)]
    }

    /// The paths of its files, in order.
    pub fn files(&self) -> impl Iterator<Item = &FilePath> {
        self.texts.keys()
    }

    /// The asset file at `path`.
    pub fn asset_at(&self, path: &FilePath) -> AssetFile {
        let text = self.texts[path].clone();
        let spec = detect(path, &text).unwrap_or_else(|| panic!("{path} is no asset"));
        let extraction = Arc::new(extract(path, &text, &spec));
        let judged = self.assets.files.get(path).cloned().unwrap_or_default();
        let campaign = self.campaign(path).map(Arc::new);
        AssetFile { path: path.clone(), text, spec: Arc::new(spec), extraction, campaign, judged }
    }

    /// The manifest in the same folder, else in the root.
    fn campaign(&self, path: &FilePath) -> Option<Asset> {
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let near = [format!("{folder}campaign.yaml"), "campaign.yaml".to_owned()];
        let manifest =
            near.iter().map(|path| FilePath::new(path)).find(|path| self.texts.contains_key(path))?;
        let text = &self.texts[&manifest];
        let spec = detect(&manifest, text).filter(|spec| spec.kind == Kind::Campaign)?;
        extract(&manifest, text, &spec).assets.into_iter().next()
    }

    fn judge(&mut self) {
        let own = self.view().own_files();
        let broken = own.flat_map(|file| diagnostics(&self.db, self.project, file));
        if broken.into_iter().any(|found| found.level == mktlint_diag::Level::Error) {
            return;
        }
        let plan = Arc::new(mktlint_plan::lower(&program(&self.db, self.project)));
        let mut inputs = Inputs::at(TODAY);
        inputs.detailed = true;
        let judge = Judge::new(plan);
        let mut files = BTreeMap::new();
        for path in self.texts.keys().filter(|path| detect(path, &self.texts[*path]).is_some()) {
            let asset = self.asset_at(path);
            let source = mktlint_check::SourceFile {
                file: path,
                text: &asset.text,
                extraction: &asset.extraction,
                campaign: asset.campaign.as_deref(),
            };
            let result = judge.file(&source, &inputs, &mut Scratch::default());
            let had = |outcome: &mktlint_check::Outcome| {
                !matches!(outcome, mktlint_check::Outcome::NotApplicable(_))
            };
            let applied = result.outcomes.iter().filter(|row| had(&row.outcome)).map(|row| row.rule.clone());
            let judged_by: std::collections::BTreeSet<_> = applied.collect();
            let judged_by = judged_by.into_iter().collect();
            let judged = JudgedFile { findings: result.findings, facts: result.facts, judged_by };
            files.insert(path.clone(), Arc::new(judged));
        }
        let facts: Vec<_> = files.values().map(|file: &Arc<JudgedFile>| file.facts.clone()).collect();
        let mut together: BTreeMap<FilePath, Vec<Diagnostic>> = BTreeMap::new();
        for found in judge_workspace(&judge.plan, &facts, &inputs).findings {
            together.entry(found.primary.place.file.clone()).or_default().push(found);
        }
        let (judge, inputs, together) = (Some(Arc::new(judge)), Some(Arc::new(inputs)), Arc::new(together));
        self.assets = Assets { judge, inputs, files, together };
    }
}

/// `text` after `edits`, which must fit it and must not overlap.
pub fn applied(text: &str, edits: &[Edit]) -> String {
    let fix = Fix { title: String::new(), safety: Safety::Safe, file: "any".into(), edits: edits.to_vec() };
    apply_edits(text, &[&fix]).expect("edits fit the text")
}

/// `policy/claims.mkt` is `acme.claims`.
fn module_of(path: &str) -> String {
    let path = path.strip_prefix("policy/").unwrap_or(path);
    format!("acme.{}", path.trim_end_matches(".mkt").replace('/', "."))
}

type Cursors = Vec<(FilePath, u32)>;

/// The files of a fixture, and the cursors in them.
fn split(text: &str) -> (BTreeMap<FilePath, Arc<str>>, Cursors) {
    let mut files: Vec<(FilePath, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(path) => files.push((path.trim().into(), String::new())),
            None => {
                if files.is_empty() {
                    files.push(("policy/main.mkt".into(), String::new()));
                }
                files.last_mut().expect("one was pushed").1.push_str(line);
            }
        }
    }
    let mut cursors = Vec::new();
    let mut texts = BTreeMap::new();
    for (path, mut text) in files {
        while let Some(at) = text.find("$0") {
            text.replace_range(at..at + 2, "");
            cursors.push((path.clone(), at as u32));
        }
        texts.insert(path, text.into());
    }
    (texts, cursors)
}
