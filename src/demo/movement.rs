//! The movement in the thôn, quarter by quarter: what each thôn reports, and its sum for the commune.

use crate::demo::dice::Dice;
use crate::demo::story::Counts;
use crate::demo::unit::{Traits, Undertaking};

/// What every thôn counts in a quarter, and the commune's own counts beside it.
pub(super) fn quarter(
    dice: &mut Dice,
    traits: &Traits,
    undertaking: &Undertaking,
    years: i64,
    quarter: u8,
    commune: &mut Counts,
    settlements: &mut [Counts],
) {
    for ((thon, counts), at) in traits.settlements.iter().zip(settlements.iter_mut()).zip(0..) {
        // More talks around the day of the movement, 19 August.
        let talks = i64::from(dice.percent(45 + 3 * years)) + i64::from(quarter == 3 && dice.percent(20));
        let heard: i64 = (0..talks).map(|_| dice.between(28, 62)).sum();
        let disputes = dice.about(38);
        counts.set("tt.buoi", talks);
        counts.set("tt.luot_nguoi", heard);
        counts.set("bv.tin_bao", dice.about(traits.trust * (100 + 4 * years) / 130));
        counts.set("bv.hoa_giai", disputes);
        counts.set("bv.hoa_giai_thanh", dice.share(disputes, 74 + 3 * years));
        if undertaking.veterans {
            counts.set("cc.hoi_vien", thon.veterans + i64::from(at % 5 < years));
        }
    }
    for item in ["tt.buoi", "tt.luot_nguoi", "bv.tin_bao", "bv.hoa_giai", "bv.hoa_giai_thanh"] {
        commune.set(item, settlements.iter().map(|counts| counts.get(item)).sum());
    }
    if undertaking.veterans {
        commune.set("cc.hoi_vien", settlements.iter().map(|counts| counts.get("cc.hoi_vien")).sum());
    }
    commune.set("gen.so_thon", settlements.len() as i64);
    commune.set("gen.so_cq_dn_gd", traits.agencies());
    commune.set("tt.tin_bai", 6 + years + dice.about(400));
    let season = [60, 80, 160, 200][usize::from(quarter) - 1];
    commune.set("kt.tap_the", dice.about(season * 2 / 3));
    commune.set("kt.ca_nhan", dice.about(season * 2));
}

/// The classifications of a year: each thôn in one class, registered and recognised agencies, the commune's own.
pub(super) fn year(
    dice: &mut Dice,
    traits: &Traits,
    undertaking: &Undertaking,
    years: i64,
    commune: &mut Counts,
    settlements: &mut [Counts],
) {
    const CLASSES: [&str; 4] = ["bv.kdc_yeu", "bv.kdc_trung_binh", "bv.kdc_kha", "bv.kdc_xuat_sac"];
    let (mut safe, mut safe_agencies) = (0, 0);
    for (thon, counts) in traits.settlements.iter().zip(settlements.iter_mut()) {
        let movement = thon.movement + 4 * years + dice.between(-16, 16);
        let class = match movement {
            i64::MIN..17 => 0,
            17..28 => 1,
            28..74 => 2,
            _ => 3,
        };
        for (at, item) in CLASSES.iter().enumerate() {
            counts.set(item, i64::from(at == class));
        }
        // A few do not register in the first years.
        let registers = class >= 1 || dice.percent(60 + 10 * years);
        let recognised = i64::from(registers && class >= 2 && dice.percent(80 + 3 * years));
        counts.set("bv.at_dang_ky", i64::from(registers) + thon.agencies);
        counts.set("bv.at_dat_kdc", recognised);
        safe += recognised;
        safe_agencies += dice.share(thon.agencies, 80 + 3 * years);
    }
    for item in CLASSES.iter().copied().chain(["bv.at_dang_ky"]) {
        commune.set(item, settlements.iter().map(|counts| counts.get(item)).sum());
    }
    let (thon, agencies) = (settlements.len() as i64, traits.agencies());
    commune.set("bv.at_dat_kdc", safe);
    commune.set("bv.at_dat_cq", safe_agencies);

    let good = commune.get("bv.kdc_kha") + commune.get("bv.kdc_xuat_sac");
    let class = match (good * 100 / thon, commune.get("bv.kdc_xuat_sac") * 100 / thon) {
        (95.., 30..) => 4,
        (75.., _) => 3,
        // Only a commune ranked Khá or better may strive to be exemplary.
        _ if undertaking.exemplary => 3,
        _ => 2,
    };
    commune.set("bv.phan_loai_xa", class);
    let registered = commune.get("bv.at_dang_ky");
    let reached = class >= 3
        && registered == thon + agencies
        && (safe + safe_agencies) * 100 >= registered * 75
        && commune.get("mh.cuoi_ky") >= 1;
    commune.set("bv.at_dat_xa", if reached { 2 } else { 1 });
}

/// Which of so many criteria are met this year.
pub(super) fn criteria(dice: &mut Dice, years: i64, total: usize) -> Vec<bool> {
    (0..total).map(|at| at % 3 == 0 || dice.percent(58 + 7 * years)).collect()
}
