"""A call handed over to another process: its state, encrypted, and what becomes of it there.

What is exported is the state of the engine as it stands: pickled, with what all calls of a redactor share left out (the
policy, its tables, the weights), encrypted and authenticated (AES-SIV, RFC 5297) with the call's id as associated data.
Who has no key can neither read nor forge it; of what is read no other classes than those of a state are made.

A security code or PIN is never exported, in no form. Where one was told, or may be being told, what is held is hidden,
every digit and number word in the state becomes a zero, the running texts that the tagger has are left out, and the
imported call hides every number of three digits and more that nothing else names, till its end.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import re
from contextlib import suppress
from dataclasses import asdict
from enum import Enum
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from ccredact.core.state import CallState
from ccredact.dialogue.kinds import ANSWER_TYPES, LAST4
from ccredact.entities import ENTITY_TYPES
from ccredact.errors import HandoverError, MissingExtraError
from ccredact.live.unbound import UnboundNumbers
from ccredact.reasons import Reason
from ccredact.text.forking import blank
from ccredact.text.word_class import NUMERIC
from ccredact.transcript import Entity, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccredact.core.transaction import Released
    from ccredact.detectors.base import Detector
    from ccredact.transcript import Name

FORMAT: Final = 1
_KEYS: Final = frozenset({32, 48, 64})
_NONCE: Final = 16
_OURS: Final = "ccredact"
_PLAIN: Final = (str, bytes, int, float, complex, bool, type(None), Enum)
_LIBRARIES: Final = frozenset({("collections", "deque"), ("numpy", "ndarray"), ("numpy", "dtype")})
_ARRAYS: Final = frozenset({"_reconstruct", "_frombuffer", "scalar"})
_RUNNING_TEXT: Final = frozenset({"History", "TurnWindow", "OpenWords"})
"""Classes whose objects keep words as they were said, or what is computed of them."""
_TABLES: Final = frozenset({"Vocabulary", "NameLexicon"})
"""Classes whose objects are made anew of the policy and the weights."""
_NAMES: Final = frozenset(ENTITY_TYPES) | frozenset(ANSWER_TYPES) | {LAST4}
"""What labels and kinds of answers are called: no text of a call."""
_DIGIT: Final = re.compile(r"\d")
Path = tuple[Any, ...]


# -- what goes out -----------------------------------------------------------------------------------------------------


def export_state(state: CallState, fresh: CallState, key: bytes, name: Name, *, names: tuple[str, ...]) -> bytes:
    """Return a call's state, encrypted; `fresh` is one of the same redactor that has heard nothing.

    The call is over then: it goes on where it is imported. Raises `HandoverError`.
    """
    _cipher(key)
    if state.closed or (state.transaction is not None and state.transaction.outcome is None):
        raise HandoverError("only an open call between two pushes can be handed over")
    carried = state.carried()
    secret = state.may_hold_secrets
    if len(state.scanner.detectors) > len(fresh.scanner.detectors):  # guarded, as it was imported: so it will be again
        secret = True
        state.scanner.drop(len(fresh.scanner.detectors), fresh.scanner.vocabulary)
    state.forget_drafts()
    held = state.hidden_rests()
    if secret:
        state.forget_held()
    payload = {
        "format": FORMAT,
        "version": version("ccredact"),
        "policy": fresh.policy.digest(),
        "secret": secret,
        "pushed": state.pushed,
        "carried": _told(carried),
        "held": _told(held),
        "names": list(names),
    }
    buffer = io.BytesIO()
    _Pickler(buffer, fresh, state, secret=secret).dump(state)
    head = json.dumps(payload).encode()
    data = sealed(len(head).to_bytes(4) + head + buffer.getvalue(), key, name)
    state.abandon()
    return data


def _told(segments: Released) -> list[list[Any]]:
    return [[number, asdict(segment)] for number, segment in segments]


def sealed(plain: bytes, key: bytes, name: Name, *what: bytes) -> bytes:
    """Return bytes, encrypted and bound to the id of a call and to what they are. Raises `HandoverError`."""
    nonce = os.urandom(_NONCE)
    data: bytes = _cipher(key).encrypt(plain, [*what, _associated(name), nonce])
    return nonce + data


def _associated(name: Name) -> bytes:
    return f"{type(name).__name__}:{name}".encode()


def _cipher(key: bytes) -> Any:
    """Return the cipher of a key; raises `HandoverError`, and `MissingExtraError` where the library is missing."""
    if not isinstance(key, bytes) or len(key) not in _KEYS:
        del key
        raise HandoverError("a key is 32, 48 or 64 bytes")
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 - of an extra
    except ImportError:
        raise MissingExtraError("handover") from None
    return AESSIV(key)


class _Pickler(pickle.Pickler):
    """Pickles a state: what it shares with a fresh one is named by the way to it, and secrets are left out."""

    def __init__(self, file: io.BytesIO, fresh: CallState, state: CallState, *, secret: bool) -> None:
        super().__init__(file, protocol=5)
        self._shared = {id(value): path for path, value in _shared(fresh, state)}
        self._number_words = _number_words(fresh) if secret else None

    def persistent_id(self, value: Any) -> Any:
        """Return the way to a shared value; what becomes of a secret one."""
        if self._number_words is not None and (found := self._without_secrets(value)) is not None:
            return found
        path = self._shared.get(id(value))
        return None if path is None else ("shared", path)

    def _without_secrets(self, value: Any) -> Any:
        """Return what stands for a value that may be of a secret, None for the value itself."""
        if type(value) is str:
            bare = _without_digits(value, self._number_words or frozenset())
            return None if bare == value else ("text", bare)
        module, name = type(value).__module__, type(value).__name__
        if name in _RUNNING_TEXT and module.startswith(_OURS):
            return ("new", module, name)
        return ("none",) if (module, name) == ("numpy", "ndarray") else None

    def reducer_override(self, value: Any) -> Any:
        """Take the objects of ours apart by their attributes, compiled or not."""
        kind = type(value)
        if not kind.__module__.startswith(_OURS) or isinstance(value, type | Enum | tuple) or callable(value):
            return NotImplemented
        return blank, (kind,), _attributes(value), None, None, _fill


def _without_digits(text: str, words: frozenset[str]) -> str:
    """Return a text in which every digit is a zero, "zero" for one that has a word for a digit."""
    if text in _NAMES:
        return text
    return "zero" if not words.isdisjoint(text.lower().split()) else _DIGIT.sub("0", text)


def _number_words(fresh: CallState) -> frozenset[str]:
    """Return the words that say digits, but "zero"."""
    classes = fresh.scanner.vocabulary.classes
    return frozenset(key for key, its in classes.items() if its & NUMERIC and key != "zero" and key.isalpha())


def _attributes(value: Any) -> dict[str, Any]:
    """Return what an object holds, by name."""
    names: list[str] = []
    for kind in type(value).__mro__:
        own = getattr(kind, "__mypyc_attrs__", None) or kind.__dict__.get("__slots__", ())
        names += [own] if isinstance(own, str) else own
    found = {name: getattr(value, name) for name in names if hasattr(value, name)}
    return found | getattr(value, "__dict__", {})


def _fill(value: Any, attributes: dict[str, Any]) -> None:
    for name, inside in attributes.items():
        object.__setattr__(value, name, inside)


_MAKERS: Final = {(maker.__module__, maker.__name__): maker for maker in (blank, _fill)}


def _shared(fresh: CallState, state: CallState) -> Iterator[tuple[Path, Any]]:
    """Give what two states of one redactor share, by the way to it, and what must be as in the fresh one."""
    pairs: list[tuple[Path, Any, Any]] = [((), fresh, state)]
    seen: set[int] = set()
    while pairs:
        path, one, other = pairs.pop()
        if isinstance(one, _PLAIN) or type(one) is not type(other) or id(other) in seen or one == ():
            continue
        seen.add(id(other))
        if one is other or type(one).__name__ in _TABLES or callable(one):
            yield path, other
        elif isinstance(one, list | tuple) and len(one) == len(other):
            pairs += [((*path, at), *both) for at, both in enumerate(zip(one, other, strict=True))]
        elif type(one).__module__.startswith(_OURS) and not callable(one):
            mine, theirs = _attributes(one), _attributes(other)
            pairs += [((*path, name), mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]


def _at(fresh: Any, path: Path) -> Any:
    for step in path:
        fresh = fresh[step] if isinstance(step, int) else getattr(fresh, step)
    return fresh


# -- what comes in -----------------------------------------------------------------------------------------------------


class _Unpickler(pickle.Unpickler):
    """Makes a state of what was exported, and no other objects than those of a state."""

    def __init__(self, file: io.BytesIO, fresh: CallState) -> None:
        super().__init__(file)
        self._fresh = fresh

    def persistent_load(self, pid: Any) -> Any:
        """Return what the exporting side has named."""
        kind, *rest = pid
        if kind == "shared":
            return _at(self._fresh, rest[0])
        if kind == "none":
            return None
        return rest[0] if kind == "text" else self.find_class(*rest)()

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of a state; raises `pickle.UnpicklingError` for any other."""
        if (module, name) in _MAKERS:
            return _MAKERS[module, name]
        arrays = module.startswith("numpy") and name in _ARRAYS
        found = (
            getattr(import_module(module), name)
            if module.split(".", maxsplit=1)[0] in {_OURS, "numpy", "collections"}
            else None
        )
        if isinstance(found, type) and module.split(".", maxsplit=1)[0] == _OURS:
            return found
        if found is not None and (arrays or (module, name) in _LIBRARIES):
            return found
        raise pickle.UnpicklingError("not a part of a call")


