//! How differences are told from chance: intervals, funnel, change, trend, control chart, shrinkage, peers.

use super::{Section, example};
use crate::analysis::change::{Signal, of_counts, of_proportions};
use crate::analysis::control;
use crate::analysis::{Silence, wording};
use crate::definitions::ComparisonRules;
use crate::site::book::Book;
use crate::site::signals::own;
use crate::site::view::block::Block;
use crate::site::words;
use crate::statistics::change::{CLEAR, CLEAR_IN_A_LIST, mid_p};
use crate::statistics::control::xmr;
use crate::statistics::funnel::{Stance, of_count_among_unlike, of_proportion};
use crate::statistics::interval::{self, Confidence};
use crate::statistics::shrink::marshall;
use crate::statistics::trend::{mann_kendall, theil_sen};
use crate::vocabulary::number::{estimate, whole};

/// The sections, in reading order.
pub fn sections(book: &Book<'_>) -> Vec<Block> {
    let rules = book.rules();
    [
        proportions(),
        counts(),
        funnel(book, rules),
        change(rules),
        trend(rules),
        control_chart(rules),
        shrinkage(),
        peers(book, rules),
    ]
    .map(Section::block)
    .into()
}

fn range((low, high): (f64, f64), decimals: u32, unit: &str) -> String {
    format!("{}{unit}–{}{unit}", estimate(low, decimals), estimate(high, decimals))
}

/// A chance as it is written: `4,2%`, `0,03%`.
fn chance(p: f64) -> String {
    match p {
        small if small < 0.0001 => "dưới 0,01%".into(),
        small => {
            let text = estimate(100.0 * small, if small < 0.01 { 2 } else { 1 });
            format!("{}%", text.trim_end_matches('0').trim_end_matches(','))
        }
    }
}

fn proportions() -> Section {
    let shown = |x: i64, n: i64| {
        let of = |confidence| {
            let (low, high) = interval::wilson(x as f64, n as f64, confidence);
            range((100.0 * low, 100.0 * high), 2, "%")
        };
        vec![format!("{x}/{n}"), of(Confidence::P95), of(Confidence::P998)]
    };
    Section {
        id: "khoang-tin-cay",
        title: "Khoảng tin cậy của tỷ lệ (Wilson)",
        question: "Tỷ lệ tính từ ít trường hợp thì tin được đến đâu?",
        rule: vec![
            "Mỗi tỷ lệ kèm một khoảng: nếu chỉ có ngẫu nhiên, tỷ lệ thực nằm trong khoảng 95% (hoặc 99,8%). Dùng khoảng Wilson, đúng cả khi số nhỏ, không bao giờ ra ngoài 0–100%.".into(),
            format!("{}.", wording::INTERVAL_HELP),
        ],
        tables: vec![example(
            "Ví dụ: khoảng tin cậy của tỷ lệ",
            "Chương trình tính",
            &["Tử số/mẫu số", "Khoảng 95%", "Khoảng 99,8%"],
            vec![shown(1, 8), shown(0, 12), shown(12, 12), shown(65, 100)],
        )],
        edges: vec![
            "Tử số bằng 0: khoảng bắt đầu từ 0%. Tử số bằng mẫu số: khoảng kết thúc ở 100%.".into(),
            "Mẫu số bằng 0: không có tỷ lệ, không có khoảng.".into(),
        ],
        source: "Wilson 1927; cách tính như hồ sơ y tế công cộng Anh (PHEindicatormethods 2.1.0).".into(),
    }
}

fn counts() -> Section {
    let shown = |x: i64| {
        let of = |confidence| range(interval::count(x as f64, confidence), 2, "");
        let how = if x < 10 { "chính xác (Poisson)" } else { "Byar" };
        vec![whole(x), how.to_owned(), of(Confidence::P95), of(Confidence::P998)]
    };
    Section {
        id: "so-nho",
        title: "Số đếm nhỏ (Byar, chính xác)",
        question: "Một số đếm nhỏ dao động đến đâu dù không có gì thay đổi?",
        rule: vec![
            "Số đếm kèm khoảng của mức thực: dưới 10 dùng giới hạn Poisson chính xác, từ 10 dùng công thức Byar.".into(),
        ],
        tables: vec![example(
            "Ví dụ: khoảng của số đếm",
            "Chương trình tính",
            &["Số đếm", "Cách tính", "Khoảng 95%", "Khoảng 99,8%"],
            vec![shown(0), shown(3), shown(10), shown(100)],
        )],
        edges: vec!["Số 0 có giới hạn dưới là 0 và vẫn có giới hạn trên: không phát sinh kỳ này không có nghĩa là sẽ không phát sinh.".into()],
        source: "Breslow và Day 1987; PHEindicatormethods 2.1.0.".into(),
    }
}

