/*
 * Every token of the language.
 *
 * This is the lexer and the layout pass of the compiler in one. What a token is depends on what stands before it (the
 * first word of a clause, the `{` of a body), between (a line break, two spaces, nothing) and behind it (a name before
 * `:`). So the scanner keeps a little state of its own and ignores which symbols the parser would like to see; the
 * parser then sees the same tokens when it recovers from a mistake as when it does not.
 *
 * What depends on the next token is decided before that token is taken, with an empty token: `_end` where a clause
 * ends, `_note` where only the state changes. Brackets and quotes always match: where a closer is missing an empty one
 * stands, and behind it, in front of the next token, an empty `unknown`, which no rule accepts. So the tree has its
 * shape, and the mistake its place.
 */

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <stddef.h>
#include <string.h>

#include "scanner/literal.h"
#include "scanner/place.h"
#include "scanner/skim.h"

/* ---- Strings and patterns ---------------------------------------------------------------------------------------- */

/* `\n`, `\u{2019}`; the backslash comes next. */
static bool escape(Scanner *s, TSLexer *lexer) {
  advance(lexer);
  int32_t c = lexer->lookahead;
  bool known = false;
  if (!at_line_end(lexer)) {
    advance(lexer);
    known = c == 'n' || c == 't' || c == 'r' || c == '"' || c == '\\' || c == '{' || c == '}';
  }
  mark(lexer);
  if (c == 'u' && eat(lexer, '{')) {
    uint32_t value = 0;
    bool digits = false;
    for (;;) {
      int32_t d = lexer->lookahead;
      uint32_t digit = is_digit(d) ? (uint32_t)(d - '0') : d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                     : d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A' + 10) : 16;
      if (digit == 16) break;
      value = value > 0x10FFFF ? value : value * 16 + digit;
      digits = true;
      advance(lexer);
    }
    if (eat(lexer, '}')) {
      mark(lexer);
      known = digits && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
    }
  }
  return token(s, lexer, known ? ESCAPE : UNKNOWN, IN_STRING);
}

static bool open_bracket(Scanner *s, TSLexer *lexer, enum Symbol symbol, uint8_t frame);

/* A piece of a string. It ends with its line at the latest. */
static bool string(Scanner *s, TSLexer *lexer) {
  if (at_line_end(lexer)) {
    take(s, AFTER_VALUE);
    s->place |= REPORT;
    return emit(lexer, QUOTE_CLOSE);
  }
  switch (lexer->lookahead) {
    case '"': advance(lexer); return marked(s, lexer, QUOTE_CLOSE, AFTER_VALUE);
    case '\\': return escape(s, lexer);
    case '{':
      if (s->depth == MAX_DEPTH) {
        advance(lexer);
        return marked(s, lexer, UNKNOWN, IN_STRING);
      }
      return open_bracket(s, lexer, INTERPOLATION_OPEN, TEXT_FRAME);
    default:
      while (!at_line_end(lexer) && lexer->lookahead != '"' && lexer->lookahead != '\\' && lexer->lookahead != '{') {
        advance(lexer);
      }
      return marked(s, lexer, STRING_TEXT, IN_STRING);
  }
}

/* What stands between the slashes. Without the second one it ends with its line or before a comment. */
static bool pattern_text(Scanner *s, TSLexer *lexer) {
  bool escaped = false, space = false;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (at_line_end(lexer)) break;
    if (c == '/' && (space || !escaped)) {
      mark(lexer);
      if (!space) return token(s, lexer, PATTERN_TEXT, AFTER_PATTERN);
      advance(lexer);
      return token(s, lexer, PATTERN_TEXT, lexer->lookahead == '/' ? AFTER_HALF : AFTER_PATTERN);
    }
    escaped = c == '\\' && !escaped;
    space = c == ' ';
    advance(lexer);
    if (!is_space(c)) mark(lexer);
  }
  return token(s, lexer, PATTERN_TEXT, AFTER_HALF);
}

/* The second slash, and the flags behind it. */
static bool pattern_end(Scanner *s, TSLexer *lexer) {
  if (s->previous == AFTER_HALF) {
    take(s, AFTER_VALUE);
    s->place |= REPORT;
    return emit(lexer, PATTERN_CLOSE);
  }
  if (s->previous == AFTER_PATTERN) {
    advance(lexer);
    return marked(s, lexer, PATTERN_CLOSE, AFTER_SLASH);
  }
  if (is_letter(lexer->lookahead)) {
    while (is_letter(lexer->lookahead)) advance(lexer);
    return marked(s, lexer, PATTERN_FLAGS, AFTER_VALUE);
  }
  s->previous = AFTER_VALUE;
  return false;
}

