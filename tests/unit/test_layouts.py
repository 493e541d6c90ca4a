"""Layouts of plain transcripts: found from the file; what stands in front of what is said is never changed."""

from __future__ import annotations

import io

import pytest

from ccredact import FormatError, Redactor, Segment
from ccredact.formats import detect_format, get_format
from ccredact.formats.plain.layout import layout_of
from ccredact.formats.plain.markup import is_html, lines_of
from formats_support import read, segments

ASK, TELL = "And the PIN you set up?", "It's 7 2 9 1."
LAYOUTS = {
    "colon": "Agent: {0}\nCustomer: {1}\n",
    "seconds in brackets": "[0.00s - 0.90s] SPEAKER_00: {0}\n[1.00s - 1.90s] SPEAKER_01: {1}\n",
    "arrow in brackets": "[00:00:00.000 --> 00:00:02.000] S1: {0}\n[00:00:02.000 --> 00:00:04.000] S2: {1}\n",
    "role in brackets behind": "AGENT (Agent): {0}\nCUSTOMER (Customer): {1}\n",
    "bars": "00:00 | Agent | {0}\n00:01 | Customer | {1}\n00:02 | Agent | Thank you.\n",
    "bars, time last": "Agent | 00:00 | {0}\nCustomer | 00:01 | {1}\n",
    "table": "| Time | Speaker | Text |\n|---|---|---|\n| 0:05 | Agent | {0} |\n| 0:09 | Customer | {1} |\n",
    "tabs": "c-1\t0.0\tagent\t{0}\r\nc-1\t2.5\tcaller\t{1}\r\n",
    "iso": "2026-04-17T15:25:40Z Agent: {0}\n2026-04-17T15:25:41Z Customer: {1}\n",
    "log": "2026-04-17 15:25:40,123 INFO Agent: {0}\n2026-04-17 15:25:41,007 INFO Customer: {1}\n",
    "chat": "[17/04/2026, 15:25:40] Agent: {0}\n[17/04/2026, 15:26:02] Visitor: {1}\n",
    "chat with dash": "17/04/26, 3:25 pm - Agent: {0}\n17/04/26, 3:26 pm - Visitor: {1}\n",
    "numbers": "1. Agent: {0}\n2. Customer: {1}\n",
    "numbers without mark": "001 Agent: {0}\n002 Customer: {1}\n",
    "two times": "0.0 0.9 Agent: {0}\n1.0 1.9 Customer: {1}\n",
    "call and times": "conv-1 1 2.5 3.4 Agent: {0}\nconv-1 1 3.5 3.9 Customer: {1}\n",
    "channels": "ch0 00:05 00:07 {0}\nch1 00:08 00:09 {1}\n",
    "time behind": "Agent [00:05]: {0}\nCustomer (00:00:09): {1}\n",
    "bare time behind": "Agent 00:05: {0}\nCustomer 00:09: {1}\n",
    "brackets": "[Agent] {0}\n[Customer] {1}\n",
    "angles": "<Agent> {0}\n<Customer> {1}\n",
    "brackets with time": "[00:05] [Agent] {0}\n[00:09] [Customer] {1}\n",
    "captions": ">> Agent: {0}\n>> Customer: {1}\n",
    "list": "- Agent: {0}\n- Customer: {1}\n",
    "dash": "Agent - {0}\nCustomer - {1}\n",
    "prompt": "Agent> {0}\nCustomer> {1}\n",
    "bold": "**Agent:** {0}\n\n**Customer:** {1}\n",
    "bold without colon": "**Agent**: {0}\n\n**Customer**: {1}\n",
    "quoted": 'Agent: "{0}"\nCustomer:"{1}"\n',
    "own line": "AGENT\n{0}\n\nCUSTOMER\n{1}\n",
    "own line with colon": "Speaker 1 (00:05):\n{0}\nSpeaker 2 (00:09):\n{1}\n",
    "own line with time": "Agent  0:05\n{0}\n\nCustomer  0:09\n{1}\n",
    "own line, time first": "00:00:05 Agent\n{0}\n\n00:00:09 Customer\n{1}\n",
    "times alone": "0:05\n{0}\n0:09\n{1}\n0:12\nthanks\n",
    "times before speech": "00:05 {0}\n00:09 {1}\n00:12 thank you\n",
    "paragraphs": "<p><b>Agent:</b> {0}</p>\n<p><b>Customer:</b> {1}</p>\n<p><b>Agent:</b> Thanks.</p>\n",
    "rows": "<table><tr>\n<td>0:05</td>\n<td>Agent</td>\n<td>{0}</td></tr>"
    "<tr><td>0:09</td><td>Customer</td><td>{1}</td></tr></table>",
    "meeting chat": "15:25:40 From Agent to Everyone: {0}\n15:25:49 From Visitor to Everyone: {1}\n",
    "meeting": "0:0:5.0 --> 0:0:9.0\nAgent One\n{0}\n\n0:0:9.0 --> 0:0:12.0\nCaller One\n{1}\n",
    "own line with bar": "Agent | 00:05\n{0}\n\nCustomer | 00:09\n{1}\n",
    "time and role in brackets": "[00:05 - Agent] {0}\n[00:09 - Customer] {1}\n",
    "arrows": "AGENT>>{0}\nCUSTOMER>>{1}\n",
    "keys in quotes": '"Agent": {0}\n"Customer": {1}\n',
    "headings": "## Agent\n{0}\n\n## Customer\n{1}\n",
    "headings with time": "### Agent (0:05)\n{0}\n\n### Customer (0:09)\n{1}\n",
    "numbered roles": "Agent (1):  {0}\nCustomer (2):  {1}\n",
    "number signs": "Agent#1: {0}\nCustomer#2: {1}\n",
    "letters": "A: {0}\nC: {1}\n",
    "log with bars": "2026-04-17T15:25:40.1+01:00 | INFO | Agent | {0}\n"
    "2026-04-17T15:25:49.1+01:00 | INFO | Caller | {1}\n",
    "old dates": "Fri Apr 17 15:25:40 2026 Agent: {0}\nFri Apr 17 15:25:49 2026 Customer: {1}\n",
    "dates in words": "April 17, 2026 3:25 PM - Agent: {0}\nApril 17, 2026 3:26 PM - Customer: {1}\n",
    "equals": "Agent = {0}\nCustomer = {1}\n",
    "terms": "<dl><dt>Agent</dt><dd>{0}</dd><dt>Customer</dt><dd>{1}</dd></dl>",
    "spans": "<div><span>Agent</span><span>{0}</span></div><div><span>Customer</span><span>{1}</span></div>",
    "breaks": "<html><body>Agent: {0}<br/>Customer: {1}<br/></body></html>",
}
"""Two lines of a call, in the layouts in which people keep them."""
PCI = Redactor("pci")


