//! Recording that the public edition goes out: the standing site is proven to be what this program makes
//! of the present input, audited, and added to the ledger.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::figures;
use crate::findings::catalogue::catalogue;
use crate::intake::reader::ReaderOptions;
use crate::ledger::{self, Publication};
use crate::pipeline::outgoing::Outgoing;
use crate::pipeline::{self, Progress, Stage, survey};
use crate::publish::Seal;
use crate::release::{Stamp, batch};
use crate::site::Templates;
use crate::vocabulary::Edition;

/// What a publication needs to know.
#[derive(Clone, Debug)]
pub struct Options {
    /// The input folder, to whose ledger it is added.
    pub input: PathBuf,
    /// The public edition that goes out.
    pub public: PathBuf,
    /// The site templates it was built with.
    pub templates: PathBuf,
    /// The day its figures are locked, when it is not the one that it says itself.
    pub as_of: Option<NaiveDate>,
    /// The day it goes out.
    pub today: NaiveDate,
    /// What it is published for.
    pub note: String,
    /// How returns are read.
    pub reader: ReaderOptions,
}

/// What was recorded, for the console.
#[derive(Clone, Debug, Serialize)]
pub struct Recorded {
    /// The number of the publication.
    pub number: u32,
    /// Whether it had been recorded before; nothing was written then.
    pub already: bool,
    /// The day it went out.
    pub published: NaiveDate,
    /// The day its figures were locked.
    pub as_of: NaiveDate,
    /// The id printed on its pages.
    pub build_id: String,
    /// Number of its files.
    pub files: u32,
    /// Cells printed with a value.
    pub values: usize,
    /// Cells hidden.
    pub hidden: usize,
    /// Returns whose items about persons wait for others.
    pub waiting: usize,
    /// SHA-256 over its files.
    pub seal: String,
}

/// What a site says about itself.
#[derive(Deserialize)]
struct Manifest {
    edition: Edition,
    as_of: NaiveDate,
    build_id: String,
}

/// Records that the public edition goes out, once.
///
/// # Errors
/// When the ledger is damaged; when there is no whole public edition, it was not built from the present
/// input, or was altered since; when the audit finds a breach; when the disk refuses. Nothing is recorded then.
pub fn publish(options: &Options, progress: Progress) -> anyhow::Result<Recorded> {
    let ledger = ledger::read(&options.input)?;
    let manifest = manifest(&options.public)?;
    let standing = Seal::of(&options.public)?;
    if let Some(earlier) = ledger.publications.iter().find(|earlier| earlier.build_id == manifest.build_id) {
        if earlier.seal != standing.digest() {
            bail!(
                "{} mang số hiệu bản dựng {} đã công bố lần {}, nhưng nội dung không còn như khi công bố; \
                 chạy lại “tongket” để dựng lại",
                options.public.display(),
                earlier.build_id,
                earlier.number
            );
        }
        return Ok(recorded(earlier, 0, true));
    }
    let as_of = options.as_of.unwrap_or(manifest.as_of);
    let build = pipeline::Options {
        input: options.input.clone(),
        templates: options.templates.clone(),
        editions: Vec::new(),
        as_of: Some(as_of),
        today: options.today,
        reader: options.reader.clone(),
    };
    let (definitions, as_of, intake) = survey(&build, progress)?;
    progress(Stage::Figures, 0, 1);
    let figures = figures::compute(&intake, &definitions, as_of);
    let rules = catalogue(&definitions);
    let templates = Templates::load(&options.templates)?;
    let stamp = Stamp { as_of, templates: templates.hash().to_owned() };
    let mut outgoing = Outgoing::of(&figures, &intake, &definitions, &rules, &stamp, &ledger);
    let drawn = outgoing.draw(&options.public, &templates, progress)?;
    let release = drawn.release;
    if release.build_id() != manifest.build_id {
        bail!(
            "{} là bản dựng {}, còn đầu vào hiện nay cho bản dựng {}: đầu vào, mẫu trang hoặc chương trình đã thay đổi; \
             chạy lại “tongket” rồi xem lại trang trước khi công bố",
            options.public.display(),
            manifest.build_id,
            release.build_id()
        );
    }
    // What was audited is, byte for byte, what stands there.
    unaltered(&options.public, &standing, &Seal::of(drawn.publication.folder())?)?;
    let publication = Publication {
        number: ledger.publications.len() as u32 + 1,
        published: options.today,
        as_of,
        build_id: manifest.build_id,
        note: options.note.clone(),
        sources: stamp.sources(&intake, &definitions),
        files: standing.files() as u32,
        seal: standing.digest(),
        entry: String::new(),
        printed: release.printed(),
        counted: batch::counted(&intake, &definitions, &ledger),
    };
    ledger::append(&options.input, &ledger, &publication)?;
    Ok(recorded(&publication, release.waiting(), false))
}

fn manifest(public: &Path) -> anyhow::Result<Manifest> {
    let whole = || format!("chưa có bản công khai hoàn chỉnh ở {}; chạy “tongket” trước", public.display());
    let bytes = std::fs::read(public.join("data/manifest.json")).with_context(whole)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).with_context(whole)?;
    if manifest.edition != Edition::Public {
        bail!("{} là bản nội bộ, không được công bố; chỉ ghi sổ bản công khai", public.display());
    }
    Ok(manifest)
}

/// As many altered files are named.
const NAMED: usize = 10;

/// The site is, byte for byte, the one that the present input makes.
fn unaltered(public: &Path, standing: &Seal, drawn: &Seal) -> anyhow::Result<()> {
    let altered = standing.differences(drawn);
    if altered.is_empty() {
        return Ok(());
    }
    bail!(
        "{} tệp trong {} không đúng như chương trình đã dựng (bị sửa, thêm hoặc xóa); chạy lại “tongket”:\n  {}",
        altered.len(),
        public.display(),
        altered[..altered.len().min(NAMED)].join("\n  ")
    )
}

fn recorded(publication: &Publication, waiting: usize, already: bool) -> Recorded {
    Recorded {
        number: publication.number,
        already,
        published: publication.published,
        as_of: publication.as_of,
        build_id: publication.build_id.clone(),
        files: publication.files,
        values: publication.values(),
        hidden: publication.hidden(),
        waiting,
        seal: publication.seal.clone(),
    }
}