/* ---- Words in their place ---------------------------------------------------------------------------------------- */

/* The first word of a declaration. */
static bool kind(Scanner *s, TSLexer *lexer, const Word *word) {
  Word next;
  mark(lexer);
  if (is_word(word, "pub") && peek(lexer, &next) == WORD_NEXT) {
    take(s, AFTER_WORD);
    return emit(lexer, PUB);
  }
  const struct Kind *known = find_kind(word);
  take(s, known ? AFTER_KIND : AFTER_WORD);
  s->chunk |= known ? HAS_KIND | IN_HEADER | known->chunk : HAS_KIND | HAS_BODY;
  return emit(lexer, known ? KIND : UNKNOWN);
}

/* Whether a word here is a member of an `enum` or a stage of a `lifecycle`. */
static bool is_listed(const Scanner *s) { return s->chunk & LISTS && s->depth == 1 && top(s) == BODY_FRAME; }

/* Whether `in` and `not in` introduce a segment here. */
static bool introduces(const Scanner *s) {
  uint8_t now = entry(s);
  return in_body(s) && !(now & LIMITED) && ((now & TOKENS) == ONE || now & FIELD);
}

/* A word of a segment: an operator, a lead, a name. An entry that is no clause has no segments. */
static enum Symbol role(const Scanner *s, TSLexer *lexer, const Word *word, Ahead ahead) {
  if (!word->reserved) {
    if ((s->previous == AFTER_KIND && s->chunk & DEFINES) || is_listed(s)) return NAME;
    return quantifies(lexer, word, ahead) ? QUANTIFIER : WORD;
  }
  bool bare = top(s) == BARE_FRAME;
  switch (word->reserved->symbol) {
    case OR: return is_word(&ahead.word, "else") ? OR_ELSE : OR;
    case IN:
      if (!introduces(s)) return IN;
      return bare ? UNKNOWN : IN_LEAD;
    case NOT:
      if (!is_word(&ahead.word, "in")) return NOT;
      if (!introduces(s)) return NOT_IN;
      return bare ? UNKNOWN : NOT_LEAD;
    case WHEN: case UNLESS: case UNTIL: case ON: case AS: case EXCEPT:
      return bare ? UNKNOWN : word->reserved->symbol;
    default: return word->reserved->symbol;
  }
}

/* What a word is in its place. */
static enum Symbol symbol_of(const Scanner *s, TSLexer *lexer, const Word *word, Ahead ahead) {
  bool names_type = s->chunk & IS_TYPED && !s->depth;
  if (s->previous == AFTER_DOT || top(s) == SELECT_FRAME) return WORD;
  if (ahead.next == COLON_NEXT && !names_type) return KEY;
  if (top(s) != BODY_FRAME || entry(s) & TOKENS) return role(s, lexer, word, ahead);
  return is_listed(s) && !word->reserved ? LISTED : HEAD;
}

/* A word that has been marked. */
static bool plain_word(Scanner *s, TSLexer *lexer, const Word *word) {
  Ahead ahead = look(lexer);
  enum Symbol symbol = symbol_of(s, lexer, word, ahead);
  uint8_t class = symbol == WORD ? AFTER_WORD : symbol == IN_LEAD || symbol == NOT_LEAD ? AFTER_VALUE : class_of(word);
  count(s, symbol);
  take(s, class);
  if (word->capital && !word->reserved) s->place |= CAPITAL;
  if (ahead.after == COLON_NEXT && has_clauses(s) && can_end(class)) s->place |= KEY_NEXT;
  return emit(lexer, symbol);
}

/* An empty token that remembers what has been found out about the next one. */
static bool note(Scanner *s, TSLexer *lexer) {
  s->place |= CHECKED;
  return emit(lexer, NOTE);
}

/* Whether an entry ends before a word. */
static bool ends_before(const Scanner *s, Gap gap, const Word *word) {
  if (!has_clauses(s) || !can_end(s->previous)) return false;
  uint8_t flags = word->reserved ? word->reserved->flags : 0;
  if (gap.newline && !(flags & CONTINUES)) return true;
  uint8_t tokens = entry(s) & TOKENS;
  if (gap.wide && tokens != 0 && tokens != ONE && !(flags & (CONTINUES | JOINS))) return true;
  return s->place & KEY_NEXT;
}

