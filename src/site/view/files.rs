//! The downloads page: every file of the edition with its hash, and how to read what is in it.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page::{self, Download};
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::number::{fixed, rounded};

/// What `files.html` needs.
#[derive(Debug, Serialize)]
pub struct Files {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

const WORKBOOK: &str = "data/so-lieu.xlsx";
const PACKAGE: &str = "data/datapackage.json";

/// The downloads page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Files) {
    let period = book.current();
    let (whole, due) = book.returns_coverage(period);
    let all: u64 = book.downloads.iter().map(|file| file.size).sum();
    let edition = words::inside(words::edition(book.release.edition()));
    let heading = format!("{} tệp số liệu của {edition}, tổng {}", book.downloads.len(), size(all));
    let lead = match book.is_public() {
        true => "Các tệp chỉ có số liệu được công bố, đúng như trên trang; số không công bố không có trong tệp nào.",
        false => {
            "Các tệp có đủ số đếm của từng đơn vị và từng phát hiện khi kiểm tra, không có thông tin của từng người. Không gửi ra ngoài cơ quan."
        }
    };
    let mut blocks = vec![files(book, &edition), signs(book), shapes()];
    block::number(&mut blocks);
    let frame = Frame::new(book.release, path, "Tải về", &heading, lead)
        .about(book.release, period, book.period_status(period), &book.covered(period, whole, due))
        .action("Tệp Excel", WORKBOOK)
        .action("Mô tả các cột", PACKAGE)
        .action("Đính chính", page::REVISIONS)
        .action("Phương pháp", page::METHOD);
    (frame, Files { blocks })
}

fn files(book: &Book<'_>, edition: &str) -> Block {
    let kinds = [
        ("Mở bằng Excel", ".xlsx"),
        ("Bảng số liệu để xử lý tiếp (CSV, UTF-8)", ".csv"),
        ("Bảng lớn cho phân tích (Parquet)", ".parquet"),
        ("Mô tả và lý lịch (JSON)", ".json"),
    ];
    let mut rows = Vec::new();
    for (title, ending) in kinds {
        let of_kind: Vec<&Download> = book.downloads.iter().filter(|file| file.path.ends_with(ending)).collect();
        if !of_kind.is_empty() {
            rows.push(Row::heading(title));
            rows.extend(of_kind.into_iter().map(row));
        }
    }
    let workbook = book.downloads.iter().find(|file| file.path == WORKBOOK);
    let finding = match workbook {
        Some(file) => format!(
            "Một tệp Excel {} có mọi số liệu; {} tệp còn lại để xử lý tiếp.",
            size(file.size),
            book.downloads.len() - 1
        ),
        None => format!("{} tệp của {edition}.", book.downloads.len()),
    };
    let columns =
        [Column::text("Nội dung"), Column::text("Tệp"), Column::number("Dung lượng"), Column::text("Mã băm SHA-256")];
    Block {
        id: "tep".into(),
        topic: "Các tệp".into(),
        finding,
        tables: vec![
            Table::new(
                format!("{} tệp của {edition}", book.downloads.len()),
                format!("Khóa số liệu {}, bản dựng {}", words::date(book.release.as_of()), book.release.build_id()),
                &columns,
                rows,
            )
            .full(),
        ],
        side: vec![Note {
            title: "Đối chiếu mã băm".into(),
            paragraphs: vec![
                "Tệp nhận qua thư hoặc thiết bị nhớ là đúng bản này khi mã băm trùng nhau.".into(),
                "Trên Windows: certutil -hashfile <tệp> SHA256".into(),
            ],
        }],
        ..Block::default()
    }
}

fn row(file: &Download) -> Row {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    Row::new(
        Cell::text(&file.title).link(&file.path),
        vec![Cell::short(name), Cell::number(size(file.size)), Cell::text(&file.sha256).class("hash")],
    )
}

