(source_file) @local.scope

; ---- Names of a file

; Order does not matter, in a file or among files: what a declaration defines is known around it.
(declaration) @local.scope
((name) @local.definition
  (#set! definition.scope "parent"))

; ---- Names of a function and of a search

(declaration
  (segment value: (call
    callee: (name)
    arguments: (arguments (argument name: (key) @local.definition)))))

(quantified) @local.scope
(quantified variable: (variable) @local.definition)

(word) @local.reference