static bool any_word(Scanner *s, TSLexer *lexer, Gap gap) {
  Word word = read_word(lexer);
  bool declares = !word.reserved && starts_declaration(&word);
  if (s->place & BROKEN) return break_off(s, lexer);
  if (!s->depth) {
    Next next = {.continues = word.reserved && word.reserved->flags & CONTINUES, .declares = declares};
    if (cut(s, lexer, gap, next)) return true;
    if (!(s->chunk & HAS_KIND)) return kind(s, lexer, &word);
    mark(lexer);
    return plain_word(s, lexer, &word);
  }
  if (declares && gap.newline && gap.column_zero && !(s->place & CHECKED)) {
    if (is_broken(s, lexer)) return break_off(s, lexer);
    return ends_before(s, gap, &word) ? separate(s, lexer) : note(s, lexer);
  }
  if (ends_before(s, gap, &word)) return separate(s, lexer);
  mark(lexer);
  return plain_word(s, lexer, &word);
}

/* ---- Signs ------------------------------------------------------------------------------------------------------- */

/* Takes the opener, which comes next. */
static bool open_bracket(Scanner *s, TSLexer *lexer, enum Symbol symbol, uint8_t frame) {
  advance(lexer);
  mark(lexer);
  if (s->depth == MAX_DEPTH) return token(s, lexer, UNKNOWN, AFTER_OPEN);
  count(s, symbol);
  take(s, AFTER_OPEN);
  s->angles = 0;
  s->frames[s->depth++] = frame;
  return emit(lexer, symbol);
}

static bool closer(Scanner *s, TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  unsigned at = find_open(s->frames, s->depth, c);
  if (at == 0) {
    advance(lexer);
    mark(lexer);
    take(s, c == '}' ? AFTER_BRACE : AFTER_VALUE);
    return emit(lexer, UNKNOWN);
  }
  if (s->angles || s->depth > at) return close_early(s, lexer, at);
  if (in_body(s) && entry(s) & TOKENS) {
    end_entry(s);
    return emit(lexer, END);
  }
  advance(lexer);
  mark(lexer);
  uint8_t class = class_behind(top(s));
  s->depth--;
  take(s, class);
  if (class != IN_STRING && has_clauses(s) && key_ahead(lexer)) s->place |= KEY_NEXT;
  return emit(lexer, CLOSE);
}

/* `{` in its roles. */
static bool brace(Scanner *s, TSLexer *lexer, Gap gap) {
  if (s->previous == AFTER_DOT && !gap.any) return open_bracket(s, lexer, SELECT_OPEN, SELECT_FRAME);
  if (s->depth) return open_bracket(s, lexer, BRACE, BRACE_FRAME);
  if (s->place & BODY_NEXT) return open_bracket(s, lexer, BODY_OPEN, BODY_FRAME);
  bool candidate = s->chunk & HAS_BODY && s->chunk & IN_HEADER && !(s->chunk & ASSIGNS);
  if (candidate && !(s->place & CHECKED)) {
    if (s->angles) return close_early(s, lexer, s->depth);
    advance(lexer);
    if (!opens_body(s, lexer)) return note(s, lexer);
    s->place |= BODY_NEXT;
    s->chunk &= (uint16_t)~IN_HEADER;
    return emit(lexer, END);
  }
  s->place |= BRACED;
  return open_bracket(s, lexer, BRACE, BRACE_FRAME);
}

/* `=` sets, `==` compares. */
static bool equals(Scanner *s, TSLexer *lexer) {
  bool body = in_body(s);
  uint8_t now = entry(s);
  advance(lexer);
  if (eat(lexer, '>')) return marked(s, lexer, UNKNOWN, AFTER_OP);
  if (eat(lexer, '=')) {
    if (eat(lexer, '=')) return marked(s, lexer, UNKNOWN, AFTER_OP_SIGN);
    return marked(s, lexer, body && (now & TOKENS) == ONE ? UNKNOWN : EQ, AFTER_OP_SIGN);
  }
  bool sets = top(s) == BODY_FRAME && ((now & TOKENS) == ONE || (now & FIELD && !(now & ASSIGNED)));
  if (!s->depth) sets = !(s->chunk & HAS_ASSIGN);
  if (!s->depth && !(s->place & BRACED)) s->chunk |= ASSIGNS;
  return marked(s, lexer, sets ? ASSIGN : UNKNOWN, AFTER_OP_SIGN);
}

