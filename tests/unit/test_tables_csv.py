"""CSV and TSV: every byte that is not hidden stays, cells are examined, broken rows are left and named."""

from __future__ import annotations

import codecs
import gzip
import io
import traceback
import zipfile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ccredact import FormatError
from ccredact.archive import run
from ccredact.archive.causes import Cause, Notice
from ccredact.archive.tables import table_for, window
from ccredact.archive.tables.csv_records import dialect_of
from ccredact.archive.tally import Tally
from tables_support import CARD, through

if TYPE_CHECKING:
    from pathlib import Path

CALL = "call_id,turn,speaker,text\n"


def out_of(text: str, **more: object) -> str:
    return through(text.encode(), **more)[0].decode()  # type: ignore[arg-type]


# --- the kind


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("calls.csv", b"text\nhello\n", "csv"),
        ("calls.CSV", b"a;b\n", "csv"),
        ("calls.tsv", b"text\tspeaker\n", "tsv"),
        ("calls", b"call_id,speaker,text\n1,a,hello\n", "csv"),
        ("calls.txt", b"call_id,speaker,text\n1,a,hello\n", None),
        ("calls", b"Agent: hello, how are you\nCaller: fine, thanks\n", None),
        ("calls.json", b'{"turns": []}', None),
        ("calls.parquet", b"PAR1\x15\x04", "parquet"),
        ("calls.feather", b"ARROW1\0\0", "arrow"),
        ("calls.arrows", b"\xff\xff\xff\xff\x10\0\0\0", "arrows"),
    ],
)
def test_the_kind_is_found_by_content_and_ending(name: str, head: bytes, kind: str | None) -> None:
    found = table_for(name, head)
    assert (found.name if found else None) == kind


# --- bytes


@pytest.mark.parametrize(
    "data",
    [
        b'\xef\xbb\xbfcall_id,text\r\n1,"hello, ""you"""\r\n2,\'x\'\r\n',
        b'call_id\ttext\n1\thello "there"\n\n2\t"a\nb"\n',
        b"text;n\rhello;1\rthere;2",
        b'text,n\n"quoted without need",\n  spaces  ,"x"trailing\n',
        "text|speaker\nhello é|Zoë\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "text,speaker\r\nhello,a\r\n".encode("utf-16-be"),
        b"text\n",
        b'text,a\n5" pipe,"6"" pipe"\n',
        b'text,a\n"he said \\"no\\", twice",b\n"x","y"\n',
        b'sep=;\r\ntext;n\r\n"hello; you";1\r\n',
        b'\xef\xbb\xbf"SEP=;"\ntext;n\nhello;1,5\n',
        codecs.BOM_UTF16_LE + "sep=\t\r\ntext\tn\r\nhello\t1\r\n".encode("utf-16-le"),
        b"sep=,\n",
    ],
)
def test_what_is_not_hidden_keeps_every_byte(data: bytes) -> None:
    assert through(data, policy="nothing")[0] == data


def test_an_empty_file_is_an_empty_table() -> None:
    assert through(b"")[0] == b""


def test_a_changed_cell_keeps_its_quotes_and_the_line_its_end() -> None:
    given = f'\ufeffcall_id,text,note\r\n1,"card {CARD}, ""ok""","x"\r\n2,card {CARD},y'
    assert out_of(given) == '\ufeffcall_id,text,note\r\n1,"card [CREDIT_CARD], ""ok""","x"\r\n2,card [CREDIT_CARD],y'


def test_backslashes_before_quotes_are_kept_in_a_changed_cell() -> None:
    given = f'text,a\n"he said \\"{CARD}\\", twice",b\n"hello","y"\n'
    assert out_of(given) == 'text,a\n"he said \\"[CREDIT_CARD]\\", twice",b\n"hello","y"\n'


# --- what is examined


def test_a_call_is_its_rows_and_knows_what_was_asked() -> None:
    given = CALL + "1,1,agent,could I take your PIN\n1,2,caller,4417\n"
    assert out_of(given) == CALL + "1,1,agent,could I take your PIN\n1,2,caller,[PIN]\n"


def test_rows_are_read_in_their_order_and_written_in_their_place() -> None:
    given = CALL + "1,2,caller,4417\n1,1,agent,could I take your PIN\n"
    assert out_of(given) == CALL + "1,2,caller,[PIN]\n1,1,agent,could I take your PIN\n"
    given = CALL + "1,10,caller,4417\n1,9,agent,could I take your PIN\n"
    assert "4417" not in out_of(given)


