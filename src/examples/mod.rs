//! Examples: the code of a deck, compiled and run by its toolchains.
//!
//! Takes a deck that was read, gives what is wrong with its programs as
//! diagnostics that point into the deck, or into the file that it shows. Only
//! `deckc test` comes here; nothing else ever runs what a deck says. Every
//! command runs confined (`confine`), within limits (`run`), in a folder of its
//! own that is gone afterwards; what came of it is kept by content (`cache`), so
//! that an unchanged program is not run again.

mod cache;
pub mod confine;
mod go;
mod messages;
mod other;
mod plan;
mod python;
pub mod run;
mod rust;
mod tool;
pub mod update;
mod verdict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use self::cache::Cache;
use self::plan::{Plan, StepKind};
use self::run::{Act, End, Limits, Ran, Runner};
use crate::diag::{Diagnostic, Diagnostics};
use crate::loader::Loader;
use crate::lock::{self, Lock};
use crate::model::{Deck, Task};
use crate::program::{self, Program, Toolchain};
use crate::source::Sources;

/// How to test.
#[allow(missing_debug_implementations, reason = "a function has no text")]
pub struct Settings<'s> {
    /// Runs commands.
    pub runner: &'s Runner,
    /// What each command may use.
    pub limits: Limits,
    /// Where results and compiled packages are kept.
    pub cache: PathBuf,
    /// The environment of deckc, of which toolchains get what they need.
    pub env: &'s BTreeMap<String, String>,
    /// What is known of the deck's code.
    pub lock: Option<&'s Lock>,
    /// Called after each program, with how many are done of how many.
    pub progress: &'s (dyn Fn(usize, usize) + Sync),
}

/// What a test came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// How many programs hold.
    pub passed: usize,
    /// How many do not.
    pub failed: usize,
    /// How many the author leaves alone.
    pub ignored: usize,
    /// How many there was no toolchain for.
    pub unchecked: usize,
    /// How many commands were run; the others' results were known.
    pub ran: usize,
}

/// What came of one program.
#[derive(Clone)]
enum Came {
    /// Its commands ended like this.
    Ran(Vec<Ran>),
    /// The author leaves it alone.
    Ignored,
    /// There is no toolchain.
    NoToolchain,
    /// There is no way to test it, for this reason.
    NoPlan(String),
    /// The system refused something, in its own words.
    Refused(String),
}

/// A program that was tested.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The program.
    pub program: Program,
    /// What it printed; `None` where it was not run, or did not come to its end.
    pub printed: Option<String>,
}

/// Tests every program of a deck. The outcomes are in its order.
pub fn test(
    deck: &Deck,
    loader: &Loader,
    settings: &Settings<'_>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> (Tested, Vec<Outcome>) {
    let (programs, refused) = program::programs(deck);
    let mut tested = Tested { failed: refused.len(), ..Tested::default() };
    for refused in refused {
        diags.push(
            Diagnostic::error("task", refused.at, refused.message)
                .label("this cannot be tested")
                .hint(refused.hint)
                .on_slide(refused.slide),
        );
    }
    let cache = Cache::new(&settings.cache);
    let bench = Bench { root: loader.root(), cache: &cache, settings };
    let (came, ran) = bench.test(&programs);
    tested.ran = ran;
    let mut outcomes = Vec::new();
    for (program, came) in programs.into_iter().zip(came) {
        let mut printed = None;
        let found = match came {
            Came::Ignored => {
                tested.ignored += 1;
                continue;
            }
            Came::Ran(ran) => {
                let plan = plan::plan(&program, loader.root()).ok();
                printed = plan.as_ref().and_then(|plan| verdict::printed(plan, &ran));
                let recorded = settings
                    .lock
                    .and_then(|lock| lock.outputs.get(&lock::program_key(&program, loader)));
                let recorded = recorded.map(|it| it.text.as_str());
                verdict::verdict(&program, plan.as_ref(), &ran, recorded, loader, sources)
            }
            Came::NoToolchain => {
                tested.unchecked += 1;
                diags.push(not_checked(&program));
                continue;
            }
            Came::NoPlan(why) => vec![
                Diagnostic::error("task", program.at, why)
                    .hint("give it what is missing, or say `ignore=\"why\"`"),
            ],
            Came::Refused(why) => vec![
                Diagnostic::error("not-run", program.at, format!("this could not be run: {why}"))
                    .hint("see that the temporary folder can be written"),
            ],
        };
        if found.is_empty() {
            tested.passed += 1;
        } else {
            tested.failed += 1;
        }
        diags.extend(found.into_iter().map(|finding| finding.on_slide(program.slide)));
        outcomes.push(Outcome { program, printed });
    }
    (tested, outcomes)
}

