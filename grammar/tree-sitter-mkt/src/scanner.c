/*
 * Every token of the language.
 *
 * This is the lexer and the layout pass of the compiler in one: what a token is depends on what stands before it (the
 * first word of a clause, the `{` of a body), between (a line break, two spaces, nothing) and behind it (a name in front
 * of `:`), so the scanner keeps a little state of its own and ignores which symbols the parser would like to see. The
 * parser therefore sees the same tokens when it recovers from a mistake as when it does not.
 *
 * What depends on the next token is decided before that token is taken, with an empty token: `_end` where a clause ends,
 * `_note` where only the state changes. Brackets and quotes always match: where a closer is missing an empty one stands,
 * and behind it, in front of the next token, an empty `unknown`, which no rule accepts. So the tree has its shape, and
 * the mistake its place.
 */

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <stddef.h>
#include <string.h>

#include "xid.h"

/* In the order of `externals` in grammar.js. */
enum Symbol {
  KIND, NAME, WORD, HEAD, LISTED, KEY, QUANTIFIER,
  INTEGER, DECIMAL, PERCENT, DATE, DATE_TIME, TIME,
  PATTERN_OPEN, PATTERN_TEXT, PATTERN_CLOSE, PATTERN_FLAGS,
  QUOTE_OPEN, STRING_TEXT, ESCAPE, INTERPOLATION_OPEN, QUOTE_CLOSE,
  DOC_OPEN, MODULE_DOC_OPEN, DOC_TEXT, COMMENT, BLOCK_COMMENT,
  PUB, AND, OR, NOT, IN, IS, TRUE, FALSE, IF, THEN, ELSE,
  WHERE, WHEN, UNLESS, UNTIL, ON, AS, EXCEPT,
  PAREN, BRACKET, BRACE,
  ASSIGN, EQ, NE, LT, LE, GT, GE, PLUS, MINUS, STAR, SLASH, PIPE, COMMA, COLON, DOT, DOT_DOT, DOT_DOT_EQ, ARROW,
  QUESTION,
  CALL_OPEN, SELECT_OPEN, TYPE_OPEN, BODY_OPEN, CLOSE,
  OR_ELSE, NOT_IN, IN_LEAD, NOT_LEAD, TYPE_COLON,
  END, SEPARATOR, NOTE, UNKNOWN,
};

/* What the token before matters for. */
enum Class {
  AT_START,       /* nothing before */
  AFTER_DOCS,     /* documentation of what comes */
  AFTER_SEP,      /* a clause has ended */
  AFTER_SEMI,     /* `;` */
  AFTER_OPEN,     /* `(`, `[`, `{` */
  AFTER_OP,       /* an operator or a word that needs an operand behind it */
  AFTER_OP_SIGN,  /* the same, and it ends with one of `|`, `,`, `=`, so that a pattern may follow without a space */
  AFTER_DOT,      /* `.` */
  AFTER_KIND,     /* the kind of a declaration */
  AFTER_WORD,     /* a word that is not reserved */
  AFTER_VALUE,    /* anything else that can end a clause */
  AFTER_RANGE,    /* `..=`: can end a clause, and a pattern may follow without a space */
  AFTER_BRACE,    /* `}` */
  IN_STRING,      /* inside quotes */
  IN_PATTERN,     /* behind the first slash */
  AFTER_PATTERN,  /* in front of the second slash */
  AFTER_HALF,     /* where it is missing */
  AFTER_SLASH,    /* behind the second slash */
};

enum Frame {
  PAREN_FRAME,
  CALL_FRAME,
  BRACKET_FRAME,
  BRACE_FRAME,  /* a record */
  BODY_FRAME,
  BARE_FRAME,   /* a body, in an entry that is an expression rather than a clause */
  SELECT_FRAME, /* `std.regions.{EU}` */
  TEXT_FRAME,   /* in a string */
};

/* A frame is one byte: its kind, and what has been seen of its current entry. */
enum {
  FRAME_KIND = 0x07,
  TOKENS = 0x18,    /* none, one, more */
  ONE = 0x08,
  MANY = 0x10,
  FIELD = 0x20,     /* `name:` */
  ASSIGNED = 0x40,  /* it has its `=` */
  LIMITED = 0x80,   /* it has its `in` */
};

