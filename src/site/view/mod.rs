//! Views: for each kind of page one struct of finished strings. Templates do no arithmetic.

mod agenda;
mod among;
pub mod block;
mod calendar;
mod changes;
mod compare;
mod composition;
mod contribution;
mod course;
mod draw;
mod duties;
mod files;
pub mod frame;
mod funnel;
mod guide;
mod heat;
mod history;
mod home;
mod lineage;
mod measure;
mod measures;
mod method;
mod models;
mod number;
mod own_plans;
mod peers;
mod period;
mod periods;
mod plan;
mod plan_years;
mod plans;
mod print_book;
mod progress;
mod progress_of;
mod publications;
mod quality;
mod rebased;
mod receipts;
mod report;
mod returns;
mod revisions;
mod rules;
mod search;
mod sheet;
mod slides;
mod timeline;
mod unit;
mod units;
mod watch;
mod way;

pub use measure::group_title;
pub use method::contents as method_contents;

use crate::release::quality::Metric;
use crate::site::book::Book;
use crate::site::page;
use crate::site::render::Templates;
use crate::site::{Put, downloads};
use crate::vocabulary::{MeasureCode, Period, PlanId, UnitCode};

/// What a page is about. One page each.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Điều hành.
    Home,
    /// The list of review periods.
    Periods,
    /// One review period.
    Period(Period),
    /// The catalogue of measures.
    Measures,
    /// One measure.
    Measure(MeasureCode),
    /// Every unit and period of a measure, where units are too many for its page, and which part of them.
    MeasureUnits(MeasureCode, usize),
    /// The list of units.
    Units,
    /// One unit.
    Unit(UnitCode),
    /// The list of plans.
    Plans,
    /// One plan.
    Plan(PlanId),
    /// Targets against what was done.
    Progress,
    /// The way of one measure to its targets.
    ProgressOf(MeasureCode),
    /// Units by measures in a year: the main ones, or those of a theme.
    Heat(Period, heat::Theme),
    /// The register of models.
    Models,
    /// A part of the register of models, where they are too many for its page.
    ModelsOf(usize),
    /// Which returns came, and when.
    Returns,
    /// The rules that returns are checked by.
    Rules,
    /// How complete, timely and consistent the returns are; in the internal edition with findings and outcomes.
    Quality,
    /// One metric of quality for every unit and period.
    QualityOf(Metric),
    /// The findings of one unit; internal edition only.
    UnitQuality(UnitCode),
    /// The receipt register; internal edition only.
    Receipts,
    /// The receipts of a round of returns; internal edition only.
    ReceiptsOf(Period),
    /// What differs from the last publication, and the register of publications.
    Revisions,
    /// Where numbers come from: the way in; internal edition only.
    Lineages,
    /// What the figures of a measure in a year or span are made of, and which page of that; internal edition only.
    Lineage(MeasureCode, Period, usize),
    /// A return that came, by its position in the intake; internal edition only.
    Sent(usize),
    /// How figures are made.
    Method,
    /// Places side by side over time.
    Compare,
    /// Every unit over time in one measure.
    CompareOf(MeasureCode),
    /// Everything by name.
    Search,
    /// Files to take away.
    Downloads,
    /// A review period as one document to print.
    PrintBook(Period),
    /// The list of slides.
    Slides,
    /// The slides of a review period.
    SlidesOf(Period),
    /// The guide: of officers, or of readers in the public edition.
    Guide,
    /// Signs, statuses, abbreviations.
    Signs,
}

