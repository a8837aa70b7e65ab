//! What the console says: progress while it works, a summary when it is done.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::arguments::Speech;
use crate::findings::console::Style;
use crate::pipeline::{Stage, Summary};
use crate::vocabulary::Edition;

/// Lines are broken to the width of the terminal, between these bounds: longer ones are hard to read.
const NARROWEST: usize = 40;
const WIDEST: usize = 110;

/// The console: speaks on standard output, shows progress and failures on standard error.
pub struct Console {
    speech: Speech,
    /// The stage shown and its bar; a bar only on a terminal.
    shown: Mutex<Option<(Stage, ProgressBar)>>,
}

impl Console {
    /// A console that speaks as asked.
    pub fn new(speech: Speech) -> Self {
        Self { speech, shown: Mutex::new(None) }
    }

    /// Whether results are wanted as JSON.
    pub fn wants_json(&self) -> bool {
        self.speech.json
    }

    /// Shows how far a stage is: a bar on a terminal, one line per stage elsewhere.
    pub fn progress(&self, stage: Stage, done: usize, all: usize) {
        if self.speech.quiet || self.speech.json {
            return;
        }
        let mut shown = self.shown.lock().expect("nobody panics while holding the bar");
        let is_new = shown.as_ref().is_none_or(|(now, _)| *now != stage);
        if is_new {
            if let Some((_, bar)) = shown.take() {
                bar.finish_and_clear();
            }
            *shown = Some((stage, self.begin(stage, all)));
        }
        if let Some((_, bar)) = shown.as_ref() {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }

    fn begin(&self, stage: Stage, all: usize) -> ProgressBar {
        if !std::io::stderr().is_terminal() {
            eprintln!("{}", title(stage));
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(all as u64).with_message(title(stage));
        let shape = if all > 1 { "{msg:<28} {bar:32} {pos}/{len}" } else { "{msg:<28} {spinner}" };
        bar.set_style(ProgressStyle::with_template(shape).expect("the shape is fixed and right"));
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    fn end_progress(&self) {
        if let Some((_, bar)) = self.shown.lock().expect("nobody panics while holding the bar").take() {
            bar.finish_and_clear();
        }
    }

    /// Prints lines of a result.
    pub fn say(&self, text: &str) {
        self.end_progress();
        if !self.speech.quiet {
            put(text);
        }
    }

    /// Prints a result that is JSON already, also when quiet.
    pub fn say_json(&self, json: &str) {
        self.end_progress();
        put(json);
    }

    /// How reports are laid out on this console.
    pub fn style(&self) -> Style {
        let terminal = ::console::Term::stdout();
        let width = terminal.size_checked().map(|(_, columns)| usize::from(columns).clamp(NARROWEST, WIDEST));
        Style { colour: terminal.is_term(), width: width.unwrap_or(Style::default().width) }
    }

    /// The summary of a build.
    pub fn built(&self, summary: &Summary) -> anyhow::Result<()> {
        if self.speech.json {
            self.say_json(&serde_json::to_string_pretty(summary)?);
            return Ok(());
        }
        self.say(&self::summary(summary));
        Ok(())
    }

    /// Why it could not be done: each cause on its own line.
    pub fn failed(&self, error: &anyhow::Error) {
        self.end_progress();
        let mut causes = error.chain().map(ToString::to_string);
        eprintln!("Không thực hiện được: {}", causes.next().unwrap_or_default());
        for cause in causes {
            eprintln!("  vì {cause}");
        }
    }
}

/// Prints a line. Who listens may have heard enough, as `head` does; that is no failure.
fn put(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn title(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "Đọc báo cáo",
        Stage::Figures => "Tổng hợp số liệu",
        Stage::Draw(Edition::Public) => "Vẽ trang bản công khai",
        Stage::Draw(Edition::Internal) => "Vẽ trang bản nội bộ",
        Stage::Audit => "Kiểm tra bảo mật bản công khai",
    }
}

/// The summary a person reads at the end: what came, what is missing, where to look.
fn summary(summary: &Summary) -> String {
    let mut text = format!("Tổng kết {}, số liệu đến {}\n\n", summary.period.title(), summary.as_of.format("%d/%m/%Y"));
    let mut line = |label: &str, count: usize, note: String| {
        text.push_str(&format!("  {label:<24}{count:>6}{note}\n"));
    };
    line("Tệp đã đọc", summary.files, String::new());
    let in_detail = [(summary.with_warnings, "có cảnh báo"), (summary.in_part, "nhận một phần")];
    let in_detail: Vec<String> =
        in_detail.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let note = if in_detail.is_empty() { String::new() } else { format!("   trong đó {}", in_detail.join(", ")) };
    line("Báo cáo được nhận", summary.accepted, note);
    line("Bản cũ đã thay", summary.superseded, String::new());
    line("Trả lại, để riêng", summary.returned, String::new());
    line("Chưa nộp", summary.missing, String::new());
    line(
        "Phát hiện",
        summary.errors + summary.warnings,
        format!("   {} lỗi, {} cảnh báo", summary.errors, summary.warnings),
    );
    let explanations = summary.explained + summary.lapsed + summary.unmatched;
    if explanations > 0 {
        let apart = [(summary.lapsed, "hết hiệu lực vì số đã đổi"), (summary.unmatched, "không khớp cảnh báo nào")];
        let apart: Vec<String> = apart.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let note = match apart.is_empty() {
            true => String::new(),
            false => format!("   {}; xem trang Chất lượng", apart.join(", ")),
        };
        text.push_str(&format!("  {:<24}{explanations:>6}{note}\n", "Giải trình đã nhận"));
    }
    text.push('\n');
    for (edition, page, files) in &summary.sites {
        let name = match edition {
            Edition::Public => "Bản công khai",
            Edition::Internal => "Bản nội bộ",
        };
        text.push_str(&format!("  {name:<16}{}   ({files} tệp)\n", page.display()));
    }
    if let Some(audit) = &summary.audit {
        text.push_str(&format!("\n{}.\n", audit.sentence()));
    }
    text.push_str("\nMở tệp index.html bằng trình duyệt để xem.");
    text
}
