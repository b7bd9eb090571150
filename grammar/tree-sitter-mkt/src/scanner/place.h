/* Brackets and entries, where a declaration begins, and the tokens that end things. */

#pragma once

#include "text.h"

/* The white space before a token. */
typedef struct {
  bool any;         /* or a comment */
  bool wide;        /* two characters or more */
  bool newline;
  bool column_zero; /* the token starts its line */
} Gap;

static Gap skip_space(TSLexer *lexer) {
  Gap gap = {false, false, false, false};
  while (is_space(lexer->lookahead)) {
    gap.wide = gap.any;
    gap.any = true;
    gap.column_zero = is_newline(lexer->lookahead);
    gap.newline |= gap.column_zero;
    lexer->advance(lexer, true);
  }
  return gap;
}

static bool can_end(uint8_t class) {
  switch (class) {
    case AFTER_KIND:
    case AFTER_WORD:
    case AFTER_VALUE:
    case AFTER_RANGE:
    case AFTER_BRACE:
    case AFTER_SLASH: return true;
    default: return false;
  }
}

static bool allows_pattern(uint8_t class) {
  return class == AT_START || class == AFTER_OPEN || class == AFTER_OP_SIGN || class == AFTER_RANGE;
}

/* The innermost bracket. In none it is like a call: lines do not count and commas stand. */
static uint8_t top(const Scanner *s) { return s->depth ? s->frames[s->depth - 1] & FRAME_KIND : CALL_FRAME; }

static uint8_t entry(const Scanner *s) { return s->depth ? s->frames[s->depth - 1] : 0; }

static bool in_body(const Scanner *s) { return top(s) == BODY_FRAME || top(s) == BARE_FRAME; }

/* Lines count between braces only. */
static bool has_clauses(const Scanner *s) { return top(s) == BRACE_FRAME || in_body(s); }

static bool is_brace(uint8_t frame) {
  uint8_t kind = frame & FRAME_KIND;
  return kind != PAREN_FRAME && kind != CALL_FRAME && kind != BRACKET_FRAME;
}

/* Of the first `depth` brackets, how many there are up to the innermost that `closer` can close; 0 when there is none.
   `}` closes the innermost brace over all that was opened in it; `)` and `]` never reach out of their braces. */
static unsigned find_open(const uint8_t *frames, unsigned depth, int32_t closer) {
  for (; depth > 0; depth--) {
    uint8_t frame = frames[depth - 1];
    if (is_brace(frame)) return closer == '}' ? depth : 0;
    if (closer == ((frame & FRAME_KIND) == BRACKET_FRAME ? ']' : ')')) return depth;
  }
  return 0;
}

/* What the token behind a closer sees. */
static uint8_t class_behind(uint8_t frame) {
  if ((frame & FRAME_KIND) == TEXT_FRAME) return IN_STRING;
  return is_brace(frame) ? AFTER_BRACE : AFTER_VALUE;
}

static void end_entry(Scanner *s) {
  if (s->depth) s->frames[s->depth - 1] = in_body(s) ? BODY_FRAME : top(s);
  s->angles = 0;
}

/* Counts a token of the current entry. */
static void count(Scanner *s, uint8_t symbol) {
  if (!s->depth) {
    if (symbol == ASSIGN) s->chunk |= HAS_ASSIGN;
    return;
  }
  uint8_t *frame = &s->frames[s->depth - 1];
  uint8_t tokens = *frame & TOKENS;
  if (symbol == COLON && tokens == ONE) *frame |= FIELD;
  if (symbol == ASSIGN) *frame |= ASSIGNED;
  if (symbol == IN_LEAD || symbol == NOT_LEAD) *frame |= LIMITED;
  if (tokens == ONE) tokens = MANY;
  bool bare = tokens == 0 && top(s) == BODY_FRAME && symbol != HEAD && symbol != LISTED && symbol != KEY;
  if (tokens == 0) tokens = ONE;
  *frame = (uint8_t)((*frame & ~TOKENS) | tokens);
  if (bare) *frame = (uint8_t)((*frame & ~FRAME_KIND) | BARE_FRAME);
}

