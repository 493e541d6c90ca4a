"""Health, family and purchases by the trained tagger: its second half, with windows and promises of the first.

It looks a few words ahead, but never past the end of a final: what a final says is decided with it. In an interim the
last words are undecided.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from ccredact.detectors.base import EVERY_WORD, Context, Stateless
from ccredact.detectors.disclosures.sites import end_of_sites, may_have_sites, with_sites
from ccredact.detectors.disclosures.whose import nothing_told
from ccredact.detectors.scores import tagged_score
from ccredact.dialogue.lifetimes import ANSWER_TURNS
from ccredact.lang.en.cardinals import MAGNITUDES, TEENS, TENS, UNITS
from ccredact.lang.en.disclosures import CONJUNCTIONS
from ccredact.lang.en.identifiers import AND
from ccredact.reasons import Reason
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import forms_of
from ccredact.tagger.history import History, WindowBatch
from ccredact.tagger.memo import TagMemo
from ccredact.tagger.prefilter import CUE_TURNS, first_undecided, is_number
from ccredact.text.token import Token
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.detectors.disclosures.families import Family
    from ccredact.tagger.architecture import Tagged
    from ccredact.tagger.network import Network
    from ccredact.tagger.prefilter import DisclosurePrefilter
    from ccredact.tagger.weights import Floats

_TAGGER: Final = Reason.TAGGER
_TAGS: Final = arch.DISCLOSURES_HALF.tags
_LABELS: Final = tuple(tag[2:] for tag in _TAGS)
_BEGINS: Final = tuple(tag[0] in "BU" for tag in _TAGS)
_AMOUNT: Final = "PURCHASE_AMOUNT"
_NOWHERE: Final = -2
_OUTSIDE: Final[arch.Tagged] = (0, 0)
_NO_TAGS: Final[list[arch.Tagged]] = []
_SHORTENED: Final = 4
"""Letters of a shortened word with its full stop: "tabs."."""


class Prepared:
    """A final that `look_ahead` has tagged.

    `forms` are its words, `starts` the places where a disclosure may begin, `wanted` those where one may go on too,
    `tags` their tags; `cue`: it is known that it has one.
    """

    __slots__ = ("cue", "forms", "starts", "tags", "wanted")

    def __init__(self, forms: list[str], starts: list[int], wanted: list[int], *, cue: bool = False) -> None:
        self.forms, self.starts, self.wanted, self.cue = forms, starts, wanted, cue
        self.tags: list[Tagged] = []


_NOWHERE_AT_ALL: Final[list[int]] = []
_NOTHING: Final = Prepared([], _NOWHERE_AT_ALL, _NOWHERE_AT_ALL)
"""A final in which nothing may begin."""
_CUE_ALONE: Final = Prepared([], _NOWHERE_AT_ALL, _NOWHERE_AT_ALL, cue=True)
"""The same with a cue."""


_NO_FINALS: Final[list[Prepared]] = []
"""It is never changed in place."""


class TaggedDisclosures(Stateless):
    """Reads whole utterances; it is fed no single words, and nothing goes on in a next utterance.

    `_history` and `_turn` are what was said before, `_since` is how many turns ago one of the prefilter's cues was
    said, 0 in this one; `_bias` is what the question before this turn adds, None until the network was asked;
    `_prepared` are finals that are tagged already, the next one last; `_memo` is what was told of the last interim: a
    call has none, a copy of it and the copies of that have one.
    """

    wake: ClassVar[int] = 0
    guards: ClassVar[int] = EVERY_WORD

    __slots__ = (
        "_bias",
        "_history",
        "_memo",
        "_network",
        "_open",
        "_prefilter",
        "_prepared",
        "_since",
        "_turn",
        "_whose",
        "active",
    )

    def __init__(self, network: Network, prefilter: DisclosurePrefilter, families: Sequence[Family] = ()) -> None:
        self._network, self._prefilter = network, prefilter
        self._whose = nothing_told(tuple(families))
        self._turn = 0
        self._history = History()
        self._since = CUE_TURNS + 1
        self._bias: Floats | None = None
        self._memo: TagMemo | None = None
        self._prepared = _NO_FINALS
        self._open = -1  # the first undecided word of an interim
        self.active = False  # whether there is one

    def fork(self) -> TaggedDisclosures:
        """Return an independent copy, which is told nothing ahead."""
        other = TaggedDisclosures(self._network, self._prefilter)
        other._turn, other._history, other._bias = self._turn, self._history.copy(), self._bias
        other._since, other._whose = self._since, self._whose
        other._memo = TagMemo() if self._memo is None else self._memo
        return other

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Return no spans: it reads whole utterances."""
        del token, ctx
        return []

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word of an interim in `[start, end)`, `end` for none."""
        return end if self._open < 0 else min(end, max(start, self._open))

    def look_ahead(self, coming: Sequence[tuple[str, list[str], int]]) -> None:
        """Take the next finals, (text, keys, turn) each: their words go through the network together."""
        history, turn, since = self._history.copy(), self._turn, self._since
        prepared: list[Prepared] = []
        batch = WindowBatch()
        for text, keys, number in coming:
            if number != turn:
                turn, since = number, since + 1
                history.begin_turn()
            has_cue = since > 0 and self._prefilter.has_cue(keys)
            asked = since <= CUE_TURNS or has_cue
            starts = self._prefilter.starts(keys, since=since, is_final=True) if asked else _NOWHERE_AT_ALL
            if has_cue:
                since = 0
            if not starts:
                prepared.append(_CUE_ALONE if has_cue else _NOTHING)
                history.add(text)
                continue
            forms = forms_of(text)
            final = Prepared(forms, starts, self._prefilter.candidates(keys, starts), cue=has_cue)
            for window in history.windows(forms, final.wanted, starts):
                batch.add(window, history.question())
            prepared.append(final)
            history.add(forms)
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
            self._since += 1
            self._history.begin_turn()
        since = self._since
        final = self._prepared.pop() if self._prepared else None
        has_cue = final.cue if final is not None else since > 0 and self._prefilter.has_cue(keys)
        if has_cue:
            self._since = 0
        if final is None:
            may_tell = since <= CUE_TURNS or has_cue or not is_final
            starts = self._prefilter.starts(keys, since=since, is_final=is_final) if may_tell else _NOWHERE_AT_ALL
            if not starts:
                self._history.add(text)
                return self._told([], keys, turn, is_final=is_final)
            forms = forms_of(text)
            final = Prepared(forms, starts, self._prefilter.candidates(keys, starts))
            final.tags = self._tags(final) if is_final else self._interim_tags(final, first_undecided(keys, arch.RIGHT))
            self._history.add(forms)
        else:
            self._history.add(text)
            if not final.starts:
                return self._told([], keys, turn, is_final=is_final)
        tagged = with_whole_numbers(spans_in(final, word, ctx), keys, word)
        if is_final and not tagged:
            return self._told(tagged, keys, turn, is_final=True)
        spans = with_sites(self._whose.judged(tagged, keys, word), keys, final.forms, word)
        asked = self._is_asked(ctx)
        doubtful = [] if asked else self._whose.doubtful(spans, keys, turn)
        lone = [] if asked else self._whose.alone(spans, keys, word, turn)
        if not is_final:
            self._hold(final, tagged, keys, word)
            late = word + first_undecided(keys, arch.RIGHT)
            unjudged = [*doubtful, *lone, *[span for span in tagged if span.end > late]]
            if unjudged:  # words to come say whose it is, and whether it is talk in general or of such things
                first = min(span.start for span in unjudged)
                self._open = min(self._open, first) if self.active else first
                self.active = True
            return spans
        if doubtful:
            lone += self._whose.general(doubtful, keys, is_question=final.forms[-1][-1] == "?")
        return self._told([span for span in spans if span not in lone], keys, turn, is_final=True)

    def _told(self, spans: list[Span], keys: list[str], turn: int, *, is_final: bool) -> list[Span]:
        """Return what is told in an utterance, and keep its words if it is final and such things are talked of."""
        if is_final and self._since <= CUE_TURNS:
            self._whose = self._whose.noted(keys, turn, spans)
        return spans

    def _is_asked(self, ctx: Context) -> bool:
        """Return whether somebody was asked for a disclosure a moment ago."""
        slot = ctx.dialogue.disclosure
        return slot is not None and self._turn - slot.turn <= ANSWER_TURNS

    def _interim_tags(self, interim: Prepared, late: int) -> list[Tagged]:
        """Return the tags of the wanted words before `late`; those behind are undecided whatever the network says."""
        count = bisect_left(interim.wanted, late)
        tags = _NO_TAGS
        if count:
            starts = interim.starts[: bisect_left(interim.starts, late)]
            forms, wanted = interim.forms, interim.wanted[:count]
            memo = TagMemo() if self._memo is None else self._memo
            tags = memo.known(forms, wanted, starts)
            if len(tags) < count:
                first = wanted[len(tags)]
                tags = tags + self._tags(Prepared(forms, starts[bisect_left(starts, first) :], wanted[len(tags) :]))
            memo.take(forms, wanted, starts, tags)
        return [*tags, *[_OUTSIDE] * (len(interim.wanted) - count)]

    def _tags(self, final: Prepared) -> list[Tagged]:
        """Return the network's tags of the wanted words of the utterance that comes next."""
        if self._bias is None:
            self._bias = self._network.question_bias(self._history.question())
        tags: list[Tagged] = []
        for near, ends, places, inside in self._history.windows(final.forms, final.wanted, final.starts):
            tags += self._network.tags(near, ends, places, self._bias, inside)
        return tags

    def _hold(self, final: Prepared, spans: list[Span], keys: list[str], word: int) -> None:
        """Note from where on an interim is undecided: words whose window may go on, and what such a word belongs to."""
        late = first_undecided(keys, arch.RIGHT)
        first = next((at for at in final.wanted if at >= late), -1)
        while first > 0 and (
            _is_of_one_number(keys[first - 1], keys[first]) or _is_of_price(keys[first - 1], keys[first])
        ):
            first -= 1
        if first >= 0:
            near = word + first - (keys[first - 1] in CONJUNCTIONS if first else 0)  # which may join what follows
            first = min([word + first, *(span.start for span in spans if span.end >= near)])
        for span in spans:
            if may_have_sites(span, keys, word):
                _, stop = end_of_sites(keys, final.forms, span.end - word, len(keys))
                if stop == len(keys):  # a part of the body may come
                    first = span.start - word if first < 0 else min(first, span.start - word)
        self._open, self.active = first, first >= 0


