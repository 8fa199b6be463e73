"""How fast the review is on this machine: start, throughput, memory. Run by `make bench`.

    python evals/speed.py [--megabytes 3] [--runs 5]

Two texts of our own are repeated with other numbers and names: the documents of evals/documents, dense with permits,
fines and charges, and evals/speed/plain.txt, which has hardly any. Throughput is bytes of UTF-8 text by CPU time of
one core, rules and statutes already read; the start is the wall time of the command in a shell.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from draft_assist.check.run import Kit, read_kit
from draft_assist.flow import document_of, review
from draft_assist.load import load, load_bytes
from draft_assist.model import Kind, Rank
from draft_assist.settings import Settings

HERE = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("draft-assist")
AS_OF = dt.date(2026, 11, 1)
SHORT_CHARS = 10_000
SEED = 20261101
_MEGA = 1_000_000
T = TypeVar("T")
# ru_maxrss is in bytes on macOS and in kilobytes elsewhere.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=3.0, help="size of the texts for the throughput")
    parser.add_argument("--runs", type=int, default=5, help="runs of each start")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    texts = {
        "own documents": _documents(),
        "plain text": (HERE / "speed" / "plain.txt").read_text("utf-8").splitlines(),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _starts(texts["own documents"], folder, options.runs)
        kit = read_kit()
        for label, lines in texts.items():
            _throughput(label, lines, options.megabytes, kit)
        print(f"\ndraft-assist review --format json, one .txt of {options.megabytes:g} MB, from the shell (wall)")
        for label, lines in texts.items():
            _whole(label, lines, options.megabytes, folder)


# --- texts --------------------------------------------------------------------------------------------------------


def _documents() -> list[str]:
    files = sorted(path for path in (HERE / "documents").iterdir() if path.suffix in (".txt", ".md", ".html"))
    return [line for path in files for line in load(path, Settings()).text.splitlines()]


_NUMERAL = re.compile("[一二三四五六七八九](?=[十百千万]?[元日条个家项])|[1-9](?=[0-9]*[元日%])")
_PLACE = re.compile("青榆")


def varied(lines: list[str], size: int) -> str:
    """The lines again and again with other numbers and places, to `size` bytes of UTF-8; the same in every run."""
    chance = random.Random(SEED)
    wanted, out = size, []
    while wanted > 0:
        place = chance.choice("青白清金玉东南西北临安永") + chance.choice("榆河山川陵江泉水溪源")
        for line in lines:
            line = _PLACE.sub(
                place, _NUMERAL.sub(lambda m: chance.choice("一二三四五六七八九" if m[0] > "9" else "123456789"), line)
            )
            out.append(line)
            wanted -= len(line.encode()) + 1
            if wanted <= 0:
                break
    return "\n".join(out) + "\n"


def _cut(text: str) -> Iterator[str]:
    """Documents of about SHORT_CHARS characters, cut at line ends."""
    held: list[str] = []
    count = 0
    for line in text.splitlines(keepends=True):
        held.append(line)
        count += len(line)
        if count >= SHORT_CHARS:
            yield "".join(held)
            held, count = [], 0
    if held:
        yield "".join(held)


# --- the command --------------------------------------------------------------------------------------------------


class _Run(NamedTuple):
    seconds: float
    peak_bytes: int


def _run(arguments: list[str], cache: Path) -> _Run:
    environment = {**os.environ, "DRAFT_ASSIST_CACHE_DIR": str(cache)}
    before = time.perf_counter()
    process = subprocess.Popen(
        [str(COMMAND), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss * _RSS_UNIT
    else:
        process.wait()
        peak = 0
    seconds = time.perf_counter() - before
    if process.returncode not in (0, 1):
        sys.exit(f"draft-assist {' '.join(arguments)} ended with {process.returncode}")
    return _Run(seconds, peak)


def _starts(lines: list[str], folder: Path, runs: int) -> None:
    file = folder / "short.txt"
    text = next(_cut(varied(lines, 4 * SHORT_CHARS)))[:SHORT_CHARS]
    file.write_text(text, "utf-8")
    cache = folder / "cache"
    first = _run(["review", str(file)], cache)
    print(f"\ndraft-assist review, one .txt of {len(text):,} characters, from the shell (wall)")
    print(f"  first run ever (empty cache)   {first.seconds:.2f} s")
    for form in ("text", "json", "html"):
        taken = [
            _run(["review", str(file), "--format", form, "--out", str(folder / "out")], cache) for _ in range(runs)
        ]
        seconds = [one.seconds for one in taken]
        peak = max(one.peak_bytes for one in taken) / _MEGA
        label = f"--format {form} min / median"
        print(f"  {label:<30} {min(seconds):.2f} / {statistics.median(seconds):.2f} s, peak {peak:.0f} MB")
    empty = [_run(["--version"], cache).seconds for _ in range(runs)]
    print(f"  --version min / median         {min(empty):.2f} / {statistics.median(empty):.2f} s")


def _whole(label: str, lines: list[str], megabytes: float, folder: Path) -> None:
    file = folder / "large.txt"
    file.write_text(varied(lines, int(megabytes * _MEGA)), "utf-8")
    size = file.stat().st_size / _MEGA
    one = _run(["review", str(file), "--format", "json", "--out", str(folder / "out.json")], folder / "cache")
    peak = one.peak_bytes / _MEGA
    print(f"  {label:<30} {one.seconds:.1f} s wall, {size / one.seconds:.2f} MB/s, peak {peak:.0f} MB")


# --- throughput ---------------------------------------------------------------------------------------------------


def _throughput(label: str, lines: list[str], megabytes: float, kit: Kit) -> None:
    text = varied(lines, int(megabytes * _MEGA))
    size = len(text.encode()) / _MEGA
    print(f"\n{label}, {size:.1f} MB, one process, warm (CPU time)")
    for name, pieces in (("in documents of 10,000 characters", list(_cut(text))), ("as one document", [text])):
        read, findings_time, found = 0.0, 0.0, 0
        for piece in pieces:
            document, seconds = _timed(
                lambda piece=piece: document_of(load_bytes(piece.encode(), "text.txt", Settings()))
            )
            read += seconds
            report, seconds = _timed(
                lambda document=document: review(
                    document, as_of=AS_OF, rank=Rank.COUNTY, kind=Kind.NORMATIVE_DOCUMENT, kit=kit, settings=Settings()
                )
            )
            findings_time += seconds
            found += len(report.findings)
        total = read + findings_time
        print(
            f"  {name:<34} {size / total:5.2f} MB/s  "
            f"(read {read:.1f} s, check {findings_time:.1f} s; {found:,} findings, {found / size:.0f} a MB)"
        )


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    before = time.process_time()
    result = work()
    return result, time.process_time() - before


if __name__ == "__main__":
    main()
