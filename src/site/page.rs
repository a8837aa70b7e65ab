//! A page: one file of the site, by its path; also the names pages are known by.
//!
//! Paths are ASCII, with `/` between folders, relative to the root of the site.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::definitions::Unit;
use crate::vocabulary::text::slug;
use crate::vocabulary::{MeasureCode, Period, PlanId, UnitCode};

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Path below the root of the site.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file that readers may take away, as the downloads page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Path below the root of the site.
    pub path: String,
    /// What it holds, in a few words.
    pub title: String,
    /// Number of bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Điều hành.
pub const HOME: &str = "index.html";
/// The list of review periods.
pub const PERIODS: &str = "ky/index.html";
/// The catalogue of measures.
pub const MEASURES: &str = "chi-tieu/index.html";
/// The list of units.
pub const UNITS: &str = "xa/index.html";
/// The list of plans.
pub const PLANS: &str = "ke-hoach/index.html";
/// Targets against what was done, on the way to the last year.
pub const PROGRESS: &str = "tien-do/index.html";
/// The register of models.
pub const MODELS: &str = "mo-hinh/index.html";
/// Units by measures, of the latest year.
pub const HEAT: &str = "bang-nhiet/index.html";
/// Which returns came, and when.
pub const RETURNS: &str = "tinh-hinh-nop/index.html";
/// The rules that returns are checked by.
pub const RULES: &str = "quy-tac/index.html";
/// How complete, timely and consistent the returns are.
pub const QUALITY: &str = "chat-luong/index.html";
/// The receipt register: every file that came, round by round; internal edition only.
pub const RECEIPTS: &str = "so-nhan/index.html";
/// How figures differ from the last publication, and the register of publications.
pub const REVISIONS: &str = "dinh-chinh/index.html";
/// Where numbers come from: the way in; internal edition only.
pub const LINEAGES: &str = "truy-nguyen/index.html";
/// How figures are made.
pub const METHOD: &str = "phuong-phap/index.html";
/// Files to take away.
pub const DOWNLOADS: &str = "tai-ve/index.html";
/// Everything there is, by name: listed, and with a script found as it is typed.
pub const SEARCH: &str = "tra-cuu.html";
/// What the script of [`SEARCH`] looks through.
pub const SEARCH_INDEX: &str = "tai-san/tra-cuu.js";
/// Units and groups side by side over time.
pub const COMPARE: &str = "so-sanh/index.html";
/// What can be compared: places, measures, periods; read by the script of [`COMPARE`].
pub const COMPARE_CONTENTS: &str = "tai-san/so-sanh/muc-luc.js";
/// Folder of the style sheet, scripts and fonts.
pub const ASSETS: &str = "tai-san";

/// The page of a review period.
pub fn period(period: Period) -> String {
    format!("ky/{}/index.html", period.slug())
}

/// The page of a measure.
pub fn measure(code: &MeasureCode) -> String {
    format!("chi-tieu/{}.html", slug(code.as_str()))
}

/// Every unit and period of a measure, where units are too many for its page; parts are numbered from 0.
pub fn measure_units(code: &MeasureCode, part: usize) -> String {
    let part = if part == 0 { String::new() } else { format!(".{}", part + 1) };
    format!("chi-tieu/don-vi/{}{part}.html", slug(code.as_str()))
}

/// A part of the register of models, where they are too many for its page; numbered from 0.
pub fn models(part: usize) -> String {
    format!("mo-hinh/danh-muc-{}.html", part + 1)
}

/// The way of a measure to its targets.
pub fn progress_of(code: &MeasureCode) -> String {
    format!("tien-do/{}.html", slug(code.as_str()))
}

/// Every unit over time in one measure.
pub fn compare_of(code: &MeasureCode) -> String {
    format!("so-sanh/{}.html", slug(code.as_str()))
}

/// The figures of a theme, by its place among the themes, for the script of [`COMPARE`].
pub fn compare_theme(at: usize) -> String {
    format!("tai-san/so-sanh/nhom-{}.js", at + 1)
}

/// Units by measures: the main ones or those of a theme, by its name, in a period.
pub fn heat(name: &str, period: Period) -> String {
    format!("bang-nhiet/{name}-{}.html", period.slug())
}

/// The page of a unit.
pub fn unit(unit: &Unit) -> String {
    format!("xa/{}-{}.html", unit.code, slug(unit.name()))
}

/// The page of a plan.
pub fn plan(id: &PlanId) -> String {
    format!("ke-hoach/{id}.html")
}

/// The workbook that answers a return file: the internal edition only.
pub fn feedback(file: &str) -> String {
    format!("phan-hoi/{}.xlsx", paper(file))
}

/// The phiếu phản hồi that answers a return file: the internal edition only.
pub fn slip(file: &str) -> String {
    format!("phan-hoi/{}.html", paper(file))
}

/// The name of the papers that answer a file: short enough for any disk, and its own, for files may
/// be called alike but for marks and signs.
pub fn paper(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let slug: String = slug(name).chars().take(60).collect();
    let digest = Sha256::digest(file);
    format!("{}-{:02x}{:02x}", slug.trim_matches('-'), digest[0], digest[1])
}

/// The receipts of the returns of a round, named by the quarter it ends; internal edition only.
pub fn receipts(round: Period) -> String {
    format!("so-nhan/{}.html", round.slug())
}

/// What the figures of a measure in a year or span are made of; internal edition only.
/// The units of a large province fill more than one such page, numbered from 0.
pub fn lineage(code: &MeasureCode, period: Period, part: usize) -> String {
    let part = if part == 0 { String::new() } else { format!("-{}", part + 1) };
    format!("truy-nguyen/{}-{}{part}.html", slug(code.as_str()), period.slug())
}

/// One return, item by item, by the name of its page; internal edition only.
pub fn sent(name: &str) -> String {
    format!("truy-nguyen/{name}.html")
}

/// One metric of quality for every unit and period, by its code.
pub fn quality_of(metric: &str) -> String {
    format!("chat-luong/{}.html", slug(metric))
}

/// The findings in the returns of a unit: the internal edition only.
pub fn quality(unit: &UnitCode) -> String {
    format!("chat-luong/{unit}.html")
}

/// The workbook of a page's tables, beside the page.
pub fn workbook(page: &str) -> String {
    match page.strip_suffix("index.html") {
        Some(folder) => format!("{folder}bang-so-lieu.xlsx"),
        None => format!("{}.xlsx", page.strip_suffix(".html").unwrap_or(page)),
    }
}

/// What leads from a page back to the root of the site: `../` for each folder.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_two_folders_down_climbs_twice_to_the_root() {
        assert_eq!(root(&period(Period::quarter(2026, 2))), "../../");
        assert_eq!(root(HOME), "");
        assert_eq!(measure(&MeasureCode::from("thn.tl_viec_lam")), "chi-tieu/thn-tl-viec-lam.html");
    }
}
