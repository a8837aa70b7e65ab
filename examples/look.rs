//! temporary
use tongket::*;
fn main() {
    let (definitions, _) = definitions::load(std::path::Path::new("/work/wt/forms/input")).unwrap();
    let form = definitions.forms.last().unwrap();
    let out = std::env::args().nth(1).unwrap();
    for (unit, period) in
        [("99001", "2026-Q3"), ("99002", "2028-Q4"), ("99007", "2027-Q4"), ("99008", "2027-H2"), ("99010", "2027")]
    {
        let (_, bytes) = demo::one(&definitions, form, &unit.into(), period.parse().unwrap(), 1).unwrap();
        println!("{unit} {period} {}", bytes.len());
        std::fs::write(format!("{out}/{unit}_{period}.xlsx"), bytes).unwrap();
    }
    let mut fill = form::Fill::blank("99007".into(), "2027-Q4".parse().unwrap());
    fill.year_so_far = None;
    let bytes = form::workbook(form, &definitions, &fill).unwrap();
    println!("blank {}", bytes.len());
    std::fs::write(format!("{out}/blank.xlsx"), bytes).unwrap();
    let t = std::time::Instant::now();
    for _ in 0..20 {
        demo::one(&definitions, form, &"99007".into(), "2027-Q4".parse().unwrap(), 1).unwrap();
    }
    println!("{:?} each", t.elapsed() / 20);
}