def import_state(
    data: bytes,
    key: bytes,
    name: Name,
    begin: Callable[[tuple[str, ...]], CallState],
    guard: Callable[[CallState, Detector], None],
    *,
    degrade: bool,
) -> CallState:
    """Return the state of a call that was exported; `begin` makes a fresh one, `guard` gives one a detector more.

    Raises `HandoverError`.
    """
    head, body = _parts(opened(data, key, name))
    names, secret = tuple(head["names"]), bool(head["secret"])
    fresh = begin(names)
    same = (
        head["format"] == FORMAT and head["version"] == version("ccredact") and head["policy"] == fresh.policy.digest()
    )
    if not (same or degrade):
        raise HandoverError("the call was exported under another policy or by another version")
    state = _loaded(body, fresh) if same else fresh
    carried = head["carried"]
    if secret or not same:
        guard(state, UnboundNumbers())
        carried += head["held"]
    if carried or not same:
        state.carry([(number, _segment(values)) for number, values in carried], head["pushed"])
    return state


def _loaded(body: bytes, fresh: CallState) -> CallState:
    try:
        state: CallState = _Unpickler(io.BytesIO(body), fresh).load()
    except Exception:  # noqa: BLE001 - whatever it is, it may hold text
        state = fresh
        failed = True
    else:
        failed = False
    if failed:
        raise HandoverError("the state of the call cannot be read")
    return state


def opened(data: bytes, key: bytes, name: Name, *what: bytes) -> bytes:
    """Return what was `sealed` with this key for a call of this id. Raises `HandoverError`."""
    cipher = _cipher(key)
    plain: bytes | None = None
    with suppress(Exception):  # the library has several; none says more than that it is not right
        plain = cipher.decrypt(data[_NONCE:], [*what, _associated(name), data[:_NONCE]])
    if plain is None:
        raise HandoverError("this is no exported call, or not of this id, or not for this key")
    return plain


def _parts(plain: bytes) -> tuple[dict[str, Any], bytes]:
    end = 4 + int.from_bytes(plain[:4])
    head: dict[str, Any] = json.loads(plain[4:end])
    return head, plain[end:]


def _segment(values: dict[str, Any]) -> Segment:
    entities = tuple(Entity(**{**entity, "reason": Reason(entity["reason"])}) for entity in values["entities"])
    return Segment(**{**values, "entities": entities})
