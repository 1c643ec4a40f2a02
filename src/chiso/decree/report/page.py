"""The report as a page that a person works from: each row of the draft beside what the document prints."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from typing import Any

from chiso.decree.draft import Draft
from chiso.decree.fields import Field
from chiso.decree.report.account import Checked, Entry, checks, entries, fate, field_name, how, value_words
from chiso.decree.report.phrases import named, phrase
from chiso.framework.model import Criterion, Framework
from chiso.framework.words import rule_lines
from chiso.quantity import local_text

#: Fields that the page shows on one line with the name of the row.
_IN_HEADING = frozenset({"code", "title"})
#: Reasons of passages that a person need not look at, shown folded.
_EXPECTED = frozenset(
    {"heading", "repeated_heading", "repeated", "section", "page_number", "page_header", "to_fill_in", "total_row"}
)


def page(draft: Draft, lang: str = "vi") -> str:
    """Return the report as one HTML file."""
    return "".join(_Page(draft, lang).parts())


def _file(name: str) -> str:
    return resources.files("chiso.decree.report").joinpath(name).read_text("utf-8")


class _Page:
    def __init__(self, draft: Draft, lang: str) -> None:
        self.draft, self.lang = draft, lang
        self.framework: Framework = draft.framework
        self._clauses = {one.sentence.text: one.sentence.clause for one in draft.stated if one.fate == "left"}

    def say(self, code: str, **data: Any) -> str:
        return escape(phrase(code, self.lang, **data))

    def parts(self) -> Iterator[str]:
        title = escape(self.framework.title.vi)
        yield f'<!DOCTYPE html>\n<html lang="{self.lang}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        yield "script-src 'unsafe-inline'\">"
        yield f"<title>{self.say('title')}: {title}</title><style>{_file('report.css')}</style></head>"
        yield f'<body data-report="{escape(self.draft.id)}-{self.framework.hash[:12]}">'
        yield from self._head(title)
        yield from self._bar()
        yield "<main>"
        yield from self._section("todo", self._todo())
        yield from self._section("legal", self._simple(("legal", "framework")))
        yield from self._section("criteria", self._criteria())
        yield from self._section("information", self._information())
        yield from self._section("general", self._general())
        yield from self._section("counts", self._counts())
        yield from self._section("findings", self._findings())
        yield from self._section("left", self._left_over())
        yield f"</main><script>{_file('report.js')}</script></body></html>\n"

    def _head(self, title: str) -> Iterator[str]:
        legal = self.framework.legal
        issued = legal.date.strftime("%d/%m/%Y") if legal.date else str(legal.year)
        yield f"<header><h1>{title}</h1><p>{escape(legal.number)}, {issued}, {escape(legal.issuer)}</p>"
        yield f"<p>{self.say('document')}: {escape(self.draft.document.name)} ({escape(self.draft.document.kind)}). "
        yield f"{self.say('lead', file=f'{self.draft.id}.yaml')}</p></header>"

    def _bar(self) -> Iterator[str]:
        sure: Counter[str] = Counter(field.confidence for field in self.draft.fields)
        yield '<div class="bar" role="toolbar">'
        for name in ("all", "doubtful", "open"):
            pressed = "true" if name == "all" else "false"
            yield f'<button data-filter="{name}" aria-pressed="{pressed}">{self.say(name)}</button>'
        for name in ("high", "medium", "low"):
            yield f'<span><span class="badge {name}">{sure.get(name, 0)}</span> {self.say(name)}</span>'
        left = sum(one.reason not in _EXPECTED for one in self.draft.left_over)
        yield f'<span><a href="#left">{left} {self.say("left")}</a></span>'
        yield f'<span><a href="#findings">{len(self.draft.findings)} {self.say("findings")}</a></span>'
        yield f'<span class="progress">{self.say("checked")}: <strong id="progress"></strong></span></div>'

    def _section(self, name: str, body: Iterable[str]) -> Iterator[str]:
        parts = list(body)
        if parts:
            yield f'<h2 id="{name}">{self.say(f"section.{name}")}</h2>'
            yield from parts

    def _todo(self) -> Iterator[str]:
        """Say what is to be decided before the draft can be used, each with its place and a link to its row."""
        document = phrase("document", self.lang)
        rows = [
            ("general" if field.name == "general_rule" else "legal", document, field.place, field)
            for field in self.draft.fields
            if field.row in ("legal", "framework")
        ]
        rows += [
            (f"row-{entry.row}", f"{entry.row} {entry.heading}", entry.place, field)
            for entry in entries(self.draft)
            for field in entry.fields
        ]
        yield "<ol>"
        for target, called, place, field in rows:
            if field.confidence == "low":
                where = (field.place if field.place.as_dict() else place).words(self.lang)
                where = ", ".join(filter(None, (self._clauses.get(field.printed, ""), where)))
                yield f'<li><a href="#{escape(target)}">{escape(called)}</a>: {escape(self._task(field))} '
                yield f'<span class="where">{escape(where)}</span></li>'
        yield f"<li>{self.say('todo.rest')}</li></ol>"

    def _task(self, field: Field) -> str:
        """Return what is doubtful about a field, with the two numbers where they differ."""
        why = field.doubts[0].text(self.lang) if field.doubts else how(field, self.lang)
        if field.name == "general_rule":
            why = f"“{field.printed}”. {why}"
        if field.name == "max_points" and field.printed and field.value is not None:
            why = f"{why} ({phrase('todo.differ', self.lang, printed=field.printed, value=field.value)})"
        return f"{field_name(field, self.lang)}: {why}"

    # --- rows

    def _criteria(self) -> Iterator[str]:
        yield self._table_head(("code", "printed", "draft", "sure"))
        for entry in entries(self.draft):
            criterion = self.framework.criteria.get(entry.row)
            yield from self._entry(entry, criterion)
        yield "</tbody></table>"

    def _table_head(self, names: Sequence[str]) -> str:
        cells = "".join(f'<th class="{name}">{self.say(f"heading.{name}")}</th>' for name in names)
        return f"<table><thead><tr>{cells}</tr></thead><tbody>"

    def _entry(self, entry: Entry, criterion: Criterion | None) -> Iterator[str]:
        look = "dimension" if criterion is None else ""
        code = escape(entry.row)
        yield f'<tr id="row-{code}" class="row {entry.confidence} {look}"><td class="code">{code}</td>'
        yield f'<td><div class="name">{escape(entry.heading)}</div>'
        yield f'<div class="where">{escape(entry.place.words(self.lang))}</div>{self._printed(entry)}</td>'
        yield f"<td>{self._drafted(entry, criterion)}</td>"
        yield f'<td class="sure"><span class="badge {entry.confidence}">{self.say(entry.confidence)}</span>'
        for field in entry.fields:
            yield self._doubts(field)
        box = f'<input type="checkbox" data-row="{escape(entry.row)}">'
        yield f'<br><label class="check">{box}{self.say("checked")}</label></td></tr>'

    def _printed(self, entry: Entry) -> str:
        shown = [field for field in entry.fields if field.name not in _IN_HEADING and field.printed]
        return self._pairs((field, field.printed) for field in shown)

    def _drafted(self, entry: Entry, criterion: Criterion | None) -> str:
        shown = [field for field in entry.fields if field.name not in _IN_HEADING]
        return self._pairs((field, self._value(field, criterion)) for field in shown)

    def _pairs(self, pairs: Iterable[tuple[Field, str]]) -> str:
        found = [
            f'<dt>{escape(field_name(field, self.lang))}</dt><dd class="mark {field.confidence}">{escape(text)}</dd>'
            for field, text in pairs
            if text
        ]
        return f"<dl>{''.join(found)}</dl>" if found else ""

    def _value(self, field: Field, criterion: Criterion | None) -> str:
        """Return what the draft says, rules in words."""
        if (said := value_words(field.name, field.value, self.lang)) is not None:
            return said
        if field.name == "rule" and criterion is not None:
            return "\n".join(rule_lines(self.framework, criterion, self.lang))
        if field.name == "max_points" and criterion is not None and criterion.max_points is not None:
            why = f" ({criterion.inferred})" if criterion.inferred else ""
            return f"{local_text(criterion.max_points, self.lang)}{why}"
        if field.name == "unit_kinds" and isinstance(field.value, list):
            return ", ".join(named(f"kind.{one}", self.lang, str(one)) for one in field.value)
        if field.name in ("date", "valid_from") and isinstance(field.value, str):
            return dt.date.fromisoformat(field.value).strftime("%d/%m/%Y")
        if isinstance(field.value, list):
            return (
                "\n".join(f"• {one}" for one in field.value) if len(field.value) > 1 else "".join(map(str, field.value))
            )
        if field.value is True:
            return phrase("value.yes", self.lang)
        return "" if field.value is None else str(field.value)

    def _doubts(self, field: Field) -> str:
        """Say why a field is not certain, what else it may be, and which words it leaves."""
        if field.confidence == "high" and not field.left_over:
            return ""
        said = [doubt.text(self.lang) for doubt in field.doubts] or [how(field, self.lang)]
        lines = [f"{field_name(field, self.lang)}: {'; '.join(said)}"]
        if field.alternatives:
            others = "; ".join(self._alternative(field.name, one) for one in field.alternatives)
            lines.append(f"{phrase('alternatives', self.lang)}: {others}")
        if field.left_over and field.left_over != (field.printed,):
            lines.append(f"{phrase('left_over', self.lang)}: {'; '.join(field.left_over)}")
        body = "<br>".join(map(escape, lines))
        return f'<div class="doubt {field.confidence}">{body}</div>'

    def _alternative(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            rule = value.get("rule", value)
            kind = str(rule.get("kind", rule)) if isinstance(rule, dict) and rule else str(value)
            return named(f"rule.{kind}", self.lang, value_words(name, value, self.lang) or kind)
        return value_words(name, value, self.lang) or str(value)

    def _simple(self, rows: Sequence[str]) -> Iterator[str]:
        apart = ("printed_counts", "general_rule")
        found = [field for field in self.draft.fields if field.row in rows and field.name not in apart]
        yield self._table_head(("what", "printed", "draft", "sure"))
        for field in found:
            printed = escape(field.printed) or f"<em>{self.say('not_found')}</em>"
            name = "name.legal_title" if (field.row, field.name) == ("legal", "title") else ""
            called = self.say(name) if name else escape(field_name(field, self.lang))
            yield f'<tr class="row {field.confidence}"><td>{called}</td>'
            yield f'<td class="words">{printed}<div class="where">{escape(field.place.words(self.lang))}</div></td>'
            yield f'<td class="words">{escape(self._value(field, None))}</td>'
            badge = f'<span class="badge {field.confidence}">{self.say(field.confidence)}</span>'
            yield f"<td>{badge}{self._doubts(field) if field.doubts or field.alternatives else ''}</td></tr>"
        yield "</tbody></table>"

    def _information(self) -> Iterator[str]:
        rows = self.framework.general_information
        if not rows:
            return
        yield self._table_head(("code", "what", "draft"))
        for row in rows:
            agencies = "; ".join(row.provider + row.support)
            note = f'<div class="where">{escape(row.note)}</div>' if row.note else ""
            yield f'<tr><td class="code">{escape(row.no)}</td><td>{escape(row.label)}{note}</td>'
            yield f"<td>{escape(agencies)}</td></tr>"
        yield "</tbody></table>"

    def _general(self) -> Iterator[str]:
        """Say what the articles state for all criteria, and what became of each sentence."""
        if not self.draft.stated:
            return
        yield self._table_head(("printed", "where", "became"))
        for one in self.draft.stated:
            sentence, look = one.sentence, "good" if one.fate != "left" else "bad"
            yield f'<tr><td class="words">{escape(sentence.text)}</td>'
            where = f'<div class="where">{escape(sentence.place.words(self.lang))}</div>'
            yield f"<td>{escape(sentence.clause)}{where}</td>"
            yield f'<td class="{look}">{escape(fate(one, self.lang))}</td></tr>'
        yield "</tbody></table>"

    # --- checks

    def _counts(self) -> Iterator[str]:
        found = list(checks(self.draft))
        if not found:
            return
        yield self._table_head(("what", "stated", "counted", "where"))
        for one in found:
            yield self._count(one)
        yield "</tbody></table>"

    def _count(self, one: Checked) -> str:
        count = one.count
        within = f" {self.say('within', codes=', '.join(count.within))}" if count.within else ""
        look = "good" if one.agrees else "bad"
        counted = "?" if one.counted is None else str(one.counted)
        return (
            f"<tr><td>{self.say(f'what.{count.what}')}{within}</td><td>{count.printed}</td>"
            f'<td class="{look}">{counted}</td><td>{escape(count.words[:200])}'
            f'<div class="where">{escape(count.place.words(self.lang))}</div></td></tr>'
        )

    def _findings(self) -> Iterator[str]:
        if not self.draft.findings:
            return
        yield '<ul class="plain">'
        for finding in self.draft.findings:
            text = f"{finding.text(self.lang)} {finding.suggestion(self.lang)}"
            yield f"<li><strong>{escape(finding.code)}</strong> {escape(text)}</li>"
        yield "</ul>"

    def _left_over(self) -> Iterator[str]:
        rows = [(one.text, one.place, one.reason) for one in self.draft.left_over]
        rows += [(one.text, one.place, one.reason) for one in self.draft.document.dropped]
        for expected in (False, True):
            chosen = [row for row in rows if (row[2] in _EXPECTED) is expected]
            if not chosen:
                continue
            reasons = ", ".join(dict.fromkeys(named(f"reason.{row[2]}", self.lang, row[2]) for row in chosen))
            state = "" if expected else " open"
            yield f"<details{state}><summary>{len(chosen)}: {escape(reasons)}</summary>"
            yield self._table_head(("printed", "where", "reason"))
            for text, place, reason in chosen:
                yield f'<tr><td class="words">{escape(text)}</td><td>{escape(place.words(self.lang))}</td>'
                yield f"<td>{escape(named(f'reason.{reason}', self.lang, reason))}</td></tr>"
            yield "</tbody></table></details>"
