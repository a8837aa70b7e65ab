//! `tongket theme`: the templates and styles that the program carries, as files to change.

use crate::cli::DONE;
use crate::cli::arguments::Theme;
use crate::cli::console::Console;
use crate::site::Templates;

/// Writes them to a folder that is new or empty.
pub fn run(theme: &Theme, console: &Console) -> anyhow::Result<u8> {
    let files = Templates::export(&theme.dir)?;
    console.say(&format!(
        "Đã ghi {files} tệp mẫu trang vào {}\nĐọc {} trước khi sửa; chỉ cần giữ lại những tệp đã sửa.",
        theme.dir.display(),
        theme.dir.join("README.md").display()
    ));
    Ok(DONE)
}
