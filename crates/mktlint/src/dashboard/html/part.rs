//! Pieces that several sections are made of.

use super::super::chart::Drawing;
use crate::page::{Escaped, Prose, push};
use crate::words::counted;

/// Letters of a cell that is kept on one line: dates, roles, tiers.
const SHORT: usize = 14;

/// A drawing with what it shows, in words, and as a table: its heads and rows, each cell HTML already.
pub fn figure(drawing: &Drawing, label: &str, table: &str, out: &mut String) {
    push!(
        out,
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n",
        Escaped(label)
    );
    out.push_str(&drawing.svg(label));
    push!(out, "</div>\n<details><summary>As a table</summary>\n{table}</details>\n</figure>\n");
}

/// The start of a filter of the list `target`, with a field for words; hidden until the script shows it.
pub fn open_form(target: &str, out: &mut String) {
    push!(out, "<form role=\"search\" data-for=\"{target}\" hidden>\n");
    push!(out, "<label>Words <input type=\"search\" name=\"words\"></label>\n");
}

/// The end of a filter.
pub fn close_form(out: &mut String) {
    push!(out, "<button type=\"reset\">Show all</button>\n<output aria-live=\"polite\"></output>\n</form>\n");
}

/// The start of a table up to its rows, in a box that scrolls by itself.
pub fn open_table(caption: &str, heads: &[&str], out: &mut String) {
    push!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">\n<table>\n",
        Escaped(caption)
    );
    push!(out, "<caption>{}</caption>\n<thead><tr>", Escaped(caption));
    for head in heads {
        push!(out, "<th scope=\"col\">{}</th>", Escaped(head));
    }
    push!(out, "</tr></thead>\n<tbody>\n");
}

/// The end of a table.
pub fn close_table(out: &mut String) {
    push!(out, "</tbody>\n</table>\n</div>\n");
}

/// A table of cells that are nothing but text, what stands between backticks as code.
pub fn table(caption: &str, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::new();
    open_table(caption, heads, &mut out);
    for row in rows {
        push!(out, "<tr>");
        for cell in row {
            let class = if cell.chars().count() <= SHORT { " class=\"short\"" } else { "" };
            push!(out, "<td{class}>{}</td>", Prose(&cell));
        }
        push!(out, "</tr>\n");
    }
    close_table(&mut out);
    out
}

/// What the colours of a drawing stand for: class, sign, words.
pub fn legend(rows: &[(&str, &str, &str)], out: &mut String) {
    push!(out, "<ul class=\"legend\">");
    for (class, sign, words) in rows {
        push!(out, "<li><span class=\"swatch {class}\">{sign}</span>{words}</li>");
    }
    push!(out, "</ul>\n");
}

/// Says that a list was cut, and `how` to see the rest.
pub fn more(n_all: usize, n_shown: usize, what: &str, how: &str, out: &mut String) {
    if let Some(rest) = n_all.checked_sub(n_shown).filter(|rest| *rest > 0) {
        let how =
            if how.is_empty() { String::new() } else { format!("; <code>{}</code> shows all", Escaped(how)) };
        push!(
            out,
            "<p class=\"soft more\">and {} more of {}{how}</p>\n",
            rest,
            Escaped(&counted(n_all, what))
        );
    }
}

/// That there is nothing to show.
pub fn nothing(words: &str, out: &mut String) {
    push!(out, "<p class=\"soft\">{}</p>\n", Escaped(words));
}
