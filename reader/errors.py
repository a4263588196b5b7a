"""The world's faults: torn files, full disks, missing sheets.

An error carries facts; the sentence a person reads, in their language, stands in `messages.py`. Our own mistakes are
not errors of this kind and are not caught.
"""


class ReaderError(Exception):
    """Something outside the program keeps it from doing what was asked.

    `kind` names the sentence in `messages.SENTENCES`; `facts` are the named fields of that sentence.
    """

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(kind, facts)
        self.kind = kind
        self.facts = facts
