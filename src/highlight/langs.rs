//! The names that a code fence may use for its language.

/// How a language is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Not at all.
    Plain,
    /// As a session of a shell.
    Console,
    /// By syntect's grammar of this name.
    Syntax(&'static str),
}

use Grammar::{Console, Plain, Syntax};

/// The grammar of a language by any of its names; capitals do not matter.
pub(super) fn grammar(lang: &str) -> Option<Grammar> {
    let lang = lang.to_lowercase();
    let named = |(_, names): &&(Grammar, &[&str])| names.contains(&lang.as_str());
    LANGS.iter().find(named).map(|(grammar, _)| *grammar)
}

/// Every name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LANGS.iter().flat_map(|(_, names)| names.iter().copied())
}

/// Grammars and the names that mean them, in the order of the grammar's name.
/// A name that no grammar fits is mapped to the nearest relative: `go.mod`
/// looks like Go's keywords and comments, `jsonc` like JavaScript.
const LANGS: &[(Grammar, &[&str])] = &[
    (Plain, &["text", "txt", "plain", "plaintext", "output", "none", "ascii"]),
    (Console, &["console", "shell-session", "shellsession", "session", "terminal"]),
    (Syntax("ARM Assembly"), &["arm", "armasm"]),
    (Syntax("AWK"), &["awk"]),
    (Syntax("Ada"), &["ada"]),
    (Syntax("Apache Conf"), &["apache", "htaccess"]),
    (Syntax("AppleScript"), &["applescript"]),
    (Syntax("AsciiDoc (Asciidoctor)"), &["asciidoc", "adoc"]),
    (Syntax("Assembly (x86_64)"), &["asm", "assembly", "nasm", "x86", "x86asm"]),
    (Syntax("Batch File"), &["bat", "batch", "cmd"]),
    (Syntax("BibTeX"), &["bibtex", "bib"]),
    (Syntax("Bourne Again Shell (bash)"), &["bash", "sh", "shell", "zsh", "ksh", "dash"]),
    (Syntax("C"), &["c", "h"]),
    (Syntax("C#"), &["csharp", "c#", "cs"]),
    (Syntax("C++"), &["cpp", "c++", "cc", "cxx", "hpp", "cuda", "arduino"]),
    (Syntax("CMake"), &["cmake"]),
    (Syntax("CSS"), &["css"]),
    (Syntax("Clojure"), &["clojure", "clj", "cljs", "edn"]),
    (Syntax("CoffeeScript"), &["coffeescript", "coffee"]),
    (Syntax("Comma Separated Values"), &["csv", "tsv"]),
    (Syntax("Crontab"), &["crontab", "cron"]),
    (Syntax("Crystal"), &["crystal", "cr"]),
    (Syntax("D"), &["d", "dlang"]),
    (Syntax("Dart"), &["dart"]),
    (Syntax("Diff"), &["diff", "patch", "udiff"]),
    (Syntax("Dockerfile (with bash)"), &["dockerfile", "docker", "containerfile"]),
    (Syntax("DotENV"), &["dotenv", "env"]),
    (Syntax("Elixir"), &["elixir", "ex", "exs"]),
    (Syntax("Elm"), &["elm"]),
    (Syntax("Erlang"), &["erlang", "erl"]),
    (Syntax("F#"), &["fsharp", "f#", "fs"]),
    (Syntax("Fish"), &["fish"]),
    (Syntax("Fortran (Modern)"), &["fortran", "f90"]),
    (Syntax("GLSL"), &["glsl", "hlsl"]),
    (Syntax("Git Config"), &["gitconfig"]),
    (Syntax("Git Ignore"), &["gitignore"]),
    (Syntax("Go"), &["go", "golang", "go.mod", "gomod", "go.work"]),
    (Syntax("GraphQL"), &["graphql", "gql"]),
    (Syntax("Graphviz (DOT)"), &["dot", "graphviz", "gv"]),
    (Syntax("Groovy"), &["groovy", "gradle", "jenkinsfile"]),
    (Syntax("HTML"), &["html", "htm", "xhtml"]),
    (Syntax("HTML (Jinja2)"), &["jinja", "jinja2", "django", "liquid"]),
    (Syntax("HTTP Request and Response"), &["http"]),
    (Syntax("Haskell"), &["haskell", "hs"]),
    (Syntax("INI"), &["ini", "cfg", "editorconfig", "desktop", "systemd"]),
    (Syntax("JQ"), &["jq"]),
    (Syntax("JSON"), &["json", "jsonl", "ndjson"]),
    (Syntax("Java"), &["java"]),
    (Syntax("Java Properties"), &["properties"]),
    (
        Syntax("JavaScript (Babel)"),
        &["javascript", "js", "jsx", "mjs", "cjs", "node", "jsonc", "json5"],
    ),
    (Syntax("Julia"), &["julia", "jl"]),
    (Syntax("Kotlin"), &["kotlin", "kt", "kts"]),
    (Syntax("LLVM"), &["llvm", "ll"]),
    (Syntax("LaTeX"), &["latex", "tex"]),
    (Syntax("Lean"), &["lean"]),
    (Syntax("Less"), &["less"]),
    (Syntax("Lisp"), &["lisp", "common-lisp", "elisp", "emacs-lisp", "scheme"]),
    (Syntax("Lua"), &["lua", "luau"]),
    (Syntax("MATLAB"), &["matlab", "octave"]),
    (Syntax("Makefile"), &["makefile", "make", "mk", "just", "justfile"]),
    (Syntax("Markdown"), &["markdown", "md", "mdx"]),
    (Syntax("Nim"), &["nim"]),
    (Syntax("Ninja"), &["ninja"]),
    (Syntax("Nix"), &["nix"]),
    (Syntax("OCaml"), &["ocaml", "ml", "reason"]),
    (Syntax("Objective-C"), &["objective-c", "objectivec", "objc"]),
    (Syntax("PHP Source"), &["php"]),
    (Syntax("Pascal"), &["pascal", "delphi"]),
    (Syntax("Perl"), &["perl", "pl"]),
    (Syntax("PowerShell"), &["powershell", "ps1", "pwsh"]),
    (Syntax("Protocol Buffer"), &["protobuf", "proto", "proto3"]),
    (Syntax("Protocol Buffer (TEXT)"), &["textproto", "prototext", "pbtxt"]),
    (Syntax("Puppet"), &["puppet"]),
    (Syntax("PureScript"), &["purescript"]),
    (Syntax("Python"), &["python", "py", "python3", "pyi", "starlark", "bazel", "bzl"]),
    (Syntax("QML"), &["qml"]),
    (Syntax("R"), &["r", "rlang"]),
    (Syntax("Racket"), &["racket", "rkt"]),
    (Syntax("Rego"), &["rego"]),
    (Syntax("Requirements.txt"), &["requirements", "pip-requirements"]),
    (Syntax("Robot Framework"), &["robot"]),
    (Syntax("Ruby"), &["ruby", "rb", "gemfile", "rake"]),
    (Syntax("Rust"), &["rust", "rs"]),
    (Syntax("SCSS"), &["scss"]),
    (Syntax("SML"), &["sml"]),
    (Syntax("SQL"), &["sql", "postgresql", "postgres", "pgsql", "mysql", "sqlite", "plsql"]),
    (Syntax("SSH Config"), &["ssh-config", "ssh_config"]),
    (Syntax("Sass"), &["sass"]),
    (Syntax("Scala"), &["scala", "sbt"]),
    (Syntax("Solidity"), &["solidity", "sol"]),
    (Syntax("Svelte"), &["svelte"]),
    (Syntax("Swift"), &["swift"]),
    (Syntax("SystemVerilog"), &["systemverilog", "sv"]),
    (Syntax("TOML"), &["toml"]),
    (Syntax("Tcl"), &["tcl"]),
    (Syntax("Terraform"), &["terraform", "tf", "hcl", "tfvars"]),
    (Syntax("TypeScript"), &["typescript", "ts", "mts", "cts"]),
    (Syntax("TypeScriptReact"), &["tsx", "typescriptreact"]),
    (Syntax("Verilog"), &["verilog", "v"]),
    (Syntax("VimL"), &["vim", "viml", "vimscript"]),
    (Syntax("Vue Component"), &["vue"]),
    (Syntax("WGSL"), &["wgsl"]),
    (Syntax("XML"), &["xml", "svg", "xsd", "xslt", "rss"]),
    (Syntax("YAML"), &["yaml", "yml"]),
    (Syntax("Zig"), &["zig"]),
    (Syntax("jsonnet"), &["jsonnet", "libsonnet"]),
    (Syntax("log"), &["log", "logs"]),
    (Syntax("nginx"), &["nginx"]),
    (Syntax("reStructuredText"), &["rst", "restructuredtext"]),
    (Syntax("varlink"), &["varlink"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grammar_exists_and_every_name_is_given_once() {
        for (grammar, _) in LANGS {
            if let Syntax(name) = grammar {
                let found = super::super::syntaxes().find_syntax_by_name(name);
                assert!(found.is_some(), "{name}");
            }
        }
        let mut all: Vec<&str> = names().collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
        assert!(all.iter().all(|name| name.to_lowercase() == *name));
    }
}
