//! A whole in its parts: bars of 100 %, of at most four parts.
//!
//! Meaning: each bar is all of one place or period, each part its share, in the
//! same order everywhere. Solid, hatched, grey, outlined: readable without
//! colour. The count stands in its part where there is room for it; the key
//! names the parts.
//!
//! Absence: no bar, but the sign, where a part is missing, hidden or not
//! applicable, or the whole is nothing.

use super::canvas::{Ink, Lettering, Mark};
use super::key::Key;
use super::rows::{Names, draw_ending};
use super::sheet::{Format, Sheet};
use super::{Drawing, Head, Value};
use crate::vocabulary::number;

/// A chart of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Title, finding, id.
    pub head: Head,
    /// Names of the parts, first at the left; at most four.
    pub parts: Vec<String>,
    /// The wholes.
    pub rows: Vec<SharesRow>,
}

/// One whole.
#[derive(Clone, Debug, PartialEq)]
pub struct SharesRow {
    /// Its name; may be empty where there is one whole only.
    pub name: String,
    /// A count for each part, or why there is none.
    pub counts: Result<Vec<u32>, Value>,
}

const MARKS: [Mark; 4] = [Mark::Bar, Mark::BarHatched, Mark::BarContext, Mark::BarOpen];
const ON_SOLID: Lettering = Lettering::new(Ink::Inverse).middle();
const ON_OTHER: Lettering = Lettering::new(Ink::Strong).middle().halo();

impl Shares {
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
        let limit = if format.is_narrow() { 104.0 } else { 230.0 };
        let names = Names::fit(format, self.rows.iter().map(|row| row.name.as_str()), limit);
        let left = if names.width > 0.0 { names.width + format.grown(12.0) } else { 0.5 };
        let key = Key::new(format, MARKS.into_iter().zip(self.parts.iter().cloned()));
        let top = key.height + format.grown(10.0);
        let heights: Vec<f64> = (0..self.rows.len()).map(|row| names.row_height(format, row, 36.0)).collect();
        let floor = top + heights.iter().sum::<f64>().max(format.grown(36.0));
        let sheet = Sheet::new(format, floor);
        let across = left..format.width() - 0.5;
        let half = format.grown(12.0);
        key.draw(&sheet, format, 0.0);
        let mut middle = top;
        for (at, row) in self.rows.iter().enumerate() {
            middle += heights[at] / 2.0;
            let name = Lettering::new(Ink::Full);
            draw_ending(&sheet, format, name, (left - format.grown(12.0), middle), &names.lines[at]);
            match row.whole() {
                Ok((counts, whole)) => {
                    let plot = sheet.plot(0.0..whole, across.clone(), 0.0..1.0, middle - half..middle + half);
                    let mut from = 0.0;
                    for (&count, mark) in counts.iter().zip(MARKS).filter(|(count, _)| **count > 0) {
                        let (start, end) = (plot.across(from), plot.across(from + f64::from(count)));
                        sheet.rect(mark, (start, middle - half), (end - format.grown(0.8), middle + half));
                        from += f64::from(count);
                        let label = number::whole(i64::from(count));
                        let lettering = if mark == Mark::Bar { ON_SOLID } else { ON_OTHER };
                        if format.measure(lettering, &label) + format.grown(8.0) <= end - start {
                            sheet.text(lettering, ((start + end) / 2.0, middle + format.grown(4.7)), &label);
                        }
                    }
                }
                Err(absent) => {
                    let place = (left + format.grown(4.0), middle + format.grown(4.7));
                    sheet.text(Lettering::new(Ink::Quiet), place, absent.sign());
                }
            }
            middle += heights[at] / 2.0;
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn desc(&self) -> String {
        self.head.desc(self.rows.iter().map(|row| {
            let told = match row.whole() {
                Ok((counts, _)) => {
                    let parts = counts.iter().zip(&self.parts);
                    parts.map(|(count, name)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
                }
                Err(absent) => absent.in_words().to_owned(),
            };
            if row.name.is_empty() { told } else { format!("{}: {told}", row.name) }
        }))
    }
}

impl SharesRow {
    /// Its counts with their sum; what has nothing to share is not applicable.
    fn whole(&self) -> Result<(&[u32], f64), Value> {
        let counts = self.counts.as_ref().map_err(|absent| *absent)?;
        let whole: f64 = counts.iter().take(MARKS.len()).map(|count| f64::from(*count)).sum();
        if whole > 0.0 { Ok((counts, whole)) } else { Err(Value::NotApplicable) }
    }
}
