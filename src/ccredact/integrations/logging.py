"""Log records without what was said: a filter for `logging`, and a patcher for loguru. No extra is needed.

    from ccredact.integrations.logging import RedactingFilter
    for handler in logging.getLogger().handlers:
        handler.addFilter(RedactingFilter())

A filter of a *handler* sees all that the handler writes; one of a logger only what is logged with that logger itself.
The record is changed in place, so that handlers behind this one get it redacted too.

Log lines are no speech: times, counts and ids in them are often hidden as `NUMBER`. A policy and `tagger=False` of the
redactor make it quicker and milder; `keep` names attributes that stay.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from ccredact.integrations.values import MASK, TextRedactor
from ccredact.redactor import Redactor

_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record has: names of code and times, but for those that are redacted by name."""
_DONE: Final = "_ccredact"
_CHAIN: Final = "\nThe exception above led to this one:\n\n"


class RedactingFilter(logging.Filter):
    """Redacts a record's message with its arguments, its exception, and all attributes that came with `extra`.

    It lets every record through and never raises: what cannot be redacted becomes `[REDACTED]`. A traceback keeps its
    frames, which are code, and the messages of its exceptions are redacted; the exception itself is taken off the
    record, since some handlers send it whole, local variables and all.

    `redactor` is one of yours (one with the policy full); `keep` are names of `extra` attributes that stay as they are.
    """

    def __init__(self, redactor: Redactor | None = None, *, keep: Collection[str] = ()) -> None:
        super().__init__()
        self._texts = TextRedactor(redactor)
        self._keep = frozenset(keep)

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact a record; return True."""
        values = record.__dict__
        if values.get(_DONE) != id(self):
            try:
                self._redact(record, values)
            except Exception:  # noqa: BLE001  (a log must not end a program, and nothing raw may be in it)
                _blank(values, self._keep)
            values[_DONE] = id(self)
        return True

    def _redact(self, record: logging.LogRecord, values: dict[str, Any]) -> None:
        message = self._texts.text(record.getMessage())
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        told = redacted_error(error, self._texts) if error is not None else None
        if told is None and record.exc_text:
            told = self._texts.text(record.exc_text)
        extra = {name: self._texts.value(values[name]) for name in _extra(values, self._keep)}
        values.update(extra, msg=message, args=None, exc_info=None, exc_text=told)
        if "message" in values:
            values["message"] = message


def _extra(values: dict[str, Any], keep: frozenset[str]) -> list[str]:
    return [name for name in values if name not in _OWN and name not in keep and name != _DONE]


def _blank(values: dict[str, Any], keep: frozenset[str]) -> None:
    values.update(dict.fromkeys(_extra(values, keep), MASK), msg=MASK, args=None, exc_info=None, exc_text=None)
    if "message" in values:
        values["message"] = MASK


def redacted_error(error: BaseException, texts: TextRedactor) -> str:
    """Return a traceback like Python's, with those of what led to it: frames as they are, messages redacted."""
    return "".join(_told(error, texts, set())).rstrip("\n")


def _told(error: BaseException, texts: TextRedactor, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, texts, seen)
        yield _CHAIN
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
    told = "".join(traceback.format_exception_only(error)).strip()
    count = _count(error)
    told = told.replace(count, "", 1) if count else told
    name, colon, message = told.partition(":")
    if not name.replace(".", "").isidentifier():  # a line of source comes first, as for a SyntaxError
        name, colon, message = type(error).__qualname__, ":", told
    first, *more = texts.text(message.strip()).split("\n", 1)
    yield "\n".join([f"{name}{colon} {first}".rstrip() + count, *more]).rstrip() + "\n"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            if id(inner) not in seen:
                yield from _told(inner, texts, seen)


def _count(error: BaseException) -> str:
    """Return what a group of exceptions adds to its message: it is no part of what was said there."""
    if isinstance(error, BaseExceptionGroup) and type(error).__str__ is BaseExceptionGroup.__str__:
        return str(error).removeprefix(error.message)
    return ""


def loguru_patcher(redactor: Redactor | None = None, *, keep: Collection[str] = ()) -> Callable[[Any], None]:
    """Return a function for `loguru.logger.configure(patcher=...)`, which does for loguru what the filter does.

    An exception is told below the message and taken off the record: loguru would print the values of variables.
    """
    texts, kept = TextRedactor(redactor), frozenset(keep)

    def patch(record: Any) -> None:
        try:
            message = texts.text(record["message"])
            error = record["exception"].value if record["exception"] else None
            told = f"\n{redacted_error(error, texts)}" if error is not None else ""
            extra = {
                name: value if name in kept else texts.value(value) for name, value in dict(record["extra"]).items()
            }
        except Exception:  # noqa: BLE001  (as above)
            message, told, extra = MASK, "", {}
        record.update(message=message + told, extra=extra, exception=None)

    return patch
