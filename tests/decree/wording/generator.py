"""Makes scoring rules and the many ways in which drafters word them, with the noise of scans and portals.

The phrases stand in ``phrases.yaml``; neither they nor this module know how wordings are read. All is drawn from a
seed, so that a failure can be seen again.
"""

from __future__ import annotations

import itertools
import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

PHRASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))

Rule = dict[str, Any]

SHARES = [
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(3, 4),
    Fraction(1, 5),
    Fraction(2, 5),
    Fraction(3, 5),
    Fraction(7, 10),
]


@dataclass(frozen=True)
class Worded:
    """A wording, what it was made from, and what was done to it."""

    kind: str
    text: str
    title: str
    full: Fraction
    rule: Rule
    noise: tuple[str, ...]


class Drafter:
    """One drafter: a habit of writing points, marks and numbers, kept throughout a wording."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.full = Fraction(chance.choice([10, 10, 10, 5, 20, 8, 15, 100]))
        self.style = chance.choice(["share", "share", "points"])
        self.mark = chance.choice(["- ", "- ", "-", "+ ", "• ", ""])
        self.comma = chance.random() < 0.7
        self.zero = chance.random() < 0.4
        self.joint = self.one("joint")
        self.upper = chance.random() < 0.7

    def one(self, key: str) -> Any:
        return self.chance.choice(PHRASES[key])

    def number(self, value: Fraction) -> str:
        text = str(value) if value.denominator == 1 else f"{float(value):g}"
        if self.zero and value.denominator == 1 and value < 10:
            text = f"0{text}"
        return text.replace(".", ",") if self.comma else text

    def percent(self, value: Fraction) -> str:
        gap = self.chance.choice(["", "", " "])
        return f"{self.number(value * 100) if value * 100 >= 10 else self.number(value * 100).lstrip('0') or '0'}{gap}%"

    def worth(self, share: Fraction) -> str:
        if share == 0:
            return str(self.one("nothing"))
        if self.style == "points":
            return str(self.one("points")).format(points=self.number(share * self.full))
        if share == 1:
            return str(self.one("full"))
        return str(self.one("share")).format(fraction=str(share), percent=self.percent(share))

    def line(self, label: str, share: Fraction) -> str:
        label = label[:1].upper() + label[1:] if self.upper else label
        return f"{self.mark}{label}{self.joint}{self.worth(share)}"

    def lines(self, lines: Sequence[str]) -> str:
        ends = self.one("end")
        if not self.mark and not ends:
            ends = ";"
        return "\n".join(f"{line}{ends}" for line in lines)

    def descending(self, count: int) -> list[Fraction]:
        """Return shares from 1 down to 0."""
        between = sorted(self.chance.sample(SHARES, count - 2), reverse=True) if count > 2 else []
        return [Fraction(1), *between, Fraction(0)]


def _share(value: Fraction) -> str:
    return str(value)


def choice(drafter: Drafter) -> tuple[str, str, Rule]:
    labels = drafter.one("choices")
    shares = drafter.descending(len(labels))
    if drafter.chance.random() < 0.25 and len(labels) > 2:
        labels, shares = labels[::-1], shares[::-1]
    options = [
        {"id": f"o{n}", "label": label, "share": _share(share)}
        for n, (label, share) in enumerate(zip(labels, shares, strict=True))
    ]
    text = drafter.lines([drafter.line(label, share) for label, share in zip(labels, shares, strict=True)])
    return text, "Kết quả thực hiện", {"kind": "choice", "options": options}


def _letters(drafter: Drafter, over: str, under: str, first: str = "a", second: str = "b") -> list[str]:
    form = drafter.one("letter")
    return [
        form.format(letter=letter, label=label, lower=label[:1].lower() + label[1:])
        + drafter.chance.choice([";", "", "."])
        for letter, label in ((first, over), (second, under))
    ]


def ratio(drafter: Drafter) -> tuple[str, str, Rule]:
    title, over, under = drafter.one("ratios")
    way = drafter.chance.choice(["letters", "title", "words", "points"])
    if way == "title":
        text = drafter.chance.choice(["Tỷ lệ * Điểm tối đa", "Điểm = Tỷ lệ x Điểm tối đa", "Tỷ lệ *điểm tối đa"])
        return text, title, {"kind": "ratio", "numerator": "num", "denominator": "den", "part_of_whole": True}
    if way == "words":
        text = drafter.chance.choice(
            [
                f"Điểm = ({over}/{under}) x Điểm tối đa",
                f"Điểm = {over}/{under} * điểm tối đa",
                f"({over}/{under}) * Điểm tối đa",
            ]
        )
        return text, title, {"kind": "ratio", "numerator": "num", "denominator": "den", "part_of_whole": True}
    lines = _letters(drafter, over, under)
    if way == "points":
        lines.append(drafter.one("ratio_max_points").format(over="a", under="b", max=drafter.number(drafter.full)))
    else:
        lines += [drafter.one("ratio_equals").format(over="a", under="b"), drafter.one("ratio_points")]
    return "\n".join(lines), title, {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}


def threshold(drafter: Drafter) -> tuple[str, str, Rule]:
    title, over, under = drafter.one("ratios")
    full_at = Fraction(drafter.chance.choice([20, 30, 50, 60, 70, 80, 90, 95]), 100)
    bound = drafter.percent(full_at)
    words = drafter.one("ratio_words")
    lines = [*_letters(drafter, over, under), drafter.one("ratio_equals").format(over="a", under="b")]
    drafter.style = "share"
    at_least, below = drafter.one("at_least"), drafter.one("below")
    lines.append(drafter.line(f"{words}{at_least.format(bound=bound)}", Fraction(1)))
    lines.append(f"{drafter.mark}{words}{below.format(bound=bound)}: {drafter.one('proportion').format(bound=bound)}")
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b", "full_at": str(full_at), "part_of_whole": True}
    return "\n".join(lines), title, rule


def share_steps(drafter: Drafter) -> tuple[str, str, Rule]:
    title, _, _ = drafter.one("ratios")
    count = drafter.chance.randint(1, 4)
    bounds = sorted(drafter.chance.sample(range(10, 100, 5), count), reverse=True)
    shares = drafter.descending(count + 1)
    words, level = drafter.one("ratio_words"), drafter.one("level")
    form, between, under = drafter.one("at_least"), drafter.one("from_below"), drafter.one("below")
    conditions = [form.format(bound=drafter.percent(Fraction(bounds[0], 100)))]
    conditions += [
        between.format(low=drafter.percent(Fraction(low, 100)), high=drafter.percent(Fraction(high, 100)))
        for high, low in itertools.pairwise(bounds)
    ]
    conditions.append(under.format(bound=drafter.percent(Fraction(bounds[-1], 100))))
    lines = [
        drafter.line(f"{level.format(number=n)}{'' if '≤' in words_ else words}{words_}", share)
        for n, (words_, share) in enumerate(zip(conditions, shares, strict=True), start=1)
    ]
    rule = {
        "kind": "steps",
        "of": "num/den",
        "part_of_whole": True,
        "lines": [
            {"at_least": f"{bound}%", "share": _share(share), "label": "x"}
            for bound, share in zip(bounds, shares, strict=False)
        ],
        "otherwise": {"share": "0", "label": "x"},
    }
    return drafter.lines(lines), title, rule


def count_steps(drafter: Drafter) -> tuple[str, str, Rule]:
    *title, noun = drafter.one("counts")
    count = drafter.chance.randint(1, 3)
    bounds = sorted(drafter.chance.sample(range(2, 30), count), reverse=True)
    shares = drafter.descending(count + 1)
    noun = drafter.chance.choice([noun, ""])
    form, way = drafter.one("at_least"), drafter.chance.choice(["range", "below"])
    conditions = [form.format(bound=f"{drafter.number(Fraction(bounds[0]))} {noun}".strip())]
    between = drafter.one("counted_from_below")
    for high, low in itertools.pairwise(bounds):
        if way == "range":
            last = drafter.number(Fraction(high - 1))
            conditions.append(
                f"Từ {drafter.number(Fraction(low))} đến {last} {noun}".strip()
                if high - 1 > low
                else f"{drafter.number(Fraction(low))} {noun}".strip()
            )
        else:
            conditions.append(
                between.format(
                    low=drafter.number(Fraction(low)), high=f"{drafter.number(Fraction(high))} {noun}".strip()
                )
            )
    conditions.append(drafter.one("below").format(bound=f"{drafter.number(Fraction(bounds[-1]))} {noun}".strip()))
    rule: Rule = {
        "kind": "steps",
        "of": "n",
        "lines": [
            {"at_least": str(bound), "share": _share(share), "label": "x"}
            for bound, share in zip(bounds, shares, strict=False)
        ],
        "otherwise": {"share": "0", "label": "x"},
    }
    pairs = list(zip(conditions, shares, strict=True))
    if drafter.chance.random() < 0.3 and bounds[-1] > 1 and shares[-2] > Fraction(1, 5):
        # The lowest range earns something, and nothing at all earns nothing.
        small = Fraction(1, 10)
        pairs[-1] = (conditions[-1], small)
        pairs.append((drafter.one("nothing_counted"), Fraction(0)))
        rule["lines"].append({"at_least": "1", "share": str(small), "label": "x"})
    return drafter.lines([drafter.line(words, share) for words, share in pairs]), ", ".join(title), rule


def frequency(drafter: Drafter) -> tuple[str, str, Rule]:
    (often, words), (rarely, other) = sorted(drafter.chance.sample(PHRASES["frequency"], 2), key=lambda one: -one[0])
    half = drafter.chance.choice(SHARES)
    first, second = drafter.chance.choice(words), drafter.chance.choice(other)
    head = drafter.chance.choice(["Tần suất phát sóng ", "", "Tần suất cập nhật "])
    lines = [
        drafter.line(f"{head}từ {first}{drafter.chance.choice(['', ' trở lên'])}", Fraction(1)),
        drafter.line(f"{head}từ {second}{drafter.chance.choice(['', f' đến dưới {first}'])}", half),
        drafter.line(f"{head}{drafter.chance.choice(['dưới', 'ít hơn'])} {second}", Fraction(0)),
    ]
    rule = {
        "kind": "steps",
        "of": "n",
        "lines": [
            {"at_least": str(often), "share": "1", "label": "x"},
            {"at_least": str(rarely), "share": str(half), "label": "x"},
        ],
        "otherwise": {"share": "0", "label": "x"},
    }
    return drafter.lines(lines), "Tần suất phát sóng chuyên mục", rule


def per_item(drafter: Drafter) -> tuple[str, str, Rule]:
    *_, noun = drafter.one("counts")
    points = drafter.full * drafter.chance.choice([Fraction(1, 10), Fraction(1, 5), Fraction(1, 4), Fraction(1, 2)])
    text = drafter.one("per_item").format(thing=noun, points=drafter.number(points), max=drafter.number(drafter.full))
    return text, f"Số {noun}", {"kind": "per_item", "of": "n", "points": str(points)}


def lateness(drafter: Drafter) -> tuple[str, str, Rule]:
    days, more = sorted(drafter.chance.sample(range(2, 31), 2))
    between = sorted(drafter.chance.sample(SHARES, 2), reverse=True)
    two = drafter.chance.random() < 0.4
    form = drafter.one("late_up_to")
    lines = [drafter.line(drafter.one("on_time"), Fraction(1))]
    stages = [(0, days, between[0])] + ([(days, more, between[1])] if two else [])
    if two:
        form = "Chậm từ {first} đến {days} ngày"
    for first, last, share in stages:
        lines.append(
            drafter.line(
                form.format(
                    first=drafter.number(Fraction(first + 1)),
                    days=drafter.number(Fraction(last)),
                    next=drafter.number(Fraction(last + 1)),
                ),
                share,
            )
        )
    last = stages[-1][1]
    tail = drafter.one("late_more").format(days=drafter.number(Fraction(last)), next=drafter.number(Fraction(last + 1)))
    lines.append(drafter.line(tail, Fraction(0)))
    if drafter.chance.random() < 0.3 and "không" not in tail:
        lines.append(drafter.line(drafter.one("not_done"), Fraction(0)))
    rule = {
        "kind": "lateness",
        "lines": [
            {"at_most": "0", "share": "1", "label": "x"},
            *({"at_most": str(last), "share": str(share), "label": "x"} for _, last, share in stages),
        ],
        "otherwise": {"share": "0", "label": "x"},
    }
    return drafter.lines(lines), "Ban hành kế hoạch", rule


def parts(drafter: Drafter) -> tuple[str, str, Rule]:
    weights = drafter.chance.choice(
        [
            [Fraction(1, 2)] * 2,
            [Fraction(3, 5), Fraction(2, 5)],
            [Fraction(1, 5), Fraction(3, 5), Fraction(1, 5)],
            [Fraction(1, 4)] * 4,
        ]
    )
    things = drafter.chance.sample(PHRASES["things"], len(weights))
    rule = {
        "kind": "parts",
        "parts": [
            {"label": thing, "share": str(weight), "rule": {"kind": "yes_no", "input": f"#{n}", "label": thing}}
            for n, (thing, weight) in enumerate(zip(things, weights, strict=True), start=1)
        ],
    }
    lines = [drafter.line(thing, weight) for thing, weight in zip(things, weights, strict=True)]
    if drafter.chance.random() < 0.4:
        lines.append(drafter.line("Không thực hiện nội dung nào", Fraction(0)))
    return drafter.lines(lines), "Mức độ thực hiện", rule


def numbered(drafter: Drafter) -> tuple[str, str, Rule]:
    """Numbered headings, each with lines of its own."""
    weights = drafter.chance.choice(
        [[Fraction(1, 2)] * 2, [Fraction(3, 5), Fraction(2, 5)], [Fraction(1, 4), Fraction(3, 4)]]
    )
    headings = drafter.chance.sample(PHRASES["things"], 2)
    drafter.mark = drafter.chance.choice(["- ", "+ "])
    text, made = [], []
    for n, (heading, weight) in enumerate(zip(headings, weights, strict=True), start=1):
        labels = drafter.one("choices")
        shares = [share * weight for share in drafter.descending(len(labels))]
        said = drafter.chance.choice(["", "", f" ({drafter.number(weight * drafter.full)} điểm)"])
        text.append(f"{n}. {heading}{said}")
        text += [drafter.line(label, share) for label, share in zip(labels, shares, strict=True)]
        options = [
            {"id": f"o{place}", "label": label, "share": str(share / weight)}
            for place, (label, share) in enumerate(zip(labels, shares, strict=True))
        ]
        made.append(
            {"label": heading, "share": str(weight), "rule": {"kind": "choice", "input": f"#{n}", "options": options}}
        )
    return "\n".join(text), "Mức độ thực hiện", {"kind": "parts", "parts": made}


def deduction(drafter: Drafter) -> tuple[str, str, Rule]:
    late = drafter.chance.random() < 0.6
    points = drafter.full * drafter.chance.choice([Fraction(1, 20), Fraction(1, 10), Fraction(1, 5)])
    form = drafter.one("each_day" if late else "each_fault").format(points=drafter.number(points))
    head = drafter.line(drafter.one("on_time") if late else "Không có lỗi vi phạm", Fraction(1))
    name = "days_late" if late else "n"
    base = {
        "kind": "steps",
        "of": name,
        "lines": [{"at_least": "0", "share": "1", "label": "x"}],
        "otherwise": {"share": "0", "label": "x"},
    }
    rule = {"kind": "adjusted", "base": base, "deductions": [{"label": "x", "of": name, "points": str(points)}]}
    separate = drafter.chance.choice(["; ", "\n" + (drafter.mark or "- ")])
    return f"{head}{separate}{form[:1].upper() + form[1:] if separate != '; ' else form}", "Thực hiện báo cáo", rule


def bonus(drafter: Drafter) -> tuple[str, str, Rule]:
    drafter.style = "points"
    most = Fraction(4, 5)
    points, limit = drafter.full / 20, drafter.full / 5
    labels = drafter.chance.choice([labels for labels in PHRASES["choices"] if len(labels) == 2])
    lines = [drafter.line(labels[0], most), drafter.line(labels[1], Fraction(0))]
    lines.append(
        (drafter.mark or "- ") + drafter.one("bonus").format(points=drafter.number(points), limit=drafter.number(limit))
    )
    options = [{"id": "yes", "label": labels[0], "share": str(most)}, {"id": "no", "label": labels[1], "share": "0"}]
    rule = {
        "kind": "adjusted",
        "base": {"kind": "choice", "input": "#1", "options": options},
        "bonuses": [{"label": "x", "of": "n", "points": str(points), "at_most": str(limit)}],
    }
    return "\n".join(f"{line};" for line in lines), "Thực hiện kế hoạch", rule


def peers(drafter: Drafter) -> tuple[str, str, Rule]:
    if drafter.chance.random() < 0.5:
        *title, _ = drafter.one("counts")
        return drafter.one("min_max"), ", ".join(title), {"kind": "min_max", "of": "n"}
    title, over, under = drafter.one("ratios")
    lines = [*_letters(drafter, over, under), drafter.one("ratio_equals").format(over="a", under="b")]
    lines += [f"- {line}" for line in drafter.one("best")]
    return "\n".join(lines), title, {"kind": "share_of_best", "of": "a/b"}


def weighted(drafter: Drafter) -> tuple[str, str, Rule]:
    """A formula that adds two weighted ratios."""
    (_, one, all_one), (_, other, all_other) = drafter.chance.sample(PHRASES["ratios"], 2)
    share = drafter.chance.choice([Fraction(1, 2), Fraction(3, 5), Fraction(7, 10)])
    sign = drafter.chance.choice([" * ", " x ", "*"])
    text = (
        f"Điểm = {drafter.percent(share)}{sign}(a/b){sign}Điểm tối đa + "
        f"{drafter.percent(1 - share)}{sign}(c/d){sign}Điểm tối đa"
    )
    lines = [*_letters(drafter, one, all_one), *_letters(drafter, other, all_other, "c", "d"), text]
    rule = {
        "kind": "parts",
        "parts": [
            {
                "label": "x",
                "share": str(weight),
                "rule": {"kind": "ratio", "numerator": over, "denominator": under, "part_of_whole": True},
            }
            for weight, over, under in ((share, "a", "b"), (1 - share, "c", "d"))
        ],
    }
    return "\n".join(lines), "Kết quả chung", rule


def best_of(drafter: Drafter) -> tuple[str, str, Rule]:
    first, second = drafter.chance.sample(PHRASES["things"], 2)
    low = drafter.chance.choice(SHARES)
    drafter.mark = "- "
    text = [
        f"1. {first}",
        drafter.line("Hoàn thành", low),
        drafter.line("Chưa hoàn thành", Fraction(0)),
        f"2. {second}",
        drafter.line("Hoàn thành", Fraction(1)),
        drafter.line("Chưa hoàn thành", Fraction(0)),
        drafter.one("best_of"),
    ]
    cases = [
        {
            "label": label,
            "rule": {
                "kind": "choice",
                "input": f"#{n}",
                "options": [{"id": "yes", "label": "x", "share": str(share)}, {"id": "no", "label": "x", "share": "0"}],
            },
        }
        for n, (label, share) in enumerate(((first, low), (second, Fraction(1))), start=1)
    ]
    return "\n".join(text), "Hiện đại hóa", {"kind": "best_of", "cases": cases}


KINDS: dict[str, Callable[[Drafter], tuple[str, str, Rule]]] = {
    one.__name__: one
    for one in (
        choice,
        ratio,
        threshold,
        share_steps,
        count_steps,
        frequency,
        per_item,
        lateness,
        parts,
        numbered,
        deduction,
        bonus,
        peers,
        weighted,
        best_of,
    )
}


# -- Noise


def _plain(text: str) -> str:
    text = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return text.replace("đ", "d").replace("Đ", "D")


def _html(text: str, _chance: random.Random) -> str:
    items = "".join(
        f"<li>{line.lstrip('-+• ').replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</li>"
        for line in text.split("\n")
    )
    return f"<ul>{items}</ul>"


def _latex(text: str, _chance: random.Random) -> str:
    return text.replace("≥", "$\\geq$").replace("%", "\\%").replace("*", "\\times ")


def _misread(text: str, chance: random.Random) -> str:
    """Change the diacritics of a few long words, as recognition does."""
    words = text.split(" ")
    for place in range(len(words)):
        if len(words[place]) > 4 and words[place].isalpha() and chance.random() < 0.08:
            words[place] = words[place].replace("ể", "ề").replace("ộ", "ô").replace("ế", "ê")
    return " ".join(words)


def _broken(text: str, chance: random.Random) -> str:
    """Break long lines in the middle, as a narrow column does."""
    found = []
    for line in text.split("\n"):
        words = line.split(" ")
        cut = next(
            (
                n
                for n in range(6, len(words))
                if words[n][:1].islower()
                and words[n]
                not in ("từ", "trên", "dưới", "không", "có", "chưa", "đã", "mỗi", "cứ", "điểm", "mức", "tỷ")
            ),
            None,
        )
        found.append(line if cut is None else " ".join(words[:cut]) + "\n" + " ".join(words[cut:]))
    return "\n".join(found)


def _joined(text: str, _chance: random.Random) -> str:
    """Write all entries on one line, as extraction does."""
    lines = text.split("\n")
    if not all(line[:1] in "-+•" or line[:2] in ("1.", "2.") for line in lines):
        return text
    return " ".join(line if line.endswith((";", ".")) or line[:1].isdigit() else f"{line};" for line in lines)


NOISE: dict[str, Callable[[str, random.Random], str]] = {
    "upper": lambda text, _: text.upper(),
    "plain": lambda text, _: _plain(text),
    "nfd": lambda text, _: unicodedata.normalize("NFD", text),
    "spaces": lambda text, chance: text.replace(" ", "  ") if chance.random() < 0.5 else text.replace(" ", "\u00a0"),
    "html": _html,
    "latex": _latex,
    "misread": _misread,
    "broken": _broken,
    "joined": _joined,
    "dashes": lambda text, _: text.replace("- ", "– "),
    "remark": lambda text, chance: f"{text}\n{chance.choice(PHRASES['remarks'])}",
    "blank": lambda text, _: text.replace("\n", "\n\n") + "\n",
}


def worded(seed: int, kind: str | None = None) -> Worded:
    """Return the wording of a seed; each second one with noise."""
    chance = random.Random(seed)
    name = kind or chance.choice(list(KINDS))
    drafter = Drafter(chance)
    text, title, rule = KINDS[name](drafter)
    noise: tuple[str, ...] = ()
    if chance.random() < 0.5:
        noise = tuple(chance.sample(list(NOISE), chance.randint(1, 2)))
        for one in noise:
            text = NOISE[one](text, chance)
    return Worded(name, text, title, drafter.full, rule, noise)
