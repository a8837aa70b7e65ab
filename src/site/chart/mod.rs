//! Charts: plain numbers and finished Vietnamese labels in, finished SVG strings out.
//!
//! One kind per module. A chart never sees a release: it draws what it is given
//! and so cannot show what was withheld. plotters gives coordinate systems,
//! ticks and shapes; [`canvas`] writes them as SVG with classes for the site's
//! stylesheet (`tongket.css`, and `chart.css` for the few it lacks); [`text`]
//! measures labels with the embedded fonts.
//!
//! A page shows hatched bars only when it holds the pattern [`HATCH`], once.
//! Each chart needs an id that is unique on its page ([`Head::id`]).

pub mod axis;
pub mod bullet;
pub mod canvas;
pub mod columns;
pub mod control;
pub mod dumbbell;
mod ends;
pub mod funnel;
mod ground;
pub mod heat;
pub mod interval;
mod key;
mod labels;
pub mod meter;
pub mod multiples;
pub mod ranked;
mod rows;
pub mod scale;
pub mod shares;
pub mod sheet;
pub mod sparkline;
pub mod squares;
pub mod strip;
pub mod text;
pub mod timeline;
pub mod trend;
pub mod waterfall;

pub use axis::{Group, Periods};
pub use scale::Measure;
pub use sheet::Format;

#[cfg(test)]
mod tests;

/// The pattern of hatched bars: once on each page that has charts, before the first.
pub const HATCH: &str = concat!(
    r#"<svg class="defs" aria-hidden="true" focusable="false"><defs>"#,
    r#"<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
    r#"<rect class="h-bg" width="5" height="5"/><line class="h-ln" x1="1" y1="0" x2="1" y2="5"/>"#,
    r#"</pattern></defs></svg>"#
);

/// Stands in a chart that has an axis but no value.
const NOTHING: &str = "Không có số liệu để vẽ";

/// A chart in its two sizes; the stylesheet shows one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// For desktop and print (760 units), or for a slide (1200 units).
    pub wide: String,
    /// For a phone (340 units).
    pub narrow: String,
}

impl Drawing {
    fn on_page(draw: impl Fn(Format) -> String) -> Self {
        Self { wide: draw(Format::Wide), narrow: draw(Format::Narrow) }
    }

    fn on_slide(draw: impl Fn(Format) -> String) -> Self {
        Self { wide: draw(Format::Slide), narrow: draw(Format::Narrow) }
    }
}

/// What is said of a chart to those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Unique on the page, ASCII; the ids inside the drawings begin with it.
    pub id: String,
    /// What is drawn: indicator, place, period.
    pub title: String,
    /// The finding, as one or two sentences; the chart adds its numbers. May be empty.
    pub summary: String,
}

impl Head {
    /// The description: the finding, then the numbers.
    fn desc(&self, numbers: impl IntoIterator<Item = String>) -> String {
        let numbers: Vec<String> = numbers.into_iter().filter(|part| !part.is_empty()).collect();
        match (self.summary.as_str(), numbers.is_empty()) {
            (summary, true) => summary.to_owned(),
            ("", false) => format!("{}.", numbers.join("; ")),
            (summary, false) => format!("{summary} {}.", numbers.join("; ")),
        }
    }
}

/// Where a value is drawn, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// The position on the value axis, in its unit. For drawing only: what is read is a label.
    At(f64),
    /// Chưa báo cáo: a hollow mark on the axis.
    Missing,
    /// Không công bố: its sign on the axis.
    Hidden,
    /// Không áp dụng: a gap, and its sign where the kind says so.
    NotApplicable,
}

impl Value {
    /// The position, when there is one to draw.
    pub fn known(self) -> Option<f64> {
        match self {
            Value::At(at) if at.is_finite() => Some(at),
            _ => None,
        }
    }

    /// The sign that stands for an absence; empty for a value.
    pub fn sign(self) -> &'static str {
        match self {
            Value::At(_) => "",
            Value::Missing => "…",
            Value::Hidden => "•",
            Value::NotApplicable => "x",
        }
    }

    /// The absence in words, for descriptions; empty for a value.
    pub fn in_words(self) -> &'static str {
        match self {
            Value::At(_) => "",
            Value::Missing => "chưa báo cáo",
            Value::Hidden => "không công bố",
            Value::NotApplicable => "không áp dụng",
        }
    }

    /// The label of a value, or the words for its absence.
    fn told(self, label: &str) -> &str {
        match self {
            Value::At(_) => label,
            _ => self.in_words(),
        }
    }

    /// The label, or the sign when it is empty.
    fn shown(self, label: &str) -> &str {
        if label.is_empty() { self.sign() } else { label }
    }
}

/// One period of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The value or its absence.
    pub value: Value,
    /// The value as written: `76,3%`. Empty for an absence.
    pub label: String,
    /// `sơ bộ` or `ước`: the mark is hollow, and the word stands at the last value.
    pub status: Option<String>,
    /// A few words led to the mark: why there is no value.
    pub note: Option<String>,
}

impl Point {
    /// A final value.
    pub fn at(value: f64, label: impl Into<String>) -> Self {
        Self { value: Value::At(value), label: label.into(), status: None, note: None }
    }

    /// An absence.
    pub fn absent(value: Value) -> Self {
        Self { value, label: String::new(), status: None, note: None }
    }

    /// The same with a status.
    pub fn with_status(self, status: impl Into<String>) -> Self {
        Self { status: Some(status.into()), ..self }
    }

    /// The same with a note.
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

/// The stretches of a series without a gap, as places and values.
fn stretches(values: &[Value]) -> Vec<Vec<(usize, f64)>> {
    let mut stretches: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut open = false;
    for (at, value) in values.iter().enumerate() {
        match value.known() {
            Some(value) if open => stretches.last_mut().expect("an open stretch is there").push((at, value)),
            Some(value) => stretches.push(vec![(at, value)]),
            None => {}
        }
        open = value.known().is_some();
    }
    stretches
}
