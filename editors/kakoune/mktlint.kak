# Colours of policies of mktlint, and the server through kakoune-lsp. In kakrc:
#
#   source /path/to/mktlint/editors/kakoune/mktlint.kak
#   eval %sh{kak-lsp --kakoune -s $kak_session}

hook global BufCreate .*\.mkt %{ set-option buffer filetype mkt }

hook global WinSetOption filetype=mkt %{
    set-option buffer comment_line '//'
    set-option buffer comment_block_begin '/*'
    set-option buffer comment_block_end '*/'
    set-option buffer indentwidth 2
    add-highlighter window/mkt ref mkt
    hook -once -always window WinSetOption filetype=.* %{ remove-highlighter window/mkt }
}

# Each kind of file has the servers of its own set; add mktlint to those of your assets in the same way.
hook -group mktlint global BufSetOption filetype=(?:mkt|markdown|html|yaml|json|toml|csv) %{
    # The option is there once kakoune-lsp is.
    try %{
        set-option -add buffer lsp_servers %{
            [mktlint]
            root_globs = ["mktlint.toml"]
            command = "mktlint"
            args = ["lsp"]
        }
    }
}

add-highlighter shared/mkt regions
add-highlighter shared/mkt/code default-region group
add-highlighter shared/mkt/documentation region '//[/!]' '$' fill documentation
add-highlighter shared/mkt/line region '//' '$' fill comment
add-highlighter shared/mkt/block region -recurse '/\*' '/\*' '\*/' fill comment
add-highlighter shared/mkt/string region '"' '(?<!\\)(?:\\\\)*"|$' regions
add-highlighter shared/mkt/string/text default-region group
add-highlighter shared/mkt/string/text/ fill string
add-highlighter shared/mkt/string/text/ regex '\\(?:["\\{}ntr]|u\{[0-9A-Fa-f]+\})' 0:value
add-highlighter shared/mkt/string/value region '(?<!\\)\{' '\}' ref mkt/code
add-highlighter shared/mkt/pattern region '(?:^|[\s(\[{,|=])\K/(?![\s/*])' '(?<!\\)(?:\\\\)*/[A-Za-z]*|$' fill string
add-highlighter shared/mkt/code/ regex '\b(?:true|false|known|missing)\b' 0:value
add-highlighter shared/mkt/code/ regex '\b\d[\d_]*(?:\.\d+)?%?|\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?|\b\d\d?:\d\d' 0:value
add-highlighter shared/mkt/code/ regex '\b(?:and|or|not|in|is|if|then|else|where|when|unless|until|on|as|except|within|before|after|ago|contains|matches|mentions|has|touch|cover|per)\b' 0:operator
add-highlighter shared/mkt/code/ regex '\b[A-Z]\w+\b' 0:type
add-highlighter shared/mkt/code/ regex '\b(\w+)\(' 1:function
add-highlighter shared/mkt/code/ regex '^(?:(pub)\h+)?(use|contact|enum|lifecycle|region|audience|suppress|cap|quiet_hours|prove|evidence|disclosure|claim|term|utm|merge|rule|role|tier|pipeline|threshold|enforce|waive|fn|let|test|asset|part|fact|given)\b(?:\h+([\w.]+))?' 1:attribute 2:keyword 3:function
add-highlighter shared/mkt/code/ regex '(?:^|[{;]|\h\h)\h*(because|help|match|require|forbid|error|warning|info|fix|from|says|needs|never|only|who|unless|fires|silent|undecided|includes|excludes|at|for|by|tier|regulated|absolute|waivable|off by default|document|sha256|expires|hosts|source|medium|campaign|content|group|others|order|length|fallback|members|keys|revoked|yields|approve|authors|stages|stall|target|above|below|action)\b(?![:?])' 1:keyword
