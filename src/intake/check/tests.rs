//! Every kind of check, as a small story: what was sent, and exactly what is found where.

use proptest::prelude::*;

use super::story::{Story, code, criteria, sum};
use crate::definitions::CheckKind;
use crate::definitions::check::{Condition, Silence};
use crate::findings::Severity;
use crate::intake::Standing;

const QUIET: [&str; 0] = [];

fn stock_and_flow() -> CheckKind {
    CheckKind::Equal { left: sum("cuoi_ky"), right: sum("dau_ky + tiep_nhan - dua_ra + dieu_chinh") }
}

fn carried_over() -> CheckKind {
    CheckKind::Equal { left: sum("dau_ky"), right: sum("previous(cuoi_ky)") }
}

#[test]
fn a_sum_that_does_not_add_up_is_told_with_its_arithmetic() {
    let story = || Story::of(stock_and_flow());
    let found = story().sent("2026-Q1", "dau_ky 45, tiep_nhan 6, dua_ra 3, dieu_chinh -, cuoi_ky 47").found();
    assert_eq!(found, ["2026-Q1 E12 · Cuối kỳ ghi 47, nhưng đầu kỳ 45 + tiếp nhận 6 − đưa ra 3 = 48"]);
    let corrected = "dau_ky 45, tiep_nhan 6, dua_ra 3, dieu_chinh -1, cuoi_ky 47";
    assert_eq!(story().sent("2026-Q1", corrected).found(), QUIET);
    let wrong = "dau_ky 1045, tiep_nhan 6, dua_ra 3, dieu_chinh -2, cuoi_ky 47";
    assert_eq!(
        story().sent("2026-Q1", wrong).found(),
        ["2026-Q1 E12 · Cuối kỳ ghi 47, nhưng đầu kỳ 1.045 + tiếp nhận 6 − đưa ra 3 + điều chỉnh (−2) = 1.046"]
    );
}

#[test]
fn a_check_whose_rows_are_not_all_reported_says_nothing() {
    for values in [
        "dau_ky -, tiep_nhan 6, dua_ra 3, cuoi_ky 47",
        "dau_ky ?, tiep_nhan 6, dua_ra 3, cuoi_ky 47",
        "tiep_nhan 6, dua_ra 3, cuoi_ky 47",
        "dau_ky 45, tiep_nhan 6, dua_ra 3, dieu_chinh ?, cuoi_ky 47",
    ] {
        assert_eq!(Story::of(stock_and_flow()).sent("2026-Q1", values).found(), QUIET, "{values}");
    }
}

#[test]
fn the_help_names_the_other_cells_and_the_earlier_return() {
    let mut story = Story::of(stock_and_flow()).sent("2026-Q1", "dau_ky 45, tiep_nhan 6, dua_ra 3, cuoi_ky 47");
    assert_eq!(story.findings()[0].help, "Đối chiếu sổ theo dõi (đối chiếu E8, E9, E10)");
    let mut story = Story::of(carried_over()).sent("2026-Q1", "cuoi_ky 47").sent("2026-Q2", "dau_ky 45");
    assert_eq!(story.findings()[0].help, "Đối chiếu sổ theo dõi (đối chiếu báo cáo quý I/2026)");
}

#[test]
fn an_opening_stock_is_compared_with_the_return_before() {
    let found = |from: &str| {
        Story::of(carried_over()).sent(from, "cuoi_ky 47").sent("2026-Q3", "dau_ky 45, cuoi_ky 45").found()
    };
    assert_eq!(found("2026-Q2"), ["2026-Q3 E8 · Đầu kỳ ghi 45, nhưng cuối kỳ của quý II/2026 là 47"]);
    assert_eq!(found("2026-Q1"), QUIET, "the second quarter is missing");
}

#[test]
fn only_returns_that_count_are_checked_and_compared_with() {
    let story = Story::of(carried_over())
        .sent("2026-Q1", "cuoi_ky 47")
        .with(|ret| ret.standing = Standing::Superseded { by: "b.xlsx".into() })
        .sent("2026-Q2", "dau_ky 45, cuoi_ky 45");
    assert_eq!(story.found(), QUIET);
}

