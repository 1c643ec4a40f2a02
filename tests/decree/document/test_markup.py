"""Mark-up left in the words of a cell."""

import pytest

from chiso.decree.document.markup import plain


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (
            '<ul style="list-style-type: none">- Có: Điểm tối đa;<li>- Không: 0 điểm.</li></ul>',
            "- Có: Điểm tối đa;\n- Không: 0 điểm.",
        ),
        ("<p>a = Số lượng</p>\n\n<p>b = Tổng số</p>", "a = Số lượng\nb = Tổng số"),
        ("<i>Kinh phí</i>", "Kinh phí"),
        (r"$1/2 * \text{Điểm tối đa}$", "1/2 * Điểm tối đa"),
        (r"$a = \text{Số lượng nền tảng}$", "a = Số lượng nền tảng"),
        (r"Tỷ lệ $\geq 80\%$: điểm tối đa", "Tỷ lệ ≥ 80%: điểm tối đa"),
        (r"$\frac{a+b}{c}$", "(a+b)/(c)"),
        ("Tỷ lệ &lt; 80%", "Tỷ lệ < 80%"),
        ("**Điểm tối đa**", "Điểm tối đa"),
        ("[bookmark: _GoBack]Các trường học", "Các trường học"),
        ("Tỷ lệ < 80%: điểm; Tỷ lệ > 5%", "Tỷ lệ < 80%: điểm; Tỷ lệ > 5%"),
        ("1/2*Điểm tối đa", "1/2*Điểm tối đa"),
    ],
)
def test_words_are_kept_and_mark_up_is_not(printed: str, words: str) -> None:
    assert plain(printed) == words
