//! Doc comments: paragraphs, and the sentence that serves as a title.

/// The paragraphs of `docs`, each on one line.
pub fn paragraphs(docs: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in docs.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if line.is_empty() && !last.is_empty() => paragraphs.push(String::new()),
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The title that was given, else the first sentence of the doc comment, else the last word of the name in words.
pub fn title_of(title: Option<&str>, docs: &str, name: &str) -> String {
    let sentence = || first_sentence(docs).filter(|sentence| !sentence.is_empty());
    let last_word = || name.rsplit('.').next().unwrap_or(name).replace('_', " ");
    title.map(str::to_owned).or_else(sentence).unwrap_or_else(last_word)
}

/// The paragraphs of `docs` without the sentence that is the title already.
pub fn rest_of(docs: &str, title: &str) -> Vec<String> {
    let mut all = paragraphs(docs);
    if let Some(first) = all.first_mut()
        && let Some(rest) = first.strip_prefix(title)
    {
        *first = rest.trim_start_matches('.').trim_start().to_owned();
    }
    all.retain(|paragraph| !paragraph.is_empty());
    all
}

/// Without its full stop.
fn first_sentence(docs: &str) -> Option<String> {
    let first = paragraphs(docs).into_iter().next()?;
    let sentence = first.split_once(". ").map_or(first.as_str(), |(sentence, _)| sentence);
    Some(sentence.trim_end_matches('.').to_owned())
}

/// What `//!` says at the top of a policy.
pub fn module_docs(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).take_while(|line| line.starts_with("//"));
    let docs = lines.filter_map(|line| line.strip_prefix("//!"));
    docs.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_sentence_however_its_lines_break() {
        let docs = "A subject must not pretend\nto answer. One that does\nsays so.\n\nMore.";
        let title = title_of(None, docs, "a.b");
        assert_eq!(title, "A subject must not pretend to answer");
        assert_eq!(rest_of(docs, &title), ["One that does says so.", "More."]);
    }

    #[test]
    fn without_a_sentence_the_name_is_the_title() {
        assert_eq!(title_of(None, "", "acme.no_fake_reply"), "no fake reply");
        assert_eq!(title_of(Some("Short"), "Long.", "a.b"), "Short");
        assert_eq!(rest_of("Long.", "Short"), ["Long."]);
    }

    #[test]
    fn what_a_policy_is_for_stands_at_its_top() {
        assert_eq!(module_docs("// note\n//! One.\n//!\n//! Two.\n\n//! three\n"), "One.\n\nTwo.");
    }
}
