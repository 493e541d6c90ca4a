"""What the tagger keeps of a call, and where an entity may begin."""

from __future__ import annotations

from ccredact.tagger import architecture as arch
from ccredact.tagger.history import History
from ccredact.tagger.prefilter import ALONE, Prefilter


def test_only_the_turn_before_is_what_was_asked() -> None:
    history = History()
    for text in ("hello", "your name please"):
        history.add(text)
        history.begin_turn()
    assert history.question() == ["your", "name", "please"]
    history.add("one two three four five six seven eight nine ten eleven twelve thirteen")
    history.begin_turn()
    assert history.question()[0] == "two"
    assert len(history.question()) == arch.QUESTION_FORMS


def test_an_everyday_word_that_is_a_name_may_be_one_where_hardly_anything_else_is_said() -> None:
    prefilter = Prefilter(["day", "it's", "have", "a", "nice", "for", "the", "whole", "day~", "nice<day"])
    assert prefilter.starts(["it's", "day"], is_final=True) == [1]
    assert prefilter.starts(["have", "a", "nice", "day"], is_final=True) == []
    assert prefilter.starts(["it's", "day", *["the"] * ALONE], is_final=True) == []
