//! Running a command: confined, for a limited time, with limits on what it
//! prints and uses.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{PipeReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::confine::{NOT_STARTED, Strength};

/// What a command may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may take.
    pub time: Duration,
    /// How many bytes of what it prints are kept; more ends it.
    pub output: usize,
    /// How many bytes of memory all its processes may hold together.
    pub memory: u64,
    /// How many processes it may have at once.
    pub processes: usize,
}

impl Default for Limits {
    /// Two minutes, since a cold compiler takes that on a small machine; 1 MiB of
    /// output, a hundred times what fits a slide; 4 GiB and 256 processes, enough
    /// for a compiler and its race detector.
    fn default() -> Self {
        Self { time: Duration::from_mins(2), output: 1 << 20, memory: 4 << 30, processes: 256 }
    }
}

/// One command.
#[derive(Clone, Debug)]
pub struct Act {
    /// The program and its arguments.
    pub args: Vec<String>,
    /// The folder to run in.
    pub folder: PathBuf,
    /// All of its environment.
    pub env: Vec<(String, String)>,
    /// The folders that it may write in.
    pub writable: Vec<PathBuf>,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// By itself, with this code.
    Exit(i32),
    /// It took longer than this many seconds.
    TooLong(u64),
    /// It printed more bytes than this.
    TooMuchOutput(usize),
    /// It held more bytes of memory than this.
    TooMuchMemory(u64),
    /// It had more processes than this.
    TooManyProcesses(usize),
    /// It could not be started.
    NotStarted,
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// What it printed, on standard output and standard error in one.
    pub output: String,
}

/// How often a running command is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// How long what a command has printed is waited for when it has ended: where
/// processes cannot be confined, one that it has left behind may hold the pipe.
const DRAIN: Duration = Duration::from_secs(1);

/// Runs commands by running deckc itself as their helper.
#[derive(Debug)]
pub struct Runner {
    /// deckc's own program.
    deckc: PathBuf,
    /// The hidden subcommand that is the helper.
    helper: &'static str,
    strength: Strength,
}

impl Runner {
    /// A runner by deckc's own program and the subcommand that calls
    /// [`super::confine::run`].
    #[must_use]
    pub fn new(deckc: PathBuf, helper: &'static str) -> Self {
        let code = Command::new(&deckc)
            .arg(helper)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .ok()
            .and_then(|status| u8::try_from(status.code()?).ok());
        let strength = code.filter(|code| *code < NOT_STARTED).map(Strength::from_code);
        Self { deckc, helper, strength: strength.unwrap_or_default() }
    }

    /// What the kernel lets the helper confine.
    #[must_use]
    pub const fn strength(&self) -> Strength {
        self.strength
    }

    /// Runs a command to its end, or until it passes a limit; then everything
    /// that it has started is ended too.
    ///
    /// # Errors
    /// If the system refuses a pipe or a process.
    #[expect(clippy::disallowed_methods, reason = "what is left behind is not waited for")]
    pub fn run(&self, act: &Act, limits: &Limits) -> std::io::Result<Ran> {
        let (reader, writer) = std::io::pipe()?;
        let mut command = Command::new(&self.deckc);
        command.arg(self.helper);
        for folder in &act.writable {
            command.arg("--write").arg(folder);
        }
        command.arg("--").args(&act.args).current_dir(&act.folder).env_clear();
        command.envs(act.env.iter().map(|(key, value)| (key, value)));
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        // The command holds the writing ends of the pipe; reading ends when it does.
        drop(command);

        let printed = Arc::new(Mutex::new(Vec::new()));
        let reading = {
            let (printed, most) = (Arc::clone(&printed), limits.output);
            thread::spawn(move || keep(reader, &printed, most))
        };
        let end = watch(&mut child, limits, || printed.lock().map_or(0, |it| it.len()));
        kill(&child);
        let _ = child.wait();
        let ended = Instant::now();
        while !reading.is_finished() && ended.elapsed() < DRAIN {
            thread::sleep(LOOK / 10);
        }
        let mut bytes = printed.lock().map(|it| it.clone()).unwrap_or_default();
        let end = match end? {
            End::Exit(_) if bytes.len() > limits.output => End::TooMuchOutput(limits.output),
            end => end,
        };
        bytes.truncate(limits.output);
        Ok(Ran { end, output: String::from_utf8_lossy(&bytes).replace("\r\n", "\n") })
    }
}

