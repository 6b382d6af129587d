//! Names this build: `DECKC_BUILD` is a hash of everything that deckc's results
//! depend on beside their input. What an earlier build kept is then never taken for
//! what this one would make.

use std::fs;
use std::path::{Path, PathBuf};

/// What results depend on: code, data, and the versions of what is called.
const INPUTS: [&str; 5] = ["Cargo.lock", "fonts", "layouts", "src", "themes"];

fn main() {
    let mut files = Vec::new();
    for input in INPUTS {
        println!("cargo::rerun-if-changed={input}");
        collect(Path::new(input), &mut files);
    }
    files.sort();
    let mut hash = FNV_OFFSET;
    for file in &files {
        let bytes = fs::read(file).expect("a file of the project can be read");
        let name = file.to_string_lossy().replace('\\', "/");
        for part in [name.as_bytes(), &bytes] {
            hash = add(add(hash, &part.len().to_le_bytes()), part);
        }
    }
    println!("cargo::rustc-env=DECKC_BUILD={hash:032x}");
}

/// The files of a folder and of those below it.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder of the project can be read");
        for entry in entries {
            collect(&entry.expect("a folder of the project can be read").path(), files);
        }
    } else {
        files.push(path.to_owned());
    }
}

/// FNV-1a with 128 bits (RFC 9923): chance is all that it has to withstand.
const FNV_OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn add(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(FNV_PRIME))
}
