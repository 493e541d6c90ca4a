"""Log records without what was said: messages, arguments, exceptions and extras, and nothing that gets round it."""

from __future__ import annotations

import io
import json
import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Redactor
from ccredact.integrations.logging import RedactingFilter, loguru_patcher
from ccredact.integrations.values import LONGEST_CLEAN, MASK, REMEMBERED, TextRedactor

if TYPE_CHECKING:
    from collections.abc import Callable

REDACTOR = Redactor("pci", tagger=False)
CARD = "4242 4242 4242 4242"
CANARY = "4242"


NUMBERS = frozenset("created msecs relativeCreated thread process lineno asctime _ccredact".split())
"""What a record has that is a number of its own, in which any digits may stand."""


class Json(logging.Formatter):
    """Writes all that a record has, as handlers that send records elsewhere do."""

    def format(self, record: logging.LogRecord) -> str:
        super().format(record)
        return json.dumps({name: str(value) for name, value in vars(record).items() if name not in NUMBERS})


def logged(work: Callable[[logging.Logger], object], **more: Any) -> str:
    """What two handlers write of what `work` logs: a line, and all that the record has."""
    out = io.StringIO()
    logger = logging.Logger("test", logging.DEBUG)  # noqa: LOG001  (by itself)
    for formatter in (logging.Formatter("%(levelname)s %(message)s"), Json()):
        handler = logging.StreamHandler(out)
        handler.setFormatter(formatter)
        handler.addFilter(RedactingFilter(REDACTOR, **more))
        logger.addHandler(handler)
    work(logger)
    return out.getvalue()


class Said:
    """An object whose text holds a number."""

    def __str__(self) -> str:
        return f"Said({CARD})"

    __repr__ = __str__


def failing() -> None:
    try:
        raise ValueError(f"my card is {CARD}")  # noqa: TRY301  (the chain is what is looked at)
    except ValueError as error:
        raise RuntimeError(f"while hearing {CARD}") from error


def with_exception(logger: logging.Logger) -> None:
    try:
        failing()
    except RuntimeError:
        logger.exception("it failed")


def with_group(logger: logging.Logger) -> None:
    logger.error("several", exc_info=ExceptionGroup(CARD, [ValueError(CARD), KeyError(CARD)]))


def with_syntax_error(logger: logging.Logger) -> None:
    try:
        compile(f'x = "{CARD}" 1', "<said>", "exec")
    except SyntaxError:
        logger.exception("it failed")


def with_note(logger: logging.Logger) -> None:
    error = ValueError("bad")
    error.add_note(f"near {CARD}")
    logger.error("it failed", exc_info=error)


@pytest.mark.parametrize(
    "work",
    [
        lambda log: log.info("my card number is %s", CARD),
        lambda log: log.info("%(number)s", {"number": CARD}),
        lambda log: log.info(f"my card number is {CARD}"),  # noqa: G004  (as people do)
        lambda log: log.info("heard %r", [Said(), {"text": CARD}]),
        lambda log: log.info(Said()),
        lambda log: log.info("%s %s", CARD),  # noqa: PLE1206  (logging would print them on standard error)
        lambda log: log.info("%d", CARD),
        lambda log: log.info("heard", extra={"text": CARD, "more": {"words": [CARD, (CARD,)]}, "object": Said()}),
        lambda log: log.info("heard", extra={"of": {CARD: 1}, "raw": CARD.encode(), "json": json.dumps([CARD])}),
        lambda log: log.info("heard", extra={"number": 4242424242424242, "words": CARD.split()}),
        with_exception,
        with_group,
        with_syntax_error,
        with_note,
    ],
)
def test_no_number_is_logged(work: Callable[[logging.Logger], object], capfd: pytest.CaptureFixture[str]) -> None:
    out = logged(work)
    assert len(out.splitlines()) >= 2
    assert CANARY not in out
    assert CANARY not in "".join(capfd.readouterr())


