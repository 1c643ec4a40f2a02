"""What is wrong where the log does not hold together, by the codes of ``queries.Break``."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BROKEN: dict[str, str | Promise] = {
    "missing": _("an entry before this one is missing"),
    "unlinked": _("this entry does not follow the one before it"),
    "altered": _("this entry was altered"),
    "cut": _("the strand should not end here: entries were cut off, or its end was changed"),
    "misplaced": _("this entry stands where those who should see it do not"),
    "cut_since": _("the entry that was sealed is gone: the strand was cut since"),
    "altered_since": _("the entry that was sealed is another one now"),
    "unlike": _("what the application counts here is not what the entries say: it was changed past the log"),
    "gone": _("every entry of this strand is gone"),
}
