"""Names, addresses and places by the trained tagger, and names that a call has told already.

The tagger looks a few words ahead, but never past the end of a final utterance: what a final says is decided with it,
and nothing waits. In an interim the last words are undecided. It sees where the utterance before ended, in its turn
too: what begins there is mostly a sentence of its own. So the contract holds for the finals as they came; how a turn is
cut into finals may change what is found near the cuts, and nothing else does.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from ccredact.detectors.base import EVERY_WORD, Context
from ccredact.detectors.names.addresses import REACH
from ccredact.detectors.names.expand import Around
from ccredact.detectors.names.lexicon import NameWords, is_counted
from ccredact.detectors.names.repeats import Echoes
from ccredact.detectors.names.utterance import SCORE, Said
from ccredact.lang.en.addresses import KINDS
from ccredact.lang.en.words import FUNCTION
from ccredact.tagger import architecture as m
from ccredact.tagger.features import forms_of, split_form
from ccredact.tagger.history import Heard, Together
from ccredact.tagger.prefilter import first_undecided, may_go_on
from ccredact.text.token import Token
from ccredact.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.tagger.network import Network
    from ccredact.tagger.prefilter import Begins
    from ccredact.tagger.weights import Floats

KEPT_NAMES = 64
"""Names of a call that are known again."""
_SHORTEST_NAME = 3
_NOT_INSIDE = frozenset(
    """
