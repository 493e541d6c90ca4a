"""JSON Lines, one call a line: `{"id", "turns": [{"speaker", "text", "words": [{"text", "start", "end"}]}]}`.

`text` is the only field a turn must have; times are seconds. Lines are read one by one. A line in which
nothing is hidden comes back byte for byte; in another one

- `text` is redacted, and its other characters keep their escapes;
- the words of a hidden run become one word with the replacement as text, the first start and the last end,
  or none where the replacement is empty; a word that does not say what `text` says at its place was not
  examined and becomes part of one that does;
- `entities` of a turn are ours, `{"label", "start", "end", "score", "reason"}`, with offsets in the *redacted* text:
  offsets in the original would tell how long a name or a number was. Entities that came with a line, and
  whatever they quote, are dropped;
- names in `speaker` become `[PERSON_1]`, and are known in what is said; what somebody is ("agent") stays;
- other fields are examined too (`json_fields`): every string, key and number of seven digits and more. Not so `id`,
  `utterance`, `start`, `end` and what ends in `_at`, where these are ids and times, and what the policy leaves.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Fault, Record, attempt, decoded
from ccredact.formats.json_fields import Field, FieldReader, changes_of, edited, may_have_fields, utterances_of
from ccredact.formats.json_text import Container, apply, children, edit_string, opening, parse, quoted
from ccredact.formats.speakers import Speakers
from ccredact.formats.words import fitted, read_words, runs
from ccredact.text.placing import place
from ccredact.text.times import seconds
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccredact.formats.base import Redacted
    from ccredact.formats.json_text import Node
    from ccredact.formats.words import Run
    from ccredact.policy import Policy
    from ccredact.text.placing import Place

_KNOWN: Final = frozenset({"text", "speaker", "words", "entities"})
_OF_WORD: Final = frozenset({"text", "start", "end", "id"})
_OURS: Final = frozenset({"label", "start", "end", "score", "reason"})
_TURNS: Final = re.compile(rb'"turns"\s*:\s*\[')


class JsonLines:
    """The format "jsonl"."""

    name = "jsonl"
    summary = "a line is a call"
    suffixes = (".jsonl", ".ndjson", ".json")

    def matches(self, head: bytes) -> bool:
        """Return whether `head` begins an object and has a list of turns."""
        return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and _TURNS.search(head) is not None

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:
        """Yield a record a line; raises `FormatError` with line, and turn and word where there is one."""
        for number, line in enumerate(stream, 1):
            record = attempt(partial(_record, line, number, source, policy), source=source, position=f"line {number}")
            del line  # no frame of a traceback may hold it
            if isinstance(record, FormatError):
                raise record
            yield record


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn as an utterance, and where in its text its words stand."""

    utterance: Utterance
    places: Sequence[Place]


@dataclass(frozen=True, slots=True, repr=False)
class _Line:
    data: bytes
    text: str
    turns: tuple[_Turn, ...]
    fields: tuple[Field, ...]
    labels: Mapping[tuple[int, int], str]  # the new literals of speakers

    def render(self, redacted: Sequence[Redacted]) -> bytes:
        spoken, others = redacted[: len(self.turns)], redacted[len(self.turns) :]
        pairs = zip(self.turns, spoken, strict=True)
        word_runs = [runs(turn.utterance.text, turn.places, new.edits) for turn, new in pairs]
        changes = {**self.labels, **changes_of(self.text, self.fields, others, spoken)}
        if not any(word_runs) and not any(new.entities for new in spoken) and not changes:
            return self.data
        text = edited(self.text, changes)
        line = children(text, opening(text))
        node = line.get("turns")
        turns = children(text, node.at) if node else line
        written = [
            _written(children(text, turn.at), new, changed)
            for turn, new, changed in zip(turns.nodes, spoken, word_runs, strict=True)
        ]
        new_line = line.with_members({"turns": turns.rewritten(dict(enumerate(written))), "entities": "[]"})
        return apply(text, [(line.start, line.end, new_line)]).encode()


def _record(data: bytes, number: int, source: str, policy: Policy) -> Record:
    position = f"line {number}"
    text = decoded(data)
    if not text.strip("\ufeff \t\r\n"):
        return Record(number, source, position, (), lambda _: data, is_call=False)
    call = parse(text, opening(text))
    if not isinstance(call, dict) or not isinstance(call.get("turns"), list):
        raise Fault('a line must be an object with a list "turns"')
    call_id = number if call.get("id") is None else call["id"]
    if not isinstance(call_id, str | int):
        raise Fault("the id must be text or a whole number")
    speakers = Speakers(policy)
    turns = tuple(_read_turn(turn, at, speakers) for at, turn in enumerate(call["turns"]))
    fields, labels = _others(text, speakers, policy) if _has_others(call, speakers) else ((), {})
    utterances = (*(turn.utterance for turn in turns), *utterances_of(fields))
    render = _Line(data, text, turns, fields, labels).render
    return Record(call_id, source, position, utterances, render, names=speakers.names, fields=len(fields))


