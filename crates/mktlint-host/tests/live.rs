//! A workspace that is kept says what a run of the command says.

#![allow(clippy::disallowed_methods, reason = "tests make the files that they judge")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use mktlint_diag::Diagnostic;
use mktlint_host::live::{Kind, Live};
use mktlint_host::workspace::Workspace;
use mktlint_host::{Checked, Settings, baseline, check, packs};
use proptest::prelude::*;
use tempfile::TempDir;

const TODAY: Date = date(2026, 11, 22);

/// A workspace in a folder, kept, with the texts that are open in an editor.
struct Bench {
    folder: TempDir,
    live: Live,
    open: Vec<(PathBuf, String)>,
    today: Date,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        Self::of(folder)
    }

    fn of(folder: TempDir) -> Self {
        let live = Live::open(folder.path(), None, TODAY).expect("a workspace");
        Self { folder, live, open: Vec::new(), today: TODAY }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Types in an editor.
    fn edit(&mut self, path: &str, text: &str) {
        let path = self.path(path);
        self.live.set_text(&path, text.into());
        self.open.retain(|(open, _)| *open != path);
        self.open.push((path, text.to_owned()));
    }

    fn close(&mut self, path: &str) {
        let path = self.path(path);
        self.live.close_text(&path);
        self.open.retain(|(open, _)| *open != path);
    }

    /// Writes to disk, as another program does.
    fn write(&mut self, path: &str, text: &str) {
        let path = self.path(path);
        write(&path, text);
        self.live.disk_changed(&[path]);
    }

    fn delete(&mut self, path: &str) {
        let path = self.path(path);
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.expect("it is there");
        self.live.disk_changed(&[path]);
    }

    fn read(&self, path: &str) -> String {
        let full = self.path(path);
        let open = self.open.iter().find(|(open, _)| *open == full).map(|(_, text)| text.clone());
        open.unwrap_or_else(|| fs::read_to_string(full).expect("it is there"))
    }

    fn replace(&mut self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old}");
        self.edit(path, &text.replace(old, new));
    }

    /// What is found when all work is done.
    fn found(&self) -> Vec<String> {
        self.live.snapshot().work(&|| false, &mut |_| ()).expect("nobody stops it");
        let all = self.live.snapshot().all_findings();
        let mut shown: Vec<String> = all.values().flatten().map(show).collect();
        shown.sort();
        shown
    }

    /// What the command finds in the folder as it is on disk.
    fn checked(&self) -> Checked {
        let folder = self.folder.path().canonicalize().expect("it is there");
        check(&settings(folder, self.today)).expect("the run begins")
    }

    /// What the command finds in a copy of the folder with the open texts in it.
    fn cold(&self) -> Vec<String> {
        let copy = TempDir::new().expect("a temporary folder");
        copy_all(self.folder.path(), copy.path());
        for (path, text) in &self.open {
            let inside = path.strip_prefix(self.folder.path()).expect("in the folder");
            write(&copy.path().join(inside), text);
        }
        let folder = copy.path().canonicalize().expect("it is there");
        let checked = check(&settings(folder, self.today)).expect("the run begins");
        let selection = self.live.snapshot().selection();
        // That a baseline holds what is gone only a run says.
        let wanted =
            checked.findings.iter().filter(|found| selection.wants(found) && found.code != "MKT0951");
        let mut shown: Vec<String> = wanted.map(show).collect();
        shown.sort();
        shown
    }

    #[track_caller]
    fn agrees(&self, after: &str) {
        let (live, cold) = (self.found(), self.cold());
        let only = |one: &[String], other: &[String]| -> String {
            let lines = one.iter().filter(|it| !other.contains(it)).take(5).map(|it| format!("{it}\n"));
            lines.collect()
        };
        assert!(
            live == cold,
            "after {after}\nonly kept:\n{}only cold:\n{}",
            only(&live, &cold),
            only(&cold, &live)
        );
    }
}

impl Bench {
    /// Asserts that whatever a run finds is found here too: assets may have more, while the policy does not compile.
    #[track_caller]
    fn includes(&self, after: &str) {
        let (live, cold) = (self.found(), self.cold());
        assert!(cold.iter().all(|found| live.contains(found)), "after {after}\n{cold:#?}\n{live:#?}");
    }
}

fn settings(folder: PathBuf, today: Date) -> Settings {
    Settings { folder, paths: Vec::new(), config: None, today, use_cache: false, plan: None, stdin: None }
}

