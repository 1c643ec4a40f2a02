"""From the text of a cell to plain lines: mark-up, formula mark-up, look-alike characters and broken lines put right.

Nothing is interpreted here. The characters stay those that the document prints, except where a program that wrote or
recognised the document put something else in their place.
"""

from __future__ import annotations

import html
import re
import unicodedata

from chiso.decree.wording.asides import without_asides
from chiso.decree.wording.lexing import folded

#: Characters that stand for others: written by word processors, or by recognition.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("–—−‒‑‐", "-"),
        **dict.fromkeys("•●▪◦‣∙■□❖➢✓⁃", "•"),
        **dict.fromkeys("×✕✖∗⋅", "*"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict.fromkeys("≥⩾≧", "≥"),
        **dict.fromkeys("≤⩽≦", "≤"),
        **dict.fromkeys("→⇒⟹➔➙", "⇒"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’`´", "'"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\u200a\u2007", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        **dict.fromkeys("\r\u2028\u2029\x0b\x0c\x85", "\n"),
        "％": "%",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        # Vulgar fractions, kept apart from a digit in front.
        "½": " 1/2",
        "¼": " 1/4",
        "¾": " 3/4",
        "⅓": " 1/3",
        "⅔": " 2/3",
        "⅕": " 1/5",
        "⅖": " 2/5",
        "⅗": " 3/5",
        "⅘": " 4/5",
    }
)
#: Whether there is any, which is found faster than each is put right.
_ANY_ALIKE = re.compile(f"[{re.escape(''.join(map(chr, _ALIKE)))}]")

#: What parts lines and cells, for a glance at what else cannot be printed.
_BREAKS = str.maketrans("\n\t", "  ")

#: "90% ÷ <95%": the sign of division between the ends of a range.
_RANGE = re.compile(r"(?<=[\d%])\s*÷\s*(?=[<≤]?\s*\d)")

#: "(Tỷ lệ/80%)x20đ": the sign of multiplication without a space.
_TIMES = re.compile(r"(?<=[)\]%\d])\s*[xX](?=\d)")
#: "(Tỷ lệ đạt được : 80%) x 8", "(a) : (b) x 10": a colon that divides.
_DIVIDED = re.compile(r"(?<=\))\s*:\s*(?=\([^()]*\)\s*[xX*×])|(?<=[\w%)]) ?: ?(?=[^():]*\)\s*[xX*×])")
#: "Điểm = Số vụ việc : 50 x 5".
_OF_NUMBER = re.compile(r"(=[^:=;]+[^\W\d_]) ?: (?=\d+(?:[.,]\d+)?\s*%?\s*[xX*]\s*\d)")
#: "trên 500 (hoặc bằng 500)".
_OR_EQUAL = re.compile(r"\s*\((hoặc bằng[^()]{0,12})\)")
#: "nhân (x) 2 điểm chia (:) tổng số đơn vị".
_SIGNED = ((re.compile(r"\bnhân\s*\(\s*[xX×*]\s*\)"), "*"), (re.compile(r"\bchia\s*\(\s*[:/]\s*\)"), "/"))
#: "Điểm tối đa trừ đi 0,5 điểm cho mỗi lần": what everything is taken away from.
_LESS = re.compile(r"^\W*(?:điểm\s*=\s*)?điểm tối đa (?=trừ (?:đi )?\d)", re.IGNORECASE)

#: Cells of one row, as extraction parts them.
_CELLS = re.compile(r"(?<=\S)[ ]*\t+[ ]*(?=\S)")

_TAGS = "ul|ol|li|p|br|div|span|b|i|u|em|strong|td|tr|th|table|tbody|thead|sup|sub|font|a|h[1-6]"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_TAGS})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)

#: A list mark before another.
_TWICE = re.compile(r"(?m)^([-+]) (?=[-+•] )")

_LATEX = (
    (re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|mbox)\s?\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[dt]?frac\s?\{([^{}]*)\}\s?\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\(?:geqslant|geq|ge)(?![a-z])"), "≥"),
    (re.compile(r"\\(?:leqslant|leq|le)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:gt)(?![a-z])"), ">"),
    (re.compile(r"\\(?:lt)(?![a-z])"), "<"),
    (re.compile(r"\\(?:times|cdot|ast)(?![a-z])", re.IGNORECASE), "*"),
    (re.compile(r"\\div(?![a-z])"), "/"),
    (re.compile(r"\\(?:rightarrow|Rightarrow|to)(?![a-z])"), "⇒"),
    (re.compile(r"\\(?:left|right|quad|qquad|displaystyle)(?![a-z])"), " "),
    (re.compile(r"\\[,;:! ]"), " "),
    (re.compile(r"\\([%$_{}#&*+-])"), r"\1"),
    (re.compile(r"[{}]"), ""),
)

# What follows is compared without capitals and diacritics.

#: A line that opens something of its own is never the rest of the line before.
_OPENS = re.compile(
    r"\s*(?:[-+•*]|\(?\d{1,2}[.)]\s|\(?[a-z]\s*[.):=]|[a-h]\s+la\b|[<>≥≤=|]"
    r"|(?:trong do(?=\s*:)|t[yi] le|diem\s*(?=[=:]|dat|danh|duoc|so)|muc|tu|duoi|tren|moi|cu|truong hop|khong|chua|co"
    r"|da|it hon|nho hon|lon hon|dat|toi thieu|it nhat|cham|tre|qua han|dung han)\b)"
)
#: A line that ends in one of these is not complete, whatever the next begins with.
_HANGS = re.compile(r"\b(?:den|tu|tro|va|hoac|toi|cua|duoi|tren|theo|nhan voi|chia cho)$|\d%? x$")
#: Words that only look like "từ" and "tro" without their diacritics: "đầu tư".
_OTHER_WORDS = ("tư", "tự", "tủ", "trò", "vã", "đền")
#: "... bằng tỷ lệ hoàn thành nhân" and its number on the next line.
_MULTIPLIES = re.compile(r"\b(?:nhân|chia)$", re.IGNORECASE)
_MULTIPLIER = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|điểm|đ\b|[.;]|$)")
#: A line that ends in a colon and points, or in a colon and a bare number: nothing goes on behind it that ends so, too.
STATED = re.compile(r"[:=]\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;]?\s*$", re.IGNORECASE)
#: A line that cannot stand alone.
_GOES_ON = re.compile(r"(?:nhung\b|diem\s*[;.,)]?\s*$|toi da\s*[;.,)]?\s*$)")
#: A formula of letters ends its line.
_FORMULA = re.compile(r"[=:]\s*[(\s]*[a-z]\d?\b[\s()+/*\-a-z0-9%.,]{0,60}$")
_COMPLETE = re.compile(r"[;:.]\s*$|diem(?:\s+toi\s+da)?\s*[,)]?\s*$")
#: A condition whose worth stands on the next line: "- Dưới 1%:".
_CONDITION = re.compile(r"[-+•]\s*(?:tu|duoi|tren|dat|[<>≥≤])[^:]*\d[^:]*:$")
#: A name whose worth stands on the next line: "- Số hóa kết quả giải quyết:".
_NAMED = re.compile(r"[^:=]*:$")
#: A worth that begins with the ratio, and is no condition on it.
_RATIO_WORTH = re.compile(r"ty le\s*[*x/]\s*[^<>≥≤:=]*$")

# What follows is printed with its diacritics; capitals tell a new saying from the rest of a formula.

#: Words that open an explanation, which gives no points.
EXPLAINING = "Giải thích|Ghi chú|Lưu ý|Trong đó"
#: Headings that extraction left at the end of the line before them.
_HEADED = re.compile(rf"(?<=[^\s|]) (?=(?:(?<=, )trong đó|{EXPLAINING}|Thang điểm|Cách tính|Cách chấm)\s?:)")
#: An explanation of letters in brackets behind their formula.
_BRACKETED = re.compile(
    r"\(\s*(trong đó\b[^()]*(?:[:=]|\blà\b)[^()]*|[a-z]\s*[:=][^()]*;\s*[a-z]\s*[:=][^()]*)\)[\s.;]*", re.IGNORECASE
)
#: "đạt 6-7/8 chỉ tiêu": how many of a list whose length stands behind each number.
_OF_ALL = re.compile(
    r"(?<=\d)\s?/\s?0?(\d{1,2})(?= (?:chỉ tiêu|tiêu chí|nội dung|yêu cầu|nhiệm vụ|tiêu chuẩn|chức năng|điều kiện)\b)"
)
#: "đủ 3/4 báo cáo": the same, of whatever else, where the whole list is one of the lines.
_OF_LIST = re.compile(r"(?<=\d)\s?/\s?0?(\d{1,2})(?= (?!điểm|số điểm|tổng|mức|tối đa|quỹ)[^\W\d_])", re.IGNORECASE)
_WHOLE_LIST = re.compile(r"\b0?(\d{1,2})\s?/\s?0?\1 (?!điểm|số điểm)[^\W\d_]", re.IGNORECASE)
#: A formula of letters, and the words that begin after it: "Tỷ lệ = a/b Tỷ lệ ≥ 50%".
_FORMULA_THEN = re.compile(
    r"(= ?[(]*[a-hđ]\d?[\s()+/*\-]+(?:[a-hđ]\d?\b|[\s()+/*%\-]|\d+(?:[.,]\d+)?)*)(?<![*+/(\-]) (?=[A-ZÀ-ỸĐ][\wà-ỹ]+)"
)
#: "a = Số hồ sơ trực tuyến, b = Tổng số hồ sơ. Điểm = a/b x 5": letters that share a line with the formula.
_LETTERED = re.compile(r"\W*(?:gọi |với |trong đó:? )?[a-hđ]\d?\s*(?:[=:]|là\b)\s*[^\W\d_]{2}", re.IGNORECASE)
_NEXT_LETTER = re.compile(
    r"(?<=[^\W\d_]{2}|.[)\]])(?<!\bthì)[\s,;.]+"
    r"(?=[a-hđ]\d?\s*(?:[=:]|là\b)\s*[^\W\d_]{2}|(?:(?:Số )?[Đđ]iểm(?: số| đạt được)?|T[ỷỉ] lệ)\s*=)"
)


def tidy_lines(text: str) -> list[str]:
    """Return the printed lines of a wording, without empty ones; what recognition broke is one line again."""
    text = unicodedata.normalize("NFC", text)
    text = _without_markup(_RANGE.sub(" - ", text) if "÷" in text else text)
    text = _without_latex(text.translate(_ALIKE) if _ANY_ALIKE.search(text) else text)
    if not text.translate(_BREAKS).isprintable():
        text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char)[0] != "C")
    if "/" in text:
        text = _without_lengths(text)
    lines = (" ".join(line.split()) for line in (_CELLS.sub(" | ", text) if "\t" in text else text).split("\n"))
    parted = (part for line in lines for part in _parted(without_asides(line)))
    return _mended([line for line in parted if any(char.isalnum() for char in line)])


def _without_lengths(text: str) -> str:
    """Take away how long a list is where numbers of it are printed with that: "đạt 6-7/8 chỉ tiêu"."""
    if len(set(_OF_ALL.findall(text))) == 1:
        return _OF_ALL.sub("", text)
    if _WHOLE_LIST.search(text) and len(_OF_LIST.findall(text)) > 1 and len(set(_OF_LIST.findall(text))) == 1:
        return _OF_LIST.sub("", text)
    return text


def _parted(line: str) -> list[str]:
    """Split a line where extraction has joined a heading, or what follows a formula, to what stood above."""
    for pattern, sign in _SIGNED if "(" in line else ():
        line = pattern.sub(sign, line)
    if "x" in line or "X" in line:
        line = _TIMES.sub(" x ", line)
    line = _DIVIDED.sub("/", line) if ")" in line and ":" in line else line
    line = _OF_NUMBER.sub(r"\1/", line) if "=" in line and ":" in line else line
    line = _OR_EQUAL.sub(r" \1", line) if "(hoặc" in line else line
    less = _LESS.match(line)
    line = line if less is None else line[less.end() :]
    line = _BRACKETED.sub(r"\n\1\n", line) if "(" in line else line
    line = _HEADED.sub("\n", line) if ":" in line else line
    line = _NEXT_LETTER.sub(";\n", line) if _LETTERED.match(line) else line
    return (_FORMULA_THEN.sub(r"\1\n", line) if "=" in line else line).split("\n")


def _without_markup(text: str) -> str:
    """Replace tags by line breaks and list marks, and entities by their characters."""
    if "<" in text:
        depth = 0

        def replaced(tag: re.Match[str]) -> str:
            nonlocal depth
            name, end = tag["name"].lower(), bool(tag["end"])
            if name in ("ul", "ol"):
                depth = max(depth - 1, 0) if end else depth + 1
                return "\n"
            if name == "li":
                return "\n" if end else "\n+ " if depth > 1 else "\n- "
            return "\n" if name in ("p", "br", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6") else ""

        text = _TAG.sub(replaced, text)
    # A list mark inside a list item is printed once.
    text = _TWICE.sub("", text)
    return html.unescape(text) if "&" in text else text


def _without_latex(text: str) -> str:
    """Replace the commands of formulas by the signs that they print."""
    text = text.replace("**", "")
    if "\\" not in text:
        return text.replace("$", "")
    text = text.replace("$", "").replace("\\\\", "\n")
    for _ in range(3):  # a command may stand inside the braces of another
        for pattern, put in _LATEX[:2]:
            text = pattern.sub(put, text)
    for pattern, put in _LATEX[2:]:
        text = pattern.sub(put, text)
    return text.replace("\\", "")


def _mended(lines: list[str]) -> list[str]:
    """Join lines that a narrow column or recognition broke."""
    mended: list[str] = []
    for line in lines:
        if mended and _continues(mended[-1], line):
            mended[-1] = f"{mended[-1]} {line}"
        else:
            mended.append(line)
    return mended


def _continues(before: str, line: str) -> bool:
    """Tell whether a line is the rest of the one before."""
    plain, last = folded(line), folded(before[-120:])
    opened = before.count("(") > before.count(")") and len(before) < 2_000
    if (opened and ")" in line) or _GOES_ON.match(plain):
        return True
    if _HANGS.search(last) and not before.casefold().endswith(_OTHER_WORDS):
        return True
    if _MULTIPLIES.search(before) and _MULTIPLIER.match(line):
        return True
    if (last.endswith("diem") and plain.startswith("toi da")) or (last.endswith("toi") and re.match(r"da\b", plain)):
        return True
    if (_CONDITION.match(folded(before)) or _NAMED.match(before)) and _RATIO_WORTH.match(plain):
        return True
    if before.endswith(":") and line[0].islower() and ":" not in line:
        return before[0] in "-+•" and not re.match(r"[a-z]\s*[.):=]", plain)
    if STATED.search(before) and STATED.search(line):
        return False
    if _OPENS.match(plain) or _COMPLETE.search(last) or _FORMULA.search(last):
        return False
    return line[0].islower() or line[0] in "/)%" or before.rstrip()[-1:] in "*/+,(="
