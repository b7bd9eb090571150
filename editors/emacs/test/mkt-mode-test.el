;;; mkt-mode-test.el --- Tests of mkt-mode  -*- lexical-binding: t; -*-

;;; Commentary:

;; `run' beside this file says how it is started.  The tests that talk to the server need eglot.

;;; Code:

(require 'ert)
(require 'cl-lib)
(require 'mkt-mode)

(defvar mkt-test-acme (getenv "MKTLINT_ACME") "A copy of acme.")

(defun mkt-test-faces (text &rest words)
  "The faces that each of WORDS starts with in TEXT."
  (with-temp-buffer
    (insert text)
    (mkt-mode)
    (font-lock-ensure)
    (mapcar (lambda (it)
              (goto-char (point-min))
              (search-forward it)
              (get-text-property (match-beginning 0) 'face))
            words)))

(ert-deftest mkt-test-colours ()
  (should (equal (mkt-test-faces "/// Words.\npub rule loud on Email.subject {\n  match /^(re|fwd?):\"/i | \"act now\" // no\n}\n"
                                 "/// W" "pub" "rule" "loud" "Email" "match" "/^" "\"act" "no\n")
                 '(font-lock-comment-delimiter-face font-lock-keyword-face font-lock-keyword-face font-lock-function-name-face
                   font-lock-type-face font-lock-builtin-face font-lock-string-face font-lock-string-face
                   font-lock-comment-face)))
  (should (equal (mkt-test-faces "let half = a / b / c\nlet x = \"s\"\n" "b" "\"s")
                 '(nil font-lock-string-face)))
  (should (equal (mkt-test-faces "/* a /* nested */ b */ let x = 1\n" "b" "let")
                 '(font-lock-comment-face nil))))

(ert-deftest mkt-test-indentation ()
  (dolist (file (directory-files (expand-file-name "policy" mkt-test-acme) t "\\.mkt\\'"))
    (with-temp-buffer
      (insert-file-contents file)
      (mkt-mode)
      (let ((before (buffer-string)))
        (let ((inhibit-message t))
          (indent-region (point-min) (point-max)))
        (should (equal (mkt-test-difference before (buffer-string)) nil))))))

(defun mkt-test-difference (before after)
  "The first line of BEFORE and AFTER that differs."
  (cl-loop for old in (split-string before "\n")
           for new in (split-string after "\n")
           unless (equal old new) return (list old new)))

(ert-deftest mkt-test-comments ()
  (with-temp-buffer
    (insert "role legal { }\n")
    (mkt-mode)
    (comment-region (point-min) (point-max))
    (should (equal (buffer-string) "// role legal { }\n"))))

;;;; With the server

(defun mkt-test-await (what check)
  "Let the server speak until CHECK returns something, and return that; WHAT was waited for."
  (let ((until (+ (float-time) 20)) found)
    (while (and (not (setq found (funcall check))) (< (float-time) until))
      (accept-process-output nil 0.05)
      ;; There is no idle time in batch mode, in which these would happen.
      (eglot--signal-textDocument/didChange)
      (flymake-start))
    (or found (error "Waited in vain: %s: %s" what (mkt-test-findings)))))

(defun mkt-test-findings ()
  "The words of all findings in this buffer."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun mkt-test-finding (words)
  "A finding of this buffer that holds WORDS."
  (cl-find-if (lambda (it) (string-match-p (regexp-quote words) (flymake-diagnostic-text it)))
              (flymake-diagnostics)))

(defun mkt-test-open (file)
  "Visit FILE of acme as somebody does who has set eglot up as the manual says."
  (let* ((find-file-hook (cons #'mkt-eglot-ensure find-file-hook))
         (buffer (find-file-noselect (expand-file-name file mkt-test-acme))))
    (set-buffer buffer)
    ;; What a command would end with.
    (run-hooks 'post-command-hook)
    (should (eglot-managed-p))
    buffer))

(defun mkt-test-replace (old new)
  "Type NEW over OLD, which must stand in this buffer."
  (goto-char (point-min))
  (search-forward old)
  (replace-match new t t)
  (eglot--signal-textDocument/didChange))

(defmacro mkt-test-choose (words &rest body)
  "Run BODY, where a person who is asked chooses what holds WORDS."
  (declare (indent 1))
  ;; Without an event of the mouse it is the minibuffer that asks.
  `(let ((last-nonmenu-event ?\r))
     (cl-letf (((symbol-function 'completing-read)
                (lambda (_prompt choices &rest _)
                  (or (cl-find-if (lambda (it) (string-match-p (regexp-quote ,words) it)) (mapcar #'car choices))
                      (error "Only %s" (mapcar #'car choices))))))
       ,@body)))

(defmacro mkt-test-story (&rest body)
  "Run BODY where eglot is, and end every server afterwards."
  (declare (indent 0))
  `(progn
     (unless (require 'eglot nil t)
       (ert-skip "eglot is not installed"))
     (let ((eglot-sync-connect t)
           (eglot-confirm-server-initiated-edits nil)
           (eglot-workspace-configuration nil)
           (eglot-events-buffer-size 0)
           (inhibit-message t))
       (unwind-protect (progn ,@body)
         (maphash (lambda (_project servers)
                    (dolist (server servers)
                      (ignore-errors (eglot-shutdown server nil 3))))
                  eglot--servers-by-project)
         (dolist (buffer (buffer-list))
           (with-current-buffer buffer
             (set-buffer-modified-p nil)))))))

(ert-deftest mkt-test-server ()
  (mkt-test-story
    (mkt-test-open "policy/claims.mkt")
    (let ((whole (buffer-string)))
      (mkt-test-replace "needs evidence hydration_trial" "needs evidence hydration_trail")
      (let ((mistake (mkt-test-await "the mistake" (lambda () (mkt-test-finding "hydration_trail")))))
        (goto-char (flymake-diagnostic-beg mistake))
        (should (looking-at-p "hydration_trail$"))
        (mkt-test-choose "hydration_trial"
          (eglot-code-actions (flymake-diagnostic-beg mistake) (flymake-diagnostic-end mistake) nil t)))
      (should (equal (buffer-string) whole))
      (mkt-test-await "no mistake" (lambda () (not (mkt-test-finding "hydration_trail")))))
    (mkt-test-open "policy/audiences.mkt")
    (goto-char (point-min))
    (search-forward "vip \"People")
    (goto-char (match-beginning 0))
    ;; The server refuses while it has not seen the manifests, which is so for a moment after its start.
    (cl-letf (((symbol-function 'y-or-n-p) (lambda (&rest _) t)))
      (mkt-test-await "the new name" (lambda () (ignore-errors (eglot-rename "best_customers") t))))
    (should (string-match-p "^pub audience best_customers " (buffer-string)))
    (with-current-buffer (find-file-noselect
                          (expand-file-name "campaigns/2026-11-black-friday/campaign.yaml" mkt-test-acme))
      (should (string-match-p "^audience: {email: best_customers, sms: best_customers and" (buffer-string))))
    (mkt-test-open "policy/brand.mkt")
    (let ((whole (buffer-string)))
      (mkt-test-replace "  require longest_length(it) <= 60" "require   longest_length( it )<=60")
      (eglot-format-buffer)
      (should (equal (buffer-string) whole)))))

(ert-deftest mkt-test-assets-follow-policies ()
  (mkt-test-story
    (mkt-serve-assets)
    (mkt-test-open "policy/brand.mkt")
    (let ((policy (current-buffer))
          (email (mkt-test-open "emails/welcome.html")))
      (should-not (mkt-test-finding "this pushes the reader"))
      (with-current-buffer policy
        (mkt-test-replace "match \"act now\"" "match \"welcome\""))
      (set-buffer email)
      (mkt-test-await "a finding of the changed rule"
                      (lambda () (mkt-test-finding "this pushes the reader: Welcome")))
      (should (buffer-modified-p policy)))))

(provide 'mkt-mode-test)
;;; mkt-mode-test.el ends here
