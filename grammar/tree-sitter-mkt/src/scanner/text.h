/* Characters, words, comments, and what comes next: everything that needs no state. */

#pragma once

#include "../tree_sitter/parser.h"

#include <string.h>

#include "state.h"
#include "xid.h"

static bool is_newline(int32_t c) { return c == '\n' || c == '\r'; }

static bool is_space(int32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
         c == 0xFEFF;
}

static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool in_ranges(int32_t c, const struct Range *ranges, unsigned count) {
  unsigned low = 0;
  while (count > 0) {
    unsigned half = count / 2;
    if (ranges[low + half].last < (uint32_t)c) {
      low += half + 1;
      count -= half + 1;
    } else if (ranges[low + half].first > (uint32_t)c) {
      count = half;
    } else {
      return true;
    }
  }
  return false;
}

static bool starts_word(int32_t c) {
  if (c < 0x80) return is_letter(c) || c == '_';
  return in_ranges(c, XID_START, sizeof XID_START / sizeof *XID_START);
}

static bool continues_word(int32_t c) {
  if (c < 0x80) return is_letter(c) || is_digit(c) || c == '_';
  return in_ranges(c, XID_CONTINUE, sizeof XID_CONTINUE / sizeof *XID_CONTINUE);
}

static bool is_curly_quote(int32_t c) { return (c >= 0x2018 && c <= 0x201A) || (c >= 0x201C && c <= 0x201E); }

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static void mark(TSLexer *lexer) { lexer->mark_end(lexer); }

static bool at_line_end(TSLexer *lexer) { return lexer->eof(lexer) || is_newline(lexer->lookahead); }

/* Takes `c` when it comes next. */
static bool eat(TSLexer *lexer, int32_t c) {
  if (lexer->lookahead != c) return false;
  advance(lexer);
  return true;
}

static void skip_line(TSLexer *lexer) {
  while (!at_line_end(lexer)) advance(lexer);
}

enum { CONTINUES = 1, JOINS = 2, NEEDS_MORE = 4 };

/* Reserved words: their symbols; whether a line that starts with them goes on with the clause before (`CONTINUES`),
   whether two spaces before them separate nothing either (`JOINS`), whether a clause can end with them. */
static const struct Reserved {
  const char *text;
  uint8_t symbol;
  uint8_t flags;
} RESERVED[] = {
    {"and", AND, CONTINUES | NEEDS_MORE},
    {"or", OR, CONTINUES | NEEDS_MORE},
    {"not", NOT, NEEDS_MORE},
    {"in", IN, JOINS | NEEDS_MORE},
    {"is", IS, CONTINUES | NEEDS_MORE},
    {"true", LITERAL_TRUE, 0},
    {"false", LITERAL_FALSE, 0},
    {"if", IF, NEEDS_MORE},
    {"then", THEN, CONTINUES | NEEDS_MORE},
    {"else", ELSE, CONTINUES | NEEDS_MORE},
    {"where", WHERE, 0},
    {"when", WHEN, 0},
    {"unless", UNLESS, 0},
    {"until", UNTIL, 0},
    {"on", ON, JOINS},
    {"as", AS, JOINS},
    {"except", EXCEPT, JOINS},
};

/* What can be declared. A kind that names nothing new speaks of something declared elsewhere. */
static const struct Kind {
  const char *text;
  uint16_t chunk;
} KINDS[] = {
    {"use", 0},
    {"contact", HAS_BODY | DEFINES},
    {"enum", HAS_BODY | DEFINES | LISTS},
    {"lifecycle", HAS_BODY | DEFINES | LISTS},
    {"region", HAS_BODY | DEFINES},
    {"audience", DEFINES},
    {"suppress", HAS_BODY | DEFINES},
    {"cap", HAS_BODY | DEFINES},
    {"quiet_hours", HAS_BODY | DEFINES},
    {"prove", 0},
    {"evidence", HAS_BODY | DEFINES},
    {"disclosure", HAS_BODY | DEFINES},
    {"claim", HAS_BODY | DEFINES},
    {"term", HAS_BODY | DEFINES},
    {"utm", HAS_BODY | DEFINES},
    {"merge", HAS_BODY | DEFINES},
    {"rule", HAS_BODY | DEFINES},
    {"role", HAS_BODY | DEFINES},
    {"tier", HAS_BODY | DEFINES},
    {"pipeline", HAS_BODY | DEFINES},
    {"threshold", HAS_BODY | DEFINES},
    {"enforce", HAS_BODY},
    {"waive", HAS_BODY},
    {"fn", DEFINES},
    {"let", DEFINES},
    {"test", HAS_BODY},
    {"asset", HAS_BODY | DEFINES},
    {"part", HAS_BODY | DEFINES},
    {"fact", IS_TYPED | DEFINES},
    {"given", 0},
};

typedef struct {
  char text[MAX_WORD]; /* empty when it is longer or not in ASCII */
  const struct Reserved *reserved;
  bool capital;
} Word;

