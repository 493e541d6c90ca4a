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
    "address-in-pieces": (80, 100, 93, 100),
    "age-otherwise": (100, 100, 90, 100),
    "amount": (93, 93, 100, 100),
    "answer-before-phrase": (100, 100, 70, 85),
    "border": (60, 60, 90, 100),
    "code-of-words": (75, 100, 80, 90),
    "counted-repeats": (100, 100, 100, 100),
    "date-parts": (100, 100, 100, 100),
    "dictated": (75, 100, 90, 100),
    "everyday-name": (84, 92, 90, 100),
    "expiry-alone": (75, 75, 80, 85),
    "fields": (0, 0),
    "figure-of-speech": (87, 87, 85, 85),
    "file": (100, 100),
    "half-a-name": (100, 100, 100, 100),
    "hipaa": (100, 100, 100, 100),
    "homophone": (100, 100, 95, 95),
    "homophones-at-the-edges": (75, 100, 60, 80),
    "itn-damage": (100, 100, 90, 90),
    "letter-codes": (100, 100, 50, 90),
    "mail-in-parts": (33, 100, 80, 100),
    "measure-behind": (100, 100, 95, 95),
    "name-told": (100, 100, 100, 100),
    "no-answer": (80, 80, 90, 90),
    "other-topic-before": (100, 100, 90, 100),
    "otp": (81, 90, 70, 90),
    "over:counts-as-identifiers": (100, 100, 80, 80),
    "over:date-question-left-open": (100, 100, 90, 100),
    "over:edges": (100, 100, 100, 100),
    "over:foreign-labels": (87, 87, 100, 100),
    "over:not-an-identifier": (92, 92, 80, 80),
    "over:person": (91, 91, 100, 100),
    "over:pronoun": (75, 100, 80, 90),
    "over:provider-name": (100, 100, 100, 100),
    "over:small-talk-as-secret": (100, 100, 100, 100),
    "over:times-and-years": (75, 75, 100, 100),
    "over:titles": (100, 100, 100, 100),
    "over:words-as-person": (33, 33, 70, 70),
    "password-cut": (83, 100, 100, 100),
    "password-talk": (100, 100, 90, 90),
    "password-with-number": (100, 100, 100, 100),
    "pieces": (100, 100, 90, 90),
    "postcode-clusters": (66, 100, 80, 100),
    "prefix": (100, 100),
    "said-again-later": (100, 100, 80, 100),
    "secret-letters": (100, 100, 75, 75),
    "spelled-user-id": (100, 100, 100, 100),
    "taken-back": (100, 100, 80, 80),
    "wrong-label": (12, 62, 100, 100),
}
GRAVE: Final = {CASES: 2, VARIANTS: 7}
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