def redacted(text: str | bytes, redactor: Redactor) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    (record,) = get_format("text").read(io.BytesIO(data), source="call", policy=redactor.policy)
    return record.write(redactor.redact_call(record.utterances, names=record.names)).decode()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_answer_changes_in_any_layout(layout: str, ending: str) -> None:
    layout = layout.replace("\r\n", "\n").replace("\n", ending)
    assert redacted(layout.format(ASK, TELL), PCI) == layout.format(ASK, "It's [PIN].")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("answer", ["7291", "7 2 9 1", "72 91", "1734."])
def test_an_answer_of_figures_is_no_part_of_what_stands_before_it(layout: str, answer: str) -> None:
    assert redacted(layout.format(ASK, answer), PCI) == layout.format(ASK, "[PIN]" + answer[len(answer.rstrip(".")) :])


STAMPED = {
    "times": [f"00:{n:02d} " for n in range(5)],
    "times and dashes": [f"00:{n:02d} - " for n in range(5)],
    "two times": [f"0:{n:02d} 0:{n + 1:02d} " for n in range(5)],
    "numbers": [f"{n} " for n in range(1, 6)],
    "times in brackets": [f"[00:{n:02d}] " for n in range(5)],
    "speaker and seconds": [f"S{n % 2 + 1} {n}s " for n in range(5)],
    "channel and times": [f"ch{n % 2} 00:{n:02d} 00:{n + 1:02d} " for n in range(5)],
    "number signs": [f"#00:00:{n:02d}-{n}# {'AB'[n % 2]}: " for n in range(5)],
    "counted labels": [f"L{n} {('AGT', 'CUS')[n % 2]}> " for n in range(5)],
    "parts": [f"{('Agent', 'Ben')[n % 2]} ({n}/5): " for n in range(5)],
    "two colons": [f"{('Agent', 'Ben')[n % 2]} :: " for n in range(5)],
}


