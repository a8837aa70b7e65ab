//! Merged cells, hidden rows and columns and comments in the parts of an .xlsx.

use std::io::Cursor;

use quick_xml::events::Event;
use zip::ZipArchive;

use crate::intake::workbook::frame::{
    Archive, Area, Frame, MOST, add_run, attribute, elements, number, part, push_text,
};
use crate::vocabulary::CellRef;

/// What surrounds the cells of each sheet, by its name.
pub(super) fn frames(bytes: &[u8]) -> Option<Vec<(String, Frame)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let book = part(&mut archive, "xl/workbook.xml")?;
    let targets = relations(&mut archive, "xl/workbook.xml");
    let mut sheets = Vec::new();
    elements(&book, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(&element, "name"), attribute(&element, "id"))
        {
            sheets.extend(targets.iter().find(|target| target.id == id).map(|target| (name, target.path.clone())));
        }
    });
    let mut frames = Vec::new();
    for (name, path) in sheets {
        let mut frame = Frame::default();
        if let Some(text) = part(&mut archive, &path) {
            sheet(&text, &mut frame);
        }
        for target in relations(&mut archive, &path) {
            if target.kind.to_ascii_lowercase().ends_with("comment") || target.kind.ends_with("comments") {
                part(&mut archive, &target.path).into_iter().for_each(|text| comments(&text, &mut frame));
            }
        }
        frames.push((name, frame));
    }
    Some(frames)
}

/// What a part refers to.
struct Target {
    id: String,
    kind: String,
    path: String,
}

fn relations(archive: &mut Archive, path: &str) -> Vec<Target> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut targets = Vec::new();
    let Some(text) = part(archive, &format!("{folder}/_rels/{name}.rels")) else { return targets };
    elements(&text, |event| {
        if let Event::Start(element) | Event::Empty(element) = event
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
        {
            targets.push(Target { id, kind, path: resolved(folder, &target) });
        }
    });
    targets
}

/// A path as seen from a folder of the package.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(parts.pop()),
            "." | "" => {}
            step => parts.push(step),
        }
    }
    parts.join("/")
}

/// Hidden rows and columns and merged cells. Merged cells stand at the end of a sheet, so that of an
/// ordinary one, where nothing is hidden, only the end is gone through.
fn sheet(text: &str, frame: &mut Frame) {
    let text = match text.contains("hidden=") {
        true => text,
        false => match text.find("mergeCells").and_then(|at| text[..at].rfind('<')) {
            Some(at) => &text[at..],
            None => return,
        },
    };
    elements(text, |event| {
        let (Event::Start(element) | Event::Empty(element)) = event else { return };
        let is_hidden = || attribute(&element, "hidden").is_some_and(|value| value == "1" || value == "true");
        match element.local_name().as_ref() {
            "col" if is_hidden() => {
                if let (Some(min @ 1..), Some(max @ 1..)) = (number(&element, "min"), number(&element, "max")) {
                    add_run(&mut frame.hidden_cols, min - 1, max - 1);
                }
            }
            "row" if is_hidden() => {
                if let Some(row @ 1..) = number(&element, "r") {
                    add_run(&mut frame.hidden_rows, row - 1, row - 1);
                }
            }
            "mergeCell" => {
                let area = attribute(&element, "ref").unwrap_or_default();
                if let Some((Ok(first), Ok(last))) = area.split_once(':').map(|(a, b)| (a.parse(), b.parse()))
                    && frame.merged.len() < MOST
                {
                    frame.merged.push(Area { first, last });
                }
            }
            _ => {}
        }
    });
}

/// Comments of either kind: `comment` with runs of `t`, `threadedComment` with one `text`.
fn comments(text: &str, frame: &mut Frame) {
    let (mut cell, mut words, mut inside) = (None, String::new(), false);
    elements(text, |event| match event {
        Event::Start(element) => match element.local_name().as_ref() {
            "comment" | "threadedComment" => {
                cell = attribute(&element, "ref").and_then(|cell| cell.parse::<CellRef>().ok());
                words.clear();
            }
            "t" | "text" => inside = true,
            _ => {}
        },
        Event::End(element) => match element.local_name().as_ref() {
            "comment" | "threadedComment" => frame.note(cell.unwrap_or(CellRef::new(0, 0)), &words),
            "t" | "text" => inside = false,
            _ => {}
        },
        event if inside => push_text(&mut words, &event),
        _ => {}
    });
}
