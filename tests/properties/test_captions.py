"""Captions: nothing hidden is byte-equal, and what is hidden is gone while times and all other words stay."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from formats_support import read, rewritten, segments

LINES = st.sampled_from(
    [
        "", " ", "\t", "WEBVTT", "WEBVTT x", "NOTE", "NOTE ada", "STYLE", "::cue { color: #123456 }", "REGION", "id:1",
        "1", "2", "4242424242", "12ab34cd-0000-4000-8000-000000000000/1-0",
        "00:01.000 --> 00:02.000", "00:00:03,000 --> 00:00:04,5 align:start", "0:0:5.0-->0:0:6.0 x", "00:01 --> 00:02",
        "hello", "- yes", "Ada Obi: hi", "<v Ada>hi</v> <v Jo>", "<c>4</c><00:01.500>2", "<i>&amp;&#x41;&nope;</b>",
        "{\\an8}x", "<<v >>", "\u202f\ufeff x", "é𝟜\x85y", "&lt;v Ada&gt;", "</v>", "-->",
    ]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@given(
    st.lists(st.tuples(LINES | st.text(st.characters(codec="utf-8"), max_size=8), ENDS), max_size=14),
    st.sampled_from(["webvtt", "srt"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_captions_with_nothing_hidden_are_byte_equal(lines: list[tuple[str, str]], name: str, mark: str) -> None:
    data = (mark + "".join(map("".join, lines))).encode()
    assert rewritten(name, data) == data


WORDS = st.lists(
    st.tuples(st.sampled_from([" ", "\n", "<i> ", " </i>", " <00:00:00.500>", "<c> ", "</c> ", "cue"]), st.booleans()),
    min_size=1,
    max_size=12,
)


@given(WORDS, st.sampled_from(["webvtt", "srt"]), st.booleans(), st.sampled_from(["[X]", ""]))
def test_hidden_words_of_captions_are_gone_and_all_others_stay(
    words: list[tuple[str, bool]],
    name: str,
    rolls: bool,  # noqa: FBT001
    replacement: str,
) -> None:
    tokens = [f"w{number}w" for number in range(len(words))]
    hidden = [token for token, (_, hide) in zip(tokens, words, strict=True) if hide]
    cues = [""]
    for token, (gap, _) in zip(tokens, words, strict=True):
        if gap == "cue":
            cues.append("")
        cues[-1] += (gap if cues[-1] and gap != "cue" else "") + token
    if rolls:
        cues = [f"{one}\n{cue}" if one else cue for one, cue in zip(["", *cues], cues, strict=False)]
    times = [f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000" for n in range(len(cues))]
    head = "WEBVTT\n\n" if name == "webvtt" else ""
    text = head + "".join(f"{time}\n{cue}\n\n" for time, cue in zip(times, cues, strict=True))
    (record,) = read(name, text.encode())
    targets = [
        (number, match[0], "PERSON", replacement)
        for number, one in enumerate(record.utterances)
        for match in re.finditer(r"w\d+w", one.text)
        if match[0] in hidden
    ]
    out = record.write(segments(record.utterances, targets)).decode()
    for token in tokens:
        assert out.count(token) == (0 if token in hidden else text.count(token))
    assert re.findall(r".* --> .*", out) == times
    assert [len(re.split(r"\n", cue)) for cue in re.split(r"\n\n", out)] == [
        len(cue.split("\n")) for cue in text.split("\n\n")
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(0, 30), st.booleans(), st.sampled_from(["", " 0.9", " NA lex"])),
        min_size=1,
        max_size=10,
    )
)
def test_hidden_words_of_ctm_are_gone_and_all_others_stay(words: list[tuple[str, int, bool, str]]) -> None:
    tokens = [f"w{number}w" for number in range(len(words))]
    lines = [
        f"c {channel} {at}.0 0.5 {token}{score}\n" for token, (channel, at, _, score) in zip(tokens, words, strict=True)
    ]
    hidden = {token for token, (_, _, hide, _) in zip(tokens, words, strict=True) if hide}
    (record,) = read("ctm", "".join(lines).encode())
    targets = [
        (number, token, "PERSON", "[X]")
        for number, one in enumerate(record.turns)
        for token in one.text.split()
        if token in hidden
    ]
    out = record.write(segments(record.utterances, targets)).decode().splitlines(keepends=True)
    assert [line for line in out if "[X]" not in line] == [line for line in lines if not hidden & set(line.split())]
    assert len(out) == len(lines)
