//! What several tests need.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::disallowed_methods, reason = "tests read the policies of the repository")]

use std::fs;
use std::path::{Path, PathBuf};

use tree_sitter::{Node, Parser, Tree};

/// A parser of policies.
pub fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_mkt::LANGUAGE.into()).expect("the version of the tables is supported");
    parser
}

/// The tree of `text`.
pub fn tree(text: &str) -> Tree {
    parser().parse(text, None).expect("nothing stops the parser")
}

/// Everything below `node` in the order of the text, and `node` before it.
pub fn walk<'t>(node: Node<'t>, visit: &mut impl FnMut(Node<'t>)) {
    visit(node);
    for at in 0..node.child_count() {
        walk(node.child(at).expect("it is one of the children"), visit);
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A policy and where it stands.
pub struct Policy {
    pub place: String,
    pub text: String,
}

/// Every policy of the repository: files, and what stands between fences in Markdown.
pub fn policies() -> Vec<Policy> {
    let root = root();
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let mut policies = Vec::new();
    for path in paths {
        let place = path.strip_prefix(&root).expect("it is below").display().to_string();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        match path.extension().and_then(|it| it.to_str()) {
            Some("mkt") => policies.push(Policy { place, text }),
            _ => policies.extend(fences(&place, &text)),
        }
    }
    policies
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !name.starts_with('.') && !matches!(name, "target" | "node_modules") {
                collect(&path, paths);
            }
        } else if name.ends_with(".mkt") || name.ends_with(".md") {
            paths.push(path);
        }
    }
}

fn fences(place: &str, text: &str) -> Vec<Policy> {
    let mut fences = Vec::new();
    let mut open: Option<Policy> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut open {
            Some(_) if line.starts_with("```") => fences.extend(open.take()),
            Some(policy) => {
                policy.text.push_str(line);
                policy.text.push('\n');
            }
            None if line.split_whitespace().next() == Some("```mkt") => {
                open = Some(Policy { place: format!("{place}:{}", number + 2), text: String::new() });
            }
            None => {}
        }
    }
    fences
}

/// An example of the corpus.
pub struct Example {
    pub name: String,
    pub text: String,
    /// As nested parentheses, in several lines.
    pub tree: String,
}

/// What `test/corpus` holds.
pub fn examples() -> Vec<Example> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus");
    let files = fs::read_dir(folder).expect("the folder is there");
    let texts =
        files.map(|file| fs::read_to_string(file.expect("it is there").path()).expect("it can be read"));
    texts.flat_map(|text| examples_in(&text)).collect()
}

fn examples_in(corpus: &str) -> Vec<Example> {
    let rule = "=".repeat(80);
    let mut parts = corpus.split(rule.as_str()).skip(1).map(str::trim_start);
    let mut examples = Vec::new();
    while let (Some(name), Some(rest)) = (parts.next(), parts.next()) {
        let (text, tree) = rest.split_once(&"-".repeat(80)).expect("a line stands between text and tree");
        examples.push(Example { name: name.trim().into(), text: text.into(), tree: tree.into() });
    }
    examples
}
