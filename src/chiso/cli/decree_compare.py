"""``chiso decree compare``: a draft against a framework, field by field."""

from __future__ import annotations

from argparse import Namespace

from chiso.cli.chosen import load_framework
from chiso.cli.main import DONE, WITH_FAULTS
from chiso.cli.output import print_json, print_table, print_text
from chiso.cli.phrases import phrase
from chiso.decree.report.comparison import Comparison, compared


def compare_draft(options: Namespace) -> int:
    """Compare a draft with a framework, field by field."""
    found = compared(load_framework(options.draft, options), load_framework(options.framework, options))
    if options.format == "json":
        print_json(
            {
                "fields": {name: tally.as_dict() for name, tally in found.tallies.items()},
                "differences": [one.as_dict() for one in found.differences],
            }
        )
    else:
        _print_comparison(found, options.lang)
    return WITH_FAULTS if found.differences else DONE


def _print_comparison(found: Comparison, lang: str) -> None:
    rows = []
    for name, tally in found.tallies.items():
        data = tally.as_dict()
        counts = [str(data[key]) for key in ("right", "wrong", "missing", "extra")]
        rows.append((name, *counts, data["precision"] or "", data["recall"] or ""))
    print_table(phrase("decree.compare.headings", lang).split("|"), rows, right=range(1, 7))
    for one in found.differences:
        kind = phrase(f"decree.compare.{one.kind}", lang)
        print_text(f"{one.row} {one.field}: {kind}")
        print_text(f"  - {one.draft}")
        print_text(f"  + {one.reference}")
