//! Confinement: the helper that deckc runs itself as, so that a program of a
//! deck can neither write outside its own folders nor reach the network.
//!
//! A first stage takes new namespaces for users, mounts, the network and
//! processes, as far as the kernel lets it, turns the loopback device on and makes
//! every mount read-only; a second stage, the first process in them, sets limits,
//! forbids writing through Landlock and local sockets through seccomp, and runs
//! the program. When the second stage
//! ends, the kernel ends everything that the program has started.
//!
//! Reading is not confined: a program sees the files that the user sees, and can
//! tell nobody but the deck. Toolchains read where they were put, which may be
//! anywhere: version managers, module caches, workspaces above the deck and what
//! links lead to. A list of folders would forbid some of them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The environment variable that says that a helper is the second stage, and
/// what the first one could do.
pub const STAGE: &str = "DECKC_CONFINED";

/// What a helper is to run.
#[derive(Clone, Debug)]
pub struct Confined {
    /// The folders in which the program may write.
    pub writable: Vec<PathBuf>,
    /// The program and its arguments; empty to say what can be confined.
    pub command: Vec<String>,
    /// The arguments of the helper itself, for its second stage.
    pub args: Vec<OsString>,
    /// What [`STAGE`] says; nothing in the first stage.
    pub stage: Option<String>,
}

/// The exit code of a helper that could not start the program.
pub const NOT_STARTED: u8 = 127;

/// What the kernel lets a helper confine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strength {
    /// Nothing is written outside the folders given.
    pub files: bool,
    /// Nothing is reached but the machine's own loopback device, which is one of
    /// its own.
    pub network: bool,
    /// Every process that the program starts ends with it.
    pub processes: bool,
}

impl Strength {
    /// The exit code that tells it.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.files as u8 | (self.network as u8) << 1 | (self.processes as u8) << 2
    }

    /// Reads [`Strength::code`].
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self { files: code & 1 != 0, network: code & 2 != 0, processes: code & 4 != 0 }
    }
}

/// Runs the helper: the first stage, or the second one below it.
///
/// The exit code is that of the program, or 128 and its signal; without a
/// command it is [`Strength::code`].
#[must_use]
pub fn run(confined: &Confined) -> ExitCode {
    match &confined.stage {
        Some(had) => system::second(confined, had),
        None => system::first(confined),
    }
}