/* `<`, and where it opens types: `Set<String>`, not `age<limit`. */
static bool less(Scanner *s, TSLexer *lexer, Gap gap) {
  bool name = s->previous == AFTER_WORD && s->place & CAPITAL && !gap.any;
  advance(lexer);
  if (eat(lexer, '=')) return marked(s, lexer, LE, AFTER_OP_SIGN);
  if (eat(lexer, '>')) return marked(s, lexer, UNKNOWN, AFTER_OP);
  if (!name || !starts_word(lexer->lookahead) || lexer->lookahead == '_') return marked(s, lexer, LT, AFTER_OP);
  if (s->angles == UINT8_MAX) return marked(s, lexer, UNKNOWN, AFTER_OP);
  s->angles++;
  return marked(s, lexer, TYPE_OPEN, AFTER_OP);
}

static bool greater(Scanner *s, TSLexer *lexer) {
  advance(lexer);
  if (eat(lexer, '=')) return marked(s, lexer, GE, AFTER_OP_SIGN);
  if (!s->angles) return marked(s, lexer, GT, AFTER_OP);
  s->angles--;
  return marked(s, lexer, CLOSE, AFTER_VALUE);
}

static bool dots(Scanner *s, TSLexer *lexer) {
  advance(lexer);
  if (!eat(lexer, '.')) return marked(s, lexer, DOT, AFTER_DOT);
  if (eat(lexer, '=')) return marked(s, lexer, DOT_DOT_EQ, AFTER_RANGE);
  return marked(s, lexer, DOT_DOT, AFTER_VALUE);
}

/* Whether documentation comes next, on a line below. */
static bool doc_ahead(TSLexer *lexer) {
  uint32_t left = UINT32_MAX;
  bool newline = false;
  for (;;) {
    while (is_space(lexer->lookahead)) {
      newline |= is_newline(lexer->lookahead);
      advance(lexer);
    }
    if (!eat(lexer, '/')) return false;
    switch (comment_start(lexer)) {
      case LINE:
      case MODULE_DOC: skip_line(lexer); break;
      case BLOCK: newline |= skip_block(lexer, false, false, &left).newline; break;
      case DOC: return newline;
      default: return false;
    }
  }
}

/* A comma; at the end of a line it ends the clause when documentation follows. */
static bool comma(Scanner *s, TSLexer *lexer) {
  advance(lexer);
  mark(lexer);
  uint8_t frame = top(s);
  bool alone = (frame == PAREN_FRAME || frame == TEXT_FRAME) && !s->angles;
  bool first = in_body(s) && !(entry(s) & TOKENS);
  if (alone || first || frame == BARE_FRAME) return token(s, lexer, UNKNOWN, AFTER_OP_SIGN);
  if (has_clauses(s) && !s->angles && doc_ahead(lexer)) {
    end_entry(s);
    take(s, AFTER_SEP);
    return emit(lexer, frame == BODY_FRAME ? END : COMMA);
  }
  return token(s, lexer, COMMA, AFTER_OP_SIGN);
}

static bool semicolon(Scanner *s, TSLexer *lexer) {
  if (s->angles) return close_early(s, lexer, s->depth);
  advance(lexer);
  mark(lexer);
  enum Symbol symbol = SEPARATOR;
  if (!s->depth) {
    if (s->chunk & IN_HEADER) symbol = END;
    s->chunk &= (uint16_t)~IN_HEADER;
  } else if (in_body(s)) {
    if (entry(s) & TOKENS) symbol = END;
  } else {
    symbol = top(s) == BRACE_FRAME ? COMMA : UNKNOWN;
  }
  end_entry(s);
  take(s, AFTER_SEMI);
  return emit(lexer, symbol);
}

/* `'text'` and `“text”`, when they end on their line; else the quote alone. */
static bool foreign_quote(Scanner *s, TSLexer *lexer) {
  bool single = lexer->lookahead == '\'';
  advance(lexer);
  mark(lexer);
  while (!at_line_end(lexer)) {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (single ? c == '\'' : c == '"' || is_curly_quote(c)) {
      mark(lexer);
      break;
    }
  }
  return token(s, lexer, UNKNOWN, AFTER_VALUE);
}