@pytest.mark.parametrize("stamps", STAMPED.values(), ids=STAMPED)
@pytest.mark.parametrize(
    ("pin", "card"),
    [("4417", "4242 4242 4242 4242"), ("44 17", "4242424242424242"), ("4 4 1 7", "4,242 4242 4242 4242")],
)
def test_stamps_and_numbers_before_what_is_said_end_where_those_of_all_lines_do(
    stamps: list[str], pin: str, card: str
) -> None:
    said = ["what's your pin", pin, "and the card number", card, "thank you"]
    text = "\n".join(map(str.__add__, stamps, said))
    hidden = redacted(text, PCI).split("\n")
    assert [line[: len(stamp)] for line, stamp in zip(hidden, stamps, strict=True)] == stamps
    assert not any(map(str.isdigit, hidden[1][len(stamps[1]) :] + hidden[3][len(stamps[3]) :]))
    assert [hidden[0], hidden[2], hidden[4]] == [stamps[n] + said[n] for n in (0, 2, 4)]


@pytest.mark.parametrize("tail", [" [00:0{}]", " (0:0{}:11)", " #00:00:0{}-1#"])
def test_times_behind_what_is_said_stay(tail: str) -> None:
    said = ["Agent: what's your pin", "Ben: 4417", "Agent: thanks"]
    text = "\n".join(line + tail.format(at) for at, line in enumerate(said))
    assert redacted(text, PCI) == text.replace("4417", "[PIN]")


@pytest.mark.parametrize("name", sorted(LAYOUTS.keys() - {"times alone", "times before speech"}))
def test_speakers_are_told_apart_in_every_layout_that_has_them(name: str) -> None:
    data = LAYOUTS[name].format(ASK, TELL).encode()
    (record,) = get_format("text").read(io.BytesIO(data), source="call")
    speakers = {utterance.text: utterance.speaker for utterance in record.utterances}
    asked, told = speakers[f'"{ASK}"' if name == "quoted" else ASK], speakers[f'"{TELL}"' if name == "quoted" else TELL]
    assert asked is not None
    assert told is not None
    assert asked != told
    assert record.names == ()


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_redacted_once_is_redacted_for_good(name: str) -> None:
    once = redacted(LAYOUTS[name].format(ASK, TELL), PCI)
    assert redacted(once, PCI) == once


SPEECH = (
    "12:30 works for me\n9:15 does not",
    "My address is: 5 Main Street\nand then",
    "Well - I said 4417\nNo - never",
    "yes\nokay\nyes",
    "I see\n\nsee you at 5:30\nbye",
    "[laughter] hello\n[laughter] there",
    "[PII] hello\n[PII] there",
    "5 is what I said\n7 is what you said",
    "a <unk> b\nc <noise> d",
    "hello | 4417 and more\n| is a bar",
    "12:30 works\n9:15 does not\n4:17 was it\n2:00 maybe",
    "3 of them\n1 of those\n7 more",
    "(10/11/85) is my birthday\nthat's right",
    "x = 4417\nthat is it\nso",
    "look -> there\nno",
)


@pytest.mark.parametrize("text", SPEECH)
def test_what_may_be_speech_is_speech(text: str) -> None:
    lines = text.split("\n")
    assert [(line.label_end, line.start, line.end) for line in layout_of(lines)] == [
        (0, len(line) - len(line.strip()), len(line)) for line in lines
    ]


def test_a_time_in_brackets_is_none_of_what_is_said() -> None:
    (record,) = get_format("text").read(io.BytesIO(b"[00:01:02] hi\n(0:14) hey 4417"), source="call")
    assert [utterance.text for utterance in record.utterances] == ["hi", "hey 4417"]


# --- names in labels

NAMED = """[17/04/2026, 15:25:40] Jo Bloggs (Agent): what's your name
[17/04/2026, 15:25:44] Dr. Priya Patel: priya patel
[17/04/2026, 15:25:49] JO BLOGGS (Agent): thanks Priya, I'm Jo
"""


def test_names_in_labels_are_numbered_and_known_in_what_is_said() -> None:
    assert (
        redacted(NAMED, Redactor())
        == """[17/04/2026, 15:25:40] [PERSON_1] (Agent): what's your name
[17/04/2026, 15:25:44] Dr. [PERSON_2]: [PERSON]
[17/04/2026, 15:25:49] [PERSON_1] (Agent): thanks [PERSON], I'm [PERSON]
"""
    )


