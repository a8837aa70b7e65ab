//! Loads an input folder: every definition read, resolved and held against the others, and all
//! mistakes told at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::bail;
use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::source::Mistakes;
use super::written::{criteria, form, indicator, plan, policy, register, scheme, site, target, unit};
use super::{Definitions, Registers};
use crate::vocabulary::{MeasureCode, PlanId};

/// Everything under `input` that is not a return.
///
/// # Errors
/// [`Mistakes`] of definition authors, all of them; else what the operator must do: there is no such
/// folder, or a file in it cannot be read.
pub fn load(input: &Path) -> anyhow::Result<(Definitions, Registers)> {
    if !input.is_dir() {
        bail!(
            "không có thư mục {}; tạo thư mục có các xã, phường của một tỉnh bằng “tongket init {0} --province 08”, \
             hoặc số liệu minh họa bằng “tongket demo {0}”",
            input.display()
        );
    }
    load_from(&Folder::from(input))
}

/// Everything in a folder that is not a return, wherever the folder is.
///
/// # Errors
/// [`Mistakes`] of definition authors, all of them; else that a file cannot be read.
pub fn load_from(input: &Folder) -> anyhow::Result<(Definitions, Registers)> {
    let mut noted = Mistakes::default();
    let mistakes = &mut noted;

    let drafts = form::drafts(input, mistakes)?;
    let ratios = indicator::drafts(input, mistakes)?;
    let rows: BTreeSet<MeasureCode> = drafts.iter().flat_map(|draft| &draft.codes).cloned().collect();
    if rows.is_empty() {
        // Without a form every code would seem unknown.
        std::mem::take(mistakes).into_result()?;
    }
    let codes: BTreeSet<MeasureCode> = ratios.iter().map(indicator::Draft::code).collect();
    let known: BTreeSet<MeasureCode> = rows.union(&codes).cloned().collect();

    let ids = plan_ids(input)?;
    let forms = form::forms(drafts, &form::Context { indicators: &codes, plans: &ids }, mistakes);
    let kinds: BTreeMap<_, _> =
        forms.iter().flat_map(|form| form.rows()).map(|row| (row.code.clone(), row.kind.clone())).collect();
    let indicators = indicator::indicators(ratios, &kinds, &rows, mistakes);
    let criteria = criteria::criteria(input, mistakes)?;
    let policy = policy::policy(input, &rows, mistakes)?;
    let schemes = scheme::schemes(input, mistakes)?;
    // A theme can be missing because the sheet that has it is wrong: that is told already.
    let all_sound = mistakes.is_empty();
    let themes: BTreeSet<&str> = {
        let sheets = forms.iter().flat_map(|form| form.sheets.iter().map(|sheet| sheet.theme.as_str()));
        sheets.chain(indicators.iter().map(|indicator| indicator.theme.as_str())).collect()
    };
    let site = site::site(input, &schemes, &known, all_sound.then_some(&themes), mistakes)?;
    let units = unit::units(input, site.as_ref().map(|(site, _)| site), mistakes)?;
    let (mut plans, mut targets, mut registers) = (Vec::new(), Vec::new(), Registers::default());
    // What names units can be judged only when there are some.
    if let Some((site, _)) = site.as_ref().filter(|_| !units.units.is_empty()) {
        let set;
        (plans, set) = plan::plans(input, &units, &known, mistakes)?;
        targets = target::targets(input, &plans, &set, &units, &known, site, mistakes)?;
        registers = register::registers(input, &units, &rows, &forms, mistakes)?;
    }
    let logo = site.as_ref().and_then(|(site, _)| site.header.logo.as_ref());
    let hash = hash(input, logo.map_or(&[], |logo| &logo.bytes))?;

    noted.into_result()?;
    let told = "what is missing was noted as a mistake";
    let (site, scheme) = site.expect(told);
    let (scheme, policy) = (scheme.expect(told), policy.expect(told));
    Ok((Definitions { site, scheme, units, forms, indicators, criteria, plans, targets, policy, hash }, registers))
}

/// The ids of the plans, before they are read: the stems of their files.
fn plan_ids(input: &Folder) -> anyhow::Result<Vec<PlanId>> {
    let names = input.names("plans")?;
    Ok(names.iter().filter_map(|name| name.strip_suffix(".toml")).map(PlanId::from).collect())
}

/// SHA-256 over every definition file with its name, in order of their names, and the logo. The registers are not
/// among them: they say nothing about how a return is read.
fn hash(input: &Folder, logo: &[u8]) -> anyhow::Result<String> {
    let mut files: Vec<String> =
        ["aliases.csv", "release.toml", "site.toml", "targets.csv", "units.csv"].map(str::to_owned).into();
    for folder in ["criteria", "forms", "indicators", "plans", "schemes"] {
        collect(input, folder, &mut files)?;
    }
    files.sort();
    let mut sha = Sha256::new();
    for file in files.iter().filter(|file| input.has_file(file)) {
        let text = input.text(file)?;
        sha.update(file.as_bytes());
        sha.update([0]);
        sha.update((text.len() as u64).to_be_bytes());
        sha.update(&text);
    }
    sha.update(logo);
    Ok(sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The TOML files below a folder, at any depth.
fn collect(input: &Folder, folder: &str, files: &mut Vec<String>) -> anyhow::Result<()> {
    for name in input.names(folder)? {
        let path = format!("{folder}/{name}");
        if input.has_folder(&path) {
            collect(input, &path, files)?;
        } else if name.ends_with(".toml") {
            files.push(path);
        }
    }
    Ok(())
}