fn funnel(book: &Book<'_>, rules: &ComparisonRules) -> Section {
    let proportion = |x: i64, n: i64, level: f64| {
        let stance = of_proportion(x as f64, n as f64, level);
        vec![format!("{x}/{n}"), format!("mức chung {}%", estimate(100.0 * level, 1)), own(Ok(stance)).to_owned()]
    };
    let count = |x: u64, expected: f64, spread: f64| {
        let stance: Result<Stance, Silence> = match expected < rules.smallest_expectation as f64 {
            true => Err(Silence::Small),
            false => Ok(of_count_among_unlike(x, expected, spread * spread)),
        };
        let wide = match spread {
            0.0 => String::new(),
            spread => format!("; các xã vốn lệch {}%", estimate(100.0 * spread, 0)),
        };
        vec![x.to_string(), format!("kỳ vọng {}{wide}", estimate(expected, 1)), own(stance).to_owned()]
    };
    let measured: Vec<String> = {
        let mut bases: Vec<_> = rules.expected_from.values().collect();
        bases.dedup();
        bases.sort();
        bases.dedup();
        bases.into_iter().filter_map(|base| book.measure(base)).map(|base| words::inside(&base.title)).collect()
    };
    let mut rule = vec![
        format!("Mỗi xã được so với mức chung. Tỷ lệ: cả khoảng Wilson 99,8% phải nằm về một phía của mức chung thì mới ghi “{}” hoặc “{}”.", own(Ok(Stance::High)), own(Ok(Stance::Low))),
        "Số đếm: so với số kỳ vọng, là số của xã nếu cũng theo mức chung. Khi các xã vốn khác nhau, giới hạn được nới rộng theo độ lệch đó (gamma-Poisson).".into(),
        format!("Cần ít nhất {} trường hợp kỳ vọng. Độ phân tán φ trên {} hoặc các xã lệch nhau trên {}% thì không so: “{}”.", rules.smallest_expectation, rules.widest_dispersion, rules.widest_spread, wording::UNLIKE),
        "Ba nhóm xếp theo tên, không xếp hạng. Mức 95% chỉ ghi “theo dõi” ở trang của chính đơn vị: trong danh sách nhiều xã, mức đó báo nhầm quá nhiều.".into(),
    ];
    if !measured.is_empty() {
        rule.push(format!(
            "Số kỳ vọng tính theo: {}. Số đếm không khai báo cách tính kỳ vọng thì không so giữa các xã.",
            words::list(&measured)
        ));
    }
    Section {
        id: "pheu",
        title: "Biểu đồ phễu",
        question: "Xã này có khác mức chung, hay chỉ vì số nhỏ?",
        rule,
        tables: vec![example(
            "Ví dụ: so với mức chung",
            "Chương trình tính",
            &["Số của xã", "So với", "Kết luận"],
            vec![
                proportion(58, 72, 0.763),
                proportion(47, 85, 0.763),
                count(0, 3.6, 0.0),
                count(0, 8.0, 0.0),
                count(30, 12.0, 0.0),
                count(30, 12.0, 0.5),
            ],
        )],
        edges: vec![
            format!("{}: khi số kỳ vọng dưới {}.", wording::SMALL, rules.smallest_expectation),
            "Xã thiếu báo cáo hoặc có số không công bố thì không được đánh giá, chỉ ghi lý do.".into(),
        ],
        source: "Spiegelhalter 2005; cờ như PHEindicatormethods 2.1.0; φ như FunnelPlotR; nới rộng theo Marshall 1991."
            .into(),
    }
}