/* What is known of the declaration. */
enum {
  STARTED = 0x01,      /* it has a token */
  HAS_KIND = 0x02,     /* or something else stands where the kind should */
  HAS_BODY = 0x04,     /* its last braces are its body */
  IS_TYPED = 0x08,     /* `:` stands behind its name */
  DEFINES = 0x10,      /* the word behind the kind is a new name */
  HAS_ASSIGN = 0x20,   /* `=` stands in the header */
  ASSIGNS = 0x40,      /* and before all braces: so they belong to an expression */
  IN_HEADER = 0x80,    /* the header has not ended */
  LISTS = 0x100,       /* the words of its body are new names, too */
};

/* What is known of the place. */
enum {
  NEWLINE = 0x01,      /* a line ended since the last token, before a comment */
  COMMENTED = 0x02,    /* a comment stands behind the last token */
  AFTER_DOC = 0x04,    /* documentation, which belongs to what follows */
  CAPITAL = 0x08,      /* the last word starts with a capital */
  KEY_NEXT = 0x10,     /* `name:` comes next */
  DOC_LINE = 0x20,     /* the text of documentation comes next */
  MODULE_LINE = 0x40,  /* the same behind `//!` */
  CHECKED = 0x80,      /* what comes next has been looked at, and nothing ends before it */
  BROKEN = 0x100,      /* what comes next starts a declaration, though something is open */
  BODY_NEXT = 0x200,   /* what comes next is the `{` of the body */
  BRACED = 0x400,      /* the header has had braces */
  REPORT = 0x800,      /* something has been closed that should have been closed before */
  COLUMN_ZERO = 0x1000, /* the next token starts its line */
};

enum {
  /* As deep as the compiler goes. */
  MAX_DEPTH = 256,
  /* How many characters to look ahead for a closer. A guess; nothing real is longer, and it bounds the work. */
  AHEAD = 4096,
  /* Comments without an end for which the next declaration is looked for. */
  MAX_UNCLOSED = 8,
  MAX_WORD = 16,
};

typedef struct {
  uint16_t chunk;
  uint16_t place;
  uint16_t depth;
  uint8_t previous; /* enum Class */
  uint8_t angles;   /* `<` of types that are open */
  uint8_t unclosed; /* comments without an end so far */
  uint8_t frames[MAX_DEPTH];
} Scanner;

/* ---- Characters ---------------------------------------------------------------------------------------------- */

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

static bool is_curly_quote(int32_t c) { return c == 0x2018 || c == 0x2019 || c == 0x201A || (c >= 0x201C && c <= 0x201E); }

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

/* ---- Words --------------------------------------------------------------------------------------------------- */

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
    {"true", TRUE, 0},
    {"false", FALSE, 0},
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

/* ---- Comments ------------------------------------------------------------------------------------------------ */

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

/* ---- Looking ahead ------------------------------------------------------------------------------------------- */

enum Ahead { OTHER_NEXT, WORD_NEXT, COLON_NEXT, DOT_NEXT };

