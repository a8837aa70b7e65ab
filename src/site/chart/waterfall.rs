//! A change, taken apart: from one value to another through the parts that add up to it.
//!
//! Meaning: the hollow mark is the earlier value, the solid one the later; each
//! bar begins where the one above ends. Solid: adds; hatched: takes away; grey:
//! all others together. The bars are changes and their lengths compare; the
//! axis they lie on is not drawn and does not begin at zero, each row has its
//! label. The caller sees to it that the parts add up.
//!
//! Absence: what is not released is no row of its own but part of the rest.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_ending};
use super::sheet::{Format, Sheet};
use super::{Drawing, Head};

/// A chart of contributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Title, finding, id.
    pub head: Head,
    /// Name, position and label of the earlier value.
    pub from: (String, f64, String),
    /// Name, position and label of the later value.
    pub to: (String, f64, String),
    /// What each part adds, in the order of the caller.
    pub steps: Vec<Step>,
}

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it adds, in the unit of the positions.
    pub change: f64,
    /// The change as written: `+12`.
    pub label: String,
    /// Whether it is all others together.
    pub rest: bool,
}

const LABEL: Lettering = Lettering::new(Ink::Strong).end();
const END: Lettering = Lettering::new(Ink::Accent).end();

impl Waterfall {
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
        let (limit, gap) = (if format.is_narrow() { 120.0 } else { 230.0 }, format.grown(12.0));
        let all = [self.from.0.as_str()].into_iter().chain(self.steps.iter().map(|step| step.name.as_str()));
        let names = Names::fit(format, all.chain([self.to.0.as_str()]), limit);
        let labels = self.steps.iter().map(|step| step.label.as_str());
        let labels = format.widest(LABEL, labels).max(format.widest(END, [self.from.2.as_str(), self.to.2.as_str()]));
        let across = names.width + gap..(format.width() - labels - gap).max(names.width + gap + 40.0);
        let heights: Vec<f64> = (0..names.lines.len()).map(|row| names.row_height(format, row, 30.0)).collect();
        let top = format.grown(2.0);
        let floor = top + heights.iter().sum::<f64>();
        let sheet = Sheet::new(format, floor + format.grown(2.0));

        let mut ends = vec![self.from.1];
        for step in &self.steps {
            ends.push(ends.last().expect("it begins with the earlier value") + step.change);
        }
        let reached = || ends.iter().chain([&self.to.1]).copied().filter(|at| at.is_finite());
        let (low, high) = (reached().fold(f64::INFINITY, f64::min), reached().fold(f64::NEG_INFINITY, f64::max));
        let air = if high > low { (high - low) * 0.06 } else { 1.0 };
        let plot = sheet.plot(low - air..high + air, across.clone(), 0.0..1.0, top..floor);
        let (half, radius) = (format.grown(9.0), format.grown(5.0));
        let mut middle = top;
        let begin = plot.across(self.from.1);
        sheet.line(Mark::Row, (begin, top + heights[0] / 2.0), (begin, floor));
        for (at, height) in heights.iter().enumerate() {
            middle += height / 2.0;
            let step = at.checked_sub(1).and_then(|at| self.steps.get(at));
            let (end, label) = match step {
                Some(step) => (LABEL, &step.label),
                None => (END, if at == 0 { &self.from.2 } else { &self.to.2 }),
            };
            let name = Lettering::new(if step.is_some() { Ink::Full } else { Ink::Strong });
            draw_ending(&sheet, format, name, (names.width, middle), &names.lines[at]);
            sheet.text(end, (format.width(), middle + format.grown(4.7)), label);
            match step {
                Some(step) => {
                    let (start, stop) = (plot.across(ends[at - 1]), plot.across(ends[at]));
                    let (left, right) = (start.min(stop), start.max(stop));
                    let mark = match step {
                        Step { rest: true, .. } => Mark::BarContext,
                        Step { change, .. } if *change < 0.0 => Mark::BarHatched,
                        _ => Mark::Bar,
                    };
                    if right - left >= 0.2 {
                        sheet.rect(mark, (left, middle - half), (right, middle + half));
                    }
                    let next = middle + height / 2.0 + heights.get(at + 1).map_or(0.0, |next| next / 2.0) - half;
                    sheet.line(Mark::Axis, (stop, middle - half), (stop, next));
                }
                None if at == 0 => {
                    let next = middle + (height + heights.get(1).unwrap_or(height)) / 2.0 - half;
                    sheet.line(Mark::Axis, (begin, middle), (begin, next));
                    sheet.circle(Mark::Open, (begin, middle), radius);
                }
                None => sheet.circle(Mark::Point1, (plot.across(self.to.1), middle), radius + 0.8),
            }
            middle += height / 2.0;
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn desc(&self) -> String {
        let end = |(name, _, label): &(String, f64, String)| format!("{name}: {label}");
        let steps = self.steps.iter().map(|step| format!("{}: {}", step.name, step.label));
        self.head.desc([end(&self.from)].into_iter().chain(steps).chain([end(&self.to)]))
    }
}
