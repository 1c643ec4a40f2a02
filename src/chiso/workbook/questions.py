"""What a form asks, in which order and on which sheet: general information once, then the criteria by dimension.

A figure that several criteria need, or that the document lists as general information, is asked with the general
information; where a criterion needs it, it is only shown. What only those who assess decide stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chiso.framework.inputs import Asked, asked, decided
from chiso.framework.measures import known_units
from chiso.framework.model import Criterion, Dimension, FactType, Framework, InformationRow
from chiso.framework.rules import Levels, Option, Sum, Unscored
from chiso.framework.words import rule_lines, target_line
from chiso.scoring.entries import EXEMPTIONS
from chiso.scoring.lasting import lasting_facts
from chiso.scoring.levels import registered_input
from chiso.workbook.form_phrases import phrase
from chiso.workbook.words import explanation_name, general_name

#: How the label of the printed row for the unit's own name starts; such a row is where the office writes it.
_NAME = "tên"

#: The input that frees a unit from a criterion (A4).
EXEMPT = "exempt"

#: Types of figures that say by themselves what is wanted.
_ANSWERS: tuple[FactType, ...] = ("choice", "days", "yes_no")


@dataclass(frozen=True, slots=True)
class Question:
    """One figure to be written down, or shown where ``shown`` says so.

    ``fact``: the identifier under which its value is kept; empty for what no rule uses. ``may_lack``: whether the
    answer may be that there is nothing to count. ``dated``: whether the day of the figure decides if it counts (A25).
    """

    code: str
    input: str
    label: str
    type: FactType
    unit: str = ""
    options: tuple[Option, ...] = ()
    most: Fraction | None = None
    shown: str = ""
    letter: str = ""
    optional: bool = False
    lines: bool = False
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: str = ""
    fact: str = ""
    may_lack: bool = True
    dated: bool = False


@dataclass(frozen=True, slots=True)
class General:
    """A row of general information. ``question`` is None for text that no rule uses.

    ``elsewhere``: it is not asked here, but on the page of the report.
    """

    no: str
    label: str
    question: Question | None
    provider: str
    note: str
    used_by: str
    is_name: bool = False
    personal: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A criterion with what it asks; without questions it is a heading, or followed only.

    ``explanation``: why it has no evidence, where that is asked. ``remarks``: what has been said of it, to be read.
    """

    criterion: Criterion
    title: str
    rule: str
    help: str
    questions: tuple[Question, ...]
    lead: str
    support: str
    due: str
    explanation: Question | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A dimension with its blocks in printed order."""

    dimension: Dimension
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Everything a form asks. ``decisions``: what those who assess decide, by dimension.

    ``remarks``: what has been said of the general information, to be read.
    """

    framework: Framework
    general: tuple[General, ...]
    shared: tuple[General, ...]
    sections: tuple[Section, ...]
    registered: General | None = None
    decisions: tuple[Section, ...] = ()
    remarks: str = ""


def questionnaire(framework: Framework, lang: str) -> Questionnaire:
    """Return everything that a form of a framework asks."""
    uses = _uses(framework)
    informed = [row.fact for row in framework.general_information if row.fact]
    shared = [fact for fact, codes in uses.items() if fact not in informed and len(codes) > 1]
    once, dated = {*informed, *shared}, lasting_facts(framework)
    sections = tuple(
        Section(one, tuple(_block(framework, criterion, once, dated, lang) for criterion in one.walk()))
        for one in framework.dimensions
    )
    general = tuple(
        _information(framework, row, uses, is_first=at == 0, lang=lang)
        for at, row in enumerate(framework.general_information)
    )
    listed = tuple(_shared(framework, fact, uses, lang) for fact in shared)
    general, listed = (tuple(_with_day(row, dated) for row in rows) for rows in (general, listed))
    registered = _registered(framework, lang) if framework.is_maturity else None
    return Questionnaire(framework, general, listed, sections, registered, _decisions(framework, lang))


