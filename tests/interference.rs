//! Non-interference (statistics report 1.7, A9): other returns with the same printed numbers, and the same sizes
//! of those that are not printed, make the same public edition, byte for byte. Nothing of what is hidden leaves
//! by any channel: no page, chart, download, order, file name or number of files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tongket::definitions::{self, Definitions};
use tongket::figures::{self, Figure, Figures, Quantity};
use tongket::findings::catalogue::catalogue;
use tongket::intake::reader::ReaderOptions;
use tongket::intake::take_in::take_in;
use tongket::intake::{Intake, Reading, Standing};
use tongket::ledger::Ledger;
use tongket::pipeline::outgoing::{Drawn, Outgoing};
use tongket::release::{OtherValue, Stamp};
use tongket::site::Templates;
use tongket::vocabulary::{Area, PeriodKind};

/// Everything the sample's returns say, and what it takes to publish them.
struct Sample {
    definitions: Arc<Definitions>,
    intake: Intake,
    templates: Templates,
    stamp: Stamp,
}

impl Sample {
    fn read() -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (definitions, registers) = definitions::load(&home.join("input")).unwrap();
        let as_of = definitions.site.as_of.unwrap();
        let options = ReaderOptions::with_program(env!("CARGO_BIN_EXE_tongket").into());
        let intake = take_in(&definitions, &registers, &home.join("input"), as_of, &options, &|_, _| {}).unwrap();
        let templates = Templates::load(&home.join("site-templates")).unwrap();
        let stamp = Stamp { as_of, templates: templates.hash().to_owned() };
        Self { definitions: Arc::new(definitions), intake, templates, stamp }
    }

    fn figures(&self, intake: &Intake) -> Figures {
        figures::compute(intake, &self.definitions, self.stamp.as_of)
    }

    fn draw(&self, intake: &Intake, target: &Path) -> Drawn {
        let figures = self.figures(intake);
        let rules = catalogue(&self.definitions);
        let ledger = Ledger::default();
        let mut outgoing = Outgoing::of(&figures, intake, &self.definitions, &rules, &self.stamp, &ledger);
        outgoing.draw(target, &self.templates, &|_, _, _| {}).unwrap()
    }
}

/// The same returns, but for the values that another table has in their place.
fn changed(intake: &Intake, table: &[OtherValue]) -> Intake {
    let mut intake = intake.clone();
    for value in table {
        let of = |ret: &&mut tongket::intake::Return| {
            ret.unit == value.unit && ret.period == value.period && ret.standing == Standing::Counts
        };
        let entry = intake.returns.iter_mut().find(of).unwrap().entries.get_mut(&value.measure).unwrap();
        assert_eq!(entry.value, Reading::Value(value.reported));
        entry.value = Reading::Value(value.other);
    }
    intake
}

/// What may be told of a number that is not printed: how large it is, roughly.
fn size(figure: &Figure) -> (Option<usize>, Option<usize>) {
    let class = |value: i64| [1000, 100, 20, 5].iter().position(|least| value.abs() >= *least).unwrap_or(4);
    match figure.value {
        None => (None, None),
        Some(Quantity::Whole(value)) => (Some(class(value)), None),
        Some(Quantity::Ratio { numerator, denominator }) => {
            (Some(usize::from(numerator >= 5)), Some(usize::from(denominator >= 20)))
        }
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn gather(folder: &Path, below: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => gather(&path, below, files),
                false => drop(files.insert(path.strip_prefix(below).unwrap().into(), fs::read(&path).unwrap())),
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(folder, folder, &mut found);
    found
}

#[test]
fn other_returns_with_the_same_printed_numbers_make_the_same_public_edition_byte_for_byte() {
    let sample = Sample::read();
    let folder = tempfile::tempdir().unwrap();
    let first = sample.draw(&sample.intake, &folder.path().join("first"));
    let truth = sample.figures(&sample.intake);
    let axes = truth.cube.axes();
    let printed = first.release.cube().cells();
    let sizes = |figures: &Figures| -> Vec<_> {
        let places = axes.areas().iter().flat_map(|area| axes.periods().iter().map(move |period| (area, period)));
        let is_level = places.map(|(area, period)| match area {
            Area::Province(_) => true,
            Area::Unit(_) => matches!(period.kind(), PeriodKind::Year | PeriodKind::Span),
            Area::Group(_) => false,
        });
        let cells = is_level.flat_map(|level| std::iter::repeat_n(level, axes.measures().len()));
        cells.zip(figures.cube.cells()).filter(|(level, _)| *level).map(|(_, figure)| size(figure)).collect()
    };
    let own_sizes = sizes(&truth);

    let certificates = &first.audit.certificates;
    assert!(certificates.tables.len() > 100, "{} tables", certificates.tables.len());
    let (mut intake, mut touched) = (sample.intake.clone(), BTreeSet::new());
    let (mut taken, mut values, mut tried) = (0, 0, 0);
    for table in &certificates.tables {
        let returns: BTreeSet<_> = table.iter().map(|value| (value.unit.clone(), value.period)).collect();
        if !touched.is_disjoint(&returns) || tried == 120 {
            continue;
        }
        tried += 1;
        let other = changed(&intake, table);
        let figures = sample.figures(&other);
        let same = |(at, figure): (usize, &Figure)| printed[at].value.is_none_or(|value| figure.value == Some(value));
        // That is what the table certifies.
        assert!(figures.cube.cells().iter().enumerate().all(same), "a certificate prints something else");
        if sizes(&figures) == own_sizes {
            (intake, taken, values) = (other, taken + 1, values + table.len());
            touched.extend(returns);
        }
    }
    assert!(taken >= 5, "only {taken} of {tried} tables keep all sizes");
    assert!(values > 0);

    let second = sample.draw(&intake, &folder.path().join("second"));
    let [first, second] = [first, second].map(|drawn| files(drawn.publication.folder()));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    let differing: Vec<_> =
        first.iter().filter(|(path, bytes)| second[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{values} other values of {taken} tables show in {differing:?}");
}
