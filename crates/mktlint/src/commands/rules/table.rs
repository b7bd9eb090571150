//! Rules, a line each.

use crate::catalog::Rule;
use crate::console::Console;
use crate::policies::Policies;

/// Level, name, source, dates and title; as wide as the widest.
pub fn table(rules: &[Rule<'_>], policies: &Policies<'_>, console: &Console) -> String {
    let row = |rule: &Rule<'_>| {
        let level = match rule.level() {
            _ if !rule.is_in_force() => "off",
            Some(level) => level.as_str(),
            None => "-",
        };
        let place = rule.placed.place(rule.placed.item.name_span);
        let source = format!("{}:{}", policies.shown(&place.file), policies.line(&place));
        [level.to_owned(), rule.name().to_owned(), source, rule.dates(), rule.title()]
    };
    let rows: Vec<[String; 5]> = rules.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = String::new();
    for [level, name, source, dates, title] in &rows {
        let name = console.bold(&format!("{name:0$}", widths[1]));
        let mut line = format!("{level:0$}  {name}  {source:1$}  ", widths[0], widths[2]);
        if widths[3] > 0 {
            line.push_str(&format!("{dates:0$}  ", widths[3]));
        }
        line.push_str(title);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
