"""Amazon Transcribe's batch output: one JSON document, one call.

Read are the words and punctuation of `results.items`, with the speaker of each from the item itself, from
`speaker_labels` by the item's pair of times, or from `channel_labels`. A run of one speaker's items is an
utterance; it is also cut where `speaker_labels`, `audio_segments` or `segments` cut, so that what is hidden
never reaches over the border of a list it has to be written back to.

A text that repeats items (`transcripts`, `audio_segments`, `toxicity_detection`) is changed where the items
are. If it does not say what its items say, it is examined on its own as well, as an utterance at the end.
What the document says about itself (`jobName` and the like, where a caller's number may stand in a file's
name) and fields unknown here stay, examined by nobody. So do other hypotheses of a time in which nothing is
hidden.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ccredact.errors import FormatError
from ccredact.formats.base import FULL, Fault, Record, attempt, decoded
from ccredact.formats.json_text import opening, parse
from ccredact.formats.transcribe.document import Copies, Document, Mirror
from ccredact.formats.transcribe.items import Finder, complete, interleaved, is_word, objects, read_item, spoken
from ccredact.formats.transcribe.writer import render
from ccredact.text.placing import says
from ccredact.text.times import seconds
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccredact.formats.transcribe.items import Item, Owners
    from ccredact.policy import Policy
    from ccredact.text.placing import Place

_RESULTS: Final = re.compile(rb'"results"\s*:\s*\{')
_KNOWN: Final = re.compile(rb'"(?:transcripts|items|speaker_labels|channel_labels|audio_segments)"\s*:\s*[\[{]')


class Transcribe:
    """The format "transcribe". The document is one call, so it is read whole."""

    name = "transcribe"
    summary = "what Amazon Transcribe writes"
    suffixes = (".json",)

    def matches(self, head: bytes) -> bool:
        """Return whether `head` begins an object with `results` that holds one of Transcribe's lists."""
        results = _RESULTS.search(head)
        starts_object = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        return bool(starts_object and results and _KNOWN.search(head, results.end()))

    def read(self, stream: BinaryIO, *, source: str, policy: Policy = FULL) -> Iterator[Record]:  # noqa: ARG002  (its speakers are numbers)
        """Yield the one call of `stream`; raises `FormatError` with the item or the field at fault."""
        record = attempt(lambda: _record(stream.read(), source), source=source)
        if isinstance(record, FormatError):
            raise record
        yield record


def _record(data: bytes, source: str) -> Record:
    text = decoded(data)
    whole = parse(text, opening(text))
    results = whole.get("results") if isinstance(whole, dict) else None
    if not isinstance(results, dict):
        raise Fault('there is no object "results"')
    document = _read(results, data, text)
    return Record(source, source, "", document.utterances, lambda redacted: render(document, redacted))


def _read(results: dict[str, Any], data: bytes, text: str) -> Document:
    channels = objects(results, "channel_labels", "channels")
    raw = objects(results, "items") or interleaved(channels)
    items = tuple(read_item(element, number) for number, element in enumerate(raw, 1))
    copies = _copies(results, channels, items)
    mirrors = list(_mirrors(results, raw, items))
    utterances: list[Utterance] = []
    firsts: list[int] = []
    places: list[tuple[Place, ...]] = []
    speakers = _speakers(results, channels, raw, copies)
    lists = (
        [mirror.items for mirror in mirrors if mirror.key == "audio_segments"],
        copies.speaker_segments,
        [owners or () for owners in copies.hypotheses],
    )
    for first, last, speaker in _runs(items, speakers, lists):
        utterance, standing = spoken(items[first:last], speaker, str(len(utterances)))
        utterances.append(utterance)
        firsts.append(first)
        places.append(standing)
    for number, mirror in enumerate(mirrors):
        if mirror.text.strip() and not _repeats(mirror, items):
            mirrors[number] = replace(mirror, utterance=len(utterances))
            utterances.append(Utterance(mirror.text, None, str(len(utterances))))
    return Document(data, text, items, tuple(firsts), tuple(places), tuple(utterances), tuple(mirrors), copies)