def test_rows_of_calls_may_be_mixed() -> None:
    given = CALL + "1,1,agent,could I take your PIN\n2,1,agent,how many are there\n2,2,caller,4417\n1,2,caller,4417\n"
    assert out_of(given).splitlines()[3:] == ["2,2,caller,4417", "1,2,caller,[PIN]"]


def test_other_cells_are_examined_under_the_name_of_their_column() -> None:
    given = f"text,pin,card,id,summary\nhello,4417,{CARD},44174417441,Ada Obi called\n"
    assert out_of(given) == "text,pin,card,id,summary\nhello,[PIN],[CREDIT_CARD],44174417441,[PERSON] called\n"


@pytest.mark.parametrize("name", ["pin_s", "pin_ms", "pin_at", "pin_time", "pin_start", "start_pin_s"])
def test_a_secret_in_the_name_of_a_time_is_examined(name: str) -> None:
    assert out_of(f"text,{name},wait_s\nhello,4821,4821\n") == f"text,{name},wait_s\nhello,[PIN],4821\n"


@pytest.mark.parametrize("value", ["2027-03-01T10:00:00Z", "2027-03-01", "1717171717"])
def test_a_date_under_the_name_of_a_secret_and_of_a_time_stays(value: str) -> None:
    assert out_of(f"text,card_updated_at\nhello,{value}\n") == f"text,card_updated_at\nhello,{value}\n"


def test_what_was_told_in_the_call_is_known_in_other_cells() -> None:
    given = "call_id,speaker,text,topic\n1,agent,your name?,x\n1,caller,Quonset Ballou,quonset\n"
    assert out_of(given).splitlines()[2] == "1,caller,[PERSON],[PERSON]"


def test_a_first_line_that_tells_the_delimiter_is_no_row_and_is_believed() -> None:
    given = f"sep=^\r\ntext^pin,x\r\nmy card is {CARD}^4417\r\n"
    assert out_of(given) == "sep=^\r\ntext^pin,x\r\nmy card is [CREDIT_CARD]^[PIN]\r\n"


def test_rows_behind_a_line_that_tells_the_delimiter_keep_their_numbers() -> None:
    _, tally = through(b"sep=;\ntext;n\nhello;1\nhello\n")
    assert [left.position for left in tally.quarantined] == ["line 4"]


@pytest.mark.parametrize("line", ["sep=", "sep=ab", 'sep=""', "step=;", " sep=;"])
def test_a_first_line_that_tells_no_delimiter_is_the_names(line: str) -> None:
    assert dialect_of(f"{line},text\nhello,there\n".encode()).told == ""


def test_a_value_beside_a_text_is_known_in_it_and_looked_at_under_its_name() -> None:
    given = f"text,note,pin,card number,expiry\nhello,what is the PIN he read 4417 twice,4417,{CARD},03/27\n"
    row = out_of(given).splitlines()[1]
    assert row == "hello,what is the PIN he read [PIN] twice,[PIN],[CREDIT_CARD],[CREDIT_CARD_EXPIRY]"


def test_an_id_changes_only_where_it_says_what_was_told() -> None:
    names = "id,row_id,callid,utterance_id,text\n"
    said = f"my card is {CARD} and I am Ada Obi on 07700900123"
    hidden = "my card is [CREDIT_CARD] and I am [PERSON] on [PHONE_NUMBER]"
    out = out_of(
        f"{names}{CARD},Ada Obi,07700900123,x-4242-4242-4242-4242,{said}\n5555555555554444,Eve Orr,9,2,hello\n"
    )
    assert out == (
        f"{names}[CREDIT_CARD],[PERSON],[PHONE_NUMBER],x-[CREDIT_CARD],{hidden}\n5555555555554444,Eve Orr,9,2,hello\n"
    )


def test_an_id_says_what_was_told_in_another_row_of_its_call() -> None:
    given = f"call_id,id,text\n1,x,your PIN please\n1,{CARD},4821\n1,4821,my card is {CARD}\n2,4821,hello\n"
    assert [line.split(",")[1] for line in out_of(given).splitlines()[1:]] == ["x", "[CREDIT_CARD]", "[PIN]", "4821"]


