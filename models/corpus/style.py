"""How a call was written down: typed or recognised, with or without case and punctuation, well or badly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a transcript of one call looks like. Rates are per word unless they say otherwise."""

    name: str
    figures: bool  # numbers as figures, not words
    speech: bool  # somebody spoke: fillers and misrecognitions, not typing errors
    case: str = "keep"  # "keep", "lower", "upper" or "title" (every word)
    punctuation: bool = True
    apostrophes: bool = True
    final_stop: float = 1.0  # share of turns that end with a full stop
    separate: bool = False  # punctuation as words of its own, "do n't"
    fillers: float = 0.0
    starts: float = 0.0  # words begun twice
    repeats: float = 0.0
    misheard: float = 0.0
    misheard_names: float = 0.0  # per word of a name or address
    typos: float = 0.0
    chat: float = 0.0  # share of words with a shortening that are shortened
    glued: float = 0.0  # blanks left out
    lowered_names: float = 0.0  # share of names whose capitals are lost
    stray_stops: float = 0.0  # sentence ends where nobody ended a sentence
    cut_turns: float = 0.0  # share of turns with a name or address that the recogniser cut in two


_STYLES: Mapping[Style, int] = {
    Style(name="typed", figures=True, speech=False, final_stop=0.85, lowered_names=0.02): 20,
    Style(
        name="typed_careless", figures=True, speech=False, final_stop=0.3, typos=0.012, chat=0.15, lowered_names=0.25,
    ): 8,
    Style(name="typed_lower", figures=True, speech=False, case="lower", final_stop=0.2, typos=0.01, chat=0.15): 6,
    Style(
        name="chat", figures=True, speech=False, case="lower", punctuation=False, apostrophes=False,
        typos=0.02, chat=0.3, glued=0.012,
    ): 19,
    Style(name="asr_lexical", figures=False, speech=True, case="lower", punctuation=False): 22,
    Style(name="asr_mixed", figures=True, speech=True, case="lower", punctuation=False): 4,
    Style(name="asr_proper", figures=True, speech=True, punctuation=False): 3,
    Style(name="asr_formatted", figures=True, speech=True, stray_stops=0.004, lowered_names=0.06): 20,
    Style(name="asr_formatted_words", figures=False, speech=True, stray_stops=0.004, lowered_names=0.06): 6,
    Style(name="upper", figures=True, speech=False, case="upper", typos=0.004): 3,
    Style(name="upper_lexical", figures=False, speech=True, case="upper", punctuation=False): 2,
    Style(name="separate", figures=True, speech=False, case="lower", separate=True): 3,
    Style(name="human_transcript", figures=False, speech=True, case="keep"): 3,
}  # fmt: skip


def choose_style(rng: Random) -> Style:
    """Return a style for one call; how badly a recogniser did differs from call to call."""
    style = rng.choices(tuple(_STYLES), tuple(_STYLES.values()))[0]
    if not style.speech:
        return style if rng.random() < 0.7 else replace(style, typos=0.0, glued=0.0)
    talk = rng.choice((0.0, 0.01, 0.02, 0.05))
    errors = rng.choice((0.0, 0.0, 0.004, 0.012, 0.03))
    return replace(
        style,
        fillers=talk, starts=talk / 4, repeats=talk / 4,
        misheard=errors, misheard_names=errors * 4, cut_turns=rng.choice((0.0, 0.04, 0.1, 0.2)),
    )  # fmt: skip


def style_names() -> tuple[str, ...]:
    """Return the names of all styles."""
    return tuple(style.name for style in _STYLES)
