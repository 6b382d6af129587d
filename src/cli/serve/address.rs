//! Where the page is, and who may ask for it.
//!
//! On this machine alone, unless `--host` asks for more; then only whoever knows
//! the random token in the address. A page of somebody else that has its name lead
//! here is told by the `Host` that its browser sends.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::Path;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use tiny_http::Server;

use crate::cli::Failure;
use crate::lock;

/// How many ports are tried for one that is free.
const TRIED: u16 = 100;

/// Where a server listens.
pub(super) struct Address {
    port: u16,
    /// The address for other devices.
    host: Option<IpAddr>,
    /// What the path starts with: `/`, or with a token `/3f.../`.
    pub(super) base: String,
}

impl Address {
    /// Listens on a port.
    pub(super) fn listen(host: Option<IpAddr>, port: u16) -> Result<(Self, Server), Failure> {
        let ip = host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let server = match Server::http(SocketAddr::new(ip, port)) {
            Ok(server) => server,
            Err(why) => return Err(refused(ip, port, &*why)),
        };
        let port = server.server_addr().to_ip().map_or(port, |it| it.port());
        let host = host.map(|ip| if ip.is_unspecified() { own_address() } else { ip });
        let base = match host {
            Some(_) => format!("/{}/", token()?),
            None => "/".to_owned(),
        };
        Ok((Self { port, host, base }, server))
    }

    /// The address to open.
    fn url(&self) -> String {
        let ip = self.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        format!("http://{}{}", SocketAddr::new(ip, self.port), self.base)
    }

    /// Whether other devices may ask.
    pub(super) const fn is_open(&self) -> bool {
        self.host.is_some()
    }

    /// Whether a `Host` is this server's.
    pub(super) fn is_own(&self, host: &str) -> bool {
        let own = self.host.into_iter().map(|ip| SocketAddr::new(ip, self.port).to_string());
        let local = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{}", self.port));
        own.chain(local).any(|it| it.eq_ignore_ascii_case(host))
    }

    /// What is said at the start.
    pub(super) fn told(&self, deck: &Path) -> String {
        let url = self.url();
        let mut text = format!("{} is at {url}; Ctrl-C ends", deck.display());
        if self.is_open() {
            let remote = format!("{url}-/remote");
            let code = QrCode::new(remote.as_bytes())
                .map(|code| code.render::<Dense1x2>().quiet_zone(true).build())
                .unwrap_or_default();
            text = format!("{text}\n\nThe remote for a telephone: {remote}\n\n{code}\n");
        }
        text
    }
}

/// Why a port cannot be had, and which one can.
fn refused(ip: IpAddr, port: u16, why: &dyn std::error::Error) -> Failure {
    let in_use = std::net::TcpListener::bind(SocketAddr::new(ip, port))
        .is_err_and(|why| why.kind() == std::io::ErrorKind::AddrInUse);
    if !in_use {
        return Failure::files(format!("cannot listen on {ip}, port {port}: {why}"));
    }
    let free = |port: &u16| std::net::TcpListener::bind(SocketAddr::new(ip, *port)).is_ok();
    let failure = Failure::files(format!("port {port} is in use"));
    match (port.saturating_add(1)..port.saturating_add(TRIED)).find(free) {
        Some(next) => failure.hint(format!("{next} is free: `deckc serve --port {next}`")),
        None => failure.hint("`--port 0` takes any that is free"),
    }
}

/// The address of this machine among others: the one from which it would send.
/// Nothing is sent.
fn own_address() -> IpAddr {
    let out = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        // An address that is nobody's (RFC 5737).
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    out.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |it| it.ip())
}

/// What nobody guesses: 128 random bits.
pub(super) fn token() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|why| Failure::files(format!("the system gives no random numbers: {why}")))?;
    Ok(lock::hex(&bytes))
}
