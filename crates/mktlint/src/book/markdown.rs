//! The rule book as one Markdown document.

use super::chapter::{Book, Chapter};
use super::example::{Example, Expectation, Shown};
use super::needs::{Giver, Need};
use super::page::{Fix, Page};
use super::prose::paragraphs;
use super::shelf::Shelf;
use crate::words::counted;

/// The document. Anchors are full names, so links to them stay.
pub fn document(book: &Book<'_>, name: &str, shelf: &Shelf<'_>) -> String {
    let mut out = format!("# Rule book of {}\n\n", inline(name));
    out.push_str(&format!(
        "{}, {} in force. Standard library {}.\n\n## Contents\n\n",
        counted(book.pages().count(), "rule"),
        book.n_in_force(),
        env!("CARGO_PKG_VERSION"),
    ));
    for chapter in &book.chapters {
        let (module, size) = (&chapter.module, chapter.size());
        out.push_str(&format!("- [`{module}`](#{module}): {size}\n"));
    }
    book.chapters.iter().for_each(|chapter| out.push_str(&section(chapter, book, shelf)));
    out
}

fn section(chapter: &Chapter<'_>, book: &Book<'_>, shelf: &Shelf<'_>) -> String {
    let module = &chapter.module;
    let mut out = format!("\n## <a id=\"{module}\"></a>`{module}`\n\n");
    paragraphs(&chapter.docs).iter().for_each(|text| out.push_str(&format!("{}\n\n", line(text))));
    if let Some(version) = &chapter.version {
        out.push_str(&format!("Version {}.\n\n", inline(version)));
    }
    for page in &chapter.pages {
        out.push_str(&format!("- [`{}`](#{}): {}\n", page.word(), page.name(), inline(&page.title)));
    }
    chapter.pages.iter().for_each(|it| out.push_str(&rule(it, book)));
    if !chapter.facts.is_empty() {
        out.push_str(&format!("\n### Facts of `{module}`\n\n"));
    }
    for fact in &chapter.facts {
        let need = &fact.need;
        out.push_str(&format!("- <a id=\"{}\"></a>{}\n", need.path, described(need)));
    }
    if !chapter.tiers.is_empty() {
        out.push_str(&format!("\n### Tiers of `{module}`\n\n"));
    }
    for tier in &chapter.tiers {
        let (path, name) = (&tier.placed.item.path, tier.placed.item.path.name());
        out.push_str(&format!("- <a id=\"{path}\"></a>`{name}`: {}\n", inline(&tier.words.join("; "))));
    }
    if !chapter.definitions.is_empty() {
        out.push_str(&format!("\n### Words of `{module}`\n"));
    }
    for placed in &chapter.definitions {
        let (path, docs) = (&placed.item.path, paragraphs(&placed.item.docs).join(" "));
        out.push_str(&format!(
            "\n<a id=\"{path}\"></a>{}\n\n{}",
            line(&docs),
            fenced("mkt", shelf.code(placed))
        ));
    }
    out
}

fn rule(page: &Page<'_>, book: &Book<'_>) -> String {
    let mut out = format!("\n### <a id=\"{}\"></a>`{}`\n\n", page.name(), page.word());
    out.push_str(&format!("**{}**\n\n", inline(&page.title)));
    page.docs.iter().for_each(|text| out.push_str(&format!("{}\n\n", line(text))));
    for (word, text) in facts(page) {
        out.push_str(&format!("- {word}: {text}\n"));
    }
    out.push_str(&format!("\n{}", fenced("mkt", &page.checks)));
    let links: Vec<String> = page.definitions.iter().map(|it| link(&it.item.path.0, book)).collect();
    if !links.is_empty() {
        out.push_str(&format!("\nUses {}.\n", links.join(", ")));
    }
    if !page.needs.is_empty() {
        out.push_str("\nNeeds:\n\n");
        page.needs.iter().for_each(|need| out.push_str(&format!("- {}\n", described(need))));
    }
    out.push_str(&examples(page));
    let lines = page.in_a_policy();
    if !lines.is_empty() {
        out.push_str(&format!("\nIn a policy:\n\n{}", fenced("mkt", &lines.join("\n"))));
    }
    out
}