impl Subject {
    /// Every page of the site, in the order of the navigation.
    pub fn all(book: &Book<'_>) -> Vec<Subject> {
        let mut all = vec![Subject::Home, Subject::Periods];
        all.extend(book.periods().map(Subject::Period));
        all.push(Subject::Measures);
        for measure in book.measures.iter().filter(|measure| measure.counts.is_none()) {
            all.push(Subject::Measure(measure.code.clone()));
            all.extend((0..peers::parts(book)).map(|part| Subject::MeasureUnits(measure.code.clone(), part)));
        }
        all.push(Subject::Units);
        all.extend(book.units.iter().map(|unit| Subject::Unit(unit.code.clone())));
        all.push(Subject::Plans);
        all.extend(book.definitions().plans.iter().map(|plan| Subject::Plan(plan.id.clone())));
        all.push(Subject::Progress);
        all.extend(progress::measures(book).into_iter().map(|measure| Subject::ProgressOf(measure.code.clone())));
        all.extend(heat::pages(book).into_iter().map(|(period, theme)| Subject::Heat(period, theme)));
        all.push(Subject::Models);
        all.extend((0..models::parts(book).len()).map(Subject::ModelsOf));
        all.push(Subject::Returns);
        all.push(Subject::Quality);
        all.extend(quality::metrics(book).into_iter().map(Subject::QualityOf));
        if book.release.internal().is_some() {
            all.extend(book.units.iter().map(|unit| Subject::UnitQuality(unit.code.clone())));
            all.push(Subject::Receipts);
            all.extend(receipts::rounds(book).into_iter().map(Subject::ReceiptsOf));
        }
        all.push(Subject::Revisions);
        all.extend(lineage::subjects(book));
        all.push(Subject::Compare);
        all.extend(compare::further(book).into_iter().map(|measure| Subject::CompareOf(measure.code.clone())));
        all.extend([Subject::Rules, Subject::Method, Subject::Downloads, Subject::Search, Subject::Slides]);
        all.extend(book.periods().flat_map(|period| [Subject::SlidesOf(period), Subject::PrintBook(period)]));
        all.extend([Subject::Guide, Subject::Signs]);
        all
    }

    /// Its path.
    pub fn path(&self, book: &Book<'_>) -> String {
        match self {
            Subject::Home => page::HOME.into(),
            Subject::Periods => page::PERIODS.into(),
            Subject::Period(period) => page::period(*period),
            Subject::Measures => page::MEASURES.into(),
            Subject::Measure(code) => page::measure(code),
            Subject::MeasureUnits(code, part) => page::measure_units(code, *part),
            Subject::Units => page::UNITS.into(),
            Subject::Unit(code) => page::unit(book.unit(code).expect("the contents list units of the register")),
            Subject::Plans => page::PLANS.into(),
            Subject::Plan(id) => page::plan(id),
            Subject::Progress => page::PROGRESS.into(),
            Subject::ProgressOf(code) => page::progress_of(code),
            Subject::Heat(period, theme) => heat::path(book, *period, *theme),
            Subject::Models => page::MODELS.into(),
            Subject::ModelsOf(part) => page::models(*part),
            Subject::Returns => page::RETURNS.into(),
            Subject::Rules => page::RULES.into(),
            Subject::Quality => page::QUALITY.into(),
            Subject::QualityOf(metric) => page::quality_of(metric.code()),
            Subject::UnitQuality(code) => page::quality(code),
            Subject::Receipts => page::RECEIPTS.into(),
            Subject::ReceiptsOf(round) => page::receipts(*round),
            Subject::Revisions => page::REVISIONS.into(),
            Subject::Lineages => page::LINEAGES.into(),
            Subject::Lineage(code, period, part) => page::lineage(code, *period, *part),
            Subject::Sent(at) => page::sent(lineage::trail(book).name(*at)),
            Subject::Method => page::METHOD.into(),
            Subject::Compare => page::COMPARE.into(),
            Subject::CompareOf(code) => page::compare_of(code),
            Subject::Search => page::SEARCH.into(),
            Subject::Downloads => page::DOWNLOADS.into(),
            Subject::PrintBook(period) => page::print_book(*period),
            Subject::Guide => page::GUIDE.into(),
            Subject::Signs => page::SIGNS.into(),
            Subject::Slides => page::SLIDES.into(),
            Subject::SlidesOf(period) => page::slides(*period),
        }
    }

