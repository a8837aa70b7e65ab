//! Persons under management, quarter by quarter: counts only, and counts that agree.
//!
//! Magnitudes follow the rules of thumb of the domain report, 3.1: a yearly
//! inflow of 30–40 % of the stock, as many leaving, groups A 60–75 %, jobs
//! 70–85 %, borrowers 2–9 % a year with 50–90 million đồng each.

use crate::demo::dice::Dice;
use crate::demo::story::Counts;
use crate::demo::unit::{TeamModel, Traits, Undertaking};

/// What one quarter hands to the next.
pub(super) struct Persons {
    stock: i64,
    with_team: i64,
    /// Prosecuted for a new offence and not yet sent to prison.
    pending: i64,
    /// Loans owed to the yearly rate, in hundredths.
    loans: i64,
}

impl Persons {
    pub fn new(traits: &Traits) -> Self {
        Self { stock: traits.stock, with_team: traits.stock * 92 / 100, pending: 0, loans: 50 }
    }

    /// One quarter; `years` have passed since the first year, `quarter` is 1–4.
    pub fn quarter(
        &mut self,
        dice: &mut Dice,
        traits: &Traits,
        undertaking: &Undertaking,
        years: i64,
        quarter: u8,
        counts: &mut Counts,
    ) {
        let opening = self.stock;
        let received = self.flows(dice, traits, years, quarter, counts);
        self.groups(dice, years, received, counts);
        self.teams(dice, traits, undertaking, years, quarter, counts);
        self.support(dice, traits, years, quarter, received, counts);
        let reached = opening + received;
        counts.set("thn.vi_pham_hc", dice.about(reached * 3).min(reached));
        if undertaking.veterans {
            counts.set("cc.nguoi_duoc_giup", dice.about(self.stock * 12).min(self.stock));
        }
    }

    /// Who came and who left; gives the number received.
    fn flows(&mut self, dice: &mut Dice, traits: &Traits, years: i64, quarter: u8, counts: &mut Counts) -> i64 {
        let opening = self.stock;
        // Hundredths of persons a quarter.
        let inflow = traits.stock * traits.inflow / 4;
        let finished = dice.about(inflow * 80 / 100);
        let moved_in = dice.about(inflow * 11 / 100);
        // The amnesty of 2 September falls into the third quarter.
        let pardon = [4, 2, 4, 2, 4][(years % 5) as usize];
        let pardoned = if quarter == 3 { dice.about(traits.stock * pardon).min(2) } else { 0 };
        let received = finished + moved_in + pardoned;

        // What leaves draws the stock back to its usual level.
        let rate = (traits.inflow + 1 + (opening - traits.stock) * 100 / traits.stock / 2).clamp(10, 80);
        let outflow = opening * rate / 4;
        let cleared = dice.about(outflow * 82 / 100).min(opening / 3);
        let moved_out = dice.about(inflow * 11 / 100).min(opening / 6);
        let imprisoned = i64::from(self.pending > 0 && dice.percent(40));
        let other = dice.about(outflow * 4 / 100).min(1);
        let removed = cleared + moved_out + imprisoned + other;
        self.pending -= imprisoned;
        let prosecuted = dice.about((opening + received) * (10 - years) / 20).min(2);
        self.pending += prosecuted;
        self.stock = opening + received - removed;

        counts.set("thn.quan_ly_dau_ky", opening);
        counts.set("thn.tiep_nhan", received);
        counts.set("thn.vao_chap_hanh_xong", finished);
        counts.set("thn.vao_dac_xa", pardoned);
        counts.set("thn.vao_chuyen_den", moved_in);
        counts.set("thn.dua_ra", removed);
        counts.set("thn.ra_xoa_an_tich", cleared);
        counts.set("thn.ra_chuyen_di", moved_out);
        counts.set("thn.ra_pham_toi_moi", imprisoned);
        counts.set("thn.ra_ly_do_khac", other);
        counts.set("thn.quan_ly_cuoi_ky", self.stock);
        counts.set("thn.tai_pham", prosecuted);
        received
    }