/* What comes next over white space and comments, and which word. Takes words, dots and colons. */
static enum Ahead peek(TSLexer *lexer, Word *word) {
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

/* Whether `name:` comes next. */
static bool key_ahead(TSLexer *lexer) {
  Word word;
  return peek(lexer, &word) == WORD_NEXT && peek(lexer, &word) == COLON_NEXT;
}

static bool is_word(const Word *word, const char *text) { return strcmp(word->text, text) == 0; }

/* Whether `any`, `all`, `none` or `count` searches: `any link in links`, `count email.links where`. What follows it has
   been looked at up to the second token behind it. */
static bool quantifies(TSLexer *lexer, const Word *word, const Word *next, enum Ahead after, Word *end) {
  if (!is_word(word, "any") && !is_word(word, "all") && !is_word(word, "none") && !is_word(word, "count")) return false;
  if (next->reserved) return false;
  if (after == WORD_NEXT && is_word(end, "in")) return true;
  while (after == DOT_NEXT) {
    if (peek(lexer, end) != WORD_NEXT) return false;
    after = peek(lexer, end);
  }
  return after == WORD_NEXT && is_word(end, "where");
}

/* ---- The place ----------------------------------------------------------------------------------------------- */

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

/* ---- Where a declaration begins ------------------------------------------------------------------------------ */

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

/* Ends the declaration when `next` starts another one; whether that takes an empty token. `pub` alone declares nothing. */
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

/* ---- Skimming ------------------------------------------------------------------------------------------------ */

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

/* Takes a closer: `frame` is what it closes, any brace when it is one. */
static void skim_close(Skim *skim, uint8_t frame) {
  uint16_t at = skim->depth;
  while (at > 0) {
    uint8_t open = skim->frames[at - 1];
    if (is_brace(open) ? is_brace(frame) : (open == BRACKET_FRAME) == (frame == BRACKET_FRAME) && !is_brace(frame)) break;
    if (is_brace(open)) return;
    at--;
  }
  if (at == 0) return;
  while (skim->depth > at) pop(skim, false);
  uint8_t open = skim->frames[skim->depth - 1];
  pop(skim, true);
  skim->previous = open == TEXT_FRAME ? IN_STRING : is_brace(open) ? AFTER_BRACE : AFTER_VALUE;
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
    case ')': skim_close(skim, PAREN_FRAME); return true;
    case ']': skim_close(skim, BRACKET_FRAME); return true;
    case '}': skim_close(skim, BRACE_FRAME); return true;
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
    uint16_t place = skim.next.doc ? AFTER_DOC : 0;
    if (!skim_token(&skim)) return true;
    if (skim.depth == 1 && skim.frames[0] == BRACE_FRAME) return false;
    if (!skim.depth && starts_chunk(STARTED | HAS_BODY, place, before, skim.gap, skim.next)) return true;
  }
}

/* ---- Strings and patterns ------------------------------------------------------------------------------------ */

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

/* ---- Numbers, days, times ------------------------------------------------------------------------------------ */

/* The digits of a number, without leading zeros. */
typedef struct {
  char text[32];
  unsigned count;  /* may be more than fit */
  unsigned places; /* behind the point */
} Digits;

static void digit(Digits *digits, int32_t c) {
  if (digits->count == 0 && c == '0') return;
  if (digits->count < sizeof digits->text) digits->text[digits->count] = (char)c;
  digits->count++;
}

static bool at_most(const Digits *digits, const char *limit) {
  unsigned length = (unsigned)strlen(limit);
  return digits->count < length || (digits->count == length && memcmp(digits->text, limit, length) <= 0);
}

/* So many digits and no more, as a number; -1 when there are fewer. */
static int32_t fixed(TSLexer *lexer, unsigned count) {
  int32_t value = 0;
  for (; count > 0; count--) {
    if (!is_digit(lexer->lookahead)) return -1;
    value = value * 10 + lexer->lookahead - '0';
    advance(lexer);
  }
  return value;
}

static int32_t days_in(int32_t year, int32_t month) {
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month < 1 || month > 12) return 0;
  if (month == 2) return leap ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* `:30` behind the hour, and `:15` behind that when there are seconds. Marks what belongs to it. `false` when there are
   no minutes; `valid` when a clock shows it. */
static bool time_of_day(TSLexer *lexer, int32_t hour, bool seconds, bool *valid) {
  if (!eat(lexer, ':')) return false;
  int32_t minute = fixed(lexer, 2);
  if (minute < 0) return false;
  mark(lexer);
  *valid = hour < 24 && minute < 60;
  if (!seconds || !eat(lexer, ':')) return true;
  int32_t second = fixed(lexer, 2);
  if (second < 0) return true;
  mark(lexer);
  *valid = *valid && second < 60;
  return true;
}

