"""The WSGI entry keeps Python's collector from looking through the program again and again."""

from __future__ import annotations

import subprocess
import sys

STATED = """
import gc
from chiso.web.wsgi import GARBAGE
from chiso.web import urls
assert gc.get_threshold() == GARBAGE, gc.get_threshold()
frozen = {id(one) for one in gc.get_objects()}
assert id(vars(urls)) not in frozen, "the program is looked through"
print(gc.get_freeze_count(), gc.isenabled())
"""


def test_what_the_program_consists_of_is_not_looked_through_again() -> None:
    told = subprocess.run([sys.executable, "-c", STATED], capture_output=True, text=True, check=True).stdout.split()

    assert int(told[0]) > 50_000
    assert told[1] == "True"  # garbage is still found, only later
