//! Answering: one thread a request, and one for each page that listens.

use std::io::{Read as _, Write as _};
use std::str::FromStr as _;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use tiny_http::{Header, Method, Request, Response, Server};

use super::Compiler;
use super::address::{self, Address};
use super::editor::Editor;
use super::state::{Can, Made, State};
use crate::cli::terminal;
use crate::html;

/// The most bytes that a page may send.
const MAX_BODY: u64 = 1 << 20;

/// How often a page that listens hears something, so that one that is gone is
/// noticed.
const PULSE: Duration = Duration::from_secs(15);

/// What is served.
pub(super) struct Served {
    pub(super) address: Address,
    editor: Option<Editor>,
    compiler: Arc<Compiler>,
    follow: bool,
    state: Mutex<State>,
    pages: Mutex<Vec<Sender<String>>>,
    /// What the page that is shown last said of itself, for the remote.
    at: Mutex<Option<String>>,
}

/// A place to open.
#[derive(Deserialize)]
struct Open {
    path: String,
    line: usize,
}

/// An answer: a status, a media type and a content.
type Answer = (u16, &'static str, Vec<u8>);

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
        *state = next;
        drop(state);
        self.send("update", &update);
        news
    }

    /// Tells the terminal what the findings are.
    pub(super) fn tell(&self) {
        terminal::show(&lock(&self.state).told);
    }

    /// Lets every page know that there is no more.
    pub(super) fn say_goodbye(&self) {
        lock(&self.pages).clear();
    }

    const fn can(&self) -> Can {
        Can { edit: self.editor.is_some(), steer: self.address.is_open() }
    }

    fn send(&self, event: &str, data: &str) {
        let text = message(event, data);
        lock(&self.pages).retain(|page| page.send(text.clone()).is_ok());
    }

    /// Answers a request.
    fn answer(&self, request: &mut Request) -> Answer {
        let header = |name: &'static str| {
            let found = request.headers().iter().find(|it| it.field.equiv(name));
            found.map(|it| it.value.as_str().to_owned())
        };
        let (host, origin) = (header("Host"), header("Origin"));
        if !host.is_some_and(|host| self.address.is_own(&host)) {
            return refusal(403, "this is no address of the server");
        }
        let own = |origin: String| {
            origin.strip_prefix("http://").is_some_and(|host| self.address.is_own(host))
        };
        if !origin.is_none_or(own) {
            return refusal(403, "another site asks");
        }
        let url = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        let Some(path) = url.strip_prefix(self.address.base.as_str()) else {
            return refusal(404, "there is nothing here");
        };
        match (request.method(), path) {
            (Method::Get, "") => page(lock(&self.state).page(self.can())),
            (Method::Get, "-/state") => {
                let state = lock(&self.state);
                let all = serde_json::to_vec(&state.update(None, self.can(), false));
                (200, "application/json", all.expect("texts and numbers become JSON"))
            }
            (Method::Get, "-/remote") if self.address.is_open() => {
                page(html::remote(lock(&self.state).title()))
            }
            (Method::Get, "deck.pdf") => match self.compiler.pdf() {
                Ok(pdf) => (200, "application/pdf", pdf),
                Err(why) => refusal(409, &anstream::adapter::strip_str(&why).to_string()),
            },
            (Method::Get, path) => match path.strip_prefix("-/picture/") {
                Some(name) => match lock(&self.state).picture(name) {
                    Some((mime, bytes)) => (200, mime, bytes.to_vec()),
                    None => refusal(404, "there is no such picture"),
                },
                None => refusal(404, "there is nothing here"),
            },
            (Method::Post, "-/open" | "-/at" | "-/go") => {
                let mut body = String::new();
                let path = path.to_owned();
                match request.as_reader().take(MAX_BODY).read_to_string(&mut body) {
                    Ok(_) => self.take(&path, &body),
                    Err(_) => refusal(400, "this is no text"),
                }
            }
            _ => refusal(405, "this cannot be done here"),
        }
    }

    /// Takes what a page sends.
    fn take(&self, path: &str, body: &str) -> Answer {
        let Ok(data) = serde_json::from_str::<serde_json::Value>(body) else {
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
    fn listen(&self, request: Request) {
        let (page, news) = mpsc::channel();
        lock(&self.pages).push(page);
        let mut out = request.into_writer();
        let hello = {
            let state = lock(&self.state);
            let (server, revision) = (&state.server, state.revision);
            format!("{{\"server\":\"{server}\",\"revision\":{revision}}}")
        };
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";
        let mut text = head.to_owned() + &message("hello", &hello);
        if let Some(at) = &*lock(&self.at) {
            text += &message("at", at);
        }
        while out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_ok() {
            text = match news.recv_timeout(PULSE) {
                Ok(text) => text,
                Err(mpsc::RecvTimeoutError::Timeout) => ": still here\n\n".to_owned(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            };
        }
    }
}

/// Answers requests from here on.
pub(super) fn start(server: Server, served: &Arc<Served>) {
    let served = Arc::clone(served);
    thread::spawn(move || {
        for mut request in server.incoming_requests() {
            let served = Arc::clone(&served);
            thread::spawn(move || {
                let (status, mime, content) = served.answer(&mut request);
                let events = format!("{}-/events", served.address.base);
                let allowed = status != 403;
                if allowed && *request.method() == Method::Get && request.url() == events {
                    served.listen(request);
                    return;
                }
                let mut response = Response::from_data(content).with_status_code(status);
                for (name, value) in [
                    ("Content-Type", mime),
                    ("Cache-Control", "no-store"),
                    ("X-Content-Type-Options", "nosniff"),
                    ("X-Frame-Options", "DENY"),
                    ("Referrer-Policy", "no-referrer"),
                ] {
                    let header = Header::from_str(&format!("{name}: {value}"));
                    response.add_header(header.expect("these are plain headers"));
                }
                // Whoever asked has gone.
                let _ = request.respond(response);
            });
        }
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
