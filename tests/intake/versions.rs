//! Several returns for one unit and period: which counts, and what becomes of the others.

use chrono::NaiveDate;
use tongket::definitions::register::Receipt;
use tongket::form::Typed;
use tongket::intake::Difference;

use super::*;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

impl Inbox {
    fn received(&mut self, file: &str, received: NaiveDate) {
        self.registers.receipts.insert(file.into(), Receipt { received, channel: String::new() });
    }
}

/// The return with another number in one row.
fn with(fill: &Fill, code: &str, value: i64) -> Fill {
    let mut fill = fill.clone();
    fill.lines.get_mut(&MeasureCode::from(code)).unwrap().value = Some(Typed::Number(value));
    fill
}

fn standing(intake: &Intake) -> Vec<(&str, &Standing)> {
    intake.returns.iter().map(|ret| (&*ret.file, &ret.standing)).collect()
}

fn by(file: &str) -> Standing {
    Standing::Superseded { by: Arc::from(file) }
}

fn told<'a>(intake: &'a Intake, file: &str, rule: &str) -> &'a str {
    let is = |finding: &&tongket::findings::Finding| finding.place.file_name() == file && finding.rule.as_str() == rule;
    intake.findings.iter().find(is).map_or("", |finding| finding.message.as_str())
}

#[test]
fn the_newest_return_counts_and_the_others_stay() {
    let mut inbox = Inbox::new();
    let first = inbox.fill("99001", "2026-Q1");
    let mut estimate = first.clone();
    estimate.estimate = true;
    estimate.made_on = NaiveDate::from_ymd_opt(2026, 3, 25);
    let mut later = first.clone();
    later.made_on = NaiveDate::from_ymd_opt(2026, 3, 20);
    inbox.put_fill("a.xlsx", &first);
    inbox.put_fill("b-estimate.xlsx", &estimate);
    inbox.put_fill("c-later.xlsx", &later);
    inbox.put_fill("d-later-again.xlsx", &later);
    let standing = |intake: &Intake| -> Vec<Standing> { intake.returns.iter().map(|r| r.standing.clone()).collect() };
    let by = |file: &str| Standing::Superseded { by: Arc::from(file) };
    let intake = inbox.read();
    assert_eq!(standing(&intake), [by("c-later.xlsx"), by("c-later.xlsx"), Standing::Counts, by("c-later.xlsx")]);
    assert!(rules(&intake, "d-later-again.xlsx").contains(&"duplicate-return".to_owned()));

    // As of an earlier day the later ones have not come yet.
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 19).unwrap();
    let options = ReaderOptions::here();
    let then = take_in(&inbox.definitions, &inbox.registers, inbox.folder.path(), as_of, &options, &|_, _| {}).unwrap();
    assert_eq!(standing(&then), [Standing::Counts]);

    let mut other = later.clone();
    other.lines.get_mut(&MeasureCode::from("tt.buoi")).unwrap().value = Some(Typed::Number(77));
    inbox.put_fill("e-other.xlsx", &other);
    let intake = inbox.read();
    assert!(matches!(intake.returns[2].standing, Standing::SetAside { .. }), "{:?}", standing(&intake));
    assert!(matches!(intake.returns[4].standing, Standing::SetAside { .. }));
    assert!(rules(&intake, "e-other.xlsx").contains(&"conflicting-returns".to_owned()));

    // The receipt register tells them apart.
    for (file, day) in [("c-later.xlsx", 21), ("e-other.xlsx", 22)] {
        let received = NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let receipt = tongket::definitions::register::Receipt { received, channel: String::new() };
        inbox.registers.receipts.insert(file.into(), receipt);
    }
    assert_eq!(inbox.read().returns[4].standing, Standing::Counts);
}

#[test]
fn a_replaced_return_stays_with_the_cells_that_differ() {
    let inbox = Inbox::new();
    let first = inbox.fill("99001", "2026-Q1");
    let mut second = with(&with(&first, "tt.buoi", 77), "thn.tu_van", 5);
    second.submission = 2;
    inbox.put_fill("a.xlsx", &first);
    inbox.put_fill("b.xlsx", &second);
    let intake = inbox.read();
    assert_eq!(standing(&intake), [("a.xlsx", &by("b.xlsx")), ("b.xlsx", &Standing::Counts)]);
    let differences: Vec<(&str, Reading, Reading)> = intake.returns[0]
        .differences
        .iter()
        .filter(|d| !d.cumulative)
        .map(|d| (d.item.as_str(), d.old, d.new))
        .collect();
    let old = |code: &str| value(&intake.returns[0], code).unwrap();
    assert_eq!(
        differences,
        [("thn.tu_van", old("thn.tu_van"), Reading::Value(5)), ("tt.buoi", old("tt.buoi"), Reading::Value(77))]
    );
    let [.., Difference { sheet, cell, .. }, year] = &intake.returns[0].differences[..] else {
        panic!("no differences")
    };
    let entry = &intake.returns[0].entries[&MeasureCode::from("tt.buoi")];
    assert_eq!((sheet, *cell), (&entry.sheet, entry.cell));
    assert_eq!((year.cumulative, year.cell, year.new), (true, entry.cumulative.unwrap().0, Reading::Value(77)));
    let message = told(&intake, "a.xlsx", "superseded");
    assert!(message.starts_with("Đã được thay bằng b.xlsx; 2 chỉ tiêu khác: Biểu 03!E"), "{message}");
    assert!(message.ends_with(" → 77"), "{message}");
    assert_eq!(intake.returns[1].differences, []);
}

