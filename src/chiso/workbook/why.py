"""Why a criterion has no result, for people who do not know the names of inputs: labels in place of letters."""

from __future__ import annotations

import re

from chiso.framework.inputs import asked
from chiso.framework.model import Criterion, Framework
from chiso.framework.words import legend_lines
from chiso.scoring.exact import Exact
from chiso.scoring.trace import reason
from chiso.workbook.result_phrases import phrase

#: Reasons that name a single figure.
_ONE_FIGURE = {"S101": "why_missing", "S102": "why_none", "S103": "why_faulty"}

#: Data of a reason that hold names of figures, or formulas of them.
_FORMULAS = ("name", "part", "whole")

_NAME = re.compile(r"[^\W\d]\w*")


def why(framework: Framework, criterion: Criterion, result: Exact, lang: str) -> str:
    """Return why there is no result and what to do, in words that the printed rows explain."""
    inputs = {one.name: one for one in asked(framework, criterion)}
    name = str(result.data.get("name", ""))
    if result.code in _ONE_FIGURE and name in inputs:
        return phrase(_ONE_FIGURE[result.code], lang, label=inputs[name].label)
    words = reason(result, lang) or ""
    texts = " ".join(str(result.data.get(key, "")) for key in _FORMULAS)
    named = [one for one in dict.fromkeys(_NAME.findall(texts)) if one in inputs]
    return "\n".join([words, *legend_lines(framework, criterion, named, lang)])
