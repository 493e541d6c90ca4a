"""From conversations with marked entities to what the network learns from: forms, labels, where each final ends.

A conversation is one sequence of words with a mark between turns, and another between the utterances of a turn. Words
whose label is not known (the source marks it in part, or as something that this tagger does not tell) teach nothing:
their label is `UNKNOWN`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import Any
from zlib import crc32

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import SEPARATOR_ROWS, TURN_SEPARATOR, UTTERANCE_SEPARATOR, forms_of, split_form
from ccredact.text.words import offsets_of

UNKNOWN = -1
DOUBT = "DOUBT"
"""Label of what may be a disclosure or none."""
_NAMES = {
    "PERSON": "PERSON",
    "ADDRESS": "STREET_ADDRESS",
    "STREET_ADDRESS": "STREET_ADDRESS",
    "ZIP": "POSTCODE",
    "POSTCODE": "POSTCODE",
    "CITY": "LOCATION",
    "LOCATION": "LOCATION",
    "ORG": "ORGANIZATION",
    "ORGANIZATION": "ORGANIZATION",
}
_MAY_HOLD_NAMES = frozenset(
    {"SECURITY_ANSWER", "PASSWORD", "USERNAME", "EMAIL", "EMAIL_ADDRESS", "ORG_OR_PERSON", "VEHICLE"}
)
_BOUGHT = {"PRODUCT": "PURCHASE_ITEM"}
_SOURCES: Mapping[str, Mapping[str, str]] = {
    "multidogo_fastfood": _BOUGHT,
    "tau_retail": _BOUGHT,
    "multidogo_software": {"MONEY": "PURCHASE_AMOUNT"},
    "aci_bench": {"HEALTH_CONDITION": "MEDICAL_CONDITION"},
    "star_other": {"HEALTH_CONDITION": "MEDICAL_CONDITION"},
}
"""Labels that some sources have for a part of what a half tells."""


@dataclass(frozen=True)
class Lesson:
    """What gold data teach a half: `labels`, as this tagger says them; `unknown` may hold one, marked as another."""

    half: arch.Half
    labels: Mapping[str, str]
    unknown: frozenset[str] = frozenset()

    def label_of(self, entity: Mapping[str, Any], source: str) -> str | None:
        """Return the label of an entity, "" for one that the half does not tell, None where it may or may not."""
        name = entity["label"]
        if name in self.labels:
            return None if entity.get("doubt") else self.labels[name]
        if name in self.unknown:
            return None
        return _SOURCES.get(source, {}).get(name, "") if self.half is arch.DISCLOSURES_HALF else ""


NAMES = Lesson(arch.NAMES_HALF, _NAMES, _MAY_HOLD_NAMES)
DISCLOSURES = Lesson(arch.DISCLOSURES_HALF, {label: label for label in arch.DISCLOSURES}, frozenset({DOUBT}))
LESSONS = {"names": NAMES, "disclosures": DISCLOSURES}


Odds = tuple[tuple[int, float], ...]
"""Classes of a word with their shares: 0 for none, then of each label of a half "begins" and "goes on"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A form, its label's name ("" for none, None when unknown), whether it begins the entity, the final's number.

    `marked` says whether it is part of any entity of the gold data, of labels that the tagger does not tell too. `odds`
    are what a teacher thinks of it, none where it was marked by hand.
    """

    form: str
    label: str | None
    begins: bool
    final: int
    marked: bool = False
    odds: Odds = ()


@dataclass(frozen=True)
class Conversation:
    """Words of all turns, a mark before every change of speaker and before every other final."""

    id: str
    family: str
    words: tuple[Word, ...]
    whole: frozenset[str]
    """Labels that are marked completely."""


def family_of(path: Path) -> str:
    """Return the family of a gold file: `spoken_star_bank` and `star_other` are of one."""
    return path.stem.removeprefix("spoken_").split("_", maxsplit=1)[0]


def _labelled(turn: Mapping[str, Any], final: int, lesson: Lesson, source: str) -> Iterator[Word]:
    text = turn["text"]
    spans = sorted((e["start"], e["end"], e["label"], lesson.label_of(e, source)) for e in turn["entities"])
    previous = -1
    for form, (start, end) in zip(forms_of(text), offsets_of(text), strict=True):
        label: str | None = ""
        begins = marked = False
        for number, (low, high, _, told) in enumerate(spans):
            if low < end and start < high:
                label = told
                begins, marked = number != previous, True
                previous = number
                if label:
                    break
        else:
            if label == "":
                previous = -1
        yield Word(form, label, begins, final, marked)


def _taught(words: Sequence[Word], turn: Mapping[str, Any], lesson: Lesson) -> Iterator[Word]:
    """Yield words with what a teacher thinks of those that are not marked by hand."""
    for word, percents in zip(words, turn["odds"], strict=True):
        odds = tuple((int(number), percent / 100) for number, percent in percents.items()) or ((0, 1.0),)
        best = max(odds, key=itemgetter(1))[0]
        label = lesson.half.labels[(best - 1) // 2] if best else ""
        yield word if word.label else replace(word, label=label, begins=best % 2 == 1, odds=odds)


def made_of(
    data: Mapping[str, Any], *, family: str, whole: frozenset[str] | None, lesson: Lesson = NAMES
) -> Conversation:
    """Return a conversation in the gold form; `whole`: labels marked completely, if it does not say."""
    marked = whole if whole is not None else frozenset()
    marked |= {lesson.labels.get(name, name) for name in data.get("exhaustive", ())}
    source = str(data.get("source", ""))
    words: list[Word] = []
    speaker: object = None
    for number, turn in enumerate(data["turns"]):
        made = list(_labelled(turn, number, lesson, source))
        if "odds" in turn:
            made = list(_taught(made, turn, lesson))
        if not made:
            continue
        if words:
            mark = UTTERANCE_SEPARATOR if turn["speaker"] == speaker else TURN_SEPARATOR
            words.append(Word(mark, None, begins=False, final=number))
        speaker = turn["speaker"]
        if turn.get("synthetic"):
            made = [replace(word, label=word.label or None) for word in made]
        words += made
    return Conversation(str(data["id"]), family, tuple(words), marked)


def is_held(identity: str, held: str) -> bool:
    """Whether a conversation is of a part that is held out: "2/5" is every fifth one, by a hash of its id."""
    part, slash, parts = held.partition("/")
    return bool(slash) and crc32(identity.removeprefix("spoken-").encode()) % int(parts) == int(part)


def read(
    path: Path, *, family: str, whole: frozenset[str] | None = None, lesson: Lesson = NAMES
) -> Iterator[Conversation]:
    """Return the conversations of a file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield made_of(json.loads(line), family=family, whole=whole, lesson=lesson)


