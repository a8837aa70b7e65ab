//! Which return of a unit and period counts, and how the others differ from it.
//!
//! Chính thức replaces ước; then the later declared date counts, then the
//! later day in the receipt register, then the higher lần nộp. What none of
//! these tells apart is a finding, not a coin toss. A return of which nothing
//! can be used replaces none that can, however new it is; nor does one whose
//! file name or folder speaks of another unit or period.

mod difference;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::definitions::Registers;
use crate::findings::{Finding, Place, Rule};
use crate::intake::{Difference, Reading, Return, Standing};
use crate::vocabulary::{Period, UnitCode};

use order::{best_of, is_newer};

/// The returns that may count, by unit and period.
pub(super) struct Versions {
    groups: BTreeMap<(UnitCode, Period), Vec<usize>>,
}

/// What is known about returns beside themselves.
pub(super) struct Evidence<'a> {
    /// The officer's registers.
    pub registers: &'a Registers,
    /// Files whose name or folder speaks of another unit or period than their cover.
    pub misfiled: &'a BTreeSet<Arc<str>>,
    /// Files of which the checks would leave nothing.
    pub emptied: &'a BTreeSet<Arc<str>>,
}

/// What became of a return that does not count.
struct Judged {
    at: usize,
    standing: Standing,
    finding: Finding,
    differences: Vec<Difference>,
}

impl Versions {
    /// Every return that is not set aside already.
    pub fn of(returns: &[Return]) -> Self {
        let mut groups: BTreeMap<(UnitCode, Period), Vec<usize>> = BTreeMap::new();
        for (at, ret) in returns.iter().enumerate().filter(|(_, ret)| ret.standing == Standing::Counts) {
            groups.entry((ret.unit.clone(), ret.period)).or_default().push(at);
        }
        groups.retain(|_, group| group.len() > 1);
        for group in groups.values_mut() {
            group.sort_by(|a, b| returns[*a].file.cmp(&returns[*b].file));
        }
        Self { groups }
    }

    /// Decides the standing of every return. The result does not depend on the order of `returns`.
    pub fn stand(&self, returns: &mut [Return], evidence: &Evidence) -> Vec<Finding> {
        let mut findings = Vec::new();
        for group in self.groups.values() {
            let judged = judge(group, returns, evidence);
            for &at in group {
                (returns[at].standing, returns[at].differences) = (Standing::Counts, Vec::new());
            }
            for Judged { at, standing, finding, differences } in judged {
                (returns[at].standing, returns[at].differences) = (standing, differences);
                findings.push(finding);
            }
        }
        findings
    }

    /// The files that count although `nothing_left` of them, while another of the same unit and period could.
    pub fn replaceable(
        &self,
        returns: &[Return],
        evidence: &Evidence,
        nothing_left: impl Fn(&Return) -> bool,
    ) -> Vec<Arc<str>> {
        let fallen = |group: &&Vec<usize>| {
            let counts = group.iter().find(|at| returns[**at].standing == Standing::Counts)?;
            let other = |at: &&usize| *at != counts && is_usable(&returns[**at], evidence);
            (nothing_left(&returns[*counts]) && group.iter().any(|at| other(&at)))
                .then(|| returns[*counts].file.clone())
        };
        self.groups.values().filter_map(|group| fallen(&group)).collect()
    }
}

/// The returns of one unit and period that do not count, with why.
fn judge(group: &[usize], returns: &[Return], evidence: &Evidence) -> Vec<Judged> {
    let desk = Desk { returns, evidence };
    let mut judged = Vec::new();
    let distinct = desk.distinct(group, &mut judged);
    // A return of which nothing can be used replaces none that can.
    let (usable, unusable): (Vec<usize>, Vec<usize>) =
        distinct.iter().partition(|at| is_usable(&returns[**at], evidence));
    let (standing, refused) = if usable.is_empty() { (unusable, Vec::new()) } else { (usable, unusable) };
    // Nor does a doubtful one replace one that is in its place.
    let (doubtful, certain): (Vec<usize>, Vec<usize>) =
        standing.iter().partition(|at| evidence.misfiled.contains(&returns[**at].file));
    let (standing, doubtful) = if certain.is_empty() { (doubtful, Vec::new()) } else { (certain, doubtful) };

    let best = best_of(&standing, returns, evidence.registers);
    let (first, same) =
        (best[0], best[1..].iter().all(|at| difference::same_content(&returns[best[0]], &returns[*at])));
    for &at in &standing {
        match best.contains(&at) {
            false => judged.push(desk.superseded(at, first)),
            true if at == first && same => {}
            true if same => judged.push(desk.same_content(at, first)),
            true => judged.push(desk.conflict(at, &best)),
        }
    }
    let older = |at: usize| is_newer(&returns[first], &returns[at], evidence.registers);
    for at in doubtful {
        judged.push(if older(at) { desk.superseded(at, first) } else { desk.misfiled(at, first) });
    }
    for at in refused {
        judged.push(if older(at) { desk.superseded(at, first) } else { desk.older_stands(at, first) });
    }
    judged
}