/// Says that there is no toolchain.
fn not_checked(program: &Program) -> Diagnostic {
    let (name, command) = (program.toolchain.name(), program.toolchain.program());
    Diagnostic::warning("not-checked", program.at, format!("this {name} was not checked"))
        .label(format!("there is no `{command}` on the search path"))
        .hint(format!("install {name}, or say why it need not be checked: `ignore=\"why\"`"))
        .on_slide(program.slide)
}

/// Where programs are tested.
struct Bench<'b> {
    root: &'b Path,
    cache: &'b Cache,
    settings: &'b Settings<'b>,
}

/// A program that is ready to be tested.
struct Job {
    plan: Plan,
    toolchain: Toolchain,
    tool: PathBuf,
    env: Vec<(String, String)>,
    /// The name of its result; `None` for one that is not kept.
    key: Option<String>,
}

impl Bench<'_> {
    /// Tests programs side by side, those that are alike once; gives what came of
    /// each and how many commands that took.
    fn test(&self, programs: &[Program]) -> (Vec<Came>, usize) {
        let jobs: Vec<Result<Job, Came>> = programs.par_iter().map(|it| self.job(it)).collect();
        let mut first = BTreeMap::new();
        let alike: Vec<usize> = jobs
            .iter()
            .enumerate()
            .map(|(at, job)| match job {
                Ok(Job { key: Some(key), .. }) => *first.entry(key).or_insert(at),
                Ok(_) | Err(_) => at,
            })
            .collect();
        let n_alike = |at: usize| alike.iter().filter(|first| **first == at).count();
        let done = AtomicUsize::new(0);
        let came: Vec<(Came, usize)> = jobs
            .par_iter()
            .enumerate()
            .map(|(at, job)| {
                if alike[at] != at {
                    return (Came::Ignored, 0);
                }
                let came = match job {
                    Ok(job) => self.run_or_recall(job),
                    Err(came) => (came.clone(), 0),
                };
                let n = n_alike(at);
                (self.settings.progress)(done.fetch_add(n, Ordering::Relaxed) + n, jobs.len());
                came
            })
            .collect();
        let n_ran = came.iter().map(|(_, ran)| ran).sum();
        (alike.iter().map(|at| came[*at].0.clone()).collect(), n_ran)
    }

    /// Makes a program ready, or says why that cannot be.
    fn job(&self, program: &Program) -> Result<Job, Came> {
        if matches!(program.task, Task::Ignore(_)) {
            return Err(Came::Ignored);
        }
        let plan = plan::plan(program, self.root).map_err(Came::NoPlan)?;
        let toolchain = program.toolchain.clone();
        let tool = tool::find(toolchain.program(), self.settings.env).ok_or(Came::NoToolchain)?;
        let mut env = environment(&toolchain, self.settings.env);
        if plan.module.is_none() && toolchain == Toolchain::Go {
            // The author's workspace does not hold a module that was made for a block.
            env.retain(|(key, _)| key != "GOWORK");
            env.push(("GOWORK".to_owned(), "off".to_owned()));
        }
        let key = cache::key(&plan, self.root, &tool::stamp(&tool), &env);
        Ok(Job { plan, toolchain, tool, env, key })
    }

    /// What came of a job before, or else what comes of it.
    fn run_or_recall(&self, job: &Job) -> (Came, usize) {
        if let Some(ran) = self.cache.get(job.key.as_deref()) {
            return (Came::Ran(ran), 0);
        }
        match self.run(job) {
            Ok(ran) => {
                // What passed a limit may keep it on a day with less to do.
                if ran.iter().all(|ran| matches!(ran.end, End::Exit(_))) {
                    self.cache.put(job.key.as_deref(), &ran);
                }
                let n = ran.len();
                (Came::Ran(ran), n)
            }
            Err(error) => (Came::Refused(error.to_string()), 0),
        }
    }

    /// Runs the steps of a plan up to the first that fails.
    fn run(&self, job: &Job) -> std::io::Result<Vec<Ran>> {
        let Job { plan, toolchain, tool, .. } = job;
        let own = tempfile::tempdir()?;
        let own_path = own.path().canonicalize()?;
        for folder in ["bin", "tmp", "home"] {
            std::fs::create_dir(own_path.join(folder))?;
        }
        for (path, text) in &plan.files {
            let path = own_path.join(path);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let text = match toolchain {
                Toolchain::Go => text.replace("{go}", &tool::go_version(tool)),
                Toolchain::Rust | Toolchain::Python | Toolchain::Other(_) => text.clone(),
            };
            std::fs::write(path, text)?;
        }
        let shared = self.cache.shared(toolchain.folder())?;
        let mut env = job.env.clone();
        env.push(("HOME".to_owned(), own_path.join("home").display().to_string()));
        env.push(("TMPDIR".to_owned(), own_path.join("tmp").display().to_string()));
        if *toolchain == Toolchain::Go {
            env.push(("GOCACHE".to_owned(), shared.display().to_string()));
        }
        let own_name = own_path.display().to_string();
        let mut all = Vec::new();
        for step in &plan.steps {
            let mut writable = vec![own_path.clone()];
            // What a program runs may not change what others are compiled from.
            if step.kind == StepKind::Compile {
                writable.push(shared.clone());
            }
            let folder = match &plan.module {
                Some(module) if step.in_module => self.root.join(module),
                _ => own_path.clone(),
            };
            let args = step.args.iter().map(|arg| arg.replace("{own}", &own_name)).collect();
            let act = Act { args, folder, env: env.clone(), writable };
            let mut limits = self.settings.limits;
            if step.kind == StepKind::Compile {
                // A short time for a program is none for its compiler.
                limits.time = limits.time.max(Limits::default().time);
            }
            if let Toolchain::Other(runner) = toolchain {
                let own = runner.timeout.map(|seconds| Duration::from_secs(seconds.into()));
                limits.time = own.unwrap_or(self.settings.limits.time);
            }
            let mut ran = self.settings.runner.run(&act, &limits)?;
            // The folder's name differs from run to run.
            ran.output = ran.output.replace(&own_name, ".");
            let failed = ran.end != End::Exit(0);
            all.push(ran);
            if failed {
                break;
            }
        }
        Ok(all)
    }
}