/* `-01-31` behind the year, and the time when one follows. */
static enum Symbol date(TSLexer *lexer, int32_t year) {
  int32_t month = fixed(lexer, 2);
  if (month < 0 || !eat(lexer, '-')) return INTEGER;
  int32_t day = fixed(lexer, 2);
  if (day < 0) return INTEGER;
  mark(lexer);
  bool valid = day >= 1 && day <= days_in(year, month);
  bool valid_clock = false, valid_zone = true;
  if (!eat(lexer, 'T')) return valid ? DATE : UNKNOWN;
  int32_t hour = fixed(lexer, 2);
  if (hour < 0 || !time_of_day(lexer, hour, true, &valid_clock)) return valid ? DATE : UNKNOWN;
  if (eat(lexer, 'Z')) {
    mark(lexer);
  } else if (eat(lexer, '+') || eat(lexer, '-')) {
    hour = fixed(lexer, 2);
    if (hour >= 0) time_of_day(lexer, hour, false, &valid_zone);
  }
  return valid && valid_clock && valid_zone ? DATE_TIME : UNKNOWN;
}

/* `.5` behind the point; `.5.2027` is a day as others write it. */
static enum Symbol fraction(TSLexer *lexer, Digits *digits, bool short_day) {
  bool plain = true;
  while (is_digit(lexer->lookahead) || lexer->lookahead == '_') {
    if (lexer->lookahead == '_') plain = false;
    else {
      digit(digits, lexer->lookahead);
      digits->places++;
    }
    advance(lexer);
  }
  mark(lexer);
  if (eat(lexer, '%')) {
    mark(lexer);
    return PERCENT;
  }
  if (short_day && plain && digits->places <= 2 && eat(lexer, '.') && fixed(lexer, 4) >= 0) {
    mark(lexer);
    return UNKNOWN;
  }
  return DECIMAL;
}

/* The longest literal that starts with a digit; `UNKNOWN` when it has no value, as on 30 February. */
static enum Symbol number(TSLexer *lexer) {
  Digits digits = {.count = 0, .places = 0};
  int32_t value = 0;
  unsigned length = 0;
  bool plain = true;
  while (is_digit(lexer->lookahead) || lexer->lookahead == '_') {
    if (lexer->lookahead == '_') {
      plain = false;
    } else {
      digit(&digits, lexer->lookahead);
      if (length < 4) value = value * 10 + lexer->lookahead - '0';
    }
    length++;
    advance(lexer);
  }
  mark(lexer);
  enum Symbol symbol = INTEGER;
  bool valid = false;
  bool two = plain && length <= 2;
  if (plain && length == 4 && eat(lexer, '-')) {
    symbol = date(lexer, value);
  } else if (two && lexer->lookahead == ':') {
    if (time_of_day(lexer, value, true, &valid)) symbol = valid ? TIME : UNKNOWN;
  } else if (eat(lexer, '%')) {
    mark(lexer);
    symbol = PERCENT;
  } else if (eat(lexer, '.') && is_digit(lexer->lookahead)) {
    symbol = fraction(lexer, &digits, two);
  }
  switch (symbol) {
    case INTEGER: return at_most(&digits, "9223372036854775807") ? INTEGER : UNKNOWN;
    case DECIMAL:
    case PERCENT:
      return at_most(&digits, "79228162514264337593543950335") && digits.places <= 28 ? symbol : UNKNOWN;
    default: return symbol;
  }
}

/* ---- Words in their place ------------------------------------------------------------------------------------ */

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

/* What a word is that is neither the head of a clause nor a name in front of a colon. */
static enum Symbol role(const Scanner *s, TSLexer *lexer, const Word *word, const Word *next, enum Ahead after, Word *end) {
  bool defines = (s->previous == AFTER_KIND && s->chunk & DEFINES) || is_listed(s);
  if (!word->reserved && defines) return NAME;
  if (!word->reserved) return quantifies(lexer, word, next, after, end) ? QUANTIFIER : WORD;
  switch (word->reserved->symbol) {
    case OR: return is_word(next, "else") ? OR_ELSE : OR;
    case IN: return !introduces(s) ? IN : top(s) == BARE_FRAME ? UNKNOWN : IN_LEAD;
    case NOT:
      if (!is_word(next, "in")) return NOT;
      return !introduces(s) ? NOT_IN : top(s) == BARE_FRAME ? UNKNOWN : NOT_LEAD;
    /* An entry that is no clause has no segments. */
    case WHEN: case UNLESS: case UNTIL: case ON: case AS: case EXCEPT:
      return top(s) == BARE_FRAME ? UNKNOWN : word->reserved->symbol;
    default: return word->reserved->symbol;
  }
}

