//! Views: for each kind of page one struct of finished strings. Templates do no arithmetic.

mod block;
mod calendar;
mod downloads;
mod draw;
mod duties;
mod frame;
mod history;
mod home;
mod method;
mod models;
mod plan;
mod plans;
mod quality;
mod report;
mod returns;
mod rules;
mod unit;
mod units;
mod watch;

use crate::site::book::Book;
use crate::site::page::{self, Page};
use crate::site::render::Templates;
use crate::vocabulary::{PlanId, UnitCode};

/// What a page is about. One page each.
#[derive(Clone, Debug)]
pub enum Subject {
    /// Điều hành.
    Home,
    /// The list of units.
    Units,
    /// One unit.
    Unit(UnitCode),
    /// The list of plans.
    Plans,
    /// One plan.
    Plan(PlanId),
    /// The register of models.
    Models,
    /// Which returns came, and when.
    Returns,
    /// The rules that returns are checked by.
    Rules,
    /// How figures are made.
    Method,
    /// Files to take away.
    Downloads,
    /// Findings and outcomes; internal edition only.
    Quality,
    /// The findings of one unit; internal edition only.
    UnitQuality(UnitCode),
}

impl Subject {
    /// Every page of the site, in the order of the navigation.
    pub fn all(book: &Book<'_>) -> Vec<Subject> {
        let mut all = vec![Subject::Home, Subject::Units];
        all.extend(book.units.iter().map(|unit| Subject::Unit(unit.code.clone())));
        all.push(Subject::Plans);
        all.extend(book.definitions().plans.iter().map(|plan| Subject::Plan(plan.id.clone())));
        all.extend([Subject::Models, Subject::Returns, Subject::Rules, Subject::Method, Subject::Downloads]);
        if book.release.internal().is_some() {
            all.push(Subject::Quality);
            all.extend(book.units.iter().map(|unit| Subject::UnitQuality(unit.code.clone())));
        }
        all
    }

    /// Its path.
    pub fn path(&self, book: &Book<'_>) -> String {
        match self {
            Subject::Home => page::HOME.into(),
            Subject::Units => page::UNITS.into(),
            Subject::Unit(code) => page::unit(book.unit(code).expect("the contents list units of the register")),
            Subject::Plans => page::PLANS.into(),
            Subject::Plan(id) => page::plan(id),
            Subject::Models => page::MODELS.into(),
            Subject::Returns => page::RETURNS.into(),
            Subject::Rules => page::RULES.into(),
            Subject::Method => page::METHOD.into(),
            Subject::Downloads => page::DOWNLOADS.into(),
            Subject::Quality => page::QUALITY.into(),
            Subject::UnitQuality(code) => page::quality(code),
        }
    }

    /// The page, rendered.
    pub fn page(&self, book: &Book<'_>, templates: &Templates) -> anyhow::Result<Page> {
        let path = self.path(book);
        macro_rules! page {
            ($template:literal, $view:expr) => {{
                let (frame, view) = $view;
                templates.page(&path, $template, &frame, &view)
            }};
        }
        match self {
            Subject::Home => page!("home.html", home::view(book, &path)),
            Subject::Units => page!("units.html", units::view(book, &path)),
            Subject::Unit(code) => {
                let unit = book.unit(code).expect("the contents list units of the register");
                page!("unit.html", unit::view(book, unit, &path))
            }
            Subject::Plans => page!("plans.html", plans::view(book, &path)),
            Subject::Plan(id) => {
                let plan = book.definitions().plans.iter().find(|plan| plan.id == *id);
                page!("plan.html", plan::view(book, plan.expect("the contents list plans of the definitions"), &path))
            }
            Subject::Models => page!("models.html", models::view(book, &path)),
            Subject::Returns => page!("returns.html", returns::view(book, &path)),
            Subject::Rules => page!("rules.html", rules::view(book, &path)),
            Subject::Method => page!("method.html", method::view(book, &path)),
            Subject::Downloads => page!("downloads.html", downloads::view(book, &path)),
            Subject::Quality => page!("quality.html", quality::index(book, &path)),
            Subject::UnitQuality(code) => {
                let unit = book.unit(code).expect("the contents list units of the register");
                page!("quality.html", quality::of_unit(book, unit, &path))
            }
        }
    }
}
