//! One series between the limits of its own ordinary variation.
//!
//! Meaning: the middle line is the mean, the outer lines the limits. Points that
//! a rule marks are blue and bear their value (of many only the ends and the
//! extremes); all others are hollow. The line may begin above zero and then says so.
//!
//! Absence: a period without a comparable figure is a gap, and the line breaks.

use std::collections::BTreeSet;

use super::axis::Periods;
use super::canvas::{Ink, Lettering, Mark};
use super::ground::Ground;
use super::labels::{Labels, Room, spread};
use super::scale::Measure;
use super::sheet::{Format, Plot, Sheet};
use super::{Drawing, Head, Value, stretches};

/// A control chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of time.
    pub periods: Periods,
    /// The axis of values.
    pub measure: Measure,
    /// Centre line and its label.
    pub centre: (f64, String),
    /// The limits that are drawn, with their labels.
    pub limits: Vec<(f64, String)>,
    /// Whether the limits are on trial: then they are dotted.
    pub trial: bool,
    /// One point for each period; fewer when the rest lies ahead.
    pub points: Vec<ControlPoint>,
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlPoint {
    /// The value, or that there is none.
    pub value: Value,
    /// The value as written.
    pub label: String,
    /// Whether a rule marks it.
    pub marked: bool,
}

const EDGE: Lettering = Lettering::new(Ink::Plain).small();
const MARKED: Lettering = Lettering::new(Ink::Accent).small().halo();

