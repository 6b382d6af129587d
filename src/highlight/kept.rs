//! The runs of code as a store keeps them: classes and lengths, since the name
//! says which code it is.

use super::{Line, TokenRun};
use crate::store::Key;
use crate::theme::Token;

/// The name under which the runs of code are kept.
pub(super) fn key(lang: &str, lines: &[Line<'_>]) -> Key {
    let parts = lines.iter().flat_map(|line| [line.sign.as_bytes(), line.text.as_bytes()]);
    Key::of("highlight", std::iter::once(lang.as_bytes()).chain(parts))
}

/// The runs, packed: of each line the number of its runs, and of each run its
/// class and how many bytes it has.
pub(super) fn pack(runs: &[Vec<TokenRun>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in runs {
        number(&mut bytes, line.len());
        for run in line {
            let class = Token::ALL.iter().position(|(_, token)| *token == run.token);
            number(&mut bytes, class.expect("every class is one of all"));
            number(&mut bytes, run.text.len());
        }
    }
    bytes
}

/// The runs of these lines, unpacked; `None` for bytes that are no runs of them.
pub(super) fn unpack(mut bytes: &[u8], lines: &[Line<'_>]) -> Option<Vec<Vec<TokenRun>>> {
    let mut runs = Vec::with_capacity(lines.len());
    for line in lines {
        let text = [line.sign, line.text].concat();
        let mut rest = text.as_str();
        let mut line = Vec::new();
        for _ in 0..read(&mut bytes)? {
            let (_, token) = *Token::ALL.get(read(&mut bytes)?)?;
            let (text, behind) = rest.split_at_checked(read(&mut bytes)?)?;
            line.push(TokenRun { token, text: text.to_owned() });
            rest = behind;
        }
        if !rest.is_empty() {
            return None;
        }
        runs.push(line);
    }
    bytes.is_empty().then_some(runs)
}

/// Adds a number, seven bits a byte, the lowest first.
fn number(bytes: &mut Vec<u8>, mut number: usize) {
    while 0x80 <= number {
        bytes.push(u8::try_from(number & 0x7f).expect("seven bits fit") | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).expect("seven bits fit"));
}

/// Takes a number from the front.
fn read(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..28).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_back_as_they_were_and_only_for_their_own_lines() {
        let long = "x".repeat(300);
        let lines = ["func main() {", "", "\ts := \"жук\"", &long];
        let lines = lines.map(|text| Line { sign: "", text });
        let runs = super::super::of_lines("go", &lines);
        let packed = pack(&runs);
        assert_eq!(unpack(&packed, &lines), Some(runs));
        assert_eq!(unpack(&packed[..packed.len() - 1], &lines), None);
        assert_eq!(unpack(&packed, &lines[1..]), None);
        assert_eq!(unpack(&[0xff; 9], &lines), None);
    }
}
