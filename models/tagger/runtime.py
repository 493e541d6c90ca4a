"""The tags that ccredact itself gives to conversations: what is shipped is what is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.tagger import architecture as arch
from ccredact.tagger.features import SEPARATOR_ROWS, TURN_SEPARATOR, split_form
from ccredact.tagger.network import Network
from ccredact.tagger.weights import Weights
from ccredact.text.words import fold
from tagger.data import Conversation


def tags_of_calls(conversations: Sequence[Conversation], weights: Weights) -> list[np.ndarray]:
    """For every word the number of a tag of its label; 0 for none."""
    network = Network(weights)
    out = []
    for conversation in conversations:
        detector, entities = TaggedDetector(network, weights.prefilter), OutsideCall()
        tags = np.zeros(len(conversation.words), np.int64)
        turn = begin = 0
        words = conversation.words
        while begin < len(words):
            if words[begin].form in SEPARATOR_ROWS:
                turn += words[begin].form == TURN_SEPARATOR
                begin += 1
                continue
            end = begin
            while end < len(words) and words[end].final == words[begin].final and words[end].form not in SEPARATOR_ROWS:
                end += 1
            forms = [word.form for word in words[begin:end]]
            keys = [fold(split_form(form)[0]) for form in forms]
            for span in detector.read_utterance(" ".join(forms), keys, begin, turn, entities, is_final=True):
                tags[span.start : span.end] = arch.tag_number("U", span.label)
            begin = end
        out.append(tags)
    return out
