//! `textDocument/semanticTokens`: of a file, of a range of it, and what changed since the last answer.

use gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensDeltaResponse, SemanticTokensEdit, SemanticTokensParams, SemanticTokensRangeParams, Uri,
};
use mktlint_ide::policy::tokens::{Modifiers, Token, TokenKind, tokens};
use mktlint_text::Span;
use serde_json::{Value, json};

use crate::context::{Context, Document};
use crate::convert::{Encoding, Lines};
use crate::failure::Answer;

/// Numbers of a token in the protocol.
const N: usize = 5;

/// The names of token types and modifiers, by number.
pub fn legend() -> Value {
    json!({
        "tokenTypes": TokenKind::ALL.map(name),
        "tokenModifiers": ["declaration", "readonly", "defaultLibrary", "deprecated", "documentation"],
    })
}

const fn name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Namespace => "namespace",
        TokenKind::Type => "type",
        TokenKind::Class => "class",
        TokenKind::Parameter => "parameter",
        TokenKind::Variable => "variable",
        TokenKind::Property => "property",
        TokenKind::EnumMember => "enumMember",
        TokenKind::Function => "function",
        TokenKind::Keyword => "keyword",
        TokenKind::Comment => "comment",
        TokenKind::String => "string",
        TokenKind::Number => "number",
        TokenKind::Regexp => "regexp",
        TokenKind::Operator => "operator",
        TokenKind::Decorator => "decorator",
    }
}

/// All tokens of a policy file.
pub fn full(context: &Context, params: SemanticTokensParams) -> Answer<Option<SemanticTokens>> {
    Ok(numbers(context, &params.text_document.uri, None)
        .map(|numbers| kept(context, &params.text_document.uri, numbers)))
}

/// Those that touch a range.
pub fn range(context: &Context, params: SemanticTokensRangeParams) -> Answer<Option<SemanticTokens>> {
    let numbers = numbers(context, &params.text_document.uri, Some(params.range));
    Ok(numbers.map(|numbers| SemanticTokens { result_id: None, data: grouped(&numbers) }))
}

/// What changed since the answer that the client names; all tokens when that answer is forgotten.
pub fn delta(
    context: &Context,
    params: SemanticTokensDeltaParams,
) -> Answer<Option<SemanticTokensDeltaResponse>> {
    let uri = &params.text_document.uri;
    let Some(numbers) = numbers(context, uri, None) else { return Ok(None) };
    let Some(before) = context.memory.tokens(uri.as_str(), &params.previous_result_id) else {
        return Ok(Some(kept(context, uri, numbers).into()));
    };
    let edits = difference(&before, &numbers).into_iter().collect();
    let result_id = Some(context.memory.keep_tokens(uri.as_str(), numbers));
    Ok(Some(SemanticTokensDelta { result_id, edits }.into()))
}

fn kept(context: &Context, uri: &Uri, numbers: Vec<u32>) -> SemanticTokens {
    let data = grouped(&numbers);
    SemanticTokens { result_id: Some(context.memory.keep_tokens(uri.as_str(), numbers)), data }
}

fn numbers(context: &Context, uri: &Uri, range: Option<gen_lsp_types::Range>) -> Option<Vec<u32>> {
    let document: Document = context.document(uri)?;
    let range = range.map(|range| document.span(range));
    let tokens = tokens(context.view(), document.policy()?, range);
    Some(encode(&tokens, &document.lines, context.client.encoding))
}

/// Five numbers for each line of each token, lines and columns from the one before. Comments over several lines are cut,
/// since few clients can colour them otherwise.
fn encode(tokens: &[Token], lines: &Lines, encoding: Encoding) -> Vec<u32> {
    let mut out = Vec::with_capacity(tokens.len() * N);
    let (mut line, mut column) = (0, 0);
    for token in tokens {
        let (kind, bits) = (token.kind as u32, bits(token.modifiers));
        for span in cut(token.span, &lines.text) {
            let length = length(span.slice(&lines.text), encoding);
            if length == 0 {
                continue;
            }
            let start = lines.position(span.start());
            let from = if start.line == line { start.character - column } else { start.character };
            out.extend([start.line - line, from, length, kind, bits]);
            (line, column) = (start.line, start.character);
        }
    }
    out
}

