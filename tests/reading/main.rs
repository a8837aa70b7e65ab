//! Returns as they really come: tables moved, typed by hand, on older forms, and with persons in them.

#[path = "../support/mod.rs"]
mod support;

mod inbox;
mod layout;
mod persons;
mod versions;
