"""Where a run reads and where it writes, by what its user has named: files, folders and URLs."""

from __future__ import annotations

from pathlib import Path

from ccredact.archive.places import MANIFEST, Folder, Source, Target
from ccredact.archive.remote import Remote, is_remote_folder, is_url
from ccredact.errors import OutputError


def endpoints(src: str | Path, dst: str | Path, *, unpack: bool) -> tuple[Source, Target, str, Path]:
    """Return source and target, the name of the output where the archive is one file, and the manifest's path."""
    there, here = is_url(str(src)), is_url(str(dst))
    if not there and not here:
        return _local_places(Path(src), Path(dst), unpack=unpack)
    if not there and not Path(src).exists():
        raise OutputError(f"{src} does not exist")
    is_folder = is_remote_folder(str(src)) if there else Path(src).is_dir()
    source: Source = Remote.of(str(src), is_folder=is_folder) if there else _local(Path(src), is_folder=is_folder)
    if is_folder or unpack or str(dst).endswith("/") or (not here and Path(dst).is_dir()):
        target: Target = Remote.of(str(dst), is_folder=True) if here else Folder(Path(dst))
        output = "" if is_folder else str(src).rpartition("/")[2]
    else:
        target = Remote.of(str(dst), is_folder=False) if here else _local(Path(dst), is_folder=False)
        output = str(dst).rpartition("/")[2]
    if here:
        return source, target, output, target.scratch / MANIFEST
    return source, target, output, _manifest_of(Path(dst), is_file=isinstance(target, Folder) and bool(target.only))


def _local(path: Path, *, is_folder: bool) -> Folder:
    return Folder(path) if is_folder else Folder(path.parent, path.name)


def _manifest_of(dst: Path, *, is_file: bool) -> Path:
    return dst.with_name(f"{dst.name}.manifest.jsonl") if is_file else dst / MANIFEST


def _local_places(src: Path, dst: Path, *, unpack: bool) -> tuple[Source, Target, str, Path]:
    if not src.exists():
        raise OutputError(f"{src} does not exist")
    if src.is_dir():
        if dst.exists() and not dst.is_dir():
            raise OutputError(f"{dst} is a file: name a folder")
        inside, outside = src.resolve(), dst.resolve()
        if inside == outside or inside in outside.parents or outside in inside.parents:
            raise OutputError("the archive and its copy may not lie in each other")
        return Folder(src), Folder(dst), "", dst / MANIFEST
    source = Folder(src.parent, src.name)
    if dst.is_dir() or unpack:
        return source, Folder(dst), src.name, dst / MANIFEST
    if not dst.parent.is_dir():
        raise OutputError(f"the folder of {dst} does not exist")
    if dst.resolve() == src.resolve():
        raise OutputError("the archive and its copy may not be one file")
    return source, Folder(dst.parent, dst.name), dst.name, _manifest_of(dst, is_file=True)
