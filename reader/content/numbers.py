"""Numbers of sheets that the program itself knows."""

GLOSSARY = 901
DANGER_SIGNS = 902
ALL_TOPICS = 1000
CLINIC_NUMBERS = range(5000, 10000)
"""A clinic's own sheets; a library never uses these."""
