//! Every kind of mistake has its file, its line and a message that says what is allowed.

use crate::input::Input;

/// File, text taken out, text put in, what the line of the mistake begins with after that (empty:
/// the whole file), what the message says.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

fn refuse(cases: &[Case]) {
    for (file, old, new, at, told) in cases {
        Input::sample().edit(file, old, new).refused(file, at, told);
    }
}

const B00: &str = "forms/tk2026/bieu-00.toml";
const B01: &str = "forms/tk2026/bieu-01.toml";
const B02: &str = "forms/tk2026/bieu-02.toml";
const B03: &str = "forms/tk2026/bieu-03.toml";
const B06: &str = "forms/tk2026/bieu-06.toml";
const B07: &str = "forms/tk2026/bieu-07.toml";
const B09: &str = "forms/tk2026/bieu-09.toml";
const WORK: &str = "indicators/thn.tl_viec_lam.toml";

#[test]
fn a_file_of_the_wrong_shape_is_told_in_vietnamese() {
    refuse(&[
        (B01, "id = \"01\"", "id = \"01\"\nmau = \"x\"", "mau", "không có khóa “mau”; được dùng: id, name, title"),
        (B01, "signed = true", "am = true", "am = true", "không có khóa “am”"),
        (B01, "short = \"Tiếp nhận\"\n", "", "[[row]]\ncode = \"thn.tiep_nhan\"", "thiếu khóa “short”"),
        (B01, "kind = \"flow\"", "kind = \"dong\"", "kind = \"dong\"", "được dùng: stock, flow, class"),
        (B01, "privacy = \"P2\"", "privacy = \"P9\"", "privacy = \"P9\"", "được dùng: P0, P1, P2, P3"),
        (B01, "severity = \"error\"", "severity = \"cao\"", "severity = \"cao\"", "được dùng: error, warning, info"),
        (B01, "signed = true", "signed = 1", "signed = 1", "cần true hoặc false"),
        (B01, "holds.equal", "holds.bang", "holds.bang", "được dùng: equal, at_most, at_most_largest, between"),
        (B00, "holds = \"cumulative\"", "holds = \"tong\"", "holds = \"tong\"", "được dùng: equal"),
        (B00, "[[check]]", "[[check]", "[[check]\n", "sai cú pháp TOML"),
        ("release.toml", "threshold = 5", "threshold = \"năm\"", "threshold =", "cần một số nguyên"),
    ]);
}

#[test]
fn a_form_is_held_against_itself() {
    refuse(&[
        (B02, "id = \"02\"", "id = \"01\"", "id = \"01\"", "số biểu “01” đã dùng ở forms/tk2026/bieu-01.toml:1"),
        (B02, "id = \"R08\"", "id = \"R06\"", "id = \"R06\"", "quy tắc R06 đã có"),
        (B09, "kind = \"criteria\"", "kind = \"models\"", "kind = \"models\"", "chỉ có một biểu loại này"),
        (B07, "plans = [\"cuu-cand\"]", "plans = [\"cuu\"]", "plans =", "được dùng: 4-plus, cuu-cand, kh179-cat-hai"),
        (B03, "receivers = \"thn.vay_nguoi\"", "receivers = \"thn.vay\"", "receivers =", "gần nhất: thn."),
        (
            B01,
            "part_of = \"thn.tiep_nhan\"",
            "part_of = \"thn.tiep\"",
            "part_of = \"thn.tiep\"",
            "gần nhất: thn.tiep_nhan",
        ),
        (B03, "kind = \"flow\"", "kind = \"class\"", "kind = \"class\"", "ít nhất hai mức"),
        (
            B03,
            "kind = \"flow\"",
            "kind = \"flow\"\nclasses = [{ code = \"a\", title = \"A\" }]",
            "kind = \"flow\"",
            "chỉ dùng với",
        ),
        (B06, "code = \"K\"", "code = \"Y\"", "    { code = \"Y\", title = \"Khá\"", "mức “Y” ghi hai lần"),
        (B01, "title = \"– được đặc xá\"", "title = \" \"", "title = \" \"", "không được để trống"),
        ("forms/tk2026/form.toml", "\"2026.1\"", "\"v1\"", "version =", "ví dụ 2026.1"),
    ]);
    Input::sample().edit(B00, "kind = \"cover\"", "kind = \"rows\"").refused(
        "forms/tk2026/form.toml",
        "",
        "kind = \"cover\"",
    );
    Input::sample().remove("forms/tk2026/form.toml").refused("forms/tk2026/form.toml", "", "thiếu tệp này");
    let row = |code: &str| {
        format!(
            "[[row]]\ncode = \"{code}\"\ntitle = \"A\"\nshort = \"A\"\nunit_of_measure = \"vụ\"\nkind = \"flow\"\n\
             direction = \"none\"\nprivacy = \"P0\"\nsource = \"A\"\ndefinition = \"A.\"\n"
        )
    };
    Input::sample().append(B07, &row("tt.buoi")).refused(
        B07,
        "code = \"tt.buoi\"",
        "đã dùng ở forms/tk2026/bieu-05.toml:8",
    );
    Input::sample().append(B07, &row("Tin-bao")).refused(B07, "code = \"Tin-bao\"", "ví dụ thn.tiep_nhan");
    Input::sample().append(B09, &row("tt.moi")).refused(B09, "code = \"tt.moi\"", "chỉ biểu loại rows hoặc cover");
}

