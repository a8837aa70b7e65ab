//! A line over periods, against a plan.
//!
//! Meaning: how one quantity moved, for one place (with a plan and a context
//! line) or for up to four. Values in the unit of the [`Measure`]. The line may
//! begin above zero and then says so.
//!
//! Absence: the line breaks. Missing is a hollow mark on the axis, hidden `•`
//! and not applicable `x` above it; periods after the last point stay empty. A
//! provisional value is hollow and told so at the end.

use super::axis::Periods;
use super::canvas::{Ink, Lettering, Mark};
use super::ends::{self, EndName};
use super::ground::{FINE, Ground};
use super::labels::{Labels, Room};
use super::scale::Measure;
use super::sheet::{At, Format, Plot, Sheet};
use super::{Drawing, Head, Point, Value, stretches};

/// A line chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of time.
    pub periods: Periods,
    /// The axis of values.
    pub measure: Measure,
    /// One to four series; the first is ours. More are not drawn.
    pub series: Vec<Series>,
    /// A thin grey line to compare with.
    pub context: Option<Series>,
    /// The plan, black and dashed.
    pub plan: Option<Plan>,
    /// Whether a dotted line shows the pace still needed, from our last value to the last plan.
    pub pace: bool,
    /// Dates at which figures before and after are not comparable.
    pub breaks: Vec<Break>,
}

/// A named line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name at its end: `Toàn tỉnh`.
    pub name: String,
    /// One point for each period from the first; fewer when the rest lies ahead.
    pub points: Vec<Point>,
}

/// The plan by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// `Kế hoạch`.
    pub name: String,
    /// For each group of periods the planned value and its label; `None` where there is no plan.
    /// Drawn as steps over quarters, as a line over years.
    pub steps: Vec<Option<(f64, String)>>,
}

/// A date at which a series breaks (sắp xếp đơn vị, đổi cách tính).
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// In periods from the left edge: 2.0 is where the third period begins.
    pub at: f64,
    /// `01/9/2027: thành phường`.
    pub label: String,
}

const LINES: [Mark; 4] = [Mark::Line1, Mark::Line2, Mark::Line3, Mark::Line4];
const POINTS: [Mark; 4] = [Mark::Point1, Mark::Point2, Mark::Point3, Mark::Point4];

impl Trend {
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
        let ground = Ground::covering(format, &self.periods, &self.measure, self.values());
        let many = self.series.len() > 1 || self.context.is_some();
        let ends = if many { self.end_names(format) } else { Vec::new() };
        let plan_at_edge = if many || format.is_narrow() { None } else { self.last_plan() };
        let left = ground.left();
        let beside = match &plan_at_edge {
            _ if many => ends.iter().map(|end| end.width).fold(0.0, f64::max) + format.grown(15.0),
            Some((name, label)) => {
                format.widest(Lettering::new(Ink::Strong), [name.as_str(), label.as_str()]) + format.grown(9.0)
            }
            None => 0.0,
        };
        // What stands at the end of the lines may use the empty periods after them.
        let reach = self.reach();
        let wide = ((format.width() - left - beside) / reach).min(format.width() - left - format.grown(14.0));
        let across = left..left + wide.max(60.0);

        let breaks = format.leading(true) * self.breaks.len() as f64;
        let top = format.grown(22.0) + breaks + if ground.has_unit_above() { format.grown(12.0) } else { 0.0 };
        let tall = format.grown(match (ground.is_empty(), format.is_narrow()) {
            (true, _) => 56.0,
            (false, true) => 226.0,
            // A wall is wider than high.
            (false, false) if format == Format::Slide => 204.0,
            (false, false) if many => 256.0,
            (false, false) => 292.0,
        });
        // Long names of several series may need more height than the lines.
        let tall = tall.max(ends::gap(format, &ends) * ends.len() as f64);
        let floor = top + tall;
        let (sheet, plot) = ground.draw(across.clone(), top..floor);

