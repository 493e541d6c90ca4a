"""A running call: a recogniser's interims and finals go into `push`, what is decided goes to the screen.

    python examples/live_loop.py

The recogniser is made up: it says each line word by word as a growing hypothesis, and then as a final. Real ones do
the same under other names (`is_final`, `IsPartial`, `end_of_turn`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from ccredact import Redactor, Segment, Utterance

SAID = [
    ("agent", "thanks for calling, could I take your name"),
    ("caller", "it's Ada Obi"),
    ("agent", "and the long number on the card"),
    ("caller", "uh 4242 4242"),
    ("agent", "mm-hmm"),
    ("caller", "forty two forty two, 4242"),
    ("agent", "lovely, that's all gone through"),
]
"""An invented call with a published test card."""


async def recogniser() -> AsyncIterator[Utterance]:
    """Yield what a recogniser says of the call as it goes on."""
    for number, (speaker, text) in enumerate(SAID):
        words = text.split()
        for count in range(1, len(words)):
            await asyncio.sleep(0.01)
            yield Utterance(" ".join(words[:count]), speaker, id=str(number), is_final=False)
        yield Utterance(text, speaker, id=str(number))


def show(segment: Segment) -> None:
    """Print a final; an interim would replace the line on a screen."""
    if segment.is_final:
        print(f"{segment.speaker:>6}: {segment.text}")


async def main() -> None:
    """Redact one call. A service has such a task for each call, and one redactor for all of them."""
    redactor = Redactor()
    call = redactor.stream()
    finished = False
    try:
        async for utterance in recogniser():
            for segment in call.push(utterance):
                show(segment)
        finished = True
    finally:
        # What is still held comes now; of a call that broke off, a number that may have gone on is hidden.
        for segment in call.close(cut=not finished):
            show(segment)


if __name__ == "__main__":
    asyncio.run(main())
