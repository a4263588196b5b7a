"""Decides which head answers: the window (`carrel` alone, `tour`, the Qt part of `self-test`) or the command line.

Qt is imported only where a window is wanted.
"""

import sys

from reader import cli


def main() -> int:
    """Run what the command line asks for; the exit code."""
    arguments = cli.parse(sys.argv[1:])
    match arguments.command:
        case None:
            from reader.ui.app import run_window

            return run_window(arguments)
        case "tour":
            from reader.ui.tour import run_tour

            return run_tour(arguments)
        case "self-test":
            from reader.ui.app import window_steps

            return cli.run(arguments, window_steps)
        case _:
            return cli.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