#[test]
fn after_a_boundary_change_only_a_check_that_asks_for_it_compares() {
    let told = |condition: Option<bool>| {
        let story = Story::of(carried_over()).renamed("2026-04-01");
        let story = match condition {
            Some(changed) => story.when(Condition::UnitChanged(changed)),
            None => story,
        };
        story.sent("2026-Q1", "cuoi_ky 47").sent("2026-Q2", "dau_ky 45").sent("2026-Q3", "dau_ky 9").found().len()
    };
    assert_eq!((told(None), told(Some(false)), told(Some(true))), (0, 0, 1));
}

#[test]
fn a_yearly_row_is_compared_with_the_return_that_closed_last_year() {
    let kind = CheckKind::AtMost { left: sum("previous(phan_loai)"), right: sum("phan_loai") };
    let story = Story::of(kind).sent("2026-Q4", "phan_loai 4").sent("2027-Q3", "buoi 1").sent("2027-Q4", "phan_loai 3");
    let told = "2027-Q4 E28 · Phân loại xã của quý IV/2026 là Xuất sắc, lớn hơn phân loại xã (Khá)";
    assert_eq!(story.found(), [told]);
}

#[test]
fn a_limit_with_a_factor_shows_the_factor() {
    let kind = || CheckKind::AtMost { left: sum("4*to"), right: sum("thanh_vien") };
    let found = Story::of(kind()).sent("2026-Q1", "to 12, thanh_vien 40").found();
    assert_eq!(found, ["2026-Q1 E14 · 4 × số tổ 12 = 48, lớn hơn thành viên tổ (40)"]);
    assert_eq!(Story::of(kind()).sent("2026-Q1", "to 12, thanh_vien 48").found(), QUIET);
}

#[test]
fn the_largest_of_several_terms_is_the_limit() {
    let kind = CheckKind::AtMostLargest { left: sum("danh_gia"), largest_of: sum("co_to + previous(co_to)") };
    let story = Story::of(kind).sent("2026-Q1", "danh_gia 41, co_to 40").sent("2026-Q2", "danh_gia 40, co_to 35");
    let told = "2026-Q1 E18 · Người được đánh giá ghi 41, lớn hơn người có tổ giúp đỡ (40)";
    assert_eq!(story.found(), [told], "the second quarter may evaluate those of the first");
    let kind = CheckKind::AtMostLargest { left: sum("danh_gia"), largest_of: sum("co_to + previous(co_to)") };
    let story = Story::of(kind).sent("2026-Q1", "co_to 40").sent("2026-Q2", "danh_gia 41, co_to ?");
    assert_eq!(story.found(), QUIET, "what cannot be read may have been larger");
}

#[test]
fn a_sum_outside_its_bounds_is_told_the_bounds() {
    let kind = || CheckKind::Between { value: sum("phan_loai"), min: Some(1), max: Some(4) };
    assert_eq!(Story::of(kind()).sent("2026-Q4", "phan_loai 4").found(), QUIET);
    let found = Story::of(kind()).sent("2026-Q4", "phan_loai 5").found();
    assert_eq!(found, ["2026-Q4 E28 · Phân loại xã ghi 5, phải từ Yếu đến Xuất sắc"]);
}

#[test]
fn a_bound_on_last_year_is_asked_about_in_this_years_row() {
    let kind = CheckKind::Between { value: sum("previous(phan_loai)"), min: Some(3), max: None };
    let story = Story::of(kind).warning().sent("2026-Q4", "phan_loai 2").sent("2027-Q4", "phan_loai 3");
    assert_eq!(story.found(), ["2027-Q4 E28 · Phân loại xã của quý IV/2026 là Trung bình, ít nhất phải là Khá"]);
}

#[test]
fn borrowers_and_loans_are_zero_together() {
    let kind = || CheckKind::ZeroTogether { first: code("vay_nguoi"), second: code("vay_tien") };
    let found = Story::of(kind()).sent("2026-Q1", "vay_nguoi 2, vay_tien 0").found();
    let told =
        "2026-Q1 E19 · Người được vay ghi 2, nhưng số tiền vay là 0; hai số này phải cùng bằng 0 hoặc cùng lớn hơn 0";
    assert_eq!(found, [told]);
    assert_eq!(Story::of(kind()).sent("2026-Q1", "vay_nguoi 0, vay_tien 0").found(), QUIET);
}

