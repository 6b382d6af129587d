"""measure.py DECKC TYPST DECKS N...: times both on the decks of N slides.

Runs take turns, so that a busy moment hits all; the table shows medians of
whole processes, the processor time that they took on all cores, and the largest
resident size that any run reached. `check` does what a build does but for
writing, so it is to take no longer than one that writes HTML alone; `check/all` is
its share of a whole build. Last, how much
sooner many decks are built on all cores than on one.
"""

import os
import statistics
import sys
import time

deckc, typst, decks, *sizes = sys.argv[1:]
deckc, typst, fonts = map(os.path.abspath, (deckc, typst, "fonts"))

# Short jobs need more runs for the same confidence.
ROUNDS = {1: 41, 10: 31, 40: 31, 200: 15}
FEWEST = 7


def run(folder, command):
    """Wall seconds, processor seconds and peak resident MiB of one process."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
    os.chdir(folder)
    start = time.monotonic()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - start
    os.close(null)
    if status:
        sys.exit(f"{' '.join(command)} in {folder}: failed")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


columns = ["slides", "deckc ms", "typst ms", "ratio", "deckc cpu", "typst cpu", "ratio"]
columns += ["deckc MiB", "typst MiB", "ratio", "check/HTML", "check/all", "ms a slide"]
print(" ".join(f"{name:>10}" for name in columns))
before = None
for size in sizes:
    folder = os.path.join(decks, size)
    jobs = {
        "deckc": [deckc, "build", "deck.md", "-o", "out/"],
        "typst": [typst, "compile", "--ignore-system-fonts", "--font-path", fonts, "--pdf-standard", "ua-1,a-2a", "deck.typ", "typst.pdf"],
        "check": [deckc, "check", "deck.md"],
        "html": [deckc, "build", "--html", "deck.md", "-o", "html/"],
    }
    runs = {name: [] for name in jobs}
    for turn in range(ROUNDS.get(int(size), FEWEST) + 1):
        for name, command in jobs.items():
            result = run(folder, command)
            if turn:  # The first turn warms the file cache.
                runs[name].append(result)
    ms = {name: 1000 * statistics.median(r[0] for r in rs) for name, rs in runs.items()}
    cpu = {name: 1000 * statistics.median(r[1] for r in rs) for name, rs in runs.items()}
    mib = {name: max(r[2] for r in rs) for name, rs in runs.items()}
    row = [size]
    for unit, digits in (ms, 1), (cpu, 1), (mib, 0):
        row += [f"{unit['deckc']:.{digits}f}", f"{unit['typst']:.{digits}f}", f"{unit['deckc'] / unit['typst']:.2f}"]
    row.append(f"{cpu['check'] / cpu['html']:.2f}")
    row.append(f"{ms['check'] / ms['deckc']:.2f}")
    if before:
        row.append(f"{(ms['deckc'] - before[1]) / max(1, int(size) - before[0]):.2f}")
    before = int(size), ms["deckc"]
    print(" ".join(f"{cell:>10}" for cell in row), flush=True)

# A farm of decks: what one process makes of several cores. No two decks have a slide
# in common: what one has made, another would only find.
many = os.path.join(decks, "20x40")
named = [f"{number}/deck.md" for number in range(20)]
cores = os.cpu_count()
runs = {jobs: [] for jobs in (1, cores)}
for turn in range(FEWEST + 1):
    for jobs, times in runs.items():
        seconds, *_ = run(many, [deckc, "build", *named, "-j", str(jobs)])
        if turn:
            times.append(seconds)
one, all_cores = (1000 * statistics.median(times) for times in runs.values())
print(f"\n20 decks of 40 slides: {one:.0f} ms on one core, {all_cores:.0f} on {cores}: {one / all_cores:.2f} times as fast")
