"""Calls that break off inside an answer or right after a piece of it."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from callgen.answers import COPIES


def broken_off(call: dict[str, Any]) -> dict[str, Any]:
    """Break a call off behind a word of an answer, the same one each time; `cut` is the number of the answer."""
    rng = Random(f"{call['id']}/cut")
    answers: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for at, turn in enumerate(call["turns"]):
        for entity in turn["entities"]:
            if entity.get("answer") and not COPIES.intersection(entity["tags"]):
                answers.setdefault(entity["answer"], []).append((at, entity))
    number = rng.choice(sorted(answers))
    at, entity = rng.choice(answers[number])
    turn, start = call["turns"][at], entity["start"]
    words = re.finditer(r"[^\W_](?:\S*[^\W_])?", turn["text"][start : entity["end"]])
    end = start + rng.choice([word.end() for word in words])
    last = {
        **turn,
        "text": turn["text"][:end],
        "entities": [{**one, "end": min(end, one["end"])} for one in turn["entities"] if one["start"] < end],
        "decoys": [one for one in turn["decoys"] if one["end"] <= end],
    }
    return {**call, "turns": [*call["turns"][:at], last], "cut": number}
