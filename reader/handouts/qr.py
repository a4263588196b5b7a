"""An address as a QR code: one drawing of squares, in black."""

import segno

QUIET = 4
"""How many squares stay white on every side (ISO/IEC 18004)."""


def qr_drawing(address: str) -> str:
    """The code of `address` as SVG, with the white edge that readers need; middle error correction."""
    rows = segno.make(address, error="m", micro=False).matrix
    side = len(rows) + 2 * QUIET
    squares = "".join(
        f"M{column + QUIET} {line + QUIET}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, dark in enumerate(row)
        if dark
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{squares}"/></svg>'