def test_the_numbers_in_what_is_said_are_those_of_the_labels() -> None:
    text = redacted(NAMED, Redactor({"entities": {"PERSON": "number"}}))
    assert text.splitlines()[1:] == [
        "[17/04/2026, 15:25:44] Dr. [PERSON_2]: [PERSON_2]",
        "[17/04/2026, 15:25:49] [PERSON_1] (Agent): thanks [PERSON_2], I'm [PERSON_1]",
    ]


def test_names_are_known_without_the_tagger() -> None:
    text = redacted("Ada Quill: hi\nBo: hello ada\nAda Quill: bye\nBo: quill's", Redactor(tagger=False))
    assert text == "[PERSON_1]: hi\n[PERSON_2]: hello [PERSON]\n[PERSON_1]: bye\n[PERSON_2]: [PERSON]"


def test_a_name_that_is_an_everyday_word_is_one_where_it_is_written_so() -> None:
    call = "Will May: hello\nAgent: Will may, you will; thanks, Will. Will you?\nWill May: I may\n"
    assert redacted(call, Redactor(tagger=False)) == (
        "[PERSON_1]: hello\nAgent: [PERSON], you will; thanks, [PERSON]. Will you?\n[PERSON_1]: I may\n"
    )


@pytest.mark.parametrize("policy", ["pci", {"speakers": "keep"}, {"entities": {"PERSON": "off"}}])
def test_names_in_labels_stay_where_the_policy_says_so(policy: str | dict[str, object]) -> None:
    lines = redacted(NAMED, Redactor(policy)).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [line.partition(": ")[0] for line in NAMED.splitlines()]


def test_a_name_in_brackets_gets_no_second_ones() -> None:
    text = "[Jo Quill] 15:25:40\nhello\n\n[Ada Obi] 15:25:49\nhi\n"
    once = redacted(text, Redactor())
    assert once == "[PERSON_1] 15:25:40\nhello\n\n[PERSON_2] 15:25:49\nhi\n"
    assert redacted(once, Redactor()) == once


def test_a_label_with_times_is_one_speaker() -> None:
    (record,) = get_format("text").read(io.BytesIO(b"Agent [00:05]: a\nAgent [00:09]: b\n"), source="call")
    assert [utterance.speaker for utterance in record.utterances] == ["Agent", "Agent"]


# --- HTML

ROWS = (
    "<div class='t 4417'>Agent: my caf&eacute; <!-- 4417 -->PIN&nbsp;is 4<i>4</i>1&#55;, thanks &amp; bye &lt;3</div>\n"
    "<div>User: ok</div>"
)


def test_tags_and_references_stay_around_what_is_hidden() -> None:
    assert redacted(ROWS, PCI) == ROWS.replace("4<i>4</i>1&#55;", "[PIN]<i></i>")


def test_the_places_of_a_line_are_those_of_its_characters() -> None:
    assert is_html(ROWS)
    for line, places in lines_of(ROWS):
        assert len(line) == len(places)
        for char, (start, end) in zip(line, places, strict=True):
            assert char == ROWS[start:end] or ROWS[start] == "&" or start == end
    assert [line for line, _ in lines_of(ROWS)] == ["Agent: my caf\xe9 PIN\xa0is 4 4 17, thanks & bye <3", "User: ok"]


def test_a_text_with_a_tag_or_two_is_no_html() -> None:
    assert not is_html("Agent: it's <unk>\nCaller: <b>4417</b>\nAgent: yes\nCaller: bye\n" * 2)


def test_what_stands_in_for_a_mark_of_html_is_written_as_one() -> None:
    (record,) = read("text", b"<p>Agent: my pin is 4417</p>\n<p>User: ok</p>")
    found = segments(record.utterances, [(0, "4417", "PIN", "<PIN> & so")])
    assert record.write(found) == b"<p>Agent: my pin is &lt;PIN&gt; &amp; so</p>\n<p>User: ok</p>"


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_an_encoding_comes_back(encoding: str) -> None:
    text = LAYOUTS["chat"].format(f"{ASK} caf\xe9 \U0001f600", TELL).replace("\n", "\r\n")
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    data = (mark + text).encode(encoding)
    assert detect_format(data, source="call.txt").name == "text"
    (record,) = get_format("text").read(io.BytesIO(data), source="call", policy=PCI.policy)
    written = record.write(PCI.redact_call(record.utterances))
    assert written == (mark + text).replace("7 2 9 1", "[PIN]").encode(encoding)


