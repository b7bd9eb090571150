[
  (body)
  (record)
  (list)
  (arguments)
  (parenthesized)
  (block_comment)
] @fold