fn change(rules: &ComparisonRules) -> Section {
    let count = |before: u64, now: u64| {
        let verdict = of_counts(now, before, rules);
        let p = mid_p(now, before, (1.0, 1.0));
        let list = verdict.listed().text();
        vec![format!("{before} rồi {now}"), chance(p), verdict.alone().text().to_owned(), list.to_owned()]
    };
    let share = |before: (i64, i64), now: (i64, i64)| {
        let verdict = of_proportions(now, before, rules);
        let float = |(x, n): (i64, i64)| (x as f64, n as f64);
        let (low, high) = interval::difference(float(now), float(before), Confidence::P95);
        vec![
            format!("{}/{} rồi {}/{}", before.0, before.1, now.0, now.1),
            format!("chênh {} điểm", range((100.0 * low, 100.0 * high), 1, "")),
            verdict.alone().text().to_owned(),
            verdict.listed().text().to_owned(),
        ]
    };
    Section {
        id: "thay-doi",
        title: "Thay đổi giữa hai kỳ",
        question: "Tăng từ 2 lên 8 có phải là tăng thật?",
        rule: vec![
            format!(
                "Số đếm: tính khả năng ngẫu nhiên tạo ra chênh lệch như vậy (mid-P). Dưới {} thì ghi “{}” hoặc “{}” ở trang của một đơn vị; trong danh sách nhiều đơn vị, nhiều chỉ tiêu phải dưới {}.",
                chance(CLEAR),
                Signal::Up.text(),
                Signal::Down.text(),
                chance(CLEAR_IN_A_LIST)
            ),
            format!(
                "Tỷ lệ: khoảng của hiệu hai tỷ lệ (Newcombe) phải không chứa 0. Ngoài ra ghi “{}”.",
                wording::CHANGE_NONE
            ),
            "Chỉ so cùng kỳ năm trước và kỳ trước, trên cùng các xã có đủ số liệu cả hai kỳ.".into(),
        ],
        tables: vec![example(
            "Ví dụ: hai kỳ",
            "Chương trình tính",
            &["Kỳ trước rồi kỳ này", "Khả năng do ngẫu nhiên", "Ở trang một đơn vị", "Trong danh sách"],
            vec![
                count(2, 8),
                count(2, 9),
                count(5, 14),
                count(20, 35),
                count(4, 0),
                count(100, 130),
                share((45, 60), (58, 72)),
                share((48, 80), (56, 70)),
            ],
        )],
        edges: vec![
            format!("Hai kỳ cộng lại dưới {} trường hợp: {}.", rules.fewest_events, words::inside(wording::SMALL)),
            format!("{}.", wording::NO_BASE),
            format!("{}.", wording::NO_COMPARE),
            "Số tiền, xếp loại và số đếm đi theo cụm (nhiều lượt của cùng một người) không kiểm định.".into(),
        ],
        source: "Lancaster 1961 (mid-P); Newcombe 1998, phương pháp 10.".into(),
    }
}

/// The published example of the Mann–Kendall test (EPA QA/G-9S).
const RISING: [f64; 11] = [10.0, 10.0, 10.0, 5.0, 10.0, 20.0, 18.0, 17.0, 15.0, 24.0, 15.0];

/// The published example of a control chart with one wild point (NHSRplotthedots).
const WILD: [f64; 18] = [1.0, 2.0, 1.0, 2.0, 10.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0];

fn listed(values: &[f64]) -> String {
    values.iter().map(|value| estimate(*value, 0)).collect::<Vec<_>>().join("; ")
}

