//! The command line as typed: names, defaults and help, in Vietnamese.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Dựng trang tổng kết từ báo cáo Excel của các xã, phường, đặc khu.
#[derive(Debug, Parser)]
#[command(name = "tongket", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do; building when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of a build that is not named.
    #[command(flatten)]
    pub build: Build,
    /// How to speak.
    #[command(flatten)]
    pub speech: Speech,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Dựng trang từ thư mục input (mặc định khi không ghi lệnh)
    Build(Build),
    /// Kiểm tra báo cáo ở bất kỳ đâu và ghi phiếu phản hồi, không dựng trang
    Check(Check),
    /// Ghi biểu mẫu báo cáo trống
    Template(Template),
    /// Tạo thư mục input mới với các xã, phường có thật của một tỉnh
    Init(Init),
    /// Tạo thư mục input minh họa, số liệu giả lập
    Demo(Demo),
    /// Giải thích một quy tắc kiểm tra, hoặc liệt kê mọi quy tắc
    Explain(Explain),
    /// Ghi sổ rằng bản công khai đã dựng được công bố
    Publish(Publish),
    /// Ghi các mẫu trang có sẵn ra thư mục để sửa giao diện
    Theme(Theme),
    /// A reading process; started by the program itself.
    #[command(hide = true, name = "read-worker")]
    ReadWorker,
}

/// How the program speaks.
#[derive(Clone, Copy, Debug, Args)]
pub struct Speech {
    /// Không in tiến độ và tổng kết
    #[arg(long, global = true)]
    pub quiet: bool,
    /// In kết quả dạng JSON
    #[arg(long, global = true)]
    pub json: bool,
}

/// Where a build reads and writes.
#[derive(Clone, Debug, Args)]
pub struct Build {
    /// Thư mục đầu vào
    #[arg(long, default_value = "input", value_name = "THƯ MỤC")]
    pub input: PathBuf,
    /// Nơi ghi bản công khai
    #[arg(long, default_value = "public", value_name = "THƯ MỤC")]
    pub public: PathBuf,
    /// Nơi ghi bản nội bộ
    #[arg(long, default_value = "internal", value_name = "THƯ MỤC")]
    pub internal: PathBuf,
    /// Mẫu trang; dùng mẫu có sẵn trong chương trình khi không có thư mục này
    #[arg(long, default_value = "site-templates", value_name = "THƯ MỤC")]
    pub templates: PathBuf,
    /// Ngày khóa số liệu (YYYY-MM-DD); mặc định theo site.toml, nếu không có thì hôm nay
    #[arg(long, value_name = "NGÀY")]
    pub as_of: Option<NaiveDate>,
    /// Bản cần dựng
    #[arg(long, default_value = "both", value_name = "BẢN")]
    pub edition: Editions,
}

/// Which editions to build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Editions {
    /// Bản công khai
    Public,
    /// Bản nội bộ
    Internal,
    /// Cả hai bản
    Both,
}

/// What to check.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Tệp, thư mục hoặc mẫu tên tệp (*.xlsx)
    #[arg(required = true, value_name = "TỆP|THƯ MỤC")]
    pub paths: Vec<PathBuf>,
    /// Thư mục đầu vào có biểu mẫu và danh mục đơn vị; không ghi thì dùng thư mục input, nếu không có
    /// thì dùng biểu mẫu và danh mục cả nước có sẵn trong chương trình
    #[arg(long, value_name = "THƯ MỤC")]
    pub input: Option<PathBuf>,
    /// Nơi ghi phiếu phản hồi (.html) và tệp phản hồi (.xlsx); không ghi khi bỏ trống
    #[arg(long, value_name = "THƯ MỤC")]
    pub out: Option<PathBuf>,
    /// Mẫu trang, có mẫu phiếu phản hồi; dùng mẫu có sẵn trong chương trình khi không có thư mục này
    #[arg(long, default_value = "site-templates", value_name = "THƯ MỤC")]
    pub templates: PathBuf,
    /// Ngày khóa số liệu (YYYY-MM-DD)
    #[arg(long, value_name = "NGÀY")]
    pub as_of: Option<NaiveDate>,
}

/// Which blank forms to write.
#[derive(Clone, Debug, Args)]
pub struct Template {
    /// Kỳ báo cáo: 2026-Q3, 2026-H1 hoặc 2026
    #[arg(long, value_name = "KỲ")]
    pub period: String,
    /// Mã đơn vị
    #[arg(long, value_name = "MÃ", conflicts_with = "all")]
    pub unit: Option<String>,
    /// Mọi đơn vị phải báo cáo kỳ này
    #[arg(long)]
    pub all: bool,
    /// Nơi ghi biểu mẫu
    #[arg(long, value_name = "THƯ MỤC")]
    pub out: PathBuf,
    /// Thư mục đầu vào
    #[arg(long, default_value = "input", value_name = "THƯ MỤC")]
    pub input: PathBuf,
}

