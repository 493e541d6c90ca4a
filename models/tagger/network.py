"""The network as it is trained: the arithmetic of `ccredact.tagger.architecture`, with gradients through rounding."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ccredact.tagger import architecture as arch
from ccredact.tagger.features import ROWS


def whole(values: Tensor, step: float, low: float, high: float) -> Tensor:
    """Values rounded half up to whole steps and kept in bounds; the gradient is that of the bounds alone."""
    kept = values.clamp(low / step, high / step)
    return kept + ((kept * step + 0.5).floor() / step - kept).detach()


def weights(values: Tensor) -> Tensor:
    """As 8-bit weights."""
    return whole(values, arch.WEIGHT_STEP, -arch.TOP, arch.TOP)


def bias(values: Tensor) -> Tensor:
    """As whole steps of a sum of products."""
    return whole(values, arch.WEIGHT_STEP * arch.VALUE_STEP, -(2.0**22), 2.0**22)


def signal(values: Tensor) -> Tensor:
    """As 8-bit activations, none below nought."""
    return whole(values, arch.VALUE_STEP, 0, arch.TOP)


class Network(nn.Module):
    """Word forms in, scores of tags out."""

    def __init__(self, half: arch.Half = arch.NAMES_HALF, *, drop: float = 0.2) -> None:
        super().__init__()
        self.half = half
        reads = arch.READ_WINDOW * half.word
        judges = arch.JUDGE_WINDOW * half.read + half.word + half.question
        self.table = nn.Parameter(torch.randn(ROWS, half.word + half.question) * 0.15)
        self.read = nn.Parameter(torch.randn(reads, half.read) * (1.5 / reads) ** 0.5)
        self.read_bias = nn.Parameter(torch.zeros(half.read))
        self.judge = nn.Parameter(torch.randn(judges, half.judge) * (1.5 / judges) ** 0.5)
        self.judge_bias = nn.Parameter(torch.zeros(half.judge))
        self.tell = nn.Parameter(torch.randn(half.judge, len(half.tags)) * 0.1)
        self.tell_bias = nn.Parameter(torch.zeros(len(half.tags)))
        self.drop = nn.Dropout(drop)

    def types(self, rows: Tensor, offsets: Tensor, keep: Tensor | None) -> Tensor:
        """One vector for each form: the sum of its rows, in whole steps."""
        used, places = rows.unique(return_inverse=True)  # a batch has few of the rows: no other is rounded
        table = weights(self.table.index_select(0, used))
        sums = nn.functional.embedding_bag(places, table, offsets, mode="sum", per_sample_weights=keep)
        return whole(sums, arch.VALUE_STEP, -arch.TOP, arch.TOP)

    def forward(
        self,
        rows: Tensor,
        offsets: Tensor,
        keep: Tensor | None,
        *,
        reads: Tensor,
        judges: Tensor,
        asked: Tensor,
        asked_of: Tensor,
    ) -> Tensor:
        """Scores of the tags of every word.

        `reads` (words, 5): the type of each word around, `judges` (words, 7): the place of each reading around (the
        last type, the place after the last: nothing); `asked` (turns, 12) types, `asked_of` (words,) turns.
        """
        vectors = self.types(rows, offsets, keep)
        nothing = vectors.new_zeros(1, self.half.word + self.half.question)
        vectors = torch.cat([vectors, nothing])
        words = self.drop(vectors[:, : self.half.word])
        window = words[reads].flatten(1)
        read = signal(window @ weights(self.read) + bias(self.read_bias))
        read = self.drop(torch.cat([read, read.new_zeros(1, self.half.read)]))
        question = signal(vectors[:, self.half.word :][asked].sum(1))[asked_of]
        own = words[reads[:, arch.READ_BACK]]
        judged = torch.cat([read[judges].flatten(1), own, question], dim=1)
        hidden = self.drop(signal(judged @ weights(self.judge) + bias(self.judge_bias)))
        return hidden @ weights(self.tell) + bias(self.tell_bias)
