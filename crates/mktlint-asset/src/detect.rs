//! What a file is, from its path and its first bytes.

use crate::{Format, Kind, Spec};

/// What the file at `path`, whose text starts with `head`, is expected to hold; `None` when it is no asset.
///
/// `head` needs 4 KiB at most. The format comes from the extension, an extension of a template language after it being
/// ignored (`welcome.html.liquid`, `post.md.j2`); the kind from the first of these that says one:
///
/// | where | says |
/// |---|---|
/// | file `campaign.yaml`, `.yml`, `.json`, `.jsonc`, `.toml` | `Campaign` |
/// | extension `.eml`, `.mjml` | `Email` |
/// | a word of the file name, then of the folders from the inside out: `email`, `emails`, `mail`, `mailing`, `newsletter`, `edm`, `mjml` | `Email` |
/// | … `sms`, `mms`, `texts` | `Sms` |
/// | … `push`; `notification`, `notifications` as the whole name | `Push` |
/// | … `social`, `tweet`, `tweets`, `socials`, `linkedin`, `instagram`, `facebook`, `tiktok` | `SocialPost` |
/// | … `ad`, `ads`, `adwords`, `googleads`, `rsa`, `ppc` | `Ad` |
/// | … `appstore`, `app-store`, `play-store`, `app-listing`, `store-listing`, `aso` | `AppListing` |
/// | … `blog`, `post`, `posts`, `article`, `articles`, `news`, `content` | `Post` |
/// | … `landing`, `landingpage`, `lp`, `page`, `pages` | `Page` |
/// | content of HTML: a preheader, an MSO conditional; without scripts and style sheets also an unsubscribe link, a layout table | `Email` |
/// | content of CSV: a header with `Headline` or `Description` columns | `Ad` |
/// | Markdown, MDX | `Post` |
/// | other HTML | `Page` |
///
/// Plain text, CSV, JSON, YAML and TOML are assets only when the file, a folder called for nothing else (`sms`,
/// `push-messages`, not `mail-parser`) or the header names a kind; JSON, YAML and TOML also need a key that such an asset
/// has. These never are assets: the files that describe a repository (`README`, `LICENSE`, `package.json`, Markdown and
/// text in capitals as `RELEASES.md` or called `security.md`, unless a folder names a kind), Markdown and text in a folder of documentation
/// (`docs/guide.md`, yet `docs/blog/launch.md` is; pages in `doc` or `javadoc`), pages that a documentation generator wrote, and folders of tools
/// (`node_modules`, `.github`, `fixtures`, …).
pub fn detect(path: &str, head: &str) -> Option<Spec> {
    let path = Path::of(path)?;
    if path.is_project_file() || path.is_documentation() || is_generated(path.format, head) {
        return None;
    }
    if path.stem == "campaign" && matches!(path.format, Format::Yaml | Format::Json | Format::Toml) {
        return Some(Spec::new(Kind::Campaign, path.format));
    }
    let named = by_format(path.format).or_else(|| path.kind());
    let named = named.filter(|kind| !is_record(path.format) || holds_copy(*kind, head));
    let kind = named.or_else(|| by_content(path.format, head))?;
    Some(Spec::new(kind, path.format))
}

/// The format that the extension of `path` names.
pub fn format_of(path: &str) -> Option<Format> {
    Path::of(path).map(|path| path.format)
}

struct Path {
    /// The folders, outermost first, in lower case.
    folders: Vec<String>,
    /// The file name without its extensions, in lower case.
    stem: String,
    /// The file name is in capitals, as those that describe a repository.
    capitals: bool,
    format: Format,
}

