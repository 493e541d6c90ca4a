"""The case files say what is hidden, and the answer is the same however the words of a case arrive."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

from case_files import FOLDER, Case, CaseError, Line, load, read_cases, read_line
from ccredact import Redactor, Utterance
from ccredact.detectors.scores import SCORES
from ccredact.reasons import REASONS
from streams import by_utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ccredact import Segment

CASES = load(FOLDER)
SEEN = 4
"""Digits or digit words of a marked number that an interim may show (what is undecided looks like no card yet)."""

redactor = cache(partial(Redactor, tagger=False))
"""How a turn is cut into finals is no matter without the tagger; `test_tagger` has the cases of names and places."""

Labels = list[str | None]


def characters(text: str, spans: Iterable[tuple[str, int, int]]) -> Labels:
    """The label of every letter and digit of a text, None for what stays; what stands between is no matter."""
    labels: Labels = [None] * len(text)
    for label, start, end in spans:
        labels[start:end] = [label] * (end - start)
    return [label for char, label in zip(text, labels, strict=True) if char.isalnum()]


def expected(case: Case) -> list[Labels]:
    return [characters(line.text, line.marks) for line in case.lines]


def hidden(text: str, segments: Sequence[Segment]) -> Labels:
    entities = [(entity.label, entity.start, entity.end) for segment in segments for entity in segment.entities]
    return characters(text, entities)


def marked(line: Line, labels: Labels) -> str:
    """Write the line with marks around what is labelled, for the message of a failure."""
    places = [at for at, char in enumerate(line.text) if char.isalnum()]
    before: dict[int, str] = {}
    last: str | None = None
    for place, label, previous in zip(places, labels, [-1, *places[:-1]], strict=True):
        if label != last:
            before[previous + 1] = before.get(previous + 1, "") + (">" if last else "")
            before[place] = before.get(place, "") + (f"<{label}:" if label else "")
        last = label
    if last:
        before[places[-1] + 1] = ">"
    return "".join(before.get(at, "") + line.text[at : at + 1] for at in range(len(line.text) + 1))


def reasons_of(text: str, segments: Sequence[Segment]) -> Labels:
    """The reason of every letter and digit that is hidden."""
    entities = [(str(entity.reason), entity.start, entity.end) for one in segments for entity in one.entities]
    return characters(text, entities)


def check_reasons(line: Line, found: Labels) -> None:
    """Where the line asks for a reason, all that it marks has it."""
    for asked, given in zip(characters(line.text, line.reasons), found, strict=True):
        assert asked is None or given == asked, f"{asked} is asked for: {marked(line, found)}"


def check(case: Case, found: list[Labels]) -> None:
    shown = [marked(line, labels) for line, labels in zip(case.lines, found, strict=True)]
    wanted = [marked(line, labels) for line, labels in zip(case.lines, expected(case), strict=True)]
    assert shown == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_whole_call_is_marked_as_the_case_says(case: Case) -> None:
    lines = case.lines
    segments = redactor(case.policy).redact_call([Utterance(line.text, speaker=line.speaker) for line in lines])
    check(case, [hidden(line.text, [segment]) for line, segment in zip(lines, segments, strict=True)])
    for line, segment in zip(lines, segments, strict=True):
        check_reasons(line, reasons_of(line.text, [segment]))
    entities = [entity for segment in segments for entity in segment.entities]
    assert all(entity.score in SCORES[entity.reason] for entity in entities), "a score that its reason does not have"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_as_an_utterance_of_its_own_gives_the_same_marks(case: Case) -> None:
    call = redactor(case.policy).stream()
    words = [line.text.split() for line in case.lines]
    segments = [
        segment
        for number, line in enumerate(case.lines)
        for at, word in enumerate(words[number])
        for segment in call.push(Utterance(word, speaker=line.speaker, id=f"{number}.{at}"))
    ]
    parts = by_utterance([*segments, *call.close()])
    check(case, [
        [label for at, word in enumerate(said) for label in hidden(word, parts[f"{number}.{at}"])]
        for number, said in enumerate(words)
    ])  # fmt: skip
    for number, line in enumerate(case.lines):
        pieces = ((word, parts[f"{number}.{at}"]) for at, word in enumerate(words[number]))
        check_reasons(line, [reason for word, part in pieces for reason in reasons_of(word, part)])


def visible_digits(line: Line, text: str, interim: Segment) -> int:
    """Give how many marked figures, or marked words without figures, an interim shows."""
    stand_in = redactor("pci").policy.stand_in
    out = interim.text.removesuffix(stand_in)
    seen = [False] * len(line.text)
    at = out_at = 0
    for entity in interim.entities:
        seen[at : entity.start] = [True] * (entity.start - at)
        at, out_at = entity.end, entity.out_end
    rest = len(out) - out_at
    assert text[at : at + rest] == out[out_at:]
    seen[at : at + rest] = [True] * rest
    count = 0
    for _, start, end in line.marks:
        figures = [place for place in range(start, end) if line.text[place].isdecimal()]
        if figures:
            count += sum(seen[place] for place in figures)
            continue
        place = start
        for word in line.text[start:end].split():
            place = line.text.index(word, place)
            count += any(seen[place : place + len(word)])
            place += len(word)
    return count


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_interims_of_every_prefix_change_nothing_and_show_no_number(case: Case) -> None:
    call = redactor(case.policy).stream()
    segments: list[Segment] = []
    for number, line in enumerate(case.lines):
        words = line.text.split(" ")
        for end in range(1, len(words) + 1):
            prefix = " ".join(words[:end])
            (interim,) = call.push(Utterance(prefix, speaker=line.speaker, is_final=False))
            assert not interim.is_final
            assert visible_digits(line, prefix, interim) <= SEEN, interim.text
        segments += call.push(Utterance(line.text, speaker=line.speaker, id=str(number)))
    parts = by_utterance([*segments, *call.close()])
    check(case, [hidden(line.text, parts[str(number)]) for number, line in enumerate(case.lines)])
    for number, line in enumerate(case.lines):
        check_reasons(line, reasons_of(line.text, parts[str(number)]))


def test_the_files_that_must_not_change_hold_no_marks() -> None:
    unchanged = [case for case in CASES if "unchanged.txt" in case.name]
    assert {case.policy for case in unchanged} == {"pci", "full"}
    assert len(unchanged) >= 300
    assert not [case.name for case in unchanged for line in case.lines if line.marks]


def test_every_kind_of_card_data_has_cases() -> None:
    labels = {label for case in CASES for line in case.lines for label, _, _ in line.marks}
    assert {"CREDIT_CARD", "CREDIT_CARD_EXPIRY", "CREDIT_CARD_CVV", "CREDIT_CARD_LAST4"} <= labels


def test_every_reason_of_the_rules_has_a_case() -> None:
    asked = {reason for case in CASES for line in case.lines for reason, _, _ in line.reasons}
    others = {"fault", "detector", "held_bound", "lexicon", "tagger", "denied"}  # of errors, users, broken calls, names
    assert asked == set(REASONS) - others


def test_a_case_is_read_as_it_is_written() -> None:
    source = "# some\npolicy: pci\n\nit is <PIN/cued:1 2> ok\nplain\nA: hi\nB: <CREDIT_CARD:4-1>, <PIN:9>\n\nA: bye\n"
    one, two, three, four = read_cases(source, "x.txt")
    assert one == Case("x.txt:4", "pci", (Line(None, "it is 1 2 ok", (("PIN", 6, 9),), (("cued", 6, 9),)),))
    assert two == Case("x.txt:5", "pci", (Line(None, "plain", ()),))
    assert three.lines == (Line("A", "hi", ()), Line("B", "4-1, 9", (("CREDIT_CARD", 0, 3), ("PIN", 5, 6))))
    assert (four.name, four.lines) == ("x.txt:9", (Line("A", "bye", ()),))


@pytest.mark.parametrize("line", [
    "my number is <CREDIT_CARD:4111 thanks",
    "my number is CREDIT_CARD:4111> thanks",
    "my number is <CREDIT_CARD 4111> thanks",
    "my number is <CREDIT_CART:4111> thanks",
    "my number is <credit_card:4111> thanks",
    "my number is <CREDIT_CARD:> thanks",
    "my number is <CREDIT_CARD: 4111> thanks",
    "my number is <CREDIT_CARD/queued:4111> thanks",
    "my number is <CREDIT_CARD/:4111> thanks",
    "my number is <CREDIT_CARD:4111 <PIN:1234>> thanks",
    "a < b",
    "A: ",
])  # fmt: skip
def test_a_wrong_mark_is_an_error_that_names_the_line(line: str) -> None:
    with pytest.raises(CaseError):
        read_line(line.removeprefix("A: "))
    with pytest.raises(CaseError, match=r"^x\.txt:3: "):
        read_cases(f"policy: pci\n\n{line}\n", "x.txt")


@pytest.mark.parametrize("source", ["", "# only\n", "policy: pci\n", "no policy\npolicy: pci\n"])
def test_a_file_without_cases_or_policy_is_an_error(source: str) -> None:
    with pytest.raises(CaseError):
        read_cases(source, "x.txt")


def test_a_reason_that_is_not_the_one_asked_for_fails() -> None:
    line = read_line("it is <PIN/cued:4 1>, <OTP:2>")
    check_reasons(line, [*[None] * 4, "cued", "cued", "form"])
    with pytest.raises(AssertionError, match="cued is asked for: it is <cued:4> <form:1, 2>"):
        check_reasons(line, [*[None] * 4, "cued", "form", "form"])


def test_a_failure_shows_the_line_with_the_marks_found() -> None:
    line = Line("A", "it's 41-1, 2 ok", ())
    assert marked(line, characters(line.text, [("PIN", 6, 9), ("OTP", 11, 12)])) == "it's 4<PIN:1-1>, <OTP:2> ok"