def _has_others(call: dict[str, Any], speakers: Speakers) -> bool:
    """Return whether a call has fields beside what is said, or labels that change: most have not."""
    if may_have_fields(call, {"turns"}):
        return True
    for turn in call["turns"]:
        speaker = turn.get("speaker")
        if speaker is not None and speakers.shown(str(speaker)) != str(speaker):
            return True
        if may_have_fields(turn, _KNOWN) or not _is_ours(turn.get("entities")):
            return True
        if any(may_have_fields(word, _OF_WORD) for word in turn.get("words") or ()):
            return True
    return False


def _others(text: str, speakers: Speakers, policy: Policy) -> tuple[tuple[Field, ...], dict[tuple[int, int], str]]:
    """Return the fields beside what is said, and the literals of speakers that change."""
    reader = FieldReader(text, policy.leave)
    labels: dict[tuple[int, int], str] = {}
    line = children(text, opening(text))
    for node in line.nodes:
        for inner in children(text, node.at).nodes if node.key == "turns" else ():
            turn = children(text, inner.at)
            label, words = turn.get("speaker"), turn.get("words")
            if label is not None and label.value is not None:
                edits = speakers.edits(str(label.value))
                if edits:
                    literal = text[label.at : label.end]
                    literal = literal if literal[0] == '"' else f'"{literal}"'
                    labels[label.at, label.end] = edit_string(literal, edits)
            reader.members(turn, _KNOWN)
            entities = turn.get("entities")
            if entities is not None and not _is_ours(entities.value):
                reader.members(Container(text, turn.start, turn.end, (entities,)), ())
            if words is not None and words.value:
                reader.words(children(text, words.at))
    reader.members(line, {"turns"})
    return tuple(reader.found), labels


def _is_ours(entities: Any) -> bool:
    """Return whether entities that came with a turn are as we write them, without text."""
    return entities is None or (
        isinstance(entities, list) and all(isinstance(e, dict) and e.keys() <= _OURS for e in entities)
    )


def _read_turn(turn: Any, number: int, speakers: Speakers) -> _Turn:
    position = f"turn {number + 1}"
    if not isinstance(turn, dict) or not isinstance(turn.get("text"), str):
        raise Fault("a turn must be an object with a text", position)
    speaker = turn.get("speaker")
    if speaker is not None and not isinstance(speaker, str | int):
        raise Fault("the speaker must be text or a whole number", position)
    text, words = turn["text"], () if turn.get("words") is None else read_words(turn["words"], position)
    places = place(text, [word.text for word in words])
    label = None if speaker is None else speakers.shown(str(speaker))
    return _Turn(Utterance(text, label, str(number), words=fitted(text, words, places)), places)


def _written(turn: Container, redacted: Redacted, word_runs: Sequence[Run]) -> str:
    """Return the text of a turn after redaction."""
    found = [
        {"label": e.label, "start": e.out_start, "end": e.out_end, "score": e.score, "reason": e.reason}
        for e in redacted.entities
    ]
    edits = ((edit.start, edit.end, edit.text) for edit in redacted.edits)
    new: dict[str | None, str | None] = {
        "text": edit_string(turn.raw("text") or "", edits),
        "entities": json.dumps(found),
    }
    words = turn.get("words")
    if words and word_runs:
        new["words"] = _words(children(turn.text, words.at), word_runs)
    has_entities = not found or turn.get("entities")
    return turn.with_members(new, "" if has_entities else f', "entities": {new["entities"]}')


def _words(words: Container, word_runs: Sequence[Run]) -> str:
    changes: dict[int, str | None] = {}
    for run in word_runs:
        changes.update(dict.fromkeys(range(run.first, run.last)))
        if run.text:
            changes[run.first] = _word(words.text, words.nodes[run.first : run.last], run.text)
    return words.rewritten(changes)


def _word(text: str, nodes: Sequence[Node], replacement: str) -> str:
    """Return one word over the time of all `nodes`: no other field of theirs is known to be harmless."""
    words = [children(text, node.at) for node in nodes]
    members = [f'"text": {quoted(replacement)}']
    for key, place_of_time in (("start", 0), ("end", -1)):
        times = [node for word in words if (node := word.get(key)) and seconds(node.value) is not None]
        if times:
            time = times[place_of_time]
            members.append(f'"{key}": {text[time.at : time.end]}')
    return "{" + ", ".join(members) + "}"
