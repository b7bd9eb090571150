[
  (body)
  (record)
  (list)
  (arguments)
  (parenthesized)
  (select)
] @indent.begin

; A clause or declaration that goes on in the next line.
(clause) @indent.begin

["}" "]" ")"] @indent.branch
["}" "]" ")"] @indent.end

[(string) (pattern) (block_comment)] @indent.ignore
