"""What the commands' help says."""

from __future__ import annotations


def _flowed(text: str) -> str:
    """Return paragraphs without the line breaks of this file, so that they fill the reader's screen."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraphs)


ROOT = _flowed("""
    Take cards, accounts, phones, codes and what else is read out, out of call transcripts.

    What is not hidden comes back byte for byte. Data goes to standard output or to the file named with -o,
    everything else to standard error.
""")
ROOT_EXAMPLES = """\
[bold]Examples[/bold]
  ccredact redact call.txt
  ccredact redact calls.jsonl -o redacted.jsonl --policy pci
  ccredact stream < events.jsonl

Exit codes: 0 done, 1 an error of ours, 2 bad input, policy or command line,
130 interrupted."""

REDACT = _flowed("""
    Redact finished calls: one file in, the same format out.

    The formats are text (a line is "speaker: words"), jsonl (a line is a call) and transcribe (what Amazon
    Transcribe writes). With -o a summary says what came in, what went out and what was hidden.
""")
REDACT_EXAMPLES = """\
[bold]Examples[/bold]
  [dim]# on the screen, hidden parts in colour[/dim]
  ccredact redact call.txt
  [dim]# in place: the file changes only if all went well[/dim]
  ccredact redact call.txt -o call.txt
  [dim]# Amazon Transcribe's JSON, word times kept[/dim]
  ccredact redact asr-output.json -o safe.json
  [dim]# an archive, of any size, in the memory of one call[/dim]
  zcat calls.jsonl.gz | ccredact redact --policy pci | gzip > safe.jsonl.gz"""

DETECT = _flowed("""
    Say what would be hidden and where, to be compared with marked calls.

    A line a call: {"id", "turns": [{"entities": [{"start", "end", "label", "score"}]}]}, with the calls and
    turns of the input in its order. Offsets are characters of the original text: they tell how long each
    hidden part is, so keep them where the original is kept.
""")
DETECT_EXAMPLES = """\
[bold]Examples[/bold]
  ccredact detect gold.jsonl -o predictions.jsonl
  ccredact detect calls.jsonl --policy hipaa | head -n 1"""

STREAM = _flowed("""
    Redact calls while they run: events in on standard input, events out on standard output.

    In: {"call", "utterance", "speaker", "text", "is_final", "words": [{"text", "start", "end"}]}, of which
    call and text are needed, many calls mixed as you like. {"call", "close": true} ends a call, and the end
    of the input ends all. An interim ("is_final": false) may come any number of times before its final.

    Out, each line at once: {"call", "utterance", "speaker", "text", "is_final", "entities"}. The final lines
    of an utterance, joined, are its redacted text and are never taken back. An entity has its id (the same
    for all pieces of one card), label and score, start and end in the text that came in, out_start and out_end
    in the redacted text of the utterance, and start_s and end_s in seconds where the words had times.

    A line that cannot be read stops it with exit code 2, once all calls are closed and written: a call with
    a line missing is another call, in which a card number may look like none.
""")
STREAM_EXAMPLES = """\
[bold]Examples[/bold]
  recogniser | ccredact stream --policy pci | agent-screen
  echo '{"call": 1, "text": "card 4242 4242 4242 4242"}' | ccredact stream"""