#[test]
fn weekly_contacts_are_held_against_persons_times_weeks() {
    let kind = || CheckKind::RatioBetween { indicator: "t.tl_gap_go".into(), min: 80, max: 300 };
    let before = || Story::of(kind()).sent("2026-Q1", "co_to 40, gap_go 520");
    // (40 + 44) ÷ 2 × 92 days ÷ 7 = 552 contacts due in the second quarter.
    let found = before().sent("2026-Q2", "co_to 44, gap_go 276").found();
    assert_eq!(found, ["2026-Q2 E17 · Mức gặp gỡ hằng tuần là 50,0% (276 ÷ 552), ngoài khoảng 80%–300%"]);
    assert_eq!(before().sent("2026-Q2", "co_to 44, gap_go 552").found(), QUIET);
    assert_eq!(before().sent("2026-Q3", "co_to 44, gap_go 1").found(), QUIET, "the start is not known");
}

#[test]
fn the_year_so_far_is_the_sum_of_its_returns_and_the_cumulative_cell_is_blamed() {
    let story = || Story::of(CheckKind::Cumulative).sent("2026-Q1", "tiep_nhan 5/5").sent("2026-Q2", "tiep_nhan 6/12");
    assert_eq!(story().found(), ["2026-Q2 F9 · Lũy kế ghi 12, nhưng cộng các kỳ từ đầu năm: 5 + 6 = 11"]);
    assert_eq!(story().rejected(), QUIET, "the value of the period stands");
    let mut told = story();
    told.findings();
    assert_eq!(told.returns[1].entries[&code("tiep_nhan")].cumulative, None);
    let gap = Story::of(CheckKind::Cumulative).sent("2026-Q2", "tiep_nhan 6/12");
    assert_eq!(gap.found(), QUIET, "the first quarter is missing");
    let first = Story::of(CheckKind::Cumulative).sent("2027-Q1", "tiep_nhan 5/7");
    assert_eq!(first.found(), ["2027-Q1 F9 · Lũy kế ghi 7, nhưng đây là kỳ đầu năm và trong kỳ ghi 5"]);
}

#[test]
fn a_running_total_is_asked_about_once() {
    let kind = CheckKind::RunningAtMost { left: sum("dua_ra"), right: sum("tiep_nhan") };
    let story = Story::of(kind)
        .sent("2026-Q1", "dua_ra 1, tiep_nhan 2")
        .sent("2026-Q2", "dua_ra 3, tiep_nhan 1")
        .sent("2026-Q3", "dua_ra 0, tiep_nhan 0");
    assert_eq!(story.found(), ["2026-Q2 E10 · Cộng dồn từ quý I/2026: đưa ra là 4, lớn hơn tiếp nhận là 3"]);
}

#[test]
fn thon_add_up_to_the_commune() {
    let story = |commune| Story::of(CheckKind::SettlementSum).sent("2026-Q1", commune).thon("Thôn Đông", "buoi 3");
    assert_eq!(story("buoi 5").thon("Xóm 2", "buoi 2").found(), QUIET);
    assert_eq!(story("buoi 5").thon("Xóm 2", "buoi -").found(), QUIET, "one thôn has not reported");
    assert_eq!(
        story("buoi 5").thon("Xóm 2", "buoi 20").found(),
        ["2026-Q1 C10 · Buổi tuyên truyền của xã ghi 5, nhưng 2 thôn ở Biểu 06B cộng lại là 23; riêng Xóm 2 ghi 20"]
    );
}

#[test]
fn thon_are_as_many_as_the_form_says() {
    let kind = CheckKind::SettlementCount { item: code("so_thon") };
    let story = Story::of(kind).sent("2026-Q1", "so_thon 3").thon("Thôn Đông", "").thon("Xóm 2", "");
    assert_eq!(story.found(), ["2026-Q1 E26 · KDC ghi 3, nhưng Biểu 06B có 2 thôn, xóm, tổ dân phố"]);
}

#[test]
fn criteria_met_are_as_many_as_marked() {
    let story = |marks: &str| {
        let story = Story::of(CheckKind::CriteriaCount { item: code("tieu_chi") });
        story.sent("2026-Q4", "tieu_chi 3").with(|ret| ret.criteria = criteria(marks)).found()
    };
    assert_eq!(story("++-+"), QUIET);
    assert_eq!(
        story("++--"),
        ["2026-Q4 E27 · Tiêu chí đạt ghi 3, nhưng bảng tiêu chí đánh dấu đạt 2 trong 4 tiêu chí"]
    );
    assert_eq!(story("++?-"), QUIET, "one is left open");
    assert_eq!(story("+?"), ["2026-Q4 E27 · Tiêu chí đạt ghi 3, nhưng bộ tiêu chí chỉ có 2 tiêu chí"]);
}