/* A sign that starts with `first`; two of them when `pair` follows. */
static bool foreign_pair(Scanner *s, TSLexer *lexer, int32_t pair, enum Symbol alone, uint8_t class) {
  advance(lexer);
  if (eat(lexer, pair)) return marked(s, lexer, UNKNOWN, AFTER_OP_SIGN);
  return marked(s, lexer, alone, class);
}

static bool colon(Scanner *s, TSLexer *lexer) {
  bool names_type = s->chunk & IS_TYPED && !s->depth;
  return foreign_pair(s, lexer, '=', names_type ? TYPE_COLON : COLON, AFTER_OP);
}

static bool arrow(Scanner *s, TSLexer *lexer) {
  advance(lexer);
  bool leads = top(s) != BARE_FRAME && (!in_body(s) || entry(s) & TOKENS);
  if (eat(lexer, '>')) return marked(s, lexer, leads ? ARROW : UNKNOWN, AFTER_OP);
  return marked(s, lexer, MINUS, AFTER_OP);
}

static bool single(Scanner *s, TSLexer *lexer, enum Symbol symbol, uint8_t class) {
  advance(lexer);
  return marked(s, lexer, symbol, class);
}

/* `!` and `&`, which only in pairs go on with the line before. */
static bool bang_or_and(Scanner *s, TSLexer *lexer, Gap gap) {
  int32_t c = lexer->lookahead;
  advance(lexer);
  bool pair = lexer->lookahead == (c == '!' ? '=' : '&');
  Next next = {.continues = pair};
  if (cut(s, lexer, gap, next)) return true;
  if (!pair && gap.newline && has_clauses(s) && can_end(s->previous)) return separate(s, lexer);
  if (!pair) return marked(s, lexer, UNKNOWN, c == '!' ? AFTER_OP : AFTER_VALUE);
  advance(lexer);
  if (c == '&') return marked(s, lexer, UNKNOWN, AFTER_OP);
  if (eat(lexer, '=')) return marked(s, lexer, UNKNOWN, AFTER_OP_SIGN);
  return marked(s, lexer, NE, AFTER_OP_SIGN);
}

static bool sign(Scanner *s, TSLexer *lexer, Gap gap) {
  int32_t c = lexer->lookahead;
  if (c == '!' || c == '&') return bang_or_and(s, lexer, gap);
  Next next = {.continues = is_continuing_sign(c)};
  if (cut(s, lexer, gap, next)) return true;
  if (gap.newline && !next.continues && has_clauses(s) && can_end(s->previous)) return separate(s, lexer);
  /* A declaration does not start like this. */
  if (!s->depth) s->chunk |= HAS_KIND;
  switch (c) {
    case '"': return single(s, lexer, QUOTE_OPEN, IN_STRING);
    case '(': {
      bool glued = (s->previous == AFTER_WORD || s->previous == AFTER_KIND) && !gap.any;
      return open_bracket(s, lexer, glued ? CALL_OPEN : PAREN, glued ? CALL_FRAME : PAREN_FRAME);
    }
    case '[': return open_bracket(s, lexer, BRACKET, BRACKET_FRAME);
    case '{': return brace(s, lexer, gap);
    case ')': case ']': case '}': return closer(s, lexer);
    case '=': return equals(s, lexer);
    case '<': return less(s, lexer, gap);
    case '>': return greater(s, lexer);
    case '.': return dots(s, lexer);
    case ',': return comma(s, lexer);
    case ';': return semicolon(s, lexer);
    case ':': return colon(s, lexer);
    case '-': return arrow(s, lexer);
    case '|': return foreign_pair(s, lexer, '|', PIPE, AFTER_OP_SIGN);
    case '+': return single(s, lexer, PLUS, AFTER_OP);
    case '*': return single(s, lexer, STAR, AFTER_OP);
    case '?': return single(s, lexer, QUESTION, AFTER_VALUE);
    default: break;
  }
  if (is_digit(c)) {
    enum Symbol symbol = number(lexer);
    bool valid = symbol != UNKNOWN;
    token(s, lexer, valid ? symbol : INTEGER, AFTER_VALUE);
    if (!valid) s->place |= REPORT;
    return true;
  }
  if (c == '\'' || is_curly_quote(c)) return foreign_quote(s, lexer);
  advance(lexer);
  mark(lexer);
  take(s, s->previous);
  return emit(lexer, UNKNOWN);
}