impl Path {
    fn of(path: &str) -> Option<Self> {
        let stem = path.rsplit(['/', '\\']).next().unwrap_or_default().split('.').next().unwrap_or_default();
        let capitals = stem.chars().filter(char::is_ascii_uppercase).count() >= 2
            && !stem.chars().any(|letter| letter.is_lowercase() || letter == ' ');
        let lower = path.to_lowercase().replace('\\', "/");
        let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let (stem, format) = split_name(file)?;
        let folders = folders.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned).collect();
        Some(Self { folders, stem: stem.to_owned(), capitals, format })
    }

    fn is_project_file(&self) -> bool {
        const FOLDERS: [&str; 20] = [
            "node_modules",
            "bower_components",
            "site-packages",
            "dist-packages",
            "fixtures",
            "__fixtures__",
            "__tests__",
            "__mocks__",
            "__snapshots__",
            "testdata",
            ".git",
            ".github",
            ".gitlab",
            ".vscode",
            ".idea",
            "target",
            "vendor",
            "dist-info",
            "__pycache__",
            ".venv",
        ];
        /// Whatever the format.
        const STEMS: [&str; 12] = [
            "readme",
            "issue_template",
            "license",
            "licence",
            "changelog",
            "contributing",
            "code_of_conduct",
            "code-of-conduct",
            "agents",
            "claude",
            "mktlint",
            "pull_request_template",
        ];
        /// Files that tools read; `package.html` may well be about a parcel.
        const TOOLS: [&str; 9] = [
            "package",
            "package-lock",
            "tsconfig",
            "composer",
            "cargo",
            "pyproject",
            "requirements",
            "robots",
            "humans",
        ];
        /// Words that are also what a post or a message is about: `blog/security.md`.
        const WORDS: [&str; 10] = [
            "changes",
            "contributors",
            "authors",
            "security",
            "support",
            "governance",
            "maintainers",
            "notice",
            "copying",
            "history",
        ];
        let stem = self.stem.split('.').next().unwrap_or_default();
        // `README-de.md`, `CHANGELOG_v2.md`; `security-tips.md` is a post.
        let first = stem.split(['-', '_']).next().unwrap_or_default();
        self.folders.iter().any(|folder| FOLDERS.contains(&folder.as_str()))
            || STEMS.contains(&stem)
            || matches!(first, "readme" | "changelog" | "license" | "licence" | "contributing")
            || (TOOLS.contains(&stem) && (self.format == Format::Text || is_record(self.format)))
            || ((self.capitals || WORDS.contains(&stem)) && self.is_prose() && self.folder_kind().is_none())
    }

    /// Whether a folder of documentation is nearer than one that names a kind. Of pages those in `docs` are none.
    fn is_documentation(&self) -> bool {
        const FOLDERS: [&str; 16] = [
            "docs",
            "doc",
            "documentation",
            "wiki",
            "rfc",
            "rfcs",
            "adr",
            "adrs",
            "man",
            "apidoc",
            "apidocs",
            "javadoc",
            "gtk-doc",
            "doxygen",
            "versioned_docs",
            "issue_template",
        ];
        let docs = |folder: &&String| FOLDERS.contains(&folder.as_str());
        let nearest = self.folders.iter().rev().find(|folder| docs(folder) || kind_of_name(folder).is_some());
        // `docs/index.html` is the front page of many a site.
        let speaks = |folder: &&String| docs(folder) && (self.is_prose() || *folder != "docs");
        nearest.as_ref().is_some_and(speaks)
    }

    fn is_prose(&self) -> bool {
        matches!(self.format, Format::Markdown | Format::Text)
    }

    fn kind(&self) -> Option<Kind> {
        kind_of_name(&self.stem).filter(|kind| self.can_be(*kind)).or_else(|| self.folder_kind())
    }

    /// Texts and notifications have no markup: `notification/full.html` is the email or the page that tells of one.
    fn can_be(&self, kind: Kind) -> bool {
        let is_markup = matches!(self.format, Format::Html | Format::Mjml | Format::Eml);
        !(is_markup && matches!(kind, Kind::Sms | Kind::Push))
    }

    fn folder_kind(&self) -> Option<Kind> {
        let by_words = matches!(self.format, Format::Markdown | Format::Html | Format::Mjml | Format::Eml);
        let kind = |name: &String| match by_words {
            true => kind_of_name(name),
            false => kind_of_folder_of_data(name),
        };
        self.folders.iter().rev().filter_map(kind).find(|kind| self.can_be(*kind))
    }
}

/// The name before its extensions, and the format that they name.
fn split_name(file: &str) -> Option<(&str, Format)> {
    const TEMPLATE: [&str; 12] = [
        "liquid",
        "j2",
        "jinja",
        "jinja2",
        "njk",
        "hbs",
        "handlebars",
        "mustache",
        "erb",
        "ejs",
        "twig",
        "tmpl",
    ];
    let (stem, extension) = file.rsplit_once('.')?;
    if let Some(format) = format_of_extension(extension) {
        return Some((stem, format));
    }
    if !TEMPLATE.contains(&extension) {
        return None;
    }
    let inner = stem.rsplit_once('.');
    let named = inner.and_then(|(stem, extension)| Some((stem, format_of_extension(extension)?)));
    Some(named.unwrap_or((stem, Format::Html)))
}

