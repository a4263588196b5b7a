"""The lines that say how far a sheet can be trusted. They stand on every sheet, on screen and on paper.

Age is counted from the newest day the program has seen, so a clock set back hides nothing.
"""

from datetime import date

from reader.content.sheet import Sheet
from reader.translation import month_and_year, translator, written_out


def compared_line(sheet: Sheet, language: str) -> str:
    """ "Facts compared with sources: November 2026." - or, for a clinic's document, that nobody compared them."""
    _ = translator(language)
    if sheet.compared is None:
        return _("Not part of the library; its facts were not compared with today's guidelines.")
    return _("Facts compared with sources: {month}.").format(month=month_and_year(sheet.compared, language))


def review_line(sheet: Sheet, language: str) -> str:
    """ "Not reviewed by a clinician.", or who reviewed it and when: only a clinic's own record says so."""
    _ = translator(language)
    if sheet.reviewed is None:
        return _("Not reviewed by a clinician.")
    return _("Reviewed by {name}, {day}.").format(
        name=sheet.reviewed.by, day=written_out(sheet.reviewed.date, language)
    )


def trust_line(sheet: Sheet, language: str) -> str:
    """Both lines: the date of the facts, and whether a clinician reviewed them."""
    return f"{compared_line(sheet, language)} {review_line(sheet, language)}"


def age_warning(sheet: Sheet, newest_day: date, language: str) -> str:
    """What stands above a sheet whose facts are due to be compared again; empty while they are fresh."""
    if sheet.compare_again_by is None or newest_day <= sheet.compare_again_by:
        return ""
    _ = translator(language)
    return _("These facts were due to be checked again by {month}. Ask your clinic whether they still hold.").format(
        month=month_and_year(sheet.compare_again_by, language)
    )
