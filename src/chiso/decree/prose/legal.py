"""Who issued a document, when, under which number and title, on what grounds, and what it replaces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chiso.decree.document.shape import Paragraph, Place
from chiso.decree.language.letters import folded, one_line, shouted, starts_small
from chiso.decree.language.vocabulary import words

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = (
    r"(?P<number>\d*\s*(?:/\s*\d{4}\s*)?/\s*[A-ZĐƯ]{2,}[A-ZĐƯa-zđ0-9-]*(?:-[A-ZĐƯ0-9]+)*"
    r"|\d+\s*-\s*[A-ZĐƯ]{2,}[a-z]?\s*/\s*[A-ZĐƯ]{2,}[A-ZĐƯa-zđ0-9-]*)"
)
_TYPES = "|".join(words("legal")["types"])
_DATE = r"ngày\s*(?P<day>\d{0,2})\s*(?:tháng|/)\s*(?P<month>\d{0,2})\s*(?:năm|/)\s*(?P<year>\d{4})"
_ENCLOSED = re.compile(
    rf"\(\s*(?:Ban hành\s+)?[Kk]èm theo\s+(?P<type>{_TYPES})\s*(?:số\s*:?)?\s*{_NUMBER}\s*,?\s*"
    rf"(?:{_DATE})?\s*(?:của\s+(?P<issuer>[^()]+?))?\s*\)?\s*$"
)
_OWN_NUMBER = re.compile(rf"Số\s*:\s*{_NUMBER}")
_OWN_DATE = re.compile(rf",?\s*{_DATE}")
_DOCUMENT = re.compile(
    rf"(?i:(?P<type>{_TYPES}))\s+(?:liên tịch\s+)?số\s+\d[\w/.-]*"
    r"(?:\s+ngày\s+\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?:/|\s+năm\s+)\d{4})?(?:\s+của\s+[^;.]+)?"
)
_ERRATA = re.compile(rf"(?:{_TYPES})\s+số\s+\d[\w/.-]*[^;]{{0,120}}?về việc đính chính[^;]+")
_REPLACES = re.compile(
    r"thay thế\s+(?:cho\s+)?(?:các\s+)?(?P<what>(?:" + _TYPES + r")\s+(?:số\s+)?[^;]+?)(?:\.\s*$|;|$|\.\s+(?=[A-ZĐ]))"
)
_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?\s+(?:kể\s+)?từ ngày\s+(?P<what>ký|ban hành|"
    r"\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?:/|\s+năm\s+)\d{4})"
)
_BASIS = re.compile(r"^\W*(?:Căn cứ|Thực hiện|Trên cơ sở)\s+(?P<what>.+)$", re.DOTALL)
_ISSUERS = re.compile(
    r"^(?:CHỦ TỊCH\s+)?(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN)\b.*$|"
    r"^(?:BỘ TRƯỞNG|THỦ TƯỚNG|BỘ|GIÁM ĐỐC)\b.+$"
)


@dataclass(frozen=True)
class Found:
    """A value of the head of a document, with the words it was read from."""

    value: object
    printed: str
    place: Place
    how: str = "printed"


@dataclass
class Legal:
    """What the head of a document says; what was not found is missing."""

    number: Found | None = None
    date: Found | None = None
    year: Found | None = None
    issuer: Found | None = None
    title: Found | None = None
    type: Found | None = None
    based_on: list[Found] = field(default_factory=list)
    replaces: list[Found] = field(default_factory=list)
    errata: list[Found] = field(default_factory=list)
    valid_from: Found | None = None


def legal_of(paragraphs: Sequence[Paragraph]) -> Legal:
    """Read the head of a document from its paragraphs."""
    whole = joined(paragraphs)
    found = Legal()
    for paragraph in whole:
        _enclosed(paragraph, found)
    _own_head(whole[:40], found)
    _title(whole, found)
    _issuer(whole, found)
    _grounds(whole, found)
    _effect(whole, found)
    return found


def joined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Join lines that one sentence was broken into: until it ends, while the next does not begin something new."""
    found: list[Paragraph] = []
    line: int | None = None
    for paragraph in paragraphs:
        text = one_line(paragraph.text.replace("**", "").strip("*").translate(_SUPERSCRIPTS))
        follows = line is not None and paragraph.place.line == line + 1
        line = paragraph.place.line
        bracket = bool(found) and found[-1].text.count("(") > found[-1].text.count(")") and starts_small(text)
        if found and (follows or bracket) and _goes_on(found[-1].text, text):
            last = found[-1]
            found[-1] = Paragraph(f"{last.text} {text}", last.place, last.bold, last.centred)
        else:
            found.append(
                Paragraph(
                    text, paragraph.place, paragraph.bold or paragraph.text.strip().startswith("**"), paragraph.centred
                )
            )
    return found


