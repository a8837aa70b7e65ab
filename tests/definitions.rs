//! Definitions as their authors meet them: what loads, what is refused and where.

use std::path::Path;

use tongket::definitions;

#[test]
fn the_input_folder_loads() {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    if let Err(error) = definitions::load(&input) {
        panic!("{error:#}");
    }
}
