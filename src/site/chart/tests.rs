//! Laws every kind of chart keeps, whatever it is given. The drawings are read
//! back from their SVG and measured again.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::bullet::{Bullet, BulletRow};
use super::columns::{Columns, Stack};
use super::control::{Control, ControlPoint};
use super::dumbbell::{Dumbbell, DumbbellRow};
use super::funnel::{Funnel, FunnelPoint, Limits};
use super::interval::{Interval, IntervalGroup, IntervalRow, Stance};
use super::meter::Meter;
use super::multiples::Mini;
use super::ranked::{Ranked, RankedRow};
use super::shares::{Shares, SharesRow};
use super::sparkline::Sparkline;
use super::squares::{Fill, SquarePart, Squares};
use super::strip::{Strip, StripRow};
use super::text::{self, Weight};
use super::timeline::{Lane, Milepost, Timeline};
use super::trend::{Break, Plan, Series, Trend};
use super::waterfall::{Step, Waterfall};
use super::*;
use crate::vocabulary::number;

/// A text as it stands in a drawing.
struct Written {
    classes: BTreeSet<String>,
    x: f64,
    y: f64,
    text: String,
}

impl Written {
    /// Left, top, right, bottom, with the sizes and weights of the stylesheet.
    fn room(&self, format: Format) -> (f64, f64, f64, f64) {
        let is = |class: &str| self.classes.contains(class);
        let size = format.letters(is("t-s"));
        let weight = match () {
            () if is("t-acc") => Weight::Bold,
            () if is("t-b") => Weight::Semibold,
            () => Weight::Regular,
        };
        let width = text::width(&self.text, size, weight, is("e"));
        let left = self.x
            - if is("e") {
                width
            } else if is("m") {
                width / 2.0
            } else {
                0.0
            };
        (left, self.y - size * 0.9, left + width, self.y + size * 0.23)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&tag[start..start + tag[start..].find('"')?])
}

fn number_of(tag: &str, name: &str) -> f64 {
    attribute(tag, name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {tag}"))
}

fn tags<'a>(svg: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    svg.lines().filter(move |line| line.starts_with(&format!("<{name} ")))
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&")
}

fn texts(svg: &str) -> Vec<Written> {
    tags(svg, "text")
        .map(|line| {
            let open = line.find('>').expect("a tag ends");
            let classes = attribute(&line[..open], "class").unwrap_or("");
            Written {
                classes: classes.split(' ').map(str::to_owned).collect(),
                x: number_of(line, "x"),
                y: number_of(line, "y"),
                text: unescape(line[open + 1..].strip_suffix("</text>").expect("a text is closed on its line")),
            }
        })
        .collect()
}

fn view_box(svg: &str) -> (f64, f64) {
    let numbers: Vec<f64> =
        attribute(svg, "viewBox").expect("a view box").split(' ').map(|n| n.parse().expect("a number")).collect();
    (numbers[2], numbers[3])
}

fn assert_sound(svg: &str, format: Format) {
    let (width, height) = view_box(svg);
    for written in texts(svg) {
        let (left, top, right, bottom) = written.room(format);
        assert!(
            left >= -0.2 && right <= width + 0.2 && top >= -0.2 && bottom <= height + 0.2,
            "“{}” at {left:.1} {top:.1} {right:.1} {bottom:.1} leaves {width} × {height}",
            written.text
        );
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
}

fn overlapping(svg: &str, format: Format) -> Vec<(String, String)> {
    let written = texts(svg);
    let rooms: Vec<_> = written.iter().map(|text| text.room(format)).collect();
    let mut found = Vec::new();
    for (at, a) in rooms.iter().enumerate() {
        for (other, b) in rooms.iter().enumerate().skip(at + 1) {
            // The boxes hold ascenders and descenders: letters touch only where they overlap by more.
            let (across, down) = (a.2.min(b.2) - a.0.max(b.0), a.3.min(b.3) - a.1.max(b.1));
            if across > 0.5 && down > 4.0 {
                found.push((written[at].text.clone(), written[other].text.clone()));
            }
        }
    }
    found
}

fn head() -> Head {
    Head { id: "h1".into(), title: "Tỷ lệ <có> việc làm & “đạt”".into(), summary: "Tăng.".into() }
}

fn name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Xã",
        "Phường",
        "Đặc",
        "khu",
        "Nghiêng",
        "Thượng",
        "Ấp",
        "Mỹ",
        "Xuân",
        "An",
        "Ngọc",
        "KDC,",
        "“An",
        "toàn”",
        "về",
        "THNCĐ",
        "<&>",
    ]);
    prop::collection::vec(word, 1..9).prop_map(|words| words.join(" "))
}

