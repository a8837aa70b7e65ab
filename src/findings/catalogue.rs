//! The catalogue of rules: those of the reader and those of the forms, told the same way.

use std::collections::BTreeMap;

use crate::definitions::source::Mistakes;
use crate::definitions::{Check, Definitions, Form, Registers};
use crate::findings::rule::{Rule, RuleText};
use crate::findings::statement::statement;
use crate::vocabulary::RuleId;
use crate::vocabulary::text::plain_key;

/// Every rule that findings can cite, by code. Where forms share a code the newest form tells it.
pub fn catalogue(definitions: &Definitions) -> Vec<RuleText> {
    let mut rules: BTreeMap<RuleId, RuleText> = Rule::ALL.iter().map(|rule| (rule.id(), rule.text())).collect();
    for form in &definitions.forms {
        for check in &form.checks {
            rules.insert(check.id.clone(), text(check, form, definitions));
        }
    }
    rules.into_values().collect()
}

/// A check of the form under the same headings as a rule of the reader.
fn text(check: &Check, form: &Form, definitions: &Definitions) -> RuleText {
    let parts = [("Vì sao quan trọng", &check.why), ("Ví dụ", &check.example), ("Cách sửa", &check.advice)];
    let mut text = statement(check, form, definitions);
    for (heading, words) in parts.into_iter().filter(|(_, words)| !words.is_empty()) {
        text.push_str(&format!("\n\n**{heading}.** {}", sentence(words)));
    }
    RuleText { id: check.id.clone(), severity: check.severity, title: check.title.clone(), text }
}

/// Holds the rules that accepted explanations name against the catalogue.
///
/// # Errors
/// [`Mistakes`] with the line of each explanation of a rule that is not there.
pub fn known_rules(registers: &Registers, catalogue: &[RuleText]) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    for explanation in &registers.explanations {
        if catalogue.iter().all(|rule| rule.id != explanation.rule) {
            let near = explain(catalogue, explanation.rule.as_str()).err().unwrap_or_default();
            let meant = near.first().map_or_else(String::new, |rule| format!("; có phải “{}”?", rule.id));
            let message = format!("không có quy tắc “{}”{meant}", explanation.rule);
            mistakes.add("explanations.csv", explanation.line, message);
        }
    }
    mistakes.into_result()
}

fn sentence(words: &str) -> String {
    match words.trim_end() {
        ended if ended.ends_with(['.', '!', '?', '…']) => ended.to_owned(),
        open => format!("{open}."),
    }
}

/// The rule with this code, whatever its case. `Err` has the rules that may
/// have been meant, likeliest first: codes a slip or two away, or titles with these words.
pub fn explain<'a>(catalogue: &'a [RuleText], code: &str) -> Result<&'a RuleText, Vec<&'a RuleText>> {
    let wanted = plain_key(code);
    if let Some(rule) = catalogue.iter().find(|rule| plain_key(rule.id.as_str()) == wanted) {
        return Ok(rule);
    }
    // R3 for R03.
    let numbered = wanted.replacen('r', "r0", 1);
    let mut near: Vec<(usize, &RuleText)> = catalogue
        .iter()
        .filter_map(|rule| {
            let id = plain_key(rule.id.as_str());
            let slips = strsim::levenshtein(&id, &wanted);
            let family = wanted.len() > 1 && [&wanted, &numbered].iter().any(|start| id.starts_with(*start));
            let titled = wanted.len() > 3 && plain_key(&rule.title).contains(&wanted);
            match (family, titled) {
                (true, _) => Some((0, rule)),
                (false, true) => Some((1, rule)),
                (false, false) => (slips <= wanted.chars().count().min(id.len()) / 3).then_some((slips, rule)),
            }
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.truncate(5);
    Err(near.into_iter().map(|(_, rule)| rule).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Severity;

    fn rules(codes: &[(&str, &str)]) -> Vec<RuleText> {
        let rule = |(code, title): &(&str, &str)| RuleText {
            id: RuleId::from(*code),
            severity: Severity::Error,
            title: (*title).to_owned(),
            text: String::new(),
        };
        codes.iter().map(rule).collect()
    }

    fn meant(code: &str) -> Vec<String> {
        let known = rules(&[
            ("R03", "Cuối kỳ không khớp"),
            ("R04a", "Đầu kỳ khác kỳ trước"),
            ("R04b", "Đầu kỳ khác sau sắp xếp"),
            ("file-unreadable", "Không mở được tệp"),
            ("personal-data", "Có danh sách cá nhân trong tệp"),
        ]);
        match explain(&known, code) {
            Ok(rule) => vec![format!("= {}", rule.id)],
            Err(near) => near.iter().map(|rule| rule.id.to_string()).collect(),
        }
    }

    #[test]
    fn a_code_is_found_whatever_its_case() {
        assert_eq!(meant("R03"), ["= R03"]);
        assert_eq!(meant(" r04A "), ["= R04a"]);
    }

    #[test]
    fn a_mistyped_code_is_answered_with_what_may_have_been_meant() {
        assert_eq!(meant("R04"), ["R04a", "R04b", "R03"]);
        assert_eq!(meant("R3"), ["R03"]);
        assert_eq!(meant("file-unredable"), ["file-unreadable"]);
        assert_eq!(meant("danh sach ca nhan"), ["personal-data"]);
        assert!(meant("zzz").is_empty());
    }

    #[test]
    fn every_rule_of_the_reader_is_in_the_catalogue() {
        let definitions = crate::intake::check::story::Story::of(crate::definitions::CheckKind::Unchanged).definitions;
        let catalogue = catalogue(&definitions);
        assert_eq!(catalogue.len(), Rule::ALL.len() + 1);
        assert!(catalogue.is_sorted_by_key(|rule| &rule.id));
        let check = explain(&catalogue, "R99").unwrap();
        let expected = "Thường có: ít nhất một số khác với báo cáo kỳ trước.\n\n\
                        **Vì sao quan trọng.** Số liệu phải khớp.\n\n**Ví dụ.** 1 + 1 = 2.\n\n\
                        **Cách sửa.** Đối chiếu sổ theo dõi.";
        assert_eq!(check.text, expected);
    }
}
