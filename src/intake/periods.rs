//! Periods as people write them: `Quý I/2026`, `6 tháng đầu năm 2026`, `2026-Q1`,
//! `từ 15/12/2025 đến 14/3/2026`.

use chrono::NaiveDate;

use crate::definitions::Scheme;
use crate::intake::dates::{self, YEARS};
use crate::intake::workbook::CellValue;
use crate::vocabulary::Period;
use crate::vocabulary::text::plain_key;

/// A period in words, from one cell or several put together. `None` when a
/// part is missing or two parts disagree: `6 tháng 2026` may be either half.
pub fn period(text: &str) -> Option<Period> {
    let key = plain_key(text);
    let words = words(&key);
    let mut parts = Parts::default();
    let mut at = 0;
    while at < words.len() {
        at += parts.take(&words[at..])?;
    }
    parts.period()
}

/// The period that has exactly these first and last days.
pub fn of_days(scheme: &Scheme, from: NaiveDate, to: NaiveDate) -> Option<Period> {
    let last = scheme.quarter_of(to);
    let years = last.last_year() - 1..=last.last_year() + 1;
    Period::of_years(*years.start(), *years.end()).into_iter().find(|period| scheme.days(*period) == (from, to))
}

/// The period told by two days in one text: `từ 15/12/2025 đến 14/3/2026`.
pub fn between_days(scheme: &Scheme, text: &str) -> Option<Period> {
    let key = plain_key(text);
    let key = key.strip_prefix("tu ").unwrap_or(&key);
    let (from, to) = [" den ", " - ", " – ", " toi "].iter().find_map(|word| key.split_once(word))?;
    let to = to.strip_prefix("het ").unwrap_or(to);
    let day = |text: &str| dates::day(&CellValue::Text(text.into())).ok();
    of_days(scheme, day(from)?, day(to)?)
}

/// Words and numbers; a number sticks to no letter: `2026q1` is `2026`, `q`, `1`.
pub(super) fn words(key: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for run in key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut start = 0;
        let bytes = run.as_bytes();
        for at in 1..=run.len() {
            if at == run.len() || bytes[at].is_ascii_digit() != bytes[at - 1].is_ascii_digit() {
                words.push(&run[start..at]);
                start = at;
            }
        }
    }
    words
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Quarter,
    Half,
    NineMonths,
    Year,
}

/// The parts of a period found so far; each may be said twice, but not differently.
#[derive(Default)]
struct Parts {
    kind: Option<Kind>,
    number: Option<u8>,
    /// “đầu năm” or “cuối năm”.
    end: Option<u8>,
    year: Option<i32>,
    year_named: bool,
    months: bool,
}

impl Parts {
    /// Takes the next part and says how many words it has. `None` when the words fit nowhere.
    fn take(&mut self, words: &[&str]) -> Option<usize> {
        let word = words[0];
        let next = words.get(1).copied().unwrap_or("");
        if let Some(kind) = months(word).filter(|_| matches!(next, "thang" | "t" | "m" | "th")) {
            match kind {
                Months::Three => (self.kind(Kind::Quarter)?, self.months = true),
                Months::Six => (self.kind(Kind::Half)?, ()),
                Months::Nine => (self.kind(Kind::NineMonths)?, ()),
                Months::Twelve => (self.kind(Kind::Year)?, ()),
            };
            return Some(2);
        }
        match word {
            "quy" | "qui" | "q" => self.kind(Kind::Quarter)?,
            "h" => self.kind(Kind::Half)?,
            "qi" | "qii" | "qiii" | "qiv" => {
                self.kind(Kind::Quarter)?;
                self.number(number(&word[1..])?)?;
            }
            "nua" => self.kind(Kind::Half)?,
            "dau" => agree(&mut self.end, 1)?,
            "cuoi" => agree(&mut self.end, 2)?,
            "ca" if next == "nam" => self.kind(Kind::Year)?,
            "nam" => self.year_named = true,
            "ky" | "bao" | "cao" | "bc" => {}
            _ => match (number(word), word.parse::<i32>().ok()) {
                (Some(number), _) => self.number(number)?,
                (None, Some(year)) if YEARS.contains(&year) && word.len() == 4 => self.year(year)?,
                // `Q1/26`: two digits are a year only behind everything else.
                (None, Some(year)) if (20..50).contains(&year) && word.len() == 2 && words.len() == 1 => {
                    self.year(2000 + year)?;
                }
                _ => return None,
            },
        }
        Some(1)
    }

    fn kind(&mut self, kind: Kind) -> Option<()> {
        agree(&mut self.kind, kind)
    }

    fn number(&mut self, number: u8) -> Option<()> {
        agree(&mut self.number, number)
    }

    fn year(&mut self, year: i32) -> Option<()> {
        agree(&mut self.year, year)
    }

    fn period(self) -> Option<Period> {
        let year = self.year?;
        match (self.kind, self.number, self.end) {
            (Some(Kind::Quarter), number, Some(end)) if self.months => {
                let quarter = if end == 1 { 1 } else { 4 };
                (number.is_none_or(|number| number == quarter)).then(|| Period::quarter(year, quarter))
            }
            (Some(Kind::Quarter), Some(number), None) => Some(Period::quarter(year, number)),
            (Some(Kind::Half), number, end) => match (number, end) {
                (Some(number @ 1..=2), None) | (None, Some(number)) => Some(Period::half(year, number)),
                (Some(number), Some(end)) if number == end => Some(Period::half(year, number)),
                _ => None,
            },
            (Some(Kind::NineMonths), None | Some(1), None | Some(1)) => Some(Period::nine_months(year)),
            (Some(Kind::Year), None | Some(1), None) => Some(Period::year(year)),
            // Loại kỳ “Năm”, Kỳ số 1.
            (None, None | Some(1), None) if self.year_named => Some(Period::year(year)),
            _ => None,
        }
    }
}

