"""Operators: what stands in the released text where an entity stood.

An operator is a small immutable callable from a `Hit` to a string. `build` makes one per label that a policy
switches on. Only `hash` takes a secret, and the secret comes from outside with every call of `build`.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final, NoReturn, Protocol

from ccredact.entities import GROUP_LABELS
from ccredact.errors import PolicyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OPERATORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "replace": "the label: [PERSON]",
        "redact": "nothing: the words are taken out",
        "mask": "a * for every letter and digit: ***-****; shows lengths, spaces and punctuation",
        "keep": "the text as it was; the entity is still reported",
        "last4": "the label with the last four digits: [CREDIT_CARD:4242]; CREDIT_CARD only",
        "generalise": "the label of its group: [HEALTH], [FAMILY], [PURCHASE]; of other entities the label",
        "number": "the label, numbered within the call: [PERSON_2]",
        "hash": "the label with a keyed hash: [PERSON:<32 hex digits>]; needs a key of 32 bytes or more",
    }
)
"""Every operator's name with one line about it."""

KEY_BYTES: Final = 32
"""The least length of a hash key in bytes: as long as the output of the hash."""

_HASH_DOMAIN: Final = b"ccredact hash 1"
_MIN_CARD_DIGITS: Final = 12
"""Digits of the shortest card numbers in use, Maestro's."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One piece to render.

    `number` counts the entities of one label within a call, from 1; all pieces of an entity share it. `text`
    is the piece's original text. `value` is the canonical value of the whole entity (a card's digits), or
    None where it is not known or not certain.
    """

    label: str
    number: int
    text: str = field(repr=False)
    value: str | None = field(default=None, repr=False)


class Operator(Protocol):
    """Renders one piece. Never raises, whatever the piece's text is."""

    @property
    def needs_value(self) -> bool:
        """Return whether an entity's pieces must be held until its value is complete."""

    def __call__(self, hit: Hit) -> str:
        """Return what is released in the piece's place."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Writes `[LABEL]`: tells the kind and nothing else."""

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:
        """Return the label in brackets."""
        return f"[{hit.label}]"


@dataclass(frozen=True, slots=True)
class Redact:
    """Takes the words out and leaves nothing."""

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:  # noqa: ARG002  (the protocol's signature)
        """Return the empty string."""
        return ""


@dataclass(frozen=True, slots=True)
class Mask:
    """Turns every letter and digit into `*` and keeps every other character.

    The result has the length of the text, so it shows how long each word was, and it shows punctuation and
    symbols: a weak operator for names, and a bad one for passwords.
    """

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:
        """Return the text with its letters and digits starred, at equal length in characters."""
        # Marks count as letters: an accent narrows a name down, and some scripts write their vowels as marks.
        return "".join("*" if unicodedata.category(char)[0] in "LMN" else char for char in hit.text)


@dataclass(frozen=True, slots=True)
class Keep:
    """Lets the text through; the entity is reported all the same."""

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:
        """Return the text unchanged."""
        return hit.text


@dataclass(frozen=True, slots=True)
class Last4:
    """Writes `[LABEL:4242]`, or the plain label while fewer than 12 digits of the number are known."""

    needs_value: ClassVar[bool] = True

    def __call__(self, hit: Hit) -> str:
        """Return the label with the last four digits of a whole number."""
        # The last four of half a number would show digits that truncation must hide.
        return f"[{hit.label}:{hit.value[-4:]}]" if hit.value and _whole_card(hit.value) else f"[{hit.label}]"


@dataclass(frozen=True, slots=True)
class Number:
    """Writes `[LABEL_2]`: the same number wherever the engine found the same entity within one call."""

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:
        """Return the label with the entity's number in the call."""
        return f"[{hit.label}_{hit.number}]"


@dataclass(frozen=True, slots=True)
class Generalise:
    """Writes `[GROUP]`: that something of a person's health, family or purchases was told, and not what kind of it."""

    needs_value: ClassVar[bool] = False

    def __call__(self, hit: Hit) -> str:
        """Return the label of the group in brackets, that of the entity where it has none."""
        return f"[{GROUP_LABELS.get(hit.label, hit.label)}]"


