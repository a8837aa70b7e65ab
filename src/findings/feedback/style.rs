//! The look of the feedback workbook: Times New Roman, one blue, and a severity
//! that is told by word, weight and shade, so that it survives a grey printer.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::findings::Severity;

const INK: Color = Color::RGB(0x18_21_2B);
const QUIET: Color = Color::RGB(0x47_53_5F);
const BLUE: Color = Color::RGB(0x12_43_6D);
const WASH: Color = Color::RGB(0xE8_EF_F6);
const SHADE: Color = Color::RGB(0xC6_D6_E6);
const RULE: Color = Color::RGB(0xA9_B3_BD);

/// Every format of the workbook, made once.
pub(super) struct Styles {
    pub organisation: Format,
    pub notice: Format,
    pub title: Format,
    pub label: Format,
    pub fact: Format,
    pub hash: Format,
    pub result: Format,
    pub request: Format,
    pub guide: Format,
    pub head: Format,
    pub cell: Format,
    pub code: Format,
    pub link: Format,
    pub nothing: Format,
    pub rule_code: Format,
    pub plain: Format,
    pub bold: Format,
    pub italic: Format,
    error: Format,
    warning: Format,
    info: Format,
}

impl Styles {
    pub fn new() -> Self {
        let base = Format::new().set_font_name("Times New Roman").set_font_size(11).set_font_color(INK);
        let middle = base.clone().set_align(FormatAlign::VerticalCenter);
        let fact = middle.clone().set_border_bottom(FormatBorder::Hair).set_border_bottom_color(RULE);
        let ruled = base.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        let cell = ruled.clone().set_align(FormatAlign::Top).set_align(FormatAlign::Left).set_text_wrap().set_indent(1);
        let marked = |format: &Format| format.clone().set_border_left(FormatBorder::Thick).set_border_left_color(BLUE);
        let centred = |format: &Format| format.clone().set_align(FormatAlign::Center);
        Self {
            organisation: middle.clone().set_bold(),
            notice: middle.clone().set_bold().set_font_color(BLUE).set_align(FormatAlign::Right),
            title: middle.clone().set_bold().set_font_size(16).set_align(FormatAlign::Left),
            label: fact.clone().set_font_color(QUIET),
            hash: fact.clone().set_font_name("Courier New").set_font_size(9),
            result: fact.clone().set_bold().set_font_color(BLUE),
            fact: fact.set_bold(),
            request: middle.clone().set_bold().set_text_wrap(),
            guide: middle.clone().set_italic().set_font_color(QUIET).set_font_size(10),
            head: centred(&ruled)
                .set_bold()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(WASH)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_bottom_color(BLUE),
            code: cell.clone().set_font_size(10).set_font_color(QUIET),
            link: cell.clone().set_font_color(BLUE).set_bold().set_underline(FormatUnderline::Single),
            nothing: centred(&ruled).set_align(FormatAlign::VerticalCenter),
            rule_code: cell.clone().set_bold(),
            bold: base.clone().set_bold(),
            italic: base.clone().set_italic().set_font_color(BLUE),
            plain: base,
            error: marked(&cell).set_bold().set_background_color(SHADE),
            warning: cell.clone().set_bold(),
            info: cell.clone().set_font_color(QUIET),
            cell,
        }
    }

    /// Shaded with a thick edge for an error, bold for a warning, plain for what asks nothing.
    pub fn severity(&self, severity: Severity, explained: bool) -> &Format {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning if !explained => &self.warning,
            Severity::Warning | Severity::Info => &self.info,
        }
    }
}
