//! The published schemas are those of the types: `--schema` prints what stands
//! in `docs/schema/`, and a dump has that form.

use std::path::Path;
use std::process::Command;

const STAGES: [&str; 3] = ["model", "placed", "pages"];

#[test]
fn published_schemas_are_those_of_the_types() {
    let forms = STAGES.map(|stage| (stage, dump(&["--stage", stage, "--schema"])));
    let finding = ("finding", deckc(&["check", "--schema"]));
    for (form, found) in forms.into_iter().chain([finding]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{form}.json"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap();
        assert!(published == found, "{}: write it anew with UPDATE=1", path.display());
    }
}

#[test]
fn a_dump_has_every_field_that_its_schema_requires() {
    for stage in STAGES {
        let schema = dump(&["--stage", stage, "--schema"]);
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let deck = dump(&["decks/go-concurrency-at-scale.md", "--stage", stage]);
        let deck: serde_json::Value = serde_json::from_str(&deck).unwrap();
        for field in schema["required"].as_array().unwrap() {
            assert!(deck.get(field.as_str().unwrap()).is_some(), "{stage}: {field}");
        }
    }
}

fn dump(args: &[&str]) -> String {
    deckc(&[&["dump"], args].concat())
}

fn deckc(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_deckc"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
