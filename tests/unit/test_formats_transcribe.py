from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ccredact import FormatError
from formats_support import Turn, dumped, joined, leaks, read, rewritten, transcribe

CANARY = "4242424242424242"
CARD = "[CREDIT_CARD]"
SHAPES = ["new", "old", "channels", "bare"]
CASE = Path(__file__).parents[1] / "cases" / "transcribe_call.json"
CALL: list[Turn] = [
    ("spk_0", "And the long number , please ?"),
    ("spk_1", "Sure , it's 4242 4242 , 4242 4242 . Okay ?"),
    ("spk_0", "Got it ."),
]
BEFORE = "And the long number , please ?"
RUN = "4242 4242, 4242 4242"


def hide(document: dict[str, Any], *hidden: tuple[int, str], replacement: str = CARD) -> dict[str, Any]:
    made = [(number, target, "CREDIT_CARD", replacement) for number, target in hidden]
    result: dict[str, Any] = json.loads(rewritten("transcribe", dumped(document), *made))["results"]
    return result


def contents(items: list[dict[str, Any]]) -> list[str]:
    return [item["alternatives"][0]["content"] for item in items]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_turn_is_an_utterance_with_times(shape: str) -> None:
    (record,) = read("transcribe", dumped(transcribe(CALL, shape=shape)))
    speakers = [None] if shape == "bare" else ["spk_0", "spk_1", "spk_0"]
    assert [utterance.speaker for utterance in record.turns] == speakers
    if shape != "bare":
        assert record.utterances[1].text == "Sure, it's 4242 4242, 4242 4242. Okay?"
        assert (record.utterances[1].words[2].start_s, record.utterances[1].words[2].end_s) == (4.0, 4.4)


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_hidden_is_byte_equal(shape: str) -> None:
    data = dumped(transcribe(CALL, shape=shape))
    assert rewritten("transcribe", data) == data


@pytest.mark.parametrize("shape", ["new", "old", "channels"])
def test_a_hidden_run_is_one_item_everywhere(shape: str) -> None:
    before = transcribe(CALL, shape=shape)["results"]
    after = hide(transcribe(CALL, shape=shape), (1, RUN))
    text = "And the long number, please? Sure, it's [CREDIT_CARD]. Okay? Got it."
    assert after["transcripts"] == [{"transcript": text}]
    assert " ".join(contents(after["items"])) == f"{BEFORE} Sure , it's [CREDIT_CARD] . Okay ? Got it ."
    run = after["items"][10]
    assert after["items"] == [*before["items"][:10], run, *before["items"][15:]]
    assert run["alternatives"] == [
        {"content": CARD, "redactions": [{"confidence": "0.9000", "type": "CREDIT_CARD", "category": "PII"}]}
    ]
    assert (run["start_time"], run["end_time"], run["type"]) == ("4.00", "5.90", "pronunciation")


def test_the_lists_that_repeat_items_agree() -> None:
    after = hide(transcribe(CALL), (1, RUN))
    segment = after["audio_segments"][1]
    assert segment["transcript"] == "Sure, it's [CREDIT_CARD]. Okay?"
    by_id = {item["id"]: item for item in after["items"]}
    assert joined([by_id[name] for name in segment["items"]]) == segment["transcript"]
    assert [(e["start_time"], e["end_time"]) for e in after["speaker_labels"]["segments"][1]["items"]] == [
        ("3.00", "3.40"),
        ("3.50", "3.90"),
        ("4.00", "5.90"),
        ("6.00", "6.40"),
    ]
    after = hide(transcribe(CALL, shape="channels"), (1, RUN))
    assert after["channel_labels"]["channels"][1]["items"] == after["items"][7:14]
    assert contents(after["items"][7:14]) == ["Sure", ",", "it's", CARD, ".", "Okay", "?"]