fn value() -> impl Strategy<Value = super::Value> {
    prop_oneof![
        6 => (0i64..20_000).prop_map(|tenths| super::Value::At(tenths as f64 / 10.0)),
        2 => (0i64..1000).prop_map(|tenths| super::Value::At(tenths as f64 / 10.0)),
        1 => Just(super::Value::Missing),
        1 => Just(super::Value::Hidden),
        1 => Just(super::Value::NotApplicable),
    ]
}

fn label(value: super::Value) -> String {
    value.known().map_or(String::new(), |at| number::fixed((at * 10.0).round() as i64, 1))
}

fn point() -> impl Strategy<Value = Point> {
    (value(), prop::option::of(Just("sơ bộ".to_owned())), prop::option::weighted(0.1, name())).prop_map(
        |(value, status, note)| {
            let note = note.filter(|_| value.known().is_none());
            Point { value, label: label(value), status, note }
        },
    )
}

fn periods() -> impl Strategy<Value = Periods> {
    (1usize..6, prop::sample::select(vec![1usize, 2, 4])).prop_map(|(years, slots)| {
        let group = |year: usize| Group {
            label: (2026 + year).to_string(),
            slots: match slots {
                1 => vec![(2026 + year).to_string()],
                2 => vec!["6 tháng đầu năm".into(), "6 tháng cuối năm".into()],
                _ => ["I", "II", "III", "IV"].map(String::from).to_vec(),
            },
            ahead: false,
        };
        Periods { groups: (0..years).map(group).collect() }
    })
}

fn trends() -> impl Strategy<Value = Trend> {
    let series = || (name(), prop::collection::vec(point(), 0..21)).prop_map(|(name, points)| Series { name, points });
    let step = prop::option::of((0i64..1000).prop_map(|at| (at as f64, number::whole(at))));
    (
        periods(),
        prop::collection::vec(series(), 0..5),
        prop::option::weighted(0.3, series()),
        prop::option::of(prop::collection::vec(step, 0..6)),
        any::<bool>(),
        prop::option::weighted(0.3, (0.0f64..20.0, name())),
        prop::sample::select(vec!["%", "", "triệu đồng"]),
    )
        .prop_map(|(periods, series, context, steps, pace, broken, unit)| Trend {
            head: head(),
            periods,
            measure: Measure { unit: unit.into(), ..Measure::percent() },
            series,
            context,
            plan: steps.map(|steps| Plan { name: "Kế hoạch".into(), steps }),
            pace,
            breaks: broken.map(|(at, label)| Break { at, label }).into_iter().collect(),
        })
}

fn bullets() -> impl Strategy<Value = Bullet> {
    let row = (name(), value(), any::<bool>()).prop_map(|(name, percent, met)| BulletRow {
        label: name,
        percent,
        percent_label: label(percent),
        pair: "1.234 / 5.678".into(),
        met,
    });
    prop::collection::vec(row, 0..46).prop_map(|rows| Bullet {
        head: head(),
        plan_label: "Kế hoạch = 100%".into(),
        pair_label: "thực hiện / kế hoạch".into(),
        rows,
    })
}

