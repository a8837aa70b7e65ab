//! The period of a return: declared in words, and once more by its first and last day.

use chrono::NaiveDate;

use super::Desk;
use crate::findings::{Finding, Rule};
use crate::intake::cover::Label;
use crate::intake::periods;
use crate::vocabulary::Period;
use crate::vocabulary::day::written;
use crate::vocabulary::text::excerpt;

const PARTS: [Label; 3] = [Label::PeriodKind, Label::PeriodNumber, Label::Year];

impl Desk<'_, '_, '_> {
    /// The declared period.
    ///
    /// # Errors
    /// When the parts do not make one; when the declared days are exactly those of another one and the
    /// file name does not side with the words; when nothing but the words is declared and the file
    /// name says otherwise.
    pub fn period(&mut self) -> Result<Period, Box<Finding>> {
        let scheme = &self.index.definitions.scheme;
        let (from, to) = (self.day(Label::From, "Từ ngày"), self.day(Label::To, "Đến ngày"));
        let by_days = from.zip(to).and_then(|(from, to)| periods::of_days(scheme, from, to));
        let Some(period) = self.declared_period(by_days) else { return Err(self.no_period()) };
        match by_days {
            Some(days) if days != period && !self.said.names_period(period) => {
                let message = format!(
                    "Loại kỳ, Kỳ số, Năm ghi {} nhưng Từ ngày, Đến ngày là của {}",
                    period.title(),
                    days.title()
                );
                let help = "Sửa cho hai chỗ cùng một kỳ, kiểm tra số liệu đúng kỳ đó, rồi gửi lại";
                return Err(Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::From), message, help)));
            }
            None if from.is_none() && to.is_none() => self.trust_words(period)?,
            _ => {}
        }
        self.compare_days(period, from, to);
        Ok(period)
    }

    /// The period in words, from one cell or from three; what the words leave open may be told by the days.
    pub fn declared_period(&self, by_days: Option<Period>) -> Option<Period> {
        let scheme = &self.index.definitions.scheme;
        let whole = self.cover.text(Label::Period);
        let [kind, number, year] = match whole.is_empty() {
            true => PARTS.map(|label| self.cover.text(label)),
            false => [whole, String::new(), String::new()],
        };
        let agrees =
            |words: String, period: &Period| periods::period(&format!("{words} {}", period.title())) == Some(*period);
        periods::period(&format!("{kind} {number} {year}"))
            .or_else(|| periods::between_days(scheme, &kind).filter(|days| agrees(format!("{number} {year}"), days)))
            // “6 tháng”, “2026” and the days of the first half are the first half.
            .or_else(|| by_days.filter(|days| agrees(format!("{kind} {number} {year}"), days)))
    }

    fn no_period(&self) -> Box<Finding> {
        let whole = self.cover.text(Label::Period);
        if !whole.is_empty() {
            let message = format!("Kỳ báo cáo ghi “{}”, không thành một kỳ", excerpt(&whole, 30));
            let help = "Ghi kỳ báo cáo như “Quý I/2026”, “6 tháng đầu năm 2026” hoặc “Năm 2026”";
            return Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::Period), message, help));
        }
        let shown = PARTS.map(|label| match self.cover.text(label) {
            blank if blank.is_empty() => "trống".to_owned(),
            part => excerpt(&part, 30),
        });
        let message = format!("Loại kỳ “{}”, Kỳ số “{}”, Năm “{}” không thành một kỳ", shown[0], shown[1], shown[2]);
        let help = "Ghi Loại kỳ là Quý, 6 tháng hoặc Năm; Kỳ số 1–4; Năm bốn chữ số";
        Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::PeriodKind), message, help))
    }

    /// A period told once is not taken against the name of the file.
    fn trust_words(&self, period: Period) -> Result<(), Box<Finding>> {
        let Some(other) = self.said.other_period(period).filter(|other| !other.by_folder) else { return Ok(()) };
        let message = format!(
            "Biểu 00 ghi {}, không ghi Từ ngày, Đến ngày, mà tên tệp nói đến {}",
            period.title(),
            other.said.title()
        );
        let help = "Ghi đúng kỳ, Từ ngày và Đến ngày ở Biểu 00, hoặc sửa tên tệp, rồi gửi lại";
        Err(Box::new(Finding::of(Rule::UnknownPeriod, self.place(Label::PeriodKind), message, help)))
    }

    /// Declared days that are not those of the period in the scheme are a warning.
    fn compare_days(&mut self, period: Period, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        let days = self.index.definitions.scheme.days(period);
        let (from, to) = (from.unwrap_or(days.0), to.unwrap_or(days.1));
        if (from, to) == days {
            return;
        }
        let message = format!(
            "Ghi từ {} đến {}, {} tính từ {} đến {}",
            written(from),
            written(to),
            period.title(),
            written(days.0),
            written(days.1)
        );
        let help = "Kiểm tra số liệu đã chốt đúng niên độ chưa, sửa Từ ngày và Đến ngày";
        self.findings.push(Finding::of(Rule::PeriodDates, self.place(Label::From), message, help));
    }
}