#[test]
fn a_stock_that_jumps_is_asked_about() {
    let kind = || CheckKind::Jump { stock_percent: 50, stock_floor: 20, flow_factor: 3 };
    let found = |before: &str, now: &str| Story::of(kind()).sent("2026-Q1", before).sent("2026-Q2", now).found();
    assert_eq!(
        found("cuoi_ky 40", "cuoi_ky 61"),
        ["2026-Q2 E12 · Cuối kỳ ghi 61, tăng 52,5% so với 40 của quý I/2026"]
    );
    assert_eq!(found("cuoi_ky 40", "cuoi_ky 60"), QUIET);
    assert_eq!(found("cuoi_ky 19", "cuoi_ky 60"), QUIET, "too small for a percentage");
}

#[test]
fn a_flow_far_above_last_year_is_asked_about() {
    let kind = CheckKind::Jump { stock_percent: 50, stock_floor: 20, flow_factor: 3 };
    let story = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"].iter().fold(Story::of(kind), |story, period| {
        let values = format!("gap_go {}, tin_bao 1", 90 + period.len());
        story.sent(period, &values)
    });
    let story = story.sent("2027-Q1", "gap_go 300, tin_bao 19");
    assert_eq!(
        story.found(),
        ["2027-Q1 E17 · Lượt gặp gỡ ghi 300, hơn 3 lần mức bình quân mỗi kỳ của năm 2026 (97,0)"]
    );
}

#[test]
fn a_return_sent_again_for_the_next_period_is_noticed() {
    let story = |now: &str| Story::of(CheckKind::Unchanged).sent("2026-Q1", "dau_ky 45, buoi 3").sent("2026-Q2", now);
    assert_eq!(
        story("dau_ky 45, buoi 3").found(),
        ["2026-Q2 E21 · Cả 2 số liệu trong kỳ trùng với báo cáo quý I/2026"]
    );
    assert_eq!(story("dau_ky 45, buoi 2").found(), QUIET);
    let quiet =
        Story::of(CheckKind::Unchanged).sent("2026-Q1", "dau_ky 45, buoi 0").sent("2026-Q2", "dau_ky 45, buoi 0");
    assert_eq!(quiet.found(), QUIET, "nothing happened in either quarter");
}

#[test]
fn flows_copied_forward_are_noticed_when_chance_cannot_do_it() {
    let kind = || CheckKind::CopiedForward { per_million: 100 };
    let found = |values: &str| Story::of(kind()).sent("2026-Q1", values).sent("2026-Q2", values).found();
    let told = "2026-Q2 E9 · 6 số phát sinh trùng hết với báo cáo quý I/2026 (4, 2, 7, 3, 11, 5); \
                ngẫu nhiên gần như không thể như vậy";
    assert_eq!(found("tiep_nhan 4, dua_ra 2, gap_go 7, vay_nguoi 3, buoi 11, tin_bao 5, danh_gia 0"), [told]);
    assert_eq!(found("tiep_nhan 1, dua_ra 1, gap_go 1, vay_nguoi 1, buoi 1"), QUIET, "small numbers repeat");
    assert_eq!(found("tiep_nhan 40, dua_ra 20, gap_go 700, vay_nguoi 30"), QUIET, "four are too few");
}

#[test]
fn a_year_without_any_event_is_asked_about_where_others_have_some() {
    let story = |quarters: usize, managed: i64, of_others: i64| {
        let silence = Silence { stock: code("cuoi_ky"), at_least: 20, quarters: 4, per_million: 1000 };
        let nothing = format!("tiep_nhan 0, gap_go 0, tin_bao 0, cuoi_ky {managed}");
        let periods = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"].into_iter().take(quarters);
        let story = periods.fold(Story::of(CheckKind::Silent(silence)), |story, period| {
            let others = format!("tiep_nhan {of_others}, gap_go 0, tin_bao 0, cuoi_ky 30");
            story.sent(period, &nothing).sent_by("99002", period, &others)
        });
        story.found()
    };
    let told = "2026-Q4 E9 · Mọi số phát sinh trong 4 quý liền đều bằng 0, trong khi đang quản lý 30 người";
    // Half of the events of both units: 2 a quarter make 8 expected, e^−8 = 0.0003.
    assert_eq!(story(4, 30, 4), [told]);
    assert_eq!(story(3, 30, 4), QUIET, "three quarters are no year");
    assert_eq!(story(4, 19, 40), QUIET, "few persons have few events");
    assert_eq!(story(4, 30, 2), QUIET, "four expected events may all fail to come: e^−4 = 0.018");
}

