r"""First values of the table of words: what an encoder makes of each word alone, in as many numbers as a row has.

    python -m tagger.meaning build/telling.jsonl --encoder FOLDER -o build/meaning.npz

So words that were never marked begin near those that mean alike. The encoder is that of `tagger.teacher`.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
import typer
from transformers import AutoModel, AutoTokenizer

from ccredact.lang.en.words import common_words
from ccredact.tagger.features import ROWS, forms_of, rows_of, split_form
from ccredact.text.words import fold
from corpus.dictionary import dictionary, medical_words
from tagger.data import DISCLOSURES
from tagger.lexicon import build, told_keys

RARE = 25_000
"""Words of the dictionary that are taken besides those that are said."""
SIZE = 0.7
"""How large the values are: the network's own first ones are so."""
ROUNDS, TOGETHER, RATE = 14, 4_096, 0.02
SMALL = 1e-3
"""What a row's size costs."""


def words_of(texts: Iterable[str]) -> dict[str, float]:
    """Return words, with how much each counts: what is said often counts more."""
    said = Counter(fold(split_form(form)[0]) for text in texts for form in forms_of(text))
    known = medical_words() | told_keys(everyday=True) | common_words()
    words = known | {word for word, count in said.items() if word.isalpha() and len(word) > 1 and count > 1}
    others = sorted(word for word in dictionary() - words if word.isalpha())
    words |= {*random.Random(1).sample(others, min(RARE, len(others)))}
    return {word: min(1.0, 0.15 + 0.2 * float(np.log1p(said[word]))) for word in sorted(words)}


def meanings(words: Sequence[str], folder: Path) -> np.ndarray:
    """Return what the encoder makes of each word: the mean over its pieces, of length one."""
    pieces, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    order = sorted(range(len(words)), key=lambda at: len(words[at]))
    out = np.zeros((len(words), encoder.config.hidden_size), np.float32)
    with torch.no_grad():
        for at in range(0, len(order), 256):
            some = order[at : at + 256]
            batch = pieces([words[number] for number in some], return_tensors="pt", padding=True)
            mask = batch["attention_mask"][..., None]
            out[some] = ((encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)).numpy()
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    return out


def shortened(values: np.ndarray, counts: np.ndarray, size: int) -> np.ndarray:
    """Return the most telling `size` directions of the values, turned at random so that none is told apart."""
    centred = values - (values * counts[:, None]).sum(0) / counts.sum()
    _, directions = np.linalg.eigh((centred * counts[:, None]).T @ centred)
    turned, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(size, size)))
    short: np.ndarray = centred @ directions[:, ::-1][:, :size]
    short = short @ turned * (SIZE / np.sqrt((short**2).mean()))
    return short.astype(np.float32, copy=False)


def table_of(words: dict[str, float], values: np.ndarray) -> np.ndarray:
    """Return rows whose sums come near the values."""
    lexicon = build()
    rows = [rows_of(word, lexicon, DISCLOSURES.half.bits) for word in words]
    counts, wanted = torch.tensor([*words.values()]), torch.from_numpy(values)
    torch.manual_seed(2)
    table = torch.nn.Parameter(torch.randn(ROWS, values.shape[1]) * 0.05)
    optimizer = torch.optim.Adam([table], lr=RATE)
    rng = np.random.default_rng(0)
    for number in range(ROUNDS):
        optimizer.param_groups[0]["lr"] = RATE * (1 - number / ROUNDS) + RATE / 20
        for some in np.array_split(rng.permutation(len(rows)), max(1, len(rows) // TOGETHER)):
            picked = [rows[at] for at in some]
            offsets = torch.tensor(np.cumsum([0, *map(len, picked)])[:-1])
            flat = torch.tensor([row for own in picked for row in own])
            sums = torch.nn.functional.embedding_bag(flat, table, offsets, mode="sum")
            wrong = ((sums - wanted[some]) ** 2).mean(1)
            loss = (wrong * counts[some]).sum() / counts[some].sum() + SMALL * (table**2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    made: np.ndarray = table.detach().numpy()
    return made


def main(
    texts: Annotated[list[Path], typer.Argument(help="Calls in the gold form, for the words that are said.")],
    encoder: Annotated[Path, typer.Option(help="Folder of an encoder.")],
    output: Annotated[Path, typer.Option("-o", help="File of the rows.")],
) -> None:
    """Write the first rows of the half that tells disclosures."""
    calls: Iterable[dict[str, Any]] = (json.loads(line) for path in texts for line in path.open(encoding="utf-8"))
    words = words_of(turn["text"] for call in calls for turn in call["turns"])
    values = shortened(meanings(list(words), encoder), np.array([*words.values()]), DISCLOSURES.half.word)
    np.savez(output, table=table_of(words, values))


if __name__ == "__main__":
    typer.run(main)
