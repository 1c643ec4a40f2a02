"""What is asked of passwords, where Django's own words are not translated well."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import ngettext


class LengthValidator(password_validation.MinimumLengthValidator):
    """Asks for a length; Django's Vietnamese words for it are not found, because its plural forms differ from ours."""

    def get_error_message(self) -> str:
        """Return what is wrong with a password that is too short."""
        return ngettext(
            "The password is too short. It needs at least %(num)s character.",
            "The password is too short. It needs at least %(num)s characters.",
            self.min_length,
        ) % {"num": self.min_length}
