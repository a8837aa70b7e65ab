//! Reading processes: the program itself, started with `read-worker`, once per core.
//!
//! A workbook from outside can make its reader panic, abort or run on. It is
//! therefore read in a process of its own with a bound on memory and time;
//! whatever happens there is blamed on one file, and the next process goes on.
//!
//! Bytes go in, workbooks come out: a reading process opens no files. Messages
//! are a length (four bytes, little-endian) and as many bytes.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::definitions::Limits;
use crate::intake::discover::ReturnFile;
use crate::intake::package::{Refusal, RefusalKind};
use crate::intake::reader::{self, FileRead, ReaderOptions};
use crate::intake::workbook::Workbook;

/// What a reading process says first. A program that says anything else is none.
const GREETING: &[u8] = b"tongket reads";

/// How long a reading process may take to greet.
const START: Duration = Duration::from_secs(10);

/// How often a file is tried: in the process at hand, in a fresh one, and in one more, should
/// something else have ended that. A start takes some 5 ms.
const TRIES: usize = 3;

/// Reads all files and hands each to `then`, on several threads; gives the results in file order.
/// A file whose content is `known`, by its SHA-256, is not read.
pub fn read_all<T: Send>(
    files: &[ReturnFile],
    options: &ReaderOptions,
    limits: &Limits,
    known: impl Fn(&ReturnFile, &str) -> Option<T> + Sync,
    then: impl Fn(&ReturnFile, FileRead) -> T + Sync,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    progress(0, files.len());
    let work = || {
        let mut reader = Reader { program: options.program.as_deref(), limits, process: None, started: false };
        let mut results = Vec::new();
        while let Some((at, file)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, files.get(at)?)))
        {
            let result = match reader::bytes(&file.path, limits) {
                Ok((bytes, sha256)) => known(file, &sha256)
                    .unwrap_or_else(|| then(file, FileRead { content: reader.content(&bytes), sha256 })),
                Err(refused) => then(file, refused),
            };
            results.push((at, result));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        }
        results
    };
    let workers = options.workers.clamp(1, files.len().max(1));
    let mut results: Vec<(usize, T)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("reading never panics: stages catch it")).collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// One thread's way of reading.
struct Reader<'a> {
    program: Option<&'a Path>,
    limits: &'a Limits,
    process: Option<Process>,
    /// Whether a process ever greeted: then files are read nowhere else.
    started: bool,
}

impl Reader<'_> {
    fn content(&mut self, bytes: &[u8]) -> Result<Workbook, Refusal> {
        let Some(program) = self.program else { return reader::workbook(bytes, self.limits) };
        let mut ended = false;
        for _ in 0..TRIES {
            let process = match self.process.take() {
                Some(process) => Ok(process),
                None => Process::start(program, self.limits),
            };
            let Ok(mut process) = process else { continue };
            self.started = true;
            match process.ask(bytes, self.limits.time) {
                Ok(content) => {
                    self.process = Some(process);
                    return content;
                }
                Err(Failure::TooSlow) => return Err(self.blame(Failure::TooSlow)),
                // Neither what earlier files left in its memory nor what others did to it is this one's fault.
                Err(Failure::Gone) => ended |= process.files == 1,
            }
        }
        if ended {
            return Err(self.blame(Failure::Gone));
        }
        if self.started {
            // The machine is out of processes for the moment. To read a file here that may have
            // been the end of another process would risk the whole run.
            return Err(Refusal::new(RefusalKind::Unreadable, "Máy đang hết tài nguyên nên chưa đọc được tệp"));
        }
        // It never worked on this system: the inspection of the package is the bound that remains.
        self.program = None;
        reader::workbook(bytes, self.limits)
    }

    fn blame(&self, failure: Failure) -> Refusal {
        let reason = match failure {
            Failure::TooSlow => format!("Đọc tệp quá {} giây nên phải dừng", self.limits.time.as_secs().max(1)),
            Failure::Gone => "Tệp hỏng hoặc đòi quá nhiều bộ nhớ nên chương trình đọc phải dừng".to_owned(),
        };
        Refusal::new(RefusalKind::Unreadable, reason)
    }
}

/// How reading a file failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    TooSlow,
    Gone,
}

/// A running reading process.
struct Process {
    child: Child,
    stdin: ChildStdin,
    answers: Receiver<Vec<u8>>,
    files: usize,
}

impl Process {
    fn start(program: &Path, limits: &Limits) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg("read-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdin = child.stdin.take().expect("stdin is piped");
        let mut stdout = child.stdout.take().expect("stdout is piped");
        let (send, answers) = channel();
        thread::spawn(move || {
            while let Ok(message) = receive(&mut stdout) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut process = Self { child, stdin, answers, files: 0 };
        let limits = postcard::to_stdvec(limits).map_err(io::Error::other)?;
        send_to(&mut process.stdin, &limits)?;
        match process.answers.recv_timeout(START) {
            Ok(greeting) if greeting == GREETING => Ok(process),
            _ => Err(io::Error::other("it did not greet")),
        }
    }

    fn ask(&mut self, bytes: &[u8], time: Duration) -> Result<Result<Workbook, Refusal>, Failure> {
        self.files += 1;
        send_to(&mut self.stdin, bytes).map_err(|_| Failure::Gone)?;
        match self.answers.recv_timeout(time) {
            Ok(answer) => postcard::from_bytes(&answer).map_err(|_| Failure::Gone),
            Err(RecvTimeoutError::Timeout) => Err(Failure::TooSlow),
            Err(RecvTimeoutError::Disconnected) => Err(Failure::Gone),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; either way it must not outlive us or stay as a zombie.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The life of a reading process: limits in, greeting out, then a file in and a workbook out, until there is no more.
pub fn serve() -> ExitCode {
    match answer(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let limits: Limits = postcard::from_bytes(&receive(input)?).map_err(io::Error::other)?;
    confine(limits.memory);
    send_to(output, GREETING)?;
    loop {
        let bytes = match receive(input) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        };
        let content = reader::workbook(&bytes, &limits);
        drop(bytes);
        send_to(output, &postcard::to_stdvec(&content).map_err(io::Error::other)?)?;
    }
}

fn send_to(output: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).map_err(io::Error::other)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(message)?;
    output.flush()
}

fn receive(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let mut message = Vec::new();
    // Not reserved beforehand: a program that is no reader may say any length.
    input.take(u64::from(length)).read_to_end(&mut message)?;
    if message.len() == length as usize { Ok(message) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Bounds the memory of this process, so that a greedy file ends it and not the machine. Nothing is
/// left behind by one that ends so, and none outlives the program.
#[cfg(unix)]
fn confine(memory: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let cap = |resource, bytes| setrlimit(resource, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    // Where the system refuses, the time limit and the inspection of the package remain.
    let _ = cap(Resource::Data, memory);
    // Some systems count only the heap there; all that is mapped includes the program itself.
    let _ = cap(Resource::As, memory.saturating_add(PROGRAM));
    let _ = cap(Resource::Core, 0);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

/// More than the program and its libraries take when mapped.
#[cfg(unix)]
const PROGRAM: u64 = 1 << 30;

/// Elsewhere the time limit and the inspection of the package remain.
#[cfg(not(unix))]
fn confine(_memory: u64) {}
