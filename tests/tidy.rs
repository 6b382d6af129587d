//! The house rules, held by reading the tree: which module may use which, who
//! owns what, how long a file gets, and that the documents tell the truth.
//!
//! Each rule collects every complaint before it fails, and a complaint says
//! what to do.

mod arrows;
mod documents;
mod findings;
mod matches;
mod owners;
mod rust;
mod sets;
mod shape;
mod tree;

/// Fails with all complaints, one a line.
fn hold(mut complaints: Vec<String>) {
    complaints.sort();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
