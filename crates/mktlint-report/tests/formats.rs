//! What each format looks like.

mod common;

use common::{nasty, small, tiny};
use insta::assert_snapshot;
use mktlint_report::{Format, Options};

#[test]
fn pretty_shows_words_reasons_and_repairs() {
    assert_snapshot!(small().write(Format::Pretty), @r##"
    error[acme.claims.clinically_proven]: `clinically proven` needs its study note within 2 paragraphs
       ╭─[ email.html:2:17 ]
       │
     2 │ <p>Our serum is clinically proven to work.</p>
       │                 ────────┬────────
       │                         ╰────────── this claim
       │
       ├─[ policy/claims.mkt:2:3 ]
       │
     2 │   needs disclosure study_note within 2 paragraphs
       │   ───────────────────────┬───────────────────────
       │                          ╰───────────────────────── required here
       │
       │ note: the nearest disclosure is 4 paragraphs away
       │ why:  FTC substantiation doctrine
       │ help: add "Based on a study." after this paragraph  (fix available: --fix)
       │       + <p>Based on a study.</p>
    ───╯

    warning[acme.us_only] (undecided): cannot tell where this is sent: `regions` is missing
       ╭─[ email.html:1:1 ]
       │
     1 │ <h1>Serum</h1>
       │ ┬
       │ ╰── here
    ───╯

    error[std.us.can_spam.no_fake_reply] (waived): `Re: ` on a new message
       ╭─[ promo.eml:1:10 ]
       │
     1 │ Subject: Re: our offer
       │          ──┬─
       │            ╰─── here
       │
       │ help: remove `Re: `  (fix available: --unsafe-fixes)
       │       - Subject: Re: our offer
       │       + Subject: our offer
       │ waived: "it does answer", until 2027-01-31, by brand (policy/claims.mkt:1:1)
    ───╯

    note: 3 `cap` declarations were not judged yet
    2 assets judged: 1 error, 1 undecided, 1 waived; 1 fixable with --fix; 1 rule in force; 0.02 s
    "##);
}

#[test]
fn concise_is_a_line_each() {
    assert_snapshot!(small().write(Format::Concise), @r##"
    email.html:2:17: error[acme.claims.clinically_proven] `clinically proven` needs its study note within 2 paragraphs
    email.html:1:1: warning[acme.us_only] (undecided) cannot tell where this is sent: `regions` is missing
    promo.eml:1:10: error[std.us.can_spam.no_fake_reply] (waived) `Re: ` on a new message
    note: 3 `cap` declarations were not judged yet
    2 assets judged: 1 error, 1 undecided, 1 waived; 1 fixable with --fix; 1 rule in force
    "##);
}

#[test]
fn github_gets_workflow_commands() {
    assert_snapshot!(small().write(Format::Github), @r##"
    ::error file=email.html,line=2,endLine=2,col=17,endColumn=34,title=acme.claims.clinically_proven::`clinically proven` needs its study note within 2 paragraphs%0Anote: the nearest disclosure is 4 paragraphs away%0Awhy: FTC substantiation doctrine%0Ahelp: add "Based on a study." after this paragraph
    ::warning file=email.html,line=1,endLine=1,col=1,endColumn=1,title=acme.us_only::(undecided) cannot tell where this is sent: `regions` is missing
    ::notice file=promo.eml,line=1,endLine=1,col=10,endColumn=14,title=std.us.can_spam.no_fake_reply::(waived) `Re: ` on a new message%0Awaived: "it does answer", until 2027-01-31, by brand
    ::notice title=mktlint::3 `cap` declarations were not judged yet
    "##);
}

#[test]
fn junit_fails_errs_and_skips() {
    assert_snapshot!(small().write(Format::Junit), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="mktlint" tests="3" failures="1" errors="1" skipped="1">
      <testsuite name="email.html" tests="2" failures="1" errors="1" skipped="0">
        <testcase name="acme.claims.clinically_proven at 2:17" classname="email.html" file="email.html" line="2">
          <failure type="error" message="`clinically proven` needs its study note within 2 paragraphs">email.html:2:17: error[acme.claims.clinically_proven] `clinically proven` needs its study note within 2 paragraphs&#10;policy/claims.mkt:2:3: required here&#10;note: the nearest disclosure is 4 paragraphs away&#10;why: FTC substantiation doctrine&#10;help: add &quot;Based on a study.&quot; after this paragraph</failure>
        </testcase>
        <testcase name="acme.us_only at 1:1" classname="email.html" file="email.html" line="1">
          <error type="warning" message="undecided: cannot tell where this is sent: `regions` is missing">email.html:1:1: warning[acme.us_only] cannot tell where this is sent: `regions` is missing</error>
        </testcase>
      </testsuite>
      <testsuite name="promo.eml" tests="1" failures="0" errors="0" skipped="1">
        <testcase name="std.us.can_spam.no_fake_reply at 1:10" classname="promo.eml" file="promo.eml" line="1">
          <skipped message="waived: &quot;it does answer&quot;, until 2027-01-31, by brand"/>
          <system-out>promo.eml:1:10: error[std.us.can_spam.no_fake_reply] `Re: ` on a new message</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "##);
}

#[test]
fn markdown_is_a_table() {
    assert_snapshot!(small().write(Format::Markdown), @r##"
    ### mktlint: 1 error, 1 undecided, 1 waived

    | Level | Where | What | Rule |
    |---|---|---|---|
    | error | email.html:2:17 | <code>clinically proven</code> needs its study note within 2 paragraphs<br>why: FTC substantiation doctrine<br>help: add &#34;Based on a study.&#34; after this paragraph<br>fix available: --fix | <code>acme.claims.clinically&#95;proven</code> |
    | warning (undecided) | email.html:1:1 | cannot tell where this is sent: <code>regions</code> is missing | <code>acme.us&#95;only</code> |

    <details><summary>1 waived</summary>

    | Level | Where | What | Rule |
    |---|---|---|---|
    | error (waived) | promo.eml:1:10 | <code>Re: </code> on a new message<br>fix available: --unsafe-fixes<br>waived: &#34;it does answer&#34;, until 2027-01-31, by brand | <code>std.us.can&#95;spam.no&#95;fake&#95;reply</code> |

    </details>

    > 3 <code>cap</code> declarations were not judged yet

    2 assets judged: 1 error, 1 undecided, 1 waived; 1 fixable with --fix; 1 rule in force
    "##);
}

#[test]
fn pretty_survives_every_kind_of_place() {
    assert_snapshot!(nasty().write(Format::Pretty), @r##"
    warning[a.b]: nothing here
       ╭─[ empty.txt:1:1 ]
       │
     1 │
       │ ┬
       │ ╰── here
    ───╯

    warning[a.b]: far to the right
       ╭─[ long.html:1:36005 ]
       │
     1 │ …/b>é<b>x</b>é<b>x</b>é<b>x</b>guaranteed<i>日本</i><i>日本</i><i>日本</i><i>日本</i><i>…
       │                                ─────┬────
       │                                     ╰────── this
       │
       │ help: soften <U+202E>  (fix available: --unsafe-fixes)
       │       - …é<b>x</b>é<b>x</b>é<b>x</b>guaranteed<i>日本</i><i>日本</i><i>日…
       │       + …é<b>x</b>é<b>x</b>é<b>x</b>likely ␛<i>日本</i><i>日本</i><i>日…
    ───╯

    warning[a.b]: three lines
       ╭─[ nasty.md:1:2 ]
       │
     1 │ ╭─▶ one
       ┆ ┆
     4 │ ├─▶ ]]>|`</script>
       │ │
       │ ╰──────────────────── all of it
    ───╯

    warning[a.b]: an escape
       ╭─[ nasty.md:2:5 ]
       │
     2 │ two ␛[31mred␛[0m <U+202E>evil
       │     ────┬───
       │         ╰───── here
    ───╯

    warning[a.b]: wide
       ╭─[ nasty.md:3:8 ]
       │
     3 │     three 日本語 four
       │           ──┬───
       │             ╰───── wide
    ───╯

    warning[a.b]: markup ]]> </script>
       ╭─[ nasty.md:4:1 ]
       │
     4 │ ]]>|`</script>
       │ ───────┬──────
       │        ╰──────── `
    ───╯

    warning[a.b]: past the end
       ╭─[ nasty.md:5:1 ]
       │
     5 │
       │ ┬
       │ ╰── here
    ───╯

    warning[a.b] (waived): ::error::x, 50% |`<b>`| @all #1 ␡ next
       ╭─[ nasty.md:2:1 ]
       │
     2 │ two ␛[31mred␛[0m <U+202E>evil
       │ ┬
       │ ╰── here
       │
       │ note: a
       │       b
       │ waived: ""<&>"␀" (nasty.md:5:1)
    ───╯

    warning[a.b] (undecided): cannot be shown
      nowhere.md: here (there is no text to show)
       ╭─[ nasty.md:1:3 ]
       │
     1 │ ╭─▶ one
       ┆ ┆
     3 │ ├─▶     three 日本語 four
       │ │
       │ ╰─────────────────────────── over lines
    ───╯

    2 assets judged: 7 warnings, 1 undecided, 1 waived; 1 fixable with --unsafe-fixes; 1 rule in force
    "##);
}

#[test]
fn json_of_one_finding() {
    assert_snapshot!(tiny().write(Format::Json), @r##"
    {
      "schema": "mktlint/findings/1",
      "tool": {
        "name": "mktlint",
        "version": "0.1.0"
      },
      "findings": [
        {
          "rule": "acme.free",
          "level": "warning",
          "message": "`free` is not free",
          "place": {
            "path": "ad.txt",
            "start": {
              "offset": 11,
              "line": 1,
              "column": 12
            },
            "end": {
              "offset": 15,
              "line": 1,
              "column": 16
            }
          },
          "label": "",
          "related": [],
          "notes": [],
          "why": null,
          "help": [],
          "fix": {
            "title": "drop it",
            "safety": "safe",
            "path": "ad.txt",
            "edits": [
              {
                "start": {
                  "offset": 7,
                  "line": 1,
                  "column": 8
                },
                "end": {
                  "offset": 16,
                  "line": 1,
                  "column": 17
                },
                "text": ""
              }
            ]
          },
          "undecided": false,
          "waived": null,
          "baselined": false,
          "fingerprint": "024893ff2c527f2fd94ccb4bdd5c9fc95cdf212740249f46318becff7b23224c"
        }
      ],
      "summary": {
        "assets": 2,
        "policies": 0,
        "rules": 1,
        "errors": 0,
        "warnings": 1,
        "infos": 0,
        "undecided": 0,
        "waived": 0,
        "baselined": 0,
        "fixable": 1,
        "unsafely_fixable": 0,
        "notes": []
      },
      "rules": []
    }
    "##);
}

#[test]
fn jsonl_of_one_finding() {
    assert_snapshot!(tiny().write(Format::Jsonl), @r##"
    {"type":"finding","rule":"acme.free","level":"warning","message":"`free` is not free","place":{"path":"ad.txt","start":{"offset":11,"line":1,"column":12},"end":{"offset":15,"line":1,"column":16}},"label":"","related":[],"notes":[],"why":null,"help":[],"fix":{"title":"drop it","safety":"safe","path":"ad.txt","edits":[{"start":{"offset":7,"line":1,"column":8},"end":{"offset":16,"line":1,"column":17},"text":""}]},"undecided":false,"waived":null,"baselined":false,"fingerprint":"024893ff2c527f2fd94ccb4bdd5c9fc95cdf212740249f46318becff7b23224c"}
    {"type":"summary","schema":"mktlint/findings/1","tool":{"name":"mktlint","version":"0.1.0"},"assets":2,"policies":0,"rules":1,"errors":0,"warnings":1,"infos":0,"undecided":0,"waived":0,"baselined":0,"fixable":1,"unsafely_fixable":0,"notes":[]}
    "##);
}

#[test]
fn sarif_of_one_finding() {
    assert_snapshot!(tiny().write(Format::Sarif), @r##"
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "mktlint",
              "version": "0.1.0",
              "rules": []
            }
          },
          "invocations": [
            {
              "executionSuccessful": true,
              "toolExecutionNotifications": []
            }
          ],
          "originalUriBaseIds": {
            "SRCROOT": {
              "description": {
                "text": "the root of the workspace"
              }
            }
          },
          "columnKind": "utf16CodeUnits",
          "newlineSequences": [
            "\r\n",
            "\n",
            "\r"
          ],
          "results": [
            {
              "ruleId": "acme.free",
              "kind": "fail",
              "level": "warning",
              "message": {
                "text": "`free` is not free"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "ad.txt",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 12,
                      "endLine": 1,
                      "endColumn": 16
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "mktlintFingerprint/v1": "024893ff2c527f2fd94ccb4bdd5c9fc95cdf212740249f46318becff7b23224c"
              },
              "fixes": [
                {
                  "description": {
                    "text": "drop it"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "ad.txt",
                        "uriBaseId": "SRCROOT"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 1,
                            "startColumn": 8,
                            "endLine": 1,
                            "endColumn": 17
                          },
                          "insertedContent": {
                            "text": ""
                          }
                        }
                      ]
                    }
                  ],
                  "properties": {
                    "safe": true
                  }
                }
              ],
              "suppressions": [],
              "properties": {}
            }
          ]
        }
      ]
    }
    "##);
}

#[test]
fn gitlab_of_one_finding() {
    assert_snapshot!(tiny().write(Format::Gitlab), @r##"
    [
      {
        "description": "`free` is not free",
        "check_name": "acme.free",
        "fingerprint": "024893ff2c527f2fd94ccb4bdd5c9fc95cdf212740249f46318becff7b23224c",
        "severity": "minor",
        "location": {
          "path": "ad.txt",
          "lines": {
            "begin": 1,
            "end": 1
          }
        }
      }
    ]
    "##);
}

#[test]
fn rdjson_of_one_finding() {
    assert_snapshot!(tiny().write(Format::Rdjson), @r##"
    {
      "source": {
        "name": "mktlint"
      },
      "diagnostics": [
        {
          "message": "`free` is not free",
          "location": {
            "path": "ad.txt",
            "range": {
              "start": {
                "line": 1,
                "column": 12
              },
              "end": {
                "line": 1,
                "column": 16
              }
            }
          },
          "severity": "WARNING",
          "code": {
            "value": "acme.free"
          },
          "suggestions": [
            {
              "range": {
                "start": {
                  "line": 1,
                  "column": 8
                },
                "end": {
                  "line": 1,
                  "column": 17
                }
              },
              "text": ""
            }
          ]
        }
      ]
    }
    "##);
}

#[test]
fn html_of_one_finding() {
    let page = tiny().write(Format::Html);
    let body = page.get(page.find("<header>").unwrap_or_default()..).unwrap_or_default();
    assert_snapshot!(body, @r##"
    <header><h1>mktlint: 1 warning</h1>
    <p>2 assets judged: 1 warning; 1 fixable with --fix; 1 rule in force</p>
    </header>
    <main>
    <section>
    <h2>ad.txt</h2>
    <article class="warning">
    <h3><b>warning</b> <code>free</code> is not free</h3>
    <p class="at">ad.txt:1:12 <code>acme.free</code></p>
    <pre tabindex="0"><i>   1</i> Get it for <mark>free</mark> now
    </pre>
    <dl>
    <dt>fix</dt><dd>drop it (--fix)</dd>
    </dl>
    <pre tabindex="0" aria-label="change to ad.txt"><del>- Get it for free now</del>
    <ins>+ Get it now</ins>
    </pre>
    </article>
    </section>
    </main>
    </body>
    </html>
    "##);
}

#[test]
fn html_asks_the_network_for_nothing() {
    let page = nasty().write(Format::Html);
    for word in ["<script", "<link", "<img", "url(", "@import", "http:", "https:"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn colours_change_nothing_else() {
    let plain = nasty().write(Format::Pretty);
    let coloured = nasty().write_with(Format::Pretty, Options { color: true, ..Options::default() });
    let mut rest = coloured.as_str();
    let mut stripped = String::new();
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        stripped.push_str(before);
        rest = escape.split_once('m').map_or("", |(_, after)| after);
    }
    stripped.push_str(rest);
    let trimmed: String = stripped.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert_eq!(trimmed, plain);
    assert_ne!(coloured, plain);
}

#[test]
fn hints_and_summary_can_be_left_out() {
    let options = Options { show_fix_hint: false, show_summary: false, ..Options::default() };
    let out = tiny().write_with(Format::Pretty, options);
    assert!(!out.contains("--fix") && !out.contains("judged"), "{out}");
    assert!(out.contains("help: drop it\n"), "{out}");
}

#[test]
fn only_pretty_shows_the_time() {
    let shows_time = |format: &Format| small().write(*format).contains("0.02 s");
    assert_eq!(Format::ALL.into_iter().filter(shows_time).collect::<Vec<_>>(), [Format::Pretty]);
}

#[test]
fn every_format_is_known_by_its_name() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(format));
    }
    assert_eq!("xml".parse::<Format>().unwrap_err().to_string(), "unknown output format `xml`");
}
