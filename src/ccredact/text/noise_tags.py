"""Sounds that a transcript tells of between its words: "[noise]", "(laughs)", "<unk>", "{breath}", "[phone-ringing]".

Such a tag is no word that anybody said. It may stand anywhere, inside a number too: it is taken for a filler. One with
blanks inside is read as its words: a stream may give it in pieces.
"""

from __future__ import annotations

import re

KEY = "um"
"""The key and the form of each word of a tag."""
_TAG = re.compile(r"\[(laughter)(?=-)|[\[<{(]([A-Za-z]{1,20}(?:[_-][A-Za-z]{1,20}){0,4})[\]>})]")
"""The first word of "[laughter-yes]", which was said laughing, or all of it."""
_SOUNDS = frozenset(
    """
noise noises laughter laugh laughs laughing chuckle chuckles chuckling cough coughs coughing breath breathing breathes
inhale inhales exhale exhales sigh sighs sighing sneeze sneezes sniff sniffs sniffle sniffles gasp gasps yawn yawns cry
crying sob sobs sobbing hum humming hiss beep beeps beeping tone tones ring rings ringing click clicks clicking static
music silence silent pause pauses inaudible unintelligible indiscernible unclear unk unknown sil spn crosstalk overlap
overlapping background typing lipsmack smack smacks clears clearing barking applause cheering foreign blank sound sounds
""".split()
)
"""Words of tags, as the conventions of Switchboard, Fisher, CORAAL and of recognisers write them."""
_BESIDE = frozenset(
    """
in of the a language speech speaking speaks spoken speaker speakers keyboard vocalized vocalised vocal lip lips throat
phone telephone dial hold dog baby child children audio on line and
""".split()
)


def may_hold_sounds(text: str) -> bool:
    """Whether a bracket of any kind opens in it."""
    return "[" in text or "(" in text or "<" in text or "{" in text


def sounds_in(text: str) -> list[tuple[int, int]]:
    """The characters of each tag that tells of a sound."""
    found = (match.span(match.lastindex or 0) for match in _TAG.finditer(text))
    return [(start, end) for start, end in found if _is_sound(text[start:end])]


def _is_sound(tag: str) -> bool:
    words = set(re.split(r"[_-]", tag.lower()))
    return not words.isdisjoint(_SOUNDS) and words <= _SOUNDS | _BESIDE
