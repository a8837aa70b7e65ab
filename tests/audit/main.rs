//! The audit finds every way the public edition of the sample can be spoiled: whatever is altered in
//! the written files, or said to have been printed before, is found by the test that is meant to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;
use tongket::audit::{Breach, Depth, Tables, Test, audit, examine};
use tongket::definitions::{self, Definitions};
use tongket::figures::{self, Figures, Quantity};
use tongket::findings::catalogue::catalogue;
use tongket::intake::reader::ReaderOptions;
use tongket::intake::take_in::take_in;
use tongket::ledger::{Counted, Ledger, Printed, Publication};
use tongket::pipeline::outgoing::Outgoing;
use tongket::release::Stamp;
use tongket::site::Templates;
use tongket::vocabulary::{Area, ConfStatus, MeasureCode, ObsStatus, Period, UnitCode};

/// The sample's figures, and its public site as it is written.
struct Sample {
    definitions: Arc<Definitions>,
    figures: Figures,
    site: PathBuf,
    _folder: TempDir,
    /// What the audit finds in it as it is.
    found: Vec<Breach>,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
        let (definitions, registers) = definitions::load(&input).unwrap();
        let as_of = definitions.site.as_of.unwrap();
        let options = ReaderOptions::with_program(env!("CARGO_BIN_EXE_tongket").into());
        let intake = take_in(&definitions, &registers, &input, as_of, &options, &|_, _| {}).unwrap();
        let figures = figures::compute(&intake, &definitions, as_of);
        let definitions = Arc::new(definitions);
        let rules = catalogue(&definitions);
        let templates = Templates::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("site-templates")).unwrap();
        let stamp = Stamp { as_of, templates: templates.hash().to_owned() };
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("public");
        let mut outgoing = Outgoing::of(&figures, &intake, &definitions, &rules, &stamp, &Ledger::default());
        outgoing.draw(&site, &templates, &|_, _, _| {}).unwrap().publication.swap().unwrap();
        let found = exact(&site, &Ledger::default(), &figures, &definitions);
        Sample { definitions, figures, site, _folder: folder, found }
    })
}

fn exact(site: &Path, earlier: &Ledger, figures: &Figures, definitions: &Definitions) -> Vec<Breach> {
    examine(site, earlier, &figures.cube, definitions, Depth::Exact, &Tables::default()).unwrap().breaches
}

/// A copy of the site to be spoiled.
fn copy() -> TempDir {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() { all(&path, &target) } else { assert!(fs::copy(&path, &target).is_ok()) }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    all(&sample().site, folder.path());
    folder
}

/// The breaches that a spoiled site has more.
fn more(site: &Path, earlier: &Ledger) -> Vec<Breach> {
    let Sample { definitions, figures, found, .. } = sample();
    let breaches = exact(site, earlier, figures, definitions);
    breaches.into_iter().filter(|breach| !found.contains(breach)).collect()
}

fn tests(breaches: &[Breach]) -> BTreeSet<String> {
    breaches.iter().map(|breach| breach.test.to_string()).collect()
}

fn finds(breaches: &[Breach], test: Test, cell: &str) {
    let found = breaches.iter().any(|breach| breach.test == test && breach.cell.contains(cell));
    assert!(found, "{test} did not find {cell}; found {:?}: {breaches:#?}", tests(breaches));
}

type Record = Vec<String>;

/// Rewrites `facts.csv`; gives the places that were changed.
fn rewrite(site: &Path, mut change: impl FnMut(&mut Record) -> bool) -> Vec<Record> {
    let path = site.join("data/facts.csv");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let head = reader.headers().unwrap().clone();
    let mut rows: Vec<Record> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let changed = rows.iter_mut().filter_map(|row| change(row).then(|| row.clone())).collect();
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(&head).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
    changed
}

fn area(code: &str) -> Area {
    match (code.strip_prefix("group:"), code.len()) {
        (Some(group), _) => Area::Group(group.into()),
        (None, 2) => Area::Province(code.into()),
        _ => Area::Unit(code.into()),
    }
}

fn truth(row: &Record) -> Option<i64> {
    sample().figures.cube.get(&area(&row[0]), row[1].parse().unwrap(), &MeasureCode::from(row[2].as_str())).whole()
}

/// Prints the true value in a hidden row.
fn print(row: &mut Record) -> bool {
    let Some(value) = truth(row).filter(|_| row[6] == "Q") else { return false };
    (row[3], row[6], row[7]) = (value.to_string(), "A".into(), "F".into());
    true
}

#[test]
fn the_public_site_of_the_sample_passes() {
    let Sample { definitions, figures, site, found, .. } = sample();
    assert_eq!(*found, []);
    let report = audit(site, &Ledger::default(), &figures.cube, definitions, &Tables::default()).unwrap().report;
    assert_eq!(report.by_tables + report.by_program + report.unproven, report.sensitive);
    assert_eq!(report.unproven, 0, "{report:?}");
    assert!(report.sensitive > 900 && report.shown > 1000, "{report:?}");
}

#[test]
fn a_total_that_does_not_add_up_is_found() {
    let site = copy();
    let changed = rewrite(site.path(), |row| {
        let is_it = (row[0].as_str(), row[1].as_str(), row[2].as_str()) == ("99", "2028-H1", "tt.buoi");
        if is_it {
            row[3] = (row[3].parse::<i64>().unwrap() + 1).to_string();
        }
        is_it
    });
    assert_eq!(changed.len(), 1);
    let breaches = more(site.path(), &Ledger::default());
    finds(&breaches, Test::A2, "99, 6 tháng đầu năm 2028");
    // The workbook still says what was true.
    finds(&breaches, Test::A1, "99, 6 tháng đầu năm 2028");
}

