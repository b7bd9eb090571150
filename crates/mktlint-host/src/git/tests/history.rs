//! What was committed, and when.

use super::*;

/// The history of `folder`: a line for each commit, and when it starts.
fn lines(scratch: &Scratch, folder: &str, most: usize) -> (Vec<String>, Option<String>) {
    let history = scratch.open().history(&scratch.root().join(folder), most).expect("it can be read");
    let touch = |touch: &Touch| match &touch.how {
        How::Added => format!("+{}", touch.path),
        How::Changed => format!("~{}", touch.path),
        How::Deleted => format!("-{}", touch.path),
        How::Moved { from } => format!("{from}>{}", touch.path),
    };
    let line = |past: &Past| {
        let touched: Vec<String> = past.touched.iter().map(touch).collect();
        format!("{} {}", past.time, touched.join(" ")).trim_end().to_owned()
    };
    (history.commits.iter().map(line).collect(), history.starts.map(|at| at.to_string()))
}

#[test]
fn each_commit_says_what_became_of_its_files() {
    let Some(scratch) = Scratch::new() else { return };
    assert_eq!(lines(&scratch, "", 9), (Vec::new(), None), "before the first commit");
    scratch.write("a/campaign.yaml", "id: a\n");
    scratch.write("a/email.md", "Hello.\n");
    scratch.write(".github/x.yml", "on: push\n");
    scratch.commit_at("2026-11-03T10:00:00Z");
    scratch.write("a/email.md", "Hello there.\n");
    scratch.commit_at("2026-11-04T10:00:00+01:00");
    scratch.git(&["rm", "-q", "a/email.md"]);
    scratch.commit_at("2026-11-05T10:00:00Z");
    let expected = strings([
        "2026-11-03T10:00:00Z +a/campaign.yaml +a/email.md",
        "2026-11-04T09:00:00Z ~a/email.md",
        "2026-11-05T10:00:00Z -a/email.md",
    ]);
    assert_eq!(lines(&scratch, "", 9), (expected, None));
    let below = strings(["+campaign.yaml +email.md", "~email.md", "-email.md"]);
    let found = lines(&scratch, "a", 9).0;
    assert!(found.iter().zip(&below).all(|(line, end)| line.ends_with(end)), "{found:?}");
}

#[test]
fn a_folder_that_moved_takes_its_changed_files_along() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("old/campaign.yaml", "id: a\n");
    scratch.write("old/email.md", "Hello.\n");
    scratch.commit_at("2026-11-03T10:00:00Z");
    scratch.git(&["mv", "old", "new"]);
    scratch.write("new/campaign.yaml", "id: b\n");
    scratch.commit_at("2026-11-04T10:00:00Z");
    let moved = "2026-11-04T10:00:00Z old/campaign.yaml>new/campaign.yaml old/email.md>new/email.md";
    assert_eq!(lines(&scratch, "", 9).0[1], moved);
}

#[test]
fn a_merge_touches_nothing_and_its_branch_counts() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.commit_at("2026-11-03T10:00:00Z");
    scratch.git(&["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", "A\n");
    scratch.commit_at("2026-11-04T10:00:00Z");
    scratch.git(&["checkout", "-q", "main"]);
    scratch.write("b.md", "B\n");
    scratch.commit_at("2026-11-05T10:00:00Z");
    scratch.git(&["merge", "-q", "--no-ff", "-m", "m", "side"]);
    let lines = lines(&scratch, "", 9).0;
    let touched: Vec<&str> = lines.iter().map(|line| line.split(' ').nth(1).unwrap_or_default()).collect();
    assert_eq!(touched, ["", "+a.md", "+b.md", ""]);
}

#[test]
fn no_commit_is_older_than_its_parent() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("a.md", "A\n");
    scratch.commit_at("2026-11-05T10:00:00Z");
    scratch.write("a.md", "B\n");
    scratch.commit_at("2026-11-03T10:00:00Z");
    let expected = strings(["2026-11-05T10:00:00Z +a.md", "2026-11-05T10:00:00Z ~a.md"]);
    assert_eq!(lines(&scratch, "", 9).0, expected);
    assert_eq!(scratch.open().history(&scratch.root(), 9).expect("it can be read").n_skewed, 1);
}

#[test]
fn where_older_commits_are_missing_nothing_is_claimed() {
    let Some(scratch) = Scratch::new() else { return };
    for day in 1..=3 {
        scratch.write(&format!("{day}.md"), "x\n");
        scratch.commit_at(&format!("2026-11-0{day}T10:00:00Z"));
    }
    let expected = strings(["2026-11-02T10:00:00Z", "2026-11-03T10:00:00Z +3.md"]);
    let starts = Some("2026-11-02T10:00:00Z".to_owned());
    assert_eq!(lines(&scratch, "", 2), (expected.clone(), starts.clone()), "two were asked for");
    let source = format!("file://{}", scratch.root().display());
    let Some(clone) = Scratch::new() else { return };
    clone.git(&["fetch", "-q", "--depth", "2", &source, "main"]);
    clone.git(&["reset", "-q", "--hard", "FETCH_HEAD"]);
    assert_eq!(lines(&clone, "", 9), (expected, starts), "two were cloned");
}
