//! Assets and parts that are written in a policy, built as files.

use jiff::civil::Date;
use mktlint_asset::{Asset, Extraction, Format, Kind, PartKind, Role, Spec, extract, grey_on_white};
use mktlint_diag::FilePath;
use mktlint_hir::model::expr::Body;
use mktlint_hir::model::program::Program;
use mktlint_hir::model::test::Fixture;
use mktlint_measure::utm::Key;
use mktlint_plan::{Context, Plan, RecordDef, Scope, reference};
use mktlint_text::Span;

use super::{Failure, json};
use crate::SourceFile;
use crate::index::Decl;
use crate::reach::channel_of;

/// A fixture as a file, with its campaign.
pub struct Built {
    /// Its path: `fixture.json`.
    pub file: FilePath,
    /// Its text.
    pub text: String,
    /// How it is read.
    pub spec: Spec,
    extraction: Extraction,
    campaign: Option<Extraction>,
}

/// The fields of a fixture with their values in JSON; `None` for a missing one.
type Fields = Vec<(String, Option<String>)>;

impl Built {
    /// Writes `fixture` as a file that an extractor reads: a part as HTML, an asset as JSON. Fields that only campaigns
    /// have go to a manifest.
    pub fn new(
        program: &Program,
        plan: &Plan,
        decl: Decl,
        body: &Body,
        fixture: &Fixture,
        day: Date,
    ) -> Result<Self, Failure> {
        let fields = values(program, plan, body, fixture, day);
        let part = PartKind::ALL.into_iter().find(|part| part.as_str() == fixture.kind);
        let own = Kind::from_word(&fixture.kind);
        let kind = own.unwrap_or_else(|| kind_for(plan, decl));
        let record = part.map_or(RecordDef::of_kind(kind), RecordDef::of_part);
        let is_own = |name: &str| has_field(plan, record, name) || part.is_none() && is_body(name);
        let is_campaigns = |name: &str| {
            kind != Kind::Campaign
                && !is_own(name)
                && [RecordDef::of_kind(Kind::Campaign), RecordDef::FACTS]
                    .iter()
                    .any(|record| has_field(plan, *record, name))
        };
        let (of_campaign, fields): (Fields, Fields) =
            fields.into_iter().partition(|(name, _)| is_campaigns(name));
        let (text, format) = match (part, own) {
            (Some(part), _) => (part_html(part, &fields, fixture.text.as_deref()), Format::Html),
            (None, Some(kind)) => {
                (asset_json(plan, decl, kind, &fields, fixture.text.as_deref()), Format::Json)
            }
            (None, None) => {
                return Err(Failure::new(format!("`{}` is no kind of asset or part", fixture.kind)));
            }
        };
        let is_given = !of_campaign.is_empty();
        let of_campaign = of_campaign.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let campaign = manifest_of(of_campaign).or_else(|| is_given.then(|| manifest(&[])));
        let file = FilePath::new(if format == Format::Html { "fixture.html" } else { "fixture.json" });
        let spec = Spec::new(kind, format);
        let extraction = extract(&file, &text, &spec);
        Ok(Self { file, text, spec, extraction, campaign })
    }

    /// The manifest, when the fixture has fields for one.
    pub fn campaign(&self) -> Option<&Asset> {
        self.campaign.as_ref().and_then(|extraction| extraction.assets.first())
    }

    /// The asset and its manifest.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.extraction.assets.iter().chain(self.campaign())
    }

    /// The file, to be judged.
    pub fn source(&self) -> SourceFile<'_> {
        SourceFile {
            file: &self.file,
            text: &self.text,
            extraction: &self.extraction,
            campaign: self.campaign(),
        }
    }

    /// The text that `decl` judges in the file when its content is `text`: that of the field of its scope, else the
    /// running text.
    pub fn judged_text(&self, plan: &Plan, decl: Decl, text: &str) -> Option<String> {
        let extraction = extract(&self.file, text, &self.spec);
        let asset = extraction.assets.first()?;
        let scope = scope_for(plan, decl, asset.kind);
        let subjects = mktlint_plan::subjects(scope, &Context::new(plan, asset, DATELESS));
        let judged = subjects.iter().find_map(|subject| subject.text).filter(|_| scope.is_some());
        match judged {
            Some(range) => Some(asset.slice(range).to_owned()),
            None => body_of(asset).map(str::to_owned),
        }
    }
}

/// A manifest with `fields`, each with its value in JSON; `None` without any.
pub fn manifest_of(fields: Vec<(String, String)>) -> Option<Extraction> {
    (!fields.is_empty()).then(|| manifest(&fields))
}

fn manifest(fields: &[(String, String)]) -> Extraction {
    let file = FilePath::new("campaign.json");
    extract(&file, &json::record(fields), &Spec::new(Kind::Campaign, Format::Json))
}

/// A moment for evaluations that do not depend on any.
const DATELESS: jiff::civil::DateTime = jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0);

