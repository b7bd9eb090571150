;;; mkt-mode.el --- Policies of mktlint  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Colours, comments and indentation for policies of mktlint, files that end in `.mkt', and an entry for eglot.
;;
;;   (add-to-list 'load-path "~/mktlint/editors/emacs")
;;   (require 'mkt-mode)
;;   (add-hook 'mkt-mode-hook #'eglot-ensure)
;;
;; Assets (emails, posts, manifests) are served where you say so, since a buffer of eglot has one server:
;;
;;   (mkt-serve-assets)        ; before the first buffer
;;   (add-hook 'find-file-hook #'mkt-eglot-ensure)

;;; Code:

(require 'project)
(require 'rx)

(defgroup mkt nil
  "Policies of mktlint."
  :group 'languages)

(defcustom mkt-indent-offset 2
  "How many columns a step of indentation takes."
  :type 'natnum
  :safe #'natnump)

(defcustom mkt-program "mktlint"
  "The program of mktlint."
  :type 'string)

(defvar mkt-asset-modes
  '(markdown-mode gfm-mode html-mode mhtml-mode web-mode csv-mode yaml-mode yaml-ts-mode js-json-mode json-mode
    json-ts-mode conf-toml-mode toml-mode toml-ts-mode text-mode)
  "Modes of files that can be assets.")

;;;; Colours

(eval-and-compile
  (defconst mkt--declarations
    '("contact" "enum" "lifecycle" "region" "audience" "suppress" "cap" "quiet_hours" "prove" "evidence" "disclosure"
      "claim" "term" "utm" "merge" "rule" "role" "tier" "pipeline" "threshold" "enforce" "waive" "fn" "let" "test"
      "asset" "part" "fact" "given"))

  (defconst mkt--clauses
    '("absolute" "above" "action" "approve" "at" "at most" "authors may approve" "because" "below" "by" "campaign" "case sensitive" "content"
      "creative_format" "document" "error" "excludes" "expires" "fallback" "fires" "fix" "fix remove" "fix replace"
      "fix unsafe" "fix unsafe remove" "fix unsafe replace" "forbid" "from" "group" "help" "hosts" "id" "includes" "info"
      "keys" "length" "marketing_tactic" "match" "medium" "members" "needs" "needs disclosure" "needs evidence" "never"
      "never in" "never on" "never waivable" "not" "off by default" "only" "only in" "only on" "order" "others allowed"
      "regulated" "require" "revoked" "says" "sha256" "silent" "source" "source_platform" "stages" "stall" "target" "term" "tier"
      "undecided" "unless" "until" "waivable" "waivable by" "warning" "when" "who" "yields" "yields to"))

  (defconst mkt--words
    '("and" "or" "not" "in" "is" "if" "then" "else" "where" "when" "unless" "until" "on" "as" "except" "within" "before"
      "after" "ago" "contains" "matches" "mentions" "has" "touch" "cover" "per"))

  (defconst mkt--types
    '("Bool" "Int" "Decimal" "Percent" "Money" "Duration" "Date" "DateTime" "Time" "Country" "Language" "Text" "String"
      "Url" "List" "Set")))

(defconst mkt--font-lock
  (let ((name (rx (any "_" alpha) (* (any "_." alnum)))))
    `((,(rx bol (? (group "pub") (+ space)) (group (eval `(or "use" ,@mkt--declarations))) symbol-end)
       (1 font-lock-keyword-face nil t) (2 font-lock-keyword-face))
      (,(concat (rx bol (? "pub" (+ space)) (eval `(or ,@mkt--declarations)) (+ space)) "\\(" name "\\)")
       (1 font-lock-function-name-face))
      (,(rx (or bol (any "{;") "  ") (* space) (group (eval `(or ,@(reverse (sort (copy-sequence mkt--clauses) #'string<)))))
            symbol-end (not (any ":.?(")))
       (1 font-lock-builtin-face))
      (,(rx (or bol (any "{;") "  ") (* space) (group (or "regulated" "absolute" "off by default" "never waivable")) eol)
       (1 font-lock-builtin-face))
      (,(rx symbol-start (eval `(or ,@mkt--types)) symbol-end) . font-lock-type-face)
      (,(rx symbol-start (any "A-Z") (+ (any "_" alnum)) symbol-end) . font-lock-type-face)
      (,(rx symbol-start (or "true" "false" "known" "missing") symbol-end) . font-lock-constant-face)
      (,(rx symbol-start (or "it" "now" "today") symbol-end) . font-lock-variable-name-face)
      (,(rx symbol-start (eval `(or ,@mkt--words)) symbol-end) . font-lock-keyword-face)
      (,(rx (group symbol-start (+ (any "_" alnum))) "(") (1 font-lock-function-name-face))
      (,(rx (group symbol-start (+ (any "_" alnum))) (* space) ":" (not (any digit))) (1 font-lock-variable-name-face))))
  "What is coloured, first match first.")

;;;; Comments, strings, patterns

(defvar mkt-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (dolist (operator '(?+ ?- ?= ?< ?> ?| ?? ?% ?& ?!))
      (modify-syntax-entry operator "." table))
    table)
  "Syntax of policies: `//' and nested `/* */' comments, double quotes.")

(defconst mkt--propertize
  (syntax-propertize-rules
   ;; A pattern: its slash has white space or an opener before it and no white space behind it.
   ((rx (or bol (any " \t([{,|=")) (group "/") (not (any " \t\n/*"))
        (* (or (seq "\\" nonl) (not (any "/\\\n")))) (group "/"))
    (1 (unless (mkt--inert-p (match-beginning 1)) (string-to-syntax "\"")))
    (2 (unless (mkt--inert-p (match-beginning 1)) (string-to-syntax "\"")))))
  "Patterns are strings between slashes.")

(defun mkt--inert-p (position)
  "Whether POSITION is in a string or a comment."
  (save-excursion (save-match-data (nth 8 (syntax-ppss position)))))

;;;; Indentation

(defconst mkt--goes-on (rx (or "|" "->" (seq (or "and" "or" "then" "else" "where" "on") symbol-end)))
  "How a line starts that goes on with the one above.")

(defun mkt--above ()
  "Go to the nearest line above that is not empty; nil when there is none."
  (let (found)
    (while (and (not found) (zerop (forward-line -1)))
      (setq found (not (looking-at-p (rx (* space) eol)))))
    found))

(defun mkt--ends-with-p (character)
  "Whether CHARACTER is the last one of the code of this line."
  (save-excursion
    (end-of-line)
    (let ((state (syntax-ppss)))
      (when (nth 4 state)
        (goto-char (nth 8 state))))
    (skip-chars-backward " \t")
    (eq (char-before) character)))

(defun mkt--inside (opener)
  "Column of what stands in the bracket at OPENER."
  (save-excursion
    (goto-char opener)
    ;; A body belongs to its declaration, however many lines the head of that takes.
    (let ((is-body (and (eq (char-after) ?\{) (looking-at-p "{[ \t]*$") (null (nth 1 (syntax-ppss))))))
      (+ mkt-indent-offset (if is-body 0 (current-indentation))))))

(defun mkt--column ()
  "Column that this line should start in."
  (save-excursion
    (back-to-indentation)
    (let* ((opener (save-excursion (nth 1 (syntax-ppss (line-beginning-position)))))
           (base (if opener (mkt--inside opener) 0))
           (goes-on (looking-at-p mkt--goes-on)))
      (cond
       ((looking-at-p "[])}]") (max 0 (- base mkt-indent-offset)))
       ((not (mkt--above)) 0)
       (goes-on (+ (current-indentation)
                   (progn (back-to-indentation) (if (looking-at-p mkt--goes-on) 0 mkt-indent-offset))))
       ((mkt--ends-with-p ?=) (+ (current-indentation) mkt-indent-offset))
       ((and (not opener) (mkt--ends-with-p ?,))
        (let ((column (current-indentation)))
          (if (and (mkt--above) (mkt--ends-with-p ?,)) column (+ column mkt-indent-offset))))
       (t base)))))

(defun mkt-indent-line ()
  "Indent this line of a policy."
  (interactive)
  (unless (nth 3 (syntax-ppss (line-beginning-position)))
    (let ((column (mkt--column))
          (behind (> (current-column) (current-indentation))))
      (if behind
          (save-excursion (indent-line-to column))
        (indent-line-to column)))))

;;;; The mode

;;;###autoload
(define-derived-mode mkt-mode prog-mode "mkt"
  "Major mode for policies of mktlint."
  (setq-local comment-start "// "
              comment-end ""
              comment-start-skip (rx (or (seq "//" (? (any "/!"))) "/*") (* space))
              font-lock-defaults '(mkt--font-lock)
              syntax-propertize-function mkt--propertize
              indent-line-function #'mkt-indent-line
              indent-tabs-mode nil
              tab-width mkt-indent-offset
              compile-command (concat mkt-program " check --output-format concise")
              imenu-generic-expression
              `((nil ,(rx bol (? "pub" (+ space)) (eval `(or ,@mkt--declarations)) (+ space)
                          (group (any "_" alpha) (* (any "_." alnum))))
                     1)))
  (add-hook 'project-find-functions #'mkt-project nil t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.mkt\\'" . mkt-mode))

;;;; The language server

(defun mkt-project (folder)
  "The workspace around FOLDER, as a project, when a `mktlint.toml' marks it."
  (let ((root (locate-dominating-file folder "mktlint.toml")))
    (and root (cons 'transient (expand-file-name root)))))

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs `(mkt-mode . (,mkt-program "lsp"))))

;;;###autoload
(defun mkt-serve-assets ()
  "Let mktlint serve policies and assets, instead of whatever server eglot knows for the modes of assets."
  (with-eval-after-load 'eglot
    (add-to-list 'eglot-server-programs `((mkt-mode ,@mkt-asset-modes) . (,mkt-program "lsp")))))

;;;###autoload
(defun mkt-eglot-ensure ()
  "Start eglot in a policy, and in an asset of a workspace that a `mktlint.toml' marks."
  (when (and buffer-file-name
             (or (derived-mode-p 'mkt-mode)
                 (and (apply #'derived-mode-p mkt-asset-modes)
                      (locate-dominating-file buffer-file-name "mktlint.toml"))))
    (add-hook 'project-find-functions #'mkt-project nil t)
    (eglot-ensure)))

(provide 'mkt-mode)
;;; mkt-mode.el ends here
