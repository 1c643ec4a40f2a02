"""``chiso framework list|show|lint|diff``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from chiso.cli.chosen import load_framework
from chiso.cli.main import DONE
from chiso.cli.output import print_json, print_table, print_text
from chiso.cli.phrases import phrase
from chiso.framework.diff import diff
from chiso.framework.inputs import Asked, asked
from chiso.framework.lint import lint
from chiso.framework.loader import bundled, load
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Choice, Levels, Target
from chiso.framework.words import rule_lines
from chiso.quantity import decimal_text, local_text, plain


def list_frameworks(options: Namespace) -> int:
    """List the bundled frameworks."""
    frameworks = [load(name) for name in bundled()]
    if options.format == "json":
        print_json([_summary(framework) for framework in frameworks])
        return DONE
    rows = [
        (one.id, one.version, str(_leaves(one)), _most(one, options.lang), one.title[options.lang])
        for one in frameworks
    ]
    print_table(phrase("list.headings", options.lang).split("|"), rows, right=(2, 3))
    return DONE


def show_framework(options: Namespace) -> int:
    """Show a framework: its rows with rules in words, or everything as JSON."""
    framework = load_framework(options.id, options)
    if options.format == "json":
        print_json(described(framework, options.lang))
        return DONE
    for line in _shown(framework, options.lang):
        print_text(line)
    return DONE


def lint_framework(options: Namespace) -> int:
    """Report what a sceptical reader finds in a framework."""
    framework = load_framework(options.id, options)
    findings = lint(framework)
    if options.format == "json":
        print_json([finding.as_dict(options.lang) for finding in findings])
        return DONE
    if not findings:
        print_text(phrase("lint.quiet", options.lang))
        return DONE
    rows = [
        (
            one.code,
            phrase(f"severity.{one.severity}", options.lang),
            one.where(options.lang),
            one.sentence(options.lang),
            one.suggestion(options.lang),
        )
        for one in findings
    ]
    print_table(phrase("lint.headings", options.lang).split("|"), rows)
    return DONE


def diff_frameworks(options: Namespace) -> int:
    """Show what changed between two frameworks."""
    old, new = load_framework(options.old, options), load_framework(options.new, options)
    changes = diff(old, new)
    if options.format == "json":
        print_json([change.as_dict(options.lang) for change in changes])
        return DONE
    for change in changes:
        print_text(change.text(options.lang))
    if not changes:
        print_text(phrase("diff.none", options.lang))
    return DONE


def described(framework: Framework, lang: str = "vi") -> dict[str, Any]:
    """Return a framework as plain data for other programs; numbers are decimal strings."""
    return {
        "id": framework.id,
        "version": framework.version,
        "hash": framework.hash,
        "title": framework.title.model_dump(),
        "legal": framework.legal.model_dump(mode="json"),
        "unit_kinds": framework.unit_kinds,
        "max_points": _decimal(framework.max_points),
        "printed_rows": framework.printed_rows(),
        "policies": plain(framework.policies.model_dump()),
        "levels": [level.model_dump() for level in framework.levels],
        "pillars": [
            {
                "code": pillar.code,
                "title": pillar.title.model_dump(),
                "dimensions": pillar.dimensions,
                "max_points": _decimal(pillar.max_points),
            }
            for pillar in framework.pillars
        ],
        "general_information": [row.model_dump() for row in framework.general_information],
        "readings": [
            {
                "id": reading.id,
                "clause": reading.clause,
                "question": reading.question.model_dump(),
                "default": reading.default,
                "chosen": framework.chosen_readings.get(reading.id, reading.default),
                "options": {name: option.label.model_dump() for name, option in reading.options.items()},
            }
            for reading in framework.readings
        ],
        "dimensions": [
            {
                "code": dimension.code,
                "title": dimension.title,
                "max_points": _decimal(dimension.max_points),
                "previous": _decimal(dimension.previous),
                "unscored": dimension.unscored,
            }
            for dimension in framework.dimensions
        ],
        "criteria": [_criterion(framework, criterion, lang) for criterion in framework.criteria.values()],
    }


def _criterion(framework: Framework, criterion: Criterion, lang: str) -> dict[str, Any]:
    rule = criterion.effective_rule
    found: dict[str, Any] = {
        "code": criterion.code,
        "parent": framework.parents[criterion.code],
        "title": criterion.title,
        "detail": criterion.detail,
        "max_points": _decimal(criterion.max_points),
        "inferred": criterion.inferred,
        "previous": _decimal(criterion.previous),
        "kind": rule.kind,
        "rule_kind": rule.kind,
        "rule": rule_lines(framework, criterion, lang),
        "printed_rule": criterion.printed_rule,
        "own_rule": criterion.own_rule,
        "inputs": [_input(one) for one in asked(framework, criterion)],
        "options": _options(rule) if isinstance(rule, Choice) else [],
        "lead": criterion.lead,
        "support": criterion.support,
        "due": criterion.due,
        "unit": criterion.unit,
        "method": criterion.method,
        "legal_basis": criterion.legal_basis,
        "clause": criterion.clause,
        "notes": criterion.notes,
        "corrections": [correction.model_dump() for correction in criterion.corrections],
    }
    if isinstance(rule, Levels):
        found["levels"] = {str(number): _target(target) for number, target in rule.targets.items()}
    return found


def _input(one: Asked) -> dict[str, Any]:
    return {
        "letter": one.name,
        "fact": one.fact,
        "label": one.label,
        "type": one.type,
        "unit": one.unit or None,
        "optional": one.optional,
        "options": [
            {"id": option.id, "label": option.label, "share": _decimal(option.share)} for option in one.options
        ],
    }


def _options(rule: Choice) -> list[dict[str, Any]]:
    return [{"id": option.id, "label": option.label, "share": _decimal(option.share)} for option in rule.options]


def _target(target: Target | None) -> dict[str, Any]:
    if target is None:
        return {"applies": False}
    return {"applies": True, **_condition(target)}


def _condition(target: Target) -> dict[str, Any]:
    """Return what a level asks for; a threshold of a share is a fraction of 1."""
    found: dict[str, Any] = {"printed": target.printed}
    if target.at_least is not None:
        found["at_least"] = decimal_text(target.at_least)
    if target.has:
        found["has"] = True
    if target.all_of_total:
        found["all_of_total"] = True
    if target.children is not None:
        children = target.children
        found["children"] = {
            "all_at_least": children.all_at_least,
            "share": _decimal(children.share),
            "at_least": children.at_least,
        }
    if target.any_of is not None:
        found["any_of"] = [_condition(one) for one in target.any_of]
    return found


def _shown(framework: Framework, lang: str) -> Iterator[str]:
    legal = framework.legal
    yield framework.title[lang]
    issued = legal.date.strftime("%d/%m/%Y") if legal.date else str(legal.year)
    yield f"{legal.number}, {issued}, {legal.issuer}"
    yield phrase(
        "show.rows", lang, rows=framework.printed_rows(), leaves=_leaves(framework), most=_most(framework, lang)
    )
    for dimension in framework.dimensions:
        yield ""
        most = "" if dimension.max_points is None else f" ({local_text(dimension.max_points, lang)})"
        yield f"{dimension.code}. {dimension.title}{most}"
        for criterion in dimension.walk():
            yield from _shown_criterion(framework, criterion, lang)
    if framework.readings:
        yield ""
        yield phrase("show.readings", lang)
    for reading in framework.readings:
        chosen = framework.chosen_readings.get(reading.id, reading.default)
        yield f"  {reading.id} ({reading.clause}): {reading.question[lang]}"
        for name, option in reading.options.items():
            mark = "*" if name == chosen else " "
            yield f"    {mark} {name}: {option.label[lang]}"


def _shown_criterion(framework: Framework, criterion: Criterion, lang: str) -> Iterator[str]:
    most = "" if criterion.max_points is None else f" ({local_text(criterion.max_points, lang)})"
    yield f"  {criterion.code}  {criterion.title}{most}"
    if criterion.detail:
        yield f"        {criterion.detail}"
    for line in rule_lines(framework, criterion, lang):
        yield f"        {line}"
    if criterion.lead:
        yield f"        {phrase('show.lead', lang)}: {'; '.join(criterion.lead)}"
    if criterion.due:
        yield f"        {phrase('show.due', lang)}: {criterion.due}"


def _summary(framework: Framework) -> dict[str, Any]:
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title.model_dump(),
        "unit_kinds": framework.unit_kinds,
        "criteria": _leaves(framework),
        "max_points": _decimal(framework.max_points),
        "levels": len(framework.levels),
        "hash": framework.hash,
    }


def _leaves(framework: Framework) -> int:
    return sum(not criterion.criteria for criterion in framework.criteria.values())


def _most(framework: Framework, lang: str) -> str:
    if framework.is_maturity:
        return phrase("list.levels", lang, count=len(framework.levels))
    return "" if framework.max_points is None else local_text(framework.max_points, lang)


def _decimal(value: Any) -> str | None:
    return None if value is None else decimal_text(value)