#[test]
fn a_count_unlike_its_history_is_asked_about() {
    let story = |now: &str| {
        let history = [("2026-Q1", 1), ("2026-Q2", 0), ("2026-Q3", 2), ("2026-Q4", 1)];
        let story = Story::of(CheckKind::PoissonOutlier { per_million: 1000 });
        let story =
            history.iter().fold(story, |story, (period, value)| story.sent(period, &format!("tin_bao {value}")));
        story.sent("2027-Q1", now).found()
    };
    assert_eq!(story("tin_bao 12"), ["2027-Q1 E23 · Tin báo ghi 12, khác hẳn các kỳ trước (1, 0, 2, 1)"]);
    assert_eq!(story("tin_bao 3"), QUIET);
}

/// Ten telling values of one unit, of which six are flows.
const ORIGINAL: &str = "cuoi_ky 47, to 12, thanh_vien 48, co_to 45, tiep_nhan 6, dua_ra 3, gap_go 590, danh_gia 44, \
                        vay_nguoi 1, vay_tien 50000000, buoi 7, luot_nguoi 0";

fn copied() -> Story {
    Story::of(CheckKind::CopiedFrom { rows: 6, percent: 90 })
}

#[test]
fn numbers_sent_under_another_units_name_are_noticed_on_the_later_return() {
    let received = |story: Story, day| story.with(|ret| ret.received = chrono::NaiveDate::from_ymd_opt(2026, 3, day));
    let both = |first: u32, second: u32| {
        let story = received(copied().sent_by("99001", "2026-Q1", ORIGINAL), first);
        received(story.sent_by("99002", "2026-Q1", ORIGINAL), second).found()
    };
    let about = |file: &str, whose: &str| {
        format!(
            "2026-Q1 E9 · 10/10 số liệu trùng với báo cáo quý I/2026 của Xã An Thịnh ({whose}), tệp {file}-2026-Q1.xlsx"
        )
    };
    assert_eq!(both(17, 18), [about("99001", "99001")], "the second came later");
    assert_eq!(both(18, 17), [about("99002", "99002")], "the first came later");
    assert_eq!(both(17, 17).len(), 2, "nobody knows which is the copy");
}

#[test]
fn a_copy_with_a_number_or_two_changed_is_still_a_copy() {
    let against =
        |values: &str| copied().sent_by("99001", "2026-Q1", ORIGINAL).sent_by("99002", "2026-Q2", values).found();
    let changed = |from: &str, to: &str| ORIGINAL.replace(from, to);
    let found = against(&changed("dua_ra 3", "dua_ra 4"));
    assert_eq!(
        found,
        ["2026-Q2 E9 · 9/10 số liệu trùng với báo cáo quý I/2026 của Xã An Thịnh (99001), tệp 99001-2026-Q1.xlsx"]
    );
    assert_eq!(against(&changed("dua_ra 3", "dua_ra 4").replace("buoi 7", "buoi 8")), QUIET);
    assert_eq!(against(&changed("luot_nguoi 0", "luot_nguoi 1")).len(), 1, "zeros and ones say nothing");
}

#[test]
fn returns_of_few_values_are_never_copies() {
    let quiet =
        "cuoi_ky 9, to 3, co_to 8, tiep_nhan 0, dua_ra 0, gap_go 96, danh_gia 8, vay_nguoi 0, vay_tien 0, buoi 1";
    assert_eq!(copied().sent_by("99001", "2026-Q1", quiet).sent_by("99002", "2026-Q1", quiet).found(), QUIET);
}

#[test]
fn a_unit_that_sends_an_old_return_again_is_noticed_by_its_flows() {
    let again = |second: &str, values: &str| copied().sent("2026-Q1", ORIGINAL).sent(second, values).found();
    let grown = ORIGINAL.replace("cuoi_ky 47", "cuoi_ky 52");
    let told = ["2026-Q3 E9 · 6/6 số phát sinh trùng với báo cáo quý I/2026 của chính đơn vị, tệp 99001-2026-Q1.xlsx"];
    assert_eq!(again("2026-Q3", &grown), told);
    assert_eq!(again("2026-Q2", &grown), QUIET, "the previous return is the business of copied_forward");
    let other = "cuoi_ky 47, to 12, thanh_vien 48, co_to 45, tiep_nhan 2, dua_ra 5, gap_go 601, danh_gia 45, \
                 vay_nguoi 2, vay_tien 90000000, buoi 5, luot_nguoi 0";
    assert_eq!(again("2026-Q3", other), QUIET, "stocks may stay for years");
}

