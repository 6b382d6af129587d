//! Scopes to token classes: one readable table for every grammar.
//!
//! A grammar names a piece of code by a stack of scopes like
//! `storage.type.go`. The innermost scope that the table knows decides, and
//! among the table's prefixes the longest one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use syntect::parsing::{Scope, ScopeStack};

use crate::theme::Token;

/// What a scope says of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// It has this class.
    Is(Token),
    /// Words are keywords, signs are punctuation: grammars call both
    /// operators.
    Word,
    /// The names of types, and the words that declare something.
    TypeWord,
}

use Class::{Is, TypeWord, Word};
use Token::{
    Attribute, Comment, Deleted, Function, Inserted, Keyword, Number, Plain, Punctuation, String,
    Type,
};

/// Prefixes of scopes and their class, by first word.
const TABLE: &[(&str, Class)] = &[
    ("comment", Is(Comment)),
    ("constant", Is(Number)),
    ("constant.character", Is(String)),
    ("constant.character.entity", Is(Number)),
    ("constant.character.escape", Is(Number)),
    ("constant.other.database-name", Is(Plain)),
    ("constant.other.table-name", Is(Plain)),
    ("entity.name", Is(Plain)),
    ("entity.name.class", Is(Type)),
    ("entity.name.constant", Is(Number)),
    ("entity.name.enum", Is(Type)),
    ("entity.name.enum.tag-digest", Is(Number)),
    ("entity.name.function", Is(Function)),
    ("entity.name.impl", Is(Type)),
    ("entity.name.interface", Is(Type)),
    ("entity.name.macro", Is(Attribute)),
    ("entity.name.other.anchor", Is(Attribute)),
    ("entity.name.struct", Is(Type)),
    ("entity.name.table", Is(Type)),
    ("entity.name.tag", Is(Attribute)),
    ("entity.name.trait", Is(Type)),
    ("entity.name.type", Is(Type)),
    ("entity.name.union", Is(Type)),
    ("entity.other.attribute-name", Is(Attribute)),
    ("entity.other.inherited-class", Is(Type)),
    ("entity.other.pseudo-class", Is(Keyword)),
    ("entity.other.pseudo-element", Is(Keyword)),
    ("keyword", Word),
    ("keyword.other.unit", Is(Number)),
    ("markup.deleted", Is(Deleted)),
    ("markup.heading", Is(Keyword)),
    ("markup.inserted", Is(Inserted)),
    ("markup.raw", Is(String)),
    ("markup.underline.link", Is(String)),
    ("meta.annotation", Is(Attribute)),
    ("meta.diff", Is(Comment)),
    ("meta.header", Is(Comment)),
    ("meta.interpolation", Is(Plain)),
    ("meta.template.expression", Is(Plain)),
    ("meta.toc-list.line-number", Is(Attribute)),
    ("punctuation", Is(Punctuation)),
    ("punctuation.decorator", Is(Attribute)),
    ("punctuation.definition.annotation", Is(Attribute)),
    ("punctuation.definition.comment", Is(Comment)),
    ("punctuation.definition.constant", Is(Number)),
    ("punctuation.definition.custom-property", Is(Attribute)),
    ("punctuation.definition.deleted", Is(Deleted)),
    ("punctuation.definition.entity", Is(Attribute)),
    ("punctuation.definition.from-file", Is(Comment)),
    ("punctuation.definition.heading", Is(Keyword)),
    ("punctuation.definition.inserted", Is(Inserted)),
    ("punctuation.definition.keyword", Is(Keyword)),
    ("punctuation.definition.numeric", Is(Number)),
    ("punctuation.definition.parameter.shell", Is(Plain)),
    ("punctuation.definition.range", Is(Attribute)),
    ("punctuation.definition.string", Is(String)),
    ("punctuation.definition.to-file", Is(Comment)),
    ("punctuation.definition.variable", Is(Plain)),
    ("punctuation.separator.decimal", Is(Number)),
    ("source", Is(Plain)),
    ("storage", Is(Keyword)),
    ("storage.modifier.conversion", Is(Number)),
    ("storage.modifier.lifetime", Is(Attribute)),
    ("storage.type", Word),
    ("storage.type.buildin", TypeWord),
    ("storage.type.c", TypeWord),
    ("storage.type.c++", TypeWord),
    ("storage.type.cs", TypeWord),
    ("storage.type.go", TypeWord),
    ("storage.type.java", TypeWord),
    ("storage.type.numeric", Is(Number)),
    ("storage.type.primitive", TypeWord),
    ("storage.type.proto", TypeWord),
    ("storage.type.rust", TypeWord),
    ("storage.type.sql", TypeWord),
    ("storage.type.string", Is(String)),
    ("storage.type.void", TypeWord),
    ("string", Is(String)),
    ("support.class", Is(Type)),
    ("support.constant", Is(Number)),
    ("support.constant.terraform", Is(Keyword)),
    ("support.function", Is(Function)),
    ("support.macro", Is(Attribute)),
    ("support.type", Is(Type)),
    ("support.type.custom-property", Is(Attribute)),
    ("support.type.package", Is(Plain)),
    ("support.type.property-name", Is(Attribute)),
    ("support.variable", Is(Plain)),
    ("variable", Is(Plain)),
    ("variable.annotation", Is(Attribute)),
    ("variable.function", Is(Function)),
    ("variable.language", Is(Keyword)),
    ("variable.language.automatic", Is(Plain)),
    ("variable.language.blank", Is(Plain)),
    // Parameters called `self` have the scope of any other parameter.
    ("variable.language.python", Is(Plain)),
    ("variable.language.rust", Is(Plain)),
    ("variable.language.star", Is(Punctuation)),
    ("variable.type", Is(Type)),
];

