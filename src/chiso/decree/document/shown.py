"""Numbers and dates of Excel as the sheet shows them: a code 1.10 is stored as 1.1, a share of 80 % as 0.8."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

#: What a format holds besides digits: words in quotes, signs behind a backslash, colours and conditions in brackets.
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<sign>.)|\[[^\]]*\]|[_*].|(?P<digits>[0#?][0#?,]*(?:\.[0#?]+)?)|(?P<other>.)'
)
_DATE_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<sign>.)|\[[^\]]*\]|[_*].|(?P<part>d+|m+|y+)|(?P<other>.)', re.IGNORECASE
)


def shown_number(value: float, shown: str) -> str:
    """Write a number as its format shows it, with a decimal comma; without one, whole numbers have no fraction."""
    plain = shown.split(";")[0]
    if not re.search(r"[0#?]", re.sub(r'"[^"]*"', "", plain)) or "E" in plain.upper().replace('"', ""):
        return _general(value)
    number = Decimal(repr(value)) * (100 if "%" in plain else 1)
    found, written = [], False
    for piece in _PIECE.finditer(plain):
        if piece["digits"] and not written:
            found.append(_digits(number, piece["digits"]))
            written = True
        elif piece["quoted"] or piece["sign"] or (piece["other"] and piece["other"] not in "0#?,."):
            found.append(piece["quoted"] or piece["sign"] or piece["other"])
    return "".join(found).strip()


def _digits(number: Decimal, form: str) -> str:
    whole, _, fraction = form.partition(".")
    least, most = fraction.count("0"), len(fraction)
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    sign, digits = ("-" if rounded < 0 else ""), f"{abs(rounded):f}"
    before, _, after = digits.partition(".")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = before.zfill(whole.count("0"))
    return sign + before + (f",{after}" if after else "")


def _general(value: float) -> str:
    return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")


def shown_date(value: dt.date, shown: str) -> str:
    """Write a date as its format shows it where that says day and month; otherwise as day, month and year.

    A code such as 1.1 that Excel took for a day is shown as one without a year.
    """
    parts = [piece["part"].lower()[0] for piece in _DATE_PIECE.finditer(shown) if piece["part"]]
    if "y" in parts or not {"d", "m"} <= set(parts) or "mmm" in shown.lower():
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    found = []
    for piece in _DATE_PIECE.finditer(shown.split(";")[0]):
        part = (piece["part"] or "").lower()
        number = {"d": value.day, "m": value.month}.get(part[:1])
        if number is not None:
            found.append(f"{number:02d}" if len(part) > 1 else str(number))
        elif piece["quoted"] or piece["sign"] or piece["other"]:
            found.append(piece["quoted"] or piece["sign"] or piece["other"])
    return "".join(found).strip(" @")
