//! The return workbook: blank for a commune to fill, or filled for a demonstration.
//!
//! ```text
//! fill      what is written besides the form: cover, values
//! layout    which sheets, rows and cells are open for this unit and period
//! live      the checks a clerk sees while typing
//! guide, cover, rows, settlements, models, criteria    one kind of sheet each
//! style, page    the look, the paper
//! ```
//!
//! Reading a workbook back is the business of `intake`.

mod cover;
mod criteria;
mod fill;
mod guide;
mod layout;
mod live;
mod models;
mod page;
mod rows;
mod settlements;
mod style;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub use fill::{CriterionLine, Fill, Line, ModelLine, Settlement, Typed};

use crate::definitions::{Definitions, Form, SheetKind, Unit};
use crate::form::layout::{Layout, label_cell};
use crate::form::style::Styles;
use crate::vocabulary::Period;

/// One return as an Excel workbook.
///
/// It holds the sheets of the unit's plans and the rows asked in the period;
/// every formula carries the value it shows. The same arguments give the same bytes.
///
/// # Errors
/// When the unit is not in the register, or a text of the form does not fit what Excel allows.
pub fn workbook(form: &Form, definitions: &Definitions, fill: &Fill) -> anyhow::Result<Vec<u8>> {
    let layout = Layout::new(form, definitions, fill)?;
    let styles = Styles::new();
    let mut book = Workbook::new();
    book.set_default_format(&Styles::base(), 20, 64)?;
    book.set_properties(&properties(&layout)?);
    book.add_worksheet();

    let mut told = Vec::new();
    for sheet in &layout.sheets {
        let page = book.add_worksheet();
        match sheet.kind {
            SheetKind::Cover => told.extend(cover::write(page, &layout, &styles, sheet)?),
            SheetKind::Rows => told.push(rows::write(page, &layout, &styles, sheet)?),
            SheetKind::Settlements => settlements::write(page, &layout, &styles, sheet)?,
            SheetKind::Models => models::write(page, &layout, &styles, sheet)?,
            SheetKind::Criteria => criteria::write(page, &layout, &styles, sheet)?,
        }
    }
    guide::write(book.worksheet_from_index(0)?, &layout, &styles, &told)?;
    if let Some(cover) = layout.cover() {
        let whole_period = format!("{}:{}", label_cell("Loại kỳ"), label_cell("Năm"));
        for (name, cells) in [
            ("phien_ban_bieu_mau", label_cell("Phiên bản biểu mẫu")),
            ("ma_don_vi", label_cell("Mã đơn vị")),
            ("ky_bao_cao", whole_period),
        ] {
            book.define_name(name, &format!("='{cover}'!{cells}"))?;
        }
    }
    Ok(book.save_to_buffer()?)
}

/// The name a blank return is handed out under: `99001_2026-Q3_bao-cao.xlsx`.
pub fn template_name(unit: &Unit, period: Period) -> String {
    format!("{}_{period}_bao-cao.xlsx", unit.code)
}

fn properties(layout: &Layout) -> anyhow::Result<DocProperties> {
    let site = &layout.definitions.site;
    Ok(DocProperties::new()
        .set_title(format!("{} – {}", layout.unit_name(), layout.fill.period.title()))
        .set_subject(if site.synthetic { "SỐ LIỆU MINH HỌA" } else { "Báo cáo số liệu" })
        .set_company(&site.organisation)
        // A fixed day, so that the same return is the same file.
        .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?))
}
