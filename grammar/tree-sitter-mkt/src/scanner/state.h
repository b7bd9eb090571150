/* What tokens are called, and what is remembered from one to the next. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

/* In the order of `externals` in grammar.js. */
enum Symbol {
  KIND, NAME, WORD, HEAD, LISTED, KEY, QUANTIFIER,
  INTEGER, DECIMAL, PERCENT, DATE, DATE_TIME, TIME,
  PATTERN_OPEN, PATTERN_TEXT, PATTERN_CLOSE, PATTERN_FLAGS,
  QUOTE_OPEN, STRING_TEXT, ESCAPE, INTERPOLATION_OPEN, QUOTE_CLOSE,
  DOC_OPEN, MODULE_DOC_OPEN, DOC_TEXT, COMMENT, BLOCK_COMMENT,
  PUB, AND, OR, NOT, IN, IS, LITERAL_TRUE, LITERAL_FALSE, IF, THEN, ELSE,
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
  REMARK = 0x2000,     /* documentation that documents nothing, neither this line nor those below it */
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