#[test]
fn an_older_version_is_held_against_its_form() {
    const OLD: &str = "forms/tk2026/versions.toml";
    refuse(&[
        (OLD, "\"tt.cuoc\" = \"tt.buoi\"", "\"tt.cuoc\" = \"tt.bui\"", "\"tt.cuoc\" =", "gần nhất: tt.buoi"),
        (OLD, "\"tt.cuoc\" =", "\"tt.tin_bai\" =", "\"tt.tin_bai\" =", "không bao giờ dùng lại"),
        (OLD, "= \"tt.buoi\"", "= \"thn.tiep_nhan\"", "\"tt.cuoc\" =", "hai mã số cũ cùng thành thn.tiep_nhan"),
        (OLD, "[\"thn.cam_ket\"]", "[\"tt.cuoc\"]", "\"tt.cuoc\" =", "vừa ở renamed vừa ở removed"),
        (OLD, "\"bv.tieu_chi_dat\"]", "\"bv.tieu_chi\"]", "absent =", "gần nhất: bv.tieu_chi_dat"),
        (OLD, "\"02\" =", "\"12\" =", "\"12\" =", "không có biểu số “12”"),
        (OLD, "\"tt.buoi\" = \"Số", "\"tt.bui\" = \"Số", "\"tt.bui\" =", "không có dòng mã số “tt.bui”"),
        (OLD, "\"2025-thi-diem\"", "\"2026.1\"", "", "phiên bản 2026.1 ghi hai lần"),
        (OLD, "removed =", "bo =", "bo =", "không có khóa “bo”; được dùng: version, title"),
        ("forms/tk2026/form.toml", "\"Dự kiến kỳ sau\"", "\"Trong kỳ\"", "other =", "đã là của cột Trong kỳ"),
    ]);
}

#[test]
fn a_check_refers_only_to_what_there_is() {
    refuse(&[
        (B01, "right = \"thn.vao_chap_hanh_xong +", "right = \"thn.vao_xong +", "holds.equal", "mã “thn.vao_xong”"),
        (B01, "left = \"thn.chua_trinh_dien\"", "left = \"0\"", "holds.at_most = { left = \"0\"", "ít nhất một mã số"),
        (
            B01,
            "previous(thn.quan_ly_cuoi_ky)",
            "truoc(thn.quan_ly_cuoi_ky)",
            "holds.equal = { left = \"thn.quan_ly_dau_ky\"",
            "được dùng: previous",
        ),
        (
            B02,
            "indicator = \"thn.tl_gap_go\"",
            "indicator = \"thn.tl_gap\"",
            "holds.ratio_between",
            "gần nhất: thn.tl_gap_go",
        ),
        (B02, "min = 80, max = 300", "min = 80, max = 30", "holds.ratio_between", "max phải từ 80"),
        (
            B02,
            "team_model = [\"1-1\", \"1-n\"]",
            "team_model = [\"1-1\", \"n-n\"]",
            "when = [{ team_model = [\"1-1\", \"n-n\"]",
            "được dùng: 1-1, 1-n",
        ),
        (
            B02,
            "item = \"thn.to_giup_do\", is = 0",
            "item = \"thn.to_giup_do\", is = \"không\"",
            "when = [{ value",
            "viết một số nguyên",
        ),
        (B06, "is = \"đạt\"", "is = \"rồi\"", "when = [{ value", "được dùng: chưa, đạt"),
        (B06, "value = \"mh.cuoi_ky\", min = 1", "value = \"mh.cuoi_ky\"", "holds.between", "cần min, max hoặc cả hai"),
        (B00, "per_million = 1000 ", "per_million = 0 ", "holds.poisson_outlier", "từ 1 đến 500000"),
        (B00, "stock_percent = 50", "stock_percent = 0", "holds.jump", "từ 1 đến 1000"),
    ]);
}

