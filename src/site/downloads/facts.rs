//! The tables of figures: facts, comparisons, and in the internal edition single observations.

use std::iter;

use crate::analysis::change::{SMALLEST_DENOMINATOR, judge};
use crate::release::{Axes, Comparison, MeasureInfo, Quantity, Reading, Release, Standing, WhyNot};
use crate::site::downloads::table::{Field, FieldKind, Table, Value, field};
use crate::vocabulary::{MeasureCode, ObsStatus};

const AREA: Field = field("area", FieldKind::Text, "Mã đơn vị, mã tỉnh, hoặc group:<mã nhóm>");
const UNIT: Field = field("unit", FieldKind::Text, "Mã đơn vị");
const PERIOD: Field = field("period", FieldKind::Text, "Mã kỳ");
const MEASURE: Field = field("measure", FieldKind::Text, "Mã chỉ tiêu");
const OBS_STATUS: Field =
    field("obs_status", FieldKind::Text, "A đủ, P sơ bộ, E ước, M không áp dụng, O chưa báo cáo, Q không công bố");

/// The positions of the members of an axis in the order of their codes.
fn by_code<T: Ord>(codes: impl Iterator<Item = T>) -> Vec<usize> {
    let mut positions: Vec<(T, usize)> = codes.zip(0..).collect();
    positions.sort();
    positions.into_iter().map(|(_, at)| at).collect()
}

/// All pairs of an area and a period, in the order of their codes.
fn places(axes: &Axes) -> impl Iterator<Item = (usize, usize)> + use<> {
    let (areas, periods) = (by_code(axes.area_codes().iter()), by_code(axes.period_codes().iter()));
    areas.into_iter().flat_map(move |area| periods.clone().into_iter().map(move |period| (area, period)))
}

/// One row per area, period and measure.
pub fn facts(release: &Release) -> Table<'_> {
    let axes = release.cube().axes();
    let measures = by_code(axes.measures().iter());
    let rows = places(axes).flat_map(move |(area, period)| {
        measures.clone().into_iter().map(move |measure| {
            let figure = release.cube().cell(area, period, measure);
            let (value, numerator, denominator) = match figure.value {
                Some(Quantity::Whole(value)) => (Value::Whole(value), Value::Nothing, Value::Nothing),
                Some(Quantity::Ratio { numerator, denominator }) => (
                    Value::quotient(numerator.into(), denominator.into(), 100),
                    Value::Whole(numerator),
                    Value::Whole(denominator),
                ),
                None => (Value::Nothing, Value::Nothing, Value::Nothing),
            };
            vec![
                Value::text(&axes.area_codes()[area]),
                Value::text(&axes.period_codes()[period]),
                Value::text(axes.measures()[measure].as_str()),
                value,
                numerator,
                denominator,
                Value::text(figure.status.code()),
                Value::text(figure.conf.code()),
                Value::Whole(figure.reported.into()),
                Value::Whole(figure.due.into()),
            ]
        })
    });
    Table {
        name: "facts",
        title: "Số liệu theo địa bàn, kỳ, chỉ tiêu",
        fields: vec![
            AREA,
            PERIOD,
            MEASURE,
            field(
                "value",
                FieldKind::Decimal,
                "Giá trị; tỷ lệ tính bằng phần trăm; trống khi không có, xem obs_status",
            ),
            field("numerator", FieldKind::Whole, "Tử số của tỷ lệ"),
            field("denominator", FieldKind::Whole, "Mẫu số của tỷ lệ"),
            OBS_STATUS,
            field("conf_status", FieldKind::Text, "F công bố, N chỉ nội bộ, C không công bố"),
            field("reported", FieldKind::Whole, "Số báo cáo đã nhận"),
            field("due", FieldKind::Whole, "Số báo cáo phải có"),
        ],
        key: 3,
        references: vec![("period", "periods"), ("measure", "measures")],
        rows: Box::new(rows),
    }
}

const SIGNAL: &str = "up, down: tăng, giảm rõ rệt (mức 0,2%, dùng cho danh sách nhiều đơn vị); up_alone, down_alone: chỉ rõ \
    khi xem riêng một số (mức 5%); none: trong mức dao động bình thường; small: số quá nhỏ, chưa đủ để so sánh; trống: không \
    kiểm định (tiền, xếp loại, số đếm theo cụm). Không so sánh được: no_base (không có kỳ gốc), boundary (sắp xếp đơn vị hành chính), \
    no_common_set (phạm vi báo cáo khác nhau)";

