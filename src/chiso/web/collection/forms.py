"""A place of a report as a plain form, for browsers without scripts and for the first page load."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.collection.models import Remark
from chiso.web.collection.services import Written

#: Parts what stood in a field when the form was made.
_MARK = "\u241f"


def written_in(post: Mapping[str, str], facts: Iterable[str]) -> dict[str, Written]:
    """Return what a person changed in a form; ``seen`` is the report's number when the form was made."""
    seen = post.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0
    found = {}
    for fact in facts:
        if f"was:{fact}" not in post:
            continue
        text = post.get(f"state:{fact}") or post.get(f"v:{fact}", "").strip()
        note, source, as_of = (post.get(f"{name}:{fact}", "").strip()[:1000] for name in ("note", "source", "as_of"))
        if _MARK.join((text, note, source, as_of)) != post[f"was:{fact}"]:
            found[fact] = Written(text, number, as_of, source, note)
    return found


#: Answers are given by providers, on their own page.
_KINDS = [(value, label) for value, label in Remark.Kind.choices if value != Remark.Kind.ANSWER]


class RemarkForm(forms.Form):
    """A remark on a place of a report."""

    kind = forms.ChoiceField(choices=_KINDS, required=False)
    fact = forms.CharField(max_length=80, required=False)
    text = forms.CharField(max_length=4000, label=_("Remark"), widget=forms.Textarea)

    def objects_to_nothing(self, supplied: Collection[str]) -> bool:
        """Say whether it contests a value that nobody supplies."""
        told = self.cleaned_data
        return told["kind"] == Remark.Kind.OBJECTION and told["fact"] not in supplied


class WordForm(forms.Form):
    """What a head says when a report is sent back."""

    word = forms.CharField(max_length=4000, label=_("What is to be mended"), widget=forms.Textarea)