def test_what_holds_nothing_is_as_it_was() -> None:
    now = datetime.now(UTC)
    extra = {"count": 7, "at": now, "took": 0.25, "names": ("a", "b"), "none": None, "ok": True}
    records: list[logging.LogRecord] = []
    logger = logging.Logger("test")  # noqa: LOG001  (by itself)
    logger.addFilter(RedactingFilter(REDACTOR))
    handler: Any = logging.Handler()
    handler.emit = records.append
    logger.addHandler(handler)
    logger.info("worker %s is ready", "one", extra=extra)
    (record,) = records
    assert record.getMessage() == "worker one is ready"
    assert {name: getattr(record, name) for name in extra} == extra


def test_a_traceback_keeps_its_frames_and_its_chain() -> None:
    line, everything = logged(with_exception).split('{"name"')
    assert line.count("Traceback (most recent call last):") == 2
    assert line.count("in failing\n    raise RuntimeError(") == 1
    assert "ValueError: my card is [CREDIT_CARD]\n" in line
    assert "RuntimeError: while hearing [CREDIT_CARD]\n" in line
    assert line.index("ValueError") < line.index("RuntimeError:")
    assert json.loads('{"name"' + everything)["exc_info"] == "None"


def test_an_error_that_leads_to_itself_ends() -> None:
    one, two = ValueError("one"), ValueError("two")
    one.__context__, two.__context__ = two, one
    assert "two" in logged(lambda log: log.error("it failed", exc_info=one))


def test_names_that_are_to_be_kept_stay() -> None:
    out = logged(lambda log: log.info("heard", extra={"trace": CARD, "text": CARD}), keep={"trace"})
    assert json.loads(out.splitlines()[1])["trace"] == CARD
    assert json.loads(out.splitlines()[1])["text"] == "[CREDIT_CARD]"


def test_a_record_that_was_formatted_before_has_its_text_redacted() -> None:
    record = logging.makeLogRecord({"msg": "it is %s", "args": (CARD,)})
    record.exc_text = f"ValueError: {CARD}"
    logging.Formatter().format(record)
    assert CANARY in record.message
    assert RedactingFilter(REDACTOR).filter(record)
    assert (record.getMessage(), record.message) == ("it is [CREDIT_CARD]",) * 2
    assert record.exc_text == "ValueError: [CREDIT_CARD]"


def test_two_filters_of_two_policies_both_count() -> None:
    record = logging.makeLogRecord({"msg": f"Ada Obi said {CARD}"})
    for policy in ("pci", "full"):
        RedactingFilter(Redactor(policy)).filter(record)
    assert record.msg == "[PERSON] said [CREDIT_CARD]"


class Broken(Redactor):
    """A redactor that has an error."""

    def stream(self, **_: object) -> Any:
        raise ValueError(CARD)


def test_an_error_of_ours_masks_the_whole_record() -> None:
    record = logging.makeLogRecord({"msg": "hello %s", "args": (CARD,), "text": CARD, "exc_text": CARD})
    assert RedactingFilter(Broken("pci")).filter(record)
    assert (record.getMessage(), record.__dict__["text"], record.exc_text) == (MASK, MASK, MASK)


def test_an_object_that_cannot_be_written_masks_the_record() -> None:
    class Bad:
        def __str__(self) -> str:
            raise RuntimeError(CARD)

    record = logging.makeLogRecord({"msg": "%s", "args": (Bad(),), "text": CARD})
    assert RedactingFilter(REDACTOR).filter(record)
    assert (record.getMessage(), record.__dict__["text"]) == (MASK, MASK)


def test_a_detector_that_logs_does_not_go_in_circles() -> None:
    logger = logging.Logger("inner")  # noqa: LOG001  (by itself)
    out = io.StringIO()
    logger.addHandler(logging.StreamHandler(out))

    class Loud(Redactor):
        def stream(self, **more: Any) -> Any:
            logger.info("looking at %s", CARD)
            return super().stream(**more)

    logger.handlers[0].addFilter(RedactingFilter(Loud("pci", tagger=False)))
    logger.info("my card is %s", CARD)
    assert out.getvalue().splitlines() == [MASK, "my card is [CREDIT_CARD]"]


def test_threads_may_share_a_filter() -> None:
    texts = TextRedactor(REDACTOR)
    seen: list[str] = []

    def work(number: int) -> None:
        seen.extend(texts.text(f"line {number} {at % 7} and the card is {CARD}") for at in range(50))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 200
    assert all(text.endswith("the card is [CREDIT_CARD]") for text in seen)


