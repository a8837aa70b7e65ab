//! What was done against the plan, one bar per indicator.
//!
//! Meaning: each bar is the value in per cent of its plan, from zero; the black
//! dashed line is the plan. Solid: plan met; hatched: not met (the caller says
//! which, for a smaller value may be the better one). A bar beyond 200 % is cut
//! and its label tells the rest.
//!
//! Absence: no bar. Missing is a hollow mark on the zero line; missing, hidden
//! and not applicable (no plan, or a plan of zero) show their sign as label
//! unless the caller gives words.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_ending};
use super::sheet::{Format, Plot, Sheet};
use super::{Drawing, Head, Value};

/// A chart of bars against a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Bullet {
    /// Title, finding, id.
    pub head: Head,
    /// Above the plan line: `Kế hoạch = 100%`.
    pub plan_label: String,
    /// Above the pairs: `thực hiện / kế hoạch`.
    pub pair_label: String,
    /// The bars, in the order of the caller.
    pub rows: Vec<BulletRow>,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct BulletRow {
    /// Name of the indicator.
    pub label: String,
    /// Per cent of the plan.
    pub percent: Value,
    /// `105,8%`; for an absence empty, or a few words.
    pub percent_label: String,
    /// `127 / 120`; may be empty.
    pub pair: String,
    /// Whether the plan is met.
    pub met: bool,
}

const LONGEST: f64 = 200.0;
const PERCENT: Lettering = Lettering::new(Ink::Strong).end();