fn signs(book: &Book<'_>) -> Block {
    let row = |sign: Cell, meaning: &str, value: &str, code: &str| {
        Row::new(sign, vec![Cell::text(meaning), Cell::text(value), Cell::short(code)])
    };
    let rows = vec![
        row(Cell::text("0"), "có báo cáo, không phát sinh", "0", "A, P hoặc E"),
        row(Cell::number("…"), "chưa báo cáo, hoặc số trong biểu bị loại vì sai", "để trống", "O"),
        row(Cell::number("x"), "không áp dụng ở đơn vị và kỳ này", "để trống", "M"),
        row(
            Cell::number("•"),
            &format!(
                "không công bố: số dưới {} hoặc số phải giữ kín để không suy ra được số đó",
                book.definitions().policy.threshold
            ),
            "để trống",
            "Q",
        ),
    ];
    let columns = [
        Column::text("Trên trang"),
        Column::text("Nghĩa"),
        Column::text("Giá trị trong tệp"),
        Column::text("Mã trạng thái"),
    ];
    Block {
        id: "doc".into(),
        topic: "Cách đọc: ký hiệu".into(),
        finding: "Ô trống trong tệp không phải là 0; mã trạng thái bên cạnh nói vì sao trống.".into(),
        tables: vec![Table::new("Bốn ký hiệu trên trang và trong tệp", "Mọi bảng, mọi kỳ", &columns, rows)],
        side: vec![Note::new(
            "Trạng thái của số",
            "A: đủ báo cáo. P: số sơ bộ, còn thiếu báo cáo. E: số ước tính của đơn vị, sẽ có bản chính thức thay.",
        )],
        ..Block::default()
    }
}

fn shapes() -> Block {
    let row = |what: &str, page: &str, file: &str| Row::new(Cell::text(what), vec![Cell::text(page), Cell::text(file)]);
    let rows = vec![
        row("Số đếm", "người, tổ, cuộc, mô hình", "số nguyên, không có dấu chấm phân cách"),
        row("Tiền", "triệu đồng hoặc tỷ đồng", "đồng, số nguyên"),
        row(
            "Tỷ lệ",
            "phần trăm, một chữ số thập phân; mẫu số dưới 20 thì ghi phân số",
            "phần trăm, kèm tử số và mẫu số để cộng lại",
        ),
        row("Thay đổi của tỷ lệ", "điểm phần trăm", "điểm phần trăm"),
        row("Xếp loại", "tên loại", "thứ tự của loại, thấp nhất là 1"),
        row("Kỳ", "quý II/2026, 6 tháng đầu năm 2026", "2026-Q2, 2026-H1"),
        row("Ngày", "15/12/2026", "2026-12-15"),
    ];
    let columns = [Column::text("Loại"), Column::text("Trên trang"), Column::text("Trong tệp CSV, Parquet")];
    Block {
        id: "don-vi-tinh".into(),
        topic: "Cách đọc: đơn vị tính".into(),
        finding: "Muốn gộp nhiều đơn vị thì cộng tử số và mẫu số rồi mới chia; không lấy bình quân các tỷ lệ.".into(),
        more: "Tên và nghĩa từng cột, đơn vị tính, khóa nối giữa các bảng nằm trong datapackage.json.".into(),
        tables: vec![Table::new(
            "Cùng một số trên trang và trong tệp",
            "Cột không đổi tên, không đổi nghĩa giữa các bản dựng",
            &columns,
            rows,
        )],
        side: vec![Note::new(
            "Mở CSV bằng Excel",
            "Dùng Dữ liệu, Từ tệp văn bản, chọn mã UTF-8; hoặc dùng tệp Excel, có sẵn cùng số liệu.",
        )],
        ..Block::default()
    }
}

/// `8,3 MB`, `312 kB`.
fn size(bytes: u64) -> String {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    if bytes >= 1_000_000 {
        format!("{} MB", fixed(rounded(bytes, 1_000_000, 1, 1).expect("a million is not zero"), 1))
    } else {
        format!("{} kB", ((bytes + 999) / 1000).max(1))
    }
}
