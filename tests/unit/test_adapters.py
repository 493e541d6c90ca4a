"""Adapters of recognisers: their events in, the same events out, with nothing that a call hides."""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import re
from collections import Counter
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Any

import pytest

import format_samples
from ccredact import Policy, Redactor, StreamError
from ccredact.formats.base import Fault
from ccredact.formats.json.format import json_format
from ccredact.live import adapter
from ccredact.live.adapter import Kind
from ccredact.live.adapters import LIVE
from ccredact.live.desk import PATIENCE, Desk
from ccredact.live.limits import Outcome
from ccredact.live.pool import CallPool
from formats_support import leaks
from held import Clock
from wires import WIRES, assemblyai, deepgram, flux, openai, transcribe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from ccredact import Segment, Utterance
    from ccredact.live.adapter import Heard

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((SAMPLES / "canaries.json").read_text())
SAMPLES_OF_EVENTS = sorted(
    name for name, expected in EXPECTED.items() if expected["format"] in {table.name for table in LIVE.values()}
)
REDACTOR = Redactor()
CALL = [
    (0, "thank you for calling what is your name"),
    (1, "my name is Marion Okafor"),
    (0, "and the card number please"),
    (1, "it's 4242 4242"),
    (0, "mm-hmm"),
    (1, "4242 4242"),
    (0, "and your pin"),
    (1, "four four one seven"),
    (0, "that is all I need thank you very much"),
]
SECRETS = {"marion", "okafor", "4242", "seven"}


def test_an_event_leaves_nothing_for_the_collector() -> None:
    one, _, _ = desk("deepgram")

    def play(first: int) -> None:
        for number, (channel, text) in enumerate(CALL, first):
            words = text.split()
            for count in range(1, len(words) + 1):
                one.take(deepgram(number, channel, words[:count], is_final=count == len(words)))

    play(0)  # what is made once may leave some
    gc.collect()
    gc.disable()
    try:
        play(100)
        assert gc.collect() == 0
    finally:
        gc.enable()


def desk(name: str, clock: Clock | None = None, redactor: Redactor = REDACTOR) -> tuple[Desk[Any], CallPool, list[Any]]:
    out: list[Any] = []
    pool = CallPool(redactor, deliver=lambda given: out.extend(one.give(given)), clock=clock or Clock())
    one: Desk[Any] = Desk(adapter(name, policy=redactor.policy), pool)
    return one, pool, out


def replayed(name: str, events: Iterable[Any], redactor: Redactor = REDACTOR) -> list[Any]:
    """All that is given back of events, with what the end of the call releases."""
    one, pool, out = desk(name, redactor=redactor)
    for event in events:
        out += one.take(event)
    pool.close(cut=False)
    return out


def finals(name: str, events: Iterable[Any]) -> list[Utterance]:
    """The finals that events say, in their order."""
    reader = adapter(name)
    heard = [one for event in events for one in reader.read(event)]
    return [one.utterance for one in heard if one.utterance and one.kind is Kind.UTTERANCE and one.utterance.is_final]


def growing(make: Any, call: Sequence[tuple[int, str]], *, deltas: bool = False) -> list[Any]:
    """A call as a recogniser sends it: each utterance as interims that grow, and then as a final."""
    out = []
    for number, (channel, text) in enumerate(call):
        words = text.split()
        out += [make(number, channel, words[:count], is_final=False) for count in range(1, len(words) + deltas)]
        out.append(make(number, channel, words, is_final=True))
    return out


HELD = [WIRES["vosk"](number, 0, ["it", "is", *["4242"] * 2], is_final=True) for number in range(2)]


