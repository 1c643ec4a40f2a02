"""Every action that the code writes into the log has words, in both languages, and every sentence says who."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import chiso.web
from chiso.web.audit.models import Entry
from chiso.web.audit.reading import told
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.audit.words import actions
from tests.web import factories as make

WEB = Path(chiso.web.__file__).parent
#: Functions of the log itself that take an action by its name.
OF_THE_LOG = {"record": None, "append": None, "prepared": None}


def functions(tree: ast.Module) -> dict[str, int | None]:
    """Return the functions that pass an ``action`` on, with its place among their arguments."""
    found: dict[str, int | None] = dict(OF_THE_LOG)
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef):
            names = [arg.arg for arg in one.args.args]
            if "action" in names:
                found[one.name] = names.index("action")
    return found


def written(path: Path) -> Iterator[str]:
    """Yield the actions that a module writes; one made up of parts as a pattern, ``report.*``."""
    tree = ast.parse(path.read_text("utf-8"))
    places = functions(tree)
    values = {
        target.id: one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in places:
            continue
        place = places[call.func.id]
        given = [one.value for one in call.keywords if one.arg == "action"]
        given += [] if given or place is None or len(call.args) <= place else [call.args[place]]
        assert given, f"{path.name}:{call.lineno}: {call.func.id} is not told which action"
        yield from resolved(given[0], values, path)


def resolved(node: ast.expr, values: dict[str, ast.expr], path: Path) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp():
            yield from resolved(node.body, values, path)
            yield from resolved(node.orelse, values, path)
        case ast.JoinedStr():
            yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
        case ast.Subscript(value=ast.Name(id=name)):
            table = values[name]
            assert isinstance(table, ast.Dict)
            for one in table.values:
                yield from resolved(one, values, path)
        case ast.Name(id="action") if "action" not in values:
            return  # passed on: whoever calls says which
        case ast.Name(id=name) if name in values:
            yield from resolved(values[name], values, path)
        case _:
            pytest.fail(f"{path.name}:{node.lineno}: write the action where a reader can see it")


WRITTEN = sorted({name for path in sorted(WEB.rglob("*.py")) for name in written(path)})


def test_the_code_was_understood() -> None:
    assert {"report.saved", "unit.merged", "round.moved", "round.reopened", "evidence.put", "report.*"} <= set(WRITTEN)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_action_has_words(name: str) -> None:
    assert fnmatch.filter(actions(), name), f"{name}: say in the module `log` of its app what it is called"


def test_no_words_are_left_over() -> None:
    assert [name for name in actions() if not any(fnmatch.fnmatch(name, one) for one in WRITTEN)] == []


@pytest.mark.parametrize("name", sorted(actions()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_says_who_and_fills_its_places(name: str, language: str) -> None:
    action = actions()[name]
    with override(language):
        sentence, words = str(action.sentence), str(action.words)
        more = [str(one) for one in action.also.values()]

    assert sentence.startswith("%(who)s ")
    assert words
    holes = {part.partition(")")[0] for text in [sentence, *more] for part in text.split("%(")[1:]}
    assert holes <= {"who", *action.fields, "count", "changes", "units"}


@pytest.mark.django_db
def test_every_action_can_be_told_without_any_data() -> None:
    entries = [record(strand="log", action=name, actor=SYSTEM) for name in sorted(actions())]

    for one in told(entries):
        assert one.sentence.startswith("Hệ thống ")
        assert "%" not in one.sentence


@pytest.mark.django_db
def test_an_entry_says_who_did_what_and_where() -> None:
    officer = make.person()
    round_ = make.round_(make.unit("Tỉnh mẫu"))
    member = make.participant(round_, make.unit("Xã mẫu"))
    until = "2026-11-30T10:00:00+00:00"
    about = {"participant": member.pk, "until": until, "reason": "Mất điện"}
    entry = record(strand=f"round:{round_.pk}", action="round.late_allowed", actor=Actor(officer.pk), **about)

    one = told([entry])[0]

    assert one.sentence == (
        f"{officer.full_name} cho phép Xã mẫu · {round_.title} báo cáo đến 30/11/2026 17:00; lý do: Mất điện"
    )
    assert (one.where.words, one.where.address) == (round_.title, f"/results/round/{round_.pk}/")
    assert [(row.label, row.new) for row in one.rows] == [
        ("Đơn vị tham gia", f"Xã mẫu · {round_.title}"),
        ("Đến", "30/11/2026 17:00"),
        ("Lý do", "Mất điện"),
    ]


@pytest.mark.django_db
def test_figures_are_told_with_what_they_were() -> None:
    report = make.report(make.participant(make.round_(make.unit()), make.unit()))
    values = {
        "households": {"old": None, "new": {"v": "12040"}},
        "1.1/a": {"old": "12000", "new": {"v": "12400", "note": "Theo sổ", "source": "Công an"}},
        "1.2/choice": {"old": "deputy", "new": {"v": "head"}},
    }
    entry = record(strand=report.strand, action="report.saved", actor=SYSTEM, values=values, on_behalf=True)

    one = told([entry])[0]

    rows = {row.label: (row.old, row.new) for row in one.rows}
    assert rows["Số hộ gia đình có Internet"] == ("12.000 hộ", "12.400 hộ")
    assert "Số hộ gia đình có Internet: nguồn" in rows
    assert one.sentence.startswith("Hệ thống đã lưu 3 số liệu: ")
    assert "Số hộ gia đình có Internet: 12.000 hộ → 12.400 hộ" in one.sentence
    assert one.sentence.endswith("thay đơn vị")


@pytest.mark.django_db
def test_a_thing_that_is_gone_and_an_action_of_a_later_version_are_told_all_the_same() -> None:
    entries = [
        record(strand="round:99", action="round.moved", actor=SYSTEM, **{"from": "open", "to": "council"}),
        record(strand="future:7", action="future.thing_done", actor=SYSTEM, what="x"),
    ]

    gone, later = told(entries)

    assert (gone.where.words, gone.where.address) == ("đợt đánh giá 99", "")
    assert (later.sentence, later.where.words) == ("Hệ thống: future.thing_done", "future 7")
    assert [(row.label, row.new) for row in later.rows] == [("what", "x")]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20])
def test_telling_asks_as_often_for_many_entries_as_for_one(count: int, django_assert_num_queries) -> None:
    round_ = make.round_(make.unit())
    for _ in range(count):
        report = make.report(make.participant(round_, make.unit()))
        values = {"households": {"old": None, "new": {"v": "7"}}}
        record(strand=report.strand, action="report.saved", actor=Actor(make.person().pk), values=values)
    entries = list(Entry.objects.filter(action="report.saved"))
    told(entries)  # warms the framework

    with django_assert_num_queries(2):  # reports, people
        assert len(told(entries)) == count
