//! Makes the sample again: `cargo run --example sample`.
//!
//! Workbooks of other formats are converted by LibreOffice, which writes the hour into them: they alone differ each time.

use std::path::Path;
use std::process::Command;

use tongket::{definitions, demo::sample};

fn main() -> anyhow::Result<()> {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (definitions, _) = definitions::load(&input)?;
    let sample = sample::sample(&definitions)?;
    let returns = input.join("returns");
    if returns.exists() {
        std::fs::remove_dir_all(&returns)?;
    }
    let folder = std::env::temp_dir().join("tongket-sample");
    for (file, bytes) in sample::save(sample, &input)? {
        let target = returns.join(&file);
        let (stem, kind) = file.rsplit_once('/').map_or(&*file, |(_, name)| name).rsplit_once('.').expect("a name");
        std::fs::create_dir_all(&folder)?;
        let source = folder.join(format!("{stem}.xlsx"));
        std::fs::write(&source, bytes)?;
        let parent = target.parent().expect("a file has a folder");
        std::fs::create_dir_all(parent)?;
        let done = Command::new("soffice")
            .args(["--headless", "--convert-to", kind, "--outdir"])
            .args([parent, &source])
            .status();
        anyhow::ensure!(done.is_ok_and(|status| status.success()), "LibreOffice không chuyển được {file}");
    }
    Ok(())
}