def of_a_report(asked_: Questionnaire, lang: str) -> Questionnaire:
    """Return what the form of a report in the browser asks: also what it says in words.

    Neither personal data nor the level that a unit registers, nor what those who assess decide: that is kept elsewhere.
    """
    rows = asked_.framework.general_information
    general = tuple(_in_words(row, general_name(at, rows[at])) for at, row in enumerate(asked_.general))
    sections = tuple(
        replace(section, blocks=tuple(_explained(block, lang) for block in section.blocks))
        for section in asked_.sections
    )
    return replace(asked_, general=general, sections=sections, registered=None, decisions=())


def with_remarks(asked_: Questionnaire, remarks: Mapping[str, str]) -> Questionnaire:
    """Return a questionnaire with what was said of criteria, by their codes, and of general information ("")."""
    sections = tuple(
        replace(
            section, blocks=tuple(replace(one, remarks=remarks.get(one.criterion.code, "")) for one in section.blocks)
        )
        for section in asked_.sections
    )
    return replace(asked_, sections=sections, remarks=remarks.get("", ""))


def _in_words(row: General, name: str) -> General:
    if row.personal:
        return replace(row, elsewhere=True)
    if row.is_name or (row.question is not None and row.question.input):
        return row
    question = row.question or Question("", "", row.label, "text")
    return replace(row, question=replace(question, input=name, fact=name))


def _explained(block: Block, lang: str) -> Block:
    code = block.criterion.code
    if block.criterion.criteria:
        return block
    name = explanation_name(code)
    return replace(
        block, explanation=Question(code, name, phrase("explanation", lang), "text", optional=True, fact=name)
    )


def exemption_words(granted: str, lang: str) -> str:
    """Return how a form names a kind of exemption."""
    return phrase(f"exempt_{granted}", lang)


def _registered(framework: Framework, lang: str) -> General:
    """Return the row in which a unit registers the level it aims at (A18)."""
    one = registered_input(framework)
    question = Question("", one.name, "", one.type, options=one.options, optional=True, fact=one.fact, may_lack=False)
    return General("", phrase("registered", lang), question, "", phrase("registered_note", lang), "")


def _decisions(framework: Framework, lang: str) -> tuple[Section, ...]:
    """Return what those who assess may decide of each criterion: points where no printed line holds, exemptions.

    Levels have neither: no points are decided, and nobody is exempt from a level.
    """
    found = []
    for one in framework.dimensions:
        blocks = (_decided(criterion, lang) for criterion in one.walk() if not criterion.criteria)
        section = Section(one, tuple(block for block in blocks if block.questions))
        found += [section] if section.blocks else []
    return tuple(found)


def _decided(criterion: Criterion, lang: str) -> Block:
    questions = []
    by_verifier = decided(criterion)
    if by_verifier is not None:
        name, label, most = by_verifier.name, phrase("decided", lang), criterion.max_points
        fact = by_verifier.fact
        questions.append(Question(criterion.code, name, label, "points", most=most, fact=fact, may_lack=False))
    if not isinstance(criterion.effective_rule, Levels | Unscored):
        options = tuple(Option(id=one, label=exemption_words(one, lang), share=Fraction(0)) for one in EXEMPTIONS)
        label = phrase("exemption", lang) if questions else ""
        questions.append(Question(criterion.code, EXEMPT, label, "choice", options=options, may_lack=False))
    return Block(criterion, criterion.title, "", "", tuple(questions), "", "", "")


def _with_day(row: General, dated: set[str]) -> General:
    question = row.question
    return row if question is None else replace(row, question=replace(question, dated=question.fact in dated))


def _uses(framework: Framework) -> dict[str, list[str]]:
    """Return the criteria that use each shared fact, in printed order, with the letter they use it under."""
    found: dict[str, list[str]] = {}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            if one.fact in framework.known_facts:
                name = letter(criterion, one)
                found.setdefault(one.fact, []).append(f"{criterion.code} ({name})" if name else criterion.code)
    return found


def letter(criterion: Criterion, one: Asked) -> str:
    """Return the letter that the printed rule uses for an input; names that only the file knows are no letters."""
    printed = re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", criterion.printed_rule or "")
    return one.name if printed else ""


