//! Definitions as their authors meet them: what loads, what needs only a file; in `mistakes`, what is
//! refused and where.

mod init;
mod input;
mod mistakes;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tongket::definitions::check::{CheckKind, Condition};
use tongket::definitions::indicator::Over;
use tongket::definitions::schedule::{active, expected};
use tongket::definitions::{self, Kind};
use tongket::vocabulary::{MeasureCode, Period, UnitCode};

use input::Input;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Domain report 6.2–6.9, in order, with the technical row of Biểu 01 where it stands on the form.
const CATALOGUE: &str = "
    gen.so_thon gen.so_cq_dn_gd
    thn.quan_ly_dau_ky thn.tiep_nhan thn.vao_chap_hanh_xong thn.vao_dac_xa thn.vao_chuyen_den thn.dua_ra
    thn.ra_xoa_an_tich thn.ra_chuyen_di thn.ra_pham_toi_moi thn.ra_ly_do_khac thn.dieu_chinh thn.quan_ly_cuoi_ky
    thn.chua_trinh_dien thn.nhom_a thn.nhom_b thn.nhom_c thn.nhom_d
    thn.to_giup_do thn.to_thanh_vien thn.to_du_thanh_phan thn.nguoi_co_to thn.luot_gap_go thn.nguoi_danh_gia
    thn.tu_van thn.giay_to thn.hd_xoa_an_tich thn.hoc_nghe thn.gioi_thieu_viec thn.nhan_viec_lam thn.co_so_nhan
    thn.co_viec_lam thn.viec_on_dinh thn.vay_nhu_cau thn.vay_nguoi thn.vay_so_tien thn.xa_hoi_hoa thn.kinh_phi_ns
    thn.tai_pham thn.vi_pham_hc
    tt.buoi tt.luot_nguoi tt.tin_bai mh.cuoi_ky mh.thn_cuoi_ky mh.moi mh.dung kt.tap_the kt.ca_nhan
    bv.kdc_xuat_sac bv.kdc_kha bv.kdc_trung_binh bv.kdc_yeu bv.phan_loai_xa bv.at_dang_ky bv.at_dat_kdc bv.at_dat_cq
    bv.at_dat_xa bv.tieu_chi_dat bv.tin_bao bv.hoa_giai bv.hoa_giai_thanh
    cc.hoi_vien cc.nguoi_duoc_giup";

#[test]
fn the_catalogue_is_complete() {
    let (definitions, _) = Input::sample().load();
    let form = definitions.forms.last().unwrap();
    let codes: Vec<&str> = form.rows().map(|row| row.code.as_str()).collect();
    let catalogue: Vec<&str> = CATALOGUE.split_whitespace().collect();
    assert_eq!(codes, catalogue);
    assert_eq!(codes.len(), 64 + 1);

    let ratios: Vec<&str> = definitions.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    assert_eq!(
        ratios,
        [
            "thn.tl_co_to",
            "thn.tl_gap_go",
            "thn.tl_viec_lam",
            "thn.tl_tai_pham",
            "bv.tl_kdc_kha",
            "bv.tl_an_toan",
            "thn.tl_danh_gia"
        ]
    );
    let sheets: Vec<&str> = form.sheets.iter().map(|sheet| sheet.id.as_str()).collect();
    assert_eq!(sheets, ["00", "01", "02", "03", "04", "05", "06", "06B", "07", "08", "09"]);
}

#[test]
fn every_rule_of_the_domain_is_a_check_of_the_form() {
    let (definitions, _) = Input::sample().load();
    let ids: BTreeSet<&str> = definitions.forms.last().unwrap().checks.iter().map(|check| check.id.as_str()).collect();
    // R30 (type, range, missing) is the reader's own.
    for number in 1..=29 {
        let rule = format!("R{number:02}");
        let parts = ["", "a", "b", "c", "d"].map(|letter| format!("{rule}{letter}"));
        assert!(parts.iter().any(|id| ids.contains(id.as_str())), "{rule} is missing");
    }
    assert!(ids.contains("R24b"));
    for check in &definitions.forms.last().unwrap().checks {
        assert!(!check.title.ends_with('.'), "{}: a title is not a sentence", check.id);
        for text in [&check.why, &check.example, &check.advice] {
            assert!(text.ends_with('.'), "{}: “{text}”", check.id);
        }
    }
}