#[test]
fn a_hidden_cell_that_one_page_prints_is_found() {
    let site = copy();
    let page = PathBuf::from("xa/99001-xa-an-thinh.html");
    let html = fs::read_to_string(site.path().join(&page)).unwrap();
    let table = html.find("data-k=").unwrap();
    let hidden = " sign\">•<";
    let at = table + html[table..].find(hidden).unwrap();
    fs::write(site.path().join(&page), format!("{}\">3<{}", &html[..at], &html[at + hidden.len()..])).unwrap();
    let breaches = more(site.path(), &Ledger::default());
    finds(&breaches, Test::A1, "99001");
    assert_eq!(breaches.len(), 1, "{breaches:#?}");
}

#[test]
fn a_file_that_cannot_be_read_back_is_found() {
    let site = copy();
    fs::write(site.path().join("data/facts.parquet"), "PAR1").unwrap();
    finds(&more(site.path(), &Ledger::default()), Test::A1, "facts.parquet");
}

#[test]
fn printed_zeros_are_found() {
    let site = copy();
    let changed =
        rewrite(site.path(), |row| truth(row) == Some(0) && row[0].len() == 5 && row[1].len() == 4 && print(row));
    assert!(!changed.is_empty());
    let breaches = more(site.path(), &Ledger::default());
    finds(&breaches, Test::A3, &format!("({})", changed[0][2]));
}

#[test]
fn without_secondary_suppression_small_cells_follow_exactly() {
    let site = copy();
    let limit = sample().definitions.policy.threshold;
    let yearly = |row: &Record| row[0].len() == 5 && !row[1].contains(['Q', 'H', 'M']);
    let privacy: BTreeMap<String, String> = {
        let mut reader = csv::Reader::from_path(site.path().join("data/measures.csv")).unwrap();
        reader.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[5].to_owned())).collect()
    };
    let changed = rewrite(site.path(), |row| {
        yearly(row) && privacy[&row[2]].as_str() < "P3" && truth(row).is_some_and(|value| value >= limit) && print(row)
    });
    assert!(!changed.is_empty());
    let breaches = more(site.path(), &Ledger::default());
    let follows = breaches.iter().any(|b| matches!(b.test, Test::A3 | Test::A5) && b.reason.contains("suy ra được"));
    assert!(follows, "{:?}", tests(&breaches));
}

#[test]
fn a_small_rest_of_a_printed_part_is_found() {
    let Sample { definitions, figures, site, .. } = sample();
    let (part, whole) = ("thn.to_du_thanh_phan", "thn.to_giup_do");
    let number = |code: &str| figures.cube.get(&area("99001"), "2026-2028".parse().unwrap(), &code.into()).whole();
    let rest = number(whole).unwrap() - number(part).unwrap();
    assert!((1..definitions.policy.threshold).contains(&rest), "the sample has a unit with {rest} incomplete teams");
    // Suppose that who lacks a complete team were as sensitive as who has one.
    let mut sensitive = Definitions::clone(definitions);
    let rows = sensitive.forms.iter_mut().flat_map(|form| &mut form.sheets).flat_map(|sheet| &mut sheet.rows);
    rows.filter(|row| row.code.as_str() == part).for_each(|row| row.complement_sensitive = true);
    let breaches = exact(site, &Ledger::default(), figures, &sensitive);
    finds(&breaches, Test::A7, &format!("({part})"));
}

/// An edition that went out before the return of one unit came.
fn without(late: &UnitCode, period: Period, measure: &str, shown: Period) -> Ledger {
    let figures = &sample().figures;
    let code = MeasureCode::from(measure);
    let axes = figures.cube.axes();
    let late_value = figures.cube.get(&Area::Unit(late.clone()), period, &code).whole().unwrap();
    let mut publication = Publication {
        number: 1,
        published: "2031-01-05".parse().unwrap(),
        as_of: "2031-01-05".parse().unwrap(),
        build_id: "0000000".into(),
        ..Publication::default()
    };
    for area in axes.areas() {
        let figure = figures.cube.get(area, shown, &code);
        let is_whole = matches!(area, Area::Province(_));
        let printed = Printed {
            value: figure.whole().filter(|_| is_whole).map(|value| Quantity::Whole(value - late_value)),
            status: ObsStatus::P,
            conf: ConfStatus::F,
            reported: figure.reported - u32::from(is_whole),
            due: figure.due,
        };
        publication.printed.insert((area.clone(), shown, code.clone()), printed);
    }
    for status in &figures.reporting {
        if let Some(value) = figures.cube.get(&Area::Unit(status.unit.clone()), status.period, &code).whole()
            && (&status.unit, status.period) != (late, period)
        {
            let counted = Counted { sha256: String::new(), values: [(code.clone(), value)].into() };
            publication.counted.insert((status.unit.clone(), status.period), counted);
        }
    }
    Ledger { publications: vec![publication] }
}

#[test]
fn an_earlier_edition_that_differs_by_one_late_unit_is_found() {
    let (late, period) = (UnitCode::from("99005"), "2030-Q4".parse().unwrap());
    let ledger = without(&late, period, "thn.giay_to", "2030".parse().unwrap());
    let breaches = more(&sample().site, &ledger);
    finds(&breaches, Test::A7, "99, năm 2030");
    assert!(breaches.iter().any(|breach| breach.reason.contains("99005")), "{breaches:#?}");
}
