//! The method page: how figures are made, compared and protected, in plain words.
//!
//! Written from the same parameters and texts that the program uses; the
//! numbers of the worked examples come from the very functions, on inputs
//! declared beside them.
//!
//! ```text
//! figures  how figures are added, divided, rounded
//! chance   how differences are told from chance
//! care     quality, protection, publication, rearranged units
//! ```

mod care;
mod chance;
mod figures;

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::{Frame, Link};

/// What `method.html` needs.
#[derive(Debug, Serialize)]
pub struct Method {
    /// The contents: each section with its anchor.
    pub contents: Vec<Link>,
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The method page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Method) {
    let mut blocks = sections(book);
    block::number(&mut blocks);
    let contents = blocks.iter().map(|block| Link::new(block.topic.clone(), format!("#{}", block.id))).collect();
    let frame = Frame::new(
        book.release,
        path,
        "Phương pháp",
        "Mỗi con số đi từ ô trong biểu đến trang này như thế nào",
        "Số nguyên được cộng; tỷ lệ tính từ tổng tử số chia tổng mẫu số, làm tròn một lần khi in. Chỉ nói là khác khi số đủ lớn để loại trừ ngẫu nhiên. Các ví dụ trên trang do chính chương trình tính.",
    )
    .action("Quy tắc kiểm tra", page::RULES)
    .action("Danh mục chỉ tiêu", page::MEASURES);
    (frame, Method { contents, blocks })
}

/// Every method: its title, its question, its anchor.
pub fn contents(book: &Book<'_>) -> Vec<[String; 3]> {
    sections(book).into_iter().map(|block| [block.topic, block.finding, block.id]).collect()
}

fn sections(book: &Book<'_>) -> Vec<Block> {
    figures::sections(book).into_iter().chain(chance::sections(book)).chain(care::sections(book)).collect()
}

/// One method: the question it answers, its rule, worked examples, cases at the edge, and where it is from.
struct Section {
    id: &'static str,
    title: &'static str,
    question: &'static str,
    rule: Vec<String>,
    tables: Vec<Table>,
    edges: Vec<String>,
    source: String,
}

impl Section {
    fn block(self) -> Block {
        let mut side = Vec::new();
        if !self.edges.is_empty() {
            side.push(Note { title: "Trường hợp riêng".into(), paragraphs: self.edges });
        }
        side.push(Note::new("Nguồn", self.source));
        Block {
            id: self.id.into(),
            topic: self.title.into(),
            finding: self.question.into(),
            points: self.rule,
            tables: self.tables,
            side,
            ..Block::default()
        }
    }
}

/// A table of worked examples: a heading for each column, and rows of finished texts.
fn example(title: &str, subtitle: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    let columns: Vec<Column> = columns.iter().map(|column| Column::text(*column)).collect();
    let rows = rows.into_iter().map(|row| {
        let mut cells = row.into_iter().map(Cell::text);
        Row::new(cells.next().unwrap_or_default(), cells.collect())
    });
    Table::new(title, subtitle, &columns, rows.collect())
}
