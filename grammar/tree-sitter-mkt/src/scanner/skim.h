/* Reading ahead as far as brackets are concerned. */

#pragma once

#include "place.h"

/* Reads tokens as far as brackets are concerned. */
typedef struct {
  TSLexer *lexer;
  uint32_t left; /* characters until it gives up */
  uint16_t depth;
  uint16_t kept;  /* of the brackets that were open at the start, how many still are */
  bool broken;    /* one of them was closed by a closer that is not its own */
  uint8_t previous;
  Gap gap;
  Next next;
  uint8_t frames[MAX_DEPTH];
} Skim;

static void step(Skim *skim) {
  if (skim->left) skim->left--;
  advance(skim->lexer);
}

static void skim_line(Skim *skim) {
  while (!at_line_end(skim->lexer) && skim->left) step(skim);
}

static void pop(Skim *skim, bool matches) {
  skim->depth--;
  if (skim->depth >= skim->kept) return;
  skim->kept = skim->depth;
  skim->broken |= !matches;
}

static bool push(Skim *skim, uint8_t frame) {
  if (skim->depth == MAX_DEPTH) return false;
  skim->frames[skim->depth++] = frame;
  skim->previous = AFTER_OPEN;
  return true;
}

static bool skim_close(Skim *skim, int32_t closer) {
  unsigned at = find_open(skim->frames, skim->depth, closer);
  if (at == 0) return true;
  while (skim->depth > at) pop(skim, false);
  pop(skim, true);
  skim->previous = class_behind(skim->frames[skim->depth]);
  return true;
}

/* The text of a string up to its end or to an interpolation. */
static bool skim_string(Skim *skim) {
  while (!at_line_end(skim->lexer) && skim->left) {
    int32_t c = skim->lexer->lookahead;
    step(skim);
    if (c == '\\' && !at_line_end(skim->lexer)) {
      step(skim);
    } else if (c == '{') {
      return push(skim, TEXT_FRAME);
    } else if (c == '"') {
      break;
    }
  }
  skim->previous = AFTER_VALUE;
  return true;
}

static void skim_pattern(Skim *skim) {
  bool escaped = false;
  while (!at_line_end(skim->lexer) && skim->left) {
    int32_t c = skim->lexer->lookahead;
    step(skim);
    if (c == '/' && !escaped) break;
    escaped = c == '\\' && !escaped;
  }
  skim->previous = AFTER_VALUE;
}

/* White space. Interpolations end with their line. */
static void skim_space(Skim *skim) {
  TSLexer *lexer = skim->lexer;
  skim->gap = (Gap){false, false, false, false};
  while (is_space(lexer->lookahead)) {
    skim->gap.any = true;
    skim->gap.column_zero = is_newline(lexer->lookahead);
    skim->gap.newline |= skim->gap.column_zero;
    step(skim);
  }
  if (!skim->gap.newline) return;
  for (uint16_t at = 0; at < skim->depth; at++) {
    if (skim->frames[at] != TEXT_FRAME) continue;
    while (skim->depth > at) pop(skim, true);
    skim->previous = AFTER_VALUE;
  }
}

/* A slash: a comment, a pattern or a division. Whether it was a comment. */
static bool skim_slash(Skim *skim) {
  TSLexer *lexer = skim->lexer;
  bool newline = skim->gap.newline;
  switch (comment_start(lexer)) {
    case LINE:
    case MODULE_DOC: skim_line(skim); break;
    case DOC:
      skim_line(skim);
      skim->next.doc = skim->next.declares = true;
      return false;
    case BLOCK: newline |= skip_block(lexer, false, false, &skim->left).newline; break;
    default:
      if ((skim->gap.any || allows_pattern(skim->previous)) && !is_space(lexer->lookahead)) {
        skim_pattern(skim);
      } else {
        skim->next.continues = true;
        skim->previous = AFTER_OP;
      }
      return false;
  }
  skim_space(skim);
  skim->gap.any = true;
  skim->gap.newline |= newline;
  return true;
}

