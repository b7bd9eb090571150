" Indentation of a policy: one step for each bracket that is open, one for a condition that goes on.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=MktIndent(v:lnum)
setlocal indentkeys=0},0],0),o,O,!^F
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*MktIndent')
  finish
endif

" What counts of a line: no remark, no text in quotes.
function! s:code(number) abort
  let line = substitute(getline(a:number), '"\%(\\.\|[^"\\]\)*"', '""', 'g')
  return substitute(line, '//.*', '', '')
endfunction

function! s:count(text, characters) abort
  return strlen(substitute(a:text, '[^' . a:characters . ']', '', 'g'))
endfunction

function! MktIndent(number) abort
  let above = prevnonblank(a:number - 1)
  if above == 0
    return 0
  endif
  let line = s:code(above)
  let steps = s:count(line, '{([') - s:count(line, '})\]')
  " A closing bracket at the start of a line was counted by its own indentation.
  if line =~# '^\s*[})\]]'
    let steps += 1
  endif
  if line =~# '=\s*$'
    let steps += 1
  endif
  if getline(a:number) =~# '^\s*[})\]]'
    let steps -= 1
  endif
  return max([0, indent(above) + steps * shiftwidth()])
endfunction
