//! A workbook as read becomes a return: identified, its rows found, its cells understood.
//!
//! Everything that is wrong with a file is found in one pass, each finding at
//! its sheet and cell. Whether values agree with one another is the business
//! of `check`; which return counts, of `versions`.

mod criteria;
mod filling;
mod models;
mod persons;
mod rows;
mod settlements;
mod table;
mod texts;
mod unvalued;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::definitions::SheetKind;
use crate::findings::{Finding, Place, Rule};
use crate::intake::cover::Cover;
use crate::intake::identify::{Identity, identify};
use crate::intake::index::{Index, Scope};
use crate::intake::layout::Layout;
use crate::intake::package::{Refusal, RefusalKind};
use crate::intake::reader::FileRead;
use crate::intake::workbook::{Closed, Workbook};
use crate::intake::{Outcome, Return, SetAside, Standing};

use filling::Filling;

/// What became of one file, with all its findings.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Normalised {
    /// A return, or a file that gives none.
    pub result: Result<Box<Return>, SetAside>,
    /// Its findings, unsorted.
    pub findings: Vec<Finding>,
}

/// Makes a return of what was read from a file.
pub(super) fn normalise(index: &Index, file: &Arc<str>, read: FileRead) -> Normalised {
    let understand = || match &read.content {
        Ok(workbook) => normalise_workbook(index, file, &read.sha256, workbook),
        Err(refusal) => refused(file, read.sha256.clone(), refusal),
    };
    // A mistake of ours costs this file, not the run.
    catch_unwind(AssertUnwindSafe(understand)).unwrap_or_else(|_| {
        let reason = "Chương trình gặp lỗi khi đọc hiểu tệp này, cần báo người phụ trách chương trình";
        refused(file, read.sha256.clone(), &Refusal::new(RefusalKind::Unreadable, reason))
    })
}

fn refused(file: &Arc<str>, sha256: String, refusal: &Refusal) -> Normalised {
    let finding = Finding::of(refusal.rule(), Place::file(file.clone()), refusal.reason.as_str(), refusal.advice());
    let set_aside = SetAside { file: file.clone(), sha256, reason: refusal.reason.clone() };
    Normalised { result: Err(set_aside), findings: vec![finding] }
}

fn normalise_workbook(index: &Index, file: &Arc<str>, sha256: &str, workbook: &Workbook) -> Normalised {
    let place = Place::file(file.clone());
    let mut findings = closed_sheets(workbook, &place);
    let personal = findings.iter().any(is_about_persons);
    let identity = match Cover::find(workbook, index) {
        Some(cover) => {
            let identity = identify(index, workbook, &cover, &place, &mut findings);
            identity.map(|identity| (identity, cover.sheet))
        }
        None if personal => Err(Vec::new()),
        None => Err(vec![Finding::of(
            Rule::SheetMissing,
            place.clone(),
            "Không thấy Biểu 00 (thông tin chung) trong tệp, không biết đơn vị và kỳ báo cáo",
            "Chép số liệu vào biểu mẫu gốc, khai đủ Biểu 00 rồi gửi lại",
        )]),
    };
    let (identity, cover) = match identity {
        Ok(found) => found,
        Err(faults) => {
            findings.extend(faults);
            findings.extend(texts::findings(workbook, &place, |_| true));
            let gravest = findings.iter().min_by_key(|finding| (finding.severity, !is_about_persons(finding)));
            let reason = gravest.map_or_else(|| "Không đọc được".to_owned(), |finding| finding.message.clone());
            let set_aside = SetAside { file: file.clone(), sha256: sha256.to_owned(), reason };
            return Normalised { result: Err(set_aside), findings };
        }
    };
    let mut ret = blank(file, sha256, &identity);
    if personal {
        // Nothing next to a list of persons is used or quoted.
        ret.standing = standing(index, &ret, &place, &mut findings);
        return finished(ret, findings);
    }
    let mut layout = Layout::of(workbook, identity.form);
    layout.known[cover] = true;
    let scope = Scope::new(index.definitions, identity.unit, identity.period);
    let mut filling = Filling::new(workbook, &place, &layout, &identity, &scope);
    filling.note_sheets();
    filling.note_oddities();
    for (_, sheet) in &identity.form.sheets {
        // Where nobody knows whose plans are carried out, a sheet of one plan is read when it is there.
        let is_there = || sheet.rows.iter().any(|row| !layout.spots(row, &sheet.name, workbook).0.is_empty());
        let is_asked = scope.asks_sheet(sheet) || (index.nobody_owes() && is_there());
        if !is_asked {
            continue;
        }
        match sheet.kind {
            SheetKind::Cover | SheetKind::Rows => rows::read(&mut filling, sheet, &mut ret.entries),
            SheetKind::Settlements => ret.settlements = settlements::read(&mut filling, sheet),
            SheetKind::Models => ret.models = models::read(&mut filling),
            SheetKind::Criteria => ret.criteria = criteria::read(&mut filling),
        }
    }
    findings.extend(unvalued::gather(filling.into_findings()));
    findings.extend(texts::findings(workbook, &place, |at| layout.known[at]));
    ret.standing = standing(index, &ret, &place, &mut findings);
    finished(ret, findings)
}

