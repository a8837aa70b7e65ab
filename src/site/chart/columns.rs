//! Returns by period: on time, late, missing, stacked to what was due.
//!
//! Meaning: counts of returns, from zero. Solid: on time; hatched: late;
//! outlined: missing — readable without colour. The parts are named at the last
//! column (above the chart on a phone).
//!
//! Absence: a period in which nothing was due is a gap with `x`.

use super::axis::Periods;
use super::canvas::{Ink, Lettering, Mark};
use super::key::Key;
use super::labels::spread;
use super::scale::{Measure, Scale};
use super::sheet::{At, Format, Plot, Sheet};
use super::{Drawing, Head};
use crate::vocabulary::number;

/// A chart of stacked columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Title, finding, id.
    pub head: Head,
    /// The axis of time.
    pub periods: Periods,
    /// One stack for each period from the first; fewer when the rest lies ahead.
    pub stacks: Vec<Stack>,
    /// Names of the three parts: `đúng hạn`, `muộn`, `chưa nộp`.
    pub names: [String; 3],
}

/// The returns of one period, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Received in time.
    pub on_time: u32,
    /// Received late.
    pub late: u32,
    /// Not received.
    pub missing: u32,
}

impl Stack {
    fn parts(self) -> [u32; 3] {
        [self.on_time, self.late, self.missing]
    }

    fn due(self) -> u64 {
        self.parts().into_iter().map(u64::from).sum()
    }
}

const MARKS: [Mark; 3] = [Mark::Bar, Mark::BarHatched, Mark::BarOpen];
const TICK: Lettering = Lettering::new(Ink::Quiet).end();
const COUNT: Lettering = Lettering::new(Ink::Inverse).middle();
const NAME: Lettering = Lettering::new(Ink::Strong);

