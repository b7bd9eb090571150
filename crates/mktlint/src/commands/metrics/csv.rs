//! Figures as a table for spreadsheets.

use mktlint_flow::metrics::{Definition, Figure, Measure, Metrics, Unit};

use super::decimal::ratio;

const LABELS: [&str; 6] = ["tier", "stage", "channel", "rule", "from", "to"];

/// A row for each figure. Lengths are seconds, shares parts of 1; what is not known is empty.
pub fn table(metrics: &Metrics) -> String {
    let mut text = format!("metric,{},unit,n,value,median,p90,least,greatest\n", LABELS.join(","));
    for figure in &metrics.figures {
        text.push_str(&row(figure));
        text.push('\n');
    }
    text
}

fn row(figure: &Figure) -> String {
    let label = |name: &str| {
        let value = figure.labels.iter().find(|(own, _)| *own == name);
        value.map(|(_, value)| cell(value)).unwrap_or_default()
    };
    let unit = Definition::of(figure.name).map_or("", |definition| word(definition.unit));
    let mut cells = vec![figure.name.to_owned()];
    cells.extend(LABELS.iter().map(|name| label(name)));
    cells.extend([unit.to_owned(), figure.measure.n().to_string()]);
    cells.extend(values(figure.measure));
    cells.join(",")
}

/// The word for a unit in CSV and JSON.
pub const fn word(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Times => "times",
        Unit::Share => "share",
        Unit::PerWeek => "per week",
        Unit::Count => "count",
    }
}

/// Value, median, p90, least and greatest.
fn values(measure: Measure) -> [String; 5] {
    let only = |value: String| [value, String::new(), String::new(), String::new(), String::new()];
    match measure {
        Measure::Spread(None) => only(String::new()),
        Measure::Spread(Some(it)) => {
            let own = [it.median, it.p90, it.least, it.greatest].map(|value| value.to_string());
            let [median, p90, least, greatest] = own;
            [String::new(), median, p90, least, greatest]
        }
        _ => only(value(measure)),
    }
}

/// The one number of a figure that has one: a share of 1, a number in a week, how many. Empty when it is not known.
pub fn value(measure: Measure) -> String {
    match measure {
        _ if !measure.is_known() => String::new(),
        Measure::Spread(_) => String::new(),
        Measure::Share { part, whole } => ratio(part as i128, whole as i128, 4),
        Measure::Rate { count, seconds } => ratio(count as i128 * 604_800, i128::from(seconds), 4),
        Measure::Count(count) => count.to_string(),
    }
}

/// A cell that no spreadsheet takes for a formula and that stays one cell.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn names_stay_cells() {
        assert_eq!(cell("email"), "email");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=cmd()"), "'=cmd()");
    }
}
