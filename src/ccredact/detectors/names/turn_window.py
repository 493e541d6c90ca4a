"""The running window of a turn: its last words and those of the final that comes next are read as one text.

So what is found in a turn does not depend on how a recogniser cut it into finals. A word that may begin a name or an
address, or belong to one, waits for the words behind it (`OpenWords`); all others are settled with their final.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from ccredact.detectors.names.expand import ends_with_house
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import BREAKS_OFF
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import forms_of
from ccredact.tagger.prefilter import INSIDE, STREET_NEAR, candidates, first_undecided, is_number
from ccredact.text.labels import OPAQUE, labels_in, may_hold_labels
from ccredact.text.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccredact.tagger.history import History, Window
    from ccredact.tagger.prefilter import Prefilter

CONTEXT: Final = 24
"""Words of the turn before a final that are read with it, at most: more than an address and its lead have."""
_NEAR: Final = arch.RIGHT + INSIDE + 2
"""Words before a final within which something may begin that goes on in it, where no word waits."""
_DECIDED: Final = INSIDE + 1
"""The same where words wait for what follows: what is decided goes on for no longer."""
_LONG: Final = 400
"""Characters of a text from which on only its last words are kept."""
_NO_WORDS: Final[list[str]] = []  # these are never changed in place: of most finals nothing more is known
_NO_PLACES: Final[list[int]] = []
_NO_READ_TAGS: Final[list[arch.Tagged]] = []
NO_TAGS: Final[dict[int, arch.Tagged]] = {}
_OUTSIDE: Final[arch.Tagged] = (0, 0)
_MOST_APART: Final = 6
"""Words of a final that is read by itself too, at most: a longer one is no bare answer."""
_MOST_LEADING: Final = 8
"""Words in front of one that waits that may wait with it, at most: the number of a house, a title."""


class Reading:
    """A final with the words of its turn before it, as it is read.

    - `piece` is the final, as it is kept.
    - `keys` and `forms` are those of all words, `forms` empty until they are needed; the final's begin at `begin`.
    - `place` is that of the first word in the turn; `shouted`: no word of the turn before it has a small letter.
    - `near`: so many words before the final something may begin that goes on in it.
    - `ends`: it is known that the turn ends with it.
    - `counts`: one of its last words is a number, which may be that of a house.
    - `open_starts` are the places where an entity may begin that words to come may tell.
    - `starts` are the places where one may begin, `wanted` those where one may begin or go on, with their `tags`.
    - `is_trusted`: a name was asked for, and the tagger is believed of every word, as in answers of `trusted` words.
    - `apart` is the reading of the final by itself, where words of its turn stand before it.
    - `asked` are those of `wanted` that the network has not tagged yet, or not with all words around them, and
      `fresh` their tags.
    - `late`: of an interim the first word that words to come may change, whatever its tag: it is not asked for.
    """

    __slots__ = (
        "apart", "asked", "begin", "counts", "ends", "forms", "fresh", "is_trusted", "keys", "late", "near",
        "open_starts", "piece", "place", "shouted", "starts", "tags", "text", "trusted", "wanted",
    )  # fmt: skip

    def __init__(self, piece: _Piece, keys: list[str], begin: int, place: int, open_starts: list[int]) -> None:
        self.piece, self.keys, self.begin, self.place, self.open_starts = piece, keys, begin, place, open_starts
        self.text = piece.text
        self.forms = _NO_WORDS
        self.starts = self.wanted = self.asked = _NO_PLACES
        self.tags = self.fresh = _NO_READ_TAGS
        self.shouted = True
        self.counts = self.ends = self.is_trusted = False
        self.near, self.trusted = _NEAR, 0
        self.late = -1
        self.apart: Reading | None = None

    @property
    def is_tagged(self) -> bool:
        """Return whether nothing is to be asked of the network, or it has answered."""
        asked = bool(self.asked) or (self.apart is not None and bool(self.apart.asked))
        return not asked or bool(self.fresh) or (self.apart is not None and bool(self.apart.fresh))

    @property
    def asked_apart(self) -> list[int]:
        """Return the places of the words that are asked for in the final by itself."""
        return _NO_PLACES if self.apart is None else self.apart.asked

    def all_tags(self, known: Mapping[int, arch.Tagged]) -> list[arch.Tagged]:
        """Return the tags of the wanted words: the fresh ones, and what is `known`, by the place in the turn."""
        if self.asked is self.wanted:
            return self.fresh
        asked, fresh, next_one = self.asked, self.fresh, 0
        tags: list[arch.Tagged] = []
        for at in self.wanted:  # both are in order; of another reading more may have been asked for (`take_tags`)
            while next_one < len(asked) and asked[next_one] < at:
                next_one += 1
            if next_one < len(asked) and asked[next_one] == at:
                tags.append(fresh[next_one])
            else:
                tags.append(known.get(self.place + at, _OUTSIDE))
        return tags

    def take_tags(self, other: Reading) -> None:
        """Take the tags of another reading of the same words, in which more of them were asked for."""
        self.asked, self.fresh = other.asked, other.fresh
        if self.apart is not None and other.apart is not None:
            self.apart.asked, self.apart.fresh = other.apart.asked, other.apart.fresh

    def give(self, tags: Iterator[arch.Tagged]) -> None:
        """Take the tags of the words that were asked for, in the order of `TurnWindow.windows`."""
        self.fresh = [*islice(tags, len(self.asked))]
        if self.apart is not None:
            self.apart.fresh = [*islice(tags, len(self.apart.asked))]

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing may begin in the final, or so near before it that it goes on there.

        It is asked where no word waits.
        """
        if self.near == _DECIDED:  # what is before it does not wait, so that it is over
            tells = self.apart is not None and bool(self.apart.open_starts)
            return not (tells or self.counts or (self.open_starts and self.open_starts[-1] >= self.begin))
        return not (self.counts or self.tells or (self.open_starts and self.open_starts[-1] >= self.begin - self.near))

    @property
    def tells(self) -> bool:
        """Return whether that holds of the final as it is, whatever follows."""
        if self.apart is not None and self.apart.open_starts:
            return True
        return bool(self.starts) and self.starts[-1] >= self.begin - self.near