/* The token before is one of `class` now. */
static void take(Scanner *s, uint8_t class) {
  s->previous = class;
  s->place = s->place & BRACED;
  s->chunk |= STARTED;
}

static bool emit(TSLexer *lexer, enum Symbol symbol) {
  lexer->result_symbol = symbol;
  return true;
}

/* A token that has been marked. A pattern counts once. */
static bool token(Scanner *s, TSLexer *lexer, enum Symbol symbol, uint8_t class) {
  if (symbol != PATTERN_TEXT && symbol != PATTERN_CLOSE && symbol != PATTERN_FLAGS) count(s, symbol);
  take(s, class);
  if (has_clauses(s) && can_end(class) && key_ahead(lexer)) s->place |= KEY_NEXT;
  return emit(lexer, symbol);
}

/* The same for what ends here. */
static bool marked(Scanner *s, TSLexer *lexer, enum Symbol symbol, uint8_t class) {
  mark(lexer);
  return token(s, lexer, symbol, class);
}

/* An empty token that closes what should have been closed before. */
static bool close_one(Scanner *s, TSLexer *lexer) {
  if (s->angles) {
    s->angles--;
    return emit(lexer, CLOSE);
  }
  if (in_body(s) && entry(s) & TOKENS) {
    end_entry(s);
    return emit(lexer, END);
  }
  s->depth--;
  s->previous = AFTER_VALUE;
  return emit(lexer, CLOSE);
}

/* The same, until no more than `left` brackets are open. */
static bool close_early(Scanner *s, TSLexer *lexer, unsigned left) {
  close_one(s, lexer);
  if (!s->angles && s->depth <= left) s->place |= REPORT;
  return true;
}

/* Closes everything, since a declaration or the end of the text comes next. */
static bool break_off(Scanner *s, TSLexer *lexer) {
  s->place |= BROKEN;
  if (s->depth || s->angles) {
    close_one(s, lexer);
  } else {
    s->chunk &= (uint16_t)~IN_HEADER;
    emit(lexer, END);
  }
  if (!s->depth && !s->angles && !(s->chunk & IN_HEADER)) s->place |= REPORT;
  return true;
}

/* The empty token that ends an entry. */
static bool separate(Scanner *s, TSLexer *lexer) {
  if (s->angles) return close_early(s, lexer, s->depth);
  end_entry(s);
  take(s, AFTER_SEP);
  return emit(lexer, in_body(s) ? END : COMMA);
}

/* What comes next, as far as declarations are concerned. */
typedef struct {
  bool continues; /* as an operator does at the start of a line */
  bool declares;  /* its word, or documentation above it */
  bool doc;
} Next;

static bool starts_chunk(uint16_t chunk, uint16_t place, uint8_t previous, Gap gap, Next next) {
  if (!(chunk & STARTED)) return true;
  if (place & AFTER_DOC) return false;
  if (previous == AFTER_SEMI) return !next.continues;
  if (gap.newline && gap.column_zero && next.declares) return true;
  if (previous == AFTER_BRACE && next.declares && !next.doc && chunk & HAS_BODY) return true;
  if (!gap.newline || !can_end(previous) || next.continues) return false;
  return previous == AFTER_BRACE || gap.column_zero || next.doc || next.declares;
}

/* Ends the declaration when `next` starts another one; whether that takes an empty token. `pub` alone is a mistake. */
static bool cut(Scanner *s, TSLexer *lexer, Gap gap, Next next) {
  if (s->depth || !starts_chunk(s->chunk, s->place, s->previous, gap, next)) return false;
  if (s->chunk & IN_HEADER) {
    if (s->angles) return close_early(s, lexer, s->depth);
    s->chunk &= (uint16_t)~IN_HEADER;
    return emit(lexer, END);
  }
  if (s->chunk & STARTED && !(s->chunk & HAS_KIND)) {
    s->chunk |= HAS_KIND;
    return emit(lexer, UNKNOWN);
  }
  s->chunk = 0;
  s->angles = 0;
  s->place = 0;
  s->previous = AT_START;
  return false;
}
