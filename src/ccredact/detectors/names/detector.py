"""Names, addresses and places by the trained tagger, and names that a call has told already.

The tagger looks a few words ahead, over the finals of a turn (`turn_window`): words at the end of a final that may be
a name or an address wait for what follows in their turn (`open_words`), so that it hardly matters how a recogniser cut
the turn. What stands by itself in a final may be an answer: so a final behind others is read twice, and what either
reading hides is hidden. `docs/guarantees.md` says what may still depend on the cuts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from ccredact.detectors.base import EVERY_WORD, Context, Stateless
from ccredact.detectors.names.address_pieces import AddressPieces
from ccredact.detectors.names.addresses import REACH
from ccredact.detectors.names.borders import with_borders, without_numbers, without_words
from ccredact.detectors.names.companies import with_companies
from ccredact.detectors.names.early_words import explained_words, has_explained_words, house_number, with_house_number
from ccredact.detectors.names.expand import Settled, SpanExpansion
from ccredact.detectors.names.lexicon import NameLexicon, is_counted
from ccredact.detectors.names.open_words import OpenWords, ToldName, earlier
from ccredact.detectors.names.repeats import RepeatMentions
from ccredact.detectors.names.slots import NO_SLOTS, TRUSTED, with_slots
from ccredact.detectors.names.titles import SHORT, may_be_half
from ccredact.detectors.names.turn_window import NO_TAGS, Reading, TurnWindow, first_waiting
from ccredact.detectors.names.utterance import UtteranceView
from ccredact.detectors.scores import CUED_SCORE, TAGGED_SCORE, tagged_score
from ccredact.dialogue.prompts import may_ask_for_name
from ccredact.lang.en.addresses import NEVER_INSIDE, SUFFIXES
from ccredact.lang.en.disclosures import DETERMINERS
from ccredact.lang.en.names import BEHIND_LONG_NAMES, POSSESSIVE, POSSESSIVES
from ccredact.lang.en.words import FUNCTION
from ccredact.reasons import Reason
from ccredact.tagger.architecture import MARGIN_STEP, TAG_BEGINS, TAG_GOES_ON, TAG_LABELS
from ccredact.tagger.features import split_form
from ccredact.tagger.history import History, WindowBatch
from ccredact.tagger.memo import TagMemo
from ccredact.tagger.prefilter import INSIDE, candidates, first_undecided, is_number
from ccredact.text.token import Token
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.tagger.architecture import Tagged
    from ccredact.tagger.history import Window
    from ccredact.tagger.network import Network
    from ccredact.tagger.prefilter import Prefilter
    from ccredact.tagger.weights import Floats

KEPT_NAMES: Final = 64
"""Names of a call that are known again, at most."""
SURE_MARGIN: Final = 10 * MARGIN_STEP
"""The margin from which on the tagger is believed that an everyday word is a name."""
_TOLD_NEAR: Final = 8
"""Words before a final within which one that announces a name may still say something of it."""
_STREET: Final = 3
"""Words at the end of a text, at most, that may be the beginning of a street behind the number of a house."""
_LONG: Final = 3
"""A form of more characters than these is no initial and no "Dr.": a mark or a word behind it may end a name."""
_TAGGER: Final = Reason.TAGGER  # looked up once: an enum is slow
_NOBODY: Final[Mapping[str, int]] = {}
_UNTOLD: Final = (0, 0.0)
"""Entity and score of a name that was not told before."""
_NO_NAMES: Final[dict[str, tuple[int, float]]] = {}
"""Of a call in which no name was told: never changed."""
_NO_KEYS: Final[list[str]] = []
_NO_LABELS: Final[frozenset[str]] = frozenset()
_NO_SPANS: Final[list[Span]] = []
_NONE_SETTLED: Final[Settled] = {}
_NO_READINGS: Final[list[Reading]] = []
_NOWHERE: Final = -2
"""A place that is not even the one before the first word."""


class TaggedDetector(Stateless):
    """Reads whole utterances (`read_utterance`); it is fed no single words.

    What an utterance goes through:

    1. `TurnWindow.read` joins it with the last words of its turn, and `Prefilter.starts` gives the places where one may
       begin an entity; for most utterances none, and that is all.
    2. The network tags these words and those an entity may go on with (`candidates`), in `look_ahead` for many finals
       at once or in `read_utterance` for this one: the tags are the same.
    3. `_tagged_spans` joins tagged words into spans, where the name lexicon and names told before allow or add some.
    4. `RepeatMentions` adds everyday words that were names a moment ago, `SpanExpansion` what stands around.
    5. `_first_open` gives the first word that words to come may decide about; `OpenWords` keeps what is behind it.

    What it keeps of the call:

    - `_turn`, `_window`: the number of this turn, and its last words; `_history`: all turns before.
    - `_open`: the words that wait.
    - `_bias`: what the question before this turn adds, once the network was asked; None when a turn begins.
    - `_slots`: where names are asked for;
    - `_known`: words of names that were known before it, with their entity;
    - `_names`: names of people that were told, with their entity and the score of where they were surest, the latest
      last, `KEPT_NAMES` at most; they are known wherever they are said again. Everyday words among them are in
      `_repeats` instead.
    - `_memo`: what was told of the last interim, and of it by itself; a call has none, a copy of it and the copies of
      that have one.
    - `_prepared`: readings that are tagged already, the next one last; empty in a stream.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD
    active: ClassVar[bool] = False

    __slots__ = (
        "_bias",
        "_hides",
        "_history",
        "_known",
        "_lexicon",
        "_look_over",
        "_memo",
        "_names",
        "_network",
        "_open",
        "_prefilter",
        "_prepared",
        "_repeats",
        "_slots",
        "_turn",
        "_window",
    )

    def __init__(
        self,
        network: Network,
        prefilter: Prefilter,
        names: Mapping[str, int] | None = None,
        *,
        look_over: int = 0,
        hides: frozenset[str] = _NO_LABELS,
    ) -> None:
        """Take the weights' network and prefilter, and words of names that are known before the call, with entities.

        `look_over`: how many words of its turn an undecided word waits for, at most; with 0 no final waits. `hides`:
        labels that are hidden however sure they are, so that what is decided of one may go before the rest of it.
        """
        self._network = network
        self._lexicon = NameLexicon(network.lexicon_bits)
        self._prefilter = prefilter
        self._look_over = look_over
        self._hides = hides
        self._turn = 0
        self._history = History()
        self._window = TurnWindow()
        self._open = OpenWords()
        self._bias: Floats | None = None
        self._prepared = _NO_READINGS
        self._repeats = RepeatMentions()
        self._memo: tuple[TagMemo, TagMemo] | None = None
        self._slots = NO_SLOTS
        self._known = names or _NOBODY
        known = {name: (entity, CUED_SCORE) for name, entity in self._known.items() if self._lexicon.may_be_name(name)}
        self._names = known or _NO_NAMES

    @property
    def holds(self) -> bool:
        """Return whether it is undecided about words."""
        return self._open.first >= 0

    def fork(self) -> TaggedDetector:
        """Return an independent copy, which is told nothing ahead."""
        other = TaggedDetector(
            self._network, self._prefilter, self._known, look_over=self._look_over, hides=self._hides
        )
        other._turn, other._history, other._window = self._turn, self._history.copy(), self._window.copy()
        other._bias, other._open = self._bias, self._open.copy()
        other._names, other._repeats = dict(self._names) or _NO_NAMES, self._repeats.fork()
        other._slots = self._slots
        other._memo = (TagMemo(), TagMemo()) if self._memo is None else self._memo
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return no spans: it reads whole utterances."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word in `[start, end)`, `end` for none."""
        first = self._open.first
        return end if first < 0 else min(end, max(start, first))

    def settle(self, ctx: Context) -> list[Span]:
        """Decide about what waits as if its turn ended here."""
        del ctx
        spans, names = self._open.settle()
        self._remember(names, self._turn)
        self._slots = self._slots.answered_by(spans) if spans else self._slots
        return spans

    def close(self, ctx: Context, *, cut: bool = False) -> list[Span]:
        """Return what was open, as if its turn ended here; `cut`: words that may be names are hidden too."""
        if not cut or self._open.first < 0:
            return self.settle(ctx)
        waiting = self._open.copy()
        spans = self.settle(ctx)
        return [*spans, *waiting.hidden(spans, ctx)]

    def look_ahead(self, coming: Sequence[tuple[str, list[str], int]]) -> None:
        """Take the next finals, (text, keys, turn) each: their words go through the network together.

        `read_utterance` then finds what it would find without: a tag is the same in every batch.
        """
        history, window, turn = self._history.copy(), self._window.copy(), self._turn
        prepared: list[Reading] = []
        batch = WindowBatch()
        trusted, before = self._slots.trusted, _NO_KEYS
        for at, (text, keys, number) in enumerate(coming):
            if number != turn:
                turn = number
                window.end(history)
                trusted = TRUSTED if may_ask_for_name(before) else 0
            before = keys
            ends = at + 1 < len(coming) and coming[at + 1][2] != number
            waits = self._look_over > 0 and not ends
            reading = window.read(
                text, keys, self._prefilter, is_final=True, waits=waits, holds=self._look_over > 0, trusted=trusted
            )
            reading.ends = ends
            prepared.append(reading)
            for near in window.windows(reading, reading.asked, reading.asked_apart, history):
                batch.add(near, history.question())
            window.take(reading, ahead=True)
        tags = iter(batch.tags(self._network))
        for reading in prepared:
            reading.give(tags)
        self._prepared = prepared[::-1]

    def read_utterance(
        self, text: str, keys: list[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance whose first word has the position `word` in the call; return what is decided by it."""
        out: list[Span] = []
        window, is_last = self._window, is_final and not self._look_over
        if turn != self._turn:
            out = self._begin_turn(turn, ctx)
        reading = self._next_reading(text, keys, is_final=is_final)
        pieces = AddressPieces(ctx, turn)
        explained = is_final and has_explained_words(keys, word, ctx)
        number = house_number(reading.keys) if is_last and is_number(keys[-1]) else -1
        near = reading.keys[max(0, reading.begin - _TOLD_NEAR) :] if reading.begin else keys
        slotted = self._slots.may_stand_in(near)
        wakes = pieces.awaited or explained or slotted or number >= 0 or self._repeats.any_in(keys)
        wakes = wakes or (not is_final and may_be_half(keys, len(keys) - 1) and not text.islower())
        if not wakes and reading.is_quiet and self._open.first < 0:
            window.take(reading)
            return out
        if not reading.forms:
            window.complete(reading)
        if not reading.is_tagged:
            reading.give(iter(self._told_tags(reading)))
        reading.tags = window.tags_of(reading)
        view = UtteranceView(reading.text, reading.forms, reading.keys, word - reading.begin, shouted=reading.shouted)
        told: list[ToldName] = []
        fresh = self._open.first if self._open.first >= 0 else word
        known = pieces if not reading.place else None
        if wakes or reading.tells or self._open.first >= 0:
            spans, late = self._read(reading, view, known, fresh, told, ctx, is_final=is_final)
        else:
            spans, late = self._waiting(reading, view, ctx, is_final=is_final)
        late = earlier(late, self._read_apart(reading.apart, pieces, word, ctx, is_final=is_final))
        if explained:
            self._open.add_sure(explained_words(UtteranceView(text, reading.piece.forms, keys, word), ctx))
        if number >= 0:
            spans = with_house_number(spans, view, number, ctx)
        window.take(reading)
        if not (spans or told) and late < 0 and self._open.is_empty:
            return out
        spans = self._open.same_entities(spans, told, view.first_word)
        spans, told = self._open.decide(spans, told, word, late)
        self._remember(told, turn)
        self._slots = self._slots.answered_by(spans) if spans else self._slots
        return out + spans if out else spans

    def _next_reading(self, text: str, keys: list[str], *, is_final: bool) -> Reading:
        """Return the reading of the utterance that comes next, tagged if it was looked at ahead.

        Where a name was asked for, it may begin with any word of a short answer.
        """
        known = self._prepared.pop() if self._prepared else None
        trusted = self._slots.trusted
        if known is not None and (trusted == known.trusted or len(keys) > max(trusted, known.trusted)):
            return known
        ends = known is not None and known.ends
        holds = self._look_over > 0
        reading = self._window.read(
            text,
            keys,
            self._prefilter,
            is_final=is_final,
            waits=holds and not ends,
            holds=holds,
            trusted=trusted,
            ahead=max(REACH, self._look_over),
        )
        reading.ends = ends
        if known is not None and known.trusted > trusted:
            reading.take_tags(known)
        return reading

    def _begin_turn(self, turn: int, ctx: Context) -> list[Span]:
        """Begin a turn; return what was undecided in the one before, if nobody has asked."""
        out = self.settle(ctx) if self._open.first >= 0 else []
        self._turn, self._bias = turn, None
        self._open.forget()
        self._window.end(self._history)
        self._slots = self._slots.in_turn(turn, ctx)
        return out

    def _read_apart(
        self,
        reading: Reading | None,
        pieces: AddressPieces,
        word: int,
        ctx: Context,
        *,
        is_final: bool,
    ) -> int:
        """Read a final by itself, behind words that do not wait: an answer may stand there, and nothing else.

        Return the first word that words to come may decide about, -1 for none.
        """
        if reading is None:
            return -1
        slotted = self._slots.may_stand_in(reading.keys)
        if not (reading.starts or pieces.awaited or slotted or self._repeats.any_in(reading.keys)):
            return -1
        if not reading.forms:
            reading.forms = reading.piece.forms
        reading.tags = reading.all_tags(NO_TAGS)  # of a final by itself all are fresh
        told: list[ToldName] = []
        view = UtteranceView(reading.text, reading.forms, reading.keys, word)
        spans, first = self._read(reading, view, pieces, word, told, ctx, is_final=is_final)
        self._open.add_apart(spans, told)
        return -1 if is_final else first

    def _waiting(
        self, reading: Reading, view: UtteranceView, ctx: Context, *, is_final: bool
    ) -> tuple[list[Span], int]:
        """Return that nothing is found, and the first word that words to come may decide about."""
        expansion = SpanExpansion(view, ctx)
        first = self._first_open(expansion, _NO_SPANS, _NO_SPANS, view, reading, is_final=is_final, slotted=False)
        return [], first + view.first_word if first >= 0 else -1

    def _read(
        self,
        reading: Reading,
        view: UtteranceView,
        pieces: AddressPieces | None,
        fresh: int,
        told: list[ToldName],
        ctx: Context,
        *,
        is_final: bool,
    ) -> tuple[list[Span], int]:
        """Return what is found in a reading, and the first word that words to come may decide about, -1 for none.

        Names from the word `fresh` on are added to `told`.
        """
        spans = self._tagged_spans(view, reading, ctx)
        if spans and not reading.is_trusted:
            spans = without_words(view, spans, self._lexicon, self._names)
        slotted, whole = self._slots.may_stand_in(reading.keys), not reading.place
        if slotted:
            spans = with_slots(spans, view, self._slots.found(view, spans, self._lexicon, whole=whole), ctx)
        if spans or slotted:
            told += self._told(spans, view, fresh, ctx)
        spans = self._repeats.with_repeats(spans, told, reading.keys, view.first_word, self._turn)
        expansion = SpanExpansion(view, ctx)
        possible = spans
        if spans or not is_final or not SUFFIXES.isdisjoint(reading.keys):
            possible = with_borders(view, with_companies(view, expansion.expanded(spans), self._lexicon), ctx)
            spans = without_numbers(view, possible, self._lexicon, told=ctx.dialogue.tells_address(self._turn))
        first = self._first_open(expansion, possible, spans, view, reading, is_final=is_final, slotted=slotted)
        if pieces is not None and pieces.awaited:
            late = (
                -1 if is_final and (not self._look_over or reading.ends) else pieces.first_open(view, is_final=is_final)
            )
            if late < 0 or is_final:
                spans = pieces.with_piece(spans, view, ctx)
            if late >= 0:
                first = earlier(first, late)
        return spans, first + view.first_word if first >= 0 else -1

    def _first_open(
        self,
        expansion: SpanExpansion,
        spans: list[Span],
        found: list[Span],
        view: UtteranceView,
        reading: Reading,
        *,
        is_final: bool,
        slotted: bool,
    ) -> int:
        """Return the first place that words to come may decide about, -1 for none.

        `spans` is what may be something, and `found` what is something of it, unless words to come say otherwise.
        """
        look_over = self._look_over if is_final else max(REACH, self._look_over)
        if not look_over or reading.ends:
            return -1
        keys = reading.keys
        late = max(0, len(keys) - look_over) if is_final else first_undecided(keys, look_over)
        wanted, settled = reading.wanted, _NONE_SETTLED
        if is_final:
            if found and reading.begin and self._hides:
                settled = self._settled(found, view, late, reading.begin)
            tagged = {at for at, tag in zip(wanted, reading.tags, strict=True) if tag[0]}
            starts = [
                at
                for at in reading.open_starts
                if at >= late - INSIDE and expansion.may_begin(at) and (at in tagged or self._is_rare(view, at))
            ]
            wanted = [at for at in candidates(keys, starts) if at in tagged or self._is_rare(view, at)]
        first = expansion.first_open(spans, settled, late, wanted, is_final=is_final)
        first = earlier(first, self._repeats.first_open(keys))
        if slotted:
            slots = self._slots.first_open(view, self._lexicon, whole=not reading.place, is_final=is_final)
            first = earlier(first, slots)
        if first >= 0:  # what an undecided word may belong to may become surer by it
            first = _from_spans(first, spans, settled, view.first_word)
        if not is_final:
            return first
        word = view.first_word
        doubtful = [word + at for at in wanted if _is_doubtful(view, at)]
        self._open.doubt(doubtful, [word + at for at in _house_at_end(keys, first)])
        waiting = first_waiting(first, len(keys), look_over)
        for span in spans if waiting > first else ():  # what has waited for so long is decided whole
            start, end = span.start - view.first_word, span.end - view.first_word
            if start < waiting < end:
                waiting = end if end < len(keys) else -1
                break
        return waiting

    def _settled(self, found: list[Span], view: UtteranceView, late: int, begin: int) -> Settled:
        """Return up to which word each span is hidden whatever becomes of those behind, if any of its words is.

        Words before the place `late` are decided. A span is cut only between finals, the last of which begins at the
        place `begin`, so that what each final gives is written as one piece. A name is not cut at all, letters of one
        may be joined with those behind, and what stands right behind its like may turn out to be more of it, or none.
        """
        out: Settled = {}
        last, label = -1, ""  # where the span before ends, and what it is
        for span in found:
            start, end = span.start - view.first_word, span.end - view.first_word
            goes_on = (start == last and span.label == label) or self._open.is_apart_before(span.start)
            last, label = end, span.label
            if start >= late or goes_on or label not in self._hides:
                continue
            cut = self._window.last_cut(min(end, late), begin)
            if cut <= start or (label == "PERSON" and (cut < end or len(view.keys[end - 1]) <= SHORT)):
                continue
            out[span.start, span.end] = cut + view.first_word
        return out

    def _is_rare(self, view: UtteranceView, at: int) -> bool:
        """Return whether a word may be a name by itself: all others are what they are now, whatever follows."""
        return not view.is_everyday(at) or self._lexicon.is_name_or_street(view.keys[at])

    def _told_tags(self, reading: Reading) -> list[Tagged]:
        """Return the tags of the words that are asked for in a reading; of an interim, only the new ones are tagged."""
        window, asked, asked_apart = self._window, reading.asked, reading.asked_apart
        if self._memo is None:
            return self._tags(window.windows(reading, asked, asked_apart, self._history))
        memo, memo_apart = self._memo
        forms_apart = _NO_KEYS if reading.apart is None else reading.apart.forms
        tags = memo.known(reading.forms, asked, asked)
        tags_apart = memo_apart.known(forms_apart, asked_apart, asked_apart)
        new, new_apart = asked[len(tags) :], asked_apart[len(tags_apart) :]
        fresh = self._tags(window.windows(reading, new, new_apart, self._history))
        tags, tags_apart = tags + fresh[: len(new)], tags_apart + fresh[len(new) :]
        memo.take(reading.forms, asked, asked, tags)
        memo_apart.take(forms_apart, asked_apart, asked_apart, tags_apart)
        return tags + tags_apart

    def _tags(self, windows: list[Window]) -> list[Tagged]:
        """Return the network's tags of the wanted words of some windows of this turn."""
        if not windows:
            return []
        if self._bias is None:
            self._bias = self._network.question_bias(self._history.question())
        if len(windows) > 1:
            batch = WindowBatch()
            for near in windows:
                batch.add(near, _NO_KEYS)
            return batch.tags(self._network, self._bias)
        forms_near, ends, places, _ = windows[0]
        return self._network.tags(forms_near, ends, places, self._bias)

    def _tagged_spans(self, view: UtteranceView, final: Reading, ctx: Context) -> list[Span]:
        """Return the tagged words of a reading as spans, and with them names that the tags do not have.

        A span is as sure as the surest of its words.
        """
        forms, keys = view.forms, view.keys
        starts = set(final.starts)
        rows: list[tuple[int, int, str, float, int, Reason]] = []  # spans: one is made when it is whole
        here: dict[str, tuple[int, float]] = {}  # names of this reading, with their entity and score
        label, entity, reason = "", 0, _TAGGER  # of the last span
        begin, last = -1, _NOWHERE  # its first word, as spans count, and its last place
        went_on = False  # whether the tag of the word before says that its entity goes on
        ended = _NOWHERE  # the last place that the tags have in an address which a rule has ended
        for at, (tag, margin) in zip(final.wanted, final.tags, strict=True):
            found, begins = TAG_LABELS[tag], TAG_BEGINS[tag]
            beside = last == at - 1
            if at not in starts and not (beside and found == label):
                continue
            name = keys[at]
            if name[-1] == "s":
                name = name.removesuffix(POSSESSIVE)
            if found == "PERSON" and margin < SURE_MARGIN and not (TAG_GOES_ON[tag] or (beside and label == found)):
                found = "" if self._lexicon.is_no_name(forms, keys, at, name) else found
            decided = _TAGGER
            if not found:
                may_go_on_with = label if beside and (went_on or label == "PERSON") else ""
                found, begins, decided = self._untagged(name, forms, keys, at, may_go_on_with, here)
            before = forms[last] if beside else ""
            if found and not begins and _is_over(found, keys[at], before, behind_ended=ended == at - 1):
                found, ended = "", at
            went_on = TAG_GOES_ON[tag]
            if not found:
                label = ""
                continue
            known, score = here.get(name) or self._told_before(name) if found == "PERSON" else _UNTOLD
            score = max(score, TAGGED_SCORE if decided is Reason.LEXICON else tagged_score(margin))
            if found == label and beside and (not begins or before[-1].isalnum()):
                rows[-1] = (begin, view.first_word + at + 1, found, max(score, rows[-1][3]), entity, reason)
            else:
                begin, entity, reason = view.first_word + at, known or ctx.new_entity(), decided
                rows.append((begin, begin + 1, found, score, entity, reason))
            label, last = found, at
            if found == "PERSON" and self._lexicon.may_be_name(name):
                here[name] = (entity, score)
        return [
            make_span(start, end, found, score, entity, reason) for start, end, found, score, entity, reason in rows
        ]

    def _told_before(self, name: str) -> tuple[int, float]:
        """Return the entity and the score of a name that was told before, `_UNTOLD` for another."""
        told = self._names.get(name)
        if told is not None:
            return told
        known = self._known.get(name, 0)
        return (known, CUED_SCORE) if known else _UNTOLD

    def _untagged(
        self, name: str, forms: list[str], keys: list[str], at: int, may_go_on_with: str, here: Collection[str]
    ) -> tuple[str, bool, Reason]:
        """Return the label of a word without a tag ("" for none), whether an entity begins with it, and why.

        It may be a name that was told, in the call or `here`, or a common given name, or one more word of the entity
        before it, of the label `may_go_on_with`.
        """
        told = (name in self._names or name in here) and not self._lexicon.is_used_as_word(name, forms, keys, at)
        if told:
            return "PERSON", True, Reason.SAID_AGAIN
        if self._lexicon.is_given_name(name, forms, keys, at) and not is_counted(keys, at):
            return "PERSON", True, Reason.LEXICON
        goes_on = may_go_on_with and forms[at - 1][-1].isalpha() and self._lexicon.may_be_name(name)
        return (may_go_on_with if goes_on else ""), False, _TAGGER

    def _told(self, spans: list[Span], view: UtteranceView, fresh: int, ctx: Context) -> list[ToldName]:
        """Return the names of a reading from the word `fresh` on and the words that are spelled, to know them again."""
        found: list[ToldName] = []
        for span in spans:
            if span.label != "PERSON" or span.end <= fresh:
                continue
            cued = span.reason is Reason.CUED
            for word in range(max(span.start, fresh), span.end):
                name = view.keys[word - view.first_word].removesuffix(POSSESSIVE)
                if self._lexicon.may_be_known(name) or (cued and len(name) > 1):
                    is_rare = self._lexicon.may_be_name(name)
                    found.append(ToldName(name, span.entity, span.score, word, is_rare=is_rare))
        for at, name in self._slots.spelled_names(view.keys):
            word = view.first_word + at
            if word >= fresh:
                entity, score = self._told_before(name)
                is_rare = self._lexicon.may_be_name(name)
                found.append(ToldName(name, entity or ctx.new_entity(), max(score, CUED_SCORE), word, is_rare=is_rare))
        return found

    def _remember(self, names: list[ToldName], turn: int) -> None:
        """Keep the names that were told: everyday words as such."""
        for told in names:
            if not told.is_rare:
                self._repeats.remember(told.name, told.entity, turn, told.score)
                continue
            self._names = self._names or {}
            self._names.pop(told.name, None)
            self._names[told.name] = (told.entity, told.score)
            if len(self._names) > KEPT_NAMES:
                del self._names[next(iter(self._names))]


def _from_spans(first: int, spans: list[Span], settled: Settled, first_word: int) -> int:
    """Return the first undecided place, with the spans that go on there: of one that is settled only what is open."""
    for span in spans:
        if span.end >= first_word + first:
            start = settled.get((span.start, span.end), span.start)
            first = first if start == span.end else min(first, start - first_word)
    return first


def _is_over(label: str, key: str, before: str, *, behind_ended: bool) -> bool:
    """Return whether a word is surely no more of an entity, whatever its tag: "keira | she's", "is Theo. | May I".

    `before` is the form before it in the entity, "" where it does not stand directly behind the entity;
    `behind_ended` says that the word before was no more of it either.
    """
    if label == "STREET_ADDRESS" and (behind_ended or (before and key in NEVER_INSIDE)):
        return True
    if not before:
        return False
    is_long = len(before) > _LONG
    if label == "PERSON" and is_long and (key in BEHIND_LONG_NAMES or split_form(before)[0].endswith(POSSESSIVES)):
        return True
    return key in FUNCTION and ("'" in key or (before[-1] in ".?!" and is_long))


def _house_at_end(keys: list[str], first: int) -> range:
    """Return the words of a text that may be a house and the beginning of its street: "27 station | road".

    They are those from the first open one on, where that is the number.
    """
    if first < 0 or not is_number(keys[first]):
        return range(0)
    street = first
    while street < len(keys) and is_number(keys[street]):
        street += 1
    return range(first, len(keys)) if 0 < len(keys) - street <= _STREET else range(0)


def _is_doubtful(view: UtteranceView, at: int) -> bool:
    """Return whether a word that waits may be a name whatever it is now: no everyday word, number or "my bill"."""
    key = view.keys[at]
    if len(key) == 1 or is_number(key) or view.is_everyday(at):
        return False
    return not (at and view.keys[at - 1] in DETERMINERS and view.forms[at].islower())
