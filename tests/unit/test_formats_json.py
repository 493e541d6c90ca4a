"""The machine for formats of JSON: what is hidden in a turn is hidden in everything that repeats it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from ccredact import FormatError, Policy, Redactor
from ccredact.formats import FORMATS, detect_format, get_format
from ccredact.formats.json.format import JsonFormat
from formats_support import dumped, leaks, read, rewritten, segments

CARD = "[CREDIT_CARD]"
RUN = "4242 4242"
FULL = Redactor()


def hide(name: str, document: object, *hidden: tuple[int, str], replacement: str = CARD) -> Any:
    """A document with some texts of its turns hidden, read as JSON."""
    made = [(number, target, "CREDIT_CARD", replacement) for number, target in hidden]
    return json.loads(rewritten(name, dumped(document), *made))


def redacted(name: str, document: object, policy: Policy | None = None) -> Any:
    """A document redacted by the policy full."""
    redactor = FULL if policy is None else Redactor(policy)
    (record,) = FORMATS[name].read(io.BytesIO(dumped(document)), source="call", policy=redactor.policy)
    return json.loads(record.write(redactor.redact_call(record.utterances, names=record.names)))


def seconds(words: str, key: str = "word", **more: Any) -> list[dict[str, Any]]:
    """Words half a second apart."""
    return [{key: word, "start": n / 2, "end": n / 2 + 0.4, **more} for n, word in enumerate(words.split())]


# --- Deepgram: utterances, words twice, paragraphs, entities by the numbers of words

SPOKEN = "It's 4242 4242, okay. Bye."


def deepgram() -> dict[str, Any]:
    words = [
        {**word, "word": word["word"].lower().strip(",."), "punctuated_word": word["word"], "confidence": 0.9}
        for word in seconds(SPOKEN)
    ]
    paragraphs = {
        "transcript": f"\nSpeaker 0: {SPOKEN}",
        "paragraphs": [
            {"num_words": 5, "sentences": [{"text": "It's 4242 4242, okay.", "start": 0.0}, {"text": "Bye."}]}
        ],
    }
    entities = [{"label": "CARD", "value": " 4242 4242", "start_word": 1, "end_word": 3},
                {"label": "WORD", "value": "bye", "start_word": 4, "end_word": 5}]  # fmt: skip
    best = {"transcript": SPOKEN, "words": words, "paragraphs": paragraphs, "entities": entities}
    utterances = [{"id": "u1", "start": 0.0, "end": 2.4, "speaker": 0, "transcript": SPOKEN, "words": words}]
    return {
        "metadata": {"request_id": "r"},
        "results": {"channels": [{"alternatives": [best]}], "utterances": utterances},
    }


def test_a_hidden_run_is_gone_from_every_copy_of_the_words() -> None:
    after = hide("deepgram", deepgram(), (0, RUN))["results"]
    best = after["channels"][0]["alternatives"][0]
    said = "It's [CREDIT_CARD], okay. Bye."
    assert best["transcript"] == after["utterances"][0]["transcript"] == said
    assert best["paragraphs"]["transcript"] == f"\nSpeaker 0: {said}"
    assert [one["text"] for one in best["paragraphs"]["paragraphs"][0]["sentences"]] == [said[:-5], "Bye."]
    assert [word["punctuated_word"] for word in best["words"]] == said.split()
    assert best["words"][1] == {"word": f"{CARD},", "start": 0.5, "end": 1.4, "punctuated_word": f"{CARD},"}
    assert best["words"] == after["utterances"][0]["words"]


def test_what_counts_words_moves_with_them() -> None:
    best = hide("deepgram", deepgram(), (0, RUN))["results"]["channels"][0]["alternatives"][0]
    assert best["paragraphs"]["paragraphs"][0]["num_words"] == 4
    assert [(one["start_word"], one["end_word"]) for one in best["entities"]] == [(1, 2), (3, 4)]


def test_other_fields_are_examined_with_what_was_told() -> None:
    document = deepgram()
    document["results"]["utterances"][0]["transcript"] = "the card is 4242 4242 4242 4242"
    document["results"]["utterances"][0]["words"] = seconds("the card is 4242 4242 4242 4242")
    document["results"]["summary"] = {"short": "Reads out 4242424242424242."}
    document["metadata"]["tags"] = ["4242424242424242", "queue"]
    document["metadata"]["4242424242424242"] = 4242424242424242
    after = redacted("deepgram", document)
    assert "4242424242424242" not in json.dumps(after)
    assert after["metadata"]["request_id"] == "r"
    assert after["metadata"]["tags"][1] == "queue"


# --- Azure: the display, lexical, ITN and masked forms differ


def azure() -> dict[str, Any]:
    lexical = "it's four two four two okay"
    words = [
        {"word": word, "offset": f"PT{n}S", "duration": "PT0.5S"}
        | {"offsetInTicks": n * 10_000_000.0, "durationInTicks": 5_000_000.0}
        for n, word in enumerate(lexical.split())
    ]
    best = {"lexical": lexical, "itn": "it's 4242 okay", "maskedITN": "it's 4242 okay", "display": "It's 4242, okay.",
            "words": words}  # fmt: skip
    phrase = {"recognitionStatus": "Success", "speaker": 1, "offset": "PT0S", "nBest": [best]}
    whole = {key: best[key] for key in ("lexical", "itn", "maskedITN", "display")}
    return {"source": "https://example.com/a.wav", "combinedRecognizedPhrases": [whole], "recognizedPhrases": [phrase]}


def test_other_forms_are_hidden_where_they_stand_for_what_is_hidden() -> None:
    after = hide("azure", azure(), (0, "4242"))
    best = after["recognizedPhrases"][0]["nBest"][0]
    for forms in (best, after["combinedRecognizedPhrases"][0]):
        assert forms["lexical"] == "it's [CREDIT_CARD] okay"
        assert forms["itn"] == forms["maskedITN"] == "it's [CREDIT_CARD] okay"
        assert forms["display"] == "It's [CREDIT_CARD], okay."
    assert [word["word"] for word in best["words"]] == ["it's", CARD, "okay"]


def test_a_hidden_run_has_the_length_of_all_its_words() -> None:
    word = hide("azure", azure(), (0, "4242"))["recognizedPhrases"][0]["nBest"][0]["words"][1]
    assert (word["offset"], word["duration"]) == ("PT1S", "PT3.5S")
    assert (word["offsetInTicks"], word["durationInTicks"]) == (10_000_000.0, 35_000_000.0)


# --- Whisper: token ids, spaces in front of words, words without times


def test_tokens_of_a_changed_segment_are_emptied() -> None:
    words = [{"word": f" {word}", "start": n, "end": n + 1} for n, word in enumerate("is 4242 4242 ok".split())]
    segments_ = [
        {"id": 0, "text": " is 4242 4242 ok", "tokens": [1, 2, 3], "words": words},
        {"id": 1, "text": " bye", "tokens": [4]},
    ]
    after = hide("whisper", {"text": " is 4242 4242 ok bye", "segments": segments_}, (0, RUN))
    assert after["text"] == " is [CREDIT_CARD] ok bye"
    assert [segment["tokens"] for segment in after["segments"]] == [[], [4]]
    assert [word["word"] for word in after["segments"][0]["words"]] == [" is", f" {CARD}", " ok"]


def test_a_run_takes_the_times_that_its_words_have() -> None:
    words = [{"word": "is", "start": 0.0, "end": 0.4, "score": 0.9}, {"word": "4242"},
             {"word": "4242", "start": 1.0, "end": 1.4}, {"word": "ok", "start": 1.5, "end": 1.9}]  # fmt: skip
    document = {"segments": [{"start": 0.0, "text": "is 4242 4242 ok", "words": words}], "word_segments": words}
    after = hide("whisperx", document, (0, RUN))
    assert after["segments"][0]["words"] == after["word_segments"]
    assert [word["word"] for word in after["word_segments"]] == ["is", CARD, "ok"]
    assert "4242" not in json.dumps(after)


# --- Call Analytics: places of characters


@pytest.mark.parametrize(
    ("given", "expected"),
    [((0, 4), (0, 4)), ((5, 14), (5, 18)), ((7, 9), (5, 18)), ((15, 19), (19, 23)), ((0, 19), (0, 23))],
)
def test_offsets_of_characters_move(given: tuple[int, int], expected: tuple[int, int]) -> None:
    issue = {"CharacterOffsets": {"Begin": given[0], "End": given[1]}}
    turn = {"Id": "t", "ParticipantRole": "CUSTOMER", "BeginOffsetMillis": 0, "Items": [], "IssuesDetected": [issue]}
    turn["Content"] = "It's 4242 4242 okay"
    after = hide("call-analytics", {"Participants": [], "Transcript": [turn]}, (0, RUN))["Transcript"][0]
    assert after["Content"] == "It's [CREDIT_CARD] okay"
    assert tuple(after["IssuesDetected"][0]["CharacterOffsets"].values()) == expected


# --- speakers and fields that are left


def test_a_name_of_a_speaker_is_numbered_wherever_it_stands() -> None:
    words = seconds("hello there", "text", speaker="Ada Obi")
    utterance = {"text": "hello there", "start": 0, "speaker": "Ada Obi", "words": words}
    document = {"id": "1", "status": "completed", "audio_url": "x", "text": "hello there", "utterances": [utterance]}
    after = redacted("assemblyai", document)["utterances"][0]
    assert [after["speaker"], *(word["speaker"] for word in after["words"])] == ["[PERSON_1]"] * 3
    kept = redacted("assemblyai", document, Policy.from_dict({"speakers": "keep"}))
    assert kept["utterances"][0]["speaker"] == "Ada Obi"


@pytest.mark.parametrize("label", [4242424242424242, 4242424242424242.0])
def test_a_number_of_a_card_in_place_of_a_speaker_of_words_is_hidden(label: float) -> None:
    words = seconds("hello there", "text", speaker="A")
    words[1]["speaker"] = label
    utterance = {"text": "hello there", "start": 0, "speaker": "A", "words": words}
    document = {"id": "1", "status": "completed", "audio_url": "x", "text": "hello there", "utterances": [utterance]}
    after = redacted("assemblyai", document)["utterances"][0]["words"]
    assert after[0]["speaker"] == "A"
    assert "4242" not in str(after)


def test_fields_that_a_policy_leaves_stay_in_every_format() -> None:
    document = deepgram() | {"ticket": {"pin": "4242424242424242"}}
    policy = Policy.from_dict({"leave": ["ticket"]})
    assert redacted("deepgram", document, policy)["ticket"] == document["ticket"]
    assert redacted("deepgram", document)["ticket"] != document["ticket"]


# --- what was told, where nothing is examined

TOLD = "card 4242 4242 4242 4242, expiry 09 28, code 731, pin 8263"


def beside(**members: Any) -> dict[str, Any]:
    """What becomes of members beside turns in which a card and its codes are told."""
    turn = {"speaker": "caller", "text": TOLD, "words": seconds(TOLD, "text")}
    after: dict[str, Any] = redacted("jsonl", {"id": "c", "turns": [turn], **members})
    del after["turns"]
    return after


@pytest.mark.parametrize(
    ("key", "value", "label"),
    [
        ("pin", 8263, "PIN"),
        ("x", 8263, "PIN"),
        ("id", "8263", "PIN"),
        ("exp", 928, "CREDIT_CARD_EXPIRY"),
        ("exp", "09/28", "CREDIT_CARD_EXPIRY"),
        ("code", 731, "CREDIT_CARD_CVV"),
        ("paid_at", 4242424242424242, "CREDIT_CARD"),
        ("start", "4242424242424242", "CREDIT_CARD"),
        ("confidence", 0.4242424242424242, "CREDIT_CARD"),
    ],
)
def test_a_value_that_was_told_is_hidden_in_every_field(key: str, value: Any, label: str) -> None:
    assert beside(**{key: value})[key] == f"[{label}]"


@pytest.mark.parametrize(
    ("key", "value"),
    [("start", 731), ("duration_ms", 8263), ("confidence", 0.8263), ("x", 8264), ("x", 18263), ("id", "a-8263b"),
     ("x", True), ("x", ["4", "2"]), ("offsets", [7, 3, 1]), ("confidence", 0.4929123456789013)],
)  # fmt: skip
def test_a_number_that_is_another_stays(key: str, value: Any) -> None:
    assert beside(**{key: value})[key] == value


def test_a_short_value_is_hidden_beside_a_long_one_in_a_number() -> None:
    assert beside(long=4242424242424242, x=8263) == {"id": "c", "long": CARD, "x": "[PIN]"}


def test_a_value_is_found_in_one_member_of_words_that_are_not_alike() -> None:
    values = [True, "a", None, 8263, 0.5, "8263", ["b"], [8263], {"n": 8263}, 8264]
    text = "so that is all there is to say I think"
    words = [{"text": word, "n": value} for word, value in zip(text.split(), values, strict=True)]
    turns = [{"speaker": "caller", "text": TOLD}, {"speaker": "caller", "text": text, "words": words}]
    after = redacted("jsonl", {"id": "c", "turns": turns})["turns"][1]["words"]
    shown = [True, "a", None, "[PIN]", 0.5, "[PIN]", ["b"], ["[PIN]"], {"n": "[PIN]"}, 8264]
    assert [word["n"] for word in after] == shown


def test_speakers_of_words_are_numbered_in_the_order_in_which_they_speak() -> None:
    names = ["Wilhelmina Obi", "Marion Okafor", "Ottoline Marchbanks", "Tobias Quillfeather", "Ines Ravenscroft"]
    words = [{"text": "hello", "start": n, "end": n + 1, "speaker": name} for n, name in enumerate(names)]
    document = {"id": "1", "status": "completed", "audio_url": "x.wav", "text": " ".join(["hello"] * 5), "words": words}
    after = redacted("assemblyai", document)
    assert [word["speaker"] for word in after["words"]] == [f"[PERSON_{n}]" for n in range(1, 6)]


def test_a_value_inside_a_number_with_more_digits_than_a_float_has_is_hidden() -> None:
    data = dumped({"id": "c", "turns": [{"speaker": "caller", "text": TOLD}], "ratio": 0.5})
    data = data.replace(b"0.5", b"0.10424242424242424242")
    (record,) = FORMATS["jsonl"].read(io.BytesIO(data), source="call", policy=FULL.policy)
    assert json.loads(record.write(FULL.redact_call(record.utterances)))["ratio"] == CARD


@pytest.mark.parametrize("value", [list("4242424242424242"), [4, 2] * 8, ["4242"] * 4, ["4242", 4242, "42424242"]])
def test_a_list_of_the_characters_of_a_value_is_hidden(value: list[Any]) -> None:
    assert beside(digits=value)["digits"] == [CARD]
    assert beside(deep={"a": [{"b": value}]})["deep"]["a"][0]["b"] == [CARD]


def test_a_value_that_was_told_in_words_is_hidden_as_a_number() -> None:
    turn = {"speaker": "caller", "text": "my pin is eight two six three"}
    assert redacted("jsonl", {"id": "c", "turns": [turn], "x": 8263})["x"] == "[PIN]"


@pytest.mark.parametrize(
    ("place", "expected"),
    [("wilhelmina-obi.wav", "[PERSON].wav"), ("s3/WilhelminaObi/1", "s3/[PERSON]/1"), ("Wilhelminas", "Wilhelminas")],
)
def test_a_name_that_was_told_is_hidden_in_names_of_files(place: str, expected: str) -> None:
    text = "my name is Wilhelmina Obi"
    document = {"id": "1", "status": "completed", "audio_url": place, "text": text, "words": seconds(text, "text")}
    after = redacted("assemblyai", document)
    assert after["text"] == "my name is [PERSON]"
    assert after["audio_url"] == expected


def test_times_of_words_never_change() -> None:
    words = [{"text": word, "start": 731, "end": 8263} for word in "my pin is 8263 and code 731".split()]
    text = " ".join(str(word["text"]) for word in words)
    after = redacted("jsonl", {"id": "c", "turns": [{"speaker": "caller", "text": text, "words": words}]})
    assert "8263" not in after["turns"][0]["text"]
    assert {(word["start"], word["end"]) for word in after["turns"][0]["words"]} == {(731, 8263)}


def test_times_of_words_that_are_objects_never_change() -> None:
    text = "my phone is 424242424 ok"
    times = {"startTime": {"seconds": 8263, "nanos": 424242424}, "endTime": {"seconds": 8263, "nanos": 424242424}}
    words = [{"word": word, "confidence": 0.5, **times} for word in text.split()]
    document = {"results": [{"alternatives": [{"transcript": text, "words": words}], "languageCode": "en-gb"}]}
    data = rewritten("google", dumped(document), (0, "424242424", "PHONE", "[PHONE]"))
    after = json.loads(data)["results"][0]["alternatives"][0]
    assert after["transcript"] == "my phone is [PHONE] ok"
    assert [(word["startTime"], word["endTime"]) for word in after["words"]] == [tuple(times.values())] * 5


def test_a_field_that_is_left_keeps_what_was_told() -> None:
    turn = {"speaker": "caller", "text": TOLD, "words": [{"text": word, "n": 8263} for word in TOLD.split()]}
    document = {"id": "c", "turns": [turn], "ticket": {"x": [8263], "y": "8263"}, "n": 8263, "m": 8263}
    after = redacted("jsonl", document, Policy.from_dict({"leave": ["ticket", "n"]}))
    assert (after["ticket"], after["n"], after["m"]) == (document["ticket"], 8263, "[PIN]")
    assert after["turns"][0]["words"][0]["n"] == 8263


@pytest.mark.parametrize("key", ["pin", "cvv", "cardCvc", "ssn", "user_password"])
def test_a_short_number_behind_the_name_of_a_secret_is_asked_about(key: str) -> None:
    value = 123456789 if key == "ssn" else 731 if key.lower().endswith(("cvv", "cvc")) else 8263
    turns = [{"speaker": "caller", "text": "hello there"}]
    after = redacted("jsonl", {"id": "c", "turns": turns, key: value, "queue": value})
    assert str(value) not in str(after[key])


def test_json_in_a_string_stays_json_with_only_its_secrets_hidden() -> None:
    inner = json.dumps({"pin": "8263", "queue": 3, "more": json.dumps({"pin": "8263", "n": [1, None]})})
    after = redacted("jsonl", {"id": "c", "turns": [], "crm": inner, "broken": '{"queue": 3'})
    crm = json.loads(after["crm"])
    assert (crm["pin"], crm["queue"]) == ("[PIN]", 3)
    assert json.loads(crm["more"]) == {"pin": "[PIN]", "n": [1, None]}
    assert after["broken"] == '{"queue": 3'


# --- logs and lists of documents


def event(text: str, start: float, *, is_final: bool) -> dict[str, Any]:
    return {"type": "Results", "channel_index": [0, 1], "start": start, "is_final": is_final,
            "channel": {"alternatives": [{"transcript": text, "words": seconds(text)}]}}  # fmt: skip


EVENTS = [
    event("my card is forty", 0.0, is_final=False),
    event("my card is 4242 4242", 0.0, is_final=True),
    event("4242 4242 thanks", 3.0, is_final=True),
    {"type": "UtteranceEnd", "channel": [0, 1], "last_word_end": 4.0},
]
LOG = b"".join(json.dumps(one).encode() + b"\n" for one in EVENTS)


def test_the_events_of_a_log_are_one_call_and_an_interim_is_no_turn() -> None:
    assert detect_format(LOG, source="log").name == "deepgram-live"
    (record,) = read("deepgram-live", LOG)
    assert [turn.text for turn in record.turns] == ["my card is 4242 4242", "4242 4242 thanks"]
    assert [mark.is_final for mark in record.marks] == [True, True]
    assert record.write(segments(record.utterances)) == LOG
    hidden = [(0, RUN, "CREDIT_CARD", CARD), (1, RUN, "CREDIT_CARD", CARD)]
    lines = [json.loads(line) for line in record.write(segments(record.utterances, hidden)).splitlines()]
    said = [line["channel"]["alternatives"][0]["transcript"] for line in lines[:3]]
    assert said == [f"my card is {CARD}", f"my card is {CARD}", f"{CARD} thanks"]


def test_an_event_by_itself_says_what_it_is() -> None:
    (record,) = read("deepgram-live", json.dumps(EVENTS[0]).encode())
    assert [turn.is_final for turn in record.turns] == [False]
    assert [(mark.name, mark.channel, mark.is_final) for mark in record.marks] == [("0.0", "0", False)]


@pytest.mark.parametrize("shape", ["lines", "array"])
def test_documents_in_a_file_are_a_call_each(shape: str) -> None:
    documents = [deepgram(), deepgram()]
    data = b"\n".join(json.dumps(one).encode() for one in documents) + b"\n"
    data = data if shape == "lines" else json.dumps(documents, indent=1).encode()
    records = read("deepgram", data)
    assert [record.position for record in records if record.is_call] == (
        ["line 1", "line 2"] if shape == "lines" else ["call 1", "call 2"]
    )
    assert b"".join(record.write(segments(record.utterances)) for record in records) == data


# --- broken documents


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (b'{"a": ' + b"[" * 1_000_000, "it is nested too deeply"),
        (b'{"results": {"channels": [' + b"9" * 5000 + b"]}}", "a number is too long"),
        (b'{"results": {"channels": [], "a": "SECRETX\xff"}}', "byte 43: it is not UTF-8"),
        (b'{"results": {"channels": [], "channels": ["SECRETX"]}}', "an object has the same key twice"),
        (b'{"results": {"channels": ["SECRETX"]', "broken JSON"),
        (b'{"SECRETX": 1}', "it is not of this format"),
        (
            b'{"results": {"channels": [], "utterances": [{"transcript": ["SECRETX"]}]}}',
            "turn 1: a turn must be an object with a text",
        ),
    ],
)  # fmt: skip
def test_a_broken_document_says_where_and_nothing_else(bad: bytes, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        read("deepgram", bad)
    assert problem in str(caught.value)
    assert leaks(caught.value, "SECRETX") == []


def test_what_json_allows_comes_back() -> None:
    odd = b'\xef\xbb\xbf{"results" :{"channels":[ ],"utterances":[{"transcript":"ok \\ud83d {x} \\u0041", "n": 1.50E+2,'
    odd += b'"x": NaN, "{": "}]", "words": null}]}}\r\n'
    assert rewritten("deepgram", odd) == odd
    assert rewritten("deepgram", odd, (0, "ok", "PIN", "[PIN]")) == odd.replace(b'"ok', b'"[PIN]')


class Counted(io.BytesIO):
    """A file that knows how much of it was read."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert size >= 0
        self.most = max(self.most, size)
        return super().read(size)


