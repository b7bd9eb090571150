" Indentation of a policy: one step inside a bracket, one for what goes on over a line.
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

let s:inert = 'synIDattr(synID(line("."), col("."), 1), "name") =~# "String\\|Comment\\|Doc\\|Pattern\\|Escape"'
let s:goes_on = '^\s*\%(|\|->\|\%(and\|or\|then\|else\|where\|on\)\>\)'

" The line of the bracket that is open before the cursor, in the same declaration; 0 when there is none.
function! s:opener() abort
  return searchpair('[{(\[]', '', '[})\]]', 'bnW', s:inert, max([1, search('^\a', 'bnW')]))
endfunction

" Where the inside of the bracket on that line starts.
function! s:inside(opener) abort
  call cursor(a:opener, 1)
  " A body belongs to its declaration, however many lines the head of that takes.
  let is_body = getline(a:opener) =~# '{\s*$' && s:opener() == 0
  return (is_body ? 0 : indent(a:opener)) + shiftwidth()
endfunction

function! MktIndent(number) abort
  let above = prevnonblank(a:number - 1)
  if above == 0
    return 0
  endif
  call cursor(a:number, 1)
  let opener = s:opener()
  if getline(a:number) =~# '^\s*[})\]]'
    return opener == 0 ? 0 : s:inside(opener) - shiftwidth()
  endif
  if getline(a:number) =~# s:goes_on
    return indent(above) + (getline(above) =~# s:goes_on ? 0 : shiftwidth())
  endif
  if getline(above) =~# '=\s*$'
    return indent(above) + shiftwidth()
  endif
  if opener == 0 && getline(above) =~# ',\s*$'
    return indent(above) + (getline(prevnonblank(above - 1)) =~# ',\s*$' ? 0 : shiftwidth())
  endif
  return opener == 0 ? 0 : s:inside(opener)
endfunction
