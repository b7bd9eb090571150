-- Drives this very Neovim through an afternoon on a copy of acme; `run` beside it says how it is started.
--
-- Everything goes through what a person uses: buffers, `vim.lsp.buf`, `vim.diagnostic`. Nothing is asked of the server
-- behind the client's back.

local root = assert(os.getenv("MKTLINT_ACME"), "MKTLINT_ACME: a copy of acme")
local program = os.getenv("MKTLINT_BIN") or "mktlint"

local function say(words)
  io.stdout:write(words .. "\n")
end

--- Waits until `check` returns something, and returns it.
local function await(what, check)
  local found
  local ok = vim.wait(20000, function()
    found = check()
    return found
  end, 20)
  if not ok then
    local shown = vim.tbl_map(function(it)
      return ("%s:%d: %s"):format(vim.api.nvim_buf_get_name(it.bufnr), it.lnum + 1, it.message)
    end, vim.diagnostic.get())
    error(("waited in vain: %s\n%s"):format(what, table.concat(shown, "\n")), 0)
  end
  return found
end

local function edit(file)
  vim.cmd("edit " .. root .. "/" .. file)
  return vim.api.nvim_get_current_buf()
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

--- Puts the cursor on the first place of `words`, which must be there.
local function go(words)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search("\\V" .. vim.fn.escape(words, "\\"), "cW") > 0, words .. " is not in " .. vim.fn.expand("%"))
end

--- Types `new` over `old`, key by key.
local function type_over(old, new)
  go(old)
  local keys = ("c%dl%s"):format(vim.fn.strchars(old), new)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys .. "<Esc>", true, false, true), "ntx", false)
end

--- A finding of the buffer whose words hold `words`.
local function finding(buffer, words)
  for _, it in ipairs(vim.diagnostic.get(buffer)) do
    if it.message:find(words, 1, true) then
      return it
    end
  end
end

local story = {}

story[#story + 1] = { "the server starts for a policy", function()
  local buffer = edit("policy/claims.mkt")
  assert(vim.bo.filetype == "mkt", vim.bo.filetype)
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  await("a client", function()
    return #clients({ bufnr = buffer }) == 1
  end)
end }

story[#story + 1] = { "files that are not open have findings, too", function()
  await("findings of many files", function()
    local files = {}
    for _, it in ipairs(vim.diagnostic.get()) do
      files[it.bufnr] = true
    end
    return vim.tbl_count(files) > 10
  end)
end }

story[#story + 1] = { "a mistake is seen, and the quick fix mends it", function()
  local buffer = vim.api.nvim_get_current_buf()
  local whole = text(buffer)
  type_over("needs evidence hydration_trial", "needs evidence hydration_trail")
  local mistake = await("the mistake", function()
    return finding(buffer, "hydration_trail")
  end)
  assert(mistake.source == "mktlint" and mistake.severity == vim.diagnostic.severity.ERROR)
  local offered
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for number, title in ipairs(offered) do
      if title:find("hydration_trial", 1, true) then
        return choose(items[number], number)
      end
    end
    error("no such fix: " .. vim.inspect(offered), 0)
  end
  vim.api.nvim_win_set_cursor(0, { mistake.lnum + 1, mistake.col })
  vim.lsp.buf.code_action()
  await("the fix", function()
    return text(buffer) == whole
  end)
  await("no finding", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
end }

story[#story + 1] = { "an audience is renamed in the policies and in the manifests", function()
  local buffer = edit("policy/audiences.mkt")
  await("the new buffer is served", function()
    return next(vim.lsp.buf_get_clients and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_clients({ bufnr = buffer }))
  end)
  go('vip "People')
  vim.lsp.buf.rename("best_customers")
  await("the new name", function()
    return text(buffer):find("pub audience best_customers ", 1, true)
  end)
  assert(not text(buffer):find("%f[%w_]vip%f[^%w_]"), "the old name is still there")
  vim.cmd("silent wall")
  local manifest = vim.fn.readfile(root .. "/campaigns/2026-11-black-friday/campaign.yaml")
  assert(table.concat(manifest, "\n"):find("audience: {email: best_customers, sms: best_customers and", 1, true))
end }

story[#story + 1] = { "a policy is formatted", function()
  local buffer = edit("policy/brand.mkt")
  local whole = text(buffer)
  type_over("  require longest_length(it) <= 60", "require   longest_length( it )<=60")
  assert(text(buffer) ~= whole)
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = 10000 })
  else
    vim.lsp.buf.formatting_sync(nil, 10000)
  end
  assert(text(buffer) == whole, "formatted otherwise")
end }