fn facts(page: &Page<'_>) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Level", page.level().to_owned()),
        ("Looks at", code(&page.looks_at)),
        ("In force", inline(&page.standing)),
    ];
    facts.extend(page.message.as_ref().map(|text| ("Says", inline(text))));
    facts.extend(page.help.as_ref().map(|text| ("Help", inline(text))));
    if let Some(citation) = &page.citation {
        facts.push(("Source", inline(&citation.source)));
        facts.extend(citation.as_of.as_ref().map(|month| ("As of", inline(month))));
    }
    let fix = |fix: &Fix| format!("{}; `{}` {}", fix.word(), fix.command(), inline(&fix.what));
    facts.extend(page.fix.as_ref().map(|it| ("Fix", fix(it))));
    facts.push(("Waivable", page.rule.waivable()));
    facts.push(("Declared", code(&page.at)));
    facts
}

/// A fact or definition, as a link when the book holds it.
fn link(path: &str, book: &Book<'_>) -> String {
    if book.holds(path) { format!("[`{path}`](#{path})") } else { format!("`{path}`") }
}

fn described(need: &Need) -> String {
    let (name, ty, docs) = (need.name(), &need.ty, inline(&need.docs));
    let members: Vec<String> = need.members.iter().map(|member| code(member)).collect();
    let members = if members.is_empty() { String::new() } else { format!(" ({})", members.join(", ")) };
    let given = match need.giver {
        Giver::Fact => {
            format!("in the {} `{name}: {1}`, or `given {name} = {1}`", need.told_by(), need.sample)
        }
        Giver::Campaign => format!("in the {} `{name}: {}`", need.told_by(), need.sample),
        Giver::Contact => format!("`{name}` in the `contact` declaration"),
        Giver::Merge => format!("`{}`", need.sample),
    };
    format!("`{name}`: {}{members}, {}. {docs} Give it {given}.", code(ty), inline(&need.consequence()))
}

fn examples(page: &Page<'_>) -> String {
    let mut out = String::new();
    for expectation in Expectation::ALL {
        let group: Vec<&Example> = page.examples.iter().filter(|it| it.expectation == expectation).collect();
        if group.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{}:\n\n", expectation.heading()));
        group.iter().for_each(|it| out.push_str(&example(it)));
    }
    out
}

fn example(example: &Example) -> String {
    let day = example.day.map(|day| format!(", on {day}")).unwrap_or_default();
    let mut out = format!("- {}{day}\n", example.kind);
    for (name, shown) in &example.fields {
        let text = match shown {
            Shown::Words(text) => inline(text),
            Shown::Markup(text) | Shown::Value(text) => code(text),
            Shown::Several(texts) => texts.iter().map(|text| inline(text)).collect::<Vec<_>>().join(" · "),
            Shown::Missing => "*left out*".to_owned(),
        };
        out.push_str(&format!("  - {name}: {text}\n"));
    }
    if let Some(fixed) = &example.fixed {
        out.push_str(&format!("  - after the fix: {}\n", inline(fixed)));
    }
    out
}

/// A block of code that nothing in it can end.
fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// A span of code on one line.
pub fn code(text: &str) -> String {
    let text = mktlint_report::safe_lines(text, false).replace(['\n', '\t'], " ");
    let tick = "`".repeat(longest_run(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{tick}{gap}{text}{gap}{tick}")
}

/// How many backticks stand in a row at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// `text` as a paragraph: [`inline`], where the first character starts no list and no heading.
fn line(text: &str) -> String {
    let text = inline(text);
    let starts_block =
        text.starts_with(['#', '-', '+', '=']) || text.starts_with(|c: char| c.is_ascii_digit());
    if starts_block { format!("\u{200b}{text}") } else { text }
}

/// `text` on one line, with what stands between backticks as code and nothing else that Markdown or HTML would act on.
pub fn inline(text: &str) -> String {
    let text = mktlint_report::safe_lines(text, false).replace(['\n', '\t'], " ");
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(&text);
    }
    let part = |(index, part): (usize, &&str)| if index % 2 == 0 { escaped(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' | '~' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(fenced("mkt", "a ``` b"), "````mkt\na ``` b\n````\n");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn words_act_on_nothing() {
        assert_eq!(inline("*a* <b> `c_d` [e](f)"), "\\*a\\* &lt;b> `c_d` \\[e\\](f)".replace("b>", "b\\>"));
        assert_eq!(inline("odd ` one"), "odd \\` one");
    }
}
