"""The network as it is trained: the arithmetic of `ccredact.tagger.architecture`, with gradients through rounding."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ccredact.tagger import architecture as m
from ccredact.tagger.features import ROWS


def whole(values: Tensor, step: float, low: float, high: float) -> Tensor:
    """Values rounded half up to whole steps and kept in bounds; the gradient is that of the bounds alone."""
    kept = values.clamp(low / step, high / step)
    return kept + ((kept * step + 0.5).floor() / step - kept).detach()


def weights(values: Tensor) -> Tensor:
    """As 8-bit weights."""
    return whole(values, m.WEIGHT_STEP, -m.TOP, m.TOP)


def bias(values: Tensor) -> Tensor:
    """As whole steps of a sum of products."""
    return whole(values, m.WEIGHT_STEP * m.VALUE_STEP, -(2.0**22), 2.0**22)


def signal(values: Tensor) -> Tensor:
    """As 8-bit activations, none below nought."""
    return whole(values, m.VALUE_STEP, 0, m.TOP)


class Network(nn.Module):
    """Word forms in, scores of tags out."""

    def __init__(self, *, drop: float = 0.2) -> None:
        super().__init__()
        reads = (m.READ_BACK + 1 + m.READ_AHEAD) * m.WORD
        judges = (m.JUDGE_BACK + 1 + m.JUDGE_AHEAD) * m.READ + m.WORD + m.ASKED
        self.table = nn.Parameter(torch.randn(ROWS, m.WORD + m.ASKED) * 0.15)
        self.read = nn.Parameter(torch.randn(reads, m.READ) * (1.5 / reads) ** 0.5)
        self.read_bias = nn.Parameter(torch.zeros(m.READ))
        self.judge = nn.Parameter(torch.randn(judges, m.JUDGED) * (1.5 / judges) ** 0.5)
        self.judge_bias = nn.Parameter(torch.zeros(m.JUDGED))
        self.tell = nn.Parameter(torch.randn(m.JUDGED, len(m.TAGS)) * 0.1)
        self.tell_bias = nn.Parameter(torch.zeros(len(m.TAGS)))
        self.drop = nn.Dropout(drop)

    def types(self, rows: Tensor, offsets: Tensor, keep: Tensor | None) -> Tensor:
        """One vector for each form: the sum of its rows, in whole steps."""
        table = weights(self.table)
        sums = nn.functional.embedding_bag(rows, table, offsets, mode="sum", per_sample_weights=keep)
        return whole(sums, m.VALUE_STEP, -m.TOP, m.TOP)

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
        nothing = vectors.new_zeros(1, m.WORD + m.ASKED)
        vectors = torch.cat([vectors, nothing])
        words = self.drop(vectors[:, : m.WORD])
        window = words[reads].flatten(1)
        read = signal(window @ weights(self.read) + bias(self.read_bias))
        read = self.drop(torch.cat([read, read.new_zeros(1, m.READ)]))
        question = signal(vectors[:, m.WORD :][asked].sum(1))[asked_of]
        own = words[reads[:, m.READ_BACK]]
        judged = torch.cat([read[judges].flatten(1), own, question], dim=1)
        hidden = self.drop(signal(judged @ weights(self.judge) + bias(self.judge_bias)))
        return hidden @ weights(self.tell) + bias(self.tell_bias)
