"""Who makes the editions: this process, or a pool of them.

What makes editions is imported where they are made: with a pool, in its processes alone.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import Final

from workflow.store import Project
from workflow.work import Job, Result

_PRINTED: Final = frozenset(("pdf", "booklet", "bilingual"))
_SECONDS: Final[Mapping[str, float]] = {"html": 0.02, "md": 0.01, "epub": 0.07}
"""What an edition of four pages takes of a processor's time, see benchmarks/RESULTS.md."""
_SECONDS_PRINTED: Final = 0.3
_WORTH: Final = 0.5  # seconds: what it takes until a pool is there
_MOST: Final = 8  # processes, if nobody says how many: each takes some 100 MB


def run(project: Project, jobs: Sequence[Job], workers: int | None) -> Iterator[Result]:
    """Make editions; results come in the order of the jobs.

    Args:
        project: the project.
        jobs: what to make.
        workers: processes to use; with one, nothing leaves this process. None: as many as
            there are processors, if there is enough to do.
    """
    count = min(workers or _sensible(jobs), len(jobs))
    pool = _made(count, jobs) if count > 1 else None
    if pool is None:
        yield from (_perform(project, job) for job in jobs)
        return
    try:
        with _deaf_children():
            futures = [pool.submit(_perform, project, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            try:
                yield future.result()
            except BrokenExecutor:
                yield Result(job, errors=(f"{job.source} ({job.locale}): a worker was killed",))
    finally:
        pool.shutdown(cancel_futures=True)


def _made(count: int, jobs: Sequence[Job]) -> ProcessPoolExecutor | None:
    """A pool; None where the system has no semaphores for one, as some containers have none."""
    try:
        return ProcessPoolExecutor(count, _context(jobs))
    except (OSError, ImportError, NotImplementedError):
        return None


def _sensible(jobs: Sequence[Job]) -> int:
    """One process for each processor; one alone, where a pool would come too late to help."""
    kinds = [kind for job in jobs for kind, _ in job.outputs]
    seconds = sum(_SECONDS.get(kind, _SECONDS_PRINTED) for kind in kinds)
    return min(_processors(), _MOST) if seconds > _WORTH else 1


def _processors() -> int:
    """Those that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context(jobs: Sequence[Job]) -> BaseContext:
    """Where the processes come from.

    Forking after Pango has started threads has crashed workers. On Linux they are copies of one
    that has read all modules and set nothing yet; macOS and Windows begin each anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    prints = any(kind in _PRINTED for job in jobs for kind, _ in job.outputs)
    context.set_forkserver_preload(["workflow.jobs", *["workflow.printing.ready"] * prints])
    return context


def _perform(project: Project, job: Job) -> Result:
    from workflow import jobs  # noqa: PLC0415

    return jobs.perform(project, job)


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; of those begun in here, none hears it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
