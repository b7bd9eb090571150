; The names of Neovim and of Helix, side by side.

[
  (body)
  (record)
  (list)
  (arguments)
  (parenthesized)
  (select)
] @indent.begin @indent

; A clause that goes on in the next line.
(clause) @indent.begin @indent

["}" "]" ")"] @indent.branch @indent.end @outdent

[(string) (pattern) (block_comment)] @indent.ignore
