"""What is pushed comes back whole but for what is hidden, and all positions and times are right, whatever the text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

import talk
from ccredact import Redactor, Utterance
from strategies import made
from streams import check_whole, pushed, timed

REDACTOR = Redactor()
PAN = "4111 1111 1111 1111"
ODD = (
    "0123456789 \n\t.,-'/$:\0\u200b\u200d\u202e\u2066\u0301\u0308\u00a0\u3000\u2019\u0661\u0967\uff14\u0e34"
    "\U0001f600\u05d0\u0627\u00df\u0130\u01c5\u2460\u00b2"
)
TEXT = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.text(ODD, max_size=8),
        st.sampled_from(["card number is ", PAN, "4111", " one two ", "cvv 123", "9" * 300, "x" * 300, "\u0301" * 50]),
    ),
    max_size=8,
).map("".join)


@given(texts=st.lists(TEXT, min_size=1, max_size=4), speakers=st.sampled_from(["a", "ab", "abc"]))
@example(texts=["my card number is \u202e4111\u200b 1111 1111 1111\u202c ok"], speakers="a")
@example(texts=["\U00018e00", "4111 \U00018e00."], speakers="a")  # a letter of a newer Unicode than Python's
@example(texts=["cvv \uff11\uff12\uff13\0", "\u0664\u0661\u0661\u0661" * 4], speakers="ab")
def test_every_character_outside_the_entities_comes_back(texts: list[str], speakers: str) -> None:
    utterances = [Utterance(text, speaker=speakers[at % len(speakers)]) for at, text in enumerate(texts)]
    finished = REDACTOR.redact_call(utterances)
    for utterance, segment, pieces in zip(utterances, finished, pushed(REDACTOR, utterances), strict=True):
        check_whole(utterance, [segment])
        check_whole(utterance, pieces)
        assert "".join(piece.text for piece in pieces) == segment.text
        assert sum((piece.entities for piece in pieces), ()) == segment.entities


@given(call=made(talk.turns))
def test_the_times_of_an_entity_cover_exactly_its_words(call: talk.Turns) -> None:
    utterances = [timed(" ".join(words), speaker=speaker) for speaker, words in call]
    for utterance, segment in zip(utterances, REDACTOR.redact_call(utterances), strict=True):
        ends, at = [], 0
        for word in utterance.words:
            at = utterance.text.index(word.text, at)
            ends.append((at, at + len(word.text), word))
            at += len(word.text)
        for entity in segment.entities:
            inside = [word for start, end, word in ends if start < entity.end and end > entity.start]
            assert (entity.start_s, entity.end_s) == (inside[0].start_s, inside[-1].end_s)