def _goes_on(before: str, text: str) -> bool:
    if not before or not text or len(before) > 3000:
        return False
    if before.count("(") > before.count(")") and len(before) < 400 and not before.endswith((";", ".")):
        return not re.match(r"(?:[IVX]+|\d+)\.\s", text)
    if before.startswith("Căn cứ") and before.endswith(";") and re.match(rf"(?:{_TYPES})\s", text):
        return True
    if re.match(
        r"(?:[-–+•*]|[IVXLC]+[.)]|\d+[.)]|[a-zđ]\)|Điều\s+\d|Chương\s|Phụ lục|PHỤ LỤC|Căn cứ|Theo đề nghị"
        r"|Xét đề nghị|Thực hiện|Trên cơ sở|Nơi nhận"
        r"|V/v)",
        text,
    ):
        return False
    if shouted(before) != shouted(text):
        return False
    return not before.rstrip().endswith((".", ";", ":", "./.", "!", "?", ")")) and not shouted(text)


def _enclosed(paragraph: Paragraph, found: Legal) -> None:
    """Read "(Kèm theo Quyết định số ... ngày ... của ...)"; the first that says something holds."""
    match = _ENCLOSED.search(paragraph.text)
    if match is None:
        return
    place, printed = paragraph.place, paragraph.text
    if found.number is None:
        found.number = Found(_number(match["number"]), printed, place)
        found.type = Found(match["type"], printed, place)
    if found.issuer is None and match["issuer"]:
        found.issuer = Found(one_line(match["issuer"]).strip(" .;,"), printed, place)
    _dated(match, printed, place, found)