#[test]
fn stocks_flows_and_openings_roll_up_each_in_its_way() {
    use tongket::definitions::form::AcrossTime::{First, Last, None, Sum};
    let (definitions, _) = Input::sample().load();
    let form = definitions.forms.last().unwrap();
    for (code, expected) in [
        ("thn.quan_ly_dau_ky", First),
        ("thn.quan_ly_cuoi_ky", Last),
        ("thn.tiep_nhan", Sum),
        ("thn.nguoi_danh_gia", None),
        ("bv.phan_loai_xa", Last),
    ] {
        assert_eq!(form.row(&MeasureCode::from(code)).unwrap().across_time, expected, "{code}");
    }
    let over = |code: &str| {
        let ratio = definitions.indicators.iter().find(|indicator| indicator.code.as_str() == code).unwrap();
        (ratio.numerator[0].over, ratio.denominator[0].over)
    };
    assert_eq!(over("thn.tl_gap_go"), (Over::Kind, Over::Weeks));
    assert_eq!(over("thn.tl_danh_gia"), (Over::EachReturn, Over::EachReturn));
    assert_eq!(over("thn.tl_viec_lam"), (Over::Kind, Over::Kind));
}

#[test]
fn no_figure_about_persons_is_asked_below_the_commune() {
    let (definitions, _) = Input::sample().load();
    let settled: Vec<_> = definitions.forms.last().unwrap().rows().filter(|row| row.by_settlement).collect();
    assert_eq!(settled.len(), 15);
    assert!(settled.iter().all(|row| row.privacy.code() == "P0"));
    Input::sample().edit("forms/tk2026/bieu-04.toml", "complement_sensitive = true", "by_settlement = true").refused(
        "forms/tk2026/bieu-04.toml",
        "by_settlement = true",
        "dưới cấp xã",
    );
}

#[test]
fn a_new_form_row_with_a_check_needs_only_files() {
    let mut input = Input::sample();
    input.append(
        "forms/tk2026/bieu-05.toml",
        r#"
[[row]]
code = "bv.vk_giao_nop"
title = "Số vũ khí, vật liệu nổ, công cụ hỗ trợ người dân giao nộp"
short = "Vũ khí giao nộp"
unit_of_measure = "khẩu, quả"
kind = "flow"
direction = "up"
privacy = "P0"
source = "Kế hoạch Hưng Nguyên"
definition = "Số vũ khí, vật liệu nổ, công cụ hỗ trợ người dân tự nguyện giao nộp trong kỳ."

[[check]]
id = "R31"
severity = "warning"
title = "Số giao nộp rất lớn"
why = "Hiếm khi một xã thu hơn một trăm trong một kỳ."
example = "Ghi 1200 thay cho 12."
advice = "Kiểm tra biên bản giao nhận."
holds.between = { value = "bv.vk_giao_nop", max = 100 }
"#,
    );
    let (definitions, _) = input.load();
    let form = definitions.forms.last().unwrap();
    let code = MeasureCode::from("bv.vk_giao_nop");
    assert_eq!(form.row(&code).unwrap().kind, Kind::Flow);
    assert_eq!(form.sheet_of(&code).unwrap().id, "05");
    let check = form.checks.iter().find(|check| check.id.as_str() == "R31").unwrap();
    assert!(matches!(&check.kind, CheckKind::Between { value, max: Some(100), .. } if value[0].item == code));
}

#[test]
fn a_new_unit_needs_only_files() {
    let mut input = Input::sample();
    input.append("units.csv", "99013,Xã Tân Lập,xa,99,2028-01-01,,99010;99011,,mien_nui\n");
    input.append("aliases.csv", "Xã Tân Lập mới,99013\n");
    let (definitions, _) = input.load();
    let unit = definitions.units.get(&UnitCode::from("99013")).unwrap();
    assert_eq!(unit.predecessors, ["99010", "99011"].map(UnitCode::from));
    assert_eq!(unit.groups.iter().map(|group| group.as_str()).collect::<Vec<_>>(), ["mien_nui", "xa"]);
    assert!(!unit.exists_on(day("2027-12-31")));
    let province = &definitions.site.province;
    for name in ["xã tân lập", "Xã Tân Lập mới"] {
        assert_eq!(definitions.units.by_name(province, name, None), Some(unit));
    }
}

