//! Writes a page with every kind of chart, to be looked at: `cargo run --example gallery -- OUT.html CSS-FOLDER [slide]`.
//!
//! Ordinary figures first, then the cases in which charts usually break. All figures are invented.

use std::fmt::Write as _;

use tongket::site::chart::bullet::{Bullet, BulletRow};
use tongket::site::chart::columns::{Columns, Stack};
use tongket::site::chart::control::{Control, ControlPoint};
use tongket::site::chart::dumbbell::{Dumbbell, DumbbellRow};
use tongket::site::chart::funnel::{Funnel, FunnelPoint, Limits};
use tongket::site::chart::interval::{Interval, IntervalGroup, IntervalRow, Stance};
use tongket::site::chart::multiples::{Mini, shared_range};
use tongket::site::chart::ranked::{Ranked, RankedRow};
use tongket::site::chart::shares::{Shares, SharesRow};
use tongket::site::chart::sparkline::Sparkline;
use tongket::site::chart::squares::{Fill, SquarePart, Squares};
use tongket::site::chart::strip::{Strip, StripRow};
use tongket::site::chart::timeline::{Lane, Milepost, Timeline};
use tongket::site::chart::trend::{Break, Plan, Series, Trend};
use tongket::site::chart::waterfall::{Step, Waterfall};
use tongket::site::chart::{Drawing, Group, HATCH, Head, Measure, Periods, Point, Value};
use tongket::vocabulary::number;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().unwrap_or_else(|| "gallery.html".to_owned());
    let css = arguments.next().unwrap_or_else(|| ".".to_owned());
    let slides = arguments.next().is_some();
    let mut page = format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>Biểu đồ</title>\
         <link rel=\"stylesheet\" href=\"{css}/tongket.css\">\
         <body>{HATCH}<div class=\"wrap\">"
    );
    for (at, (name, drawing)) in drawings(slides).into_iter().enumerate() {
        let class = if slides { "slide" } else { "fig" };
        let _ = write!(
            page,
            "<section class=\"{class}\" id=\"f{at}\"><h3 class=\"fig-title\">{name}</h3><div class=\"body\">{}{}</div></section>",
            drawing.wide, drawing.narrow
        );
    }
    if !slides {
        let _ = write!(page, "<h3>Đồ thị nhỏ</h3><ul class=\"multiples\">");
        for (name, mini) in minis() {
            let _ = write!(page, "<li><p class=\"nm\">{name}</p>{mini}</li>");
        }
        let _ = write!(page, "</ul><h3>Trong bảng</h3><table>");
        for reached in [0, 3, 5] {
            let _ = write!(page, "<tr><th>Bước {reached}</th><td><i class=\"b{reached}\"></i></td></tr>");
        }
        for (name, spark) in sparklines() {
            let _ = write!(page, "<tr><th>{name}</th><td>{spark}</td></tr>");
        }
        let _ = write!(page, "</table>");
    }
    let _ = write!(page, "</div></body></html>");
    std::fs::write(out, page)
}

fn head(id: &str, title: &str) -> Head {
    Head { id: id.to_owned(), title: title.to_owned(), summary: String::new() }
}

fn quarters(years: std::ops::RangeInclusive<u32>, now: u32) -> Periods {
    let group = |year: u32| Group {
        label: year.to_string(),
        slots: ["I", "II", "III", "IV"].map(String::from).to_vec(),
        ahead: year > now,
    };
    Periods { groups: years.map(group).collect() }
}

fn percent(tenths: i64) -> Point {
    Point::at(tenths as f64 / 10.0, format!("{}%", number::fixed(tenths, 1)))
}

fn plain(tenths: i64) -> Point {
    Point::at(tenths as f64 / 10.0, number::fixed(tenths, 1))
}

fn count(value: i64) -> Point {
    Point::at(value as f64, number::whole(value))
}

fn plan(steps: &[i64]) -> Option<Plan> {
    let step = |&tenths: &i64| Some((tenths as f64 / 10.0, format!("{}%", tenths / 10)));
    Some(Plan { name: "Kế hoạch".into(), steps: steps.iter().map(step).collect() })
}

