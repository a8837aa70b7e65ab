//! Which return of a unit and period counts.
//!
//! Chính thức replaces ước; then the later declared date counts, then the
//! later day in the receipt register, then the higher lần nộp. What none of
//! these tells apart is a finding, not a coin toss.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::definitions::Registers;
use crate::findings::{Finding, Place, Rule};
use crate::intake::{Reading, Return, Standing};
use crate::vocabulary::{Period, UnitCode};

/// Decides the standing of every return that is not set aside already. The
/// result does not depend on the order of `returns`.
pub(super) fn stand(returns: &mut [Return], registers: &Registers) -> Vec<Finding> {
    let mut groups: BTreeMap<(UnitCode, Period), Vec<usize>> = BTreeMap::new();
    for (at, ret) in returns.iter().enumerate().filter(|(_, ret)| ret.standing == Standing::Counts) {
        groups.entry((ret.unit.clone(), ret.period)).or_default().push(at);
    }
    let mut findings = Vec::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by(|a, b| returns[*a].file.cmp(&returns[*b].file));
        for (at, standing, finding) in judge(&group, returns, registers) {
            returns[at].standing = standing;
            findings.push(finding);
        }
    }
    findings
}

/// The returns of one unit and period that do not count, with why.
fn judge(group: &[usize], returns: &[Return], registers: &Registers) -> Vec<(usize, Standing, Finding)> {
    let mut judged = Vec::new();
    let mut distinct: Vec<usize> = Vec::new();
    for &at in group {
        match distinct.iter().find(|other| returns[**other].sha256 == returns[at].sha256) {
            Some(&first) => judged.push(duplicate(&returns[at], at, &returns[first].file)),
            None => distinct.push(at),
        }
    }
    // A return of which nothing can be used replaces none that can.
    if distinct.iter().any(|at| is_usable(&returns[*at])) {
        let usable = distinct.iter().copied().filter(|at| is_usable(&returns[*at])).collect::<Vec<_>>();
        let best = best_of(&usable, returns, registers);
        for &at in distinct.iter().filter(|at| !usable.contains(at)) {
            judged.push(superseded(&returns[at], at, &returns[best[0]].file));
        }
        distinct = usable;
    }
    let best = best_of(&distinct, returns, registers);
    for &at in &distinct {
        if best.contains(&at) {
            if best.len() > 1 {
                let others = best.iter().filter(|other| **other != at).map(|other| &*returns[*other].file);
                judged.push(conflict(&returns[at], at, &others.collect::<Vec<_>>()));
            }
        } else {
            judged.push(superseded(&returns[at], at, &returns[best[0]].file));
        }
    }
    judged
}

fn is_usable(ret: &Return) -> bool {
    ret.entries.values().any(|entry| matches!(entry.value, Reading::Value(_)))
}

/// The returns that no other replaces: one, unless they cannot be ordered.
fn best_of(group: &[usize], returns: &[Return], registers: &Registers) -> Vec<usize> {
    let beaten =
        |at: &usize| group.iter().any(|other| order(&returns[*other], &returns[*at], registers) == Ordering::Greater);
    let best: Vec<usize> = group.iter().copied().filter(|at| !beaten(at)).collect();
    // Dates of which some are missing can chase each other in a circle.
    if best.is_empty() { group.to_vec() } else { best }
}

/// Whether `a` is newer than `b`; equal when nothing tells.
fn order(a: &Return, b: &Return, registers: &Registers) -> Ordering {
    let receipt = |ret: &Return| registers.receipts.get(&ret.file).map(|receipt| receipt.received);
    (b.estimate.cmp(&a.estimate))
        .then_with(|| both(a.declared_date, b.declared_date))
        .then_with(|| both(receipt(a), receipt(b)))
        .then_with(|| a.submission.cmp(&b.submission))
}

fn both<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    }
}

fn finding(rule: Rule, ret: &Return, message: String, help: &str) -> Finding {
    let mut finding = Finding::of(rule, Place::file(ret.file.clone()), message, help);
    finding.unit = Some(ret.unit.clone());
    finding.period = Some(ret.period);
    finding
}

fn duplicate(ret: &Return, at: usize, first: &Arc<str>) -> (usize, Standing, Finding) {
    let message = format!("Tệp giống hệt {first}; chỉ một tệp được tính");
    let finding = finding(Rule::DuplicateReturn, ret, message, "Không cần làm gì; có thể xóa bản thừa");
    (at, Standing::Superseded { by: first.clone() }, finding)
}

fn superseded(ret: &Return, at: usize, by: &Arc<str>) -> (usize, Standing, Finding) {
    let finding = finding(Rule::Superseded, ret, format!("Đã được thay bằng {by}"), "Không cần làm gì");
    (at, Standing::Superseded { by: by.clone() }, finding)
}

fn conflict(ret: &Return, at: usize, others: &[&str]) -> (usize, Standing, Finding) {
    let reason = format!("Khác {} mà cùng ngày lập, lần nộp; không rõ bản nào mới hơn", others.join(", "));
    let help = "Sửa Ngày lập hoặc Lần nộp của bản cuối, hoặc ghi ngày nhận vào sổ nhận báo cáo";
    let finding = finding(Rule::ConflictingReturns, ret, reason.clone(), help);
    (at, Standing::SetAside { reason }, finding)
}
