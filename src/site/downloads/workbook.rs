//! The workbook for people: notes first, then one table per sheet, each with its header once.
//!
//! Laid out after the UK Government Analysis Function's spreadsheet guidance:
//! no merged cells, no blank rows, units in a column, signs explained.

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use crate::release::{Figure, MeasureInfo, Quantity, Release};
use crate::site::downloads::style::{Formats, Sheet, height, lines_of, on_paper, signs};
use crate::vocabulary::text::neutralised;
use crate::vocabulary::{Area, Edition, Period, PeriodKind};

/// More columns of periods than these ask for a larger sheet of paper than A4.
const ACROSS: usize = 9;

/// `so-lieu.xlsx`: every figure of the edition, areas and measures down, periods across.
pub fn workbook(release: &Release) -> anyhow::Result<Vec<u8>> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    // A fixed moment: the same figures must give the same bytes.
    let locked = ExcelDateTime::parse_from_str(&release.as_of().to_string()).context("ngày khóa số liệu")?;
    workbook.set_properties(&DocProperties::new().set_title("Tổng kết: số liệu").set_creation_datetime(&locked));
    notes(workbook.add_worksheet(), release, &formats)?;
    let kinds = [
        ("Năm, giai đoạn", vec![PeriodKind::Year, PeriodKind::Span]),
        ("6 tháng, 9 tháng", vec![PeriodKind::Half, PeriodKind::NineMonths]),
        ("Quý", vec![PeriodKind::Quarter]),
    ];
    for (name, kinds) in kinds {
        let periods = release.cube().axes().periods().iter().copied();
        let periods: Vec<Period> = periods.filter(|period| kinds.contains(&period.kind())).collect();
        figures(workbook.add_worksheet_with_low_memory()?.set_name(name)?, release, &periods, &formats)?;
    }
    measures(workbook.add_worksheet(), release, &formats)?;
    Ok(workbook.save_to_buffer()?)
}

fn notes(sheet: &mut Worksheet, release: &Release, formats: &Formats) -> anyhow::Result<()> {
    let site = &release.definitions().site;
    let edition = match release.edition() {
        Edition::Internal => "Bản nội bộ",
        Edition::Public => "Bản công khai",
    };
    sheet.set_name("Ghi chú")?.set_column_width(0, 26)?.set_column_width(1, 78)?;
    sheet.write_with_format(0, 0, format!("{}: số liệu {}", site.title, site.province_name), &formats.title)?;
    let mut lines = vec![
        ("Đơn vị công bố".to_owned(), site.organisation.clone()),
        ("Bản".to_owned(), edition.to_owned()),
        ("Khóa số liệu".to_owned(), release.as_of().format("%d/%m/%Y").to_string()),
        ("Bản dựng".to_owned(), release.build_id().to_owned()),
        ("Cách chia kỳ".to_owned(), release.definitions().scheme.title.clone()),
    ];
    if site.synthetic {
        lines.insert(
            0,
            (
                "SỐ LIỆU MINH HỌA".to_owned(),
                "Tên đơn vị và mọi con số đều được đặt ra, không phải của địa phương nào".to_owned(),
            ),
        );
    }
    lines.extend(signs(release).map(|(sign, meaning)| (format!("Ký hiệu {sign}"), meaning)));
    lines.push((
        "Tỷ lệ".to_owned(),
        "Tính bằng phần trăm từ tổng tử số và tổng mẫu số, không lấy trung bình các tỷ lệ".to_owned(),
    ));
    on_paper(sheet, release, Sheet::Upright);
    for (row, (label, text)) in (1..).zip(&lines) {
        sheet.write_with_format(row, 0, label, &formats.long)?;
        sheet.write_with_format(row, 1, neutralised(text).as_ref(), &formats.long)?;
        sheet.set_row_height(row, height(lines_of(text, 76)))?;
    }
    Ok(())
}

