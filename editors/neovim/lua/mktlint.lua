--- The language server of mktlint, for every Neovim from 0.7 on.
---
--- `require("mktlint").setup()` is all that is needed; from 0.11 on `vim.lsp.enable("mktlint")` does the same.
local M = {}

--- Kinds of file that hold policies or can hold assets. The server knows which of them really are assets.
M.filetypes = {
  "mkt", "markdown", "html", "mjml", "csv", "yaml", "json", "jsonc", "toml", "text", "mail", "xhtml", "liquid",
  "handlebars", "mustache", "jinja", "htmldjango", "eruby", "twig",
}

--- The folder at or above `path` that holds `name`, or nil.
local function above(path, name)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  while true do
    if vim.loop.fs_stat(folder .. "/" .. name) then
      return folder
    end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

--- The workspace of a file; nil when mktlint has no business with it.
---
--- Policies are served wherever they are, assets only where a `mktlint.toml` says that there are any.
function M.root(path, filetype)
  local marked = above(path, "mktlint.toml")
  if marked or filetype ~= "mkt" then
    return marked
  end
  return above(path, ".git") or vim.fn.fnamemodify(path, ":p:h")
end

--- Asks the server; from 0.11 on that is a method.
local function request(client, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request(...)
  end
  return client.request(...)
end

--- Lists the places that a command of a code lens answers with. What answers in words the server shows by itself.
local function list(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local params = { command = command.command, arguments = command.arguments }
  request(client, "workspace/executeCommand", params, function(problem, places)
    if problem or type(places) ~= "table" then
      return vim.notify("mktlint: " .. (problem and problem.message or "nothing to list"), vim.log.levels.WARN)
    end
    local items = vim.lsp.util.locations_to_items(places, client.offset_encoding)
    vim.fn.setqflist({}, " ", { title = command.title, items = items })
    vim.cmd("botright copen")
  end, context.bufnr)
end

--- Commands that the editor has to do something for.
M.commands = { ["mktlint.showFindings"] = list, ["mktlint.showReferences"] = list }

--- What the client is started with. `options` go before what stands here.
local function config(options)
  local it = { name = "mktlint", cmd = { "mktlint", "lsp" }, commands = M.commands }
  for key, value in pairs(options) do
    it[key] = value
  end
  return it
end

--- Clients of Neovim 0.7, by root.
local clients = {}

--- Starts a client for `root`, unless one runs, and attaches `buffer`: what `vim.lsp.start` does from 0.8 on.
local function attach(it, buffer)
  if not clients[it.root_dir] then
    it.on_exit = function()
      clients[it.root_dir] = nil
    end
    clients[it.root_dir] = vim.lsp.start_client(it)
  end
  if clients[it.root_dir] then
    vim.lsp.buf_attach_client(buffer, clients[it.root_dir])
    -- Completion by Ctrl-X Ctrl-O, as from 0.8 on.
    vim.api.nvim_buf_set_option(buffer, "omnifunc", "v:lua.vim.lsp.omnifunc")
  end
end

local function start(options, buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local kind = vim.api.nvim_buf_get_option(buffer, "buftype")
  local root = path ~= "" and kind == "" and M.root(path, vim.api.nvim_buf_get_option(buffer, "filetype"))
  if not root then
    return
  end
  local it = config(options)
  it.root_dir = root
  it.workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } }
  if vim.lsp.start then
    vim.lsp.start(it, { bufnr = buffer })
  else
    attach(it, buffer)
  end
end

--- Serves every file of `M.filetypes` from now on. `options` are those of `vim.lsp.start_client`: `cmd`, `on_attach`,
--- `capabilities`, …
function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup("mktlint", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = M.filetypes,
    callback = function(event)
      start(options, event.buf)
    end,
  })
end

return M
