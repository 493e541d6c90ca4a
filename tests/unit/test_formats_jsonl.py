from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import FormatError, Redactor, Segment
from ccredact.formats import FORMATS
from formats_support import leaks, read, rewritten, segments, timed_words, turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CANARY = "4242424242424242"
CARD = "[CREDIT_CARD]"


def line(*turns: dict[str, Any], **fields: Any) -> bytes:
    return json.dumps({"id": "a", "turns": list(turns)} | fields).encode() + b"\n"


def hide(data: bytes, target: str, replacement: str = CARD, **options: Any) -> dict[str, Any]:
    written = rewritten("jsonl", data, (0, target, "CREDIT_CARD", replacement), **options)
    result: dict[str, Any] = json.loads(written)
    return result


def test_what_is_read() -> None:
    data = line(turn("hi there", words=timed_words("hi there")), {"text": "yes", "speaker": 1}, id=7)
    (record,) = read("jsonl", data)
    first, second = record.utterances
    assert (record.id, first.speaker, second.speaker) == (7, "customer", "1")
    assert [(word.text, word.start_s, word.end_s) for word in first.words] == [
        ("hi", 0, 0.5),
        ("there", 1, 1.5),
    ]


def test_a_hidden_run_becomes_one_word() -> None:
    text = "it's 4242 4242, okay"
    call = hide(line(turn(text, words=timed_words(text), extra={"a": [1]})), "4242 4242")
    words = timed_words(text)
    assert call["turns"][0] == {
        "speaker": "customer",
        "text": "it's [CREDIT_CARD], okay",
        "words": [words[0], {"text": "[CREDIT_CARD],", "start": 1, "end": 2.5}, words[3]],
        "extra": {"a": [1]},
        "entities": [{"label": "CREDIT_CARD", "start": 5, "end": 18, "score": 0.9, "reason": "cued"}],
    }


def test_the_bytes_around_a_hidden_run_stay() -> None:
    text = r'"caf\u00e9 \"x\" 4242\té \ud83d\ude00"'
    data = f'\ufeff{{ "turns":[ {{"text" : {text} ,"n":1.50}}]  }}\r\n'.encode()
    expected = data.replace(b"4242", b"[PIN]").replace(
        b'"n":1.50', b'"n":1.50, "entities": [{"label": "PIN", "start": 9, "end": 14, "score": 0.9, "reason": "cued"}]'
    )
    assert rewritten("jsonl", data, (0, "4242", "PIN", "[PIN]")) == expected
    assert rewritten("jsonl", data, (0, "4242", "PIN", "[PIN]"), pieces=2) == expected


def test_an_escaped_character_can_be_hidden_itself() -> None:
    data = b'{"turns": [{"text": "a \\ud83d\\ude00\\n\\u00e9 b"}]}'
    assert hide(data, "\U0001f600\né")["turns"][0]["text"] == f"a {CARD} b"


def test_entities_that_came_with_the_line_go() -> None:
    gold = [{"start": 3, "end": 7, "label": "X", "text": "4242"}]
    data = line(turn("is 4242", entities=gold), turn("4242 no", entities=gold), turn("bye"), entities=gold)
    call = hide(data, "4242")
    assert call["entities"] == []
    assert [t.get("entities") for t in call["turns"]] == [
        [{"label": "CREDIT_CARD", "start": 3, "end": 16, "score": 0.9, "reason": "cued"}],
        [],
        None,
    ]


def test_words_taken_out_leave_no_word() -> None:
    data = line(turn("is 4242 4242 ok", words=timed_words("is 4242 4242 ok")))
    assert [word["text"] for word in hide(data, "4242 4242", "")["turns"][0]["words"]] == ["is", "ok"]


def test_what_is_kept_is_reported_and_nothing_else_changes() -> None:
    text = "is 4242 ok"
    call = hide(line(turn(text, words=timed_words(text))), "4242", "4242")
    kept = {"label": "CREDIT_CARD", "start": 3, "end": 7, "score": 0.9, "reason": "cued"}
    assert call["turns"][0] == turn(text, words=timed_words(text), entities=[kept])


