r"""The policy: which entities are hidden, how, from which score on, and how long an undecided one may be held.

A policy in YAML (as a dict it looks the same; every part may be left out):

    profile: pci              # the base: full (default), pci or hipaa
    entities:
      CREDIT_CARD: last4      # an operator's name
      PERSON: {operator: number}
      DATE_TIME: replace      # switches on what the base leaves out
      US_SSN: off             # switches off
    thresholds: {default: 0.3, CREDIT_CARD: 0.4}
    hold: {turns: 12, seconds: 120, words: 800}
    look_over: 4              # words that a word which may be a name or an address waits for; 0: none waits
    stand_in: "…"
    interim: stand_in         # what an interim shows of undecided words: stand_in, last_safe, or withhold
    allow: [northgate bank]             # never hidden, but for card data and PINs
    deny: {PROJECT: [blue heron], BADGE: ['/kx\d+/']}     # always hidden; /.../ is a pattern within a word
    speakers: keep                      # names in the labels of a file stay
    leave: [queue, ticket]              # fields of JSON lines that are not examined

What is unknown, of the wrong type or not allowed is a `PolicyError`: a policy never means less than it says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeGuard

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, PROFILES
from ccredact.errors import PolicyError
from ccredact.operators import OPERATORS

DEFAULT_THRESHOLD: Final = 0.3
"""Detectors score 0.9 and more for certain, 0.6 for likely: the default hides both, and doubtful ones too."""

DEFAULT_LOOK_OVER: Final = 4
"""Words that the tagger looks ahead (`ccredact.tagger.architecture.RIGHT`)."""

_LABELS: Final = frozenset(ENTITY_TYPES) | FAIL_SAFE
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z_.-]{0,38}[0-9]{0,3}")
"""What looks like a label or an option: it may stand in a message."""
_STAND_IN: Final = "\u2026"
DENIED: Final = "DENIED"
"""The label of terms that are denied without one."""
_SPEAKERS: Final = frozenset({"number", "keep"})
_INTERIMS: Final = frozenset({"stand_in", "withhold", "last_safe"})
_OWN_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_LONGEST_TERM: Final = 200
_BEYOND: Final = 1e15
"""More seconds, words or turns than there can be, and still exact as a float."""


@dataclass(frozen=True, slots=True)
class Hold:
    """How long an undecided candidate may be held before it is hidden as it is.

    The first bound that is met counts: `turns` (changes of speaker), `seconds` or `words` of the call.
    Raises `PolicyError` unless all are finite numbers above 0.
    """

    turns: int = 12
    seconds: float = 120.0
    words: int = 800

    def __post_init__(self) -> None:
        for name, kind in (("turns", int), ("seconds", int | float), ("words", int)):
            value = getattr(self, name)
            if not _is_number(value) or not isinstance(value, kind) or value <= 0:
                raise PolicyError(f"hold: {name} must be a {'whole ' * (kind is int)}number above 0")


@dataclass(frozen=True, slots=True)
class Policy:
    """What to hide and how. Frozen, checked, comparable, hashable and picklable; it never holds a key.

    `operators` maps every label that is switched on to an operator's name; the fail-safe labels NUMBER and
    REDACTED are in it whether given or not. `thresholds` maps labels, and "default", to the least score in
    [0, 1] that counts. `stand_in` stands for the undecided words of an interim; `interim` says whether it does
    ("stand_in"), whether the text ends with the last safe word ("last_safe"), or whether no interim is shown at all
    ("withhold"). `kept` are the labels whose operator is keep. `allow` are terms that are not hidden, `deny` those that
    are, by label, `speakers` says what becomes of names in the labels of a file ("number" or "keep"), `leave` names
    fields of JSON lines that are not examined. `look_over` says how many words of its turn a word waits for that may be
    a name or an address and stands at the end of a final. Raises `PolicyError`.
    """

    operators: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(PROFILES["full"], "replace"))
    thresholds: Mapping[str, float] = field(default_factory=dict)
    hold: Hold = field(default_factory=Hold)
    stand_in: str = _STAND_IN
    allow: Sequence[str] = field(default=(), repr=False)
    deny: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    speakers: str = "number"
    leave: Collection[str] = frozenset()
    look_over: int = DEFAULT_LOOK_OVER
    interim: str = "stand_in"
    kept: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        operators = dict.fromkeys(sorted(FAIL_SAFE), "replace") | dict(_mapping("operators", self.operators))
        for label, name in operators.items():
            _check_operator(label, name)
        _check_card_forms(operators)
        thresholds = {"default": DEFAULT_THRESHOLD}
        for label, score in _mapping("thresholds", self.thresholds).items():
            thresholds[label] = _threshold(label, score)
        if not isinstance(self.hold, Hold):
            raise PolicyError("hold must be a Hold")
        if not isinstance(self.stand_in, str) or not self.stand_in or not self.stand_in.isprintable():
            raise PolicyError("stand_in must be text of one or more printable characters")
        _check_known("speakers", self.speakers, _SPEAKERS)
        _check_known("interim", self.interim, _INTERIMS)
        if not _is_number(self.look_over) or not isinstance(self.look_over, int) or self.look_over < 0:
            raise PolicyError("look_over must be a whole number of words, 0 or more")
        allow = _terms("allow", self.allow)
        deny = {
            label: _terms(f"deny: {_shown_label(label)}", terms) for label, terms in _mapping("deny", self.deny).items()
        }
        _check_deny(allow, deny, operators)
        object.__setattr__(self, "allow", allow)
        object.__setattr__(self, "deny", MappingProxyType(deny))
        object.__setattr__(self, "leave", frozenset(_terms("leave", self.leave)))
        object.__setattr__(self, "operators", MappingProxyType(operators))
        object.__setattr__(self, "thresholds", MappingProxyType(thresholds))
        kept = frozenset(label for label, name in operators.items() if name == "keep")
        object.__setattr__(self, "kept", kept)

    def __hash__(self) -> int:
        tables = (frozenset(self.operators.items()), frozenset(self.thresholds.items()))
        files = self.allow, frozenset(self.deny.items()), self.speakers, self.leave
        return hash((tables, self.hold, self.stand_in, *files, self.look_over, self.interim))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle and copy by building anew: what arrives is checked, and read-only mappings do not travel."""
        files = self.allow, dict(self.deny), self.speakers, self.leave, self.look_over, self.interim
        return Policy, (dict(self.operators), dict(self.thresholds), self.hold, self.stand_in, *files)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of all that the policy says: that of another process for an equal one."""
        return hashlib.sha256(repr(_ordered(self.__reduce__()[1])).encode()).hexdigest()

    @classmethod
    def load(cls, source: Policy | str | Path | Mapping[str, Any]) -> Policy:
        """Return the policy that `source` is or names.

        `source` is a policy, a profile's name, a path (a `Path`, or text that ends in .yml or .yaml) or a
        dict. Raises `PolicyError` for anything else and for what the policy itself gets wrong.
        """
        if isinstance(source, Policy):
            return source
        if isinstance(source, str) and not _is_yaml_path(source):
            return cls.from_dict({"profile": source})
        return cls.from_yaml(source) if isinstance(source, str | Path) else cls.from_dict(source)

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Policy:
        """Return the policy that a dict in the form of the YAML file describes; raises `PolicyError`."""
        known = {
            "profile", "entities", "thresholds", "hold", "look_over", "stand_in", "interim", "allow", "deny",
            "speakers", "leave",
        }  # fmt: skip
        given = _mapping("a policy", source, known=known)
        # A part with nothing in it, as in a file whose entries are all commented out, counts as left out.
        parts = {key: part for key, part in given.items() if part is not None}
        profile = parts.get("profile", "full")
        _check_known("profile", profile, PROFILES)
        operators = dict.fromkeys(PROFILES[profile], "replace")
        entities = _mapping("entities", parts.get("entities", {}), known=_LABELS, kind="entity")
        for label, value in entities.items():
            name = _operator_name(label, value)
            operators.pop(label, None)
            if name is not None:
                operators[label] = name
        return cls(
            operators=operators,
            thresholds=_mapping("thresholds", parts.get("thresholds", {})),
            hold=Hold(**_mapping("hold", parts.get("hold", {}), known={"turns", "seconds", "words"})),
            stand_in=parts.get("stand_in", _STAND_IN),
            allow=parts.get("allow", ()),
            deny=_denied(parts.get("deny", {})),
            speakers=parts.get("speakers", "number"),
            leave=parts.get("leave", ()),
            look_over=parts.get("look_over", DEFAULT_LOOK_OVER),
            interim=parts.get("interim", "stand_in"),
        )

    @classmethod
    def from_yaml(cls, text_or_path: str | Path) -> Policy:
        """Return the policy in a YAML document: its text, or the path of a file in UTF-8.

        Text of one line that ends in .yml or .yaml is a path. Only plain YAML is read (no tags that build
        objects), and a key that stands twice is refused. Raises `PolicyError`, with the line for broken YAML.
        """
        if isinstance(text_or_path, str) and not _is_yaml_path(text_or_path):
            return cls.from_dict(_parse_yaml(text_or_path, "policy"))
        path = Path(text_or_path)
        return cls.from_dict(_parse_yaml(_read(path), path.name))

    def enabled(self, label: str) -> bool:
        """Return whether `label` is hidden under this policy; raises `PolicyError` for an unknown label."""
        _check_known("entity", label, _LABELS)
        return label in self.operators

    def operator(self, label: str) -> str:
        """Return the operator's name for `label`; raises `PolicyError` if it is unknown or switched off."""
        if not self.enabled(label):
            raise PolicyError(f"{label} is switched off in this policy")
        return self.operators[label]

    def threshold(self, label: str) -> float:
        """Return the least score in [0, 1] at which `label` counts: 0 for the fail-safe labels, always.

        Raises `PolicyError` for an unknown label.
        """
        _check_known("entity", label, _LABELS)
        return 0.0 if label in FAIL_SAFE else self.thresholds.get(label, self.thresholds["default"])


