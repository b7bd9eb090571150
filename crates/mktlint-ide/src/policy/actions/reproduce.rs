//! A `test` that reproduces a finding of an asset.

use mktlint_asset::{
    Asset, Extraction, Format, Kind, Part, PartKind, Role, Text, TextId, TextRange, Value, extract,
};
use mktlint_diag::Diagnostic;
use mktlint_hir::model::item::{Claim, Meaning, Rule, Scope};
use mktlint_text::Span;

use super::edit::{at_end, behind, quoted, with_clause};
use super::site::{Own, Site, in_file};
use crate::{ActionKind, AssetFile, CodeAction, View};

/// Letters that a fixture quotes at most; a longer text is not a test that anyone reads.
const LONGEST: usize = 2_000;

/// A `test` of the rule of `finding` with what it judged in the asset: the field, the part, the paragraph. It goes into
/// the test that the rule has, else behind the rule, else at the end of the project's first policy.
///
/// `None` for rules that judge an asset as a whole, since that would be the whole file.
pub fn reproduce(view: View<'_>, file: &AssetFile, finding: &Diagnostic) -> Option<CodeAction> {
    let campaign = file.campaign.as_deref();
    test_of(view, &file.text, &file.extraction, campaign, finding)
}

/// For the first finding of the rule whose name is selected.
pub fn at(site: &Site<'_>) -> Option<CodeAction> {
    let own = site.own(site.range.start()).filter(|own| own.name().contains(site.range))?;
    let rule = &own.item.path.0;
    let finding = site.view.assets.findings().find(|found| found.code == *rule && found.counts())?;
    let path = &finding.primary.place.file;
    let text = site.view.texts.text(path)?;
    let extraction = extract(path, &text, &site.view.texts.spec(path, &text)?);
    test_of(site.view, &text, &extraction, None, finding)
}

fn test_of(
    view: View<'_>,
    text: &str,
    extraction: &Extraction,
    campaign: Option<&Asset>,
    finding: &Diagnostic,
) -> Option<CodeAction> {
    let own = Own::new(view, view.find_rule(&finding.code)?)?;
    let place = finding.primary.place.span;
    let asset = extraction.assets.iter().rev().find(|asset| asset.span.touches(place.start()))?;
    let judged = Judged { text, asset, campaign, place };
    let fixture = judged.fixture(&own.item.meaning).filter(|fixture| fixture.len() <= LONGEST)?;
    let clause = format!("{} on {fixture}", if finding.undecided { "undecided" } else { "fires" });
    let name = own.item.path.name();
    Some(CodeAction {
        title: format!("write a test of `{name}` from this finding"),
        kind: ActionKind::Rewrite,
        edits: vec![written(view, &own, &clause)?],
        repairs: None,
        is_preferred: false,
    })
}

fn written(view: View<'_>, rule: &Own<'_>, clause: &str) -> Option<crate::FileEdits> {
    let file = rule.declaration.file(view.db);
    if file.is_pack(view.db) {
        let first = view.own_files().next()?;
        let test = format!("test {} {{\n  {clause}\n}}", rule.item.path);
        return Some(in_file(first.path(view.db), [at_end(first.text(view.db), &test)]));
    }
    let site = Site::new(view, file, Span::at(0));
    let is_test = |own: &Own<'_>| {
        matches!(&own.item.meaning, Meaning::Test(test) if test.target == rule.item.path)
            && own.tree.body.is_some()
    };
    let edit = match site.all().find(is_test) {
        Some(test) => with_clause(site.text, &test, clause),
        None => behind(site.text, rule, &format!("test {} {{\n  {clause}\n}}", rule.item.path.name())),
    };
    Some(site.edits([edit]))
}

/// What was judged.
struct Judged<'a> {
    /// The file.
    text: &'a str,
    asset: &'a Asset,
    campaign: Option<&'a Asset>,
    /// Where the finding is.
    place: Span,
}

