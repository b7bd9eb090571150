; The names of Neovim and of Helix, side by side.

(declaration) @function.outer @function.around
(declaration body: (body) @function.inner @function.inside)

(clause) @statement.outer @entry.around
(body) @block.outer

(segment) @parameter.outer @parameter.around
(segment value: (_) @parameter.inner @parameter.inside)
(argument) @parameter.outer @parameter.around
(argument value: (_) @parameter.inner @parameter.inside)

(call) @call.outer
(call arguments: (arguments) @call.inner)

[(comment) (block_comment) (module_doc) (doc)] @comment.outer @comment.around