def test_a_final_behind_a_hand_over_is_no_other_one() -> None:
    """Each process counts the utterances that its recogniser gives no name by itself."""
    first, here, _ = desk("vosk")
    second, there, out = desk("vosk")
    assert [given for event in HELD for given in first.take(event)] == []
    (call,) = here
    key = bytes(32)
    assert there.import_call(call, here.export(call, key), key) is Outcome.TAKEN
    events = [WIRES["vosk"](number, 0, text.split(), is_final=True) for number, text in enumerate(["thank you", "bye"])]
    for event in events:
        out += second.take(event)
    there.close()
    assert out == events


@pytest.mark.parametrize("flush", [False, True])
def test_an_event_that_is_held_at_a_hand_over_is_counted_or_comes_hidden(*, flush: bool) -> None:
    one, pool, out = desk("vosk")
    for event in HELD:
        out += one.take(event)
    (call,) = pool
    data = pool.export(call, bytes(32), flush=flush)
    assert [event["text"] for event in out] == (["it is [CREDIT_CARD]"] * 2 if flush else [])
    assert pool.counts.get(Outcome.HANDED_OVER, 0) == (0 if flush else 2)
    assert pool.import_call(call, data, bytes(32)) is Outcome.TAKEN
    event = WIRES["vosk"](2, 0, ["thank", "you", "bye"], is_final=True)
    out.clear()
    out += one.take(event)  # it waits for none of those before
    pool.close()
    assert out == [event]


# -- every adapter -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
def test_a_call_comes_to_what_its_finals_are_in_one_piece(wire: str) -> None:
    name = wire.split(maxsplit=1)[0]
    events = growing(WIRES[wire], CALL, deltas=name == "openai")
    out = replayed(name, events)
    assert len(out) == len(events)
    said = finals(name, events)
    assert [one.text.split() for one in said] == [text.split() for _, text in CALL]
    expected = [segment.text for segment in REDACTOR.redact_call(said)]
    assert Counter(one.text for one in finals(name, out)) == Counter(expected)
    assert any("[PIN]" in text for text in expected)
    shown = " ".join(format_samples.parts("\n".join(map(json.dumps, out)))).lower()
    assert SECRETS & set(shown.replace(".", " ").split()) == set()


@pytest.mark.parametrize("form", [dict, str, bytes])
@pytest.mark.parametrize("wire", WIRES)
def test_an_event_that_waits_is_written_as_one_that_does_not(wire: str, form: type) -> None:
    name = wire.split(maxsplit=1)[0]
    texts = ["my card number is 4242 4242 4242 4242 thanks", "of course"]
    event, other = [
        made if form is dict else json.dumps(made) if form is str else json.dumps(made).encode()
        for number, text in enumerate(texts)
        if (made := WIRES[wire](number, number, text.split(), is_final=True))
    ]
    at_once, late = adapter(name, policy=REDACTOR.policy), adapter(name, policy=REDACTOR.policy)

    def segments(heard: Sequence[Heard]) -> list[Segment]:
        call = REDACTOR.stream()
        return [one for said in heard if said.utterance for one in call.push(said.utterance)] + call.close()

    heard = at_once.read(event)
    written = at_once.write(event, heard, segments(heard))
    assert "[CREDIT_CARD]" in str(written)
    waits = late.read(event)
    released = segments(waits)
    late.read(other)
    assert not any(one.utterance.words for one in waits if one.utterance)  # what was read is put away
    assert late.write(event, waits, released) == written


@pytest.mark.parametrize("wire", WIRES)
def test_where_nothing_is_hidden_events_come_back_as_they_came(wire: str) -> None:
    events = growing(WIRES[wire], [(0, "hello there and welcome"), (1, "hello to you")], deltas=wire == "openai")
    out = replayed(wire.split(maxsplit=1)[0], events)
    if wire == "openai":  # a piece is given back when its word is whole
        assert [event.get("transcript") for event in out] == [event.get("transcript") for event in events]
    else:
        assert out == events