class _Piece:
    """A final of the turn: its text, and its keys and its forms while they are needed."""

    __slots__ = ("_forms", "_keys", "count", "text")

    def __init__(self, text: str, keys: list[str]) -> None:
        self.text, self._keys, self.count = text, keys, len(keys)
        self._forms = _NO_WORDS

    @property
    def keys(self) -> list[str]:
        """Return the keys of its words."""
        if not self._keys:
            words = Words(self.text, NOISE)
            if may_hold_labels(self.text):
                labels_in(words, 0)
            self._keys = words.keys
        return self._keys

    def rest(self) -> None:
        """Forget the keys: an idle call keeps no more than the text of what is quiet."""
        if not self._forms:
            self._keys = _NO_WORDS

    @property
    def said(self) -> str | list[str]:
        """Return the forms of its words if somebody has asked, else the text."""
        return self._forms or self.text

    @property
    def forms(self) -> list[str]:
        """Return the forms of its words."""
        self._forms = self._forms or forms_of(self.text)
        return self._forms

    def latest(self) -> _Piece:
        """Return what of it is kept."""
        if len(self.text) <= _LONG:
            return self
        count = min(self.count, CONTEXT)
        text = self.text[self.text.index(" ", -_LONG) :] if " " in self.text[-_LONG:] else self.text
        words = Words(text, NOISE)
        if words.keys[-count - 1 :][1:] != self.keys[-count:]:  # the end alone is short, or reads otherwise
            words = Words(self.text, NOISE)
        ranges = words.offsets
        return _Piece(words.text[ranges[-count][0] : ranges[-1][1] + 1], self.keys[-count:])