fn finished(ret: Return, mut findings: Vec<Finding>) -> Normalised {
    for finding in &mut findings {
        finding.unit = Some(ret.unit.clone());
        finding.period = Some(ret.period);
    }
    Normalised { result: Ok(Box::new(ret)), findings }
}

fn is_about_persons(finding: &Finding) -> bool {
    finding.rule.as_str() == Rule::PersonalData.code()
}

fn blank(file: &Arc<str>, sha256: &str, identity: &Identity) -> Return {
    Return {
        file: file.clone(),
        sha256: sha256.to_owned(),
        unit: identity.unit.code.clone(),
        period: identity.period,
        form_version: identity.form.form.version.clone(),
        estimate: identity.estimate,
        submission: identity.submission,
        declared_date: identity.made_on,
        received: identity.made_on,
        team_model: identity.team_model.clone(),
        standing: Standing::Counts,
        differences: Vec::new(),
        outcome: Outcome::Accepted,
        entries: BTreeMap::new(),
        settlements: Vec::new(),
        models: Vec::new(),
        criteria: Vec::new(),
    }
}

fn closed_sheets(workbook: &Workbook, place: &Place) -> Vec<Finding> {
    let closed = workbook.sheets.iter().enumerate().filter_map(|(at, sheet)| {
        let place = place.sheet(at as u16, sheet.name.as_str());
        Some(match sheet.closed.as_ref()? {
            Closed::Unreadable(why) => Finding::of(
                Rule::SheetUnreadable,
                place,
                format!("Trang tính {why}, không đọc được"),
                "Chép số liệu sang biểu mẫu trống, lưu và gửi lại",
            ),
            Closed::Personal(sign) => persons::finding(*sign, place),
        })
    });
    closed.collect()
}

/// A return for a period that is not asked of the unit is set aside, with the period that is.
fn standing(index: &Index, ret: &Return, place: &Place, findings: &mut Vec<Finding>) -> Standing {
    let expected = index.expected(&ret.unit);
    if expected.contains(&ret.period) || index.nobody_owes() {
        return Standing::Counts;
    }
    let near: Vec<String> = expected
        .iter()
        .filter(|due| due.contains(ret.period) || ret.period.contains(**due))
        .map(|due| due.title())
        .collect();
    let name = index.definitions.units.get(&ret.unit).map_or(ret.unit.as_str(), |unit| unit.name());
    let reason = format!("{name} không phải gửi báo cáo {}", ret.period.title());
    let help = if near.is_empty() {
        "Kiểm tra kỳ báo cáo ở Biểu 00; kỳ này không có kế hoạch nào yêu cầu đơn vị báo cáo".to_owned()
    } else {
        format!("Gửi báo cáo {}", near.join(", "))
    };
    findings.push(Finding::of(Rule::PeriodNotAsked, place.clone(), reason.as_str(), help));
    Standing::SetAside { reason }
}
