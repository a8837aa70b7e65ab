//! The spoiler: a share of a demo's returns, spoilt by seed as real life spoils them, with the truth kept beside.
//!
//! ```text
//! book, unpack, pack, binary   a workbook that can be changed at will, from and to bytes
//! legacy, persons, wreck       old encodings, lists of persons, files that are none
//! work, kinds                  one return being spoilt, and the ways to do it
//! record                       spoilt.csv and truth.csv: what a reader must do, by which it is judged
//! ```

pub mod binary;
pub mod book;
mod kinds;
pub mod legacy;
pub mod pack;
pub mod persons;
pub mod record;
pub mod unpack;
mod work;
pub mod wreck;

use chrono::{Days, NaiveDate};

pub use work::{Must, head};

use crate::definitions::{Definitions, Form};
use crate::demo::dice::Dice;
use crate::demo::post::Sending;
use crate::demo::spoil::record::Record;
use crate::demo::spoil::work::{Finish, Work, finished, truth};
use crate::demo::{handed_out, workbook};

/// One file as it comes in, with what was meant in it.
pub(super) struct Posted {
    pub bytes: Vec<u8>,
    pub received: NaiveDate,
    pub record: Record,
}

/// The codes of every kind of spoiling, in the order they are listed.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    kinds::all().map(|kind| kind.code)
}

/// What comes in for one return: itself, or its spoilt self with the files that come along.
/// `place` is its place among the returns of its unit; `percent` the chance that it is spoilt.
///
/// # Errors
/// When the form cannot write the return.
pub(super) fn post(
    definitions: &Definitions,
    sending: &Sending,
    place: usize,
    percent: u8,
    seed: u64,
) -> anyhow::Result<Vec<Posted>> {
    let bytes = workbook(definitions, sending)?;
    let mut dice = Dice::new(seed, &sending.fill.unit, SPOILING + i32::try_from(place)?);
    let record = |file: String, spoilt| Record {
        file,
        unit: sending.fill.unit.clone(),
        period: sending.fill.period,
        truth: truth(sending),
        spoilt,
    };
    if !dice.percent(i64::from(percent)) {
        return Ok(vec![Posted { bytes, received: sending.received, record: record(sending.file.clone(), None) }]);
    }
    let form = handed_out(definitions);
    let (mut work, code, must) = spoilt(definitions, form, sending, &bytes, dice);
    let bytes = finished(&work.book, &work.finish, &mut work.dice);
    let mut posted =
        vec![Posted { bytes, received: sending.received, record: record(work.file, Some((code.to_owned(), must))) }];
    for further in work.further {
        let record = Record { truth: further.truth, ..record(further.file, Some((code.to_owned(), further.must))) };
        let bytes = finished(&further.book, &Finish::Packed, &mut work.dice);
        posted.push(Posted { bytes, received: sending.received - Days::new(further.days_before), record });
    }
    Ok(posted)
}

/// Keeps the dice of spoiling apart from those of years.
const SPOILING: i32 = 1_000_000;

/// The return, spoilt in the first of the ways from a thrown one on that its content allows.
fn spoilt<'a>(
    definitions: &'a Definitions,
    form: &'a Form,
    sending: &'a Sending,
    bytes: &[u8],
    mut dice: Dice,
) -> (Work<'a>, &'static str, Must) {
    let number = kinds::all().count();
    let first = dice.between(0, number as i64 - 1) as usize;
    let book = unpack::unpack(bytes);
    let mut work = Work {
        definitions,
        form,
        sending,
        dice,
        book: book.clone(),
        file: sending.file.clone(),
        finish: Finish::Packed,
        further: Vec::new(),
    };
    for kind in kinds::all().cycle().skip(first).take(number) {
        if let Some(must) = (kind.spoil)(&mut work) {
            return (work, kind.code, must);
        }
        work.book.clone_from(&book);
    }
    unreachable!("every workbook can be cut off")
}
