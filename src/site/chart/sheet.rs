//! A sheet of one of the few sizes, in units of its view box: what the kinds draw on.
//!
//! Wraps a plotters drawing area so that a kind speaks of marks, letterings and
//! units, and keeps every text inside the view box.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::Cartesian2d;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};

use super::Head;
use super::canvas::{Anchor, Body, Lettering, Mark, Pen, Tenths, escape};
use super::text;

/// The sizes a chart is drawn in. The stylesheet shows one of them at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 760 units: desktop and print.
    Wide,
    /// 340 units: phone.
    Narrow,
    /// 1200 units with large letters: slides.
    Slide,
    /// 170 units: one of many small charts.
    Mini,
    /// 104 units: in a table row.
    Spark,
}

impl Format {
    /// Width of the view box.
    pub fn width(self) -> f64 {
        match self {
            Format::Wide => 760.0,
            Format::Narrow => 340.0,
            Format::Slide => 1200.0,
            Format::Mini => 170.0,
            Format::Spark => 104.0,
        }
    }

    /// Font size the stylesheet gives to chart text, normal or small.
    pub fn letters(self, small: bool) -> f64 {
        match (self, small) {
            // Nothing on a wall is small.
            (Format::Slide, _) => 22.0,
            (Format::Mini | Format::Spark, _) | (_, true) => 12.0,
            (_, false) => 13.0,
        }
    }

    /// Whether it is read on a phone.
    pub fn is_narrow(self) -> bool {
        self == Format::Narrow
    }

    /// A length drawn for 13-unit letters, grown with the letters.
    pub fn grown(self, length: f64) -> f64 {
        if self == Format::Slide { length * 22.0 / 13.0 } else { length }
    }

    fn class(self) -> &'static str {
        match self {
            Format::Wide | Format::Slide => "c c-w",
            Format::Narrow => "c c-n",
            Format::Mini | Format::Spark => "c",
        }
    }

    fn letter(self) -> char {
        match self {
            Format::Wide => 'w',
            Format::Narrow => 'n',
            Format::Slide => 's',
            Format::Mini => 'm',
            Format::Spark => 'k',
        }
    }
}

/// A point in units of the view box, y downwards.
pub type At = (f64, f64);

/// A drawing in the making.
pub struct Sheet {
    format: Format,
    height: f64,
    body: Body,
    area: DrawingArea<Pen, Shift>,
}

const DRAWN: &str = "drawing into a string cannot fail";

impl Sheet {
    /// An empty sheet.
    pub fn new(format: Format, height: f64) -> Self {
        Self::sized(format, format.width(), height)
    }

    /// An empty sheet with a width of its own.
    pub fn sized(format: Format, width: f64, height: f64) -> Self {
        let body = Rc::new(RefCell::new(String::new()));
        let size = (tenths(width).unsigned_abs(), tenths(height).unsigned_abs());
        Self { format, height, area: Pen::new(size, Rc::clone(&body)).into_drawing_area(), body }
    }

    /// Width of the view box.
    pub fn width(&self) -> f64 {
        f64::from(self.area.dim_in_pixel().0) / 10.0
    }

    /// A straight line.
    pub fn line(&self, mark: Mark, from: At, to: At) {
        self.path(mark, &[from, to]);
    }

    /// A line through several points.
    pub fn path(&self, mark: Mark, points: &[At]) {
        let points: Vec<(i32, i32)> = points.iter().map(|&at| pixel(at)).collect();
        self.area.draw(&PathElement::new(points, mark.colour())).expect(DRAWN);
    }

    /// A rectangle between two corners.
    pub fn rect(&self, mark: Mark, a: At, b: At) {
        self.area.draw(&Rectangle::new([pixel(a), pixel(b)], mark.colour().filled())).expect(DRAWN);
    }

