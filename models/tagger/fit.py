"""The training loop, and what is measured on conversations that it has not seen."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import torch
import typer
from torch import Tensor

from ccredact.tagger import model as m
from tagger.data import Conversation, NameSwap, Styles, Word, dressed, tags_of
from tagger.encode import Batch, Encoder, forgetful
from tagger.network import Network

PARTLY = 0.2
"""How much "no entity" counts where a source does not mark the label completely."""


def targets(batch: Sequence[Sequence[Word]], wholes: Sequence[frozenset[str]]) -> tuple[Tensor, Tensor]:
    """Tags, and of every word which tags the gold does not rule out."""
    tags = torch.tensor([tag for words in batch for tag in tags_of(words)])
    open_tags = torch.zeros(len(tags), len(m.TAGS), dtype=torch.bool)
    at = 0
    for words, whole in zip(batch, wholes, strict=True):
        row = torch.tensor([tag != "O" and tag[2:] not in whole for tag in m.TAGS])
        open_tags[at : at + len(words)] = row
        at += len(words)
    open_tags &= (tags == 0)[:, None]
    open_tags[torch.arange(len(tags)), tags.clamp(min=0)] = True
    return tags, open_tags


def loss_of(scores: Tensor, tags: Tensor, open_tags: Tensor) -> Tensor:
    """Cross entropy; where a label may be unmarked, mostly against what the gold rules out."""
    logs = scores.log_softmax(1)
    exact = -logs.gather(1, tags.clamp(min=0)[:, None])[:, 0]
    loose = -logs.masked_fill(~open_tags, -1e9).logsumexp(1)
    return (PARTLY * exact + (1 - PARTLY) * loose)[tags >= 0].mean()


def run(network: Network, batch: Batch, keep: Tensor | None = None) -> Tensor:
    """Scores of all words of a batch."""
    return network(
        batch.rows,
        batch.offsets,
        keep,
        reads=batch.reads,
        judges=batch.judges,
        asked=batch.asked,
        asked_of=batch.asked_of,
    )


def fit(
    conversations: Sequence[Conversation],
    encoder: Encoder,
    swap: NameSwap,
    *,
    seed: int,
    minutes: float,
    epochs: float = 100,
    size: int = 4000,
    rate: float = 3e-3,
    drop: float = 0.2,
    report: float = 20.0,
) -> Network:
    """Train for some minutes; the rate rises for a twentieth of them and falls to nought."""
    rng, styles = random.Random(seed), Styles()
    torch.manual_seed(seed)
    network = Network(drop=drop)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    began = said = time.monotonic()
    words_seen, total, steps = 0, 0.0, 0
    length = minutes * 60
    words_in_all = sum(len(c.words) for c in conversations)
    while True:
        for picked in _shuffled(conversations, rng, size):
            now = time.monotonic()
            done = max((now - began) / length, words_seen / (epochs * words_in_all))
            if done >= 1:
                network.eval()
                return network
            for group in optimizer.param_groups:
                group["lr"] = rate * min(done / 0.05, 1.0) * min(1.0, (1 - done) / 0.6)
            batch = [dressed(c, rng, styles, swap) for c in picked]
            arrays = encoder(batch)
            tags, open_tags = targets(batch, [c.whole for c in picked])
            keep = forgetful(arrays, rng, words=0.3, bits=0.15)
            loss = loss_of(run(network, arrays, keep), tags, open_tags)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            words_seen += len(tags)
            total += loss.item()
            steps += 1
            if now - said > report:
                typer.echo(f"{done:5.0%}  loss {total / steps:.4f}  {words_seen / (now - began):,.0f} words/s")
                said, total, steps = now, 0.0, 0


def _shuffled(conversations: Sequence[Conversation], rng: random.Random, size: int) -> Iterable[list[Conversation]]:
    order = list(conversations)
    rng.shuffle(order)
    batch: list[Conversation] = []
    count = 0
    for conversation in order:
        batch.append(conversation)
        count += len(conversation.words)
        if count >= size:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def measure(conversations: Sequence[Conversation], predicted: Sequence[np.ndarray]) -> dict[str, tuple[float, int]]:
    """Per label the share of letters left and the number of entities; "hidden": of words outside all gold."""
    left: dict[str, int] = defaultdict(int)
    letters: dict[str, int] = defaultdict(int)
    entities: dict[str, int] = defaultdict(int)
    outside = hidden = 0
    places = {n for n, tag in enumerate(m.TAGS) if tag[2:] in ("PERSON", "STREET_ADDRESS", "LOCATION", "POSTCODE")}
    for conversation, tags in zip(conversations, predicted, strict=True):
        for word, tag in zip(conversation.words, tags, strict=True):
            if word.label is None:
                continue
            if word.label:
                count = sum(map(str.isalnum, word.form))
                letters[word.label] += count
                entities[word.label] += word.begins
                left[word.label] += count * (tag == 0)
            elif not word.marked:
                outside += 1
                hidden += int(tag) in places
    out = {label: (left[label] / letters[label], entities[label]) for label in letters}
    out["hidden"] = (hidden / max(1, outside), outside)
    return out
