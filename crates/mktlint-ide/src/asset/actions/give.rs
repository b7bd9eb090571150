//! An input that nobody gave, as a key of the asset or of its manifest, or as a `given` of the policy.

use jiff::civil::Date;
use mktlint_asset::{Format, Kind, extract, front_matter, keys};
use mktlint_diag::{Diagnostic, Edit, FilePath, Fix, Safety, apply_edits};
use mktlint_hir::model::types::Type;
use mktlint_text::Span;

use crate::asset::schema;
use crate::policy::actions::{at_end, insert, line_break, line_end, ticked};
use crate::{ActionKind, AssetFile, CodeAction, FileEdits, View};

/// Ways to give what an undecided finding asks for, the nearest to the asset last: in its manifest, in the file itself, for
/// all campaigns in the policy. Each puts a value there that has the right type, for a person to replace.
pub fn actions(view: View<'_>, file: &AssetFile, found: &Diagnostic) -> Vec<CodeAction> {
    let Some(input) = input(view, file, found) else { return Vec::new() };
    let in_manifest = file.campaign.as_deref().and_then(|campaign| {
        let text = view.texts.text(&campaign.file)?;
        let edit = edit(view, &campaign.file, &text, &input)?;
        Some(("the manifest", campaign.file.clone(), edit))
    });
    let is_manifest = file.spec.kind == Kind::Campaign;
    let here = edit(view, &file.path, &file.text, &input).filter(|_| is_manifest || !input.is_of_campaign);
    let here = here.map(|edit| (whereabouts(file), file.path.clone(), edit));
    let in_manifest = in_manifest.filter(|_| !is_manifest);
    let all = in_manifest.into_iter().chain(here).chain(in_policy(view, &input));
    all.map(|(place, path, edit)| action(found, &input, place, path, edit)).collect()
}

/// What is not given.
struct Input<'a> {
    /// The key that it has in files.
    name: &'a str,
    ty: &'a Type,
    /// Whether only a manifest can say it.
    is_of_campaign: bool,
    is_fact: bool,
}

/// ``… needs a person: `consent_basis` is not given``
fn input<'a>(view: View<'a>, file: &AssetFile, found: &'a Diagnostic) -> Option<Input<'a>> {
    let (_, reason) = found.message.split_once(" needs a person: ").filter(|_| found.undecided)?;
    let words = ticked(reason.strip_suffix(" is not given")?);
    let [path] = *words.as_slice() else { return None };
    if let Some(fact) = schema::fact(view, path) {
        return Some(Input { name: path, ty: fact.ty, is_of_campaign: false, is_fact: true });
    }
    let own = path.strip_prefix("campaign.");
    let (kind, name) = own.map_or((file.spec.kind, path), |name| (Kind::Campaign, name));
    let field = schema::fields(view, kind).iter().find(|field| field.name == name)?;
    Some(Input { name, ty: &field.ty, is_of_campaign: own.is_some(), is_fact: false })
}

fn whereabouts(file: &AssetFile) -> &'static str {
    match file.spec.format {
        _ if file.spec.kind == Kind::Campaign => "the manifest",
        Format::Json | Format::Yaml | Format::Toml => "the file",
        _ => "the front matter",
    }
}

fn action(found: &Diagnostic, input: &Input<'_>, place: &str, path: FilePath, edit: Edit) -> CodeAction {
    CodeAction {
        title: format!("give `{}` in {place}", input.name),
        kind: ActionKind::QuickFix,
        edits: vec![FileEdits { file: path, edits: vec![edit] }],
        repairs: Some((found.code.clone(), found.primary.place.span)),
        is_preferred: false,
    }
}

/// `given consent_basis = consent`
fn in_policy(view: View<'_>, input: &Input<'_>) -> Option<(&'static str, FilePath, Edit)> {
    let value = sample(view, input.ty).filter(|_| input.is_fact)?.in_policy()?;
    let file = view.own_files().next()?;
    let edit = at_end(file.text(view.db), &format!("given {} = {value}", input.name));
    Some(("the policy", file.path(view.db).clone(), edit))
}

/// The key in the file at `path`: behind the other keys of its record. `None` where none can stand; the file is read as it
/// would be then.
fn edit(view: View<'_>, path: &FilePath, text: &str, input: &Input<'_>) -> Option<Edit> {
    let spec = view.texts.spec(path, text)?;
    let is_tree = matches!(spec.format, Format::Json | Format::Yaml | Format::Toml);
    let front = if is_tree { None } else { front_matter(text) };
    let format = front.map_or(spec.format, |(_, format)| format);
    let value = sample(view, input.ty)?;
    let edit = match (format, front) {
        (Format::Json, _) => behind_json(text, input.name, &value)?,
        (Format::Yaml | Format::Toml, _) => {
            let top = front.map_or(0, |(inner, _)| inner.start());
            on_a_line(text, spec.format, top, &value.line(input.name, format))
        }
        (Format::Markdown, None) => fenced(text, &value.line(input.name, Format::Yaml)),
        _ => return None,
    };
    let fix =
        Fix { title: String::new(), safety: Safety::Safe, file: path.clone(), edits: vec![edit.clone()] };
    let read = extract(path, &apply_edits(text, &[&fix])?, &spec);
    let n_before = extract(path, text, &spec).problems.len();
    let is_read = matches!(read.assets.as_slice(), [asset] if asset.fields.contains_key(input.name));
    (is_read && read.problems.len() <= n_before).then_some(edit)
}

