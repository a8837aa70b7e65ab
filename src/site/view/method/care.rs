//! What guards the figures: quality, protection of small numbers, publications, rearranged units.

use super::{Section, example};
use crate::analysis::wording;
use crate::definitions::Definitions;
use crate::site::book::Book;
use crate::site::view::block::Block;
use crate::site::words;
use crate::statistics::change::mid_p;
use crate::vocabulary::number::estimate;

/// The sections, in reading order.
pub fn sections(book: &Book<'_>) -> Vec<Block> {
    [quality(), protection(book.definitions()), publications(book), rearranged()].map(Section::block).into()
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn quality() -> Section {
    // A new value against the sum of several earlier ones: exposures of one period and of all those.
    let outlier = |now: u64, earlier: &[u64]| {
        let p = mid_p(now, earlier.iter().sum(), (1.0, earlier.len() as f64));
        let before: Vec<String> = earlier.iter().map(u64::to_string).collect();
        let told = if p < 0.001 { "đề nghị xã xác nhận" } else { "không hỏi" };
        let chance = if p < 0.0001 { "dưới 0,01%".to_owned() } else { format!("{}%", estimate(100.0 * p, 1)) };
        vec![format!("{now}, sau {}", before.join("; ")), chance, told.to_owned()]
    };
    Section {
        id: "chat-luong",
        title: "Chất lượng số liệu",
        question: "Số này đã được kiểm tra những gì?",
        rule: vec![
            "Mỗi báo cáo được kiểm tra theo danh mục quy tắc: đủ ô, các thành phần cộng đúng tổng, số đầu kỳ bằng số cuối kỳ trước, không có thông tin của từng người. Ô sai bị loại khỏi mọi tổng và tính là thiếu.".into(),
            "Số khác hẳn các quý trước được hỏi lại bằng kiểm định Poisson: số nhỏ không bị hỏi oan, số lớn không bị bỏ sót.".into(),
            "Chất lượng nhìn theo năm mặt: đầy đủ, đúng hạn, nhất quán trong báo cáo, nhất quán qua các kỳ, và mức điều chỉnh sau khi công bố.".into(),
        ],
        tables: vec![
            example(
                "Các mặt chất lượng",
                "Theo bộ tiêu chí chất lượng số liệu của WHO, phần áp dụng được",
                &["Mặt", "Cách tính"],
                vec![
                    row(["Đầy đủ", "số báo cáo, số ô đã nhận trên số phải có"]),
                    row(["Đúng hạn", "số báo cáo nhận đúng hạn trên số đã nhận"]),
                    row(["Nhất quán trong báo cáo", "số lần vi phạm quy tắc trên số lần kiểm tra"]),
                    row(["Nhất quán qua các kỳ", "số đầu kỳ với số cuối kỳ trước; số khác hẳn; số chép lại nguyên"]),
                    row(["Mức điều chỉnh", "tổng thay đổi trên tổng số mới"]),
                ],
            ),
            example(
                "Ví dụ: số khác hẳn các quý trước",
                "Chương trình tính",
                &["Quý này", "Khả năng do ngẫu nhiên", "Kết quả"],
                vec![outlier(12, &[1, 0, 2, 1]), outlier(3, &[1, 0, 2, 1])],
            ),
        ],
        edges: vec![
            "Đơn vị giải thích được thì ghi giải thích kèm số liệu; số vẫn được dùng.".into(),
            "Xã không phát sinh được lặp lại số 0 mà không bị coi là chép.".into(),
        ],
        source: "WHO Data Quality Review; danh mục quy tắc ở trang quy-tac/.".into(),
    }
}

fn protection(definitions: &Definitions) -> Section {
    let policy = &definitions.policy;
    let threshold = policy.threshold;
    Section {
        id: "bao-ve",
        title: "Bảo vệ số nhỏ",
        question: "Vì sao có số hiện dấu •, và nó có bị suy ra được không?",
        rule: vec![
            format!("Bản công khai không in số người từ 0 đến {} của một nơi: số nhỏ có thể chỉ ra một người, và số 0 cũng được giấu cùng để không ai biết nơi nào có người. Phần bù cũng vậy: nếu tổng trừ đi số đó còn dưới {threshold} thì không in.", threshold - 1),
            "Khi giấu một số, chương trình giấu thêm những số khác để không phép cộng, trừ nào (theo địa bàn, theo thời gian, theo thành phần, theo các chỉ tiêu liên quan, theo các lần công bố trước) tính lại được nó. Việc này làm bằng đại số chính xác trên mọi số in ra cùng lúc, không làm bằng tay.".into(),
            "Một ký hiệu • cho cả hai loại, để người đọc không biết ô nào là ô nhỏ. Tỷ lệ, khoảng tin cậy, tín hiệu, màu và vị trí tính từ một số bị giấu cũng bị giấu.".into(),
            format!("Tỷ lệ về người của một xã chỉ in khi mẫu số từ {} trở lên.", policy.smallest_denominator),
            "Trước khi công bố, một phép kiểm tra độc lập đọc lại các tệp công khai như người ngoài, thử tính ra các số bị giấu; tính được một số là không công bố.".into(),
        ],
        tables: vec![
            example(
                "Bốn nhóm chỉ tiêu theo mức bảo vệ",
                &policy.authority,
                &["Nhóm", "Gồm", "Bản công khai in ở"],
                vec![
                    row(["P0", "phong trào, mô hình, tuyên truyền, kinh phí", "mọi cấp, mọi kỳ"]),
                    row(["P1", "số người, số tổ", "cấp xã: kỳ năm trở lên"]),
                    row([
                        "P2",
                        "số người theo hoàn cảnh, tỷ lệ của xã",
                        &format!("cấp xã: kỳ năm trở lên, nơi quản lý từ {} người", policy.smallest_denominator),
                    ]),
                    row(["P3", "vi phạm, tái phạm, nhóm nguy cơ", "không công bố ở cấp xã"]),
                ],
            ),
            hiding(threshold),
        ],
        edges: vec![
            format!("{}.", wording::HIDDEN_LEGEND.replace('5', &threshold.to_string())),
            format!("{}.", wording::HIDDEN_TOTAL),
            "Đã giấu ở một lần công bố thì các lần sau vẫn giấu.".into(),
            "Chương trình chỉ nhận số đếm, không nhận danh sách hay thông tin của từng người.".into(),
        ],
        source: "Handbook on Statistical Disclosure Control; Langsrud (GaussSuppression); mức ở tệp release.toml.".into(),
    }
}

/// Three communes and their total: one small number, and what hides it.
const COMMUNES: [(&str, i64); 3] = [("Xã A", 2), ("Xã B", 9), ("Xã C", 31)];

fn hiding(threshold: i64) -> crate::site::view::block::Table {
    let total: i64 = COMMUNES.iter().map(|(_, count)| count).sum();
    let small = |count: i64| count < threshold;
    // One hidden number of a sum comes back by subtraction: the smallest of the others is hidden with it.
    let alone = COMMUNES.iter().filter(|(_, count)| small(*count)).count() == 1;
    let second = COMMUNES.iter().filter(|(_, count)| !small(*count)).map(|(_, count)| *count).min();
    let mut rows: Vec<Vec<String>> = COMMUNES
        .iter()
        .map(|(name, count)| {
            let (shown, why) = match () {
                () if small(*count) => ("•".to_owned(), format!("dưới {threshold}")),
                () if alone && Some(*count) == second => {
                    ("•".to_owned(), "giấu thêm, nếu không thì tổng trừ đi ra số nhỏ".to_owned())
                }
                () => (count.to_string(), "in".to_owned()),
            };
            vec![(*name).to_owned(), count.to_string(), shown, why]
        })
        .collect();
    rows.push(vec!["Cộng".into(), total.to_string(), total.to_string(), "tổng vẫn đầy đủ".into()]);
    example("Ví dụ: giấu một số nhỏ", "Ba xã đặt ra", &["Nơi", "Số thật", "Bản công khai", "Vì sao"], rows)
}

fn publications(book: &Book<'_>) -> Section {
    let hash: String = book.definitions().hash.chars().take(12).collect();
    Section {
        id: "cong-bo",
        title: "Các lần công bố và số điều chỉnh",
        question: "Số hôm nay khác số đã đọc lần trước, vì sao?",
        rule: vec![
            "Số ước: đơn vị nộp trước ngày chốt, sẽ có bản thay. Số sơ bộ: kỳ đã hết, báo cáo muộn còn có thể làm đổi số. Số chính thức: một tháng sau khi năm kết thúc, không đổi nữa.".into(),
            "Mỗi lần công bố được ghi vào sổ: số nào đã in, số nào đã giấu, tính trên báo cáo nào. Bản sau được bảo vệ cùng với mọi bản trước, và nêu rõ số nào đã thay đổi, vì sao.".into(),
            "Báo cáo muộn làm lộ số của chính xã nộp muộn nếu tổng của tỉnh được in trước và sau khi nhận. Vì vậy bản công khai chỉ đưa báo cáo muộn vào tổng theo từng đợt từ ba xã trở lên của cùng tỉnh.".into(),
        ],
        tables: vec![example(
            "Bản này",
            "Cùng đầu vào, cùng kết quả",
            &["Nội dung", "Giá trị"],
            vec![
                row(["Ngày khóa số liệu", &words::date(book.release.as_of())]),
                row(["Bản dựng", book.release.build_id()]),
                row(["Mã băm của định nghĩa", &hash]),
            ],
        )],
        edges: vec![
            "Bản nội bộ liệt kê số cũ, số mới và lý do; bản công khai chỉ nêu số đã từng công bố.".into(),
            "Xã nộp bản sửa: bản mới nhất được tính, bản cũ được giữ để đối chiếu.".into(),
        ],
        source: "IMF WP/04/87 về chính sách điều chỉnh số liệu; báo cáo thống kê của chương trình, mục 3.3.".into(),
    }
}

fn rearranged() -> Section {
    Section {
        id: "sap-xep",
        title: "Sắp xếp đơn vị",
        question: "Xã nhập, tách hoặc đổi tên thì so sánh thế nào?",
        rule: vec![
            "Mỗi tên và địa giới có ngày bắt đầu, ngày kết thúc. Đổi tên hoặc đổi loại (xã thành phường) không cắt chuỗi số liệu. Nhập, tách, đổi địa giới thì đơn vị mới bắt đầu chuỗi mới.".into(),
            format!("Hai kỳ ở hai phía của ngày thay đổi không được so: “{}”. Tổng của tỉnh vẫn so được, trên các xã không thay đổi.", wording::NO_BASE),
        ],
        tables: vec![example(
            "Cách xử lý",
            "Theo danh mục đơn vị units.csv",
            &["Thay đổi", "Chuỗi số liệu", "So sánh với trước đó"],
            vec![
                row(["Đổi tên", "tiếp tục", "có"]),
                row(["Xã thành phường", "tiếp tục", "có"]),
                row(["Nhập hai xã", "bắt đầu lại", "không, ghi lý do"]),
                row(["Tách xã", "bắt đầu lại", "không, ghi lý do"]),
            ],
        )],
        edges: vec!["Tên cũ vẫn tìm được và dẫn đến đơn vị hiện nay.".into()],
        source: "Danh mục đơn vị hành chính có ngày hiệu lực; báo cáo thống kê của chương trình, mục 3.2.".into(),
    }
}
