"""Zip and tar: their members as streams, one after the other, and new containers with members in the same order."""

from __future__ import annotations

import shutil
import stat
import tarfile
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Protocol, Self, cast

from ccredact.archive.causes import Cause, RefusedError
from ccredact.archive.streams import BLOCK, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENCRYPTED: Final = 1
_END: Final = "EOFHeaderError"
"""What the library raises within itself at the end mark of a tar; types for it are not published."""
_LARGE: Final = (1 << 31) - 1
_OWNER_ALONE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container: `packed` says how many bytes of it have been read from the container.

    With a `problem`, in fixed words, it is not to be opened. `header` is the container's own description of it.
    """

    name: str
    open: Callable[[], IO[bytes]]
    packed: Callable[[], int]
    header: zipfile.ZipInfo | tarfile.TarInfo
    problem: str = ""
    cause: Cause = Cause.FORMAT


class Members(Protocol):
    """Where redacted members go."""

    def add(self, name: str, member: Member, size: int, content: BinaryIO) -> None:
        """Write a member of `size` bytes under a name."""


def zip_members(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the members of a zip in the order of its directory; raises `RefusedError` for a broken one."""
    try:
        container = zipfile.ZipFile(stream)
    except Exception as error:  # noqa: BLE001  (a message may quote what is read)
        failure = broken(error, name)
    else:
        with container:
            for info in container.infolist():
                if not info.is_dir():
                    yield _zip_member(container, info)
        return
    raise failure


def _zip_member(container: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    problem, cause = "", Cause.FORMAT
    mode = info.external_attr >> 16
    if info.flag_bits & _ENCRYPTED:
        problem, cause = "it is encrypted", Cause.ENCRYPTED
    elif stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        problem, cause = "it is a link or a device", Cause.LINK
    return Member(
        info.orig_filename,
        lambda: container.open(info),
        lambda: info.compress_size,
        info,
        problem,
        cause,
    )


class FolderMembers(Members, Protocol):
    """Where redacted members go that are unpacked."""

    def begin(self) -> None:
        """Say that members are to come."""


class ZipMembers:
    """A new zip: members keep their times and kind of compression."""

    def __init__(self, sink: BinaryIO) -> None:
        self._out = zipfile.ZipFile(sink, "w")

    def add(self, name: str, member: Member, size: int, content: BinaryIO) -> None:
        """Write a member of `size` bytes under a name."""
        old = cast("zipfile.ZipInfo", member.header)
        info = zipfile.ZipInfo(name, old.date_time)
        info.compress_type = old.compress_type
        info.create_system = old.create_system
        info.external_attr = old.external_attr
        with self._out.open(info, "w", force_zip64=size > _LARGE) as out:
            shutil.copyfileobj(content, out, BLOCK)

    def close(self) -> None:
        """Write the directory of the members."""
        self._out.close()


class _Header(tarfile.TarInfo):
    """The header of a member; one that is broken is not the end of the archive, as it is for the library."""

    @classmethod
    def fromtarfile(cls, container: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(container)
        except tarfile.HeaderError as error:
            cast("_Tar", container).is_damaged |= type(error).__name__ != _END
            raise


class _Tar(tarfile.TarFile):
    is_damaged = False
    members: list[tarfile.TarInfo]


def tar_members(stream: BinaryIO, name: str) -> Iterator[Member]:
    """Yield the members of a tar as they come; each is to be read before the next; raises `RefusedError`."""
    failure = None
    try:
        container = _Tar.open(fileobj=stream, mode="r|", tarinfo=_Header)
        while (info := container.next()) is not None:
            container.members.clear()  # the library keeps all
            if not info.isdir():
                yield _tar_member(container, info)
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001  (a message may quote what is read)
        failure = broken(error, name)
    else:
        if container.is_damaged:
            failure = RefusedError("its container is broken, or breaks off", cause=Cause.CORRUPT, source=name)
    if failure is not None:
        raise failure


def _tar_member(container: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    problem, cause = "", Cause.FORMAT
    if not info.isreg():
        problem, cause = "it is a link or a device", Cause.LINK
    elif info.issparse():
        problem = "it is stored with holes"
    return Member(
        info.name, lambda: cast("IO[bytes]", container.extractfile(info)), lambda: info.size, info, problem, cause
    )


class TarMembers:
    """A new tar: members keep their times, and are their owner's alone."""

    def __init__(self, sink: BinaryIO) -> None:
        self._out = tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  (`close`)

    def add(self, name: str, member: Member, size: int, content: BinaryIO) -> None:
        """Write a member of `size` bytes under a name."""
        info = tarfile.TarInfo(name)
        info.size = size
        info.mtime = cast("tarfile.TarInfo", member.header).mtime
        info.mode = _OWNER_ALONE
        self._out.addfile(info, content)

    def close(self) -> None:
        """Write the end of the archive."""
        self._out.close()
