from __future__ import annotations

import pytest

from ccredact import FormatError, Policy, Redactor
from ccredact.formats import detect_format
from ccredact.transcript import Name
from formats_support import leaks, read, rewritten, segments

CANARY = "4242424242424242"
CARD = ("CREDIT_CARD", "[CREDIT_CARD]")


def vtt(*cues: str, head: str = "WEBVTT\n\n") -> str:
    """Cues of a second each, one behind the other."""
    timed = (f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues))
    return head + "".join(timed)


def said(text: str, name: str = "webvtt") -> list[tuple[Name | None, str]]:
    (record,) = read(name, text.encode())
    return [(utterance.speaker, utterance.text) for utterance in record.turns]


def fields(text: str, name: str = "webvtt") -> list[str]:
    (record,) = read(name, text.encode())
    return [utterance.text for utterance in record.utterances[len(record.turns) :]]


def hiding(text: str, target: str, name: str = "webvtt", replacement: str = "[X]") -> str:
    """The file with a text hidden in the utterance, or the field, that has it."""
    (record,) = read(name, text.encode())
    (number,) = [number for number, one in enumerate(record.utterances) if target in one.text]
    return record.write(segments(record.utterances, [(number, target, "PERSON", replacement)])).decode()


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (["it's forty two", "forty two"], [(None, "it's forty two forty two")]),
        (["Is it you?", "It is."], [(None, "Is it you?"), (None, "It is.")]),
        (["one\ntwo"], [(None, "one two")]),
        (["- yes\n- no"], [(None, "- yes"), (None, "- no")]),
        (["<v Ada Obi>hi</v>", "<v Ada Obi>there", "<v.loud Jo Ito>yes"], [("Ada Obi", "hi there"), ("Jo Ito", "yes")]),
        (["<v Ada>one</v> <v Jo>two"], [("Ada", "one"), ("Jo", "two")]),
        (["<v Ada>\none\ntwo"], [("Ada", "one two")]),
        (
            ["Ada Obi: hi", "Jo Ito: yes", "Ada Obi: so", "is it", "Jo Ito: ok"],
            [("Ada Obi", "hi"), ("Jo Ito", "yes"), ("Ada Obi", "so is it"), ("Jo Ito", "ok")],
        ),
        (["<i>for</i>ty <c.loud>two</c>"], [(None, "forty two")]),
        (["one <00:00.500>two"], [(None, "one two")]),
        (["a &lt; b &amp; c"], [(None, "a < b & c")]),
        (["<4242> <Ada> 1 < 2 <font size=4242424242424242>"], [(None, "<4242> <Ada> 1 < 2")]),
        (["{\\an8}up"], [(None, "up")]),
        ([], []),
        (["", " "], []),
    ],
)
def test_who_says_what(cues: list[str], expected: list[tuple[str | None, str]]) -> None:
    text = vtt(*cues)
    assert said(text) == expected
    assert rewritten("webvtt", text.encode()) == text.encode()


def test_a_pause_ends_a_sentence() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n00:30.000 --> 00:31.000\ntwo\n"
    assert said(text) == [(None, "one"), (None, "two")]


def test_what_runs_over_several_cues_stands_in_each_of_them() -> None:
    text = vtt("my card is 42", "42 <i>4242", "4242</i> 4242, thanks", "and bye")
    out = vtt("my card is [X]", "[X]<i>", "[X]</i>, thanks", "and bye")
    assert hiding(text, "42 42 4242 4242 4242") == out


def test_inline_times_inside_of_what_is_hidden_go() -> None:
    text = vtt("it's <00:00.100><c> 42</c><00:00.200><c> 42</c><00:00.300><c.red> 42 ok</c>")
    assert hiding(text, "42 42 42") == vtt("it's <00:00.100><c> [X]</c><c.red> ok</c>")


def test_a_line_never_becomes_empty() -> None:
    assert hiding(vtt("one\n4242\nthree"), "4242", replacement="") == vtt("one\n\xa0\nthree")


def test_what_stands_in_the_place_of_an_entity_is_no_tag() -> None:
    assert hiding(vtt("this is ada"), "ada", replacement="<PERSON>") == vtt("this is &lt;PERSON&gt;")
    srt = "1\n00:00:01,000 --> 00:00:02,000\nthis is ada\n"
    assert hiding(srt, "ada", "srt", "<PERSON>") == srt.replace("ada", "<PERSON>")


ROLLING = vtt(
    "one two", "one two\nthree 42", "three 42", "three 42\n<00:03.5>42 five", "42 five", "42 five\nsix", "six"
)