/// The running text, or the first text that people read.
fn body_of(asset: &Asset) -> Option<&str> {
    let body = asset.texts.iter().find(|text| text.role == Role::Body && !text.mapped.is_empty());
    let first = || asset.texts.iter().find(|text| text.is_read() && !text.mapped.is_empty());
    body.or_else(first).map(|text| text.mapped.text())
}

fn values(program: &Program, plan: &Plan, body: &Body, fixture: &Fixture, day: Date) -> Fields {
    let nothing = Asset::new(FilePath::new("fixture.json"), Kind::Post, Format::Json, Span::default());
    let context = Context::new(plan, &nothing, day.at(0, 0, 0, 0));
    let value = |id| json::value(&reference::eval(program, body, id, &context));
    fixture.fields.iter().map(|(name, id)| (name.to_string(), id.and_then(value))).collect()
}

/// Whether a record of the plan has a field of that name.
pub fn has_field(plan: &Plan, record: usize, name: &str) -> bool {
    let fields = plan.records.get(record).map_or(&[][..], |record| plan.list(record.fields));
    fields.iter().any(|field| plan.str(field.name) == name)
}

fn is_body(name: &str) -> bool {
    matches!(name, "body" | "text")
}

/// The kind of asset that a part stands in: that of the rule's scope, of the convention's channel, else an article.
fn kind_for(plan: &Plan, decl: Decl) -> Kind {
    match decl {
        Decl::Rule(at) => {
            let scopes = plan.rules.get(at as usize).map_or(&[][..], |rule| plan.list(rule.scopes));
            let only = |scope: &Scope| {
                let covered: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| scope.covers(*kind)).collect();
                if let [kind] = covered.as_slice() { Some(*kind) } else { None }
            };
            scopes.iter().find_map(only).unwrap_or(Kind::Post)
        }
        Decl::Utm(at) => {
            let channel = plan.utms.get(at as usize).and_then(|utm| plan.strs(utm.channels).next());
            let on = |kind: &Kind| channel.is_some() && channel_of(*kind) == channel;
            Kind::ALL.into_iter().find(on).unwrap_or(Kind::Post)
        }
        Decl::Claim(_) | Decl::Term(_) => Kind::Post,
        Decl::Suppression(_) | Decl::Cap(_) | Decl::QuietHours(_) => Kind::Campaign,
    }
}

/// The first scope of `decl` that covers `kind`.
fn scope_for(plan: &Plan, decl: Decl, kind: Kind) -> Option<&Scope> {
    let Decl::Rule(at) = decl else { return None };
    let rule = plan.rules.get(at as usize)?;
    plan.list(rule.scopes).iter().find(|scope| scope.covers(kind))
}

/// An asset as a JSON file. A text without a field name is the field of the rule's scope, else the running text.
fn asset_json(plan: &Plan, decl: Decl, kind: Kind, fields: &Fields, text: Option<&str>) -> String {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in fields {
        if let Some(value) = value {
            all.push((key(kind, name).to_owned(), value.clone()));
        }
    }
    if let Some(words) = text {
        let scope = scope_for(plan, decl, kind).filter(|scope| scope.part.is_none());
        let name = scope.and_then(|scope| scope.field).map_or("body", |field| plan.str(field));
        all.push((key(kind, name).to_owned(), json::text(words)));
    }
    json::record(&all)
}

/// The key under which a file holds the field `name`: a body is HTML in an email or page.
fn key(kind: Kind, name: &str) -> &str {
    match (kind, name) {
        (Kind::Email | Kind::Page, "body" | "text") => "html",
        (_, "text") => "body",
        _ => name,
    }
}