fn is_usable(ret: &Return, evidence: &Evidence) -> bool {
    !evidence.emptied.contains(&ret.file) && ret.entries.values().any(|entry| matches!(entry.value, Reading::Value(_)))
}

/// The returns of one unit and period on the table.
struct Desk<'a> {
    returns: &'a [Return],
    evidence: &'a Evidence<'a>,
}

impl Desk<'_> {
    /// One return for each content of bytes: the one received first.
    fn distinct(&self, group: &[usize], judged: &mut Vec<Judged>) -> Vec<usize> {
        let mut by_bytes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &at in group {
            by_bytes.entry(&self.returns[at].sha256).or_default().push(at);
        }
        let mut distinct = Vec::new();
        for mut copies in by_bytes.into_values() {
            copies.sort_by_key(|at| (self.received(*at).is_none(), self.received(*at), &self.returns[*at].file));
            distinct.push(copies[0]);
            for &at in &copies[1..] {
                let message = format!("Tệp giống hệt {}; chỉ một tệp được tính", self.returns[copies[0]].file);
                judged.push(self.replaced(at, copies[0], Rule::DuplicateReturn, message));
            }
        }
        distinct.sort_by(|a, b| self.returns[*a].file.cmp(&self.returns[*b].file));
        distinct
    }

    fn received(&self, at: usize) -> Option<chrono::NaiveDate> {
        self.evidence.registers.receipts.get(&self.returns[at].file).map(|receipt| receipt.received)
    }

    fn same_content(&self, at: usize, by: usize) -> Judged {
        let message = format!("Mọi số liệu giống {}; chỉ một tệp được tính", self.returns[by].file);
        self.replaced(at, by, Rule::DuplicateReturn, message)
    }

    fn superseded(&self, at: usize, by: usize) -> Judged {
        let (old, new) = (&self.returns[at], &self.returns[by]);
        let what = if old.estimate && !new.estimate {
            "Số ước, đã được thay bằng số chính thức"
        } else {
            "Đã được thay bằng"
        };
        let changes = difference::told(&difference::between(old, new));
        self.replaced(at, by, Rule::Superseded, format!("{what} {}; {changes}", new.file))
    }

    fn replaced(&self, at: usize, by: usize, rule: Rule, message: String) -> Judged {
        let by = &self.returns[by];
        let help = if rule == Rule::DuplicateReturn {
            "Không cần làm gì; có thể xóa bản thừa"
        } else {
            "Không cần làm gì"
        };
        Judged {
            at,
            standing: Standing::Superseded { by: by.file.clone() },
            finding: self.finding(at, rule, message, help),
            differences: difference::between(&self.returns[at], by),
        }
    }

    fn older_stands(&self, at: usize, older: usize) -> Judged {
        let older = &self.returns[older].file;
        let reason = format!("Không dùng được số liệu nào của tệp này; số liệu vẫn tính theo {older}");
        let help = "Sửa các lỗi của tệp này rồi gửi lại với số lần nộp mới";
        self.set_aside(at, Rule::OlderStands, reason, help)
    }

    fn misfiled(&self, at: usize, other: usize) -> Judged {
        let other = &self.returns[other];
        let reason = format!(
            "Tên tệp hoặc thư mục nói khác Biểu 00, mà {} đã có {}; để riêng, không thay số liệu",
            other.period.title(),
            other.file
        );
        let help = "Sửa Biểu 00 nếu quên đổi đơn vị, kỳ; hoặc để tệp đúng thư mục, đúng tên nếu Biểu 00 đúng";
        self.set_aside(at, Rule::ConflictingReturns, reason, help)
    }

    fn conflict(&self, at: usize, best: &[usize]) -> Judged {
        let others: Vec<&str> =
            best.iter().filter(|other| **other != at).map(|other| &*self.returns[*other].file).collect();
        let changes = difference::told(&difference::between(&self.returns[at], &self.returns[other_of(best, at)]));
        let reason = format!(
            "Mâu thuẫn với {} mà cùng ngày lập, lần nộp, không rõ bản nào mới hơn; {changes}",
            others.join(", ")
        );
        let help = "Sửa Ngày lập hoặc Lần nộp của bản cuối, hoặc ghi ngày nhận vào sổ nhận báo cáo";
        self.set_aside(at, Rule::ConflictingReturns, reason, help)
    }

    fn set_aside(&self, at: usize, rule: Rule, reason: String, help: &str) -> Judged {
        let finding = self.finding(at, rule, reason.clone(), help);
        Judged { at, standing: Standing::SetAside { reason }, finding, differences: Vec::new() }
    }

    fn finding(&self, at: usize, rule: Rule, message: String, help: &str) -> Finding {
        let ret = &self.returns[at];
        let mut finding = Finding::of(rule, Place::file(ret.file.clone()), message, help);
        finding.unit = Some(ret.unit.clone());
        finding.period = Some(ret.period);
        finding
    }
}

fn other_of(best: &[usize], at: usize) -> usize {
    if best[0] == at { best[1] } else { best[0] }
}
