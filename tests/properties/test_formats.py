"""Every format: nothing hidden is byte-equal, and what is hidden is gone while all else stays."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formats_support import Turn, dumped, joined, read, rewritten, timed_words, transcribe, turn

# --- JSONL


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=6).map(" ".join)


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from([b"\n", b"  \r\n", b"\t\n"]))
    turns = []
    for text in draw(st.lists(TEXTS, max_size=4)):
        made = draw(st.dictionaries(st.sampled_from(["x", "speaker_id", "é"]), JSON_VALUES, max_size=2))
        made |= turn(text) | ({"words": timed_words(text)} if draw(st.booleans()) else {})
        made |= {"entities": draw(JSON_VALUES)} if draw(st.booleans()) else {}
        turns.append(made)
    call = {"z": draw(JSON_VALUES), "id": draw(st.text(max_size=4) | st.integers()), "turns": turns}
    separators = draw(st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :  ")]))
    text = json.dumps(call, ensure_ascii=draw(st.booleans()), separators=separators)
    return text.encode("utf-8", "replace") + draw(st.sampled_from([b"\n", b"\r\n", b" \n"]))


@given(st.lists(lines(), max_size=4), st.booleans(), st.booleans())
def test_jsonl_with_nothing_hidden_is_byte_equal(parts: list[bytes], mark: bool, cut: bool) -> None:  # noqa: FBT001
    data = (b"\xef\xbb\xbf" if mark else b"") + b"".join(parts)
    data = data.rstrip() if cut else data
    assert rewritten("jsonl", data) == data


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12), st.booleans(), st.booleans())
def test_hidden_words_of_jsonl_are_gone_and_all_others_stay(
    words: list[tuple[bool, bool]],
    ascii_only: bool,  # noqa: FBT001
    pieces: bool,  # noqa: FBT001
) -> None:
    tokens = [f"wé{n}x" + ("," if comma else "") for n, (_, comma) in enumerate(words)]
    text = " ".join(tokens)
    data = json.dumps({"turns": [turn(text, words=timed_words(text))]}, ensure_ascii=ascii_only).encode()
    gone = [token.rstrip(",") for token, (hidden, _) in zip(tokens, words, strict=True) if hidden]
    hidden = [(0, token, "PERSON", "[PERSON]") for token in gone]
    out = json.loads(rewritten("jsonl", data, *hidden, pieces=1 + pieces))["turns"][0]
    expected = [t.replace(t.rstrip(","), "[PERSON]") if t.rstrip(",") in gone else t for t in tokens]
    assert out["text"].split(" ") == expected
    assert [word["text"] for word in out["words"]] == expected
    assert [(word["start"], word["end"]) for word in out["words"]] == [(n, n + 0.5) for n in range(len(words))]
    assert [out["text"][e["start"] : e["end"]] for e in out.get("entities", [])] == ["[PERSON]"] * len(gone)


# --- text


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "Agent: ", "Customer:", "[00:01] Jo: ", "Jo: ", "  ", "\t", "Pin: ", "\ufeff"]),
        st.text(st.characters(codec="utf-8"), max_size=12),
        st.sampled_from(["\n", "\r\n", "\r", "\n\n", ""]),
    ),
    max_size=8,
)


@given(LINES)
def test_text_with_nothing_hidden_is_byte_equal(lines: list[tuple[str, str, str]]) -> None:
    data = "".join(map("".join, lines)).encode()
    assert rewritten("text", data) == data


# --- Amazon Transcribe


def contents(items: list[dict[str, Any]]) -> list[str]:
    return [item["alternatives"][0]["content"] for item in items]


@st.composite
def calls(draw: st.DrawFn) -> tuple[list[Turn], list[list[tuple[int, int]]]]:
    """Turns of words that are all different, and runs of words of each to hide, apart from each other."""
    turns: list[Turn] = []
    hidden = []
    for number in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 8))
        marks = [draw(st.sampled_from(["", " ,", " ."])) for _ in range(count)]
        turns.append((f"spk_{number % 2}", " ".join(f"w{number}n{n}{mark}" for n, mark in enumerate(marks))))
        edges = sorted(draw(st.sets(st.integers(0, count), max_size=4)))
        hidden.append(list(zip(edges[::2], edges[1::2], strict=False)))
    return turns, hidden


@given(calls(), st.sampled_from(["new", "old", "channels"]), st.sampled_from(["[X]", ""]), st.booleans())
def test_hidden_words_of_transcribe_are_gone_and_all_others_stay(
    call: tuple[list[Turn], list[list[tuple[int, int]]]],
    shape: str,
    replacement: str,
    pieces: bool,  # noqa: FBT001
) -> None:
    turns, runs = call
    document = dumped(transcribe(turns, shape=shape))
    hidden = []
    gone = []
    for number, utterance in enumerate(read("transcribe", document)[0].turns):
        for first, last in runs[number]:
            start, end = f"w{number}n{first}", f"w{number}n{last - 1}"
            target = utterance.text[utterance.text.index(start) : utterance.text.index(end) + len(end)]
            hidden.append((number, target, "PERSON", replacement))
            gone += [f"w{number}n{n}" for n in range(first, last)]
    out = rewritten("transcribe", document, *hidden, pieces=1 + pieces).decode()
    for number, (_, words) in enumerate(turns):
        for n in range(words.count("w")):
            word = f"w{number}n{n}"
            assert out.count(word) == (0 if word in gone else document.decode().count(word))
    results = json.loads(out)["results"]
    assert results["transcripts"][0]["transcript"].split() == joined(results["items"]).split()
    assert contents(results["items"]).count("[X]") == (len(hidden) if replacement else 0)
    for part in results.get("audio_segments", []):
        by_id = {item["id"]: item for item in results["items"]}
        assert part["transcript"].split() == joined([by_id[name] for name in part["items"]]).split()
    for part in results.get("channel_labels", {}).get("channels", []):
        assert part["items"] == [item for item in results["items"] if item["channel_label"] == part["channel_label"]]
    times = [(item["start_time"], item["end_time"]) for item in results["items"] if "start_time" in item]
    listed = [e for part in results.get("speaker_labels", {}).get("segments", []) for e in part["items"]]
    assert [(e["start_time"], e["end_time"]) for e in listed] == (times if shape != "channels" else [])
