//! Two periods, unit by unit: where each was and where each is.
//!
//! Meaning: hollow is the earlier value, solid the later; the row ends with the
//! change as written. Rows whose change is clear beyond chance carry a verdict
//! and are blue; the order is the caller's (by change).
//!
//! Absence: a unit without both values is not a row; the line below the figure
//! names it.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_centred};
use super::scale::{Measure, Scale};
use super::sheet::{Format, Plot, Sheet};
use super::{Drawing, Head};

/// A chart of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Dumbbell {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of values.
    pub measure: Measure,
    /// The two periods: `Năm 2028`, `Năm 2029`.
    pub periods: [String; 2],
    /// Unit of the change: `điểm phần trăm`; on a phone the second, `điểm %`.
    pub change_unit: [String; 2],
    /// The units.
    pub rows: Vec<DumbbellRow>,
}

/// One unit.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellRow {
    /// Name of the unit.
    pub name: String,
    /// Earlier value and its label.
    pub before: (f64, String),
    /// Later value and its label.
    pub after: (f64, String),
    /// The change as written: `+16,5`.
    pub change: String,
    /// `Tăng rõ rệt`; `None` when it may be chance.
    pub verdict: Option<String>,
}

const CHANGE: Lettering = Lettering::new(Ink::Strong).end();
const HEADS: [Lettering; 2] = [Lettering::new(Ink::Quiet).middle(), Lettering::new(Ink::Accent).middle()];
const VERDICT: Lettering = Lettering::new(Ink::Full).small().end();
const UNIT: Lettering = Lettering::new(Ink::Quiet).small().end();

impl Dumbbell {
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
        let limit = if narrow { 118.0 } else { 200.0 };
        let names = Names::fit(format, self.rows.iter().map(|row| row.name.as_str()), limit);
        let changes = format.widest(CHANGE, self.rows.iter().map(|row| row.change.as_str()));
        let verdicts = format.widest(VERDICT, self.rows.iter().filter_map(|row| row.verdict.as_deref()));
        let verdicts = if narrow || verdicts == 0.0 { 0.0 } else { verdicts + format.grown(14.0) };
        // Values stand outside the two marks of a row that carries a verdict.
        let outside = if narrow { 8.0 } else { format.grown(46.0) };
        let gap = format.grown(if narrow { 6.0 } else { 0.0 });
        let across = names.width + gap + outside..format.width() - changes - verdicts - gap - outside;
        let across = across.start..across.end.max(across.start + 40.0);

