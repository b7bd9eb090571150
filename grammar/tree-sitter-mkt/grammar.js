/**
 * The shape of a policy, for editors.
 *
 * Every token comes from `src/scanner.c`, which cuts and lays out text as the compiler does: it knows where a
 * declaration begins and where a clause ends, and tells the body of a declaration from a record, the `in` that
 * introduces a segment from the operator, a name in front of `:` from any other. What is left to say is the grammar of
 * the compiler, so both accept the same texts.
 *
 * States that differ in external tokens are never merged, so the tables stay small only when few things can follow an
 * expression. Therefore segments end with a token of their own (`_end`) and all brackets with the same one (`_close`);
 * what stands in brackets is always separated by `,`, which is empty where a line break separates; and where a comma
 * would be wrong, it is the scanner that says so. Operators of one power are one hidden rule.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

/** How tightly operators bind. */
const POWER = {
  prefix: 1,
  or: 2,
  and: 3,
  not: 4,
  compare: 5,
  fallback: 6,
  alternatives: 7,
  range: 8,
  sum: 9,
  product: 10,
  negative: 11,
  phrase: 12,
};

/**
 * At least one item; a comma may end the list.
 *
 * @param {RuleOrLiteral} item
 */
const commas = item => seq(item, repeat(seq(',', item)), optional(','));

