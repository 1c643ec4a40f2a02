"""What each grammar makes of a few tokens: worths, bounds, statements."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.wording.bounds import Bound, bound_of
from chiso.decree.wording.formula import formula_tokens
from chiso.decree.wording.lexing import tokens_of
from chiso.decree.wording.statements import Given, Statement, statement_of
from chiso.decree.wording.worth import BEST, RATIO, Added, Worth, worth_of
from chiso.framework.expression import Name

HALF = Fraction(1, 2)


def worth(line: str) -> Worth | Added | None:
    return worth_of(formula_tokens(tokens_of(line), line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Điểm tối đa", Worth(Fraction(1), whole=True)),
        ("1/2*Điểm tối đa", Worth(HALF, whole=True)),
        ("50% số điểm", Worth(HALF, whole=True)),
        ("một nửa số điểm", Worth(HALF, whole=True)),
        ("50%", Worth(HALF, whole=True)),
        ("được 2,5 điểm", Worth(Fraction(5, 2), points=True)),
        ("5.625 điểm", Worth(Fraction(45, 8), points=True)),
        ("không tính điểm", Worth(Fraction(0), points=True)),
        ("Tỷ lệ/80%*Điểm tối đa", Worth(Fraction(5, 4), (RATIO,), whole=True)),
        ("Điểm = Điểm tối đa * tỷ lệ/80%", Worth(Fraction(5, 4), (RATIO,), whole=True)),
        ("tính điểm theo tỷ lệ", Worth(Fraction(1), (RATIO,), whole=True)),
        ("(a/b)*10", Worth(Fraction(10), (Name("a"),), (Name("b"),))),
        ("Tỷ lệ/tỷ lệ cao nhất * điểm tối đa", Worth(Fraction(1), (RATIO,), (BEST,), whole=True)),
        (
            "Số hồ sơ đúng hạn/Tổng số hồ sơ x điểm tối đa",
            Worth(Fraction(1), (Name("Số hồ sơ đúng hạn"),), (Name("Tổng số hồ sơ"),), whole=True),
        ),
        ("Điểm tối đa * Điểm tối đa", None),
        ("Điểm tối đa / 0", None),
        ("từ 5 đến 7 điểm", None),
        ("(((", None),
    ],
)
def test_worth(line: str, expected: Worth | None) -> None:
    assert worth(line) == expected


def test_sums_stay_apart_and_constants_join() -> None:
    assert worth("1/2*Điểm tối đa + 1/4*Điểm tối đa") == Worth(Fraction(3, 4), whole=True)
    assert worth("Điểm tối đa - 2 x số lỗi") == Added(
        ((True, Worth(Fraction(1), whole=True)), (False, Worth(Fraction(2), (Name("số lỗi"),))))
    )


def share(low: str | None, high: str | None, **more: bool) -> Bound:
    ends = (None if one is None else Fraction(one) for one in (low, high))
    return Bound("share", *ends, **more)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("từ 80% trở lên", share("4/5", None)),
        ("≥80%", share("4/5", None)),
        ("tối thiểu 80%", share("4/5", None)),
        ("trên 80 %", share("4/5", None, low_open=True)),
        ("dưới 80%", share(None, "4/5", high_open=True)),
        ("80% trở xuống", share(None, "4/5")),
        ("không quá 80%", share(None, "4/5")),
        ("từ 50% đến dưới 80%", share("1/2", "4/5", high_open=True)),
        ("từ 50 đến 80%", share("1/2", "4/5")),
        ("50% - <80%", share("1/2", "4/5", high_open=True)),
        ("50% < tỷ lệ ≤ 80%", share("1/2", "4/5", low_open=True)),
        ("trên 50% đến 80%", share("1/2", "4/5", low_open=True)),
        ("100%", share("1", "1", exact=True)),
        ("Từ 10 đến 19", Bound("count", Fraction(10), Fraction(19))),
        ("≥ 0,5 tỷ", Bound("money", HALF, unit="billion_vnd")),
        ("dưới 500 triệu đồng", Bound("money", None, HALF, high_open=True, unit="billion_vnd")),
        ("từ 1 tuần/1 lần", Bound("rate", Fraction(52))),
        ("02 lần/quý trở lên", Bound("rate", Fraction(8))),
        ("dưới 1 tháng/1 lần", Bound("rate", None, Fraction(12), high_open=True)),
        ("hằng tháng", Bound("rate", Fraction(12), Fraction(12), exact=True)),
        ("chậm quá 10 ngày", Bound("day", Fraction(10), low_open=True, unit="day", late=True)),
        ("có quy chế và trên 80%", share("4/5", None, low_open=True, compound=True)),
        ("Có kế hoạch hằng năm", None),
        ("giai đoạn 05 năm", None),
        ("đầy đủ, kịp thời", None),
    ],
)
def test_bound(line: str, expected: Bound | None) -> None:
    assert bound_of(tokens_of(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Mỗi sáng kiến được cộng 1 điểm, tối đa 3 điểm",
            Statement(
                "add", Given(Fraction(1), whole=False), each=True, thing="sáng kiến", limit=Given(Fraction(3), False)
            ),
        ),
        (
            "cứ chậm 01 ngày trừ 0,5 điểm",
            Statement("take", Given(HALF, whole=False), each=True, thing="chậm ngày", unit="day", late=True),
        ),
        (
            "Mỗi lỗi trừ 10% điểm",
            Statement("take", Given(Fraction(1, 10), whole=True), each=True, thing="lỗi"),
        ),
        (
            "1 điểm/văn bản",
            Statement("each", Given(Fraction(1), whole=False), each=True, thing="văn bản", unit="document"),
        ),
        (
            "cứ 5 xã được 1 điểm",
            Statement("each", Given(Fraction(1), whole=False), each=True, per=Fraction(5), thing="xã", unit="commune"),
        ),
        ("Tổng điểm không quá Điểm tối đa", Statement("roof", Given(Fraction(1), whole=True))),
        ("Cộng 2 điểm nếu có mô hình", Statement("add", Given(Fraction(2), whole=False), thing="có mô hình")),
        ("Trên địa bàn mỗi xã", None),
        ("Điểm tối đa/2", None),
    ],
)
def test_statement(line: str, expected: Statement | None) -> None:
    assert statement_of(tokens_of(line), line) == expected