fn format_of_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "md" | "markdown" | "mdx" | "mdown" | "mkd" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "mjml" => Format::Mjml,
        "txt" | "text" => Format::Text,
        "csv" | "tsv" => Format::Csv,
        "json" | "jsonc" => Format::Json,
        "yaml" | "yml" => Format::Yaml,
        "toml" => Format::Toml,
        "eml" => Format::Eml,
        _ => return None,
    })
}

fn by_format(format: Format) -> Option<Kind> {
    matches!(format, Format::Eml | Format::Mjml).then_some(Kind::Email)
}

/// The kind that a file or folder name says: its whole, or one of its words.
fn kind_of_name(name: &str) -> Option<Kind> {
    let whole: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    kind_of_whole(&whole).or_else(|| words.filter_map(kind_of_word).next())
}

/// The kind that a folder of data says: every word names a kind, or is neutral beside one that does.
fn kind_of_folder_of_data(name: &str) -> Option<Kind> {
    const NEUTRAL: [&str; 12] = [
        "messages",
        "message",
        "campaign",
        "campaigns",
        "templates",
        "template",
        "copy",
        "copies",
        "drafts",
        "google",
        "meta",
        "marketing",
    ];
    let neutral = |word: &&str| NEUTRAL.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let words = || name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let pure = words().all(|word| kind_of_word(word).is_some() || neutral(&word));
    // `app-store`: together they do, though neither does alone.
    let whole = kind_of_whole(&words().collect::<String>());
    whole.or_else(|| pure.then(|| kind_of_name(name)).flatten())
}

/// The kind that a name says when it stands alone: `comment_notification` tells of a comment, by whatever channel.
fn kind_of_whole(name: &str) -> Option<Kind> {
    match name {
        "notification" | "notifications" => Some(Kind::Push),
        name => kind_of_word(name),
    }
}

fn kind_of_word(word: &str) -> Option<Kind> {
    Some(match word {
        "email" | "emails" | "mail" | "mailing" | "mailings" | "mails" | "newsletter" | "newsletters"
        | "edm" | "edms" | "mjml" => Kind::Email,
        "sms" | "mms" | "texts" | "textmessages" => Kind::Sms,
        "push" | "pushes" => Kind::Push,
        "social" | "socials" | "tweet" | "tweets" | "linkedin" | "instagram" | "facebook" | "tiktok"
        | "threads" | "socialposts" => Kind::SocialPost,
        "ad" | "ads" | "adwords" | "googleads" | "rsa" | "ppc" => Kind::Ad,
        "appstore" | "playstore" | "applisting" | "applistings" | "storelisting" | "storelistings"
        | "aso" => Kind::AppListing,
        "blog" | "blogs" | "post" | "posts" | "article" | "articles" | "news" | "content" => Kind::Post,
        "landing" | "landingpage" | "landingpages" | "lp" | "page" | "pages" => Kind::Page,
        _ => return None,
    })
}

fn by_content(format: Format, head: &str) -> Option<Kind> {
    match format {
        Format::Markdown => Some(Kind::Post),
        Format::Html => Some(if is_email(head) { Kind::Email } else { Kind::Page }),
        Format::Csv => is_ads(head).then_some(Kind::Ad),
        _ => None,
    }
}

/// Whether a documentation generator says that it wrote the page.
fn is_generated(format: Format, head: &str) -> bool {
    const GENERATORS: [&str; 14] = [
        "docbook", "gtk-doc", "rustdoc", "doxygen", "sphinx", "javadoc", "jsdoc", "typedoc", "pdoc",
        "docutils", "mdbook", "yard", "epydoc", "pydoc",
    ];
    if format != Format::Html {
        return false;
    }
    let lower = head.to_lowercase();
    if lower.contains("<!-- book generated using mdbook") {
        return true;
    }
    let Some((_, rest)) = lower.split_once("name=\"generator\"") else { return false };
    let content = rest.split('>').next().unwrap_or_default();
    GENERATORS.iter().any(|generator| content.contains(generator))
}

/// Whether the format holds records rather than text.
fn is_record(format: Format) -> bool {
    matches!(format, Format::Json | Format::Yaml | Format::Toml)
}