/// One row per figure that can be compared, and what it is compared with.
pub fn comparisons(release: &Release) -> Table<'_> {
    let axes = release.cube().axes();
    let rules = &release.definitions().site.comparison;
    let info = |code: &MeasureCode| release.measures().iter().find(|info| info.code == *code);
    let infos: Vec<Option<&MeasureInfo>> = axes.measures().iter().map(info).collect();
    let mut ranks = vec![0; axes.measures().len()];
    by_code(axes.measures().iter()).into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank);
    // They stand by area and period already: only the few of one area and period are put in order.
    let sorted = places(axes).flat_map(move |(area, period)| {
        let mut few: Vec<&Comparison> = release.comparisons_at(area, period).iter().collect();
        few.sort_by_key(|c| (ranks[c.measure], c.versus.code()));
        few
    });
    let rows = sorted.map(move |comparison| {
        let (change, percent, matched, due, signal) = match comparison.change {
            Ok(change) => {
                let (difference, percent) = difference(change.now, change.before);
                let verdict = infos[comparison.measure].and_then(|info| judge(info, &change, rules).ok());
                let signal = verdict.map_or("", |verdict| verdict.code());
                (difference, percent, Value::Whole(change.matched.into()), Value::Whole(change.due.into()), signal)
            }
            Err(why) => (Value::Nothing, Value::Nothing, Value::Nothing, Value::Nothing, reason(why)),
        };
        vec![
            Value::text(&axes.area_codes()[comparison.area]),
            Value::text(&axes.period_codes()[comparison.period]),
            Value::text(axes.measures()[comparison.measure].as_str()),
            Value::text(comparison.versus.code()),
            change,
            percent,
            matched,
            due,
            Value::text(signal),
        ]
    });
    Table {
        name: "comparisons",
        title: "So sánh với cùng kỳ năm trước và kỳ trước, trên cùng các đơn vị có đủ số liệu hai kỳ",
        fields: vec![
            AREA,
            PERIOD,
            MEASURE,
            field("versus", FieldKind::Text, "same_period_last_year: cùng kỳ năm trước; previous_period: kỳ trước"),
            field("change", FieldKind::Decimal, "Thay đổi; với tỷ lệ là điểm phần trăm"),
            field(
                "change_percent",
                FieldKind::Decimal,
                "Thay đổi tính bằng phần trăm của kỳ gốc; trống khi gốc dưới 20",
            ),
            field("matched", FieldKind::Whole, "Số đơn vị đủ số liệu cả hai kỳ"),
            field("due", FieldKind::Whole, "Số đơn vị phải báo cáo"),
            field("signal", FieldKind::Text, SIGNAL),
        ],
        key: 4,
        references: vec![("period", "periods"), ("measure", "measures")],
        rows: Box::new(rows),
    }
}

fn difference(now: Quantity, before: Quantity) -> (Value<'static>, Value<'static>) {
    match (now, before) {
        (Quantity::Whole(now), Quantity::Whole(before)) => {
            let change = i128::from(now) - i128::from(before);
            let percent = match before >= SMALLEST_DENOMINATOR {
                true => Value::quotient(change, before.into(), 100),
                false => Value::Nothing,
            };
            (Value::quotient(change, 1, 1), percent)
        }
        (Quantity::Ratio { numerator: n1, denominator: d1 }, Quantity::Ratio { numerator: n0, denominator: d0 }) => {
            let [n1, d1, n0, d0] = [n1, d1, n0, d0].map(i128::from);
            (Value::quotient(n1 * d0 - n0 * d1, d1 * d0, 100), Value::Nothing)
        }
        _ => (Value::Nothing, Value::Nothing),
    }
}

fn reason(why: WhyNot) -> &'static str {
    match why {
        WhyNot::NoBase => "no_base",
        WhyNot::Boundary => "boundary",
        WhyNot::NoCommonSet => "no_common_set",
    }
}

/// One row per cell of a return that counts: the internal edition only.
pub fn observations(release: &Release) -> Option<Table<'_>> {
    let internal = release.internal()?;
    let mut returns: Vec<_> = internal.returns.iter().filter(|r| r.standing == Standing::Counts).collect();
    returns.sort_by(|a, b| (&a.unit, a.period).cmp(&(&b.unit, b.period)));
    let rows = returns.into_iter().flat_map(|r| iter::repeat(r).zip(&r.entries)).map(|(r, (item, entry))| {
        let (value, status) = match entry.value {
            Reading::Value(value) if r.estimate => (Value::Whole(value), ObsStatus::E),
            Reading::Value(value) => (Value::Whole(value), ObsStatus::A),
            Reading::Empty | Reading::Rejected => (Value::Nothing, ObsStatus::O),
        };
        vec![
            Value::text(r.unit.as_str()),
            Value::owned(r.period),
            Value::text(item.as_str()),
            value,
            Value::text(status.code()),
            Value::Whole(r.submission.into()),
            Value::text(&r.file),
            Value::text(&entry.sheet),
            Value::owned(entry.cell),
            Value::text(&r.sha256),
            Value::text(&entry.raw),
            Value::owned(entry.repairs.join("; ")),
            Value::text(&r.form_version),
        ]
    });
    Some(Table {
        name: "observations",
        title: "Số liệu từng ô của các báo cáo được tính",
        fields: vec![
            UNIT,
            PERIOD,
            field("item", FieldKind::Text, "Mã số của dòng trong biểu"),
            field("value", FieldKind::Whole, "Giá trị đã nhận; trống khi ô trống hoặc bị loại"),
            OBS_STATUS,
            field("version", FieldKind::Whole, "Lần nộp"),
            field("file", FieldKind::Text, "Tệp báo cáo"),
            field("sheet", FieldKind::Text, "Trang tính"),
            field("cell", FieldKind::Text, "Ô"),
            field("sha256", FieldKind::Text, "Mã băm SHA-256 của tệp"),
            field("raw", FieldKind::Text, "Nguyên văn trong ô, tối đa 60 ký tự"),
            field("repairs", FieldKind::Text, "Đã làm gì để đọc ô, cách nhau bằng dấu chấm phẩy"),
            field("form_version", FieldKind::Text, "Phiên bản biểu mẫu đã dùng"),
        ],
        key: 3,
        references: vec![("unit", "units")],
        rows: Box::new(rows),
    })
}
