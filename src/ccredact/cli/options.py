"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import ccredact.cli.help as texts
from ccredact.operators import KEY_BYTES

AdapterOption = Annotated[str | None, typer.Option("--from", metavar="RECOGNISER", help=texts.RECOGNISER)]
AfterOption = Annotated[float, typer.Option("--after", metavar="SECONDS", min=0, help=texts.AFTER)]
FormatOption = Annotated[str | None, typer.Option("--from", metavar="FORMAT", help=texts.FORMAT)]
PolicyOption = Annotated[str, typer.Option("--policy", metavar="NAME|FILE", help=texts.POLICY)]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help=f"The key of the operator hash and of an archive: a file's bytes, {KEY_BYTES} or more, as they are.",
    ),
]