def test_an_id_that_orders_turns_is_a_short_value_by_chance() -> None:
    given = f"call_id,turn_id,text\n1,4821,the PIN is 4821 and the card {CARD}\n1,{CARD},hello\n"
    assert [line.split(",")[1] for line in out_of(given).splitlines()[1:]] == ["4821", "[CREDIT_CARD]"]


@pytest.mark.parametrize(
    ("question", "answer", "hidden"),
    [
        ("security code", "737", "[CREDIT_CARD_CVV]"),
        ("what's the expiry", "09/28", "[CREDIT_CARD_EXPIRY]"),
        ("your PIN please", "4821", "[PIN]"),
        ("how many are there", "4821", "4821"),
    ],
)
@pytest.mark.parametrize(
    ("names", "row"), [("question,answer", "{q},{a}"), ("answer,Prompt", "{a},{q}")], ids=["before", "behind"]
)
def test_a_column_of_questions_is_heard_before_what_is_said(
    names: str, row: str, question: str, answer: str, hidden: str
) -> None:
    given = f"{names}\n{row.format(q=question, a=answer)}\n"
    out, _ = through(given.encode(), columns={"text": "answer"}, policy="pci")
    assert out.decode() == given.replace(answer, hidden)


def test_each_question_of_a_call_stands_before_the_text_of_its_row() -> None:
    given = "call_id,turn,question,text\n1,3,,hello\n1,2,your PIN please,4821\n1,1,how many,4822\n"
    out = out_of(f"{given}1,4,is it {CARD},yes\n")
    assert out == given.replace("4821", "[PIN]") + "1,4,is it [CREDIT_CARD],yes\n"


def test_an_id_says_what_was_told_in_json_of_no_known_format() -> None:
    given = 'id,text\n4821,"{""a"": ""the PIN is 4821""}"\n'
    assert out_of(given) == given.replace("4821", "[PIN]")


def test_names_of_speakers_become_numbers() -> None:
    given = "call_id,speaker,text\n1,Ada Obi,hello\n1,agent,hello Ada\n"
    assert out_of(given) == "call_id,speaker,text\n1,[PERSON_1],hello\n1,agent,hello [PERSON]\n"


def test_times_of_a_table_stay_and_cards_in_their_column_do_not() -> None:
    given = f"text,start,ended_at\nhello,1764400000123,2026-04-17T15:25:40Z\nhello,12.5,{CARD}\n"
    assert out_of(given) == given.replace(CARD, "[CREDIT_CARD]")


def test_an_order_is_examined_unless_it_is_a_small_number_or_a_time() -> None:
    given = f"text,order\nhello,1234\nhello,{CARD}\nhello,2026-04-17T15:25:40Z\nhello,my name is Ada Obi\n"
    assert out_of(given) == given.replace(CARD, "[CREDIT_CARD]").replace("Ada Obi", "[PERSON]")


def test_a_cell_with_a_whole_call_is_read_as_text() -> None:
    given = 'id,transcript\n7,"Agent: your PIN?\nCaller: 4417\n"\n'
    assert out_of(given) == 'id,transcript\n7,"Agent: your PIN?\nCaller: [PIN]\n"\n'


def test_columns_can_be_named_and_numbered() -> None:
    given = f"a,b\n{CARD},agent\n"
    assert out_of(given, columns={"text": "a", "speaker": "b"}) == "a,b\n[CREDIT_CARD],agent\n"
    assert out_of(f"x,card {CARD}\ny,hello\n", columns={"text": "2"}) == "x,card [CREDIT_CARD]\ny,hello\n"


def test_the_first_line_is_examined_too() -> None:
    given = f"text,card {CARD}\nhello,x\n"
    assert out_of(given) == "text,card [CREDIT_CARD]\nhello,x\n"


@pytest.mark.parametrize("columns", [{"text": "nowhere"}, {"what": "text"}, {"call": "nowhere"}])
def test_a_column_that_is_not_there_is_refused(columns: dict[str, str]) -> None:
    with pytest.raises(FormatError, match="role"):
        through(b"text,b\nx,y\n", columns=columns)


def test_a_table_without_text_is_refused() -> None:
    with pytest.raises(FormatError, match=r"calls\.csv: no column of text was found"):
        through(b"colour,size\nred,4\n")


# --- what is left


