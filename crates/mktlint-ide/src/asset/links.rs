//! Words of an asset that lead somewhere else.

use mktlint_asset::{Format, PartKind, keys, names};
use mktlint_diag::FilePath;
use mktlint_measure::link::{Kind as LinkKind, Link as Address};
use mktlint_text::Span;

use super::at::words;
use crate::policy::links::{Link, LinkTarget};
use crate::{AssetFile, View};

/// The most links of one answer.
const MOST_LINKS: usize = 2_000;

/// The most files that are looked for: each may be a read from the disk.
const MOST_FILES: usize = 100;

/// The links of a file, in order: addresses on the web, and files of the workspace that links, images and values of
/// manifests name.
pub fn links(view: View<'_>, file: &AssetFile) -> Vec<Link> {
    let mut finder = Finder { view, file, n_files: 0, links: Vec::new() };
    for asset in &file.extraction.assets {
        for part in &asset.parts {
            let name = match part.kind {
                PartKind::Link => names::URL,
                PartKind::Image => names::SOURCE,
                _ => continue,
            };
            if let Some((text, range)) = words(asset, part, name) {
                finder.add(text, asset.source(range));
            }
        }
    }
    finder.values();
    let mut links = finder.links;
    links.sort_by_key(|link| link.span);
    links.dedup_by_key(|link| link.span);
    links
}

struct Finder<'a> {
    view: View<'a>,
    file: &'a AssetFile,
    n_files: usize,
    links: Vec<Link>,
}

impl Finder<'_> {
    /// Adds the link to `text`, written at `span`, when it leads to a page or to a file that is there.
    fn add(&mut self, text: &str, span: Span) {
        if self.links.len() >= MOST_LINKS || span.is_empty() {
            return;
        }
        let address = Address::parse(text);
        let target = match address.kind {
            LinkKind::Web if address.scheme.is_some() && address.placeholders.is_empty() => {
                Some(LinkTarget::Url(text.trim().to_owned()))
            }
            LinkKind::Relative if address.placeholders.is_empty() => {
                let folder = self.file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.file_at(folder, address.path.text()).map(LinkTarget::File)
            }
            _ => None,
        };
        self.links.extend(target.map(|target| Link { span, target }));
    }

    /// Adds the values of a manifest or record that are paths of files.
    fn values(&mut self) {
        if !matches!(self.file.spec.format, Format::Json | Format::Yaml | Format::Toml) {
            return;
        }
        let text = self.file.text.clone();
        for key in keys(&text, self.file.spec.format) {
            let value = key.value.slice(&text);
            let inner = value.trim_matches(['"', '\'']);
            let start = key.value.start() + u32::from(inner.len() < value.len());
            let is_path = inner.contains(['/', '.'])
                && !inner.contains(char::is_whitespace)
                && !inner.contains(['[', '{', ':']);
            if is_path {
                let found = self.file_at("", inner).map(LinkTarget::File);
                let span = Span::new(start, start + inner.len() as u32);
                self.links.extend(found.map(|target| Link { span, target }));
            }
        }
    }

    /// The file at `path`, seen from `folder`, when it is there; from the root when it starts with `/`.
    fn file_at(&mut self, folder: &str, path: &str) -> Option<FilePath> {
        let path = resolve(if path.starts_with('/') { "" } else { folder }, path)?;
        if self.view.assets.files.contains_key(&path) {
            return Some(path);
        }
        self.n_files += 1;
        let is_there = self.n_files <= MOST_FILES && self.view.texts.text(&path).is_some();
        is_there.then_some(path)
    }
}

/// `../evidence/a.pdf` seen from `campaigns/x`; `None` when it leaves the workspace.
fn resolve(folder: &str, path: &str) -> Option<FilePath> {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = steps.pop()?,
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| FilePath::new(&steps.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let fixture = Fixture::new(text);
        let file = fixture.asset();
        let shown = |link: &Link| {
            let target = match &link.target {
                LinkTarget::File(path) => format!("file {path}"),
                LinkTarget::Url(url) => url.clone(),
            };
            (link.span.slice(&file.text).to_owned(), target)
        };
        let found: Vec<_> = links(fixture.view(), &file).iter().map(shown).collect();
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_and_files_of_the_workspace_are_links() {
        check(
            "//- blog/a.md\n[x](https://acme.example/?a=1)$0 [y](b.md#top) [z](missing.md) [w](../../etc/passwd) {{ url }}\n//- blog/b.md\nB\n",
            &[("https://acme.example/?a=1", "https://acme.example/?a=1"), ("b.md#top", "file blog/b.md")],
        );
        check(
            "//- emails/a.html\n<a href=\"https://acme.example/?a=1&amp;b=2\">x</a>$0\n",
            &[("https://acme.example/?a=1&amp;b=2", "https://acme.example/?a=1&b=2")],
        );
    }

    #[test]
    fn manifests_name_files() {
        check(
            "//- campaign.yaml\nid: a$0\nproof: \"evidence/a.txt\"\nother: evidence/b.txt\nnote: see evidence/a.txt\n//- evidence/a.txt\nx\n",
            &[("evidence/a.txt", "file evidence/a.txt")],
        );
    }
}
