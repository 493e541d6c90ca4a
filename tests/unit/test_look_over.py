"""Words at the end of a final that may be a name or an address: what they wait for, and who ends that."""

from __future__ import annotations

import pytest

from ccredact import Redactor, Utterance, Word

REDACTOR = Redactor()


def timed(text: str, start: float) -> Utterance:
    words = tuple(Word(word, start + at, start + at + 0.5) for at, word in enumerate(text.split()))
    return Utterance(text, "a", words=words)


def texts(utterances: list[Utterance], redactor: Redactor = REDACTOR) -> list[list[str]]:
    call = redactor.stream()
    return [[segment.text for segment in call.push(one)] for one in utterances] + [
        [segment.text for segment in call.close()]
    ]


def said(*texts: str) -> list[Utterance]:
    return [Utterance(text, "a") for text in texts]


def test_a_house_number_waits_for_its_street() -> None:
    first, second, _ = texts(said("we are at 12", "oak street and so on then thank you"))
    assert first == ["we are at "]
    assert second[0] == "[STREET_ADDRESS]"
    assert second[1].startswith("[STREET_ADDRESS] and so")


def test_everyday_words_do_not_wait() -> None:
    assert texts(said("thanks for the help", "have a nice evening")) == [
        ["thanks for the help"],
        ["have a nice evening"],
        [],
    ]


def test_the_other_speaker_ends_it() -> None:
    call = [Utterance("we are at 12", "a"), Utterance("okay", "b")]
    assert texts(call) == [["we are at "], ["12", "okay"], []]


def test_the_end_of_the_call_ends_it() -> None:
    assert texts(said("we are at 12")) == [["we are at "], ["12"]]


def test_so_many_words_end_it() -> None:
    found = texts(said("it is for priya", "and", "then", "we", "went"))
    assert [bool(segments) for segments in found] == [True, False, False, False, True, False]
    assert found[0] + found[4] == ["it is for ", "[PERSON]", "and", "then", "we", "went"]


def test_the_bound_of_the_policy_ends_it() -> None:
    redactor = Redactor({"hold": {"seconds": 10}})
    late = texts([timed("we are at 12", 0), timed("oak street", 60)], redactor)
    soon = texts([timed("we are at 12", 0), timed("oak street", 6)], redactor)
    assert late[1][0] == "12"
    assert "".join(soon[1] + soon[2]).startswith("[STREET_ADDRESS]")


def test_with_0_a_number_behind_located_at_is_hidden_before_its_street() -> None:
    redactor = Redactor({"look_over": 0})
    street, time = said("we are located at 12", "oak street"), said("see you at 12", "okay")
    assert [segment.text for segment in redactor.redact_call(street)] == [
        "we are located at [STREET_ADDRESS]",
        "[STREET_ADDRESS]",
    ]
    assert [segment.text for segment in redactor.redact_call(time)] == ["see you at 12", "okay"]


@pytest.mark.parametrize("look_over", [0, 2, 4])
def test_an_answer_behind_others_of_its_turn_is_read_by_itself(look_over: int) -> None:
    call = said("check my seat assignment", "jacks")
    assert texts(call, Redactor({"look_over": look_over}))[-2:] in (
        [["[PERSON]"], []],
        [[], ["[PERSON]"]],
        [["assignment", "[PERSON]"], []],
    )


def test_a_name_that_has_waited_longest_is_decided_whole() -> None:
    redactor = Redactor({"look_over": 2})
    call = [
        Utterance("can I take the surname please", "a"),
        Utterance("the surname is power p o w e r hope that's h o p e", "b"),
        Utterance("thank you", "a"),
    ]
    streamed = [text for pushed in texts(call, redactor) for text in pushed]
    assert "".join(streamed) == "".join(segment.text for segment in redactor.redact_call(call))


@pytest.mark.parametrize("look_over", [0, 4])
def test_tags_that_were_asked_for_where_a_name_was_expected_are_found_where_none_is(look_over: int) -> None:
    redactor = Redactor({"look_over": look_over})
    said = (("agent", "anna"), ("customer", "my husband's name yes please"), ("agent", "okay okoro"))
    call = [Utterance(text, speaker=speaker) for speaker, text in said]
    stream = redactor.stream()
    parts = [segment for utterance in call for segment in stream.push(utterance)] + stream.close()
    whole = redactor.redact_call(call)  # the tagger looks ahead, where every word of a short answer may be a name
    assert whole[-1].text == "okay [PERSON]"
    assert "".join(part.text for part in parts) == "".join(segment.text for segment in whole)


def waits(text: str, redactor: Redactor = REDACTOR) -> list[int]:
    """For each word, pushed as a final, how many words came behind it before it was released; 99: it never was."""
    call, out = redactor.stream(), [99] * len(text.split())
    for at, word in enumerate(text.split()):
        for segment in call.push(Utterance(word, "a", id=str(at))):
            out[int(str(segment.utterance))] = at - int(str(segment.utterance))
    return out


def test_of_an_address_only_the_last_words_wait() -> None:
    text = "we are at 12 oak street springfield and then we went home again"
    assert waits(text)[:8] == [0, 0, 0, 4, 4, 4, 4, 4]
    assert waits(text, Redactor({"allow": ["oak street springfield"]}))[:8] == [0, 0, 0, 8, 7, 6, 5, 4]
    assert waits(text, Redactor({"thresholds": {"default": 0.7}}))[:8] == [0, 0, 0, 8, 7, 6, 5, 4]


def test_a_name_does_not_wait_for_the_number_behind_it() -> None:
    assert waits("send it to priya sharma 45 and then we went home")[3:6] == [5, 4, 4]


def test_a_final_waits_whole_for_what_goes_on_behind_it() -> None:
    found = texts(said("we are at 12 oak street", "springfield", "and", "then", "we", "went", "home"))
    assert found[0] == ["we are at "]
    assert [parts[:1] for parts in found[1:5]] == [[], [], [], ["[STREET_ADDRESS]"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and what was the name of the pet", [0, 0, 0, 0, 0, 0, 0]),
        ("they call me biscuit and then", [0, 0, 0, 1, 1, 0]),
        ("thank you mister so how", [0, 0, 0, 1, 0]),
        ("thank you mister so", [0, 0, 0, 99]),
        ("my surname would be", [0, 0, 1, 0]),
        ("my surname would", [0, 0, 99]),
    ],
)
def test_what_announces_a_name_holds_the_words_that_may_be_one(text: str, expected: list[int]) -> None:
    assert waits(text)[: len(expected)] == expected