#[test]
fn a_ratio_is_made_of_rows_that_can_be_added() {
    refuse(&[
        (
            WORK,
            "numerator = \"thn.co_viec_lam\"",
            "numerator = \"thn.viec\"",
            "numerator =",
            "không có chỉ tiêu mã “thn.viec”",
        ),
        (WORK, "numerator = \"thn.co_viec_lam\"", "numerator = \"bv.phan_loai_xa\"", "numerator =", "là phân loại"),
        (
            WORK,
            "numerator = \"thn.co_viec_lam\"",
            "numerator = \"weeks(tt.buoi)\"",
            "numerator =",
            "weeks chỉ dùng với số cuối kỳ",
        ),
        (WORK, "numerator = \"thn.co_viec_lam\"", "numerator = \"0\"", "numerator =", "cần ít nhất một mã số"),
    ]);
    let ratio =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/indicators/bv.tl_kdc_kha.toml")).unwrap();
    let input = Input::sample();
    input.write("indicators/tt.buoi.toml", &ratio);
    let mistakes = input.mistakes();
    assert_eq!((mistakes.len(), mistakes[0].line), (1, 0));
    assert!(mistakes[0].message.contains("đã là một dòng của biểu mẫu"), "{}", mistakes[0].message);
}

#[test]
fn the_site_the_policy_and_the_schemes_are_held_to_what_they_may_say() {
    refuse(&[
        ("site.toml", "scheme = \"nd09\"", "scheme = \"nd10\"", "scheme =", "được dùng: dl, nd09"),
        ("site.toml", "\"thn.hoc_nghe\",", "\"thn.hoc\",", "    \"thn.hoc\"", "thn.hoc_nghe"),
        ("site.toml", "\"2026-2030\"]", "\"2026-2030\", \"2024-2028\"]", "spans =", "trong các năm 2026–2030"),
        ("site.toml", "as_of = \"2031-01-20\"", "as_of = \"20/01/2031\"", "as_of =", "ví dụ 2026-01-31"),
        ("site.toml", "organisation = \"Công an tỉnh Vân Hải\"", "organisation = \"\"", "organisation =", "để trống"),
        ("release.toml", "threshold = 5", "threshold = 2", "threshold =", "không được dưới 3"),
        ("release.toml", "late_batch = 3", "late_batch = 2", "late_batch =", "không được dưới 3"),
        ("release.toml", "public_coverage = 80", "public_coverage = 120", "public_coverage =", "từ 0 đến 100"),
        ("schemes/dl.toml", "day = 1 }, {", "day = 30 }, {", "starts =", "day 1–28"),
        ("schemes/nd09.toml", "    { month = 9, day = 15 },\n", "", "starts =", "đúng bốn ngày"),
        ("schemes/nd09.toml", "month = 9, day", "month = 5, day", "    { month = 5", "theo thứ tự thời gian"),
        ("criteria/qd3554-xa.toml", "count = 34\n", "", "text_known = false", "count = số tiêu chí"),
        ("criteria/tt124-xa.toml", "number = \"1b\"", "number = \"1a\"", "number = \"1a\"\ntext = \"Có", "ghi hai lần"),
    ]);
    Input::sample().remove("site.toml").refused("site.toml", "", "thiếu tệp này");
    let input = Input::sample();
    input.write("indicators/thn.tl_moi.tml", "");
    assert!(input.mistakes()[0].message.contains("đuôi .toml"));
}

