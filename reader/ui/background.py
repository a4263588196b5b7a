"""Slow work beside the window: plain functions in a helper thread, late answers to old questions dropped."""

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from reader.errors import ReaderError

Cancelled = Callable[[], bool]


class _Job(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


class Background(QObject):
    """Runs functions off the window's thread, one at a time for each kind of work; the newest question wins.

    `done` and `failed` are called on the window's thread, and only for the newest job of their kind. Errors other than
    ReaderError are our own mistakes: they are raised on the window's thread and reach the error report.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[str, QThreadPool] = {}
        self._newest: dict[str, int] = {}
        self._tickets = count(1)
        self._finished.connect(self._deliver)

    def run(
        self,
        kind: str,
        work: Callable[[Cancelled], Any],
        done: Callable[[Any], None],
        failed: Callable[[ReaderError], None] | None = None,
    ) -> None:
        """Start `work` after the earlier jobs of its kind, which are told that they are cancelled."""
        ticket = next(self._tickets)
        self._newest[kind] = ticket

        def old() -> bool:
            return self._newest[kind] != ticket

        def job() -> None:
            if old():
                return
            result, fault = None, None
            try:
                result = work(old)
            except Exception as error:
                fault = error
            self._finished.emit((kind, ticket, result, fault, done, failed))

        self._pool(kind).start(_Job(job))

    def drop(self, kind: str) -> None:
        """Cancel what runs of this kind and forget its answer."""
        self._newest[kind] = next(self._tickets)

    def wait(self) -> None:
        """Until nothing runs: before the program ends."""
        for kind in self._pools:
            self.drop(kind)
        for pool in self._pools.values():
            pool.waitForDone()

    def _pool(self, kind: str) -> QThreadPool:
        if kind not in self._pools:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            self._pools[kind] = pool
        return self._pools[kind]

    @Slot(object)
    def _deliver(self, outcome: tuple[Any, ...]) -> None:
        kind, ticket, result, fault, done, failed = outcome
        if self._newest.get(kind) != ticket:
            return
        if fault is None:
            done(result)
        elif isinstance(fault, ReaderError) and failed:
            failed(fault)
        else:
            raise fault
