//! How figures are made: periods, adding up, coverage, ratios and rounding.

use super::{Section, example};
use crate::release::MeasureKind;
use crate::site::book::Book;
use crate::site::catalogue::Measure;
use crate::site::page;
use crate::site::view::block::{Block, Cell, Column, Row, Table};
use crate::site::words;
use crate::vocabulary::number::{fixed, percent, point_change, whole};
use crate::vocabulary::{Area, Period};

/// The sections, in reading order.
pub fn sections(book: &Book<'_>) -> Vec<Block> {
    [periods(book), coverage(book), ratios()].map(Section::block).into()
}

fn periods(book: &Book<'_>) -> Section {
    let mut tables = vec![days(book), kinds()];
    tables.extend(added(book));
    Section {
        id: "ky",
        title: "Kỳ và cách cộng",
        question: "Số của một năm được cộng từ các báo cáo như thế nào?",
        rule: vec![
            format!("Hai quý đầu là 6 tháng, bốn quý là một năm, các năm ghép thành giai đoạn. Cách chia kỳ đang dùng: {}; các tổng không trộn hai cách chia kỳ.", book.definitions().scheme.title),
            "Mỗi đơn vị báo cáo theo quý, 6 tháng hoặc năm, tùy kế hoạch đang thực hiện. Số của một kỳ chỉ có khi các báo cáo của đơn vị ghép vừa đúng kỳ đó; nếu không, ghi x.".into(),
            "Số phát sinh được cộng qua các kỳ; số tồn lấy ở kỳ cuối; xếp loại không cộng. Từ xã lên tỉnh, số của các xã được cộng lại.".into(),
        ],
        tables,
        edges: vec![
            "Chỉ tiêu phân loại năm chỉ lấy ở báo cáo cuối năm, không chia theo quý.".into(),
            "Không có báo cáo thì không có số: tổng không bao giờ được tự bù bằng số kỳ trước.".into(),
            format!("Thiếu, không áp dụng và không công bố có ký hiệu riêng: {}; {}; {}. Số 0 là có báo cáo, không phát sinh.", crate::analysis::wording::MISSING, crate::analysis::wording::NOT_DUE, crate::analysis::wording::HIDDEN),
        ],
        source: book.definitions().scheme.source.clone(),
    }
}

/// First and last days of the periods of a year.
fn days(book: &Book<'_>) -> Table {
    let definitions = book.definitions();
    let year = book.current().last_year();
    let periods = Period::of_years(year, year).into_iter().chain(definitions.site.spans.iter().copied());
    let rows = periods
        .map(|period| {
            let (first, last) = definitions.scheme.days(period);
            let cells = vec![
                Cell::number(words::date(first)),
                Cell::number(words::date(last)),
                Cell::short(period.to_string()),
            ];
            Row::new(Cell::text(period.heading()), cells)
        })
        .collect();
    let columns =
        [Column::text("Kỳ"), Column::number("Từ ngày"), Column::number("Đến hết ngày"), Column::text("Mã kỳ")];
    Table::new(format!("Ngày bắt đầu và ngày chốt các kỳ năm {year}"), "Theo cách chia kỳ đang dùng", &columns, rows)
}

fn kinds() -> Table {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    example(
        "Cách cộng theo loại chỉ tiêu",
        "Áp dụng cho mọi trang và mọi tệp tải về",
        &["Loại chỉ tiêu", "Qua các kỳ", "Từ xã lên tỉnh"],
        vec![
            row(["Số tồn cuối kỳ", "lấy kỳ cuối cùng; số đầu kỳ lấy kỳ đầu tiên", "cộng"]),
            row(["Số phát sinh trong kỳ", "cộng các kỳ", "cộng"]),
            row(["Tỷ lệ", "tổng tử số chia tổng mẫu số, không lấy bình quân", "tổng tử số chia tổng mẫu số"]),
            row(["Xếp loại", "không cộng; lấy kết quả của năm", "đếm số đơn vị mỗi loại"]),
        ],
    )
}

/// A year of one unit as this edition prints it: a flow that adds up and a stock that does not.
fn added(book: &Book<'_>) -> Option<Table> {
    let year = *book.years().last()?;
    let quarters: Vec<Period> = year.quarters().collect();
    let whole_year = |area: &Area, measure: &Measure| -> Option<Vec<i64>> {
        let figures = quarters.iter().chain([&year]).map(|period| book.figure(area, *period, measure));
        let values: Option<Vec<i64>> = figures.map(|figure| figure.whole().filter(|_| figure.is_complete())).collect();
        values.filter(|values| values.iter().all(|value| *value > 0) && values[0] != values[1])
    };
    let of_kind = |kind: MeasureKind| {
        let measures = || book.measures.iter().filter(move |m| book.signals.info(m).kind == kind && !m.is_money());
        book.units.iter().find_map(|unit| {
            let area = Book::area(unit);
            let (measure, values) = measures().find_map(|measure| Some((measure, whole_year(&area, measure)?)))?;
            Some((unit.name().to_owned(), measure, values))
        })
    };
    let rows: Vec<Vec<String>> = [(MeasureKind::Flow, " + "), (MeasureKind::Stock, "; ")]
        .into_iter()
        .filter_map(|(kind, join)| {
            let (unit, measure, values) = of_kind(kind)?;
            let parts: Vec<String> = values[..4].iter().map(|value| whole(*value)).collect();
            let kind = measure.kind_title().to_owned();
            Some(vec![format!("{unit}: {}", words::inside(&measure.short)), kind, parts.join(join), whole(values[4])])
        })
        .collect();
    let columns = ["Số liệu", "Loại", "Bốn quý", "Cả năm"];
    let title = format!("Ví dụ: từ bốn quý thành {}", year.title());
    (!rows.is_empty()).then(|| example(&title, "Số có trong bản này", &columns, rows))
}