class TurnWindow:
    """The last words of a turn, `CONTEXT` and what is left of their first final.

    Finals are put aside as they come, and joined when words are looked at together: most of them never are.
    """

    __slots__ = ("_earlier", "_pieces", "_shouted", "_tags")

    def __init__(self) -> None:
        self._pieces: tuple[_Piece, ...] = ()
        self._earlier = 0  # words of the turn before those
        self._shouted = True  # whether none of these has a small letter
        self._tags: dict[int, arch.Tagged] = NO_TAGS  # by the place in the turn: what the network has told

    def copy(self) -> TurnWindow:
        """Return an independent copy."""
        other = TurnWindow()
        other._pieces, other._earlier = self._pieces, self._earlier
        other._shouted, other._tags = self._shouted, self._tags
        return other

    def end(self, history: History) -> None:
        """Hand the turn over to the history: another one begins."""
        pieces = self._pieces
        if len(pieces) == 1:
            history.add(pieces[0].said)
        elif pieces:
            history.add(" ".join([piece.text for piece in pieces]))
        history.begin_turn()
        if pieces:
            self._pieces, self._earlier, self._shouted, self._tags = (), 0, True, NO_TAGS

    def windows(self, reading: Reading, asked: list[int], apart: list[int], history: History) -> list[Window]:
        """Return the windows of some words to tag in a reading and in the final by itself, in this order.

        `history` is that before the turn.
        """
        out = history.windows(reading.forms, asked) if asked else []
        if apart and reading.apart is not None:
            out += self._before(history).windows(reading.apart.forms, apart)
        return out

    def _before(self, history: History) -> History:
        """Return the history before the next final, when that is read by itself."""
        other = history.copy()
        words, first = 0, len(self._pieces)
        while first and words < arch.LEFT:
            first -= 1
            words += self._pieces[first].count
        for piece in self._pieces[first:]:
            other.add(piece.forms)
        return other

    def read(
        self,
        text: str,
        keys: list[str],
        prefilter: Prefilter,
        *,
        is_final: bool,
        waits: bool,
        holds: bool,
        trusted: int = 0,
        ahead: int = 0,
    ) -> Reading:
        """Return the reading of the utterance that comes next, an interim whose words look so many words `ahead`.

        `waits`: what words to come may tell waits for them; `holds`: it does in every final but the last;
        `trusted`: an answer of so many words is trusted.
        """
        count = sum([piece.count for piece in self._pieces])
        begin = min(count, CONTEXT)
        apart = None
        piece = _Piece(text, keys)
        if begin and len(keys) <= _MOST_APART and not self._breaks_off():
            apart = Reading(piece, keys, 0, 0, prefilter.starts(keys, is_final=is_final))
            apart.late = -1 if is_final else first_undecided(keys, ahead)
            if len(keys) <= trusted:
                _trust(apart)
            if apart.open_starts:
                apart.starts = apart.open_starts
                self.complete(apart)
        if begin:
            before: list[str] = []
            for earlier in self._pieces:
                before += earlier.keys
            keys = before[-begin:] + keys
        open_starts = prefilter.starts(keys, is_final=is_final and not waits)
        reading = Reading(piece, keys, begin, self._earlier + count - begin, open_starts)
        reading.apart, reading.trusted = apart, trusted
        reading.late = -1 if is_final else first_undecided(keys, ahead)
        reading.near = _DECIDED if holds else _NEAR
        reading.counts = waits and is_final and ends_with_house(keys)
        reading.starts = open_starts
        if open_starts and is_final and waits and _end_counts(keys, open_starts):
            reading.starts = prefilter.starts(keys, is_final=True)
        if not reading.place and len(keys) <= trusted:
            _trust(reading)
        if reading.tells:
            self.complete(reading)
        return reading

    def _breaks_off(self) -> bool:
        """Return whether the turn so far ends in the middle of a phrase, so that no final begins an answer."""
        last = self._pieces[-1]
        return last.keys[-1] in BREAKS_OFF and last.text.rstrip()[-1] not in ".?!"

    def last_cut(self, place: int, begin: int) -> int:
        """Return the last place, up to this one, at which a final of a reading begins whose own begins at `begin`."""
        cut = begin
        for piece in reversed(self._pieces):
            if cut <= place:
                break
            cut -= piece.count
        return cut

    def complete(self, reading: Reading) -> None:
        """Join the forms of a reading, and find out what is to be tagged in it."""
        keys, begin = reading.keys, reading.begin
        forms = reading.piece.forms
        if begin:
            before: list[str] = []
            for piece in self._pieces:
                before += piece.forms
            reading.shouted = self._shouted and all(form == form.upper() for form in before[:-begin])
            forms = before[-begin:] + forms
            reading.text = " ".join([*[piece.text for piece in self._pieces], reading.text])
        reading.forms = forms
        if not reading.starts:
            return
        reading.wanted = candidates(keys, reading.starts)
        if reading.fresh:
            return
        asked = reading.wanted
        if begin:
            place, again, known = reading.place, begin - arch.RIGHT, self._tags
            least = arch.LEFT if place else 0
            asked = [at for at in asked if at >= again or (at >= least and place + at not in known)]
        reading.asked = asked if reading.late < 0 else [at for at in asked if at < reading.late]

    def take(self, reading: Reading, *, ahead: bool = False) -> None:
        """Take the final that was read; `ahead`: the next one is read at once."""
        pieces = self._pieces
        if reading.asked and not reading.ends:
            place, fresh = reading.place, reading.fresh
            low = place + len(reading.keys) - CONTEXT
            known = {where: tag for where, tag in self._tags.items() if where >= low}
            for number, at in enumerate(reading.asked):
                if place + at >= low:
                    known[place + at] = fresh[number] if fresh else _OUTSIDE
            self._tags = known
        whole = reading.piece
        piece = whole if reading.ends else whole.latest()  # of a turn that ends nothing more is read
        if piece is not whole:
            self._shouted = self._shouted and whole.text == whole.text.upper()
            self._earlier += whole.count - piece.count
        if not ahead:
            piece.rest()
        pieces = (*pieces, piece)
        count = sum([piece.count for piece in pieces])
        while len(pieces) > 1 and count - pieces[0].count >= CONTEXT:
            first, pieces = pieces[0], pieces[1:]
            count -= first.count
            self._earlier += first.count
            self._shouted = self._shouted and first.text == first.text.upper()
        self._pieces = pieces

    def tags_of(self, reading: Reading) -> list[arch.Tagged]:
        """Return the tags of the wanted words of a reading: the fresh ones, and what was told before."""
        return reading.all_tags(self._tags)


def _trust(reading: Reading) -> None:
    """Let a name begin with any word of an answer."""
    reading.is_trusted = True
    reading.starts = reading.open_starts = [at for at, key in enumerate(reading.keys) if key != OPAQUE]


def _end_counts(keys: list[str], starts: list[int]) -> bool:
    """Return whether the places where an entity may begin depend on it that the text ends with these words."""
    last = len(keys) - 1
    return any(at == last or is_number(keys[at]) for at in starts if at >= last - STREET_NEAR)


def first_waiting(first: int, count: int, look_over: int) -> int:
    """Return the first place of a reading of `count` words that waits, where `first` may (-1: none).

    No word waits for more than `look_over` words but for what leads into one that waits.
    """
    return max(first, count - look_over - _MOST_LEADING) if first >= 0 else -1
