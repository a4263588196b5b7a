"""`carrel check`: what an author is told about the library's files.

Every rule is a function from the `Material` to problems, listed in `rules.RULES`; `readability` measures how hard a
text is, `translation_rules` compares languages, `picture_rules` keeps drawings to what both engines draw alike.
"""
