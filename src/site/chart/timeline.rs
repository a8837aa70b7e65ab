//! What happens when: days on an axis of years, lane by lane.
//!
//! Meaning: each mark is a day; solid: past, hollow: ahead. The dashed line is
//! the day the figures are locked. Labels stand where there is room for them;
//! the table beside the chart has them all.

use super::canvas::{Ink, Lettering, Mark};
use super::labels::{Labels, Room};
use super::sheet::{Format, Sheet};
use super::{Drawing, Head};

/// A chart of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Title, finding, id.
    pub head: Head,
    /// The years of the axis: `2026`.
    pub years: Vec<String>,
    /// The day figures are locked, in years from the left edge, with its label.
    pub today: Option<(f64, String)>,
    /// The lanes, from above.
    pub lanes: Vec<Lane>,
}

/// Days of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What they are: `Sơ kết, tổng kết`.
    pub name: String,
    /// The days.
    pub marks: Vec<Milepost>,
}

/// One day.
#[derive(Clone, Debug, PartialEq)]
pub struct Milepost {
    /// In years from the left edge: 2.5 is the middle of the third.
    pub at: f64,
    /// A few words, or none.
    pub label: String,
    /// Whether it is past.
    pub past: bool,
}

const YEAR: Lettering = Lettering::new(Ink::Quiet).middle();
const LABEL: Lettering = Lettering::new(Ink::Plain).small().halo();
const NAME: Lettering = Lettering::new(Ink::Strong);

impl Timeline {
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
        let pitch = format.grown(62.0);
        let top = format.grown(if self.today.is_some() { 22.0 } else { 4.0 });
        let floor = top + pitch * self.lanes.len().max(1) as f64;
        let sheet = Sheet::new(format, floor + format.grown(22.0));
        let right = format.width() - format.grown(10.0);
        let last =
            self.lanes.iter().flat_map(|lane| &lane.marks).map(|mark| mark.at).chain(self.today.iter().map(|t| t.0));
        let years = (self.years.len().max(1) as f64).max(last.filter(|at| at.is_finite()).fold(0.0, f64::max));
        let plot = sheet.plot(0.0..years, format.grown(6.0)..right, 0.0..1.0, top..floor);
        for at in 0..=self.years.len() {
            let across = plot.across(at as f64);
            sheet.line(Mark::Grid, (across, top), (across, floor));
            if let Some(year) = self.years.get(at) {
                sheet.text(YEAR, (plot.across(at as f64 + 0.5), floor + format.grown(16.0)), year);
            }
        }
        if let Some((at, label)) = self.today.as_ref().filter(|(at, _)| at.is_finite() && *at >= 0.0) {
            let across = plot.across(*at);
            sheet.line(Mark::Plan, (across, top - format.grown(4.0)), (across, floor));
            sheet.text(Lettering::new(Ink::Strong).small().middle(), (across, top - format.grown(9.0)), label);
        }
        let radius = format.grown(if format.is_narrow() { 4.0 } else { 5.0 });
        for (at, lane) in self.lanes.iter().enumerate() {
            let upper = top + pitch * at as f64;
            let line = upper + pitch - format.grown(14.0);
            let mut room = Labels::within(Room { left: 0.0, top: upper, right: format.width(), bottom: line });
            if let Some((at, _)) = self.today.as_ref().filter(|(at, _)| at.is_finite() && *at >= 0.0) {
                room.avoid(&[(plot.across(*at), upper), (plot.across(*at), line)]);
            }
            let wide = format.measure(NAME, &lane.name);
            sheet.text(NAME.halo(), (format.grown(6.0), upper + format.grown(16.0)), &lane.name);
            room.take(Room {
                left: 0.0,
                top: upper,
                right: wide + format.grown(12.0),
                bottom: upper + format.grown(20.0),
            });
            sheet.line(Mark::Axis, (plot.left(), line), (right, line));
            for mark in lane.marks.iter().filter(|mark| mark.at.is_finite()) {
                let across = plot.across(mark.at);
                let drawn = if mark.past { Mark::Point1 } else { Mark::Open };
                sheet.circle(drawn, (across, line), radius);
                let half = format.measure(LABEL, &mark.label) / 2.0;
                let tall = format.leading(true);
                let places: Vec<Room> = [across - half, across - 2.0 * half + radius, across - radius]
                    .into_iter()
                    .flat_map(|left| {
                        [8.0, 22.0].map(|lift| {
                            let bottom = line - format.grown(lift);
                            Room { left, top: bottom - tall, right: left + 2.0 * half, bottom }
                        })
                    })
                    .collect();
                if half > 0.0
                    && let Some(best) = room.place(&places)
                {
                    sheet.text(LABEL, (places[best].left, places[best].bottom - format.grown(3.0)), &mark.label);
                }
            }
        }
        sheet.finish(&self.head, &self.desc())
    }

    fn desc(&self) -> String {
        self.head.desc(self.lanes.iter().map(|lane| {
            let (past, all) = (lane.marks.iter().filter(|mark| mark.past).count(), lane.marks.len());
            format!("{}: {all} ngày, {past} đã qua", lane.name)
        }))
    }
}
