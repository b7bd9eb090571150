; What a file declares.

(declaration
  (doc (doc_text) @doc)*
  kind: (kind)
  . (segment value: [(name) @name (phrase . (name) @name)])) @definition.class

(declaration
  (doc (doc_text) @doc)*
  kind: (kind)
  . (segment value: (call callee: (name) @name))) @definition.function

; `term "sign up"`
(declaration
  kind: (kind)
  . (segment value: (string (string_text) @name))) @definition.class

; What it calls.

(call callee: (word) @name) @reference.call
