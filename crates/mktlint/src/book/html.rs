//! The rule book as one HTML page that needs nothing else.
//!
//! It is whole without its script, which only filters. The policy of the page lets no other script run, and every text
//! from a policy is escaped, so nothing in a rule can act.

use std::fmt;

use super::chapter::{Book, Chapter};
use super::example::{Example, Expectation, Shown};
use super::needs::{Giver, Need};
use super::page::Page;
use super::prose::paragraphs;
use super::shelf::Shelf;
use crate::page::{Escaped, Prose, head, push};
use crate::words::counted;

const SCRIPT: &str = include_str!("html/filter.js");

/// SHA-256 of [`SCRIPT`], as a content security policy names it.
const SCRIPT_HASH: &str = "sha256-Jv/qVk/VI4HPfDIVW2zRKy4HTdCzn7hJKESF4xPjpaY=";

/// The page. Anchors are full names, so links to them stay.
pub fn document(book: &Book<'_>, name: &str, shelf: &Shelf<'_>) -> String {
    let title = Escaped(name);
    let mut out = head(&format!("Rule book of {name}"), "", SCRIPT_HASH);
    push!(
        out,
        "<a class=\"skip\" href=\"#rules\">To the rules</a>\n<header>\n<h1>Rule book of {title}</h1>\n"
    );
    let (n, n_in_force) = (counted(book.pages().count(), "rule"), book.n_in_force());
    push!(out, "<p>{n}, {n_in_force} in force. Standard library {}.</p>\n", env!("CARGO_PKG_VERSION"));
    form(book, &mut out);
    push!(out, "</header>\n<div class=\"page\">\n");
    contents(book, &mut out);
    push!(out, "<main id=\"rules\">\n");
    for chapter in &book.chapters {
        Writer { book, shelf, out: &mut out }.section(chapter);
    }
    push!(out, "</main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The filter; hidden until the script shows it.
fn form(book: &Book<'_>, out: &mut String) {
    push!(
        out,
        "<form role=\"search\" hidden>\n<label>Words <input type=\"search\" name=\"words\"></label>\n"
    );
    push!(out, "<label>Level <select name=\"level\"><option value=\"\">all</option>");
    for level in ["error", "warning", "info"] {
        push!(out, "<option>{level}</option>");
    }
    push!(out, "</select></label>\n<label>Pack <select name=\"pack\"><option value=\"\">all</option>");
    for pack in packs(book) {
        push!(out, "<option>{}</option>", Escaped(pack));
    }
    push!(out, "</select></label>\n<label>In force <select name=\"force\"><option value=\"\">all</option>");
    push!(out, "<option value=\"yes\">yes</option><option value=\"no\">no</option></select></label>\n");
    push!(out, "<button type=\"reset\">Show all</button>\n<output aria-live=\"polite\"></output>\n</form>\n");
}

/// The modules, and the folders above them.
fn packs<'b>(book: &'b Book<'_>) -> Vec<&'b str> {
    let ends = |module: &'b str| module.match_indices('.').map(|(at, _)| at).chain([module.len()]);
    let all = book.chapters.iter().filter(|chapter| !chapter.pages.is_empty());
    let mut packs: Vec<&str> =
        all.flat_map(|chapter| ends(&chapter.module).filter_map(|end| chapter.module.get(..end))).collect();
    packs.sort_unstable();
    packs.dedup();
    packs
}

fn contents(book: &Book<'_>, out: &mut String) {
    push!(out, "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Packs</h2>\n<ul>\n");
    for chapter in &book.chapters {
        let module = Escaped(&chapter.module);
        let n = chapter.size();
        push!(out, "<li><a href=\"#{module}\">{module}</a> <small>{n}</small></li>\n");
    }
    push!(out, "</ul>\n</nav>\n");
}

struct Writer<'w, 'a> {
    book: &'w Book<'a>,
    shelf: &'w Shelf<'a>,
    out: &'w mut String,
}

impl Writer<'_, '_> {
    fn section(&mut self, chapter: &Chapter<'_>) {
        let module = Escaped(&chapter.module);
        let version = chapter.version.as_ref().map(|it| format!(" <small>{}</small>", Escaped(it)));
        push!(
            self.out,
            "<section id=\"{module}\" aria-labelledby=\"{module}-title\">\n<h2 id=\"{module}-title\">"
        );
        push!(self.out, "<a href=\"#{module}\">{module}</a>{}</h2>\n", version.unwrap_or_default());
        for paragraph in paragraphs(&chapter.docs) {
            push!(self.out, "<p>{}</p>\n", Prose(&paragraph));
        }
        chapter.pages.iter().for_each(|page| self.rule(page));
        self.facts(chapter);
        self.tiers(chapter);
        self.definitions(chapter);
        push!(self.out, "</section>\n");
    }

    fn rule(&mut self, page: &Page<'_>) {
        let (name, level) = (Escaped(page.name()), page.level());
        let force = if page.rule.is_in_force() { "yes" } else { "no" };
        push!(
            self.out,
            "<article id=\"{name}\" class=\"{level}\" data-level=\"{level}\" data-force=\"{force}\">\n"
        );
        push!(self.out, "<h3><a href=\"#{name}\">{}</a> <b>{level}</b>", Escaped(page.word()));
        push!(self.out, "{}</h3>\n<p>{}</p>\n", mark(page), Prose(&page.title));
        push!(self.out, "<details><summary>What it checks, examples, source</summary>\n");
        for paragraph in &page.docs {
            push!(self.out, "<p>{}</p>\n", Prose(paragraph));
        }
        self.rows(&rows(page));
        push!(self.out, "<h4>Checks</h4>\n<pre>{}</pre>\n", Escaped(&page.checks));
        self.uses(page);
        if !page.needs.is_empty() {
            push!(self.out, "<h4>Needs</h4>\n<dl>\n");
            page.needs.iter().for_each(|it| self.need(it, false));
            push!(self.out, "</dl>\n");
        }
        Expectation::ALL.into_iter().for_each(|expectation| self.examples(page, expectation));
        let lines = page.in_a_policy();
        if !lines.is_empty() {
            push!(self.out, "<h4>In a policy</h4>\n<pre>{}</pre>\n", Escaped(&lines.join("\n")));
        }
        push!(self.out, "</details>\n</article>\n");
    }

    fn rows(&mut self, rows: &[(&str, String)]) {
        push!(self.out, "<dl>\n");
        for (word, text) in rows {
            push!(self.out, "<dt>{word}</dt><dd>{}</dd>\n", Prose(text));
        }
        push!(self.out, "</dl>\n");
    }

    fn uses(&mut self, page: &Page<'_>) {
        if page.definitions.is_empty() {
            return;
        }
        let links: Vec<String> = page.definitions.iter().map(|it| self.link(&it.item.path.0)).collect();
        push!(self.out, "<p>Uses {}</p>\n", links.join(", "));
    }

    /// The last word of a name, as a link when the book holds what it names.
    fn link(&self, path: &str) -> String {
        let word = Escaped(path.rsplit('.').next().unwrap_or(path));
        let path = Escaped(path);
        if self.book.holds(path.0) {
            format!("<a href=\"#{path}\"><code>{word}</code></a>")
        } else {
            format!("<code>{word}</code>")
        }
    }

    /// A row about an input; in the list of facts the name is what others link to.
    fn need(&mut self, need: &Need, is_target: bool) {
        let name = need.name();
        let term = match need.giver {
            Giver::Fact if is_target => {
                format!("<span id=\"{0}\"><code>{name}</code></span>", Escaped(&need.path))
            }
            Giver::Fact => self.link(&need.path),
            _ => format!("<code>{}</code>", Escaped(name)),
        };
        push!(self.out, "<dt>{term}</dt><dd>{}", Escaped(&need.ty));
        if !need.members.is_empty() {
            push!(self.out, ": {}", Escaped(&need.members.join(", ")));
        }
        push!(self.out, " ({}). {} ", Prose(&need.consequence()), Prose(&need.docs));
        match need.giver {
            Giver::Fact => {
                let sample = Escaped(&need.sample);
                push!(self.out, "<code>{name}: {sample}</code> or <code>given {name} = {sample}</code>");
            }
            Giver::Campaign => push!(self.out, "<code>{name}: {}</code>", Escaped(&need.sample)),
            Giver::Contact => push!(self.out, "An attribute of the <code>contact</code>."),
            Giver::Merge => push!(self.out, "<code>{}</code>", Escaped(&need.sample)),
        }
        push!(self.out, "</dd>\n");
    }

    fn examples(&mut self, page: &Page<'_>, expectation: Expectation) {
        let group: Vec<&Example> = page.examples.iter().filter(|it| it.expectation == expectation).collect();
        if group.is_empty() {
            return;
        }
        push!(self.out, "<h4>{}</h4>\n<ul class=\"cases\">\n", expectation.heading());
        group.into_iter().for_each(|example| self.example(example));
        push!(self.out, "</ul>\n");
    }

    fn example(&mut self, example: &Example) {
        push!(self.out, "<li>{}<dl>", Escaped(&example.kind));
        for (name, shown) in &example.fields {
            push!(self.out, "<dt>{}<dd>{}", Escaped(name), shown);
        }
        if let Some(day) = example.day {
            push!(self.out, "<dt>on<dd>{day}");
        }
        if let Some(fixed) = &example.fixed {
            push!(self.out, "<dt>after the fix<dd>{}", Escaped(fixed));
        }
        push!(self.out, "</dl></li>\n");
    }

    fn facts(&mut self, chapter: &Chapter<'_>) {
        if chapter.facts.is_empty() {
            return;
        }
        push!(
            self.out,
            "<details><summary>Facts of <code>{}</code></summary>\n<dl>\n",
            Escaped(&chapter.module)
        );
        chapter.facts.iter().for_each(|fact| self.need(&fact.need, true));
        push!(self.out, "</dl>\n</details>\n");
    }

    fn tiers(&mut self, chapter: &Chapter<'_>) {
        if chapter.tiers.is_empty() {
            return;
        }
        push!(
            self.out,
            "<details open><summary>Tiers of <code>{}</code></summary>\n",
            Escaped(&chapter.module)
        );
        for tier in &chapter.tiers {
            let path = &tier.placed.item.path;
            push!(
                self.out,
                "<div id=\"{}\"><p><code>{}</code>\n<ul>",
                Escaped(&path.0),
                Escaped(path.name())
            );
            tier.words.iter().for_each(|line| push!(self.out, "<li>{}", Prose(line)));
            push!(self.out, "</ul></div>\n");
        }
        push!(self.out, "</details>\n");
    }

    fn definitions(&mut self, chapter: &Chapter<'_>) {
        if chapter.definitions.is_empty() {
            return;
        }
        push!(self.out, "<details><summary>Words of <code>{}</code></summary>\n", Escaped(&chapter.module));
        for placed in &chapter.definitions {
            let (path, docs) = (Escaped(&placed.item.path.0), paragraphs(&placed.item.docs).join(" "));
            push!(self.out, "<div id=\"{path}\"><p>{}</p>\n", Prose(&docs));
            push!(self.out, "<pre>{}</pre></div>\n", Escaped(self.shelf.code(placed)));
        }
        push!(self.out, "</details>\n");
    }
}

/// What stands behind the level: nothing for a rule in force.
fn mark(page: &Page<'_>) -> &'static str {
    match (page.rule.is_in_force(), page.rule.is_off_by_default()) {
        (true, _) => "",
        (false, true) => " <small>off by default</small>",
        (false, false) => " <small>not in force</small>",
    }
}

fn rows(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let mut rows = vec![("Looks at", page.looks_at.clone()), ("In force", page.standing.clone())];
    rows.extend(page.message.clone().map(|text| ("Says", text)));
    rows.extend(page.help.clone().map(|text| ("Help", text)));
    if let Some(citation) = &page.citation {
        rows.push(("Source", citation.source.clone()));
        rows.extend(citation.as_of.clone().map(|month| ("As of", month)));
    }
    let fix = page.fix.as_ref();
    rows.extend(fix.map(|fix| ("Fix", format!("{}: `{}` {}", fix.word(), fix.command(), fix.what))));
    rows.push(("Waivable", page.rule.waivable()));
    rows.push(("Declared", page.at.clone()));
    rows
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(text) if text.is_empty() => f.write_str("<small>empty</small>"),
            Self::Words(text) => Escaped(text).fmt(f),
            Self::Markup(text) | Self::Value(text) => write!(f, "<code>{}</code>", Escaped(text)),
            Self::Several(texts) => Escaped(&texts.join("\n")).fmt(f),
            Self::Missing => f.write_str("<small>left out</small>"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_the_page_names_its_script() {
        assert_eq!(SCRIPT_HASH, crate::page::hash_of(SCRIPT));
    }
}
