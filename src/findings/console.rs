//! Answers and rules as text for a terminal. Writes nowhere itself.

use std::fmt::Write;

use crate::findings::answer::Answer;
use crate::findings::prose::{paragraphs, wrap};
use crate::findings::rule::RuleText;
use crate::findings::run::{Run, runs};
use crate::findings::{Outcome, Severity};

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Characters in a line.
    pub width: usize,
    /// Whether to use the colours of ANSI terminals; words say everything without them.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

/// More files without any finding than this are counted, not named.
const NAMED_CLEAN: usize = 12;

/// A report on all files: first those with findings, then those without, then the totals.
pub fn report(answers: &[Answer], catalogue: &[RuleText], style: Style) -> String {
    let (clean, told): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(|answer| answer.findings.is_empty());
    let mut text = String::new();
    for answer in told {
        text.push_str(&file(answer, catalogue, style));
        text.push('\n');
    }
    text.push_str(&without_findings(&clean, style));
    text.push_str(&totals(answers, style));
    text
}

fn file(answer: &Answer, catalogue: &[RuleText], style: Style) -> String {
    let mut text = heading(answer, style);
    for line in [answer.reason.clone(), Some(answer.request())].into_iter().flatten().filter(|line| !line.is_empty()) {
        writeln!(text, "{}", wrap(&line, style.width, "  ", "  ")).expect(IN_MEMORY);
    }
    for run in runs(&answer.findings) {
        text.push_str(&one(&run, catalogue, style));
    }
    text
}

/// File and outcome on one line, the sender below.
fn heading(answer: &Answer, style: Style) -> String {
    let outcome = answer.result();
    let used = answer.file.chars().count() + outcome.chars().count();
    let dots = match outcome.is_empty() || used + 4 > style.width {
        true => String::new(),
        false => "·".repeat(style.width - used - 2),
    };
    let mut text = format!(
        "{} {} {}",
        style.paint(&answer.file, "1"),
        style.paint(&dots, "2"),
        style.paint(outcome, colour_of(answer.outcome))
    );
    text.truncate(text.trim_end().len());
    text.push('\n');
    let sender = answer.sender();
    if !sender.is_empty() {
        writeln!(text, "  {sender}").expect(IN_MEMORY);
    }
    text
}

fn one(run: &Run, catalogue: &[RuleText], style: Style) -> String {
    let finding = run.findings[0];
    let place = &finding.place;
    let place = match (place.sheet_name(), place.cell_ref()) {
        (Some(sheet), Some(_)) => format!(" · {sheet}!{}", run.cells()),
        (Some(sheet), None) => format!(" · {sheet}"),
        (None, _) => String::new(),
    };
    let label = format!("{} {}", finding.severity.title(), finding.rule);
    let told = wrap(&format!("{label}{place} · {}", run.message(catalogue)), style.width, "  ", "      ");
    // Painted after the lines are broken, so that colour codes do not count as letters.
    let painted = style.paint(&label, colour(finding.severity));
    let mut text = told.replacen(&label, &painted, 1);
    text.push('\n');
    let (sign, words) = match &finding.explanation {
        Some(reason) => ("Đã giải trình: ", reason),
        None => ("→ ", &finding.help),
    };
    if !words.is_empty() {
        writeln!(text, "{}", wrap(&format!("{sign}{words}"), style.width, "      ", "        ")).expect(IN_MEMORY);
    }
    text
}

fn without_findings(clean: &[&Answer], style: Style) -> String {
    let mut text = String::new();
    if clean.is_empty() {
        return text;
    }
    if clean.len() > NAMED_CLEAN {
        writeln!(text, "{} tệp không có gì phải sửa.\n", clean.len()).expect(IN_MEMORY);
        return text;
    }
    for answer in clean {
        text.push_str(&heading(answer, style));
        if let Some(reason) = &answer.reason {
            writeln!(text, "{}", wrap(reason, style.width, "  ", "  ")).expect(IN_MEMORY);
        }
    }
    text.push('\n');
    text
}

fn totals(answers: &[Answer], style: Style) -> String {
    let files: Vec<&Answer> = answers.iter().filter(|answer| answer.is_file).collect();
    let results = [
        Outcome::Accepted.title(),
        Outcome::AcceptedWithWarnings.title(),
        Outcome::AcceptedInPart.title(),
        Outcome::Returned.title(),
        "Để riêng",
    ];
    let results: Vec<String> = results
        .into_iter()
        .map(|result| (result, files.iter().filter(|answer| answer.result() == result).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(result, count)| format!("{count} {}", result.to_lowercase()))
        .collect();
    let sum = |severity| answers.iter().map(|answer| answer.count(severity)).sum::<usize>();
    let explained: usize = answers.iter().map(Answer::explained).sum();
    let mut findings: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (severity, sum(severity)))
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {}", severity.title().to_lowercase()))
        .collect();
    if explained > 0 {
        findings.push(format!("{explained} đã giải trình"));
    }
    let mut text = format!("{} tệp: {}\n", files.len(), results.join(", "));
    if let Some(rule) = answers.iter().flat_map(|answer| &answer.findings).map(|finding| &finding.rule).next() {
        writeln!(text, "Phát hiện: {}", findings.join(", ")).expect(IN_MEMORY);
        writeln!(text, "Xem quy tắc: {}", style.paint(&format!("tongket explain {rule}"), "1")).expect(IN_MEMORY);
    }
    text
}

