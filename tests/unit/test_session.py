"""A recogniser's session: what becomes of interims and finals that come twice, late, provisionally or not at all."""

from __future__ import annotations

import pytest

from ccredact import Redactor, StreamError, Utterance
from ccredact.live.adapter import Heard, Kind
from ccredact.live.limits import Limits, Outcome
from ccredact.live.session import Session
from held import Clock

REDACTOR = Redactor(tagger=False)


def session(*, after: float = 1.5, limits: Limits | None = None) -> Session:
    return Session(REDACTOR.stream(clock=Clock()), Limits() if limits is None else limits, after=after)


def interim(text: str, name: str | None = "1") -> Heard:
    return Heard("call", Utterance(text, "c", name, is_final=False))


def final(text: str, name: str | None = "1", kind: Kind = Kind.UTTERANCE) -> Heard:
    return Heard("call", Utterance(text, "c", name), kind)


def test_an_interim_that_shrinks_or_comes_twice_is_shown_as_it_is_now() -> None:
    talk = session()
    shown = [talk.take(interim(text), 0.0)[1][0].text for text in ("hello there", "hello", "hello", "hello you")]
    assert shown == ["hello there", "hello", "hello", "hello you"]
    assert talk.take(final("hello you"), 0.0)[1][0].is_final


def test_after_a_final_nothing_of_its_id_is_taken() -> None:
    talk = session()
    talk.take(final("hello"), 0.0)
    assert talk.take(interim("hello there"), 0.0) == (Outcome.LATE_INTERIM, [])
    assert talk.take(final("hello there"), 0.0) == (Outcome.SECOND_FINAL, [])
    assert talk.take(Heard("call", kind=Kind.PROMOTED, id="1"), 0.0) == (Outcome.SECOND_FINAL, [])


def test_utterances_without_an_id_are_each_their_own() -> None:
    talk = session()
    texts = [talk.take(final("hello", None), 0.0)[1][0].utterance for _ in range(2)]
    assert texts == ["0", "1"]
    assert talk.take(final("hello", None, Kind.PROVISIONAL), 0.0)[1][0].is_final


def test_a_provisional_final_is_an_interim_until_the_next() -> None:
    talk = session()
    (first,) = talk.take(final("it is four", kind=Kind.PROVISIONAL), 0.0)[1]
    assert (first.is_final, talk.waiting_since(0.5)) == (False, 0.0)
    (second,) = talk.take(final("It is nice."), 1.0)[1]
    assert (second.is_final, second.text, talk.waiting_since(1.0)) == (True, "It is nice.", None)
    assert talk.tick(9.0, after=1.5) == []


def test_a_provisional_final_that_nothing_follows_is_one_at_the_deadline() -> None:
    talk = session()
    talk.take(final("that is all", kind=Kind.PROVISIONAL), 0.0)
    assert talk.tick(1.0, after=9.0) == []
    (segment,) = talk.tick(1.5, after=9.0)
    assert (segment.text, segment.is_final) == ("that is all", True)
    assert talk.take(final("That is all."), 2.0) == (Outcome.SECOND_FINAL, [])


def test_a_withdrawn_final_is_none_at_the_deadline() -> None:
    talk = session()
    talk.take(final("that is all", kind=Kind.PROVISIONAL), 0.0)
    talk.take(interim("that is all I"), 1.0)
    assert (talk.waiting_since(9.0), talk.tick(9.0, after=1.5)) == (None, [])


def test_the_last_interim_is_promoted() -> None:
    talk = session()
    talk.take(interim("my pin is"), 0.0)
    talk.take(interim("my pin is four four"), 0.0)
    outcome, segments = talk.take(Heard("call", kind=Kind.PROMOTED, id="1"), 0.0)
    text = "".join(segment.text for segment in [*segments, *talk.close(cut=False)])
    assert (outcome, text) == (Outcome.TAKEN, "my pin is [PIN]")


@pytest.mark.parametrize("name", ["2", None])
def test_what_has_no_interim_cannot_be_promoted(name: str | None) -> None:
    talk = session()
    talk.take(interim("hello"), 0.0)
    assert talk.take(Heard("call", kind=Kind.PROMOTED, id=name), 0.0) == (Outcome.NOTHING_TO_PROMOTE, [])


def test_at_the_end_a_provisional_final_counts_and_an_interim_does_not() -> None:
    talk = session()
    talk.take(final("first", "1", Kind.PROVISIONAL), 0.0)
    talk.take(interim("second", "2"), 0.0)
    assert [(segment.utterance, segment.text) for segment in talk.close(cut=False)] == [("1", "first")]


def test_a_call_has_limits() -> None:
    talk = session(limits=Limits(open_utterances=1, call_words=5, known_finals=1))
    assert talk.take(interim("one more", "1"), 0.0)[0] == Outcome.TAKEN
    assert talk.take(interim("one more", "2"), 0.0)[0] == Outcome.CALL_FULL
    assert talk.take(final("well well", "1"), 0.0)[0] == Outcome.TAKEN
    assert talk.take(final("well well", "2"), 0.0)[0] == Outcome.TAKEN
    assert talk.take(final("well", "2"), 0.0)[0] == Outcome.SECOND_FINAL
    assert talk.take(final("well", "1"), 0.0)[0] == Outcome.TAKEN, "only so many are known to be final"
    assert talk.take(final("well", "3"), 0.0)[0] == Outcome.CALL_FULL


def test_an_utterance_is_needed() -> None:
    with pytest.raises(StreamError):
        session().take(Heard("call"), 0.0)
