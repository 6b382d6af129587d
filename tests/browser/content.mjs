// What a page of a PDF draws: an interpreter of content streams (ISO 32000-1,
// parts 8 and 9) that knows paths, clips, images, transforms, colours of fills,
// and where text is shown; it passes over everything else.

/**
 * The `fills` and `strokes` of a page and its `pictures`, as boxes in the
 * page's units from its upper left corner. A picture is an image or a clipped
 * drawing; what stands within it is not told. `texts` are the places where
 * text is shown: the origin of its first glyph, its size and its colour, and
 * whether it is an artifact.
 */
export function drawn(content, height) {
  const found = { fills: [], strokes: [], pictures: [], texts: [] };
  let state = { matrix: [1, 0, 0, 1, 0, 0], inPicture: false, color: [0], size: 0 };
  let line = [1, 0, 0, 1, 0, 0];
  const marked = [];
  const saved = [];
  let path = [];
  let clips = false;

  const point = (x, y, [a, b, c, d, e, f] = state.matrix) => [a * x + c * y + e, height - (b * x + d * y + f)];
  const paint = (kinds) => {
    if (path.length > 0 && clips && !state.inPicture) {
      found.pictures.push(box(path));
      state.inPicture = true;
    }
    if (path.length > 0 && !state.inPicture) kinds.forEach((kind) => found[kind].push(box(path)));
    path = [];
    clips = false;
  };
  const fill = (...color) => (state.color = color);
  const show = () => {
    const at = times(line, state.matrix);
    const [x, y] = [at[4], height - at[5]];
    const size = state.size * Math.sqrt(Math.abs(at[0] * at[3] - at[1] * at[2]));
    const [r, g = r, b = r] = state.color;
    const color = [r, g, b].map((it) => Math.round(it * 255));
    found.texts.push({ x, y, size, color, artifact: marked.includes('/Artifact') });
  };
  const act = {
    BT: () => (line = [1, 0, 0, 1, 0, 0]),
    Tf: (size) => (state.size = size),
    Tm: (...to) => (line = to),
    Td: (x, y) => (line = times([1, 0, 0, 1, x, y], line)),
    Tj: show,
    TJ: show,
    g: fill,
    rg: fill,
    sc: fill,
    scn: fill,
    BMC: () => marked.push(names[0]),
    BDC: () => marked.push(names[0]),
    EMC: () => marked.pop(),
    q: () => saved.push({ ...state }),
    Q: () => (state = saved.pop() ?? state),
    cm: (...by) => (state.matrix = times(by, state.matrix)),
    m: (x, y) => path.push(point(x, y)),
    l: (x, y) => path.push(point(x, y)),
    c: (...at) => path.push(point(at[0], at[1]), point(at[2], at[3]), point(at[4], at[5])),
    re: (x, y, w, h) => path.push(point(x, y), point(x + w, y + h)),
    W: () => (clips = true),
    'W*': () => (clips = true),
    n: () => paint([]),
    f: () => paint(['fills']),
    'f*': () => paint(['fills']),
    S: () => paint(['strokes']),
    s: () => paint(['strokes']),
    B: () => paint(['fills', 'strokes']),
    'B*': () => paint(['fills', 'strokes']),
    Do: () => {
      if (!state.inPicture) found.pictures.push(box([point(0, 0), point(1, 1)]));
    },
  };

  let operands = [];
  let names = [];
  for (const [token] of content.matchAll(TOKEN)) {
    if (/^[-+.\d]/.test(token)) {
      operands.push(Number(token));
    } else if (token.startsWith('/')) {
      names.push(token);
    } else if (/^[A-Za-z'"*]/.test(token)) {
      act[token]?.(...operands);
      [operands, names] = [[], []];
    }
  }
  return found;
}

/** Strings, names, brackets, numbers and operators. A string may hold one level of parentheses. */
const TOKEN = /\((?:\\[\s\S]|\([^()]*\)|[^\\()])*\)|<<|>>|<[\da-fA-F\s]*>|\/[^\s()<>[\]{}/%]*|[[\]]|[-+.\d]+|[A-Za-z'"][\w*'"]*/g;

/** What transforms by `a`, then by `b`. */
function times(a, b) {
  return [
    a[0] * b[0] + a[1] * b[2],
    a[0] * b[1] + a[1] * b[3],
    a[2] * b[0] + a[3] * b[2],
    a[2] * b[1] + a[3] * b[3],
    a[4] * b[0] + a[5] * b[2] + b[4],
    a[4] * b[1] + a[5] * b[3] + b[5],
  ];
}

/** The smallest box around points. */
function box(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
