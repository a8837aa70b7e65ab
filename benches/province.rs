//! How long a province takes: 124 units over twenty quarters, all five years.
//!
//! `cargo bench` prints each stage alone and the whole program with its peak
//! memory. Compare ratios within one run; absolute times are the machine's.
//! What both editions weigh is no matter of the machine: beyond its budget the bench fails.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tongket::audit::{Depth, Tables, examine};
use tongket::findings::catalogue::catalogue;
use tongket::intake::reader::ReaderOptions;
use tongket::intake::take_in::take_in;
use tongket::ledger::Ledger;
use tongket::release::{Release, Stamp, cover};
use tongket::site::{Page, Templates, render};
use tongket::{definitions, demo, figures};

const UNITS: usize = 124;
const SEED: u64 = 1;

fn main() -> anyhow::Result<()> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_tongket"));
    // Written anew each time: an input of yesterday's program need not be one of today's.
    let scratch = tempfile::tempdir()?;
    let folder = scratch.path().join("input");
    let (written, took) = timed(|| demo::demo(&folder, UNITS, SEED));
    told("demo written", took, &format!("{} returns", written?.workbooks));
    let (loaded, took) = timed(|| definitions::load(&folder));
    let (definitions, registers) = loaded?;
    told("definitions", took, "");
    let as_of = definitions.site.as_of.expect("a demo says its own day");
    let options = ReaderOptions::with_program(program.clone());
    let (intake, took) = timed(|| take_in(&definitions, &registers, &folder, as_of, &options, &|_, _| {}));
    let intake = intake?;
    told("intake", took, &rate(intake.returns.len() + intake.set_aside.len(), "workbooks", took));
    let definitions = Arc::new(definitions);
    let (figures, took) = timed(|| figures::compute(&intake, &definitions, as_of));
    told("figures", took, &rate(figures.cube.cells().len(), "figures", took));
    let templates = Templates::load(Path::new("site-templates"))?;
    let stamp = Stamp { as_of, templates: templates.hash().to_owned() };
    let rules = catalogue(&definitions);
    let ledger = Ledger::default();
    let (cover, took) = timed(|| cover(&figures, &definitions, &ledger));
    told("cover", took, "");
    let (release, took) =
        timed(|| Release::public_edition(&figures, &intake, &definitions, &cover, &rules, &stamp, &ledger));
    told("public release", took, "");
    let pages = Mutex::new(Vec::new());
    let put = |page| {
        pages.lock().expect("no page panics").push(page);
        Ok(())
    };
    let (rendered, took) = timed(|| render(&release, &templates, &put));
    rendered?;
    let pages: Vec<Page> = pages.into_inner().expect("no page panics");
    let html = pages.iter().filter(|page| page.path.ends_with(".html"));
    let heaviest = html.clone().map(|page| page.bytes.len()).max().unwrap_or_default();
    told("public site", took, &format!("{}, heaviest {} kB", rate(html.count(), "pages", took), heaviest / 1000));
    let site = tempfile::tempdir()?;
    for page in &pages {
        let path = site.path().join(&page.path);
        std::fs::create_dir_all(path.parent().expect("a page lies in the folder of its site"))?;
        std::fs::write(path, &page.bytes)?;
    }
    let (mut report, mut tables) = (None, Tables::default());
    for (depth, what) in [(Depth::Exact, "exact"), (Depth::Intervals, "anew"), (Depth::Intervals, "with tables known")]
    {
        let (examined, took) = timed(|| examine(site.path(), &ledger, &figures.cube, &definitions, depth, &tables));
        let examined = examined?;
        // The pattern has not settled here: the program hides what is found, and attacks again.
        told("audit", took, &format!("{what}: {} numbers to hide yet", examined.breaches.len()));
        (report, tables) = (Some(examined.report), examined.tables);
    }
    println!("{report:?}");
    drop((pages, release, figures, intake));
    whole(&program, &folder)
}