#[test]
fn an_official_figure_replaces_an_estimate_whatever_their_dates() {
    let inbox = Inbox::new();
    let official = inbox.fill("99001", "2026-Q1");
    let mut estimate = with(&official, "tt.buoi", 70);
    (estimate.estimate, estimate.submission, estimate.made_on) = (true, 9, Some(day(4, 1)));
    inbox.put_fill("chinh-thuc.xlsx", &official);
    inbox.put_fill("uoc.xlsx", &estimate);
    let intake = inbox.read();
    assert_eq!(intake.returns[1].standing, by("chinh-thuc.xlsx"));
    let message = told(&intake, "uoc.xlsx", "superseded");
    assert!(
        message.starts_with("Số ước, đã được thay bằng số chính thức chinh-thuc.xlsx; 1 chỉ tiêu khác: Biểu 05!"),
        "{message}"
    );
}

#[test]
fn dates_come_before_the_register_and_the_register_before_the_submission() {
    let mut inbox = Inbox::new();
    let sent = |made: Option<NaiveDate>, submission, buoi| {
        let mut fill = with(&Inbox::new().fill("99001", "2026-Q1"), "tt.buoi", buoi);
        (fill.made_on, fill.submission) = (made, submission);
        fill
    };
    // Later made, but received and numbered earlier.
    inbox.put_fill("a.xlsx", &sent(Some(day(3, 20)), 1, 71));
    inbox.put_fill("b.xlsx", &sent(Some(day(3, 19)), 2, 72));
    inbox.received("a.xlsx", day(3, 21));
    inbox.received("b.xlsx", day(3, 22));
    assert_eq!(inbox.read().returns[1].standing, by("a.xlsx"));
    // Made on one day: the register tells.
    inbox.put_fill("a.xlsx", &sent(Some(day(3, 19)), 3, 71));
    assert_eq!(inbox.read().returns[0].standing, by("b.xlsx"));
    // Received on one day: the submission tells.
    inbox.received("b.xlsx", day(3, 21));
    assert_eq!(inbox.read().returns[1].standing, by("a.xlsx"));
    // Without any date the submission is all there is.
    inbox.registers.receipts.clear();
    inbox.put_fill("a.xlsx", &sent(None, 3, 71));
    inbox.put_fill("b.xlsx", &sent(None, 4, 72));
    assert_eq!(inbox.read().returns[0].standing, by("b.xlsx"));
}

#[test]
fn two_returns_that_cannot_be_ordered_are_both_set_aside_with_what_differs() {
    let inbox = Inbox::new();
    let one = inbox.fill("99001", "2026-Q1");
    inbox.put_fill("a.xlsx", &one);
    inbox.put_fill("b.xlsx", &with(&one, "tt.buoi", 77));
    let intake = inbox.read();
    for (file, other, change) in [("a.xlsx", "b.xlsx", " → 77"), ("b.xlsx", "a.xlsx", " 77 → ")] {
        let message = told(&intake, file, "conflicting-returns");
        assert!(message.starts_with(&format!("Mâu thuẫn với {other} mà cùng ngày lập, lần nộp")), "{message}");
        assert!(message.contains("1 chỉ tiêu khác: Biểu 05!") && message.contains(change), "{message}");
    }
    assert!(intake.returns.iter().all(|ret| ret.outcome == Outcome::Returned));
}

#[test]
fn a_file_under_two_names_counts_once_from_the_day_it_first_came() {
    let mut inbox = Inbox::new();
    let fill = inbox.fill("99001", "2026-Q1");
    inbox.put_fill("BC (1) cuối.xlsx", &fill);
    inbox.put_fill("bc.xlsx", &fill);
    inbox.received("BC (1) cuối.xlsx", day(3, 30));
    inbox.received("bc.xlsx", day(3, 20));
    let intake = inbox.read();
    assert_eq!(standing(&intake), [("BC (1) cuối.xlsx", &by("bc.xlsx")), ("bc.xlsx", &Standing::Counts)]);
    assert_eq!(intake.returns[1].received, Some(day(3, 20)));
    assert_eq!(told(&intake, "BC (1) cuối.xlsx", "duplicate-return"), "Tệp giống hệt bc.xlsx; chỉ một tệp được tính");
}

#[test]
fn a_file_saved_again_without_a_change_is_no_conflict() {
    let inbox = Inbox::new();
    let fill = inbox.fill("99001", "2026-Q1");
    let mut saved_again = fill.clone();
    saved_again.maker = "Cán bộ tổng hợp".into();
    inbox.put_fill("a.xlsx", &fill);
    inbox.put_fill("b.xlsx", &saved_again);
    let intake = inbox.read();
    assert_ne!(intake.returns[0].sha256, intake.returns[1].sha256);
    assert_eq!(standing(&intake), [("a.xlsx", &Standing::Counts), ("b.xlsx", &by("a.xlsx"))]);
    assert_eq!(told(&intake, "b.xlsx", "duplicate-return"), "Mọi số liệu giống a.xlsx; chỉ một tệp được tính");
}