def test_lines_that_captions_repeat_are_read_once_and_hidden_everywhere() -> None:
    assert said(ROLLING) == [(None, "one two three 42 42 five six")]
    assert hiding(ROLLING, "42 42") == ROLLING.replace("42", "[X]")


def test_what_is_said_again_in_captions_that_do_not_roll_is_read_again() -> None:
    assert said(vtt("my card", "4242", "4242", "4242", "4242")) == [(None, "my card 4242 4242 4242 4242")]


OTHERS = """\ufeffWEBVTT - with Ada Obi
Kind: captions
Language: en-GB
About: a call

STYLE
::cue(.a) { color: #424242; x: "Ada Obi" }

REGION
id:low
width:40%

NOTE by Ada Obi
on Monday

Ada Obi and Jo
00:01.000 --> 00:02.000 align:start position:0% region:low
hi

12ab34cd-0000-4000-8000-000000000000/12-0
00:03.000 --> 00:04.000 see Ada
there

NOTE 4242
"""


def test_all_other_text_is_a_field() -> None:
    found = " | ".join(" ".join(field.split()) for field in fields(OTHERS))
    for text in (
        "with Ada Obi",
        "About: a call",
        '"Ada Obi"',
        "NOTE by Ada Obi on Monday",
        "Ada Obi and Jo",
        "see Ada",
    ):
        assert text in found
    for text in ("captions", "en-GB", "424242", "40%", "align", "12ab34cd", "00:0"):
        assert text not in found
    assert rewritten("webvtt", OTHERS.encode()) == OTHERS.encode()
    assert hiding(OTHERS, "Monday") == OTHERS.replace("Monday", "[X]")


def test_names_of_cues_that_say_something_are_fields() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nhi\n\n4242424242424242\n00:00:02,000 --> 00:00:03,000\nyou\n"
    assert fields(text, "srt") == ["4242424242424242"]
    counted = text.replace("4242424242424242", "7")
    assert fields(counted, "srt") == []


def test_figures_above_times_are_said_unless_they_count() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nmy pin\n4417\n00:00:02,000 --> 00:00:03,000\nthanks\n"
    assert said(text, "srt") == [(None, "my pin 4417 thanks")]
    assert said(text.replace("4417", "2"), "srt") == [(None, "my pin thanks")]


def test_srt_goes_on_behind_an_empty_line() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nmy pin\n\nis 4417\n\n2\n00:00:02,000 --> 00:00:03,000\nthanks\n"
    assert said(text, "srt") == [(None, "my pin is 4417 thanks")]


def test_names_of_speakers_are_numbered_and_known() -> None:
    text = vtt("<v Ada Obi>hello</v>", "<v Agent>hi obi</v>", "<v Jo Ito>so</v>")
    (record,) = read("webvtt", text.encode(), Policy())
    assert record.names == ("Ada Obi", "Jo Ito")
    out = record.write(Redactor().redact_call(record.utterances, names=record.names)).decode()
    assert out == vtt("<v [PERSON_1]>hello</v>", "<v Agent>hi [PERSON]</v>", "<v [PERSON_2]>so</v>")


def test_labels_in_front_of_lines_are_numbered() -> None:
    text = vtt("Ada Obi: hello", "Agent: hi obi", "Ada Obi: yes")
    (record,) = read("webvtt", text.encode(), Policy())
    out = record.write(Redactor().redact_call(record.utterances, names=record.names)).decode()
    assert out == vtt("[PERSON_1]: hello", "Agent: hi [PERSON]", "[PERSON_1]: yes")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("head", "name"), [("WEBVTT\n\n", "webvtt"), ("", "srt")])
def test_encodings_and_line_endings_stay(encoding: str, ending: str, head: str, name: str) -> None:
    text = f"{head}00:00:01.000 --> 00:00:02.000\nit's 4242\n".replace("\n", ending)
    data = text.encode(encoding)
    assert detect_format(data, source="call").name == name
    assert rewritten(name, data, (0, "4242", *CARD)) == text.replace("4242", "[CREDIT_CARD]").encode(encoding)


def test_bytes_that_are_no_text_name_the_line_and_nothing_else() -> None:
    with pytest.raises(FormatError) as caught:
        read("webvtt", vtt(CANARY).encode() + b"\xff")
    assert str(caught.value) == "call: line 6: it is not UTF-8"
    assert leaks(caught.value, CANARY) == []


# --- CTM

TALK = """\
;; by ada obi
c1 A 0.50 0.25 what 0.9
c1 A 0.80 0.25 pin 0.9
c1 A 4.00 0.25 ok 0.9
c1 B 1.50 0.25 it's 0.8
c1 B 2.00 0.25 44 0.8
c1 B 2.30 0.50 17
c2 1 0.00 1 bye
"""


