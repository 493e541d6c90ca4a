"""Play calls as a recogniser tells them, and count what is shown that should not be.

    python benchmarks/sessions.py FOLDER --real 500 --sessions 10000
    python benchmarks/sessions.py --sessions 200 --policy pci

Every session is a call in finals of random lengths, told by a made-up recogniser (`recogniser.py`): hypotheses grow,
shrink, are revised, re-segmented and renumbered, events come out of order, twice, late or never, finals are replaced,
withdrawn or promoted. They go through a `CallPool`. Four kinds of sessions take turns: nothing but events; time, in
which the pool is told it and words are released undecided; hand-overs to another pool; both. What is shown in the end
is laid beside the finished call made of the same finals in the order of their arrival, *batch*.

- *changed*: sessions whose text is not that of batch, where nothing but events came, or only hand-overs in which no
  security code and no PIN was told or open. None is right. *fault*: sessions in which a detector raised.
- *late*: words that batch hides and the session shows, in the other ones, by label and reason. *hidden more*: the
  other way round, as a share of the words that batch shows.
- *early*: words that an interim shows and batch hides, each interim for itself, without a figure and with one.
  *first words*: the interim is the beginning of the final. *revised*: it has these words too, behind or before others,
  or the words of two finals: what each hides may depend on it that it ends where it does.
  *told late*: some other final came between the interim and its own, and may say what the words are. *too many*:
  interims among the first words' that show more than four digits of them, or a word without one.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import chain, cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callgen.build import Plan, gold_calls
from ccredact import Redactor
from ccredact.core.release import VISIBLE_DIGITS
from ccredact.live.adapter import Heard, Kind
from ccredact.live.limits import Outcome
from ccredact.live.pool import CallPool, Given
from gold import gold_files, machine, read_calls, show
from interims import over, places, shown_to
from ours import utterances
from recogniser import CALL, Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact import Segment, Utterance
    from ccredact.transcript import Name
    from recogniser import Event

KEY: Final = bytes(range(32))
AFTER: Final = 1.5
STEPS: Final = (0.1, 0.1, 0.3, 0.3, 1.0, 2.0)
"""Seconds between two events."""
TOLD: Final = ", a PIN or code told"
MONTHS: Final = frozenset({"may", "march"})
"""Words that a flush shows where nothing before them makes them a month."""
WRONG: Final = (
    "zero one two three four five six seven eight nine oh double 4 41 4242 1111 for to ate people pizza and then okay "
    "your card pin number please yes street may"
).split()
"""What the recogniser hears now and then, and takes back."""
PIECES: Final = (1000, 1000, 12, 6, 3)
"""The most words of a final, of which a call draws one."""


@dataclass(slots=True)
class Ledger:
    """The finals of a call in the order in which they arrive, as the contract of sessions says."""

    finals: list[Utterance] = field(default_factory=list)
    last: dict[Name, tuple[Utterance, float | None]] = field(default_factory=dict)
    """The last hypothesis of an utterance without a final, and when it became a provisional final."""

    def take(self, heard: Heard, now: float) -> Outcome:
        """Take what was heard; return what must become of it."""
        name = heard.id if heard.utterance is None else heard.utterance.id
        if any(final.id == name for final in self.finals):
            is_interim = heard.utterance is not None and not heard.utterance.is_final
            return Outcome.LATE_INTERIM if is_interim else Outcome.SECOND_FINAL
        if heard.utterance is None:
            if name is None or name not in self.last:
                return Outcome.NOTHING_TO_PROMOTE
            self._promote(name)
        elif heard.utterance.is_final and heard.kind is Kind.UTTERANCE:
            self.last.pop(name or "", None)
            self.finals.append(heard.utterance)
        elif name is not None:
            self.last.pop(name, None)
            self.last[name] = (heard.utterance, now if heard.kind is Kind.PROVISIONAL else None)
        return Outcome.TAKEN

    def tick(self, now: float) -> None:
        """Take the time: provisional finals that no other has followed are finals."""
        for name, (_, since) in list(self.last.items()):
            if since is not None and now - since >= AFTER:
                self._promote(name)

    def settle(self) -> None:
        """Take note of the end, or of a hand-over: provisional finals are finals, and there are no interims."""
        for name, (_, since) in list(self.last.items()):
            if since is not None:
                self._promote(name)
        self.last.clear()

    def _promote(self, name: Name) -> None:
        self.finals.append(replace(self.last.pop(name)[0], is_final=True))


@dataclass(frozen=True, slots=True)
class Frame:
    """An interim as it was shown: behind so many finals."""

    event: Event
    segment: Segment
    behind: int


@dataclass(slots=True)
class Played:
    """A session that is over: its finals in order, all final segments by utterance, its interims.

    `is_timed`: time has passed; `moves` counts hand-overs, `bared` those in which a secret was told or open.
    """

    ledger: Ledger = field(default_factory=Ledger)
    segments: dict[Name, list[Segment]] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    is_timed: bool = False
    moves: int = 0
    bared: int = 0

    def give(self, given: Given) -> None:
        """Take what was released."""
        for segment in given.segments:
            if segment.is_final:
                self.segments.setdefault(segment.utterance, []).append(segment)


def play(redactor: Redactor, events: Sequence[Event], rng: random.Random, *, timed: bool, moved: bool) -> Played:
    """Play a session to its end. Raises `AssertionError` where an event has another outcome than it must have."""
    played, now = Played(is_timed=timed), [0.0]
    ledger = played.ledger

    def pool_of_one() -> CallPool:
        return CallPool(redactor, deliver=played.give, after=AFTER if timed else None, clock=lambda: now[0])

    pool = pool_of_one()
    for event in events:
        behind = len(ledger.finals)
        must, given = ledger.take(event.heard, now[0]), pool.take(event.heard)
        if given.outcome is not must:
            raise AssertionError(f"an event came to {given.outcome}, not {must}")
        played.outcomes[given.outcome] += 1
        played.give(given)
        played.frames += [Frame(event, one, behind) for one in given.segments if not one.is_final]
        if timed:
            now[0] += rng.choice(STEPS)
            ledger.tick(now[0])
            pool.tick()
        if moved and rng.randrange(20) == 0:
            ledger.settle()
            pool = _handed_over(pool, pool_of_one(), played)
    ledger.settle()
    played.give(pool.take(Heard(CALL, kind=Kind.CLOSED)))
    return played


def _handed_over(pool: CallPool, other: CallPool, played: Played) -> CallPool:
    """Hand the call over; its provisional finals are finals first, and may tell a secret."""
    session = pool._calls[CALL]  # nobody outside can tell whether a secret was told
    played.give(Given(CALL, tuple(session.settle())))
    played.bared += session._call._state.may_hold_secrets
    other.import_call(CALL, pool.export(CALL, KEY), KEY)
    played.moves += 1
    return other


@dataclass(slots=True)
class Counts:
    """What was counted in all sessions."""

    sessions: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    late: Counter[str] = field(default_factory=Counter)
    early: Counter[str] = field(default_factory=Counter)
    too_many: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, name: str, played: Played, redactor: Redactor) -> None:
        """Lay a session beside batch."""
        finals = played.ledger.finals
        batch = dict(zip([final.id for final in finals], redactor.redact_call(finals), strict=True))
        kind = f"{'time' if played.is_timed else 'events'}{' and hand-overs' if played.moves else ''}"
        kind += TOLD if played.bared else ""
        self.sessions[kind] += 1
        self.sessions["hand-overs"] += played.moves
        self.sessions["hand-overs with a secret"] += played.bared
        self.events.update(played.outcomes)
        given = [one for pieces in played.segments.values() for one in pieces]
        if any(one.fault for one in (*batch.values(), *given)):
            self.faults.append(name)
        is_same = not played.is_timed and not played.bared
        for final in finals:
            pieces = played.segments.get(final.id or "", [])
            whole = batch[final.id]
            if not _is_whole(final, pieces) or (is_same and "".join(one.text for one in pieces) != whole.text):
                self.changed.append(name)
            elif not is_same:
                self._late(kind, final, whole, pieces)
        hidden = {final.id: _hidden(final.text, [batch[final.id]]) for final in finals}
        order = {final.id: number for number, final in enumerate(finals)}
        texts = {final.id: final.text.split() for final in finals}
        for frame in played.frames:
            self._early(name, frame, texts, hidden, order, redactor)

    def _late(self, kind: str, final: Utterance, batch: Segment, pieces: Sequence[Segment]) -> None:
        for start, end in places(final.text):
            was, now = over(batch.entities, start, end), any(over(one.entities, start, end) for one in pieces)
            self.words[f"{kind}: {'hidden' if was else 'shown'} by batch"] += 1
            if was and not now and final.text[start:end].lower() in MONTHS:
                self.words[f"{kind}: a month that is a word, shown"] += 1
            elif was and not now:
                self.late[f"{kind}: {was.label} {was.reason}"] += 1
            elif now and not was:
                self.words[f"{kind}: hidden more"] += 1

    def _early(
        self,
        name: str,
        frame: Frame,
        texts: dict[Name | None, list[str]],
        hidden: dict[Name | None, list[bool]],
        order: dict[Name | None, int],
        redactor: Redactor,
    ) -> None:
        """Count the words that an interim shows and batch hides."""
        ids = [str(number) for number in frame.event.begins if str(number) in texts]
        said = frame.event.heard.utterance
        if said is None or not ids:
            return
        self.sessions["interims"] += 1
        words, reference = said.text.split(), list(chain.from_iterable(texts[one] for one in ids))
        hides = list(chain.from_iterable(hidden[one] for one in ids))
        shown = visible(said, frame.segment, redactor.policy.stand_in)
        low = [word.lower() for word in words], [word.lower() for word in reference]
        ranks = [order[one] for one in ids]
        in_order = ranks == list(range(frame.behind, frame.behind + len(ids)))
        kind = "revised" if in_order else "told late"
        if words == texts[ids[0]][: len(words)]:
            kind = "first words" if kind == "revised" else kind
        blocks = SequenceMatcher(None, *low, autojunk=False).get_matching_blocks()
        pairs = [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]
        exposed = [words[at] for at, place in pairs if shown[at] and hides[place]]
        digits = [digits_in(word) for word in exposed]
        self.early[f"{kind}, with a figure"] += sum(map(bool, digits))
        self.early[f"{kind}, without one"] += digits.count(0)
        if kind == "first words" and (0 in digits or sum(digits) > VISIBLE_DIGITS):
            self.too_many.append(name)


def _is_whole(final: Utterance, pieces: Sequence[Segment]) -> bool:
    """Return whether the segments of an utterance are all of it."""
    ends = [0, *(piece.end for piece in pieces)]
    return bool(pieces) and [piece.start for piece in pieces] == ends[:-1] and ends[-1] == len(final.text)


def _hidden(text: str, pieces: Sequence[Segment]) -> list[bool]:
    return [any(over(one.entities, start, end) for one in pieces) for start, end in places(text)]


def visible(said: Utterance, segment: Segment, stand_in: str) -> list[bool]:
    """Return whether each word of an interim can be read."""
    edge = shown_to(segment, said.text, stand_in)
    return [end <= edge and over(segment.entities, start, end) is None for start, end in places(said.text)]


def digits_in(word: str) -> int:
    """Return how many digits a word is at least."""
    bare = word.lower().strip("[]<>(){}.,")
    return sum(map(str.isdecimal, bare)) or int(bare in WRONG[:11])


def cut(finals: Sequence[Utterance], rng: random.Random) -> list[Utterance]:
    """Cut a call into finals of some words at most; the simplest is not to."""
    most = rng.choice(PIECES)
    said = [(final, final.text.split()) for final in finals]
    return [
        replace(final, text=" ".join(words[at : at + most]))
        for final, words in said
        for at in range(0, len(words), most)
    ]


def measure(
    redactor: Redactor, calls: Sequence[Sequence[Utterance]], sessions: int, seed: int, *, longest: int
) -> Counts:
    """Play so many sessions of the calls in turn, of each the first turns, and count."""
    counts = Counts()
    for number, call in enumerate(islice(cycle(calls), sessions)):
        rng = random.Random(f"{seed}/{number}")
        events = Recogniser(WRONG, rng).recognised(cut(call[:longest], rng))
        kind = number // len(calls) + number
        played = play(redactor, events, rng, timed=bool(kind & 1), moved=bool(kind & 2))
        counts.take(str(number), played, redactor)
    return counts


def generated(count: int, seed: int) -> Iterator[list[Utterance]]:
    """Give generated calls of every kind: answers of all forms, in both halves of the wording, and payments."""
    for plan in (Plan(), None):
        for call in gold_calls(count // 2, seed, plan):
            yield utterances(call)


def real(folder: Path, count: int, seed: int) -> Iterator[list[Utterance]]:
    """Give calls of a folder of the gold form, drawn from all of its files alike."""
    rng, files = random.Random(seed), gold_files(folder)
    drawn = [rng.sample(calls, len(calls)) for calls in map(read_calls, files)]
    for _, call in zip(range(count), (one[at] for at in range(count) for one in drawn if at < len(one)), strict=False):
        yield utterances(call)


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a file or folder of the gold form")
    parser.add_argument(
        "--real", type=int, default=0, help="so many calls of it, as many sessions of each as there are"
    )
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=40, help="turns of a call, at most")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--policy", default="full")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    calls = [] if args.gold is None else list(real(args.gold, args.real, args.seed))
    calls += generated(max(2, args.sessions - len(calls)), args.seed)
    calls = [call for call in calls if call]
    counts = measure(Redactor(args.policy), calls, args.sessions, args.seed, longest=args.turns)
    report = {"policy": args.policy, **machine(), **{name: getattr(counts, name) for name in Counts.__slots__}}
    tables = [[[name, "count"], *([key, f"{value:,}"] for key, value in sorted(report[name].items()))]
              for name in ("sessions", "events", "words", "late", "early")]  # fmt: skip
    wrong = {"changed": counts.changed, "with an interim that shows too many": counts.too_many, "fault": counts.faults}
    tables.append([["sessions that are wrong", "count"], *([name, f"{len(set(of))}"] for name, of in wrong.items())])
    show(json.loads(json.dumps(report)), tables, as_json=args.json)


if __name__ == "__main__":
    main()
