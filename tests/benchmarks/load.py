"""Many users at once: how long they wait after the click, what each takes of memory, and what a thousand matches leave.

Run `python tests/benchmarks/load.py`: 50 sessions, each with one match every 20 seconds, for one minute. With
`--without-encoder` as where the encoder is not installed. With `--matches 1000` four sessions match without a pause,
and the memory is told from time to time. With `--cold` the app is started anew for a first visitor. Prints a table in
Markdown, then the same figures in one line of JSON.

One more visitor opens the start page again and again and never matches: their wait tells whether others' matches block.
Figures are for people to read: a busy machine is no mistake, so nothing fails but a lost answer.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from statistics import median

from visitor import PATIENCE, Served, Visitor, descriptions, served, visit

GLANCE_EVERY = 2  # seconds between two pages that the visitor without a match opens
AT_ONCE = 4  # sessions that match without a pause, two for each processor
COLD_STARTS = 3
LATER = 10  # seconds after which a first visitor comes who is not the one who started the app
LOOKS = 10  # times that the memory is looked at on the way

Figures = dict[str, float]


def main() -> None:
    """Measure and print."""
    options = asked_for()
    figures = measured(options)
    figures["load average"] = os.getloadavg()[0]
    sys.stdout.write("| Figure | Value |\n|---|---|\n")
    sys.stdout.writelines(f"| {name} | {value:.6g} |\n" for name, value in figures.items())
    sys.stdout.write(json.dumps(figures) + "\n")


def measured(options: argparse.Namespace) -> Figures:
    """What the options ask for."""
    encoder = not options.without_encoder
    if options.cold:
        return asyncio.run(cold(encoder))
    with served(encoder=encoder) as app:
        return asyncio.run(leak(app, options.matches) if options.matches else crowd(app, options))


def asked_for() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--every", type=float, default=20, help="seconds from one match of a session to the next")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--matches", type=int, help=f"this many by {AT_ONCE} sessions without a pause, for leaks")
    parser.add_argument("--cold", action="store_true", help="how long the first visitor waits")
    parser.add_argument("--without-encoder", action="store_true")
    return parser.parse_args()


async def cold(encoder: bool) -> Figures:  # noqa: FBT001 - one option, passed on
    """Seconds from the start of the process until it answers, to a first visitor at once and to one who comes later."""
    text, found = descriptions()[0], []
    for late in (0, LATER) * COLD_STARTS:
        started = time.monotonic()
        with served(encoder=encoder) as app:
            up = time.monotonic() - started
            await asyncio.sleep(late)
            came = time.monotonic()
            visitor = await visit(app.port)
            drawn = time.monotonic() - came
            found.append((up, drawn, await visitor.ask(text)))
    (up, drawn, asked), (_, later, asked_later) = (
        tuple(map(median, zip(*found[place::2], strict=True))) for place in (0, 1)
    )
    return {
        "process start to answering, s": up,
        "then start page of a visitor at once, s": drawn,
        "then click to first result, s": asked,
        "process start to first result, s": up + drawn + asked,
        f"start page of a first visitor after {LATER} s, s": later,
        "then click to first result of that visitor, s": asked_later,
    }


async def crowd(app: Served, options: argparse.Namespace) -> Figures:
    """Sessions that each match now and then, spread over the time between."""
    texts = descriptions()
    await warmed_up(app, texts)
    glances = [await (await visit(app.port)).arrive() for _ in range(5)]  # before there are others
    before = app.memory
    visitors = [await visit(app.port) for _ in range(options.sessions)]
    opened = app.memory
    processor, started = used(app), time.monotonic()
    until = started + 60 * options.minutes
    one_more = asyncio.create_task(glancing(app.port, until))
    pause = options.every / len(visitors)
    tasks = [
        matching(visitor, texts[place:], started + place * pause, options.every, until)
        for place, visitor in enumerate(visitors)
    ]
    waits = sorted(wait for found in await asyncio.gather(*tasks) for wait in found)
    processor = used(app) - processor
    busy = processor / (time.monotonic() - started)
    return {
        "sessions": len(visitors),
        "matches": len(waits),
        "click to result, median, s": median(waits),
        "click to result, p95, s": p95(waits),
        "click to result, longest, s": waits[-1],
        "start page of a visitor alone, median, s": median(glances),
        "start page beside the crowd, median, s": median(one_more_waits := await one_more),
        "start page beside the crowd, p95, s": p95(one_more_waits),
        "processors busy with the app": busy,
        "processor time for each match, s": processor / len(waits),
        "memory with one session, MB": before,
        "memory of a session with its form, MB": (opened - before) / len(visitors),
        "memory of a session with results, MB": (app.memory - before) / len(visitors),
    }


async def matching(visitor: Visitor, texts: Sequence[str], start: float, every: float, until: float) -> list[float]:
    """Waits of one session; who waited longer than the pause asks again at once."""
    waits, due = [], start
    for text in cycle(texts):
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if time.monotonic() >= until:
            break
        waits.append(await asyncio.wait_for(visitor.ask(text), PATIENCE))
        due += every
    return waits


async def glancing(port: int, until: float) -> list[float]:
    """Waits of a visitor who opens the start page again and again."""
    visitor, waits = await visit(port), []
    while time.monotonic() < until or not waits:
        waits.append(await visitor.arrive())
        await asyncio.sleep(GLANCE_EVERY)
    return waits


async def leak(app: Served, matches: int) -> Figures:
    """Memory on the way through many matches by a few sessions that stay."""
    texts = cycle(descriptions())
    await warmed_up(app, list(islice(texts, 5)))
    visitors = [await visit(app.port) for _ in range(AT_ONCE)]
    figures: Figures = {"sessions": AT_ONCE, "memory before, MB": app.memory}
    for done in steps(matches):
        asked = [islice(texts, done.stop - done.start) for _ in visitors]
        await asyncio.gather(*(one_by_one(*pair) for pair in zip(visitors, map(list, asked), strict=True)))
        figures[f"memory after {done.stop * AT_ONCE} matches, MB"] = app.memory
    half, *_, last = list(figures.values())[1 + (LOOKS + 1) // 2 :]
    return figures | {"growth over the second half, kB for each match": 2000 * (last - half) / matches}


def steps(matches: int) -> Iterator[range]:
    """The matches of one session, in parts after which the memory is looked at."""
    each = max(1, matches // AT_ONCE // LOOKS)
    return (range(part * each, (part + 1) * each) for part in range(LOOKS))


async def one_by_one(visitor: Visitor, texts: Sequence[str]) -> None:
    """Matches without a pause."""
    for text in texts:
        await asyncio.wait_for(visitor.ask(text), PATIENCE)


async def warmed_up(app: Served, texts: Sequence[str]) -> None:
    """One session that stays and has matched: what the app loads once is loaded."""
    await one_by_one(await visit(app.port), texts[:5])


def used(app: Served) -> float:
    """Seconds of processor time so far."""
    times = app.process.cpu_times()
    return times.user + times.system


def p95(values: Sequence[float]) -> float:
    """What nineteen of twenty do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    main()