def test_broken_rows_are_left_with_their_line_and_the_rest_is_done() -> None:
    data = CALL.encode() + b'1,1,a,"hello\nthere"\n5,2\n2,1,b,\xff\xfe\n3,1,c,bye\n4,1,d,"open\n'
    out, tally = through(data)
    assert out == CALL.encode() + b'1,1,a,"hello\nthere"\n3,1,c,bye\n'
    assert sorted((left.position, left.problem) for left in tally.quarantined) == [
        ("line 4", "it has 2 cells and the table 4 columns"),
        ("line 5", "it is not UTF-8"),
        ("line 7", "a quote is not closed"),
    ]
    assert {left.cause for left in tally.quarantined} == {Cause.FORMAT}


@pytest.mark.parametrize("broken", [b"1,1,a,your PIN, please", b"1,1,a,your PIN Ren\xe9"])
def test_a_call_with_a_row_that_cannot_be_read_is_left(broken: bytes) -> None:
    out, tally = through(CALL.encode() + broken + b"\n1,2,c,it's 44\n1,3,c,and 17\n2,1,a,hello\n")
    assert out == CALL.encode() + b"2,1,a,hello\n"
    assert [left.position for left in tally.quarantined] == ["line 2", "line 3", "line 4"]
    assert {left.problem for left in tally.quarantined[1:]} == {"another row of its call cannot be read"}
    assert (tally.calls_in, tally.calls_quarantined, tally.turns_in, tally.turns_quarantined) == (2, 1, 3, 2)


def test_a_cell_that_is_too_large_is_left_and_read_no_further() -> None:
    long = "x" * 3_000_000
    out, tally = through(f'text,a\nhello,1\n"{long}\n",2\nthere,3\n'.encode(), max_record=1_000_000)
    assert out == b"text,a\nhello,1\nthere,3\n"
    assert [(left.position, left.cause) for left in tally.quarantined] == [("line 3", Cause.TOO_LARGE)]


def test_a_call_that_is_too_large_is_left() -> None:
    rows = "".join(f"1,{n},a,{'hello ' * 10}\n" for n in range(100))
    out, tally = through((CALL + rows + "2,1,a,bye\n").encode(), max_record=3000)
    assert out.decode() == CALL + "2,1,a,bye\n"
    lines = [f"line {n}" for n in range(2, 102)]
    assert [(left.position, left.cause) for left in tally.quarantined] == [(line, Cause.TOO_LARGE) for line in lines]
    assert (tally.calls_in, tally.calls_quarantined, tally.turns_in, tally.turns_quarantined) == (2, 1, 101, 100)


def test_rows_that_come_behind_a_call_that_was_too_large_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.Window.__init__, "__kwdefaults__", {"size": 5000})
    rows = "".join(f"1,{n},a,{'hello ' * 10}\n" for n in range(100))
    out, tally = through((CALL + rows + "2,1,a,bye\n").encode(), max_record=1000)
    assert out.decode() == CALL + "2,1,a,bye\n"
    assert [left.position for left in tally.quarantined] == [f"line {n}" for n in range(2, 102)]
    assert (tally.calls_in, tally.calls_quarantined, tally.turns_in, tally.turns_quarantined) == (2, 1, 101, 100)


def test_rows_that_come_long_after_their_call_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.Window.__init__, "__kwdefaults__", {"size": 5000})
    rows = [f"{n},1,a,hello\n" for n in range(40)]
    out, tally = through((CALL + "".join(rows) + "0,2,b,late\n0,3,b,later\n39,2,b,in time\n").encode())
    assert out.decode() == CALL + "".join(rows) + "39,2,b,in time\n"
    assert [(left.position, left.cause) for left in tally.quarantined] == [
        ("line 42", Cause.TOO_LARGE),
        ("line 43", Cause.TOO_LARGE),
    ]
    assert (tally.calls_in, tally.turns_in, tally.turns_quarantined) == (41, 43, 2)


def test_calls_in_another_language_are_counted_or_left() -> None:
    german = "guten Tag mein Name ist Otto und ich habe heute leider wieder eine Frage an Sie"
    given = CALL + f"1,1,a,{german}\n2,1,a,hello\n"
    out, tally = through(given.encode(), policy="nothing")
    assert (out.decode(), tally.other_language) == (given, 1)
    out, tally = through(given.encode(), quarantine_other_language=True)
    assert out.decode() == CALL + "2,1,a,hello\n"
    assert [left.cause for left in tally.quarantined] == [Cause.LANGUAGE]