def _information(
    framework: Framework, row: InformationRow, uses: dict[str, list[str]], *, is_first: bool, lang: str
) -> General:
    question = None
    fact = framework.known_facts.get(row.fact) if row.fact else None
    if fact is not None:
        name = row.fact or ""
        question = Question("", name, row.label, fact.type, _unit(fact.unit, lang), fact=name)
    elif row.type not in ("text", "document", "date"):
        question = Question("", "", row.label, row.type)
    provider = "; ".join(row.provider) or (fact.provider if fact and fact.provider else "")
    is_name = is_first and row.fact is None and row.label.casefold().startswith(_NAME)
    return General(row.no, row.label, question, provider, row.note or "", _used(uses, row.fact), is_name, row.personal)


def _shared(framework: Framework, name: str, uses: dict[str, list[str]], lang: str) -> General:
    fact = framework.known_facts[name]
    label = fact.label[lang] + (f" ({fact.as_of})" if fact.as_of else "")
    question = Question("", name, label, fact.type, _unit(fact.unit, lang), fact=name)
    return General("", label, question, fact.provider or "", "", _used(uses, name))


def _used(uses: dict[str, list[str]], fact: str | None) -> str:
    return ", ".join(uses.get(fact or "", []))


def _unit(unit: str, lang: str) -> str:
    return known_units().get(unit, {}).get(lang, "")


def _block(framework: Framework, criterion: Criterion, once: set[str], dated: set[str], lang: str) -> Block:
    found = asked(framework, criterion)
    questions = tuple(
        replace(_question(criterion, one, once, lang, alone=len(found) == 1), dated=one.fact in dated) for one in found
    )
    title = "\n".join(part for part in (criterion.title, criterion.detail) if part)
    rule = _rule(framework, criterion, lang)
    help_ = "\n".join([part for part in (criterion.method,) if part] + criterion.evidence + criterion.legal_basis)
    lead, support = "; ".join(criterion.lead), "; ".join(criterion.support)
    return Block(criterion, title, rule, help_, questions, lead, support, criterion.due or "")


def _rule(framework: Framework, criterion: Criterion, lang: str) -> str:
    """Return the rule as printed; where none is printed, the targets of the levels, or the rule in our own words."""
    rule = criterion.effective_rule
    if isinstance(rule, Levels):
        lines = [
            phrase(
                "level",
                lang,
                number=level.number,
                name=level.name[lang],
                target=target_line(framework, criterion, rule, rule.targets.get(level.number), lang),
            )
            for level in framework.levels
        ]
    elif isinstance(rule, Sum):
        lines = []
    elif isinstance(rule, Unscored) and criterion.printed_rule:
        lines = [rule_lines(framework, criterion, lang)[0]]
    else:
        lines = [] if criterion.printed_rule else rule_lines(framework, criterion, lang)
    return "\n".join([*([criterion.printed_rule] if criterion.printed_rule else []), *lines])


def _question(criterion: Criterion, one: Asked, once: set[str], lang: str, *, alone: bool) -> Question:
    declared = one.declared
    unit = "%" if one.type == "share" else _unit(one.unit, lang)
    return Question(
        criterion.code,
        one.name,
        _label(criterion, one, lang, alone=alone),
        one.type,
        unit,
        one.options,
        criterion.max_points if one.type == "points" else None,
        one.fact if one.fact in once else "",
        letter(criterion, one),
        one.optional,
        one.lines,
        *((tuple(declared.lead), tuple(declared.support), declared.due or "") if declared else ((), (), "")),
        fact=one.fact,
    )


def _label(criterion: Criterion, one: Asked, lang: str, *, alone: bool) -> str:
    """Return what to write beside a field; one that only repeats the title says what kind of answer it wants."""
    if one.label != criterion.title:
        return one.label
    if alone:
        return ""
    return phrase(f"ask_{one.type}", lang) if one.type in _ANSWERS else one.label


def is_plain(block: Block) -> bool:
    """Say whether the only figure of a criterion is the criterion itself, and fits on its row."""
    return len(block.questions) == 1 and not block.questions[0].label


def has(sections: Sequence[Section], name: str) -> bool:
    """Say whether any criterion or input has something in a column: remarks, help, lead, support or due."""
    blocks = [block for section in sections for block in section.blocks]
    own = name not in ("help", "remarks")
    inputs = [question for block in blocks for question in block.questions] if own else []
    return any(getattr(one, name) for one in [*blocks, *inputs])
