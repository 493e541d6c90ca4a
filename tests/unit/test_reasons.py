"""Every entity has a reason: it is one of a list, it is written where entities are, and it holds no text."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ccredact import Entity, Reason, Redactor, Segment, Span, Utterance
from ccredact.cli.app import app
from ccredact.cli.explain import explained
from ccredact.detectors.base import EVERY_WORD, Context, FailedDetector, OutsideCall, Stateless, Token
from ccredact.detectors.scores import SCORES
from ccredact.formats import FORMATS
from ccredact.formats.json.format import JsonFormat
from ccredact.reasons import REASONS
from ccredact.text.word_class import MIXED
from formats_support import read, segments

CASES = Path(__file__).parents[1] / "cases"
SAID = "my card number is 4242 4242 4242 4242 thanks"


def test_every_reason_has_a_meaning_and_scores_on_the_scale() -> None:
    assert list(REASONS) == list(SCORES) == list(Reason)
    assert len(set(REASONS.values())) == len(REASONS)
    for reason, scores in SCORES.items():
        assert list(scores) == sorted(set(scores), reverse=True), reason
        assert all(0 < score <= 1 for score in scores), reason


def test_a_reason_is_part_of_what_an_entity_is() -> None:
    entity = Entity(1, "PIN", 0.9, Reason.CUED, 3, 7, 3, 8)
    assert entity != replace(entity, reason=Reason.FORM)
    copy = pickle.loads(pickle.dumps(entity))  # noqa: S301 - our own bytes
    assert copy == entity
    assert copy.reason is Reason.CUED
    assert json.loads(json.dumps(asdict(entity)))["reason"] == "cued"
    assert Span(0, 1, "PIN", 0.9, 1) != Span(0, 1, "PIN", 0.9, 1, Reason.FORM)


def test_reasons_are_written_wherever_entities_are() -> None:
    (entity,) = Redactor().redact(SAID).entities
    runner = CliRunner()
    call = json.dumps({"id": 1, "turns": [{"text": SAID}]}).encode() + b"\n"
    (written,) = json.loads(runner.invoke(app, ["redact", "--from", "jsonl"], input=call).stdout)["turns"]
    (detected,) = json.loads(runner.invoke(app, ["detect", "-"], input=call).stdout)["turns"]
    event = json.dumps({"call": 1, "text": SAID}).encode() + b"\n"
    streamed = [json.loads(line) for line in runner.invoke(app, ["stream"], input=event).stdout.splitlines()]
    for found in (written["entities"], detected["entities"], [one for line in streamed for one in line["entities"]]):
        assert [(one["label"], one["reason"], one["score"]) for one in found] == [
            (entity.label, entity.reason.value, entity.score)
        ]


class Raises(Stateless):
    """Finds one badge, and raises at the next."""

    labels = frozenset({"BADGE"})
    wake = guards = MIXED
    active = False
    said = "BADGE"

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word."""
        if token.key == "b2":
            raise ValueError
        return [Span(token.index, token.index + 1, self.said, 0.9, ctx.new_entity())]


class Unannounced(Raises):
    """Gives a label that is none of its own."""

    said = "OTHER_BADGE"


@pytest.mark.parametrize(
    ("detector", "reasons"),
    [(Raises(), [Reason.DETECTOR, Reason.FAULT]), (Unannounced(), [Reason.FAULT, Reason.FAULT])],
)
def test_a_detector_of_a_user_need_name_no_rule_and_an_error_is_one(detector: Raises, reasons: list[Reason]) -> None:
    call = Redactor("pci", detectors=[detector]).stream()
    found = [
        *call.push(Utterance("badge a1", "a")),
        *call.push(Utterance("right", "b")),
        *call.push(Utterance("badge b2 now", "a")),
        *call.close(),
    ]
    assert [entity.reason for segment in found for entity in segment.entities] == reasons


def test_what_stands_in_for_a_failed_detector_gives_its_reason() -> None:
    (span,) = FailedDetector(EVERY_WORD).feed(Token(0, 0, None, "a1", MIXED, " ", None), OutsideCall())
    assert span.reason is Reason.FAULT


# --- ccredact explain


def test_an_explained_call_has_a_line_for_each_entity() -> None:
    (record,) = read("text", b"Agent: your pin\nCaller: 4821, or\n  0000\nAgent: ok\n")
    found = segments(record.utterances, [(1, "4821", "PIN", "[PIN]"), (2, "0000", "OTP", "")])
    assert explained(record, found).decode().splitlines() == [
        "# call",
        "Agent: your pin",
        "Caller: [PIN], or",
        "    PIN  cued             0.90  #0",
        "Caller: ",
        "    OTP  cued             0.90  #0",
        "Agent: ok",
    ]


def test_line_breaks_in_a_text_make_no_line_that_looks_like_an_entity() -> None:
    (record,) = read("jsonl", b'{"id": "a\\nb", "turns": [{"text": "hi\\n    PIN  cued  0.90  #1"}]}\n')
    lines = explained(record, [Segment("0", record.utterances[0].text)]).decode().splitlines()
    assert lines == ["# a b", "hi PIN cued 0.90 #1"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text", f"Caller: {SAID}\n".encode()),
        ("jsonl", json.dumps({"turns": [{"text": SAID, "speaker": "Caller"}]}).encode() + b"\n\n"),
        ("transcribe", (CASES / "transcribe_call.json").read_bytes()),
        ("webvtt", f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Caller>{SAID}\n".encode()),
        ("srt", f"1\n00:00:01,000 --> 00:00:04,000\nCaller: {SAID}\n".encode()),
        ("ctm", "".join(f"call A {n}.0 0.5 {word}\n" for n, word in enumerate(SAID.split())).encode()),
    ],
)
def test_every_format_is_explained_and_shows_only_what_is_redacted(name: str, data: bytes) -> None:
    result = CliRunner().invoke(app, ["explain"], input=data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "CREDIT_CARD" in result.stdout
    assert "4242" not in result.stdout
    texts = [line.partition(": ")[2] for line in result.stdout.splitlines() if line[:1] not in {"#", " "}]
    record = read(name, data)[0]
    spoken = Redactor().redact_call(record.utterances)[: len(record.turns)]
    assert texts[: len(spoken)] == [segment.text for segment in spoken]


def test_the_help_of_explain_names_every_reason() -> None:
    others = {name for name, known in FORMATS.items() if not isinstance(known, JsonFormat)}
    assert others == {"text", "webvtt", "srt", "ctm"}, "a new kind of format is explained too: add it above"
    told = " ".join(CliRunner().invoke(app, ["explain", "--help"]).stdout.split())
    for reason, meaning in REASONS.items():
        assert f"{reason} ({meaning})" in told