#[test]
fn units_follow_one_another_without_gap_or_overlap() {
    let file = "units.csv";
    refuse(&[
        (file, "unit,name,type", "unit;name;type", "unit;name", "dòng đầu phải là: unit,name,type,province"),
        (file, "99001,Xã An Thịnh,xa,99", "99001,Xã An Thịnh,xa,9", "99001", "đúng 2 chữ số"),
        (file, "An Thịnh,xa,99,2025-07-01", "An Thịnh,xa,99,01/7/2025", "99001", "ví dụ 2026-01-31"),
        (file, "Xã An Thịnh,xa", "Xã An Thịnh,thi_tran", "99001", "được dùng: xa, phuong, dac_khu"),
        (file, "Xã An Thịnh,xa", "An Thịnh,xa", "99001", "phải viết đủ loại đơn vị: “Xã …”"),
        (file, "2025-07-01,2027-08-31", "2025-07-01,", "99003,Phường", "chưa hết hiệu lực"),
        (file, "phuong,99,2027-09-01", "phuong,99,2027-08-01", "99003,Phường", "phải từ 2027-09-01"),
        (file, "phuong,99,2027-09-01", "phuong,99,2028-09-01", "99003,Phường", "phải từ 2027-09-01"),
        (file, "2025-07-01,2027-08-31", "2027-08-31,2025-07-01", "99003,Xã", "từ valid_from trở đi"),
        (
            file,
            "Bình Lư,xa,99,2025-07-01,,,,mien_nui",
            "Bình Lư,xa,99,2025-07-01,,,,ven_bien",
            "99004",
            "chưa có tên ở [groups]",
        ),
        (file, "99012,Đặc", "99013,Xã Tân Lập\n99012,Đặc", "99013", "dòng có 2 ô, cần 9 ô"),
        ("aliases.csv", "P. Cầu Vân,99005", "P. Cầu Vân,99905", "P. Cầu Vân", "gần nhất: 99005"),
        ("aliases.csv", "P. Cầu Vân,99005", "xã  minh sơn,99005", "xã  minh", "là tên của đơn vị 99007"),
        (
            "aliases.csv",
            "P. Cầu Vân,99005",
            "Đặc khu đảo Hòn Ngọc,99005",
            "Đặc khu đảo Hòn Ngọc,99005",
            "đã ghi cho đơn vị 99012",
        ),
    ]);
}

#[test]
fn the_registers_speak_of_known_units_rows_and_rules() {
    let line = |text: &str, told: &str| {
        let mut input = Input::sample();
        input.append("explanations.csv", &format!("{text}\n")).refused("explanations.csv", text, told);
    };
    line("99901,2026-Q1,tt.buoi,R27a,12,Có đợt cao điểm,2026-04-01", "không có đơn vị mã “99901”");
    line("99001,2026-Q5,tt.buoi,R27a,12,Có đợt cao điểm,2026-04-01", "không phải mã kỳ");
    line("99001,2026-Q1,tt.bu,R27a,12,Có đợt cao điểm,2026-04-01", "gần nhất: tt.buoi");
    line("99001,2026-Q1,tt.buoi,R27,12,Có đợt cao điểm,2026-04-01", "gần nhất: R27a");
    line("99001,2026-Q1,tt.buoi,R27a,12 buổi,Có đợt cao điểm,2026-04-01", "không phải số nguyên");
    line("99001,2026-Q1,tt.buoi,R27a,12,,2026-04-01", "cột reason không được để trống");
    let mut input = Input::sample();
    input.append("explanations.csv", "99001,2026-Q1,tt.buoi,R27a,,Có đợt cao điểm,2026-04-01\n");
    assert_eq!(input.load().1.explanations[0].value, None);
    Input::sample().append("receipts.csv", "Q1\\a.xlsx,mai,USB\n").refused("receipts.csv", "Q1", "ví dụ 2026-01-31");
}

#[test]
fn all_mistakes_are_told_at_once_and_none_twice() {
    let mut input = Input::sample();
    input.edit(B01, "id = \"01\"", "id = \"01\"\nmau = \"x\"");
    input.edit(B01, "kind = \"flow\"", "kind = \"dong\"");
    input.edit(B01, "signed = true", "signed = 1\nam = true");
    input.edit("release.toml", "threshold = 5", "threshold = 1");
    input.edit(WORK, "numerator = \"thn.co_viec_lam\"", "numerator = \"thn.viec\"");
    input.edit("units.csv", "99001,Xã An", "99001,An");
    input.edit("plans/cuu-cand.toml", "reviews = \"year\"", "reviews = \"nam\"");
    let told: Vec<(String, usize)> = input.mistakes().into_iter().map(|m| (m.file, m.line)).collect();
    let expected = [
        (B01, "mau"),
        (B01, "kind = \"dong\""),
        (B01, "signed = 1"),
        (B01, "am = true"),
        (WORK, "numerator ="),
        ("plans/cuu-cand.toml", "reviews = \"nam\""),
        ("release.toml", "threshold ="),
        ("units.csv", "99001"),
    ];
    assert_eq!(told, expected.map(|(file, at)| (file.to_owned(), input.line(file, at))));
}