    /// Many rectangles of one mark in one element: on paper a browser keeps a picture of the hatch for each element.
    pub fn rects(&self, mark: Mark, corners: &[(At, At)]) {
        if corners.is_empty() {
            return;
        }
        let moves: String = corners
            .iter()
            .map(|&(a, b)| {
                let ((left, top), (right, bottom)) = (pixel(a), pixel(b));
                format!("M{} {}H{}V{}H{}z", Tenths(left), Tenths(top), Tenths(right), Tenths(bottom), Tenths(left))
            })
            .collect();
        self.body.borrow_mut().push_str(&format!("<path class=\"{}\" d=\"{moves}\"/>\n", mark.class()));
    }

    /// A circle.
    pub fn circle(&self, mark: Mark, at: At, radius: f64) {
        self.area.draw(&Circle::new(pixel(at), tenths(radius), mark.colour().filled())).expect(DRAWN);
    }

    /// Many circles of one mark in one element: hundreds of units stay a small drawing.
    pub fn dots(&self, mark: Mark, at: &[At], radius: f64) {
        if at.is_empty() {
            return;
        }
        let mut pen = (0, 0);
        let mut moves = String::new();
        for &to in at {
            let (x, y) = pixel(to);
            moves.push_str(&format!("m{} {}h0", Tenths(x - pen.0), Tenths(y - pen.1)));
            pen = (x, y);
        }
        let (class, width) = (mark.class(), trim(2.0 * radius));
        self.body.borrow_mut().push_str(&format!("<path class=\"{class}\" stroke-width=\"{width}\" d=\"{moves}\"/>\n"));
    }

    /// A closed shape.
    pub fn polygon(&self, mark: Mark, points: &[At]) {
        let points: Vec<(i32, i32)> = points.iter().map(|&at| pixel(at)).collect();
        self.area.draw(&Polygon::new(points, mark.colour().filled())).expect(DRAWN);
    }

    /// A triangle around a point, pointing up or down.
    pub fn triangle(&self, mark: Mark, (x, y): At, radius: f64, up: bool) {
        let (tip, base) = if up { (-radius * 1.05, radius * 0.75) } else { (radius * 1.05, -radius * 0.75) };
        self.polygon(mark, &[(x, y + tip), (x + radius, y + base), (x - radius, y + base)]);
    }

    /// A text on its baseline, moved the least that keeps it inside the view box.
    pub fn text(&self, lettering: Lettering, at: At, text: &str) {
        if text.is_empty() {
            return;
        }
        let (x, y) = self.held(lettering, at, text);
        let horizontal = match lettering.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = FontDesc::new(FontFamily::SansSerif, self.format.letters(lettering.small) * 10.0, FontStyle::Normal);
        let colour = lettering.colour();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Bottom));
        self.area.draw_text(text, &style, pixel((x, y))).expect(DRAWN);
    }

    /// Lines of a text, the first on its baseline.
    pub fn lines(&self, lettering: Lettering, (x, y): At, lines: &[String]) {
        for (line, text) in (0..).map(f64::from).zip(lines) {
            self.text(lettering, (x, y + line * self.format.leading(lettering.small)), text);
        }
    }

    fn held(&self, lettering: Lettering, (x, y): At, text: &str) -> At {
        let width = self.format.measure(lettering, text);
        let (left, right) = match lettering.anchor {
            Anchor::Start => (0.0, width),
            Anchor::Middle => (width / 2.0, width / 2.0),
            Anchor::End => (width, 0.0),
        };
        let size = self.format.letters(lettering.small);
        let x = x.min(self.width() - right).max(left);
        (x, y.min(self.height - size * 0.24).max(size * 0.95))
    }

    /// What `draw` draws becomes a group of a class.
    pub fn group(&self, class: &str, draw: impl FnOnce()) {
        self.body.borrow_mut().push_str(&format!("<g class=\"{class}\">\n"));
        draw();
        self.body.borrow_mut().push_str("</g>\n");
    }

    /// A coordinate system on a part of the sheet; `y` grows upwards.
    pub fn plot(&self, x: Range<f64>, across: Range<f64>, y: Range<f64>, down: Range<f64>) -> Plot {
        let system = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            x,
            y,
            (tenths(across.start)..tenths(across.end), tenths(down.end)..tenths(down.start)),
        );
        Plot { area: self.area.apply_coord_spec(system), top: down.start, floor: down.end, left: across.start }
    }

    /// The finished SVG with its title and description.
    pub fn finish(self, head: &Head, desc: &str) -> String {
        let (class, width, height) = (self.format.class(), trim(self.width()), trim(self.height));
        let id = format!("{}-{}", escape(&head.id), self.format.letter());
        let fit = if self.format == Format::Slide { " preserveAspectRatio=\"xMinYMin meet\"" } else { "" };
        let (title, desc) = (escape(&head.title), escape(desc));
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\"{fit} role=\"img\" aria-labelledby=\"{id}t {id}d\">\n\
             <title id=\"{id}t\">{title}</title>\n<desc id=\"{id}d\">{desc}</desc>\n{}</svg>",
            self.body.borrow()
        )
    }

    /// The finished SVG for a place where the same numbers stand beside it as text.
    pub fn finish_decorative(self, class: &str) -> String {
        let (width, height) = (trim(self.width()), trim(self.height));
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">\n{}</svg>",
            self.body.borrow()
        )
    }
}

