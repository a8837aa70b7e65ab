//! `tongket publish`: the built public edition goes out, and the ledger says so.

use crate::cli::arguments::Publish;
use crate::cli::console::Console;
use crate::cli::{DONE, reader, today};
use crate::pipeline::publish::{Options, Recorded, publish};
use crate::vocabulary::day::written;
use crate::vocabulary::number::whole;

/// Records the publication and says what was recorded.
pub fn run(arguments: Publish, console: &Console) -> anyhow::Result<u8> {
    let options = Options {
        reader: reader(&arguments.input)?,
        input: arguments.input,
        public: arguments.public,
        templates: arguments.templates,
        as_of: arguments.as_of,
        today: today(),
        note: arguments.note,
    };
    let recorded = publish(&options, &|stage, done, all| console.progress(stage, done, all))?;
    if console.wants_json() {
        console.say_json(&serde_json::to_string_pretty(&recorded)?);
    } else {
        console.say(&told(&recorded, &options));
    }
    Ok(DONE)
}

fn told(recorded: &Recorded, options: &Options) -> String {
    let Recorded { number, build_id, .. } = recorded;
    if recorded.already {
        return format!(
            "Bản dựng {build_id} đã ghi là lần công bố số {number}, ngày {}; không ghi thêm.",
            written(recorded.published)
        );
    }
    let mut text = format!(
        "Đã ghi lần công bố số {number}, ngày {}: bản dựng {build_id}, số liệu đến {}\n\n  {} tệp; {} ô có số, {} ô không công bố\n",
        written(recorded.published),
        written(recorded.as_of),
        whole(recorded.files.into()),
        whole(recorded.values as i64),
        whole(recorded.hidden as i64),
    );
    if recorded.waiting > 0 {
        text.push_str(&format!("  {} báo cáo bổ sung chờ đủ đơn vị để công bố\n", recorded.waiting));
    }
    text.push_str(&format!(
        "  Mã băm của cả bản: {}\n\nGiữ nguyên thư mục {} và sao lưu cùng đầu vào; không sửa, không xóa.",
        recorded.seal,
        options.input.join(crate::ledger::FOLDER).display()
    ));
    text
}
