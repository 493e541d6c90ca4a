"""Publishing what workers have written: made to last, noted in the manifest, and then given its name.

It runs beside the workers, in groups: many parts are made to last at once, which takes a disk little longer than one.
"""

from __future__ import annotations

import os
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from ccredact.archive.causes import Cause
from ccredact.archive.manifest import Manifest, line_of
from ccredact.archive.steps import Step
from ccredact.archive.streams import failed
from ccredact.archive.unit import Done, Settings, drop, left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_THREADS: Final = 8
_WAITING: Final = 64
"""Lists of finished files that may wait: workers are not let run away from the disk."""
_GROUP: Final = 512
"""Finished files that are published together, at most."""


class Committer:
    """Publishes finished files, in a thread of its own; a context manager, behind whose block all are published.

    `published` is told of each file when it is. What stops a run (a manifest that cannot be written) is raised by
    `give` or at the end of the block.
    """

    def __init__(
        self, settings: Settings, manifest: Manifest, published: Callable[[Done], None], *, replace: bool
    ) -> None:
        self._settings = settings
        self._manifest = manifest
        self._published = published
        self._replace = replace
        self._may_meet = settings.unpack or settings.redact_file_names
        self._coming: queue.Queue[Sequence[Done] | None] = queue.Queue(_WAITING)
        self._failure: BaseException | None = None
        self._dropping = False
        self._thread = threading.Thread(target=self._run, name="ccredact-commit", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._dropping = kind is not None
        self._coming.put(None)
        self._thread.join()
        if self._failure is not None and kind is None:
            raise self._failure

    def give(self, done: Sequence[Done]) -> None:
        """Publish finished files, soon."""
        if self._failure is not None:
            raise self._failure
        self._coming.put(done)

    def in_the_way(self, name: str) -> bool:
        """Return whether a file stands where an output belongs that may not be replaced."""
        if self._replace or name in self._manifest.ours:
            return False
        return self._settings.target.size(name) is not None

    def why(self, name: str) -> str:
        """Return why it is in the way, in fixed words."""
        return self._manifest.why(name)

    def _run(self) -> None:
        with ThreadPoolExecutor(_THREADS, "ccredact-sync") as threads:
            while (group := self._next_group()) is not None:
                if self._failure is not None or self._dropping:
                    drop(group)
                    continue
                try:
                    self._publish(group, threads)
                except BaseException as failure:  # noqa: BLE001  (it is raised where it is waited for)
                    drop(group)
                    self._failure = failure

    def _next_group(self) -> list[Done] | None:
        first = self._coming.get()
        if first is None:
            return None
        group = list(first)
        while len(group) < _GROUP:
            try:
                more = self._coming.get_nowait()
            except queue.Empty:
                break
            if more is None:
                self._coming.put(None)
                break
            group += more
        return group

    def _publish(self, group: list[Done], threads: ThreadPoolExecutor) -> None:
        at = self._settings.at
        group = list(threads.map(self._synced, map(self._claimed, group)))
        at(Step.NOTE)
        self._manifest.append(map(line_of, group))
        at(Step.NOTED)
        names: list[str] = []
        wrong: list[Done] = []
        for number, done in enumerate(group):
            problem = self._named(done, names)
            if problem is not None:
                group[number] = problem
                wrong.append(problem)
        at(Step.PUBLISHED)
        self._settings.target.settle(names)
        if wrong:
            self._manifest.append(map(line_of, wrong))
        at(Step.MARK)
        self._manifest.mark()
        for done in group:
            self._published(done)

    def _claimed(self, done: Done) -> Done:
        """Return the same, or that it is left, where the output of another file has the name of one of its outputs."""
        if not self._may_meet or self._manifest.claim(done.unit, [output.name for output in done.outputs]):
            return done
        drop([done])
        return left(done.unit, "the output of another file has its name", Cause.DUPLICATE)

    def _synced(self, done: Done) -> Done:
        """Make the parts of a file last, where they may be published."""
        unit = done.unit
        names = [output.name for output in done.outputs]
        if any(map(self.in_the_way, names)):
            drop([done])
            return left(unit, self.why(next(filter(self.in_the_way, names))), Cause.EXISTS)
        try:
            for output in done.outputs:
                self._settings.at(Step.SYNC)
                _sync(output.part)
        except OSError as error:
            failure = failed(error, Cause.OUTPUT, unit.name)
            drop([done])
            return left(unit, failure.problem, failure.cause)
        return done

    def _named(self, done: Done, names: list[str]) -> Done | None:
        """Give the parts of a file their names; return why it is left, None where it is not."""
        try:
            for output in done.outputs:
                self._settings.at(Step.PUBLISH)
                self._settings.target.publish(output.part, output.name)
                names.append(output.name)
        except OSError as error:
            failure = failed(error, Cause.OUTPUT, done.unit.name)
            drop([done])
            return left(done.unit, failure.problem, failure.cause)
        return None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