impl Judged<'_> {
    fn fixture(&self, meaning: &Meaning) -> Option<String> {
        match meaning {
            Meaning::Rule(rule) => self.of_rule(rule),
            Meaning::Claim(claim) => self.prose(self.regions(claim)),
            Meaning::Term(_) => self.prose(None),
            Meaning::Utm(_) => self.part(Some(PartKind::Link)),
            _ => None,
        }
    }

    fn of_rule(&self, rule: &Rule) -> Option<String> {
        if rule.scopes.is_empty() {
            return self.prose(None);
        }
        let kind = self.asset.kind.as_str();
        let covers = |scope: &&Scope| scope.asset.as_deref().is_none_or(|own| own == kind);
        rule.scopes.iter().filter(covers).find_map(|scope| match (&scope.part, &scope.field) {
            (Some(part), _) => self.part(PartKind::ALL.into_iter().find(|own| own.as_str() == part)),
            (None, Some(field)) => self.field(field),
            (None, None) => self.prose(None),
        })
    }

    /// `Email { subject: "…" }`
    fn field(&self, name: &str) -> Option<String> {
        let (id, text) =
            self.texts().find(|(_, text)| matches!(&text.role, Role::Field(own) if own == name))?;
        let words = quoted(&self.words(whole(id, text)));
        let is_list = self.asset.fields.get(name).is_some_and(|field| matches!(field.value, Value::List(_)));
        let value = if is_list { format!("[{words}]") } else { words };
        Some(format!("{} {{ {name}: {value} }}", self.asset.kind.as_str()))
    }

    /// The running text around the place, as the body; else the field that the place is in.
    fn prose(&self, more: Option<String>) -> Option<String> {
        let (_, text) = self.texts().find(|(_, text)| text.is_read())?;
        if let Role::Field(name) = &text.role {
            return self.field(name);
        }
        if !matches!(text.role, Role::Body | Role::PlainPart) {
            return self.part(None);
        }
        let is_block = |part: &&Part| matches!(part.kind, PartKind::Paragraph | PartKind::Heading);
        let range = self.smallest(is_block)?.text?;
        let words = self.words(range);
        let kind = self.asset.kind;
        let body = match kind {
            Kind::Email | Kind::Page => format!("<p>{}</p>", escaped(&words)),
            _ => words,
        };
        let more = more.map(|more| format!(", {more}")).unwrap_or_default();
        Some(format!("{} {{ body: {}{more} }}", kind.as_str(), quoted(&body)))
    }

    /// The markup of the part that the place is in, as the body.
    fn part(&self, kind: Option<PartKind>) -> Option<String> {
        let body = match (self.asset.format, self.asset.kind) {
            (Format::Html, Kind::Email | Kind::Page) | (Format::Markdown, Kind::Post) => {
                self.asset.kind.as_str()
            }
            _ => return None,
        };
        let is_wanted = |part: &&Part| match kind {
            Some(PartKind::Utm) => part.kind == PartKind::Link,
            Some(PartKind::Sentence) => part.kind == PartKind::Paragraph,
            Some(kind) => part.kind == kind,
            None => part.kind != PartKind::Document,
        };
        let markup = self.smallest(is_wanted)?.span.slice(self.text);
        (!markup.is_empty()).then(|| format!("{body} {{ body: {} }}", quoted(markup)))
    }

    fn smallest(&self, is_wanted: impl Fn(&&Part) -> bool) -> Option<&Part> {
        let around = self.asset.parts.iter().filter(|part| part.span.contains(self.place));
        around.filter(is_wanted).min_by_key(|part| part.span.len())
    }

    /// The texts that the place is in.
    fn texts(&self) -> impl Iterator<Item = (TextId, &Text)> {
        let all = (0..).map(TextId).zip(&self.asset.texts);
        all.filter(|(id, text)| self.asset.source(whole(*id, text)).contains(self.place))
    }

    /// Decoded words, with template tags as they are written.
    fn words(&self, range: TextRange) -> String {
        let mut out = String::new();
        let mut at = range.start;
        for letter in self.asset.slice(range).chars() {
            let end = at + letter.len_utf8() as u32;
            match letter {
                '\u{FFFC}' => {
                    out.push_str(self.asset.source(TextRange { start: at, end, ..range }).slice(self.text))
                }
                letter => out.push(letter),
            }
            at = end;
        }
        out
    }

    /// `regions: [DE]`, where a claim asks for them.
    fn regions(&self, claim: &Claim) -> Option<String> {
        let given = |asset: &Asset| {
            let Value::List(items) = &asset.fields.get("regions")?.value else { return None };
            let code = |item: &Value| match item {
                Value::Text(range) => Some(asset.slice(*range).to_owned()),
                _ => None,
            };
            items.iter().map(code).collect::<Option<Vec<String>>>()
        };
        let found = given(self.asset).or_else(|| self.campaign.and_then(given));
        let found = found.or_else(|| {
            claim
                .regions
                .first()
                .map(|limit| limit.countries.iter().take(1).map(ToString::to_string).collect())
        });
        let is_code = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let found = found.filter(|codes| !claim.regions.is_empty() && codes.iter().all(is_code))?;
        Some(format!("regions: [{}]", found.join(", ")))
    }
}

fn whole(id: TextId, text: &Text) -> TextRange {
    TextRange { text: id, start: 0, end: text.mapped.len() }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
