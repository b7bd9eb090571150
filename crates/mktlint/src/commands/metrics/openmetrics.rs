//! Figures for Prometheus and whoever reads its format.
//!
//! Source: OpenMetrics 1.0 (github.com/prometheus/OpenMetrics, specification/OpenMetrics.md), "Text format".

use std::fmt::Write as _;

use mktlint_flow::metrics::{DEFINITIONS, Definition, Figure, Measure, Metrics, Unit};

use super::csv::value;

/// All figures that are known, as one exposition. A length of time is a summary in seconds, a share a gauge of 1.
pub fn exposition(metrics: &Metrics) -> String {
    let mut text = String::new();
    for definition in DEFINITIONS {
        let known = metrics.figures.iter().filter(|it| it.name == definition.name && it.measure.is_known());
        let known: Vec<&Figure> = known.collect();
        if !known.is_empty() {
            family(definition, &known, &mut text);
        }
    }
    text.push_str("# EOF\n");
    text
}

fn family(definition: &Definition, figures: &[&Figure], text: &mut String) {
    let (kind, unit) = match definition.unit {
        Unit::Seconds => ("summary", Some("seconds")),
        Unit::Times => ("summary", None),
        Unit::Share => ("gauge", Some("ratio")),
        Unit::PerWeek | Unit::Count => ("gauge", None),
    };
    let suffix = unit.map(|unit| format!("_{unit}")).unwrap_or_default();
    let name = format!("mktlint_{}{suffix}", definition.name);
    let _ = writeln!(text, "# TYPE {name} {kind}");
    if let Some(unit) = unit {
        let _ = writeln!(text, "# UNIT {name} {unit}");
    }
    let _ = writeln!(text, "# HELP {name} {}", escaped(definition.meaning));
    figures.iter().for_each(|figure| samples(&name, figure, text));
}

fn samples(name: &str, figure: &Figure, text: &mut String) {
    let own: Vec<String> =
        figure.labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
    let mut sample = |suffix: &str, quantile: Option<&str>, value: &str| {
        let mut labels = own.clone();
        labels.extend(quantile.map(|quantile| format!("quantile=\"{quantile}\"")));
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(text, "{name}{suffix}{labels} {value}");
    };
    match figure.measure {
        Measure::Spread(None) => {}
        Measure::Spread(Some(spread)) => {
            sample("", Some("0.5"), &spread.median.to_string());
            sample("", Some("0.9"), &spread.p90.to_string());
            sample("_count", None, &spread.n.to_string());
            sample("_sum", None, &spread.sum.to_string());
        }
        measure => sample("", None, &value(measure)),
    }
}

/// A text between quotes, or behind `# HELP`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use mktlint_flow::Pipeline;
    use mktlint_flow::metrics::{Spread, Window};

    use super::*;

    fn metrics(figures: Vec<Figure>) -> Metrics {
        let window = Window { since: None, until: jiff::Timestamp::UNIX_EPOCH };
        Metrics { window, pipeline: Pipeline::default(), figures, targets: Vec::new(), progress: Vec::new() }
    }

    #[test]
    fn an_exposition_is_as_the_specification_has_it() {
        let figures = vec![
            Figure {
                name: "lead_time",
                labels: Vec::new(),
                measure: Measure::Spread(Spread::of(vec![60, 120])),
            },
            Figure { name: "rework_rate", labels: Vec::new(), measure: Measure::Share { part: 0, whole: 0 } },
            Figure {
                name: "tier_share",
                labels: vec![("tier", "a\"b\\c\nd".into())],
                measure: Measure::Share { part: 1, whole: 3 },
            },
        ];
        let expected = "# TYPE mktlint_lead_time_seconds summary\n# UNIT mktlint_lead_time_seconds seconds\n\
            # HELP mktlint_lead_time_seconds from the first stage of the pipeline to the live stage; campaigns that went \
            live in the window\nmktlint_lead_time_seconds{quantile=\"0.5\"} 60\n\
            mktlint_lead_time_seconds{quantile=\"0.9\"} 120\nmktlint_lead_time_seconds_count 2\n\
            mktlint_lead_time_seconds_sum 180\n# TYPE mktlint_tier_share_ratio gauge\n\
            # UNIT mktlint_tier_share_ratio ratio\n\
            # HELP mktlint_tier_share_ratio campaigns of a tier among those that went live in the window\n\
            mktlint_tier_share_ratio{tier=\"a\\\"b\\\\c\\nd\"} 0.3333\n# EOF\n";
        assert_eq!(exposition(&metrics(figures)), expected);
        assert_eq!(exposition(&metrics(Vec::new())), "# EOF\n");
    }
}