    fn groups(&mut self, dice: &mut Dice, years: i64, received: i64, counts: &mut Counts) {
        let absent = dice.about(self.stock * 2).min(self.stock);
        let unclassed = dice.share(received, 12);
        let detained = dice.about(self.stock * 2).min(3);
        let at_risk = dice.about(self.stock * (6 - years / 2)).min(self.stock / 5);
        let struggling = (self.stock * (27 - 2 * years) + dice.between(-80, 80)) / 100;
        counts.set("thn.chua_trinh_dien", absent);
        counts.set("thn.nhom_d", detained);
        counts.set("thn.nhom_c", at_risk);
        counts.set("thn.nhom_b", struggling);
        counts.set("thn.nhom_a", self.stock - unclassed - detained - at_risk - struggling);
    }

    fn teams(
        &mut self,
        dice: &mut Dice,
        traits: &Traits,
        undertaking: &Undertaking,
        years: i64,
        quarter: u8,
        counts: &mut Counts,
    ) {
        let eligible = self.stock - counts.get("thn.nhom_d");
        let with_team = eligible - dice.about(eligible * (7 - years)).min(eligible / 4);
        let teams = match undertaking.team_model {
            Some(TeamModel::OneToOne) => with_team,
            Some(TeamModel::OneToMany) => (with_team * 2 + 2) / 3,
            None => (with_team + 2) / 3,
        };
        let members = teams * 4 + dice.between(0, (teams / 3).max(1));
        let complete = teams - dice.about(teams * (10 - years)).min(teams / 3);
        // Half of (start + end) persons times thirteen weeks; fewer contacts around Tết.
        let pace = traits.contacts + years + dice.between(-4, 4) - if quarter == 1 { 5 } else { 0 };
        let contacts = (self.with_team + with_team) * 13 * pace / 200;
        self.with_team = with_team;
        counts.set("thn.to_giup_do", teams);
        counts.set("thn.to_thanh_vien", members);
        counts.set("thn.to_du_thanh_phan", complete);
        counts.set("thn.nguoi_co_to", with_team);
        counts.set("thn.luot_gap_go", contacts);
        counts.set("thn.nguoi_danh_gia", with_team);
    }

    fn support(
        &mut self,
        dice: &mut Dice,
        traits: &Traits,
        years: i64,
        quarter: u8,
        received: i64,
        counts: &mut Counts,
    ) {
        let stock = self.stock;
        counts.set("thn.tu_van", stock * (50 + 3 * years) / 100 + dice.between(0, 5));
        counts.set("thn.giay_to", received + dice.about(stock * 8));
        counts.set("thn.hd_xoa_an_tich", counts.get("thn.ra_xoa_an_tich") + dice.about(stock * 3));
        counts.set("thn.hoc_nghe", dice.about(stock * if quarter == 1 { 2 } else { 4 }));
        let introduced = dice.about(stock * (8 + years));
        counts.set("thn.gioi_thieu_viec", introduced);
        counts.set("thn.nhan_viec_lam", dice.share(introduced, 55 + 3 * years));
        counts.set("thn.co_so_nhan", 3 + traits.stock / 15 + years + dice.between(0, 1));
        let eligible = stock - counts.get("thn.nhom_d");
        let working = (eligible * (traits.work + 2 * years) / 100 + dice.between(-1, 1)).clamp(0, eligible);
        counts.set("thn.co_viec_lam", working);
        counts.set("thn.viec_on_dinh", working * (58 + 2 * years + dice.between(0, 3)) / 100);

        self.loans += (stock * (6 + years / 2) / 4).max(50);
        let lent = self.loans / 100;
        self.loans %= 100;
        let amount: i64 = (0..lent).map(|_| dice.between(10, 16) * 5_000_000).sum();
        counts.set("thn.vay_nhu_cau", lent + 2 + stock / 12 + dice.between(0, 1));
        counts.set("thn.vay_nguoi", lent);
        counts.set("thn.vay_so_tien", amount);
        counts.set("thn.xa_hoi_hoa", (stock * (90 + 8 * years) + dice.between(0, 500)) * 1_000);
        counts.set("thn.kinh_phi_ns", (stock * (150 + 6 * years) + dice.between(0, 800)) * 1_000);
    }
}