def spans_in(final: Prepared, first: int, ctx: Context) -> list[Span]:
    """Return the tagged words of an utterance as spans; a span is as sure as the surest of its words.

    What goes on behind the end of a sentence is another thing, and a figure goes with those before it: "1,200". A
    conjunction at the end joins the span to what comes behind it, and is no part of it.
    """
    out: list[Span] = []
    starts, forms = set(final.starts), final.forms
    begin, label, score, entity = 0, "", 0.0, 0  # of the open span: it is made when its last word is known
    last, ended = _NOWHERE, ""  # `ended`: the label whose words go on behind the end of a sentence
    for at, (tag, margin) in zip(final.wanted, final.tags, strict=True):
        if not tag:
            ended = ""
            continue
        found, begins = _LABELS[tag], _BEGINS[tag]
        goes_on = found == label and last == at - 1
        if begins or found != ended:
            ended = ""
        if goes_on and not begins and _ends_sentence(forms[at - 1]):
            ended = found
        if ended or not (goes_on or at in starts):
            continue
        if goes_on and not begins:
            score = max(tagged_score(margin), score)
        else:
            if label:
                out.append(_joined(first, begin, last, label, score, entity, forms))
            begin, label, score, entity = at, found, tagged_score(margin), ctx.new_entity()
            while begin and _is_figure(forms[begin]) and _is_figure(forms[begin - 1]) and forms[begin - 1][-1] in ",.":
                begin -= 1
        last = at
    if label:
        out.append(_joined(first, begin, last, label, score, entity, forms))
    return out