story[#story + 1] = { "findings of an asset follow a policy that nobody saved", function()
  local policy = vim.api.nvim_get_current_buf()
  vim.o.hidden = true
  local email = edit("emails/welcome.html")
  assert(not finding(email, "this pushes the reader"))
  vim.api.nvim_set_current_buf(policy)
  type_over('match "act now"', 'match "welcome"')
  await("a finding of the changed rule", function()
    return finding(email, "this pushes the reader: Welcome")
  end)
  assert(vim.bo[policy].modified)
  type_over('match "welcome"', 'match "act now"')
  await("no such finding", function()
    return not finding(email, "this pushes the reader")
  end)
end }

story[#story + 1] = { "a lens lists the findings of its rule", function()
  local buffer = edit("policy/terms.mkt")
  vim.lsp.codelens.refresh()
  local lens = await("a lens with findings", function()
    for _, it in ipairs(vim.lsp.codelens.get(buffer)) do
      if it.command and it.command.command == "mktlint.showFindings" then
        return it
      end
    end
  end)
  vim.api.nvim_win_set_cursor(0, { lens.range.start.line + 1, 0 })
  vim.ui.select = function(items, _, choose)
    for number, item in ipairs(items) do
      if item.lens.command.command == "mktlint.showFindings" then
        return choose(item, number)
      end
    end
  end
  vim.lsp.codelens.run()
  local found = await("the list", function()
    local all = vim.fn.getqflist()
    return #all > 0 and all
  end)
  assert(lens.command.title:find("^" .. #found .. " finding"), lens.command.title)
  vim.cmd("cclose")
end }

story[#story + 1] = { "words explain themselves and lead to what they name", function()
  local policy = edit("policy/suppressions.mkt")
  go("lapsed_eu disjoint")
  local told
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 5000)) do
    told = answer.result
  end
  assert(told and vim.inspect(told.contents):find("EU customers who stopped buying", 1, true), vim.inspect(told))
  vim.lsp.buf.definition()
  await("the other file", function()
    return vim.api.nvim_buf_get_name(0):find("policy/audiences.mkt", 1, true)
  end)
  assert(vim.fn.getline("."):find("^pub audience lapsed_eu"), vim.fn.getline("."))
  vim.api.nvim_set_current_buf(policy)
end }

story[#story + 1] = { "colours and indentation", function()
  local buffer = edit("policy/claims.mkt")
  local function group(words, more)
    go(words)
    local at = vim.api.nvim_win_get_cursor(0)
    return vim.fn.synIDattr(vim.fn.synID(at[1], at[2] + 1 + (more or 0), 1), "name")
  end
  local groups = {
    group("//! What"), group("use std"), group("evidence hydration_trial"), group("hydration_trial"), group('"evidence/'),
    group("expires"), group("2035-12-31"), group("/in a 2025"), group("needs disclosure"), group("within 2"), group("paragraphs"),
    group("never in EU", 9),
  }
  assert(vim.deep_equal(groups, {
    "mktDoc", "mktImport", "mktDeclaration", "mktName", "mktString", "mktClause", "mktDate", "mktPattern", "mktClause",
    "mktOperatorWord", "mktUnit", "mktCountry",
  }), vim.inspect(groups))
  local whole = text(buffer)
  vim.cmd("silent normal! gg=G")
  assert(text(buffer) == whole, "indented otherwise")
  assert(vim.bo.commentstring == "// %s")
end }

story[#story + 1] = { "a folder without mktlint.toml is none of our business", function()
  local file = vim.fn.tempname() .. ".md"
  vim.fn.writefile({ "Act now!" }, file)
  vim.cmd("edit " .. file)
  assert(require("mktlint").root(file, "markdown") == nil)
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  assert(#clients({ bufnr = vim.api.nvim_get_current_buf() }) == 0 or not vim.lsp.buf_is_attached(0, 1))
end }

local function run()
  vim.lsp.set_log_level("warn")
  require("mktlint").setup({ cmd = { program, "lsp" }, init_options = { today = "2026-11-22" } })
  for _, chapter in ipairs(story) do
    local started = vim.loop.hrtime()
    local ok, why = xpcall(chapter[2], function(it)
      return type(it) == "string" and it or debug.traceback(vim.inspect(it))
    end)
    say(("%s %s (%d ms)"):format(ok and "ok  " or "FAIL", chapter[1], (vim.loop.hrtime() - started) / 1e6))
    if not ok then
      say(tostring(why))
      say(table.concat(vim.fn.readfile(vim.lsp.get_log_path()), "\n"):sub(-2000))
      return 1
    end
  end
  return 0
end

local status = run()
-- Servers are told to end, and get the time for it.
vim.lsp.stop_client((vim.lsp.get_clients or vim.lsp.get_active_clients)())
vim.wait(2000, function()
  return #(vim.lsp.get_clients or vim.lsp.get_active_clients)() == 0
end)
vim.cmd(status == 0 and "qall!" or "cquit")
