//! Where a rule looks.

use crate::draft::Fixture;

/// The scope of a rule in the language of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// `Heading`; empty for all that people read.
    pub on: Vec<&'static str>,
    pub guards: Vec<String>,
    /// What stands for the words in a condition; `None` where the words are no one thing.
    pub text: Option<&'static str>,
    pub fixture: Fixture,
    /// What differs.
    pub remarks: Vec<String>,
}

impl Place {
    /// The blocks of a text, each by itself, which is what Vale counts and compares in.
    pub fn of_blocks(mut self) -> Self {
        if self.on.is_empty() {
            self.on = vec!["Heading", "Paragraph"];
            self.text = Some("text");
        }
        self
    }

    /// The whole text of the asset, for what speaks of several blocks.
    pub fn of_document(mut self) -> Self {
        if self.on.is_empty() || self.on == ["Paragraph"] {
            self.on = vec!["Document"];
            self.text = Some("text");
        }
        self
    }

    const fn new(on: Vec<&'static str>, text: Option<&'static str>, fixture: Fixture) -> Self {
        Self { on, guards: Vec::new(), text, fixture, remarks: Vec::new() }
    }
}

/// The place that `scopes` name.
///
/// # Errors
///
/// Says which of them policies cannot look at.
pub(super) fn place(scopes: &[&str]) -> Result<Place, String> {
    let mut all: Option<Place> = None;
    for scope in scopes {
        let one = one(scope)?;
        all = Some(match all {
            None => one,
            Some(all) => union(all, one)?,
        });
    }
    Ok(all.unwrap_or(Place::new(Vec::new(), None, Fixture::Text)))
}

/// `text & ~heading.h1`
fn one(scope: &str) -> Result<Place, String> {
    let (positive, negative): (Vec<&str>, Vec<&str>) = scope
        .split('&')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .partition(|part| !part.starts_with('~'));
    let named: Vec<&str> = positive.iter().copied().filter(|part| *part != "text").collect();
    let mut place = match named.as_slice() {
        [] => Place::new(Vec::new(), None, Fixture::Text),
        [name] => of_name(name)?,
        _ => return Err(format!("its scope `{scope}` is in several places at once")),
    };
    for name in negative {
        without(&mut place, name.trim_start_matches('~').trim());
    }
    Ok(place)
}

fn of_name(name: &str) -> Result<Place, String> {
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let part = |on| Ok(Place::new(vec![on], Some("text"), Fixture::Text));
    let field = |on, fixture| Ok(Place::new(vec![on], Some("it"), fixture));
    let everything = |remark: String| {
        let mut place = Place::new(Vec::new(), None, Fixture::Text);
        place.remarks.push(remark);
        Ok(place)
    };
    match first {
        "text" => everything(format!("`{name}` is all kinds of files")),
        "raw" => everything("`raw` is the words that people read, not the markup".to_owned()),
        "heading" => {
            let level =
                rest.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|it| *it <= 6);
            let mut place = Place::new(vec!["Heading"], Some("text"), Fixture::Heading(level.unwrap_or(1)));
            place.guards.extend(level.map(|level| format!("level == {level}")));
            Ok(place)
        }
        "sentence" => part("Sentence"),
        "summary" => part("Document"),
        "paragraph" => part("Paragraph").map(|mut place| {
            place.remarks.push("`paragraph` is list items, table cells and quotations, too".to_owned());
            place
        }),
        "link" => field("Link.text", Fixture::LinkText),
        "alt" => field("Image.alt", Fixture::Alt),
        _ => Err(format!("its scope is `{name}`, and policies know no such part")),
    }
}

/// Takes `name` away.
fn without(place: &mut Place, name: &str) {
    match (name.split_once('.').unwrap_or((name, "")), place.on.as_slice()) {
        (("heading", level), ["Heading"]) if level.starts_with('h') => {
            place.guards.push(format!("level != {}", level.trim_start_matches('h')));
        }
        (("heading", ""), []) => {
            place.on = vec!["Paragraph"];
            place.text = Some("text");
            place
                .remarks
                .push("all but headings is paragraphs, list items, table cells and quotations".to_owned());
        }
        // No text rule of a policy looks into these.
        (("code" | "raw" | "comment" | "summary" | "alt" | "frontmatter", _), _) => {}
        (("heading", _), ["Sentence" | "Paragraph"]) => {}
        _ => place.remarks.push(format!("`~{name}` is not taken away")),
    }
}

fn union(mut all: Place, one: Place) -> Result<Place, String> {
    let same_heading = all.on == ["Heading"] && one.on == ["Heading"];
    match (all.guards.as_slice(), one.guards.as_slice()) {
        ([], []) => {}
        ([a], [b]) if same_heading => all.guards = vec![format!("({a} or {b})")],
        _ if same_heading => all.guards.clear(),
        _ => return Err("its scopes have conditions of their own".to_owned()),
    }
    if all.on.is_empty() || one.on.is_empty() {
        all.on.clear();
        all.text = None;
        all.fixture = Fixture::Text;
    } else {
        all.on.extend(one.on.iter().filter(|on| !all.on.contains(on)).copied().collect::<Vec<_>>());
        all.text = all.text.filter(|_| all.text == one.text);
    }
    all.remarks.extend(one.remarks);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scopes: &[&str], expected: &str) {
        let found = match place(scopes) {
            Ok(it) => {
                let guards: String = it.guards.iter().map(|guard| format!(" where {guard}")).collect();
                format!("{}{guards}{}", it.on.join(", "), if it.remarks.is_empty() { "" } else { " ~" })
            }
            Err(why) => why,
        };
        assert_eq!(found, expected, "{scopes:?}");
    }

    #[test]
    fn scopes_become_parts() {
        check(&[], "");
        check(&["text"], "");
        check(&["heading"], "Heading");
        check(&["heading.h2"], "Heading where level == 2");
        check(&["heading.h1", "heading.h2"], "Heading where (level == 1 or level == 2)");
        check(&["heading", "heading.h2"], "Heading");
        check(&["heading & ~heading.h1"], "Heading where level != 1");
        check(&["sentence"], "Sentence");
        check(&["summary"], "Document");
        check(&["link", "alt"], "Link.text, Image.alt");
        check(&["heading", "sentence"], "Heading, Sentence");
        check(&["text", "heading"], "");
    }

    #[test]
    fn what_differs_is_said() {
        check(&["paragraph"], "Paragraph ~");
        check(&["raw"], " ~");
        check(&["text.md"], " ~");
        check(&["~heading"], "Paragraph ~");
        check(&["text & ~code"], "");
        check(&["paragraph & ~blockquote"], "Paragraph ~");
        check(&["list"], "its scope is `list`, and policies know no such part");
        check(&["table.cell"], "its scope is `table.cell`, and policies know no such part");
        check(&["heading.h1", "sentence"], "its scopes have conditions of their own");
    }
}
