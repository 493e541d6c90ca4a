r"""Says more of a trained tagger than `benchmarks/name_leak.py` does.

    python -m spacy train config.cfg --code tagger/spacy_code.py -o build/no_star \
        --paths.gold FOLDER --paths.leave_out star
    python -m tagger robust --weights build/no_star/model-last --gold FOLDER --only star
    python -m tagger ship build/model/model-last

`--weights` takes a trained pipeline or a file of weights. Gold files are named after their source; those of one family
begin alike (`star_bank`, `star_other`; `spoken_` before it does not count). Conversations whose licence asks for
sharing alike are measured on and never trained on.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

import ccredact.tagger
from ccredact.tagger.weights import PIPELINE_FILE, load_path
from tagger.agree import rows as agreement
from tagger.data import DISCLOSURES, family_of, is_held, read
from tagger.disclosures import THRESHOLDS, Tally, tallies
from tagger.fairness import rows
from tagger.robust import WAYS
from tagger.robust import rows as robust_rows

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.command()
def robust(
    weights: Annotated[Path, typer.Option(help="A trained pipeline, or a file of weights.")],
    gold: Annotated[Path, typer.Option(help="Folder of conversations in the gold form.")],
    only: Annotated[list[str] | None, typer.Option(help="Families to measure.")] = None,
) -> None:
    """Recall of names and addresses in other case, without marks, with fillers, cut anywhere."""
    paths = [path for path in sorted(gold.glob("*.jsonl")) if not only or family_of(path) in only]
    sources = {path.stem: list(read(path, family=family_of(path))) for path in paths}
    typer.echo(f"{'':44}" + "".join(f"{way:>14}" for way in WAYS))
    for row in robust_rows(sources, load_path(weights)):
        shares = "".join(f"{row.recall[way]:14.1%}" for way in WAYS)
        typer.echo(f"{row.source:24} {row.label:14}{row.count:5,}{shares}")


@app.command()
def disclosures(
    weights: Annotated[Path, typer.Option(help="A trained pipeline, or a file of weights.")],
    gold: Annotated[Path, typer.Option(help="Folder of conversations that are marked for disclosures.")],
    only: Annotated[str, typer.Option(help='Families to measure, divided by commas, or a part ("2/5").')] = "",
) -> None:
    """Percent left of health, family and purchases, and of other words hidden, by the least score that is believed."""
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    sources = {}
    for path in sorted(gold.glob("*.jsonl")):
        found = list(read(path, family=family_of(path), lesson=DISCLOSURES))
        held = any("/" not in name and family_of(path) == name for name in wanted) or not wanted
        sources[path.stem] = [call for call in found if held or any(is_held(call.id, name) for name in wanted)]
    typer.echo(f"  {'':20}{'n':>6}" + "".join(f"{least:7.2f}" for least in THRESHOLDS))
    total = Tally()
    for source, tally in tallies({name: calls for name, calls in sources.items() if calls}, load_path(weights)):
        typer.echo(source)
        typer.echo("\n".join(tally.rows(every=False)))
        total.join(tally)
    typer.echo("all")
    typer.echo("\n".join(total.rows(every=True)))


@app.command()
def ship(pipeline: Annotated[Path, typer.Argument(help="A trained pipeline.")]) -> None:
    """Take its weights into the library."""
    load_path(pipeline)
    shutil.copy(pipeline / PIPELINE_FILE, Path(ccredact.tagger.__file__).parent / "weights.npz")


@app.command()
def agree(gold: Annotated[Path, typer.Option(help="Folder of conversations in the gold form.")]) -> None:
    """Label whole calls by the library and by the spaCy component: how many words get another label."""
    for row in agreement(gold):
        typer.echo(
            f"{row.name:28} {row.calls:6,} calls {row.words:9,} words "
            f"{row.tagged:7,} labelled {row.different:4,} differ"
        )


@app.command()
def fairness(weights: Annotated[Path, typer.Option(help="A trained pipeline, or a file of weights.")]) -> None:
    """Return the share of names left, by origin and gender, of names that the corpus never says."""
    for row in rows(load_path(weights)):
        typer.echo(
            f"{row.group:34} {row.gender:7} {row.left:6.2%} ({row.low:.2%} to {row.high:.2%}) "
            f"of {row.mentions:,} mentions, {row.names:,} names"
        )


if __name__ == "__main__":
    app()
