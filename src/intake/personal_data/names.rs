//! Vietnamese full names: which words may be one, and which only look like one.
//!
//! A name is a family name, mostly a middle name, and a given name, each capitalised. Many places
//! begin with a word that is also a family name (Cao Sơn, Mai Động), and many streets and schools
//! bear the name of a person: both are told apart here, as far as words alone allow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::intake::workbook::{Cell, CellValue, Sheet};
use crate::vocabulary::CellRef;
use crate::vocabulary::text::plain_key;

/// How sure it is that some words are a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// Two words, the first a family name.
    Possible,
    /// Three to five words, the first a family name.
    Likely,
    /// A family name and a middle name.
    Sure,
}

/// A list of words, looked up for every word of every text.
type Words = LazyLock<BTreeSet<&'static str>>;

/// Family names of the Kinh and of the peoples of the mountains.
static FAMILIES: Words = LazyLock::new(|| {
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn trịnh trương \
     đinh lâm mai tô hà cao lưu lương thái châu tạ phùng vương tống quách nghiêm kiều khổng giang triệu chu la lò vàng \
     giàng thào sùng hạng hầu mùa lầu ly cứ vừ và cầm quàng tòng lường lù lèng nông hứa bế ma đàm sầm lục vi bàn tẩn \
     chảo phàn lã âu bạch cấn doãn khuất khương lại lữ mạc nhâm ninh phí phó tiêu thạch thân tôn trình ung điểu kim \
     sơn lềnh sằn chìu tằng voòng phù hờ chang cháng thàn thèn ngải tráng sin lùng vạn"
        .split_whitespace()
        .collect()
});

/// Words that stand between family name and given name.
static MIDDLES: Words = LazyLock::new(|| {
    "văn thị hữu đức đình ngọc xuân minh quang thanh thành công mạnh tiến quốc bá trọng duy viết khắc \
     kim thu thúy hồng gia anh bảo phương tuấn hải huy như diệu mỹ ánh a seo láo mí thế trung việt hoài khánh nhật phúc \
     quý sỹ sĩ tấn tuyết vĩnh cẩm bích đăng hoàng huyền lan mộng phước tất thái thảo thùy thuỳ thuý tường chí đại doãn \
     quyết hùng nho phi phú hoà hòa thiện thụy"
        .split_whitespace()
        .collect()
});

/// Those whose names streets, schools and wards bear, and words that only look like a name.
const NOBODY: [&str; 53] = [
    "nguyen van cu",
    "nguyen van troi",
    "nguyen van linh",
    "nguyen thi minh khai",
    "nguyen thi dinh",
    "nguyen viet xuan",
    "nguyen duc canh",
    "nguyen luong bang",
    "nguyen huu tho",
    "nguyen chi thanh",
    "nguyen dinh chieu",
    "nguyen cong tru",
    "nguyen binh khiem",
    "nguyen tri phuong",
    "nguyen quoc tri",
    "nguyen hue",
    "tran hung dao",
    "tran quoc toan",
    "tran quoc tuan",
    "tran dai nghia",
    "tran dang ninh",
    "tran nhan tong",
    "tran quang khai",
    "tran phu",
    "le hong phong",
    "le thanh nghi",
    "le thanh tong",
    "le quy don",
    "le van tam",
    "le dai hanh",
    "pham hong thai",
    "pham van dong",
    "pham ngu lao",
    "pham ngoc thach",
    "hoang van thu",
    "hoang hoa tham",
    "hoang quoc viet",
    "vo thi sau",
    "vo nguyen giap",
    "vo van kiet",
    "vo chi cong",
    "ho chi minh",
    "ho tung mau",
    "phan dinh phung",
    "phan boi chau",
    "phan chu trinh",
    "phan dinh giot",
    "ly thuong kiet",
    "ly tu trong",
    "to hien thanh",
    "ton duc thang",
    "ngo gia tu",
    "luong the vinh",
];

/// Words, folded, after which a name is that of a place or a body.
static PLACES: Words = LazyLock::new(|| {
    "xa phuong thon xom ban ap to khu pho duong truong thcs thpt tieu hoc non quan huyen tinh tran \
     vien cho ty tnhh nghiep htx hinh clb doi lien cum tuyen ngo ngach cau chua den dinh lang buon soc kdc tdp xt \
     hieu giai quy dat doan hoi hang tuong dai"
        .split_whitespace()
        .collect()
});

/// What may stand before a name.
static TITLES: Words = LazyLock::new(|| "ong ba anh chi em chau co chu bac dc d/c dong".split_whitespace().collect());

/// Whether a whole text is a name, after its number and title and before what is told of the person.
pub(super) fn whole(text: &str) -> Option<Name> {
    if text.len() > 90 || text.chars().filter(|c| c.is_uppercase()).nth(1).is_none() {
        return None;
    }
    let start = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = start.split([',', ';', '(', ':', '–', '-', '/', '\n']).next()?.split_whitespace().collect();
    let titled =
        words.first().is_some_and(|word| TITLES.contains(plain_key(word).as_str()) && !is_capitalised_name(&words));
    let words = &words[usize::from(titled)..];
    let words = match words.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        Some(end) => &words[..end],
        None => words,
    };
    (2..=6).contains(&words.len()).then(|| judge(words)).flatten()
}