fn coverage(book: &Book<'_>) -> Section {
    let policy = &book.definitions().policy;
    let told = |reported: u32, due: u32| {
        vec![format!("{reported}/{due}"), words::covered(reported, due, policy.public_coverage, false)]
    };
    Section {
        id: "pham-vi",
        title: "Độ phủ",
        question: "Tổng này gồm bao nhiêu xã?",
        rule: vec![
            "Độ phủ là số xã có đủ số liệu chia cho số xã phải báo cáo chỉ tiêu đó trong kỳ. Mọi tổng đều ghi độ phủ."
                .into(),
            format!(
                "Tổng có độ phủ dưới {}% chỉ có ở bản nội bộ; dưới {}% thì không nêu ở đầu trang.",
                policy.public_coverage, policy.headline_coverage
            ),
            "Tổng là tổng của các số đã nhận, không được nhân lên cho đủ số xã.".into(),
        ],
        tables: vec![example(
            "Ví dụ: cách ghi độ phủ",
            "Bản công khai, khi số còn sơ bộ",
            &["Số xã đủ số liệu", "Cách ghi"],
            vec![told(98, 98), told(92, 98), told(61, 98)],
        )],
        edges: vec![
            "Không nhận được gì thì không có tổng, không ghi 0.".into(),
            "So sánh hai kỳ chỉ trên cùng các xã có đủ số liệu cả hai kỳ, và ghi rõ bao nhiêu xã.".into(),
        ],
        source: "Báo cáo thống kê của chương trình, mục 3.2; mức độ phủ: tệp release.toml.".into(),
    }
}

fn ratios() -> Section {
    let of = |numerator: i64, denominator: i64| {
        let shares = percent(numerator, denominator).map_or("x".to_owned(), |share| format!("{share}%"));
        let shown = if denominator < crate::analysis::change::SMALLEST_DENOMINATOR && denominator > 0 {
            format!("{numerator}/{denominator} (mẫu số nhỏ, không tính %)")
        } else if denominator == 0 {
            crate::analysis::wording::NO_SUBJECT.to_owned()
        } else {
            shares
        };
        vec![format!("{} chia {}", whole(numerator), whole(denominator)), shown]
    };
    let points = point_change((58, 72), (45, 60)).map_or(String::new(), |tenths| fixed(tenths, 1));
    let mut rows = vec![of(2, 37), of(1, 16), of(3, 8), of(58, 72), of(0, 0)];
    rows[1][1] = format!("{}% (khi cần viết phần trăm)", percent(1, 16).unwrap_or_default());
    rows.push(vec!["45/60 rồi 58/72".into(), format!("tăng {points} điểm phần trăm")]);
    rows.push(vec![
        "hai xã 1/2 và 57/70".into(),
        format!("{}% (58/72), không phải bình quân của hai tỷ lệ", percent(58, 72).unwrap_or_default()),
    ]);
    rows.push(vec!["1234567".into(), whole(1_234_567)]);
    let edge = |case: &str, value: &str, text: &str| vec![case.to_owned(), value.to_owned(), text.to_owned()];
    let edges = vec![
        edge("mẫu số bằng 0", "không có", crate::analysis::wording::NO_SUBJECT),
        edge("tử số bằng 0, mẫu số dương", "0%, vẫn có khoảng tin cậy", "0/12"),
        edge("thiếu tử số hoặc mẫu số", "không có", "…"),
        edge("tử số lớn hơn mẫu số", "không nhận (lỗi)", "Tử số lớn hơn mẫu số"),
        edge("mới nhận một phần", "tổng các số đã nhận", &words::covered(92, 98, 80, false)),
        edge("gốc so sánh bằng 0", "chỉ số tuyệt đối", "tăng 4 người (cùng kỳ không phát sinh)"),
        edge("gốc từ 1 đến 19", "chỉ số tuyệt đối", "tăng 3 người (số nhỏ, không tính %)"),
        edge("số quá nhỏ để kiểm định", "không có tín hiệu", crate::analysis::wording::SMALL),
        edge("mọi giá trị bằng nhau", "không có xu hướng", crate::analysis::wording::STEADY),
        edge("một phần không công bố", "không công bố", "•"),
    ];
    Section {
        id: "ty-le",
        title: "Tỷ lệ và làm tròn",
        question: "Vì sao tỷ lệ của tỉnh không phải bình quân tỷ lệ các xã?",
        rule: vec![
            "Tỷ lệ là tổng tử số chia tổng mẫu số, chỉ tính ở nơi có cả hai. Số nguyên được cộng, chia một lần, làm tròn một lần khi in (nửa làm tròn lên), một chữ số thập phân.".into(),
            format!("Mẫu số dưới {} thì ghi phân số, không ghi phần trăm. Thay đổi của tỷ lệ tính bằng điểm phần trăm.", crate::analysis::change::SMALLEST_DENOMINATOR),
            "Tiền tính bằng đồng, hiển thị bằng triệu hoặc tỷ đồng.".into(),
        ],
        tables: vec![
            example("Ví dụ: chia và làm tròn", "Chương trình tính", &["Phép tính", "Cách ghi"], rows),
            example("Các trường hợp ở biên", "Áp dụng cho mọi trang", &["Trường hợp", "Giá trị", "Cách ghi"], edges),
        ],
        edges: vec![format!("{}.", crate::analysis::wording::ROUNDING)],
        source: format!("Báo cáo thống kê của chương trình, mục 5.1 và 5.2; công thức từng tỷ lệ: {}.", page::MEASURES.trim_end_matches("index.html")),
    }
}
