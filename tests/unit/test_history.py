"""What the tagger keeps of a call, and where an entity may begin."""

from __future__ import annotations

from ccredact.tagger import architecture as m
from ccredact.tagger.history import Heard
from ccredact.tagger.prefilter import ALONE, Begins


def test_only_the_turn_before_is_what_was_asked() -> None:
    heard = Heard()
    for text in ("hello", "your name please"):
        heard.take(text)
        heard.turn()
    assert heard.asked() == ["your", "name", "please"]
    heard.take("one two three four five six seven eight nine ten eleven twelve thirteen")
    heard.turn()
    assert heard.asked()[0] == "two"
    assert len(heard.asked()) == m.ASKED_WORDS


def test_an_everyday_word_that_is_a_name_may_be_one_where_hardly_anything_else_is_said() -> None:
    begins = Begins(["day", "it's", "have", "a", "nice", "for", "the", "whole", "day~", "nice<day"])
    assert begins(["it's", "day"], is_final=True) == [1]
    assert begins(["have", "a", "nice", "day"], is_final=True) == []
    assert begins(["it's", "day", *["the"] * ALONE], is_final=True) == []
