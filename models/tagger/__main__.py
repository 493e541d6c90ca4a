"""Trains and measures the tagger.

    python -m tagger train --generated corpus.jsonl --gold FOLDER -o weights.npz
    python -m tagger train --generated corpus.jsonl --gold FOLDER --leave-out star -o without_star.npz
    python -m tagger measure --weights without_star.npz --gold FOLDER --only star
    python -m tagger robust --weights without_star.npz --gold FOLDER --only star

Gold files are named after their source; those of one family begin alike (`star_bank`, `star_other`; `spoken_` before it
does not count). Conversations whose licence asks for sharing alike are measured on and never trained on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import spacy
import torch
import typer

from ccredact.tagger import model as m
from tagger.agree import rows as agreement
from tagger.data import Conversation, NameSwap, read
from tagger.encode import Encoder
from tagger.export import export, plain_words
from tagger.fairness import rows
from tagger.fit import fit, measure
from tagger.lexicon import build, swap_names
from tagger.robust import WAYS
from tagger.robust import rows as robust_rows
from tagger.runtime import tags_of_calls

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

LIFT = {"PERSON": 1.5, "STREET_ADDRESS": 1.5, "LOCATION": -1.5, "POSTCODE": 0.0}
"""Added to the scores of a label's tags: a name or a street left in clear weighs more than a word hidden in vain; a
town in passing says little; postcodes are read by rules too."""


def family_of(path: Path) -> str:
    """The family of a gold file."""
    return path.stem.removeprefix("spoken_").split("_", maxsplit=1)[0]


def _may_train(path: Path) -> bool:
    with path.open(encoding="utf-8") as lines:
        return "-SA" not in json.loads(next(lines)).get("license", "").upper()


def _gold(folder: Path, *, without: Sequence[str]) -> Iterator[Conversation]:
    for path in sorted(folder.glob("*.jsonl")):
        if family_of(path) not in without and _may_train(path):
            yield from read(path, family=family_of(path))


@app.command()
def train(
    generated: Annotated[list[Path], typer.Option(help="Generated conversations, all labels marked.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the weights go (.npz).")],
    gold: Annotated[str, typer.Option(help="Folder of real conversations in the gold form; empty for none.")] = "",
    leave_out: Annotated[list[str] | None, typer.Option(help="Families that are not trained on.")] = None,
    minutes: Annotated[float, typer.Option(help="How long to train.")] = 20,
    seed: int = 1,
    threads: int = 1,
) -> None:
    """Train, and write the weights."""
    torch.set_num_threads(threads)
    made = [c for path in generated for c in read(path, family="", whole=frozenset(m.LABELS))]
    real = list(_gold(Path(gold), without=leave_out or ())) if gold else []
    lexicon = build()
    network = fit(made + real, Encoder(lexicon), NameSwap(*swap_names()), seed=seed, minutes=minutes)
    export(network, output, lexicon=lexicon, plain=plain_words(made + real), lift=LIFT)


@app.command("measure")
def measure_command(
    weights: Annotated[Path, typer.Option(help="A file of weights.")],
    gold: Annotated[Path, typer.Option(help="Folder of conversations in the gold form.")],
    only: Annotated[list[str] | None, typer.Option(help="Families to measure.")] = None,
) -> None:
    """What the tagger alone leaves of each label, and hides of other words."""
    for path in sorted(gold.glob("*.jsonl")):
        if only and family_of(path) not in only:
            continue
        conversations = list(read(path, family=family_of(path)))
        found = measure(conversations, tags_of_calls(conversations, weights.read_bytes()))
        typer.echo(
            f"{path.stem:28} " + " ".join(f"{name} {share:.1%} of {count}" for name, (share, count) in found.items())
        )


@app.command()
def robust(
    weights: Annotated[Path, typer.Option(help="A file of weights.")],
    gold: Annotated[Path, typer.Option(help="Folder of conversations in the gold form.")],
    only: Annotated[list[str] | None, typer.Option(help="Families to measure.")] = None,
) -> None:
    """Recall of names and addresses in other case, without marks, with fillers, cut anywhere."""
    paths = [path for path in sorted(gold.glob("*.jsonl")) if not only or family_of(path) in only]
    sources = {path.stem: list(read(path, family=family_of(path))) for path in paths}
    typer.echo(f"{'':44}" + "".join(f"{way:>14}" for way in WAYS))
    for row in robust_rows(sources, weights.read_bytes()):
        shares = "".join(f"{row.recall[way]:14.1%}" for way in WAYS)
        typer.echo(f"{row.source:24} {row.label:14}{row.count:5,}{shares}")


@app.command()
def pipeline(output: Annotated[Path, typer.Option("--output", "-o", help="A new folder.")]) -> None:
    """Write a spaCy pipeline with the shipped weights: `spacy.load(FOLDER)`."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact_tagger")
    nlp.to_disk(output)


@app.command()
def agree(gold: Annotated[Path, typer.Option(help="Folder of conversations in the gold form.")]) -> None:
    """Label whole calls by the library and by the spaCy component: how many words get another label."""
    for row in agreement(gold):
        typer.echo(
            f"{row.name:28} {row.calls:6,} calls {row.words:9,} words "
            f"{row.tagged:7,} labelled {row.different:4,} differ"
        )


@app.command()
def fairness(weights: Annotated[Path, typer.Option(help="A file of weights.")]) -> None:
    """The share of names left, by origin and gender, of names that the corpus never says."""
    for row in rows(weights.read_bytes()):
        typer.echo(
            f"{row.group:34} {row.gender:7} {row.left:6.2%} ({row.low:.2%} to {row.high:.2%}) "
            f"of {row.mentions:,} mentions, {row.names:,} names"
        )


if __name__ == "__main__":
    app()