impl Control {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let narrow = format.is_narrow();
        let known = self.points.iter().filter_map(|point| point.value.known());
        let lines = || [&self.centre].into_iter().chain(&self.limits).filter(|(at, _)| at.is_finite());
        let values = known.chain(lines().map(|(at, _)| *at));
        let ground = Ground::covering(format, &self.periods, &self.measure, values);
        let left = ground.left();
        let wrap = format.grown(if narrow { 74.0 } else { 150.0 });
        let edges: Vec<(f64, Vec<String>)> = lines().map(|(at, label)| (*at, format.wrap(EDGE, label, wrap))).collect();
        let beside =
            format.widest(EDGE, edges.iter().flat_map(|(_, lines)| lines).map(String::as_str)) + format.grown(10.0);
        let across = left..(format.width() - beside).max(left + 60.0);
        let top = format.grown(if ground.has_unit_above() { 32.0 } else { 18.0 });
        let floor = top + format.grown(if narrow { 210.0 } else { 250.0 });
        let (sheet, plot) = ground.draw(across.clone(), top..floor);
        if ground.is_empty() {
            return sheet.finish(&self.head, &self.desc());
        }
        for (at, _) in &self.limits {
            let mark = if self.trial { Mark::Break } else { Mark::Context };
            sheet.line(mark, (across.start, plot.down(*at)), (across.end, plot.down(*at)));
        }
        sheet.line(Mark::Ref, (across.start, plot.down(self.centre.0)), (across.end, plot.down(self.centre.0)));
        let leading = format.leading(true);
        let tall = leading * edges.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1) as f64 + 2.0;
        let wanted: Vec<f64> = edges.iter().map(|(at, _)| plot.down(*at)).collect();
        for ((_, lines), middle) in edges.iter().zip(spread(&wanted, tall, top, floor - tall / 2.0)) {
            let first = middle + format.grown(4.3) - leading * (lines.len() - 1) as f64 / 2.0;
            sheet.lines(EDGE, (across.end + format.grown(8.0), first), lines);
        }
        self.draw_points(&sheet, format, &plot, (across.start, across.end, top, floor));
        sheet.finish(&self.head, &self.desc())
    }

    fn draw_points(&self, sheet: &Sheet, format: Format, plot: &Plot, (left, right, top, floor): (f64, f64, f64, f64)) {
        let mut room = Labels::within(Room { left, top: top - format.grown(14.0), right, bottom: floor });
        for (at, _) in [&self.centre].into_iter().chain(&self.limits).filter(|(at, _)| at.is_finite()) {
            room.avoid(&[(left, plot.down(*at)), (right, plot.down(*at))]);
        }
        let values: Vec<Value> = self.points.iter().take(self.periods.len()).map(|point| point.value).collect();
        for stretch in stretches(&values).into_iter().filter(|stretch| stretch.len() > 1) {
            let line: Vec<(f64, f64)> = stretch.iter().map(|&(at, value)| (at as f64 + 0.5, value)).collect();
            room.avoid(&line.iter().map(|&(x, y)| plot.at(x, y)).collect::<Vec<_>>());
            plot.path(Mark::Line1, line);
        }
        let radius = format.grown(if format.is_narrow() { 3.2 } else { 4.2 });
        let marks: Vec<(usize, &ControlPoint, f64)> = self
            .points
            .iter()
            .take(self.periods.len())
            .enumerate()
            .filter_map(|(at, point)| Some((at, point, point.value.known()?)))
            .collect();
        for (at, point, value) in &marks {
            let (x, y) = plot.at(*at as f64 + 0.5, *value);
            match point.marked {
                true => sheet.circle(Mark::Point1, (x, y), radius * 1.3),
                false => sheet.circle(Mark::OpenQuiet, (x, y), radius),
            }
            let pad = radius * 1.3 + 1.0;
            room.take(Room { left: x - pad, top: y - pad, right: x + pad, bottom: y + pad });
        }
        for (at, point, value) in named(&marks) {
            let (x, y) = plot.at(*at as f64 + 0.5, *value);
            let half = format.measure(MARKED, &point.label) / 2.0;
            let (tall, gap) = (format.grown(14.0), radius * 1.3 + format.grown(4.0));
            let sides = [x - half, x + gap, x - gap - 2.0 * half];
            let beside = sides[1..].iter().map(|left| (*left, y - tall / 2.0));
            // Further away where the line or a limit passes.
            let apart = [0.0, 7.0, 14.0, 21.0].into_iter().map(|away| format.grown(away)).flat_map(|away| {
                sides.into_iter().flat_map(move |left| [(left, y - gap - tall - away), (left, y + gap + away)])
            });
            let over = [(x - half, y - gap - tall), (x - half, y + gap)];
            let places: Vec<Room> = (over.into_iter().chain(beside).chain(apart))
                .map(|(left, top)| Room { left, top, right: left + 2.0 * half, bottom: top + tall })
                .collect();
            if let Some(best) = room.place(&places) {
                sheet.text(MARKED, (places[best].left, places[best].bottom - format.grown(3.0)), &point.label);
            }
        }
    }

    fn desc(&self) -> String {
        let lines = [&self.centre].into_iter().chain(&self.limits).map(|(_, label)| label.clone());
        let points = self.points.iter().take(self.periods.len()).enumerate().map(|(at, point)| {
            let mark = if point.marked { " (có tín hiệu)" } else { "" };
            format!("{}: {}{mark}", self.periods.name(at), point.value.told(&point.label))
        });
        self.head.desc(lines.chain(points))
    }
}

/// The marked points that bear their value: more than a few would be a thicket, so then the ends and the extremes.
fn named<'m, 'p>(marks: &'m [(usize, &'p ControlPoint, f64)]) -> Vec<&'m (usize, &'p ControlPoint, f64)> {
    const FEW: usize = 8;
    let marked: Vec<_> = marks.iter().filter(|(_, point, _)| point.marked).collect();
    if marked.len() <= FEW {
        return marked;
    }
    let by_value = |a: &usize, b: &usize| marked[*a].2.total_cmp(&marked[*b].2);
    let extremes = [(0..marked.len()).min_by(by_value), (0..marked.len()).max_by(by_value)];
    let ends = [Some(marked.len() - 1), Some(0)];
    let chosen: BTreeSet<usize> = ends.into_iter().chain(extremes).flatten().collect();
    chosen.into_iter().map(|at| marked[at]).collect()
}