/* ---- Comments, documentation, patterns --------------------------------------------------------------------------- */

static bool comment(Scanner *s, TSLexer *lexer, Gap gap, enum Symbol symbol) {
  s->place |= COMMENTED | (gap.newline ? NEWLINE : 0);
  return emit(lexer, symbol);
}

/* Whether what is documented here is a declaration. Takes the rest of the documentation. */
static bool documents_declaration(TSLexer *lexer) {
  uint32_t left = UINT32_MAX;
  Word word;
  for (;;) {
    skip_line(lexer);
    while (is_space(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead != '/') break;
    advance(lexer);
    switch (comment_start(lexer)) {
      case NO_COMMENT: return false;
      case BLOCK: skip_block(lexer, false, false, &left); break;
      default: break;
    }
  }
  return peek(lexer, &word) == WORD_NEXT && !word.reserved && starts_declaration(&word);
}

/* The rest of documentation that documents nothing. */
static bool remark(Scanner *s, TSLexer *lexer, uint16_t place, enum Symbol symbol) {
  skip_line(lexer);
  mark(lexer);
  s->place = (uint16_t)((s->place & ~NEWLINE) | COMMENTED | place);
  return emit(lexer, symbol);
}

/* `///` has been read. It documents what follows where an entry can start; anywhere else it is a remark, and a mistake
   behind something on its line. */
static bool doc(Scanner *s, TSLexer *lexer, Gap gap) {
  bool ends = gap.newline && can_end(s->previous);
  bool started = s->chunk & STARTED && s->previous != AFTER_SEMI;
  bool looked = s->place & (CHECKED | AFTER_DOC | REMARK);
  bool unsure = gap.newline && gap.column_zero && !looked && (s->depth || (started && !ends));
  if (s->place & BROKEN) return break_off(s, lexer);
  if (!gap.newline && s->previous == AFTER_SEMI) return remark(s, lexer, 0, UNKNOWN);
  if (unsure) {
    if (documents_declaration(lexer)) {
      if (s->depth && is_broken(s, lexer)) return break_off(s, lexer);
      if (!s->depth) {
        if (cut(s, lexer, gap, (Next){.declares = true, .doc = true})) return true;
        return note(s, lexer);
      }
    }
    if (!(ends && has_clauses(s))) return note(s, lexer);
  }
  if (cut(s, lexer, gap, (Next){.doc = true})) return true;
  if (ends && has_clauses(s)) return separate(s, lexer);
  bool behind_brace = s->previous == AFTER_OPEN && has_clauses(s);
  bool starts = s->previous == AT_START || s->previous == AFTER_DOCS || s->previous == AFTER_SEP ||
                s->previous == AFTER_SEMI || behind_brace;
  if (!starts) return remark(s, lexer, gap.column_zero ? REMARK : 0, gap.newline ? COMMENT : UNKNOWN);
  mark(lexer);
  take(s, AFTER_DOCS);
  s->place |= AFTER_DOC | DOC_LINE;
  return emit(lexer, DOC_OPEN);
}

static bool block_comment(Scanner *s, TSLexer *lexer, Gap gap) {
  mark(lexer);
  uint32_t left = UINT32_MAX;
  Block block = skip_block(lexer, true, s->unclosed < MAX_UNCLOSED, &left);
  if (!block.closed && s->unclosed < UINT8_MAX) s->unclosed++;
  gap.newline |= block.newline;
  return comment(s, lexer, gap, block.closed ? BLOCK_COMMENT : UNKNOWN);
}

/* A slash that starts no comment has been read. */
static bool slash(Scanner *s, TSLexer *lexer, Gap gap) {
  bool pattern = (gap.any || (allows_pattern(s->previous) && !(s->place & COMMENTED))) &&
                 !lexer->eof(lexer) && !is_space(lexer->lookahead);
  if (cut(s, lexer, gap, (Next){.continues = !pattern})) return true;
  if (pattern && gap.newline && has_clauses(s) && can_end(s->previous)) return separate(s, lexer);
  if (!s->depth) s->chunk |= HAS_KIND;
  return pattern ? marked(s, lexer, PATTERN_OPEN, IN_PATTERN) : marked(s, lexer, SLASH, AFTER_OP);
}

static bool comment_or_slash(Scanner *s, TSLexer *lexer, Gap gap, bool space) {
  advance(lexer);
  switch (comment_start(lexer)) {
    case BLOCK: return block_comment(s, lexer, gap);
    case DOC: return doc(s, lexer, gap);
    case MODULE_DOC:
      advance(lexer);
      mark(lexer);
      s->place |= MODULE_LINE;
      return comment(s, lexer, gap, MODULE_DOC_OPEN);
    case LINE:
      skip_line(lexer);
      mark(lexer);
      return comment(s, lexer, gap, COMMENT);
    default:
      gap.any = space;
      return slash(s, lexer, gap);
  }
}

/* The text of documentation, without the space in front. May be empty. */
static bool doc_text(Scanner *s, TSLexer *lexer) {
  s->place &= (uint16_t)~(DOC_LINE | MODULE_LINE);
  if (lexer->lookahead == ' ') lexer->advance(lexer, true);
  skip_line(lexer);
  mark(lexer);
  return emit(lexer, DOC_TEXT);
}

/* ---- The scanner ------------------------------------------------------------------------------------------------- */

/* Ends the interpolation at `at`, everything in it, and its string. */
static bool end_string(Scanner *s, TSLexer *lexer, unsigned at) {
  close_one(s, lexer);
  if (s->depth == at) s->previous = IN_STRING;
  return true;
}

/* A line ended inside interpolations: they end with it, and so do their strings. */
static bool end_interpolations(Scanner *s, TSLexer *lexer) {
  for (unsigned at = 0; at < s->depth; at++) {
    if ((s->frames[at] & FRAME_KIND) == TEXT_FRAME) return end_string(s, lexer, at);
  }
  return false;
}

static bool end_of_text(Scanner *s, TSLexer *lexer) {
  if (s->depth || s->angles || s->place & BROKEN) return break_off(s, lexer);
  if (!(s->chunk & IN_HEADER)) return false;
  s->chunk &= (uint16_t)~IN_HEADER;
  return emit(lexer, END);
}

/* The empty token that no rule accepts, in front of the next one. */
static bool report(Scanner *s, TSLexer *lexer, Gap gap) {
  mark(lexer);
  if (s->place & BROKEN) {
    s->chunk = s->place = 0;
    s->previous = AT_START;
  }
  s->place &= (uint16_t)~REPORT;
  if (gap.newline) s->place |= NEWLINE;
  if (gap.column_zero) s->place |= COLUMN_ZERO;
  return emit(lexer, UNKNOWN);
}

static bool code(Scanner *s, TSLexer *lexer) {
  mark(lexer);
  Gap gap = skip_space(lexer);
  if (s->place & REPORT) return report(s, lexer, gap);
  bool space = gap.any;
  gap.column_zero |= !space && s->place & COLUMN_ZERO;
  gap.newline |= (s->place & NEWLINE) != 0;
  gap.any |= (s->place & COMMENTED) != 0;
  if (gap.newline && end_interpolations(s, lexer)) return true;
  if (lexer->eof(lexer)) return end_of_text(s, lexer);
  if (lexer->lookahead == '/') return comment_or_slash(s, lexer, gap, space);
  if (lexer->lookahead == '#') {
    skip_line(lexer);
    mark(lexer);
    return comment(s, lexer, gap, UNKNOWN);
  }
  if (starts_word(lexer->lookahead)) return any_word(s, lexer, gap);
  return sign(s, lexer, gap);
}

bool tree_sitter_mkt_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)valid;
  Scanner *s = payload;
  if (s->place & (DOC_LINE | MODULE_LINE)) return doc_text(s, lexer);
  switch (s->previous) {
    case IN_STRING: return string(s, lexer);
    case IN_PATTERN: return pattern_text(s, lexer);
    case AFTER_PATTERN:
    case AFTER_HALF:
    case AFTER_SLASH:
      if (pattern_end(s, lexer)) return true;
      break;
    default: break;
  }
  return code(s, lexer);
}

void *tree_sitter_mkt_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_mkt_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_mkt_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *s = payload;
  unsigned length = (unsigned)(offsetof(Scanner, frames) + s->depth);
  memcpy(buffer, s, length);
  return length;
}

void tree_sitter_mkt_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  memset(payload, 0, sizeof(Scanner));
  if (length) memcpy(payload, buffer, length);
}