class Hash:
    """Writes `[LABEL:<32 hex digits>]`: a keyed pseudonym, equal for equal values under one label and one key.

    It is the first 128 bits of HMAC-SHA-256 over a fixed prefix, the label and the value, so only whoever
    holds the key can compute it again. The value is the entity's canonical value, or else the piece's text as
    `canonical` writes it; that of a person is the bare name (`bare_name`). A card number is hashed
    whole or not at all (PCI DSS 3.5.1.1): while fewer than 12 of its digits are known it becomes the plain label.
    Give every tenant and every purpose a key of its own, so that two sets of transcripts cannot be joined.
    """

    __slots__ = ("_bare", "_keyed")
    needs_value: ClassVar[bool] = True

    def __init__(self, key: bytes, bare_name: Callable[[str], str] = str) -> None:
        """Take `key`, 32 bytes or more, and what gives the bare name; raises `PolicyError` for any other key."""
        _check_key(key)
        self._bare = bare_name
        # The keyed state is kept and the key is not: nothing that walks over attributes meets it.
        self._keyed = hmac.new(key, digestmod=hashlib.sha256)

    def __repr__(self) -> str:
        return "Hash()"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied: the key may not travel in what gets written, queued or cached."""
        raise PolicyError("a hash operator holds a key and cannot be pickled: hand each worker the key")

    def __call__(self, hit: Hit) -> str:
        """Return the label with the keyed hash of the value."""
        if hit.label == "CREDIT_CARD" and not (hit.value and _whole_card(hit.value)):
            return f"[{hit.label}]"
        value = hit.value or canonical(self._bare(hit.text) if hit.label == "PERSON" else hit.text)
        keyed = self._keyed.copy()
        # A label holds no zero byte, so that no label and value can pass for another pair. JSON may hold lone
        # surrogates, and an encoding error would carry the text.
        keyed.update(b"\0".join((_HASH_DOMAIN, hit.label.encode(), value.encode(errors="surrogatepass"))))
        return f"[{hit.label}:{keyed.hexdigest()[:32]}]"


def build(
    names: Mapping[str, str], *, key: bytes | None = None, bare_name: Callable[[str], str] = str
) -> dict[str, Operator]:
    """Return one operator per label; they can be pickled unless one of them hashes.

    `bare_name` gives the name in what was found as one, without titles and "ok": it is what is hashed of a person.
    `names` maps labels to names of operators, as `Policy.operators` does, which has checked that they may go
    together. Raises `PolicyError` when one is "hash" and `key` is None, and when a key is given that is not bytes
    or is shorter than 32 bytes, whether or not it is needed.
    """
    if key is not None:
        _check_key(key)
    plain: dict[str, Operator] = {
        "replace": Replace(),
        "redact": Redact(),
        "mask": Mask(),
        "keep": Keep(),
        "last4": Last4(),
        "generalise": Generalise(),
        "number": Number(),
    }
    if "hash" in names.values():
        if key is None:
            raise PolicyError(
                f"the policy hashes and needs a key of at least {KEY_BYTES} bytes: give key= (in the shell --key-file)"
            )
        plain["hash"] = Hash(key, bare_name)
    return {label: plain[name] for label, name in names.items()}


def canonical(text: str) -> str:
    """Return `text` in the form that is hashed: NFKC, case-folded, runs of white space as one space.

    It is the same for texts that differ in width, case, spacing or composition only, and applying it again
    changes nothing.
    """
    # Folding can undo the normal form and normalising can bring capitals back: hence twice, then once more.
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _whole_card(value: str) -> bool:
    return len(value) >= _MIN_CARD_DIGITS and value.isascii() and value.isdigit()


def _check_key(key: object) -> None:
    if not isinstance(key, bytes):
        raise PolicyError(f"a hash key must be bytes, not {type(key).__name__}")
    if len(key) < KEY_BYTES:
        raise PolicyError(f"a hash key must be at least {KEY_BYTES} bytes long, not {len(key)}")