static Word read_word(TSLexer *lexer) {
  Word word = {.capital = lexer->lookahead >= 'A' && lexer->lookahead <= 'Z'};
  unsigned length = 0;
  bool plain = true;
  while (!lexer->eof(lexer) && continues_word(lexer->lookahead)) {
    plain = plain && lexer->lookahead < 0x80 && length + 1 < MAX_WORD;
    if (plain) word.text[length++] = (char)lexer->lookahead;
    advance(lexer);
  }
  if (!plain) length = 0;
  word.text[length] = 0;
  for (unsigned i = 0; length > 0 && i < sizeof RESERVED / sizeof *RESERVED; i++) {
    if (strcmp(RESERVED[i].text, word.text) == 0) word.reserved = &RESERVED[i];
  }
  return word;
}

static const struct Kind *find_kind(const Word *word) {
  for (unsigned i = 0; word->text[0] && i < sizeof KINDS / sizeof *KINDS; i++) {
    if (strcmp(KINDS[i].text, word->text) == 0) return &KINDS[i];
  }
  return NULL;
}

static bool starts_declaration(const Word *word) { return strcmp(word->text, "pub") == 0 || find_kind(word) != NULL; }

static uint8_t class_of(const Word *word) {
  if (!word->reserved) return AFTER_WORD;
  return word->reserved->flags & NEEDS_MORE ? AFTER_OP : AFTER_VALUE;
}

enum Comment { NO_COMMENT, LINE, DOC, MODULE_DOC, BLOCK };

/* What starts behind the first slash of a comment. Takes the signs that say so. */
static enum Comment comment_start(TSLexer *lexer) {
  if (eat(lexer, '*')) return BLOCK;
  if (!eat(lexer, '/')) return NO_COMMENT;
  if (lexer->lookahead == '!') return MODULE_DOC;
  if (!eat(lexer, '/')) return LINE;
  return lexer->lookahead == '/' ? LINE : DOC;
}

typedef struct {
  bool closed;
  bool newline;
} Block;

/* The rest of a comment, over comments in it. With `stop`, marks where it is taken to end when it never does: before
   the next line that starts with a declaration. Gives up after `left` characters. */
static Block skip_block(TSLexer *lexer, bool marks, bool stop, uint32_t *left) {
  Block block = {false, false};
  unsigned depth = 1;
  bool line_start = false, marking = marks;
  while (!lexer->eof(lexer) && *left) {
    --*left;
    if (line_start && starts_word(lexer->lookahead)) {
      Word word = read_word(lexer);
      if (stop && starts_declaration(&word)) marking = false;
      line_start = false;
      if (marking) mark(lexer);
      continue;
    }
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (marking && !is_space(c)) mark(lexer);
    line_start = c == '\n';
    block.newline |= is_newline(c);
    if (c == '/' && lexer->lookahead == '*') {
      depth++;
    } else if (c == '*' && lexer->lookahead == '/') {
      depth--;
    } else {
      continue;
    }
    advance(lexer);
    if (marking) mark(lexer);
    if (depth > 0) continue;
    if (marks) mark(lexer);
    block.closed = true;
    return block;
  }
  return block;
}

enum Token { OTHER_NEXT, WORD_NEXT, COLON_NEXT, DOT_NEXT };

/* What comes next over white space and comments, and which word. Takes words, dots and colons. */
static enum Token peek(TSLexer *lexer, Word *word) {
  uint32_t left = UINT32_MAX;
  for (;;) {
    while (is_space(lexer->lookahead)) advance(lexer);
    if (!eat(lexer, '/')) break;
    switch (comment_start(lexer)) {
      case LINE:
      case MODULE_DOC: skip_line(lexer); break;
      case BLOCK: skip_block(lexer, false, false, &left); break;
      default: return OTHER_NEXT;
    }
  }
  if (starts_word(lexer->lookahead)) {
    *word = read_word(lexer);
    return WORD_NEXT;
  }
  if (eat(lexer, ':')) return lexer->lookahead == '=' ? OTHER_NEXT : COLON_NEXT;
  if (eat(lexer, '.')) return lexer->lookahead == '.' ? OTHER_NEXT : DOT_NEXT;
  return OTHER_NEXT;
}

/* The next two tokens, as far as they are words, dots and colons. A word that is not there is empty. */
typedef struct {
  enum Token next, after;
  Word word, second;
} Ahead;

static Ahead look(TSLexer *lexer) {
  Ahead ahead = {.next = OTHER_NEXT, .after = OTHER_NEXT};
  ahead.next = peek(lexer, &ahead.word);
  if (ahead.next == WORD_NEXT) ahead.after = peek(lexer, &ahead.second);
  return ahead;
}

/* Whether `name:` comes next. */
static bool key_ahead(TSLexer *lexer) {
  return look(lexer).after == COLON_NEXT;
}

static bool is_word(const Word *word, const char *text) { return strcmp(word->text, text) == 0; }

/* Whether `any`, `all`, `none` or `count` searches: `any link in links`, `count email.links where`. Looks further than
   `ahead`, which is where the lexer stands. */
static bool quantifies(TSLexer *lexer, const Word *word, Ahead ahead) {
  if (!is_word(word, "any") && !is_word(word, "all") && !is_word(word, "none") && !is_word(word, "count")) return false;
  if (ahead.word.reserved) return false;
  if (ahead.after == WORD_NEXT && is_word(&ahead.second, "in")) return true;
  while (ahead.after == DOT_NEXT) {
    if (peek(lexer, &ahead.word) != WORD_NEXT) return false;
    ahead.after = peek(lexer, &ahead.second);
  }
  return ahead.after == WORD_NEXT && is_word(&ahead.second, "where");
}
