"""Names, addresses and places by the trained tagger, and names that a call has told already.

The tagger looks a few words ahead, but never past the end of a final utterance: what a final says is decided with it,
and nothing waits. In an interim the last words are undecided. It sees where the utterance before ended, in its turn
too: what begins there is mostly a sentence of its own. So the contract holds for the finals as they came; how a turn is
cut into finals may change what is found near the cuts, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from ccredact.detectors.base import EVERY_WORD, Context, Stateless
from ccredact.detectors.names.address_pieces import AddressPieces
from ccredact.detectors.names.addresses import REACH
from ccredact.detectors.names.borders import with_borders, without_numbers, without_words
from ccredact.detectors.names.companies import with_companies
from ccredact.detectors.names.early_words import early_answer, email_words, has_explained_words
from ccredact.detectors.names.expand import SpanExpansion
from ccredact.detectors.names.lexicon import NameLexicon, is_counted
from ccredact.detectors.names.repeats import RepeatMentions, Told
from ccredact.detectors.names.slots import NO_SLOTS, with_slots
from ccredact.detectors.names.utterance import UtteranceView
from ccredact.detectors.scores import CUED_SCORE, TAGGED_SCORE, tagged_score
from ccredact.lang.en.addresses import NEVER_INSIDE, SUFFIXES
from ccredact.lang.en.names import BEHIND_LONG_NAMES, POSSESSIVE, POSSESSIVES
from ccredact.lang.en.words import FUNCTION
from ccredact.reasons import Reason
from ccredact.tagger.architecture import MARGIN_STEP, TAG_BEGINS, TAG_GOES_ON, TAG_LABELS
from ccredact.tagger.features import forms_of, split_form
from ccredact.tagger.history import History, WindowBatch
from ccredact.tagger.prefilter import candidates, first_undecided
from ccredact.text.labels import OPAQUE
from ccredact.text.token import Token
from ccredact.transcript import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.tagger.architecture import Tagged
    from ccredact.tagger.network import Network
    from ccredact.tagger.prefilter import Prefilter
    from ccredact.tagger.weights import Floats

KEPT_NAMES: Final = 64
"""Names of a call that are known again, at most."""
SURE_MARGIN: Final = 10 * MARGIN_STEP
"""The margin from which on the tagger is believed that an everyday word is a name."""
_LONG: Final = 3
"""A form of more characters than these is no initial and no "Dr.": a mark or a word behind it may end a name."""
_TAGGER: Final = Reason.TAGGER  # looked up once: an enum is slow
_NOBODY: Final[Mapping[str, int]] = {}
_UNTOLD: Final = (0, 0.0)
"""Entity and score of a name that was not told before."""
_NOWHERE: Final = -2
"""A place that is not even the one before the first word."""


class PreparedFinal:
    """A final that `look_ahead` has tagged.

    `forms` are empty where no entity may begin; `starts` are the places where one may, `wanted` those where one may
    begin or go on, and `tags` the tags of these.
    """

    __slots__ = ("forms", "starts", "tags", "wanted")

    def __init__(self, forms: list[str], starts: list[int], wanted: list[int]) -> None:
        self.forms, self.starts, self.wanted = forms, starts, wanted
        self.tags: list[Tagged] = []


class TaggedDetector(Stateless):
    """Reads whole utterances (`read_utterance`); it is fed no single words, and no entity goes on in a next utterance.

    What an utterance goes through:

    1. `Prefilter.starts` gives the places where an entity may begin; for most utterances none, and that is all.
    2. The network tags these words and those an entity may go on with (`candidates`), in `look_ahead` for many finals
       at once or in `read_utterance` for this one: the tags are the same.
    3. `_tagged_spans` joins tagged words into spans, where the name lexicon and names told before allow or add some.
    4. `RepeatMentions` adds everyday words that were names a moment ago, `SpanExpansion` what stands around.
    5. Of an interim, `_open` becomes the first word that words to come may decide about; a final leaves none.

    What it keeps of the call:

    - `_history`, `_turn`: all utterances before this one, and the number of the turn they end in.
    - `_bias`: what the question before this turn adds, once the network was asked; None when a turn begins.
    - `_slots`: where names are asked for;
    - `_known`: words of names that were known before it, with their entity;
    - `_names`: names of people that were told, with their entity and the score of where they were surest, the latest
      last, `KEPT_NAMES` at most; they are known wherever they are said again. Everyday words among them are in
      `_repeats` instead.
    - `_prepared`: finals that are tagged already, the next one last; empty in a stream.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD

    __slots__ = (
        "_bias",
        "_history",
        "_known",
        "_lexicon",
        "_names",
        "_network",
        "_open",
        "_prefilter",
        "_prepared",
        "_repeats",
        "_slots",
        "_turn",
        "active",
    )

    def __init__(self, network: Network, prefilter: Prefilter, names: Mapping[str, int] | None = None) -> None:
        """Take the weights' network and prefilter, and words of names that are known before the call, with entities."""
        self._network = network
        self._lexicon = NameLexicon(network.lexicon_bits)
        self._prefilter = prefilter
        self._turn = 0
        self._history = History()
        self._bias: Floats | None = None
        self._prepared: list[PreparedFinal] = []
        self._repeats = RepeatMentions()
        self._slots = NO_SLOTS
        self._known = names or _NOBODY
        self._names = {
            name: (entity, CUED_SCORE) for name, entity in self._known.items() if self._lexicon.may_be_name(name)
        }
        self._open = -1  # the first undecided word of an interim
        self.active = False  # whether there is one

    def fork(self) -> TaggedDetector:
        """Return an independent copy, which is told nothing ahead."""
        other = TaggedDetector(self._network, self._prefilter, self._known)
        other._turn, other._history = self._turn, self._history.copy()
        other._bias = self._bias
        other._names, other._repeats = dict(self._names), self._repeats.fork()
        other._slots = self._slots
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return no spans: it reads whole utterances."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word of an interim in `[start, end)`, `end` for none."""
        return end if self._open < 0 else min(end, max(start, self._open))

    def look_ahead(self, coming: Sequence[tuple[str, list[str], int]]) -> None:
        """Take the next finals, (text, keys, turn) each: their words go through the network together.

        `read_utterance` then finds what it would find without: a tag is the same in every batch.
        """
        history, turn = self._history.copy(), self._turn
        prepared: list[PreparedFinal] = []
        batch = WindowBatch()
        for text, keys, number in coming:
            if number != turn:
                turn = number
                history.begin_turn()
            starts = self._prefilter.starts(keys, is_final=True)
            if not starts:
                prepared.append(PreparedFinal([], starts, starts))
                history.add(text)
                continue
            final = PreparedFinal(forms_of(text), starts, candidates(keys, starts))
            for window in history.windows(final.forms, final.wanted):
                batch.add(window, history.question())
            prepared.append(final)
            history.add(final.forms)
        tags = iter(batch.tags(self._network))
        for final in prepared:
            if final.starts:
                final.tags = [*islice(tags, len(final.wanted))]
        self._prepared = prepared[::-1]

    def read_utterance(
        self, text: str, keys: list[str], word: int, turn: int, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Take an utterance whose first word has the position `word` in the call; return what is found in it."""
        if turn != self._turn:
            self._turn, self._bias = turn, None
            self._history.begin_turn()
            self._slots = self._slots.in_turn(turn, ctx)
        slotted = self._slots.may_stand_in(keys)
        trusted = slotted and self._slots.is_trusted(keys)
        final = self._prepare(keys, is_final=is_final, trusted=trusted)
        pieces = AddressPieces(ctx, turn)
        explained = is_final and has_explained_words(keys, word, ctx)
        if not (final.starts or pieces.awaited or explained or slotted or self._repeats.any_in(keys)):
            self._history.add(text)
            return []
        if not final.forms:
            final.forms = forms_of(text)
            if final.starts:
                final.wanted = candidates(keys, final.starts)
                final.tags = self._tags(final.forms, final.wanted)
        self._history.add(final.forms)
        view = UtteranceView(text, final.forms, keys, word)
        spans = self._tagged_spans(view, final, ctx)
        if spans and not trusted:
            spans = without_words(view, spans, self._lexicon, self._names)
        if slotted:
            spans = with_slots(spans, view, self._slots.found(view, spans, self._lexicon), ctx)
        told = self._told(spans, view, ctx) if spans or slotted else []
        spans = self._repeats.with_repeats(spans, told, keys, word, turn)
        spans = self._expanded(spans, view, final.wanted, ctx, is_final=is_final)
        if slotted:
            self._slots = self._slots.answered_by(spans)
            if not is_final:
                self._hold_from(self._slots.first_open(view), view)
        if explained:
            spans = email_words(early_answer(spans, view, ctx), view, ctx)
        return self._with_piece(spans, view, pieces, ctx, is_final=is_final) if pieces.awaited else spans

    def _prepare(self, keys: list[str], *, is_final: bool, trusted: bool) -> PreparedFinal:
        """Return the places of an utterance where an entity may begin, with tags if they are known already.

        `trusted`: a name was asked for, and may begin with any word.
        """
        known = self._prepared.pop() if self._prepared else None
        if trusted:
            places = [at for at, key in enumerate(keys) if key != OPAQUE]
            return PreparedFinal([], places, places)
        if known is not None:
            return known
        starts = self._prefilter.starts(keys, is_final=is_final)
        return PreparedFinal([], starts, starts)

    def _with_piece(
        self, spans: list[Span], view: UtteranceView, pieces: AddressPieces, ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Return the spans with the part of an address that is told by itself; an interim is undecided about it."""
        first = -1 if is_final else pieces.first_open(view.keys)
        if first < 0:
            return pieces.with_piece(spans, view, ctx)
        self._hold_from(first, view)
        return spans

    def _hold_from(self, first: int, view: UtteranceView) -> None:
        """Be undecided about an interim from a place on; -1 for none."""
        if first >= 0:
            first += view.first_word
            self._open = min(self._open, first) if self._open >= 0 else first
            self.active = True

    def _told(self, spans: list[Span], view: UtteranceView, ctx: Context) -> list[Told]:
        """Keep the names of an utterance, and the words that are spelled in it, to know them again.

        Return the everyday words among them: they are known again only where they are said back.
        """
        found: list[Told] = []
        for span in spans:
            if span.label != "PERSON":
                continue
            cued = span.reason is Reason.CUED
            for key in view.keys[span.start - view.first_word : span.end - view.first_word]:
                name = key.removesuffix(POSSESSIVE)
                if self._lexicon.may_be_known(name) or (cued and len(name) > 1):
                    found.append((name, span.entity, span.score))
        spelled = self._slots.spelled_names(view.keys)
        for name in spelled:
            entity, score = self._told_before(name)
            found.append((name, entity or ctx.new_entity(), max(score, CUED_SCORE)))
        return [told for told in found if not self._remember(*told)]

    def _tags(self, forms: list[str], wanted: list[int]) -> list[Tagged]:
        """Return the network's tags of some words of the utterance that comes next."""
        if self._bias is None:
            self._bias = self._network.question_bias(self._history.question())
        tags: list[Tagged] = []
        for forms_near, ends, places in self._history.windows(forms, wanted):
            tags += self._network.tags(forms_near, ends, places, self._bias)
        return tags

    def _tagged_spans(self, view: UtteranceView, final: PreparedFinal, ctx: Context) -> list[Span]:
        """Return the tagged words of an utterance as spans, and with them names that the tags do not have.

        A span is as sure as the surest of its words.
        """
        forms, keys = view.forms, view.keys
        starts = set(final.starts)
        out: list[Span] = []
        here: dict[str, tuple[int, float]] = {}  # names of this utterance, with their entity and score
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
                out[-1] = Span(begin, view.first_word + at + 1, found, max(score, out[-1].score), entity, reason)
            else:
                begin, entity, reason = view.first_word + at, known or ctx.new_entity(), decided
                out.append(Span(begin, begin + 1, found, score, entity, reason))
            label, last = found, at
            if found == "PERSON" and self._lexicon.may_be_name(name):
                here[name] = (entity, score)
        return out

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

    def _expanded(
        self, spans: list[Span], view: UtteranceView, wanted: list[int], ctx: Context, *, is_final: bool
    ) -> list[Span]:
        """Return the spans with what stands around them; of an interim, note from where on it is undecided."""
        if is_final and not spans and SUFFIXES.isdisjoint(view.keys):
            return spans
        expansion = SpanExpansion(view, ctx)
        spans = with_borders(view, with_companies(view, expansion.expanded(spans), self._lexicon), ctx)
        spans = without_numbers(view, spans, self._lexicon, told=ctx.dialogue.tells_address(self._turn))
        if not is_final:
            late = first_undecided(view.keys, REACH)
            first = expansion.first_open(spans, late, next((at for at in wanted if at >= late), -1))
            repeat = self._repeats.first_open(view.keys)
            first = min(first, repeat) if first >= 0 and repeat >= 0 else max(first, repeat)
            if first >= 0:  # what an undecided word may belong to may become surer by it
                beside = [span.start - view.first_word for span in spans if span.end >= view.first_word + first]
                first = min([first, *beside])
            self._open = view.first_word + first if first >= 0 else -1
            self.active = self._open >= 0
        return spans

    def _remember(self, name: str, entity: int, score: float) -> bool:
        """Keep a name with its entity, and return True; return False for an everyday word, which is not kept."""
        if not self._lexicon.may_be_name(name):
            return False
        self._names.pop(name, None)
        self._names[name] = (entity, score)
        if len(self._names) > KEPT_NAMES:
            del self._names[next(iter(self._names))]
        return True


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