def _joined(first: int, begin: int, last: int, label: str, score: float, entity: int, forms: list[str]) -> Span:
    """Return the span of some words of an utterance, without a conjunction at the end."""
    end = last if last > begin and forms[last].lower() in CONJUNCTIONS else last + 1
    return make_span(first + begin, first + end, label, score, entity, _TAGGER)


def with_whole_numbers(spans: list[Span], keys: list[str], first: int) -> list[Span]:
    """Return spans that cut no number in words: "one hundred and thirty pounds", "fifty two"."""
    if not spans:
        return spans
    taken = {word - first for span in spans for word in range(span.start, span.end)}
    out: list[Span] = []
    for span in spans:
        start, end = span.start - first, span.end - first
        while start and start - 1 not in taken and _is_of_one_number(keys[start - 1], keys[start]):
            start -= 1
        is_price = span.label == _AMOUNT and start > 0 and start - 1 not in taken
        if is_price and _is_of_price(keys[start - 1], keys[start]) and not (start > 1 and is_number(keys[start - 2])):
            start -= 1
        while end < len(keys) and end not in taken and _is_of_one_number(keys[end - 1], keys[end]):
            end += 1
        if end + 1 < len(keys) and keys[end] == AND and keys[end - 1] in MAGNITUDES and is_number(keys[end + 1]):
            end += 1 if {end, end + 1} & taken else 2
        if (start, end) == (span.start - first, span.end - first):
            out.append(span)
        else:
            out.append(Span(first + start, first + end, span.label, span.score, span.entity, _TAGGER))
    return out


def _is_of_one_number(before: str, behind: str) -> bool:
    """Return whether two words are read as one number: "two hundred", "hundred five", "fifty two"."""
    if behind in MAGNITUDES or before in MAGNITUDES:
        return is_number(before) and is_number(behind)
    return before in TENS and UNITS.get(behind, "0") != "0"


def _is_of_price(before: str, behind: str) -> bool:
    """Return whether two words are read as one price: "one forty", "two ninety five"."""
    return UNITS.get(before, "0") != "0" and (behind in TENS or behind in TEENS)


def _ends_sentence(form: str) -> bool:
    """Return whether a sentence ends with a word: with a full stop only a long one, since others are shortened."""
    return form[-1] in "?!" or (form[-1] == "." and len(form) > _SHORTENED)


def _is_figure(form: str) -> bool:
    """Return whether a form is of figures."""
    return form[0] == "0"
