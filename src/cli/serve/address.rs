//! Where the page is, and who may ask for it.
//!
//! On this machine alone, unless `--host` asks for more; then only whoever knows
//! the random token in the address. A page of somebody else that has its name lead
//! here is told by the `Host` that its browser sends.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::Path;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use crate::cli::Failure;
use crate::lock;

/// How many ports are tried for one that is free.
const TRIED: u16 = 100;

/// Where a server listens.
pub(super) struct Address {
    port: u16,
    /// The address for other devices.
    host: Option<IpAddr>,
    /// Whether every address of this machine is listened on.
    everywhere: bool,
    /// What the path starts with: `/`, or with a token `/3f.../`.
    pub(super) base: String,
}

impl Address {
    /// Listens on a port.
    pub(super) fn listen(host: Option<IpAddr>, port: u16) -> Result<(Self, TcpListener), Failure> {
        let ip = host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let listener = match TcpListener::bind(SocketAddr::new(ip, port)) {
            Ok(listener) => listener,
            Err(why) => return Err(refused(ip, port, &why)),
        };
        let port = listener.local_addr().map_or(port, |it| it.port());
        let everywhere = ip.is_unspecified();
        let host = host.map(|ip| if everywhere { own_address() } else { ip });
        let base = match host {
            Some(_) => format!("/{}/", token()?),
            None => "/".to_owned(),
        };
        Ok((Self { port, host, everywhere, base }, listener))
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

    /// Whether a `Host` is this server's: an address that it listens on, or
    /// `localhost`. Any other name may lead here by somebody else's will; an address
    /// leads where it says.
    pub(super) fn is_own(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port.parse().ok()),
            // Browsers leave out the port of the web.
            Some(_) | None => (host, Some(80)),
        };
        let bracketed = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        let ip = match bracketed {
            Some(ip) => ip.parse().ok().map(IpAddr::V6),
            None => name.parse().ok().map(IpAddr::V4),
        };
        let own = match ip.map(|ip| ip.to_canonical()) {
            None => name.eq_ignore_ascii_case("localhost"),
            Some(ip) => {
                ip.is_loopback() || self.host == Some(ip) || self.everywhere && is_of_here(ip)
            }
        };
        own && port == Some(self.port)
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
            // Black on white on any terminal: not every camera reads it the other way.
            let rows = code.lines().map(|row| format!("\x1b[38;5;16;48;5;231m{row}\x1b[0m\n"));
            let code: String = rows.collect();
            if self.everywhere && self.host.is_some_and(|ip| ip.is_loopback()) {
                text += "\nno network was found: `--host ADDRESS` names this machine's address";
            }
            text = format!("{text}\n\nThe remote for a telephone: {remote}\n\n{code}");
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

/// Whether an address is one of this machine's: only then can it be listened on.
fn is_of_here(ip: IpAddr) -> bool {
    UdpSocket::bind((ip, 0)).is_ok()
}

/// What nobody guesses: 128 random bits.
pub(super) fn token() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|why| Failure::files(format!("the system gives no random numbers: {why}")))?;
    Ok(lock::hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(host: Option<&str>, port: u16) -> Address {
        let host = host.map(|ip| ip.parse().unwrap());
        Address { port, host, everywhere: false, base: "/".to_owned() }
    }

    #[test]
    fn a_name_of_somebody_else_is_not_this_server() {
        let own = address(None, 7878);
        for host in ["127.0.0.1:7878", "localhost:7878", "LOCALHOST:7878", "[::1]:7878"] {
            assert!(own.is_own(host), "{host}");
        }
        for host in [
            "",
            ":7878",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "localhost:7879",
            "localhost:",
            "localhost.deck.example:7878",
            "deck.example:7878",
            "127.0.0.1.deck.example:7878",
            "::1:7878",
            "[127.0.0.1]:7878",
            "[::1]:7878:7878",
            "[::1%1]:7878",
            "0.0.0.0:7878",
            "[::]:7878",
            "192.168.0.9:7878",
            "user@localhost:7878",
        ] {
            assert!(!own.is_own(host), "{host}");
        }
        let open = address(Some("192.168.0.9"), 80);
        assert!(open.is_own("192.168.0.9") && open.is_own("localhost"));
        assert!(!open.is_own("192.168.0.8") && !open.is_own("[fe80::1]"));
        let open = address(Some("fd00::9"), 7878);
        assert!(open.is_own("[fd00::9]:7878") && open.is_own("[FD00:0::9]:7878"));
        assert!(open.url() == "http://[fd00::9]:7878/");
    }

    #[test]
    fn every_address_of_this_machine_is_its_own_and_no_other() {
        let open = Address { everywhere: true, ..address(Some("192.168.0.9"), 7878) };
        assert!(open.is_own("127.0.0.1:7878"));
        // For documentation, and nobody's (RFC 5737).
        assert!(!open.is_own("203.0.113.7:7878"));
    }
}
