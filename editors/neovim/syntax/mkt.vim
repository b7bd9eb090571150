" Colours of a policy of mktlint.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax sync minlines=60

" Names, first: what follows goes before it.
syntax match mktField /\.\@1<!\.\h\w*/hs=s+1
syntax match mktType /\<\u\w*\l\w*\>/
syntax match mktCountry /\<\u[A-Z0-9_]\+\>/
syntax match mktFunction /\<\h\w*(\@=/
syntax match mktKey /\<\h\w*\>\ze\s*::\@!/
syntax keyword mktBuiltinType Bool Int Decimal Percent Money Duration Date DateTime Time Country Language Text String Url List Set

syntax keyword mktOperatorWord and or not in is where when unless until on as except
syntax match mktOperatorWord /\<\%(within\|before\|after\|ago\|contains\|matches\|mentions\|has\|touch\|cover\|per\|older than\|the next\|from now\|starts with\|ends with\|subset of\|disjoint from\|equivalent to\|any of\|all of\|none of\)\>/
syntax keyword mktConditional if then else
syntax match mktQuantifier /\<\%(any\|all\|none\|count\)\ze\s\+\h\w*\s\+in\>/
syntax keyword mktConstant true false known missing
syntax keyword mktSelf it now today

" Clauses and declarations stand at the start of a line, or behind a bracket.
syntax match mktClause /\%(^\s*\|[{;]\s*\|\s\s\)\@<=\%(absolute\|above\|action\|approve\|at most\|at\|authors may approve\|because\|below\|by\|campaign\|case sensitive\|content\|creative_format\|document\|excludes\|expires\|fallback\|fires\|fix\%( unsafe\)\=\%( remove\| replace\)\=\|forbid\|from\|group\|help\|hosts\|id\|includes\|keys\|length\|marketing_tactic\|match\|medium\|members\|needs\%( evidence\| disclosure\)\=\|never\%( in\| on\| waivable\)\=\|not\|off by default\|only\%( in\| on\)\=\|order\|others allowed\|regulated\|require\|revoked\|says\|sha256\|silent\|source\|source_platform\|stages\|stall\|target\|term\|tier\|undecided\|unless\|until\|waivable\%( by\)\=\|when\|who\|yields\%( to\)\=\)\>\%(\s*[:?]\)\@!/
syntax match mktLevel /\%(^\s*\|[{;]\s*\|\s\s\)\@<=\%(error\|warning\|info\)\>\%(\s*[:?]\)\@!/
syntax match mktDeclaration /^\%(pub\s\+\)\=\%(contact\|enum\|lifecycle\|region\|audience\|suppress\|cap\|quiet_hours\|prove\|evidence\|disclosure\|claim\|term\|utm\|merge\|rule\|role\|tier\|pipeline\|threshold\|enforce\|waive\|fn\|let\|test\|asset\|part\|fact\|given\)\>/ nextgroup=mktName skipwhite
syntax match mktImport /^\s*use\>/
syntax match mktName /\h[[:alnum:]_.]*/ contained

syntax match mktNumber /\<\d[0-9_]*\%(\.\d[0-9_]*\)\=%\=/
syntax match mktUnit /\%(\d\s\+\)\@<=\%(minutes\=\|hours\=\|days\=\|weeks\=\|months\=\|years\=\|paragraphs\=\|words\=\|sentences\=\)\>/
syntax match mktDate /\<\d\{4}-\d\d-\d\d\%(T\d\d:\d\d\%(:\d\d\)\=\%(Z\|[+-]\d\d:\d\d\)\=\)\=/
syntax match mktDate /\<\d\d\=:\d\d\%(:\d\d\)\=\>/

" A pattern and a string end with their line at the latest.
syntax match mktPatternEscape /\\./ contained
syntax region mktPattern start=+\%(^\|[[:space:](\[{,|=]\)\@1<=/[[:space:]/*]\@!+ skip=+\\.+ end=+/\a*+ oneline contains=mktPatternEscape
syntax match mktEscape /\\\%(["\\{}ntr]\|u{\x\+}\)/ contained
syntax region mktInterpolation matchgroup=mktEscape start=/{/ end=/}/ contained oneline contains=mktString,mktNumber,mktFunction,mktField,mktOperatorWord,mktSelf
syntax region mktString start=/"/ skip=/\\./ end=/"/ oneline contains=mktEscape,mktInterpolation

syntax region mktComment start=+/\*+ end=+\*/+ contains=mktComment,@Spell
syntax match mktComment +//.*+ contains=@Spell
syntax match mktDoc +//[/!].*+ contains=@Spell

highlight default link mktField Identifier
highlight default link mktType Type
highlight default link mktCountry Constant
highlight default link mktFunction Function
highlight default link mktKey Identifier
highlight default link mktBuiltinType Type
highlight default link mktOperatorWord Operator
highlight default link mktConditional Conditional
highlight default link mktQuantifier Operator
highlight default link mktConstant Boolean
highlight default link mktSelf Special
highlight default link mktClause Statement
highlight default link mktLevel Keyword
highlight default link mktDeclaration Structure
highlight default link mktImport Include
highlight default link mktName Function
highlight default link mktNumber Number
highlight default link mktUnit Number
highlight default link mktDate Number
highlight default link mktPattern String
highlight default link mktPatternEscape SpecialChar
highlight default link mktEscape SpecialChar
highlight default link mktString String
highlight default link mktComment Comment
highlight default link mktDoc SpecialComment

let b:current_syntax = 'mkt'