        let mut room = Labels::within(Room {
            left: across.start - format.grown(6.0),
            top: top - format.grown(18.0),
            right: if plan_at_edge.is_some() || many { across.start + wide * reach } else { format.width() },
            bottom: floor - format.grown(2.0),
        });
        self.draw_breaks(&sheet, format, &plot, &mut room, (top, floor), breaks);
        self.draw_lines(&sheet, format, &plot, &mut room);
        if many {
            ends::draw(&sheet, format, &plot, &ends, across.start + wide * reach, (top, floor));
            self.draw_plan_inside(&sheet, format, &plot, &mut room);
            self.draw_notes(&sheet, format, &plot, &mut room);
        } else {
            self.draw_labels(&sheet, format, &plot, &mut room);
        }
        if let Some((name, label)) = &plan_at_edge {
            // Its second line must not reach the years below the axis.
            let down = self.plan_line(&plot).last().map_or(top, |at| at.1).min(floor - format.grown(18.0));
            let strong = Lettering::new(Ink::Strong);
            let x = across.start + wide * reach + format.grown(8.0);
            sheet.text(strong, (x, down - format.grown(1.0)), name);
            sheet.text(strong, (x, down + format.grown(16.0)), label);
        }
        sheet.finish(&self.head, &self.desc())
    }

    /// Every value that is drawn.
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let drawn = self.shown().iter().chain(&self.context).flat_map(|series| &series.points);
        let planned = self.plan.iter().flat_map(|plan| plan.steps.iter().flatten().map(|(at, _)| *at));
        drawn.filter_map(|point| point.value.known()).chain(planned)
    }

    fn shown(&self) -> &[Series] {
        &self.series[..self.series.len().min(4)]
    }

    fn desc(&self) -> String {
        let named = self.series.len() > 1 || self.context.is_some();
        let told = |series: &Series| {
            let points: Vec<String> = series
                .points
                .iter()
                .take(self.periods.len())
                .enumerate()
                .map(|(at, point)| {
                    let status = point.status.as_ref().map_or(String::new(), |status| format!(" ({status})"));
                    format!("{}: {}{status}", self.periods.name(at), point.value.told(&point.label))
                })
                .collect();
            if named { format!("{}: {}", series.name, points.join(", ")) } else { points.join("; ") }
        };
        let plan = self.plan.iter().flat_map(|plan| {
            plan.steps.iter().zip(&self.periods.groups).filter_map(|(step, group)| {
                step.as_ref().map(|(_, label)| format!("{} {}: {label}", plan.name, group.label))
            })
        });
        self.head.desc(self.shown().iter().chain(&self.context).map(told).chain(plan))
    }

    /// The share of the axis after which only end labels stand.
    fn reach(&self) -> f64 {
        let slots = self.periods.len().max(1) as f64;
        let many = self.series.len() > 1 || self.context.is_some();
        // Absences after the last value are marked on the axis, and need their place too.
        let drawn = self.shown().iter().chain(&self.context).map(|series| series.points.len() as f64 - 0.5);
        let planned = self.plan_stretches().last().and_then(|stretch| stretch.last()).map_or(0.0, |end| end.0);
        match (many, planned > 0.0) {
            (false, false) => 1.0,
            (false, true) => (planned / slots).min(1.0),
            (true, _) => (drawn.fold(planned, f64::max) / slots).clamp(0.05, 1.0),
        }
    }

    /// Name and label of the last planned value.
    fn last_plan(&self) -> Option<(String, String)> {
        let plan = self.plan.as_ref()?;
        let (step, group) = plan.steps.iter().zip(&self.periods.groups).rfind(|(step, _)| step.is_some())?;
        step.as_ref().map(|(_, label)| (format!("{} {}", plan.name, group.label), label.clone()))
    }

    /// A plan over parts of years is level within each year.
    fn is_stepped(&self) -> bool {
        self.periods.groups.iter().any(|group| group.slots.len() > 1)
    }

    /// The unbroken stretches of the plan, in the coordinates of the plot, last stretch last.
    fn plan_stretches(&self) -> Vec<Vec<(f64, f64)>> {
        let Some(plan) = &self.plan else { return Vec::new() };
        let stepped = self.is_stepped();
        let mut stretches: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
        for (step, (_, first, end)) in plan.steps.iter().zip(self.periods.spans()) {
            let stretch = stretches.last_mut().expect("there is always one");
            match step {
                Some((value, _)) if value.is_finite() && stepped => {
                    stretch.extend([(first as f64, *value), (end as f64, *value)]);
                }
                Some((value, _)) if value.is_finite() => stretch.push((first as f64 + 0.5, *value)),
                _ => stretches.push(Vec::new()),
            }
        }
        stretches.retain(|stretch| !stretch.is_empty());
        for stretch in &mut stretches {
            // A plan for one year alone is a short level line.
            if let [(x, value)] = stretch[..] {
                *stretch = vec![(x - 0.3, value), (x + 0.3, value)];
            }
        }
        stretches
    }

    fn plan_line(&self, plot: &Plot) -> Vec<At> {
        self.plan_stretches().last().map_or(Vec::new(), |line| line.iter().map(|&(x, y)| plot.at(x, y)).collect())
    }

    fn draw_breaks(
        &self,
        sheet: &Sheet,
        format: Format,
        plot: &Plot,
        room: &mut Labels,
        (top, floor): (f64, f64),
        above: f64,
    ) {
        for (order, mark) in self.breaks.iter().enumerate() {
            let across = plot.across(mark.at.clamp(0.0, self.periods.len() as f64));
            let baseline = top - above - format.grown(8.0) + format.leading(true) * order as f64;
            sheet.line(Mark::Break, (across, baseline + format.grown(4.0)), (across, floor));
            let half = format.measure(FINE, &mark.label) / 2.0;
            let centre = across.clamp(half, (format.width() - half).max(half));
            sheet.text(FINE.middle(), (centre, baseline), &mark.label);
            room.avoid(&[(across, top), (across, floor)]);
        }
    }

    fn draw_lines(&self, sheet: &Sheet, format: Format, plot: &Plot, room: &mut Labels) {
        if let Some(context) = &self.context {
            self.draw_path(plot, room, Mark::Context, context);
        }
        for stretch in self.plan_stretches() {
            room.avoid(&stretch.iter().map(|&(x, y)| plot.at(x, y)).collect::<Vec<_>>());
            plot.path(Mark::Plan, stretch);
        }
        if self.pace
            && let Some((at, value)) = self.series.first().and_then(last_known)
            && let Some(&(x, planned)) = self.plan_stretches().last().and_then(|stretch| stretch.last())
        {
            let (from, to) = ((at as f64 + 0.5, value), (x.min(self.periods.len() as f64 - 0.5), planned));
            if to.0 > from.0 {
                plot.path(Mark::Need, vec![from, to]);
                room.avoid(&[plot.at(from.0, from.1), plot.at(to.0, to.1)]);
            }
        }
        for (order, series) in self.shown().iter().enumerate().rev() {
            self.draw_path(plot, room, LINES[order], series);
        }
        for (order, series) in self.shown().iter().enumerate().rev() {
            self.draw_marks(sheet, format, plot, room, order, series);
        }
    }

    fn draw_path(&self, plot: &Plot, room: &mut Labels, mark: Mark, series: &Series) {
        let values: Vec<Value> = series.points.iter().take(self.periods.len()).map(|point| point.value).collect();
        for stretch in stretches(&values).into_iter().filter(|stretch| stretch.len() > 1) {
            let points: Vec<(f64, f64)> = stretch.iter().map(|&(at, value)| (at as f64 + 0.5, value)).collect();
            room.avoid(&points.iter().map(|&(x, y)| plot.at(x, y)).collect::<Vec<_>>());
            plot.path(mark, points);
        }
    }

    fn draw_marks(&self, sheet: &Sheet, format: Format, plot: &Plot, room: &mut Labels, order: usize, series: &Series) {
        let alone = self.series.len() == 1;
        let base = if format.is_narrow() { 2.8 } else { 3.6 };
        let radius =
            format.grown(if alone { base } else { base + 0.9 }) * if format == Format::Slide { 0.9 } else { 1.0 };
        // Absences of several series in one period stand side by side, or only ours where that needs too much room.
        let step = radius * 2.8;
        let crowded = plot.across(1.0) - plot.across(0.0) < step * self.shown().len() as f64 * 1.5;
        let beside = match () {
            () if alone || crowded => 0.0,
            () => (order as f64 - (self.shown().len() - 1) as f64 / 2.0) * step,
        };
        // In the last period they stand to the left: the names of the lines begin to the right of it.
        let last = self.shown().iter().map(|series| series.points.len()).max().unwrap_or(0).min(self.periods.len());
        let furthest = if alone || crowded { 0.0 } else { (self.shown().len() - 1) as f64 / 2.0 * step };
        for (at, point) in series.points.iter().take(self.periods.len()).enumerate() {
            let across = plot.across(at as f64 + 0.5);
            let beside = if at + 1 == last { beside - furthest } else { beside };
            match point.value {
                Value::At(value) if value.is_finite() => {
                    let down = plot.down(value);
                    draw_mark(sheet, order, (across, down), radius, point.status.is_some());
                    let pad = radius + 1.0;
                    room.take(Room { left: across - pad, top: down - pad, right: across + pad, bottom: down + pad });
                }
                _ if crowded && order > 0 => {}
                Value::Missing => sheet.circle(Mark::OpenQuiet, (across + beside, plot.floor()), radius + 0.5),
                Value::Hidden | Value::NotApplicable => {
                    let (lettering, sign) = (Lettering::new(Ink::Quiet).middle().halo(), point.value.sign());
                    let place = (across + beside, plot.floor() - format.grown(5.0));
                    let width = format.measure(lettering, sign);
                    room.take(room_of(format, (place.0 - width / 2.0, place.1), width));
                    sheet.text(lettering, place, sign);
                }
                Value::At(_) => {}
            }
        }
    }

    /// Labels of a single series: its end, the plan, its notes, its first value, year ends.
    fn draw_labels(&self, sheet: &Sheet, format: Format, plot: &Plot, room: &mut Labels) {
        let Some(series) = self.series.first() else { return self.draw_plan_inside(sheet, format, plot, room) };
        let end = last_known(series);
        if let Some((at, value)) = end {
            let point = &series.points[at];
            let parts = [
                (Lettering::new(Ink::Accent).halo(), point.label.as_str()),
                (Lettering::new(Ink::Plain).small().halo(), point.status.as_deref().unwrap_or("")),
            ];
            let place = plot.at(at as f64 + 0.5, value);
            let (widths, places) = places_beside(format, place, &parts, 10);
            if let Some(best) = room.place(&rooms(format, &places, widths.iter().sum())) {
                draw_parts(sheet, format, places[best], &parts, &widths);
            }
        }
        self.draw_plan_inside(sheet, format, plot, room);
        self.draw_notes(sheet, format, plot, room);
        let firsts = stretches(&series.points.iter().map(|point| point.value).collect::<Vec<_>>());
        let first = firsts.first().and_then(|stretch| stretch.first()).map(|&(at, _)| at);
        let year_ends = self.periods.spans().filter_map(|(_, first, end)| {
            (first..end).rev().find(|&at| series.points.get(at).is_some_and(|point| point.value.known().is_some()))
        });
        let short = self.periods.len() <= 6;
        let all = if short { series.points.len().min(self.periods.len()) } else { 0 };
        for at in first.into_iter().chain(year_ends).chain(0..all) {
            let point = &series.points[at];
            let Some(value) = point.value.known().filter(|_| Some(at) != end.map(|end| end.0)) else { continue };
            let place = plot.at(at as f64 + 0.5, value);
            if room.is_labelled(place) {
                continue;
            }
            // The unit is told by the axis and at the end.
            let text = point.label.trim_end_matches('%');
            let parts = [(Lettering::new(Ink::Strong).halo(), text)];
            let (widths, places) = places_beside(format, place, &parts, 2);
            if let Some(best) = room.place_clear(&rooms(format, &places, widths.iter().sum())) {
                draw_parts(sheet, format, places[best], &parts, &widths);
                room.label(place);
            }
        }
    }

    /// Plan labels within the plot: the plan of the year of our last value, and the last
    /// one where no margin tells it.
    fn draw_plan_inside(&self, sheet: &Sheet, format: Format, plot: &Plot, room: &mut Labels) {
        let Some(plan) = &self.plan else { return };
        let stepped = self.is_stepped();
        let many = self.series.len() > 1 || self.context.is_some();
        let now = self.series.first().and_then(last_known).map(|(at, _)| at);
        let steps: Vec<_> = plan
            .steps
            .iter()
            .zip(self.periods.spans())
            .filter_map(|(step, span)| step.as_ref().map(|(value, label)| (*value, label, span)))
            .collect();
        for (order, (value, label, (group, first, end))) in steps.iter().enumerate().rev() {
            let last = order + 1 == steps.len();
            let current = now.is_some_and(|now| (*first..*end).contains(&now));
            let told_at_edge = last && !many && !format.is_narrow();
            if told_at_edge || !(last || current) {
                continue;
            }
            let (full, short) =
                (format!("{} {}: {label}", plan.name, group.label), format!("{label} ({})", group.label));
            let lettering = Lettering::new(if last { Ink::Strong } else { Ink::Full }).halo();
            let down = plot.down(*value);
            let (from, to) = (plot.across(*first as f64), plot.across(*end as f64));
            let (gap, low) = (format.grown(6.0), format.grown(4.7));
            let (above, below) = (down - gap, down + format.grown(17.0));
            let text = if format.is_narrow() && !last { &short } else { &full };
            let wide = format.measure(lettering, text);
            // Right of the riser at its end, or around the step; beside the point of a sloping plan.
            let mut places = Vec::new();
            if !stepped {
                let x = (from + to) / 2.0;
                places.extend([(text, (x + gap, below)), (&short, (x + gap, below)), (text, (x - wide - gap, above))]);
            } else if !last {
                places.extend([(text, (to + gap, down + low)), (&short, (to + gap, down + low))]);
            }
            for (left, baseline) in [
                (to - wide, above),
                (to - wide, below),
                (from, above),
                (from, below),
                (from - wide - gap, down + low),
                (to - wide, above - format.grown(18.0)),
                (to - wide, below + format.grown(17.0)),
            ] {
                places.push((text, (left, baseline)));
            }
            for away in [32.0, 46.0, 60.0, 74.0].map(|away| format.grown(away)) {
                for left in [to - wide, from - wide, from - wide / 2.0] {
                    places.extend([(text, (left, above - away)), (text, (left, below + away))]);
                }
            }
            place_line(sheet, format, room, lettering, &places);
        }
    }

    fn draw_notes(&self, sheet: &Sheet, format: Format, plot: &Plot, room: &mut Labels) {
        for series in self.shown() {
            for (at, point) in series.points.iter().take(self.periods.len()).enumerate() {
                let Some(note) = &point.note else { continue };
                let across = plot.across(at as f64 + 0.5);
                let lines = format.wrap(FINE, note, format.grown(if format.is_narrow() { 170.0 } else { 330.0 }));
                let width = format.widest(FINE, lines.iter().map(String::as_str));
                let (leading, gap) = (format.leading(true), format.grown(6.0));
                let tall = leading * lines.len() as f64;
                let mut places = Vec::new();
                for lift in [14.0, 34.0, 54.0, 80.0, 110.0, 140.0] {
                    let bottom = plot.floor() - format.grown(lift);
                    for left in [across + gap, across - gap - width] {
                        places.push(Room { left, top: bottom - tall, right: left + width, bottom });
                    }
                }
                if let Some(best) = room.place(&places) {
                    let place = places[best];
                    let foot = plot.floor() - format.grown(6.0);
                    sheet.line(Mark::Lead, (across, foot), (across, place.top + format.grown(2.0)));
                    sheet.lines(FINE.halo(), (place.left, place.top + leading * 0.8), &lines);
                }
            }
        }
    }

    fn end_names(&self, format: Format) -> Vec<EndName> {
        let limit = format.grown(if format.is_narrow() { 96.0 } else { 170.0 });
        let mut names: Vec<EndName> = self
            .shown()
            .iter()
            .enumerate()
            .filter_map(|(order, series)| {
                let ink = if order == 0 { Ink::Accent } else { Ink::Full };
                EndName::of(format, series, ink, limit)
            })
            .collect();
        names.extend(self.context.as_ref().and_then(|series| EndName::of(format, series, Ink::Quiet, limit)));
        names
    }
}