fn figures(sheet: &mut Worksheet, release: &Release, periods: &[Period], formats: &Formats) -> anyhow::Result<()> {
    let heads = ["Mã địa bàn", "Địa bàn", "Mã chỉ tiêu", "Chỉ tiêu", "ĐVT"];
    let widths = [12.0, 26.0, 22.0, 52.0, 10.0];
    for ((col, head), width) in (0..).zip(heads).zip(widths) {
        sheet.write_with_format(0, col, head, &formats.head)?.set_column_width(col, width)?;
    }
    let first = heads.len() as u16;
    for (col, period) in (first..).zip(periods) {
        sheet.write_with_format(0, col, period.heading(), &formats.head_of_numbers)?.set_column_width(col, 13)?;
    }
    let mut row = 0;
    for area in release.cube().axes().areas() {
        let (code, name) = (area.to_string(), release.area_name(area));
        for measure in release.measures() {
            let figures: Vec<&Figure> =
                periods.iter().map(|period| release.figure(area, *period, &measure.code)).collect();
            // A row that applies in no period tells nobody anything.
            if figures.iter().all(|figure| figure.due == 0) {
                continue;
            }
            row += 1;
            for (col, text) in
                (0..).zip([&code, &name, measure.code.as_str(), &measure.title, &measure.unit_of_measure])
            {
                sheet.write_with_format(row, col, neutralised(text).as_ref(), &formats.text)?;
            }
            for (col, figure) in (first..).zip(figures) {
                figure_cell(sheet, row, col, measure, figure, formats)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 4)?.autofilter(0, 0, row.max(1), first - 1 + periods.len() as u16)?;
    sheet.set_repeat_rows(0, 0)?;
    on_paper(sheet, release, if periods.len() > ACROSS { Sheet::Large } else { Sheet::Across });
    Ok(())
}

fn figure_cell(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    measure: &MeasureInfo,
    figure: &Figure,
    formats: &Formats,
) -> anyhow::Result<()> {
    match figure.value {
        Some(Quantity::Whole(value)) => match measure.class_title(value) {
            Some(class) => sheet.write_with_format(row, col, class, &formats.text)?,
            None => sheet.write_with_format(row, col, value as f64, &formats.whole)?,
        },
        Some(Quantity::Ratio { denominator: 0, .. }) => {
            sheet.write_with_format(row, col, "Không có đối tượng", &formats.sign)?
        }
        Some(Quantity::Ratio { numerator, denominator }) => {
            let percent = numerator as f64 * 100.0 / denominator as f64;
            sheet.write_with_format(row, col, percent, &formats.percent)?
        }
        None => sheet.write_with_format(row, col, figure.status.sign().unwrap_or_default(), &formats.sign)?,
    };
    Ok(())
}

fn measures(sheet: &mut Worksheet, release: &Release, formats: &Formats) -> anyhow::Result<()> {
    sheet.set_name("Chỉ tiêu")?;
    let heads =
        [("Mã chỉ tiêu", 24_usize), ("Chỉ tiêu", 60), ("Nhóm", 34), ("ĐVT", 12), ("Cách tính", 80), ("Căn cứ", 36)];
    for (col, (head, width)) in (0..).zip(heads) {
        sheet.write_with_format(0, col, head, &formats.head)?.set_column_width(col, width as f64)?;
    }
    for (row, measure) in (1..).zip(release.measures()) {
        let cells = [
            measure.code.as_str(),
            &measure.title,
            &measure.theme,
            &measure.unit_of_measure,
            &measure.definition,
            &measure.source,
        ];
        for (col, text) in (0..).zip(cells) {
            sheet.write_with_format(row, col, neutralised(text).as_ref(), &formats.long)?;
        }
        let lines = cells.iter().zip(heads).map(|(text, (_, width))| lines_of(text, width * 9 / 10)).max();
        sheet.set_row_height(row, height(lines.unwrap_or(1)))?;
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    on_paper(sheet, release, Sheet::Large);
    Ok(())
}

/// What an area is called on a sheet.
impl Release {
    fn area_name(&self, area: &Area) -> String {
        let definitions = self.definitions();
        match area {
            Area::Province(_) => definitions.site.province_name.clone(),
            Area::Group(group) => definitions.site.groups.get(group).cloned().unwrap_or_else(|| group.to_string()),
            Area::Unit(code) => {
                definitions.units.get(code).map_or_else(|| code.to_string(), |unit| unit.name().to_owned())
            }
        }
    }
}