@pytest.mark.parametrize("shape", ["new", "old", "channels"])
def test_a_run_over_two_segments_is_an_item_in_each(shape: str) -> None:
    document = transcribe([("spk_0", "it's 4242 4242"), ("spk_0", "4242 4242 okay")], shape=shape)
    (record,) = read("transcribe", dumped(document))
    assert [utterance.text for utterance in record.turns] == ["it's 4242 4242", "4242 4242 okay"]
    after = hide(document, (0, "4242 4242"), (1, "4242 4242"))
    assert contents(after["items"]) == ["it's", CARD, CARD, "okay"]
    parts = after["audio_segments"] if shape == "channels" else after["speaker_labels"]["segments"]
    assert [len(part["items"]) for part in parts] == [2, 2]


def test_channels_alone_are_put_in_order_of_time() -> None:
    document = transcribe(CALL, shape="channels")
    del document["results"]["items"]
    (record,) = read("transcribe", dumped(document))
    assert [utterance.speaker for utterance in record.turns] == ["spk_0", "spk_1", "spk_0"]
    channels = hide(document, (1, RUN))["channel_labels"]["channels"]
    assert contents(channels[1]["items"]) == ["Sure", ",", "it's", CARD, ".", "Okay", "?"]


def test_bytes_elsewhere_stay() -> None:
    text = "\ufeff" + json.dumps(transcribe(CALL, shape="bare"), indent=1) + " \r\n"
    for plain, quirk in (
        ("Sure", "S\\u00fcre"),
        ('"job"', '"\\u006aob"'),
        ('"COMPLETED"', '"OK" ,\t"x" :1.50'),
    ):
        text = text.replace(plain, quirk)
    first, behind = text.index('{\n    "start_time": "4.00"'), text.index('"5.90"') + len('"5.90"')
    end = text.index("},\n   {", behind) + 1
    item = """{
    "start_time": "4.00",
    "end_time": "5.90",
    "alternatives": [{"content": "[PIN]", "redactions": REDACTIONS}],
    "type": "pronunciation"
   }""".replace("REDACTIONS", '[{"confidence": "0.9000", "type": "PIN", "category": "PII"}]')
    expected = (text[:first] + item + text[end:]).replace(RUN, "[PIN]")
    (record,) = read("transcribe", text.encode())
    said = record.utterances[0].text
    assert rewritten("transcribe", text.encode(), (0, RUN, "PIN", "[PIN]")).decode() == expected
    assert said == "And the long number, please? S\u00fcre, it's 4242 4242, 4242 4242. Okay? Got it."


@pytest.mark.parametrize("shape", ["new", "old", "channels"])
def test_words_taken_out_leave_no_item(shape: str) -> None:
    after = hide(transcribe(CALL, shape=shape), (1, RUN), replacement="")
    assert after["transcripts"][0]["transcript"] == "And the long number, please? Sure, it's. Okay? Got it."
    assert CARD not in contents(after["items"])
    assert "4242" not in json.dumps(after)


def nbest(*alternatives: str, start: str = "3.00", end: str = "6.40") -> dict[str, Any]:
    """One of `results.segments`: the first alternative has the times of the second turn."""
    made = []
    for words in alternatives:
        document = transcribe([CALL[0], ("spk_1", words)], shape="old")
        items = [
            {key: item[key] for key in ("start_time", "end_time", "type") if key in item}
            | {"confidence": "0.9", "content": item["alternatives"][0]["content"]}
            for item in document["results"]["items"][7:]
        ]
        made.append({"transcript": joined(document["results"]["items"][7:]), "items": items})
    return {"start_time": start, "end_time": end, "alternatives": made}


def test_other_hypotheses_of_a_hidden_time_are_hidden_there_too() -> None:
    far = json.loads(json.dumps(nbest("hello there", start="90.0", end="91.0")).replace('"3.', '"90.'))
    after = hide(transcribe(CALL, segments=[nbest(CALL[1][1], "Sure it's for two for two okay"), far]), (1, RUN))
    best, other = after["segments"][0]["alternatives"]
    assert best["transcript"] == "Sure, it's [CREDIT_CARD]. Okay?"
    assert [item["content"] for item in best["items"] if item["type"] == "pronunciation"] == [
        "Sure",
        "it's",
        CARD,
        "Okay",
    ]
    assert "confidence" not in best["items"][3]
    assert other["transcript"] == "Sure it's [CREDIT_CARD] okay"
    assert [item["content"] for item in other["items"]] == ["Sure", "it's", CARD, "okay"]
    assert after["segments"][1] == far


