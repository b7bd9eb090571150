-- Read by `vim.lsp.enable("mktlint")`, Neovim 0.11 and later.
return {
  cmd = { "mktlint", "lsp" },
  commands = require("mktlint").commands,
  filetypes = require("mktlint").filetypes,
  root_dir = function(buffer, found)
    local root = require("mktlint").root(vim.api.nvim_buf_get_name(buffer), vim.bo[buffer].filetype)
    if root then
      found(root)
    end
  end,
}
