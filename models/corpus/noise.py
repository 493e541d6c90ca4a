"""What speakers, typists and recognisers do to words; every change keeps the entity of the word it touches."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from corpus.style import Style
from corpus.utterance import Utterance, Word

_FILLERS = ("uh", "um", "uh", "um", "er", "erm", "you know", "like", "i mean", "hmm", "so")
_MARKS = re.compile(r"[,.?!;:\"()]")
_FORMAT_MARKS = re.compile(r"(?<!\w)[,.;:]|[,.;:](?!\w)|[?!\"()]")
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st."})
_SENTENCE_END = re.compile(r"[.?!]\"?$")
_SOUNDS = tuple(
    tuple(pair.split(">"))
    for pair in (
        "ph>f f>ph k>c c>k ee>ea ea>ee th>t t>d d>t b>p p>b v>f m>n n>m s>z oo>u ai>ay ay>ai ie>y y>i l>ll rr>r sh>s "
        "ch>sh j>g ow>o kw>qu gh>g"
    ).split()
)


HEARD_LETTERS = {
    letter: tuple(heard.split("/"))
    for letter, heard in (
        pair.split(":")
        for pair in (
            "a:hey/eh/8 b:be/bee c:see/sea d:the/de e:he/ee f:if/have g:gee/ji h:age/each i:eye/I j:jay/day k:okay/kay "
            "l:el/hell m:am/em n:and/in/end o:oh/owe p:pee/pea q:queue/cue r:are/our s:as/yes/es t:tea/tee u:you/ewe "
            "v:we/the/vee w:w/double-u x:ex/eggs y:why z:zed/zee/said"
        ).split()
    )
}
"""What a recogniser writes for a letter that is spelled out."""


class Noise:
    """Applies one style to the turns of one call."""

    def __init__(self, style: Style, rng: Random, words: Mapping[str, tuple[str, ...]]) -> None:
        self._style = style
        self._rng = rng
        self._short = _table(words["shortenings"])
        self._sounds = _table(words["homophones"])

    def cut(self, turns: Iterable[Utterance]) -> Iterator[Utterance]:
        """Return turns, some of them cut in two where a name or an address is being said."""
        for turn in turns:
            inside = [
                index
                for index in range(1, len(turn.words))
                if turn.words[index].entity and turn.words[index].label != "FAMILY_RELATION"
            ]
            if inside and self._rng.random() < self._style.cut_turns:
                at = self._rng.choice(inside)
                yield Utterance(turn.speaker, turn.words[:at])
                yield Utterance(turn.speaker, turn.words[at:])
            else:
                yield turn

    def dress(self, words: Sequence[Word]) -> list[Word]:
        """Return the words of one turn as this call's transcript has them."""
        style = self._style
        changed = list(self._misheard(self._hesitant(words))) if style.speech else list(self._mistyped(words))
        formatted = list(self._formatted(changed))
        if style.separate:
            formatted = list(_separated(formatted))
        return [word for word in formatted if word.text]

    def _hesitant(self, words: Sequence[Word]) -> Iterator[Word]:
        style, rng = self._style, self._rng
        if not style.fillers:
            yield from words
            return
        for index, word in enumerate(words):
            # a hesitation inside a name belongs to it: the name goes on after it
            inside = index > 0 and word.entity == words[index - 1].entity
            way = rng.random()
            if way < style.fillers:
                comma = "," if style.punctuation and rng.random() < 0.6 else ""
                for filler in f"{rng.choice(_FILLERS)}{comma}".split():
                    yield Word(filler, word.entity if inside else 0, word.label if inside else "")
            elif way < style.fillers + style.starts and len(word.text) > 3 and word.text.isalpha():
                begun = word.text[: rng.randint(1, 3)]
                yield word._replace(text=f"{begun}-" if style.punctuation else begun)
            elif way < style.fillers + style.starts + style.repeats and word.text.isalpha():
                yield word
            yield word

    def _misheard(self, words: Iterable[Word]) -> Iterator[Word]:
        style, rng = self._style, self._rng
        for word in words:
            rate = style.misheard_names if word.entity else style.misheard
            if rate and word.entity and len(word.text) == 1 and rng.random() < rate:
                yield word._replace(text=rng.choice(HEARD_LETTERS.get(word.text.lower(), (word.text,))))
                continue
            if not rate or rng.random() >= rate or not word.text.rstrip(".,?!").isalpha():
                yield word
                continue
            core = word.text.rstrip(".,?!")
            tail = word.text[len(core) :]
            heard = self._sounds.get(core.lower())
            if heard:
                parts = rng.choice(heard).replace("_", " ").split()
            elif word.entity:
                parts = self._garbled(core).split()
            else:
                parts = [core[: -rng.randint(1, 2)] if len(core) > 5 and rng.random() < 0.6 else core]
            parts[-1] += tail
            for part in parts:
                yield word._replace(text=part)

    def _garbled(self, name: str) -> str:
        """Return what a recogniser makes of a name: a sound changed, the end lost, or two words of it."""
        rng = self._rng
        way = rng.random()
        if len(name) < 3:
            return name
        if way < 0.2 and len(name) > 4:
            return name[:-1]
        if way < 0.4 and len(name) > 5:
            cut = rng.randint(2, len(name) - 2)
            return f"{name[:cut]} {name[cut:]}"
        lower = name.lower()
        options = [(old, new) for old, new in _SOUNDS if old in lower[1:]]
        if not options:
            return name
        old, new = rng.choice(options)
        return (
            (lower[0] + lower[1:].replace(old, new, 1)).capitalize()
            if name[0].isupper()
            else lower.replace(old, new, 1)
        )

    def _mistyped(self, words: Sequence[Word]) -> Iterator[Word]:
        style, rng = self._style, self._rng
        held: Word | None = None
        for word in words:
            text = word.text
            if not word.entity and style.chat:
                short = self._short.get(_MARKS.sub("", text).lower())
                if short and rng.random() < style.chat:
                    text = rng.choice(short) + ("," if text.endswith(",") else "")
            if style.typos and len(text) > 3 and rng.random() < style.typos:
                text = self._typo(text)
            new = word._replace(text=text)
            if held is not None and held.entity == new.entity:
                # only within one entity or outside all: a span must end where a word ends
                new = new._replace(text=held.text + new.text)
            elif held is not None:
                yield held
            held = None
            if style.glued and rng.random() < style.glued:
                held = new
                continue
            yield new
        if held is not None:
            yield held

    def _typo(self, text: str) -> str:
        rng = self._rng
        at = rng.randint(1, len(text) - 2)
        if not text[at : at + 2].isalpha():
            return text
        way = rng.random()
        if way < 0.35:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if way < 0.65:
            return text[:at] + text[at + 1 :]
        if way < 0.85:
            return text[:at] + text[at] + text[at:]
        return text[:at] + rng.choice("aeinrst") + text[at + 1 :]

    def _formatted(self, words: Sequence[Word]) -> Iterator[Word]:
        style, rng = self._style, self._rng
        lowered = {word.entity for word in words if word.entity and rng.random() < style.lowered_names}
        start = True
        for index, word in enumerate(words):
            text = word.text.lower() if word.entity in lowered else word.text
            if style.case == "keep":
                text = _sentence_case(text, start=start)
                start = bool(_SENTENCE_END.search(text)) and text.lower() not in _ABBREVIATIONS
            else:
                text = text.lower() if style.case == "lower" else text.upper()
            if not style.punctuation:
                yield from self._bare(word, text)
                continue
            text = self._stopped(text, last=index == len(words) - 1)
            start = start or text.endswith(".")
            yield word._replace(text=text)

    def _stopped(self, text: str, *, last: bool) -> str:
        """Return the word with the stop that this transcript puts there, or without the comma that it leaves out."""
        style, rng = self._style, self._rng
        if last and text[-1:].isalnum():
            return f"{text}." if rng.random() < style.final_stop else text
        if style.stray_stops and text.isalpha() and rng.random() < style.stray_stops:
            return text + rng.choice(".,.")
        if style.stray_stops and text.endswith(",") and rng.random() < 0.1:
            return text[:-1]
        return text

    def _bare(self, word: Word, text: str) -> Iterator[Word]:
        text = _FORMAT_MARKS.sub("", text)
        if not self._style.apostrophes:
            text = text.replace("'", "")
        if not self._style.figures:
            for part in text.replace("-", " ").replace("&", "and").split():
                yield word._replace(text=part)
            return
        yield word._replace(text=text)


def _sentence_case(text: str, *, start: bool) -> str:
    if start:
        return text[:1].upper() + text[1:]
    return f"I{text[1:]}" if text == "i" or text.startswith("i'") else text


def _separated(words: Iterable[Word]) -> Iterator[Word]:
    for word in words:
        text = word.text
        tail = ""
        while text and text[-1] in ",.?!;:" and len(text) > 1:
            tail, text = text[-1] + tail, text[:-1]
        if text.endswith("n't") and not word.entity:
            yield Word(text[:-3])
            text = "n't"
        elif text.endswith("'s") and len(text) > 2:
            yield word._replace(text=text[:-2])
            yield Word("'s")
            text = ""
        yield word._replace(text=text)
        for mark in tail:
            yield Word(mark)


def _table(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(rest) for key, *rest in (line.split() for line in lines)}
