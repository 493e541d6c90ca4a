"""What an archive holds and what a run would do, without doing it."""

from __future__ import annotations

import gzip
import heapq
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from ccredact.archive.causes import Cause, RefusedError, cause_of
from ccredact.archive.documents import document_for
from ccredact.archive.layers import layer_name, peekable
from ccredact.archive.manifest import key_of, touched
from ccredact.archive.names import uncompressed_name
from ccredact.archive.streams import Guarded, Meter, failed
from ccredact.archive.tables.first import Beginning, first_call
from ccredact.archive.tally import Noticed, Quarantined
from ccredact.archive.zstd import open_zstd
from ccredact.errors import CcredactError, FormatError
from ccredact.formats import FORMATS, HEAD_BYTES
from ccredact.formats.base import attempt

if TYPE_CHECKING:
    import io

    from ccredact.archive.document import Document
    from ccredact.archive.file_names import FileNames
    from ccredact.archive.manifest import Manifest
    from ccredact.archive.places import Unit
    from ccredact.archive.unit import Settings
    from ccredact.formats import Record

_COMPRESSED: Final = {"gzip", "zstd"}


@dataclass(slots=True)
class Survey:
    """What was found: files and bytes by kind, and of the files how many would be done.

    `problems` has files that would be left; what is wrong further inside a file is found by a run alone. `samples` are
    the first calls of some files, `notices` what should be known of files that would be done.
    """

    files: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    to_do: int = 0
    done: int = 0
    in_the_way: int = 0
    problems: list[Quarantined] = field(default_factory=list)
    notices: list[Noticed] = field(default_factory=list)
    samples: list[Record] = field(default_factory=list, repr=False)


def survey(settings: Settings, names: FileNames, manifest: Manifest, *, samples: int, replace: bool) -> Survey:
    """Look at the beginning of every file; nothing is written. `samples` says of how many files a call is given."""
    found = Survey()
    chosen = {key_of(unit) for unit in heapq.nsmallest(4 * samples, settings.units(names), key=key_of)}
    for unit in settings.units(names):
        if key_of(unit) in manifest.done or touched(unit, manifest, settings):
            found.done += 1
            continue
        name = settings.output_of(unit.name)
        if not settings.unpack and not replace and name not in manifest.ours and settings.target.size(name) is not None:
            found.in_the_way += 1
            continue
        wants = key_of(unit) in chosen and len(found.samples) < samples
        error = _looked_at(unit, settings, found, wants_sample=wants)
        if error is None:
            found.to_do += 1
        else:
            found.problems.append(Quarantined(unit.name, error.position, cause_of(error), error.problem))
    return found


def _looked_at(unit: Unit, settings: Settings, found: Survey, *, wants_sample: bool) -> FormatError | None:
    if unit.problem:
        return RefusedError(unit.problem, cause=unit.cause, source=unit.name)
    try:
        with settings.source.open(unit.path) as raw:
            kind, stream, document = _kind(raw, unit.name, settings)
            found.files[kind] += 1
            found.sizes[kind] += unit.size
            if isinstance(document, Beginning):
                notices, record = first_call(
                    document,
                    cast("BinaryIO", stream),
                    name=unit.name,
                    options=settings.options,
                    policy=settings.policy,
                )
                found.notices += notices
                if wants_sample and record is not None:
                    found.samples.append(record)
                return None
            known = FORMATS.get(kind.partition(" in ")[0])
            if wants_sample and known is not None:
                reading = known.read(cast("BinaryIO", stream), source=unit.name, policy=settings.policy)
                record = attempt(partial(next, reading, None), source=unit.name)
                if record is not None and not isinstance(record, FormatError) and record.is_call:
                    found.samples.append(record)
    except FormatError as error:
        return error
    except CcredactError as error:
        return RefusedError(str(error), cause=Cause.EXTRA, source=unit.name)
    except OSError as error:
        return failed(error, Cause.INPUT, unit.name)
    return None


def _kind(raw: BinaryIO, name: str, settings: Settings) -> tuple[str, io.BufferedReader, Document | None]:
    """Return what kind of file begins here ("jsonl", "zip", "jsonl in gzip"), a stream of it, and what reads it."""
    stream = peekable(raw)
    head = stream.peek(HEAD_BYTES)
    layer = layer_name(head)
    around = ""
    if layer in _COMPRESSED:
        inner = gzip.GzipFile(fileobj=stream) if layer == "gzip" else open_zstd(cast("BinaryIO", stream), "rb")
        guard = Guarded(inner, name=name, meter=Meter(settings.limits), packed=lambda: settings.limits.total)
        stream, around = peekable(cast("BinaryIO", guard)), f" in {layer}"
        head = stream.peek(HEAD_BYTES)
        layer = layer_name(head)
    if layer or not head:
        return f"{layer or 'empty'}{around}", stream, None
    document = document_for(head, name=name, detected_as=uncompressed_name(name), options=settings.options)
    return f"{document.name}{around}", stream, document
