//! Units by size against their common level, between the limits of chance.
//!
//! Meaning: each mark is a unit; to the right is larger, up is more. Inside the
//! inner limits chance alone explains where a unit lies; only those beyond the
//! outer limits are blue, pointed and named. The caller computes limits and
//! stances.
//!
//! Absence: units without a value have no mark; the coverage line names them.

use super::canvas::{Ink, Lettering, Mark};
use super::interval::Stance;
use super::labels::{Labels, Room, spread};
use super::scale::{Measure, Scale};
use super::sheet::{At, Format, Plot, Sheet};
use super::{Drawing, Head};

/// A funnel chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of values.
    pub measure: Measure,
    /// The axis of sizes: its unit is what a size counts.
    pub size: Measure,
    /// The common level and its label: `Mức chung 76,3%`.
    pub level: (f64, String),
    /// The limits, inner first.
    pub limits: Vec<Limits>,
    /// The units.
    pub points: Vec<FunnelPoint>,
}

/// Between which values a unit of a size is not singled out.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// `95%`.
    pub label: String,
    /// Size, lower and upper limit, in order of size.
    pub points: Vec<(f64, f64, f64)>,
}

/// One unit.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelPoint {
    /// Its name.
    pub name: String,
    /// Its size.
    pub size: f64,
    /// Its value.
    pub at: f64,
    /// The value as written.
    pub label: String,
    /// How it stands.
    pub stance: Stance,
}

const TICK: Lettering = Lettering::new(Ink::Quiet).end();
const FINE: Lettering = Lettering::new(Ink::Quiet).small();
const LEVEL: Lettering = Lettering::new(Ink::Strong).halo();
const NAME: Lettering = Lettering::new(Ink::Accent).small().halo();

impl Funnel {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// For a slide.
    pub fn slide(&self) -> Drawing {
        Drawing::on_slide(|format| self.draw(format))
    }

    fn known(&self) -> impl Iterator<Item = &FunnelPoint> {
        self.points.iter().filter(|point| point.size.is_finite() && point.at.is_finite())
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let narrow = format.is_narrow();
        let values = self.known().map(|point| point.at).chain([self.level.0]);
        let scale = Scale::covering(
            values.chain(self.shown_limits()),
            &self.measure,
            if narrow || format == Format::Slide { 5 } else { 7 },
        );
        let sizes = Scale::covering(
            self.known().map(|point| point.size),
            &Measure { from_zero: true, ..self.size.clone() },
            if narrow { 4 } else { 8 },
        );
        let labels: Vec<String> = scale.ticks.iter().map(|&tick| scale.label(tick, &self.measure)).collect();
        let left = format.widest(TICK, labels.iter().map(String::as_str)) + format.grown(10.0);
        let beside = format.widest(FINE, self.limits.iter().map(|limits| limits.label.as_str())) + format.grown(8.0);
        let aside = !self.measure.unit.is_empty() && self.measure.unit != "%";
        let top = format.grown(if aside { 30.0 } else { 14.0 });
        let height = match format {
            Format::Slide => 130.0,
            _ if narrow => 250.0,
            _ => 310.0,
        };
        let floor = top + format.grown(height);
        let across = left..(format.width() - beside).max(left + 60.0);
        let sheet = Sheet::new(format, floor + format.grown(46.0));
        let plot = sheet.plot(sizes.low..sizes.high, across.clone(), scale.low..scale.high, top..floor);
        for (tick, label) in scale.ticks.iter().zip(&labels) {
            let down = plot.down(*tick);
            if down < floor - 0.5 {
                sheet.line(Mark::Grid, (across.start, down), (across.end, down));
            }
            sheet.text(TICK, (across.start - format.grown(8.0), down + format.grown(4.7)), label);
        }
        if aside {
            sheet.text(FINE, (0.0, format.grown(11.5)), &self.measure.unit);
        }
        sheet.line(Mark::Axis, (across.start, floor), (across.end, floor));
        for &tick in &sizes.ticks {
            let x = plot.across(tick);
            sheet.text(
                Lettering::new(Ink::Quiet).middle(),
                (x, floor + format.grown(18.0)),
                &sizes.label(tick, &self.size),
            );
        }
        let middle = (across.start + across.end) / 2.0;
        sheet.text(FINE.middle(), (middle, floor + format.grown(38.0)), &self.size.unit);
        if self.known().next().is_none() {
            sheet.text(FINE.middle(), (middle, (top + floor) / 2.0), super::NOTHING);
            return sheet.finish(&self.head, &self.desc());
        }

        let mut room =
            Labels::within(Room { left: across.start, top: top - 8.0, right: format.width(), bottom: floor });
        let level = plot.down(self.level.0);
        let mut ends: Vec<(At, &str)> = Vec::new();
        for (order, limits) in self.limits.iter().enumerate() {
            let mark = if order == 0 { Mark::Break } else { Mark::Context };
            let lines = [true, false].map(|upper| draw_limit(&plot, &mut room, mark, limits, upper, (&sizes, &scale)));
            ends.extend(lines.into_iter().flatten().next().map(|end| (end, limits.label.as_str())));
        }
        let wanted: Vec<f64> = ends.iter().map(|(end, _)| end.1).collect();
        let leading = format.leading(true);
        for (((x, _), label), middle) in ends.iter().zip(spread(&wanted, leading, top, floor - leading)) {
            let (left, width) = (x + format.grown(5.0), format.measure(FINE, label));
            sheet.text(FINE, (left, middle + format.grown(4.0)), label);
            let half = leading / 2.0;
            room.take(Room { left, top: middle - half, right: left + width, bottom: middle + half });
        }
        sheet.line(Mark::Ref, (across.start, level), (across.end, level));
        room.avoid(&[(across.start, level), (across.end, level)]);
        let radius = format.grown(if narrow { 3.6 } else { 4.4 });
        let (plain, differing): (Vec<_>, Vec<_>) = self.known().partition(|point| point.stance == Stance::Alike);
        for point in plain.iter().chain(&differing) {
            let place = plot.at(point.size, point.at);
            match point.stance {
                Stance::Alike => sheet.circle(Mark::OpenQuiet, place, radius),
                Stance::Higher => sheet.triangle(Mark::Point1, place, radius * 1.35, true),
                Stance::Lower => sheet.triangle(Mark::Point1, place, radius * 1.35, false),
            }
            let pad = radius + 1.0;
            let (x, y) = place;
            room.take(Room { left: x - pad, top: y - pad, right: x + pad, bottom: y + pad });
        }
        label_level(&sheet, format, &mut room, &self.level.1, (across.start, across.end), level);
        for point in differing {
            name_beside(&sheet, format, &mut room, &point.name, plot.at(point.size, point.at), radius);
        }
        sheet.finish(&self.head, &self.desc())
    }

