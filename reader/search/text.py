"""Words as search sees them: folded, cut, spelled one way, stemmed.

The same functions read sheets and questions, so that both meet: no accents, no capitals, American for British spelling,
one form for "U=U", joined and single forms of hyphenated words.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from whoosh.lang.snowball.english import EnglishStemmer  # pyright: ignore[reportMissingTypeStubs]
from whoosh.lang.snowball.spanish import SpanishStemmer  # pyright: ignore[reportMissingTypeStubs]

_EQUAL_SIGNS = re.compile(r"\b(u\s*=\s*u|i\s*=\s*i)\b")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
_WORD_OR_SIGN = re.compile(r"\b[uUiI]\s*=\s*[uUiI]\b|[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")

# British forms first, American second; the order matters only where one contains another.
_SPELLINGS = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"rrhoe", "rrhe"),
        (r"oedema", "edema"),
        (r"^oe(?=s|d)", "e"),
        (r"foet", "fet"),
        (r"coeli", "celi"),
        (r"haem", "hem"),
        (r"aemi", "emi"),
        (r"naem", "nem"),
        (r"paed", "ped"),
        (r"faec", "fec"),
        (r"caec", "cec"),
        (r"caesar", "cesar"),
        (r"gynaec", "gynec"),
        (r"anaesth", "anesth"),
        (r"leukaem", "leukem"),
        (r"manoeuv", "maneuv"),
        (r"sulph", "sulf"),
        (r"isation", "ization"),
        (r"(?<=[a-z]{3})is(?=e$|ed$|es$|er$|ing$)", "iz"),
        (r"(?<=[a-z]{3})ys(?=e$|ed$|es$|ing$)", "yz"),
        (r"(col|lab|tum|hum|hon|vap|fav|behavi|neighb|flav|rum|sav|od)our", r"\1or"),
        (r"^(cent|lit|fib|met)re(s?)$", r"\1er\2"),
        (r"^programme", "program"),
        (r"^ageing", "aging"),
        (r"^grey", "gray"),
        (r"ll(?=ing$|ed$|or$|ors$|er$|ers$)", "l"),
        (r"(licen|defen|offen|practi)c(?=e)", r"\1s"),
    )
)


def fold(text: str) -> str:
    """`text` in small letters without accents: "Síntomas" and "sintomas" are one. Length may change.

    >>> fold("¿Qué es el SIRI?")
    '¿que es el siri?'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of `text` in order; hyphenated words come in their parts.

    >>> words("Needle-stick: CD4<100, 3TC/FTC, U=U")
    ['needle', 'stick', 'cd4', '100', '3tc', 'ftc', 'uequalsu']
    """
    folded = fold(text)
    if "=" in folded:
        folded = _EQUAL_SIGNS.sub(lambda sign: f"{sign[0][0]}equals{sign[0][0]}", folded)
    return [part for match in _WORD.finditer(folded) for part in _parts(match[0])]


def joined(text: str) -> list[str]:
    """Hyphenated words of `text` written as one, folded.

    >>> joined("a needle-stick injury")
    ['needlestick']
    """
    return [match[0].replace("-", "") for match in _WORD.finditer(fold(text)) if "-" in match[0]]


def spans(text: str) -> list[tuple[int, int, list[str]]]:
    """Where each word of `text` stands (start, end) with its folded parts; hyphenated words come in one piece."""
    found: list[tuple[int, int, list[str]]] = []
    for match in _WORD_OR_SIGN.finditer(text):
        word = match[0]
        parts = [word.lower()] if word.isascii() and word.isalnum() else words(word)
        found.append((match.start(), match.end(), parts))
    return found


def _parts(word: str) -> list[str]:
    if word.isalnum():
        return [word]
    parts = (_POSSESSIVE.sub("", part).replace("'", "").replace("’", "") for part in word.split("-"))
    return [part for part in parts if part]


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """The folded `word` in American spelling; words the rules do not know stay.

    >>> american("diarrhoea"), american("anaemia"), american("counselling")
    ('diarrhea', 'anemia', 'counseling')
    """
    if len(word) > 3:
        for pattern, form in _SPELLINGS:
            word = pattern.sub(form, word)
    return word


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """A function from a folded word to its stem in `language`, remembering what it has seen."""
    if language == "es":
        spanish = SpanishStemmer()

        @lru_cache(maxsize=100_000)
        def stem_es(word: str) -> str:
            return _spanish(str(spanish.stem(word)), word)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]

        return stem_es
    english = EnglishStemmer()

    @lru_cache(maxsize=100_000)
    def stem_en(word: str) -> str:
        if len(word) < 4 or any(c.isdigit() for c in word):
            return word[:-1] if len(word) == 4 and word[0].isdigit() else word
        return str(english.stem(american(word)))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]

    return stem_en


def _spanish(stem: str, word: str) -> str:
    """Folding took the accents that the stemmer goes by, so plurals and genders are levelled here once more."""
    if len(word) < 4 or any(c.isdigit() for c in word):
        return word
    return stem[:-1] if len(stem) > 4 and stem[-1] in "aeo" else stem


def stems(text: str, language: str) -> list[str]:
    """The stems of all words of `text`, in order."""
    stem = stemmer(language)
    return [stem(word) for word in words(text)]


def is_function_word(word: str, language: str) -> bool:
    """Whether the folded `word` carries no meaning of its own in a question."""
    return word in FUNCTION_WORDS.get(language, FUNCTION_WORDS["en"])


def is_weak_word(word: str, language: str) -> bool:
    """Whether the folded `word` tells little beside others ("safe", "today"), though it may be asked for alone."""
    return word in WEAK_WORDS.get(language, WEAK_WORDS["en"])


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "en": _listed(
        """a about after again all also although am an and any anyone anything are as at be because been before being
        both but by came can cannot cant come could d did didnt do does doesnt doing dont each either else even ever
        every for from get gets getting give go goes going gonna got had has have havent having he hello her here hers
        hi him his how howcan however i id if ill im in into is isnt it its ive just keep know let lets like ll made
        make makes many may maybe me might mine more most much must my myself need needs no not of off ok on once one
        only or other our ours out over own perhaps please put really s same say see shall she should shouldnt so some
        somebody someone something still such t take taking tell than thank thanks that thats the their them then there
        theres these they thing things think this those though through to too under until up upon us use used using
        very via want wants was wasnt way we well went were what whats when where whether which while who whom whose
        why will with without wont would you your yours youre m re ve whilst able actually among around
        happen happens happened mean means meaning info information explain explained anybody"""
    ),
    "es": _listed(
        """a al algo alguien alguna algunas alguno algunos ante antes aquel aquella aun aunque bajo bien cada como con
        cual cuales cualquier cuando cuanta cuanto cuanta cuantos de del desde donde dos durante e el ella ellas ellos
        en entre era eran eres es esa esas ese eso esos esta estaba estado estan estar estas este esto estos estoy fue
        fueron gracias ha haber habia hace hacen hacer hago han hasta hay he hola ir la las le les lo los mas me mi mis
        mia mio mucha mucho muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por
        porque puede pueden puedo pues que quien quienes quiero se sea sean segun ser si sido sin sobre sois solo somos
        son soy su sus suya suyo tal tambien tan tanto te tenemos tener tengo ti tiene tienen toda todas todo todos tu
        tus tuya tuyo u un una unas uno unos usted ustedes va vamos van voy y ya yo debo debe deben saber sabe necesito
        significa significado informacion quisiera favor pasa pasar paso dar doy cosa cosas tomo"""
    ),
}

WEAK_WORDS: dict[str, frozenset[str]] = {
    "en": _listed(
        """safe safely good bad best better worse still work works working start starts started starting since feel
        feels feeling today tonight yesterday long longer time times help problem problems new day days week weeks
        year years first people person ok okay always anymore never forever without try trying ask asking find found
        big little lot lots kind sort stuff guy old dangerous wrong right worry worried possible allowed supposed
        everyone nobody nothing everything already yet ago later soon often sometimes enough bit often stay see"""
    ),
    "es": _listed(
        """seguro segura bueno buena malo mala mejor peor todavia sigo seguir empezar empece empiezo trabajar hoy ayer
        noche tiempo ayuda ayudar problema problemas nuevo nueva dia dias semana semanas año ano años anos primero
        primera persona personas gente siempre nunca jamas sirve sirven funciona intentar preguntar encontrar grande
        pequeño pequeno peligroso posible permitido tarde pronto veces rato sentir siento cuanto tarda mal"""
    ),
}