def _number(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _dated(match: re.Match[str], printed: str, place: Place, found: Legal) -> None:
    if not match["year"]:
        return
    if found.year is None:
        found.year = Found(int(match["year"]), printed, place)
    if found.date is None and match["day"] and match["month"]:
        date = _date(match["day"], match["month"], match["year"])
        found.date = Found(date, printed, place) if date is not None else None


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _own_head(paragraphs: Sequence[Paragraph], found: Legal) -> None:
    """Read "Số: .../QĐ-UBND" and "..., ngày ... tháng ... năm ..." at the top."""
    for paragraph in paragraphs:
        if found.number is None and (match := _OWN_NUMBER.search(paragraph.text)):
            found.number = Found(_number(match["number"]), paragraph.text, paragraph.place)
        if (
            (found.year is None or found.date is None)
            and len(paragraph.text) < 200
            and not _BASIS.match(paragraph.text)
            and "kem theo" not in folded(paragraph.text)
            and (match := _OWN_DATE.search(paragraph.text))
        ):
            _dated(match, paragraph.text, paragraph.place, found)


def _title(paragraphs: Sequence[Paragraph], found: Legal) -> None:
    """Read the title: what stands below the type of the document, behind "V/v", or the heading of the set."""
    types = {folded(one): one for one in words("legal")["types"]}
    for at, paragraph in enumerate(paragraphs[:60]):
        if re.match(r"V/v\b", paragraph.text):
            found.title = found.title or Found(paragraph.text.strip(" ."), paragraph.text, paragraph.place)
            return
        if folded(paragraph.text).strip(" :") in types and shouted(paragraph.text) and at + 1 < len(paragraphs):
            text = _title_below(paragraphs, at + 1)
            if text:
                kind = types[folded(paragraph.text).strip(" :")]
                title = f"{kind} {text}" if kind in ("Kế hoạch", "Hướng dẫn", "Chương trình", "Quy chế") else text
                found.title = Found(title, text, paragraphs[at + 1].place)
                found.type = found.type or Found(kind, paragraph.text, paragraph.place)
                return
    for paragraph in paragraphs[:20]:
        if shouted(paragraph.text) and _is_name(paragraph.text):
            found.title = Found(_sentence(paragraph.text), paragraph.text, paragraph.place, "heading")
            return


def _title_below(paragraphs: Sequence[Paragraph], at: int) -> str:
    parts: list[str] = []
    for paragraph in paragraphs[at : at + 4]:
        text = paragraph.text.strip()
        if (
            _BASIS.match(text)
            or _ISSUERS.match(text)
            or text.startswith(("Theo đề nghị", "Điều ", "(", "Phụ lục", "PHỤ LỤC"))
        ):
            break
        if parts and (not paragraph.bold or (shouted(text) and not shouted(parts[-1]))):
            break  # below a title, capitals name who decides
        parts.append(text)
    return one_line(" ".join(parts)).strip(" .") if parts else ""


def _is_name(text: str) -> bool:
    plain = folded(text)
    return (
        any(word in plain for word in ("bo chi so", "chi so", "tieu chi", "khung", "bang diem"))
        and "cong hoa" not in plain
    )


def _sentence(text: str) -> str:
    return text[:1] + text[1:].lower()


_POSTS = r"(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|TỔNG GIÁM ĐỐC)"


def _issuer(paragraphs: Sequence[Paragraph], found: Legal) -> None:
    """Take the authority that the decision names, or for a letter, the one at its head."""
    letter = found.title is not None and str(found.title.value).startswith("V/v")
    if found.issuer is not None and not letter:
        return
    for at, paragraph in enumerate(paragraphs[:60]):
        text = paragraph.text
        if not _ISSUERS.match(text) or "cong hoa" in folded(text) or len(text) > 120:
            continue
        after = paragraphs[at + 1].text if at + 1 < len(paragraphs) else ""
        if re.fullmatch(r"(?:ỦY|UỶ) BAN NHÂN DÂN", text) and re.match(
            r"(?:TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|XÃ|PHƯỜNG)\s", after
        ):
            text = f"{text} {after}"
        chair = _chairman(paragraphs, text)
        if chair is not None:
            post = re.match(_POSTS, chair.text, re.IGNORECASE)
            name = f"{post[0].capitalize() if post else ''} {_as_elsewhere(text, paragraphs) or _named(text)}"
            found.issuer = Found(name.strip(), chair.text, chair.place)
            return
        found.issuer = Found(_as_elsewhere(text, paragraphs) or _named(text), text, paragraph.place)
        return


def _chairman(paragraphs: Sequence[Paragraph], committee: str) -> Paragraph | None:
    """Return the line above the grounds where the head of the authority that the letterhead names decides."""
    for paragraph in paragraphs[:60]:
        if _BASIS.match(paragraph.text):
            return None
        if shouted(paragraph.text) and (post := re.match(rf"{_POSTS}\s+(?=\S)", paragraph.text, re.IGNORECASE)):
            said = folded(paragraph.text[post.end() :]).replace("ubnd", "uy ban nhan dan")
            return paragraph if folded(committee).replace("ubnd", "uy ban nhan dan").startswith(said) else None
    return None


def _as_elsewhere(shout: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return a shouted name as the document itself writes it in a sentence, empty where it does not."""
    if not shouted(shout):
        return ""
    name = re.compile(re.escape(shout), re.IGNORECASE)
    found = (match[0] for one in paragraphs if not shouted(one.text) and (match := name.search(one.text)))
    return next((text for text in found if text[:1].isupper() and text != shout), "")


def _named(text: str) -> str:
    """Write a shouted name of an authority as one writes it in a sentence."""
    if not shouted(text):
        return text
    small = text.lower()
    for prefix in ("chủ tịch ", "bộ trưởng ", "giám đốc ", "thủ tướng "):
        if small.startswith(prefix):
            return prefix.capitalize() + _named_body(small.removeprefix(prefix))
    return _named_body(small)


def _named_body(small: str) -> str:
    for prefix in ("ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân", "ubnd"):
        if small.startswith(prefix):
            rest = small.removeprefix(prefix).strip()
            head = "UBND" if prefix == "ubnd" else prefix.capitalize()
            words_ = rest.split(" ")
            level = next(
                (
                    level
                    for level in ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường")
                    if rest.startswith(level)
                ),
                "",
            )
            name = " ".join(word.capitalize() for word in (rest.removeprefix(level).split() if level else words_))
            return one_line(f"{head} {level} {name}")
    return small.capitalize()


def _grounds(paragraphs: Sequence[Paragraph], found: Legal) -> None:
    for paragraph in paragraphs:
        if shouted(paragraph.text):
            continue
        for part in _parts(paragraph.text.strip("* ")):
            match = _BASIS.match(part)
            if match is None:
                continue
            document = _DOCUMENT.search(match["what"])
            if part.lstrip("* ").startswith("Căn cứ") and _is_ground(match["what"]):
                text = one_line(match["what"]).strip(" .;,*")
                found.based_on.append(Found(text, part, paragraph.place))
            elif document is not None and document.start() < 8:
                text = one_line(match["what"].split(";")[0]).strip(" .;,*")
                found.based_on.append(Found(_capital(_first_sentence(text)), part, paragraph.place))
        found.errata.extend(
            Found(one_line(match[0]).strip(" .;,*"), paragraph.text, paragraph.place)
            for match in _ERRATA.finditer(paragraph.text)
        )
    _once(found.based_on)
    _once(found.errata)


def _parts(text: str) -> list[str]:
    """Split grounds that share one paragraph; "Luật A; Luật B" are two."""
    found: list[str] = []
    for part in re.split(rf";\s*(?=Căn cứ|Thực hiện|(?:{_TYPES})\s)", text):
        basis = not _BASIS.match(part) and found and found[0].lstrip("* ").startswith("Căn cứ")
        found.append(f"Căn cứ {part}" if basis else part)
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_ground(text: str) -> bool:
    return bool(re.match(rf"(?:{_TYPES})\b", text)) and bool(re.search(r"\d{4}", text))


def _first_sentence(text: str) -> str:
    match = re.match(r"(.+?”),", text)
    return match[1] if match else text


def _once(found: list[Found]) -> None:
    seen: set[str] = set()
    for one in list(found):
        key = folded(str(one.value))[:60]
        if key in seen:
            found.remove(one)
        seen.add(key)


def _effect(paragraphs: Sequence[Paragraph], found: Legal) -> None:
    for paragraph in paragraphs:
        clause = "hieu luc" in folded(paragraph.text) or re.match(r"Điều\s+\d", paragraph.text)
        if clause and (match := _REPLACES.search(paragraph.text)):
            found.replaces.append(Found(one_line(match["what"]).strip(" .;*"), paragraph.text, paragraph.place))
        if found.valid_from is None and (match := _EFFECT.search(paragraph.text)):
            numbers = [int(part) for part in re.findall(r"\d+", match["what"])]
            date = _date(*map(str, numbers)) if len(numbers) == 3 else found.date.value if found.date else None
            if isinstance(date, dt.date):
                found.valid_from = Found(date, paragraph.text, paragraph.place)


def unit_kinds_of(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return the kind of units that the first of these texts names, and the words that say so."""
    for text in texts:
        plain = re.sub(r"[^0-9a-z]+", " ", folded(text))
        best: tuple[int, str, str] | None = None
        for kind, names in words("legal")["unit_kinds"].items():
            for name in names:
                at = re.search(rf"(?<![a-z]){re.escape(folded(name))}(?![a-z])", plain)
                own = folded(name) == name or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.casefold())
                if at and own and (best is None or len(name) > best[0]):
                    best = len(name), kind, name
        if best is not None:
            return best[1], text
    return None
