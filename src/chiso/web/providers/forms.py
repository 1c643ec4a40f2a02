"""One page of the grid as a plain form, for browsers without scripts; and where a column comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.collection.services import Written
from chiso.web.providers.services import Key


def key_of(name: str) -> Key | None:
    """Return the cell that a page calls by a name; None where it is none."""
    participant, colon, fact = name.partition(":")
    if not (colon and fact and participant.isascii() and participant.isdecimal() and len(participant) < 19):
        return None
    return int(participant), fact


def written_in(post: Mapping[str, str]) -> dict[Key, Written]:
    """Return the cells that a person changed; ``seen:`` is each row's number when the page was made."""
    found = {}
    for name, was in post.items():
        kind, _colon, rest = name.partition(":")
        key = key_of(rest) if kind == "was" else None
        if key is None:
            continue
        text, seen = post.get(f"v:{rest}", "").strip(), post.get(f"seen:{key[0]}", "")
        if text != was:
            found[key] = Written(text, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0)
    return found


class OriginForm(forms.Form):
    """Where the figures of a column come from, and as of when."""

    fact = forms.CharField(max_length=80, widget=forms.HiddenInput)
    source = forms.CharField(max_length=1000, required=False, label=_("Source"))
    as_of = forms.CharField(max_length=60, required=False, label=_("As of"))


class AnswerForm(forms.Form):
    """What a provider says to an objection; ``value`` corrects the figure where it differs from ``was``."""

    text = forms.CharField(max_length=4000, required=False, widget=forms.Textarea)
    value = forms.CharField(max_length=4000, required=False)
    was = forms.CharField(max_length=4000, required=False)
    seen = forms.IntegerField(min_value=0)

    @property
    def corrected(self) -> str | None:
        """The figure that was written; None where it was left as it is."""
        told = self.cleaned_data
        return told["value"] if told["value"] != told["was"] else None

    def clean(self) -> dict[str, Any]:
        """Ask for something that is said."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("text") and told.get("value") == told.get("was"):
            raise forms.ValidationError("", code="empty")
        return told
