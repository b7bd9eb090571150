//! What is sent when, month by month.

use jiff::civil::Date;

use super::super::data::{Calendar, Dashboard, Day, Month};
use super::part;
use crate::page::{Escaped, Prose, push};

/// The most months.
const MOST: usize = 12;
/// The most campaigns that a day names.
const MOST_NAMED: usize = 12;
/// The most caps that are listed.
const MOST_OVER: usize = 200;

/// The section.
pub fn section(dashboard: &Dashboard, out: &mut String) {
    let calendar = &dashboard.calendar;
    over(calendar, out);
    if calendar.n_undated > 0 {
        push!(out, "<p class=\"soft\">{} messages have no day yet.</p>\n", calendar.n_undated);
    }
    // What is past is shown only as far as there is room.
    let this = dashboard.today.first_of_month();
    let past = calendar.months.iter().filter(|month| month.first < this).count();
    let from = past.min(calendar.months.len().saturating_sub(MOST));
    let shown: Vec<&Month> = calendar.months.iter().skip(from).take(MOST).collect();
    if shown.is_empty() {
        return part::nothing("No campaign says when it is sent.", out);
    }
    let busiest = shown.iter().flat_map(|month| month.days.values()).map(Day::total).max().unwrap_or(1);
    push!(out, "<div class=\"months\">\n");
    shown.iter().for_each(|it| month(it, busiest, dashboard.today, out));
    push!(out, "</div>\n");
    part::more(calendar.months.len(), shown.len(), "month", "", out);
}

fn over(calendar: &Calendar, out: &mut String) {
    if calendar.over.is_empty() {
        return part::nothing("No cap would be broken.", out);
    }
    push!(out, "<h3>Caps that would be broken, or cannot be judged</h3>\n<ul class=\"found\">\n");
    for it in calendar.over.iter().take(MOST_OVER) {
        push!(
            out,
            "<li><b>{}</b> {}<br><small><code>{}</code></small></li>\n",
            Escaped(&it.campaign),
            Prose(&it.message),
            Escaped(&it.rule)
        );
    }
    push!(out, "</ul>\n");
    part::more(calendar.over.len(), MOST_OVER, "cap", "mktlint check", out);
}

fn month(month: &Month, busiest: usize, today: Date, out: &mut String) {
    push!(out, "<table class=\"month\"><caption>{}</caption>\n<thead><tr>", month.first.strftime("%B %Y"));
    for (short, long) in DAYS {
        push!(out, "<th scope=\"col\" abbr=\"{long}\">{short}</th>");
    }
    push!(out, "</tr></thead>\n<tbody>\n");
    for week in weeks(month.first) {
        push!(out, "<tr>");
        for date in week {
            match date {
                Some(date) => cell(date, month.days.get(&date), busiest, today, out),
                None => push!(out, "<td class=\"none\"></td>"),
            }
        }
        push!(out, "</tr>\n");
    }
    push!(out, "</tbody></table>\n");
}

const DAYS: [(&str, &str); 7] = [
    ("M", "Monday"),
    ("T", "Tuesday"),
    ("W", "Wednesday"),
    ("T", "Thursday"),
    ("F", "Friday"),
    ("S", "Saturday"),
    ("S", "Sunday"),
];

/// The weeks of a month from Monday to Sunday; `None` outside of it.
fn weeks(first: Date) -> Vec<[Option<Date>; 7]> {
    let lead = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let days = (1..=first.days_in_month()).map(|day| first.with().day(day).build().ok());
    let cells: Vec<Option<Date>> = std::iter::repeat_n(None, lead).chain(days).collect();
    let week = |chunk: &[Option<Date>]| std::array::from_fn(|at| chunk.get(at).copied().flatten());
    cells.chunks(7).map(week).collect()
}

fn cell(date: Date, day: Option<&Day>, busiest: usize, today: Date, out: &mut String) {
    let is_today = if date == today { " today" } else { "" };
    let Some(day) = day else {
        push!(out, "<td class=\"free{is_today}\"><i>{}</i></td>", date.day());
        return;
    };
    let is_over = if day.is_over { " over" } else { "" };
    // Four shades: more could not be told apart.
    let shade = (day.total() * 4).div_ceil(busiest.max(1)).clamp(1, 4);
    let mut names: Vec<&str> = day.campaigns.iter().take(MOST_NAMED).map(smol_str::SmolStr::as_str).collect();
    if day.campaigns.len() > MOST_NAMED {
        names.push("…");
    }
    let title = format!("{date}: {}", names.join(", "));
    push!(
        out,
        "<td class=\"s{shade}{is_over}{is_today}\" title=\"{}\"><i>{}</i>",
        Escaped(&title),
        date.day()
    );
    for (channel, n) in &day.channels {
        let channel = if channel.is_empty() { "?" } else { channel.as_str() };
        push!(out, "<span>{}&#8239;{n}</span>", Escaped(channel));
    }
    if day.is_over {
        push!(out, "<em>over a cap</em>");
    }
    push!(out, "</td>");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        // 2026-11-01 is a Sunday, and November has 30 days: six weeks, the first with one day.
        let weeks = weeks(date(2026, 11, 1));
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0], [None, None, None, None, None, None, Some(date(2026, 11, 1))]);
        assert_eq!(weeks[5], [Some(date(2026, 11, 30)), None, None, None, None, None, None]);
        assert_eq!(self::weeks(date(2027, 2, 1)).len(), 4);
    }
}
