autocmd BufRead,BufNewFile *.mkt setfiletype mkt
" Assets whose endings older editors do not know.
autocmd BufRead,BufNewFile *.mjml setfiletype html
autocmd BufRead,BufNewFile *.csv setfiletype csv
autocmd BufRead,BufNewFile *.eml setfiletype mail
