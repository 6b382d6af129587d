"""measure.py DECKC TYPST DECKS N...: times both on the decks of N slides.

Runs take turns, so that a busy moment hits both; the table shows medians of
whole processes, and the largest resident size that any run reached.
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
    """Wall seconds and peak resident MiB of one process."""
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
    return seconds, usage.ru_maxrss / 1024


print(f"{'slides':>6} {'deckc ms':>9} {'typst ms':>9} {'ratio':>6} {'deckc MiB':>10} {'typst MiB':>10} {'ratio':>6} {'ms a slide':>11}")
before = None
for size in sizes:
    folder = os.path.join(decks, size)
    jobs = {
        "deckc": [deckc, "build", "deck.md", "-o", "out/"],
        "typst": [typst, "compile", "--ignore-system-fonts", "--font-path", fonts, "--pdf-standard", "ua-1", "deck.typ", "typst.pdf"],
    }
    runs = {name: [] for name in jobs}
    for turn in range(ROUNDS.get(int(size), FEWEST) + 1):
        for name, command in jobs.items():
            result = run(folder, command)
            if turn:  # The first turn warms the file cache.
                runs[name].append(result)
    ms = {name: 1000 * statistics.median(r[0] for r in rs) for name, rs in runs.items()}
    mib = {name: max(r[1] for r in rs) for name, rs in runs.items()}
    slope = ""
    if before:
        slope = f"{(ms['deckc'] - before[1]) / max(1, int(size) - before[0]):.2f}"
    before = int(size), ms["deckc"]
    print(
        f"{size:>6} {ms['deckc']:>9.1f} {ms['typst']:>9.1f} {ms['deckc'] / ms['typst']:>6.2f} "
        f"{mib['deckc']:>10.0f} {mib['typst']:>10.0f} {mib['deckc'] / mib['typst']:>6.2f} {slope:>11}",
        flush=True,
    )
