//! One square for each return: what is in, late, missing at a glance.
//!
//! Meaning: counts of units, part after part in the order given; no square
//! stands for a named unit. Solid, hatched and outlined can be told apart
//! without colour. Each part is named with its count.
//!
//! Absence: missing returns are a part of their own (outlined); with no unit
//! at all the drawing is empty but for its description.

use super::canvas::{Ink, Lettering, Mark};
use super::key::Key;
use super::sheet::{Format, Sheet};
use super::{Drawing, Head};

/// A chart of squares.
#[derive(Clone, Debug, PartialEq)]
pub struct Squares {
    /// Title, finding, id.
    pub head: Head,
    /// The parts in order.
    pub parts: Vec<SquarePart>,
}

/// Units alike in one respect.
#[derive(Clone, Debug, PartialEq)]
pub struct SquarePart {
    /// Number of squares.
    pub count: u32,
    /// `19 đúng hạn`.
    pub label: String,
    /// How the squares look.
    pub fill: Fill,
}

/// How a square looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Solid.
    Solid,
    /// Hatched.
    Hatched,
    /// Outlined.
    Open,
}

impl Fill {
    fn mark(self) -> Mark {
        match self {
            Fill::Solid => Mark::Bar,
            Fill::Hatched => Mark::BarHatched,
            Fill::Open => Mark::BarOpen,
        }
    }
}

const NAME: Lettering = Lettering::new(Ink::Strong);

impl Squares {
    /// For a page.
    pub fn drawing(&self) -> Drawing {
        Drawing::on_page(|format| self.draw(format))
    }

    /// For a slide.
    pub fn slide(&self) -> Drawing {
        Drawing::on_slide(|format| self.draw(format))
    }

    fn parts(&self) -> impl Iterator<Item = &SquarePart> {
        self.parts.iter().filter(|part| part.count > 0)
    }

    /// One drawing.
    pub fn draw(&self, format: Format) -> String {
        let count: u32 = self.parts().map(|part| part.count).sum();
        let (side, gap, columns) = grid(format, count);
        let pitch = side + gap;
        let rows = count.div_ceil(columns);
        let foot = 1.0 + f64::from(rows) * pitch - gap;
        let mut starts: Vec<(f64, &SquarePart)> = self
            .parts()
            .scan(0, |before, part| {
                let first = *before;
                *before += part.count;
                Some((1.0 + f64::from(first) * pitch, part))
            })
            .collect();
        if let Some((x, part)) = starts.last_mut() {
            *x = x.min(format.width() - format.measure(NAME, &part.label));
        }
        // In one row each part is named below its first square, if the names leave each other room.
        let named = rows == 1
            && starts
                .windows(2)
                .all(|pair| pair[0].0 + format.measure(NAME, &pair[0].1.label) + format.grown(10.0) <= pair[1].0);
        let key = Key::new(format, self.parts().filter(|_| !named).map(|part| (part.fill.mark(), part.label.clone())));
        let below = if named { format.grown(36.0) } else { format.grown(14.0) + key.height };
        let sheet = Sheet::new(format, foot.max(1.0) + below);
        let fills = self.parts().flat_map(|part| (0..part.count).map(|_| part.fill));
        for (at, fill) in (0u32..).zip(fills) {
            let corner = (1.0 + f64::from(at % columns) * pitch, 1.0 + f64::from(at / columns) * pitch);
            sheet.rect(fill.mark(), corner, (corner.0 + side, corner.1 + side));
        }
        if named {
            for (x, part) in starts {
                sheet.text(NAME, (x, foot + format.grown(26.0)), &part.label);
            }
        } else {
            key.draw(&sheet, format, foot.max(1.0) + format.grown(14.0));
        }
        sheet.finish(&self.head, &self.head.desc(self.parts.iter().map(|part| part.label.clone())))
    }
}

/// The largest squares that need no more rows than suit the format: side, gap, columns.
fn grid(format: Format, count: u32) -> (f64, f64, u32) {
    let most_rows = if format.is_narrow() { 6 } else { 4 };
    let largest = format.grown(if format.is_narrow() { 22.7 } else { 26.3 });
    let room = format.width() - 2.0;
    let mut side = largest;
    loop {
        let gap = (side * 0.19).max(1.5);
        let columns = (((room + gap) / (side + gap)).floor() as u32).max(1);
        if count.div_ceil(columns) <= most_rows || side <= 4.0 {
            return (side, gap, columns);
        }
        side -= 0.5;
    }
}
