"""Long packets: set in a child process, because Typst cannot be stopped from within.

The sheets are made ready here, one by one, with progress; then the child sets the pages while this process looks, many
times a second, whether somebody wants to stop. A child that is stopped leaves nothing behind.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from reader.errors import ReaderError
from reader.handouts.data import Progress
from reader.handouts.options import HandoutOptions, HandoutSheet
from reader.handouts.typesetting import Task, make_task

LONG = 30
"""From so many sheets on, a child sets the pages."""
_LOOK_EVERY = 0.05

Cancelled = Callable[[], bool]


class StoppedError(Exception):
    """Somebody wanted to stop; nothing was made."""


def make_stoppable_pdf(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    folders: tuple[Path, Path, Path],
    progress: Progress | None = None,
    cancelled: Cancelled = lambda: False,
) -> bytes:
    """The PDF of the sheets. `folders` are fonts, template and pictures; `progress` gets the sheets done and all.

    Raises StoppedError where `cancelled` says so, and ReaderError as `make_pdf` does.
    """

    def told(done: int, all: int) -> None:
        if cancelled():
            raise StoppedError
        if progress:
            progress(done, all)

    task = make_task(sheets, options, *folders, told)
    return task.pdf() if len(sheets) < LONG else _in_child(task, cancelled)


def _in_child(task: Task, cancelled: Cancelled) -> bytes:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(task, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        while not ours.poll(_LOOK_EVERY):
            if cancelled():
                raise StoppedError
        try:
            made: object = ours.recv()
        except EOFError as error:
            raise ReaderError("handout-failed", reason=f"{child.exitcode}") from error
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(made, bytes):
        return made
    raise ReaderError("handout-failed", reason=str(made))


def _work(task: Task, answer: "Connection[object, object]") -> None:
    """In the child: the PDF, or the words of what went wrong."""
    try:
        answer.send(task.pdf())
    except ReaderError as error:
        answer.send(str(error.facts.get("reason", error.kind)))
