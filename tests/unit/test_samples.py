"""The samples of recognisers' files: each is recognised, comes back, and shows no secret under the policy full."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import format_samples
from ccredact import Redactor
from ccredact.formats import FORMATS, HEAD_BYTES, detect_format
from ccredact.formats.json.format import JsonFormat
from formats_support import read, segments

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "canaries.json").read_text())
"""For each sample its format, words that must be in no output, and words that must stay."""


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


def words_in(text: str) -> set[str]:
    """The words of all strings, keys and numbers of an output, in one case, without punctuation."""
    plain = unicodedata.normalize("NFKC", text)
    parts = " ".join(format_samples.parts(plain))
    return {word.strip(".,?!:;()[]\"'").casefold() for word in re.split(r"[\s<>]+", parts)}


def test_every_sample_has_its_line() -> None:
    names = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    assert names - {"canaries.json"} == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_is_recognised_comes_back_and_shows_no_secret(name: str, redactor: Redactor) -> None:
    expected, data = EXPECTED[name], (SAMPLES / name).read_bytes()
    known = detect_format(data[:HEAD_BYTES], source=name)
    assert known.name == expected["format"]
    assert format_samples.round_trip(known, data, name) == "byte-equal"
    secrets = {word.casefold() for word in expected["secrets"]}
    kept = set(expected["kept"])
    assert secrets | kept <= words_in(data.decode("utf-8-sig"))
    out = format_samples.redacted(redactor, known, data, name)
    assert out.fault is None
    assert words_in(out.text) & secrets == set()
    assert kept <= words_in(out.text)


def test_nothing_that_is_planted_in_a_sample_is_left(examples: int) -> None:
    results = format_samples.check(SAMPLES, canaries=min(3 * examples, 20_000))
    assert [(result.name, result.left) for result in results if result.failed] == []
    assert sum(result.counts["hidden"] for result in results) > examples


VALUE = "4242424242424242"
CARD = (VALUE, "CREDIT_CARD", "[CREDIT_CARD]")
BESIDE = {"x_number": int(VALUE), "x_part": 0.4242424242424242, "paid_at": VALUE, "x_digits": list(VALUE),
          "x_json": json.dumps({"a": [VALUE, 3]})}  # fmt: skip
WORDLESS = {"live_call_analytics/start.json", "twilio/started.json"}
"""Samples in which nothing is said."""
JSON_SAMPLES = sorted(
    name for name in EXPECTED.keys() - WORDLESS if isinstance(FORMATS[EXPECTED[name]["format"]], JsonFormat)
)


def planted(data: str, word: str) -> bytes:
    """The documents of a file with a value in place of a word, and beside all else in each."""
    data = re.sub(rf"(?<!\w){word}(?!\w)", VALUE, data)
    try:
        documents = [json.loads(data)]
    except ValueError:
        documents = [json.loads(line) for line in data.splitlines() if line.strip()]
    for document in documents:
        for one in document if isinstance(document, list) else [document]:
            one.update(BESIDE)
    return "\n".join(map(json.dumps, documents)).encode()


@pytest.mark.parametrize("name", JSON_SAMPLES)
def test_what_a_turn_hides_stands_nowhere_else_in_the_document(name: str) -> None:
    data = (SAMPLES / name).read_text(encoding="utf-8-sig")
    known = EXPECTED[name]["format"]
    said = " ".join(turn.text for record in read(known, data.encode()) for turn in record.turns)
    words = {word for word in re.findall(r"\b[A-Za-z]{2,}\b", said) if not re.search(rf'\b{word}[\w.]*"\s*:', data)}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        records = read(known, planted(data, word))
        hidden = [
            [(number, *CARD) for number, turn in enumerate(record.turns) for _ in range(turn.text.count(VALUE))]
            for record in records
        ]
        if any(hidden):  # it is one word of the file, not a part of one
            break
    for record, mine in zip(records, hidden, strict=True):
        if mine:
            out = record.write(segments(record.utterances, mine)).decode()
            assert VALUE[1:] not in out
            assert '"4", "2"' not in out