impl Format {
    /// Width of a text in this format.
    pub fn measure(self, lettering: Lettering, text: &str) -> f64 {
        text::width(text, self.letters(lettering.small), lettering.weight(), lettering.anchor == Anchor::End)
    }

    /// Width of the widest of some texts; 0 for none.
    pub fn widest<'a>(self, lettering: Lettering, texts: impl IntoIterator<Item = &'a str>) -> f64 {
        texts.into_iter().map(|text| self.measure(lettering, text)).fold(0.0, f64::max)
    }

    /// A text in lines no wider than a limit.
    pub fn wrap(self, lettering: Lettering, text: &str, limit: f64) -> Vec<String> {
        text::wrap(text, limit, |line| self.measure(lettering, line))
    }

    /// Distance between the baselines of two lines.
    pub fn leading(self, small: bool) -> f64 {
        (self.letters(small) * 1.28).round()
    }
}

/// A coordinate system on a sheet.
pub struct Plot {
    area: DrawingArea<Pen, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    top: f64,
    floor: f64,
    left: f64,
}

impl Plot {
    /// Where a point of the system lies on the sheet.
    pub fn at(&self, x: f64, y: f64) -> At {
        let (x, y) = self.area.map_coordinate(&(x, y));
        (f64::from(x) / 10.0, f64::from(y) / 10.0)
    }

    /// How far down a value lies.
    pub fn down(&self, y: f64) -> f64 {
        self.at(0.0, y).1
    }

    /// How far across a value lies.
    pub fn across(&self, x: f64) -> f64 {
        self.at(x, 0.0).0
    }

    /// The upper edge.
    pub fn top(&self) -> f64 {
        self.top
    }

    /// The lower edge, where absences are marked.
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// The left edge.
    pub fn left(&self) -> f64 {
        self.left
    }

    /// A line through points of the system.
    pub fn path(&self, mark: Mark, points: Vec<(f64, f64)>) {
        self.area.draw(&PathElement::new(points, mark.colour())).expect(DRAWN);
    }

    /// A mark at a point of the system.
    pub fn circle(&self, mark: Mark, at: (f64, f64), radius: f64) {
        self.area.draw(&Circle::new(at, tenths(radius), mark.colour().filled())).expect(DRAWN);
    }

    /// A bar between two corners in the system.
    pub fn bar(&self, mark: Mark, a: (f64, f64), b: (f64, f64)) {
        self.area.draw(&Rectangle::new([a, b], mark.colour().filled())).expect(DRAWN);
    }
}

fn tenths(units: f64) -> i32 {
    (units * 10.0).round() as i32
}

fn pixel((x, y): At) -> (i32, i32) {
    (tenths(x), tenths(y))
}

fn trim(units: f64) -> String {
    let tenths = tenths(units);
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}
