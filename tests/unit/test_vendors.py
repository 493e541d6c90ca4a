"""What the tables of single services promise, with words hidden by hand: see tests/samples for whole documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ccredact import FormatError, Policy
from formats_support import Hidden, leaks, read, segments

SHOWN = "[X]"


def hidden(name: str, document: object, *targets: str) -> Any:
    """A document with texts hidden in each turn that has them."""
    data = json.dumps(document).encode()
    (record,) = read(name, data)
    assert record.write(segments(record.utterances)) == data
    found: list[Hidden] = [
        (number, target, "PERSON", SHOWN)
        for number, one in enumerate(record.turns)
        for target in targets
        if target in one.text
    ]
    return json.loads(record.write(segments(record.utterances, found)))


def said(name: str, document: object, policy: Policy | None = None) -> list[tuple[Any, str]]:
    """Who says what."""
    data = json.dumps(document).encode()
    (record,) = read(name, data) if policy is None else read(name, data, policy)
    return [(one.speaker, one.text) for one in record.turns]


def test_watson_joins_words_and_speakers_by_times() -> None:
    words = [["it's", 0.1, 0.3], ["four", 0.4, 0.6], ["two", 0.7, 0.9], ["yes", 1.0, 1.2]]
    labels = [{"from": a, "to": b, "speaker": int(word == "yes"), "final": True} for word, a, b in words]
    scores = [[word, 0.9] for word, _, _ in words]
    hearing = {"transcript": "it's four two yes ", "timestamps": words, "word_confidence": scores}
    document = {"results": [{"alternatives": [hearing]}], "speaker_labels": labels}
    assert said("ibm-watson", document) == [("0", "it's four two"), ("1", "yes")]
    out = hidden("ibm-watson", document, "four two")
    best = out["results"][0]["alternatives"][0]
    assert best["timestamps"] == [["it's", 0.1, 0.3], [SHOWN, 0.4, 0.9], ["yes", 1.0, 1.2]]
    assert [word for word, *_ in best["word_confidence"]] == ["it's", SHOWN, "yes"]
    assert best["transcript"] == f"it's {SHOWN} yes "
    assert [(label["from"], label["to"]) for label in out["speaker_labels"]] == [(0.1, 0.3), (0.4, 0.9), (1.0, 1.2)]


def segment(**more: Any) -> dict[str, Any]:
    return {
        "index": 1,
        "speaker_role": "caller",
        "start_ms": 100,
        "transcript": "it's four two",
        "human_transcript": "it is four two",
        "word_offsets_ms": [0, 200, 400],
        "word_durations_ms": [150, 150, 250],
    } | more


def test_times_beside_a_text_become_those_of_one_word() -> None:
    (out,) = hidden("harper-valley", [segment()], "four two")
    assert (out["transcript"], out["human_transcript"]) == (f"it's {SHOWN}", f"it is {SHOWN}")
    assert (out["word_offsets_ms"], out["word_durations_ms"]) == ([0, 200], [150, 450])


@pytest.mark.parametrize("offsets", [[0, 200], [0, None, 400], "0 200 400"])
def test_times_that_are_not_those_of_the_words_go(offsets: object) -> None:
    (out,) = hidden("harper-valley", [segment(word_offsets_ms=offsets)], "four two")
    assert not out["word_offsets_ms"]


def element(value: str, at: float | None = None) -> dict[str, Any]:
    return (
        {"type": "punct", "value": value}
        if at is None
        else {"type": "text", "value": value, "ts": at, "end_ts": at + 1}
    )


def test_rev_has_its_spaces_as_elements_or_not_at_all() -> None:
    spaced = [element("It's", 1), element(" "), element("4", 2), element("."), element("2", 3), element("?")]
    assert said("rev", {"monologues": [{"speaker": 0, "elements": spaced}]}) == [("0", "It's 4.2?")]
    bare = [element("It's", 1), element("four", 2), element("two", 3), element(".")]
    document = {"monologues": [{"speaker": 0, "elements": bare}]}
    assert [text for _, text in said("rev", document)] == ["It's four two."]
    elements = hidden("rev", document, "four two")["monologues"][0]["elements"]
    assert elements == [element("It's", 1), {"type": "text", "value": SHOWN, "ts": 2, "end_ts": 4}, element(".")]


def test_rev_tells_the_names_of_speakers() -> None:
    info = {"id": "1", "display_name": "Ada Obi"}
    document = {"monologues": [{"speaker": 1, "speaker_info": info, "elements": [element("hi", 1)]}]}
    (record,) = read("rev", json.dumps(document).encode(), Policy())
    assert record.names == ("Ada Obi",)
    assert b"Ada" not in record.write(segments(record.utterances))


def result(content: str, at: float, kind: str = "word", **more: Any) -> dict[str, Any]:
    best = {"content": content, "confidence": 0.9, "speaker": "S1"}
    return {"type": kind, "start_time": at, "end_time": at + 1, "alternatives": [best], **more}


def test_a_hidden_entity_of_speechmatics_has_no_spoken_form_and_keeps_its_speaker() -> None:
    entity = result("42", 2, "entity", entity_class="cardinal", spoken_form=[result("forty", 2), result("two", 2.5)])
    results = [result("It's", 1), entity, result("%", 3, "punctuation", attaches_to="previous")]
    document = {"format": "2.9", "job": {"id": "x"}, "metadata": {"type": "transcription"}, "results": results}
    assert said("speechmatics", document) == [("S1", "It's 42%")]
    out = hidden("speechmatics", document, "42")["results"]
    assert out[1] == {
        "type": "entity",
        "start_time": 2,
        "end_time": 3,
        "alternatives": [{"content": SHOWN, "speaker": "S1"}],
    }


def test_a_hidden_word_shows_its_speaker_as_the_turn_does() -> None:
    word = {"text": "ada", "start_ms": 0, "end_ms": 9, "speaker": "Ada Obi"}
    (record,) = read("soniox", json.dumps({"tokens": [word]}).encode(), Policy())
    out = record.write(segments(record.utterances, [(0, "ada", "PERSON", SHOWN)]))
    assert json.loads(out)["tokens"][0] == {"text": SHOWN, "start_ms": 0, "end_ms": 9, "speaker": "[PERSON_1]"}


def test_tokens_that_are_parts_of_words_are_read_together() -> None:
    pieces = [" four", " tw", "o", " yes"]
    tokens = [{"text": text, "start_ms": n, "end_ms": n + 1, "is_final": True} for n, text in enumerate(pieces)]
    document = {"text": " four two yes", "tokens": tokens}
    assert [text.strip() for _, text in said("soniox", document)] == ["four two yes"]
    out = hidden("soniox", document, "four two")
    assert out["text"] == f" {SHOWN} yes"
    assert [token["text"] for token in out["tokens"]] == [f" {SHOWN}", " yes"]


def test_json_in_a_string_of_twilio_is_read_and_stays_one() -> None:
    inner = '{"transcript": "it\\u2019s \\"ada\\"", "confidence": 0.9}'
    out = hidden("twilio-live", {"TranscriptionEvent": "transcription-content", "TranscriptionData": inner}, "ada")
    assert out["TranscriptionData"] == inner.replace("ada", SHOWN)
    broken = {"TranscriptionEvent": "transcription-content", "TranscriptionData": '{"transcript": "ada'}
    assert said("twilio-live", broken) == []


def test_names_among_the_words_of_voicebase_are_labels() -> None:
    words = [{"w": "Ada Obi", "m": "turn"}, {"w": "hi", "s": 1, "e": 2}, {"w": ".", "m": "punc"}]
    words += [{"w": "agent", "m": "turn"}, {"w": "hi", "s": 3, "e": 4}, {"w": "ada", "s": 4, "e": 6}]
    document = {"transcript": {"words": words, "alternateFormats": [{"format": "text", "data": "SGkuIEhpIGFkYQ=="}]}}
    assert said("voicebase", document, Policy()) == [("[PERSON_1]", "hi."), ("agent", "hi ada")]
    (record,) = read("voicebase", json.dumps(document).encode(), Policy())
    out = json.loads(record.write(segments(record.utterances, [(1, "ada", "PERSON", SHOWN)])))["transcript"]
    assert [word["w"] for word in out["words"]] == ["[PERSON_1]", "hi", ".", "agent", "hi", SHOWN]
    assert out["alternateFormats"][0]["data"] == ""


def test_vosk_hides_other_hearings_and_voice_prints() -> None:
    hearings = [
        {"text": "this is ada", "result": [{"word": word, "start": n, "end": n + 1} for n, word in enumerate(words)]}
        for words in (["this", "is", "ada"],)
    ]
    document = {"alternatives": [*hearings, {"text": "this is ida"}], "spk": [0.1, 0.2]}
    out = hidden("vosk", document, "ada")
    assert [one["text"] for one in out["alternatives"]] == [f"this is {SHOWN}"] * 2
    assert out["alternatives"][0]["result"][-1] == {"word": SHOWN, "start": 2, "end": 3}
    assert out["spk"] == []


def test_lines_of_one_recording_are_one_call() -> None:
    lines = [
        {"audio_filepath": path, "pred_text": text}
        for path, text in (("a.wav", "one"), ("a.wav", "two"), ("b.wav", "three"), ("a.wav", "four"))
    ]
    data = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    records = read("nemo", data)
    assert [[one.text for one in record.turns] for record in records] == [["one", "two"], ["three"], ["four"]]
    assert [record.position for record in records] == ["line 1", "line 3", "line 4"]
    assert b"".join(record.write(segments(record.utterances)) for record in records) == data


def test_a_broken_line_of_a_manifest_names_the_line_and_nothing_else() -> None:
    data = b'{"audio_filepath": "a.wav", "text": "hi"}\n{"audio_filepath": "b.wav", "text": "canary"\n'
    with pytest.raises(FormatError, match="call: line ") as caught:
        read("nemo", data)
    assert leaks(caught.value, "canary") == []


def test_characters_that_openai_tells_once_more_go() -> None:
    event = {
        "type": "conversation.item.input_audio_transcription.completed",
        "transcript": "it's ada",
        "logprobs": [{"token": "it's", "bytes": [105]}, {"token": " ada", "bytes": [32, 97, 100, 97]}],
    }
    out = hidden("openai-live", event, "ada")
    assert out["transcript"] == f"it's {SHOWN}"
    assert out["logprobs"] == [{"token": "it's", "bytes": [105]}, {"token": f" {SHOWN}"}]


def test_a_turn_without_its_text_is_made_of_its_words() -> None:
    words = [{"word": "it's", "start": 0, "end": 1}, {"word": " ada", "start": 1, "end": 2}]
    segments_ = [{"start": 0, "end": 1, "text": " hi"}, {"start": 1, "end": 3, "words": words}]
    out = hidden("whisper", {"text": " hi", "segments": segments_}, "ada")
    assert [word["word"] for word in out["segments"][1]["words"]] == ["it's", f" {SHOWN}"]


def test_a_label_that_is_examined_as_a_text_is_hidden_in_a_hidden_word_too() -> None:
    label = "S2. card number four zero zero zero zero five six six five five six six five five five six"
    words = [("it's", "S1"), ("4417", label)]
    results = [
        {"type": "word", "start_time": at, "end_time": at + 0.5, "alternatives": [{"content": word, "speaker": who}]}
        for at, (word, who) in enumerate(words)
    ]
    data = json.dumps({"message": "AddTranscript", "results": results}).encode()
    (record,) = read("speechmatics-live", data, Policy())
    told = [(n, one.text.strip(), "PIN", SHOWN) for n, one in enumerate(record.utterances) if "it's" not in one.text]
    out = json.loads(record.write(segments(record.utterances, told)))
    assert out["results"][1]["alternatives"] == [{"content": SHOWN, "speaker": SHOWN}]