impl Columns {
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
        let measure = Measure::count("");
        let most = self.stacks.iter().map(|stack| stack.due()).max().unwrap_or(0);
        let scale = Scale::covering((most > 0).then_some(most as f64), &measure, 4);
        let labels: Vec<String> = scale.ticks.iter().map(|&tick| scale.label(tick, &measure)).collect();
        let names = self.named(narrow);
        let right = match names.is_empty() || narrow {
            true => format.grown(4.0),
            false => format.widest(NAME, names.iter().map(|(_, name)| name.as_str())) + format.grown(10.0),
        };
        let left = format.widest(TICK, labels.iter().map(String::as_str)) + format.grown(8.0);
        let across = left..format.width() - right;
        let key = Key::new(format, names.iter().filter(|_| narrow).map(|(part, name)| (MARKS[*part], name.clone())));
        let top = format.grown(22.0) + key.height;
        let floor = top
            + format.grown(match (most, narrow) {
                (0, _) => 56.0,
                (_, true) => 172.0,
                (_, false) => 186.0,
            });
        let sheet = Sheet::new(format, floor + self.periods.height(format, across.end - across.start));
        let slots = self.periods.len().max(1) as f64;
        let plot = sheet.plot(0.0..slots, across.clone(), scale.low..scale.high, top..floor);
        for (&tick, label) in scale.ticks.iter().zip(&labels) {
            let down = plot.down(tick);
            if tick > 0.0 {
                sheet.line(Mark::Grid, (across.start, down), (across.end, down));
            }
            sheet.text(TICK, (across.start - format.grown(8.0), down + format.grown(4.5)), label);
        }
        // Counts stand in the columns when each finds room, so that none seems to be singled out.
        let counts: Vec<String> = self.stacks.iter().map(|stack| number::whole(i64::from(stack.on_time))).collect();
        let (from, to) = column(format, &plot, 0);
        let counted = format.widest(COUNT, counts.iter().map(String::as_str)) + format.grown(4.0) <= to - from;
        for (part, mark) in MARKS.into_iter().enumerate() {
            let stacks = self.stacks.iter().take(self.periods.len()).enumerate();
            let rects: Vec<(At, At)> = stacks.filter_map(|(at, stack)| rect(format, &plot, at, *stack, part)).collect();
            sheet.rects(mark, &rects);
        }
        for (at, &stack) in self.stacks.iter().take(self.periods.len()).enumerate() {
            draw_count(&sheet, format, &plot, at, stack, counted);
        }
        self.periods.draw(&sheet, format, &plot);
        if most == 0 {
            let middle = ((across.start + across.end) / 2.0, (top + floor) / 2.0);
            sheet.text(Lettering::new(Ink::Quiet).small().middle(), middle, super::NOTHING);
        }
        if narrow {
            key.draw(&sheet, format, 0.0);
        } else {
            self.draw_names(&sheet, format, &plot, &names, across.end);
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn last(&self) -> Option<(usize, Stack)> {
        let stacks = self.stacks.iter().take(self.periods.len()).copied().enumerate();
        stacks.rev().find(|(_, stack)| stack.due() > 0)
    }

    /// The parts to name: of the last column, or those that occur at all.
    fn named(&self, narrow: bool) -> Vec<(usize, String)> {
        let Some((_, last)) = self.last() else { return Vec::new() };
        let occurs = |part: usize| self.stacks.iter().any(|stack| stack.parts()[part] > 0);
        (0..3)
            .filter(|&part| if narrow { occurs(part) } else { last.parts()[part] > 0 })
            .map(|part| match narrow {
                true => (part, self.names[part].clone()),
                false => (part, format!("{} {}", number::whole(i64::from(last.parts()[part])), self.names[part])),
            })
            .collect()
    }

    fn draw_names(&self, sheet: &Sheet, format: Format, plot: &Plot, names: &[(usize, String)], edge: f64) {
        let Some((at, last)) = self.last() else { return };
        let mut base = 0.0;
        let mut wanted = Vec::new();
        for (part, count) in last.parts().into_iter().enumerate() {
            if names.iter().any(|(named, _)| *named == part) {
                wanted.push(plot.down(base + f64::from(count) / 2.0));
            }
            base += f64::from(count);
        }
        let placed = spread(&wanted, format.leading(false) + 2.0, plot.top(), plot.floor());
        // Far from the axis' end the names stand beside the last column itself.
        let x = column(format, plot, at).1.min(edge) + format.grown(8.0);
        for ((_, name), middle) in names.iter().zip(placed) {
            sheet.text(NAME.halo(), (x, middle + format.grown(4.5)), name);
        }
    }

    fn desc(&self) -> String {
        self.head.desc(self.stacks.iter().take(self.periods.len()).enumerate().map(|(at, stack)| {
            let period = self.periods.name(at);
            if stack.due() == 0 {
                return format!("{period}: không áp dụng");
            }
            let parts: Vec<String> =
                stack.parts().iter().zip(&self.names).map(|(count, name)| format!("{count} {name}")).collect();
            format!("{period}: {}", parts.join(", "))
        }))
    }
}

/// Left and right edge of a column. A year alone would be a wall: none is wider than four letters.
fn column(format: Format, plot: &Plot, at: usize) -> (f64, f64) {
    let (from, to) = (plot.across(at as f64 + 0.16), plot.across(at as f64 + 0.84));
    let (centre, half) = ((from + to) / 2.0, ((to - from) / 2.0).min(format.grown(26.0)));
    (centre - half, centre + half)
}

/// Two corners of one part of a stack, when there is any of it.
fn rect(format: Format, plot: &Plot, at: usize, stack: Stack, part: usize) -> Option<(At, At)> {
    let count = stack.parts()[part];
    let (from, to) = column(format, plot, at);
    let base = f64::from(stack.parts()[..part].iter().sum::<u32>());
    let (lower, upper) = (plot.down(base), plot.down(base + f64::from(count)));
    // A hair of paper parts the stacks, but never eats a thin one.
    let parting = if base > 0.0 { format.grown(1.5).min((lower - upper) / 2.0) } else { 0.0 };
    (count > 0).then_some(((from, upper), (to, lower - parting)))
}

/// How many were in time, at the head of their part, or that nothing was due.
fn draw_count(sheet: &Sheet, format: Format, plot: &Plot, at: usize, stack: Stack, counted: bool) {
    let (from, to) = column(format, plot, at);
    let centre = (from + to) / 2.0;
    if stack.due() == 0 {
        let sign = Lettering::new(Ink::Quiet).middle();
        return sheet.text(sign, (centre, plot.floor() - format.grown(5.0)), "x");
    }
    let upper = plot.down(f64::from(stack.on_time));
    if counted && plot.floor() - upper >= format.grown(20.0) {
        sheet.text(COUNT, (centre, upper + format.grown(16.0)), &number::whole(i64::from(stack.on_time)));
    }
}