def _denied(given: object) -> Mapping[str, Sequence[str]]:
    """Return the terms of `deny` by label: those of a plain list have the label `DENIED`."""
    if isinstance(given, list | tuple):
        return {DENIED: given} if given else {}
    return _mapping("deny", given)


def _terms(what: str, given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence | AbstractSet):
        raise PolicyError(f"{what} must be a list of terms")
    if not all(isinstance(term, str) for term in given):
        raise PolicyError(f"{what}: each term must be text (a number in quotes)")
    terms = tuple(sorted(given)) if isinstance(given, AbstractSet) else tuple(given)
    if any(len(term) > _LONGEST_TERM or not any(map(str.isalnum, term)) for term in terms):
        raise PolicyError(f"{what}: each term must have a letter or digit, and {_LONGEST_TERM} characters at most")
    return terms


def _check_deny(allow: Collection[str], deny: Mapping[str, Collection[str]], operators: Mapping[str, str]) -> None:
    for label, terms in deny.items():
        if not isinstance(label, str) or not _OWN_LABEL.fullmatch(label) or label in FAIL_SAFE:
            raise PolicyError(
                "deny: labels must be UPPER_SNAKE, of 40 characters at most, and none of the fail-safe ones"
            )
        if label in ENTITY_TYPES and label not in operators:
            raise PolicyError(f"deny: {label} is switched off in this policy")
        for term in terms:
            if (pattern := pattern_of(term)) is not None:
                _check_pattern(label, pattern)
    if any(pattern_of(term) is not None for term in allow):
        raise PolicyError("allow: a term is words, no pattern: a pattern may show more than is meant")
    denied = {" ".join(term.casefold().split()) for terms in deny.values() for term in terms}
    if any(" ".join(term.casefold().split()) in denied for term in allow):
        raise PolicyError("a term is in allow and in deny")


