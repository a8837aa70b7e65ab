//! The axis of periods: slots of equal width in groups (quarters in years).

use super::canvas::{Ink, Lettering, Mark};
use super::sheet::{Format, Plot, Sheet};

/// Some neighbouring periods under one heading: the quarters of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Heading: `2027`.
    pub label: String,
    /// Short name of each period: `I`, `II`; one entry, equal to the heading or empty, for a year.
    pub slots: Vec<String>,
    /// Whether it lies after the period in review.
    pub ahead: bool,
}

/// All periods of a chart in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Periods {
    /// The groups in order.
    pub groups: Vec<Group>,
}

impl Periods {
    /// Years as single periods.
    pub fn years(labels: impl IntoIterator<Item = String>) -> Self {
        let group = |label: String| Group { slots: vec![label.clone()], label, ahead: false };
        Self { groups: labels.into_iter().map(group).collect() }
    }

    /// Number of periods.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.slots.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Full name of a period: `quý`-less `I/2027`, or `2027` where the year is one period.
    pub fn name(&self, slot: usize) -> String {
        match self.groups.iter().flat_map(|group| group.slots.iter().map(move |slot| (group, slot))).nth(slot) {
            Some((group, slot)) if group.slots.len() == 1 && (slot.is_empty() || *slot == group.label) => {
                group.label.clone()
            }
            Some((group, slot)) if group.label.is_empty() => slot.clone(),
            Some((group, slot)) => format!("{slot}/{}", group.label),
            None => String::new(),
        }
    }

    /// First slot of each group, with the group and the slot after its last.
    pub(super) fn spans(&self) -> impl Iterator<Item = (&Group, usize, usize)> {
        self.groups.iter().scan(0, |start, group| {
            let first = *start;
            *start += group.slots.len();
            Some((group, first, *start))
        })
    }

    fn is_grouped(&self) -> bool {
        self.groups.iter().any(|group| group.slots.len() > 1)
    }

    /// Whether the names of single slots find room below the axis.
    fn shows_slots(&self, format: Format, slot_width: f64) -> bool {
        let slots = self.groups.iter().flat_map(|group| group.slots.iter().map(String::as_str));
        self.is_grouped() && format.widest(SLOT, slots) + format.grown(4.0) <= slot_width
    }

    /// Height needed below the zero line.
    pub(super) fn height(&self, format: Format, plot_width: f64) -> f64 {
        let slot_width = plot_width / self.len().max(1) as f64;
        format.grown(if self.shows_slots(format, slot_width) { 44.0 } else { 26.0 })
    }

    /// Draws the zero line, the parting ticks and the names below it.
    pub(super) fn draw(&self, sheet: &Sheet, format: Format, plot: &Plot) {
        let slots = self.len();
        let (left, right) = (plot.across(0.0), plot.across(slots.max(1) as f64));
        sheet.line(Mark::Axis, (left, plot.floor()), (right, plot.floor()));
        let slot_width = (right - left) / slots.max(1) as f64;
        let shows_slots = self.shows_slots(format, slot_width);
        let baseline = plot.floor() + format.grown(if shows_slots { 37.0 } else { 21.0 });
        if self.is_grouped() {
            for (_, first, _) in self.spans().skip(1) {
                let across = plot.across(first as f64);
                sheet.line(Mark::Axis, (across, plot.floor()), (across, plot.floor() + format.grown(7.0)));
            }
        }
        if shows_slots {
            for (group, first, _) in self.spans() {
                for (at, slot) in (first..).zip(&group.slots) {
                    sheet.text(SLOT, (plot.across(at as f64 + 0.5), plot.floor() + format.grown(18.0)), slot);
                }
            }
        }
        let headings: Vec<(f64, &Group)> = self
            .spans()
            .filter(|(group, ..)| !group.label.is_empty())
            .map(|(group, first, end)| (plot.across((first + end) as f64 / 2.0), group))
            .collect();
        let every = thinning(format, &headings);
        for (_, (across, group)) in headings.iter().enumerate().filter(|(at, _)| at % every == 0) {
            let ink = if group.ahead { Ink::Quiet } else { Ink::Full };
            sheet.text(Lettering::new(ink).middle(), (*across, baseline), &group.label);
        }
    }
}

const SLOT: Lettering = Lettering::new(Ink::Quiet).small().middle();

/// The smallest `n` for which every n-th heading leaves the next one room.
fn thinning(format: Format, headings: &[(f64, &Group)]) -> usize {
    let lettering = Lettering::new(Ink::Full).middle();
    let fits = |every: usize| {
        let shown: Vec<_> = headings.iter().step_by(every).collect();
        shown.windows(2).all(|pair| {
            let halves =
                (format.measure(lettering, &pair[0].1.label) + format.measure(lettering, &pair[1].1.label)) / 2.0;
            pair[1].0 - pair[0].0 >= halves + format.grown(6.0)
        })
    };
    (1..=headings.len()).find(|&every| fits(every)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_named_with_its_year() {
        let year = |label: &str| Group {
            label: label.into(),
            slots: ["I", "II", "III", "IV"].map(String::from).into(),
            ahead: false,
        };
        let periods = Periods { groups: vec![year("2026"), year("2027")] };
        assert_eq!((periods.len(), periods.name(0), periods.name(6)), (8, "I/2026".into(), "III/2027".into()));
        assert_eq!(Periods::years(["2026".to_owned()]).name(0), "2026");
    }
}