fn intervals() -> impl Strategy<Value = Interval> {
    let row = (name(), 0.0f64..100.0, 0.0f64..40.0).prop_map(|(name, at, wing)| IntervalRow {
        name,
        at,
        thick: ((at - wing / 2.0).max(0.0), (at + wing / 2.0).min(100.0)),
        thin: ((at - wing).max(0.0), (at + wing).min(100.0)),
        label: format!("{at:.1}%").replace('.', ","),
        parts: "126/142".into(),
    });
    let stances = [Stance::Higher, Stance::Alike, Stance::Lower];
    (prop::collection::vec(prop::collection::vec(row, 0..16), 3), prop::option::of(0.0f64..100.0)).prop_map(
        move |(groups, reference)| Interval {
            head: head(),
            measure: Measure::percent(),
            reference: reference.map(|at| (at, "Toàn tỉnh 76,3%".into())),
            columns: ["tỷ lệ".into(), "người".into()],
            groups: groups
                .into_iter()
                .zip(stances)
                .map(|(rows, stance)| IntervalGroup {
                    title: format!("Chưa thấy khác mức chung của tỉnh: {} đơn vị", rows.len()),
                    stance,
                    rows,
                })
                .collect(),
        },
    )
}

fn funnels() -> impl Strategy<Value = Funnel> {
    let stance = prop::sample::select(vec![Stance::Higher, Stance::Alike, Stance::Alike, Stance::Lower]);
    let point = (name(), 0.5f64..900.0, 0.0f64..100.0, stance).prop_map(|(name, size, at, stance)| FunnelPoint {
        name,
        size,
        at,
        label: format!("{at:.1}%").replace('.', ","),
        stance,
    });
    let limit = |label: &str, width: f64, level: f64| Limits {
        label: label.into(),
        points: (1..30)
            .map(|step| f64::from(step) * 30.0)
            .map(|size| (size, level - width / size.sqrt(), level + width / size.sqrt()))
            .collect(),
    };
    (prop::collection::vec(point, 0..130), 0.0f64..100.0).prop_map(move |(points, level)| Funnel {
        head: head(),
        measure: Measure::percent(),
        size: Measure::count("Mẫu số (người)"),
        level: (level, "Mức chung 76,3%".into()),
        limits: vec![limit("95%", 90.0, level), limit("99,8%", 150.0, level)],
        points,
    })
}

fn controls() -> impl Strategy<Value = Control> {
    let point =
        (value(), any::<bool>()).prop_map(|(value, marked)| ControlPoint { value, label: label(value), marked });
    let line = |name: &str, at: f64| (at, format!("{name} {}", number::fixed((at * 10.0).round() as i64, 1)));
    (periods(), prop::collection::vec(point, 0..21), 0.0f64..2000.0, 0.0f64..500.0, any::<bool>()).prop_map(
        move |(periods, points, mean, spread, trial)| Control {
            head: head(),
            periods,
            measure: Measure { unit: "người".into(), ..Measure::default() },
            centre: line("Bình quân", mean),
            limits: vec![line("Giới hạn trên", mean + spread), line("Giới hạn dưới", mean - spread)],
            trial,
            points,
        },
    )
}

fn columns() -> impl Strategy<Value = Columns> {
    let stack = (0u32..60, 0u32..60, 0u32..60).prop_map(|(on_time, late, missing)| Stack { on_time, late, missing });
    (periods(), prop::collection::vec(stack, 0..21)).prop_map(|(periods, stacks)| Columns {
        head: head(),
        periods,
        stacks,
        names: ["đúng hạn", "muộn", "chưa nộp"].map(String::from),
    })
}

fn dumbbells() -> impl Strategy<Value = Dumbbell> {
    let row = (name(), 0i64..1000, 0i64..1000, prop::option::of(Just("Tăng rõ rệt".to_owned()))).prop_map(
        |(name, before, after, verdict)| DumbbellRow {
            name,
            before: (before as f64 / 10.0, number::fixed(before, 1)),
            after: (after as f64 / 10.0, number::fixed(after, 1)),
            change: number::signed(after - before, 1),
            verdict,
        },
    );
    prop::collection::vec(row, 0..46).prop_map(|rows| Dumbbell {
        head: head(),
        measure: Measure::percent(),
        periods: ["6 tháng đầu năm 2028".into(), "6 tháng đầu năm 2029".into()],
        change_unit: ["điểm phần trăm".into(), "điểm %".into()],
        rows,
    })
}

