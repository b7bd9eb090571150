((doc_text) @injection.content
  (#set! injection.language "markdown"))

([(comment) (block_comment)] @injection.content
  (#set! injection.language "comment"))

((pattern_text) @injection.content
  (#set! injection.language "regex"))
