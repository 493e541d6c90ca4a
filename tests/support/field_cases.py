"""Field cases: calls and files that reports and trials led to, a JSON object a line, and a verdict on each.

    {"id": "pieces-03", "kind": "pieces", "policy": "full", "severity": "high",
     "turns": [{"speaker": "agent", "text": "pin please"}, {"text": "4417"}], "expected": ["pin please", "[PIN]"]}

What must be hidden is where `expected` has a label that the text has not. A case with `text` instead of `turns` is a
whole file, which the command line gets as `via` says. Health, family and purchases are off: other data is for them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, get_args

from typer.testing import CliRunner

from case_files import FOLDER, CaseError, Line
from ccredact import Redactor, Utterance
from ccredact.cli.app import app
from disclosures import DISCLOSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact import Segment

CASES: Final = FOLDER / "field" / "cases.jsonl"
VARIANTS: Final = FOLDER / "field" / "variants.jsonl"
_LABEL: Final = re.compile(r"(\[[A-Z][A-Z0-9_]*\])")

Verdict = Literal["right", "label", "over", "leak"]
"""What stands behind another is worse: all right; hidden under another label; more is hidden; something is left."""
_WORSE: Final = get_args(Verdict)


class WholeFile(NamedTuple):
    """A file for the command line, and what comes out of it; some may be refused instead."""

    name: str
    text: str
    expected: str
    options: tuple[str, ...]
    may_be_refused: bool


class FieldCase(NamedTuple):
    """A call with marks, or a whole file."""

    name: str
    kind: str
    policy: str
    severity: str
    lines: tuple[Line, ...]
    file: WholeFile | None

    @property
    def is_grave(self) -> bool:
        """Whether no leak of it is ever right."""
        return self.severity == "high"


class Finding(NamedTuple):
    """The verdict on a case, and what its turns or its file became."""

    case: FieldCase
    verdict: Verdict
    got: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.case.name}: {self.verdict}", *(f"    {text}" for text in self.got)])


def _marked(text: str, expected: str, speaker: str | None) -> Line:
    """Find where the labels of `expected` stand in the text. Raises `CaseError` where they do not fit."""
    parts = _LABEL.split(expected)
    labels = [part[1:-1] for part in parts[1::2] if part not in text]
    pattern = "".join("(.+?)" if at % 2 and part not in text else re.escape(part) for at, part in enumerate(parts))
    match = re.fullmatch(pattern, text, re.DOTALL)
    if match is None:
        raise CaseError(f"{expected!r} does not fit {text!r}")
    return Line(speaker, text, tuple((label, *match.span(at)) for at, label in enumerate(labels, 1)))


def _file(record: dict[str, Any]) -> WholeFile:
    via, expected = record["via"], record["expected"]
    name = re.search(r"FILE\.\w+", via)
    if name is None:
        raise CaseError("a file without a name")
    options = ("--from", "text") if "--from text" in via else ()
    return WholeFile(name[0], record["text"], expected, options, "or an error" in via or expected.startswith("rc=2"))


def read(path: Path) -> list[FieldCase]:
    """Read the cases of a file. Raises `CaseError` where one is wrong, with its name."""
    out = []
    for source in path.read_text("utf-8").splitlines():
        record = json.loads(source)
        name = record["id"]
        try:
            turns = zip(record.get("turns", ()), record["expected"] if "turns" in record else (), strict=True)
            lines = tuple(_marked(turn["text"], expected, turn.get("speaker")) for turn, expected in turns)
            file = _file(record) if "text" in record else None
        except ValueError as error:
            raise CaseError(f"{name}: {error}") from None
        out.append(FieldCase(name, record["kind"], record["policy"], record["severity"], lines, file))
    return out


@cache
def redactor(policy: str) -> Redactor:
    """Give the redactor of a profile, with health, family and purchases off."""
    return Redactor({"profile": policy, "entities": dict.fromkeys(DISCLOSED, "off")})


def judge(case: FieldCase) -> Finding:
    """Run a case and say how it came out: the worst of its turns."""
    if case.file is not None:
        return _judged_file(case, case.file)
    said = [Utterance(line.text, speaker=line.speaker) for line in case.lines]
    segments = redactor(case.policy).redact_call(said)
    verdicts = [verdict(line, segment) for line, segment in zip(case.lines, segments, strict=True)]
    return Finding(case, max(verdicts, key=_WORSE.index), tuple(segment.text for segment in segments))


def verdict(line: Line, segment: Segment) -> Verdict:
    """Compare, letter by letter, what is hidden of a turn with its marks; the order of the labels comes last."""
    wanted = _letters(line.text, ((start, end) for _, start, end in line.marks))
    hidden = _letters(line.text, ((entity.start, entity.end) for entity in segment.entities))
    if wanted - hidden:
        return "leak"
    if hidden - wanted:
        return "over"
    same = [label for label, _, _ in line.marks] == [entity.label for entity in segment.entities]
    return "right" if same else "label"


def _letters(text: str, ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in ranges for at in range(start, end) if text[at].isalnum()}


def _judged_file(case: FieldCase, file: WholeFile) -> Finding:
    with TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_text(file.text, "utf-8")
        arguments = ["redact", "--policy", case.policy, *file.options, str(path)]
        done = CliRunner().invoke(app, arguments)
    refused = done.exit_code == 2 and not done.stdout and file.may_be_refused
    return Finding(case, "right" if refused or done.stdout == file.expected else "leak", (done.stdout,))