def _copies(results: dict[str, Any], channels: Sequence[dict[str, Any]], items: Sequence[Item]) -> Copies:
    finder = Finder(items)
    in_channels = tuple(finder.owners(channel) for channel in channels)
    if not all(map(complete, channels, in_channels)):
        raise Fault("a channel has a word that is not among the items", "channel_labels")
    finder = Finder(items, by_text=False)
    segments = tuple(finder.owners(segment) for segment in objects(results, "speaker_labels", "segments"))
    finder = Finder(items)
    hypotheses: list[Owners | None] = []
    for segment in objects(results, "segments"):
        best = objects(segment, "alternatives")[:1]
        owners = [finder.owners(alternative) for alternative in best]
        hypotheses.append(owners[0] if owners and complete(best[0], owners[0]) else None)
    return Copies(in_channels, segments, tuple(hypotheses))


def _mirrors(results: dict[str, Any], raw: Sequence[dict[str, Any]], items: Sequence[Item]) -> Iterator[Mirror]:
    for number, element in enumerate(objects(results, "transcripts")):
        yield Mirror("transcripts", number, "transcript", _text(element, "transcript"), tuple(range(len(items))))
    number_of = {str(element["id"]): number for number, element in enumerate(raw) if "id" in element}
    for number, element in enumerate(objects(results, "audio_segments")):
        ids = element.get("items")
        owners = tuple(number_of.get(str(name)) for name in ids) if isinstance(ids, list) else ()
        yield Mirror("audio_segments", number, "transcript", _text(element, "transcript"), owners)
    for number, element in enumerate(objects(results, "toxicity_detection")):
        span = tuple(seconds(element.get(key)) for key in ("start_time", "end_time"))
        yield Mirror("toxicity_detection", number, "text", _text(element, "text"), _within(items, *span))


def _text(element: dict[str, Any], member: str) -> str:
    text = element.get(member, "")
    if not isinstance(text, str):
        raise Fault(f"a {member} must be text")
    return text


def _within(items: Sequence[Item], start: float | None, end: float | None) -> Owners:
    """Return the items between two times, with the marks among them and the one behind them."""
    if start is None or end is None:
        return ()
    inside = False
    found = []
    for number, item in enumerate(items):
        if item.is_word:
            at, until = seconds(item.start), seconds(item.end)
            inside = at is not None and until is not None and at >= start and until <= end
        if inside:
            found.append(number)
    return tuple(found)


def _repeats(mirror: Mirror, items: Sequence[Item]) -> bool:
    texts = [items[owner].text for owner in mirror.items if owner is not None]
    return len(texts) == len(mirror.items) and says(mirror.text, texts)


def _speakers(
    results: dict[str, Any], channels: Sequence[dict[str, Any]], raw: Sequence[dict[str, Any]], copies: Copies
) -> list[str | None]:
    """Return who says each item: the channel, the speaker's label or both, as far as they are known."""
    channel_of = _labels(channels, copies.channels, "channel_label")
    segments = objects(results, "speaker_labels", "segments")
    speaker_of = _labels(segments, copies.speaker_segments, "speaker_label")
    speakers: list[str | None] = []
    for number, element in enumerate(raw):
        if is_word(element):
            channel = element.get("channel_label", channel_of.get(number)) if channels else None
            label = element.get("speaker_label", speaker_of.get(number))
            speakers.append(" ".join(part for part in (channel, label) if isinstance(part, str) and part) or None)
        else:
            speakers.append(speakers[-1] if speakers else None)
    return speakers


def _labels(holders: Sequence[dict[str, Any]], owned: Sequence[Owners], key: str) -> dict[int, Any]:
    pairs = zip(holders, owned, strict=True)
    return {number: holder.get(key) for holder, owners in pairs for number in owners if number is not None}


def _runs(
    items: Sequence[Item], speakers: Sequence[str | None], lists: Sequence[Sequence[Owners]]
) -> Iterator[tuple[int, int, str | None]]:
    """Yield first and last item and the speaker of each run that no speaker and none of the `lists` cuts."""
    part_of = [
        {item: number for number, owners in enumerate(parts) for item in owners if item is not None} for parts in lists
    ]
    first = 0
    here: tuple[object, ...] | None = None
    for number, item in enumerate(items):
        if not item.is_word:
            continue
        last, here = here, (speakers[number], *(parts.get(number) for parts in part_of))
        if last is not None and last != here:
            yield first, number, speakers[first]
            first = number
    if items:
        yield first, len(items), speakers[-1]
