"""The forms of frameworks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from chiso.web import formats

#: Largest framework file that is taken in, in bytes: the largest bundled one has about a third of it.
MAX_FILE = 512 * 1024


class FrameworkFileForm(forms.Form):
    """A framework file."""

    file = forms.FileField(
        label=_("Framework file (YAML)"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a framework file.")},
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large to be a framework."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_FILE:
            words = _("The file is larger than %(limit)s. Check that it is a framework file.")
            raise forms.ValidationError(words, params={"limit": formats.filesize(MAX_FILE)})
        return file


class WithdrawForm(forms.Form):
    """Why a version is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=1000)