@pytest.mark.parametrize("wire", WIRES)
def test_a_recognisers_own_events_are_read(wire: str) -> None:
    name = wire.split(maxsplit=1)[0]
    one, pool, _ = desk(name)
    for event in growing(WIRES[wire], CALL, deltas=name == "openai"):
        one.take(event)
    assert one.has_turns
    assert Outcome.UNREAD_EVENT not in pool.counts


@pytest.mark.parametrize(("wire", "name"), [("speechmatics", "genesys"), ("deepgram", "vosk"), ("vosk", "transcribe")])
def test_events_of_another_recogniser_are_given_back_counted_and_warned_of_once(
    wire: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    events = [WIRES[wire](number, 0, ["hello", "there"], is_final=True) for number in range(2 * PATIENCE)]
    one, pool, _ = desk(name)
    assert len([given for event in events for given in one.take(event)]) == len(events)
    assert pool.counts[Outcome.UNREAD_EVENT] == len(events)
    assert not one.has_turns
    one.end()
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("ccredact.live", "WARNING")
    assert f"{PATIENCE} hold text" in record.getMessage()
    assert "hello" not in caplog.text


def test_a_few_events_of_another_recogniser_are_warned_of_at_their_end(caplog: pytest.LogCaptureFixture) -> None:
    assert len(live("vosk", [deepgram(0, 0, ["hello", "there"], is_final=True)])) == 1
    assert len(caplog.records) == 1


@pytest.mark.parametrize("words", [[], ["hello", "there"]])
def test_what_a_recogniser_says_of_itself_is_counted_alone(words: list[str], caplog: pytest.LogCaptureFixture) -> None:
    told = {"type": "Warning", "description": "the sound is of poor quality"}
    one, pool, _ = desk("deepgram")
    for event in (told, deepgram(0, 0, words, is_final=True), *[told] * PATIENCE):
        one.take(event)
    one.end()
    assert pool.counts[Outcome.UNREAD_EVENT] == PATIENCE + 1
    assert caplog.records == []


def test_every_adapter_has_a_wire() -> None:
    assert LIVE.keys() - {wire.split()[0] for wire in WIRES} == {"deltas"}


@pytest.mark.parametrize("wire", WIRES)
def test_a_withheld_interim_is_no_event_and_finals_come(wire: str) -> None:
    name = wire.split(maxsplit=1)[0]
    redactor = Redactor(Policy(interim="withhold"))
    events = growing(WIRES[wire], CALL, deltas=name == "openai")
    out = replayed(name, events, redactor)
    assert len(finals(name, out)) == len(CALL)
    if name == "openai":  # a piece without a whole word is an event that says nothing
        out = [event for event in out if event.get("transcript", event.get("delta")).strip()]
    assert len(out) == len(CALL)


@pytest.mark.parametrize("name", SAMPLES_OF_EVENTS)
def test_a_sample_comes_back_with_its_fields_and_shows_no_secret(name: str) -> None:
    expected = EXPECTED[name]
    events = format_samples.events_of((SAMPLES / name).read_bytes())
    for number, event in enumerate(events):
        if isinstance(event, dict):
            event["number"] = number  # so that it is known again
    out = replayed(expected["format"], events)
    assert len(out) == len(events)
    known = json_format(LIVE[expected["format"].removesuffix("-live")])
    told: list[str] = []
    for after in out:
        before = events[after["number"] if isinstance(after, dict) else 0]
        told += changed(before, after, (), known)
    secrets = {word.casefold() for word in expected["secrets"]}
    shown = {part.casefold().strip(" .,?!") for text in told for part in text.split()}
    assert shown & secrets == set()
    assert told


def changed(before: Any, after: Any, path: tuple[Any, ...], known: Any) -> list[str]:
    """The strings of an event that came back; all else of it must be as it was, but for words that became one."""
    if isinstance(before, dict):
        assert isinstance(after, dict)
        inside = any(isinstance(step, int) for step in path)  # one word of several has not all of their members
        assert after.keys() <= before.keys() if inside else list(after) == list(before)
        return [text for key in after for text in changed(before[key], after[key], (*path, key), known)]
    if isinstance(before, list):
        assert isinstance(after, list)
        if len(after) == len(before):
            pairs = enumerate(zip(before, after, strict=True))
            return [text for at, (one, other) in pairs for text in changed(one, other, (*path, at), known)]
        assert len(after) < len(before)
        return list(format_samples.parts(json.dumps(after)))
    if isinstance(before, str) and not known.leaves(path):
        assert isinstance(after, str)
        return [after]
    assert before == after or any(isinstance(step, int) for step in path) or str(path[-1]).endswith("Char")
    return []


def test_nothing_that_is_planted_in_an_event_is_left(examples: int) -> None:
    results = format_samples.check(SAMPLES, canaries=max(500, min(examples, 20_000)), live=True)
    assert [(result.name, result.left) for result in results if result.failed] == []
    assert sum(result.counts["hidden"] for result in results) > 300


# -- what one recogniser does --------------------------------------------------------------------------------------


def test_a_turn_that_is_formatted_later_is_an_interim_until_then() -> None:
    first = assemblyai(1, 0, ["my", "pin", "is", "4417"], is_final=False) | {"end_of_turn": True}
    (shown, final) = replayed("assemblyai", [first, assemblyai(1, 0, ["My", "PIN", "is", "4417."], is_final=True)])
    assert shown["transcript"] == "my pin is \u2026"
    assert final["transcript"] == "My PIN is [PIN]."


def test_a_turn_that_is_never_formatted_is_final_at_the_deadline() -> None:
    clock = Clock()
    one, pool, out = desk("assemblyai", clock)
    out += one.take(assemblyai(1, 0, ["that", "is", "all"], is_final=False) | {"end_of_turn": True})
    clock.now = 1.5
    pool.tick()
    assert [event["transcript"] for event in out] == ["that is all"] * 2
    assert one.take(assemblyai(1, 0, ["That", "is", "all."], is_final=True)) == []
    assert pool.counts[Outcome.SECOND_FINAL] == 1


def test_a_turn_that_is_not_formatted_may_be_taken_for_what_was_said() -> None:
    event = assemblyai(1, 0, ["my", "pin", "is", "4417"], is_final=False) | {"end_of_turn": True}
    kinds = [one.kind for one in adapter("assemblyai", provisional=False).read(event)]
    assert kinds == [Kind.UTTERANCE]
    assert [one.kind for one in adapter("assemblyai").read(event)] == [Kind.PROVISIONAL]


def test_names_in_labels_have_one_number_in_a_call() -> None:
    events = [
        assemblyai(number, 0, ["hello"], is_final=True) | {"speaker_label": name}
        for number, name in enumerate(["Marion Okafor", "Ada Obi", "Marion Okafor", "agent"])
    ]
    labels = [event["speaker_label"] for event in replayed("assemblyai", events)]
    assert labels == ["[PERSON_1]", "[PERSON_2]", "[PERSON_1]", "agent"]


def test_an_end_of_turn_may_be_withdrawn() -> None:
    eager = flux(1, 0, ["my", "pin", "is", "44"], is_final=False) | {"event": "EagerEndOfTurn"}
    resumed = flux(1, 0, ["my", "pin", "is", "4417"], is_final=False) | {"event": "TurnResumed"}
    out = replayed("deepgram-flux", [eager, resumed, flux(1, 0, ["my", "pin", "is", "4417"], is_final=True)])
    assert [event["transcript"] for event in out] == ["my pin is \u2026"] * 2 + ["my pin is [PIN]"]


def test_pieces_that_are_put_behind_each_other_say_the_beginning_of_what_is_shown() -> None:
    events = growing(openai, CALL, deltas=True)
    out = replayed("openai", events)
    for number in range(len(CALL)):
        mine = [event for event in out if event["item_id"] == f"item_{number}"]
        pieces = "".join(event["delta"] for event in mine if "delta" in event).strip()
        (whole,) = [event["transcript"] for event in mine if "transcript" in event]
        assert whole.startswith(pieces)
        assert pieces or number


def test_pieces_that_are_said_for_good_cut_no_word() -> None:
    text = " ".join(text for _, text in CALL)
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    events: list[dict[str, Any]] = [{"call": 1, "delta": piece} for piece in pieces]
    out = replayed("deltas", [*events, {"call": 1, "close": True}])
    assert len(out) == len(events) + 1
    shown = "".join(event["delta"] for event in out)
    assert SECRETS & set(shown.lower().split()) == set()
    assert shown.startswith("thank you for calling what is your name my name is [PERSON]")
    assert shown.endswith("thank you very much")


def live(name: str, events: Iterable[Any]) -> list[Any]:
    """All that `redactor.live` gives back of events."""

    async def coming() -> AsyncIterator[Any]:
        for event in events:
            yield event

    async def given() -> list[Any]:
        return [event async for event in REDACTOR.live(coming(), adapter=name)]

    return asyncio.run(given())


def test_the_last_word_of_a_call_without_an_end_comes_too() -> None:
    two = [
        {"call": 1, "delta": "hello there my frie", "channel": "a", "speaker": "caller", "number": 1},
        {"call": 2, "delta": "good"},
        {"call": 1, "delta": "nd", "channel": "a", "speaker": "caller", "number": 2},
        {"call": 1, "delta": "oh I see", "channel": "b"},
    ]
    *first, one, other, last = live("deltas", two)
    assert len(first) == len(two)
    assert one == {"call": 1, "channel": "a", "speaker": "caller", "delta": "friend"}
    assert other == {"call": 1, "channel": "b", "delta": "see"}
    assert last == {"call": 2, "delta": "good"}
    assert "".join(event["delta"] for event in first if event["call"] == 1) == "hello there my oh I "


def test_the_last_word_is_redacted_and_comes_as_the_events_do() -> None:
    out = live("deltas", [b'{"call": 1, "delta": "my pin is 48"}', b'{"call": 1, "delta": "21"}'])
    assert all(isinstance(event, bytes) for event in out)
    assert "".join(json.loads(event)["delta"] for event in out) == "my pin is [PIN]"
    assert live("deltas", [{"call": 1, "delta": "that is "}, {"call": 1, "delta": "all "}])[-1]["delta"] == "all "


def test_the_last_word_of_a_call_that_was_evicted_is_counted() -> None:
    clock = Clock()
    one, pool, _ = desk("deltas", clock)
    one.take({"call": 1, "delta": "hello there my friend"})
    clock.now = 601.0
    pool.tick()
    assert len(pool) == 0
    assert one.end() == []
    assert pool.counts[Outcome.CLOSED_CALL] == 1
    assert one.end() == []


@pytest.mark.parametrize("last", ["bye ", "by"])
def test_pieces_come_in_their_order_and_the_end_comes_last(last: str) -> None:
    pieces = ["my pin is 4821, ", "thanks ", last]
    events: list[dict[str, Any]] = [{"call": 1, "delta": piece} for piece in pieces]
    out = replayed("deltas", [*events, {"call": 1, "close": True}])
    assert "".join(event["delta"] for event in out) == "my pin is [PIN], thanks " + last
    assert [event.get("close") for event in out] == [None, None, None, True]


def test_pieces_of_two_channels_end_before_their_call_does() -> None:
    said = [("a", "my pin is 4821, "), ("b", "I see "), ("a", "than"), ("b", "soon")]
    events: list[dict[str, Any]] = [{"call": 1, "channel": channel, "delta": piece} for channel, piece in said]
    out = replayed("deltas", [*events, {"call": 1, "close": True}])
    assert out[-1]["delta"].split() == ["than", "soon"]
    assert [event["delta"] for event in out[:-1] if event["delta"]] == ["my pin is [PIN], ", "I see "]


def test_finals_of_a_channel_come_in_their_order_and_wait_for_no_other_channel() -> None:
    clock = Clock()
    one, pool, out = desk("deepgram", clock)
    for number, (channel, text) in enumerate([(0, "my pin is 4821"), (0, "thanks"), (1, "right"), (0, "bye")]):
        out += one.take(deepgram(number, channel, text.split(), is_final=True))
    assert [said.text for said in finals("deepgram", out)] == ["right"]
    clock.now = 1.5
    pool.tick()
    assert [said.text for said in finals("deepgram", out)] == ["right", "my pin is [PIN]", "thanks", "bye"]


def test_a_final_that_is_refused_lets_none_wait() -> None:
    one, pool, out = desk("deepgram")
    for number in (0, 0, 1):
        out += one.take(deepgram(number, 0, ["hello"], is_final=True))
    assert len(out) == 2
    assert pool.counts[Outcome.SECOND_FINAL] == 1


def test_a_call_that_an_event_ends_is_over() -> None:
    one, pool, _ = desk("deepgram")
    one.take(deepgram(0, 0, ["hello"], is_final=True))
    assert list(pool) == ["r-1"]
    end = {"type": "Metadata", "request_id": "r-1", "duration": 1.5}
    assert one.take(end) == [end]
    assert len(pool) == 0


def test_fields_are_redacted_with_what_was_told() -> None:
    said = deepgram(0, 0, "my name is Marion Okafor".split(), is_final=True) | {"note": "Okafor"}
    (out,) = replayed("deepgram", [said])
    assert out["note"] == "[PERSON]"


ANSWERS = [
    ("your pin is", "44", "44"),
    ("password please", "marigold underscore 77", "marigold underscore 77"),
    ("password please", "marigold underscore 77", "underscore"),
    ("how old is she", "nine", "nine"),
    ("and your postcode", "S E one five four R J", "one five four"),
]


@pytest.mark.parametrize(("question", "answer", "content"), ANSWERS)
def test_an_entity_shows_nothing_that_its_turn_hides(question: str, answer: str, content: str) -> None:
    said = transcribe(1, 1, answer.split(), is_final=True)
    alternative = said["Transcript"]["Results"][0]["Alternatives"][0]
    alternative["Entities"] = [{"Category": "PII", "Type": "X", "Content": content}]
    alternative["heard"] = {"again": f"the caller says: {answer}"}
    _, out = replayed("transcribe", [transcribe(0, 0, question.split(), is_final=True), said])
    shown = out["Transcript"]["Results"][0]["Alternatives"][0]
    assert shown["Entities"][0]["Content"] == shown["Transcript"]
    assert shown["heard"]["again"] == f"the caller says: {shown['Transcript']}"


def test_paragraphs_of_an_event_are_its_turn() -> None:
    said = deepgram(1, 1, "seven three one".split(), is_final=True)
    said["channel"]["alternatives"][0]["paragraphs"] = {
        "transcript": "\nSpeaker 1: seven three one",
        "paragraphs": [{"sentences": [{"text": "seven three one"}]}],
    }
    _, out = replayed("deepgram", [deepgram(0, 0, "and the three on the back".split(), is_final=True), said])
    shown = out["channel"]["alternatives"][0]
    assert shown["transcript"] == "[CREDIT_CARD_CVV]"
    assert shown["paragraphs"] == {
        "transcript": "\nSpeaker 1: [CREDIT_CARD_CVV]",
        "paragraphs": [{"sentences": [{"text": "[CREDIT_CARD_CVV]"}]}],
    }


def test_words_of_an_event_show_nothing_that_its_text_does_not_say() -> None:
    said = {"text": "my password", "result": [{"word": "is"}, {"word": "marigold"}]}
    (out,) = replayed("vosk", [said])
    assert (out["text"], [one["word"] for one in out["result"]]) == ("my password", ["my password"])


def test_a_mark_among_words_that_say_something_else_is_no_word() -> None:
    said = transcribe(0, 0, "call me on Monday".split(), is_final=True)
    alternative = said["Transcript"]["Results"][0]["Alternatives"][0]
    alternative["Items"][3]["Content"] = "marigold"
    alternative["Items"].append({"Type": "punctuation", "Content": "."})
    (out,) = replayed("transcribe", [said])
    items = out["Transcript"]["Results"][0]["Alternatives"][0]["Items"]
    assert "marigold" not in json.dumps(items)
    assert [one["Content"] for one in items][:3] == ["call", "me", "on"]


@pytest.mark.parametrize("ahead", [1, 2])
def test_words_that_are_ahead_of_their_text_are_not_shown(ahead: int) -> None:
    words = "call me on Monday marigold seventy".split()
    said = assemblyai(0, 0, words, is_final=False)
    said["transcript"] = " ".join(words[:-ahead])
    (out, *_) = replayed("assemblyai", [said])
    assert not set(words[-ahead:]) & {one["text"] for one in out["words"]}


def test_a_field_shows_no_word_that_an_interim_does_not_show_yet() -> None:
    said = deepgram(0, 0, "my password is marigold".split(), is_final=False) | {"note": "marigold"}
    out = replayed("deepgram", [said])
    assert out[0]["channel"]["alternatives"][0]["transcript"] == "my password is …"
    assert out[0]["note"] == "…"


def test_a_name_of_a_field_changes_only_for_what_was_told() -> None:
    first = deepgram(0, 0, "thanks Marion bye".split(), is_final=True)
    keys = {"paragraphs": {"x": "thanks"}, "password": "marigold", "rawPassword": "marigold"}
    (out, again) = replayed(
        "deepgram", [first | keys, deepgram(1, 0, ["bye"], is_final=True) | {"Marion": "hello"} | keys]
    )
    assert set(out) == set(first | keys)
    assert set(again) == {*first, *keys, "[PERSON]"}
    assert not {"marigold", "Marion"} & set(re.findall(r"\w+", json.dumps([out, again])))


# -- every form of event -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [str, str.encode])
def test_an_event_comes_back_in_the_form_in_which_it_came(form: Any) -> None:
    events = growing(deepgram, CALL)
    out = replayed("deepgram", [form(json.dumps(event)) for event in events])
    assert [type(event) for event in out] == [type(form("")) for _ in events]
    assert [json.loads(event) for event in out] == replayed("deepgram", events)


class Item:
    """An object of a recogniser's library: plain fields, made by more than these."""

    def __init__(self, **fields: Any) -> None:
        vars(self).update(fields)


def test_an_object_comes_back_as_one() -> None:
    best: Any = Item(transcript="my pin is 4417", words=[])
    event = Item(channel=Item(alternatives=[best]), channel_index=[0, 1], start=0.5, is_final=True)
    (out,) = replayed("deepgram", [event])
    assert (type(out), type(out.channel.alternatives[0])) == (Item, Item)
    assert out.channel.alternatives[0].transcript == "my pin is [PIN]"
    assert best.transcript == "my pin is 4417"


def test_a_model_that_is_frozen_comes_back_as_one() -> None:
    pydantic = pytest.importorskip("pydantic", reason="needs pydantic, which the extras bring")
    config = pydantic.ConfigDict(frozen=True, extra="allow")
    word = pydantic.create_model("word", __config__=config, word=(str, ...), confidence=(float, ...))
    best = pydantic.create_model(
        "best", __config__=config, transcript=(str, ...), words=(GenericAlias(list, word), ...)
    )
    channel = pydantic.create_model("channel", __config__=config, alternatives=(GenericAlias(list, best), ...))
    model = pydantic.create_model("model", __config__=config, channel=(channel, ...), channel_index=(list[int], ...))
    event = deepgram(1, 0, "my pin is 4417".split(), is_final=True)
    for one in event["channel"]["alternatives"][0]["words"]:
        one["confidence"] = 0.9
    (out,) = replayed("deepgram", [model.model_validate(event)])
    heard = out.channel.alternatives[0]
    assert (type(out), type(heard)) == (model, best)
    assert (heard.transcript, heard.words[3].word, heard.words[3].confidence) == ("my pin is [PIN]", "[PIN]", None)
    assert (out.start, out.metadata) == (1.5, {"request_id": "r-1"})


@pytest.mark.extras
def test_events_of_deepgrams_library_come_back_as_such() -> None:
    types = pytest.importorskip("deepgram.listen.v1.types", reason="needs deepgram-sdk, as `.ci/run --extras` has it")
    made = importlib.import_module("deepgram.core.unchecked_base_model").construct_type
    event = json.loads((SAMPLES / "deepgram/live.json").read_text())
    (out,) = replayed("deepgram", [made(type_=types.ListenV1Results, object_=event)])
    assert isinstance(out, types.ListenV1Results)
    assert out.channel.alternatives[0].transcript == "Yes, my name is [PERSON]."


def test_events_of_amazons_library_come_back_as_such() -> None:
    def items(*words: str) -> list[Item]:
        return [Item(start_time=0.1, end_time=0.2, item_type="pronunciation", content=word) for word in words]

    best = Item(transcript="my pin is 4417", items=items("my", "pin", "is", "4417"), entities=[Item(content="4417")])
    event = Item(transcript=Item(results=[
        Item(result_id="r", start_time=0.1, end_time=0.9, is_partial=False, alternatives=[best], channel_id="ch_0"),
    ]))  # fmt: skip
    (out,) = replayed("transcribe", [event])
    heard = out.transcript.results[0].alternatives[0]
    assert (heard.transcript, heard.items[3].content, heard.entities[0].content) == (
        "my pin is [PIN]",
        "[PIN]",
        "[PIN]",
    )


# -- names, errors, streams ----------------------------------------------------------------------------------------


def test_an_adapter_is_known_by_the_name_of_its_format_too() -> None:
    assert type(adapter("deepgram")) is type(adapter("deepgram-live"))
    with pytest.raises(StreamError, match="the nearest is deepgram"):
        adapter("depgram")


def test_events_that_name_no_call_are_of_the_one_that_is_told() -> None:
    assert [one.call for one in adapter("vosk").read({"text": "hello"})] == ["call"]
    assert [one.call for one in adapter("vosk", call=7).read({"text": "hello"})] == [7]


@pytest.mark.parametrize("event", ["{broken Okafor", "7", b"\xff", '"Okafor"', object(), 7, None])
def test_what_is_no_event_is_counted(event: Any) -> None:
    one, pool, _ = desk("deepgram")
    assert one.take_any(event) == []
    assert pool.counts[Outcome.BROKEN_EVENT] == 1


def test_an_error_holds_no_text() -> None:
    with pytest.raises(Fault) as caught:
        adapter("deepgram").read({"channel": {"alternatives": [{"transcript": ["Okafor"]}]}})
    assert leaks(caught.value, "no such text") == []
    assert "Okafor" not in str(caught.value)


def test_a_stream_takes_the_name_of_an_adapter() -> None:
    async def events() -> AsyncIterator[Any]:
        for event in growing(deepgram, CALL):
            yield event

    async def collect() -> list[Any]:
        return [event async for event in REDACTOR.live(events(), adapter="deepgram")]

    out = asyncio.run(collect())
    assert Counter(map(json.dumps, out)) == Counter(map(json.dumps, replayed("deepgram", growing(deepgram, CALL))))
    with pytest.raises(StreamError):
        REDACTOR.live(events(), adapter="no such")