def test_half_a_character_of_two_bytes_is_an_error() -> None:
    with pytest.raises(FormatError, match="call: line 1: it is not UTF-16"):
        list(get_format("text").read(io.BytesIO("\ufeffhi".encode("utf-16-le") + b"\0"), source="call"))


# --- what is no transcript in lines

OTHERS = {
    '{"turns": 1, "text": "I\\u2019m"}': "this is JSON",
    '[{"text": "hi"}]': "this is JSON",
    "[1, 2,\n 3]": "this is JSON",
    "{\n}": "this is JSON",
    'call_id,start,speaker,text\n1001,0.0,agent,"can i get\nyour pin"\n1001,2.5,caller,4417\n': "this is CSV",
    "speaker;text\nagent;hi, there\ncaller;4417\n": "this is CSV",
    '"Speaker","Text"\n"agent","hi"\n': "this is CSV",
}


READ_OTHERWISE = {
    "WEBVTT\n\n00:01.000 --> 00:02.000\nhi": ("these are captions", "webvtt"),
    "1\n00:00:01,000 --> 00:00:02,000 align:start\nhi": ("these are captions", "srt"),
    "call A 0.5 0.25 hi 0.9\ncall A 1.0 0.25 there\n": ("this is CTM", "ctm"),
}


@pytest.mark.parametrize(("text", "other"), READ_OTHERWISE.items())
def test_what_is_read_in_a_format_of_its_own_is_no_text(text: str, other: tuple[str, str]) -> None:
    problem, name = other
    with pytest.raises(FormatError, match=f"call: {problem}"):
        list(get_format("text").read(io.BytesIO(text.encode()), source="call"))
    assert detect_format(text.encode(), source="call.dat").name == name


@pytest.mark.parametrize(("text", "problem"), OTHERS.items())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_would_be_broken_is_refused(text: str, problem: str, encoding: str) -> None:
    data = text.encode(encoding)
    with pytest.raises(FormatError, match=f"call: {problem}"):
        list(get_format("text").read(io.BytesIO(data), source="call"))
    told = "it is JSON, but none of the formats of JSON fits" if problem == "this is JSON" else problem
    with pytest.raises(FormatError, match=f"no format known here: ({told}|{problem})"):
        detect_format(data, source="call.dat")


@pytest.mark.parametrize(
    "text",
    [
        "Agent: yes, I see\nCaller: well, 4417\n",
        "[00:00.000 --> 00:02.000] hi\n",
        "{laughs} hello\n{sighs} no",
        "[12] hello\n[13] there",
        "[[PIN]] hello\nthere",
        "start, then end\nand, so\nfine, good\n",
    ],
)
def test_what_only_looks_like_it_is_read(text: str) -> None:
    assert redacted(text, PCI) == text


@pytest.mark.parametrize(
    "text",
    [
        "<p></p>" + "<!--" * 150_000,
        "<p></p>" + "<script>" * 100_000,
        "<p></p>" + "&a" * 100_000,
        "Jo Bloggs  0:05\nhello there\n\n" * 15_000,
        "Jo\nhello there\n\n" * 15_000,
        "a\tb\tc d e\n" * 20_000,
        "[a " * 300_000,
        "(" * 300_000,
        "1:" * 300_000,
        "a.b-" * 300_000,
        "\u200e " * 300_000,
    ],
    ids=lambda text: text[:12],
)
def test_files_without_end_or_sense_are_read_in_no_time(text: str) -> None:
    (record,) = read("text", text.encode())
    assert record.write([Segment(str(u.id), u.text, end=len(u.text)) for u in record.utterances]) == text.encode()


@pytest.mark.parametrize("label", ["**{}:** ", "{} - ", "[{}] ", "{}: "])
def test_an_answer_that_is_a_time_and_nothing_more_is_speech(label: str) -> None:
    said = [("Agent", "your pin?"), ("Caller", "17:34"), ("Agent", "thanks")]
    text = "".join(f"{label.format(who)}{words}\n" for who, words in said)
    assert redacted(text, PCI) == text.replace("17:34", "[PIN]")
