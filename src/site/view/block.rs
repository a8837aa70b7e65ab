//! Parts that every page is put together from: blocks, figures, tables. Finished strings only.

use serde::Serialize;

use crate::vocabulary::Period;

/// One section of a page: a finding, what shows it, and how to read that.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Block {
    /// Anchor.
    pub id: String,
    /// What it is about, in a few words.
    pub topic: String,
    /// The sentence to remember.
    pub finding: String,
    /// At most two sentences more.
    pub more: String,
    /// The points of a rule, each a short paragraph.
    pub points: Vec<String>,
    /// Charts.
    pub figures: Vec<Figure>,
    /// Two small charts side by side: only their narrow drawings are shown.
    pub pair: bool,
    /// Many small charts of one scale, each with its name.
    pub smalls: Vec<Small>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Texts of the side column.
    pub side: Vec<Note>,
}

/// A titled text of the side column, or of the method page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Note {
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

impl Note {
    /// A note of one paragraph.
    pub fn new(title: &str, text: impl Into<String>) -> Self {
        Self { title: title.to_owned(), paragraphs: vec![text.into()] }
    }
}

/// A chart with its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Its number on the page.
    pub number: usize,
    /// The finding, in at most ten words.
    pub title: String,
    /// Chỉ tiêu, nơi, kỳ, đơn vị.
    pub subtitle: String,
    /// What the marks mean, where that is not plain.
    pub key: Vec<String>,
    /// The drawings, as SVG: wide and narrow.
    pub drawings: Vec<String>,
    /// Coverage, status, and who is not drawn and why.
    pub coverage: String,
    /// The number on the page of the table with the same figures; 0 for none.
    pub table: usize,
}

/// One of many small charts.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Small {
    /// Whose it is.
    pub name: String,
    /// Its page, from the root of the site.
    pub href: String,
    /// The drawing, as SVG.
    pub drawing: String,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its number on the page.
    pub number: usize,
    /// What it holds.
    pub title: String,
    /// Nơi, kỳ, đơn vị.
    pub subtitle: String,
    /// Heading rows, from the columns.
    pub head: Vec<Vec<Head>>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// Footnotes.
    pub notes: Vec<String>,
    /// Spans the side column too.
    pub full: bool,
    /// Printed on a landscape page of its own.
    pub wide: bool,
    /// Cells touch, for their tints are read together; heading and first column stay in sight.
    pub heat: bool,
    /// Number of columns.
    pub width: usize,
}

/// One cell of the heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Text.
    pub text: String,
    /// Unit of measure, in a second line.
    pub unit: String,
    /// CSS class: `n` for numbers, `g` for a group of columns.
    pub class: &'static str,
    /// Code of the period whose figures stand below; the audit reads them back by it.
    pub period: String,
    /// Link, from the root of the site: the measure of the column.
    pub href: String,
    /// Columns it spans.
    pub columns: usize,
    /// Rows it spans.
    pub rows: usize,
}

/// A column, before the heading is laid out.
#[derive(Clone, Debug, Default)]
pub struct Column {
    text: String,
    unit: String,
    group: String,
    number: bool,
    period: String,
    href: String,
}

impl Column {
    /// A column of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A column of numbers.
    pub fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: true, ..Self::default() }
    }

    /// The same column with a unit of measure under its heading.
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), ..self }
    }

    /// The same column, of the figures of a period and nothing else.
    pub fn of(self, period: Period) -> Self {
        Self { period: period.to_string(), ..self }
    }

    /// The same column, leading to the page of its measure.
    pub fn link(self, href: impl Into<String>) -> Self {
        Self { href: href.into(), ..self }
    }

    /// The same column under a common heading with its neighbours of that group.
    pub fn under(self, group: impl Into<String>) -> Self {
        Self { group: group.into(), ..self }
    }
}

/// A row of the body.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Anchor; mostly empty.
    pub id: String,
    /// CSS class: `sub` for a heading between rows, `sum` for a total, `self` for the unit of the page.
    pub class: &'static str,
    /// The heading of the row.
    pub label: Cell,
    /// Its cells.
    pub cells: Vec<Cell>,
}

impl Row {
    /// A plain row.
    pub fn new(label: Cell, cells: Vec<Cell>) -> Self {
        Self { label, cells, ..Self::default() }
    }

    /// The same row with an anchor.
    pub fn anchor(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// A heading between rows.
    pub fn heading(text: impl Into<String>) -> Self {
        Self { class: "sub", label: Cell::text(text), ..Self::default() }
    }

    /// The same row, with a class.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }
}

/// A cell of the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Text or number, finished; a sign where there is none.
    pub text: String,
    /// CSS class.
    pub class: &'static str,
    /// Whether the text is one of the signs … x •.
    pub sign: bool,
    /// Link, from the root of the site.
    pub href: String,
    /// A small second line.
    pub note: String,
    /// The sign of a footnote: `1`.
    pub mark: String,
    /// A drawing instead of text, as HTML.
    pub drawing: String,
    /// Columns it spans beyond the first.
    pub more_columns: usize,
}