fn trend(rules: &ComparisonRules) -> Section {
    let test = mann_kendall(&RISING).expect("the example has eleven values");
    let points: Vec<(f64, f64)> = (0..).map(f64::from).zip(RISING).collect();
    let line = theil_sen(&points).expect("the example has eleven times");
    let verdict = if test.p < crate::statistics::trend::CLEAR { wording::TREND_UP } else { wording::TREND_NONE };
    let row = |what: &str, value: String| vec![what.to_owned(), value];
    Section {
        id: "xu-huong",
        title: "Xu hướng",
        question: "Qua nhiều kỳ, số này đang tăng, đang giảm hay chỉ lên xuống?",
        rule: vec![
            format!(
                "Xét theo quý, hoặc theo nhịp báo cáo của đơn vị, khi có ít nhất {} kỳ và {} trường hợp. Kiểm định Mann–Kendall, mức {}; từ {} quý thì tách riêng từng mùa. Độ dốc là trung vị của các độ dốc giữa hai kỳ (Theil–Sen), tính cho một năm.",
                rules.trend_periods,
                rules.trend_events,
                chance(crate::statistics::trend::CLEAR),
                rules.trend_seasonal
            ),
            format!("Tỷ lệ có đủ {} năm thì xét theo năm (Cochran–Armitage).", rules.trend_years),
        ],
        tables: vec![example(
            "Ví dụ: một chuỗi 11 kỳ",
            "Chương trình tính",
            &["Bước", "Kết quả"],
            vec![
                row("Chuỗi", listed(&RISING)),
                row("S: số cặp tăng trừ số cặp giảm", test.s.to_string()),
                row("Phương sai của S", estimate(test.variance, 2)),
                row("z", estimate(test.z, 3)),
                row("Khả năng do ngẫu nhiên", chance(test.p)),
                row("Độ dốc Theil–Sen, mỗi kỳ", estimate(line.slope, 2)),
                row("Kết luận", verdict.to_owned()),
            ],
        )],
        edges: vec![
            format!("{}.", Silence::Short.told(rules)),
            format!("Mọi giá trị bằng nhau: {}.", words::inside(wording::STEADY)),
            "Kỳ chưa đủ báo cáo là khoảng trống; một kỳ không công bố thì cả chuỗi không được kết luận.".into(),
        ],
        source: "Mann 1945, Kendall 1975, Hirsch và Slack 1982, Sen 1968; ví dụ theo EPA QA/G-9S.".into(),
    }
}

fn control_chart(rules: &ComparisonRules) -> Section {
    let shown = |screened: bool| {
        let chart = xmr(&WILD, screened).expect("the example has eighteen values");
        let marked = WILD.iter().zip(&chart.signals).find(|(_, signal)| control::text(**signal) != wording::CONTROL_IN);
        let told = marked.map_or(wording::CONTROL_IN.to_owned(), |(value, signal)| {
            format!("{}: {}", estimate(*value, 0), words::inside(control::text(*signal)))
        });
        let which = if screened { "Bỏ chênh lệch bất thường (đang dùng)" } else { "Không bỏ" };
        vec![which.to_owned(), estimate(chart.lower, 2), estimate(chart.mean, 2), estimate(chart.upper, 2), told]
    };
    let small = control::limits(&[2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 8.0, 1.0], false, rules);
    let mut tables = vec![example(
        "Ví dụ: giới hạn XmR của một chuỗi 18 kỳ",
        &format!("Chuỗi {}", listed(&WILD)),
        &["Cách tính", "Giới hạn dưới", "Bình quân", "Giới hạn trên", "Tín hiệu"],
        vec![shown(true), shown(false)],
    )];
    if let Ok((chart, true)) = small {
        tables.push(example(
            "Ví dụ: số đếm nhỏ, giới hạn Poisson chính xác",
            "Chuỗi 2; 0; 1; 3; 1; 0; 2; 1; 0; 1; 8; 1",
            &["Bình quân", "Giới hạn trên", "Tín hiệu"],
            vec![vec![
                estimate(chart.mean, 2),
                estimate(chart.upper, 0),
                format!("8: {}", words::inside(wording::CONTROL_OUT)),
            ]],
        ));
    }
    Section {
        id: "kiem-soat",
        title: "Biểu đồ kiểm soát",
        question: "Kỳ này có ra ngoài mức dao động thường ngày của chính chỉ tiêu không?",
        rule: vec![
            format!(
                "Giới hạn là bình quân cộng, trừ 2,66 lần chênh lệch bình quân giữa hai kỳ liền nhau (XmR). Dùng khi có ít nhất {} điểm; từ {} điểm thì ghi “{}”.",
                rules.control_points,
                rules.control_trial,
                wording::CONTROL_TRIAL
            ),
            format!(
                "Bốn tín hiệu: {}; {}; {}; {}.",
                words::inside(wording::CONTROL_OUT),
                wording::CONTROL_TREND,
                wording::CONTROL_NEAR,
                wording::CONTROL_RUN
            ),
            format!(
                "Số đếm có bình quân dưới {} dùng giới hạn Poisson chính xác; tỷ lệ cần mẫu số từ {}.",
                rules.control_mean, rules.control_denominator
            ),
        ],
        tables,
        edges: vec![
            format!("Mọi kỳ bằng nhau: {}.", words::inside(wording::FLAT)),
            "Giới hạn dưới 0 không vẽ. Giới hạn không tự đặt lại; chỉ đặt lại khi có lý do được nêu rõ.".into(),
        ],
        source: "“Making Data Count”, NHS England; cách tính như NHSRplotthedots.".into(),
    }
}

