//! How each return is answered: Nhận, Nhận có cảnh báo, Nhận một phần, Trả lại.

use std::collections::BTreeMap;

use crate::findings::rule::Rule;
use crate::findings::{Finding, Outcome, Severity};
use crate::intake::{Reading, Return, Standing};

/// Decides the outcome of every return from what is left of it and from the findings of its file.
pub fn decide(returns: &mut [Return], findings: &[Finding]) {
    let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_file.entry(finding.place.file_name()).or_default().push(finding);
    }
    for ret in returns {
        let findings = by_file.get(&*ret.file).map_or(&[][..], Vec::as_slice);
        ret.outcome = outcome(ret, findings);
    }
}

fn outcome(ret: &Return, findings: &[&Finding]) -> Outcome {
    let any = |wanted: fn(Reading) -> bool| ret.entries.values().any(|entry| wanted(entry.value));
    // Nothing next to a list of persons is used, however good it looks.
    let persons = findings.iter().any(|finding| finding.rule == Rule::PersonalData.id());
    let set_aside = matches!(ret.standing, Standing::SetAside { .. });
    if persons || set_aside || !any(|value| matches!(value, Reading::Value(_))) {
        Outcome::Returned
    } else if findings.iter().any(|f| f.severity == Severity::Error) || any(|value| value == Reading::Rejected) {
        Outcome::AcceptedInPart
    } else if findings.iter().any(|f| f.severity == Severity::Warning && f.explanation.is_none()) {
        Outcome::AcceptedWithWarnings
    } else {
        Outcome::Accepted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::intake::check::story::a_return;

    fn answered(values: &str, findings: &[Finding]) -> Outcome {
        let mut returns = [a_return("99001", "2026-Q1", values)];
        decide(&mut returns, findings);
        returns[0].outcome
    }

    fn finding(severity: Severity, rule: &str) -> Finding {
        Finding {
            place: Place::file("99001-2026-Q1.xlsx"),
            severity,
            rule: rule.into(),
            message: "Số liệu không khớp".into(),
            help: "Đối chiếu sổ theo dõi".into(),
            item: None,
            unit: None,
            period: None,
            explanation: None,
        }
    }

    #[test]
    fn a_clean_return_is_accepted_whatever_it_is_told_for_information() {
        assert_eq!(answered("buoi 3", &[]), Outcome::Accepted);
        assert_eq!(answered("buoi 3, tin_bao -", &[finding(Severity::Info, "hidden-sheet")]), Outcome::Accepted);
    }

    #[test]
    fn a_warning_asks_until_it_is_explained() {
        let asked = finding(Severity::Warning, "R27");
        let explained = Finding { explanation: Some("Đặc xá".into()), ..asked.clone() };
        assert_eq!(answered("buoi 3", std::slice::from_ref(&asked)), Outcome::AcceptedWithWarnings);
        assert_eq!(answered("buoi 3", std::slice::from_ref(&explained)), Outcome::Accepted);
        assert_eq!(answered("buoi 3", &[explained, asked]), Outcome::AcceptedWithWarnings);
    }

    #[test]
    fn a_rejected_value_leaves_the_return_accepted_in_part() {
        assert_eq!(answered("buoi 3, tin_bao ?", &[]), Outcome::AcceptedInPart);
        assert_eq!(answered("buoi 3", &[finding(Severity::Error, "R03")]), Outcome::AcceptedInPart);
    }

    #[test]
    fn a_return_is_sent_back_when_nothing_is_usable_or_it_lists_persons() {
        assert_eq!(answered("buoi ?, tin_bao -", &[]), Outcome::Returned);
        assert_eq!(answered("buoi 3", &[finding(Severity::Error, "personal-data")]), Outcome::Returned);
    }

    #[test]
    fn a_return_that_is_set_aside_is_sent_back() {
        let mut returns = [a_return("99001", "2026-Q1", "buoi 3")];
        returns[0].standing = Standing::SetAside { reason: "Hai tệp khác nhau cùng một kỳ".into() };
        decide(&mut returns, &[]);
        assert_eq!(returns[0].outcome, Outcome::Returned);
    }

    #[test]
    fn the_findings_of_one_file_do_not_touch_another() {
        let other = Finding { place: Place::file("other.xlsx"), ..finding(Severity::Error, "R03") };
        assert_eq!(answered("buoi 3", &[other]), Outcome::Accepted);
    }
}
