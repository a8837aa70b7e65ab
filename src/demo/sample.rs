//! The sample in `input/`: twelve invented units over five years, with the ordinary flaws of real life,
//! each placed on purpose and listed in `input/README.md`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use crate::definitions::{Definitions, schedule};
use crate::demo::post::{PERFECT, Sending, add, line};
use crate::demo::{Receipt, by_unit, sendings, workbook, write};
use crate::form::Typed;
use crate::vocabulary::number;

/// The seed of the sample.
const SEED: u64 = 2026;

/// What is out of order in a return.
enum Slip {
    /// Received so many days after the deadline.
    Late(i64),
    /// Never sent.
    Missing,
    /// A number typed wrong by so much.
    Off(&'static str, i64),
    /// A row takes the value of another plus so much.
    Above(&'static str, &'static str, i64),
    /// A number typed instead of the right one.
    Number(&'static str, i64),
    /// Text typed instead of a number; `{}` stands for the number, `{.}` for it with points.
    Text(&'static str, &'static str),
    /// Text typed for a quantity of which there was none.
    None(&'static str),
    /// Nothing typed.
    Empty(&'static str),
    /// A thôn of Biểu 06B typed wrong by so much.
    Thon(&'static str, i64),
    /// First sent with a wrong number, then corrected.
    Corrected(&'static str, i64),
    /// The unit's former name on the cover.
    Name(&'static str),
    /// Only another file name.
    File(&'static str),
}

/// A flaw and what the program says about it.
struct Flaw {
    unit: &'static str,
    period: &'static str,
    slip: Slip,
    what: &'static str,
    says: &'static str,
}

const fn flaw(unit: &'static str, period: &'static str, slip: Slip, what: &'static str, says: &'static str) -> Flaw {
    Flaw { unit, period, slip, what, says }
}

/// The flaws. Those that change a flow stand in the last return of a year, so that one slip stays one finding.
const FLAWS: [Flaw; 27] = [
    flaw("99005", "2026-Q2", Slip::Late(5), "Nộp muộn 5 ngày", "Tình hình nộp: muộn 5 ngày"),
    flaw("99010", "2026", Slip::Late(9), "Nộp muộn 9 ngày", "Tình hình nộp: muộn 9 ngày"),
    flaw("99009", "2027-H1", Slip::Late(3), "Nộp muộn 3 ngày", "Tình hình nộp: muộn 3 ngày"),
    flaw("99002", "2028-Q3", Slip::Late(11), "Nộp muộn 11 ngày", "Tình hình nộp: muộn 11 ngày"),
    flaw("99012", "2029-Q1", Slip::Late(2), "Nộp muộn 2 ngày", "Tình hình nộp: muộn 2 ngày"),
    flaw("99006", "2027-Q3", Slip::Missing, "Không nộp", "Tình hình nộp: chưa nộp; số của kỳ là “…”, không phải 0"),
    flaw("99012", "2030-Q2", Slip::Missing, "Không nộp", "Tình hình nộp: chưa nộp; độ phủ của kỳ thiếu đơn vị này"),
    flaw(
        "99003",
        "2026-Q3",
        Slip::Corrected("thn.tu_van", 4),
        "Lần nộp 1 ghi thừa 4 lượt tư vấn, lần nộp 2 sửa lại",
        "Dùng lần nộp 2; lần nộp 1 còn trong truy nguyên với ô khác nhau",
    ),
    flaw(
        "99011",
        "2028-Q1",
        Slip::Corrected("tt.luot_nguoi", 40),
        "Lần nộp 1 ghi sai số lượt người dự, lần nộp 2 sửa lại",
        "Dùng lần nộp 2; lần nộp 1 còn trong truy nguyên",
    ),
    flaw(
        "99001",
        "2027-Q4",
        Slip::Off("thn.vao_chap_hanh_xong", 1),
        "Số chấp hành xong án ghi thừa 1",
        "R01: số tiếp nhận không bằng tổng các nguồn",
    ),
    flaw(
        "99011",
        "2030-Q4",
        Slip::Off("thn.quan_ly_cuoi_ky", 3),
        "Số cuối kỳ ghi thừa 3 người",
        "R03: cuối kỳ không bằng đầu kỳ cộng tăng trừ giảm; kéo theo cảnh báo R05b",
    ),
    flaw(
        "99005",
        "2027-Q4",
        Slip::Empty("thn.co_so_nhan"),
        "Ô bắt buộc để trống",
        "missing-value: ô trống là chưa có số liệu, không phải 0",
    ),
    flaw("99006", "2026-Q1", Slip::None("-"), "Ghi dấu gạch thay cho 0", "Đọc là 0"),
    flaw("99002", "2026-Q2", Slip::None("Không"), "Ghi “Không” thay cho 0", "Đọc là 0"),
    flaw(
        "99012",
        "2027-Q4",
        Slip::Thon("tt.buoi", 1),
        "Một thôn ở Biểu 06B ghi thừa 1 buổi tuyên truyền",
        "R24c: cộng các thôn không bằng số của xã",
    ),
    flaw(
        "99004",
        "2027-H1",
        Slip::Text("thn.luot_gap_go", "{.}"),
        "Số gõ thành chữ có dấu chấm hàng nghìn",
        "Đọc đúng số, ghi nhận đã sửa",
    ),
    flaw(
        "99010",
        "2028",
        Slip::Text("thn.hoc_nghe", "{} người"),
        "Số kèm đơn vị tính “người”",
        "Đọc đúng số, ghi nhận đã sửa",
    ),
    flaw(
        "99002",
        "2029-Q4",
        Slip::Text("thn.tu_van", "khoảng {}"),
        "Số ước chừng “khoảng …”",
        "approximate-number: phải ghi số chính xác; ô không dùng",
    ),
    flaw(
        "99009",
        "2028-H2",
        Slip::Number("thn.kinh_phi_ns", 8),
        "Kinh phí ghi bằng triệu đồng",
        "R26: số tiền có thể đang ghi sai đơn vị tính",
    ),
    flaw(
        "99011",
        "2029-Q4",
        Slip::Above("thn.nhan_viec_lam", "thn.gioi_thieu_viec", 2),
        "Số được nhận vào làm nhiều hơn số lượt giới thiệu",
        "R13: cảnh báo; đã có giải trình trong explanations.csv nên thành ghi chú",
    ),
    flaw(
        "99003",
        "2027-Q3",
        Slip::Name("Xã Bến Thượng"),
        "Ghi tên cũ sau khi xã thành phường (từ 01/9/2027)",
        "Nhận theo mã và tên cũ đã có trong danh mục",
    ),
    flaw(
        "99002",
        "2026-Q1",
        Slip::File("BC quý I năm 2026 - Xã Ân Hòa.xlsx"),
        "Tên tệp tự đặt, có dấu và khoảng trắng",
        "Nhận diện theo Biểu 00",
    ),
    flaw(
        "99004",
        "2028-H1",
        Slip::File("Bao cao 6 thang dau nam 2028 Binh Lu (cuoi).xlsx"),
        "Tên tệp tự đặt",
        "Nhận diện theo Biểu 00",
    ),
    flaw(
        "99007",
        "2029-Q3",
        Slip::File("Minh Sơn - Quý III.2029 (1) (2).xlsx"),
        "Tên tệp tự đặt",
        "Nhận diện theo Biểu 00",
    ),
    flaw(
        "99009",
        "2026-H2",
        Slip::File("99009_2026-H2_bao-cao.xls"),
        "Lưu ở định dạng Excel 97–2003 (.xls)",
        "Đọc như thường",
    ),
    flaw(
        "99004",
        "2029-H1",
        Slip::File("99004_2029-H1_bao-cao.ods"),
        "Lưu ở định dạng LibreOffice (.ods)",
        "Đọc như thường",
    ),
    flaw("99010", "2030", Slip::File("99010_2030_bao-cao.ods"), "Lưu ở định dạng LibreOffice (.ods)", "Đọc như thường"),
];

/// The sample's files below `input/`, by path.
pub struct Sample {
    /// Workbooks below `returns/`. Those not named `.xlsx` still have to be converted by another program.
    pub returns: BTreeMap<String, Vec<u8>>,
    /// `receipts.csv`, `explanations.csv`, `README.md`.
    pub registers: BTreeMap<&'static str, String>,
}

/// Makes the sample's returns and registers for the units of `definitions`.
///
/// # Errors
/// When the units or periods that flaws are placed in are not those of the definitions.
pub fn sample(definitions: &Definitions) -> anyhow::Result<Sample> {
    let due = schedule::expected(definitions);
    let mut sent: Vec<Sending> =
        by_unit(&due).into_par_iter().flat_map(|due| sendings(definitions, due, PERFECT, SEED)).collect();
    let mut listed = Vec::new();
    let mut explained = String::from("unit,period,item,rule,value,reason,date\n");
    for flaw in &FLAWS {
        let deadline = due
            .iter()
            .find(|due| due.unit.as_str() == flaw.unit && due.period.to_string() == flaw.period)
            .map(|due| due.deadline)
            .ok_or_else(|| anyhow::anyhow!("không có báo cáo {} của {}", flaw.period, flaw.unit))?;
        listed.push(place(&mut sent, flaw, deadline, &mut explained));
    }
    let receipts = Receipt::table(sent.iter().map(Receipt::of).collect())?;
    let readme = readme(due.len(), sent.len(), &listed);
    let returns = sent
        .into_par_iter()
        .map(|sending| Ok((sending.file.clone(), workbook(definitions, &sending)?)))
        .collect::<anyhow::Result<_>>()?;
    let registers =
        BTreeMap::from([("receipts.csv", receipts), ("explanations.csv", explained), ("README.md", readme)]);
    Ok(Sample { returns, registers })
}

/// Writes the registers and every `.xlsx` of the sample below `input`; gives the other workbooks,
/// which have to be converted first.
///
/// # Errors
/// When the disk refuses.
pub fn save(sample: Sample, input: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    for (file, text) in &sample.registers {
        write(&input.join(file), text.as_bytes())?;
    }
    let (ready, foreign): (BTreeMap<_, _>, BTreeMap<_, _>) =
        sample.returns.into_iter().partition(|(file, _)| file.ends_with(".xlsx"));
    for (file, bytes) in &ready {
        write(&input.join("returns").join(file), bytes)?;
    }
    Ok(foreign)
}

/// Puts a flaw into what was sent; gives its line for the list.
fn place(sent: &mut Vec<Sending>, flaw: &Flaw, deadline: NaiveDate, explained: &mut String) -> [String; 3] {
    let is_it =
        |sending: &Sending| sending.fill.unit.as_str() == flaw.unit && sending.fill.period.to_string() == flaw.period;
    let at = sent.iter().position(is_it).expect("every return due was sent before flaws are placed");
    let sending = &mut sent[at];
    let mut file = sending.file.clone();
    let fill = &mut sending.fill;
    match flaw.slip {
        Slip::Missing => {
            sent.remove(at);
            file = format!("(không có) {file}");
        }
        Slip::Late(days) => {
            sending.received = deadline + Days::new(days.unsigned_abs());
            fill.made_on = Some(sending.received);
        }
        Slip::Off(item, by) => add(fill, item, by),
        Slip::Number(item, value) => line(fill, item).value = Some(Typed::Number(value)),
        Slip::Above(item, other, by) => {
            let value = number_in(fill, other) + by;
            line(fill, item).value = Some(Typed::Number(value));
            line(fill, item).note = "02 người tự xin được việc, không qua giới thiệu".to_owned();
            let day = sending.received + Days::new(2);
            *explained += &format!(
                "{},{},{item},R13,{value},\"02 người tự xin được việc, đã đối chiếu sổ theo dõi\",{day}\n",
                flaw.unit, flaw.period
            );
        }
        Slip::Text(item, pattern) => {
            let value = number_in(fill, item);
            let text = pattern.replace("{.}", &number::whole(value)).replace("{}", &value.to_string());
            line(fill, item).value = Some(Typed::Text(text));
        }
        Slip::None(text) => {
            let none = ["thn.tai_pham", "thn.vi_pham_hc", "thn.hoc_nghe", "thn.ra_pham_toi_moi"];
            let item = none.into_iter().find(|item| number_in(fill, item) == 0).unwrap_or(none[0]);
            line(fill, item).value = Some(Typed::Text(text.to_owned()));
        }
        Slip::Empty(item) => line(fill, item).value = None,
        Slip::Thon(item, by) => {
            let thon = fill.settlements.iter_mut().find_map(|thon| thon.values.get_mut(item));
            *thon.expect("every thôn reports its rows") += by;
        }
        Slip::Name(name) => fill.name = Some(name.to_owned()),
        Slip::File(name) => {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            file = format!("{folder}/{name}");
            sending.file.clone_from(&file);
        }
        Slip::Corrected(item, by) => {
            let mut again = fill.clone();
            again.submission = 2;
            add(fill, item, by);
            let received = sending.received + Days::new(4);
            again.made_on = Some(received);
            let second = file.replace("bao-cao", "bao-cao_lan-2");
            let channel = sending.channel;
            sent.push(Sending { file: second, fill: again, received, channel });
        }
    }
    [file, flaw.what.to_owned(), flaw.says.to_owned()]
}

fn number_in(fill: &crate::form::Fill, item: &str) -> i64 {
    match fill.lines.get(item).and_then(|line| line.value.as_ref()) {
        Some(Typed::Number(value)) => *value,
        _ => 0,
    }
}

fn readme(due: usize, sent: usize, flaws: &[[String; 3]]) -> String {
    let mut text = format!(
        "# Số liệu minh họa\n\n\
         **Mọi số liệu ở đây là giả lập.** Tỉnh Vân Hải và 12 xã, phường, đặc khu (mã 99001–99012) không có thật; \
         các kế hoạch dựng theo văn bản mẫu.\n\n\
         {due} báo cáo phải nộp trong các năm 2026–2030, {sent} tệp đã nhận. Báo cáo do chương trình tạo:\n\n\
         ```\ncargo run --example sample\n```\n\n\
         Xã Mường Sáng (99008) thực hiện kế hoạch có hạn trước ngày 10/6 và 10/12, tức là trước ngày chốt số liệu: \
         mỗi kỳ gửi bản ước đúng hạn rồi gửi bản chính thức.\n\n\
         ## Tên cơ quan, dòng đầu trang, biểu trưng\n\n\
         Sửa trong `site.toml`, không phải sửa mã: `title` (tên trang), `organisation` (cơ quan, in ở bìa và chân trang), \
         `province_name` (địa bàn). Mục `[header]` ghi dòng chữ phía trên tên trang (`text`), biểu trưng (`logo`: \
         tệp `.svg` hoặc `.png` để cạnh `site.toml`, dưới 100 KiB) và lời tả biểu trưng cho người không nhìn thấy \
         hình (`logo_alt`). Bỏ cả mục thì trang không có dòng này. Biểu trưng ra ở đầu mọi trang, bìa bản in và \
         trang chiếu đầu. Màu, cỡ chữ, mẫu trang: `tongket theme site-templates` rồi đọc `README.md` trong đó.\n\n\
         ## Lỗi cố ý\n\n\
         | Tệp trong `returns/` | Lỗi | Chương trình trả lời |\n|---|---|---|\n"
    );
    for [file, what, says] in flaws {
        text += &format!("| `{file}` | {what} | {says} |\n");
    }
    text
}
