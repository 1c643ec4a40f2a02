"""What a line says beside its points: that they count elsewhere, too, how they are rounded, what is not counted."""

from __future__ import annotations

import re

from chiso.decree.wording.lexing import number_of
from chiso.quantity import local_text

#: "(đồng thời bị trừ điểm tại nhóm IX)", "(không bao gồm văn bản mật)", "(mức đạt yêu cầu)", without points of its own.
_BRACKETED = re.compile(
    r"\s*\((?:đồng thời|mẫu số|không (?:bao gồm|tính lại|chấm lại|áp dụng với)|mức đạt yêu cầu|đã (?:tính|chấm)"
    r"|trừ (?:các )?văn bản)\b(?![^()]*\d\s*(?:đ|điểm)\b)[^()]*\)",
    re.IGNORECASE,
)
#: "0đ và bị trừ điểm tại nhóm IX": what another criterion takes away.
_ELSEWHERE = re.compile(
    r"[,;]?\s*(?:và|đồng thời)\s+(?:còn\s+)?bị trừ điểm\s+(?:tại|ở|theo|trong)\s+"
    r"(?:nhóm|mục|tiêu chí|phần|nội dung)\s+[^\s.;:,)]+",
    re.IGNORECASE,
)
#: "(làm tròn đến 0,25đ)" says something of its own.
_ROUNDED = re.compile(r"\s*\(\s*((?:điểm )?(?:được )?làm tròn\b[^()]*)\)[\s.;]*", re.IGNORECASE)
#: "(nếu tỷ lệ đạt từ 80% trở lên thì được 10 điểm)", "(vắng 01 cuộc trừ 1 điểm)": a line of its own.
_IF = re.compile(
    r"\s*\(\s*((?:nếu|trường hợp)\b[^()]*(?:\d\s*(?:đ|điểm)\b[^()]*|: ?\d+(?:[.,]\d+)?\s*)"
    r"|(?:mỗi|cứ|vắng|thiếu|chậm|trễ)\b[^()]*\btrừ\b[^()]*\d[^()]*)\)[\s.;]*$",
    re.IGNORECASE,
)
#: "< 95%: không đạt 0 điểm": the grade in front of the points that follow from it.
_GRADED = re.compile(r"(?<=:) không đạt,?(?= 0\s*(?:đ|điểm)\b)", re.IGNORECASE)
#: "... = a/b x 100%, trong đó a: số hồ sơ, b: tổng số hồ sơ": letters explained behind their formula, and nothing else.
_LETTERS = re.compile(r"(?<=[^\s(.;:])[,;]?\s+trong đó[,:]?\s+(?=[a-hđ]\s*(?:[:=]|là\b)[^\d%]*$)", re.IGNORECASE)
_LETTER = re.compile(r"[,;]\s*(?=[a-hđ]\s*(?:[:=]|là\b))")
#: "(tổng không quá 10 điểm)": the limit of all lines before it.
_ROOF = re.compile(
    r"\s*\(\s*(tổng (?:số )?(?:điểm |cộng )?(?:không (?:vượt )?quá|tối đa) [^()]*)\)[\s.;]*$", re.IGNORECASE
)
#: "(điểm tối đa 5)" states the maximum again.
_MAXIMUM = re.compile(r"\s*\(\s*điểm tối đa\s*:?\s*(\d+(?:[.,]\d+)?)\s*(?:đ|điểm)?\s*\)[\s.;]*$", re.IGNORECASE)
#: "Điểm = min(10; Tỷ lệ/90% x 10)".
_LEAST = re.compile(r"\bmin\s*\(\s*(\d+(?:[.,]\d+)?)\s*(?:đ|điểm)?\s*;\s*([^;]+)\)\s*$", re.IGNORECASE)
#: "Tỷ lệ A x 5 + Tỷ lệ B x 5": two ratios, each a formula of its own.
_TIMES = r"t[ỷỉ] lệ\s[^+*x/=()]{6,}\s[*x]\s?\d+(?:[.,]\d+)?"
_RATIOS = re.compile(rf"\s\+\s(?={_TIMES}(?:\s?(?:đ|điểm))?[\s.;]*$)", re.IGNORECASE)
_FIRST = re.compile(rf"(?:điểm\s*=\s*)?{_TIMES}", re.IGNORECASE)
#: "Tổng điểm tối đa 10 điểm", said at the end; "Điểm tối đa 15.", said in front.
_TOTAL = re.compile(
    r"(?:^|(?<=[.;] ))(tổng điểm tối đa|điểm tối đa(?= \d+(?:[.,]\d+)?(?: ?điểm)?\s*(?:[.;]\s|$))) (?=\d)",
    re.IGNORECASE,
)


