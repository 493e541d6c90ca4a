"""Work shared out to processes: a process that dies takes no other job with it, and none outlives its owner.

Processes are spawned, so that it does not matter what threads the owner has. A job goes to a process when it is free;
when the process dies, the job is split where it can be, and tried once more by itself. A process that is stopped, or
goes round in circles, gives no sign of life (`Beat`): after a time it is killed, and has died.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.context import SpawnProcess
    from types import TracebackType
    from typing import Self

J = TypeVar("J")
R = TypeVar("R")

Beat = Callable[[], None]
"""What a process calls when it has got on with its job."""
_BEAT_S: Final = 1.0
"""How often that is at most."""
_TRIES: Final = 2
"""How many processes may die of one job."""
_ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_PATIENCE_S: Final = 5.0
"""How long a process is waited for that was told to end."""
_START_S: Final = 600.0
"""How long a process may take to begin, at the least: a machine may be busy, and a model large."""
_LONGEST_WAIT_S: Final = 3600.0
"""More than some systems can wait at once is infinite for them, or an error."""


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands for the result of a job of which every process died; `is_hung`, the last one by our hand."""

    is_hung: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """What stands for the result of a job that raised what it must not: the kind of error, without its text."""

    kind: str


@dataclass(frozen=True, slots=True)
class _GotOn:
    """What a process sends while it is at a job."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[J, R]):
    """A job that has been done: its number, and of a job that was split the part; `is_last` of its parts."""

    number: int
    part: int
    job: J = field(repr=False)
    result: R | Lost | Raised = field(repr=False)
    is_last: bool


@dataclass(slots=True)
class _Job(Generic[J]):
    number: int
    given: J = field(repr=False)
    part: int = 0
    tries: int = 0


@dataclass(slots=True)
class _Worker(Generic[J]):
    process: SpawnProcess
    connection: Connection[Any, Any]
    job: _Job[J] | None = None
    is_ready: bool = False
    patience: float = math.inf
    until: float = math.inf


class _Queue(Generic[J]):
    """Jobs that are to be done, those to be tried again first."""

    def __init__(self, jobs: Iterable[J], ahead: int | None) -> None:
        self._coming = enumerate(jobs)
        self._ahead = ahead
        self._following = 0
        self._again: deque[_Job[J]] = deque()
        self._unfinished: dict[int, int] = {}  # how many parts of each job are under way, in the order of the jobs

    def __bool__(self) -> bool:
        return bool(self._unfinished)

    def take(self) -> _Job[J] | None:
        """Return the next job; None where there is none now."""
        if self._again:
            return self._again.popleft()
        if self._ahead is not None and self._following - next(iter(self._unfinished), self._following) >= self._ahead:
            return None
        for number, given in self._coming:
            self._unfinished[number] = 1
            self._following = number + 1
            return _Job(number, given)
        return None

    def retry(self, job: _Job[J], parts: Sequence[_Job[J]]) -> None:
        """Do the parts instead of the job."""
        self._unfinished[job.number] += len(parts) - 1
        self._again.extend(parts)

    def done(self, job: _Job[J]) -> bool:
        """Forget a job, or part of one; return whether it was the last."""
        self._unfinished[job.number] -= 1
        if self._unfinished[job.number]:
            return False
        del self._unfinished[job.number]
        return True


class Workers(Generic[J, R]):
    """Processes that each do jobs with what `make` has made there; `make`, jobs and results travel by pickle.

    `make` is given what a job calls when it gets on. `split` makes several jobs of one of which a process has died, so
    that only the one is lost that it dies of. `patience` says for how many seconds a process may not get on with a
    job. Used as a context manager: behind the block no process is left.
    """

    def __init__(
        self,
        make: Callable[[Beat], Callable[[J], R]],
        *,
        count: int,
        split: Callable[[J], Sequence[J]] = lambda job: (job,),
        patience: Callable[[J], float] = lambda job: math.inf,  # noqa: ARG005
    ) -> None:
        self._patience = patience
        self._make = make
        self._split = split
        self._count = count
        self._workers: list[_Worker[J]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """Return the numbers of the processes that run."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def close(self) -> None:
        """End the processes, whatever they are at."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_PATIENCE_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.process.close()

    def outcomes(self, jobs: Iterable[J], *, ahead: int | None = None) -> Iterator[Outcome[J, R]]:
        """Yield the jobs as they end; they are taken when they can be begun.

        With `ahead` a job is not begun while one is unfinished that was given so many before it.
        """
        queue = _Queue(jobs, ahead)
        while True:
            while self._has_room() and (job := queue.take()) is not None:
                self._send(self._idle(), job)
            if not queue:
                return
            for worker, done in self._ready():
                result = self._received(worker)
                if result is None:
                    continue
                if isinstance(result, Lost) and (parts := self._parts(done)):
                    queue.retry(done, parts)
                    continue
                is_last = queue.done(done)
                yield Outcome(done.number, done.part, done.given, result, is_last)

    def ordered(self, jobs: Iterable[J], *, ahead: int) -> Iterator[tuple[J, R | Lost | Raised]]:
        """Yield each job and its result in the order of the jobs; at most `ahead` results wait for an earlier one."""
        waiting: dict[int, list[Outcome[J, R]]] = {}
        ready: set[int] = set()
        following = 0
        for outcome in self.outcomes(jobs, ahead=ahead):
            waiting.setdefault(outcome.number, []).append(outcome)
            if outcome.is_last:
                ready.add(outcome.number)
            while following in ready:
                ready.remove(following)
                for part in sorted(waiting.pop(following), key=lambda one: one.part):
                    yield part.job, part.result
                following += 1

    def _has_room(self) -> bool:
        return len(self._workers) < self._count or any(worker.job is None for worker in self._workers)

    def _idle(self) -> _Worker[J]:
        """Return a process without a job: a new one where all are at work."""
        return next((worker for worker in self._workers if worker.job is None), None) or self._begin()

    def _begin(self) -> _Worker[J]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._make), daemon=True)
        try:
            process.start()
        finally:
            theirs.close()
        worker: _Worker[J] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker[J], job: _Job[J]) -> None:
        worker.job = job
        worker.patience = self._patience(job.given)
        worker.until = time.monotonic() + max(worker.patience, 0.0 if worker.is_ready else _START_S)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died: `_received` finds out
            worker.connection.send(job.given)

    def _ready(self) -> list[tuple[_Worker[J], _Job[J]]]:
        busy = [(worker, worker.job) for worker in self._workers if worker.job is not None]
        left = min(worker.until for worker, _ in busy) - time.monotonic()
        ready = wait([worker.connection for worker, _ in busy], max(0.0, min(left, _LONGEST_WAIT_S)))
        now = time.monotonic()
        return [(worker, job) for worker, job in busy if worker.connection in ready or worker.until <= now]

    def _received(self, worker: _Worker[J]) -> R | Lost | Raised | None:
        """Return the result of a worker, or that it has died or is hung; None where it has got on and goes on."""
        is_hung = False
        try:
            is_hung = not worker.connection.poll()  # what it has sent while the owner was busy counts
            result: R | Raised | _GotOn | None = None if is_hung else worker.connection.recv()
        except (EOFError, OSError):
            result = None
        if isinstance(result, _GotOn):
            worker.is_ready = True
            worker.until = time.monotonic() + worker.patience
            return None
        worker.job = None
        if result is not None:
            return result
        worker.process.kill()
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        worker.process.close()
        return Lost(is_hung)

    def _parts(self, job: _Job[J]) -> list[_Job[J]]:
        """Return what is still to be tried of a job of which a process has died."""
        parts = self._split(job.given)
        if len(parts) > 1:
            return [_Job(job.number, part, number) for number, part in enumerate(parts)]
        return [_Job(job.number, job.given, job.part, job.tries + 1)] if job.tries + 1 < _TRIES else []


class _Beating:
    """Tells the owner that a job has got on, now and then."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._last = 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._last >= _BEAT_S:
            self._last = now
            with suppress(BrokenPipeError, ConnectionResetError):
                self._connection.send(_GotOn())


def _serve(connection: Connection[Any, Any], make: Callable[[Beat], Callable[[Any], Any]]) -> None:
    """Do jobs until the owner is gone; nothing of an error but its kind leaves the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")  # there is a process for each core
    beat = _Beating(connection)
    work = make(beat)
    beat()
    while True:
        try:
            job = connection.recv()
        except (EOFError, OSError):
            return
        try:
            result = work(job)
        except Exception as error:  # noqa: BLE001  (it may carry text)
            result = Raised(type(error).__name__)
        del job
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.send(result)
        del result
