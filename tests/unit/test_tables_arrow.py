"""Record batches: what is examined, of every type; the shape that comes out; rows that fail; nothing beneath."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import subprocess
import sys
import uuid
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from ccredact import FormatError, MissingExtraError, Policy, PolicyError, Redactor
from ccredact.integrations.arrow import BatchRedactor
from tables_support import CARD, engine

DIGITS = int(CARD)


def redact(table: dict[str, Any], **more: Any) -> dict[str, list[Any]]:
    """What becomes of a table, column by column."""
    out = BatchRedactor(engine(), **more)(pa.table(table))
    out.validate(full=True)
    found: dict[str, list[Any]] = out.to_pydict()
    return found


def hidden_in(array: pa.Array) -> tuple[pa.Array, list[Any]]:
    """A column beside a text, and what becomes of its values."""
    table = BatchRedactor(engine())(pa.table({"text": ["hello"] * len(array), "card": array}))
    table.validate(full=True)
    return table.column("card").combine_chunks(), table.column("card").to_pylist()


# --- rows


def test_a_row_is_a_turn_of_the_call_that_its_column_tells() -> None:
    out = redact(
        {
            "call_id": ["a", "b", "a"],
            "speaker": ["agent", "caller", "Ada Obi"],
            "text": ["could I take your PIN", "hello", "4417"],
        }
    )
    assert out["text"] == ["could I take your PIN", "hello", "[PIN]"]
    assert out["speaker"] == ["agent", "caller", "[PERSON_1]"]
    assert out["call_id"] == ["a", "b", "a"]
    assert out["error"] == [None] * 3
    assert out["entities"] == [
        [],
        [],
        [{"field": "text", "turn": None, "label": "PIN", "start": 0, "end": 5, "score": 0.9, "reason": "cued"}],
    ]
    assert out["counts"] == [[], [], [("PIN", 1)]]


@pytest.mark.parametrize("order", [[2, 1], ["2", "1"], [dt.datetime(2026, 1, 2), dt.datetime(2026, 1, 1)], [10, 9]])  # noqa: DTZ001
def test_turns_are_read_in_their_order(order: list[Any]) -> None:
    out = redact({"call_id": [7, 7], "seq": order, "text": ["4417", "could I take your PIN"]})
    assert out["text"] == ["[PIN]", "could I take your PIN"]
    assert out["seq"] == order


def test_an_order_is_examined_unless_it_is_a_small_number_or_a_time() -> None:
    assert redact({"text": ["a"] * 3, "order": ["1234", CARD, "Ada Obi"]})["order"] == [
        "1234", "[CREDIT_CARD]", "[PERSON]",
    ]  # fmt: skip
    assert redact({"text": ["a"] * 3, "order": [1234, DIGITS, 1764400000]})["order"] == [1234, None, 1764400000]


def test_without_a_column_of_calls_a_row_is_a_call() -> None:
    out = redact({"text": ["could I take your PIN", "4417"]})
    assert out["text"] == ["could I take your PIN", "[NUMBER]"]


def test_rows_without_a_call_are_one_each() -> None:
    out = redact({"call_id": [None, None, "a"], "text": ["could I take your PIN", "4417", None]})
    assert out["text"] == ["could I take your PIN", "[NUMBER]", None]


def test_a_row_is_a_call_with_a_list_of_turns() -> None:
    turns = [{"speaker": "agent", "text": "your PIN?"}, {"speaker": "Ada Obi", "text": "4417"}]
    out = redact({"turns": [turns, None, []], "note": ["PIN 4417", "x", None]})
    assert out["turns"][0] == [
        {"speaker": "agent", "text": "your PIN?"},
        {"speaker": "[PERSON_1]", "text": "[PIN]"},
    ]
    assert out["turns"][1:] == [None, []]
    assert out["note"] == ["PIN [PIN]", "x", None]
    assert [(found["field"], found["turn"]) for found in out["entities"][0]] == [("turns.text", 1), ("note", None)]


def test_turns_may_be_texts() -> None:
    assert redact({"turns": [["your PIN?", None, "4417"]]})["turns"] == [["your PIN?", None, "[PIN]"]]


def test_members_of_turns_can_be_named() -> None:
    turns = [{"who": "agent", "said": "your PIN?"}, {"who": "x", "said": "4417"}]
    out = redact({"data": [turns]}, columns={"text": "data.said", "speaker": "data.who"})
    assert out["data"][0][1] == {"who": "x", "said": "[PIN]"}


def test_a_cell_may_hold_a_whole_call() -> None:
    out = redact({"transcript": ["Agent: your PIN?\nCaller: 4417\n"]})
    assert out["transcript"] == ["Agent: your PIN?\nCaller: [PIN]\n"]
    assert [(found["turn"], found["start"], found["end"]) for found in out["entities"][0]] == [(1, 0, 5)]


def test_a_cell_may_hold_a_call_in_any_format() -> None:
    call = {"turns": [{"text": "your PIN?"}, {"text": "4417"}], "summary": "PIN 4417"}
    [cell] = redact({"transcript": [json.dumps(call)]})["transcript"]
    assert [turn["text"] for turn in json.loads(cell)["turns"]] == ["your PIN?", "[PIN]"]
    assert json.loads(cell)["summary"] == "PIN [PIN]"


@pytest.mark.parametrize("column", ["transcript", "more"])
def test_json_in_a_cell_is_examined_by_its_keys(column: str) -> None:
    given = {
        "pin": "4417",
        "who": {"name": "Ada Obi", CARD: 1, "n": DIGITS, "start": 12},
        "list": ["x", f"card {CARD}"],
    }
    out = redact(
        {"text": ["hello"], column: [json.dumps(given)]}, columns={"text": "transcript"} if column != "more" else {}
    )
    assert json.loads(out[column][0]) == {
        "pin": "[PIN]",
        "who": {"name": "[PERSON]", "[CREDIT_CARD]": 1, "n": "[CREDIT_CARD]", "start": 12},
        "list": ["x", "card [CREDIT_CARD]"],
    }


def test_json_in_a_string_of_json_in_a_cell_stays_json() -> None:
    given = json.dumps({"a": json.dumps({"pin": "4417", "n": 3}), "b": '{ "n":3}'})
    out = json.loads(redact({"text": ["hello"], "more": [given]})["more"][0])
    assert json.loads(out["a"]) == {"pin": "[PIN]", "n": 3}
    assert out["b"] == '{ "n":3}'


def test_json_in_which_nothing_is_hidden_keeps_every_byte() -> None:
    cells = ['{ "a" : [1,  2.50], "b":"x" }', "[ ]", "{broken", '{"a": 1} and more']
    assert redact({"text": ["hello"] * 4, "more": cells})["more"] == cells


def test_the_words_of_a_hidden_run_become_one() -> None:
    said = ["it's", *["4242"] * 4, "ok"]
    words = [{"word": word, "start": n / 2, "end": n / 2 + 0.4, "shown": f"{word}."} for n, word in enumerate(said)]
    out = redact({"turns": [[{"text": " ".join(said), "words": words}]]})
    assert out["turns"][0][0]["text"] == "it's [CREDIT_CARD] ok"
    assert out["turns"][0][0]["words"] == [
        words[0],
        {"word": "[CREDIT_CARD]", "start": 0.5, "end": 2.4, "shown": None},
        words[5],
    ]


def test_words_that_say_something_else_are_examined() -> None:
    words = [{"word": "hello", "spelled": "hello"}, {"word": "there", "spelled": CARD}]
    out = redact({"text": ["hello there"], "words": [words]})
    assert out["words"] == [[words[0], {"word": "there", "spelled": "[CREDIT_CARD]"}]]


def test_words_without_a_text_are_one() -> None:
    out = redact({"text": pa.array([None], pa.string()), "words": [["card", CARD, "ok"]]})
    assert (out["text"], out["words"]) == ([None], [["card", "[CREDIT_CARD]", "ok"]])


# --- types


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_texts_of_every_type_are_examined(kind: pa.DataType) -> None:
    array = pa.array([f"card {CARD}", None, "hello"]).cast(kind)
    table = pa.table({"text": array, "note": array})
    out = BatchRedactor(engine())(table)
    out.validate(full=True)
    assert out.column("text").to_pylist() == out.column("note").to_pylist() == ["card [CREDIT_CARD]", None, "hello"]
    assert BatchRedactor().schema(table.schema).field("note").type == out.schema.field("note").type
    kept = kind.value_type if pa.types.is_dictionary(kind) else kind
    got = out.schema.field("note").type
    assert kept == (got.value_type if pa.types.is_dictionary(got) else got)


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view()], ids=str)
def test_bytes_are_examined_where_they_are_text(kind: pa.DataType) -> None:
    _, values = hidden_in(pa.array([CARD.encode(), b"\xff\xfe", None], pa.binary()).cast(kind))
    assert values == [b"[CREDIT_CARD]", b"\xff\xfe", None]


LATIN = "Ren\xe9, it's 4417".encode("latin-1")
WORDS = [{"text": "hello", "heard": LATIN}]


@pytest.mark.parametrize(
    ("column", "problem"),
    [
        (pa.array([LATIN]), "column 2 is not UTF-8: leave it if it holds no text"),
        (pa.array(["4417".encode("utf-16-le")]), "column 2 is not UTF-8: leave it if it holds no text"),
        (pa.array([LATIN]).dictionary_encode(), "column 2 is not UTF-8: leave it if it holds no text"),
        (pa.array([LATIN], pa.binary(len(LATIN))), "column 2 is not UTF-8: leave it if it holds no text"),
        (pa.array([{"a": [LATIN]}]), "column 2 is not UTF-8: leave it if it holds no text"),
        (
            pa.array([[("a", LATIN)]], pa.map_(pa.string(), pa.binary())),
            "column 2 is not UTF-8: leave it if it holds no text",
        ),
    ],
    ids=lambda given: str(getattr(given, "type", "")),
)
def test_bytes_that_are_no_utf8_may_be_text_and_are_an_error(column: pa.Array, problem: str) -> None:
    table = pa.table({"text": ["hello"], "note": column})
    out = BatchRedactor(engine())(table)
    assert out.column("error").to_pylist() == [f"format: {problem}"]
    assert out.column("text").to_pylist() == out.column("note").to_pylist() == [None]
    left = BatchRedactor(Redactor(Policy(leave=frozenset({"note"})), tagger=False))(table)
    assert left.column("error").to_pylist() == [None]
    assert left.column("note").to_pylist() == column.to_pylist()


@pytest.mark.parametrize(
    "columns",
    [
        {"text": [LATIN]},
        {"text": [b"\xe94"]},
        {"text": ["4417".encode("utf-16-le")]},
        {"text": [b'{"turns": [{"text": "' + LATIN + b'"}]}']},
        {"text": ["hello"], "speaker": [LATIN]},
        {"text": ["hello"], "words": [[LATIN]]},
        {"turns": [[LATIN]]},
        {"turns": [[{"text": LATIN}]]},
        {"turns": [[{"text": "hello", "speaker": LATIN}]]},
    ],
    ids=str,
)
def test_what_is_said_in_bytes_that_are_no_utf8_is_an_error(columns: dict[str, list[object]]) -> None:
    out = redact(columns)
    assert out["error"] == ["format: it is not UTF-8"]
    assert all(out[name] == [None] for name in columns)


def test_a_call_with_a_row_that_cannot_be_read_is_an_error() -> None:
    """The row may be the question by which the others are answers."""
    question = "could I take your PIN, Ren\xe9".encode("latin-1")
    out = redact({"call_id": [1, 1, 1, 2], "text": [question, b"it's 44", b"and 17", b"hello"]})
    assert out["text"] == [None, None, None, b"hello"]
    other = "format: another row of its call cannot be read"
    assert out["error"] == ["format: it is not UTF-8", other, other, None]


def test_what_is_said_of_words_in_bytes_that_are_no_utf8_is_an_error() -> None:
    out = redact({"text": ["hello"], "words": [WORDS]})
    assert out["error"] == ["format: column 2 is not UTF-8: leave it if it holds no text"]
    assert out["words"] == [None]


def test_numbers_of_sixteen_bytes_are_no_text() -> None:
    number = uuid.UUID("a3bb189e-8bf9-3888-9912-ace4e6543002")
    out = redact({"text": ["hello"], "key": pa.array([number.bytes], pa.uuid())})
    assert out["error"] == [None]
    assert out["key"] == [number]


def test_text_that_nulls_fill_up_is_examined() -> None:
    out = redact({"text": ["hello"], "note": [CARD.encode() + b"\0\0"]})
    assert out["note"] == [b"[CREDIT_CARD]\0\0"]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([DIGITS, 417, None]),
        pa.array([DIGITS, 417, None], pa.uint64()),
        pa.array([float(DIGITS), 417.0, None]),
        pa.array([Decimal(DIGITS), Decimal(417), None], pa.decimal128(20, 2)),
        pa.array([Decimal(DIGITS), Decimal(417), None], pa.decimal256(40, 0)),
        pa.array([CARD.encode(), b"a" * 16, None], pa.binary(16)),
    ],
    ids=lambda array: str(array.type),
)
def test_a_number_that_is_hidden_is_null(array: pa.Array) -> None:
    out, values = hidden_in(array)
    assert values == [None, array[1].as_py(), None]
    assert out.type == array.type


@pytest.mark.parametrize(
    "value",
    [pa.scalar(4821, pa.int16()), pa.scalar(4821, pa.uint64()), pa.scalar(4821.0), pa.scalar(Decimal("4821.00"))],
)
@pytest.mark.parametrize("name", ["pin", "caller_pin", "pins", "pinCode", "pin_ms", "pin_at"])
def test_a_short_number_under_the_name_of_a_secret_is_null(name: str, value: pa.Scalar) -> None:
    flat = pa.array([value.as_py()], value.type)
    columns = {
        name: flat,
        "list": pa.ListArray.from_arrays([0, 1], pa.StructArray.from_arrays([flat], [name])),
        "map": pa.MapArray.from_arrays([0, 1], pa.array([name]), flat),
        "plain": flat,
    }
    out = redact({"text": ["hello"], **columns})
    assert out[name] == [None]
    assert out["list"] == [[{name: None}]]
    assert out["map"] == [[(name, None)]]
    assert out["plain"] == [value.as_py()]


def test_a_number_with_a_part_is_no_secret() -> None:
    assert redact({"text": ["hello"], "card_fee": [123.45], "pin": [42]})["card_fee"] == [123.45]
    assert redact({"text": ["hello"], "more": ['{"cvv": 737, "n": 737}']})["more"] == [
        '{"cvv": "[CREDIT_CARD_CVV]", "n": 737}',
    ]


TOLD_PIN = "the PIN is 4821"


@pytest.mark.parametrize(
    ("column", "hidden"),
    [
        (pa.array([4821, 4821, 77], pa.int16()), None),
        (pa.array([4821, 4821, 77], pa.uint64()), None),
        (pa.array(["4821", "4821", "77"]), "[PIN]"),
        (pa.array(["4821", "4821", "77"]).dictionary_encode(), "[PIN]"),
        (pa.array([b"4821", b"4821", b"\xff\xfe\xff\xfe"]), b"[PIN]"),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_an_id_that_says_what_was_told_is_hidden(column: pa.Array, hidden: object) -> None:
    same, last = column[1].as_py(), column[2].as_py()
    for name, second in (("id", same), ("row_id", same), ("call_id", hidden)):
        out = BatchRedactor(engine())(pa.table({"text": [TOLD_PIN, "hello", "hello"], name: column}))
        out.validate(full=True)
        assert out.column(name).to_pylist() == [hidden, second, last]
        assert out.schema.field(name).type == column.type
        assert out.column("error").to_pylist() == [None] * 3


def test_an_id_that_is_left_stays() -> None:
    redact = BatchRedactor(Redactor({"leave": ["id", "call_id"]}))
    columns = {"id": [4821], "call_id": [4821], "row_id": [4821]}
    out = redact(pa.table({"text": [TOLD_PIN], **columns}))
    assert out.select(list(columns)).to_pylist() == [{"id": 4821, "call_id": 4821, "row_id": None}]


def test_an_id_of_a_turn_or_a_word_that_says_what_was_told_is_hidden() -> None:
    turns = [
        {"text": TOLD_PIN, "id": 4821, "words": [{"text": word, "id": 4821} for word in ("the", "PIN", "is", "4821")]},
        {"text": "hello", "id": 77, "words": [{"text": "hello", "id": 77}]},
    ]
    out = redact({"turns": [turns]})["turns"][0]
    assert [turn["id"] for turn in out] == [None, 77]
    assert [word["id"] for turn in out for word in turn["words"]] == [None, None, None, None, 77]


def test_a_small_number_that_says_what_was_told_is_null() -> None:
    columns = {"n": [4821, 4821], "list": [[4821, 5], [4821]], "st": [{"n": 4821}, None], "count": [4821, 4821]}
    out = redact({"text": [TOLD_PIN, "hello"], **columns, "wait_s": [4821, 4821]})
    assert out["n"] == [None, 4821]
    assert out["list"] == [[None, 5], [4821]]
    assert out["st"] == [{"n": None}, None]
    assert out["count"] == out["wait_s"] == [4821, 4821]


def test_a_column_of_questions_is_heard_before_what_is_said() -> None:
    questions = ["your PIN please", "how many", None]
    out = redact({"answer": ["4821", "4821", "hello"], "question": questions}, columns={"text": "answer"})
    assert out["answer"] == ["[PIN]", "4821", "hello"]
    assert out["question"] == questions


def test_an_id_of_a_row_with_an_error_stays() -> None:
    out = redact({"text": [TOLD_PIN.encode(), b"\xff\xfe\xff"], "id": ["4821", "r-2"], "n": [1, 2]})
    assert out["id"] == ["[PIN]", "r-2"]
    assert out["n"] == [1, None]


def test_numbers_and_dates_that_tell_nothing_stay() -> None:
    columns = {
        "text": ["hello"],
        "amount": [123456.75],
        "id": [DIGITS],
        "started_at": [1764400000123456],
        "nan": [float("nan")],
        "infinite": [float("-inf")],
        "small": pa.array([5], pa.int8()),
        "flag": [True],
        "nothing": pa.nulls(1),
        "at": [dt.datetime(2026, 4, 17, 9, 30)],  # noqa: DTZ001
        "on": [dt.date(2026, 4, 17)],
        "clock": [dt.time(9, 30)],
        "long": pa.array([1764400000123456789], pa.duration("ns")),
        "exact": pa.array([1764400000123456789], pa.timestamp("ns")),
    }
    table = pa.table(columns)
    out = BatchRedactor(engine())(table)
    compared = [name for name in columns if name != "nan"]
    assert out.select(compared).equals(table.select(compared))
    assert out.column("nan").to_pylist() != [None]


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64(), pa.timestamp("ns"), pa.timestamp("s", "UTC")], ids=str)
def test_a_date_of_birth_is_null(kind: pa.DataType) -> None:
    born = pa.array([dt.date(1980, 3, 4), None], pa.date32()).cast(kind)
    out = BatchRedactor(engine())(pa.table({"text": ["hello", "there"], "date_of_birth": born}))
    assert out.column("date_of_birth").to_pylist() == [None, None]
    assert out.schema.field("date_of_birth").type == kind


@pytest.mark.parametrize(
    "array",
    [
        pa.array([{"number": CARD, "n": 1}, None]),
        pa.array([{"number": DIGITS, "n": 1}, None]),
        pa.array([[CARD, "ok"], None, []]),
        pa.array([[CARD, "ok"]], pa.large_list(pa.string())),
        pa.array([[CARD, "ok"]], pa.list_(pa.string(), 2)),
        pa.array([[CARD, "ok"]], pa.list_view(pa.string())),
        pa.array([[("x", CARD)], None, []], pa.map_(pa.string(), pa.string())),
        pa.array([[(CARD, 1)], None], pa.map_(pa.string(), pa.int64())),
        pa.array([[{"deep": [{"er": CARD}]}]]),
        pa.array([[{"deep": {"er": CARD}}]]).cast(pa.list_(pa.struct([("deep", pa.struct([("er", pa.string())]))]))),
    ],
    ids=lambda array: str(array.type)[:40],
)
def test_what_lies_within_is_examined(array: pa.Array) -> None:
    out, values = hidden_in(array)
    assert CARD in str(array)
    assert CARD not in str(values)
    assert str(values).replace("'[CREDIT_CARD]'", "None").count("None") == 1 + str(array.to_pylist()).count("None")
    assert len(out) == len(array)


def test_a_key_is_the_name_of_its_value_and_stays_unless_it_was_told() -> None:
    array = pa.array([[("pin", "4417"), ("Quonset Ballou", "x")]], pa.map_(pa.string(), pa.string()))
    out = redact({"text": ["my name is Quonset Ballou"], "more": array})
    assert out["more"] == [[("pin", "[PIN]"), ("[PERSON]", "x")]]


def test_a_type_that_is_not_read_is_refused_unless_it_is_left() -> None:
    table = pa.table({"text": ["hello"], "runs": pa.RunEndEncodedArray.from_arrays([1], [CARD])})
    with pytest.raises(FormatError, match="column 2: its type run_end_encoded is not read here"):
        BatchRedactor(engine())(table)
    assert BatchRedactor({"leave": ["runs"]})(table).column("runs").equals(table.column("runs"))


def test_a_member_of_a_struct_can_be_left() -> None:
    table = pa.table({"text": ["hello"], "more": [{"a": CARD, "b": CARD}]})
    out = BatchRedactor({"leave": ["more.a"]})(table).column("more").to_pylist()
    assert out == [{"a": CARD, "b": "[CREDIT_CARD]"}]


def test_slices_are_read_where_they_stand() -> None:
    table = pa.table(
        {
            "text": ["a b", f"card {CARD}", "c d"],
            "tags": [["x"], [CARD, "y"], ["z"]],
            "more": [{"k": "x"}, {"k": CARD}, {"k": "z"}],
            "m": pa.array([[("a", "x")], [("k", CARD)], [("c", "z")]], pa.map_(pa.string(), pa.string())),
        }
    )
    [batch] = table.slice(1, 1).to_batches()
    out = BatchRedactor(engine())(batch)
    out.validate(full=True)
    assert out.select(table.schema.names).to_pylist() == [
        {
            "text": "card [CREDIT_CARD]",
            "tags": ["[CREDIT_CARD]", "y"],
            "more": {"k": "[CREDIT_CARD]"},
            "m": [("k", "[CREDIT_CARD]")],
        }
    ]


def test_no_text_stays_beneath() -> None:
    """An unused value of a dictionary, the bytes under a null, what lies before a slice."""
    text = pa.array(["hello", CARD])
    masked = pa.StringArray.from_buffers(2, *text.buffers()[1:], pa.array([True, False]).buffers()[1])
    encoded = pa.DictionaryArray.from_arrays(pa.array([0, 0]), text)
    sliced = pa.array([CARD, "hello", "there"]).slice(1)
    lists = pa.ListArray.from_arrays([0, 1, 2], text, mask=pa.array([False, True]))
    structs = pa.StructArray.from_arrays([text], names=["a"], mask=pa.array([False, True]))
    columns = {"text": masked, "q": encoded, "s": sliced, "l": lists, "t": structs}
    batch = pa.record_batch(columns)
    assert any(
        CARD.encode() in buffer.to_pybytes() for column in batch.columns for buffer in column.buffers() if buffer
    )
    out = BatchRedactor(engine())(batch)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, out.schema) as writer:
        writer.write_batch(out)
    assert CARD.encode() not in sink.getvalue().to_pybytes()


# --- what comes out


def test_the_schema_is_known_before() -> None:
    table = pa.table(
        {
            "call_id": [1],
            "text": ["hello"],
            "more": [{"n": DIGITS, "t": ["x"]}],
            "words": [[{"word": "hello", "start": 1.0}]],
            "q": pa.array(["a"]).dictionary_encode(),
        }
    )
    table = table.replace_schema_metadata({"a": "b"})
    redactor = BatchRedactor(engine())
    out = redactor(table)
    assert out.schema.equals(redactor.schema(table.schema), check_metadata=True)
    assert out.schema.names == [*table.schema.names, "entities", "counts", "error"]
    [batch] = table.to_batches()
    assert redactor(batch).schema == out.schema


def test_a_column_that_has_the_name_of_an_added_one_is_refused() -> None:
    table = pa.table({"text": ["hello"], "error": ["x"]})
    with pytest.raises(FormatError, match="other names"):
        BatchRedactor(engine())(table)
    out = BatchRedactor(engine(), added=("e", "c", "f"))(table)
    assert out.schema.names == ["text", "error", "e", "c", "f"]


def test_an_empty_table_stays_one() -> None:
    table = pa.table({"text": pa.array([], pa.string())})
    assert BatchRedactor(engine())(table).num_rows == 0
    assert BatchRedactor(engine())(pa.record_batch({"text": pa.array([], pa.string())})).num_rows == 0


def test_labels_that_are_kept_are_no_counts() -> None:
    redactor = BatchRedactor({"entities": {"PERSON": "keep"}})
    out = redactor(pa.table({"text": ["my name is Ada Obi"]})).to_pylist()[0]
    assert (out["text"], out["counts"]) == ("my name is Ada Obi", [])
    assert [found["label"] for found in out["entities"]] == ["PERSON"]


# --- batches


def test_a_call_may_lie_in_several_batches() -> None:
    table = pa.table({"call_id": [1, 1, 2], "text": ["could I take your PIN", "4417", "hello"]})
    out = list(BatchRedactor(engine()).batches(table.to_batches(max_chunksize=1)))
    assert [batch.num_rows for batch in out] == [1, 1, 1]
    assert [batch.column("text")[0].as_py() for batch in out] == ["could I take your PIN", "[PIN]", "hello"]


def test_a_failing_row_is_a_typed_row() -> None:
    bad = pa.StringArray.from_buffers(
        2, pa.py_buffer(b"\0\0\0\0\5\0\0\0\7\0\0\0"), pa.py_buffer(b"hello\xff\xfe"), None, 0
    )
    table = pa.table({"id": [1, 2], "text": bad, "note": [CARD, CARD], "n": [1, 2]})
    out = BatchRedactor(engine())(table).to_pydict()
    assert out["text"] == ["hello", None]
    assert out["note"] == ["[CREDIT_CARD]", None]
    assert out["id"] == [1, 2]
    assert out["error"] == [None, "format: it is not UTF-8"]
    assert out["entities"][1] is out["counts"][1] is None


def test_a_row_that_is_too_large_is_a_typed_row() -> None:
    out = redact({"text": ["hello", "hello " * 100], "note": ["x", "y"]}, max_record=100)
    assert out["text"] == ["hello", None]
    assert out["error"] == [None, "too_large: it is larger than a record may be"]


@pytest.mark.usefixtures("silence")
def test_an_error_of_the_engine_is_a_typed_row(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor(tagger=False)

    def broken(utterances: Any, **_: Any) -> Any:
        raise ValueError(next(iter(utterances)).text)

    monkeypatch.setattr(redactor, "redact_call", broken)
    out = BatchRedactor(redactor)(pa.table({"text": [CARD], "note": [CARD]})).to_pylist()[0]
    assert out["text"] is out["note"] is None
    assert out["error"] == "internal: it cannot be handled (ValueError)"


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(FormatError, match="no RecordBatch and no Table"):
        BatchRedactor(engine())([CARD])
    with pytest.raises(FormatError, match="no column of text"):
        BatchRedactor(engine())(pa.table({"a": [1]}))
    with pytest.raises(FormatError, match="two columns"):
        BatchRedactor(engine())(pa.table([["a"], ["b"]], names=["text", "text"]))
    with pytest.raises(PolicyError):
        BatchRedactor("nowhere")


# --- on its way to workers


def test_it_travels_as_its_policy_and_loads_the_engine_once() -> None:
    redactor = BatchRedactor("pci", columns={"text": "said"}, max_record=1000)
    data = pickle.dumps(redactor)
    assert len(data) < 4000
    one, other = pickle.loads(data), pickle.loads(data)  # noqa: S301
    assert one.redactor is other.redactor is redactor.redactor
    assert one(pa.table({"said": [CARD]})).column("said").to_pylist() == ["[CREDIT_CARD]"]


def test_a_key_is_read_by_the_worker(tmp_path: Any) -> None:
    (tmp_path / "key").write_bytes(b"k" * 32)
    policy = {"entities": {"CREDIT_CARD": "hash"}}
    redactor = pickle.loads(pickle.dumps(BatchRedactor(policy, key_file=tmp_path / "key")))  # noqa: S301
    out = redactor(pa.table({"text": [CARD, CARD]})).column("text").to_pylist()
    assert out[0] == out[1] == Redactor(policy, key=b"k" * 32).redact(CARD).text
    assert CARD not in out[0]


def test_without_the_package_it_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"install ccredact\[arrow\]") as caught:
        BatchRedactor()
    assert caught.value.__context__ is None


def test_nobody_else_loads_it() -> None:
    code = (
        "import sys, ccredact, ccredact.archive.tables, ccredact.integrations.arrow;"
        "print([name for name in ('pyarrow', 'pyspark', 'ray') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
