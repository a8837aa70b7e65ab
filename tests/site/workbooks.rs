//! The workbook of a page holds the page's own numbers, table by table and row by row.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use tongket::site::Page;
use tongket::vocabulary::Edition;

/// What stands between each opening and the next closing.
fn parts<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).map(move |rest| rest.split(close).next().unwrap())
}

fn plain(html: &str) -> String {
    let inside = html.split_once('>').map_or(html, |(_, inside)| inside);
    let inside = inside.split("<span class=\"sm\"").next().unwrap().split("<sup").next().unwrap();
    inside.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after)).collect()
}

/// A number as a reader takes it from the page; what is no single number is none.
fn read(text: &str) -> Option<f64> {
    let text = text.split(" (").next()?;
    let (text, scale) = text.strip_suffix('%').map_or((text, 1.0), |text| (text, 100.0));
    let text = text.replace('.', "").replace(',', ".").replace('−', "-");
    text.parse::<f64>().ok().map(|value| value / scale)
}

/// The numbers of each body row of each table of a page.
fn of_page(html: &str) -> Vec<Vec<Vec<f64>>> {
    let row = |row: &str| -> Vec<f64> {
        let cells = parts(row, "<td", "</td>");
        cells
            .filter(|cell| cell.starts_with(" class=\"n") || cell.starts_with(" class=\"mid"))
            .filter_map(|cell| read(&plain(cell)))
            .collect()
    };
    parts(html, "<table", "</table>")
        .map(|table| {
            let body = parts(table, "<tbody>", "</tbody>").next().unwrap();
            parts(body, "<tr", "</tr>").filter(|row| !row.starts_with(" class=\"sub\"")).map(row).collect()
        })
        .collect()
}

#[test]
fn the_workbook_of_a_page_holds_its_tables_number_by_number() {
    for edition in [Edition::Internal, Edition::Public] {
        let files: Vec<Page> = crate::all(edition);
        let mut numbers = 0;
        for file in files.iter().filter(|file| file.path.ends_with(".xlsx") && !file.path.starts_with("data/")) {
            let folder = file.path.strip_suffix("bang-so-lieu.xlsx").map(|folder| format!("{folder}index.html"));
            let path = folder.unwrap_or_else(|| file.path.replace(".xlsx", ".html"));
            let page = files.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("{path}"));
            let html = std::str::from_utf8(&page.bytes).unwrap();
            let name = file.path.rsplit('/').next().unwrap();
            assert!(html.contains(&format!("href=\"{name}\"")), "{path} offers {name}");
            let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(&file.bytes)).unwrap();
            let tables = of_page(html);
            let sheets = workbook.sheet_names().to_vec();
            assert_eq!(sheets.len(), tables.len() + 1, "{path}: notes, then one sheet for each table");
            assert_eq!(sheets[0], "Ghi chú");
            for (table, sheet) in tables.iter().zip(&sheets[1..]) {
                let range = workbook.worksheet_range(sheet).unwrap();
                let rows: Vec<&[Data]> = range.rows().skip(3).collect();
                assert_eq!(rows.len(), table.len(), "{path}, {sheet}");
                for (shown, row) in table.iter().zip(rows) {
                    let mut written = row.iter().filter_map(|cell| match cell {
                        Data::Float(value) => Some(*value),
                        _ => None,
                    });
                    // What stands in small print beside a number is a number of its own in the workbook.
                    for value in shown {
                        assert!(written.any(|own| own == *value), "{path}, {sheet}: {value} in {row:?}");
                        numbers += 1;
                    }
                }
            }
        }
        assert!(numbers > 200, "{numbers} numbers compared in {edition:?}");
    }
}