#[test]
fn a_newer_return_that_is_sent_back_leaves_the_older_one_standing() {
    let inbox = Inbox::new();
    let first = inbox.fill("99001", "2026-Q1");
    let mut blank = first.clone();
    blank.lines.clear();
    blank.submission = 2;
    inbox.put_fill("a.xlsx", &first);
    inbox.put_fill("b.xlsx", &blank);
    let intake = inbox.read();
    assert_eq!(intake.returns[0].standing, Standing::Counts);
    assert!(matches!(intake.returns[1].standing, Standing::SetAside { .. }));
    assert_eq!(intake.returns[1].outcome, Outcome::Returned);
    let message = "Không dùng được số liệu nào của tệp này; số liệu vẫn tính theo a.xlsx";
    assert_eq!(told(&intake, "b.xlsx", "older-stands"), message);
}

#[test]
fn a_newer_return_with_a_list_of_persons_leaves_the_older_one_standing() {
    let inbox = Inbox::new();
    let sent = |submission: &'static str, list: bool| {
        let table = vec![vec!["Mã số", "Trong kỳ"], vec!["thn.tiep_nhan", "5"]];
        let mut cover = cover("99001", "Xã An Thịnh", ["Quý", "1", "2026"]);
        cover.push(vec!["Lần nộp", submission]);
        let mut sheets = vec![("Biểu 00", false, cover), ("B1", false, table)];
        let persons =
            vec![vec!["STT", "Họ và tên", "Năm sinh", "Tội danh"], vec!["1", "Nguyễn Văn Mẫu", "1990", "Trộm"]];
        if list {
            sheets.push(("Sheet2", false, persons));
        }
        texts(&sheets)
    };
    inbox.put("a.xlsx", &sent("1", false));
    inbox.put("b.xlsx", &sent("2", true));
    let intake = inbox.read();
    assert_eq!(value(&intake.returns[0], "thn.tiep_nhan"), Some(Reading::Value(5)));
    assert_eq!(intake.returns[0].standing, Standing::Counts);
    assert_eq!(intake.returns[1].outcome, Outcome::Returned);
    assert!(!told(&intake, "b.xlsx", "older-stands").is_empty());
}

#[test]
fn a_newer_return_of_which_the_checks_leave_nothing_gives_way_to_the_older_one() {
    let inbox = Inbox::new();
    let sent = |quarter: &'static str, submission: &'static str, row: [&'static str; 2]| {
        let mut cover = cover("99001", "Xã An Thịnh", ["Quý", quarter, "2026"]);
        cover.push(vec!["Lần nộp", submission]);
        texts(&[("Biểu 00", false, cover), ("B1", false, vec![vec!["Mã số", "Trong kỳ"], row.to_vec()])])
    };
    inbox.put("q1.xlsx", &sent("1", "1", ["thn.quan_ly_cuoi_ky", "47"]));
    inbox.put("q2-a.xlsx", &sent("2", "1", ["thn.quan_ly_dau_ky", "47"]));
    // R04a: the opening stock is not the closing stock before, and here it is all there is.
    inbox.put("q2-b.xlsx", &sent("2", "2", ["thn.quan_ly_dau_ky", "45"]));
    let intake = inbox.read();
    assert_eq!(intake.returns[1].standing, Standing::Counts);
    assert_eq!(value(&intake.returns[1], "thn.quan_ly_dau_ky"), Some(Reading::Value(47)));
    let message = "Không dùng được số liệu nào của tệp này; số liệu vẫn tính theo q2-a.xlsx";
    assert_eq!(told(&intake, "q2-b.xlsx", "older-stands"), message);
    assert!(!intake.findings.iter().any(|finding| finding.rule.as_str() == "R04a"), "the older one is right");
}

#[test]
fn a_return_whose_folder_speaks_of_another_period_replaces_none_that_lies_right() {
    let inbox = Inbox::new();
    let first = inbox.fill("99001", "2026-Q1");
    // The next quarter's numbers, with the cover of this one left as it was.
    let mut forgotten = with(&first, "tt.buoi", 77);
    (forgotten.submission, forgotten.made_on) = (2, Some(day(6, 20)));
    inbox.put_fill("2026-Q1/99001.xlsx", &first);
    inbox.put_fill("2026-Q2/99001.xlsx", &forgotten);
    let intake = inbox.read();
    assert_eq!(intake.returns[0].standing, Standing::Counts);
    let message = told(&intake, "2026-Q2/99001.xlsx", "conflicting-returns");
    assert!(message.contains("quý I/2026 đã có 2026-Q1/99001.xlsx; để riêng, không thay số liệu"), "{message}");
    assert!(rules(&intake, "2026-Q2/99001.xlsx").contains(&"wrong-file-name".to_owned()));
}
