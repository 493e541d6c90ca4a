from __future__ import annotations

import pytest

from ccredact import FormatError
from ccredact.formats import FORMATS, detect_format, get_format
from ccredact.transcript import Name
from formats_support import leaks, read, rewritten

CANARY = "4242424242424242"


def said(text: str) -> list[tuple[Name | None, str]]:
    (record,) = read("text", text.encode())
    return [(utterance.speaker, utterance.text) for utterance in record.utterances]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agent: hello\nCustomer: hi", [("Agent", "hello"), ("Customer", "hi")]),
        ("Agent: hello\n  and welcome", [("Agent", "hello"), ("Agent", "and welcome")]),
        ("beep\nAgent: hello", [(None, "beep"), ("Agent", "hello")]),
        ("hello\nthere", [(None, "hello"), (None, "there")]),
        ("spk_0: one\nspk_1: two", [("spk_0", "one"), ("spk_1", "two")]),
        ("Speaker 1: one\nS2: two", [("Speaker 1", "one"), ("S2", "two")]),
        ("[00:01:02] AGENT: hi\n[00:01:04] and", [("AGENT", "hi"), ("AGENT", "and")]),
        ("00:12 Caller: hi\n(0:14) Agent:\n hey", [("Caller", "hi"), ("Agent", "hey")]),
        ("AGENT [00:00:03.5 - 00:00:07.1]: hi", [("AGENT", "hi")]),
        ("Jo Bloggs: hi\nJo Bloggs: bye", [("Jo Bloggs", "hi"), ("Jo Bloggs", "bye")]),
        ("Jo Bloggs: hi\nbye", [(None, "Jo Bloggs: hi"), (None, "bye")]),
        ("My address is: 5 Main Street", [(None, "My address is: 5 Main Street")]),
        ("Card number: 42\nCard number: 43", [(None, "Card number: 42"), (None, "Card number: 43")]),
        ("Agent: code: 123\nAgent: x", [("Agent", "code: 123"), ("Agent", "x")]),
        ("x 4242 42: 1\nx 4242 42: 1", [(None, "x 4242 42: 1"), (None, "x 4242 42: 1")]),
        ("12:30 works for me", [(None, "12:30 works for me")]),
        ("\ufeffAgent: hi", [("Agent", "hi")]),
        ("", []),
        ("\n \r\n", []),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(text) == expected
    assert rewritten("text", text.encode()) == text.encode()


def test_only_the_hidden_words_change() -> None:
    data = "\ufeffAgent:  go on\r\n\r\n[00:02] Customer:\tit's 4242 4242, okay \rAgent: bye".encode()
    hidden = (1, "4242 4242", "CREDIT_CARD", "[CREDIT_CARD]")
    expected = data.replace(b"4242 4242", b"[CREDIT_CARD]")
    assert rewritten("text", data, hidden) == expected
    assert rewritten("text", data, hidden, pieces=2) == expected


def test_bytes_that_are_no_text_name_the_line_and_nothing_else() -> None:
    with pytest.raises(FormatError) as caught:
        read("text", f"Agent: hi\r\nCustomer: {CANARY}\n".encode() + b"\xff\xfe")
    assert str(caught.value) == "call: line 3: it is not UTF-8"
    assert leaks(caught.value, CANARY) == []


@pytest.mark.parametrize(
    "head",
    [b'{"a": 1}', b'[{"a": 1}]', b"a\0b\0"],
)
def test_what_is_something_else_is_not_taken_for_text(head: bytes) -> None:
    with pytest.raises(FormatError, match="looks like no format known here") as caught:
        detect_format(head.replace(b"a", CANARY.encode()))
    assert leaks(caught.value, CANARY) == []


@pytest.mark.parametrize(
    ("head", "source", "name"),
    [
        (b"Agent: hi", "call.txt", "text"),
        (b"[00:01] Agent: hi", "call", "text"),
        (b"", "empty.txt", "text"),
        (b'{"id": 1, "turns": [', "calls.jsonl", "jsonl"),
        (b'\xef\xbb\xbf {"turns":[', "input", "jsonl"),
        (b'{"results": {"items": [', "asr.json", "transcribe"),
        (
            b'{"jobName": "x", "results" : {\n"language_code": "en", "transcripts": [',
            "asr.json",
            "transcribe",
        ),
    ],
)
def test_a_format_is_found_by_its_content(head: bytes, source: str, name: str) -> None:
    assert detect_format(head, source=source) is FORMATS[name]


def test_a_name_and_a_content_that_disagree_are_refused() -> None:
    with pytest.raises(FormatError, match=r"calls.jsonl: it ends in .jsonl but looks like text: name the format"):
        detect_format(b"Agent: hi", source="calls.jsonl")


@pytest.mark.parametrize("ending", ["yaml", "YML", "xml", "rtf", "eml"])
def test_text_with_a_grammar_of_its_own_is_no_transcript_unless_it_is_said(ending: str) -> None:
    head = b"call:\n  text: hello\n  text: bye\n"
    with pytest.raises(FormatError, match=f"it ends in .{ending.lower()}, and is of no format known here: name the"):
        detect_format(head, source=f"call.{ending}")
    assert detect_format(head, source="call.txt") is FORMATS["text"]


def test_an_unknown_format_gets_the_nearest_name() -> None:
    with pytest.raises(FormatError, match="the nearest is jsonl"):
        get_format("jsnl")
