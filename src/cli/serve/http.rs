//! Answering: one thread a request, and one for each page that listens.

use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;

use super::Compiler;
use super::address::{self, Address};
use super::editor::Editor;
use super::state::{Can, Made, State};
use super::wire::{self, Answer, Request};
use crate::cli::terminal;
use crate::html;

/// How often a page that listens hears something, so that one that is gone is
/// noticed.
const PULSE: Duration = Duration::from_secs(15);

/// How much a page that listens may leave unheard. One that sleeps is let go, so
/// that what it misses needs no room; it asks for everything when it wakes.
const BEHIND: usize = 16;

/// What is served.
pub(super) struct Served {
    pub(super) address: Address,
    editor: Option<Editor>,
    compiler: Arc<Compiler>,
    follow: bool,
    state: Mutex<State>,
    pages: Mutex<Vec<SyncSender<Arc<str>>>>,
    /// What the page that is shown last said of itself, for the remote.
    at: Mutex<Option<String>>,
}

/// A place to open.
#[derive(Deserialize)]
struct Open {
    path: String,
    line: usize,
}

impl Served {
    pub(super) fn new(
        address: Address,
        editor: Option<Editor>,
        compiler: Arc<Compiler>,
        follow: bool,
        made: Made,
    ) -> Self {
        let server = address::token().unwrap_or_default();
        let state = Mutex::new(State::first(server, made));
        let (pages, at) = (Mutex::default(), Mutex::default());
        Self { address, editor, compiler, follow, state, pages, at }
    }

    /// Shows what was made, to every page. Gives whether that is anything new.
    pub(super) fn show(&self, made: Made) -> bool {
        let mut state = lock(&self.state);
        let next = state.after(made);
        if next.is_same(&state) {
            return false;
        }
        let update = next.update(Some(&state), self.can(), self.follow);
        let update = serde_json::to_string(&update).expect("texts and numbers become JSON");
        let news = next.told != state.told;
        let old = std::mem::replace(&mut *state, next);
        drop(state);
        self.send("update", &update);
        drop(old);
        news
    }

    /// Tells the terminal what the findings are, or that there are none any more.
    pub(super) fn tell(&self) {
        let state = lock(&self.state);
        terminal::show(&state.told);
        terminal::say(&state.summary);
    }

    const fn can(&self) -> Can {
        Can { edit: self.editor.is_some(), steer: self.address.is_open() }
    }

    fn send(&self, event: &str, data: &str) {
        let text: Arc<str> = message(event, data).into();
        lock(&self.pages).retain(|page| page.try_send(Arc::clone(&text)).is_ok());
    }

    /// Why somebody is not answered.
    fn refuses(&self, request: &Request) -> Option<Answer> {
        if !request.header("host").is_some_and(|host| self.address.is_own(host)) {
            return Some(refusal(403, "this is no address of the server"));
        }
        let own = |origin: &str| {
            origin.strip_prefix("http://").is_some_and(|host| self.address.is_own(host))
        };
        if request.has_header("origin") && !request.header("origin").is_some_and(own) {
            return Some(refusal(403, "another site asks"));
        }
        None
    }

    /// Answers a request for a path below the base.
    fn answer(&self, request: &Request, path: &str) -> Answer {
        let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
        match (method, path) {
            ("GET", "") => page(lock(&self.state).page(self.can())),
            ("GET", "-/state") => {
                let state = lock(&self.state);
                let all = serde_json::to_vec(&state.update(None, self.can(), false));
                (200, "application/json", all.expect("texts and numbers become JSON"))
            }
            ("GET", "-/remote") if self.address.is_open() => {
                page(html::remote(lock(&self.state).title()))
            }
            ("GET", "deck.pdf") => match self.compiler.pdf() {
                Ok(pdf) => (200, "application/pdf", pdf),
                Err(why) => refusal(409, &anstream::adapter::strip_str(&why).to_string()),
            },
            ("GET", path) => match path.strip_prefix("-/picture/") {
                Some(name) => match lock(&self.state).picture(name) {
                    Some((mime, bytes)) => (200, mime, bytes.to_vec()),
                    None => refusal(404, "there is no such picture"),
                },
                None => refusal(404, "there is nothing here"),
            },
            ("POST", "-/open" | "-/at" | "-/go") => self.take(path, &request.body),
            _ => refusal(405, "this cannot be done here"),
        }
    }

    /// Takes what a page sends.
    fn take(&self, path: &str, body: &[u8]) -> Answer {
        let Ok(data) = serde_json::from_slice::<serde_json::Value>(body) else {
            return refusal(400, "this is no JSON");
        };
        let done = (204, "text/plain", Vec::new());
        match (path, &self.editor) {
            ("-/open", Some(editor)) => {
                let Ok(Open { path, line }) = serde_json::from_value(data) else {
                    return refusal(400, "this is no place");
                };
                if !lock(&self.state).has_source(&path) {
                    return refusal(404, "the deck has no such source");
                }
                let loader = &self.compiler.deck.loader;
                let opened = loader.real(&path).map_err(|why| why.to_string());
                match opened.and_then(|file| editor.open(&file, line)) {
                    Ok(()) => done,
                    Err(why) => {
                        terminal::say(&format!("error: {why}"));
                        refusal(500, &why)
                    }
                }
            }
            ("-/at", _) if self.address.is_open() => {
                let text = data.to_string();
                *lock(&self.at) = Some(text.clone());
                self.send("at", &text);
                done
            }
            ("-/go", _) if self.address.is_open() => {
                self.send("go", &data.to_string());
                done
            }
            _ => refusal(403, "the server was not asked to do this"),
        }
    }

    /// Tells a page of everything that happens, until it is gone.
    fn listen(&self, out: &mut TcpStream) -> io::Result<()> {
        let (page, news) = mpsc::sync_channel(BEHIND);
        lock(&self.pages).push(page);
        let hello = {
            let state = lock(&self.state);
            let (server, revision) = (&state.server, state.revision);
            format!("{{\"server\":\"{server}\",\"revision\":{revision}}}")
        };
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";
        let mut text: Arc<str> = (head.to_owned() + &message("hello", &hello)).into();
        if let Some(at) = &*lock(&self.at) {
            text = format!("{text}{}", message("at", at)).into();
        }
        loop {
            out.write_all(text.as_bytes())?;
            text = match news.recv_timeout(PULSE) {
                Ok(text) => text,
                Err(mpsc::RecvTimeoutError::Timeout) => ": still here\n\n".into(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            };
        }
    }
}

/// Answers requests from here on.
pub(super) fn start(listener: TcpListener, served: &Arc<Served>) {
    let served = Arc::clone(served);
    wire::start(listener, move |request, out| {
        let path = request.path.strip_prefix(served.address.base.as_str());
        let answer = match (served.refuses(&request), path) {
            (Some(refusal), _) => refusal,
            (None, None) => refusal(404, "there is nothing here"),
            (None, Some("-/events")) if request.method == "GET" => return served.listen(out),
            (None, Some(path)) => served.answer(&request, path),
        };
        wire::answer(out, &answer, (request.method != "HEAD", request.header("range")))
    });
}

/// One event for pages that listen; JSON has no line ends.
fn message(event: &str, data: &str) -> String {
    format!("event: {event}\ndata: {data}\n\n")
}

fn page(text: String) -> Answer {
    (200, "text/html; charset=utf-8", text.into_bytes())
}

fn refusal(status: u16, why: &str) -> Answer {
    (status, "text/plain; charset=utf-8", format!("{why}\n").into_bytes())
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
