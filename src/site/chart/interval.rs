//! Units in three groups by name, each with its interval, against a common level.
//!
//! Meaning: the mark is a unit's value, the thick line its 95 % interval, the
//! thin line its 99.8 % interval, the vertical line the level of the whole. The
//! caller computes intervals and groups; within a group units stand by name,
//! never by rank. Only units that differ clearly are blue and pointed.
//!
//! Absence: units without a value are not rows here; the coverage line below
//! the figure names them.

use super::canvas::{Ink, Lettering, Mark};
use super::rows::{Names, draw_centred};
use super::scale::{Measure, Scale};
use super::sheet::{Format, Plot, Sheet};
use super::{Drawing, Head};

/// A chart of intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of values.
    pub measure: Measure,
    /// Level of the whole and its label: `Toàn tỉnh 76,3%`.
    pub reference: Option<(f64, String)>,
    /// Heads of the two columns at the right: `tỷ lệ`, `người`.
    pub columns: [String; 2],
    /// The groups; empty ones are not drawn.
    pub groups: Vec<IntervalGroup>,
}

/// How a group stands to the common level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Higher beyond chance.
    Higher,
    /// Not seen to differ.
    Alike,
    /// Lower beyond chance.
    Lower,
}

/// Units with one stance.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalGroup {
    /// `Cao hơn rõ so với mức chung: 2 đơn vị`.
    pub title: String,
    /// Its stance.
    pub stance: Stance,
    /// Its units, by name.
    pub rows: Vec<IntervalRow>,
}

/// One unit.
#[derive(Clone, Debug, PartialEq)]
pub struct IntervalRow {
    /// Name of the unit.
    pub name: String,
    /// Position of its value.
    pub at: f64,
    /// Ends of the 95 % interval.
    pub thick: (f64, f64),
    /// Ends of the 99.8 % interval.
    pub thin: (f64, f64),
    /// The value as written: `88,7%`.
    pub label: String,
    /// Its parts: `126/142`. Not shown on a phone.
    pub parts: String,
}

const VALUE: Lettering = Lettering::new(Ink::Strong).end();
const PARTS: Lettering = Lettering::new(Ink::Quiet).end();
const COLUMN: Lettering = Lettering::new(Ink::Quiet).small().end();
const TITLE: Lettering = Lettering::new(Ink::Accent).halo();

impl Interval {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// For a slide.
    pub fn slide(&self) -> Drawing {
        Drawing::on_slide(|format| self.draw(format))
    }

    fn groups(&self) -> impl Iterator<Item = &IntervalGroup> {
        self.groups.iter().filter(|group| !group.rows.is_empty())
    }

