//! Frames: stacks with a common beginning as one.

use crate::data::profile::Profile;

/// The deepest stack that is drawn: more boxes than there are points on a slide.
const MAX_DEPTH: usize = 500;

/// A function where it was called, and what it called.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) name: String,
    /// What was spent here and in what it called.
    pub(super) amount: i64,
    /// What it called, most first.
    pub(super) children: Vec<Frame>,
}

impl Frame {
    /// All of a profile, or the part below a function: from its outermost call on,
    /// whoever called it.
    pub(super) fn of(profile: &Profile, focus: Option<&str>) -> Self {
        let mut root = Self { name: focus.unwrap_or_default().to_owned(), ..Self::default() };
        for (stack, amount) in &profile.stacks {
            let below = match focus {
                None => Some(0),
                Some(name) => stack.iter().position(|it| it == name).map(|at| at + 1),
            };
            let Some(below) = below else { continue };
            root.amount = root.amount.saturating_add(*amount);
            let mut at = &mut root;
            for name in stack[below..].iter().take(MAX_DEPTH) {
                let nth = at.children.iter().position(|it| it.name == *name).unwrap_or_else(|| {
                    at.children.push(Self { name: name.clone(), ..Self::default() });
                    at.children.len() - 1
                });
                at = &mut at.children[nth];
                at.amount = at.amount.saturating_add(*amount);
            }
        }
        root.sort();
        // What all stacks share at the top says nothing twice.
        if focus.is_none() && root.children.len() == 1 {
            return root.children.remove(0);
        }
        if focus.is_none() {
            "all".clone_into(&mut root.name);
        }
        root
    }

    fn sort(&mut self) {
        self.children.sort_by(|a, b| (b.amount, &a.name).cmp(&(a.amount, &b.name)));
        self.children.iter_mut().for_each(Self::sort);
    }

    /// How many boxes stand below each other, this one included.
    pub(super) fn depth(&self) -> usize {
        1 + self.children.iter().map(Self::depth).max().unwrap_or(0)
    }

    /// Every frame, from the outermost on.
    pub(super) fn each(&self, found: &mut dyn FnMut(&Self)) {
        found(self);
        for child in &self.children {
            child.each(found);
        }
    }
}

/// The stacks that hold a function.
pub(super) fn within(profile: &Profile, focus: &str) -> Profile {
    let holds = |stack: &[String]| stack.iter().any(|name| name == focus);
    let stacks = profile.stacks.iter().filter(|(stack, _)| holds(stack)).cloned().collect();
    Profile { stacks, ..profile.clone() }
}
