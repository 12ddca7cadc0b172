"""Two replicas behind nginx, one of which is killed: who was with the other notices nothing, the rest come back.

Run `python tests/benchmarks/replicas.py`. Needs nginx (`apt-get install nginx-light`); runs `.github/deploy/nginx.conf`
on free ports of this machine. Visitors come from addresses of their own, 127.0.0.2 and on. Fails where an answer is
lost.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from visitor import Served, Visitor, descriptions, served, visit, wait_until_up
from websockets.exceptions import ConnectionClosed

from browsing import free_port
from conftest import REPOSITORY

CONF = REPOSITORY / ".github" / "deploy" / "nginx.conf"
VISITORS = 12  # with so few, chance may send all to one replica; with twelve once in two thousand runs
FRAME = (
    "daemon off; pid {folder}/pid; error_log {folder}/log; events {{}} http {{ {temporary} include {folder}/site; }}"
)
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def main() -> None:
    """Run, print, and fail where a visitor stays without an answer."""
    if not shutil.which("nginx"):
        sys.exit("nginx is not installed: apt-get install nginx-light")
    with served() as first, served() as second, proxied(first, second) as port:
        figures = asyncio.run(one_killed(port, first, second))
    figures["load average"] = os.getloadavg()[0]
    sys.stdout.write("| Figure | Value |\n|---|---|\n")
    sys.stdout.writelines(f"| {name} | {value:.6g} |\n" for name, value in figures.items())
    sys.stdout.write(json.dumps(figures) + "\n")
    if figures["visitors with an answer afterwards"] != VISITORS:
        sys.exit("a visitor got no answer")


@contextmanager
def proxied(first: Served, second: Served) -> Iterator[int]:
    """Nginx in front of both; gives its port."""
    port = free_port()
    site = CONF.read_text(encoding="utf-8")
    for ours, theirs in ((8501, first.port), (8502, second.port)):
        site = site.replace(f"127.0.0.1:{ours}", f"127.0.0.1:{theirs}")
    with TemporaryDirectory() as folder:
        Path(folder, "site").write_text(site.replace("listen 8080", f"listen 127.0.0.1:{port}"), encoding="utf-8")
        temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in KINDS)
        Path(folder, "conf").write_text(FRAME.format(folder=folder, temporary=temporary), encoding="utf-8")
        nginx = subprocess.Popen(["nginx", "-c", f"{folder}/conf", "-e", f"{folder}/log"])
        try:
            wait_until_up(port)
            yield port
        finally:
            nginx.terminate()
            nginx.wait(30)


async def one_killed(port: int, first: Served, second: Served) -> dict[str, float]:
    """Visitors ask, one replica is killed, all ask again; whose stream broke opens the page anew, as a browser does."""
    texts = descriptions()
    visitors = [await visit(port, local_addr=(f"127.0.0.{2 + place}", 0)) for place in range(VISITORS)]
    shares = [streams(replica) for replica in (first, second)]
    for visitor, text in zip(visitors, texts, strict=False):
        await visitor.ask(text)
    first.process.kill()
    first.process.wait()
    answered, back = 0, []
    for place, visitor in enumerate(visitors):
        started = time.monotonic()
        if not await still_answers(visitor, texts[place + 1]):
            again = await visit(port, local_addr=(f"127.0.0.{2 + place}", 0))
            back.append(time.monotonic() - started)
            await again.ask(texts[place + 1])
        answered += 1
    return {
        "visitors": VISITORS,
        "with the first replica": shares[0],
        "with the second replica": shares[1],
        "whose stream broke when the first was killed": len(back),
        "until the last of them saw the page again, s": max(back, default=0),
        "visitors with an answer afterwards": answered,
    }


async def still_answers(visitor: Visitor, text: str) -> bool:
    """Whether the session goes on."""
    try:
        await visitor.ask(text)
    except ConnectionClosed:
        return False
    return True


def streams(replica: Served) -> int:
    """How many visitors a replica has."""
    kept = replica.process.net_connections("tcp")
    return sum(each.status == "ESTABLISHED" and each.laddr.port == replica.port for each in kept)


if __name__ == "__main__":
    main()
