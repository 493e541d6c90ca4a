"""The formats of speech services and contact centres, a module for each family.

A table is written by looking at a document of the service and asking six things.

1. **Where are the turns?** `Turns(at=..., text=...)`: `at` is the place of the objects ("results.utterances[]"), `text`
   that of a turn's text in one. Where the words are all there is, `text` is left out and `words` make it. Several
   `turns`: the first that a document has are its turns, the others repeat them.
2. **Where are the words of a turn?** `Words(at=..., text=..., times=...)`. `forms` are members that say the same word
   in another form. A hidden run becomes one word of `text`, `forms`, times, `kind`, `speaker` and `kept`: nothing else
   of it stays.
3. **What repeats them?** `copies`, texts or words in the order of the turns: whole transcripts, sentences, segments.
   `forms` and `more_words` of `Turns`: other writings and hearings of the same talk (lexical, ITN, n-best).
4. **What tells them once more?** `blank` (token ids, characters), `offsets` (places of characters).
5. **What is the file's own?** `kept`: ids, times, URLs, words of the format. All else is examined by itself, with what
   was told in the call known: summaries, titles, entities and fields that the table does not know need no line.

6. **Are its documents events of a running call?** `live`: which place names the call, what tells an interim from a
   final, what the recogniser may withdraw, what ends a call. With it the table is an adapter too (`ccredact.live`).

A module exports `TABLES`; it is named below, in the order in which documents are told apart: the first that fits
counts. Samples go to `tests/samples`: the structure of the service, with invented text.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from ccredact.formats.vendors import (
    amazon,
    amazon_derived,
    amazon_live,
    assemblyai,
    azure,
    contact_lens,
    deepgram,
    elevenlabs,
    genesys,
    gladia,
    google,
    harper_valley,
    ibm_watson,
    nemo,
    openai,
    ours,
    rev,
    riva,
    soniox,
    speechmatics,
    twilio,
    voicebase,
    vosk,
    whisper,
)

_ORDER: Final = (
    ours,
    harper_valley,
    azure,
    amazon,
    contact_lens,
    amazon_live,
    amazon_derived,
    deepgram,
    assemblyai,
    speechmatics,
    rev,
    genesys,
    twilio,
    openai,
    nemo,
    gladia,
    elevenlabs,
    voicebase,
    whisper,
    ibm_watson,
    google,
    riva,
    soniox,
    vosk,
)
"""The families, in the order in which documents are told apart: those that little tells come last."""
TABLES: Final = tuple(chain.from_iterable(family.TABLES for family in _ORDER))
"""Every table, in that order."""