proptest! {
    /// The rarest values find what comparing every return with every other would.
    #[test]
    fn rare_values_lose_no_copy(values in prop::collection::vec(prop::collection::vec(2..6i64, 12), 2..12)) {
        let rows = ["cuoi_ky", "to", "thanh_vien", "co_to", "tiep_nhan", "dua_ra", "gap_go", "danh_gia", "vay_tien", "buoi",
                    "luot_nguoi", "tin_bao"];
        let text = |values: &Vec<i64>| rows.iter().zip(values).map(|(row, value)| format!("{row} {value}")).collect::<Vec<_>>();
        let kind = CheckKind::CopiedFrom { rows: 6, percent: 60 };
        let story = values.iter().enumerate().fold(Story::of(kind), |story, (at, values)| {
            story.sent_by(&format!("{:05}", 99001 + at), "2026-Q1", &text(values).join(", "))
        });
        let same = |a: &Vec<i64>, b: &Vec<i64>| a.iter().zip(b).filter(|(a, b)| a == b).count();
        let alike = |at: usize| (0..values.len()).any(|other| other != at && same(&values[at], &values[other]) * 100 >= 60 * 12);
        let expected = (0..values.len()).filter(|at| alike(*at)).count();
        prop_assert_eq!(story.found().len(), expected);
    }
}

#[test]
fn an_amount_too_small_or_too_large_for_dong_is_doubted() {
    let kind = || CheckKind::MoneyUnit { smallest: 1000, largest: 100_000_000_000 };
    let story = |value: &str| Story::of(kind()).sent("2026-Q1", value).found();
    assert_eq!(
        story("vay_tien 50"),
        ["2026-Q1 E20 · Số tiền vay ghi 50 đồng; có thể đã ghi theo nghìn hoặc triệu đồng"]
    );
    assert_eq!(
        story("vay_tien 150000000000"),
        ["2026-Q1 E20 · Số tiền vay ghi 150.000.000.000 đồng; lớn bất thường, có thể đã nhân nhầm đơn vị tính"]
    );
    for usual in ["0", "1000", "99999999999"] {
        assert_eq!(story(&format!("vay_tien {usual}")), QUIET);
    }
}

#[test]
fn moves_inside_the_province_balance_once_every_return_of_the_year_is_there() {
    let kind = CheckKind::ProvinceBalance { inflow: code("chuyen_den"), outflow: code("chuyen_di"), percent: 20 };
    let quarters = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
    let all = quarters.iter().fold(Story::of(kind), |story, quarter| {
        story.sent_by("99001", quarter, "chuyen_den 6, chuyen_di 1").sent_by(
            "99002",
            quarter,
            "chuyen_den 0, chuyen_di 2",
        )
    });
    let mut one_missing = Story {
        returns: all.returns[1..].to_vec(),
        definitions: all.definitions.clone(),
        registers: Default::default(),
    };
    assert!(one_missing.findings().is_empty());
    let told = "2026 – · Năm 2026 cộng toàn tỉnh: chuyển đến là 24, chuyển đi là 12, lệch 12 (quá 20%)";
    assert_eq!(all.found(), [told]);
}

#[test]
fn conditions_decide_whether_a_check_applies() {
    let found = |condition: Condition, model: Option<&str>| {
        let story = Story::of(carried_over()).and(CheckKind::Cumulative).when(condition);
        let story = story.sent("2026-Q1", "cuoi_ky 47").sent("2026-Q2", "dau_ky 45, to 0");
        story.with(|ret| ret.team_model = model.map(str::to_owned)).found().len()
    };
    let models = |models: &[&str]| Condition::TeamModel(models.iter().map(|m| (*m).to_owned()).collect());
    assert_eq!(found(models(&["1-1", "1-n"]), Some("1-1")), 1);
    assert_eq!(found(models(&["1-n"]), Some("1-1")), 0);
    assert_eq!(found(models(&[]), None), 1);
    assert_eq!(found(Condition::Plan("kh".into()), None), 1);
    assert_eq!(found(Condition::Plan("khác".into()), None), 0);
    assert_eq!(found(Condition::Value(code("to"), 0), None), 1);
    assert_eq!(found(Condition::AtLeast(code("to"), 1), None), 0);
}

