//! What every guide says, whatever the talk: advice and lists to go through.

/// A part below a heading.
pub(super) type Part = (&'static str, &'static [&'static str]);

/// The voice, the body, the room, the code.
pub(super) const DELIVERY: [Part; 4] = [
    (
        "Voice & pace",
        &[
            "Speak to the back row: clearly, and slower than feels natural",
            "Slow down for code; be quick between parts",
            "Stop for two seconds behind each key point",
            "Stress the one word of a sentence that carries it",
        ],
    ),
    (
        "Body language",
        &[
            "Look at a person for a whole sentence, then at another one",
            "Let your hands show what moves: split, gather, wait",
            "Walk between parts, stand still for code",
            "Face the room; point at the line, then turn back",
        ],
    ),
    (
        "Engagement",
        &[
            "Ask, wait, and let the room answer before you do",
            "Laugh at your own mistakes first",
            "Tell what it cost when it went wrong",
            "Say so when something is hard, and then take it apart",
        ],
    ),
    (
        "Code presentation",
        &[
            "Say what the code does before it is on the wall",
            "Step through the focus: one group of lines, one sentence",
            "Name the line that everything hangs on",
            "Leave the code up while you talk about it",
        ],
    ),
];

/// A question before its time.
pub(super) const DURING: [&str; 3] = [
    "A short answer fits in one sentence: give it, and go on",
    "Anything longer: thank them, and say on which slide or when it comes",
    "Repeat every question, so that the room and the recording have it",
];

/// A question without an answer.
pub(super) const UNKNOWN: [&str; 3] = [
    "Say that you do not know",
    "Ask whether somebody in the room does",
    "Write the question down with a name, and answer it afterwards",
];

/// What goes wrong.
pub(super) const PITFALLS: [Part; 3] = [
    (
        "Technical pitfalls",
        &[
            "Taking for granted what half of the room has never used",
            "Showing how before anybody knows why",
            "Explaining the platform instead of the idea",
        ],
    ),
    (
        "Presentation pitfalls",
        &[
            "Reading slides aloud",
            "Talking to the wall",
            "Hurrying because the clock was not looked at",
            "Going on although faces are lost",
        ],
    ),
    (
        "Content pitfalls",
        &[
            "Theory without one real case",
            "One case without what holds for others",
            "A claim without its number, a number without its source",
            "Code that only works when nothing fails",
        ],
    ),
];

/// Where the energy goes.
pub(super) const ENERGY: [Part; 3] = [
    ("Start strong", &["Full voice from the first sentence", "The hook first, your name after it"]),
    ("Middle", &["Keep one pace, and change the form: code, picture, story"]),
    (
        "End strong",
        &["Slow down for what they should keep", "Ask for one act", "Enjoy the questions"],
    ),
];

/// After the talk.
pub(super) const AFTERWARDS: [Part; 2] = [
    (
        "Immediate",
        &[
            "Thank the organizers and who ran the technology",
            "Share the slides: have the address ready",
            "Stay where people can find you",
            "Write down what you could not answer, and who asked",
        ],
    ),
    (
        "Follow-up",
        &[
            "Put the slides where the event collects them: `deckc publish`",
            "Answer the open questions",
            "Write down what the talk had no time for",
            "Link the recording from the talk's page",
        ],
    ),
];

/// Slides between parts.
pub(super) const TRANSITIONS: [&str; 3] =
    ["A slide of their own between major parts", "What was, in a line", "What comes, in a line"];

/// When nerves come.
pub(super) const CONFIDENCE: [Part; 3] = [
    (
        "Remember",
        &[
            "You have worked with this; most of the room has not",
            "They came because they want it to go well",
            "Not knowing something is an answer, too",
            "A mistake is forgotten by the next slide, if you go on",
        ],
    ),
    (
        "If nervous",
        &[
            "Breathe out slowly before you breathe in",
            "Drink some water",
            "Find the friendly faces",
            "Speak the first minute from memory",
        ],
    ),
    (
        "If technical issues",
        &[
            "Open the PDF from the stick: every program shows it",
            "Go on talking while somebody repairs",
            "Draw it on the whiteboard",
            "The room is on your side",
        ],
    ),
];

/// How to tell whether it went well.
pub(super) const SUCCESS: [Part; 2] = [
    ("During the talk", &["Heads that nod, pens that move", "Questions that go on from yours"]),
    (
        "After the talk",
        &[
            "People who come to the front",
            "Messages, and links to the slides",
            "Somebody who tries it the week after",
        ],
    ),
];

/// The last hour.
pub(super) const FINAL: [Part; 2] = [
    (
        "1 hour before",
        &[
            "Everything tried once more in the room: picture, sound, clicker, network",
            "The last row checked: can you read the code from there?",
            "Key points of each part read",
            "Restroom, water, a walk",
        ],
    ),
    (
        "5 minutes before",
        &[
            "Slides open on the first one; presenter view on your own screen",
            "Notifications off, screen saver off, power plugged in",
            "Microphone tried",
            "Water in reach, phone silent",
        ],
    ),
];

/// Whom to call.
pub(super) const CONTACTS: [&str; 3] = ["Organizer", "Tech support", "Backup presenter"];

/// What to ask oneself afterwards.
pub(super) const REFLECTION: [&str; 5] = [
    "What went well?",
    "What would be better another way?",
    "Which question was a surprise?",
    "What did people come back to?",
    "How far was the clock from the plan?",
];
