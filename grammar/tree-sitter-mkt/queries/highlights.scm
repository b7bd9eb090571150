; No node is captured twice, so it does not matter which of two patterns an editor prefers.

; ---- Comments

[(comment) (block_comment)] @comment
[(doc) (module_doc)] @comment.documentation

; ---- Declarations

(kind) @keyword
"pub" @keyword.modifier

(declaration (segment value: (name) @type))
(phrase (name) @type)
(call callee: (name) @function)

; ---- Clauses

(clause head: (head) @keyword)
; Members of an enum, stages of a lifecycle.
(clause head: (name) @constant)
(clause (segment value: (name) @constant))

(clause head: (key) @property)
(field name: (key) @property)
(argument name: (key) @variable.parameter)

(segment
  ["on" "as" "except" "where" "when" "unless" "until" "in" "not"] @keyword)

; ---- Words

(call callee: (word) @function.call (#match? @function.call "^[a-z_]"))
(property) @property
(variable) @variable.parameter
(quantifier) @keyword
(quantified ["in" "where"] @keyword)

((word) @type (#match? @type "^[A-Z][A-Za-z0-9_]*[a-z]"))
; Countries, currencies.
((word) @constant (#match? @constant "^[A-Z][A-Z0-9_]*$"))

(phrase (word) @keyword.operator
  (#any-of? @keyword.operator
    "after" "ago" "always" "any" "at" "before" "by" "contains" "could" "cover" "default" "disjoint" "ends" "equivalent"
    "from" "has" "include" "matches" "mentions" "most" "none" "of" "off" "older" "only" "per" "replace" "starts" "subset"
    "than" "the" "to" "touch" "uses" "waivable" "with" "within"))
(phrase (word) @constant.builtin
  (#any-of? @constant.builtin
    "minute" "minutes" "hour" "hours" "day" "days" "week" "weeks" "month" "months" "year" "years"
    "now" "today"))
(predicate what: (word) @constant.builtin (#any-of? @constant.builtin "known" "missing"))

; ---- Literals

(boolean) @boolean
[(integer) (decimal) (percent)] @number
[(date) (date_time) (time)] @string.special

(string "\"" @string)
(string_text) @string
(escape) @string.escape
(interpolation ["{" "}"] @punctuation.special)

(pattern "/" @string.regexp)
(pattern_text) @string.regexp
(pattern_flags) @keyword.modifier

; ---- Operators and signs

(disjunction "or" @keyword.operator)
(conjunction "and" @keyword.operator)
(negation "not" @keyword.operator)
(comparison ["in" "not"] @keyword.operator)
(predicate ["is" "not"] @keyword.operator)
(fallback ["or" "else"] @keyword.operator)
(conditional ["if" "then" "else"] @keyword.conditional)

["=" "==" "!=" "<=" ">=" "+" "-" "*" "|" ".." "..=" "->" "?"] @operator
(comparison ["<" ">"] @operator)
(arithmetic "/" @operator)

["," ":" "."] @punctuation.delimiter

["(" ")" "[" "]"] @punctuation.bracket
(body ["{" "}"] @punctuation.bracket)
(record ["{" "}"] @punctuation.bracket)
(select ["{" "}"] @punctuation.bracket)
(types ["<" ">"] @punctuation.bracket)

(unknown) @error
