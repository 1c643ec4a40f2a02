"""A set of rows as the data of a framework file: head, information, dimensions and criteria, checks from the prose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chiso.decree.document.shape import Paragraph, Place
from chiso.decree.drafting.articles import Stated
from chiso.decree.drafting.articles.account import stated_in
from chiso.decree.drafting.articles.writing import ArticleWriter
from chiso.decree.drafting.branches import Branches
from chiso.decree.drafting.criteria import RowWriter
from chiso.decree.drafting.deductions import follow_deductions
from chiso.decree.drafting.inferring import inferred, most
from chiso.decree.drafting.information import information_of
from chiso.decree.drafting.weights import Weighed, weight_of, weights_below, weights_of
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.letters import capitalised, folded, one_line, shouted
from chiso.decree.language.numbers import points, written
from chiso.decree.language.spelling import mended
from chiso.decree.prose.counts import Count, as_meant, counts_of, fits, groups_of, levels_of, pillars_of, summary_counts
from chiso.decree.prose.legal import Found, Legal
from chiso.decree.table.bands import Band, bands_of, classes_of, scale_lines
from chiso.decree.table.ledger import Ledger
from chiso.decree.table.lines import Line
from chiso.decree.table.sets import Contents, RowSet, Summary, begins, heading_lines, title_lines
from chiso.decree.table.tree import Tree, tree_of
from chiso.decree.wording import Confidence

_UNKNOWN = "chưa rõ"
_SLUG = re.compile(r"[^0-9a-z]+")


class Assembler:
    """Writes one set as a draft, and keeps the account of its fields."""

    def __init__(
        self,
        number: int,
        rows: RowSet,
        contents: Contents,
        ledger: Ledger,
        legal: Legal,
        prose: Sequence[Paragraph],
        kinds: Sequence[str],
        acronyms: frozenset[str],
    ) -> None:
        self.number, self.rows, self.contents, self.legal, self.kinds = number, rows, contents, legal, kinds
        self.prose = prose
        self.kind = kinds[number - 1]
        self.record = Recorder(ledger)
        self.deadlines: dict[str, dict[str, Any]] = {}
        self.acronyms = acronyms
        self.tree: Tree = tree_of(rows)
        self.counts: list[Count] = []
        self.bands: list[Band] = []
        self.stated: list[Stated] = []
        self.headings = [paragraph.text for paragraph in rows.headings]

    def framework(self) -> dict[str, Any]:
        """Return the framework in the form of its file."""
        levels = self._levels()
        writer = RowWriter(self.record, self.deadlines, self.acronyms)
        dimensions = list(Branches(self.tree, self.record, writer, self.headings).dimensions())
        out: dict[str, Any] = {
            "format": 1,
            "id": self._id(),
            "version": "0.1",
            "title": self._title(),
            "legal": self._legal(),
        }
        out["unit_kinds"] = [self.kind]
        if self.legal.valid_from is not None:
            out["valid_from"] = self.legal.valid_from.value
            self._head("valid_from", self.legal.valid_from)
        structure = [one for one in self.contents.summaries if fits(one, self.tree)]
        self._use_summaries(structure)
        self._counts(structure)
        total = None if levels else self._total()
        if total is not None:
            out["max_points"] = written(total)
        weights = weights_of(self.tree.dimensions)
        if weights and not levels:
            out["total"] = self._weighted(weights)
        if not levels:
            follow_deductions(dimensions, total, self.record)
            self._weigh(weights_below(self.tree.dimensions), out, dimensions)
        information = information_of(self.rows.information, self.record)
        body = {"dimensions": dimensions}
        self._infer({**out, **body}, levels=bool(levels))
        if not levels and "max_points" not in out:
            out["max_points"] = self._of_dimensions(dimensions, mean="total" in out)
        classes = self._classes(out.get("max_points"))
        self._articles(out, dimensions)
        parts = {
            "deadlines": self.deadlines,
            "general_information": information,
            "levels": levels,
            "classes": classes,
            "pillars": self._pillars(structure),
            "groups": self._groups(structure),
            "printed_counts": self._printed_counts(added_up="total" not in out),
        }
        out.update({key: value for key, value in parts.items() if value} | body)
        self._homeless()
        return out

    # --- head

    def _id(self) -> str:
        """Return an id from number, year and kind of units: never from the name of the file or a title."""
        number = str(self.legal.number.value) if self.legal.number else ""
        year = str(self.legal.year.value) if self.legal.year else ""
        parts = [folded(number).replace("/", "-"), year if year and year not in number else "", self.kind]
        base = _SLUG.sub("-", "-".join(part for part in parts if part)).strip("-") or "ban-nhap"
        return f"{base}-{self.number}" if self.kinds.count(self.kind) > 1 else base

    def _title(self) -> dict[str, str]:
        titled = title_lines(self.rows.headings)
        found = titled or heading_lines(self.rows.headings)
        names = [
            re.sub(r"^\W*phụ lục(?:\s+(?:số\s+)?[IVX\d]+)?\W*", "", one_line(text), flags=re.IGNORECASE)
            for text in found
        ]
        names = [" ".join(text for text in names if text)] if titled else names
        named = [text for text in names if text and (titled or _is_name(text))]
        title = self.legal.title
        # Without an appendix the whole document stands above the table: its last heading is the nearest.
        nearest = not titled and not any(begins(one, "appendix") for one in self.headings)
        shouts = [text for text in named if shouted(text)] or named
        first = shouts[-1] if nearest and shouts else named[0] if named else ""
        text = " ".join(_following(names, first)) if named else str(title.value) if title else _UNKNOWN
        text, _ = mended(capitalised(text.strip(" .*"), self.acronyms), "title")
        text = f"{text} ({self.rows.area})" if self.rows.area else text
        home = next((one.place for one in self.rows.headings if found and named and one.text == found[-1]), None)
        place = home or (title.place if title else Place())
        sure: Confidence = "high" if named else "medium" if title else "low"
        self.record.add(Field("framework", "title", text, text, place, "heading" if named else "legal_title", sure))
        self.record.add(
            Field(
                "framework", "unit_kinds", [self.kind], text, place, "named", "low" if self.kind == "unit" else "medium"
            )
        )
        return {"vi": text, "en": text}

    def _legal(self) -> dict[str, Any]:
        legal = self.legal
        out: dict[str, Any] = {"number": str(legal.number.value) if legal.number else _UNKNOWN}
        if legal.date is not None:
            out["date"] = legal.date.value
        out["year"] = int(str(legal.year.value)) if legal.year else self._year()
        out["issuer"] = str(legal.issuer.value) if legal.issuer else _UNKNOWN
        out["title"] = str(legal.title.value) if legal.title else _UNKNOWN
        for name in ("number", "date", "year", "issuer", "title"):
            found = getattr(legal, name)
            if found is not None:
                self._head(name, found)
            elif name != "date":
                self.record.add(Field("legal", name, out[name], "", Place(), "not_found", "low"))
        for name in ("based_on", "replaces", "errata"):
            if values := getattr(legal, name):
                out[name] = [str(one.value) for one in values]
                for one in values:
                    self._head(name, one)
        return out

    def _year(self) -> int:
        """Return the latest year that the head of the document names, where no date is found."""
        years = [
            int(year)
            for text in [*self.headings, *(one.text for one in self.prose[:80])]
            for year in re.findall(r"\b20\d\d\b", text)
        ]
        return max(years, default=dt.date.min.year)

    def _head(self, name: str, found: Found) -> None:
        value = found.value.isoformat() if isinstance(found.value, dt.date) else found.value
        sure: Confidence = "high" if found.how == "printed" else "medium"
        self.record.add(Field("legal", name, value, found.printed, found.place, found.how, sure))

    def _homeless(self) -> None:
        for line in self.tree.homeless:
            for key in line.pieces:
                self.record.ledger.set_aside(line.spots(key), "before_the_first_row")
        if self.tree.total is not None:
            for key in self.tree.total.pieces:
                if key not in ("title", "code", "max_points") and self.tree.total.text(key):
                    self.record.leave(self.tree.total, key, "total_row")

    # --- points

    def _total(self) -> Fraction | None:
        line = self.tree.total
        if line is not None and (value := points(line.text("max_points"))) is not None:
            self.record.use(line, "title", "code", "max_points")
            self.record.add(
                Field(
                    "framework", "max_points", written(value), line.text("max_points"), line.place, "total_row", "high"
                )
            )
            self.counts.append(Count("points", int(value), (), "Dòng tổng cộng", line.place, line.text("title")))
            return value
        stated = [count for count in self.counts if count.what == "points" and not count.within]
        if stated:
            first = stated[0]
            sums = sum(
                (value for node in self.tree.dimensions if node.line and (value := node.line.max_points)), Fraction(0)
            )
            agreed = next((count for count in stated if count.printed == sums), first)
            self.record.add(
                Field(
                    "framework",
                    "max_points",
                    agreed.printed,
                    agreed.words,
                    agreed.place,
                    "prose",
                    "high" if agreed.printed == sums else "medium",
                )
            )
            return Fraction(agreed.printed) if agreed.printed >= sums else None
        return None

    def _weighted(self, weights: dict[str, Line]) -> dict[str, Any]:
        """Return the total as the mean of dimensions with the weights that are printed beside them."""
        shares: dict[str, Any] = {}
        for code, line in weights.items():
            value = points(line.text("weight").strip().rstrip("%"))
            assert value is not None, "weights are numbers"
            shares[code] = written(value)
            self.record.use(line, "weight")
            printed = line.text("weight")
            self.record.add(Field(code, "weight", shares[code], printed, line.place, "column", "medium"))
        return {"kind": "weighted_mean", "weights": shares}

    def _weigh(self, weighed: Weighed, out: dict[str, Any], dimensions: Sequence[dict[str, Any]]) -> None:
        """Join criteria by the weights that are printed beside them."""
        for line in weighed.said_again:
            self.record.use(line, "weight")
        for dimension in dimensions:
            lines = weighed.criteria.get(dimension["code"], {})
            if not lines:
                continue
            weights = {code: written(value) for code, line in lines.items() if (value := weight_of(line)) is not None}
            dimension["aggregation"] = {"kind": "weighted_mean", "weights": weights}
            for code, line in lines.items():
                self.record.use(line, "weight")
                printed = line.text("weight")
                self.record.add(Field(code, "weight", weights[code], printed, line.place, "column", "medium"))
            most_below = {most(row) for row in dimension["criteria"]}
            if most(dimension) is None and len(most_below) == 1 and (value := most_below.pop()) is not None:
                dimension["max_points"] = written(value)
        if weighed.dimensions and "total" not in out:
            shares = {code: written(value) for code, value in weighed.dimensions.items()}
            out["total"] = {"kind": "weighted_mean", "weights": shares}

    def _articles(self, out: dict[str, Any], dimensions: list[dict[str, Any]]) -> None:
        """Write what the articles say for all criteria at once; what no framework file says is listed."""
        classes = [band.printed for band in self.bands]
        said = list(stated_in(self.prose, self.contents.sets, self.number - 1, self.kinds, classes))
        self.stated = ArticleWriter(out, dimensions, self.tree, self.record).write(said)

    def _of_dimensions(self, dimensions: Sequence[dict[str, Any]], *, mean: bool) -> Any:
        """Return a total that is not printed: the sum; the mean of things out of 10 is out of 10."""
        values = [value for one in dimensions if not one.get("unscored") and (value := most(one)) is not None]
        same = mean and len(set(values)) == 1
        total = written(values[0] if same else sum(values, Fraction(0)))
        how = "mean_of_dimensions" if same else "sum_of_dimensions"
        self.record.add(Field("framework", "max_points", total, "", Place(), how, "medium"))
        return total

    def _infer(self, whole: dict[str, Any], *, levels: bool) -> None:
        if levels:
            return
        for row in inferred(whole):
            self.record.add(Field(row["code"], "max_points", row["max_points"], "", Place(), "inferred", "medium"))

    # --- checks

    def _use_summaries(self, structure: Sequence[Summary]) -> None:
        for summary in structure:
            for line in summary.lines:
                self.record.use(line, *line.pieces)

    def _counts(self, structure: Sequence[Summary]) -> None:
        names = {
            f"trụ cột {pillar['title']['vi']}": pillar["dimensions"]
            for pillar, _, _ in pillars_of(structure, self.tree)
        }
        names.update((group["title"]["vi"], group["dimensions"]) for group, _ in groups_of(structure, self.tree))
        kinds = list(dict.fromkeys(self.kinds))
        self.counts = as_meant(counts_of(self.prose, self.tree, self.kind, kinds, names), self.tree)
        for summary in structure:
            self.counts.extend(summary_counts(summary, self.tree))

    def _printed_counts(self, *, added_up: bool) -> list[dict[str, Any]]:
        """Return the numbers that the prose states; the points of a mean are not those of the rows added up."""
        found: list[dict[str, Any]] = []
        for count in self.counts:
            if count.what == "points" and not added_up:
                continue
            entry = {"what": count.what, "within": list(count.within), "printed": count.printed, "clause": count.clause}
            if entry not in found:
                found.append(entry)
                self.record.add(
                    Field("framework", "printed_counts", count.printed, count.words, count.place, count.what, "medium")
                )
        return found

    def _pillars(self, structure: Sequence[Summary]) -> list[dict[str, Any]]:
        found = []
        for pillar, place, words in pillars_of(structure, self.tree):
            found.append(pillar)
            self.record.add(Field("framework", "pillars", pillar["title"]["vi"], words, place, "structure", "medium"))
        return found

    def _groups(self, structure: Sequence[Summary]) -> list[dict[str, Any]]:
        found = []
        for group, line in groups_of(structure, self.tree):
            found.append(group)
            self.record.use(line, "code", "title", "max_points")
            printed = " | ".join(line.text(key) for key in line.pieces)
            self.record.add(Field("framework", "groups", group["title"]["vi"], printed, line.place, "row", "high"))
        return found

    def _classes(self, whole: Any) -> list[dict[str, Any]]:
        """Return the classes that results are ranked into; what is printed in points needs the whole."""
        if whole is None:
            return []
        found = []
        for entry, band in classes_of(bands_of([*self.prose, *self._scales()]), Fraction(str(whole))):
            found.append(entry)
            self.bands.append(band)
            self.record.add(Field("framework", "classes", band.name, band.printed, band.place, "prose", "medium"))
        return found

    def _scales(self) -> list[Paragraph]:
        """Return the tables that hold nothing but classes, as lines."""
        found = []
        for unread in self.contents.unread:
            lines = scale_lines(unread.table)
            for at, row in enumerate(unread.table.rows if lines else ()):
                self.record.ledger.use((unread.number, at, column) for column in range(len(row.cells)))
            found.extend(lines)
        return found

    def _levels(self) -> list[dict[str, Any]]:
        names = self.rows.columns.names if self.rows.columns is not None else {}
        found = []
        for level, place, words in levels_of(self.prose, names):
            found.append(level)
            self.record.add(
                Field("framework", f"levels.{level['number']}", level["name"]["vi"], words, place, "heading", "high")
            )
        return found


def _is_name(text: str) -> bool:
    plain = folded(text)
    return (
        any(word in plain for word in ("chi so", "tieu chi", "khung", "bang diem", "chi tieu"))
        and "kem theo" not in plain
    )


def _following(names: Sequence[str], first: str) -> list[str]:
    """Return a shouted title and the shouted lines that go on with it."""
    at = list(names).index(first)
    found = [first]
    for text in names[at + 1 :]:
        if not shouted(text) or shouted(first) != shouted(text) or text.startswith("("):
            break
        found.append(text)
    return found
