//! One return's numbers sent again under another name or for another period.

use super::*;

/// A return whose numbers are its own: each row has another value in another unit and period.
fn own(inbox: &Inbox, unit: &str, period: &str) -> Fill {
    let mut fill = inbox.fill(unit, period);
    let seed: i64 = unit.bytes().chain(period.bytes()).map(i64::from).sum();
    for (at, line) in fill.lines.values_mut().enumerate() {
        if let Some(Typed::Number(value)) = &mut line.value {
            *value += (at as i64 * seed) % 89;
        }
    }
    fill
}

/// The numbers of one return under the cover of another.
fn under(fill: &Fill, unit: &str, period: &str) -> Fill {
    let blank = Fill::blank(UnitCode::from(unit), period.parse().unwrap());
    Fill { lines: fill.lines.clone(), made_on: fill.made_on, ..blank }
}

fn told(intake: &Intake) -> Vec<(&str, &str)> {
    let copies = intake.findings.iter().filter(|finding| finding.rule.as_str() == "R28c");
    copies.map(|finding| (finding.place.file_name(), finding.message.as_str())).collect()
}

#[test]
fn one_units_numbers_under_another_units_name_are_a_warning_that_names_the_other() {
    let inbox = Inbox::new();
    let original = own(&inbox, "99001", "2026-Q1");
    let mut copy = under(&original, "99002", "2026-Q1");
    copy.made_on = NaiveDate::from_ymd_opt(2026, 3, 19);
    inbox.put_fill("99001.xlsx", &original);
    inbox.put_fill("99002.xlsx", &copy);
    inbox.put_fill("99007.xlsx", &own(&inbox, "99007", "2026-Q1"));
    let intake = inbox.read();
    let [(file, message)] = told(&intake)[..] else { panic!("{:?}", told(&intake)) };
    assert_eq!(file, "99002.xlsx");
    assert!(
        message.ends_with("số liệu trùng với báo cáo quý I/2026 của Xã An Thịnh (99001), tệp 99001.xlsx"),
        "{message}"
    );
    assert_eq!(intake.returns[1].standing, Standing::Counts, "the commune is asked, the values are used");
}

#[test]
fn a_copy_of_another_units_earlier_return_is_noticed_too() {
    let inbox = Inbox::new();
    let original = own(&inbox, "99001", "2026-Q1");
    let mut copy = under(&original, "99007", "2026-Q3");
    copy.lines.get_mut(&MeasureCode::from("tt.buoi")).unwrap().value = Some(Typed::Number(999));
    inbox.put_fill("a.xlsx", &original);
    inbox.put_fill("b.xlsx", &copy);
    let intake = inbox.read();
    let [(file, message)] = told(&intake)[..] else { panic!("{:?}", told(&intake)) };
    assert!(file == "b.xlsx" && message.contains("quý I/2026 của Xã An Thịnh"), "{message}");
}

#[test]
fn an_old_return_sent_again_for_a_later_period_is_noticed() {
    let inbox = Inbox::new();
    let original = own(&inbox, "99001", "2026-Q1");
    inbox.put_fill("a.xlsx", &original);
    inbox.put_fill("b.xlsx", &under(&original, "99001", "2026-Q3"));
    let intake = inbox.read();
    let [(file, message)] = told(&intake)[..] else { panic!("{:?}", told(&intake)) };
    assert!(file == "b.xlsx" && message.contains("báo cáo quý I/2026 của chính đơn vị, tệp a.xlsx"), "{message}");
}

#[test]
fn units_where_nothing_happened_are_not_copies_of_one_another() {
    let inbox = Inbox::new();
    for unit in ["99001", "99002", "99007"] {
        let mut fill = inbox.fill(unit, "2026-Q1");
        for (at, line) in fill.lines.values_mut().enumerate() {
            line.value = Some(Typed::Number(if at % 6 == 0 { 3 } else { 0 }));
        }
        inbox.put_fill(&format!("{unit}.xlsx"), &fill);
    }
    assert_eq!(told(&inbox.read()), []);
}
