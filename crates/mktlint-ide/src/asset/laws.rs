//! What must hold of every feature of assets, whatever is typed.

use std::sync::Arc;

use mktlint_asset::{Kind, Spec, detect, extract};
use mktlint_check::{Scratch, SourceFile};
use mktlint_diag::{Edit, FilePath};
use mktlint_text::Span;

use super::{actions, completion, definition, folding, hints, hover, lens, links, symbols};
use crate::fixture::Fixture;
use crate::{AssetFile, CodeAction, JudgedFile};

/// A policy with every sort of declaration that features look at.
const POLICY: &str = "contact { age: Int?  country: Country }
audience adults = age? >= 18
suppress young on email { who age? < 20 }
region home = [DE, AT]
fact checked: Bool
enum Mood { calm, loud }
fact mood: Mood?
rule subject on Email.subject { require longest_length(it) <= 20  warning \"{length(it)}\" }
rule headline on Ad.headlines { forbid length(it) > 20  error \"long\"  fix unsafe replace it with \"Short\" }
rule pressure { match \"act now\" | /\\bonly \\d+ left\\b/i  error \"no\"  fix remove match }
rule ready on Campaign { require checked  error \"no\" }
rule links on Link.url { forbid it contains \"http:\"  warning \"no\" }
claim proven { says \"proven\"  needs disclosure note within 2 paragraphs  never in home }
disclosure note \"See our study\"
term \"sign up\" { not \"signup\" }
merge first_name { length 1..=14  fallback \"there\" }
utm mail { hosts [\"acme.example\", \"*.acme.example\"]  source in [a, b]  medium = email  campaign = \"{campaign.id}\"  content optional matches kebab }
";

/// Assets of every format, each with most of what its format can hold.
const FILES: [(&str, &str); 12] = [
    (
        "emails/a.md",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-winter-serum/email-vip.md"),
    ),
    (
        "emails/b.html",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-winter-serum/email.html"),
    ),
    (
        "emails/c.mjml",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-winter-serum/reminder.mjml"),
    ),
    (
        "emails/d.eml",
        include_str!("../../../../tests/workspaces/acme/campaigns/2027-03-spring-sun/newsletter.eml"),
    ),
    ("ads/e.csv", include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-winter-serum/ads.csv")),
    ("sms/f.csv", include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-black-friday/sms.csv")),
    ("sms/g.txt", include_str!("../../../../tests/workspaces/acme/campaigns/2026-12-gift-guide/sms.txt")),
    (
        "push/h.json",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-winter-serum/push.json"),
    ),
    ("push/i.toml", include_str!("../../../../tests/workspaces/acme/campaigns/2027-03-spring-sun/push.toml")),
    (
        "campaign.yaml",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-11-black-friday/campaign.yaml"),
    ),
    (
        "x/campaign.toml",
        include_str!("../../../../tests/workspaces/acme/campaigns/2027-03-spring-sun/campaign.toml"),
    ),
    (
        "y/campaign.json",
        include_str!("../../../../tests/workspaces/acme/campaigns/2026-12-gift-guide/campaign.json"),
    ),
];

/// Places that are asked at in a whole file. Every offset took a minute without optimization and found no more.
const PLACES: usize = 40;

/// Mutated texts of each file. 2 000 in all took a minute and found no more.
const CASES: usize = 20;

fn fixture() -> Fixture {
    let files: String = FILES.iter().map(|(path, text)| format!("//- {path}\n{text}\n")).collect();
    Fixture::new(&format!("{POLICY}{files}"))
}

/// The file at `path` as it would be with `text`.
fn file(fixture: &Fixture, path: &str, text: &str) -> Option<AssetFile> {
    let path = FilePath::new(path);
    let spec: Spec = detect(&path, text)?;
    let extraction = Arc::new(extract(&path, text, &spec));
    let campaign = fixture.asset_at(&path).campaign.filter(|_| spec.kind != Kind::Campaign);
    let view = fixture.view();
    let (judge, inputs) = super::at::judge(view).expect("the policy compiles");
    let source = SourceFile { file: &path, text, extraction: &extraction, campaign: campaign.as_deref() };
    let result = judge.file(&source, inputs, &mut Scratch::default());
    let judged = JudgedFile { findings: result.findings, facts: result.facts, judged_by: Arc::from([]) };
    let text: Arc<str> = text.into();
    Some(AssetFile { path, text, spec: Arc::new(spec), extraction, campaign, judged: Arc::new(judged) })
}

/// Asks every feature of a place; what comes back fits the text.
fn ask(fixture: &Fixture, file: &AssetFile, offset: u32) {
    let (view, text) = (fixture.view(), &file.text);
    if let Some(hover) = hover::hover(view, file, offset) {
        assert!(text.get(hover.span.range()).is_some() && hover.span.touches(offset), "{text}");
        assert!(hover.markdown.lines().count() <= 150, "{}", hover.markdown);
    }
    definition::definition(view, file, offset);
    for item in completion::completion(view, file, offset) {
        assert!(text.get(item.replace.range()).is_some() && item.replace.end() == offset, "{text}");
    }
    for action in actions::actions(view, file, Span::at(offset)) {
        fits(fixture, file, &action);
    }
}

/// Asks every feature of a whole file.
fn ask_whole(fixture: &Fixture, file: &AssetFile) {
    let (view, text) = (fixture.view(), &file.text);
    for hint in hints::hints(view, file, Span::of(0..text.len())) {
        assert!(text.is_char_boundary(hint.offset as usize), "{} in {text}", hint.offset);
    }
    assert!(links::links(view, file).iter().all(|link| text.get(link.span.range()).is_some()), "{text}");
    assert!(folding::folds(file).iter().all(|fold| text.get(fold.span.range()).is_some()), "{text}");
    assert!(lens::lenses(view, file).iter().all(|lens| text.get(lens.span.range()).is_some()), "{text}");
    nested(&symbols::outline(file), Span::of(0..text.len()));
    if let Some(action) = actions::fix_all(view, file) {
        fits(fixture, file, &action);
    }
}

/// Editors refuse symbols whose name stands outside of them.
fn nested(symbols: &[crate::policy::symbols::Symbol], around: Span) {
    for symbol in symbols {
        assert!(
            around.contains(symbol.full) && symbol.full.contains(symbol.span),
            "{symbol:?} in {around:?}"
        );
        nested(&symbol.children, symbol.full);
    }
}

fn fits(fixture: &Fixture, file: &AssetFile, action: &CodeAction) {
    for edits in &action.edits {
        let policy = fixture.view().policy(&edits.file).map(|file| file.text(fixture.view().db).to_string());
        let text = policy.unwrap_or_else(|| file.text.to_string());
        let is_in = |edit: &Edit| text.get(edit.span.range()).is_some();
        assert!(edits.edits.iter().all(is_in), "{action:?} in {text}");
        let mut sorted = edits.edits.clone();
        sorted.sort();
        assert!(sorted.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()), "{action:?}");
    }
}

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }
}

/// Takes something away, doubles it, or puts in what half-typed files are made of.
fn mutated(text: &str, numbers: &mut Numbers) -> String {
    const PIECES: [&str; 16] = [
        "\"",
        "{{ ",
        "}}",
        "<!-- mktlint: waive ",
        "# mktlint: waive pressure",
        "\n---\n",
        "?utm_source=",
        "&amp;",
        "[",
        "{",
        ": ",
        " = ",
        ",",
        "é\u{301}",
        "act now",
        "\r\n",
    ];
    let mut text = text.to_owned();
    for _ in 0..=numbers.below(3) {
        let (a, b) = (numbers.place(&text), numbers.place(&text));
        let (start, end) = (a.min(b), a.max(b).min(text.floor_char_boundary(a.min(b) + 200)));
        match numbers.below(4) {
            0 => text.replace_range(start..end, ""),
            1 => text.truncate(start),
            2 => {
                let piece = text[start..end].to_owned();
                text.insert_str(start, &piece);
            }
            _ => text.insert_str(start, PIECES[numbers.below(PIECES.len())]),
        }
    }
    text
}

#[test]
fn every_place_of_every_format_is_answered() {
    let fixture = fixture();
    for (path, _) in FILES {
        let file = fixture.asset_at(&FilePath::new(path));
        ask_whole(&fixture, &file);
        let places: Vec<usize> =
            file.text.char_indices().map(|(at, _)| at).chain([file.text.len()]).collect();
        for offset in places.iter().step_by(places.len().div_ceil(PLACES)) {
            ask(&fixture, &file, *offset as u32);
        }
    }
}

#[test]
fn nothing_that_is_typed_breaks_anything() {
    let fixture = fixture();
    let mut numbers = Numbers(7);
    for (path, text) in FILES {
        for _ in 0..CASES {
            let text = mutated(text, &mut numbers);
            let Some(file) = file(&fixture, path, &text) else { continue };
            ask_whole(&fixture, &file);
            for _ in 0..3 {
                ask(&fixture, &file, numbers.place(&text) as u32);
            }
        }
    }
}

/// Findings of the last look at all assets may be about an earlier text.
#[test]
fn places_of_an_earlier_text_are_survived() {
    let fixture = fixture();
    for text in ["", "i", "id: é", "audience: adults"] {
        let file = file(&fixture, "campaign.yaml", text).expect("a manifest");
        ask_whole(&fixture, &file);
        (0..=text.len()).for_each(|offset| ask(&fixture, &file, offset as u32));
    }
}