/// Whether a text holds a name somewhere, surely.
pub(super) fn within(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    // Three capitals in a row: hardly any text of a form passes.
    let mut run = 0;
    let promising = words().any(|word| {
        run = if word.starts_with(char::is_uppercase) { run + 1 } else { 0 };
        run >= 3
    });
    if !promising {
        return false;
    }
    let words: Vec<&str> = words().collect();
    (0..words.len()).any(|at| {
        let run = words[at..].iter().take(5).take_while(|word| is_capitalised(word)).count();
        run >= 3
            && is_family(words[at])
            && !(at > 0 && PLACES.contains(plain_key(words[at - 1]).as_str()))
            && (3..=run).all(|end| judge(&words[at..at + end]) == Some(Name::Sure))
    })
}

fn judge(words: &[&str]) -> Option<Name> {
    let plain: Vec<String> = words.iter().map(|word| plain_key(word)).collect();
    let key = plain.join(" ");
    if !words.iter().all(|word| is_capitalised(word)) || !is_family(words[0]) {
        return None;
    }
    let nobody =
        NOBODY.iter().any(|name| key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
    if nobody || key.starts_with("doan thanh nien") || key.starts_with("chau thanh") {
        return None;
    }
    // Without marks only the two commonest middle names are told from other words.
    let sure = match key == words.join(" ").to_lowercase() {
        true => matches!(plain[1].as_str(), "van" | "thi"),
        false => MIDDLES.contains(words[1].to_lowercase().as_str()),
    };
    match words.len() {
        2 => Some(Name::Possible),
        3..=5 if sure => Some(Name::Sure),
        // Titles in capitals begin with such words too: LÝ DO KHÁC.
        3..=5 if words.iter().all(|word| word.chars().all(char::is_uppercase)) => None,
        3..=5 => Some(Name::Likely),
        _ => None,
    }
}

fn is_capitalised_name(words: &[&str]) -> bool {
    words.first().is_some_and(|word| is_family(word))
}

/// A capital, then capitals only or small letters only.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.as_str();
    first && (rest.chars().all(|c| c.is_lowercase() || c == '\'') || rest.chars().all(char::is_uppercase))
}

fn is_family(word: &str) -> bool {
    let word = word.to_lowercase();
    // Typed without marks.
    FAMILIES.contains(word.as_str())
        || matches!(
            word.as_str(),
            "nguyen"
                | "tran"
                | "pham"
                | "hoang"
                | "phan"
                | "dang"
                | "bui"
                | "vu"
                | "le"
                | "do"
                | "ngo"
                | "duong"
                | "vo"
        )
}

/// The first of three names in one column. Under a heading for places only sure names count; two
/// words count where something in the row tells of a person too.
pub(super) fn column(sheet: &Sheet) -> Option<CellRef> {
    let mut columns: BTreeMap<u32, Vec<(CellRef, Name)>> = BTreeMap::new();
    for cell in &sheet.cells {
        if let Some(name) = cell.value.text().and_then(whole) {
            columns.entry(cell.at.col).or_default().push((cell.at, name));
        }
    }
    columns.into_iter().filter(|(_, found)| found.len() >= 3).find_map(|(col, found)| {
        let least = if is_headed_by_places(sheet, col, found[0].0) { Name::Sure } else { Name::Likely };
        let counts = |(at, name): &&(CellRef, Name)| {
            *name >= least || (*name == Name::Possible && sheet.row(at.row).iter().any(tells_age_or_sex))
        };
        let counted: Vec<&(CellRef, Name)> = found.iter().filter(counts).collect();
        (counted.len() >= 3).then(|| counted[0].0)
    })
}

fn is_headed_by_places(sheet: &Sheet, col: u32, first: CellRef) -> bool {
    const PLACES: [&str; 10] = [
        "thon",
        "xom",
        "to dan pho",
        "khu dan cu",
        "khu pho",
        "dia ban",
        "don vi",
        "mo hinh",
        "co quan",
        "doanh nghiep",
    ];
    let above = |cell: &&Cell| cell.at.col == col && cell.at.row < first.row;
    sheet.cells.iter().filter(above).filter_map(|cell| cell.value.text()).any(|text| {
        let key = plain_key(text);
        key.len() <= 60 && PLACES.iter().any(|word| key.contains(word))
    })
}

/// A year of birth, a day of birth, or “Nam”, “Nữ”.
fn tells_age_or_sex(cell: &Cell) -> bool {
    match &cell.value {
        CellValue::Number(number) => (1930.0..2015.0).contains(number) && number.fract() == 0.0,
        // 01/01/1930 to 31/12/2014.
        CellValue::Day(day) => (10_959.0..42_005.0).contains(day),
        CellValue::Text(text) => {
            matches!(&**text, "Nam" | "Nữ" | "nam" | "nữ")
                || text.parse::<u32>().is_ok_and(|year| (1930..2015).contains(&year))
        }
        _ => false,
    }
}