    fn rows(&self) -> impl Iterator<Item = &IntervalRow> {
        self.groups().flat_map(|group| &group.rows)
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let narrow = format.is_narrow();
        let names = Names::fit(format, self.rows().map(|row| row.name.as_str()), if narrow { 118.0 } else { 210.0 });
        let gap = format.grown(if narrow { 8.0 } else { 22.0 });
        let parts = if narrow {
            0.0
        } else {
            let widest = format.widest(PARTS, self.rows().map(|row| row.parts.as_str()));
            widest.max(format.measure(COLUMN, &self.columns[1])) + gap
        };
        let values = format.widest(VALUE, self.rows().map(|row| row.label.as_str()));
        let values = if narrow { values } else { values.max(format.measure(COLUMN, &self.columns[0])) };
        let values_end = format.width() - parts;
        let across = names.width + gap..(values_end - values - gap).max(names.width + gap + 40.0);

        let scale = self.scale(if narrow { 4 } else { 7 });
        let titles: Vec<Vec<String>> =
            self.groups().map(|group| format.wrap(TITLE, &group.title, format.width())).collect();
        let pitch = if narrow { 25.0 } else { 23.0 };
        let heights: Vec<f64> = (0..names.lines.len()).map(|row| names.row_height(format, row, pitch)).collect();
        let title_height = |lines: &Vec<String>| format.grown(25.0) + format.leading(false) * lines.len() as f64;
        if names.lines.is_empty() {
            let sheet = Sheet::new(format, format.grown(40.0));
            let middle = (format.width() / 2.0, format.grown(24.0));
            sheet.text(Lettering::new(Ink::Quiet).small().middle(), middle, super::NOTHING);
            return sheet.finish(&self.head, &self.desc());
        }
        let top = format.grown(30.0);
        let floor =
            top + heights.iter().sum::<f64>() + titles.iter().map(title_height).sum::<f64>() + format.grown(4.0);
        let sheet = Sheet::new(format, floor + format.grown(26.0));
        let plot = sheet.plot(scale.low..scale.high, across.clone(), 0.0..1.0, top..floor);
        for &tick in &scale.ticks {
            let x = plot.across(tick);
            sheet.line(Mark::Grid, (x, top), (x, floor));
            let label = scale.label(tick, &self.measure);
            sheet.text(Lettering::new(Ink::Quiet).middle(), (x, floor + format.grown(18.0)), &label);
        }
        if let Some((at, label)) = self.reference.as_ref().filter(|(at, _)| at.is_finite()) {
            let x = plot.across(*at);
            sheet.line(Mark::Ref, (x, top - format.grown(6.0)), (x, floor));
            sheet.text(Lettering::new(Ink::Strong).middle(), (x, format.grown(18.0)), label);
            let half = format.measure(Lettering::new(Ink::Strong).middle(), label) / 2.0;
            let free = values_end - format.measure(COLUMN, &self.columns[0]) - format.grown(6.0);
            if !narrow && x + half <= free {
                sheet.text(COLUMN, (values_end, format.grown(18.0)), &self.columns[0]);
            }
        } else if !narrow {
            sheet.text(COLUMN, (values_end, format.grown(18.0)), &self.columns[0]);
        }
        if !narrow {
            sheet.text(COLUMN, (format.width(), format.grown(18.0)), &self.columns[1]);
        }

        let (mut y, mut at) = (top, 0);
        for (group, title) in self.groups().zip(&titles) {
            let differs = group.stance != Stance::Alike;
            let lettering = if differs { TITLE } else { Lettering { ink: Ink::Strong, ..TITLE } };
            sheet.lines(lettering, (0.0, y + format.grown(30.0)), title);
            y += title_height(title);
            sheet.group(if differs { "hi" } else { "lo" }, || {
                for row in &group.rows {
                    let middle = y + heights[at] / 2.0;
                    y += heights[at];
                    sheet.line(Mark::Row, (0.0, y), (format.width(), y));
                    let ink = if differs { Ink::Strong } else { Ink::Full };
                    draw_centred(&sheet, format, Lettering::new(ink), (0.0, middle), &names.lines[at]);
                    draw_interval(&sheet, format, &plot, row, group.stance, middle);
                    let baseline = middle + format.grown(4.7);
                    sheet.text(Lettering { ink, ..VALUE }, (values_end, baseline), &row.label);
                    if !narrow {
                        sheet.text(PARTS, (format.width(), baseline), &row.parts);
                    }
                    at += 1;
                }
            });
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn scale(&self, ticks: usize) -> Scale {
        let ends = self.rows().flat_map(|row| [row.at, row.thin.0, row.thin.1, row.thick.0, row.thick.1]);
        Scale::covering(ends.chain(self.reference.as_ref().map(|(at, _)| *at)), &self.measure, ticks)
    }

    fn desc(&self) -> String {
        let reference = self.reference.iter().map(|(_, label)| label.clone());
        self.head.desc(reference.chain(self.groups().map(|group| {
            let rows: Vec<String> = group
                .rows
                .iter()
                .map(|row| match row.parts.as_str() {
                    "" => format!("{} {}", row.name, row.label),
                    parts => format!("{} {} ({parts})", row.name, row.label),
                })
                .collect();
            format!("{}: {}", group.title, rows.join(", "))
        })))
    }
}

fn draw_interval(sheet: &Sheet, format: Format, plot: &Plot, row: &IntervalRow, stance: Stance, middle: f64) {
    for (mark, (from, to)) in [(Mark::Thin, row.thin), (Mark::Thick, row.thick)] {
        if from.is_finite() && to.is_finite() {
            sheet.line(mark, (plot.across(from), middle), (plot.across(to), middle));
        }
    }
    if !row.at.is_finite() {
        return;
    }
    let radius = format.grown(if format.is_narrow() { 4.6 } else { 5.0 });
    let place = (plot.across(row.at), middle);
    match stance {
        Stance::Higher => sheet.triangle(Mark::Point1, place, radius * 1.1, true),
        Stance::Alike => sheet.circle(Mark::OpenQuiet, place, radius),
        Stance::Lower => sheet.triangle(Mark::Point1, place, radius * 1.1, false),
    }
}
