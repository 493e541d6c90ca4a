"""What the commands' help says. What a registry knows (formats, entities, operators, profiles) is read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.archive.tables import TABLES
from ccredact.cli.terminal import FAILED, REFUSED
from ccredact.cli.watch import HELD_MARK, LONGEST_PAUSE_S
from ccredact.entities import ENTITY_TYPES, PROFILES
from ccredact.formats import FORMATS
from ccredact.live.adapters import LIVE
from ccredact.operators import OPERATORS
from ccredact.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable


def _flowed(text: str) -> str:
    """Return paragraphs without the line breaks of this file, so that they fill the reader's screen."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraphs)


def _listed(items: Iterable[str], last: str = "or") -> str:
    """Return "a, b or c"."""
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end


def _shown(text: str) -> str:
    """Return text whose brackets are shown: rich would take them for markup."""
    return text.replace("[", "\\[")


FORMAT: Final = f"{_listed(sorted(FORMATS))}; found by itself if left out."
ARCHIVE_FORMAT: Final = f"The kind of all files: {_listed(sorted({*FORMATS, *TABLES}))}; found by itself if left out."
RECOGNISER: Final = f"{_listed(sorted(LIVE))}; left out, events as below."
AFTER: Final = "How long words are held if no line comes; inf: till more is said."
POLICY: Final = f"{_listed(PROFILES)}, or a policy in a .yml file."
CHECK_LANGUAGE: Final = "Warn of each call of which fewer than half of the words are English; little is hidden in it."
_FORMATS: Final = _listed((f"{name} ({known.summary})" for name, known in FORMATS.items()), "and")
_OPERATORS: Final = _shown("; ".join(f"{name} ({line.replace(';', ',')})" for name, line in OPERATORS.items()))
_REASONS: Final = "; ".join(f"{name} ({meaning})" for name, meaning in REASONS.items())
_ENTITIES: Final = ", ".join(ENTITY_TYPES)

ROOT: Final = _flowed("""
    Take card numbers, names, addresses, account numbers, codes and the like out of call transcripts.

    What is not hidden comes back byte for byte. Data goes to standard output or to the file named with -o,
    everything else to standard error.
""")
ROOT_EXAMPLES: Final = f"""\
[bold]Examples[/bold]
  ccredact redact call.txt
  ccredact redact calls.jsonl -o redacted.jsonl --policy pci
  ccredact explain call.txt
  ccredact stream < events.jsonl

Exit codes: 0 done, {FAILED} an error of ours, {REFUSED} bad input, policy or command line,
130 interrupted, 143 terminated."""

REDACT: Final = _flowed(f"""
    Redact finished calls: one file in, the same format out.

    The formats are {_FORMATS}. With -o a summary says what came in, what went out and what was hidden.

    Text may have any layout: times, numbers, brackets and columns in front of what is said are found and never
    changed. Names in labels become {_shown("[PERSON_1]")}, and are known in what is said. JSON, CSV and captions
    are no text. Of JSON lines all fields are redacted, but for ids and times and what a policy leaves.

    A policy is a profile ({_listed(PROFILES)}) or a file that says for each entity what stands in its place.

    Entities: {_ENTITIES}.

    Operators: {_OPERATORS}.
""")
REDACT_EXAMPLES: Final = """\
[bold]Examples[/bold]
  [dim]# on the screen, hidden parts in colour[/dim]
  ccredact redact call.txt
  [dim]# in place: the file changes only if all went well[/dim]
  ccredact redact call.txt -o call.txt
  [dim]# Amazon Transcribe's JSON, word times kept[/dim]
  ccredact redact asr-output.json -o safe.json
  [dim]# an archive, of any size, in the memory of one call[/dim]
  zcat calls.jsonl.gz | ccredact redact --policy pci | gzip > safe.jsonl.gz"""

COLUMN: Final = (
    "A column of tables by its role: text, speaker, call, order, turns or words. May be given several times."
)
ONE_CALL: Final = "A table without a column of calls is one call; left out, each of its rows is."
WORKERS: Final = "Processes; one for each core if left out."
DRY_RUN: Final = "Say what was found and would be done, show a few calls redacted, and write nothing."
SAMPLE: Final = "Do N files and no more; with --dry-run, show so many calls."
STRICT: Final = "Stop at the first thing that would be quarantined, with exit code 2."
REPLACE: Final = "Replace files that stand where an output belongs."
VERIFY: Final = "Read what is done once more: an output that is not as it was written is told and not done."
REDACT_FILE_NAMES: Final = (
    "Redact the names of files, folders and members too, and keep them out of manifest, report and messages; needs "
    "--key-file, and for one file a DST that does not have its name."
)
TIMEOUT: Final = (
    "For how long a worker may not get on, and a minute more for each MB of a record, before it is ended; its files "
    "are tried again."
)
UNPACK: Final = "Write the members of zip and tar as files of a folder."
MAX_RECORD: Final = "The largest call, line or cell that is read: 64M, 500k."
ON_OTHER_LANGUAGE: Final = "What becomes of a call of which fewer than half of the words are English."
REPORT: Final = "Write the counts, and all that was quarantined, as JSON; not into SRC or DST, nor over another file."

