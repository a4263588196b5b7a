"""What is wrong with a file of the library."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file: line (from 1), the rule it breaks, and what to do about it."""

    line: int
    rule: str
    message: str
