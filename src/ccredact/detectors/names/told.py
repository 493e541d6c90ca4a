"""Names that are told, and names behind a title: what stands there is one, whatever the dictionary says.

"My surname is Curtains", "they call me biscuit", "my son's called Legend"; "mister judge", "Ms. Branch". Places are
those of `UtteranceView`; nothing is kept.
"""

from __future__ import annotations

from typing import Final

from ccredact.detectors.names.bare_answer import is_name_word
from ccredact.detectors.names.lexicon import NameLexicon
from ccredact.detectors.names.utterance import UtteranceView
from ccredact.lang.en.name_slots import (
    ADVERB,
    AM,
    ARE,
    BE,
    BEFORE_NAMES,
    BEFORE_PLAIN,
    BEFORE_SMALL_NAMES,
    BEFORE_WEAK_TITLES,
    CALLED_ONES,
    CALLERS,
    CALLS,
    CONTINUOUS,
    COPULAS,
    HOW,
    IN,
    LIVES,
    MODALS,
    NAME,
    NAME_NOUNS,
    NAME_OWNERS,
    NAMED,
    NAMED_SO,
    NOT_BEHIND_TITLES,
    NOT_PEOPLE,
    NOT_TOLD,
    OF,
    PAST,
    PEOPLE,
    THE,
    UNDER,
    WEAK_TITLES,
    WHICH_NAMES,
)
from ccredact.lang.en.names import DETERMINERS, POSSESSIVE, TITLES
from ccredact.lang.en.words import CLASSES, FUNCTION, common_words
from ccredact.tagger.prefilter import is_number
from ccredact.text.word_class import DAY, HESITATION

MOST: Final = 3
"""Words of a name."""
_MOST_LEADS: Final = 3
"""Words between what announces a name and the name."""
_WITH_HOW: Final = 2
"""Places from what announces a name to the word behind the next one: "mister | so | how", "name | would | be"."""
TELLING: Final = NAME_NOUNS | frozenset(noun + POSSESSIVE for noun in NAME_NOUNS) | NAMED | CALLS | TITLES | LIVES
"""An utterance with none of these tells no name, and has none behind a title."""


def told_names(view: UtteranceView, lexicon: NameLexicon) -> list[tuple[int, int, str]]:
    """Return the places `[start, end)` of the names that an utterance tells, or has behind titles, and their labels."""
    out: list[tuple[int, int, str]] = []
    for at, key in enumerate(view.keys):
        if key not in TELLING or (out and at < out[-1][1]):
            continue
        if key in LIVES:
            if _is_unknown_place(view, at + 2, lexicon) and view.keys[at + 1] == IN:
                out.append((at + 2, at + 3, "LOCATION"))
            continue
        if key in TITLES:
            start = at + 1 if _names_behind_title(view, at, lexicon) else -1
        else:
            start = _behind_announcement(view, at, out[-1][1] if out else 0, lexicon)
        if start < 0 or not (key in TITLES or _may_begin(view, start, lexicon)):
            continue
        end = _name_end(view, start, lexicon, alone=key not in TITLES)
        out.append((start, end, "PERSON"))
    return out


def first_open(view: UtteranceView, lexicon: NameLexicon, *, is_final: bool) -> int:
    """Return the first place of a text at which words to come may tell a name otherwise, -1 for none.

    An interim may change, so that every word behind one that announces a name is open there.
    """
    keys = view.keys
    if not is_final:
        for at in range(max(0, len(keys) - MOST - _MOST_LEADS - 1), len(keys) - 1):
            if keys[at] in TELLING:
                start = at + 1 + (keys[at + 1] in COPULAS)
                if start < len(keys):
                    return start
        return -1
    told = 0  # where the name before ended
    for at, key in enumerate(keys):
        if key in TELLING and at >= told:
            first, told = _open_behind(view, at, told, lexicon)
            if first >= 0:
                return first
    return -1


def _open_behind(view: UtteranceView, at: int, told: int, lexicon: NameLexicon) -> tuple[int, int]:
    """Return the first open place behind a word that announces a name, -1 for none, and where the name ends.

    Where no name stands there it is `told`, the end of the one before.

    The words that lead to a name are none, whatever follows, and a name goes on with the words that stand there. What
    follows says whether a word of every sentence is the name behind a title, and whether an everyday one is the second
    word of a name.
    """
    keys = view.keys
    key = keys[at]
    if key in LIVES or at + 1 == len(keys):
        return -1, told
    if key in TITLES:
        if keys[at + 1] in FUNCTION and at + _WITH_HOW >= len(keys):
            return at + 1, told
        start = at + 1 if _names_behind_title(view, at, lexicon) else -1
    else:
        if keys[at + 1] in MODALS and at + _WITH_HOW >= len(keys):
            return at + 1, told
        start = _behind_announcement(view, at, told, lexicon)
    if start < 0 or not (key in TITLES or _may_begin(view, start, lexicon)):
        return -1, told
    end = _name_end(view, start, lexicon, alone=key not in TITLES)
    last = end - 1
    is_second = key not in TITLES and end == len(keys) and last == start + 1 and not view.mark(last)
    if is_second and not (view.is_title_case(last) or lexicon.may_be_name(keys[last])):
        return last, end
    return -1, end