static bool is_continuing_sign(int32_t c) {
  switch (c) {
    case '+': case '-': case '*': case '|': case '=': case '<': case '>': case ',': case ':': case '.': case '?':
    case ';': case '{': case ')': case ']': case '}': return true;
    default: return false;
  }
}

/* One token; `false` at the end of the text. */
static bool skim_token(Skim *skim) {
  TSLexer *lexer = skim->lexer;
  skim->next = (Next){false, false, false};
  if (skim->previous == IN_STRING) return skim_string(skim);
  skim_space(skim);
  for (;;) {
    if (lexer->eof(lexer) || !skim->left) return false;
    if (lexer->lookahead != '/') break;
    step(skim);
    if (!skim_slash(skim)) return true;
  }
  if (starts_word(lexer->lookahead)) {
    Word word = read_word(lexer);
    skim->left -= skim->left < MAX_WORD ? skim->left : MAX_WORD;
    skim->next.continues = word.reserved && word.reserved->flags & CONTINUES;
    skim->next.declares = !word.reserved && starts_declaration(&word);
    skim->previous = class_of(&word);
    return true;
  }
  int32_t c = lexer->lookahead;
  step(skim);
  bool pair = (c == '!' && lexer->lookahead == '=') || (c == '&' && lexer->lookahead == '&');
  skim->next.continues = pair || is_continuing_sign(c);
  switch (c) {
    case '"': skim->previous = IN_STRING; return true;
    case '(': return push(skim, PAREN_FRAME);
    case '[': return push(skim, BRACKET_FRAME);
    case '{': return push(skim, skim->previous == AFTER_DOT && !skim->gap.any ? SELECT_FRAME : BRACE_FRAME);
    case ')': case ']': case '}': return skim_close(skim, c);
    case '#': skim_line(skim); return true;
    case ';': skim->previous = AFTER_SEMI; return true;
    case '.':
      skim->previous = eat(lexer, '.') ? AFTER_VALUE : AFTER_DOT;
      return true;
    case '|': case ',': case '=': skim->previous = AFTER_OP_SIGN; return true;
    case '?': skim->previous = AFTER_VALUE; return true;
    case '\'':
      skim_line(skim);
      skim->previous = AFTER_VALUE;
      return true;
    default: skim->previous = skim->next.continues ? AFTER_OP : AFTER_VALUE; return true;
  }
}

static Skim skim_from(const Scanner *s, TSLexer *lexer) {
  Skim skim = {.lexer = lexer, .left = AHEAD, .depth = s->depth, .kept = s->depth, .previous = AFTER_WORD};
  for (uint16_t i = 0; i < s->depth; i++) skim.frames[i] = s->frames[i] & FRAME_KIND;
  return skim;
}

/* Whether a bracket that is open here is never closed, so that a declaration at the start of a line ends it. */
static bool is_broken(const Scanner *s, TSLexer *lexer) {
  Skim skim = skim_from(s, lexer);
  while (skim.kept && !skim.broken) {
    if (!skim_token(&skim)) return true;
  }
  return skim.broken;
}

/* Whether the `{` that has just been read opens the body: it stands in no bracket and is the last that does. */
static bool opens_body(const Scanner *s, TSLexer *lexer) {
  Skim skim = skim_from(s, lexer);
  push(&skim, BRACE_FRAME);
  while (skim.depth) {
    if (!skim_token(&skim)) return true;
    if (skim.next.declares && skim.gap.newline && skim.gap.column_zero) return true;
  }
  for (;;) {
    uint8_t before = skim.previous;
    if (!skim_token(&skim)) return true;
    if (skim.depth == 1 && skim.frames[0] == BRACE_FRAME) return false;
    if (!skim.depth && starts_chunk(STARTED | HAS_BODY, 0, before, skim.gap, skim.next)) return true;
  }
}