#: "...; nếu vượt kế hoạch chỉ tính điểm tối đa", which holds for every rule.
_CAPPED = re.compile(
    r"[;,.]\s*(?:(?:nếu|trường hợp|khi) )?(?:(?:kết quả|thực hiện|đạt) )?vượt (?:kế hoạch|chỉ tiêu|mục tiêu|100%)"
    r"[^;.:\d]{0,20}?\s(?:thì )?(?:cũng )?chỉ (?:được )?(?:tính|chấm) (?:bằng )?(?:điểm tối đa|tối đa)"
    r"(?: \d+(?:[.,]\d+)? điểm)?[\s.;]*$",
    re.IGNORECASE,
)
#: "0đ toàn tiêu chí": nothing for the whole criterion.
_NOTHING_AT_ALL = re.compile(
    r"(?<![\d.,])(0\s?(?:đ|điểm)) (?:(?:cho|đối với) )?(?:toàn(?: bộ)?|cả) "
    r"(?:tiêu chí|chỉ tiêu|nội dung|mục)(?: này)?\b",
    re.IGNORECASE,
)
#: "02 mô hình được 3 điểm (mỗi mô hình 1,5 điểm)": what each of them gives, said again.
_EACH_OF = re.compile(
    r"(?P<number>\d+) (?P<thing>[^\W\d][^();:]{2,60}?)\s*(?:được|đạt|:)\s*(?P<all>\d+(?:[.,]\d+)?) điểm\s*"
    r"\(\s*mỗi (?P<one>[^()\d]{2,60}?)\s*(?:được|đạt|:)?\s*(?P<each>\d+(?:[.,]\d+)?) điểm\s*\)",
    re.IGNORECASE,
)
#: "đủ 6 văn bản (mỗi văn bản 1 điểm): Nghị quyết; Kế hoạch; ...": how many there are, what each gives, and which.
_EACH_OF_ALL = re.compile(
    r"(?:\b\w+ ){0,4}?(?:đủ|cả|được|có|đạt) (?:tất cả )?(?P<number>\d+) (?P<thing>[^\W\d][^();:]{2,40}?)\s*"
    r"\(\s*mỗi (?P<one>[^()\d]{2,40}?)\s*(?:được|đạt|:)?\s*(?P<each>\d+(?:[.,]\d+)?) ?(?:điểm|đ)\s*\)"
    r"(?:\s*:\s*[^:\d]*)?",
    re.IGNORECASE,
)


def nothing_at_all(text: str) -> tuple[str, bool]:
    """Return a wording without the words that its nothing is one of the whole criterion; and whether it had them."""
    plain = _NOTHING_AT_ALL.sub(r"\1", text)
    return plain, plain != text


def each_of(line: str) -> str:
    """Return what a number of things gives together, and each of them, as points for each with their limit."""
    match = _EACH_OF_ALL.fullmatch(line)
    if match is not None and match["one"].casefold().split()[0] == match["thing"].casefold().split()[0]:
        each, number = number_of(match["each"]), int(match["number"])
        if each:
            most = local_text(each * number, "vi")
            return f"Mỗi {match['one'].strip()} được {match['each']} điểm, tối đa {most} điểm"
    match = _EACH_OF.search(line)
    if match is None or match["one"].casefold().split()[0] != match["thing"].casefold().split()[0]:
        return line
    whole, each = number_of(match["all"]), number_of(match["each"])
    if whole is None or each is None or int(match["number"]) * each != whole:
        return line
    return f"Mỗi {match['one'].strip()} được {match['each']} điểm, tối đa {match['all']} điểm"


def without_asides(line: str) -> str:
    """Return a line without what it says beside its points; rounding goes to a line of its own."""
    line = each_of(line) if "(" in line else line
    small = line.lower()
    if "trong đ" in small:
        formula, *letters = _LETTERS.split(line, maxsplit=1)
        line = "\n".join([formula, *(_LETTER.sub("\n", one) for one in letters)])
    line = _without_brackets(line) if "(" in line else line
    if "đạt" in small:
        line = _GRADED.sub("", line)
    if "vượt" in small and "chỉ" in small:
        line = _CAPPED.sub("", line)
    if "bị trừ" in small:
        line = _ELSEWHERE.sub("", line)
    if "tối đa " in small:
        line = _TOTAL.sub(r"\1: ", line)
    return _RATIOS.sub("\n", line) if "+" in line and _FIRST.match(line) else line


def _without_brackets(line: str) -> str:
    """Return a line without brackets that say something beside its points, or with them as lines of their own."""
    for pattern in (_ROOF, _IF):
        line = pattern.sub(_on_a_line, line)
    line = _MAXIMUM.sub(r"\nĐiểm tối đa: \1 điểm", _LEAST.sub(r"\2, tối đa \1 điểm", line))
    return _ROUNDED.sub(_on_a_line, _BRACKETED.sub("", line))


def _on_a_line(match: re.Match[str]) -> str:
    """Return what is said in brackets as a line that opens with a capital, so that it goes on nothing."""
    return f"\n{match[1].strip().capitalize()}\n"
