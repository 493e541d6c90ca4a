"""What lies around documents: compression and containers, told by their first bytes and read as streams.

Nothing is ever extracted: a member is read from its container, redacted, and written to the new one, or under a checked
name to a folder. The new container has the members in the order of the old one, with their times.
"""

from __future__ import annotations

import gzip
import io
import posixpath
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.containers import FolderMembers, Member, Members, TarMembers, ZipMembers, tar_members, zip_members
from ccredact.archive.document import Options, seekable
from ccredact.archive.documents import document_for
from ccredact.archive.file_names import FileNames
from ccredact.archive.names import folders_of, name_problem, same_name, uncompressed_name
from ccredact.archive.places import MANIFEST
from ccredact.archive.streams import BLOCK, Counted, Guarded, Meter, broken, failed
from ccredact.archive.tally import Tally
from ccredact.archive.zstd import open_zstd
from ccredact.errors import FormatError, MissingExtraError
from ccredact.formats import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccredact.redactor import Redactor

_IN_MEMORY: Final = 8 << 20
"""How much of a redacted member is held before it goes to the disk, in bytes."""
_LEVEL: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What documents are redacted with, and counted by.

    `scratch` is where redacted members may wait on the disk, under no name. With `folder` the members of the outermost
    container go there, and not into a container.
    """

    redactor: Redactor
    names: FileNames
    options: Options
    meter: Meter
    tally: Tally
    scratch: Path
    folder: FolderMembers | None = None
    depth: int = 0

    def inside(self, tally: Tally, *, folder: FolderMembers | None = None) -> Work:
        """Return the work on what lies in this."""
        return replace(self, tally=tally, folder=folder, depth=self.depth + 1)


def redact_stream(source: BinaryIO | io.BufferedReader, sink: BinaryIO, *, name: str, work: Work) -> None:
    """Redact a document, or all documents in a container, to the same kind of thing.

    Raises `FormatError` where it cannot be read as a whole; what was written and counted is then worth nothing.
    """
    stream = peekable(source)
    layer = _layer(stream.peek(HEAD_BYTES))
    if layer is None:
        _document(stream, sink, name, work)
        return
    if work.depth >= work.meter.limits.depth:
        problem = f"it lies in more than {work.meter.limits.depth} containers"
        raise RefusedError(problem, cause=Cause.DEPTH, source=name)
    layer(cast("BinaryIO", stream), sink, name, work)


def peekable(source: BinaryIO | io.BufferedReader) -> io.BufferedReader:
    """Return a stream that shows its first `HEAD_BYTES` before they are read; it owns `source`."""
    if isinstance(source, io.BufferedReader):
        return source  # a second one would close the first when it goes
    return io.BufferedReader(cast("io.RawIOBase", source), HEAD_BYTES)


def layer_name(head: bytes) -> str:
    """Return what kind of container begins with `head`, "" for none."""
    layer = _layer(head)
    return "" if layer is None else _NAMES[layer]


def _document(stream: io.BufferedReader, sink: BinaryIO, name: str, work: Work) -> None:
    counted = Tally()
    head = stream.peek(HEAD_BYTES)
    if head:
        document = document_for(head, name=name, detected_as=uncompressed_name(name), options=work.options)
        del head  # no frame of a traceback may hold it
        try:
            document.process(
                cast("BinaryIO", stream), sink, name=name, redactor=work.redactor, options=work.options, tally=counted
            )
        except FormatError:
            work.tally.other_language += counted.other_language
            raise
    counted.files_in = counted.files_out = 1
    work.tally.add(counted)


def _gzip(source: BinaryIO, sink: BinaryIO, name: str, work: Work) -> None:
    counted = Counted(source)
    with (
        gzip.GzipFile(fileobj=counted, mode="rb") as inner,
        gzip.GzipFile(filename="", fileobj=sink, mode="wb", compresslevel=_LEVEL, mtime=0) as out,
    ):
        _compressed(cast("BinaryIO", inner), counted, cast("BinaryIO", out), sink, name, work)


def _zstandard(source: BinaryIO, sink: BinaryIO, name: str, work: Work) -> None:
    counted = Counted(source)
    try:
        inner, out = open_zstd(cast("BinaryIO", counted), "rb"), open_zstd(sink, "wb")
    except MissingExtraError as error:
        problem = str(error)
    else:
        with inner, out:
            _compressed(cast("BinaryIO", inner), counted, cast("BinaryIO", out), sink, name, work)
        return
    raise RefusedError(problem, cause=Cause.EXTRA, source=name)


def _compressed(inner: BinaryIO, counted: Counted, out: BinaryIO, sink: BinaryIO, name: str, work: Work) -> None:
    """Redact what is compressed; a container in it whose members go to a folder is not compressed again."""
    guard = Guarded(inner, name=name, meter=work.meter, packed=lambda: counted.count)
    stream = peekable(cast("BinaryIO", guard))
    unpacks = work.folder is not None and _layer(_head(stream)) is _tar
    deeper = work.inside(work.tally, folder=work.folder if unpacks else None)
    error = tried(guard, stream, out if not unpacks else sink, name, deeper)
    if error is not None:
        raise error


def _head(stream: io.BufferedReader) -> bytes:
    """Return the beginning of a stream, b"" for one that is broken there: that is found out when it is read."""
    try:
        return stream.peek(HEAD_BYTES)
    except RefusedError:
        return b""


def tried(guard: Guarded, stream: io.BufferedReader, sink: BinaryIO, name: str, work: Work) -> FormatError | None:
    """Redact what a guarded stream holds, to its very end; return why it cannot be."""
    try:
        redact_stream(stream, sink, name=name, work=work)
        while stream.read(BLOCK):  # a check sum stands at the end
            pass
    except FormatError as error:
        found = error
    except OSError as error:
        found = failed(error, Cause.OUTPUT, name)
    except Exception as error:  # noqa: BLE001  (it may carry text)
        found = RefusedError(f"it cannot be handled ({type(error).__name__})", cause=Cause.INTERNAL, source=name)
    else:
        return None
    return guard.failure or found


def _zip(source: BinaryIO, sink: BinaryIO, name: str, work: Work) -> None:
    stream = seekable(source, name=name, options=work.options)
    if work.folder is not None:
        work.folder.begin()
        _members(zip_members(stream, name), work.folder, name, work)
        return
    with closing(ZipMembers(sink)) as out:
        _members(zip_members(stream, name), out, name, work)


def _tar(source: BinaryIO, sink: BinaryIO, name: str, work: Work) -> None:
    if work.folder is not None:
        work.folder.begin()
        _members(tar_members(source, name), work.folder, name, work)
        return
    with closing(TarMembers(sink)) as out:
        _members(tar_members(source, name), out, name, work)


def _members(members: Iterable[Member], out: Members, name: str, work: Work) -> None:
    seen: set[str] = set()
    files: set[str] = set()
    folders: set[str] = set()
    for member in members:
        shown = work.names.shown(member.name, inside=name)
        full = f"{name}!{shown}"
        same = same_name(shown, folded=work.folder is not None)
        problem = name_problem(member.name)
        error: FormatError | None = None
        if problem:
            error = RefusedError(problem, cause=Cause.NAME, source=full)
        elif member.problem:
            error = RefusedError(member.problem, cause=member.cause, source=full)
        elif work.folder is not None and posixpath.basename(same) == MANIFEST:
            error = RefusedError("it has the name of the manifest", cause=Cause.NAME, source=full)
        elif same in seen:
            error = RefusedError("another member has its name", cause=Cause.DUPLICATE, source=full)
        elif work.folder is not None and (same in folders or not files.isdisjoint(folders_of(same))):
            error = RefusedError("another member has its name as a folder's", cause=Cause.DUPLICATE, source=full)
        else:
            error = _member(member, shown, out, full, work)
            if error is None and work.folder is not None:  # in a container a file and a folder may have one name
                files.add(same)
                folders.update(folders_of(same))
        seen.add(same)
        if error is not None:
            work.tally.leave_file(error)


def _member(member: Member, shown: str, out: Members, full: str, work: Work) -> FormatError | None:
    """Redact one member; return why it is left."""
    counted = Tally()
    try:
        content = member.open()
    except Exception as error:  # noqa: BLE001  (a message may quote what is read)
        return broken(error, full)
    with content, SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(work.scratch)) as held:
        spool = cast("BinaryIO", held)
        guard = Guarded(content, name=full, meter=work.meter, packed=member.packed)
        left = tried(guard, peekable(cast("BinaryIO", guard)), spool, full, work.inside(counted))
        if left is not None:
            work.tally.other_language += counted.other_language
            return left
        size = spool.tell()
        spool.seek(0)
        out.add(shown, member, size, spool)
    work.tally.add(counted)
    return None


_Layer = Callable[[BinaryIO, BinaryIO, str, Work], None]
_NAMES: Final[dict[_Layer, str]] = {_gzip: "gzip", _zstandard: "zstd", _zip: "zip", _tar: "tar"}
_TAR_MARK: Final = 257


def _layer(head: bytes) -> _Layer | None:
    if head.startswith(b"\x1f\x8b"):
        return _gzip
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return _zstandard
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip
    return _tar if head[_TAR_MARK : _TAR_MARK + 5] == b"ustar" else None
