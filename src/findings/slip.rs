//! The phiếu phản hồi: the answer to one file on paper, with the receipt (biên nhận) in it.
//!
//! Finished strings for the template `slip.html`, which an office may restyle. The layout follows
//! administrative documents (NĐ 30/2020/NĐ-CP): organisation and motto, place and date, subject,
//! recipient, signature; number, date and name are left to be written by hand.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::definitions::Definitions;
use crate::findings::answer::{Answer, SheetAnswer};
use crate::findings::rule::RuleText;
use crate::findings::run::{Run, runs};
use crate::findings::{Finding, Outcome, Severity};
use crate::vocabulary::MeasureCode;
use crate::vocabulary::day::written;
use crate::vocabulary::text::inside_sentence;

/// Who hands the slip out, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The day the answer is given: deadlines before it have passed.
    pub on: NaiveDate,
    /// Whether a clerk checks an own file before sending it; else the officer answers.
    pub own_check: bool,
}

/// What `slip.html` needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// Name of the browser tab.
    pub name: String,
    /// The organisation that answers.
    pub organisation: String,
    /// Whether everything is invented.
    pub synthetic: bool,
    /// `Vân Hải, `; empty when the place is not known.
    pub place: String,
    /// Year of the slip.
    pub year: String,
    /// `PHIẾU PHẢN HỒI BÁO CÁO`.
    pub title: String,
    /// `Về báo cáo quý II/2027 của xã An Thịnh`.
    pub subject: String,
    /// `Kính gửi: Công an xã An Thịnh`; empty for a clerk's own check.
    pub recipient: String,
    /// `Nhận một phần`.
    pub result: String,
    /// Why, when the file does not count; else what has been counted.
    pub reason: String,
    /// What the next list is: `Biên nhận`, or the file a clerk has checked.
    pub receipt_title: String,
    /// The receipt: term and value.
    pub receipt: Vec<[String; 2]>,
    /// What to do next and until when.
    pub steps: Vec<String>,
    /// What became of each sheet.
    pub sheets: Vec<Sheet>,
    /// `2 lỗi, 1 cảnh báo`.
    pub counts: String,
    /// The findings, gravest first, in reading order within.
    pub groups: Vec<Group>,
    /// Who signs: `CÁN BỘ TỔNG HỢP`.
    pub signer: String,
    /// Running foot on paper, as the inside of a CSS string.
    pub foot: String,
}

/// One sheet of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its name, without the word `Biểu`.
    pub name: String,
    /// How it is answered.
    pub result: String,
    /// `17/19`.
    pub used: String,
    /// Errors; `–` for none.
    pub errors: String,
    /// Warnings that are not explained; `–` for none.
    pub warnings: String,
}

/// Findings of one severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they mean for the figures.
    pub title: String,
    /// The findings.
    pub lines: Vec<Line>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `E14`, `cả biểu`, `cả tệp`.
    pub cell: String,
    /// Name of the sheet.
    pub sheet: String,
    /// Mã số, in parts between which a line may break.
    pub code: Vec<String>,
    /// Title of the row.
    pub item: String,
    /// `Lỗi`.
    pub severity: String,
    /// Code of the rule.
    pub rule: String,
    /// What was found.
    pub message: String,
    /// What to do, or the accepted explanation.
    pub help: String,
}

