"""``chiso explain``: why one criterion of one unit has the points it has."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from chiso.cli.chosen import load_framework
from chiso.cli.loading import load_facts
from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import print_json, print_text, say_faults
from chiso.cli.phrases import phrase
from chiso.framework.faults import near_misses
from chiso.framework.model import Framework
from chiso.framework.words import rule_lines
from chiso.quantity import local_text, percent_text
from chiso.scoring.facts import Origin
from chiso.scoring.result import absence, level_of
from chiso.scoring.score import Scores, score
from chiso.scoring.trace import Supplied, Trace, explain, number_text, value_text
from chiso.workbook.columns import tidy


def explain_criterion(options: Namespace) -> int:
    """Print the explanation of one criterion of one unit."""
    framework = load_framework(options.id, options)
    code, name = tidy(options.code), tidy(options.unit)
    if code not in framework.criteria:
        near = near_misses(code, framework.criteria)
        raise UnusableError(
            phrase("explain.code", options.lang, name=code[:80], id=options.id) + _near(near, options.lang)
        )
    facts, faults = load_facts(framework, options)
    names = [unit.name for unit in facts.units]
    if name not in names:
        near = near_misses(name, names)
        raise UnusableError(phrase("explain.unit", options.lang, name=name[:80]) + _near(near, options.lang))
    scores, unit = score(framework, facts), names.index(name)
    trace, remark = explain(scores, unit, code), absence(scores, unit, options.lang)
    # Faults of other units do not concern this explanation.
    faults = [fault for fault in faults if fault.unit in ("", name)]
    say_faults(faults, options.lang)
    if options.format == "json":
        rule = rule_lines(framework, trace.criterion, options.lang)
        level = level_of(scores, unit, options.lang) if framework.is_maturity else None
        print_json({**trace.as_dict(options.lang), "rule": rule, "not_ranked": remark, "level": level})
    else:
        remarks = [*_registered(scores, unit, options.lang), *([remark] if remark else [])]
        for line in (*_lines(framework, trace, options.lang), *remarks):
            print_text(line)
    return WITH_FAULTS if any(fault.severity == "error" for fault in faults) else DONE


def _registered(scores: Scores, unit: int, lang: str) -> Iterator[str]:
    """Yield whether the level that a unit has registered is met."""
    reached = scores.reached(unit) if scores.framework.is_maturity else None
    if reached is not None and reached.registered is not None:
        code = "explain.registered_met" if reached.registered_met else "explain.registered_missed"
        yield phrase(code, lang, registered=reached.registered, reached=reached.number)


def _near(names: tuple[str, ...], lang: str) -> str:
    return " " + phrase("near", lang, names=", ".join(names)) if names else ""


def _lines(framework: Framework, trace: Trace, lang: str) -> Iterator[str]:
    criterion = trace.criterion
    yield f"{criterion.code}  {criterion.title}"
    yield f"{trace.unit} · {framework.title[lang]}"
    if criterion.clause:
        yield f"{phrase('explain.clause', lang)}: {framework.legal.number}, {criterion.clause}"
    if criterion.printed_rule:
        yield ""
        yield phrase("explain.printed", lang)
        yield from (f"  {line}" for line in criterion.printed_rule.splitlines())
    yield ""
    yield phrase("explain.rule", lang)
    yield from (f"  {line}" for line in rule_lines(framework, criterion, lang))
    if trace.supplied:
        yield ""
        yield phrase("explain.inputs", lang)
        yield from (f"  {line}" for one in trace.supplied for line in _supplied(one, lang))
    if trace.steps:
        yield ""
        yield phrase("explain.steps", lang)
        yield from (f"  {number}. {trace.step_text(step, lang)}" for number, step in enumerate(trace.steps, start=1))
    yield ""
    yield from _result(framework, trace, lang)


def _supplied(one: Supplied, lang: str) -> Iterator[str]:
    value = phrase(f"state.{one.state.word}", lang) if one.value is None else value_text(one.asked, one.value, lang)
    yield f"{one.asked.name} = {value}   {one.label[lang]}"
    origin = _origin(one.origin)
    if origin:
        yield f"    {phrase('explain.source', lang)}: {origin}"


def _origin(origin: Origin) -> str:
    return "; ".join(part for part in (origin.source, origin.as_of, origin.note, origin.place) if part)


def _result(framework: Framework, trace: Trace, lang: str) -> Iterator[str]:
    result, most = trace.result, trace.criterion.max_points
    if framework.is_maturity:
        levels = ", ".join(str(level) for level in trace.levels) or phrase("explain.none", lang)
        yield f"{phrase('explain.levels', lang)}: {levels}"
    elif result.known:
        of = "" if most is None else f" / {local_text(most, lang)}"
        share = f" ({percent_text(result.value / most, lang, 2)})" if most else ""
        yield f"{phrase('explain.result', lang)}: {number_text(result.value, lang)}{of}{share}"
    else:
        yield f"{phrase('explain.result', lang)}: {phrase(f'state.{result.state.word}', lang)}"
    message = trace.reason(lang)
    if message:
        yield message
    if trace.granted is not None and _origin(trace.granted):
        yield f"{phrase('explain.granted', lang)}: {_origin(trace.granted)}"
