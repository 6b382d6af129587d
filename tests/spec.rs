//! The pages under `tests/spec/` are the manual of the deck language, and
//! hold.

use crate::harness::{check_pages, run::run};

#[test]
fn every_page_of_the_manual_holds() {
    check_pages("tests/spec", &run);
}