def test_a_best_hypothesis_of_other_words_is_hidden_by_its_times() -> None:
    after = hide(transcribe(CALL, segments=[nbest("Sure it's 4242 42 42")]), (1, RUN))
    (best,) = after["segments"][0]["alternatives"]
    assert best["transcript"] == "Sure it's [CREDIT_CARD]"
    assert [item["content"] for item in best["items"]] == ["Sure", "it's", CARD]


def test_a_text_about_a_time_follows_its_items() -> None:
    toxic = [
        {
            "text": "Sure, it's 4242 4242, 4242 4242. Okay?",
            "start_time": 3.0,
            "end_time": 6.4,
            "toxicity": 0.1,
        }
    ]
    after = hide(transcribe(CALL, toxicity_detection=toxic), (1, RUN))
    assert after["toxicity_detection"] == [toxic[0] | {"text": "Sure, it's [CREDIT_CARD]. Okay?"}]


def test_a_text_that_does_not_say_what_its_items_say_is_examined_itself() -> None:
    document = transcribe(CALL, shape="old")
    document["results"]["transcripts"][0]["transcript"] = "Tommy here. It's 4242 4242 4242 4242, not 4242!"
    (record,) = read("transcribe", dumped(document))
    assert record.utterances[3].text == "Tommy here. It's 4242 4242 4242 4242, not 4242!"
    assert (
        hide(document, (3, "Tommy"))["transcripts"][0]["transcript"]
        == f"{CARD} here. It's 4242 4242 4242 4242, not 4242!"
    )
    assert hide(document, (1, RUN))["transcripts"][0]["transcript"] == f"Tommy here. It's {CARD}, not 4242!"
    assert (
        hide(document, (1, RUN), (3, "4242, not"))["transcripts"][0]["transcript"] == f"Tommy here. It's {CARD} 4242!"
    )


def test_a_channel_with_words_of_its_own_is_refused() -> None:
    document = json.loads(dumped(transcribe(CALL, shape="channels")))
    document["results"]["channel_labels"]["channels"][0]["items"][0]["alternatives"][0]["content"] = CANARY
    with pytest.raises(FormatError, match="a list repeats words and has one of its own") as caught:
        read("transcribe", dumped(document))
    assert leaks(caught.value, CANARY) == []


def test_the_samples_of_a_call_are_read() -> None:
    (record,) = read("transcribe", CASE.read_bytes())
    assert len(record.turns) == 6
    assert rewritten("transcribe", CASE.read_bytes()) == CASE.read_bytes()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b'{"results": {"items": [{"a": "%s"', "call: character 48: broken JSON"),
        (b'["%s"]', 'call: call 1: there is no object "results"'),
        (b'{"status": "FAILED", "why": "%s"}', 'call: there is no object "results"'),
        (b'{"results": {"items": "%s"}}', "call: results.items: there must be a list of words"),
        (b'{"results": {"items": ["%s"]}}', "call: results.items, word 1: a word must be an object with a text"),
        (
            b'{"results": {"items": [{"alternatives": ["%s"]}]}}',
            "call: results.items, word 1: a word must be an object with a text",
        ),
        (b'{"results": {"items": [], "items": ["%s"]}}', "call: an object has the same key twice"),
        (b'{"a": "%s", "results": ' + b"[" * 100_000, "call: it is nested too deeply"),
        (b'{"results": {"a": "%s\xff"}}', "call: byte 36: it is not UTF-8"),
    ],
)
def test_a_broken_document_says_where_and_nothing_else(bad: bytes, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read("transcribe", bad.replace(b"%s", CANARY.encode()))
    assert str(caught.value) == message
    assert leaks(caught.value, CANARY) == []
