//! The plotters backend that writes dressed SVG: classes instead of colours, text that stays text.
//!
//! Its pixels are tenths of a unit of the view box, so every coordinate has one
//! decimal. A style's colour is no colour but a number in a private palette
//! ([`Mark`], [`Lettering`]); the stylesheet of the site gives the look.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::text::{self, Weight};

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident => $class:literal,)+) => {
        /// What a shape is; the stylesheet decides how it looks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mark { $($(#[$doc])* $name,)+ }

        impl Mark {
            const CLASSES: &'static [&'static str] = &[$($class,)+];
        }
    };
}

marks! {
    /// Zero line or time axis.
    Axis => "axis",
    /// Light grid line.
    Grid => "grid",
    /// Hairline under a row.
    Row => "row",
    /// Reference line, median.
    Ref => "ref",
    /// Leads from a mark to its note.
    Lead => "lead",
    /// Plan, black and dashed.
    Plan => "plan",
    /// The pace still needed.
    Need => "need",
    /// First (our) series.
    Line1 => "line",
    /// Second series.
    Line2 => "line l2",
    /// Third series.
    Line3 => "line l3",
    /// Fourth series.
    Line4 => "line l4",
    /// Context line.
    Context => "ctx",
    /// Mark of the first series, or of the unit in question.
    Point1 => "p1",
    /// Mark of the second series.
    Point2 => "p2",
    /// Mark of the third series.
    Point3 => "p3",
    /// Mark of the fourth series, hollow.
    Point4 => "p4",
    /// Provisional value of ours.
    Open => "open",
    /// Absent value, or one of the others.
    OpenQuiet => "open-q",
    /// One of all units.
    Dot => "dot-q",
    /// All units at once: a stroke of no length with round ends for each.
    Dots => "dots",
    /// Solid bar.
    Bar => "bar",
    /// Hatched bar.
    BarHatched => "bar-h",
    /// Outlined bar.
    BarOpen => "bar-o",
    /// Bar of context.
    BarContext => "dot-s",
    /// Shaded range.
    Band => "band",
    /// 99.8 % interval.
    Thin => "w99",
    /// 95 % interval.
    Thick => "w95",
    /// Stem between two marks.
    Stem => "stem",
    /// Date at which a series breaks.
    Break => "brk",
    /// Cut through a bar that is longer than the scale.
    Cut => "cut",
}

impl Mark {
    /// The class of its elements.
    pub(super) fn class(self) -> &'static str {
        Self::CLASSES[self as usize]
    }

    pub(super) fn colour(self) -> plotters::style::RGBColor {
        plotters::style::RGBColor(1, 0, self as u8)
    }
}

/// Tone of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Secondary text.
    Plain,
    /// Full ink.
    Full,
    /// Semibold, full ink.
    Strong,
    /// Bold, accent colour: ours.
    Accent,
    /// Axis text, signs.
    Quiet,
    /// Semibold on a solid bar.
    Inverse,
}

const INKS: [(Ink, &str); 6] = [
    (Ink::Plain, ""),
    (Ink::Full, "t-ink"),
    (Ink::Strong, "t-b"),
    (Ink::Accent, "t-acc"),
    (Ink::Quiet, "t-q"),
    (Ink::Inverse, "t-b t-inv"),
];

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Begins there.
    Start,
    /// Centred there.
    Middle,
    /// Ends there; its digits are tabular.
    End,
}

/// Tone, size and anchor of a text. The point given with it lies on the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lettering {
    /// Tone.
    pub ink: Ink,
    /// The smaller of the two sizes.
    pub small: bool,
    /// Kept legible over lines.
    pub halo: bool,
    /// Where it stands.
    pub anchor: Anchor,
}

impl Lettering {
    /// Starts at its point, normal size, no halo.
    pub const fn new(ink: Ink) -> Self {
        Self { ink, small: false, halo: false, anchor: Anchor::Start }
    }

    /// The same, smaller.
    pub const fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// The same, with a halo.
    pub const fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    /// The same, ending at its point.
    pub const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same, centred at its point.
    pub const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// Weight the stylesheet gives to this tone.
    pub fn weight(self) -> Weight {
        match self.ink {
            Ink::Strong | Ink::Inverse => Weight::Semibold,
            Ink::Accent => Weight::Bold,
            Ink::Plain | Ink::Full | Ink::Quiet => Weight::Regular,
        }
    }

    pub(super) fn colour(self) -> plotters::style::RGBColor {
        plotters::style::RGBColor(2, u8::from(self.small) | u8::from(self.halo) << 1, self.ink as u8)
    }

