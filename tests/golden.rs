//! The golden site: what a reader sees of a few pages of a small site, word for word.
//!
//! `cargo bless` rewrites `tests/golden/`; read the difference before committing it.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::{cut, files, place, said, tongket};

/// Pages of each kind, in both editions where there are two.
const PAGES: [&str; 9] = [
    "index.html",
    "ky/2026/index.html",
    "chi-tieu/thn-tl-viec-lam.html",
    "chi-tieu/bv-tl-an-toan.html",
    "xa/99004-xa-binh-lu.html",
    "ke-hoach/kh243-chung-tay.html",
    "mo-hinh/index.html",
    "tinh-hinh-nop/index.html",
    "tai-ve/index.html",
];

/// The words of a page's `<main>`, one line per block, without drawings.
fn words(html: &str) -> String {
    let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a page has a main").0;
    let main = main.split_once('>').expect("a tag is closed").1;
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before.trim_matches('\n'));
        let (tag, after) = after.split_once('>').expect("a tag is closed");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        rest = after;
        match name {
            "svg" => rest = after.split_once("</svg>").expect("a drawing is closed").1,
            "td" | "th" | "dt" if tag.starts_with('/') => text.push_str(" | "),
            "a" | "b" | "strong" | "em" | "small" | "span" | "td" | "th" | "dt" => text.push(' '),
            _ => text.push('\n'),
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.trim_matches(['|', ' ']).is_empty()).map(|line| line + "\n").collect()
}

/// The words without what every change of a single byte changes: the build id, sizes and hashes of files.
fn lasting(words: &str, build_id: &str) -> String {
    let is_hash = |cell: &str| cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lines =
        words.lines().map(|line| match line.trim_end_matches([' ', '|']).rsplitn(3, " | ").collect::<Vec<_>>()[..] {
            [hash, _size, file] if is_hash(hash) => format!("{file} | (cỡ tệp) | (mã băm) |\n"),
            _ => line.replace(build_id, "(bản dựng)") + "\n",
        });
    lines.collect()
}

fn built() -> BTreeMap<String, String> {
    let place = place(&cut(|file| file.contains("2026") && (file.contains("99004") || file.contains("99010"))));
    let output = tongket(place.path(), &["--as-of", "2027-01-20"]);
    assert!(place.path().join("public/index.html").is_file(), "{}", said(&output));
    let mut golden = BTreeMap::new();
    for edition in ["internal", "public"] {
        let site = files(&place.path().join(edition));
        let names: String = site.keys().map(|name| format!("{name}\n")).collect();
        golden.insert(format!("{edition}/files.txt"), names);
        let manifest: serde_json::Value = serde_json::from_slice(&site["data/manifest.json"]).unwrap();
        let build_id = manifest["build_id"].as_str().expect("a build has an id").to_owned();
        for page in PAGES {
            let html = std::str::from_utf8(&site[page]).unwrap();
            golden.insert(format!("{edition}/{}", page.replace(".html", ".txt")), lasting(&words(html), &build_id));
        }
    }
    golden
}

#[test]
fn the_site_says_word_for_word_what_was_blessed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let built = built();
    if std::env::var_os("TONGKET_BLESS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        for (name, text) in &built {
            let path: PathBuf = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        return;
    }
    let blessed = files(&folder);
    assert!(built.keys().eq(blessed.keys()), "tests/golden/ has other files than the site; run `cargo bless`");
    for (name, text) in &built {
        let expected = std::str::from_utf8(&blessed[name]).unwrap();
        let difference = text.lines().zip(expected.lines()).find(|(now, before)| now != before);
        assert!(
            text == expected,
            "tests/golden/{name} differs, first in {difference:?}; run `cargo bless` and read it"
        );
    }
}
