"""Carrel, an offline reader of health fact sheets.

The rooms of this package, and which may know which, stand as data in `tests/test_architecture.py`.
"""

__version__ = "0.1.0"