def test_words_of_all_channels_are_read_in_the_order_of_their_times() -> None:
    first, second = read("ctm", TALK.encode())
    assert [(one.speaker, one.text) for one in first.turns] == [("A", "what pin"), ("B", "it's 44 17"), ("A", "ok")]
    assert [one.text for one in first.utterances[len(first.turns) :]] == [";; by ada obi"]
    assert [(word.start_s, word.end_s) for word in first.turns[1].words] == [(1.5, 1.75), (2.0, 2.25), (2.3, 2.8)]
    assert [one.text for one in second.turns] == ["bye"]


def test_a_hidden_run_of_ctm_is_one_line_over_its_time() -> None:
    first, second = read("ctm", TALK.encode())
    out = first.write(segments(first.utterances, [(1, "44 17", "PIN", "[PIN]"), (3, "ada obi", "PERSON", "[PERSON]")]))
    expected = TALK.replace("c1 B 2.00 0.25 44 0.8\nc1 B 2.30 0.50 17\n", "c1 B 2.00 0.80 [PIN]\n")
    expected = expected.replace("ada obi", "[PERSON]")
    assert (out + second.write(segments(second.utterances))).decode() == expected


@pytest.mark.parametrize(
    "line",
    [
        "c1 A * * <ALT_BEGIN>",
        "c1 A 1 0.5 hi NA lex ada",
        "  c1\tA\t1.5\t.5\thi".replace("\t.5", "\t0.5"),
        ";;",
        "",
        "\ufeff;; x",
    ],
)
def test_lines_of_every_kind_come_back(line: str) -> None:
    data = f"{TALK}{line}\n".encode()
    parts = [record.write(segments(record.utterances)) for record in read("ctm", data)]
    assert b"".join(parts) == data


def test_a_line_that_is_no_word_names_its_number_and_nothing_else() -> None:
    with pytest.raises(FormatError) as caught:
        read("ctm", f"c1 A 0.5 0.2 hi\nc1 A {CANARY}\n".encode())
    assert str(caught.value) == "call: line 2: a word has a file, a channel, a start, a duration and a text"
    assert leaks(caught.value, CANARY) == []


# --- what was told, in tags and heads


def redacted(text: str, name: str = "webvtt") -> str:
    """The file redacted by the policy full."""
    redactor = Redactor()
    (record,) = read(name, text.encode(), redactor.policy)
    return record.write(redactor.redact_call(record.utterances, names=record.names)).decode()


def test_a_head_is_examined_line_by_line() -> None:
    after = redacted(vtt("hello", head="WEBVTT Wilhelmina pin 8263\nX-Note: 8263\n\n"))
    assert "8263" not in after
    assert [line.partition(":")[0] for line in after.splitlines()[1:3]] == ["X-Note", ""]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("pin is <c.8263>82<00:00:03.500>63", "pin is <c>[PIN]"),
        ("pin is <c.8263.red>8263</c>", "pin is <c.red>[PIN]</c>"),
        ("pin is <c.8264>8263</c>", "pin is <c.8264>[PIN]</c>"),
        ("<c.x8263>hello</c>", "<c.x8263>hello</c>"),
    ],
)
def test_a_class_of_a_tag_that_says_what_is_hidden_goes(cue: str, expected: str) -> None:
    assert redacted(vtt(f"my {cue}")).splitlines()[3] == f"my {expected}"


@pytest.mark.parametrize(
    ("cue", "target", "expected"),
    [
        ("a <c.4242424242>82</c> b", "4242>82", "a [X]</c> b"),
        ("a <d x>82</d> b", "82</d", "a <d x>[X] b"),
        ("a <d 8263> b", "8263", "a <d [X]> b"),
        ("a <d x>8263</d> b", "8263", "a <d x>[X]</d> b"),
    ],
)
def test_brackets_stay_whole_or_go_whole(cue: str, target: str, expected: str) -> None:
    assert hiding(vtt(cue), target).splitlines()[3] == expected


def test_a_name_of_a_file_does_not_say_who_was_named() -> None:
    words = "my name is Wilhelmina Obi".split()
    lines = [f"2024-wilhelmina_obi A {n}.0 0.5 {word}\n" for n, word in enumerate(words)]
    after = redacted("".join(lines), "ctm")
    assert {line.split()[0] for line in after.splitlines()} == {"2024-[PERSON]"}
    assert redacted("".join(lines[:3]), "ctm") == "".join(lines[:3])