#[test]
fn an_error_rejects_the_value_it_blames_and_hides_no_other_error() {
    let story = Story::of(stock_and_flow()).and(CheckKind::AtMost { left: sum("nhom_d"), right: sum("cuoi_ky") });
    let story = story.sent("2026-Q1", "dau_ky 45, tiep_nhan 6, dua_ra 3, cuoi_ky 4, nhom_d 5");
    assert_eq!(story.rejected(), ["2026-Q1 cuoi_ky", "2026-Q1 nhom_d"]);
}

#[test]
fn a_warning_leaves_the_value_in_use() {
    let story = Story::of(stock_and_flow()).warning();
    assert_eq!(story.sent("2026-Q1", "dau_ky 45, tiep_nhan 6, dua_ra 3, cuoi_ky 4").rejected(), QUIET);
}

#[test]
fn an_accepted_explanation_stands_until_the_value_changes() {
    let kind = || CheckKind::Jump { stock_percent: 50, stock_floor: 20, flow_factor: 3 };
    let finding = |now: &str| {
        let story = Story::of(kind()).warning().accepted("2026-Q2", "cuoi_ky", 61, "Đặc xá dịp 30/4");
        let mut story = story.sent("2026-Q1", "cuoi_ky 40").sent("2026-Q2", now);
        story.findings().remove(0)
    };
    assert_eq!(finding("cuoi_ky 61").explanation.as_deref(), Some("Đặc xá dịp 30/4"));
    let lapsed = finding("cuoi_ky 62");
    assert_eq!(lapsed.explanation, None);
    assert!(lapsed.help.ends_with("giải trình đã nhận là cho số 61, nay cần giải trình lại"), "{}", lapsed.help);
}

#[test]
fn an_error_is_not_explained_away() {
    let story = Story::of(carried_over()).accepted("2026-Q2", "dau_ky", 45, "Rà soát");
    let mut story = story.sent("2026-Q1", "cuoi_ky 47").sent("2026-Q2", "dau_ky 45");
    let findings = story.findings();
    assert_eq!((findings[0].severity, &findings[0].explanation), (Severity::Error, &None));
}

#[test]
fn an_absurd_number_is_answered_and_overflows_nothing() {
    let values = format!("dau_ky {0}, tiep_nhan {0}, dua_ra 0, cuoi_ky 1", i64::MAX);
    assert_eq!(Story::of(stock_and_flow()).sent("2026-Q1", &values).found().len(), 1);
}

proptest! {
    #[test]
    fn findings_do_not_depend_on_the_order_of_files(
        values in prop::collection::vec((0i64..60, 0i64..9, 0i64..9, 0i64..60), 8),
        shift in 0usize..8,
    ) {
        let story = || {
            let story = Story::of(stock_and_flow()).and(carried_over());
            values.iter().enumerate().fold(story, |story, (at, (opening, came, went, closing))| {
                let period = format!("{}-Q{}", 2026 + at / 4, at % 4 + 1);
                story.sent(&period, &format!("dau_ky {opening}, tiep_nhan {came}, dua_ra {went}, cuoi_ky {closing}"))
            })
        };
        let (mut one, mut other) = (story(), story());
        other.returns.rotate_left(shift);
        prop_assert_eq!(one.findings(), other.findings());
        other.returns.rotate_right(shift);
        for (one, other) in one.returns.iter().zip(&other.returns) {
            prop_assert_eq!(&one.entries, &other.entries);
        }
    }
}

/// Searches for one slip that makes a check of the sample form speak, starting from returns of noughts.
mod sample {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::super::story::of_noughts;
    use crate::definitions::check::{Condition, Sum};
    use crate::definitions::{Check, CheckKind, Definitions, Registers, schedule};
    use crate::intake::{Reading, Return, check};
    use crate::vocabulary::{MeasureCode, Period, RuleId, UnitCode};

    /// The sample with three of its units: among them every plan but the half-yearly one, both
    /// team models and the xã that became a phường in the third quarter of 2027.
    fn input() -> Definitions {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
        let mut definitions = crate::definitions::load::load(&folder).unwrap().0;
        definitions.units.units.retain(|code, _| ["99001", "99003", "99007"].contains(&code.as_str()));
        definitions
    }

