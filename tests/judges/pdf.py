"""Judges PDFs by programs that share no code with deckc: pdfua (PDF/UA-1) and
pikepdf (PDF/A). Prints one JSON object: for each file what they found."""

import json
import sys

import pdfua
import pikepdf
import pikepdf.pdfa

# The part of PDF/A that a file says it keeps, by the nearest flavour that
# pikepdf knows: conformance A asks for B and for what PDF/UA asks for.
FLAVOURS = {"2": "2b", "3": "3b"}

# Clauses that pikepdf takes narrower than the standard: its list of metadata has
# none with an extension schema, which 6.6.2.3.2 permits, and for conformance A,
# which is more, it expects B.
NARROWER = {"6.6.2.3.1-1", "6.6.4-3"}


def is_clause(rule):
    standard, _, clause = rule.partition(":")
    return standard.startswith("ISO_") and clause not in NARROWER


def titles(pdf):
    """The titles of the outline, with their depths."""
    found = []

    def walk(items, depth):
        for item in items:
            found.append((item.title, depth))
            walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        walk(outline.root, 0)
    return found


def note(page):
    """What a presenter of PDF shows as the note of a page."""
    texts = [str(it.Contents) for it in page.get("/Annots", []) if it.Subtype == "/Text"]
    return "\n\n".join(texts) or None


def judged(path):
    report = pdfua.validate(path)
    with pikepdf.open(path) as pdf:
        with pdf.open_metadata() as xmp:
            part = xmp.get("pdfaid:part")
            conformance = xmp.get("pdfaid:conformance")
        found = pikepdf.pdfa.check(pdf, FLAVOURS[part]).violations if part else []
        outline = [title for title, _ in titles(pdf)]
        notes = [note(page) for page in pdf.pages]
        intents = [str(it.OutputConditionIdentifier) for it in pdf.Root.get("/OutputIntents", [])]
    return {
        "pdfua": [str(finding) for finding in report.findings],
        "skipped": [skipped.rule_id for skipped in report.skipped],
        "outline": outline,
        "notes": notes,
        "pdfa": {"part": part, "conformance": conformance, "intents": intents},
        # What is not a clause of the standard is a construct that pikepdf's list
        # does not have, such as an indirect object where it expects a direct one.
        "violations": [str(it) for it in found if is_clause(it.rule)],
    }


print(json.dumps({path: judged(path) for path in sys.argv[1:]}))
