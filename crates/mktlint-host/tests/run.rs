//! Whole runs on folders made for the occasion.

#![allow(clippy::disallowed_methods, reason = "tests make the files that they judge")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use mktlint_host::{Checked, Settings, check};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("files are in a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    folder
}

fn settings(folder: &Path) -> Settings {
    Settings {
        folder: folder.canonicalize().expect("the folder exists"),
        paths: Vec::new(),
        config: None,
        today: date(2026, 11, 22),
        use_cache: false,
        plan: None,
        stdin: None,
    }
}

/// The findings of a run, one per line: `path:start-end code message`.
fn shown(checked: &Checked) -> String {
    let line = |found: &mktlint_diag::Diagnostic| {
        let place = &found.primary.place;
        let mark = if found.undecided { " (undecided)" } else { "" };
        format!("{}:{:?} {} {}{mark}\n", place.file, place.span, found.code, found.message)
    };
    checked.findings.iter().map(line).collect()
}

fn run(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let checked = check(&settings(folder.path())).expect("the run begins");
    shown(&checked)
}

const POLICY: &str = r#"
claim proven {
  says "clinically proven"
  never in [DE]
}

rule no_shouting on Email.subject {
  match /[A-Z]{4,}/
  error "the subject shouts: {match}"
}
"#;

#[test]
fn a_policy_judges_an_asset() {
    let found = run(&[
        ("mktlint.toml", "name = \"acme\"\n"),
        ("policy/claims.mkt", POLICY),
        (
            "emails/campaign.yaml",
            "id: serum\nregions: [DE, FR]\nchannel: email\npurpose: marketing\nsend_date: 2026-12-01\n",
        ),
        (
            "emails/hello.html",
            "<title>x</title><meta name=subject content='SALE now'><p>Our serum is clinically <b>proven</b>.</p>",
        ),
    ]);
    insta::assert_snapshot!(found, @r#"
    emails/hello.html:44..48 acme.claims.no_shouting the subject shouts: SALE
    emails/hello.html:70..90 acme.claims.proven "clinically proven" must not be said in DE
    "#);
}

#[test]
fn a_broken_policy_stops_the_run() {
    let found = run(&[("policy/a.mkt", "claim x { sais \"a\" }"), ("blog/a.md", "# Hello\n")]);
    insta::assert_snapshot!(found, @"policy/a.mkt:10..14 MKT0102 a `claim` has no clause `sais`");
}

#[test]
fn a_wrong_key_in_the_configuration_is_reported() {
    let found = run(&[("mktlint.toml", "polcy = \"x\"\n"), ("blog/a.md", "# Hello\n")]);
    insta::assert_snapshot!(found, @"mktlint.toml:0..5 MKT0601 there is no key `polcy`");
}

#[test]
fn a_path_that_does_not_exist_stops_the_run() {
    let folder = folder(&[]);
    let mut settings = settings(folder.path());
    settings.paths = vec![PathBuf::from("nowhere.md")];
    let error = check(&settings).expect_err("there is no such file");
    assert_eq!(error.to_string(), "`nowhere.md`: there is no such file or folder");
}

#[test]
fn a_second_run_finds_the_same() {
    let folder = folder(&[
        ("policy/a.mkt", POLICY),
        ("mail/a.html", "<title>BUY THIS</title><meta name=subject content=BUYIT>"),
    ]);
    let mut settings = settings(folder.path());
    settings.use_cache = true;
    let first = check(&settings).expect("the run begins");
    let second = check(&settings).expect("the run begins");
    assert!(!first.findings.is_empty());
    assert_eq!(shown(&first), shown(&second));
}

#[test]
fn a_manifest_knows_what_its_assets_claim() {
    let folder = folder(&[
        (
            "policy/a.mkt",
            "claim proven {\n  says \"proven\"\n  regulated\n}\n\ntier low {}\n\ntier high { when uses regulated claims }\n\n\
             rule risky on Campaign { forbid uses regulated claims  error \"it is regulated\" }\n",
        ),
        ("spring/campaign.yaml", "id: spring\nregions: [US]\npurpose: marketing\n"),
        ("spring/post.md", "It is proven.\n"),
        ("autumn/campaign.yaml", "id: autumn\nregions: [US]\npurpose: marketing\n"),
        ("autumn/post.md", "It is fine.\n"),
    ]);
    let checked = check(&settings(folder.path())).expect("the run begins");
    assert_eq!(shown(&checked), "spring/campaign.yaml:0..10 policy.a.risky it is regulated\n");
    assert_eq!(checked.notes, Vec::<String>::new());
}

#[test]
#[cfg(unix)]
fn a_policy_behind_a_link_that_is_not_followed_stops_the_run() {
    let elsewhere = folder(&[("more.mkt", POLICY)]);
    let folder = folder(&[
        ("mktlint.toml", "name = \"acme\"\n"),
        ("policy/claims.mkt", POLICY),
        ("blog/a.md", "# Hello\n"),
    ]);
    let root = folder.path().canonicalize().expect("it exists");
    std::os::unix::fs::symlink(elsewhere.path().join("more.mkt"), root.join("policy/more.mkt"))
        .expect("a link");
    let mut settings = settings(&root);
    for paths in [vec![], vec![root.join("blog/a.md")]] {
        settings.paths = paths;
        let checked = check(&settings).expect("the run begins");
        assert!(checked.bad_policy);
        insta::allow_duplicates! {
            insta::assert_snapshot!(shown(&checked), @"policy/more.mkt:0..0 MKT0603 this link is not followed: it leads out of the workspace (undecided)");
        }
    }
}

#[test]
fn a_table_that_speaks_of_no_file_is_told() {
    let table = "[[assets]]\nkind = \"Ad\"\nfiles = [\"adz/*.csv\", \"ad/*.csv\"]\n";
    let folder = folder(&[("mktlint.toml", table), ("ads/a.csv", "Headline 1\nFresh\n")]);
    let notes = || check(&settings(folder.path())).expect("the run begins").notes;
    assert_eq!(notes(), ["no file fits `adz/*.csv`, `ad/*.csv` of `[[assets]]` in `mktlint.toml`"]);
    fs::rename(folder.path().join("ads"), folder.path().join("ad")).expect("a new name");
    assert_eq!(notes(), Vec::<String>::new());
}

#[test]
fn of_two_workspaces_the_stricter_fail_level_counts() {
    let folder = folder(&[
        ("one/mktlint.toml", "fail-on = \"warning\"\n"),
        ("one/blog/a.md", "Hello.\n"),
        ("two/mktlint.toml", ""),
        ("two/blog/a.md", "Hello.\n"),
    ]);
    let checked = check(&settings(folder.path())).expect("the run begins");
    assert_eq!(checked.fail_on, Some(mktlint_diag::Level::Warning));
}