enum Months {
    Three,
    Six,
    Nine,
    Twelve,
}

fn months(word: &str) -> Option<Months> {
    Some(match word {
        "3" | "03" | "ba" => Months::Three,
        "6" | "06" | "sau" => Months::Six,
        "9" | "09" | "chin" => Months::Nine,
        "12" => Months::Twelve,
        _ => return None,
    })
}

/// The number of a quarter or half, in digits, Roman numerals or words.
fn number(word: &str) -> Option<u8> {
    Some(match word {
        "1" | "01" | "i" | "mot" => 1,
        "2" | "02" | "ii" | "hai" => 2,
        "3" | "03" | "iii" | "ba" => 3,
        "4" | "04" | "iv" | "bon" | "tu" => 4,
        _ => return None,
    })
}

fn agree<T: PartialEq + Copy>(known: &mut Option<T>, found: T) -> Option<()> {
    (*known.get_or_insert(found) == found).then_some(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::definitions::scheme::QuarterStart;
    use crate::intake::spellings::lines;

    /// What people write for a period; `none` cannot be told for certain.
    pub const PERIODS: &str = "
        Quý I/2026 → 2026-Q1
        quý I năm 2026 → 2026-Q1
        QUÝ IV NĂM 2026 → 2026-Q4
        Quý II - 2026 → 2026-Q2
        Quý III.2029 → 2029-Q3
        quý 1 năm 2026 → 2026-Q1
        Quý 01/2026 → 2026-Q1
        Quý 2 2026 → 2026-Q2
        Quý II 2 2026 → 2026-Q2
        Quý một năm 2026 → 2026-Q1
        quý tư/2026 → 2026-Q4
        Qúy I/2026 → 2026-Q1
        Quí 3/2026 → 2026-Q3
        Q1-2026 → 2026-Q1
        Q1/2026 → 2026-Q1
        Q.1/2026 → 2026-Q1
        Q1/26 → 2026-Q1
        QI/2026 → 2026-Q1
        QIV-2026 → 2026-Q4
        2026-Q3 → 2026-Q3
        2026q4 → 2026-Q4
        Báo cáo quý I/2026 → 2026-Q1
        3 tháng đầu năm 2026 → 2026-Q1
        3 tháng cuối năm 2026 → 2026-Q4
        6 tháng đầu năm 2026 → 2026-H1
        06 tháng đầu năm 2026 → 2026-H1
        Sáu tháng đầu năm 2026 → 2026-H1
        6T đầu năm 2026 → 2026-H1
        6T/đầu/2026 → 2026-H1
        6 tháng cuối năm 2026 → 2026-H2
        6 tháng 2 2026 → 2026-H2
        6 tháng cuối năm 2 2026 → 2026-H2
        Nửa đầu năm 2026 → 2026-H1
        2026-H1 → 2026-H1
        H2/2026 → 2026-H2
        6T1/26 → 2026-H1
        9 tháng năm 2026 → 2026-9M
        9 tháng đầu năm 2026 → 2026-9M
        09 tháng/2026 → 2026-9M
        2026-9M → 2026-9M
        9T/2026 → 2026-9M
        Năm 2026 → 2026
        cả năm 2026 → 2026
        Báo cáo năm 2026 → 2026
        Năm 1 2026 → 2026
        12 tháng năm 2026 → 2026
        12T/2026 → 2026
        từ 15/12/2025 đến 14/3/2026 → 2026-Q1
        Từ ngày 15/12/2025 đến hết ngày 14/3/2026 → 2026-Q1
        15/12/2025 - 14/06/2026 → 2026-H1
        từ ngày 15 tháng 6 năm 2026 đến ngày 14 tháng 12 năm 2026 → 2026-H2
        từ 15/12/2025 đến 14/12/2026 → 2026
        từ 01/01/2026 đến 31/3/2026 → none
        từ 15/12/2025 đến 31/02/2026 → none
        Quý I 2 2026 → none
        Quý I+II/2026 → none
        Quý V/2026 → none
        Quý 2026 → none
        Quý I → none
        Quý I 2026 2027 → none
        6 tháng 2026 → none
        6 tháng năm 2026 → none
        6 tháng cuối năm 1 2026 → none
        đầu năm 2026 → none
        tháng 3/2026 → none
        giai đoạn 2026–2028 → none
        2026 → none
        2026 1 → none
    ";

    fn nd09() -> Scheme {
        let start = |years_before, month| QuarterStart { years_before, month, day: 15 };
        Scheme {
            id: "nd09".into(),
            title: String::new(),
            source: String::new(),
            starts: [start(1, 12), start(0, 3), start(0, 6), start(0, 9)],
        }
    }

    #[test]
    fn periods_are_read_in_words_in_codes_and_by_their_days() {
        let lines = lines(PERIODS);
        for (typed, meant) in &lines {
            let read = period(typed).or_else(|| between_days(&nd09(), typed));
            assert_eq!(read.map_or("none".into(), |period| period.to_string()), *meant, "{typed}");
        }
        assert_eq!(lines.len(), 68);
        assert_eq!(period(""), None);
    }

    #[test]
    fn every_period_reads_back_from_its_names() {
        for written in Period::of_years(2025, 2030) {
            assert_eq!(period(&written.title()), Some(written));
            assert_eq!(period(&written.heading()), Some(written));
            assert_eq!(
                period(&written.to_string()),
                Some(written).filter(|p| p.to_string().contains('-')),
                "{written}"
            );
            let (from, to) = nd09().days(written);
            assert_eq!(of_days(&nd09(), from, to), Some(written));
        }
    }
}
