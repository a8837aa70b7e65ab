//! The look of the form: Times New Roman, ruled tables, soft input cells that survive grey print.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const INK: Color = Color::RGB(0x1F2A37);
const INPUT: Color = Color::RGB(0xFFF8E1);
const HEAD: Color = Color::RGB(0xE6ECF3);
const CLOSED: Color = Color::RGB(0xF1F1F1);

/// Every format of a workbook, made once.
pub(super) struct Styles {
    /// Plain text, wrapped.
    pub text: Format,
    /// Small italic remarks.
    pub remark: Format,
    /// Centred plain text, wrapped.
    pub centre: Format,
    /// Centred over whatever is empty beside it: issuing body, signature hints.
    pub beside: Format,
    /// The same, bold: national title, signature titles.
    pub beside_bold: Format,
    /// The same, bold and underlined: the motto, the unit's name.
    pub ruled: Format,
    /// The same, italic: place and date of signing, the form number.
    pub beside_italic: Format,
    /// Title of a sheet.
    pub title: Format,
    /// Under the title: unit and period.
    pub subtitle: Format,
    /// SỐ LIỆU MINH HỌA.
    pub sample: Format,
    /// Section heading of the guide.
    pub section: Format,
    /// Table head.
    pub head: Format,
    /// Column numbers under the head.
    pub head_small: Format,
    /// Table cell, text.
    pub cell: Format,
    /// Table cell, indented part of the row above.
    pub part: Format,
    /// Table cell, centred.
    pub mid: Format,
    /// Table cell, centred, code.
    pub code: Format,
    /// Table cell, number, closed.
    pub sum: Format,
    /// Not asked: `x`.
    pub closed: Format,
    /// Input: number.
    pub input: Format,
    /// Input: text.
    pub input_text: Format,
    /// Input: centred choice.
    pub input_mid: Format,
    /// Input: date.
    pub input_date: Format,
    /// Value of the cover, closed.
    pub declared: Format,
    /// Date of the cover, closed.
    pub declared_day: Format,
    /// Value of the cover, open.
    pub declared_open: Format,
    /// Date of the cover, open.
    pub declared_open_day: Format,
    /// Column “Kiểm tra”.
    pub live: Format,
    /// Conditional: holds.
    pub good: Format,
    /// Conditional: broken.
    pub bad: Format,
}

impl Styles {
    pub fn new() -> Self {
        let base = Self::base().set_font_color(INK).set_align(FormatAlign::VerticalCenter);
        let text = base.clone().set_text_wrap();
        let centre = text.clone().set_align(FormatAlign::Center);
        let beside = base.clone().set_align(FormatAlign::Center);
        let ruled =
            |format: &Format| format.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x8A94A0));
        let cell = ruled(&text).set_indent(1);
        let mid = ruled(&centre);
        let head = mid.clone().set_bold().set_background_color(HEAD);
        let number = ruled(&base).set_align(FormatAlign::Right).set_indent(1).set_num_format("#,##0");
        let open = |format: &Format| format.clone().set_background_color(INPUT).set_unlocked();
        let declared = cell.clone().set_align(FormatAlign::Left).set_indent(1).set_bold();
        let date = mid.clone().set_num_format("dd/mm/yyyy");
        Self {
            remark: text.clone().set_italic().set_font_size(10),
            beside_bold: beside.clone().set_bold(),
            ruled: beside.clone().set_bold().set_underline(FormatUnderline::Single),
            beside_italic: beside.clone().set_italic(),
            beside,
            title: centre.clone().set_bold().set_font_size(14),
            subtitle: centre.clone().set_italic().set_font_size(12),
            sample: centre.clone().set_bold().set_font_color(Color::RGB(0xB3261E)),
            section: base.clone().set_bold().set_font_size(12),
            head_small: mid.clone().set_italic().set_font_size(9).set_background_color(HEAD),
            part: cell.clone().set_indent(2).set_italic(),
            code: mid.clone().set_font_size(9).set_font_color(Color::RGB(0x4B5563)),
            sum: number.clone().set_bold().set_background_color(HEAD),
            closed: mid.clone().set_background_color(CLOSED).set_font_color(Color::RGB(0x808080)),
            input: open(&number),
            input_text: open(&cell),
            input_mid: open(&mid),
            input_date: open(&date),
            declared_day: declared.clone().set_num_format("dd/mm/yyyy"),
            declared_open: open(&declared),
            declared_open_day: open(&declared).set_num_format("dd/mm/yyyy"),
            declared,
            live: base.clone().set_font_size(10).set_text_wrap().set_indent(1),
            good: Format::new().set_font_color(Color::RGB(0x1E7B34)),
            bad: Format::new()
                .set_font_color(Color::RGB(0x9C1C16))
                .set_bold()
                .set_background_color(Color::RGB(0xFBE3E1)),
            text,
            centre,
            head,
            cell,
            mid,
        }
    }

    /// The workbook's default.
    pub fn base() -> Format {
        Format::new().set_font_name("Times New Roman").set_font_size(11)
    }
}
