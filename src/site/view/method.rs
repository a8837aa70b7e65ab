//! The method page: how figures are made, in plain words, from the same parameters that make them.

use serde::Serialize;

use crate::site::book::Book;
use crate::site::page;
use crate::site::view::block::{self, Block, Cell, Column, Note, Row, Table};
use crate::site::view::frame::Frame;
use crate::site::words;
use crate::vocabulary::Period;

/// What `method.html` needs.
#[derive(Debug, Serialize)]
pub struct Method {
    /// The sections, in reading order.
    pub blocks: Vec<Block>,
}

/// The method page.
pub fn view(book: &Book<'_>, path: &str) -> (Frame, Method) {
    let mut blocks = vec![periods(book), sums(), absence(book), comparison(), disclosure(book), statuses(book)];
    block::number(&mut blocks);
    let frame = Frame::new(
        book.release,
        path,
        "Phương pháp",
        "Mỗi con số đi từ ô trong biểu đến trang này như thế nào",
        "Số nguyên được cộng; tỷ lệ tính từ tổng tử số chia tổng mẫu số, làm tròn một lần khi in. Thiếu báo cáo, không phát sinh, không áp dụng và không công bố là bốn điều khác nhau.",
    )
    .action("Quy tắc kiểm tra", page::RULES)
    .action("Danh mục chỉ tiêu", page::MEASURES);
    (frame, Method { blocks })
}

fn periods(book: &Book<'_>) -> Block {
    let definitions = book.definitions();
    let year = book.current().last_year();
    let example = [
        Period::quarter(year, 1),
        Period::quarter(year, 2),
        Period::half(year, 1),
        Period::quarter(year, 3),
        Period::nine_months(year),
        Period::quarter(year, 4),
        Period::half(year, 2),
        Period::year(year),
    ];
    let rows = example
        .into_iter()
        .chain(definitions.site.spans.iter().copied())
        .map(|period| {
            let (first, last) = definitions.scheme.days(period);
            Row::new(
                Cell::text(period.heading()),
                vec![
                    Cell::number(words::date(first)),
                    Cell::number(words::date(last)),
                    Cell::short(period.to_string()),
                ],
            )
        })
        .collect();
    let columns =
        [Column::text("Kỳ"), Column::number("Từ ngày"), Column::number("Đến hết ngày"), Column::text("Mã kỳ")];
    Block {
        id: "ky".into(),
        topic: "Kỳ báo cáo".into(),
        finding: "Hai quý đầu là 6 tháng, bốn quý là một năm; các tổng không trộn hai cách chia kỳ.".into(),
        more: format!("Cách chia kỳ đang dùng: {}.", definitions.scheme.title),
        tables: vec![Table::new(
            format!("Ngày bắt đầu và ngày chốt các kỳ năm {year}"),
            definitions.scheme.source.clone(),
            &columns,
            rows,
        )],
        side: vec![
            Note::new(
                "Nhịp báo cáo của đơn vị",
                "Mỗi đơn vị báo cáo theo quý, 6 tháng hoặc năm, tùy kế hoạch đang thực hiện. Số của một kỳ chỉ có khi các báo cáo của đơn vị ghép vừa đúng kỳ đó; nếu không, ký hiệu x.",
            ),
            Note::new("Chỉ tiêu phân loại năm", "Chỉ lấy ở báo cáo cuối năm, không chia theo quý."),
        ],
        ..Block::default()
    }
}

fn sums() -> Block {
    let row =
        |kind: &str, time: &str, place: &str| Row::new(Cell::text(kind), vec![Cell::text(time), Cell::text(place)]);
    let rows = vec![
        row("Số tồn cuối kỳ", "lấy kỳ cuối cùng; số đầu kỳ lấy kỳ đầu tiên", "cộng"),
        row("Số phát sinh trong kỳ", "cộng các kỳ", "cộng"),
        row("Tỷ lệ", "tổng tử số chia tổng mẫu số, không lấy bình quân", "tổng tử số chia tổng mẫu số"),
        row("Xếp loại", "không cộng; lấy kết quả của năm", "đếm số đơn vị mỗi loại"),
    ];
    let columns = [Column::text("Loại chỉ tiêu"), Column::text("Qua các kỳ"), Column::text("Từ xã lên tỉnh")];
    Block {
        id: "cong-gop".into(),
        topic: "Cộng gộp".into(),
        finding: "Cộng số nguyên, chia một lần, làm tròn một lần.".into(),
        more: "Phần trăm có một chữ số thập phân, làm tròn nửa lên. Mẫu số dưới 20 thì ghi phân số, không ghi phần trăm. Tổng có thể không bằng 100% do làm tròn.".into(),
        tables: vec![Table::new("Cách cộng gộp theo loại chỉ tiêu", "Áp dụng cho mọi trang và mọi tệp tải về", &columns, rows)],
        side: vec![Note::new("Tiền", "Tính bằng đồng, hiển thị bằng triệu hoặc tỷ đồng.")],
        ..Block::default()
    }
}