    /// The limits at and above the middle size: the wide mouth of the funnel may leave the drawing.
    fn shown_limits(&self) -> Vec<f64> {
        let mut sizes: Vec<f64> = self.known().map(|point| point.size).collect();
        sizes.sort_by(f64::total_cmp);
        let Some(middle) = sizes.get(sizes.len() / 3).copied() else { return Vec::new() };
        let points = self.limits.iter().flat_map(|limits| &limits.points);
        points
            .filter(|(size, ..)| *size >= middle)
            .flat_map(|(_, low, high)| [*low, *high])
            .filter(|at| at.is_finite())
            .collect()
    }

    fn desc(&self) -> String {
        // Of those that nothing is said of, more than these are left to the table.
        const NAMED: usize = 40;
        let told = |stance: Stance, title: &str| {
            let names: Vec<String> = self
                .known()
                .filter(|point| point.stance == stance)
                .map(|point| format!("{} {}", point.name, point.label))
                .collect();
            match names.len() {
                0 => String::new(),
                many if many > NAMED && stance == Stance::Alike => format!("{title}: {many} đơn vị"),
                _ => format!("{title}: {}", names.join(", ")),
            }
        };
        self.head.desc([
            self.level.1.clone(),
            told(Stance::Higher, "cao hơn rõ"),
            told(Stance::Alike, "chưa thấy khác"),
            told(Stance::Lower, "thấp hơn rõ"),
        ])
    }
}

/// Draws one limit where it lies inside the plot, and gives its right end.
fn draw_limit(
    plot: &Plot,
    room: &mut Labels,
    mark: Mark,
    limits: &Limits,
    upper: bool,
    (sizes, scale): (&Scale, &Scale),
) -> Option<At> {
    let inside = |scale: &Scale, value: f64| (scale.low..=scale.high).contains(&value);
    let line = limits.points.iter().map(|&(size, low, high)| (size, if upper { high } else { low }));
    let line: Vec<(f64, f64)> = line.filter(|&(size, value)| inside(sizes, size) && inside(scale, value)).collect();
    if line.len() < 2 {
        return None;
    }
    let drawn: Vec<At> = line.iter().map(|&(x, y)| plot.at(x, y)).collect();
    room.avoid(&drawn);
    plot.path(mark, line);
    drawn.last().copied()
}

/// The label of the level, where nothing lies.
fn label_level(sheet: &Sheet, format: Format, room: &mut Labels, label: &str, (left, right): (f64, f64), level: f64) {
    let width = format.measure(LEVEL, label);
    let (tall, gap) = (format.grown(15.0), format.grown(5.0));
    // At the ends first; the limits are far from the level at the left and near it at the right.
    let free = (right - left - width - 2.0 * gap).max(0.0);
    let along = [1.0, 0.0, 0.5, 0.25, 0.75, 0.125, 0.375].map(|share| left + gap + share * free);
    let lifts = [0.0, 6.0, 14.0, 24.0].map(|lift| format.grown(lift));
    let places: Vec<Room> = lifts
        .into_iter()
        .flat_map(|lift| along.into_iter().map(move |x| (x, lift)))
        .flat_map(|(x, lift)| [(x, level - gap - lift), (x, level + gap + tall + lift)])
        .map(|(x, bottom)| Room { left: x, top: bottom - tall, right: x + width, bottom })
        .collect();
    if let Some(best) = room.place(&places) {
        sheet.text(LEVEL, (places[best].left, places[best].bottom - format.grown(3.0)), label);
    }
}

/// A name beside its mark, where nothing lies; left out where there is no room (the table has it).
fn name_beside(sheet: &Sheet, format: Format, room: &mut Labels, name: &str, (x, y): At, radius: f64) {
    let width = format.measure(NAME, name);
    let (half, gap) = (format.grown(7.0), radius + format.grown(5.0));
    let places: Vec<Room> = [
        (x + gap, y),
        (x - gap - width, y),
        (x - width / 2.0, y - gap - half),
        (x - width / 2.0, y + gap + half),
        (x + gap, y - half * 1.4),
        (x + gap, y + half * 1.4),
        (x - gap - width, y - half * 1.4),
        (x - gap - width, y + half * 1.4),
    ]
    .into_iter()
    .map(|(left, middle)| Room { left, top: middle - half, right: left + width, bottom: middle + half })
    .collect();
    if let Some(best) = room.place(&places) {
        sheet.text(NAME, (places[best].left, places[best].bottom - format.grown(3.0)), name);
    }
}
