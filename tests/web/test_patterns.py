"""A pattern keeps what a template made, and escapes what each use puts in."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from chiso.web.patterns import Pattern


def test_words_are_put_in_their_places() -> None:
    pattern = Pattern(Markup('<a href="/at/@number@">@name1@</a>@end@'))

    assert pattern.filled({"number": 7, "name1": "Xã Một", "end": Markup("<b>")}) == '<a href="/at/7">Xã Một</a><b>'
    assert pattern.filled({"number": 8, "name1": "", "end": ""}) == '<a href="/at/8"></a>'


def test_a_word_is_escaped_unless_it_is_markup() -> None:
    filled = Pattern("<td>@name@</td>").filled({"name": '<script>"&'})

    assert filled == "<td>&lt;script&gt;&#34;&amp;</td>"
    assert isinstance(filled, Markup)


def test_what_only_looks_like_a_place_stays_as_it_is() -> None:
    pattern = Pattern("100 % %(name)s a@mau.example @Name@ @name@")

    assert pattern.filled({"name": "@other@ %s"}) == "100 % %(name)s a@mau.example @Name@ @other@ %s"


def test_a_word_may_not_be_missing() -> None:
    with pytest.raises(KeyError):
        Pattern("@name@ @other@").filled({"name": "x"})
