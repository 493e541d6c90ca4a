"""What the tagger keeps of a call: the last words before an utterance, and the question (the turn before).

`History` gives the network its windows; `WindowBatch` joins the windows of many utterances, so that a finished call
takes few passes through the network.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import TURN_SEPARATOR, UTTERANCE_SEPARATOR, forms_of

if TYPE_CHECKING:
    from ccredact.tagger.network import Network
    from ccredact.tagger.weights import Floats

Window = tuple[list[str], list[int], list[int], list[int]]
"""What the network needs to tag some words of one final: (forms, ends, wanted, inside).

`ends` has for each form the place in `forms` at which its final ends; `wanted` are the places of the words to tag,
`inside` the numbers among these of words that are tagged only where something begins before them (`Network.tags`).
"""
_WIDEST: Final = arch.MOST_AT_ONCE - arch.LEFT - arch.RIGHT - 1
"""From the first wanted word of a window to the last."""
_MOST_PENDING: Final = 32
_LEFT_FINALS: Final = arch.LEFT // 2
"""Finals that hold all words to the left: each has a form and a separator at least."""
_LONG: Final = 400
"""Characters of a text from which on only its last forms are kept."""


_NO_FORMS: Final[list[str]] = []
_NO_FINALS: Final[list[int]] = []


class History:
    """The last forms of a call with the separators between them, and the last forms of two turns.

    Finals are put aside as they come and are cut into forms only when a window is asked for: most of them never are.

    - `_pending`: finals put aside, as text or as forms, the oldest first; None where a turn begins.
    - `_forms`: the last `LEFT` forms before those, with a separator behind each final.
    - `_finals`: as long as `_forms`: the number of each form's final; a separator has that of the final behind it.
    - `_turn`: the last forms of this turn; `_question`: those of the turn before; `QUESTION_FORMS` at most.
    - `_next`: the number of the first final that is not in `_forms`.

    The lists of a history are never changed in place, so that copies share them.
    """

    __slots__ = ("_finals", "_forms", "_next", "_pending", "_question", "_turn")

    def __init__(self) -> None:
        self._pending: list[str | list[str] | None] = []
        self._forms = self._turn = self._question = _NO_FORMS
        self._finals = _NO_FINALS
        self._next = 0

    def copy(self) -> History:
        """Return an independent copy."""
        other = History()
        other._pending = [*self._pending]
        other._forms, other._finals, other._next = self._forms, self._finals, self._next
        other._turn, other._question = self._turn, self._question
        return other

    def begin_turn(self) -> None:
        """Take note that the next final begins a turn."""
        self._pending.append(None)

    def add(self, final: str | list[str]) -> None:
        """Take a final: its text, or its forms."""
        if isinstance(final, str) and len(final) > _LONG:
            final = forms_of(final)
        self._pending.append(final if isinstance(final, str) else final[-arch.QUESTION_FORMS :])
        if len(self._pending) > _MOST_PENDING:
            first = self._first_needed()
            if first > _MOST_PENDING // 2:
                del self._pending[:first]
            else:
                self._catch_up()

    def question(self) -> list[str]:
        """Return the last forms of the turn before, `QUESTION_FORMS` at most."""
        self._catch_up()
        return self._question

    def windows(self, forms: list[str], wanted: list[int], starts: list[int] | None = None) -> list[Window]:
        """Return the windows around some words of the next final: mostly one, more where they are far apart.

        `forms` are all forms of that final, `wanted` the places in it, ascending, of the words to tag, `starts` those
        of them with which something may begin, None for all.
        """
        self._catch_up()
        begins = None if starts is None or len(starts) == len(wanted) else set(starts)
        begin = 0
        out: list[Window] = []
        while begin < len(wanted):
            end = len(wanted)
            if wanted[-1] - wanted[begin] > _WIDEST:
                end = bisect_right(wanted, wanted[begin] + _WIDEST)
            part = wanted[begin:end]
            inside: list[int] = []
            if begins is not None:
                lead = next((number for number, place in enumerate(part) if place in begins), len(part))
                inside = [number for number in range(lead, len(part)) if part[number] not in begins]
            out.append(self._window(forms, part, inside))
            begin = end
        return out

    def _window(self, forms: list[str], wanted: list[int], inside: list[int]) -> Window:
        first, stop = wanted[0] - arch.LEFT, wanted[-1] + arch.RIGHT + 1
        if first >= 0:
            near = forms[first:stop]
            ends = [len(near)] * len(near)
        else:
            left, finals = self._forms[first:], self._finals[first:]
            near = left + forms[:stop]
            first = -len(left)
            ends = [len(near) if final == self._next else bisect_right(finals, final) for final in finals]
            ends += [len(near)] * (len(near) - len(left))
        return near, ends, [place - first for place in wanted], inside

    def _first_needed(self) -> int:
        """Return from where on `_pending` may be asked for: the turn before, and enough finals for the left side."""
        turns = finals = 0
        for at in range(len(self._pending) - 1, -1, -1):
            if self._pending[at] is None:
                turns += 1
            else:
                finals += 1
            if turns >= 2 and finals >= _LEFT_FINALS:
                return at
        return 0

    def _catch_up(self) -> None:
        """Cut what is pending into forms."""
        if not self._pending:
            return
        for final in self._pending[self._first_needed() :]:
            if final is None:
                self._question, self._turn = self._turn, _NO_FORMS
                if self._forms:
                    self._forms = [*self._forms[:-1], TURN_SEPARATOR]
                continue
            forms = forms_of(final) if isinstance(final, str) else final
            self._turn = (self._turn + forms[-arch.QUESTION_FORMS :])[-arch.QUESTION_FORMS :]
            forms = forms[-arch.LEFT :]
            self._forms = [*self._forms, *forms, UTTERANCE_SEPARATOR][-arch.LEFT :]  # unless a turn begins
            self._finals = [*self._finals, *[self._next] * len(forms), self._next + 1][-arch.LEFT :]
            self._next += 1
        self._pending = []


class WindowBatch:
    """Windows of many finals in a row: no word is read with the words of another window.

    They are joined into parts of `MOST_AT_ONCE` forms at most. For each part, `_questions` are those of its turns, and
    `_numbers` says for each wanted word which of them is its own.
    """

    __slots__ = ("_numbers", "_parts", "_questions")

    def __init__(self) -> None:
        self._parts: list[Window] = []
        self._questions: list[list[list[str]]] = []
        self._numbers: list[list[int]] = []

    def add(self, window: Window, question: list[str]) -> None:
        """Take a window, and the question before its turn."""
        near, ends, wanted, inside = window
        whole = wanted[0] >= arch.LEFT  # else a call begins there, and nothing may stand before it
        if not self._parts or not whole or len(self._parts[-1][0]) + len(near) > arch.MOST_AT_ONCE:
            self._parts.append(([], [], [], []))
            self._questions.append([])
            self._numbers.append([])
        all_forms, all_ends, all_wanted, all_inside = self._parts[-1]
        base, count = len(all_forms), len(all_wanted)
        all_forms += near
        all_ends += [base + end for end in ends]
        all_wanted += [base + place for place in wanted]
        all_inside += [count + number for number in inside]
        questions = self._questions[-1]
        if not questions or questions[-1] is not question:
            questions.append(question)
        self._numbers[-1] += [len(questions) - 1] * len(wanted)

    def tags(self, network: Network, bias: Floats | None = None) -> list[arch.Tagged]:
        """Return the tags of all wanted words, in the order in which they were added.

        `bias` is that of their turn where all are of one, whatever their questions are said to be.
        """
        found: list[arch.Tagged] = []
        for part, questions, numbers in zip(self._parts, self._questions, self._numbers, strict=True):
            forms, ends, wanted, inside = part
            own = network.question_biases(questions).take(numbers, 0) if bias is None else bias
            found += network.tags(forms, ends, wanted, own, inside)
        return found