/// The whole program, both editions, as an officer starts it.
fn whole(program: &Path, folder: &Path) -> anyhow::Result<()> {
    let out = tempfile::tempdir()?;
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(["--quiet", "--input"])
        .arg(folder)
        .arg("--public")
        .arg(out.path().join("public"))
        .arg("--internal")
        .arg(out.path().join("internal"))
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(resident(child.id()));
        std::thread::sleep(Duration::from_millis(20));
    }
    told("whole build", started.elapsed(), &format!("peak {} MB with its reading processes", peak / 1000));
    BUDGETS.iter().try_for_each(|budget| weighed(out.path(), budget))
}

/// What a page may weigh with its charts.
const PAGE: u64 = 150_000;

/// What a print book may weigh: a whole period, opened to be printed.
const BOOK: u64 = 900_000;

/// How the print books are called among the kinds of pages.
const BOOKS: &str = "ky/*/in.html";

/// What an edition of this province may have: pages, and megabytes of pages, of data, of everything else.
struct Budget {
    edition: &'static str,
    pages: usize,
    html: u64,
    data: u64,
    rest: u64,
}

const BUDGETS: [Budget; 2] = [
    Budget { edition: "public", pages: 600, html: 55, data: 40, rest: 9 },
    Budget { edition: "internal", pages: 6_500, html: 190, data: 105, rest: 10 },
];

/// Prints what each kind of page weighs, and holds the edition to its budget.
fn weighed(out: &Path, budget: &Budget) -> anyhow::Result<()> {
    let site = out.join(budget.edition);
    let mut kinds: BTreeMap<String, (usize, u64, u64)> = BTreeMap::new();
    let (mut html, mut data, mut rest) = (0, 0, 0);
    for entry in walkdir::WalkDir::new(&site) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let size = entry.metadata()?.len();
        let path = entry.path().strip_prefix(&site)?;
        let folder = path.iter().next().map(|first| first.to_string_lossy().into_owned()).unwrap_or_default();
        match path.extension().is_some_and(|extension| extension == "html") {
            true => {
                let is_book = path.ends_with("in.html");
                let kind = kinds.entry(if is_book { BOOKS.to_owned() } else { folder }).or_default();
                *kind = (kind.0 + 1, kind.1 + size, kind.2.max(size));
                html += size;
            }
            false if folder == "data" => data += size,
            false => rest += size,
        }
    }
    for (kind, (count, bytes, heaviest)) in &kinds {
        println!("  {kind:<20}{count:>6} pages{:>8} kB{:>6} kB at most", bytes / 1000, heaviest / 1000);
    }
    let pages: usize = kinds.values().map(|(count, ..)| count).sum();
    let megabytes = [html, data, rest].map(|bytes| bytes.div_ceil(1_000_000));
    let [html, data, rest] = megabytes;
    println!("{:<16} {pages} pages, {html} MB of pages, {data} MB of data, {rest} MB besides", budget.edition);
    let limit = |kind: &str| if kind == BOOKS { BOOK } else { PAGE };
    let heavy = kinds.iter().filter(|(kind, (.., heaviest))| *heaviest > limit(kind)).map(|(kind, _)| kind.as_str());
    let heavy: Vec<&str> = heavy.collect();
    anyhow::ensure!(heavy.is_empty(), "pages that weigh too much in {}", heavy.join(", "));
    anyhow::ensure!(
        pages <= budget.pages && html <= budget.html && data <= budget.data && rest <= budget.rest,
        "the {} edition is above its budget: {} pages, {} + {} + {} MB",
        budget.edition,
        budget.pages,
        budget.html,
        budget.data,
        budget.rest
    );
    Ok(())
}

/// Resident kilobytes of a process and its children; 0 where the system does not tell.
fn resident(pid: u32) -> u64 {
    let own = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let own: u64 = own
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0);
    let children: u64 = std::fs::read_dir(format!("/proc/{pid}/task"))
        .into_iter()
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<u32>>())
        .map(resident)
        .sum();
    own + children
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed())
}

fn rate(count: usize, what: &str, took: Duration) -> String {
    format!("{:.0} {what}/s", count as f64 / took.as_secs_f64())
}

fn told(stage: &str, took: Duration, note: &str) {
    println!("{stage:<16}{:>9.0} ms   {note}", took.as_secs_f64() * 1000.0);
}