def _behind_announcement(view: UtteranceView, at: int, told: int, lexicon: NameLexicon) -> int:
    """Return where the name begins that a word announces, -1 for none; `told`: where the name before it ended."""
    keys = view.keys
    key = keys[at]
    if key in NAMED:
        return _first_word(view, at + 1) if _is_person_before(keys, at) else -1
    if key in CALLS:
        called = at + 1 < len(keys) and keys[at + 1] in CALLED_ONES
        by = keys[at - 1] if at else ""
        start = _first_word(view, at + 2) if called and (not by or by in CALLERS) else -1
        return start if start < 0 or _is_called(keys, start, lexicon) else -1
    if not _is_owned(keys, at):
        return -1
    behind = keys[at + 1] if at + 1 < len(keys) else ""
    if key.endswith(POSSESSIVE):
        return _first_word(view, at + 1)
    if behind in COPULAS and not view.mark(at):
        return _first_word(view, at + 2)
    if behind in MODALS and keys[at + 2 : at + 3] == [BE]:
        return _first_word(view, at + 3)
    before = keys[at - 1] if at else ""
    under = at > 1 and before == THE and keys[at - 2] in UNDER
    if under:
        return _first_word(view, at + 1 + (behind == OF))
    plain = before in WHICH_NAMES or key != NAME
    begins = at - (before in WHICH_NAMES)
    led = begins <= told or view.mark(begins - 1) != "" or keys[begins - 1] in BEFORE_PLAIN
    return at + 1 if plain and led and behind and view.mark(at) in ("", ":") else -1


def _is_unknown_place(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word that no table has stands where somebody lives: "i stay in Dilsukhnagar"."""
    return at < len(view.keys) and is_name_word(view.keys[at]) and lexicon.may_be_name(view.keys[at])


def _is_owned(keys: list[str], at: int) -> bool:
    """Return whether a word for a name is that of a person: "my name", "my son's name", and no "street name"."""
    before = keys[at - 1] if at else ""
    if before in NOT_PEOPLE:
        return False
    return not before or before in NAME_OWNERS or before.endswith(POSSESSIVE) or keys[at] != NAME


def _is_person_before(keys: list[str], at: int) -> bool:
    """Return whether a person stands before "called": "my son's called", "a man named"."""
    before = keys[at - 1] if at else ""
    if before.endswith((POSSESSIVE, AM)):
        return before.removesuffix(POSSESSIVE).removesuffix(AM) in PEOPLE
    if before in ARE:
        return at > 1 and keys[at - 2] in PEOPLE
    return keys[at] == NAMED_SO and before in PEOPLE


def _is_called(keys: list[str], at: int, lexicon: NameLexicon) -> bool:
    """Return whether somebody is called so, and not just called: no "call me friday", "they call me constantly"."""
    key = keys[at]
    return not (CLASSES.get(key, 0) & DAY or (key.endswith(ADVERB) and not lexicon.is_named(key)))


def _first_word(view: UtteranceView, at: int) -> int:
    """Return the first word of a name from a place on, behind what leads to it; -1 for none."""
    keys = view.keys
    stop = min(len(keys), at + _MOST_LEADS)
    while at < stop and (keys[at] in BEFORE_NAMES or CLASSES.get(keys[at], 0) & HESITATION):
        at += 1
    return at if at < len(keys) else -1


def _name_end(view: UtteranceView, start: int, lexicon: NameLexicon, *, alone: bool) -> int:
    """Return the end of the name that begins at a place.

    `alone`: an everyday word is the second one of the name where nothing follows.
    """
    keys = view.keys
    end = start + 1
    while end < min(len(keys), start + MOST) and not view.mark(end - 1):
        key = keys[end]
        if not is_name_word(key) or key in FUNCTION or key in NOT_TOLD:
            break
        last = end + 1 == len(keys) or view.mark(end) != ""
        everyday = alone and last and end == start + 1 and not key.endswith(CONTINUOUS)
        if not (view.is_title_case(end) or lexicon.may_be_name(key) or everyday):
            break
        end += 1
    return end


def _may_begin(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word may be the first one of a name that is told."""
    key = view.keys[at]
    if not is_name_word(key):
        return False
    if key not in NOT_TOLD:
        return True
    return view.is_title_case(at) and at > 0 and view.mark(at - 1) in ("", ",") and lexicon.is_named(key)


def _names_behind_title(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a name stands behind what may be a title: no "the doctor said", "twelve oak dr"."""
    keys = view.keys
    key, before = keys[at], keys[at - 1] if at else ""
    if at + 1 == len(keys) or view.mark(at) not in ("", ".") or is_number(before):
        return False
    name = keys[at + 1]
    if not is_name_word(name) or name in NOT_BEHIND_TITLES or name in TITLES:
        return False
    if view.mark(at) == "." and len(key) > _MOST_LEADS + 1:
        return False  # "see the doctor. Monday"
    if name in FUNCTION:
        return _is_small_name(view, at, lexicon)
    if key not in WEAK_TITLES:
        return name not in NOT_TOLD or lexicon.is_named(name)
    if view.is_title_case(at) and view.is_title_case(at + 1):
        return (at > 0 and not view.forms[at - 1].istitle()) or name not in common_words()
    if before in DETERMINERS or name in NOT_TOLD or name.endswith((PAST, CONTINUOUS)):
        return False
    led = not before or before in BEFORE_WEAK_TITLES
    return led and (lexicon.is_named(name) or lexicon.may_be_name(name))


def _is_small_name(view: UtteranceView, at: int, lexicon: NameLexicon) -> bool:
    """Return whether a word of every sentence is the name behind a title: "with doctor so", no "hi doctor so i"."""
    keys = view.keys
    if not lexicon.is_family_name(keys[at + 1]):
        return False
    if keys[at] not in WEAK_TITLES and (view.is_title_case(at + 1) or lexicon.is_often_named(keys[at + 1])):
        return True
    return bool(at and keys[at - 1] in BEFORE_SMALL_NAMES) or keys[at + 2 : at + 3] == [HOW]