def _check_pattern(label: str, pattern: str) -> None:
    if re.search(r"\s|\\s", pattern) or _matches_nothing(pattern):
        raise PolicyError(
            f"deny: a pattern of {label} is none: it is a regular expression for a character or more within a word, "
            "without white space"
        )


def _matches_nothing(pattern: str) -> bool:
    """Return whether a pattern is broken, or matches where there is nothing."""
    try:
        return re.compile(pattern).search("") is not None
    except (re.error, RecursionError, OverflowError):
        return True


def pattern_of(term: str) -> str | None:
    """Return the pattern in a term of `deny` that is one (`/.../`), None for words."""
    return term[1:-1] if len(term) > 2 and term[0] == term[-1] == "/" else None


def _shown_label(label: object) -> str:
    return label if isinstance(label, str) and _OWN_LABEL.fullmatch(label) else "a label"


def _check_operator(label: str, name: object) -> None:
    _check_known("entity", label, _LABELS)
    if label in FAIL_SAFE and name != "replace":
        raise PolicyError(f"{label} stands for what could not be decided: its operator is always replace")
    if label in ENTITY_TYPES and ENTITY_TYPES[label].sad and name != "replace":
        raise _label_only(label)
    _check_known(f"operator for {label}", name, OPERATORS)
    if name == "last4" and label != "CREDIT_CARD":
        raise PolicyError(f"last4 is for CREDIT_CARD only, not for {label}")


def _label_only(label: str) -> PolicyError:
    return PolicyError(
        f"{label} can only be replaced by its plain label or be off: neither it nor anything made from it "
        "may be kept (PCI DSS 3.3.1)"
    )


