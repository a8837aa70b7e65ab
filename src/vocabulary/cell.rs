//! One cell of a sheet, addressed the way the person who filled the form sees it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An absolute cell address.
///
/// Rows and columns count from zero, so that `CellRef::new(13, 2)` prints as
/// `C14`. calamine hands out ranges that start at the first used cell; only
/// `intake::workbook` turns those into addresses.
///
/// ```
/// use tongket::vocabulary::CellRef;
/// assert_eq!(CellRef::new(13, 2).to_string(), "C14");
/// assert_eq!("AB7".parse(), Ok(CellRef::new(6, 27)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Row, from 0 (sheet row 1).
    pub row: u32,
    /// Column, from 0 (column A).
    pub col: u32,
}

impl CellRef {
    /// The cell in the given row and column, both from zero.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.col + 1;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        for letter in letters.iter().rev() {
            write!(f, "{}", char::from(*letter))?;
        }
        write!(f, "{}", self.row + 1)
    }
}

impl FromStr for CellRef {
    type Err = ();

    /// Reads `C14`. `Err` when it is not the address of one cell.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.find(|c: char| c.is_ascii_digit()).ok_or(())?;
        let (letters, digits) = text.split_at(digits);
        if letters.is_empty() || letters.len() > 3 {
            return Err(());
        }
        let mut col = 0u32;
        for letter in letters.bytes() {
            if !letter.is_ascii_uppercase() {
                return Err(());
            }
            col = col * 26 + u32::from(letter - b'A') + 1;
        }
        let row: u32 = digits.parse().map_err(|_| ())?;
        if row == 0 {
            return Err(());
        }
        Ok(Self::new(row - 1, col - 1))
    }
}
