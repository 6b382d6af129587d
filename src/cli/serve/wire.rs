//! The little of HTTP that browsers need of a preview: one request a connection,
//! read within limits of size and time, and one answer.
//!
//! Who connects is not trusted, and need not finish what it begins. Nothing is
//! kept alive, cut into chunks or packed: on the machine itself that saves nothing.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The most bytes of a request before its body.
const MAX_HEAD: usize = 16 << 10;

/// The most header lines.
const MAX_HEADERS: usize = 96;

/// The most bytes that a page may send.
const MAX_BODY: usize = 1 << 20;

/// How long a request may take to come; a browser sends it at once.
const SENT: Duration = Duration::from_secs(5);

/// How long an answer may wait for somebody to take more of it.
const STUCK: Duration = Duration::from_secs(30);

/// How many connections are answered at once: many pages, and fewer than the
/// files that a system lets a program open.
const MAX_OPEN: usize = 160;

/// How long to wait when the system gives no connection: it is short of files.
const SHORT: Duration = Duration::from_millis(50);

/// What somebody asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path as it was sent, without what stands behind a question mark.
    pub(super) path: String,
    /// The names of headers in small letters, and their values.
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// An answer: a status, a media type and a content.
pub(super) type Answer = (u16, &'static str, Vec<u8>);

impl Request {
    /// The value of a header that must not be there twice; `None` where it is not
    /// there, or twice.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(it, _)| it == name);
        let value = found.next().map(|(_, value)| value.as_str());
        value.filter(|_| found.next().is_none())
    }

    /// Whether there is a header of this name.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(it, _)| it == name)
    }
}

/// Answers connections from here on: `act` takes each request with its connection.
pub(super) fn start(
    listener: TcpListener,
    act: impl Fn(Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
) {
    let act = Arc::new(act);
    let n_open = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        loop {
            // A client that has gone again, or too many open files: neither ends this.
            let Ok((mut stream, _)) = listener.accept() else {
                thread::sleep(SHORT);
                continue;
            };
            if MAX_OPEN <= n_open.load(Ordering::Relaxed) {
                continue;
            }
            let (act, open) = (Arc::clone(&act), Open::new(&n_open));
            // Without a thread for it, the connection is closed.
            let _ = thread::Builder::new().spawn(move || {
                let _open = open;
                // Whoever asked has gone.
                let _ = converse(&mut stream, &*act);
            });
        }
    });
}

/// Counts a connection as long as it lives.
struct Open(Arc<AtomicUsize>);

impl Open {
    fn new(n_open: &Arc<AtomicUsize>) -> Self {
        n_open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(n_open))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn converse(
    stream: &mut TcpStream,
    act: &impl Fn(Request, &mut TcpStream) -> io::Result<()>,
) -> io::Result<()> {
    stream.set_write_timeout(Some(STUCK))?;
    stream.set_nodelay(true)?;
    let until = now() + SENT;
    let left = || until.saturating_duration_since(now()).max(Duration::from_millis(1));
    let request = read(|part| {
        stream.set_read_timeout(Some(left()))?;
        if now() < until { stream.read(part) } else { Err(io::ErrorKind::TimedOut.into()) }
    });
    match request? {
        Ok(request) => act(request, stream)?,
        Err(status) => {
            let why = "this is no request that is understood here\n".to_owned();
            let refusal = (status, "text/plain; charset=utf-8", why.into_bytes());
            answer(stream, &refusal, (true, None))?;
        }
    }
    // What was not read would make the system take the answer back.
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(left()))?;
    let mut rest = [0; 16 << 10];
    for _ in 0..MAX_BODY / rest.len() {
        if stream.read(&mut rest)? == 0 {
            break;
        }
    }
    Ok(())
}

/// Reads a request, or the status that refuses it, from what `more` gives.
fn read(mut more: impl FnMut(&mut [u8]) -> io::Result<usize>) -> io::Result<Result<Request, u16>> {
    let mut bytes = Vec::new();
    let mut part = [0; 16 << 10];
    loop {
        match parse(&bytes) {
            Ok(Some(request)) => return Ok(Ok(request)),
            Ok(None) => {}
            Err(status) => return Ok(Err(status)),
        }
        match more(&mut part)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => bytes.extend_from_slice(&part[..n]),
        }
    }
}