/// Keeps what comes through a pipe, up to one byte more than allowed, which is
/// enough to know.
fn keep(mut reader: PipeReader, printed: &Mutex<Vec<u8>>, most: usize) {
    let mut buffer = [0; 8192];
    while let Ok(n) = reader.read(&mut buffer) {
        let Ok(mut printed) = printed.lock() else { break };
        let room = (most + 1).saturating_sub(printed.len());
        printed.extend_from_slice(&buffer[..n.min(room)]);
        if n == 0 {
            break;
        }
    }
}

/// Waits until a child ends or passes a limit.
#[expect(clippy::disallowed_methods, reason = "a command has a limited time")]
fn watch(
    child: &mut Child,
    limits: &Limits,
    n_printed: impl Fn() -> usize,
) -> std::io::Result<End> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            let code = status.code().unwrap_or(-1);
            let not_started = code == i32::from(NOT_STARTED);
            return Ok(if not_started { End::NotStarted } else { End::Exit(code) });
        }
        if start.elapsed() > limits.time {
            return Ok(End::TooLong(limits.time.as_secs()));
        }
        if n_printed() > limits.output {
            return Ok(End::TooMuchOutput(limits.output));
        }
        let (processes, memory) = usage(child.id());
        if memory > limits.memory {
            return Ok(End::TooMuchMemory(limits.memory));
        }
        if processes > limits.processes {
            return Ok(End::TooManyProcesses(limits.processes));
        }
        thread::sleep(LOOK);
    }
}

/// Ends every process of a child's group, and with it, where processes are
/// confined, everything that it has started.
fn kill(child: &Child) {
    #[cfg(unix)]
    if let Ok(id) = i32::try_from(child.id()) {
        let group = nix::unistd::Pid::from_raw(id);
        let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL);
    }
    #[cfg(not(unix))]
    let _ = child;
}

/// A process, as the system tells of it.
struct Process {
    id: u32,
    parent: u32,
    group: u32,
    /// How many bytes of memory it holds.
    memory: u64,
}

/// How many processes a child and its descendants are, and how many bytes of
/// memory they hold. Nothing where the system does not tell.
fn usage(child: u32) -> (usize, u64) {
    let all: Vec<Process> = Path::new("/proc")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|it| process(&it))
        .collect();
    let mut below: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for process in &all {
        below.entry(process.parent).or_default().push(process.id);
    }
    // A group of its own does not hide a process, nor does the end of its parent:
    // orphans fall to the helper where processes are confined.
    let mut family = BTreeSet::new();
    let mut open = vec![child];
    while let Some(id) = open.pop() {
        if family.insert(id) {
            open.extend(below.get(&id).into_iter().flatten());
        }
    }
    let its = all.iter().filter(|it| family.contains(&it.id) || it.group == child);
    its.fold((0, 0), |(n, memory), it| (n + 1, memory + it.memory))
}

/// Reads one entry of `/proc`; `None` for what is no process.
fn process(entry: &std::fs::DirEntry) -> Option<Process> {
    /// The size of a page of memory, on every machine that Debian runs on by
    /// default; a larger one only makes the limit higher.
    const PAGE: u64 = 4096;
    let id = entry.file_name().to_str()?.parse().ok()?;
    let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
    // The name, in parentheses, may hold anything; the fields stand behind it:
    // state, parent, group; the memory is the 22nd.
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let field = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Process {
        id,
        parent: u32::try_from(field(1)?).ok()?,
        group: u32::try_from(field(2)?).unwrap_or_default(),
        memory: field(21).unwrap_or_default() * PAGE,
    })
}