impl Cell {
    /// Text, aligned left.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number, or a sign in its place.
    pub fn number(text: impl Into<String>) -> Self {
        let text = text.into();
        let sign = matches!(text.as_str(), "…" | "x" | "•");
        Self { text, sign, class: "n", ..Self::default() }
    }

    /// The same cell with a CSS class.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same cell, leading to a page.
    pub fn link(self, href: impl Into<String>) -> Self {
        Self { href: href.into(), ..self }
    }

    /// The same number, leading to what it is made of; what is not applicable is made of nothing.
    pub fn traced(self, href: Option<String>) -> Self {
        match href {
            Some(href) if self.text != "x" => self.link(href),
            _ => self,
        }
    }

    /// The same cell with a small second line.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same cell with the sign of a footnote.
    pub fn marked(self, mark: impl Into<String>) -> Self {
        Self { mark: mark.into(), ..self }
    }

    /// The same cell across so many columns.
    pub fn across(self, columns: usize) -> Self {
        Self { more_columns: columns.saturating_sub(1), ..self }
    }

    /// The same number, in bold: the period in review.
    pub fn key(self) -> Self {
        Self { class: "n k", ..self }
    }

    /// Text that does not break.
    pub fn short(text: impl Into<String>) -> Self {
        Self { class: "nw", ..Self::text(text) }
    }

    /// How far a model has come on its five steps, drawn by the style sheet; the number stands beside it.
    pub fn steps(reached: u8) -> Self {
        Self::drawing(format!("<i class=\"b{}\"></i>", reached.min(5)))
    }

    /// A small drawing.
    pub fn drawing(svg: impl Into<String>) -> Self {
        Self { drawing: svg.into(), ..Self::default() }
    }
}

impl Table {
    /// A table with a laid-out heading; the first column heads the rows.
    pub fn new(title: impl Into<String>, subtitle: impl Into<String>, columns: &[Column], rows: Vec<Row>) -> Self {
        Self {
            title: title.into(),
            subtitle: subtitle.into(),
            head: heading(columns),
            rows,
            width: columns.len(),
            ..Self::default()
        }
    }

    /// The same table across the whole page.
    pub fn full(self) -> Self {
        Self { full: true, ..self }
    }

    /// The same table across the whole page, and on a landscape page of its own when printed.
    pub fn wide(self) -> Self {
        Self { full: true, wide: true, ..self }
    }

    /// The same table with these footnotes more.
    pub fn notes(mut self, notes: Vec<String>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same table with a footnote more.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        if !note.is_empty() {
            self.notes.push(note);
        }
        self
    }
}

/// One heading row, or two where columns share a group.
pub fn heading(columns: &[Column]) -> Vec<Vec<Head>> {
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let (mut first, mut second): (Vec<Head>, Vec<Head>) = (Vec::new(), Vec::new());
    let mut open = "";
    for column in columns {
        let head = Head {
            text: column.text.clone(),
            unit: column.unit.clone(),
            class: if column.number { "n" } else { "" },
            period: column.period.clone(),
            href: column.href.clone(),
            columns: 1,
            rows: 1,
        };
        if column.group.is_empty() {
            first.push(Head { rows: if grouped { 2 } else { 1 }, ..head });
        } else {
            if column.group == open {
                first.last_mut().expect("a group was opened before").columns += 1;
            } else {
                first.push(Head { text: column.group.clone(), class: "g", columns: 1, rows: 1, ..Head::default() });
            }
            second.push(head);
        }
        open = &column.group;
    }
    if grouped { vec![first, second] } else { vec![first] }
}

/// Numbers the figures and tables of a page in reading order.
pub fn number<'a>(blocks: impl IntoIterator<Item = &'a mut Block>) {
    let (mut figures, mut tables) = (0, 0);
    for block in blocks {
        for table in &mut block.tables {
            tables += 1;
            table.number = tables;
        }
        let shown = block.tables.first().map_or(0, |table| table.number);
        for figure in &mut block.figures {
            figures += 1;
            figure.number = figures;
            if figure.table == 0 {
                figure.table = shown;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_group_share_one_heading_over_two_rows() {
        let head = heading(&[
            Column::text("Đơn vị"),
            Column::number("2026").under("Tỷ lệ"),
            Column::number("2027").under("Tỷ lệ"),
        ]);
        assert_eq!(head.len(), 2);
        assert_eq!((head[0][0].rows, head[0][1].columns, head[1].len()), (2, 2, 2));
    }

    #[test]
    fn figures_point_to_the_table_of_their_block() {
        let mut blocks = [
            Block { figures: vec![Figure::default()], tables: vec![Table::default()], ..Block::default() },
            Block { figures: vec![Figure::default()], tables: vec![Table::default()], ..Block::default() },
        ];
        number(&mut blocks);
        assert_eq!((blocks[1].figures[0].number, blocks[1].figures[0].table), (2, 2));
    }
}