#[test]
fn limits_are_whole_numbers_within_what_a_machine_can_bear() {
    let site = |limits: &'static str, at: &'static str, told: &'static str| {
        Input::sample().append("site.toml", limits).refused("site.toml", at, told);
    };
    site("[limits]\nfile_mib = 0\n", "file_mib = 0", "từ 1 đến 500");
    site("[limits]\nseconds = 1.5\n", "seconds = 1.5", "cần một số nguyên");
    site("[limits]\nmemory = 1\n", "memory = 1", "không có khóa “memory”");
    let mut all = Input::sample();
    assert_eq!(all.append("site.toml", "[limits]\nseconds = 0\nsheets = 1\n").mistakes().len(), 2);
    let mut written = Input::sample();
    let limits = written.append("site.toml", "[limits]\nfile_mib = 30\nseconds = 5\n").load().0.site.limits;
    assert_eq!((limits.file_bytes, limits.time.as_secs(), limits.sheets), (30 << 20, 5, 256));
}

#[test]
fn rules_of_comparison_are_read_strictly_and_all_at_once() {
    let table = |text: &str| {
        let input = Input::sample();
        let site = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/input/site.toml")).unwrap();
        let (before, _) = site.split_once("[comparison]").unwrap();
        input.write("site.toml", &format!("{before}{text}"));
        input
    };
    let wrong = "[comparison]\nfewest_events = 2\nsize = \"thn.khong_co\"\nclustered = [\"x\"]\ncontrol_trial = 20\n\
                 [[comparison.expected]]\nfrom = \"gen.so_thon\"\ncounts = [\"gen.so_thon\", \"bv.tin_bao\", \"bv.tin_bao\"]\n";
    assert_eq!(table(wrong).mistakes().len(), 6, "{:?}", table(wrong).mistakes());
    table("[comparison]\nthreshold = 1\n").refused("site.toml", "threshold = 1", "không có khóa “threshold”");
    let rules = table("[comparison]\ntrend_events = 60\n").load().0.site.comparison;
    assert_eq!((rules.trend_events, rules.trend_periods, rules.smallest_expectation), (60, 8, 5));
    assert!(rules.expected_from.is_empty() && rules.size.is_none());
}

#[test]
fn the_header_and_the_subjects_are_held_to_what_there_is() {
    let logo = "logo = \"bieu-trung.svg\"";
    refuse(&[
        ("site.toml", logo, "logo = \"bieu-trung.gif\"", "logo =", "tên một tệp .svg hoặc .png"),
        ("site.toml", logo, "logo = \"hinh/bieu-trung.svg\"", "logo =", "đặt cạnh site.toml"),
        ("site.toml", logo, "logo = \"khong-co.png\"", "logo =", "không có tệp khong-co.png"),
        ("site.toml", logo, "", "logo_alt =", "không có logo"),
        ("site.toml", "logo_alt =", "alt =", "alt =", "không có khóa “alt”"),
        ("site.toml", "\"Tổ giúp đỡ\",", "\"Tổ giúp\",", "themes =", "“Tổ giúp” không phải nhóm chỉ tiêu"),
    ]);
}

#[test]
fn a_composition_has_two_to_four_known_parts() {
    let composition = |whole: &str, parts: &str| {
        format!("\n[[composition]]\ntitle = \"Thử\"\nwhole = \"{whole}\"\nparts = [{parts}]\n")
    };
    let known = "\"thn.tiep_nhan\"";
    let five = [known; 5].join(", ");
    let unknown = format!("{known}, \"thn.tiep\"");
    let cases = [
        (
            composition("thn.tiep", &format!("{known}, {known}")),
            "whole = \"thn.tiep\"".into(),
            "gần nhất: thn.tiep_nhan",
        ),
        (composition("thn.tiep_nhan", &unknown), format!("parts = [{unknown}]"), "gần nhất: thn.tiep_nhan"),
        (composition("thn.tiep_nhan", known), format!("parts = [{known}]"), "cần từ hai đến bốn chỉ tiêu"),
        (composition("thn.tiep_nhan", &five), format!("parts = [{five}]"), "cần từ hai đến bốn chỉ tiêu"),
    ];
    let mut together = Input::sample();
    for (written, at, told) in &cases {
        Input::sample().append("site.toml", written).refused("site.toml", at, told);
        together.append("site.toml", written);
    }
    let lines: Vec<usize> = cases.iter().map(|(_, at, _)| together.line("site.toml", at)).collect();
    let told: Vec<usize> = together.mistakes().iter().map(|mistake| mistake.line).collect();
    assert_eq!(told, lines, "all at once, each at its own line");
}