        let scale = self.scale(if narrow { 4 } else { 7 });
        let pitch = if narrow { 26.0 } else { 24.0 };
        let heights: Vec<f64> = (0..self.rows.len()).map(|row| names.row_height(format, row, pitch)).collect();
        let stacked = self.heads_are_stacked(format);
        let top = format.grown(if stacked { 58.0 } else { 40.0 });
        let floor = top + heights.iter().sum::<f64>() + format.grown(2.0);
        let sheet = Sheet::new(format, floor + format.grown(26.0));
        let plot = sheet.plot(scale.low..scale.high, across.clone(), 0.0..1.0, top..floor);
        for &tick in &scale.ticks {
            let x = plot.across(tick);
            sheet.line(Mark::Grid, (x, top), (x, floor));
            let label = scale.label(tick, &self.measure);
            sheet.text(Lettering::new(Ink::Quiet).middle(), (x, floor + format.grown(18.0)), &label);
        }
        self.draw_heads(&sheet, format, &plot, top - format.grown(10.0), stacked);
        let mut y = top;
        for (at, row) in self.rows.iter().enumerate() {
            let middle = y + heights[at] / 2.0;
            y += heights[at];
            sheet.group(if row.verdict.is_some() { "hi" } else { "lo" }, || {
                sheet.line(Mark::Row, (0.0, y), (format.width(), y));
                let ink = if row.verdict.is_some() { Ink::Strong } else { Ink::Full };
                draw_centred(&sheet, format, Lettering::new(ink), (0.0, middle), &names.lines[at]);
                draw_pair(&sheet, format, &plot, row, middle);
                let baseline = middle + format.grown(4.7);
                sheet.text(Lettering { ink, ..CHANGE }, (format.width(), baseline), &row.change);
                if let Some(verdict) = row.verdict.as_ref().filter(|_| !narrow) {
                    sheet.text(VERDICT, (format.width() - changes - format.grown(14.0), baseline), verdict);
                }
            });
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn scale(&self, ticks: usize) -> Scale {
        Scale::covering(self.rows.iter().flat_map(|row| [row.before.0, row.after.0]), &self.measure, ticks)
    }

    /// Whether the two periods and the unit of change are too long for one line.
    fn heads_are_stacked(&self, format: Format) -> bool {
        let heads: f64 = HEADS.iter().zip(&self.periods).map(|(head, period)| format.measure(*head, period)).sum();
        heads + format.measure(UNIT, self.unit(format)) + format.grown(22.0) > format.width()
    }

    fn unit(&self, format: Format) -> &str {
        &self.change_unit[usize::from(format.is_narrow())]
    }

    /// The two periods above the marks of the first row, moved apart until they leave each
    /// other room, or one above the other.
    fn draw_heads(&self, sheet: &Sheet, format: Format, plot: &Plot, baseline: f64, stacked: bool) {
        sheet.text(UNIT, (format.width(), baseline), self.unit(format));
        let Some(first) = self.rows.first() else { return };
        let mut places = [plot.across(first.before.0), plot.across(first.after.0)];
        let halves: Vec<f64> =
            HEADS.iter().zip(&self.periods).map(|(head, period)| format.measure(*head, period) / 2.0).collect();
        let edge = format.width() - format.measure(UNIT, self.unit(format)) - format.grown(12.0);
        let mut baselines = [baseline, baseline];
        if stacked {
            baselines[0] -= format.grown(18.0);
            places[1] = places[1].min(edge - halves[1]);
        } else {
            let apart = halves[0] + halves[1] + format.grown(10.0);
            let (left, right) = if places[0] <= places[1] { (0, 1) } else { (1, 0) };
            let lack = (apart - (places[right] - places[left])).max(0.0);
            places[right] = (places[right] + lack / 2.0).min(edge - halves[right]);
            places[left] = (places[left] - lack / 2.0).min(places[right] - apart).max(halves[left]);
            places[right] = places[right].max(places[left] + apart);
        }
        for (at, period) in self.periods.iter().enumerate() {
            sheet.text(HEADS[at], (places[at], baselines[at]), period);
        }
    }

    fn desc(&self) -> String {
        self.head.desc(self.rows.iter().map(|row| {
            let verdict = row.verdict.as_ref().map_or(String::new(), |verdict| format!(" ({verdict})"));
            format!("{}: từ {} đến {}, {}{verdict}", row.name, row.before.1, row.after.1, row.change)
        }))
    }
}

fn draw_pair(sheet: &Sheet, format: Format, plot: &Plot, row: &DumbbellRow, middle: f64) {
    if !row.before.0.is_finite() || !row.after.0.is_finite() {
        return;
    }
    let (before, after) = (plot.across(row.before.0), plot.across(row.after.0));
    sheet.line(Mark::Stem, (before, middle), (after, middle));
    sheet.circle(Mark::OpenQuiet, (before, middle), format.grown(4.6));
    sheet.circle(Mark::Point1, (after, middle), format.grown(5.0));
    if row.verdict.is_none() || format.is_narrow() {
        return;
    }
    let (gap, baseline) = (format.grown(11.0), middle + format.grown(4.7));
    let (first, second) = (Lettering::new(Ink::Plain).halo(), Lettering::new(Ink::Strong).halo());
    if before <= after {
        sheet.text(first.end(), (before - gap, baseline), &row.before.1);
        sheet.text(second, (after + gap, baseline), &row.after.1);
    } else {
        sheet.text(first, (before + gap, baseline), &row.before.1);
        sheet.text(second.end(), (after - gap, baseline), &row.after.1);
    }
}