/// The environment of a toolchain: the search path, a fixed language and time
/// zone, and what it says about its own files.
fn environment(toolchain: &Toolchain, own: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let home = own.get("HOME").map_or("", String::as_str);
    let below_home = |name: &str| Path::new(home).join(name).display().to_string();
    let fixed: &[(&str, String)] = match toolchain {
        Toolchain::Go => &[
            ("GOPATH", below_home("go")),
            ("GOFLAGS", "-mod=readonly".to_owned()),
            ("GOPROXY", "off".to_owned()),
            ("GOTOOLCHAIN", "local".to_owned()),
            ("GOTELEMETRY", "off".to_owned()),
        ],
        Toolchain::Rust => {
            &[("CARGO_HOME", below_home(".cargo")), ("RUSTUP_HOME", below_home(".rustup"))]
        }
        Toolchain::Python => &[("PYTHONHASHSEED", "0".to_owned())],
        Toolchain::Other(_) => &[],
    };
    let mut env = BTreeMap::from([("LANG", "C.UTF-8".to_owned()), ("TZ", "UTC".to_owned())]);
    env.extend(fixed.iter().map(|(key, value)| (*key, value.clone())));
    for key in ["PATH"].iter().chain(toolchain.variables()) {
        if let Some(value) = own.get(*key) {
            env.insert(key, value.clone());
        }
    }
    env.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
