"""Write what the code knows better than the pages: tables of entities, operators, bounds, reasons and formats, samples.

    python docs/tables.py            writes them into docs/*.md
    python docs/tables.py --check    exit code 1, and the pages' names, where something is no longer true

A table stands between `<!-- table: NAME -->` and `<!-- end -->`. A sample is a fenced block with `in=FORMAT` behind its
language (`in=events` for `ccredact stream`), and the next one, with `out`, is what becomes of it under the policy full,
or, with `explained`, what `ccredact explain` prints.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ccredact import Redactor
from ccredact.archive import CAUSES
from ccredact.cli.explain import explained
from ccredact.detectors.scores import SCORES
from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, PROFILES
from ccredact.formats import FORMATS, Record, get_format
from ccredact.formats.json.format import JsonFormat
from ccredact.formats.json.table import Live
from ccredact.live.adapters import LIVE
from ccredact.live.events import redact_events
from ccredact.operators import OPERATORS
from ccredact.policy import DEFAULT_THRESHOLD, Hold, Policy
from ccredact.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DOCS = Path(__file__).resolve().parent
_TABLE = re.compile(r"(?P<open><!-- table: (?P<name>[a-z]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)
_SAMPLE = re.compile(
    r"(?P<head>^```\w+ in=(?P<format>\w+)\n(?P<given>.*?)^```\n[^`]*^```\w+ (?P<what>out|explained)\n)"
    r".*?(?P<close>^```$)",
    re.DOTALL | re.MULTILINE,
)


def entities() -> list[list[str]]:
    """Return a row for each label: where it is on, and what is special about it."""
    rows = [["label", "group", *PROFILES, "Safe Harbor", "note"]]
    for label, row in ENTITY_TYPES.items():
        notes = [
            "the label only" if row.sad else "",
            "opt-in" if row.opt_in else "",
        ]
        on = ["yes" if label in labels else "" for labels in PROFILES.values()]
        rows.append([f"`{label}`", row.group, *on, ", ".join(row.hipaa), "; ".join(filter(None, notes))])
    rows += [
        [f"`{label}`", "fail-safe", *["yes" for _ in PROFILES], "", "cannot be off"] for label in sorted(FAIL_SAFE)
    ]
    return rows


def operators() -> list[list[str]]:
    """Return a row for each operator."""
    return [["operator", "what stands in the text"], *([f"`{name}`", plain(line)] for name, line in OPERATORS.items())]


def plain(text: str) -> str:
    """Return text so that Markdown shows it as it is."""
    return re.sub(r"([*<_])", r"\\\1", text)


def bounds() -> list[list[str]]:
    """Return a row for each bound of a policy with its default."""
    hold, policy = Hold(), Policy()
    return [
        ["key", "default", "meaning"],
        ["`hold.turns`", f"{hold.turns}", "changes of speaker for which an undecided candidate is held"],
        ["`hold.seconds`", f"{hold.seconds:g}", "seconds, where the words have times"],
        ["`hold.words`", f"{hold.words}", "words of the call"],
        ["`look_over`", f"{policy.look_over}", "words that a word which may be a name or an address waits for"],
        ["`thresholds.default`", f"{DEFAULT_THRESHOLD:g}", "the least score that counts, for labels without their own"],
        ["`stand_in`", f"`{policy.stand_in}`", "what an interim shows in the place of undecided words"],
        [
            "`interim`",
            f"`{policy.interim}`",
            "what an interim does there: `stand_in`, `last_safe` (ends), `withhold` (no interim)",
        ],
    ]


def reasons() -> list[list[str]]:
    """Return a row for each reason: what it means, and the scores that it may have."""
    rows = [["reason", "why something is hidden", "score"]]
    for reason, meaning in REASONS.items():
        rows.append([f"`{reason}`", meaning, _listed(SCORES[reason]) or "its own"])
    return rows


def _listed(scores: Sequence[float]) -> str:
    """Return scores as a list, neighbours on the scale of hundredths as a range: "0.95 to 0.66, 0.55"."""
    runs: list[list[float]] = []
    for score in scores:
        if runs and round(100 * (runs[-1][-1] - score)) == 1:
            runs[-1].append(score)
        else:
            runs.append([score])
    return ", ".join(f"{run[0]:g} to {run[-1]:g}" if len(run) > 1 else f"{run[0]:g}" for run in runs)


def formats() -> list[list[str]]:
    """Return a row for each format: what it is, and its file name endings."""
    rows = [
        [f"`{name}`", known.summary, ", ".join(f"`{suffix}`" for suffix in known.suffixes)]
        for name, known in FORMATS.items()
    ]
    return [["name", "what it is", "endings"], *rows]


def recognisers() -> list[list[str]]:
    """Return a row for each adapter: whose events it takes, and what tells their calls and utterances."""
    rows = [["adapter", "events", "call", "seen on a wire"]]
    for name, table in sorted(LIVE.items()):
        live = table.live or Live()
        calls = " or ".join(f"`{place}`" for place in live.call) or "not told"
        rows.append([f"`{name}`", table.summary, calls, "yes" if live.seen else "no: from the reference"])
    return rows


def causes() -> list[list[str]]:
    """Return a row for each cause for which something of an archive is left."""
    return [["cause", "meaning"], *([f"`{cause}`", meaning] for cause, meaning in CAUSES.items())]


def fields_left() -> list[list[str]]:
    """Return a row for each format of JSON: the places in it that are not examined."""
    rows = [
        [f"`{name}`", ", ".join(f"`{place}`" for place in known.excepted)]
        for name, known in FORMATS.items()
        if isinstance(known, JsonFormat)
    ]
    return [["format", "not examined"], *rows]


TABLES: dict[str, Callable[[], list[list[str]]]] = {
    "entities": entities,
    "operators": operators,
    "bounds": bounds,
    "causes": causes,
    "formats": formats,
    "left": fields_left,
    "reasons": reasons,
    "recognisers": recognisers,
}


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows, the first of which is the head, as a Markdown table."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


@cache
def redactor() -> Redactor:
    """Return the redactor of the samples."""
    return Redactor()


def redacted(given: str, name: str, what: str) -> str:
    """Return what becomes of a file of that format, or of events, or why; raises `FormatError`."""
    written: list[bytes] = []
    data = given.encode()
    if name == "events":
        redact_events(redactor(), data.splitlines(keepends=True), written.append)
    else:
        records = get_format(name).read(io.BytesIO(data), source="sample")
        write = Record.write if what == "out" else explained
        written = [write(record, redactor().redact_call(record.utterances, names=record.names)) for record in records]
    return b"".join(written).decode()


def written(page: str) -> str:
    """Return a page with tables and samples as they should be; raises `KeyError` for a table that is none."""
    page = _TABLE.sub(lambda found: found["open"] + markdown(TABLES[found["name"]]()) + found["close"], page)
    return _SAMPLE.sub(
        lambda found: found["head"] + redacted(found["given"], found["format"], found["what"]) + found["close"], page
    )


def stale(pages: Iterable[Path]) -> list[Path]:
    """Return the pages with a table or a sample that is no longer true."""
    texts = ((page, page.read_text(encoding="utf-8")) for page in pages)
    return [page for page, text in texts if written(text) != text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write tables and samples, or say which pages are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, default=sorted(DOCS.glob("*.md")), help="default: docs/*.md")
    parser.add_argument("--check", action="store_true", help="change nothing")
    args = parser.parse_args(arguments)
    wrong = stale(args.pages)
    for page in wrong:
        if args.check:
            print(f"{page.name}: a table or a sample is no longer true: python docs/tables.py")
        else:
            page.write_text(written(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if wrong and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