fn absence(book: &Book<'_>) -> Block {
    let policy = &book.definitions().policy;
    let row = |sign: &str, what: &str, effect: &str| {
        Row::new(Cell::number(sign).key(), vec![Cell::text(what), Cell::text(effect)])
    };
    let rows = vec![
        row("0", "có báo cáo, không phát sinh", "được cộng như một số"),
        row("…", "chưa báo cáo, hoặc số trong biểu bị loại vì sai", "tổng là tạm tính, ghi rõ số xã đã nhận"),
        row("x", "không áp dụng: đơn vị không phải báo cáo chỉ tiêu này ở kỳ này", "không tính là thiếu"),
        row("•", "không công bố", "đã có trong tổng của tỉnh"),
    ];
    let columns = [Column::text("Ký hiệu"), Column::text("Nghĩa"), Column::text("Trong các tổng")];
    Block {
        id: "pham-vi".into(),
        topic: "Phạm vi và ký hiệu".into(),
        finding: "Không ô nào để trống: mỗi số vắng mặt đều có lý do.".into(),
        more: format!(
            "Mọi tổng đều ghi số xã đã nhận trên số xã phải báo cáo. Dưới {}% thì chỉ có ở bản nội bộ; dưới {}% thì không nêu ở đầu trang.",
            policy.public_coverage, policy.headline_coverage
        ),
        tables: vec![Table::new(
            "Bốn cách ghi khi không có số dương",
            "Ô để trống trong biểu nộp là chưa báo cáo; dấu gạch ngang là 0",
            &columns,
            rows,
        )],
        ..Block::default()
    }
}

fn comparison() -> Block {
    Block {
        id: "so-sanh".into(),
        topic: "So sánh".into(),
        finding: "Hai kỳ chỉ so trên cùng các đơn vị có đủ số liệu cả hai kỳ.".into(),
        more: "Gốc dưới 20 thì chỉ ghi số tăng, giảm, không ghi phần trăm. Tỷ lệ thay đổi tính bằng điểm phần trăm. Đơn vị sắp xếp lại giữa hai kỳ thì không so sánh.".into(),
        side: vec![
            Note::new("Khoảng tin cậy", "Tỷ lệ của từng đơn vị kèm khoảng Wilson 95% và 99,8%. Số càng nhỏ thì khoảng này càng rộng."),
            Note::new("Không xếp hạng", "Chênh lệch giữa các xã chủ yếu do ngẫu nhiên. Một đơn vị chỉ được nêu là khác khi cả khoảng 99,8% nằm về một phía của mức chung; khi đó đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân."),
        ],
        ..Block::default()
    }
}

fn disclosure(book: &Book<'_>) -> Block {
    let policy = &book.definitions().policy;
    let row =
        |class: &str, what: &str, shown: &str| Row::new(Cell::text(class), vec![Cell::text(what), Cell::text(shown)]);
    let rows = vec![
        row("P0", "phong trào, mô hình, tuyên truyền, kinh phí", "mọi cấp, mọi kỳ"),
        row("P1", "số người, số tổ", "cấp xã: kỳ năm trở lên"),
        row(
            "P2",
            "số người theo hoàn cảnh, tỷ lệ của xã",
            &format!("cấp xã: kỳ năm trở lên; tỷ lệ cần ít nhất {} người", policy.smallest_denominator),
        ),
        row("P3", "vi phạm, tái phạm, nhóm nguy cơ", "không công bố ở cấp xã"),
    ];
    let columns = [Column::text("Nhóm"), Column::text("Gồm"), Column::text("Bản công khai in ở")];
    Block {
        id: "bao-ve".into(),
        topic: "Bảo vệ thông tin cá nhân".into(),
        finding: format!("Bản công khai không in số người dưới {}, và không in số nào để suy ra số đó.", policy.threshold),
        more: "Hệ thống chỉ nhận số đếm, không nhận danh sách hay thông tin của từng người. Bản nội bộ có đủ số đếm; bản công khai thay số phải giữ kín bằng ký hiệu •.".into(),
        tables: vec![Table::new("Bốn nhóm chỉ tiêu theo mức bảo vệ", policy.authority.clone(), &columns, rows)],
        side: vec![
            Note::new("Vì sao hiện •", "Số nhỏ (kể cả 0) có thể chỉ ra một người. Khi giấu một số, hệ thống giấu thêm số khác để phép cộng, trừ không làm lộ nó. Số đầy đủ có trong bản nội bộ và trong tổng của tỉnh."),
            Note::new(
                "Báo cáo bổ sung",
                format!(
                    "Số về người đã công bố chỉ đổi khi có đủ {} đơn vị nộp muộn hoặc đính chính cùng lúc, để không suy ra được số của một đơn vị. Bản nội bộ tính ngay.",
                    policy.late_batch
                ),
            ),
        ],
        ..Block::default()
    }
}

fn statuses(book: &Book<'_>) -> Block {
    Block {
        id: "trang-thai".into(),
        topic: "Trạng thái số liệu".into(),
        finding: "Số ước, rồi số sơ bộ, rồi số chính thức.".into(),
        more: format!(
            "Ước: đơn vị nộp trước ngày chốt, sẽ có bản thay. Sơ bộ: còn thiếu báo cáo. Chính thức: đủ báo cáo. Số trên trang này khóa ngày {}.",
            words::date(book.release.as_of())
        ),
        side: vec![Note::new(
            "Cùng đầu vào, cùng kết quả",
            format!(
                "Bản dựng {} được tạo lại y hệt từ cùng các tệp. Mã băm của định nghĩa: {}.",
                book.release.build_id(),
                &book.definitions().hash.chars().take(12).collect::<String>()
            ),
        )],
        ..Block::default()
    }
}