/// The slip that answers a file.
pub fn slip(answer: &Answer, definitions: &Definitions, catalogue: &[RuleText], issue: Issue) -> Slip {
    let site = &definitions.site;
    let period = answer.period.map(|period| period.title());
    let unit = answer.unit_name.as_deref().map(inside_sentence);
    let subject = match (&period, &unit) {
        (Some(period), Some(unit)) => format!("Báo cáo {period} của {unit}"),
        (None, Some(unit)) => format!("Báo cáo của {unit}"),
        (Some(period), None) => format!("Báo cáo {period}, chưa xác định được đơn vị"),
        (None, None) => "Tệp chưa xác định được đơn vị và kỳ báo cáo".to_owned(),
    };
    let title = if issue.own_check { "PHIẾU TỰ KIỂM TRA BÁO CÁO" } else { "PHIẾU PHẢN HỒI BÁO CÁO" };
    let foot = [Some(subject.clone()), Some(format!("mã băm {}", short(&answer.sha256)))];
    Slip {
        name: format!("{} – {subject}", inside_title(title)),
        organisation: site.organisation.clone(),
        synthetic: site.synthetic,
        place: if issue.own_check { String::new() } else { format!("{}, ", place(&site.province_name)) },
        year: issue.on.year().to_string(),
        title: title.to_owned(),
        recipient: match issue.own_check {
            true => String::new(),
            false => recipient(&site.organisation, unit.as_deref()),
        },
        result: answer.result().to_owned(),
        reason: reason(answer, issue),
        receipt_title: if issue.own_check { "Tệp đã kiểm tra" } else { "Biên nhận" }.to_owned(),
        receipt: receipt(answer, definitions, issue),
        steps: steps(answer, issue),
        sheets: answer.sheets.iter().map(sheet).collect(),
        counts: counts(answer),
        groups: groups(answer, definitions, catalogue),
        signer: if issue.own_check { "NGƯỜI KIỂM TRA" } else { "CÁN BỘ TỔNG HỢP" }.to_owned(),
        foot: css_string(&foot.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        subject,
    }
}

/// The first digits of a hash: enough to compare by eye.
pub fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

fn inside_title(title: &str) -> String {
    let lower = title.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `tỉnh Vân Hải` is dated at `Vân Hải`.
fn place(province: &str) -> &str {
    ["tỉnh ", "thành phố "].iter().find_map(|kind| province.strip_prefix(kind)).unwrap_or(province)
}

/// The counterpart of the organisation in the unit: the police writes to the police.
fn recipient(organisation: &str, unit: Option<&str>) -> String {
    let Some(unit) = unit else { return "Kính gửi: Đơn vị đã gửi tệp nêu dưới đây".to_owned() };
    let body = [("Công an", "Công an"), ("UBND", "UBND"), ("Ủy ban nhân dân", "Ủy ban nhân dân")];
    match body.iter().find(|(own, _)| organisation.starts_with(own)) {
        Some((_, counterpart)) => format!("Kính gửi: {counterpart} {unit}"),
        None => format!("Kính gửi: {}", capital(unit)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn reason(answer: &Answer, issue: Issue) -> String {
    if issue.own_check && answer.reason.is_none() {
        let counted = match answer.outcome {
            Some(Outcome::Accepted) => "Gửi như hiện nay thì toàn bộ số liệu được tính.",
            Some(Outcome::AcceptedWithWarnings) => {
                "Gửi như hiện nay thì toàn bộ số liệu được tính, nhưng sẽ bị hỏi lại."
            }
            Some(Outcome::AcceptedInPart) => "Gửi như hiện nay thì số ở các ô có lỗi không được tính.",
            Some(Outcome::Returned) => "Gửi như hiện nay thì báo cáo bị trả lại.",
            None => "",
        };
        return counted.to_owned();
    }
    let sentence = |words: &str| format!("{}.", words.trim_end_matches('.'));
    match (&answer.reason, answer.outcome) {
        (Some(reason), _) => sentence(reason),
        (None, Some(Outcome::Accepted)) => "Toàn bộ số liệu đã được tính.".to_owned(),
        (None, Some(Outcome::AcceptedWithWarnings)) => {
            "Toàn bộ số liệu đã được tính; có số cần đơn vị kiểm tra lại.".to_owned()
        }
        (None, Some(Outcome::AcceptedInPart)) => {
            "Các số không có lỗi đã được tính; số ở ô có lỗi chưa được tính.".to_owned()
        }
        (None, Some(Outcome::Returned)) => "Chưa tính số liệu nào của tệp này.".to_owned(),
        (None, None) => String::new(),
    }
}

fn receipt(answer: &Answer, definitions: &Definitions, issue: Issue) -> Vec<[String; 2]> {
    let mut facts = vec![["Tên tệp".to_owned(), answer.file.to_string()]];
    let hash = if answer.sha256.is_empty() { "không đọc được tệp" } else { &answer.sha256 };
    facts.push(["Mã băm SHA-256".to_owned(), hash.to_owned()]);
    let received = match (&answer.receipt, answer.made_on) {
        (Some(receipt), _) if receipt.channel.is_empty() => written(receipt.received),
        (Some(receipt), _) => format!("{}, qua {}", written(receipt.received), receipt.channel),
        (None, Some(day)) => format!("chưa ghi sổ nhận; ngày lập ghi trong báo cáo: {}", written(day)),
        (None, None) => "chưa ghi sổ nhận".to_owned(),
    };
    if !issue.own_check {
        facts.push(["Thời điểm nhận".to_owned(), received]);
    }
    if let Some(period) = answer.period {
        let (from, to) = definitions.scheme.days(period);
        let days = format!("{} (từ {} đến {})", period.heading(), written(from), written(to));
        facts.push(["Kỳ báo cáo".to_owned(), days]);
    }
    if let Some(submission) = answer.submission {
        let nature = if answer.estimate { "số ước" } else { "số chính thức" };
        facts.push(["Lần nộp".to_owned(), format!("{submission} ({nature})")]);
    }
    if let Some(deadline) = answer.deadline {
        facts.push(["Hạn nộp của kỳ".to_owned(), written(deadline)]);
    }
    facts
}

/// What to do next and until when, one step per sentence.
fn steps(answer: &Answer, issue: Issue) -> Vec<String> {
    let replaced = !answer.counts && answer.outcome.is_some_and(|outcome| outcome != Outcome::Returned);
    if replaced || (answer.outcome.is_none() && !answer.asks()) {
        return vec!["Không phải làm gì; phiếu này để lưu cùng tệp.".to_owned()];
    }
    let mut steps = Vec::new();
    let errors = answer.count(Severity::Error);
    let asked = answer.count(Severity::Warning) - answer.explained();
    let is_blank = answer.outcome == Some(Outcome::Returned) && errors == 0;
    if is_blank {
        steps.push("Báo cáo chưa có số nào: điền các ô nêu dưới đây, không phát sinh thì ghi 0.".to_owned());
    }
    if errors > 0 {
        steps.push("Sửa các ô có lỗi theo cột “Cách sửa”, ngay trong tệp báo cáo đã gửi.".to_owned());
    }
    if asked > 0 && !is_blank {
        let how = if issue.own_check {
            "ghi lý do vào cột Ghi chú"
        } else {
            "ghi lý do vào phiếu này và gửi lại"
        };
        steps.push(format!("Kiểm tra các ô có cảnh báo: số sai thì sửa; số đúng thì {how}."));
    }
    if steps.is_empty() {
        let nothing = if issue.own_check {
            "Không phải sửa gì; có thể gửi báo cáo."
        } else {
            "Không phải sửa gì; đề nghị lưu phiếu này cùng báo cáo."
        };
        return vec![nothing.to_owned()];
    }
    if issue.own_check {
        steps.push("Lưu tệp, kiểm tra lại một lần nữa rồi gửi.".to_owned());
        return steps;
    }
    if errors > 0 {
        let next = answer.submission.map_or_else(String::new, |n| format!(" Lần nộp là {} và", n.saturating_add(1)));
        steps.push(format!("Ở Biểu 00 ghi{next} Ngày lập mới, rồi gửi lại cả tệp."));
    }
    steps.push(match answer.deadline {
        Some(deadline) if issue.on <= deadline => {
            format!("Gửi lại chậm nhất ngày {} (hạn nộp của kỳ).", written(deadline))
        }
        _ => format!("Gửi lại trong {RESEND_DAYS} ngày làm việc kể từ ngày nhận phiếu này."),
    });
    steps
}

/// Working days for an answer once the deadline of the period has passed; the plans name none.
const RESEND_DAYS: &str = "03";

fn sheet(sheet: &SheetAnswer) -> Sheet {
    let count = |count: usize| if count == 0 { "–".to_owned() } else { count.to_string() };
    Sheet {
        name: sheet.name.strip_prefix("Biểu ").unwrap_or(&sheet.name).to_owned(),
        result: sheet.outcome.title().to_owned(),
        used: format!("{}/{}", sheet.used, sheet.asked),
        errors: count(sheet.errors),
        warnings: count(sheet.warnings),
    }
}

fn counts(answer: &Answer) -> String {
    let explained = answer.explained();
    let counts = [
        (answer.count(Severity::Error), "lỗi"),
        (answer.count(Severity::Warning) - explained, "cảnh báo"),
        (explained, "cảnh báo đã giải trình"),
        (answer.count(Severity::Info), "thông tin"),
    ];
    counts.iter().filter(|(count, _)| *count > 0).map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", ")
}

fn groups(answer: &Answer, definitions: &Definitions, catalogue: &[RuleText]) -> Vec<Group> {
    let severity = |wanted| move |finding: &Finding| finding.severity == wanted && finding.explanation.is_none();
    type Wanted<'a> = (&'a str, Box<dyn Fn(&Finding) -> bool>);
    let wanted: [Wanted; 4] = [
        ("Lỗi: số chưa được tính, cần sửa", Box::new(severity(Severity::Error))),
        ("Cảnh báo: đề nghị kiểm tra, bổ sung hoặc giải trình", Box::new(severity(Severity::Warning))),
        ("Cảnh báo đã được giải trình", Box::new(|finding| finding.explanation.is_some())),
        ("Thông tin: không phải làm gì", Box::new(severity(Severity::Info))),
    ];
    let groups = wanted.into_iter().map(|(title, is_wanted)| Group {
        title: title.to_owned(),
        lines: runs(answer.findings.iter().filter(|finding| is_wanted(finding)))
            .iter()
            .map(|run| line(run, definitions, catalogue))
            .collect(),
    });
    groups.filter(|group| !group.lines.is_empty()).collect()
}

fn line(run: &Run, definitions: &Definitions, catalogue: &[RuleText]) -> Line {
    let finding = run.findings[0];
    let place = &finding.place;
    let cell = match (place.sheet_name(), place.cell_ref()) {
        (_, Some(_)) => run.cells(),
        (Some(_), None) => "cả biểu".to_owned(),
        (None, None) => "cả tệp".to_owned(),
    };
    // Of many cells the rows are not named: their addresses say which.
    let item = finding.item.as_ref().filter(|_| run.findings.len() == 1);
    let code = item.map_or("", MeasureCode::as_str);
    Line {
        cell,
        sheet: place.sheet_name().unwrap_or_default().to_owned(),
        code: code.split_inclusive(['.', '_']).map(str::to_owned).collect(),
        item: match item {
            Some(item) => capital(definitions.row_title(item)),
            None if run.findings.len() > 1 => format!("{} chỉ tiêu", run.findings.len()),
            None => String::new(),
        },
        severity: finding.severity.title().to_owned(),
        rule: finding.rule.to_string(),
        message: run.message(catalogue),
        help: match &finding.explanation {
            Some(reason) => format!("Đã giải trình: {reason}"),
            None => finding.help.clone(),
        },
    }
}

/// Text as the inside of a quoted CSS string, safe inside a `style` element.
fn css_string(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '\'') && !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::CheckKind;
    use crate::findings::answer::tests::{clean, sample};
    use crate::intake::check::story::Story;

    const OFFICER: Issue = Issue { on: NaiveDate::from_ymd_opt(2027, 6, 19).unwrap(), own_check: false };

    fn made(answer: &Answer, issue: Issue) -> Slip {
        slip(answer, &Story::of(CheckKind::Unchanged).definitions, &[], issue)
    }

    #[test]
    fn the_gravest_findings_come_first_and_what_is_explained_asks_nothing() {
        let slip = made(&sample(), OFFICER);
        let told: Vec<(&str, usize)> = slip.groups.iter().map(|g| (g.title.as_str(), g.lines.len())).collect();
        assert_eq!(
            told,
            [
                ("Lỗi: số chưa được tính, cần sửa", 2),
                ("Cảnh báo: đề nghị kiểm tra, bổ sung hoặc giải trình", 1),
                ("Cảnh báo đã được giải trình", 1),
                ("Thông tin: không phải làm gì", 1)
            ]
        );
        assert_eq!(slip.counts, "2 lỗi, 1 cảnh báo, 1 cảnh báo đã giải trình, 1 thông tin");
        assert_eq!(slip.groups[0].lines[0].code.concat(), "t.cuoi_ky");
    }

    #[test]
    fn the_receipt_has_file_hash_day_and_result() {
        let slip = made(&sample(), OFFICER);
        let fact = |term: &str| slip.receipt.iter().find(|fact| fact[0] == term).map(|fact| fact[1].clone()).unwrap();
        assert_eq!(fact("Tên tệp"), "2027/quy-2/99001 Xã An Thịnh.xlsx");
        assert_eq!(fact("Mã băm SHA-256").len(), 64);
        assert_eq!(fact("Thời điểm nhận"), "18/6/2027, qua E-mail");
        assert_eq!(fact("Lần nộp"), "2 (số chính thức)");
        assert_eq!(slip.result, "Nhận một phần");
        assert_eq!(slip.foot, "Báo cáo quý II/2027 của xã An Thịnh · mã băm 9f86d081884c");
    }

    #[test]
    fn what_is_asked_has_a_day_until_the_deadline_and_a_span_after_it() {
        let last = |on: &str| {
            let issue = Issue { on: on.parse().unwrap(), ..OFFICER };
            made(&sample(), issue).steps.pop().unwrap()
        };
        assert_eq!(last("2027-06-21"), "Gửi lại chậm nhất ngày 21/6/2027 (hạn nộp của kỳ).");
        assert_eq!(last("2027-06-22"), "Gửi lại trong 03 ngày làm việc kể từ ngày nhận phiếu này.");
        assert!(
            made(&sample(), OFFICER)
                .steps
                .contains(&"Ở Biểu 00 ghi Lần nộp là 3 và Ngày lập mới, rồi gửi lại cả tệp.".into())
        );
    }

    #[test]
    fn a_clean_return_is_asked_nothing() {
        let slip = made(&clean("a.xlsx"), OFFICER);
        assert_eq!(slip.steps, ["Không phải sửa gì; đề nghị lưu phiếu này cùng báo cáo."]);
        assert!(slip.groups.is_empty() && slip.counts.is_empty());
    }

    #[test]
    fn the_police_writes_to_the_police_and_a_committee_to_a_committee() {
        assert_eq!(recipient("Công an tỉnh Vân Hải", Some("xã An Thịnh")), "Kính gửi: Công an xã An Thịnh");
        assert_eq!(recipient("UBND tỉnh Vân Hải", Some("xã An Thịnh")), "Kính gửi: UBND xã An Thịnh");
        assert_eq!(recipient("Ban Chỉ đạo 138", Some("xã An Thịnh")), "Kính gửi: Xã An Thịnh");
    }
}
