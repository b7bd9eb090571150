//! The report of the invented company, as a browser gets it.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make the files that they look at")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

/// What `mktlint report` prints in `folder`.
fn report(folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mktlint"))
        .args(["report", "--at", "2026-11-22", "--no-cache"])
        .current_dir(folder)
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the page is UTF-8")
}

static ACME: LazyLock<String> =
    LazyLock::new(|| report(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces/acme")));

#[test]
fn the_page_is_small_whole_and_by_itself() {
    let page = &*ACME;
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert_eq!(page.matches("<script").count(), 1);
    let (head, body) = page.split_once("</head>").expect("there is a head");
    assert!(!head.contains("url(") && !head.contains("@import"));
    for fetched in ["src=\"", "href=\"http", "<link", "<img"] {
        assert_eq!(body.matches(fetched).count(), 0, "{fetched}");
    }
    for section in ["campaigns", "findings", "calendar", "audiences", "ends", "flow", "decisions"] {
        assert!(body.contains(&format!("<section id=\"{section}\"")), "{section}");
    }
}

#[test]
fn links_within_the_page_lead_somewhere_and_ids_are_unique() {
    let (page, _) = ACME.split_once("<script>").expect("the script is last");
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    let targets = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let dead: Vec<&str> = targets.filter(|target| !unique.contains(target)).collect();
    assert_eq!(dead, [""; 0]);
}

#[test]
fn each_drawing_has_words_and_a_table() {
    let drawings = ACME.matches("<svg ").count();
    assert!(drawings >= 4, "{drawings} drawings");
    assert_eq!(ACME.matches("role=\"img\" aria-label=\"").count(), drawings);
    assert_eq!(ACME.matches("<summary>As a table</summary>").count(), drawings);
}

/// A decision that nobody signed, with a reason that would like to act.
const HOSTILE_RECORD: &str = r#"format = 1
id = "2026-11-20-legal-1"
verdict = "approved"
unit = "campaign:a"
tier = "high"
role = "legal"
person = "jo@acme.example"
time = 2026-11-20T09:00:00Z
reason = "<img src=x onerror=alert(2)> from jo@acme.example"
policy = "sha256:207b009ca4911fcaed7978b2baf86d680013cc91d4609b5d923d527dea2072f6"
tool = "0.1.0"
normal-form = 1
parts = [
  { kind = "copy", digest = "sha256:19aea8a218e828440c81b00209fac78ff16651487b7c9f382fe5e565fc0b43f5" },
]
"#;

#[test]
fn what_people_write_is_nothing_but_text() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
    };
    write("mktlint.toml", "name = \"acme\"\n");
    write(
        "policy/main.mkt",
        "contact { country: Country }\naudience a = country == DE\naudience b = country == FR\n\
         rule r { match \"</script>\"  error \"<img src=x onerror=alert(1)> `{match}`\" }\n\
         waive r for \"b.md\" until 2027-01-01 { by \"<b>\"  because \"</title><svg onload=alert(1)>\" }\n",
    );
    write(
        "campaigns/a/campaign.yaml",
        "id: \"</td><script>alert('1')</script>\\\" onmouseover=\\\"x\"\nchannel: [email]\nsend_at: 2026-12-01\n",
    );
    write("campaigns/a/post.md", "# Hello\n\nmail jo@acme.example </script> now\n");
    write("decisions/a/2026-11-20-legal-1.toml", HOSTILE_RECORD);
    let page = report(folder.path());
    let (page, _) = page.split_once("<script>").expect("the script is last");
    assert!(page.contains("<td class=\"short\">2026-11-20</td>"), "the decision is not there");
    for active in ["<script", "<img", "<svg on", "<b>\"", "onmouseover=\""] {
        assert!(!page.contains(active), "{active}");
    }
    assert!(page.contains("&lt;/td&gt;&lt;script&gt;alert"));
    assert!(!page.contains("jo@acme.example"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let again = report(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/workspaces/acme"));
    assert!(again == *ACME);
}

/// Where Chromium is, when it is there.
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    let found = path.is_file().then_some(path);
    if found.is_none() {
        eprintln!("SKIPPED: there is no Chromium, so nobody looked at the page");
    }
    found
}

/// What Chromium says about the page in `folder`, without a network.
fn browse(chromium: &Path, folder: &Path, flags: &[&str]) -> Output {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--proxy-server=127.0.0.1:9", "--enable-logging=stderr"])
        .arg(profile)
        .args(flags)
        .arg(format!("file://{}", folder.join("report.html").display()))
        .current_dir(folder)
        .output()
        .expect("Chromium runs")
}

#[test]
fn a_browser_shows_it_without_complaint() {
    let Some(chromium) = chromium() else { return };
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("report.html"), &*ACME).expect("a new file");
    let output = browse(&chromium, folder.path(), &["--dump-dom"]);
    let (page, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let complaints: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert_eq!(complaints, [""; 0]);
    // The script ran: it shows the filters and counts what they leave.
    assert!(page.contains(">7 of 7 campaigns<"), "{} bytes", page.len());
    assert!(!page.contains("<form role=\"search\" data-for=\"campaign-list\" hidden"));
}

#[test]
fn it_is_drawn_light_dark_and_on_paper() {
    let Some(chromium) = chromium() else { return };
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("report.html"), &*ACME).expect("a new file");
    let drawn = |name: &str, flags: &[&str]| {
        browse(&chromium, folder.path(), flags);
        fs::read(folder.path().join(name)).unwrap_or_default()
    };
    let light = drawn("light.png", &["--window-size=1200,2400", "--screenshot=light.png"]);
    let dark =
        ["--window-size=1200,2400", "--screenshot=dark.png", "--blink-settings=preferredColorScheme=0"];
    let dark = drawn("dark.png", &dark);
    let paper = drawn("paper.pdf", &["--print-to-pdf=paper.pdf"]);
    assert!(light.len() > 50_000 && dark.len() > 50_000 && light != dark);
    assert!(paper.starts_with(b"%PDF") && paper.len() > 20_000);
}