ARCHIVE: Final = _flowed("""
    Redact a whole archive on all cores: a folder, a zip, a tar or a file, with what is compressed in it.

    The copy has the same names and kinds of files; names that tell who called need --redact-file-names. What cannot be
    read is listed with its cause and stays where it was; the rest is done. The same command again goes on where a run
    was stopped, be it by a kill. The archive never changes, and nothing is overwritten without --replace.

    At the end it is said what came in, what went out, what was hidden and what was quarantined. Counts, names of files
    and positions are told, never a value.
""")
ARCHIVE_EXAMPLES: Final = f"""\
[bold]Examples[/bold]
  ccredact archive calls redacted --dry-run
  ccredact archive calls redacted --policy pci --report report.json
  ccredact archive calls.zip redacted.zip --workers 8
  [dim]# names of files tell who called: head -c 32 /dev/urandom > key[/dim]
  ccredact archive calls redacted --redact-file-names --key-file key

Exit codes: 0 nothing quarantined, 1 something was, {REFUSED} nothing could be done, or --strict stopped it."""

EXPLAIN: Final = _flowed(f"""
    Say why something is hidden: the redacted text, and under each utterance its entities.

    An entity is a line: its label, the reason, the score (0.9 and more is certain, below 0.6 doubtful), and
    a number that is the same for all pieces of one entity. Nothing is shown that the redacted call does not show.

    The reason names the rule that decided: {_REASONS}.

    All formats are read that redact reads. What comes out is for people, and is no transcript format.
""")
EXPLAIN_EXAMPLES: Final = """\
[bold]Examples[/bold]
  ccredact explain call.txt
  [dim]# why the archive has so many numbers of unknown kind[/dim]
  ccredact explain calls.jsonl --policy pci | grep -w NUMBER | sort | uniq -c"""

DETECT: Final = _flowed("""
    Say what would be hidden and where, to be compared with marked calls.

    A line a call: {"id", "turns": [{"entities": [{"start", "end", "label", "score", "reason"}]}]}, with
    the calls and turns of the input in its order. Offsets are characters of the original text: they tell how long each
    hidden part is, so keep them where the original is kept.
""")
DETECT_EXAMPLES: Final = """\
[bold]Examples[/bold]
  ccredact detect gold.jsonl -o predictions.jsonl
  ccredact detect calls.jsonl --policy hipaa | head -n 1"""

STREAM: Final = _flowed("""
    Redact calls while they run: events in on standard input, events out on standard output.

    In: {"call", "utterance", "speaker", "text", "is_final", "words": [{"text", "start", "end"}]}, of which
    call and text are needed, many calls mixed as you like. {"call", "close": true} ends a call, and the end
    of the input ends all. An interim ("is_final": false) may come any number of times before its final.

    Out, each line at once: {"call", "utterance", "speaker", "text", "is_final", "entities"}. The final lines
    of an utterance, joined, are its redacted text and are never taken back. An entity has its id (the same
    for all pieces of one card), label, score and reason, start and end in the text that came in, out_start
    and out_end in the redacted text of the utterance, and start_s and end_s in seconds where the words had times.

    With --from the lines are events of that recogniser, and come back as the same events, each when all its
    words are decided. Where they hold text, and none of them a turn that it knows, the exit code is 1: they are
    another recogniser's.

    Words that may become a card, a name or an answer are held, and come when the words behind them decide about
    them. If no line comes for --after seconds they come then: what may be a number hidden, the rest as if the call
    ended there.

    A line that cannot be read stops it with exit code 2, once all calls are closed and written: a call with
    a line missing is another call, in which a card number may look like none.
""")
STREAM_EXAMPLES: Final = """\
[bold]Examples[/bold]
  deepgram-events | ccredact stream --from deepgram
  recogniser | ccredact stream --policy pci | agent-screen
  echo '{"call": 1, "text": "card 4242 4242 4242 4242"}' | ccredact stream"""

WATCH: Final = _flowed(f"""
    Play finished calls on the terminal as a recogniser would have written them, redacted while they run.

    Each utterance comes word by word as an interim, which ends in the policy's stand-in where a word is
    undecided, and then as a final. A final's words that are held are as many dim marks ({HELD_MARK}) until it
    is decided about them. Below stands how many words are held and what has been hidden. The pace is that of the
    words' times, or of quick speech; silences are cut to {LONGEST_PAUSE_S:g} seconds.

    The original is not shown. With --show-original it stands beside the redacted call, what is hidden in red and what
    is held dim; this works on a terminal only, so that no copy of it is kept.

    Where standard output is no terminal nothing waits, and each interim is a line with ~ before it, each piece of
    a final one with =.
""")
WATCH_EXAMPLES: Final = """\
[bold]Examples[/bold]
  ccredact watch call.txt
  [dim]# what the recogniser wrote beside what would be shown, twice as fast[/dim]
  ccredact watch asr-output.json --show-original --speed 2
  [dim]# what an agent's screen would have been sent[/dim]
  ccredact watch calls.jsonl --policy pci | head -n 40"""
SPEED: Final = "How many times as fast as the call was."
NO_WAIT: Final = "Play without pauses; so it is in a pipe anyway."
SHOW_ORIGINAL: Final = "Show what the recogniser wrote, raw, beside it; on a terminal only."