    /// The page, rendered, and the workbook of its tables where it offers one.
    pub fn pages(&self, book: &Book<'_>, templates: &Templates, put: Put) -> anyhow::Result<()> {
        let path = self.path(book);
        macro_rules! page {
            ($template:literal, $view:expr) => {{
                let (frame, view) = $view;
                templates.page(&path, $template, &frame, &view).and_then(put)
            }};
        }
        /// The same with a workbook of its tables, and those of `$more`.
        macro_rules! with_workbook {
            ($template:literal, $view:expr, $more:expr) => {{
                let (frame, view) = $view;
                let more: Vec<block::Block> = $more;
                let tables: Vec<&block::Table> =
                    view.blocks.iter().chain(&more).flat_map(|block| &block.tables).collect();
                let frame = frame.workbook(&path);
                put(downloads::workbook(book.release, &frame, &tables, page::workbook(&path))?)?;
                templates.page(&path, $template, &frame, &view).and_then(put)
            }};
        }
        match self {
            Subject::Home => page!("home.html", home::view(book, &path)),
            Subject::Periods => page!("periods.html", periods::view(book, &path)),
            Subject::Period(period) => with_workbook!("period.html", period::view(book, *period, &path), Vec::new()),
            Subject::Measures => page!("measures.html", measures::view(book, &path)),
            Subject::Measure(code) => {
                let measure = book.measure(code).expect("the contents list measures of the catalogue");
                with_workbook!("measure.html", measure::view(book, measure, &path), measure::elsewhere(book, measure))
            }
            Subject::MeasureUnits(code, part) => {
                let measure = book.measure(code).expect("the contents list measures of the catalogue");
                page!("measure.html", measure::units(book, measure, *part, &path))
            }
            Subject::Units => page!("units.html", units::view(book, &path)),
            Subject::Unit(code) => {
                let unit = book.unit(code).expect("the contents list units of the register");
                with_workbook!("unit.html", unit::view(book, unit, &path), Vec::new())
            }
            Subject::Plans => page!("plans.html", plans::view(book, &path)),
            Subject::Plan(id) => {
                let plan = book.definitions().plans.iter().find(|plan| plan.id == *id);
                let plan = plan.expect("the contents list plans of the definitions");
                with_workbook!("plan.html", plan::view(book, plan, &path), Vec::new())
            }
            Subject::Progress => page!("progress.html", progress::index(book, &path)),
            Subject::ProgressOf(code) => {
                let measure = book.measure(code).expect("the contents list measures of the catalogue");
                page!("progress.html", progress_of::view(book, measure, &path))
            }
            Subject::Heat(period, theme) => {
                let (frame, view) = heat::view(book, *period, *theme, &path);
                let frame = frame.workbook(&path);
                let tables: Vec<&block::Table> = view.block.tables.iter().collect();
                put(downloads::workbook(book.release, &frame, &tables, page::workbook(&path))?)?;
                templates.page(&path, "heat.html", &frame, &view).and_then(put)
            }
            Subject::Models => page!("models.html", models::view(book, &path)),
            Subject::ModelsOf(part) => page!("models.html", models::of_part(book, *part, &path)),
            Subject::Returns => page!("returns.html", returns::view(book, &path)),
            Subject::Rules => page!("rules.html", rules::view(book, &path)),
            Subject::Quality if book.is_public() => page!("quality.html", quality::public(book, &path)),
            Subject::Quality => page!("quality.html", quality::index(book, &path)),
            Subject::QualityOf(metric) => page!("lineage.html", quality::of_metric(book, *metric, &path)),
            Subject::UnitQuality(code) => {
                let unit = book.unit(code).expect("the contents list units of the register");
                page!("quality.html", quality::of_unit(book, unit, &path))
            }
            Subject::Receipts => page!("quality.html", receipts::index(book, &path)),
            Subject::ReceiptsOf(round) => page!("quality.html", receipts::of_round(book, *round, &path)),
            Subject::Revisions => page!("files.html", revisions::view(book, &path)),
            Subject::Lineages => page!("lineage.html", lineage::index(book, &path)),
            Subject::Lineage(code, period, part) => {
                let measure = book.measure(code).expect("the contents list measures of the catalogue");
                page!("lineage.html", lineage::of_measure(book, measure, *period, *part, &path))
            }
            Subject::Sent(at) => page!("lineage.html", lineage::of_return(book, *at, &path)),
            Subject::Method => page!("method.html", method::view(book, &path)),
            Subject::Compare => page!("compare.html", compare::index(book, &path)),
            Subject::CompareOf(code) => {
                let measure = book.measure(code).expect("the contents list measures of the catalogue");
                page!("compare.html", compare::of_measure(book, measure, &path))
            }
            Subject::Search => page!("search.html", search::view(book, &path)),
            Subject::Downloads => page!("files.html", files::view(book, &path)),
            Subject::PrintBook(period) => page!("print-book.html", print_book::view(book, *period, &path)),
            Subject::Guide if book.is_public() => page!("guide-readers.html", guide::view(book, &path)),
            Subject::Guide => page!("guide-officers.html", guide::view(book, &path)),
            Subject::Signs => page!("signs.html", guide::signs(book, &path)),
            Subject::Slides => page!("period.html", slides::index(book, &path)),
            Subject::SlidesOf(period) => page!("slides.html", slides::view(book, *period, &path)),
        }
    }
}