for with is are was has have had that which it i my we you this will would can could so but because from to if when what
""".split()
)
"""Function words that no address has inside."""
_NO_NAMES = frozenset({"no", "not", "said", "says", "has"})
"""Those that no long name has behind it."""


Ahead = tuple[list[str], list[int], list[int], list[int]]
"""Of a final to come: its forms, where an entity may begin, where one may go on too, the tags of those words."""


class TaggedDetector:
    """Reads whole utterances (`read_utterance`); is fed no single words.

    It is compiled, and a compiled class cannot be a `Stateless`, which users inherit from in plain Python.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD

    __slots__ = (
        "_ahead",
        "_asked",
        "_begins",
        "_echoes",
        "_heard",
        "_names",
        "_network",
        "_open",
        "_turn",
        "_words",
        "active",
    )

    def __init__(self, network: Network, begins: Begins) -> None:
        self._network = network
        self._words = NameWords(network.known)
        self._begins = begins
        self._turn = 0
        self._heard = Heard()
        self._asked: Floats | None = None  # what was asked, as the network knows it, once that is needed
        self._ahead: list[Ahead] = []  # of finals that are known already, the next one last
        self._echoes = Echoes()
        self._names: dict[str, int] = {}  # names of people with their entity, the latest last
        self._open = -1  # the first undecided word of an interim
        self.active = False  # whether there is one

    def fork(self) -> TaggedDetector:
        """Copy it, to go on independently."""
        other = TaggedDetector(self._network, self._begins)
        other._turn, other._heard = self._turn, self._heard.copy()
        other._asked = self._asked
        other._names, other._echoes = dict(self._names), self._echoes.fork()
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """It needs no single words."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """The first undecided word of an interim in `[start, end)`."""
        return end if self._open < 0 else min(end, max(start, self._open))

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """A final leaves nothing open."""
        del ctx, cut
        return []

    def is_open(self, entity: int) -> bool:
        """No entity of it goes on in another utterance."""
        del entity
        return False

    def value(self, entity: int) -> str | None:
        """It knows no values."""
        del entity
        return None

    def look_ahead(self, coming: Sequence[tuple[str, Sequence[str], int]]) -> None:
        """Be told the next finals, (text, keys, turn) each: their words go through the network together.

        `read_utterance` then finds what it would find without: a tag is the same in every batch.
        """
        heard, turn, asked = self._heard.copy(), self._turn, self._asked
        ahead: list[tuple[list[str], list[int], list[int]]] = []
        together = Together()
        for text, keys, number in coming:
            if number != turn:
                turn, asked = number, None
                heard.turn()
            forms, begins = forms_of(text), self._begins(keys, is_final=True)
            wanted = may_go_on(keys, begins)
            if wanted:
                asked = self._network.asked(heard.asked()) if asked is None else asked
                for window in heard.windows(forms, wanted):
                    together.add(window, asked)
            ahead.append((forms, begins, wanted))
            heard.take(forms)
        tags = iter(together.tags(self._network))
        self._ahead = [(*final, [*islice(tags, len(final[2]))]) for final in ahead][::-1]

    def read_utterance(
        self, text: str, keys: Sequence[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance whose first word has the number `word`; say what is found in it."""
        if turn != self._turn:
            self._turn, self._asked = turn, None
            self._heard.turn()
        if self._ahead:
            forms, begins, wanted, tags = self._ahead.pop()
        else:
            begins = self._begins(keys, is_final=is_final)
            if not (begins or self._echoes.has_any(keys)):
                self._heard.take(text)
                return []
            forms = forms_of(text)
            wanted = may_go_on(keys, begins)
            tags = self._tags(forms, wanted) if wanted else []
        self._heard.take(forms)
        if not (begins or self._echoes.has_any(keys)):
            return []
        return self._find(text, forms, keys, word, begins, wanted, tags, ctx, is_final=is_final)

    def _find(
        self,
        text: str,
        forms: list[str],
        keys: Sequence[str],
        word: int,
        begin_at: list[int],
        wanted: list[int],
        tags: list[int],
        ctx: Context,
        *,
        is_final: bool,
    ) -> list[Span]:
        """What the tags of the words of an utterance, and names that were told before, say of it."""
        may_begin = set(begin_at)
        out: list[Span] = []
        label, last, begin, entity = "", -2, -1, 0  # no word stands before the first
        goes_on = False  # whether the tag of the word before says so
        told: list[tuple[str, int]] = []  # everyday words that are names
        cut = -2  # the last word that the tags have in an address which is over
        for at, tag in zip(wanted, tags, strict=True):
            found, begins = m.TAG_LABELS[tag], m.BEGINS[tag]
            if at not in may_begin and not (found == label and last == at - 1):
                continue
            name = keys[at]
            if name[-1] == "s":
                name = name.removesuffix("'s")
            beside = last == at - 1
            if found == "PERSON" and not (m.GOES_ON[tag] or (beside and label == found)):
                found = "" if self._words.is_word(forms, keys, at, name) else found
            if not found:
                may_go_on_with = label if beside and (goes_on or label == "PERSON") else ""
                found, begins = self._untagged(name, forms, keys, at, may_go_on_with)
            if found and not begins and _is_over(found, keys[at], forms[last] if beside else "", at_cut=cut == at - 1):
                found, cut = "", at
            goes_on = m.GOES_ON[tag]
            if not found:
                label = ""
                continue
            if found == label and beside and (not begins or forms[last][-1].isalnum()):
                out[-1] = Span(begin, word + at + 1, found, SCORE, entity)
            else:
                known = self._names.get(name, 0) if found == "PERSON" else 0
                begin, entity = word + at, known or ctx.new_entity()
                out.append(Span(begin, begin + 1, found, SCORE, entity))
            label, last = found, at
            if found == "PERSON" and not self._remember(name, entity):
                told.append((name, entity))
        out = self._echoes.found(out, told, keys, word, self._turn)
        return self._with_around(out, text, forms, keys, word, wanted, ctx, is_final=is_final)

    def _tags(self, forms: list[str], wanted: list[int]) -> list[int]:
        """The network's tags of these words."""
        if self._asked is None:
            self._asked = self._network.asked(self._heard.asked())
        tags: list[int] = []
        for near, ends, places in self._heard.windows(forms, wanted):
            tags += self._network.tags(near, ends, places, self._asked)
        return tags

    def _with_around(
        self,
        out: list[Span],
        text: str,
        forms: list[str],
        keys: Sequence[str],
        word: int,
        wanted: list[int],
        ctx: Context,
        *,
        is_final: bool,
    ) -> list[Span]:
        """The spans, and what stands around them; of an interim, from where on it is undecided."""
        if is_final and not out and KINDS.isdisjoint(keys):
            return out
        around = Around(Said(text, forms, keys, word), ctx)
        out = around(out)
        if not is_final:
            late = first_undecided(keys, REACH)
            first = around.first_open(out, late, next((at for at in wanted if at >= late), -1))
            again = self._echoes.first_open(keys)
            first = min(first, again) if first >= 0 and again >= 0 else max(first, again)
            self._open = word + first if first >= 0 else -1
            self.active = self._open >= 0
        return out

    def _untagged(self, name: str, forms: Sequence[str], keys: Sequence[str], at: int, label: str) -> tuple[str, bool]:
        """The label of a word without a tag: a name that was told, or that is one, or one more word of an entity."""
        if self._is_known(name, forms, keys, at) or (
            self._words.is_given(name, forms, keys, at) and not is_counted(keys, at)
        ):
            return "PERSON", True
        goes_on = label and forms[at - 1][-1].isalpha() and self._words.may_be_name(name)
        return (label, False) if goes_on else ("", False)

    def _is_known(self, name: str, forms: Sequence[str], keys: Sequence[str], at: int) -> bool:
        """Whether a word is a name that was told."""
        return name in self._names and not self._words.is_used(name, forms, keys, at)

    def _remember(self, name: str, entity: int) -> bool:
        """Keep a name, unless it is an everyday word."""
        if not self._words.may_be_name(name):
            return False
        self._names.pop(name, None)
        self._names[name] = entity
        if len(self._names) > KEPT_NAMES:
            del self._names[next(iter(self._names))]
        return True


def _is_over(label: str, key: str, before: str, *, at_cut: bool) -> bool:
    """Whether a word is surely no more of an entity, whatever its tag: "keira | she's", "this is Theo. | May I".

    `before` is the form before it in the entity; `at_cut`: the word before was no more of it either.
    """
    if label == "STREET_ADDRESS" and (at_cut or (before and key in _NOT_INSIDE)):
        return True
    if not before:
        return False
    long = len(before) > _SHORTEST_NAME
    if label == "PERSON" and long and (key in _NO_NAMES or split_form(before)[0].endswith(("'s", "\u2019s"))):
        return True
    return key in FUNCTION and ("'" in key or (before[-1] in ".?!" and long))
