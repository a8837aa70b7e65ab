//! `tongket explain`: one rule in full, or all of them by title.

use std::path::PathBuf;

use anyhow::bail;

use crate::cli::DONE;
use crate::cli::arguments::Explain;
use crate::cli::check::load;
use crate::cli::console::Console;
use crate::findings::catalogue::{catalogue, explain};
use crate::findings::console;

/// Explains the rule, or lists all.
pub fn run(arguments: &Explain, console: &Console) -> anyhow::Result<u8> {
    let here = || Some(PathBuf::from("input")).filter(|input| input.is_dir());
    let (definitions, _) = load(arguments.input.clone().or_else(here).as_deref())?;
    let rules = catalogue(&definitions);
    let Some(code) = &arguments.rule else {
        console.say(&console::rules(&rules, console.style()));
        return Ok(DONE);
    };
    match explain(&rules, code) {
        Ok(rule) => {
            console.say(&console::rule(rule, console.style()));
            Ok(DONE)
        }
        Err(near) => bail!("{}", console::no_such_rule(code, &near, console.style())),
    }
}