@pytest.mark.parametrize(
    ("text", "words", "target", "expected"),
    [
        ("It's 4242, OK?", "it's 4242 ok", "4242", ["it's", CARD, "ok"]),
        ("is 4242 ok", "is four two four two ok", "4242", ["is", CARD, "ok"]),
        ("is 4242-4242 ok", "is 4242 4242 ok", "4242-4242", ["is", CARD, "ok"]),
        ("is 4242 4242 ok", "is 4242-4242 ok", "4242 4242", ["is", CARD, "ok"]),
        ("to 4242 thanks too", "too 4242 thanks too", "4242", ["to", CARD, "thanks", "too"]),
        ("well 4242", "4242", "4242", [CARD]),
        ("is 42 42 ok", "is 42 42 ok", "42 42 o", ["is", f"{CARD}k"]),
    ],
)
def test_words_in_another_form_than_the_text(text: str, words: str, target: str, expected: list[str]) -> None:
    call = hide(line(turn(text, words=timed_words(words))), target)
    assert [word["text"] for word in call["turns"][0]["words"]] == expected


def test_an_engine_gets_only_words_that_are_in_the_text() -> None:
    (record,) = read("jsonl", line(turn("It is 4242, OK?", words=timed_words("it is four two ok?"))))
    assert [(word.text, word.start_s) for word in record.utterances[0].words] == [("It", 0), ("is", 1), ("OK?", 4)]


def test_words_that_the_text_does_not_show_do_not_pass() -> None:
    data = line(turn("my card is [PII] okay", words=timed_words("my card is 4242 4242 okay")))
    words = [word["text"] for word in json.loads(rewritten("jsonl", data))["turns"][0]["words"]]
    assert words == ["my", "card", "is", "[PII]", "okay"]
    data = line(turn("", words=timed_words("my card is 4242")))
    assert json.loads(rewritten("jsonl", data))["turns"][0]["words"] == []


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b'{"turns": [{"text": "%s"}', "call: line 2, character 40: broken JSON"),
        (b'{"turns": [{"text": "%s" x}]}', "call: line 2, character 40: broken JSON"),
        (b'{"turns": [{"text": "%s"}]} x', "call: line 2, character 43: something follows the JSON value"),
        (b'{"turns": [{"text": "%s"}], "turns": []}', "call: line 2: an object has the same key twice"),
        (b'{"turns": [{"text": "%s", "text": ""}]}', "call: line 2: an object has the same key twice"),
        (b'["%s"]', 'call: line 2: a line must be an object with a list "turns"'),
        (b'{"turns": {"a": "%s"}}', 'call: line 2: a line must be an object with a list "turns"'),
        (b'{"turns": [{"text": ""}, "%s"]}', "call: line 2, turn 2: a turn must be an object with a text"),
        (b'{"turns": [{"text": ["%s"]}]}', "call: line 2, turn 1: a turn must be an object with a text"),
        (
            b'{"turns": [{"text": "", "speaker": ["%s"]}]}',
            "call: line 2, turn 1: the speaker must be text or a whole number",
        ),
        (b'{"turns": [{"text": "", "words": "%s"}]}', "call: line 2, turn 1: words must be a list"),
        (
            b'{"turns": [{"text": "", "words": [{"word": "%s"}]}]}',
            "call: line 2, turn 1, word 1: a word must be an object with a text",
        ),
        (b'{"id": ["%s"], "turns": []}', "call: line 2: the id must be text or a whole number"),
        (b'{"id": "%s", "turns": ' + b"[" * 100_000, "call: line 2: it is nested too deeply"),
        (b'{"id": "%s", "turns": [], "n": ' + b"9" * 5000 + b"}", "call: line 2: a number is too long"),
        (b'{"turns": [{"text": "%s\xff"}]}', "call: line 2, byte 38: it is not UTF-8"),
    ],
)
def test_a_broken_line_says_where_and_nothing_else(bad: bytes, message: str) -> None:
    records = FORMATS["jsonl"].read(io.BytesIO(line(turn(CANARY)) + bad.replace(b"%s", CANARY.encode())), source="call")
    next(records)
    with pytest.raises(FormatError) as caught:
        next(records)
    assert str(caught.value) == message
    assert leaks(caught.value, CANARY) == []


