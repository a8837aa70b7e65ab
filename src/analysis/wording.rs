//! The fixed sentences of comparison, word for word as leaders are to read them (statistics report 5.2 and 5.4).
//!
//! A signal asks for a look; it never judges. Sentences that carry numbers are
//! put together where the numbers are written (`site::words`).

use crate::definitions::ComparisonRules;

macro_rules! wording {
    ($($(#[$doc:meta])* $name:ident = $id:literal => $text:literal;)*) => {
        $($(#[$doc])* pub const $name: &str = $text;)*

        /// Every fixed sentence by its id.
        pub const CATALOGUE: &[(&str, &str)] = &[$(($id, $text)),*];
    };
}

wording! {
    /// A figure that is not printed.
    HIDDEN = "hidden" => "• Không công bố để bảo vệ thông tin cá nhân";
    /// What the sign of a hidden figure stands for, with the threshold.
    HIDDEN_LEGEND = "hidden.legend" => "Ký hiệu “•”: số nhỏ (dưới 5) hoặc số phải giữ kín để không suy ra được số nhỏ";
    /// Where hidden figures are counted.
    HIDDEN_TOTAL = "hidden.total" => "Tổng của tỉnh là số đầy đủ, đã gồm cả các xã không công bố";
    /// A figure that was due and did not come.
    MISSING = "missing" => "… Chưa báo cáo";
    /// A figure that nobody owes.
    NOT_DUE = "not_due" => "x Không áp dụng";
    /// The common set differs too much.
    NO_COMPARE = "no_compare" => "Không so sánh được do phạm vi báo cáo khác nhau";
    /// The units were rearranged in between.
    NO_BASE = "no_base" => "Không có số liệu so sánh do sắp xếp đơn vị hành chính";
    /// What an interval means.
    INTERVAL_HELP = "ci.help" => "Số càng nhỏ thì khoảng này càng rộng";
    /// Within the funnel.
    FUNNEL_SAME = "funnel.same" => "Chưa thấy khác mức chung của tỉnh";
    /// Above the 95 % limit only: on the unit's own page.
    FUNNEL_WATCH = "funnel.watch" => "Có thể cao hơn mức chung, cần theo dõi thêm";
    /// Above the 99.8 % limit.
    FUNNEL_HIGH = "funnel.high" => "Cao hơn rõ so với mức chung – đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân";
    /// Below the 99.8 % limit.
    FUNNEL_LOW = "funnel.low" => "Thấp hơn rõ so với mức chung – đề nghị kiểm tra số liệu và tìm hiểu nguyên nhân";
    /// Too few to say.
    SMALL = "small" => "Số quá nhỏ, chưa đủ để so sánh";
    /// Why there is no order of units.
    NO_RANK = "norank" => "Không xếp hạng: chênh lệch giữa các xã chủ yếu do ngẫu nhiên";
    /// No clear change.
    CHANGE_NONE = "change.none" => "Thay đổi trong mức dao động bình thường";
    /// A clear rise.
    CHANGE_UP = "change.up" => "Tăng rõ rệt";
    /// A clear fall.
    CHANGE_DOWN = "change.down" => "Giảm rõ rệt";
    /// A rising trend.
    TREND_UP = "trend.up" => "Xu hướng tăng";
    /// A falling trend.
    TREND_DOWN = "trend.down" => "Xu hướng giảm";
    /// No trend seen.
    TREND_NONE = "trend.none" => "Chưa thấy xu hướng";
    /// Too few periods for a trend.
    TREND_SHORT = "trend.short" => "Chưa đủ số kỳ để kết luận (cần ít nhất 8 quý)";
    /// Within control limits.
    CONTROL_IN = "spc.in" => "Trong giới hạn dao động bình thường";
    /// Outside control limits.
    CONTROL_OUT = "spc.out" => "Vượt giới hạn dao động bình thường";
    /// Seven points above the mean.
    CONTROL_RUN = "spc.run" => "7 kỳ liền cao hơn mức trung bình";
    /// Seven points that rise.
    CONTROL_TREND = "spc.trend" => "7 kỳ liền tăng";
    /// Limits on trial.
    CONTROL_TRIAL = "spc.trial" => "Giới hạn tạm thời (chưa đủ 12 kỳ)";
    /// Parts of a hundred.
    ROUNDING = "rounding" => "Tổng có thể không bằng 100% do làm tròn";
    /// The mirror of [`FUNNEL_WATCH`].
    FUNNEL_WATCH_LOW = "funnel.watch.low" => "Có thể thấp hơn mức chung, cần theo dõi thêm";
    /// The mirror of [`CONTROL_RUN`].
    CONTROL_RUN_LOW = "spc.run.low" => "7 kỳ liền thấp hơn mức trung bình";
    /// The mirror of [`CONTROL_TREND`].
    CONTROL_TREND_LOW = "spc.trend.low" => "7 kỳ liền giảm";
    /// Two of three points near the upper limit.
    CONTROL_NEAR = "spc.near" => "2 trong 3 kỳ liền sát giới hạn trên";
    /// Two of three points near the lower limit.
    CONTROL_NEAR_LOW = "spc.near.low" => "2 trong 3 kỳ liền sát giới hạn dưới";
    /// A series whose values do not vary.
    FLAT = "spc.flat" => "Không dao động";
    /// A series of equal values has no trend.
    STEADY = "trend.steady" => "Ổn định";
    /// Marshall's variance between areas is 0.
    ALL_CHANCE = "shrink.zero" => "Các xã không khác nhau ngoài ngẫu nhiên";
    /// Areas spread too much to be compared.
    UNLIKE = "funnel.unlike" => "Các xã chưa so sánh được ở chỉ tiêu này: chênh lệch quá lớn, có thể do hoàn cảnh hoặc cách tính khác nhau";
    /// A measure without an expectation.
    UNTESTED = "funnel.none" => "Số tuyệt đối, không so sánh giữa các xã";
    /// A rate's denominator is zero.
    NO_SUBJECT = "empty" => "Không có đối tượng";
}

/// Why nothing is said of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// A part is hidden in this edition.
    Hidden,
    /// Nothing was reported.
    Missing,
    /// Nothing was due.
    NotDue,
    /// A part is still missing.
    Partial,
    /// There is nothing to divide by.
    NoSubject,
    /// Too few events.
    Small,
    /// Areas spread too much to be compared.
    Unlike,
    /// Chance alone cannot be told for this measure.
    Untested,
    /// Too few periods.
    Short,
    /// A series whose values do not vary.
    Flat,
}

impl Silence {
    /// Every reason.
    pub const ALL: [Silence; 10] = [
        Silence::Hidden,
        Silence::Missing,
        Silence::NotDue,
        Silence::Partial,
        Silence::NoSubject,
        Silence::Small,
        Silence::Unlike,
        Silence::Untested,
        Silence::Short,
        Silence::Flat,
    ];

    /// The reason as a sentence, with the number of periods that the rules ask for.
    pub fn told(self, rules: &ComparisonRules) -> String {
        match self {
            Silence::Short => TREND_SHORT.replace('8', &rules.trend_periods.to_string()),
            other => other.text().to_owned(),
        }
    }

    /// The reason in a cell.
    pub fn short(self) -> &'static str {
        match self {
            Silence::Hidden => "Không công bố",
            Silence::Missing => "Chưa báo cáo",
            Silence::NotDue => "Không áp dụng",
            Silence::Partial => "Chưa đủ báo cáo",
            Silence::NoSubject => "Không có đối tượng",
            Silence::Small => "Số quá nhỏ",
            Silence::Unlike | Silence::Untested => "Không so sánh",
            Silence::Short => "Chưa đủ số kỳ",
            Silence::Flat => "Không dao động",
        }
    }

    /// The reason as a fixed sentence.
    pub fn text(self) -> &'static str {
        match self {
            Silence::Hidden => HIDDEN,
            Silence::Missing => MISSING,
            Silence::NotDue => NOT_DUE,
            Silence::Partial => NO_COMPARE,
            Silence::NoSubject => NO_SUBJECT,
            Silence::Small => SMALL,
            Silence::Unlike => UNLIKE,
            Silence::Untested => UNTESTED,
            Silence::Short => TREND_SHORT,
            Silence::Flat => FLAT,
        }
    }
}