fn show(found: &Diagnostic) -> String {
    format!("{found:?}")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files are in a folder")).expect("a new folder");
    fs::write(path, text).expect("a new file");
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a new folder");
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a new file");
        }
    }
}

fn acme() -> Bench {
    let folder = TempDir::new().expect("a temporary folder");
    copy_all(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/workspaces/acme")), folder.path());
    Bench::of(folder)
}

#[test]
fn acme_at_rest_is_what_the_command_says() {
    let bench = acme();
    assert!(bench.found().len() > 50);
    bench.agrees("opening");
}

#[test]
fn acme_stays_what_the_command_says_while_assets_change() {
    let mut bench = acme();
    bench.agrees("opening");
    bench.replace("emails/welcome.html", "<p>", "<p>Guaranteed results, 100% free, clinically proven. ");
    bench.agrees("typing in an asset");
    bench.replace("campaigns/2026-11-black-friday/campaign.yaml", "id:", "audience: country == DE\nid:");
    bench.agrees("typing a condition in a manifest");
    bench.close("campaigns/2026-11-black-friday/campaign.yaml");
    bench.agrees("closing it without saving");
    bench.write(
        "blog/new.md",
        "# Sunscreen that is clinically proven\n\n[x](https://x.example/?utm_source=News)\n",
    );
    bench.agrees("a new asset");
    bench.edit("blog/unsaved.md", "# It is waterproof\n");
    bench.agrees("a new asset that is only open");
    bench.write("blog/unsaved.md", "# saved\n");
    bench.agrees("saving another text below it");
    bench.close("blog/unsaved.md");
    bench.agrees("closing it");
    bench.delete("emails/campaign.yaml");
    bench.agrees("deleting a manifest");
    bench.delete("campaigns/2026-12-gift-guide");
    bench.agrees("deleting a folder");
    bench.write("social/broken.yaml", "a: [\n");
    bench.agrees("a file that cannot be parsed");
}

#[test]
fn acme_stays_what_the_command_says_while_the_policy_changes() {
    let mut bench = acme();
    bench.agrees("opening");
    let main = bench.read("policy/main.mkt");
    bench.edit("policy/main.mkt", &format!("// a comment\n{main}"));
    bench.agrees("a comment, which moves every place in the file");
    bench.edit("policy/extra.mkt", "rule no_sun { match \"sun\"  warning \"no {match}\" }\n");
    bench.agrees("a new policy that is only open");
    bench.replace("policy/extra.mkt", "\"sun\"", "\"skin\"");
    bench.agrees("another wording");
    bench.write("policy/second.mkt", "rule no_skin { match \"skin\"  error \"no {match}\" }\nwaive no_skin for \"blog/**\" until 2027-01-01 { because \"x\" }\n");
    bench.agrees("a second policy");
    bench.delete("policy/second.mkt");
    bench.agrees("deleting it");
    bench.write("evidence/vegan-certificate.txt", "another text\n");
    bench.agrees("a document of evidence");
    bench.delete("evidence/vegan-certificate.txt");
    bench.includes("a document that is gone, without which the policy does not compile");
    bench.write("evidence/vegan-certificate.txt", "a third text\n");
    bench.agrees("a document that is back");
    bench.live.set_today(date(2027, 6, 1));
    bench.today = date(2027, 6, 1);
    bench.agrees("another day");
}

#[test]
fn acme_stays_what_the_command_says_while_the_configuration_changes() {
    let mut bench = acme();
    bench.agrees("opening");
    let config = bench.read("mktlint.toml");
    bench.edit("mktlint.toml", &config.replace("\"drafts/**\"", "\"drafts/**\", \"blog/**\""));
    bench.agrees("leaving out a folder");
    bench.edit("mktlint.toml", &format!("ignore = [\"std\"]\n{config}"));
    bench.agrees("leaving out rules");
    bench.close("mktlint.toml");
    bench.agrees("closing it");
    bench.write(".gitignore", "emails/\n");
    bench.agrees("ignoring a folder");
    bench.edit("emails/more.md", "# It is clinically proven\n");
    bench.open.clear();
    bench.agrees("a new file where files are ignored");
    bench.write("blog/mktlint.toml", "name = \"blog\"\n");
    bench.delete("blog/mktlint.toml");
    bench.agrees("a workspace that came and went");
    bench.delete("mktlint.toml");
    bench.includes("no configuration, without which the policy does not compile");
}

const MAIN: &str = "rule no_free { match \"free\"  error \"no {match}\" }\n";

#[test]
fn what_a_baseline_holds_is_held_in_an_editor_too() {
    let mut bench = Bench::new(&[("mktlint.toml", ""), ("policy/main.mkt", MAIN), ("a.md", "all is free\n")]);
    let is_held = |bench: &Bench| {
        let held = |found: &String| found.contains("no_free") && found.contains("baselined: true");
        bench.found().iter().filter(|found| held(found)).count()
    };
    bench.agrees("opening");
    let (before, _) =
        baseline::of(&bench.checked(), &bench.folder.path().canonicalize().expect("it is there"));
    bench.write("mktlint-baseline.json", &baseline::json::write(&before));
    assert_eq!(is_held(&bench), 1);
    bench.agrees("recording a baseline");
    bench.edit("a.md", "First.\n\nall  is\n*free*\n");
    bench.agrees("moving the words");
    assert_eq!(is_held(&bench), 1);
    bench.edit("a.md", "all is free, free, free\n");
    bench.agrees("finding more");
    assert_eq!(is_held(&bench), 1);
    bench.write("mktlint-baseline.json", "{\n");
    bench.includes("a baseline that is broken");
    bench.delete("mktlint-baseline.json");
    assert_eq!(is_held(&bench), 0);
    bench.agrees("deleting it");
}

const RECORD: &str = r#"format = 1
id = "w1"
verdict = "waived"
unit = "policy"
person = "ana@acme.example"
time = 2026-11-20T10:00:00Z
reason = "a price list"
policy = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
tool = "0.1.0"
normal-form = 1

[waiver]
rules = ["policy.main.no_free"]
files = ["a.md"]
until = 2026-11-30
owner = "ana@acme.example"
"#;

#[test]
fn recorded_waivers_hold_in_an_editor_too() {
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", "all is free\n"), ("b.md", "free\n")]);
    bench.agrees("opening");
    bench.write("decisions/waivers/w1.toml", RECORD);
    bench.agrees("a waiver");
    let is_waived = |bench: &Bench| bench.found().iter().any(|found| found.contains("Record(\"w1\")"));
    assert!(is_waived(&bench));
    bench.write("decisions/waivers/w1.toml", &RECORD.replace("2026-11-30", "2026-11-01"));
    bench.agrees("one that has ended");
    assert!(!is_waived(&bench));
    bench.write("decisions/waivers/w1.toml", &RECORD.replace("\"a.md\"", "\"c.md\""));
    bench.agrees("one for another file");
    let taken_back = RECORD.replace("\"w1\"", "\"w2\"").replace("\"waived\"", "\"withdrawn\"");
    let (taken_back, _) = taken_back.split_once("\n[waiver]").expect("there is one");
    bench.write("decisions/waivers/w1.toml", RECORD);
    bench.write("decisions/policy/w2.toml", &format!("{taken_back}withdraws = \"w1\"\n"));
    bench.agrees("one that somebody tried to take back without a key");
    bench.write("decisions/waivers/w1.toml", "<<<<<<< HEAD\n");
    bench.agrees("one that cannot be read");
    bench.delete("decisions");
    bench.agrees("none");
}

#[test]
fn assets_keep_their_findings_while_the_policy_does_not_compile() {
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", "all is free\n")]);
    assert_eq!(bench.found().len(), 1);
    bench.edit("policy/main.mkt", "rule no_free { match ");
    let found = bench.found();
    assert!(found.iter().any(|found| found.contains("no free")), "{found:?}");
    assert!(found.len() > 1, "{found:?}");
    bench.edit("a.md", "nothing\n");
    assert!(!bench.found().iter().any(|found| found.contains("no free")));
}

#[test]
fn a_broken_configuration_leaves_the_last_one_in_force() {
    let mut bench =
        Bench::new(&[("mktlint.toml", "name = \"a\"\n"), ("policy/main.mkt", MAIN), ("a.md", "free\n")]);
    assert_eq!(bench.found().len(), 1);
    bench.edit("mktlint.toml", "name = \"a\"\nexclude = \"");
    assert_eq!(bench.found().len(), 2);
    bench.edit("mktlint.toml", "name = \"a\"\nexclude = \"a.md\"");
    assert_eq!(bench.found(), [""; 0]);
}

#[test]
fn news_tell_of_what_changed_and_of_nothing_else() {
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", " free\n"), ("b.md", "free\n")]);
    let news = |bench: &Bench| {
        let mut news: Vec<(String, usize)> = Vec::new();
        let tell = &mut |found: Vec<(mktlint_diag::FilePath, Vec<Diagnostic>)>| {
            news.extend(found.into_iter().map(|(file, found)| (file.to_string(), found.len())));
        };
        bench.live.snapshot().work(&|| false, tell).expect("nobody stops it");
        news
    };
    assert_eq!(news(&bench), [("a.md".to_owned(), 1), ("b.md".to_owned(), 1)]);
    bench.edit("b.md", "free, free\n");
    assert_eq!(news(&bench), [("b.md".to_owned(), 2)]);
    assert_eq!(news(&bench), []);
    // The same bytes, on another line.
    bench.write("a.md", "\nfree\n");
    assert_eq!(news(&bench), [("a.md".to_owned(), 1)]);
    bench.delete("a.md");
    assert_eq!(news(&bench), [("a.md".to_owned(), 0)]);
}

#[test]
fn one_file_is_judged_as_it_is_now() {
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", "free\n")]);
    bench.found();
    bench.edit("a.md", "free, free\n");
    assert_eq!(bench.live.snapshot().findings(&"a.md".into()).len(), 2);
    bench.edit("policy/main.mkt", "rule no_free { mtch \"free\"  error \"no {match}\" }\n");
    assert!(!bench.live.snapshot().findings(&"policy/main.mkt".into()).is_empty());
    let snapshot = bench.live.snapshot();
    let asset = snapshot.asset(&"a.md".into()).expect("an asset");
    assert_eq!((&*asset.text, asset.judged.findings.len()), ("free, free\n", 2));
    assert_eq!(
        asset.judged.judged_by.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        ["policy.main.no_free"]
    );
}

#[test]
fn files_know_what_they_are_to_the_workspace() {
    let bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", "free\n"), ("a.png", "")]);
    let kind = |path: &str| bench.live.kind(&bench.path(path));
    assert_eq!(
        [kind("policy/main.mkt"), kind("a.md"), kind("mktlint.toml"), kind("a.png")],
        [Kind::Policy, Kind::Asset, Kind::Configuration, Kind::Other]
    );
    assert_eq!(bench.live.kind(Path::new("/etc/passwd")), Kind::Other);
    assert_eq!(bench.live.kind(&bench.path("../../etc/passwd")), Kind::Other);
}

#[test]
fn work_stops_when_it_is_told_to_and_goes_on_where_it_stopped() {
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("a.md", "free\n")]);
    let snapshot = bench.live.snapshot();
    assert!(!snapshot.is_outdated());
    assert!(snapshot.work(&|| true, &mut |_| ()).is_err());
    let snapshot = bench.live.snapshot();
    bench.live.set_text(&bench.path("a.md"), "free, free\n".into());
    assert!(snapshot.is_outdated());
    drop(snapshot);
    bench.edit("a.md", "free, free\n");
    bench.agrees("stopping");
}