/// Whether a record has a key that an asset of this kind has; yes when nothing of it was read.
fn holds_copy(kind: Kind, head: &str) -> bool {
    let lower = head.to_lowercase();
    let any = |keys: &[&str]| keys.iter().any(|key| has_key(&lower, key));
    let schema = ["json-schema.org", "\"openapi\"", "\nopenapi:", "\"swagger\""];
    if schema.iter().any(|sign| lower.contains(sign)) || lower.starts_with("openapi:") {
        return false;
    }
    let words = any(&["body", "message", "text", "content", "copy", "html", "markdown"]);
    lower.trim().is_empty()
        || match kind {
            Kind::Email => any(&["subject", "email_subject", "preheader", "preview_text"]),
            Kind::Sms => words,
            Kind::Push => words || any(&["title", "headline", "heading"]),
            Kind::SocialPost => words || any(&["caption", "post", "tweet"]),
            Kind::Ad => any(&["headline", "title", "description", "primary", "body", "text", "ad_text"]),
            Kind::AppListing => {
                any(&["subtitle", "keywords", "short_description", "promotional_text", "description"])
            }
            Kind::Post | Kind::Page => words && any(&["title", "headline", "seo_title"]),
            Kind::Campaign => true,
        }
}

/// Whether a key that starts with `key` stands in `lower`: `"subject": …`, `subject_line = …`, `headline 1: …`.
fn has_key(lower: &str, key: &str) -> bool {
    lower.match_indices(key).any(|(at, _)| {
        let before = lower.get(..at).and_then(|text| text.chars().next_back());
        let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '-' | '"' | '\'');
        let rest = lower.get(at..).unwrap_or_default();
        !before.is_some_and(char::is_alphanumeric) && rest.trim_start_matches(part).starts_with([':', '='])
    })
}

/// Whether HTML was made for mail programs.
fn is_email(head: &str) -> bool {
    const STRONG: [&str; 6] = [
        "preheader",
        "<!--[if mso",
        "<!--[if (mso",
        "schemas-microsoft-com:office",
        "x-apple-disable",
        "mso-",
    ];
    const WEAK: [&str; 2] = ["unsubscribe", "role=\"presentation\""];
    // Mail programs run no scripts and load no styles; old pages have tables for their layout, too.
    const WEB: [&str; 2] = ["<script", "rel=\"stylesheet\""];
    const LAYOUT: [&str; 4] = ["<table", "cellpadding=\"0\"", "cellspacing=\"0\"", "border=\"0\""];
    let lower = head.to_lowercase();
    let any = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    let layout = || LAYOUT.iter().all(|sign| lower.contains(sign));
    any(&STRONG) || (!any(&WEB) && (any(&WEAK) || layout()))
}

