"""``create_operator``: the first account of an installation; everybody else is invited from the pages."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from chiso.web.audit.services import SYSTEM
from chiso.web.people.models import User
from chiso.web.people.services import create_operator


class Command(BaseCommand):
    """Makes an operator."""

    help = "Make an account that runs the system. Asks for its password, or reads it from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args: Any, email: str, full_name: str, **options: Any) -> None:
        """Make the account.

        Raises:
            CommandError: the address or the password will not do.
        """
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_email(email)
            validate_password(password, User(email=email, full_name=full_name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email=email.casefold()).exists():
            raise CommandError(f"{email} has an account already.")
        user = create_operator(email=email, full_name=full_name, password=password, actor=SYSTEM)
        self.stdout.write(f"Operator {user.email} can sign in now.")
