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
/// | … `push`, `notification`, `notifications` | `Push` |
/// | … `social`, `tweet`, `tweets`, `socials`, `linkedin`, `instagram`, `facebook`, `tiktok` | `SocialPost` |
/// | … `ad`, `ads`, `adwords`, `googleads`, `rsa`, `ppc` | `Ad` |
/// | … `blog`, `post`, `posts`, `article`, `articles`, `news`, `content` | `Post` |
/// | … `landing`, `landingpage`, `lp`, `page`, `pages` | `Page` |
/// | content of HTML: an unsubscribe link, a preheader, an MSO conditional, a layout table | `Email` |
/// | content of CSV: a header with `Headline` or `Description` columns | `Ad` |
/// | Markdown, MDX | `Post` |
/// | other HTML | `Page` |
///
/// Plain text, CSV, JSON, YAML and TOML are assets only when the path or the header names a kind. The files that
/// describe a repository (`README`, `LICENSE`, `CHANGELOG`, `package.json`, …) and folders of tools (`node_modules`,
/// `.github`, …) never are.
pub fn detect(path: &str, head: &str) -> Option<Spec> {
    let path = Path::of(path)?;
    if path.is_project_file() {
        return None;
    }
    if path.stem == "campaign" && matches!(path.format, Format::Yaml | Format::Json | Format::Toml) {
        return Some(Spec::new(Kind::Campaign, path.format));
    }
    let kind = by_format(path.format).or_else(|| path.kind()).or_else(|| by_content(path.format, head))?;
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
    format: Format,
}

impl Path {
    fn of(path: &str) -> Option<Self> {
        let lower = path.to_lowercase().replace('\\', "/");
        let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let (stem, format) = split_name(file)?;
        let folders = folders.split('/').filter(|folder| !folder.is_empty()).map(str::to_owned).collect();
        Some(Self { folders, stem: stem.to_owned(), format })
    }

    fn is_project_file(&self) -> bool {
        const FOLDERS: [&str; 11] = [
            "node_modules",
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
        const STEMS: [&str; 30] = [
            "readme",
            "license",
            "licence",
            "changelog",
            "changes",
            "contributing",
            "contributors",
            "authors",
            "code_of_conduct",
            "code-of-conduct",
            "security",
            "support",
            "governance",
            "maintainers",
            "notice",
            "copying",
            "history",
            "agents",
            "claude",
            "package",
            "package-lock",
            "tsconfig",
            "composer",
            "cargo",
            "pyproject",
            "requirements",
            "robots",
            "humans",
            "mktlint",
            "pull_request_template",
        ];
        self.folders.iter().any(|folder| FOLDERS.contains(&folder.as_str()))
            || STEMS.contains(&self.stem.split('.').next().unwrap_or_default())
    }

    fn kind(&self) -> Option<Kind> {
        let names = std::iter::once(&self.stem).chain(self.folders.iter().rev());
        names.filter_map(|name| kind_of_name(name)).next()
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
    kind_of_word(&whole).or_else(|| words.filter_map(kind_of_word).next())
}

fn kind_of_word(word: &str) -> Option<Kind> {
    Some(match word {
        "email" | "emails" | "mail" | "mailing" | "mailings" | "mails" | "newsletter" | "newsletters"
        | "edm" | "edms" | "mjml" => Kind::Email,
        "sms" | "mms" | "texts" | "textmessages" => Kind::Sms,
        "push" | "pushes" | "notification" | "notifications" => Kind::Push,
        "social" | "socials" | "tweet" | "tweets" | "linkedin" | "instagram" | "facebook" | "tiktok"
        | "threads" | "socialposts" => Kind::SocialPost,
        "ad" | "ads" | "adwords" | "googleads" | "rsa" | "ppc" => Kind::Ad,
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

/// Whether HTML was made for mail programs.
fn is_email(head: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "preheader",
        "<!--[if mso",
        "<!--[if (mso",
        "schemas-microsoft-com:office",
        "unsubscribe",
        "x-apple-disable",
        "role=\"presentation\"",
        "mso-",
    ];
    let lower = head.to_lowercase();
    let layout = lower.contains("<table") && (lower.contains("cellpadding") || lower.contains("cellspacing"));
    layout || SIGNS.iter().any(|sign| lower.contains(sign))
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
        ) && header.contains("headline") | header.contains("title") | header.contains("primary text")
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
        check("docs/guide.md", "", Some((Kind::Post, Format::Markdown)));
        check("landing/serum.html", "<table cellpadding=0", Some((Kind::Page, Format::Html)));
        check("serum/campaign.yaml", "", Some((Kind::Campaign, Format::Yaml)));
        check("a.eml", "", Some((Kind::Email, Format::Eml)));
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
        check("x/a.csv", "Campaign;Headline 1;Description 1\n", Some((Kind::Ad, Format::Csv)));
        check("x/a.csv", "id,description,price\n", None);
        check("x/a.csv", "country,age\n", None);
    }

    #[test]
    fn what_describes_a_repository_is_no_asset() {
        for path in [
            "README.md",
            "LICENSE.txt",
            "docs/CHANGELOG.md",
            "package.json",
            "tsconfig.json",
            "emails/package.json",
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
