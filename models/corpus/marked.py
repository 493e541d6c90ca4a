"""Calls that were written and marked by hand: `marked/*.txt`.

    A: any [C chest pain] or [C shortness of breath]     the letters are those of the grammar (`template.MARKS`)
    C: no just my [C knee] it [C gave way]               [? ...]: may be told of somebody or not

A blank line stands between calls; a line that begins with # is a note.
"""

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from random import Random
from typing import Any

from corpus.generate import LATER_LABELS
from corpus.noise import Noise
from corpus.style import Style, choose_style
from corpus.template import MARKS
from corpus.utterance import Utterance, Word, written
from corpus.words import load_words

DOUBT = "DOUBT"
"""Label of what is neither marked nor denied."""
_LABELS = {**MARKS, "?": DOUBT}
_MARK = re.compile(rf"\[([{re.escape(''.join(_LABELS))}]) ([^\[\]]+)\]")
_ARTICLE = re.compile(r"(?:an?|the)\s+(?=\S)", re.IGNORECASE)
"""Stands before an entity, not in it."""
_SPEAKERS = {"A: ": "agent", "C: ": "customer"}
AS_WRITTEN = Style(name="as_written", figures=True, speech=False, case="as_written", final_stop=0.0)
"""The writers' own case and marks."""
OWN_STYLE = 0.25
"""Share of tellings in it."""


class MarkedError(ValueError):
    """A line that cannot be read, with its place."""


def read_calls(lines: Iterable[str], where: str) -> Iterator[list[Utterance]]:
    """Yield the calls of a file. Raises `MarkedError` at a line without a speaker, or with half a mark."""
    turns: list[Utterance] = []
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text.startswith("#"):
            continue
        if text:
            turns.append(_turn(text, f"{where}:{number}"))
        elif turns:
            yield turns
            turns = []
    if turns:
        yield turns


def _turn(line: str, where: str) -> Utterance:
    speaker = _SPEAKERS.get(line[:3])
    if speaker is None:
        raise MarkedError(f"{where}: no speaker")
    text, labels = "", list[tuple[int, int, str]]()
    rest = line[3:]
    position = 0
    for mark in _MARK.finditer(rest):
        text += rest[position : mark.start()]
        article = _ARTICLE.match(mark[2])
        labels.append((len(text) + (article.end() if article else 0), len(text) + len(mark[2]), _LABELS[mark[1]]))
        text += mark[2]
        position = mark.end()
    text += rest[position:]
    if "[" in text or "]" in text:
        raise MarkedError(f"{where}: half a mark")
    return Utterance(speaker, tuple(_words(text, labels)))


def _words(text: str, labels: Iterable[tuple[int, int, str]]) -> Iterator[Word]:
    """Yield the words, each with the number and label of the mark that it belongs to."""
    marks = list(enumerate(labels, start=1))
    for found in re.finditer(r"\S+", text):
        low, high = found.span()
        inside = ((number, label) for number, (start, end, label) in marks if start < high and low < end)
        yield Word(found[0], *next(inside, (0, "")))


def marked_calls() -> Iterator[tuple[str, list[Utterance]]]:
    """Yield all calls, each with a name of its own."""
    folder = resources.files("corpus").joinpath("marked")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        name = path.name.removesuffix(".txt")
        for number, turns in enumerate(read_calls(path.read_text(encoding="utf-8").splitlines(), path.name)):
            yield f"{name}-{number}", turns


def told(times: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield every call so many times, in another style each time, as JSON documents that are marked completely."""
    words = load_words()
    for name, turns in marked_calls():
        for time in range(times):
            rng = Random(f"{seed}/{name}/{time}")
            style = AS_WRITTEN if rng.random() < OWN_STYLE else choose_style(rng)
            noise = Noise(style, rng, words)
            dressed = [_document(turn, noise, style) for turn in noise.cut(turns)]
            yield {
                "id": f"marked-{name}-{time}",
                "style": style.name,
                "domain": "marked",
                "exhaustive": list(LATER_LABELS),
                "turns": [turn for turn in dressed if turn["text"]],
            }


def _document(turn: Utterance, noise: Noise, style: Style) -> dict[str, Any]:
    text, spans = written(turn.words if style is AS_WRITTEN else noise.dress(turn.words))
    entities = [{"start": span.start, "end": span.end, "label": span.label} for span in spans]
    return {"speaker": turn.speaker, "text": text, "entities": entities}
