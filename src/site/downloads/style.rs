//! How the workbooks look: formats, paper, running heads. What stands in them is told elsewhere.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

use crate::release::Release;
use crate::site::words;
use crate::vocabulary::Edition;

/// The formats that sheets share. Grouping and decimal signs follow the reader's own settings.
pub struct Formats {
    /// The first line of a sheet.
    pub title: Format,
    /// The header of a column of text.
    pub head: Format,
    /// The header of a column of numbers.
    pub head_of_numbers: Format,
    /// Text.
    pub text: Format,
    /// Long text, in several lines.
    pub long: Format,
    /// A whole number.
    pub whole: Format,
    /// A number with one decimal.
    pub percent: Format,
    /// A sign in place of a number.
    pub sign: Format,
}

/// The height of a line, in points: Times New Roman at 12, and its stand-ins where it is missing.
const LINE: f64 = 16.5;

/// The sheet of paper a table is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// A4.
    Upright,
    /// A4, landscape.
    Across,
    /// A3, landscape.
    Large,
}

impl Formats {
    /// The formats, made for one workbook.
    pub fn new() -> Self {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(12).set_align(FormatAlign::Top);
        let head = base
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_background_color(Color::RGB(0xE8EFF6))
            .set_border_bottom(FormatBorder::Thin);
        Self {
            title: base.clone().set_bold().set_font_size(14),
            head: head.clone().set_align(FormatAlign::Left).set_indent(1),
            head_of_numbers: head.set_align(FormatAlign::Right),
            text: base.clone().set_align(FormatAlign::Left).set_indent(1),
            long: base.clone().set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
            whole: base.clone().set_num_format("#,##0"),
            percent: base.clone().set_num_format("#,##0.0"),
            sign: base.set_align(FormatAlign::Right),
        }
    }
}

/// Lines that a text takes in a column of so many letters.
pub fn lines_of(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters.max(1)).max(1)
}

/// Height of a row of so many lines; programs other than Excel do not find it themselves.
pub fn height(lines: usize) -> f64 {
    lines as f64 * LINE + 1.0
}

/// A4, or larger where the table asks for it, with notice, lock day, build and page numbers on each sheet of paper.
pub fn on_paper(sheet: &mut Worksheet, release: &Release, paper: Sheet) {
    let site = &release.definitions().site;
    let plain = |text: &str| text.replace('&', "&&");
    let notice = if site.synthetic { "SỐ LIỆU MINH HỌA" } else { "" };
    let edition = words::inside(words::edition(release.edition()));
    let locked = format!("Khóa số liệu {} · bản dựng {}", words::date(release.as_of()), release.build_id());
    if paper != Sheet::Upright {
        sheet.set_landscape();
    }
    // 8 is A3, 9 is A4, in the list of the file format.
    sheet.set_paper_size(if paper == Sheet::Large { 8 } else { 9 }).set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{} · {}&R&\"-,Bold\"{notice}", plain(&site.title), plain(&site.province_name)));
    sheet.set_footer(format!("&L{locked} · {edition}&RTrang &P/&N"));
}

/// The signs and what they mean.
pub fn signs(release: &Release) -> [(&'static str, String); 4] {
    let hidden = match release.edition() {
        Edition::Internal => "Không công bố ở bản công khai".to_owned(),
        Edition::Public => format!(
            "Không công bố: số nhỏ (dưới {}) hoặc số phải giữ kín để không suy ra được số nhỏ",
            release.definitions().policy.threshold
        ),
    };
    [
        ("0", "Có báo cáo, không phát sinh".to_owned()),
        ("…", "Chưa báo cáo".to_owned()),
        ("x", "Không áp dụng".to_owned()),
        ("•", hidden),
    ]
}