/// A scope that decides over everything inside it: the keys of JSON are
/// strings to their grammar, and keys to a reader.
const KEYS: &str = "meta.mapping.key.json";

/// Words with the scope of a type that declare something instead.
const DECLARING: &[&str] = &[
    "abstract",
    "auto",
    "class",
    "const",
    "enum",
    "explicit",
    "interface",
    "let",
    "namespace",
    "record",
    "struct",
    "template",
    "type",
    "typedef",
    "typename",
    "union",
    "using",
    "var",
];

/// The classes of the scopes met so far.
#[derive(Default)]
pub(super) struct Classes {
    seen: BTreeMap<Scope, Option<Class>>,
}

impl Classes {
    /// The class of a piece of code under a stack of scopes.
    pub(super) fn class(&mut self, stack: &ScopeStack, text: &str) -> Token {
        let table = table();
        let scopes = stack.as_slice();
        if scopes.iter().any(|scope| table.keys.is_prefix_of(*scope)) {
            return Attribute;
        }
        let mut known = |scope: &Scope| {
            *self.seen.entry(*scope).or_insert_with(|| {
                let fits = |(prefix, _): &&(Scope, Class)| prefix.is_prefix_of(*scope);
                let longest = table.classes.iter().filter(fits).max_by_key(|(it, _)| it.len());
                longest.map(|(_, class)| *class)
            })
        };
        let class = scopes.iter().rev().find_map(&mut known).unwrap_or(Is(Plain));
        let is_word = text.contains(char::is_alphabetic);
        match class {
            Is(token) => token,
            Word if is_word => Keyword,
            TypeWord if is_word && DECLARING.contains(&text.trim()) => Keyword,
            TypeWord if is_word => Type,
            Word | TypeWord => Punctuation,
        }
    }
}

/// The table, in syntect's terms.
struct Table {
    classes: Vec<(Scope, Class)>,
    keys: Scope,
}

/// The table, read once in a process.
fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let scope = |name| Scope::new(name).expect("the names of the table are scopes");
        Table {
            classes: TABLE.iter().map(|(prefix, class)| (scope(prefix), *class)).collect(),
            keys: scope(KEYS),
        }
    })
}