/// The request that bytes hold; `None` where there is more to come, or the status
/// that refuses it.
fn parse(bytes: &[u8]) -> Result<Option<Request>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() < MAX_HEAD => return Ok(None),
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => return Err(431),
        Err(_) => return Err(400),
    };
    let headers = head.headers.iter().map(|it| {
        (it.name.to_ascii_lowercase(), String::from_utf8_lossy(it.value).trim().to_owned())
    });
    let path = head.path.unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
    let mut request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    if request.has_header("transfer-encoding") {
        return Err(411);
    }
    let n_body = match request.header("content-length").map(str::parse::<usize>) {
        Some(Ok(n)) if n <= MAX_BODY => n,
        Some(Ok(_)) => return Err(413),
        None if !request.has_header("content-length") => 0,
        Some(Err(_)) | None => return Err(400),
    };
    let Some(body) = bytes[length..].get(..n_body) else { return Ok(None) };
    body.clone_into(&mut request.body);
    Ok(Some(request))
}

/// Writes an answer; to a question for the head alone, without the content, and to one
/// for some bytes with these.
pub(super) fn answer(
    stream: &mut impl Write,
    (status, mime, content): &Answer,
    (with_content, range): (bool, Option<&str>),
) -> io::Result<()> {
    let whole = content.len();
    let part = range.filter(|_| *status == 200).and_then(|range| part(range, whole));
    let (status, content, place) = match part {
        None => (*status, content.as_slice(), String::new()),
        Some(part) if part.is_empty() => {
            (416, &[][..], format!("Content-Range: bytes */{whole}\r\n"))
        }
        Some(Range { start, end }) => {
            let place = format!("Content-Range: bytes {start}-{}/{whole}\r\n", end - 1);
            (206, &content[start..end], place)
        }
    };
    let reason = match status {
        200 | 204 | 206 => "OK",
        _ => "Refused",
    };
    // The status 204 has no content, and must not tell its length.
    let length = match status {
        204 => String::new(),
        _ => format!("Content-Length: {}\r\n{place}", content.len()),
    };
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {mime}\r\n{length}Cache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    if with_content {
        stream.write_all(content)?;
    }
    stream.flush()
}

/// The bytes of a content that a `Range` names (RFC 9110, 14.1.2), none where they are
/// not there; `None` for what asks for several parts or is no such thing, and is
/// answered with all of it. A browser jumps in a video only where it is given parts.
fn part(range: &str, whole: usize) -> Option<Range<usize>> {
    let (from, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.parse::<usize>().ok();
    match (from, last) {
        ("", last) => Some(whole.saturating_sub(number(last)?)..whole),
        (from, "") => Some(number(from)?..whole),
        (from, last) => {
            let (from, last) = (number(from)?, number(last)?);
            (from <= last).then(|| from..last.saturating_add(1).min(whole))
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line measures time")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_however_it_comes_apart() {
        let sent = b"POST /-/open?x HTTP/1.1\r\nHost: a:1\r\nCONTENT-LENGTH: 4\r\n\r\n\"ab\"";
        for cut in 0..sent.len() {
            assert_eq!(parse(&sent[..cut]), Ok(None), "{cut}");
        }
        let request = parse(sent).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/-/open"));
        assert_eq!((request.header("host"), &*request.body), (Some("a:1"), &b"\"ab\""[..]));
    }

    #[test]
    fn a_part_of_a_content_is_given() {
        assert_eq!(part("bytes=0-", 10), Some(0..10));
        assert_eq!(part("bytes=2-5", 10), Some(2..6));
        assert_eq!(part("bytes=2-99", 10), Some(2..10));
        assert_eq!(part("bytes=-3", 10), Some(7..10));
        assert_eq!(part("bytes=-99", 10), Some(0..10));
        for nowhere in ["bytes=10-", "bytes=10-20", "bytes=-0"] {
            assert!(part(nowhere, 10).is_some_and(|it| it.is_empty()), "{nowhere}");
        }
        for other in ["bytes=5-2", "bytes=0-1,4-5", "lines=0-1", "bytes=a-", "bytes=-", "bytes=5"] {
            assert_eq!(part(other, 10), None, "{other}");
        }
        let mut out = Vec::new();
        let content = (200, "video/mp4", b"0123456789".to_vec());
        answer(&mut out, &content, (true, Some("bytes=8-"))).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("HTTP/1.1 206 OK\r\n") && text.ends_with("\r\n\r\n89"), "{text}");
        assert!(text.contains("Content-Length: 2\r\nContent-Range: bytes 8-9/10\r\n"), "{text}");
    }

    #[test]
    fn what_has_no_end_is_refused() {
        let status = |text: &str| parse(text.as_bytes()).unwrap_err();
        assert_eq!(status("\u{16}\u{3}\u{1}"), 400, "what a browser sends to https");
        assert_eq!(status(&format!("GET /{} ", "a".repeat(MAX_HEAD))), 431);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200))), 431);
        assert_eq!(status("POST / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n"), 413);
        assert_eq!(status("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"), 400);
        let twice = "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n";
        assert_eq!(status(twice), 400);
        assert_eq!(status("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), 411);
    }
}
