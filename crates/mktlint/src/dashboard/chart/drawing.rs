//! A drawing: marks on a plane, written as SVG.

use std::fmt;

use crate::page::Escaped;

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One mark. Positions are pixels from the left and the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A rectangle with words that show when a pointer rests on it.
    Rect {
        /// Left edge.
        x: i32,
        /// Upper edge.
        y: i32,
        /// Width.
        width: i32,
        /// Height.
        height: i32,
        /// The class that colours it.
        class: &'static str,
        /// What it stands for.
        title: String,
    },
    /// A circle.
    Dot {
        /// Its centre.
        x: i32,
        /// Its centre.
        y: i32,
        /// Its radius.
        radius: i32,
        /// The class that colours it.
        class: &'static str,
        /// What it stands for.
        title: String,
    },
    /// A line.
    Line {
        /// One end.
        from: (i32, i32),
        /// The other.
        to: (i32, i32),
        /// The class that colours it.
        class: &'static str,
    },
    /// A text.
    Text {
        /// Where its anchor stands.
        x: i32,
        /// Its base line.
        y: i32,
        /// Which end stands there.
        anchor: Anchor,
        /// The class that colours it.
        class: &'static str,
        /// The words.
        text: String,
    },
}

/// Marks on a plane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// What is on it, from back to front.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// Adds words.
    pub fn text(&mut self, (x, y): (i32, i32), anchor: Anchor, class: &'static str, text: impl Into<String>) {
        self.marks.push(Mark::Text { x, y, anchor, class, text: text.into() });
    }

    /// Adds a line.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), class: &'static str) {
        self.marks.push(Mark::Line { from, to, class });
    }

    /// The drawing as SVG that is called `label` by whoever cannot see it.
    pub fn svg(&self, label: &str) -> String {
        let Self { width, height, marks } = self;
        let mut out = format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\n",
            Escaped(label)
        );
        for mark in marks {
            out.push_str(&format!("{mark}\n"));
        }
        out.push_str("</svg>\n");
        out
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rect { x, y, width, height, class, title } => {
                write!(
                    f,
                    "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\">"
                )?;
                write!(f, "<title>{}</title></rect>", Escaped(title))
            }
            Self::Dot { x, y, radius, class, title } => {
                write!(f, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\">")?;
                write!(f, "<title>{}</title></circle>", Escaped(title))
            }
            Self::Line { from: (x1, y1), to: (x2, y2), class } => {
                write!(f, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>")
            }
            Self::Text { x, y, anchor, class, text } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                write!(
                    f,
                    "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
                    Escaped(text)
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_mark_is_markup() {
        let mut drawing = Drawing { width: 10, height: 5, ..Drawing::default() };
        drawing.text((1, 2), Anchor::End, "label", "</text><script>");
        drawing.marks.push(Mark::Rect {
            x: 0,
            y: 1,
            width: 2,
            height: 3,
            class: "error",
            title: "a & \"b\"".into(),
        });
        assert_eq!(
            drawing.svg("x\"y"),
            "<svg viewBox=\"0 0 10 5\" width=\"10\" height=\"5\" role=\"img\" aria-label=\"x&quot;y\">\n\
             <text class=\"label\" x=\"1\" y=\"2\" text-anchor=\"end\">&lt;/text&gt;&lt;script&gt;</text>\n\
             <rect class=\"error\" x=\"0\" y=\"1\" width=\"2\" height=\"3\"><title>a &amp; &quot;b&quot;</title></rect>\n\
             </svg>\n"
        );
    }
}
