"""The window: screens that show what `program` says and report what the person did.

Signals go up and say what happened; calls go down. Screens never import each other; `main_window` wires them.
"""