/// Four units with the same true rate or not: events and subjects.
const UNEVEN: [(f64, f64); 4] = [(2.0, 20.0), (30.0, 60.0), (12.0, 50.0), (40.0, 120.0)];

fn shrinkage() -> Section {
    let shrunken = marshall(&UNEVEN).expect("the example has subjects");
    let rows =
        UNEVEN.iter().zip(shrunken.rates.iter().zip(&shrunken.reliability)).map(|((x, n), (rate, reliability))| {
            vec![
                format!("{}/{}", estimate(*x, 0), estimate(*n, 0)),
                format!("{}%", estimate(100.0 * x / n, 1)),
                format!("{}%", estimate(100.0 * rate, 1)),
                format!("{}%", estimate(100.0 * reliability, 0)),
            ]
        });
    Section {
        id: "co-ve",
        title: "Co về mức chung",
        question: "Bớt phần ngẫu nhiên đi thì xã này còn khác bao nhiêu?",
        rule: vec![
            format!("Tỷ lệ của từng xã được kéo về mức chung ({}% trong ví dụ): xã càng ít trường hợp càng bị kéo nhiều. Độ tin cậy 0% là hoàn toàn ngẫu nhiên, 100% là số của xã nói lên đầy đủ.", estimate(100.0 * shrunken.mean, 1)),
            "Chỉ in ở bản nội bộ, cạnh số báo cáo, không bao giờ thay cho số báo cáo.".into(),
            "Các xã không được xếp hạng. Nhất là khi các xã không khác nhau ngoài ngẫu nhiên, khi độ tin cậy trung vị dưới 80%, hoặc khi số kỳ vọng của một xã quá nhỏ.".into(),
        ],
        tables: vec![example(
            "Ví dụ: bốn xã",
            "Chương trình tính",
            &["Số của xã", "Tỷ lệ", "Co về mức chung", "Độ tin cậy"],
            rows.collect(),
        )],
        edges: vec![
            format!("Chênh lệch không vượt mức ngẫu nhiên: {}.", words::inside(wording::ALL_CHANCE)),
            "Tỷ lệ trên một nửa được tính trên phần không đạt, vì công thức dành cho sự việc hiếm.".into(),
        ],
        source: "Marshall 1991; cách tính như spdep (EBest) và PySAL; Goldstein và Spiegelhalter 1996 về thứ hạng.".into(),
    }
}

fn peers(book: &Book<'_>, rules: &ComparisonRules) -> Section {
    let rows = book.signals.groups.iter().map(|(peers, _)| {
        let kind = match peers.whole {
            Some(_) => "theo loại hoặc theo khai báo",
            None => "theo quy mô",
        };
        vec![peers.title.clone(), kind.to_owned(), peers.members.len().to_string()]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let size = rules.size.as_ref().and_then(|code| book.measure(code));
    Section {
        id: "nhom-so-sanh",
        title: "Nhóm so sánh",
        question: "Xã này được so với những xã nào?",
        rule: vec![
            "Ngoài toàn tỉnh, mỗi đơn vị được so trong các nhóm của mình: theo loại (xã, phường, đặc khu), theo nhóm khai báo ở units.csv, theo quy mô.".into(),
            match size {
                Some(measure) => format!("Quy mô: ba phần bằng nhau theo “{}” của {}, chỉ từ số có trong bản này.", measure.title, book.current().title()),
                None => "Không chia nhóm theo quy mô.".into(),
            },
            format!("Trong một nhóm cần ít nhất {} đơn vị có số liệu; mức chung khi đó là của nhóm.", rules.fewest_peers),
        ],
        tables: if rows.is_empty() {
            Vec::new()
        } else {
            vec![example("Các nhóm đang dùng", &book.current().heading(), &["Nhóm", "Cách chia", "Số đơn vị"], rows)]
        },
        edges: vec!["Đơn vị có số làm căn cứ không công bố thì không có nhóm theo quy mô.".into()],
        source: "Khai báo ở site.toml, bảng [comparison], và units.csv, cột groups.".into(),
    }
}
