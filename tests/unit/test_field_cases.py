"""Field cases, and variants of them in other words: of every kind no fewer come out right than the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from case_files import CaseError
from field_cases import CASES, VARIANTS, Verdict, judge, read

if TYPE_CHECKING:
    from pathlib import Path

    from field_cases import Finding

SHARES: Final[dict[str, tuple[int, ...]]] = {
    # kind: right, right or label of the cases; right, right or label of the variants: percent, rounded down
    "address-in-pieces": (80, 100, 60, 70),
    "age-otherwise": (0, 0),
    "amount": (31, 31),
    "answer-before-phrase": (50, 50, 50, 80),
    "border": (0, 0),
    "code-of-words": (75, 100, 80, 90),
    "counted-repeats": (100, 100, 100, 100),
    "date-parts": (66, 66, 70, 90),
    "dictated": (0, 0),
    "everyday-name": (23, 23),
    "expiry-alone": (75, 75, 80, 90),
    "fields": (0, 0),
    "figure-of-speech": (0, 0),
    "file": (100, 100),
    "half-a-name": (33, 33),
    "hipaa": (0, 0),
    "homophone": (100, 100, 90, 90),
    "homophones-at-the-edges": (75, 75, 40, 80),
    "itn-damage": (0, 0),
    "letter-codes": (100, 100, 60, 90),
    "mail-in-parts": (0, 33, 20, 50),
    "measure-behind": (100, 100, 100, 100),
    "name-told": (25, 25),
    "no-answer": (40, 40),
    "other-topic-before": (100, 100, 80, 100),
    "otp": (36, 54),
    "over:counts-as-identifiers": (25, 25),
    "over:date-question-left-open": (33, 33),
    "over:edges": (33, 33),
    "over:foreign-labels": (75, 75),
    "over:not-an-identifier": (21, 21),
    "over:person": (75, 75),
    "over:pronoun": (0, 0),
    "over:provider-name": (100, 100),
    "over:small-talk-as-secret": (0, 0),
    "over:times-and-years": (0, 0),
    "over:titles": (0, 0),
    "over:words-as-person": (33, 33),
    "password-cut": (33, 33),
    "password-talk": (0, 0),
    "password-with-number": (0, 0),
    "pieces": (100, 100, 80, 80),
    "postcode-clusters": (0, 0),
    "prefix": (100, 100),
    "said-again-later": (100, 100, 80, 100),
    "secret-letters": (0, 0),
    "spelled-user-id": (0, 0, 40, 50),
    "taken-back": (75, 75, 70, 70),
    "wrong-label": (0, 75),
}
GRAVE: Final = {CASES: 69, VARIANTS: 18}
"""Leaks of cases of high severity, at most."""
COLUMNS: Final = {CASES: 0, VARIANTS: 2}
"""Where the shares of a file begin in a row of the table."""


def findings_of(path: Path) -> dict[str, list[Finding]]:
    """The findings of every kind of a file."""
    out: dict[str, list[Finding]] = {}
    for case in read(path):
        out.setdefault(case.kind, []).append(judge(case))
    return out


def wrong(findings: list[Finding], *right: Verdict) -> str:
    return "\n".join(str(finding) for finding in findings if finding.verdict not in right)


@pytest.mark.parametrize("path", [CASES, VARIANTS], ids=lambda path: path.stem)
def test_no_kind_has_fewer_right_than_the_table_says(path: Path) -> None:
    first = COLUMNS[path]
    below = []
    for kind, found in findings_of(path).items():
        for column, good in (first, ("right",)), (first + 1, ("right", "label")):
            percent = 100 * sum(finding.verdict in good for finding in found) // len(found)
            if percent < SHARES[kind][column]:
                below.append(f"{kind}: {percent} % {' or '.join(good)}, not {SHARES[kind][column]} %")
                below.append(wrong(found, *good))
    assert not below, "\n".join(below)


@pytest.mark.parametrize("path", [CASES, VARIANTS], ids=lambda path: path.stem)
def test_no_more_cases_of_high_severity_leak(path: Path) -> None:
    findings = [finding for found in findings_of(path).values() for finding in found if finding.case.is_grave]
    leaks = [finding for finding in findings if finding.verdict == "leak"]
    assert len(leaks) <= GRAVE[path], wrong(leaks)


def test_the_table_has_every_kind_of_both_files_and_no_other() -> None:
    cases, variants = ({case.kind for case in read(path)} for path in (CASES, VARIANTS))
    assert cases | variants == set(SHARES)
    assert {kind for kind, row in SHARES.items() if len(row) == 4} == variants


# --- the reader and the verdict

SAID: Final = "my name is Alice and my card is 4242 4242 4242 4242 okay"


def case_file(folder: Path, expected: str) -> Path:
    path = folder / "one.jsonl"
    path.write_text(
        f'{{"id": "x-1", "kind": "x", "policy": "pci", "severity": "high", "turns": [{{"text": "hello"}}, '
        f'{{"text": "{SAID}"}}], "expected": ["hello", "{expected}"]}}\n'
    )
    return path


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [
        ("my name is Alice and my card is [CREDIT_CARD] okay", "right"),
        ("my name is Alice and my card is [PHONE_NUMBER] okay", "label"),
        ("my name is Alice and my card is 4242 4242 4242 [CREDIT_CARD] okay", "over"),
        ("my name is [PERSON] and my card is [CREDIT_CARD] okay", "leak"),
    ],
)
def test_a_verdict_is_that_of_the_worst_turn(expected: str, verdict: Verdict, tmp_path: Path) -> None:
    (case,) = read(case_file(tmp_path, expected))
    finding = judge(case)
    assert finding.verdict == verdict
    assert finding.got == ("hello", "my name is Alice and my card is [CREDIT_CARD] okay")


def test_a_label_that_stands_in_the_text_marks_nothing(tmp_path: Path) -> None:
    path = case_file(tmp_path, "").read_text().replace(SAID, "[PII] said 4417").replace('""', '"[PII] said [PIN]"')
    (tmp_path / "one.jsonl").write_text(path)
    (case,) = read(tmp_path / "one.jsonl")
    assert case.lines[1].marks == (("PIN", 11, 15),)


@pytest.mark.parametrize("expected", ["my name was [PERSON]", "hello", "[PERSON] said Alice"])
def test_what_does_not_fit_its_text_is_an_error(expected: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="x-1: "):
        read(case_file(tmp_path, expected))