fn ranked() -> impl Strategy<Value = Ranked> {
    let row = (name(), value(), any::<bool>()).prop_map(|(name, value, ours)| RankedRow {
        name,
        value,
        label: label(value),
        ours,
    });
    (prop::collection::vec(row, 0..46), prop::option::of(0.0f64..900.0)).prop_map(|(rows, level)| Ranked {
        head: head(),
        measure: Measure::count("vụ"),
        reference: level.map(|at| (at, "Trung vị".into())),
        rows,
    })
}

fn strips() -> impl Strategy<Value = Strip> {
    let row = (name(), prop::collection::vec(0i64..1000, 0..45), value()).prop_map(|(name, others, this)| {
        let others: Vec<f64> = others.into_iter().map(|tenths| tenths as f64 / 10.0).collect();
        StripRow {
            label: name,
            direction: "cao hơn là tốt".into(),
            median: others.first().copied(),
            middle_half: None,
            ends: ["0,0".into(), "2.000,0".into()],
            others,
            this,
            value_label: label(this),
        }
    });
    prop::collection::vec(row, 0..8).prop_map(|rows| Strip { head: head(), rows })
}

fn squares() -> impl Strategy<Value = Squares> {
    prop::collection::vec(0u32..120, 3).prop_map(|counts| Squares {
        head: head(),
        parts: counts
            .into_iter()
            .zip([("đúng hạn", Fill::Solid), ("muộn", Fill::Hatched), ("chưa nộp", Fill::Open)])
            .map(|(count, (name, fill))| SquarePart { count, label: format!("{count} {name}"), fill })
            .collect(),
    })
}

fn shares() -> impl Strategy<Value = Shares> {
    let counts = prop_oneof![
        6 => prop::collection::vec(0u32..120, 4).prop_map(Ok),
        1 => Just(Err(super::Value::Hidden)),
        1 => Just(Err(super::Value::Missing)),
    ];
    let row = (name(), counts).prop_map(|(name, counts)| SharesRow { name, counts });
    let parts = ["120 đúng hạn", "23 nộp muộn", "4 trả lại", "6 chưa nộp"].map(String::from);
    (1usize..5, prop::collection::vec(row, 0..8)).prop_map(move |(most, rows)| Shares {
        head: head(),
        parts: parts[..most].to_vec(),
        rows,
    })
}

fn waterfalls() -> impl Strategy<Value = Waterfall> {
    let step = (name(), -400i64..400, any::<bool>()).prop_map(|(name, tenths, rest)| Step {
        name,
        change: tenths as f64 / 10.0,
        label: number::signed(tenths, 1),
        rest,
    });
    (prop::collection::vec(step, 0..14), 0i64..9000).prop_map(|(steps, from)| {
        let from = from as f64 / 10.0;
        let to = from + steps.iter().map(|step| step.change).sum::<f64>();
        let end = |year: &str, at: f64| (year.to_owned(), at, number::fixed((at * 10.0).round() as i64, 1));
        Waterfall { head: head(), from: end("Năm 2029", from), to: end("Năm 2030", to), steps }
    })
}

fn timelines() -> impl Strategy<Value = Timeline> {
    let label = prop::sample::select(vec!["", "15/11", "2026–2028", "30/6"]);
    let mark =
        (0.0f64..5.4, label, any::<bool>()).prop_map(|(at, label, past)| Milepost { at, label: label.into(), past });
    (prop::collection::vec(prop::collection::vec(mark, 0..24), 0..4), prop::option::of(0.0f64..5.4)).prop_map(
        |(lanes, today)| Timeline {
            head: head(),
            years: (2026..=2030).map(|year| year.to_string()).collect(),
            today: today.map(|at| (at, "20/01".into())),
            lanes: lanes.into_iter().map(|marks| Lane { name: "Sơ kết, tổng kết".into(), marks }).collect(),
        },
    )
}

const FORMATS: [Format; 3] = [Format::Wide, Format::Narrow, Format::Slide];

