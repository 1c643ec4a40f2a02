"""Writes what the prose states into a draft, and lists what no framework file says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.drafting.articles import Fate, Sentence, Stated, Statement
from chiso.decree.drafting.articles.defaults import Defaults
from chiso.decree.drafting.articles.policies import Policy, policies_of
from chiso.decree.drafting.articles.prose_weights import weights_in
from chiso.decree.drafting.inferring import averaged, most
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.numbers import written
from chiso.decree.table.tree import Tree
from chiso.decree.wording import Doubt

Said = tuple[Sentence, Statement]


class ArticleWriter:
    """Writes the statements of the prose into the data of one draft, which it changes."""

    def __init__(self, data: dict[str, Any], dimensions: list[dict[str, Any]], tree: Tree, record: Recorder) -> None:
        self.data, self.dimensions, self.tree, self.record = data, dimensions, tree, record
        self.account: list[Stated] = []
        self._set: dict[tuple[str, ...], Any] = {}

    def write(self, said: Sequence[Said]) -> list[Stated]:
        """Return what became of each statement, in printed order."""
        against = _contradicting(said)
        fates = self._rows(said)
        for sentence, one in said:
            fate = fates.get(id(sentence), one.fate if one.fate == "holds" else "left")
            field = "rule" if fate == "read" else ""
            if one.fate == "read" and fate == "left" and one.topic not in against:
                field = self._policies(sentence, one)
            elif one.topic == "weights":
                field = self._weights(sentence)
            if field or fate != "left":
                self.account.append(Stated(sentence, one.topic, "read" if field else fate, field))
            else:
                self._leave(sentence, one.topic, contradicted=one.topic in against)
        return self.account

    def _rows(self, said: Sequence[Said]) -> dict[int, Fate]:
        """Write general rules into the rows that they hold for; return what became of their sentences."""
        floors = [one for one in said if one[1].topic == "floor" and one[1].fate == "read"]
        general = [one for one in said if one[1].topic == "default" and one[1].fate == "read"]
        if len(floors) > 1:
            return {}
        rows = Defaults(self.dimensions, self.record)
        floor = floors[0] if floors else None
        fates: dict[int, Fate] = {id(sentence): rows.take(sentence, one, floor) for sentence, one in general}
        if floor is not None:
            sentence, one = floor
            formulas = [fates[id(other)] for other, statement in general if "rule" not in statement.data]
            of_ratios = rows.floor(sentence, one, sure=one.says == "ratios")
            if "read" in formulas or (of_ratios and one.says == "ratios"):
                fates[id(sentence)] = "read"
        return fates

    def _policies(self, sentence: Sentence, one: Statement) -> str:
        """Write what a sentence sets; return the first field that says so, empty where nothing is set."""
        found = policies_of(sentence, one, self.tree)
        if found is None or any(self._set.get(policy.path, policy.value) != policy.value for policy in found):
            return ""
        for policy in found:
            if policy.path not in self._set:
                self._write(sentence, one, policy)
        return ".".join(found[0].path)

    def _write(self, sentence: Sentence, one: Statement, policy: Policy) -> None:
        self._set[policy.path] = policy.value
        inner = self.data
        for key in policy.path[:-1]:
            inner = inner.setdefault(key, {})
        inner[policy.path[-1]] = policy.value
        sure = "medium" if policy.doubts else one.sure
        self.record.add(
            Field(
                "framework",
                ".".join(policy.path),
                policy.value,
                sentence.text,
                sentence.place,
                "article",
                sure,
                policy.alternatives,
                doubts=policy.doubts,
            )
        )

    def _weights(self, sentence: Sentence) -> str:
        """Write the weights that a sentence says; return the field that says so, empty where there is none."""
        if not re.search(r"\d", sentence.text) and any(averaged(one) for one in self.dimensions):
            return "aggregation"  # "điểm của chỉ số là trung bình có trọng số": the column of weights says which
        weights = weights_in(sentence.text, self.tree)
        if not weights or "total" in self.data:
            return ""
        self.data["total"] = {"kind": "weighted_mean", "weights": weights}
        self._out_of_the_same()
        total = self.data["total"]
        self.record.add(Field("framework", "total", total, sentence.text, sentence.place, "article", "medium"))
        return "total"

    def _out_of_the_same(self) -> None:
        """Write a total that is not printed: the mean of things out of 10 is out of 10."""
        fields = [one for one in self.record.fields if (one.row, one.name) == ("framework", "max_points")]
        full = {most(one) for one in self.dimensions}
        value = full.pop() if len(full) == 1 else None
        if value is None or not any(one.how == "sum_of_dimensions" for one in fields):
            return
        self.data["max_points"] = written(value)
        self.record.fields[:] = [one for one in self.record.fields if one.how != "sum_of_dimensions"]
        self.record.add(Field("framework", "max_points", written(value), "", Place(), "mean_of_dimensions", "medium"))

    def _leave(self, sentence: Sentence, topic: str, *, contradicted: bool) -> None:
        """List words that state a rule and are in no field, and keep them in the notes of the draft."""
        doubt = Doubt("general_contradicted" if contradicted else "general_not_expressed")
        self.data.setdefault("notes", []).append(f"{sentence.clause}: {sentence.text}")
        self.record.add(
            Field(
                "framework",
                "general_rule",
                None,
                sentence.text,
                sentence.place,
                f"general.{topic}",
                "low",
                left_over=(sentence.text,),
                doubts=(doubt,),
            )
        )
        self.record.leave_words([sentence.text], sentence.place, "general_rule")
        self.account.append(Stated(sentence, topic, "left"))


def _contradicting(said: Sequence[Said]) -> set[str]:
    """Return the topics of which sentences say different things: none of them is taken."""
    values: dict[str, set[tuple[object, ...]]] = {}
    for _, one in said:
        if one.fate == "read" and one.topic not in ("default", "floor", "left_out"):
            says = "" if one.topic == "rounding" else one.says
            value = (says, *(text for name, text in sorted(one.data.items()) if name in ("decimals", "names")))
            values.setdefault(one.topic, set()).add(value)
    return {topic for topic, found in values.items() if len(found) > 1}