def tags_of(words: Sequence[Word], half: arch.Half = arch.NAMES_HALF) -> list[int]:
    """BILUO numbers; `UNKNOWN` where nothing is taught."""
    out = []
    for at, word in enumerate(words):
        if word.label is None:
            out.append(UNKNOWN)
        elif not word.label:
            out.append(0)
        else:
            later = words[at + 1] if at + 1 < len(words) else None
            goes_on = later is not None and later.label == word.label and not later.begins and later.final == word.final
            first = word.begins or at == 0 or words[at - 1].label != word.label
            out.append(half.tag_number(("B" if goes_on else "U") if first else ("I" if goes_on else "L"), word.label))
    return out


@dataclass(frozen=True)
class Styles:
    """How often a conversation is shown in another style, and names are put in the place of its names."""

    lower: float = 0.45
    upper: float = 0.04
    bare: float = 0.5
    other_names: float = 0.6
    cut: float = 0.15
    redacted: float = 0.1


def cut_anywhere(words: Sequence[Word], rng: random.Random, odds: float) -> list[Word]:
    """Return the same words in more finals: a recogniser's cuts are no ends of sentences."""
    out: list[Word] = []
    number = 0
    last = TURN_SEPARATOR
    for word in words:
        if word.form in SEPARATOR_ROWS:
            number += 1
        elif last not in SEPARATOR_ROWS and rng.random() < odds:
            number += 1
            out.append(Word(UTTERANCE_SEPARATOR, None, begins=False, final=number))
        last = word.form
        out.append(replace(word, final=number))
    return out


def restyled(words: Sequence[Word], rng: random.Random, styles: Styles) -> list[Word]:
    """Return the same words in another case, or without marks."""
    lower, upper, bare, cut = (rng.random() < odds for odds in (styles.lower, styles.upper, styles.bare, styles.cut))
    if cut:
        words = cut_anywhere(words, rng, rng.choice((0.05, 0.25, 1.0)))
    return shown(words, lower=lower, upper=upper, bare=bare)


def shown(words: Sequence[Word], *, lower: bool = False, upper: bool = False, bare: bool = False) -> list[Word]:
    """Return the words in another case, or without marks."""
    if not (lower or upper or bare):
        return list(words)
    out = []
    for word in words:
        form = word.form
        if bare and form not in SEPARATOR_ROWS:
            form = split_form(form)[0]
        if lower:
            form = form.lower()
        elif upper:
            form = form.upper()
        out.append(replace(word, form=form) if form != word.form else word)
    return out


class NameSwap:
    """Puts other names in the place of a conversation's names: the same one everywhere in it."""

    def __init__(self, given: Sequence[str], family: Sequence[str]) -> None:
        self._given, self._family = given, family

    def __call__(self, words: Sequence[Word], rng: random.Random) -> list[Word]:
        """Return the words with names of people changed, word for word."""
        new: dict[str, str] = {}
        out = []
        for at, word in enumerate(words):
            if word.label != "PERSON" or len(word.form) <= 2:
                out.append(word)
                continue
            core, mark = split_form(word.form)
            own = core.lower().removesuffix("'s")
            if own not in new:
                later = not word.begins and at > 0 and words[at - 1].label == "PERSON"
                new[own] = rng.choice(self._family if later and rng.random() < 0.85 else self._given)
            name = new[own] + ("'s" if core.lower().endswith("'s") else "")
            name = name.lower() if core.islower() else name.upper() if core.isupper() else name.capitalize()
            out.append(replace(word, form=name + mark))
        return out


MASKS = ("[{}]", "[{}]", "[{}]", "[{}_1]", "<{}>", "##{}##", "[PII]", "[REDACTED]", "XXXX", "[NAME]", "<NAME>")
"""What redactors leave in the place of an entity with a label; ours the first."""


def redacted(words: Sequence[Word], mask: str = MASKS[0]) -> list[Word]:
    """Return the words with labels in the place of entities, as an earlier redaction leaves them."""
    out: list[Word] = []
    for at, word in enumerate(words):
        if not word.label or word.label == "ORGANIZATION":
            out.append(word)
        elif word.begins or at == 0 or words[at - 1].label != word.label:
            out += [Word(form, "", begins=False, final=word.final) for form in forms_of(mask.format(word.label))]
    return out


def dressed(conversation: Conversation, rng: random.Random, styles: Styles, swap: NameSwap) -> list[Word]:
    """Return a conversation in another style; a real one perhaps with other names."""
    words: Sequence[Word] = conversation.words
    if conversation.family and rng.random() < styles.other_names:
        words = swap(words, rng)
    shown_so = restyled(words, rng, styles)
    return redacted(shown_so, rng.choice(MASKS)) if rng.random() < styles.redacted else shown_so