def wrong(call: list[Segment], fault: str) -> list[Segment]:
    (first,) = call
    name, text, end = first.utterance, first.text, first.end
    return {
        "missing": [],
        "short": [Segment(name, text[:3], end=3)],
        "gap": [Segment(name, text[:3], end=3), Segment(name, text[4:], start=4, end=end)],
        "interim": [Segment(name, text, is_final=False, end=end)],
        "stranger": [first, Segment("99", CANARY, end=16)],
        "changed": [Segment(name, text.upper(), end=end)],
    }[fault]


@pytest.mark.parametrize("fault", ["missing", "short", "gap", "interim", "stranger", "changed"])
def test_segments_that_are_not_the_call_are_refused(fault: str) -> None:
    (record,) = read("jsonl", line(turn(f"is {CANARY}")))
    with pytest.raises(FormatError) as caught:
        record.write(wrong(segments(record.utterances), fault))
    assert str(caught.value).startswith("call: line 1: ")
    assert leaks(caught.value, CANARY) == []


class Endless(io.RawIOBase):
    """Lines without end, counted."""

    def __init__(self) -> None:
        self.given = 0

    def __next__(self) -> bytes:
        self.given += 1
        return line(turn("hello"))

    def readline(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
        return next(self)


def test_records_are_read_one_by_one() -> None:
    stream = Endless()
    records: Iterator[object] = FORMATS["jsonl"].read(stream, source="call")  # type: ignore[arg-type]
    for _ in range(5):
        next(records)
    assert stream.given == 5


def test_no_repr_shows_text() -> None:
    (record,) = read("jsonl", line(turn(CANARY), id=CANARY))
    assert CANARY not in repr(record)
    assert CANARY not in repr(record.render)


# --- other fields, with the engine

FULL = Redactor()
STAMPS = {"start": 1744903540123, "ended_at": "2026-04-17T15:25:40Z"}
TURNS = [
    {"speaker": "agent", "text": "what's your pin"},
    {"speaker": "caller", "text": "4417 and I'm Ada Quill"},
    {"speaker": "agent", "text": "thanks, is there anything else"},
    {"speaker": "caller", "text": "no that's all"},
    {"speaker": "agent", "text": "bye for now"},
]


def with_fields(
    fields: dict[str, Any], redactor: Redactor = FULL, turns: list[dict[str, Any]] = TURNS
) -> dict[str, Any]:
    """What becomes of the fields of a call."""
    data = json.dumps({"turns": turns} | fields).encode()
    (record,) = read("jsonl", data, redactor.policy)
    call = json.loads(record.write(redactor.redact_call(record.utterances, names=record.names)))
    return {key: value for key, value in call.items() if key != "turns"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": "Ada Quill, PIN 4417"}, {"title": "[PERSON], PIN [PIN]"}),
        ({"notes": ["four four one seven", {"who": "quill"}]}, {"notes": ["[PIN]", {"who": "[PERSON]"}]}),
        ({"account number": 12345678}, {"account number": "[BANK_ACCOUNT]"}),
        ({"pin": "8206"}, {"pin": "[PIN]"}),
        ({"customerPin": "8206"}, {"customerPin": "[PIN]"}),
        ({"phone": -4155550142}, {"phone": "-[PHONE_NUMBER]"}),
        ({"length": 123456, "share": 0.123456789, "ok": True}, {"length": 123456, "share": 0.123456789, "ok": True}),
        ({"Ada Quill": 1, "Ada  Quill": 2}, {"[PERSON]": 1, "[PERSON]_2": 2}),
        ({"ada@bank.example": {"4417": 1}}, {"[EMAIL_ADDRESS]": {"[PIN]": 1}}),
        ({"id": "4155550142"}, {"id": "4155550142"}),
        ({"who": {"id": "4155550142"}}, {"who": {"id": "[PHONE_NUMBER]"}}),
        (STAMPS, STAMPS),
        ({"called_at": "415 555 0142"}, {"called_at": "[PHONE_NUMBER]"}),
        ({"language": "en-GB", "part": "b", "queue": "cards"}, {"language": "en-GB", "part": "b", "queue": "cards"}),
    ],
)  # fmt: skip
def test_other_fields_are_redacted_with_what_was_told(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    assert with_fields(fields) == expected


def test_a_policy_names_fields_that_are_left() -> None:
    redactor = Redactor({"leave": ["ticket"]})
    fields = {"ticket": {"pin": "4417", "x": [4155550142]}, "more": {"ticket": "4417", "Ticket": "4417"}}
    assert with_fields(fields, redactor) == fields | {"more": {"ticket": "4417", "Ticket": "[PIN]"}}


def test_fields_of_turns_and_words_are_redacted_too() -> None:
    words = [
        {"text": "4417", "start": 1, "end": 2, "raw": "four four one seven"},
        {"text": "and", "start": 2, "end": 3, "raw": "and"},
        {"text": "so", "start": 3, "end": 4, "raw": "so ada", "likely": {"other": "4417"}},
    ]
    turns = [
        TURNS[0],
        {"speaker": "caller", "text": "4417 and so", "words": words, "lexical": "four four one seven and so"},
    ]
    data = json.dumps({"turns": turns}).encode()
    (record,) = read("jsonl", data, FULL.policy)
    new = json.loads(record.write(FULL.redact_call([*record.utterances], names=["Ada Quill"])))["turns"][1]
    assert new["lexical"] == "[PIN] and so"
    assert new["words"] == [
        {"text": "[PIN]", "start": 1, "end": 2},
        {"text": "and", "start": 2, "end": 3, "raw": "and"},
        {"text": "so", "start": 3, "end": 4, "raw": "so [PERSON]", "likely": {"other": "[PIN]"}},
    ]


def test_a_name_in_speaker_is_numbered_and_known() -> None:
    turns = [
        {"speaker": "Jo Bloggs", "text": "hello"},
        {"speaker": 4155550142, "text": "hi jo bloggs"},
        {"speaker": 2, "text": "x"},
    ]
    data = json.dumps({"turns": turns}).encode()
    (record,) = read("jsonl", data, FULL.policy)
    new = json.loads(record.write(FULL.redact_call(record.utterances, names=record.names)))["turns"]
    assert [turn["speaker"] for turn in new] == ["[PERSON_1]", "[PERSON_2]", 2]
    assert new[1]["text"] == "hi [PERSON]"
    (kept,) = read("jsonl", data)
    assert kept.write(segments(kept.utterances)) == data


def test_entities_that_quote_what_is_nowhere_else_are_dropped() -> None:
    turn_ = {"text": "hello", "entities": [{"label": "PIN", "text": "my pin is 4417"}]}
    data = json.dumps({"turns": [turn_]}).encode()
    (record,) = read("jsonl", data, FULL.policy)
    assert json.loads(record.write(FULL.redact_call(record.utterances)))["turns"] == [{"text": "hello", "entities": []}]


def keys_beside(text: str, keys: Sequence[str], place: str = "k") -> list[str]:
    """What becomes of keys, each of a small number, in a call in which a text is said."""
    counted = {key: number for number, key in enumerate(keys)}
    holder = {"k": counted, "list": [{"more": counted}], "string": json.dumps(counted)}
    data = json.dumps({"turns": [{"speaker": "caller", "text": text}]} | holder).encode()
    (record,) = read("jsonl", data, FULL.policy)
    call = json.loads(record.write(FULL.redact_call(record.utterances, names=record.names)))
    found = {"k": call["k"], "list": call["list"][0]["more"], "string": json.loads(call["string"])}[place]
    assert [*found.values()] == [*counted.values()]  # no two keys have become one
    return [*found]


TOLD = "my password is bluebird7 and my name is Ada Obi, PIN 4821"


@pytest.mark.parametrize("place", ["k", "list", "string"])
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("bluebird7", "[PASSWORD]"), ("Obi", "[PERSON]"), ("AdaObi", "[PERSON]"),
        ("ada", "[PERSON]"), ("ada_obi", "[PERSON]"), ("adaobi", "[PERSON]"), ("adaObiPin", "[PERSON]Pin"),
        ("Ada Obi", "[PERSON]"), ("4821", "[PIN]"),
        ("adamant", "adamant"), ("bluebird", "bluebird"), ("password", "password"), ("pin", "pin"), ("name", "name"),
    ],
)  # fmt: skip
def test_a_key_of_a_small_number_says_nothing_that_was_told(key: str, expected: str, place: str) -> None:
    assert keys_beside(TOLD, [key], place) == [expected]


