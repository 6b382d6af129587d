#!/usr/bin/env python3
"""Makes icons.txt of unpacked npm packages `lucide-static`: make.py PACKAGE...

An icon is drawn as the first package that has it draws it.

One icon a line: its name and the path that is drawn, on a square of 24 units.
Circles, boxes and lines become parts of that path. What has another name as well
has a line with `=` and the name of the drawing.
"""

import json
import pathlib
import re
import sys

NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"


def number(value):
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def path(tag, at):
    get = lambda *names: [float(at.get(name, 0)) for name in names]
    if tag == "path":
        # A path of its own starts from the origin; behind another one a small `m`
        # starts where that ends, and what follows it without a letter is small too.
        start = re.match(rf"m({NUMBER})[ ,]*({NUMBER})\s*", at["d"])
        if not start:
            return at["d"]
        rest = at["d"][start.end() :]
        line = "l" if rest[0] in "-.0123456789" else ""
        return f"M{start[1]} {start[2]}{line}{rest}"
    if tag in ("circle", "ellipse"):
        cx, cy = get("cx", "cy")
        rx, ry = get("r", "r") if tag == "circle" else get("rx", "ry")
        if "fill" in at:
            # A stroke of two units fills it.
            assert rx <= 1, at
        x, y, rx, ry, d = map(number, (cx - rx, cy, rx, ry, 2 * rx))
        return f"M{x} {y}a{rx} {ry} 0 1 0 {d} 0a{rx} {ry} 0 1 0-{d} 0z"
    if tag == "line":
        x1, y1, x2, y2 = map(number, get("x1", "y1", "x2", "y2"))
        return f"M{x1} {y1}L{x2} {y2}"
    if tag in ("polyline", "polygon"):
        return "M" + at["points"] + ("z" if tag == "polygon" else "")
    assert tag == "rect", tag
    x, y, w, h = get("x", "y", "width", "height")
    r = float(at.get("rx", at.get("ry", 0)))
    assert at.get("ry", at.get("rx")) == at.get("rx", at.get("ry")), at
    x0, y0, w, h, r, mr = map(number, (x + r, y, w - 2 * r, h - 2 * r, r, -r))
    if r == "0":
        return f"M{x0} {y0}h{w}v{h}h-{w}z"
    arc = lambda dx, dy: f"a{r} {r} 0 0 1 {dx} {dy}"
    return f"M{x0} {y0}h{w}{arc(r, r)}v{h}{arc(mr, r)}h-{w}{arc(mr, mr)}v-{h}{arc(r, mr)}z"


def read(package):
    nodes = json.loads((package / "icon-nodes.json").read_text())
    body = lambda name: (package / "icons" / f"{name}.svg").read_text().split("\n>", 1)[-1]
    by_body = {body(name): name for name in sorted(nodes, reverse=True)}
    for file in (package / "icons").glob("*.svg"):
        name = file.stem
        parts = nodes.get(name)
        yield name, "".join(path(*part) for part in parts) if parts else "=" + by_body[body(name)]


icons = {}
for package in sys.argv[1:]:
    icons = dict(read(pathlib.Path(package))) | icons
lines = [f"{name} {icons[name]}\n" for name in sorted(icons)]
(pathlib.Path(__file__).parent / "icons.txt").write_text("".join(lines))
