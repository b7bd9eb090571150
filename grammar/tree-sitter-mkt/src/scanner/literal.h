/* Numbers, days and times, and whether they have a value. */

#pragma once

#include "text.h"

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
