"""How hard a text is to read, computed offline.

English: Flesch-Kincaid grade, 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid and others, 1975, Navy
Research Branch Report 8-75). Spanish: Szigriszt-Pazos perspicuity, 206.835 - 62.3 syllables/words - words/sentences
(Szigriszt Pazos, 1993, thesis, Universidad Complutense de Madrid). Syllables come from Pyphen's hyphenation patterns.

A word that the reader has to learn anyway counts as two syllables: names of medicines, germs and tests, words of the
sheet's own title, abbreviations and anything with a figure in it. Headings are left out, so is what stands for health
workers unless the sheet is theirs; a list item ends a sentence, and so do colons before a list and semicolons.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

from reader.content.document import Document
from reader.content.plain import passages

_SENTENCE_END = re.compile(r"(?<=[.!?;…])[\"”»)]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PATTERNS = {"en": "en_US", "es": "es"}


@dataclass(frozen=True)
class Reading:
    """`grade` is Flesch-Kincaid's school year for English, Szigriszt-Pazos's ease (0 to 100) for Spanish.

    `longest` is the longest sentence with its number of words.
    """

    words: int
    grade: float
    longest: str
    longest_words: int


def measure(document: Document, language: str, known: frozenset[str], title: str) -> Reading:
    """The reading of the document as given: leave out beforehand what is not to count."""
    sentences = [s for section in document.sections for p in passages(section) for s in sentences_of(p)]
    easy = known | {word.casefold() for word in _WORD.findall(title)}
    return measure_sentences(sentences, language, easy)


def measure_sentences(sentences: Iterable[str], language: str, easy: frozenset[str]) -> Reading:
    """The reading of a list of sentences."""
    counted = [(words, sentence) for sentence in sentences if (words := _WORD.findall(sentence))]
    if not counted:
        return Reading(0, 0.0, "", 0)
    all_words = [word for words, _ in counted for word in words]
    syllables = sum(2 if _is_name(word, easy) else syllable_count(word, language) for word in all_words)
    per_word, per_sentence = syllables / len(all_words), len(all_words) / len(counted)
    if language == "es":
        grade = 206.835 - 62.3 * per_word - per_sentence
    else:
        grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    longest_words, longest = max((len(words), sentence) for words, sentence in counted)
    return Reading(len(all_words), round(grade, 1), longest, longest_words)


def sentences_of(passage: str) -> list[str]:
    """The sentences of one paragraph or list item.

    >>> sentences_of("Call. Do not wait: go.")
    ['Call.', 'Do not wait: go.']
    """
    return [sentence for sentence in _SENTENCE_END.split(passage) if sentence.strip()]


def syllable_count(word: str, language: str) -> int:
    """Pyphen's hyphenation points and one, never less than the groups of vowels would suggest for short words."""
    return len(_patterns(language).positions(word.casefold())) + 1


@cache
def _patterns(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_PATTERNS.get(language, "en_US"), left=1, right=1)


def _is_name(word: str, easy: frozenset[str]) -> bool:
    folded = word.casefold()
    return folded in easy or any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper())