#[test]
fn manifests_are_known_as_they_are_on_disk() {
    let manifest = "campaign.yaml";
    let mut bench = Bench::new(&[("policy/main.mkt", MAIN), (manifest, "id: winter\nchannel: [email]\n")]);
    bench.agrees("opening");
    bench.write(manifest, "# moved\nid: spring\nchannel: [email]\n");
    let known = bench.live.snapshot().with_manifests().expect("a policy has compiled");
    let facts = &known.view().assets.files[&manifest.into()].facts;
    assert_eq!(facts.campaigns[0].id, "spring");
}

/// One change of a small workspace.
#[derive(Clone, Debug)]
enum Change {
    Edit(usize, String),
    Write(usize, String),
    Close(usize),
    Delete(usize),
}

const FILES: [&str; 6] =
    ["policy/main.mkt", "policy/more.mkt", "ads/campaign.yaml", "ads/a.md", "ads/b.html", "mktlint.toml"];

fn text(file: usize) -> BoxedStrategy<String> {
    let policy = "(rule [ab] \\{ match \"(free|now)\"  error \"no \\{match\\}\" \\}\n){0,2}(claim c \\{ says \"(free|now)\"  never in \\[DE\\] \\}\n)?\
        (audience old = age\\? > [1-3]\n)?(contact \\{ age: Int\\? in 0..=130 \\}\n)?(waive a until 2027-01-01 \\{ because \"x\" \\}\n)?";
    match file {
        0 | 1 => policy.boxed(),
        2 => "(id: [xy]\n)?(regions: \\[(DE|US)\\]\n)?(audience: (old|age > [1-3]|none)\n)?".boxed(),
        3 => "((free|now|\\[x\\]\\(https://a\\.example/\\?utm_source=(N|n)ews\\)) ){0,4}".boxed(),
        4 => "<p>(free|now| |<!-- mktlint: waive a because \"x\" -->){0,4}</p>".boxed(),
        _ => "(name = \"(acme|b)\"\n)?(exclude = \"ads/a\\.md\"\n)?(ignore = \"main\\.a\"\n)?".boxed(),
    }
}