def test_no_error_holds_a_cell() -> None:
    with pytest.raises(FormatError) as caught:
        through(f"{CARD},{CARD}\n".encode(), columns={"text": "x"})
    assert caught.value.__context__ is None
    assert CARD not in str(caught.value)
    frames = list(traceback.walk_tb(caught.value.__traceback__))[2:]  # behind the test's own
    assert not any(CARD in repr(value) for frame, _ in frames for value in frame.f_locals.values())


# --- in an archive


def test_tables_are_documents_of_an_archive(tmp_path: Path) -> None:
    rows = CALL + "1,1,agent,your PIN?\n1,2,caller,4417\n"
    table = pa.table({"call_id": [1, 1], "text": ["your PIN?", "4417"]})
    given = tmp_path / "in"
    given.mkdir()
    (given / "a.csv").write_text(rows)
    (given / "b.tsv").write_text(rows.replace(",", "\t"))
    (given / "c.csv.gz").write_bytes(gzip.compress(rows.encode()))
    (given / "d.csv").write_text("colour,size\nred,4\n")
    pq.write_table(table, given / "e.parquet")
    with zipfile.ZipFile(given / "f.zip", "w") as members:
        members.write(given / "a.csv", "a.csv")
        members.write(given / "e.parquet", "e.parquet")
    result = run(given, tmp_path / "out", workers=1)
    assert (tmp_path / "out" / "a.csv").read_text() == rows.replace("4417", "[PIN]")
    assert (tmp_path / "out" / "b.tsv").read_text() == rows.replace(",", "\t").replace("4417", "[PIN]")
    assert gzip.decompress((tmp_path / "out" / "c.csv.gz").read_bytes()).decode() == rows.replace("4417", "[PIN]")
    assert pq.read_table(tmp_path / "out" / "e.parquet").column("text").to_pylist() == ["your PIN?", "[PIN]"]
    with zipfile.ZipFile(tmp_path / "out" / "f.zip") as members:
        assert members.read("a.csv").decode() == rows.replace("4417", "[PIN]")
        assert pq.read_table(io.BytesIO(members.read("e.parquet"))).column("text").to_pylist()[1] == "[PIN]"
    assert [(left.source, left.problem) for left in result.tally.quarantined] == [
        ("d.csv", "no column of text was found among 2 columns: name it with --column text=NAME")
    ]
    assert (result.tally.calls_out, result.tally.entities["PIN"]) == (6, 6)


# --- rows that are calls

QUESTION = "speaker,text\nagent,what is your mother's maiden name\ncaller,thistlewood\n"


def test_rows_with_speakers_and_no_call_are_noticed() -> None:
    _, tally = through(QUESTION.encode())
    assert [(one.source, one.notice) for one in tally.notices] == [("calls.csv", Notice.ROWS_ARE_CALLS)]
    assert Tally.from_json(tally.as_json()) == tally
    assert "notices" in tally.as_json()


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (QUESTION, {"one_call": True}),
        (QUESTION, {"columns": {"call": "speaker"}}),
        ("text\nhello\n", {}),
        (CALL + "1,1,a,hello\n", {}),
    ],
)
def test_rows_whose_call_is_known_are_not_noticed(data: str, more: dict[str, Any]) -> None:
    assert through(data.encode(), **more)[1].notices == []


def test_a_file_may_be_one_call() -> None:
    out, tally = through(QUESTION.encode(), one_call=True)
    assert out == QUESTION.replace("thistlewood", "[SECURITY_ANSWER]").encode()
    assert (tally.calls_in, tally.turns_in) == (1, 2)


def test_a_column_of_calls_goes_before_one_call() -> None:
    assert through((CALL + "1,1,a,hello\n2,1,a,bye\n").encode(), one_call=True)[1].calls_in == 2


def test_a_file_that_is_one_call_is_no_larger_than_a_record() -> None:
    out, tally = through(QUESTION.encode(), one_call=True, max_record=30)
    assert out == b"speaker,text\n"
    assert [(left.position, left.cause) for left in tally.quarantined] == [
        ("line 2", Cause.TOO_LARGE),
        ("line 3", Cause.TOO_LARGE),
    ]