def test_the_count_of_a_group_is_no_part_of_what_was_said() -> None:
    group = ExceptionGroup("my pin is 4417", [ValueError("one"), KeyError("two")])
    group.add_note("heard twice (2 sub-exceptions)")
    line = logged(lambda log: log.error("several", exc_info=group)).split("{")[0]
    assert "ExceptionGroup: my pin is [PIN] (2 sub-exceptions)\nheard twice (2 sub-exceptions)\n" in line


# --- texts by themselves


@pytest.mark.parametrize("text", ["x", "pressed x", "priority is high", "of type 1"])
def test_a_last_word_that_may_begin_a_term_is_shown(text: str) -> None:
    assert TextRedactor(Redactor(tagger=False)).text(text) == text


@pytest.mark.parametrize("text", ["4242 4242", "it goes 4242", "four two four two four two", "it goes 4242-4242"])
def test_a_piece_of_a_number_is_hidden(text: str) -> None:
    shown = TextRedactor(Redactor(tagger=False)).text(text)
    assert "[NUMBER]" in shown
    assert not {"4", "four", "two"} & {*shown, *shown.split()}


def test_a_text_with_nothing_in_it_is_looked_up_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = TextRedactor(REDACTOR)
    kept, long, hidden = "worker is ready", "ready " * LONGEST_CLEAN, f"it is {CARD}"
    shown = [texts.text(text) for text in (kept, long, hidden)]
    assert shown == [kept, long, "it is [CREDIT_CARD]"]
    monkeypatch.setattr(texts, "_redactor", Broken("pci"))
    assert [texts.text(text) for text in (kept, long, hidden)] == [kept, MASK, MASK]


def test_what_is_remembered_is_bounded_and_no_text() -> None:
    texts = TextRedactor(REDACTOR)
    texts._clean = dict.fromkeys(range(REMEMBERED))
    assert texts.text("worker is ready") == "worker is ready"
    assert texts._clean == {hash("worker is ready"): None}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["it", "is", "4242", "4242", "4242", "4242", "ok"], ["it", "is", *["[CREDIT_CARD]"] * 4, "ok"]),
        (("4242 4242", "4242 4242"), ("[CREDIT_CARD]", "[CREDIT_CARD]")),
        (["a", f"it is {CARD}"], ["a", "it is [CREDIT_CARD]"]),
        (["my", "PIN", "is", "4417"], ["my", "PIN", "is", "[PIN]"]),
        (["the CVV is 123 and the card number is 4242", "4242 4242 4242"], ["[CREDIT_CARD]", "[CREDIT_CARD]"]),
        (["the PIN", "4417 yes and the CVV", "is 123"], ["the PIN", "[PIN] yes and the CVV", "is [CREDIT_CARD_CVV]"]),
        (["", "", "a"], ["", "", "a"]),
        ([CARD, 7], ["[CREDIT_CARD]", 7]),
    ],
)
def test_words_in_a_list_are_read_together(words: object, shown: object) -> None:
    assert TextRedactor(REDACTOR).value(words) == shown


def test_values_that_go_too_deep_are_masked() -> None:
    value: Any = CARD
    for _ in range(100):
        value = [value]
    assert CANARY not in str(TextRedactor(REDACTOR).value(value))
    assert CANARY not in TextRedactor(REDACTOR).value("[" * 100_000 + CARD)


# --- loguru


def test_a_loguru_record_is_redacted() -> None:
    record: dict[str, Any] = {"message": f"it is {CARD}", "extra": {"text": CARD, "id": CARD}, "exception": None}
    loguru_patcher(REDACTOR, keep={"id"})(record)
    assert record == {
        "message": "it is [CREDIT_CARD]",
        "extra": {"text": "[CREDIT_CARD]", "id": CARD},
        "exception": None,
    }


def test_a_loguru_record_that_cannot_be_redacted_is_masked() -> None:
    record: dict[str, Any] = {"message": CARD, "extra": None, "exception": None}
    loguru_patcher(REDACTOR)(record)
    assert record == {"message": MASK, "extra": {}, "exception": None}