#[test]
fn a_new_ratio_needs_only_files() {
    let mut input = Input::sample();
    input.write(
        "indicators/bv.tl_hoa_giai.toml",
        r#"
order = 72
title = "Tỷ lệ hòa giải thành"
short = "Hòa giải thành"
theme = "Phong trào toàn dân BVANTQ"
numerator = "bv.hoa_giai_thanh"
denominator = "bv.hoa_giai"
denominator_noun = "vụ"
direction = "up"
privacy = "P0"
source = "Kế hoạch Hưng Nguyên"
definition = "Số vụ hòa giải thành chia cho số vụ tiếp nhận."
"#,
    );
    input.edit("site.toml", "\"bv.tl_kdc_kha\"", "\"bv.tl_hoa_giai\"");
    let (definitions, _) = input.load();
    assert_eq!(definitions.indicators.last().unwrap().code.as_str(), "bv.tl_hoa_giai");
    assert_eq!(definitions.site.headlines.last().unwrap().as_str(), "bv.tl_hoa_giai");
}

#[test]
fn a_class_in_a_condition_is_its_position() {
    let (definitions, _) = Input::sample().load();
    let check = definitions.forms.last().unwrap().checks.iter().find(|check| check.id.as_str() == "R22a").unwrap();
    assert_eq!(check.when, [Condition::Value(MeasureCode::from("bv.at_dat_xa"), 2)]);
}

#[test]
fn the_schemes_have_the_published_days() {
    // Domain report 2.3 and 7.1.
    let (definitions, _) = Input::sample().load();
    assert_eq!(definitions.scheme.id, "nd09");
    for (period, first, last) in [
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-Q2", "2026-03-15", "2026-06-14"),
        ("2026-Q3", "2026-06-15", "2026-09-14"),
        ("2026-Q4", "2026-09-15", "2026-12-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2026-2028", "2025-12-15", "2028-12-14"),
    ] {
        assert_eq!(definitions.scheme.days(period.parse().unwrap()), (day(first), day(last)), "{period}");
    }
    let mut input = Input::sample();
    let (calendar, _) = input.edit("site.toml", "scheme = \"nd09\"", "scheme = \"dl\"").load();
    for (period, first, last) in [
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2028", "2028-01-01", "2028-12-31"),
    ] {
        assert_eq!(calendar.scheme.days(period.parse().unwrap()), (day(first), day(last)), "{period}");
    }
    assert_eq!(definitions.scheme.quarter_of(day("2026-12-15")), "2027-Q1".parse::<Period>().unwrap());
}

#[test]
fn before_the_tenth_of_june_means_by_the_ninth() {
    let (definitions, _) = Input::sample().load();
    let all = expected(&definitions);
    assert_eq!(all.len(), 195);
    let deadline = |unit: &str, period: &str| {
        let period: Period = period.parse().unwrap();
        all.iter().find(|e| e.unit.as_str() == unit && e.period == period).map(|e| e.deadline)
    };
    // Kế hoạch 71 alone: half-yearly, before 10/6 and before 10/12.
    assert_eq!(active(&definitions, &UnitCode::from("99008"), day("2026-07-01")).len(), 2);
    assert_eq!(deadline("99008", "2026-H1"), Some(day("2026-06-09")));
    assert_eq!(deadline("99008", "2026-H2"), Some(day("2026-12-09")));
    // Quarterly: seven days after the cut-off.
    assert_eq!(deadline("99012", "2026-Q1"), Some(day("2026-03-21")));
    assert_eq!(deadline("99012", "2026-H1"), None);
}

#[test]
fn the_hash_follows_the_definitions_and_nothing_else() {
    let (before, _) = Input::sample().load();
    let mut input = Input::sample();
    input.append("receipts.csv", "Q1/99001.xlsx,2026-03-20,Thư điện tử\n");
    let (same, registers) = input.load();
    assert_eq!(before.hash, same.hash);
    assert_eq!(registers.receipts["Q1/99001.xlsx"].channel, "Thư điện tử");
    let (other, _) = input.edit("release.toml", "threshold = 5", "threshold = 7").load();
    assert_ne!(before.hash, other.hash);
}

#[test]
fn without_an_input_folder_the_operator_is_told_how_to_make_one() {
    let missing = std::env::temp_dir().join("không có thư mục này");
    let message = format!("{:#}", definitions::load(&missing).unwrap_err());
    assert!(message.contains("tongket init") && message.contains("tongket demo"), "{message}");
}
