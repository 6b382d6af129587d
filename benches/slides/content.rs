//! What the slides say, without a form.

use super::N_PICTURES;
use super::picture::Dice;

/// One slide.
pub(super) struct Slide {
    /// Its kind and what it shows.
    pub(super) body: Body,
    /// Its title, different on every slide.
    pub(super) title: String,
    /// What the speaker says.
    pub(super) note: &'static str,
}

/// What a slide shows below its title.
pub(super) enum Body {
    /// The first slide: a line below the title.
    Opening(Text),
    /// A transition: what was, what comes.
    Section(Text, Text),
    /// Bullets; `true` for one a step.
    Bullets(Vec<Text>, bool),
    /// Go.
    Code(String),
    /// A picture below the deck's folder, and what it shows.
    Picture(String, String),
    /// A head and rows.
    Table([&'static str; 4], Vec<[String; 4]>),
    /// A paragraph and bullets.
    Lesson(Text, Vec<Text>),
}

/// Text with marks.
pub(super) type Text = &'static [Piece];

/// A piece of text.
pub(super) enum Piece {
    /// Plain.
    T(&'static str),
    /// Code.
    C(&'static str),
    /// Strong.
    S(&'static str),
    /// Emphasised.
    E(&'static str),
}

use Piece::{C, E, S, T};

/// The path of a picture below the deck's folder.
pub(super) fn picture(number: usize) -> String {
    format!("img/plot-{number}.png")
}

/// The slide at a position, from 0: ten kinds in turn.
pub(super) fn slide(at: usize) -> Slide {
    let mut dice = Dice(at as u64);
    let topic = TOPICS[at / 10 % TOPICS.len()];
    let part = at / 10 + 1;
    let (title, body) = match at % 10 {
        _ if at == 0 => ("What the runtime does while you sleep".into(), Body::Opening(OPENING)),
        0 => (format!("Part {part}: {topic}"), Body::Section(RECAP, PREVIEW)),
        1 | 5 | 8 => {
            let bullets = some(&mut dice, 5);
            (format!("{topic}: what counts ({at})"), Body::Bullets(bullets, at % 10 == 5))
        }
        2 | 4 | 7 => {
            let code =
                CODE[dice.below(CODE.len() as u32) as usize].replace("LIMIT", &at.to_string());
            (format!("{topic}: in code ({at})"), Body::Code(code))
        }
        3 => {
            let number = dice.below(N_PICTURES as u32) as usize;
            let alt = format!("Boxes and a noisy band, picture {number}");
            (format!("{topic}: seen ({at})"), Body::Picture(picture(number), alt))
        }
        6 => {
            let rows = (1..=5).map(|row| {
                let mut upto = |end| (10 + dice.below(end)).to_string();
                [format!("BenchmarkStage{row}"), upto(9000), upto(4000), upto(40)]
            });
            let head = ["Benchmark", "ns/op", "B/op", "allocs/op"];
            (format!("{topic}: measured ({at})"), Body::Table(head, rows.collect()))
        }
        _ => (format!("{topic}: lesson ({at})"), Body::Lesson(LESSON, some(&mut dice, 3))),
    };
    Slide { body, title, note: NOTES[at % NOTES.len()] }
}

/// Some bullets, each once.
fn some(dice: &mut Dice, n: usize) -> Vec<Text> {
    let mut left: Vec<Text> = BULLETS.to_vec();
    (0..n).map(|_| left.swap_remove(dice.below(left.len() as u32) as usize)).collect()
}

const OPENING: Text = &[T("A long talk with many slides")];
const RECAP: Text = &[T("So far: where the "), S("time"), T(" went.")];
const PREVIEW: Text = &[T("Next: where the "), E("memory"), T(" goes.")];
const LESSON: Text = &[
    T("Measure. Change "),
    S("one"),
    T(" thing. Measure "),
    E("again"),
    T(", on the same machine."),
];

const TOPICS: [&str; 7] =
    ["Scheduling", "Collecting", "Channels", "Profiles", "Interfaces", "Fuzzing", "Servers"];

const NOTES: [&str; 3] = [
    "Ask who has met this on call, and wait for the hands.",
    "Point at the last line first; the rest follows from it.",
    "When late, go on with the table of this part.",
];

const BULLETS: [Text; 10] = [
    &[T("A blocked call gives its "), C("P"), T(" to another thread")],
    &[T("A stack begins small and "), S("moves"), T(" when it grows")],
    &[T("Compare with "), C("errors.Is"), T(", not with "), C("==")],
    &[T("A "), C("context.Context"), T(" is the first argument")],
    &[T("What "), E("escapes"), T(" is paid for by the collector")],
    &[T("Labels split a profile by "), S("endpoint")],
    &[T("A "), C("sync.Pool"), T(" pays for large, short lives")],
    &[T("The "), E("sender"), T(" closes the channel, once")],
    &[T("A full queue is an answer: say "), C("503"), T(" early")],
    &[T("Preallocate when the length is known")],
];

const CODE: [&str; 4] = [
    "// drain hands every job to work until the queue ends.\n\
     func drain(ctx context.Context, queue <-chan Job) error {\n\
     \tfor {\n\
     \t\tselect {\n\
     \t\tcase <-ctx.Done():\n\
     \t\t\treturn fmt.Errorf(\"drain: %w\", ctx.Err())\n\
     \t\tcase job, open := <-queue:\n\
     \t\t\tif !open {\n\
     \t\t\t\treturn nil\n\
     \t\t\t}\n\
     \t\t\twork(ctx, job, LIMIT)\n\
     \t\t}\n\
     \t}\n\
     }",
    "type Ring[T any] struct {\n\
     \titems [LIMIT]T\n\
     \thead  int\n\
     }\n\
     \n\
     // Push adds an item in the place of the oldest one.\n\
     func (r *Ring[T]) Push(item T) (oldest T) {\n\
     \toldest = r.items[r.head]\n\
     \tr.items[r.head] = item\n\
     \tr.head = (r.head + 1) % len(r.items)\n\
     \treturn oldest\n\
     }",
    "func TestSplit(t *testing.T) {\n\
     \tfor name, c := range map[string][2]string{\n\
     \t\t\"empty\":  {\"\", \"\"},\n\
     \t\t\"single\": {\"a\", \"a\"},\n\
     \t\t\"many\":   {\"a,b\", \"b\"},\n\
     \t} {\n\
     \t\tt.Run(name, func(t *testing.T) {\n\
     \t\t\tgot := Last(Split(c[0], LIMIT))\n\
     \t\t\tif got != c[1] {\n\
     \t\t\t\tt.Errorf(\"got %q, want %q\", got, c[1])\n\
     \t\t\t}\n\
     \t\t})\n\
     \t}\n\
     }",
    "func (s *Server) user(w http.ResponseWriter, r *Request) {\n\
     \tdefer s.observe(r.URL.Path, time.Now())\n\
     \tu, err := s.store.Find(r.Context(), r.PathValue(\"id\"))\n\
     \tswitch {\n\
     \tcase errors.Is(err, ErrMissing):\n\
     \t\thttp.Error(w, \"no such user\", http.StatusNotFound)\n\
     \tcase err != nil:\n\
     \t\thttp.Error(w, \"sorry\", http.StatusBadGateway)\n\
     \tdefault:\n\
     \t\tw.Header().Set(\"Cache-Control\", \"max-age=LIMIT\")\n\
     \t\tjson.NewEncoder(w).Encode(u)\n\
     \t}\n\
     }",
];
