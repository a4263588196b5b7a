"""Decides which head answers: the window (`carrel` alone, `tour`, the Qt part of `self-test`) or the command line.

Each head is imported only where it is wanted, so that neither waits for the other.
"""

import gc
import sys
from multiprocessing import freeze_support

from reader import call


def main() -> int:
    """Run what the command line asks for; the exit code."""
    freeze_support()  # in a bundle, the child that sets long packets begins here too
    arguments = call.parse(sys.argv[1:])
    match arguments.command:
        case None:
            gc.disable()  # nothing made on the way to the first picture is garbage; `run_window` switches it on again
            from reader.program import open_reader
            from reader.ui.app import run_window

            return run_window(arguments, open_reader)
        case "tour":
            from reader.ui.tour import run_tour

            return run_tour(arguments)
        case "self-test":
            from reader.ui.window_test import show_on, window_steps

            if arguments.platform:
                return show_on(arguments.platform)
            from reader import cli

            return cli.run(arguments, window_steps)
        case _:
            from reader import cli

            return cli.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