/* A word that has been marked. */
static bool plain_word(Scanner *s, TSLexer *lexer, const Word *word) {
  Word next = {.text = ""}, end = {.text = ""};
  uint8_t class = class_of(word);
  enum Symbol symbol;
  bool key_next = false;
  if (s->previous == AFTER_DOT || top(s) == SELECT_FRAME) {
    symbol = WORD;
    class = AFTER_WORD;
    enum Ahead ahead = peek(lexer, &next);
    key_next = ahead == WORD_NEXT && peek(lexer, &end) == COLON_NEXT;
  } else {
    enum Ahead ahead = peek(lexer, &next);
    enum Ahead after = ahead == WORD_NEXT ? peek(lexer, &end) : OTHER_NEXT;
    key_next = after == COLON_NEXT;
    bool names_type = s->chunk & IS_TYPED && !s->depth;
    if (ahead == COLON_NEXT && !names_type) symbol = KEY;
    else if (top(s) == BODY_FRAME && !(entry(s) & TOKENS)) symbol = is_listed(s) && !word->reserved ? LISTED : HEAD;
    else symbol = role(s, lexer, word, &next, after, &end);
    if (symbol == IN_LEAD || symbol == NOT_LEAD) class = AFTER_VALUE;
  }
  count(s, symbol);
  take(s, class);
  if (word->capital && !word->reserved) s->place |= CAPITAL;
  if (key_next && has_clauses(s) && can_end(class)) s->place |= KEY_NEXT;
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

/* ---- Signs --------------------------------------------------------------------------------------------------- */

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

/* How many brackets are left when the innermost one is closed that a closer can close; more than there are when there is
   none. */
static unsigned closes(const Scanner *s, int32_t c) {
  for (unsigned at = s->depth; at > 0; at--) {
    uint8_t frame = s->frames[at - 1] & FRAME_KIND;
    if (is_brace(frame)) return c == '}' ? at - 1 : MAX_DEPTH + 1;
    if (c == (frame == BRACKET_FRAME ? ']' : ')')) return at - 1;
  }
  return MAX_DEPTH + 1;
}

static bool closer(Scanner *s, TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  unsigned left = closes(s, c);
  if (left > MAX_DEPTH) {
    advance(lexer);
    mark(lexer);
    take(s, c == '}' ? AFTER_BRACE : AFTER_VALUE);
    return emit(lexer, UNKNOWN);
  }
  if (s->angles || s->depth > left + 1) return close_early(s, lexer, left + 1);
  if (in_body(s) && entry(s) & TOKENS) {
    end_entry(s);
    return emit(lexer, END);
  }
  advance(lexer);
  mark(lexer);
  uint8_t frame = top(s);
  s->depth--;
  take(s, frame == TEXT_FRAME ? IN_STRING : is_brace(frame) ? AFTER_BRACE : AFTER_VALUE);
  if (frame != TEXT_FRAME && has_clauses(s) && key_ahead(lexer)) s->place |= KEY_NEXT;
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
  bool sets = s->depth ? top(s) == BODY_FRAME && ((now & TOKENS) == ONE || (now & FIELD && !(now & ASSIGNED))) : !(s->chunk & HAS_ASSIGN);
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

/* ---- Comments, documentation, patterns ----------------------------------------------------------------------- */

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

/* `///` has been read. It documents what follows where an entry can start; anywhere else it is a remark. */
static bool doc(Scanner *s, TSLexer *lexer, Gap gap) {
  bool ends = gap.newline && can_end(s->previous);
  bool started = s->chunk & STARTED && s->previous != AFTER_SEMI;
  bool looked = s->place & (CHECKED | AFTER_DOC);
  bool unsure = gap.newline && gap.column_zero && !looked && (s->depth || (started && !ends));
  if (s->place & BROKEN) return break_off(s, lexer);
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
  if (!starts) {
    skip_line(lexer);
    mark(lexer);
    s->place = (uint16_t)((s->place & ~NEWLINE) | COMMENTED | AFTER_DOC);
    return emit(lexer, COMMENT);
  }
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

/* ---- The scanner --------------------------------------------------------------------------------------------- */

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
