"""What the API refuses: nothing of it is in the error, in what the error holds, or in the call."""

from __future__ import annotations

import copy
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from ccredact import Call, CcredactError, Redactor, StreamError, Utterance, Word

REDACTOR = Redactor()
SECRET = "4111222233334444"  # noqa: S105 - planted, for no check to find
REFUSED: dict[str, Callable[[Call], object]] = {
    "a text": lambda call: call.push(f"my card is {SECRET}"),  # type: ignore[arg-type]
    "bytes": lambda call: call.push(Utterance(SECRET.encode())),  # type: ignore[arg-type]
    "a dict": lambda call: call.push({"text": SECRET}),  # type: ignore[arg-type]
    "words that are texts": lambda call: call.push(Utterance(SECRET, words=(SECRET,))),  # type: ignore[arg-type]
    "a word without text": lambda call: call.push(Utterance(SECRET, words=(Word(None),))),  # type: ignore[arg-type]
    "pickling": pickle.dumps,
    "copying": copy.copy,
    "a deep copy": copy.deepcopy,
    "a text in a finished call": lambda _: REDACTOR.redact_call([SECRET]),  # type: ignore[list-item]
    "a text as a finished call": lambda _: REDACTOR.redact_call(SECRET),  # type: ignore[arg-type]
    "bytes as a text": lambda _: REDACTOR.redact(SECRET.encode()),  # type: ignore[arg-type]
}


pytestmark = pytest.mark.usefixtures("silence")


def own_frames(error: BaseException) -> list[dict[str, Any]]:
    """The locals of ccredact's frames in the traceback."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [frame.f_locals for frame in frames if "/ccredact/" in frame.f_code.co_filename]


def check_silent(error: BaseException) -> None:
    chain: list[BaseException | None] = [error, error.__cause__, error.__context__]
    assert chain[1:] == [None, None]
    assert SECRET not in f"{error} {error!r} {error.args!r} {vars(error)!r}"
    for names in own_frames(error):
        for name, value in names.items():
            assert SECRET not in repr(value), name


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_no_text_in_the_error_or_its_frames(case: str) -> None:
    call = REDACTOR.stream()
    call.push(Utterance(f"it's {SECRET[:8]}", speaker="a"))
    with pytest.raises(CcredactError) as caught:
        REFUSED[case](call)
    check_silent(caught.value)


@pytest.mark.parametrize("is_final", [True, False])
def test_a_push_after_close_leaves_no_text_in_the_error_or_its_frames(*, is_final: bool) -> None:
    call = REDACTOR.stream()
    call.push(Utterance(f"it's {SECRET[:8]}", speaker="a"))
    call.close()
    with pytest.raises(StreamError) as caught:
        call.push(Utterance(SECRET, speaker=SECRET, is_final=is_final, words=(Word(SECRET),)))
    check_silent(caught.value)


def test_what_is_refused_changes_nothing() -> None:
    call, plain = REDACTOR.stream(), REDACTOR.stream()
    for text in ("my card number is 4111 1111", "1111", "1111"):
        with pytest.raises(StreamError):
            call.push(Utterance(text, speaker="a", words=(Word(None),)))  # type: ignore[arg-type]
        assert call.push(Utterance(text, speaker="a")) == plain.push(Utterance(text, speaker="a"))
    assert call.close() == plain.close()
