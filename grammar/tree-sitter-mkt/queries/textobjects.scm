(declaration) @function.outer
(declaration body: (body) @function.inner)

(clause) @statement.outer
(body) @block.outer

(segment) @parameter.outer
(segment value: (_) @parameter.inner)
(argument) @parameter.outer
(argument value: (_) @parameter.inner)

(call) @call.outer
(call arguments: (arguments) @call.inner)

[(comment) (block_comment) (module_doc) (doc)] @comment.outer