/// Which province to begin with.
#[derive(Clone, Debug, Args)]
pub struct Init {
    /// Thư mục mới
    #[arg(value_name = "THƯ MỤC")]
    pub dir: PathBuf,
    /// Mã tỉnh, ví dụ 08 (Tuyên Quang)
    #[arg(long, value_name = "MÃ TỈNH")]
    pub province: String,
    /// Danh mục đơn vị tại ngày này (YYYY-MM-DD); mặc định hôm nay
    #[arg(long, value_name = "NGÀY")]
    pub as_of: Option<NaiveDate>,
}

/// How large a demonstration.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// Thư mục mới
    #[arg(value_name = "THƯ MỤC")]
    pub dir: PathBuf,
    /// Số đơn vị
    #[arg(long, default_value_t = 24, value_name = "N")]
    pub units: usize,
    /// Hạt giống: cùng hạt giống thì cùng số liệu
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub seed: u64,
    /// Làm hỏng chừng này phần trăm số tệp như ngoài thực tế; ghi spoilt.csv và truth.csv
    #[arg(long, value_name = "PHẦN TRĂM", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub spoil: Option<u8>,
}

/// Where the templates go.
#[derive(Clone, Debug, Args)]
pub struct Theme {
    /// Thư mục mới, hoặc chưa có tệp nào
    #[arg(default_value = "site-templates", value_name = "THƯ MỤC")]
    pub dir: PathBuf,
}

/// Which rule to explain; all are listed when none is named.
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// Mã quy tắc, ví dụ R03; không ghi thì liệt kê mọi quy tắc
    #[arg(value_name = "QUY TẮC")]
    pub rule: Option<String>,
    /// Thư mục đầu vào; không ghi thì dùng thư mục input, nếu không có thì dùng biểu mẫu có sẵn
    #[arg(long, value_name = "THƯ MỤC")]
    pub input: Option<PathBuf>,
}

/// What goes out, and what for.
#[derive(Clone, Debug, Args)]
pub struct Publish {
    /// Công bố để làm gì: hội nghị, văn bản
    #[arg(long, default_value = "", value_name = "GHI CHÚ")]
    pub note: String,
    /// Thư mục đầu vào, nơi có sổ công bố
    #[arg(long, default_value = "input", value_name = "THƯ MỤC")]
    pub input: PathBuf,
    /// Bản công khai đã dựng
    #[arg(long, default_value = "public", value_name = "THƯ MỤC")]
    pub public: PathBuf,
    /// Mẫu trang đã dùng khi dựng
    #[arg(long, default_value = "site-templates", value_name = "THƯ MỤC")]
    pub templates: PathBuf,
    /// Ngày khóa số liệu (YYYY-MM-DD); mặc định là ngày ghi trong bản đã dựng
    #[arg(long, value_name = "NGÀY")]
    pub as_of: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// The commands that a text names: `<code class="cmd">tongket …</code>`.
    fn named(text: &str) -> Vec<String> {
        let commands = text.split("<code class=\"cmd\">").skip(1);
        commands.map(|rest| rest.split("</code>").next().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_command_of_the_guide_is_one_of_the_program() {
        let guide = include_str!("../../site-templates/guide-officers.html");
        let filled = guide
            .replace("{{ view.code }}", "2026-Q3")
            .replace("{{ view.unit_code }}", "99001")
            .replace("{{ view.quarter }}", "quý III/2026");
        let commands = named(&filled);
        assert!(commands.len() >= 8, "the guide names its commands");
        for command in &commands {
            // Words in quotes are one argument.
            let mut words = Vec::new();
            for (at, part) in command.replace("&quot;", "\"").split('"').enumerate() {
                match at % 2 {
                    0 => words.extend(part.split_whitespace().map(str::to_owned)),
                    _ => words.push(part.to_owned()),
                }
            }
            let parsed = Arguments::try_parse_from(words);
            assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn the_guide_and_the_readme_know_every_command() {
        let guide = include_str!("../../site-templates/guide-officers.html");
        let readme = include_str!("../../README.md");
        for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
            let name = format!("tongket {}", command.get_name());
            // Building is what the program does when nothing is said.
            let told = |text: &str| text.contains(&name) || command.get_name() == "build";
            assert!(told(guide), "the guide does not name {name}");
            assert!(told(readme), "README.md does not name {name}");
        }
    }
}