fn draw_mark(sheet: &Sheet, order: usize, (x, y): At, radius: f64, provisional: bool) {
    let mark = if provisional { Mark::Open } else { POINTS[order] };
    match order {
        0 if provisional => sheet.circle(mark, (x, y), radius + 1.0),
        0 => sheet.circle(mark, (x, y), radius),
        1 => sheet.rect(POINTS[1], (x - radius * 0.9, y - radius * 0.9), (x + radius * 0.9, y + radius * 0.9)),
        2 => sheet.triangle(POINTS[2], (x, y), radius * 1.1, true),
        _ => {
            let r = radius * 1.2;
            sheet.polygon(POINTS[3], &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]);
        }
    }
}

pub(super) fn last_known(series: &Series) -> Option<(usize, f64)> {
    series.points.iter().enumerate().rev().find_map(|(at, point)| Some((at, point.value.known()?)))
}

/// Between the two parts of a label.
fn space(format: Format) -> f64 {
    format.grown(4.0)
}

/// Where a label of one or two parts may stand near a point, the best first, up to some lines above
/// and below it; with the widths of its parts, each with the space before it.
fn places_beside(format: Format, (x, y): At, parts: &[(Lettering, &str)], lines: u32) -> (Vec<f64>, Vec<At>) {
    let widths: Vec<f64> = parts
        .iter()
        .enumerate()
        .filter(|(_, (_, text))| !text.is_empty())
        .map(|(at, (lettering, text))| format.measure(*lettering, text) + if at > 0 { space(format) } else { 0.0 })
        .collect();
    let width: f64 = widths.iter().sum();
    let (up, below, side) = (format.grown(10.0), format.grown(20.0), format.grown(9.0));
    let mut places = vec![
        (x - width / 2.0, y - up),
        (x - width + side, y - up),
        (x - side, y - up),
        (x - width / 2.0, y + below),
        (x - width - side, y + format.grown(4.7)),
        (x + side, y + format.grown(4.7)),
        (x - side, y + below),
        (x - width + side, y + below),
    ];
    // At the edge of the plot, and clear of lines that climb or fall to the point.
    let line = format.grown(12.0);
    for away in (0..lines).map(|away| f64::from(away) * line) {
        for left in [x - width / 2.0, x - width, x - width - side, x, x + side] {
            places.extend([(left, y + below + away), (left, y - up - away)]);
        }
    }
    (widths, places)
}

fn rooms(format: Format, places: &[At], width: f64) -> Vec<Room> {
    places.iter().map(|&place| room_of(format, place, width)).collect()
}

fn draw_parts(sheet: &Sheet, format: Format, (mut left, baseline): At, parts: &[(Lettering, &str)], widths: &[f64]) {
    for (at, ((lettering, text), width)) in parts.iter().zip(widths).enumerate() {
        let before = if at > 0 { space(format) } else { 0.0 };
        sheet.text(*lettering, (left + before, baseline), text);
        left += width;
    }
}

fn place_line(sheet: &Sheet, format: Format, room: &mut Labels, lettering: Lettering, places: &[(&String, At)]) {
    let rooms: Vec<Room> =
        places.iter().map(|(text, place)| room_of(format, *place, format.measure(lettering, text))).collect();
    if let Some(best) = room.place(&rooms) {
        sheet.text(lettering, places[best].1, places[best].0);
    }
}

/// The box of a label, with a little air at its sides.
fn room_of(format: Format, (left, baseline): At, width: f64) -> Room {
    let size = format.letters(false);
    Room { left: left - 2.0, top: baseline - size * 0.78, right: left + width + 2.0, bottom: baseline + size * 0.2 }
}