/// A part as HTML.
fn part_html(part: PartKind, fields: &Fields, text: Option<&str>) -> String {
    let get = |name: &str| {
        let given = fields.iter().find(|(own, _)| own == name).and_then(|(_, value)| value.as_deref());
        given.map(unquoted).or_else(|| (name == "text").then(|| text.map(str::to_owned)).flatten())
    };
    let attributes = |names: &[(&str, &str)]| {
        let written =
            names.iter().filter_map(|(field, name)| Some(format!(" {name}=\"{}\"", escape(&get(field)?))));
        written.collect::<String>()
    };
    let words = escape(&get("text").unwrap_or_default());
    match part {
        PartKind::Heading => {
            let level =
                get("level").filter(|level| matches!(level.as_str(), "1" | "2" | "3" | "4" | "5" | "6"));
            let level = level.unwrap_or_else(|| "2".into());
            format!("<h{level}>{words}</h{level}>\n")
        }
        PartKind::Link => format!(
            "<p><a href=\"{}\"{}{}>{}</a></p>\n",
            escape(&url(&get)),
            attributes(&[("title", "title")]),
            style(&get),
            if get("is_image").as_deref() == Some("true") { "<img src=\"x.png\">" } else { words.as_str() }
        ),
        PartKind::Table => table_html(&get),
        PartKind::Input => input_html(&get, &attributes(&[("kind", "type"), ("name", "name")])),
        PartKind::Passage => format!("<p{}>{words}</p>\n", style(&get)),
        PartKind::Utm => format!("<p><a href=\"{}\">x</a></p>\n", escape(&tagged_url(&get))),
        PartKind::Button => {
            let href = get("url").map(|url| format!(" href=\"{}\"", escape(&url))).unwrap_or_default();
            format!("<p><a class=\"button\" role=\"button\"{href}>{words}</a></p>\n")
        }
        PartKind::Image => {
            let names = ["alt", "title", "width", "height"].map(|name| (name, name));
            format!(
                "<p><img{}{}{}></p>\n",
                attributes(&[("source", "src")]),
                attributes(&names),
                unseen(&get)
            )
        }
        PartKind::MergeTag => {
            let fallback =
                get("fallback").map(|words| format!(" | default: \"{words}\"")).unwrap_or_default();
            format!("<p>{{{{ {}{fallback} }}}}</p>\n", get("name").unwrap_or_else(|| "name".into()))
        }
        PartKind::ControlTag => {
            format!("<p>{}</p>\n", get("source").unwrap_or_else(|| "{% if x %}".into()))
        }
        PartKind::Document | PartKind::Paragraph | PartKind::Sentence => format!("<p>{words}</p>\n"),
    }
}

/// A field of a form in its label, with `attributes` besides whether it is ticked.
fn input_html(get: &impl Fn(&str) -> Option<String>, attributes: &str) -> String {
    let checked = if get("checked").as_deref() == Some("true") { " checked" } else { "" };
    let label = escape(&get("label").unwrap_or_default());
    format!("<p><label><input{attributes}{checked}> {label}</label></p>\n")
}

/// The attribute of an image that nobody is to see, or to be told of.
fn unseen(get: &impl Fn(&str) -> Option<String>) -> &'static str {
    let is_true = |name: &str| get(name).as_deref() == Some("true");
    match (is_true("is_pixel"), is_true("decorative")) {
        (true, _) => " style=\"display:none\"",
        (false, true) => " role=\"presentation\"",
        (false, false) => "",
    }
}

/// A table with as many rows and cells as the fields say: one of each where they do not.
fn table_html(get: &impl Fn(&str) -> Option<String>) -> String {
    // More than any test of a policy asks for.
    let count = |name: &str| get(name).and_then(|number| number.parse().ok()).unwrap_or(1_usize).min(100);
    let is_true = |name: &str| get(name).as_deref() == Some("true");
    let role = get("role").map(|role| format!(" role=\"{}\"", escape(&role))).unwrap_or_default();
    let row = |cell: &str| format!("<tr>{}</tr>", format!("<{cell}>x</{cell}>").repeat(count("columns")));
    let rows = (0..count("rows")).map(|at| row(if at == 0 && is_true("has_header") { "th" } else { "td" }));
    format!("<table{role}>{}</table>\n", rows.collect::<String>())
}

/// The style of a passage or link. A contrast is that of a grey on white, as near as greys come.
fn style(get: &impl Fn(&str) -> Option<String>) -> String {
    let mut style = String::new();
    let mut set = |property: &str, value: String| style.push_str(&format!("{property}:{value};"));
    let contrast = get("contrast").and_then(|ratio| ratio.parse().ok()).map(grey_on_white);
    for (property, value) in [("color", get("color").or(contrast)), ("background-color", get("background"))] {
        value.into_iter().for_each(|value| set(property, escape(&value)));
    }
    get("font_size").into_iter().for_each(|size| set("font-size", format!("{}px", escape(&size))));
    if get("bold").as_deref() == Some("true") {
        set("font-weight", "bold".into());
    }
    if get("hidden").as_deref() == Some("true") {
        set("display", "none".into());
    }
    if style.is_empty() { style } else { format!(" style=\"{style}\"") }
}

fn url(get: &impl Fn(&str) -> Option<String>) -> String {
    let part = |name: &str, default: &str| get(name).unwrap_or_else(|| default.into());
    let built = || {
        let fragment = get("fragment").map(|words| format!("#{words}")).unwrap_or_default();
        format!(
            "{}://{}{}{fragment}",
            part("scheme", "https"),
            part("host", "example.com"),
            part("path", "/")
        )
    };
    get("url").unwrap_or_else(built)
}

fn tagged_url(get: &impl Fn(&str) -> Option<String>) -> String {
    let pair = |key: &Key| Some(format!("{key}={}", get(key.short_name())?));
    let pairs: Vec<String> = Key::ALL.iter().filter_map(pair).collect();
    get("url").unwrap_or_else(|| format!("https://example.com/?{}", pairs.join("&")))
}

/// The words of a JSON string, or a number or list as it is.
fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return value.into();
    };
    let mut out = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                other => out.extend(other),
            },
            letter => out.push(letter),
        }
    }
    out
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