macro_rules! laws {
    ($($law:ident: $charts:expr;)+) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
            $(#[test]
            fn $law(chart in $charts) {
                for format in FORMATS {
                    let svg = chart.draw(format);
                    assert_sound(&svg, format);
                    prop_assert_eq!(overlapping(&svg, format), vec![], "{}", svg);
                    prop_assert_eq!(&svg, &chart.clone().draw(format), "the same bytes twice");
                }
            })+
        }
    };
}

laws! {
    labels_of_a_trend_stay_inside_and_apart: trends();
    labels_of_bullets_stay_inside_and_apart: bullets();
    labels_of_intervals_stay_inside_and_apart: intervals();
    labels_of_funnels_stay_inside_and_apart: funnels();
    labels_of_control_charts_stay_inside_and_apart: controls();
    labels_of_columns_stay_inside_and_apart: columns();
    labels_of_dumbbells_stay_inside_and_apart: dumbbells();
    labels_of_ranked_bars_stay_inside_and_apart: ranked();
    labels_of_strips_stay_inside_and_apart: strips();
    labels_of_squares_stay_inside_and_apart: squares();
    labels_of_shares_stay_inside_and_apart: shares();
    labels_of_timelines_stay_inside_and_apart: timelines();
    labels_of_waterfalls_stay_inside_and_apart: waterfalls();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_of_a_small_chart_stay_inside(
        points in prop::collection::vec(point(), 0..20), periods in periods(), high in 1.0f64..2000.0,
    ) {
        let mini = Mini { head: head(), periods, points, context: vec![Some(3.0), None, Some(4.0)], range: (0.0, high) };
        assert_sound(&mini.draw(), Format::Mini);
    }

    #[test]
    fn a_sparkline_draws_any_values(values in prop::collection::vec(value(), 0..20), provisional: bool) {
        assert_sound(&Sparkline { values, provisional }.draw(), Format::Spark);
    }

    #[test]
    fn a_meter_draws_any_share(percent in -10.0f64..900.0, met: bool) {
        assert_sound(&Meter { percent, met }.draw(), Format::Mini);
    }

    #[test]
    fn no_line_passes_an_absent_value(values in prop::collection::vec(value(), 1..20)) {
        let points: Vec<Point> = values.iter().map(|&value| Point::absent(value)).collect();
        let years: Vec<String> = (0..values.len()).map(|year| (2000 + year).to_string()).collect();
        let trend = Trend {
            head: head(),
            periods: Periods::years(years),
            measure: Measure::count(""),
            series: vec![Series { name: String::new(), points }],
            context: None,
            plan: None,
            pace: false,
            breaks: Vec::new(),
        };
        let svg = trend.draw(Format::Wide);
        let drawn: usize = tags(&svg, "polyline")
            .filter(|tag| attribute(tag, "class") == Some("line"))
            .map(|tag| attribute(tag, "points").expect("a polyline has points").split(' ').count() - 1)
            .chain(tags(&svg, "line").filter(|tag| attribute(tag, "class") == Some("line")).map(|_| 1))
            .sum();
        let neighbours = values.windows(2).filter(|pair| pair.iter().all(|value| value.known().is_some())).count();
        prop_assert_eq!(drawn, neighbours);
    }
}

fn one_trend() -> Trend {
    let points = vec![
        Point::at(64.8, "64,8%"),
        Point::absent(super::Value::Missing),
        Point::absent(super::Value::Hidden),
        Point::at(76.3, "76,3%").with_status("sơ bộ"),
    ];
    Trend {
        head: head(),
        periods: Periods::years((2026..=2030).map(|year| year.to_string())),
        measure: Measure::percent(),
        series: vec![Series { name: "Toàn tỉnh".into(), points }],
        context: None,
        plan: Some(Plan {
            name: "Kế hoạch".into(), steps: vec![None, None, None, None, Some((80.0, "80%".into()))]
        }),
        pace: false,
        breaks: Vec::new(),
    }
}