/// How long words are, as positions count.
fn length(words: &str, encoding: Encoding) -> u32 {
    let n = match encoding {
        Encoding::Utf8 => words.len(),
        Encoding::Utf16 => words.encode_utf16().count(),
        Encoding::Utf32 => words.chars().count(),
    };
    n as u32
}

/// The lines of a token, without line breaks.
fn cut(span: Span, text: &str) -> Vec<Span> {
    let words = span.slice(text);
    if !words.contains(['\n', '\r']) {
        return vec![span];
    }
    let mut found = Vec::new();
    let mut at = span.start();
    for line in words.split(['\n', '\r']) {
        let end = at + line.len() as u32;
        found.push(Span::new(at, end));
        at = end + 1;
    }
    found
}

fn bits(modifiers: Modifiers) -> u32 {
    let Modifiers { declaration, readonly, library, deprecated, documentation } = modifiers;
    let all = [declaration, readonly, library, deprecated, documentation];
    all.iter().enumerate().map(|(at, on)| u32::from(*on) << at).sum()
}

fn grouped(numbers: &[u32]) -> Vec<SemanticToken> {
    let token = |own: &[u32]| match *own {
        [delta_line, delta_start, length, token_type, token_modifiers_bitset] => {
            Some(SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset })
        }
        _ => None,
    };
    numbers.chunks(N).filter_map(token).collect()
}

/// One edit between what is the same at both ends; `None` when all is.
fn difference(before: &[u32], after: &[u32]) -> Option<SemanticTokensEdit> {
    let same = |(a, b): &(&[u32], &[u32])| a == b;
    let front = before.chunks(N).zip(after.chunks(N)).take_while(same).count() * N;
    let (before, after) = (before.get(front..)?, after.get(front..)?);
    let back = before.rchunks(N).zip(after.rchunks(N)).take_while(same).count() * N;
    let (before, after) = (before.get(..before.len() - back)?, after.get(..after.len() - back)?);
    (!before.is_empty() || !after.is_empty()).then(|| SemanticTokensEdit {
        start: front as u32,
        delete_count: before.len() as u32,
        data: Some(after.to_vec()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(start: u32, end: u32, kind: TokenKind) -> Token {
        Token { span: Span::new(start, end), kind, modifiers: Modifiers::default() }
    }

    #[test]
    fn tokens_count_from_the_one_before_and_end_with_their_line() {
        let lines = Lines::new("a /* é\r\n😀 */ b\n".into(), Encoding::Utf16);
        let tokens = [
            token(0, 1, TokenKind::Keyword),
            token(2, 16, TokenKind::Comment),
            token(17, 18, TokenKind::Variable),
        ];
        assert_eq!(
            encode(&tokens, &lines, Encoding::Utf16),
            [[0, 0, 1, 8, 0], [0, 2, 4, 9, 0], [1, 0, 5, 9, 0], [0, 6, 1, 4, 0]].concat()
        );
    }

    #[test]
    fn modifiers_are_bits_in_the_order_of_the_legend() {
        let all = Modifiers { readonly: true, documentation: true, ..Modifiers::default() };
        assert_eq!(bits(all), 0b10010);
        assert_eq!(legend()["tokenTypes"][8], "keyword");
        assert!(TokenKind::ALL.iter().enumerate().all(|(at, kind)| *kind as usize == at));
    }

    #[test]
    fn a_delta_makes_the_new_tokens_of_the_old() {
        let before: Vec<u32> = (0..20).collect();
        for after in
            [vec![], before.clone(), [&before[..5], &[9; 10], &before[10..]].concat(), (5..20).collect()]
        {
            let mut edited = before.clone();
            if let Some(edit) = difference(&before, &after) {
                let end = (edit.start + edit.delete_count) as usize;
                edited.splice(edit.start as usize..end, edit.data.unwrap_or_default());
            }
            assert_eq!(edited, after);
        }
        assert_eq!(difference(&before, &before), None);
    }
}