def _check_card_forms(operators: Mapping[str, str]) -> None:
    """Refuse a hash of card data beside a truncated number: together they give it away (PCI DSS 3.5.1)."""
    hashed = {label for label, name in operators.items() if name == "hash"}
    if not any(label in ENTITY_TYPES and ENTITY_TYPES[label].group == "card" for label in hashed):
        return
    # "ending in 4242" is a truncated number too: left to stand it undoes the hash; hashed, it is both.
    last4_stays = operators.get("CREDIT_CARD_LAST4", "keep") in {"keep", "hash"}
    if last4_stays or operators.get("CREDIT_CARD") == "last4":
        raise PolicyError(
            "card data is hashed or cut to its last four digits, not both (PCI DSS 3.5.1): beside hash, "
            "CREDIT_CARD cannot be last4, and CREDIT_CARD_LAST4 must be on and neither keep nor hash"
        )


def _operator_name(label: str, value: object) -> Any:
    """Return what an entity's entry names, to be checked as an operator, or None for off."""
    if isinstance(value, Mapping):
        if label in ENTITY_TYPES and ENTITY_TYPES[label].sad and set(value) != {"operator"}:
            raise _label_only(label)
        value = _mapping(label, value, known={"operator"}, kind="option").get("operator")
    if (value is False or value == "off") and label not in FAIL_SAFE:  # YAML reads a bare off as False
        return None
    _check_operator(label, value)  # here, because None means off from here on
    return value


def _threshold(label: object, score: object) -> float:
    _check_known("entity in thresholds", label, _LABELS | {"default"})
    if label in FAIL_SAFE:
        raise PolicyError(f"{label} stands for what could not be decided: it has no threshold")
    if not _is_number(score) or not 0 <= score <= 1:
        raise PolicyError(f"thresholds: {label} must be a number from 0 to 1")
    return float(score)


def _mapping(what: str, value: object, *, known: Collection[str] = (), kind: str = "key") -> dict[str, Any]:
    """Return a part of a policy as a dict; `known` are the keys it may have, where that is checked here."""
    if not isinstance(value, Mapping):
        raise PolicyError(f"{what} must be a mapping, not {type(value).__name__}")
    for name in value if known else ():
        _check_known(kind, name, known)
    return dict(value)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _BEYOND


def _check_known(kind: str, name: object, known: Collection[str]) -> None:
    """Raise `PolicyError`, which says the nearest known name, unless `name` is known."""
    if not isinstance(name, str):
        raise PolicyError(f"unknown {kind}: it must be a name, not {type(name).__name__}")
    if name not in known:
        given = name[:40].upper()
        nearest = max(sorted(known), key=lambda other: SequenceMatcher(None, given, other.upper()).ratio())
        raise PolicyError(f"unknown {kind}{_shown(name)}: the nearest is {nearest}")


def _shown(name: object) -> str:
    """Return `name` for a message if it looks like one: what is passed by mistake may be a whole call."""
    return f' "{name}"' if isinstance(name, str) and _NAME.fullmatch(name) else ""


def _ordered(value: Any) -> Any:
    """Return a value with its mappings and sets as sorted lists, so that equal ones are written alike."""
    if isinstance(value, dict):
        return sorted((key, _ordered(inside)) for key, inside in value.items())
    if isinstance(value, frozenset | set):
        return sorted(value)
    return [_ordered(inside) for inside in value] if isinstance(value, list | tuple) else value


def _is_yaml_path(text: str) -> bool:
    return "\n" not in text and text.lower().endswith((".yml", ".yaml"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        problem = error.strerror or "it cannot be read"
    except ValueError:
        problem = "it is not UTF-8"
    # Raised out here, because a decoding error holds the file's bytes.
    raise PolicyError(f"{path.name}: {problem}")


def _parse_yaml(text: str, source: str) -> Any:
    """Return the one document in `text`; raises `PolicyError` with the line of what is broken."""
    import yaml  # noqa: PLC0415  (only a policy in YAML pays for it)

    line = 0

    class Loader(yaml.SafeLoader):
        def compose_mapping_node(self, anchor: dict[Any, yaml.Node]) -> yaml.MappingNode:
            node = super().compose_mapping_node(anchor)
            names = set()
            for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
                if key.value in names:
                    where = f"{source}: line {key.start_mark.line + 1}"
                    raise PolicyError(f"{where}: the key{_shown(key.value)} stands twice")
                names.add(key.value)
            return node

        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
            nonlocal line
            line = node.start_mark.line
            return super().construct_object(node, deep=deep)

    try:
        document = yaml.load(text, Loader)  # noqa: S506  (a safe loader)
    except PolicyError:
        raise
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else line
    except (ArithmeticError, AttributeError, LookupError, ValueError, RecursionError):
        pass  # a date that is none, a tag that does not fit its value, nesting without end
    else:
        return {} if document is None else document
    raise PolicyError(f"{source}: line {line + 1}: this is not plain YAML")
