//! Steps: numbering the states of a slide.
//!
//! `<!-- step -->` lets everything after it on the slide appear a step later;
//! what stands in `::: steps`, and every focus of a code block after its first,
//! takes a step of its own and lets the rest of the slide be.

use super::removal;
use super::run::Cx;
use crate::diag::Diagnostic;
use crate::model::{Code, Step};
use crate::source::Span;

/// The steps of a slide so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps {
    /// The step of a block that has none of its own.
    base: Step,
    /// The last step given out.
    last: Step,
    /// The last step at which something happens.
    used: Step,
    /// A `<!-- step -->` that nothing follows yet.
    pending: Option<Span>,
}

impl Steps {
    /// The step of a block that has none of its own.
    pub(super) const fn base(&self) -> Step {
        self.base
    }

    /// The last step at which something happens.
    pub(super) const fn last_used(&self) -> Step {
        self.used
    }

    /// Something happens at a step that was given out before.
    pub(super) fn keep(&mut self, step: Step) {
        self.pending = None;
        self.used = self.used.max(step);
    }

    /// Lets everything from here on appear a step later.
    pub(super) const fn advance(&mut self, span: Span) {
        self.last = self.last.next();
        self.base = self.last;
        self.pending = Some(span);
    }

    /// Gives a block its step.
    pub(super) fn take(&mut self) -> Step {
        self.pending = None;
        self.used = self.used.max(self.base);
        self.base
    }

    /// Enters a block that takes a step of its own. Gives what
    /// [`Steps::leave`] must be handed.
    pub(super) const fn enter(&mut self) -> Step {
        let outer = self.base;
        self.last = self.last.next();
        self.base = self.last;
        outer
    }

    /// Leaves a block that took a step of its own.
    pub(super) const fn leave(&mut self, outer: Step) {
        self.base = outer;
    }

    /// Numbers the focuses of a code block that has its step.
    pub(super) fn number_focus(&mut self, code: &mut Code) {
        let further = u32::try_from(code.focus.len().saturating_sub(1)).unwrap_or(u32::MAX);
        if further > 0 {
            code.focus_from = self.number(further);
        }
    }

    /// Numbers the further steps of a block that has its step: gives the first of
    /// them.
    pub(super) fn number(&mut self, further: u32) -> Step {
        let first = self.last.next();
        self.last = Step(self.last.0.saturating_add(further));
        self.used = self.used.max(self.last);
        first
    }
}

/// Reports a step that nothing follows.
pub(super) fn finish(cx: &mut Cx<'_, '_, '_>) {
    if let Some(span) = cx.draft.steps.pending.take() {
        cx.report(
            Diagnostic::warning("empty-step", span, "nothing appears at this step")
                .hint("write the step before what appears, or delete it")
                .patch(removal::comment(cx.part.source, span), "")
                .guess(),
        );
    }
}
