"""A websocket that redacts a running call: a recogniser's events in, redacted ones out, for any ASGI server.

    python examples/asgi_websocket.py             plays a call through it, without a server
    uvicorn --app-dir examples asgi_websocket:app   serves it at ws://localhost:8000

In: {"speaker": "caller", "id": 7, "text": "...", "is_final": true}, a message each, and {"close": true} at the end.
Out, as soon as decided: {"utterance", "speaker", "text", "is_final"}. What is held when nobody speaks on comes after
`HELD_S` seconds. A message that is none closes the connection with code 1007, and says nothing of its text.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from ccredact import Call, Redactor, Segment, StreamError, Utterance

HELD_S = 1.5
DONE, NO_EVENT = 1000, 1007
"""A websocket's codes for an ordinary end, and for data that is not what it should be."""
REDACTOR = Redactor()
SAID: list[dict[str, Any]] = [
    {"speaker": "agent", "id": 1, "text": "and the long number on the card"},
    {"speaker": "caller", "id": 2, "text": "yes it's", "is_final": False},
    {"speaker": "caller", "id": 2, "text": "yes it's 4242", "is_final": False},
    {"speaker": "caller", "id": 2, "text": "yes it's 4242 4242"},
    {"speaker": "caller", "id": 3, "text": "4242 4242"},
    {"close": True},
]
"""An invented call with a published test card."""

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve one connection: one call."""
    if scope["type"] != "websocket":
        return
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    call = REDACTOR.stream()
    code = await serve(call, receive, send)
    call.close(cut=True)  # nobody is there to read what is still held
    if code:
        await send({"type": "websocket.close", "code": code})


async def serve(call: Call, receive: Receive, send: Send) -> int:
    """Answer messages until the client goes; return the code to close with, 0 where it has gone."""
    coming: asyncio.Task[dict[str, Any]] | None = None
    while True:
        coming = coming or asyncio.create_task(_next(receive))
        done, _ = await asyncio.wait({coming}, timeout=HELD_S if call.held.words else None)
        if not done:
            await _answer(call.flush(after=HELD_S), send)
            continue
        message, coming = coming.result(), None
        if message["type"] == "websocket.disconnect":
            return 0
        try:
            event = json.loads(message.get("text") or message.get("bytes") or "")
            if event.get("close"):
                await _answer(call.close(), send)
                return DONE
            segments = call.push(
                Utterance(event["text"], event.get("speaker"), event.get("id"), event.get("is_final", True))
            )
        except (ValueError, LookupError, TypeError, AttributeError, StreamError):
            return NO_EVENT
        await _answer(segments, send)


async def _next(receive: Receive) -> dict[str, Any]:
    return await receive()


async def _answer(segments: list[Segment], send: Send) -> None:
    for segment in segments:
        event = {
            "utterance": segment.utterance,
            "speaker": segment.speaker,
            "text": segment.text,
            "is_final": segment.is_final,
        }
        await send({"type": "websocket.send", "text": json.dumps(event, ensure_ascii=False)})


async def main() -> None:
    """Play a call through the app, in the place of a server."""
    texts = [{"type": "websocket.receive", "text": json.dumps(event)} for event in SAID]
    messages = iter([{"type": "websocket.connect"}, *texts])

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return next(messages)

    async def send(message: dict[str, Any]) -> None:
        print(message.get("text", message["type"]))

    await app({"type": "websocket"}, receive, send)


if __name__ == "__main__":
    asyncio.run(main())