/// Behind the last key of the outermost record, before the first table of TOML.
fn on_a_line(text: &str, format: Format, top: u32, line: &str) -> Edit {
    let all = keys(text, format);
    let own = all.iter().filter(|key| !key.path.contains('.'));
    // The value of a table is its header.
    let own = own.take_while(|key| key.value.is_empty() || key.value.start() > key.name.start());
    let newline = line_break(text);
    match own.map(|key| key.name.cover(key.value).end()).max() {
        Some(end) => {
            let written = text.get(..end as usize).unwrap_or_default().trim_end();
            let end = line_end(text, written.len() as u32);
            insert(end, format!("{newline}{line}"))
        }
        None => insert(top, format!("{line}{newline}")),
    }
}

/// Front matter of its own, at the top.
fn fenced(text: &str, line: &str) -> Edit {
    let newline = line_break(text);
    let top = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    insert(top, format!("---{newline}{line}{newline}---{newline}"))
}

/// Behind the last entry of the outermost record, as far in as that.
fn behind_json(text: &str, name: &str, value: &Sample) -> Option<Edit> {
    let all = keys(text, Format::Json);
    let last = all.iter().rfind(|key| !key.path.contains('.') && !key.value.is_empty())?;
    let before = text.get(..last.name.start() as usize)?;
    let lead = before.get(before.trim_end_matches([' ', '\t']).len()..)?;
    let is_alone = before.trim_end_matches([' ', '\t']).ends_with('\n');
    let gap = if is_alone { format!("{}{lead}", line_break(text)) } else { " ".to_owned() };
    let end = Span::at(last.value.end()).start();
    Some(insert(end, format!(",{gap}\"{name}\": {}", value.in_file(Format::Json))))
}

/// A value for a person to replace.
struct Sample {
    words: String,
    how: How,
    is_list: bool,
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As a truth or a number.
    Bare,
    /// As a day, which is a value of its own but in JSON.
    Day,
    /// As a word, which is a text in files and a value of its own in policies.
    Word,
    /// As a text everywhere.
    Text,
    /// As a text in files; policies cannot say it.
    OnlyInFiles,
}

fn sample(view: View<'_>, ty: &Type) -> Option<Sample> {
    let today: Date = view.project.today(view.db);
    let (words, how) = match schema::one(ty) {
        Type::Bool => ("false".to_owned(), How::Bare),
        Type::Int => ("1".to_owned(), How::Bare),
        Type::Decimal => ("1.5".to_owned(), How::Bare),
        Type::Date => (today.to_string(), How::Day),
        Type::DateTime => (format!("{today}T09:00"), How::OnlyInFiles),
        Type::Percent => ("10%".to_owned(), How::Word),
        Type::Money(currency) => (format!("{} 20", currency.as_deref().unwrap_or("EUR")), How::Word),
        Type::Duration => ("30 days".to_owned(), How::Word),
        Type::Country => ("DE".to_owned(), How::Word),
        Type::Language => ("en".to_owned(), How::OnlyInFiles),
        Type::Url => ("https://example.com".to_owned(), How::Text),
        // An empty text counts as not given, so that the rule stays undecided until somebody fills it in.
        Type::Text => (String::new(), How::Text),
        enumeration @ Type::Enum(_) => {
            (schema::members(view, enumeration)?.1.first()?.to_string(), How::Word)
        }
        _ => return None,
    };
    Some(Sample { words, how, is_list: ty.present().item().is_some() })
}

impl Sample {
    /// `consent_basis: consent`
    fn line(&self, name: &str, format: Format) -> String {
        let sign = if format == Format::Toml { " =" } else { ":" };
        format!("{name}{sign} {}", self.in_file(format))
    }

    fn in_file(&self, format: Format) -> String {
        let is_bare = match self.how {
            How::Bare => true,
            How::Day => format != Format::Json,
            How::Word => format == Format::Yaml,
            How::Text | How::OnlyInFiles => false,
        };
        self.listed(if is_bare { self.words.clone() } else { format!("\"{}\"", self.words) })
    }

    fn in_policy(&self) -> Option<String> {
        match self.how {
            How::OnlyInFiles => None,
            How::Text => Some(self.listed(format!("\"{}\"", self.words))),
            How::Bare | How::Day | How::Word => Some(self.listed(self.words.clone())),
        }
    }

    fn listed(&self, words: String) -> String {
        if self.is_list { format!("[{words}]") } else { words }
    }
}
