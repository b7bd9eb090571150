(source_file) @local.scope

; What a file declares. Order does not matter.
(name) @local.definition

; The parameters of a function.
(declaration (segment value: (call callee: (name)))) @local.scope
(declaration
  (segment value: (call
    callee: (name)
    arguments: (arguments (argument name: (key) @local.definition)))))

; What a search calls its items.
(quantified) @local.scope
(quantified variable: (variable) @local.definition)

(word) @local.reference