fn trend(id: &str, periods: Periods, measure: Measure, series: Vec<Series>) -> Trend {
    Trend {
        head: head(id, "Tỷ lệ có việc làm"),
        periods,
        measure,
        series,
        context: None,
        plan: None,
        pace: false,
        breaks: Vec::new(),
    }
}

fn series(name: &str, points: Vec<Point>) -> Series {
    Series { name: name.into(), points }
}

fn drawings(slides: bool) -> Vec<(&'static str, Drawing)> {
    let mut all = Vec::new();
    let mut trends: Vec<(&'static str, Trend)> = Vec::new();

    let mut points: Vec<Point> = [614, 626].map(percent).to_vec();
    points.push(Point::absent(Value::Missing).with_note("Quý III/2026: mới nhận 11/22 xã, chưa đủ để tổng hợp"));
    points.extend([648, 652, 661, 672, 687, 689, 702, 710, 732, 726, 739, 748].map(percent));
    points.push(percent(763).with_status("sơ bộ"));
    let mut quarterly = trend("t1", quarters(2026..=2030, 2029), Measure::percent(), vec![series("Toàn tỉnh", points)]);
    quarterly.plan = plan(&[640, 670, 710, 750, 800]);
    trends.push(("Quý, kế hoạch bậc thang, một kỳ thiếu", quarterly.clone()));

    quarterly.head.id = "t2".into();
    quarterly.pace = true;
    quarterly.breaks = vec![Break { at: 6.67, label: "01/9/2027: thành phường".into() }];
    quarterly.context = Some(series("Toàn tỉnh", (0..16).map(|at| percent(600 + at * 9)).collect()));
    quarterly.series[0].name = "Phường Bến Thượng".into();
    trends.push(("Có mức chung, mốc đổi địa giới, nhịp cần đạt", quarterly));

    let years = || Periods::years((2026..=2030).map(|year| year.to_string()));
    let mut yearly = trend(
        "t3",
        years(),
        Measure::percent(),
        vec![series("Toàn tỉnh", vec![percent(648), percent(687), percent(732), percent(763).with_status("sơ bộ")])],
    );
    yearly.plan = plan(&[640, 670, 710, 750, 800]);
    yearly.pace = true;
    trends.push(("Năm, nhịp đến 2030", yearly));

    let four = vec![
        series("Toàn tỉnh", [648, 687, 732, 763].map(plain).to_vec()),
        series("Phường", [749, 791, 838, 823].map(plain).to_vec()),
        series("Xã đồng bằng", [634, 672, 721, 767].map(plain).to_vec()),
        series("Xã miền núi", [620, 656, 699, 685].map(plain).to_vec()),
    ];
    trends.push((
        "Bốn nhóm",
        trend("t4", Periods::years((2026..=2029).map(|y| y.to_string())), Measure::percent(), four),
    ));

    let money = vec![series("Quỹ", [850, 1240, 1490, 2210].map(|v| count(v * 1_000)).to_vec())];
    trends.push(("Số lớn, đơn vị là chữ", trend("t5", years(), Measure::count("triệu đồng"), money)));

    let alike = vec![series("Toàn tỉnh", [1000; 16].map(percent).to_vec())];
    trends.push(("Mọi giá trị bằng nhau, 100%", trend("t6", quarters(2026..=2029, 2029), Measure::percent(), alike)));

    trends.push(("Một điểm", trend("t7", years(), Measure::percent(), vec![series("Toàn tỉnh", vec![percent(648)])])));

    let none = vec![
        Point::absent(Value::Missing),
        Point::absent(Value::Hidden),
        Point::absent(Value::NotApplicable),
        Point::absent(Value::Missing),
        Point::absent(Value::Missing),
    ];
    trends.push(("Không có giá trị nào", trend("t8", years(), Measure::percent(), vec![series("Xã Nậm Hương", none)])));

    let gaps = [Some(12), None, Some(0), Some(7), None, None, Some(9), Some(31)];
    let gaps = gaps.map(|value| value.map_or(Point::absent(Value::Missing), count)).to_vec();
    let mut gappy = trend("t9", quarters(2026..=2027, 2027), Measure::count("vụ"), vec![series("Xã", gaps)]);
    gappy.plan = Some(Plan { name: "Kế hoạch".into(), steps: vec![None, Some((10.0, "10".into()))] });
    trends.push(("Nhiều quãng trống, có số 0", gappy));

    let close = vec![
        series("Xã Lạc Thủy Đông Thượng", [700, 702].map(plain).to_vec()),
        series("Đặc khu Hòn Ngọc", [701, 701].map(plain).to_vec()),
        series("Xã Mường Sáng", [699, 700].map(plain).to_vec()),
        series("Phường Bến Thượng", vec![Point::absent(Value::Missing), plain(700).with_status("ước")]),
    ];
    trends.push(("Bốn đường sát nhau, tên dài", trend("t10", years(), Measure::percent(), close)));

    for (name, chart) in trends {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in bullets() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in intervals() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in columns() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in shares() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in waterfalls() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    let chart = timeline();
    all.push(("Dòng thời gian", if slides { chart.slide() } else { chart.drawing() }));
    for (name, chart) in squares() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in ranked() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in dumbbells() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    for (name, chart) in strips() {
        all.push((name, if slides { chart.slide() } else { chart.drawing() }));
    }
    if !slides {
        all.push(("Phễu, 12 đơn vị", funnel("f1", 8).drawing()));
        all.push(("Phễu, 124 đơn vị, hai đơn vị sát nhau", funnel("f2", 120).drawing()));
        all.push(("Dao động từng quý, một kỳ thiếu", control("d1", false).drawing()));
        all.push(("Dao động, giới hạn tạm", control("d2", true).drawing()));
        all.push(("Kế hoạch sát đáy trục", {
            let points = vec![series("Toàn tỉnh", [40, 62, 71, 90].map(percent).to_vec())];
            let mut low =
                trend("t20", Periods::years((2026..=2030).map(|y| y.to_string())), Measure::percent(), points);
            low.plan = plan(&[50, 40, 30, 20, 10]);
            low.drawing()
        }));
    }
    all
}

fn bullets() -> Vec<(&'static str, Bullet)> {
    let row = |label: &str, done: i64, planned: i64| BulletRow {
        label: label.into(),
        percent: number::rounded(done, planned, 100, 1).map_or(Value::NotApplicable, |v| Value::At(v as f64 / 10.0)),
        percent_label: number::percent(done, planned).map_or("x".into(), |value| format!("{value}%")),
        pair: format!("{} / {}", number::whole(done), number::whole(planned)),
        met: done >= planned,
    };
    let bullet = |id: &str, rows: Vec<BulletRow>| Bullet {
        head: head(id, "Thực hiện so với kế hoạch năm 2029"),
        plan_label: "Kế hoạch = 100%".into(),
        pair_label: "thực hiện / kế hoạch".into(),
        rows,
    };
    let usual = vec![
        row("Vay vốn", 127, 120),
        row("An toàn về ANTT", 827, 800),
        row("Mô hình THNCĐ", 31, 30),
        row("Hướng dẫn xóa án tích", 412, 400),
        row("KDC loại Khá trở lên", 931, 950),
        row("Được phân công giúp đỡ", 974, 1000),
        row("Dạy nghề", 186, 220),
    ];
    let mut odd = vec![
        row("Số người chấp hành xong án phạt tù được vay vốn giải quyết việc làm, ổn định cuộc sống", 3_640, 1_000),
        row("Không giao kế hoạch", 12, 0),
        row("Chưa có ai", 0, 25),
        row("Vừa đủ", 25, 25),
    ];
    for (label, value) in [("Chưa báo cáo", Value::Missing), ("Không công bố", Value::Hidden)] {
        odd.push(BulletRow {
            label: label.into(),
            percent: value,
            percent_label: "".into(),
            pair: "… / 30".into(),
            met: false,
        });
    }
    let many = (1..=30).map(|at| row(&format!("Chỉ tiêu số {at}"), at * 4, 100)).collect();
    vec![
        ("So với kế hoạch", bullet("b1", usual)),
        ("Tên dài, vượt xa, không kế hoạch, thiếu", bullet("b2", odd)),
        ("Một chỉ tiêu", bullet("b3", vec![row("Dạy nghề", 186, 220)])),
        ("Ba mươi chỉ tiêu", bullet("b4", many)),
    ]
}

const UNITS: [&str; 12] = [
    "Xã An Thịnh",
    "Xã Ân Hòa",
    "Phường Bến Thượng",
    "Xã Bình Lư",
    "Phường Cầu Vân",
    "Phường Đông Kha",
    "Xã Minh Sơn",
    "Xã Mường Sáng",
    "Xã Nậm Hương",
    "Xã Phú Khê",
    "Xã Xuân Mỹ",
    "Đặc khu Hòn Ngọc",
];

fn intervals() -> Vec<(&'static str, Interval)> {
    let row = |name: &str, hits: i64, all: i64| {
        let (p, n) = (hits as f64 / all as f64, all as f64);
        let wilson = |z: f64| {
            let (centre, wing) = (p + z * z / (2.0 * n), z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt());
            (100.0 * (centre - wing) / (1.0 + z * z / n), 100.0 * (centre + wing) / (1.0 + z * z / n))
        };
        IntervalRow {
            name: name.into(),
            at: 100.0 * p,
            thick: wilson(1.96),
            thin: wilson(3.09),
            label: format!("{}%", number::percent(hits, all).unwrap_or_default()),
            parts: format!("{hits}/{all}"),
        }
    };
    let group = |title: &str, stance, rows: Vec<IntervalRow>| IntervalGroup {
        title: format!("{title}: {} đơn vị", rows.len()),
        stance,
        rows,
    };
    let interval = |id: &str, groups| Interval {
        head: head(id, "Tỷ lệ có việc làm năm 2029 theo đơn vị"),
        measure: Measure::percent(),
        reference: Some((76.3, "Toàn tỉnh 76,3%".into())),
        columns: ["tỷ lệ".into(), "người".into()],
        groups,
    };
    let alike = UNITS[2..].iter().enumerate().map(|(at, name)| row(name, 43 + at as i64 * 7, 58 + at as i64 * 9));
    let usual = vec![
        group(
            "Cao hơn rõ so với mức chung",
            Stance::Higher,
            vec![row("Phường Tân Lập", 126, 142), row("Xã Xuân Mỹ", 80, 88)],
        ),
        group("Chưa thấy khác mức chung của tỉnh", Stance::Alike, alike.collect()),
        group("Thấp hơn rõ so với mức chung", Stance::Lower, vec![row("Xã An Thịnh", 47, 85)]),
    ];
    let crowd = (0..45).map(|at| {
        let name = if at % 9 == 0 {
            "Đặc khu Hòn Ngọc – Quần đảo Thượng Hải Vân".to_owned()
        } else {
            format!("{} {at}", UNITS[at % 12])
        };
        row(&name, 3 + at as i64, 4 + at as i64 + at as i64 % 5)
    });
    vec![
        ("Ba nhóm theo tên", interval("i1", usual)),
        (
            "Bốn mươi lăm đơn vị, tên dài",
            interval("i2", vec![group("Chưa thấy khác mức chung của tỉnh", Stance::Alike, crowd.collect())]),
        ),
        ("Một đơn vị", interval("i3", vec![group("Chưa thấy khác", Stance::Alike, vec![row("Xã Minh Sơn", 5, 5)])])),
        ("Không đơn vị nào", interval("i4", Vec::new())),
    ]
}

fn columns() -> Vec<(&'static str, Columns)> {
    let stack = |(on_time, late, missing)| Stack { on_time, late, missing };
    let chart = |id: &str, periods, stacks: Vec<Stack>| Columns {
        head: head(id, "Số đơn vị nộp đúng hạn, nộp muộn và chưa nộp"),
        periods,
        stacks,
        names: ["đúng hạn", "muộn", "chưa nộp"].map(String::from),
    };
    let usual = [
        (16, 4, 2),
        (14, 5, 3),
        (8, 3, 11),
        (15, 7, 0),
        (20, 3, 1),
        (16, 5, 3),
        (14, 8, 2),
        (14, 8, 2),
        (19, 4, 1),
        (18, 5, 1),
        (19, 5, 0),
        (22, 2, 0),
        (20, 4, 0),
        (21, 3, 0),
        (21, 3, 0),
        (19, 3, 2),
    ];
    let mut partly = vec![Stack::default(), stack((1, 0, 0)), stack((0, 0, 3))];
    partly.push(stack((1_450, 1_200, 671)));
    vec![
        ("Nộp báo cáo theo quý", chart("c1", quarters(2026..=2029, 2029), usual.map(stack).to_vec())),
        (
            "Theo năm",
            chart(
                "c2",
                Periods::years((2026..=2030).map(|y| y.to_string())),
                [(20, 2, 2), (21, 3, 0)].map(stack).to_vec(),
            ),
        ),
        ("Không đến hạn, số rất lớn", chart("c3", quarters(2026..=2026, 2026), partly)),
        ("Chưa có gì", chart("c4", quarters(2026..=2026, 2026), Vec::new())),
    ]
}

fn strips() -> Vec<(&'static str, Strip)> {
    let row = |label: &str, direction: &str, others: Vec<f64>, this: Value, value: &str| {
        let mut sorted: Vec<f64> = others.iter().copied().chain(this.known()).collect();
        sorted.sort_by(f64::total_cmp);
        let quantile = |share: f64| sorted.get(((sorted.len().max(1) - 1) as f64 * share).round() as usize).copied();
        let written = |value: Option<f64>| value.map_or(String::new(), |v| number::fixed((v * 10.0).round() as i64, 1));
        StripRow {
            label: label.into(),
            direction: direction.into(),
            this,
            value_label: value.into(),
            median: quantile(0.5),
            middle_half: quantile(0.25).zip(quantile(0.75)),
            ends: [written(sorted.first().copied()), written(sorted.last().copied())],
            others,
        }
    };
    let spread: Vec<f64> = vec![
        55.3, 59.0, 70.3, 72.0, 72.1, 73.6, 73.8, 75.4, 75.4, 76.0, 76.1, 76.9, 77.3, 79.2, 79.7, 80.2, 88.7, 90.9,
    ];
    let tied: Vec<f64> = vec![100.0, 100.0, 100.0, 100.0, 100.0, 98.0, 98.1, 97.9, 92.0, 90.0, 100.0, 100.0];
    vec![(
        "Vị trí giữa các đơn vị",
        Strip {
            head: head("s1", "Vị trí của xã Minh Sơn"),
            rows: vec![
                row("Có việc làm", "cao hơn là tốt", spread.clone(), Value::At(80.6), "80,6%"),
                row("Được phân công giúp đỡ", "", tied, Value::At(93.1), "93,1%"),
                row(
                    "Tỷ lệ khu dân cư, cơ quan, đơn vị đạt tiêu chuẩn “An toàn về an ninh, trật tự”",
                    "cao hơn là tốt",
                    spread.clone(),
                    Value::Missing,
                    "",
                ),
                row("Mọi đơn vị như nhau", "", vec![50.0; 12], Value::At(50.0), "50,0%"),
                row("Chỉ một mình", "", vec![], Value::At(50.0), "50,0%"),
                row("Không công bố", "thấp hơn là tốt", vec![], Value::Hidden, ""),
            ],
        },
    )]
}

fn squares() -> Vec<(&'static str, Squares)> {
    let chart = |id: &str, counts: [u32; 3]| {
        let parts =
            counts.into_iter().zip([("đúng hạn", Fill::Solid), ("muộn", Fill::Hatched), ("chưa nộp", Fill::Open)]);
        let part = |(count, (name, fill))| SquarePart { count, label: format!("{count} {name}"), fill };
        Squares { head: head(id, "Nộp báo cáo năm 2029"), parts: parts.map(part).collect() }
    };
    vec![
        ("Mỗi ô một đơn vị", chart("q1", [19, 3, 2])),
        ("Một trăm bảy mươi đơn vị", chart("q2", [121, 31, 18])),
        ("Tên sát nhau", chart("q3", [1, 1, 1])),
        ("Đều đúng hạn", chart("q4", [12, 0, 0])),
        ("Không đơn vị nào", chart("q5", [0, 0, 0])),
    ]
}

fn ranked() -> Vec<(&'static str, Ranked)> {
    let row = |name: &str, value: i64| RankedRow {
        name: name.into(),
        value: Value::At(value as f64),
        label: number::whole(value),
        ours: name == "Xã Minh Sơn",
    };
    let chart = |id: &str, rows, reference| Ranked {
        head: head(id, "Số tin báo"),
        measure: Measure::count("tin"),
        reference,
        rows,
    };
    let mut usual: Vec<RankedRow> =
        UNITS.iter().enumerate().map(|(at, name)| row(name, 1_260 - at as i64 * 97)).collect();
    usual[8].value = Value::Missing;
    usual[9].value = Value::Hidden;
    (usual[8].label, usual[9].label) = (String::new(), String::new());
    let rules = [
        ("R04 Đầu kỳ + tăng − giảm khác cuối kỳ", 14),
        ("R11 Số trong kỳ lớn hơn lũy kế từ đầu năm", 9),
        ("R27 Không có họ tên", 0),
    ];
    vec![
        ("Theo đơn vị, một đơn vị được nêu", chart("r1", usual, Some((702.0, "Trung vị 702".into())))),
        ("Theo quy tắc", chart("r2", rules.iter().map(|(name, count)| row(name, *count)).collect(), None)),
        ("Đều bằng không", chart("r3", vec![row("Xã An Thịnh", 0), row("Xã Ân Hòa", 0)], None)),
    ]
}

fn dumbbells() -> Vec<(&'static str, Dumbbell)> {
    let row = |name: &str, before: i64, after: i64| {
        let change = after - before;
        let point = |tenths: i64| (tenths as f64 / 10.0, number::fixed(tenths, 1));
        let verdict = if change > 100 {
            Some("Tăng rõ rệt")
        } else if change < -100 {
            Some("Giảm rõ rệt")
        } else {
            None
        };
        DumbbellRow {
            name: name.into(),
            before: point(before),
            after: point(after),
            change: number::signed(change, 1),
            verdict: verdict.map(String::from),
        }
    };
    let chart = |id: &str, rows| Dumbbell {
        head: head(id, "Tỷ lệ có việc làm năm 2028 và năm 2029"),
        measure: Measure::percent(),
        periods: ["Năm 2028".into(), "Năm 2029".into()],
        change_unit: ["điểm phần trăm".into(), "điểm %".into()],
        rows,
    };
    let mut usual = vec![row("Xã Xuân Mỹ", 744, 909)];
    usual.extend(UNITS[1..10].iter().enumerate().map(|(at, name)| row(name, 700 + at as i64 * 9, 763 - at as i64 * 3)));
    usual.push(row("Xã An Thịnh", 718, 553));
    vec![
        ("Hai năm", chart("d1", usual)),
        (
            "Không đổi",
            chart(
                "d2",
                vec![row("Đặc khu Hòn Ngọc – Quần đảo Thượng Hải Vân", 1000, 1000), row("Xã Ân Hòa", 1000, 1000)],
            ),
        ),
    ]
}

/// Units between the limits of chance; the last four stand out, two of them side by side.
fn funnel(id: &str, units: u32) -> Funnel {
    let level = 0.763;
    let limit = |deviations: f64| -> Vec<(f64, f64, f64)> {
        let reach = |size: f64| deviations * (level * (1.0 - level) / size).sqrt();
        let at = |step: u32| f64::from(step * 10);
        let of = |size: f64| (size, (level - reach(size)).max(0.0) * 100.0, (level + reach(size)).min(1.0) * 100.0);
        (1..=18).map(|step| of(at(step))).collect()
    };
    let alike = (0..units).map(|at| {
        let (size, value) = (12.0 + f64::from(at * 37 % 150), 70.0 + f64::from(at * 53 % 130) / 10.0);
        (format!("Xã {at}"), size, value, Stance::Alike)
    });
    let apart = [
        ("Cẩm Cát".to_owned(), 92.0, 51.1, Stance::Lower),
        ("Thanh Trạch".to_owned(), 96.0, 52.1, Stance::Lower),
        ("Quảng Thọ".to_owned(), 140.0, 93.6, Stance::Higher),
        ("An Thịnh Đông Bắc".to_owned(), 176.0, 95.4, Stance::Higher),
    ];
    let point = |(name, size, at, stance): (String, f64, f64, Stance)| FunnelPoint {
        label: format!("{}%", number::fixed((at * 10.0_f64).round() as i64, 1)),
        name,
        size,
        at,
        stance,
    };
    Funnel {
        head: head(id, "Tỷ lệ có việc làm theo quy mô"),
        measure: Measure::percent(),
        size: Measure::count("người thuộc diện"),
        level: (76.3, "Mức chung 76,3%".into()),
        limits: vec![
            Limits { label: "95%".into(), points: limit(1.96) },
            Limits { label: "99,8%".into(), points: limit(3.09) },
        ],
        points: alike.chain(apart).map(point).collect(),
    }
}

/// Quarters between the limits of ordinary variation, with a gap and two marked points.
fn control(id: &str, trial: bool) -> Control {
    let values = [214, 226, 209, 231, 240, 218, 0, 225, 233, 221, 268, 224, 215, 229, 236, 190];
    let point = |(at, value): (usize, &i64)| ControlPoint {
        value: if *value == 0 { Value::Missing } else { Value::At(*value as f64) },
        label: number::whole(*value),
        marked: at == 10 || at == 15,
    };
    Control {
        head: head(id, "Số người được tiếp nhận từng quý"),
        periods: quarters(2026..=2029, 2029),
        measure: Measure { from_zero: false, ..Measure::count("người") },
        centre: (225.0, "Bình quân 225".into()),
        limits: vec![(194.2, "Giới hạn dưới 194,2".into()), (255.8, "Giới hạn trên 255,8".into())],
        trial,
        points: values.iter().enumerate().map(point).collect(),
    }
}

fn minis() -> Vec<(String, String)> {
    let whole = [640, 690, 730, 763];
    let range = shared_range([55.3, 90.9], &Measure::percent());
    let mini = |name: &str, at: usize, points: Vec<Point>| {
        let chart = Mini {
            head: head(&format!("m{at}"), &format!("{name}, tỷ lệ có việc làm")),
            periods: Periods::years((2026..=2029).map(|year| year.to_string())),
            points,
            context: whole.iter().map(|&tenths| Some(tenths as f64 / 10.0)).collect(),
            range,
        };
        (name.to_owned(), chart.draw())
    };
    let missing = || Point::absent(Value::Missing);
    let mut all = vec![
        mini("Xã An Thịnh", 0, [646, 687, 718, 553].map(plain).to_vec()),
        mini("Xã Nậm Hương", 1, vec![plain(605), missing(), plain(700), missing()]),
        mini(
            "Xã Sông Chanh",
            2,
            vec![
                Point::absent(Value::NotApplicable),
                plain(656),
                Point::absent(Value::Hidden),
                plain(754).with_status("ước"),
            ],
        ),
        mini("Xã Minh Sơn", 3, [623, 682, 743, 1000].map(plain).to_vec()),
        mini("Không có", 4, vec![missing(), missing(), missing(), missing()]),
    ];
    let long = Mini {
        head: head("m9", "Xã Phú Khê theo quý"),
        periods: quarters(2026..=2029, 2029),
        points: (0..16).map(|at| if at == 6 { missing() } else { plain(600 + at * 11) }).collect(),
        context: (0..16).map(|at| Some(62.0 + at as f64)).collect(),
        range,
    };
    all.push(("Xã Phú Khê".to_owned(), long.draw()));
    all
}

fn sparklines() -> Vec<(&'static str, String)> {
    let at = Value::At;
    let draw = |values: Vec<Value>, provisional| Sparkline { values, provisional }.draw();
    vec![
        ("Đều", draw(vec![at(1.0), at(2.5), at(3.0), at(3.4)], false)),
        ("Sơ bộ", draw(vec![at(1.0), at(2.5), at(1.9), at(3.4)], true)),
        (
            "Quãng trống",
            draw(vec![at(1.0), Value::Missing, at(2.0), Value::Hidden, Value::NotApplicable, at(3.0), at(2.0)], false),
        ),
        ("Bằng nhau", draw(vec![at(4.0); 8], false)),
        ("Không có", draw(vec![Value::Missing; 4], false)),
        ("Một điểm", draw(vec![at(0.0)], false)),
        ("Rỗng", draw(vec![], false)),
    ]
}

fn shares() -> Vec<(&'static str, Shares)> {
    let row = |name: &str, counts: Result<[u32; 4], Value>| SharesRow {
        name: name.into(),
        counts: counts.map(|counts| counts.to_vec()),
    };
    let parts = ["Nhóm A", "Nhóm B", "Nhóm C", "Nhóm D"].map(String::from).to_vec();
    let years = vec![
        row("2026", Ok([398, 96, 22, 4])),
        row("2027", Ok([402, 101, 30, 9])),
        row("2028", Err(Value::Hidden)),
        row("2029", Ok([0, 0, 0, 0])),
    ];
    let returns = vec![SharesRow { name: String::new(), counts: Ok(vec![9, 2, 1]) }];
    vec![
        ("Cơ cấu qua các năm", Shares { head: head("sh1", "Phân nhóm A–D"), parts, rows: years }),
        (
            "Một thanh",
            Shares {
                head: head("sh2", "Báo cáo chốt kỳ"),
                parts: ["9 đúng hạn", "2 trễ", "1 chưa có"].map(String::from).to_vec(),
                rows: returns,
            },
        ),
    ]
}

fn waterfalls() -> Vec<(&'static str, Waterfall)> {
    let step = |name: &str, tenths: i64, rest: bool| Step {
        name: name.into(),
        change: tenths as f64 / 10.0,
        label: number::signed(tenths, 1),
        rest,
    };
    let end =
        |name: &str, tenths: i64| (name.to_owned(), tenths as f64 / 10.0, format!("{}%", number::fixed(tenths, 1)));
    let steps = vec![
        step("Minh Sơn", 14, false),
        step("Phường Ân Hòa Thượng", -6, false),
        step("Bến Thượng", 5, false),
        step("Còn lại (9 xã)", 8, true),
    ];
    vec![
        (
            "Đóng góp vào thay đổi",
            Waterfall {
                head: head("wf1", "Đóng góp"), from: end("Năm 2029", 767), to: end("Năm 2030", 788), steps
            },
        ),
        (
            "Không thay đổi",
            Waterfall {
                head: head("wf2", "Đóng góp"),
                from: end("Năm 2029", 767),
                to: end("Năm 2030", 767),
                steps: vec![],
            },
        ),
    ]
}

fn timeline() -> Timeline {
    let post = |at: f64, label: &str, past: bool| Milepost { at, label: label.into(), past };
    Timeline {
        head: head("tl1", "Dòng thời gian"),
        years: (2026..=2030).map(|year| year.to_string()).collect(),
        today: Some((3.1, "20/01".into())),
        lanes: vec![
            Lane {
                name: "Mốc của kế hoạch".into(), marks: vec![post(0.23, "06/3", true), post(0.29, "31/3", true)]
            },
            Lane {
                name: "Sơ kết, tổng kết".into(),
                marks: vec![post(3.0, "2026–2028", true), post(5.0, "2026–2030", false)],
            },
        ],
    }
}