    /// The returns of a unit up to a period, in which nothing happened and nobody was there.
    fn quiet(definitions: &Definitions, unit: &UnitCode, until: Period) -> Vec<Return> {
        let due = schedule::expected(definitions).into_iter().filter(|due| due.unit == *unit && due.period <= until);
        due.map(|due| of_noughts(definitions, unit, due.period)).collect()
    }

    fn told(definitions: &Definitions, mut returns: Vec<Return>) -> BTreeSet<RuleId> {
        let (findings, _) = check::check(&mut returns, Vec::new(), definitions, &Registers::default());
        findings.into_iter().map(|finding| finding.rule).collect()
    }

    fn periods() -> impl Iterator<Item = Period> {
        ["2027-Q3", "2027-Q4"].into_iter().map(|period| period.parse().unwrap())
    }

    #[test]
    fn returns_of_noughts_break_no_check_of_the_sample_form() {
        let definitions = input();
        for (unit, until) in definitions.units.units.keys().flat_map(|unit| periods().map(move |until| (unit, until))) {
            assert_eq!(told(&definitions, quiet(&definitions, unit, until)), BTreeSet::new(), "{unit} {until}");
        }
    }

    #[test]
    fn every_relation_of_the_sample_form_speaks_when_one_of_its_rows_is_wrong() {
        let definitions = input();
        let silent: Vec<String> = definitions
            .forms
            .iter()
            .flat_map(|form| &form.checks)
            .filter(|check| !rows(check).is_empty() && !speaks(&definitions, check))
            .map(|check| check.id.to_string())
            .collect();
        assert_eq!(silent, Vec::<String>::new());
    }

    fn speaks(definitions: &Definitions, check: &Check) -> bool {
        let rows = rows(check);
        definitions.units.units.keys().any(|unit| {
            periods().any(|until| {
                let returns = quiet(definitions, unit, until);
                let last = returns.len() - 1;
                let wrong = |at: usize, item: &MeasureCode, value: i64| {
                    let mut returns = returns.clone();
                    let now = &mut returns[last];
                    now.team_model = check.when.iter().find_map(|condition| match condition {
                        Condition::TeamModel(models) => models.first().cloned(),
                        _ => None,
                    });
                    for condition in &check.when {
                        if let Condition::Value(row, value) | Condition::AtLeast(row, value) = condition {
                            set(now, row, *value);
                        }
                    }
                    set(&mut returns[at], item, value);
                    told(definitions, returns).contains(&check.id)
                };
                let slips = [1, 1_000_000, -1];
                rows.iter()
                    .any(|item| (0..=last).rev().take(4).any(|at| slips.iter().any(|slip| wrong(at, item, *slip))))
            })
        })
    }

    fn set(ret: &mut Return, item: &MeasureCode, value: i64) {
        if let Some(entry) = ret.entries.get_mut(item) {
            entry.value = Reading::Value(value);
        }
    }

    /// The rows a relation is about; none for the kinds that look at every row, which have stories of their own.
    fn rows(check: &Check) -> Vec<MeasureCode> {
        let of = |sums: &[&Sum]| sums.iter().flat_map(|sum| sum.iter().map(|term| term.item.clone())).collect();
        match &check.kind {
            CheckKind::Equal { left, right }
            | CheckKind::AtMost { left, right }
            | CheckKind::RunningAtMost { left, right }
            | CheckKind::AtMostLargest { left, largest_of: right } => of(&[left, right]),
            CheckKind::Between { value, .. } => of(&[value]),
            CheckKind::ZeroTogether { first, second } => vec![first.clone(), second.clone()],
            CheckKind::RatioBetween { .. }
            | CheckKind::Cumulative
            | CheckKind::SettlementSum
            | CheckKind::SettlementCount { .. }
            | CheckKind::CriteriaCount { .. }
            | CheckKind::Jump { .. }
            | CheckKind::Unchanged
            | CheckKind::CopiedForward { .. }
            | CheckKind::Silent(_)
            | CheckKind::CopiedFrom { .. }
            | CheckKind::PoissonOutlier { .. }
            | CheckKind::MoneyUnit { .. }
            | CheckKind::ProvinceBalance { .. } => Vec::new(),
        }
    }
}