/// Waits for a child and gives its exit code.
fn relay(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) => {
            #[cfg(unix)]
            let signal = std::os::unix::process::ExitStatusExt::signal(&status);
            #[cfg(not(unix))]
            let signal = None::<i32>;
            let code = status.code().or(signal.map(|signal| 128 + signal)).unwrap_or(1);
            ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX))
        }
        Err(_) => ExitCode::from(NOT_STARTED),
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::BTreeMap;
    use std::os::fd::AsRawFd as _;
    use std::path::Path;
    use std::process::{Command, ExitCode};

    use landlock::{
        ABI, AccessFs, BitFlags, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
        RulesetCreatedAttr as _, path_beneath_rules,
    };
    use nix::libc;
    use nix::mount::{MsFlags, mount};
    use nix::sched::{CloneFlags, unshare};
    use nix::sys::resource::{Resource, setrlimit};
    use nix::sys::socket::{
        AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, sendto, socket,
    };
    use nix::unistd::{getgid, getuid};
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };

    use super::{Confined, STAGE, Strength, relay};

    /// The largest file that a program may write: 1 GiB.
    const MAX_FILE: u64 = 1 << 30;

    /// How many processes and threads it may have. The kernel holds this for
    /// everybody but root.
    const MAX_THREADS: u64 = 2048;

    /// The interface of Landlock that forbids every way to change a file: the
    /// third has truncation.
    const LANDLOCK: ABI = ABI::V3;

    /// The newest one that is asked for; an older kernel gives what it has.
    const NEWEST: ABI = ABI::V9;

    /// Devices that programs write to.
    const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random"];

    pub(super) fn first(confined: &Confined) -> ExitCode {
        let (uid, gid) = (getuid(), getgid());
        let spaces = CloneFlags::CLONE_NEWNET
            | CloneFlags::CLONE_NEWPID
            | CloneFlags::CLONE_NEWIPC
            | CloneFlags::CLONE_NEWNS;
        let has_spaces = if unshare(spaces | CloneFlags::CLONE_NEWUSER).is_ok() {
            // Without these the program would be nobody, and could own no file.
            let _ = std::fs::write("/proc/self/setgroups", "deny");
            let _ = std::fs::write("/proc/self/uid_map", format!("{uid} {uid} 1"));
            let _ = std::fs::write("/proc/self/gid_map", format!("{gid} {gid} 1"));
            true
        } else {
            // Root needs no user namespace, where there are none.
            unshare(spaces).is_ok()
        };
        // Only this stage may: what is run next has the rights of the user.
        let network = has_spaces && raise_loopback().is_some();
        if has_spaces {
            // Landlock lets a program change the rights, owners and times of files.
            freeze(confined);
            // Where it stands is still the mount below the one that was made.
            let here = std::fs::read_link("/proc/self/cwd");
            let _ = here.and_then(std::env::set_current_dir);
        }
        let strength = Strength { files: false, network, processes: has_spaces };
        let mut again = Command::new("/proc/self/exe");
        again.args(&confined.args).env(STAGE, strength.code().to_string());
        relay(&mut again)
    }

    pub(super) fn second(confined: &Confined, had: &str) -> ExitCode {
        let mut strength = Strength::from_code(had.parse().unwrap_or(0));
        let has_network = strength.network;
        let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
        let _ = setrlimit(Resource::RLIMIT_FSIZE, MAX_FILE, MAX_FILE);
        if strength.processes {
            // In a user namespace it counts what runs here, not all that the user runs.
            let _ = setrlimit(Resource::RLIMIT_NPROC, MAX_THREADS, MAX_THREADS);
        }
        strength.files = forbid_writing(confined);
        strength.network = forbid_sockets(!has_network).is_some();
        let Some((program, args)) = confined.command.split_first() else {
            return ExitCode::from(strength.code());
        };
        relay(Command::new(program).args(args).env_remove(STAGE))
    }

    /// Makes every file system read-only here, but for the folders given: what
    /// Landlock does not hold. Where the kernel refuses, that is left as it is.
    fn freeze(confined: &Confined) -> Option<()> {
        let none = None::<&str>;
        // Nothing that is mounted here reaches the rest of the system.
        mount(none, "/", none, MsFlags::MS_REC | MsFlags::MS_PRIVATE, none).ok()?;
        let bind = MsFlags::MS_BIND;
        for folder in &confined.writable {
            mount(Some(folder), folder, none, bind, none).ok()?;
        }
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        for line in mounts.lines() {
            let mut fields = line.split(' ');
            let (Some(path), Some(options)) = (fields.nth(4), fields.next()) else { continue };
            // Blanks in paths are written as octal numbers.
            let path = path.replace("\\040", " ");
            if confined.writable.iter().any(|it| it == Path::new(&path)) {
                continue;
            }
            // What is locked must be asked for again.
            let kept = options.split(',').filter_map(|option| {
                Some(match option {
                    "nosuid" => MsFlags::MS_NOSUID,
                    "nodev" => MsFlags::MS_NODEV,
                    "noexec" => MsFlags::MS_NOEXEC,
                    "noatime" => MsFlags::MS_NOATIME,
                    "nodiratime" => MsFlags::MS_NODIRATIME,
                    "relatime" => MsFlags::MS_RELATIME,
                    _ => return None,
                })
            });
            let flags =
                kept.fold(bind | MsFlags::MS_REMOUNT | MsFlags::MS_RDONLY, |all, it| all | it);
            let _ = mount(none, path.as_str(), none, flags, none);
        }
        Some(())
    }

    /// Turns on the loopback device of a new network, which is off at first:
    /// programs talk to servers of their own.
    fn raise_loopback() -> Option<()> {
        // A `nlmsghdr` (length, type RTM_NEWLINK, flags NLM_F_REQUEST, number, sender)
        // and an `ifinfomsg` (family, kind, index 1, flags IFF_UP, changed IFF_UP).
        let mut message = Vec::with_capacity(32);
        message.extend(32_u32.to_ne_bytes());
        message.extend(16_u16.to_ne_bytes());
        message.extend(1_u16.to_ne_bytes());
        message.extend([0; 8]);
        message.extend([0; 4]);
        message.extend(1_i32.to_ne_bytes());
        message.extend(1_u32.to_ne_bytes());
        message.extend(1_u32.to_ne_bytes());
        let link = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::NetlinkRoute,
        )
        .ok()?;
        let kernel = NetlinkAddr::new(0, 0);
        sendto(link.as_raw_fd(), &message, &kernel, MsgFlags::empty()).ok()?;
        Some(())
    }

    /// Forbids writing outside the folders given. Gives whether the kernel forbids
    /// all of it.
    fn forbid_writing(confined: &Confined) -> bool {
        if restrict(confined, CompatLevel::HardRequirement).is_some() {
            return true;
        }
        // An older kernel forbids what it can.
        let _ = restrict(confined, CompatLevel::BestEffort);
        false
    }

    fn restrict(confined: &Confined, level: CompatLevel) -> Option<()> {
        let rights: BitFlags<AccessFs> = AccessFs::from_write(LANDLOCK);
        let newer = AccessFs::from_write(NEWEST) & !rights;
        let writable = confined.writable.iter().map(std::path::PathBuf::as_path);
        let folders = writable.chain(DEVICES.iter().map(Path::new));
        Ruleset::default()
            .set_compatibility(level)
            .handle_access(rights)
            .ok()?
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(newer)
            .ok()?
            .create()
            .ok()?
            .add_rules(path_beneath_rules(folders, rights | newer))
            .ok()?
            .restrict_self()
            .ok()?;
        Some(())
    }

    /// Forbids local sockets, behind which the services of a desktop and of
    /// containers listen: neither a network of one's own nor Landlock's rules
    /// for files keep a program from them. Without a network of one's own, every
    /// socket is forbidden.
    fn forbid_sockets(all: bool) -> Option<()> {
        let local = SeccompCondition::new(
            0,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::Eq,
            u64::try_from(libc::AF_UNIX).ok()?,
        );
        let sockets =
            if all { Vec::new() } else { vec![SeccompRule::new(vec![local.ok()?]).ok()?] };
        // Rings of requests can open sockets, too, past any filter of calls.
        let rules = [(libc::SYS_socket, sockets), (libc::SYS_io_uring_setup, Vec::new())];
        let filter = SeccompFilter::new(
            rules.into_iter().collect::<BTreeMap<_, _>>(),
            SeccompAction::Allow,
            SeccompAction::Errno(u32::try_from(libc::EPERM).ok()?),
            std::env::consts::ARCH.try_into().ok()?,
        );
        let program: BpfProgram = filter.ok()?.try_into().ok()?;
        seccompiler::apply_filter(&program).ok()
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::process::{Command, ExitCode};

    use super::{Confined, STAGE, relay};

    /// Nothing is confined here: there is one stage.
    pub(super) fn first(confined: &Confined) -> ExitCode {
        second(confined, "")
    }

    pub(super) fn second(confined: &Confined, _: &str) -> ExitCode {
        let Some((program, args)) = confined.command.split_first() else {
            return ExitCode::from(super::Strength::default().code());
        };
        relay(Command::new(program).args(args).env_remove(STAGE))
    }
}