export default grammar({
  name: 'mkt',

  // In the order of `enum Symbol` in the scanner.
  externals: $ => [
    $.kind, $.name, $.word, $.head, $._listed, $.key, $.quantifier,
    $.integer, $.decimal, $.percent, $.date, $.date_time, $.time,
    $._pattern_open, $.pattern_text, $._pattern_close, $.pattern_flags,
    $._quote_open, $.string_text, $.escape, $._interpolation_open, $._quote_close,
    $._doc_open, $._module_doc_open, $.doc_text, $.comment, $.block_comment,
    'pub', 'and', 'or', 'not', 'in', 'is', 'true', 'false', 'if', 'then', 'else',
    'where', 'when', 'unless', 'until', 'on', 'as', 'except',
    '(', '[', '{',
    '=', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '|', ',', ':', '.', '..', '..=', '->', '?',
    $._call_open, $._select_open, $._type_open, $._body_open, $._close,
    $._or_else, $._not_in, $._in_lead, $._not_lead, $._type_colon,
    $._end, $._separator, $._note, $.unknown,
  ],

  extras: $ => [
    /[\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF]+/,
    $.comment,
    $.block_comment,
    $.module_doc,
    $._note,
  ],

  rules: {
    source_file: $ => repeat($.declaration),

    // ---- Declarations, clauses, segments

    declaration: $ => seq(
      repeat($.doc),
      optional('pub'),
      field('kind', $.kind),
      optional($._segments),
      $._end,
      optional(field('body', $.body)),
      repeat($._separator),
    ),

    doc: $ => seq(alias($._doc_open, '///'), $.doc_text),
    module_doc: $ => seq(alias($._module_doc_open, '//!'), $.doc_text),

    body: $ => seq(
      alias($._body_open, '{'),
      repeat(choice($._separator, seq($._entry, $._end))),
      alias($._close, '}'),
    ),
    _entry: $ => choice($.clause, $._segments),

    clause: $ => seq(
      repeat($.doc),
      choice(field('head', choice($.head, alias($._listed, $.name))), seq(field('head', $.key), ':')),
      optional($._segments),
    ),

    _segments: $ => choice(
      seq(alias($._first_segment, $.segment), repeat($.segment), optional(',')),
      seq(repeat1($.segment), optional(',')),
      ',',
    ),
    _first_segment: $ => field('value', $._expression),
    segment: $ => seq(field('lead', $._lead), field('value', $._expression)),

    _lead: $ => choice(
      '=', ',', '->', 'on', 'as', 'except', 'where', 'when', 'unless', 'until',
      alias($._in_lead, 'in'),
      seq(alias($._not_lead, 'not'), 'in'),
      alias($._type_colon, ':'),
    ),

    // ---- Expressions, loosest first

    _expression: $ => choice($.disjunction, $.conjunction, $._condition),

    disjunction: $ => prec.left(POWER.or, seq($._expression, 'or', $._expression)),
    conjunction: $ => prec.left(POWER.and, seq($._expression, 'and', $._expression)),

    _condition: $ => choice($.comparison, $.predicate, $._value),

    // Comparisons do not chain: what they compare is no comparison, and `not` on their left would take all of it.
    comparison: $ => prec.left(POWER.compare, seq(
      field('left', $._compared),
      field('operator', $._compare),
      field('right', $._value),
    )),
    _compare: $ => choice('==', '!=', '<', '<=', '>', '>=', 'in', seq(alias($._not_in, 'not'), 'in')),

    predicate: $ => prec.left(POWER.compare, seq(
      field('subject', $._compared),
      field('operator', $._is),
      field('what', $._phrase),
    )),
    _is: $ => seq('is', optional('not')),

    _value: $ => choice($._compared, $.negation),
    _compared: $ => choice(
      $.fallback, $.alternatives, $.range, alias($.sum, $.arithmetic), alias($.product, $.arithmetic),
      $.negative, $.conditional, $.quantified, $._phrase,
    ),

    fallback: $ => prec.left(POWER.fallback, seq(
      field('value', $._value),
      $._instead,
      field('default', $._value),
    )),
    _instead: $ => seq(alias($._or_else, 'or'), 'else'),

    alternatives: $ => prec.left(POWER.alternatives, seq($._value, '|', $._value)),

    range: $ => prec.left(POWER.range, choice(
      seq(field('start', $._value), $._dots, field('end', $._value)),
      seq($._dots, field('end', $._value)),
      seq(field('start', $._value), '..'),
      '..',
    )),
    _dots: $ => choice('..', '..='),

    sum: $ => prec.left(POWER.sum, seq(
      field('left', $._value), field('operator', $._sign), field('right', $._value),
    )),
    _sign: _ => choice('+', '-'),

    product: $ => prec.left(POWER.product, seq(
      field('left', $._value), field('operator', $._times), field('right', $._value),
    )),
    _times: _ => choice('*', '/'),

    negative: $ => prec.right(POWER.negative, seq('-', field('operand', $._value))),

    // These reach as far to the right as they can.
    negation: $ => prec.right(POWER.not, seq('not', field('operand', $._condition))),

    conditional: $ => prec.right(POWER.prefix, seq(
      'if', field('condition', $._expression),
      'then', field('then', $._expression),
      'else', field('otherwise', $._expression),
    )),

    quantified: $ => prec.right(POWER.prefix, seq(
      $.quantifier,
      optional(seq(field('variable', alias($.word, $.variable)), 'in')),
      field('list', $._value),
      optional(seq('where', field('condition', $._expression))),
    )),

    _phrase: $ => choice($.phrase, $._operand),
    phrase: $ => prec.right(POWER.phrase, seq($._operand, repeat1($._operand))),

    // ---- Operands

    _operand: $ => choice(
      $.word, $.name, $.boolean,
      $.integer, $.decimal, $.percent, $.date, $.date_time, $.time,
      $.string, $.pattern, $.parenthesized, $.list, $.record,
      $.optional, $.member, $.select, $.call, $.generic,
    ),

    boolean: _ => choice('true', 'false'),

    string: $ => seq(
      alias($._quote_open, '"'),
      repeat(choice($.string_text, $.escape, $.interpolation)),
      alias($._quote_close, '"'),
    ),
    interpolation: $ => seq(alias($._interpolation_open, '{'), commas($._expression), alias($._close, '}')),

    pattern: $ => seq(
      alias($._pattern_open, '/'), $.pattern_text, alias($._pattern_close, '/'), optional($.pattern_flags),
    ),

    parenthesized: $ => seq('(', commas($._expression), alias($._close, ')')),
    list: $ => seq('[', optional(commas($._expression)), alias($._close, ']')),

    record: $ => seq(
      '{',
      repeat(','),
      optional(seq($._field, repeat(seq(repeat1(','), $._field)), repeat(','))),
      alias($._close, '}'),
    ),
    _field: $ => choice(alias($._named, $.field), seq(repeat($.doc), $._expression)),
    _named: $ => seq(repeat($.doc), field('name', $.key), ':', field('value', $._expression)),

    optional: $ => seq($._operand, '?'),
    member: $ => seq(field('base', $._operand), '.', field('name', alias($.word, $.property))),
    select: $ => seq(
      field('base', $._operand), '.',
      alias($._select_open, '{'), optional(commas(field('name', $.word))), alias($._close, '}'),
    ),
    call: $ => seq(field('callee', $._operand), field('arguments', $.arguments)),
    arguments: $ => seq(alias($._call_open, '('), optional(commas($._argument)), alias($._close, ')')),
    _argument: $ => choice($.argument, $._expression),
    argument: $ => seq(field('name', $.key), ':', field('value', $._expression)),
    generic: $ => seq(field('base', $._operand), field('arguments', $.types)),
    types: $ => seq(
      alias($._type_open, '<'), $._expression, repeat(seq(',', $._expression)), alias($._close, '>'),
    ),
  },
});