fn change() -> impl Strategy<Value = Change> {
    (0..FILES.len(), 0..6).prop_flat_map(|(file, what)| match what {
        0..=2 => text(file).prop_map(move |text| Change::Edit(file, text)).boxed(),
        3 => text(file).prop_map(move |text| Change::Write(file, text)).boxed(),
        4 => Just(Change::Close(file)).boxed(),
        _ => Just(Change::Delete(file)).boxed(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_changed_the_findings_are_those_of_a_fresh_run(
        changes in proptest::collection::vec(change(), 1..12)
    ) {
        let mut bench = Bench::new(&[("policy/main.mkt", MAIN), ("ads/a.md", "free\n")]);
        for change in changes {
            match &change {
                Change::Edit(file, text) => bench.edit(FILES[*file], text),
                Change::Write(file, text) => bench.write(FILES[*file], text),
                Change::Close(file) => bench.close(FILES[*file]),
                Change::Delete(file) if bench.path(FILES[*file]).exists() => bench.delete(FILES[*file]),
                Change::Delete(_) => {}
            }
            let cold = bench.cold();
            let live = bench.found();
            let is_broken = |found: &String| found.contains("level: Error") && !found.contains("file: \"ads/");
            let compiles = !cold.iter().any(is_broken);
            // While the policy does not compile assets keep their findings, so only that much must be there.
            if compiles {
                prop_assert_eq!(live, cold, "after {:?}", change);
            } else {
                prop_assert!(cold.iter().all(|found| live.contains(found)), "after {:?}", change);
            }
        }
    }
}

#[test]
fn other_threads_can_have_snapshots() {
    fn can_be_sent<T: Send>(_: &T) {}
    let bench = Bench::new(&[("policy/main.mkt", MAIN)]);
    can_be_sent(&bench.live.snapshot());
}

#[test]
fn a_workspace_inside_is_left_alone_although_the_configuration_is_named() {
    let files =
        [("mktlint.toml", ""), ("policy/main.mkt", MAIN), ("in/mktlint.toml", ""), ("in/a.md", "free\n")];
    let bench = Bench::new(&files);
    let folder = bench.folder.path();
    let live = Live::open(folder, Some(&folder.join("mktlint.toml")), TODAY).expect("a workspace");
    assert_eq!(live.kind(&folder.join("in/a.md")), Kind::Other);
}

#[test]
fn a_pack_that_changes_is_looked_at_again() {
    let mut bench = Bench::new(&[
        ("mktlint.toml", "name = \"acme\"\n[packs]\nlegal = { path = \"vendor/legal\" }\n"),
        ("vendor/legal/wording.mkt", "rule no_free { match \"free\"  error \"no {match}\" }\n"),
        ("policy/main.mkt", "enforce legal.wording\n"),
        ("a.md", "free\n"),
    ]);
    bench.includes("opening, with a pack that nobody locked");
    lock(&mut bench);
    bench.agrees("locking it");
    assert_eq!(bench.found().len(), 1);
    bench.write("vendor/legal/wording.mkt", "rule no_free { match \"now\"  error \"no {match}\" }\n");
    bench.includes("changing the pack");
    assert_eq!(bench.found().len(), 3, "{:#?}", bench.found());
    lock(&mut bench);
    bench.agrees("locking it again");
    assert_eq!(bench.found(), [""; 0]);
}

/// Locks the packs of the workspace, as `mktlint packs lock` does.
fn lock(bench: &mut Bench) {
    let root = bench.live.root().to_owned();
    let workspace = Workspace::open(&root, Some(&root.join("mktlint.toml"))).expect("a workspace");
    let all: Vec<_> = packs::read_all(&workspace).into_iter().map(|pack| pack.expect("a pack")).collect();
    packs::write(&root, &all).expect("it can be written");
    bench.live.disk_changed(&[root.join(packs::FILE)]);
}

#[test]
#[cfg(unix)]
fn a_link_that_leaves_the_workspace_keeps_nothing_else_from_being_judged() {
    let folder = TempDir::new().expect("a temporary folder");
    write(&folder.path().join("policy/main.mkt"), MAIN);
    write(&folder.path().join("a.md"), "free\n");
    std::os::unix::fs::symlink("/nowhere", folder.path().join("b.md")).expect("a new link");
    let found = Bench::of(folder).found();
    assert_eq!(found.len(), 2, "{found:#?}");
}