def test_an_array_is_read_call_by_call() -> None:
    calls = [{"turns": [{"text": f"call {n} caf\xe9 " + "x" * 1000}]} for n in range(2000)]
    data = json.dumps(calls, ensure_ascii=False, indent=1).encode()
    stream = Counted(data)
    records = FORMATS["jsonl"].read(stream, source="call")
    first = [next(records) for _ in range(4)]
    assert sum(record.is_call for record in first) == 2
    assert stream.tell() < len(data) / 2
    written = [record.write(segments(record.utterances)) for record in [*first, *records]]
    assert b"".join(written) == data
    assert stream.most < len(data) / 2


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b'[{"turns": []}, {"turns": [{"text": "SECRETX"}]', "call: call 2, byte 17: the array breaks off"),
        (b'[{"turns": [}, SECRETX', "call: call 1, byte 2: the array breaks off"),
        (b'[{"turns": []} {"SECRETX": []}]', "call: byte 16: no comma or end of the array stands here"),
        (b'[{"turns": []},]', "call: call 2, byte 16: a value should stand here"),
        (b'[{"turns": []}] SECRETX', "call: byte 17: something follows the array"),
        (b'[{"turns": []}, {"turns": SECRETX}]', "call: call 2, character 11: broken JSON"),
        (b'[{"turns": []}, {"a": 1, "a": "SECRETX"}]', "call: call 2: an object has the same key twice"),
        (b'[{"turns": []}, {"a": "\xff"}]', "call: call 2, byte 8: it is not UTF-8"),
        (b'[{"turns": []}, 7]', 'call: call 2: a line must be an object with a list "turns"'),
        (b"[" * 100_000 + b"]" * 100_000, "call: call 1: it is nested too deeply"),
    ],
)
def test_a_broken_array_says_which_call(bad: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read("jsonl", bad)
    assert str(caught.value) == message
    assert leaks(caught.value, "SECRETX") == []


@pytest.mark.parametrize("broken", [b'{"turns": [] 1}', b'{"turns": 3}', b'{"turns": "\xff"}', b"7", b'"]"', b"[[{}]]"])
def test_a_broken_value_of_an_array_hides_none_behind_it(broken: bytes) -> None:
    whole = b'{"turns": [{"text": "ok"}]}'
    data = b"[" + whole + b"," + broken + b" , " + whole + b"]"
    known = get_format("jsonl")
    assert isinstance(known, JsonFormat)
    read_ = known.records(io.BytesIO(data), source="call")
    found = [one for one in read_ if isinstance(one, FormatError) or one.is_call]
    assert [one.position.partition(",")[0] for one in found] == ["call 1", "call 2", "call 3"]
    assert [isinstance(one, FormatError) for one in found] == [False, True, False]


# --- Fields that repeat words of turns


def test_a_field_beside_a_turn_hides_what_the_turn_hides() -> None:
    turn = {
        "Id": "1",
        "ParticipantRole": "CUSTOMER",
        "Content": "it's marigold 77",
        "BeginOffsetMillis": 0,
        "Items": [],
    }
    document = {
        "Transcript": [{**turn, "Entities": [{"Content": "Marigold-77"}, {"Content": "77"}, {"Content": "it's"}]}],
        "Summary": {"Content": "The caller said marigold 77."},
        "Heard": "marigold",
    }
    out = hide("call-analytics", document, (0, "marigold 77"))
    assert [one["Content"] for one in out["Transcript"][0]["Entities"]] == [CARD, CARD, "it's"]
    assert out["Summary"]["Content"] == f"The caller said {CARD}."
    assert out["Heard"] == CARD


def test_a_word_of_every_sentence_does_not_tell_that_a_field_repeats_a_turn() -> None:
    turn = {
        "Id": "1",
        "ParticipantRole": "CUSTOMER",
        "Content": "it is the old mill",
        "BeginOffsetMillis": 0,
        "Items": [],
    }
    document: dict[str, Any] = {
        "Transcript": [{**turn, "note": "the caller was polite"}],
        "Summary": "an old man, it was the third call",
    }
    out = hide("call-analytics", document, (0, "the old mill"))
    assert (out["Transcript"][0]["note"], out["Summary"]) == (document["Transcript"][0]["note"], document["Summary"])


def test_the_head_of_a_line_is_no_word_of_the_call() -> None:
    document = {"Transcript": [{"Id": "1", "ParticipantRole": "AGENT", "Content": "hello", "BeginOffsetMillis": 0,
                                "Items": []}], "Heard": "Speaker 1: S Y eight one P Q"}  # fmt: skip
    made = redacted("call-analytics", document)
    assert made["Heard"].startswith("Speaker 1:")


def test_what_one_writing_of_a_number_hides_no_other_shows() -> None:
    best = {
        "display": "It was 731.",
        "lexical": "it was seven three one",
        "itn": "it was 731",
        "maskedITN": "it was 731",
    }
    document = {"recognizedPhrases": [{"offsetInTicks": 0, "nBest": [best]}]}
    made = redacted("azure", document, Policy())["recognizedPhrases"][0]["nBest"][0]
    hidden = {form: "[" in text for form, text in made.items()}
    assert len(set(hidden.values())) == 1
    assert made["lexical"] == "it was [NUMBER]"


def test_a_digit_that_another_writing_has_as_a_word_is_no_secret() -> None:
    best = {"display": "the 3 on the back", "lexical": "the three on the back", "itn": "x", "maskedITN": "x"}
    document = {"recognizedPhrases": [{"offsetInTicks": 0, "nBest": [best]}]}
    made = redacted("azure", document)["recognizedPhrases"][0]["nBest"][0]
    assert made["display"] == best["display"]


def test_words_of_a_stored_event_show_nothing_that_its_text_does_not_say() -> None:
    made = redacted("vosk", {"text": "my password", "result": seconds("is marigold")})
    assert [(one["word"], one["start"], one["end"]) for one in made["result"]] == [("my password", 0.0, 0.9)]