/// One rule: code, severity and title, then its text.
pub fn rule(rule: &RuleText, style: Style) -> String {
    let label = format!("{} · {}", rule.id, rule.severity.title());
    let mut text = format!("{}\n", style.paint(&label, colour(rule.severity)));
    writeln!(text, "{}", style.paint(&wrap(&rule.title, style.width, "", ""), "1")).expect(IN_MEMORY);
    for paragraph in paragraphs(&rule.text) {
        text.push('\n');
        if let Some(heading) = paragraph.heading {
            writeln!(text, "{}", style.paint(&heading, "1")).expect(IN_MEMORY);
        }
        writeln!(text, "{}", wrap(&paragraph.text, style.width, "  ", "  ")).expect(IN_MEMORY);
    }
    text
}

/// All rules by severity: code and title, one line each.
pub fn rules(rules: &[RuleText], style: Style) -> String {
    let widest = rules.iter().map(|rule| rule.id.as_str().chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of_severity: Vec<&RuleText> = rules.iter().filter(|rule| rule.severity == severity).collect();
        if of_severity.is_empty() {
            continue;
        }
        let heading = format!("{} ({}): {}", severity.title(), of_severity.len(), meaning(severity));
        writeln!(text, "{}", style.paint(&heading, colour(severity))).expect(IN_MEMORY);
        for rule in of_severity {
            let code = format!("  {:widest$}  ", rule.id.as_str());
            writeln!(text, "{}", wrap(&rule.title, style.width, &code, &" ".repeat(widest + 4))).expect(IN_MEMORY);
        }
        text.push('\n');
    }
    text.push_str("Xem một quy tắc: tongket explain MÃ\n");
    text
}

/// What a severity means for the figures.
fn meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "số ở ô chưa được tính, cần sửa",
        Severity::Warning => "số vẫn được tính, đề nghị kiểm tra hoặc giải trình",
        Severity::Info => "để biết, không phải làm gì",
    }
}

/// What to say when there is no such rule.
pub fn no_such_rule(code: &str, near: &[&RuleText], style: Style) -> String {
    let mut text = format!("Không có quy tắc “{code}”.\n");
    if !near.is_empty() {
        text.push_str("Có phải bạn muốn xem:\n");
    }
    for rule in near {
        writeln!(text, "{}", wrap(&format!("{} · {}", rule.id, rule.title), style.width, "  ", "      "))
            .expect(IN_MEMORY);
    }
    text
}

const IN_MEMORY: &str = "writing to a string cannot fail";

impl Style {
    fn paint(self, text: &str, code: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "33",
        Severity::Info => "2",
    }
}

fn colour_of(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Returned) => "1;31",
        Some(Outcome::AcceptedInPart) => "31",
        Some(Outcome::AcceptedWithWarnings) => "33",
        Some(Outcome::Accepted) | None => "32",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::answer::tests::{clean, sample};

    #[test]
    fn a_finding_is_one_line_to_read_and_one_to_act_on() {
        let text = report(&[sample()], &[], Style::default());
        let expected = [
            "  Lỗi R99 · Biểu 01!E14 · Quản lý cuối kỳ ghi 47, nhưng quản lý đầu kỳ 45 + tiếp nhận 6 − đưa ra 3 =",
            "      48",
            "      → Kiểm tra bốn số này theo sổ. Nếu rà soát có chênh lệch, ghi vào dòng Điều chỉnh và nêu lý do",
            "        (đối chiếu E8, E9, E10)",
        ];
        assert!(text.contains(&expected.join("\n")), "{text}");
        assert!(text.contains("      Đã giải trình: Đặc xá dịp 30/4, có quyết định kèm theo\n"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_asked_and_nothing_is_coloured_unless_asked() {
        let answers = [sample(), clean("2027/quy-2/99002.xlsx")];
        for width in [60, 100] {
            let text = report(&answers, &[], Style { width, colour: false });
            assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
            assert!(!text.contains('\u{1b}'));
        }
        let coloured = report(&answers, &[], Style { width: 100, colour: true });
        assert!(coloured.contains("\u{1b}[1;31mLỗi R99\u{1b}[0m"), "{coloured}");
    }

    #[test]
    fn the_totals_count_files_and_findings() {
        let answers = [sample(), clean("a.xlsx"), clean("b.xlsx")];
        let text = report(&answers, &[], Style::default());
        let expected = "3 tệp: 2 nhận, 1 nhận một phần\n\
                        Phát hiện: 2 lỗi, 2 cảnh báo, 1 thông tin, 1 đã giải trình\n\
                        Xem quy tắc: tongket explain R99\n";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn many_files_without_findings_are_counted() {
        let answers: Vec<Answer> = (0..195).map(|at| clean(&format!("{at:03}.xlsx"))).collect();
        assert_eq!(report(&answers, &[], Style::default()), "195 tệp không có gì phải sửa.\n\n195 tệp: 195 nhận\n");
    }

    #[test]
    fn a_rule_is_told_under_its_headings() {
        let told = rule(&crate::findings::rule::Rule::PersonalData.text(), Style::default());
        assert!(told.starts_with("personal-data · Lỗi\nCó danh sách cá nhân trong tệp\n\n  "), "{told}");
        assert!(told.contains("\nCách sửa\n  Xóa trang tính"), "{told}");
    }
}