    fn of(colour: BackendColor, anchor: HPos) -> Self {
        let (_, flags, ink) = colour.rgb;
        Self {
            ink: INKS[usize::from(ink)].0,
            small: flags & 1 == 1,
            halo: flags & 2 == 2,
            anchor: match anchor {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
        }
    }

    fn classes(self) -> String {
        let anchor = match self.anchor {
            Anchor::Start => "",
            Anchor::Middle => "m",
            Anchor::End => "e",
        };
        let size = if self.small { "t-s" } else { "" };
        let halo = if self.halo { "halo" } else { "" };
        let classes = [anchor, INKS[self.ink as usize].1, size, halo];
        classes.into_iter().filter(|class| !class.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The growing body of an SVG; the pen and its owner share it.
pub type Body = Rc<RefCell<String>>;

/// The pen plotters draws with. Its size is in tenths of a unit.
pub struct Pen {
    size: (u32, u32),
    body: Body,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Pen {
    /// A pen on a view box of `width` × `height` tenths.
    pub fn new(size: (u32, u32), body: Body) -> Self {
        Self { size, body }
    }

    fn element(&self, element: std::fmt::Arguments<'_>) -> Drawn {
        let mut body = self.body.borrow_mut();
        body.write_fmt(element).expect("writing into a string cannot fail");
        body.push('\n');
        Ok(())
    }
}

impl DrawingBackend for Pen {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let (class, (x1, y1), (x2, y2)) = (class(style), from, to);
        let (x1, y1, x2, y2) = (Tenths(x1), Tenths(y1), Tenths(x2), Tenths(y2));
        self.element(format_args!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#))
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, _fill: bool) -> Drawn {
        let (class, x, y) = (class(style), Tenths(a.0), Tenths(a.1));
        let (width, height) = (Tenths(b.0 - a.0), Tenths(b.1 - a.1));
        self.element(format_args!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        match points[..] {
            [] | [_] => Ok(()),
            [from, to] => self.draw_line(from, to, style),
            _ => {
                let (class, points) = (class(style), coordinates(&points, ","));
                self.element(format_args!(r#"<polyline class="{class}" points="{points}"/>"#))
            }
        }
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, _fill: bool) -> Drawn {
        let (class, x, y) = (class(style), Tenths(center.0), Tenths(center.1));
        let radius = Tenths(i32::try_from(radius).unwrap_or(i32::MAX));
        self.element(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Drawn {
        let (class, points) = (class(style), coordinates(&vert.into_iter().collect::<Vec<_>>(), ","));
        self.element(format_args!(r#"<polygon class="{class}" points="{points}"/>"#))
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let anchor = style.anchor();
        // `Bottom` is the baseline; the others are met for plotters' own labels.
        let drop = match anchor.v_pos {
            VPos::Bottom => 0.0,
            VPos::Center => style.size() * 0.36,
            VPos::Top => style.size() * 0.76,
        };
        let (x, y, text) = (Tenths(pos.0), Tenths(pos.1 + drop.round() as i32), escape(text));
        match Lettering::of(style.color(), anchor.h_pos).classes().as_str() {
            "" => self.element(format_args!(r#"<text x="{x}" y="{y}">{text}</text>"#)),
            classes => self.element(format_args!(r#"<text class="{classes}" x="{x}" y="{y}">{text}</text>"#)),
        }
    }

    /// Measured with the embedded font; plotters alone would count bytes.
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let lettering = Lettering::of(style.color(), style.anchor().h_pos);
        let width = text::width(text, style.size(), lettering.weight(), lettering.anchor == Anchor::End);
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}

/// The text as it may stand in an element or an attribute. Characters that XML forbids become U+FFFD.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn class<S: BackendStyle>(style: &S) -> &'static str {
    Mark::CLASSES[usize::from(style.color().rgb.2)]
}

fn coordinates(points: &[BackendCoord], comma: &str) -> String {
    points.iter().map(|&(x, y)| format!("{}{comma}{}", Tenths(x), Tenths(y))).collect::<Vec<_>>().join(" ")
}

/// A length in tenths of a unit, written in units.
pub(super) struct Tenths(pub i32);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, units, rest) =
            (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        match rest {
            0 => write!(f, "{sign}{units}"),
            _ => write!(f, "{sign}{units}.{rest}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_at_most_one_decimal() {
        let written = |tenths| Tenths(tenths).to_string();
        assert_eq!([written(120), written(123), written(-5), written(0)], ["12", "12.3", "-0.5", "0"]);
    }

    #[test]
    fn text_is_escaped_for_elements_and_attributes() {
        assert_eq!(escape("a<b> & \"c\" 'd'\u{1}"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\u{fffd}");
    }

    #[test]
    fn the_palette_of_letterings_is_in_the_order_of_the_inks() {
        for (at, (ink, _)) in INKS.iter().enumerate() {
            assert_eq!(*ink as usize, at);
        }
    }
}