impl Bullet {
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
        if format.is_narrow() { self.draw_narrow() } else { self.draw_wide(format) }
    }

    fn draw_wide(&self, format: Format) -> String {
        let names = Names::fit(format, self.rows.iter().map(|row| row.label.as_str()), 230.0);
        let pair = Lettering::new(Ink::Full).end();
        let pair_head = Lettering::new(Ink::Quiet).small().end();
        let pairs = format
            .widest(pair, self.rows.iter().map(|row| row.pair.as_str()))
            .max(format.measure(pair_head, &self.pair_label));
        let (gap, far) = (format.grown(12.0), format.grown(26.0));
        let edge = format.width();
        let percents_end = edge - pairs - if pairs > 0.0 { far } else { 0.0 };
        let bars = names.width + gap..percents_end - self.percent_width(format) - format.grown(20.0);
        // A wall is wider than high: there the rows stand closer, so that their letters can be larger.
        let close = self.rows.len() > if format == Format::Slide { 5 } else { 16 };
        let pitch = if close { 28.0 } else { 36.0 };
        let (top, half) = (format.grown(32.0), format.grown(if self.rows.len() > 16 { 7.0 } else { 9.0 }));
        let heights: Vec<f64> = (0..self.rows.len()).map(|row| names.row_height(format, row, pitch)).collect();
        let floor = top + heights.iter().sum::<f64>().max(format.grown(pitch)) + format.grown(2.0);
        let sheet = Sheet::new(format, floor + format.grown(4.0));
        let plot = sheet.plot(0.0..self.longest(), bars.clone(), 0.0..1.0, top..floor);
        let plan = plot.across(100.0);
        sheet.text(Lettering::new(Ink::Strong).middle(), (plan, format.grown(18.0)), &self.plan_label);
        let plan_end = plan + format.measure(Lettering::new(Ink::Strong).middle(), &self.plan_label) / 2.0;
        let head_start = edge - format.measure(pair_head, &self.pair_label);
        if plan_end + gap <= head_start {
            sheet.text(pair_head, (edge, format.grown(18.0)), &self.pair_label);
        }
        let mut middle = top;
        for (at, row) in self.rows.iter().enumerate() {
            middle += heights[at] / 2.0;
            draw_bar(&sheet, format, &plot, row, (middle - half, middle + half));
            draw_ending(&sheet, format, Lettering::new(Ink::Full), (bars.start - gap, middle), &names.lines[at]);
            sheet.text(PERCENT, (percents_end, middle + format.grown(4.7)), row.percent.shown(&row.percent_label));
            sheet.text(pair, (edge, middle + format.grown(4.7)), &row.pair);
            middle += heights[at] / 2.0;
        }
        sheet.line(Mark::Plan, (plan, format.grown(26.0)), (plan, floor));
        sheet.line(Mark::Axis, (bars.start, top), (bars.start, floor));
        sheet.finish(&self.head, &self.desc())
    }

    /// On a phone the name and the pair stand above the bar.
    fn draw_narrow(&self) -> String {
        let format = Format::Narrow;
        let edge = format.width();
        let pair = Lettering::new(Ink::Quiet).small().end();
        let pairs = format.widest(pair, self.rows.iter().map(|row| row.pair.as_str()));
        let names = Names::fit(format, self.rows.iter().map(|row| row.label.as_str()), edge - pairs - 12.0);
        let bars = 0.5..edge - self.percent_width(format) - 8.0;
        let (top, half) = (32.0, 8.0);
        let heights: Vec<f64> = (0..self.rows.len()).map(|row| names.row_height(format, row, 50.0)).collect();
        let floor = top + heights.iter().sum::<f64>().max(50.0) + 2.0;
        let sheet = Sheet::new(format, floor + 2.0);
        let plot = sheet.plot(0.0..self.longest(), bars.clone(), 0.0..1.0, top..floor);
        let plan = plot.across(100.0);
        sheet.text(Lettering::new(Ink::Strong).middle(), (plan, 18.0), &self.plan_label);
        let mut upper = top;
        for (at, row) in self.rows.iter().enumerate() {
            let bottom = upper + heights[at] - 8.0;
            draw_bar(&sheet, format, &plot, row, (bottom - 2.0 * half, bottom));
            sheet.text(PERCENT, (edge, bottom - 3.5), row.percent.shown(&row.percent_label));
            // Plan and axis at the bar alone: between the bars they would run through names.
            sheet.line(Mark::Plan, (plan, bottom - 2.0 * half - 4.0), (plan, bottom + 4.0));
            sheet.line(Mark::Axis, (bars.start, bottom - 2.0 * half - 2.0), (bars.start, bottom + 2.0));
            upper += heights[at];
        }
        let mut upper = top;
        for (at, row) in self.rows.iter().enumerate() {
            let first = upper + 18.0;
            sheet.lines(Lettering::new(Ink::Full).halo(), (0.0, first), &names.lines[at]);
            sheet.text(pair.halo(), (edge, first), &row.pair);
            upper += heights[at];
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn percent_width(&self, format: Format) -> f64 {
        format.widest(PERCENT, self.rows.iter().map(|row| row.percent.shown(&row.percent_label)))
    }

    fn longest(&self) -> f64 {
        let most = self.rows.iter().filter_map(|row| row.percent.known()).fold(110.0, f64::max);
        most.min(LONGEST)
    }

    fn desc(&self) -> String {
        self.head.desc(self.rows.iter().map(|row| {
            let pair = if row.pair.is_empty() { String::new() } else { format!(" ({})", row.pair) };
            let told = if row.percent_label.is_empty() { row.percent.in_words() } else { &row.percent_label };
            format!("{}: {told}{pair}", row.label)
        }))
    }
}

fn draw_bar(sheet: &Sheet, format: Format, plot: &Plot, row: &BulletRow, (upper, lower): (f64, f64)) {
    match row.percent {
        Value::At(percent) if percent.is_finite() => {
            let mark = if row.met { Mark::Bar } else { Mark::BarHatched };
            let end = plot.across(percent.clamp(0.0, LONGEST));
            if end > plot.across(0.0) {
                sheet.rect(mark, (plot.left(), upper), (end, lower));
            }
            if percent > LONGEST {
                let (near, slant) = (end - format.grown(16.0), format.grown(4.0));
                sheet.line(Mark::Cut, (near - slant, lower + 1.0), (near + slant, upper - 1.0));
            }
        }
        Value::Missing => {
            let radius = format.grown(4.2);
            sheet.circle(Mark::OpenQuiet, (plot.left() + radius + format.grown(4.0), (upper + lower) / 2.0), radius);
        }
        _ => {}
    }
}