/// Whether the first line has an ad's columns.
fn is_ads(head: &str) -> bool {
    let header = head.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default().to_lowercase();
    let mut cells = header.split([',', ';', '\t', '|']).map(|cell| cell.trim_matches([' ', '"']));
    cells.any(|cell| {
        let name = cell.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
        matches!(
            name,
            "headline" | "description" | "title part" | "primary text" | "description line" | "long headline"
        ) && ["headline", "title", "primary text"].iter().any(|word| header.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, head: &str, expected: Option<(Kind, Format)>) {
        let found = detect(path, head).map(|spec| (spec.kind, spec.format));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn paths_say_the_kind() {
        check("campaigns/2026-11-serum/email.html", "", Some((Kind::Email, Format::Html)));
        check("emails/welcome.md", "", Some((Kind::Email, Format::Markdown)));
        check("emails/welcome.html.liquid", "", Some((Kind::Email, Format::Html)));
        check("templates/welcome.hbs", "<p>Hi", Some((Kind::Page, Format::Html)));
        check("a/sms/winback.txt", "", Some((Kind::Sms, Format::Text)));
        check("push-messages.json", "", Some((Kind::Push, Format::Json)));
        check("social/launch.yaml", "", Some((Kind::SocialPost, Format::Yaml)));
        check("google-ads/rsa.csv", "", Some((Kind::Ad, Format::Csv)));
        check("_posts/2026-11-22-hello.md", "", Some((Kind::Post, Format::Markdown)));
        check("guides/serum.md", "", Some((Kind::Post, Format::Markdown)));
        check("docs/blog/2026-11-22-hello.md", "", Some((Kind::Post, Format::Markdown)));
        check("docs/index.html", "<main>", Some((Kind::Page, Format::Html)));
        check("emails/SALE.md", "", Some((Kind::Email, Format::Markdown)));
        check("blog/security.md", "", Some((Kind::Post, Format::Markdown)));
        check("emails/support.html", "", Some((Kind::Email, Format::Html)));
        check("emails/package.html", "", Some((Kind::Email, Format::Html)));
        check("landing/serum.html", "<table cellpadding=0", Some((Kind::Page, Format::Html)));
        check("serum/campaign.yaml", "", Some((Kind::Campaign, Format::Yaml)));
        check("a.eml", "", Some((Kind::Email, Format::Eml)));
        check("notifications/a.yaml", "title: x\nbody: y", Some((Kind::Push, Format::Yaml)));
        check("emails/comment_notification.txt", "", Some((Kind::Email, Format::Text)));
        check("notification/liked/full.html", "<p>", Some((Kind::Page, Format::Html)));
        check("app-store/de.yaml", "subtitle: x", Some((Kind::AppListing, Format::Yaml)));
    }

    #[test]
    fn the_file_name_beats_its_folders_and_the_inner_folder_the_outer() {
        check("emails/sms/a.txt", "", Some((Kind::Sms, Format::Text)));
        check("blog/newsletter.md", "", Some((Kind::Email, Format::Markdown)));
    }

    #[test]
    fn content_says_the_kind_when_the_path_does_not() {
        check("x/a.html", "<!DOCTYPE html><!--[if mso]>", Some((Kind::Email, Format::Html)));
        check("x/a.html", "<!DOCTYPE html><main>", Some((Kind::Page, Format::Html)));
        let layout = "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\">";
        check("x/a.html", layout, Some((Kind::Email, Format::Html)));
        let page = format!("<link rel=\"stylesheet\" href=\"a.css\">{layout}");
        check("x/a.html", &page, Some((Kind::Page, Format::Html)));
        check("x/a.html", "<table cellpadding=\"2\" cellspacing=\"0\">", Some((Kind::Page, Format::Html)));
        check("x/a.csv", "Campaign;Headline 1;Description 1\n", Some((Kind::Ad, Format::Csv)));
        check("x/a.csv", "id,description,price\n", None);
        check("x/a.csv", "country,age\n", None);
    }

    #[test]
    fn records_need_a_key_of_their_kind() {
        check("emails/welcome.json", "{\"Subject Line\": \"Hi\"", Some((Kind::Email, Format::Json)));
        check("emails/settings.json", "{\"host\": \"smtp.acme.example\", \"port\": 25}", None);
        check("push.yaml", "on: push\njobs:\n  build:\n", None);
        check("ads/june.toml", "[[ads]]\nheadline_1 = \"Hi\"", Some((Kind::Ad, Format::Toml)));
        check(
            "content.json",
            "{\"$schema\": \"https://json-schema.org/x\", \"title\": 1, \"content\": 2}",
            None,
        );
        check("pages/home.json", "{\"title\": \"Hi\", \"content\": \"…\"}", Some((Kind::Page, Format::Json)));
    }

    #[test]
    fn a_folder_of_data_is_called_for_its_kind_alone() {
        check("mail-parser-1.0.1/resources/a.json", "{\"subject\": 1}", None);
        check("email-service/lists/a.csv", "address\n", None);
        check("2026-11_sms-campaigns/a.txt", "", Some((Kind::Sms, Format::Text)));
    }

    #[test]
    fn what_a_generator_wrote_is_no_asset() {
        check("x/struct.A.html", "<meta name=\"generator\" content=\"rustdoc\"><title>", None);
        check("x/a.html", "<meta name=\"generator\" content=\"Hugo 0.1\">", Some((Kind::Page, Format::Html)));
    }

    #[test]
    fn what_describes_a_repository_is_no_asset() {
        for path in [
            "README.md",
            "LICENSE.txt",
            "docs/CHANGELOG.md",
            "security.md",
            "robots.txt",
            "package.json",
            "tsconfig.json",
            "emails/package.json",
            "README-de.md",
            "RELEASES.md",
            "NEWS.md",
            "docs/guide.md",
            "docs/email.md",
            "blog/docs/api.mdx",
            "tests/fixtures/email.html",
            "ISSUE_TEMPLATE/bug.md",
            "usr/doc/libxslt/html/index.html",
            "notes.txt",
            "config.yaml",
            "node_modules/x/blog/a.md",
            ".github/pull_request_template.md",
            "a.rs",
            "Makefile",
            "mktlint.toml",
        ] {
            check(path, "", None);
        }
    }
}