#[test]
fn title_and_description_say_the_numbers_and_the_absences() {
    let svg = one_trend().draw(Format::Wide);
    assert!(svg.contains("<title id=\"h1-wt\">Tỷ lệ &lt;có&gt; việc làm &amp; “đạt”</title>"), "{svg}");
    assert!(
        svg.contains(
            "<desc id=\"h1-wd\">Tăng. 2026: 64,8%; 2027: chưa báo cáo; 2028: không công bố; \
             2029: 76,3% (sơ bộ); Kế hoạch 2030: 80%.</desc>"
        ),
        "{svg}"
    );
    assert!(svg.contains("role=\"img\" aria-labelledby=\"h1-wt h1-wd\""));
}

#[test]
fn ids_of_the_drawings_of_a_chart_differ() {
    let (page, slide) = (one_trend().drawing(), one_trend().slide());
    let ids = |svg: &str| -> Vec<String> {
        svg.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
    };
    let all: Vec<String> = [&page.wide, &page.narrow, &slide.wide].into_iter().flat_map(|svg| ids(svg)).collect();
    assert_eq!(all.len(), 6);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 6);
}

#[test]
fn a_missing_value_is_a_hollow_mark_on_the_axis_and_a_hidden_one_its_sign() {
    let svg = one_trend().draw(Format::Wide);
    assert_eq!(tags(&svg, "circle").filter(|tag| attribute(tag, "class") == Some("open-q")).count(), 1);
    assert_eq!(texts(&svg).iter().filter(|written| written.text == "•").count(), 1);
    assert_eq!(tags(&svg, "circle").filter(|tag| attribute(tag, "class") == Some("open")).count(), 1, "provisional");
}

#[test]
fn bars_begin_at_zero() {
    let row = |percent: f64| BulletRow {
        label: "A".into(),
        percent: super::Value::At(percent),
        percent_label: String::new(),
        pair: String::new(),
        met: true,
    };
    let bullet = Bullet {
        head: head(),
        plan_label: "100%".into(),
        pair_label: String::new(),
        rows: vec![row(50.0), row(100.0), row(0.0)],
    };
    let svg = bullet.draw(Format::Wide);
    let bars: Vec<f64> = tags(&svg, "rect").map(|tag| number_of(tag, "width")).collect();
    assert_eq!(bars.len(), 2, "zero has no bar");
    assert!((bars[0] * 2.0 - bars[1]).abs() <= 0.2, "half as long: {bars:?}");
}

#[test]
fn the_bars_of_a_waterfall_lead_from_the_earlier_value_to_the_later() {
    let step = |change: f64| Step { name: "Xã".into(), change, label: number::signed(change as i64, 0), rest: false };
    let end = |name: &str, at: f64| (name.to_owned(), at, number::whole(at as i64));
    let chart = Waterfall {
        head: head(),
        from: end("Năm 2029", 100.0),
        to: end("Năm 2030", 107.0),
        steps: vec![step(12.0), step(-5.0)],
    };
    let svg = chart.draw(Format::Wide);
    let bars: Vec<(f64, f64)> =
        tags(&svg, "rect").map(|tag| (number_of(tag, "x"), number_of(tag, "x") + number_of(tag, "width"))).collect();
    let marks: Vec<f64> = tags(&svg, "circle").map(|tag| number_of(tag, "cx")).collect();
    assert!((bars[0].0 - marks[0]).abs() <= 0.2 && (bars[0].1 - bars[1].1).abs() <= 0.2, "{bars:?} {marks:?}");
    assert!((bars[1].0 - marks[1]).abs() <= 0.2, "{bars:?} {marks:?}");
}

#[test]
fn the_parts_of_a_share_fill_the_bar() {
    let rows = vec![SharesRow { name: String::new(), counts: Ok(vec![6, 3, 0, 1]) }];
    let parts = ["đúng hạn", "muộn", "trả lại", "chưa nộp"].map(String::from).to_vec();
    let svg = Shares { head: head(), parts, rows }.draw(Format::Wide);
    let bars: Vec<f64> = tags(&svg, "rect").skip(4).map(|tag| number_of(tag, "width")).collect();
    assert_eq!(bars.len(), 3, "nothing has no part");
    assert!((bars.iter().sum::<f64>() - 759.0).abs() < 4.0 && (bars[0] - 2.0 * bars[1]).abs() < 2.0, "{bars:?}");
}
