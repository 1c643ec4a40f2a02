"""What the pages say about files and signatures, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Why a file is not taken in, with what to do.
UNWANTED: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose the file again."),
    "type": _("This type of file is not taken in. Send PDF, Word, Excel, PNG, JPEG or TIFF."),
    "damaged": _("The file is damaged. Open it in its own program, save it again and send that."),
    "macros": _("The file holds macros. Save it without macros (.docx, .xlsx) or as PDF and send that."),
    "encrypted": _("The file is locked with a password. Save it without a password and send that."),
    "large": _("The file is larger than allowed. Reduce it, for example by scanning at 200 dpi, or send a link."),
    "none": _("Choose a file, or write the address of a page."),
}

#: What became of a document whose content the unit had given before.
TAKEN: dict[str, str | Promise] = {
    "again": _(
        "Your unit gave the same document on %(day)s: “%(title)s”. It stands here now and is not kept twice. "
        "To describe it otherwise, fill in the new description and add it again."
    ),
    "here": _(
        "The same document stands here already: “%(title)s”. Nothing was added. "
        "To describe it otherwise, fill in the new description and add it again."
    ),
    "described": _("Your unit gave the same document on %(day)s as “%(title)s”; both descriptions are kept."),
}

#: What the check of a signature found.
VERDICTS: dict[str, str | Promise] = {
    "intact": _("intact"),
    "unknown_issuer": _("unchanged since it was signed, but the issuer is unknown here"),
    "altered": _("altered after it was signed"),
    "unreadable": _("the signature cannot be checked"),
}
