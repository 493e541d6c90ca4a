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
from ccredact.formats import HEAD_BYTES, detect_format

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
