//! Same inputs, same bytes: whatever the order of files and the number of reading processes.

mod support;

use std::path::PathBuf;

use support::{cut, files, write};
use tongket::intake::reader::ReaderOptions;
use tongket::pipeline::{Options, build};
use tongket::vocabulary::Edition;

#[test]
fn two_builds_agree_byte_for_byte_in_any_order_with_any_number_of_workers() {
    let input = cut(|file| file.contains("2026"));
    let built: Vec<_> = [(1, false), (3, true)]
        .into_iter()
        .map(|(workers, backwards)| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("input");
            if backwards {
                write(&path, input.iter().rev());
            } else {
                write(&path, &input);
            }
            let site = |name: &str| folder.path().join(name);
            let options = Options {
                input: path,
                templates: PathBuf::from("no such folder: the embedded templates serve"),
                editions: vec![(Edition::Public, site("public")), (Edition::Internal, site("internal"))],
                as_of: Some("2027-01-20".parse().unwrap()),
                today: "2030-01-01".parse().unwrap(),
                reader: ReaderOptions { workers, ..ReaderOptions::with_program(env!("CARGO_BIN_EXE_tongket").into()) },
            };
            build(&options, &|_, _, _| {}).unwrap();
            (files(&site("public")), files(&site("internal")))
        })
        .collect();
    for (one, other) in [(&built[0].0, &built[1].0), (&built[0].1, &built[1].1)] {
        assert!(one.keys().eq(other.keys()), "the builds have different files");
        for (name, bytes) in one {
            assert!(*bytes == other[name], "{name} differs");
        }
    }
}
