//! Amounts by name as horizontal bars.
//!
//! Meaning: how much of one count each unit or each rule has, from zero, in the
//! order of the caller (units by name or by count; never numbered). One row may
//! be ours: then it alone is blue. A reference line may show a level.
//!
//! Absence: no bar. Missing is a hollow mark on the zero line; missing, hidden
//! and not applicable show their sign as label.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_ending};
use super::scale::{Measure, Scale};
use super::sheet::{Format, Sheet};
use super::{Drawing, Head, Value};

/// A chart of horizontal bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of values; it is not drawn, for each bar has its label.
    pub measure: Measure,
    /// A level and its label: `Trung vị 12`.
    pub reference: Option<(f64, String)>,
    /// The bars.
    pub rows: Vec<RankedRow>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedRow {
    /// Name.
    pub name: String,
    /// Its length.
    pub value: Value,
    /// The value as written; empty for an absence.
    pub label: String,
    /// Whether it is the one the page is about.
    pub ours: bool,
}

impl Ranked {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// For a slide.
    pub fn slide(&self) -> Drawing {
        Drawing::on_slide(|format| self.draw(format))
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let narrow = format.is_narrow();
        let limit = if narrow { 128.0 } else { 260.0 };
        let names = Names::fit(format, self.rows.iter().map(|row| row.name.as_str()), limit);
        let strong = Lettering::new(Ink::Strong).halo();
        let labels = format.widest(strong, self.rows.iter().map(|row| row.value.shown(&row.label)));
        let gap = format.grown(if narrow { 8.0 } else { 12.0 });
        let bars = names.width + gap..format.width() - labels - format.grown(10.0);
        let bars = bars.start..bars.end.max(bars.start + 30.0);
        let base = if self.rows.len() > 16 { 22.0 } else { 27.0 };
        let heights: Vec<f64> = (0..self.rows.len()).map(|row| names.row_height(format, row, base)).collect();
        let top = format.grown(if self.reference.is_some() { 28.0 } else { 4.0 });
        let floor = top + heights.iter().sum::<f64>().max(format.grown(base));
        let sheet = Sheet::new(format, floor + format.grown(4.0));

        let known = self.rows.iter().filter_map(|row| row.value.known());
        let level = self.reference.as_ref().map(|(at, _)| *at);
        let most = Scale::covering(known.chain(level), &Measure { from_zero: true, ..self.measure.clone() }, 5);
        let longest = self.rows.iter().filter_map(|row| row.value.known()).chain(level).fold(0.0, f64::max);
        let plot = sheet.plot(0.0..if longest > 0.0 { longest } else { most.high }, bars.clone(), 0.0..1.0, top..floor);
        let highlights = self.rows.iter().any(|row| row.ours);
        let half = format.grown(base * 0.29);
        let mut middle = top;
        let mut labelled = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            middle += heights[at] / 2.0;
            let ink = if row.ours { Ink::Strong } else { Ink::Full };
            draw_ending(&sheet, format, Lettering::new(ink), (bars.start - gap, middle), &names.lines[at]);
            let mut end = bars.start;
            match row.value {
                Value::At(value) if value.is_finite() => {
                    end = plot.across(value.max(0.0));
                    if end > plot.across(0.0) {
                        let mark = if highlights && !row.ours { Mark::BarContext } else { Mark::Bar };
                        sheet.rect(mark, (bars.start, middle - half), (end, middle + half));
                    }
                }
                Value::Missing => {
                    let radius = format.grown(4.2);
                    end += radius * 2.0 + format.grown(4.0);
                    sheet.circle(Mark::OpenQuiet, (end - radius, middle), radius);
                }
                _ => {}
            }
            labelled.push((row, ink, (end + format.grown(6.0), middle + format.grown(4.7))));
            middle += heights[at] / 2.0;
        }
        if let Some((level, label)) = self.reference.as_ref().filter(|(at, _)| at.is_finite()) {
            let x = plot.across(level.max(0.0));
            sheet.line(Mark::Ref, (x, top - format.grown(4.0)), (x, floor));
            sheet.text(Lettering::new(Ink::Strong).middle(), (x, format.grown(16.0)), label);
        }
        sheet.line(Mark::Axis, (bars.start, top), (bars.start, floor));
        for (row, ink, place) in labelled {
            sheet.text(Lettering { ink, ..strong }, place, row.value.shown(&row.label));
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn desc(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("{}: {}", row.name, row.value.told(&row.label)));
        self.head.desc(self.reference.iter().map(|(_, label)| label.clone()).chain(rows))
    }
}