def test_keys_that_say_the_same_stay_apart() -> None:
    hidden = {f"[PERSON]{more}" for more in ("", "_2", "_3", "_4")}
    assert {*keys_beside(TOLD, ["ada", "Obi", "[PERSON]_2", "Ada Obi", "AdaObi"])} == hidden | {"[PERSON]_5"}


@pytest.mark.parametrize("key", ["may", "will", "May", "will_call", "mayBe"])
def test_a_field_with_an_everyday_name_stays_when_a_person_is_called_so(key: str) -> None:
    assert keys_beside("my name is May Will, thanks", [key]) == [key]
    assert keys_beside("my name is May Will, thanks", ["may_will"]) == ["[PERSON]"]
    turn_ = [{"speaker": "caller", "text": "my name is May Will, thanks"}]
    data = json.dumps({"turns": turn_, key: "nothing at all"}).encode()
    (record,) = read("jsonl", data, FULL.policy)
    assert key in json.loads(record.write(FULL.redact_call(record.utterances, names=record.names)))


def test_keys_of_words_and_of_what_a_policy_leaves() -> None:
    words = [{"text": "hello", "start": 0, "end": 1, "ada": 1}]
    turns = [{"speaker": "caller", "text": TOLD}, {"speaker": "agent", "text": "hello", "words": words}]
    redactor = Redactor({"leave": ["obi"]})
    data = json.dumps({"turns": turns, "obi": {"ada": 1}, "k": {"obi": 1, "ada": 2}}).encode()
    (record,) = read("jsonl", data, redactor.policy)
    call = json.loads(record.write(redactor.redact_call(record.utterances)))
    assert call["turns"][1]["words"] == [{"text": "hello", "start": 0, "end": 1, "[PERSON]": 1}]
    assert (call["obi"], call["k"]) == ({"ada": 1}, {"obi": 1, "[PERSON]": 2})


@pytest.mark.parametrize("key", ["grace", "robin_note", "jordan", "summary", "deepgram", "agentName", "x-4"])
def test_names_of_fields_stay_unless_they_say_what_was_told(key: str) -> None:
    assert with_fields({key: "nothing at all"}) == {key: "nothing at all"}
    assert with_fields({"quill": "nothing at all"}) == {"[PERSON]": "nothing at all"}


@pytest.mark.parametrize("key", ["pin", "pin_at", "pin_start"])
@pytest.mark.parametrize("value", [4821, [4821], {"more": [{"pin": 4821}]}])
def test_a_short_number_behind_the_key_of_a_secret_is_hidden(key: str, value: Any) -> None:
    assert "4821" not in json.dumps(with_fields({key: value}))


def test_a_date_behind_the_key_of_a_secret_and_of_a_time_stays() -> None:
    fields = {"card_updated_at": "2027-03-01T10:00:00Z", "card_added_at": 1717171717, "seen_at": 4821}
    assert with_fields(fields) == fields
