" `:make` runs mktlint on the workspace, `:make %` on one file; `:cnext` goes through what it finds.
if exists('current_compiler')
  finish
endif
let current_compiler = 'mktlint'

CompilerSet makeprg=mktlint\ check\ --output-format\ concise
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z][%*[^]]]\ %m
