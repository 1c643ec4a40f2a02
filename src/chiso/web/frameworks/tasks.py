"""What frameworks do in the background: files are checked in a worker, where a hostile one keeps no page waiting."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.framework.faults import Fault, FrameworkError, in_order
from chiso.framework.loader import load_text
from chiso.framework.model import Framework
from chiso.web.formats import language
from chiso.web.frameworks.findings import counts, findings_of
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import about, is_taken
from chiso.web.jobs.models import Job
from chiso.web.jobs.work import Outcome, Run, StoppedError, job

#: Faults and findings that the page lists; of more it says how many there are.
_LISTED = 300

#: What a file is called in faults, whatever its name was.
_FILE = "framework.yaml"


@job("frameworks.check", gettext_lazy("Check of a framework file"), repeatable=True)
def check(run: Run) -> Outcome:
    """Read a framework file and say what is wrong with it, or what it holds; nothing is kept yet."""
    address = reverse("framework_checked", args=[run.job.pk])
    try:
        framework = load_text(text_of(run.job), _FILE)
    except FrameworkError as error:
        return Outcome(result={**_refused(error, language()), "next": address})
    if r"\u0000" in framework.model_dump_json():
        raise StoppedError(_("The file holds the sign NUL, which no document has. Take it out and check again."))
    return Outcome(result={**_accepted(framework, language()), "next": address})


def text_of(job_: Job) -> str:
    """Return the text of the file that a job was given.

    Raises:
        FrameworkError: it is not in UTF-8.
    """
    with job_.source.open("rb") as file:
        content: bytes = file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FrameworkError([Fault("F006", _FILE, None, "")]) from error


def _refused(error: FrameworkError, lang: str) -> dict[str, Any]:
    faults = in_order(error.faults)
    return {
        "fault_count": len(faults),
        "faults": [
            {
                "line": one.line if one.file == _FILE else None,
                "file": "" if one.file == _FILE else one.file,
                "key": _kept(one.key),
                "words": _kept(one.text(lang)),
                "code": one.code,
            }
            for one in faults[:_LISTED]
        ],
    }


def _kept(text: str) -> str:
    """Leave out the sign that databases do not keep."""
    return text.replace("\0", "")


def _accepted(framework: Framework, lang: str) -> dict[str, Any]:
    same = FrameworkVersion.objects.filter(hash=framework.hash).values_list("pk", flat=True).first()
    before = FrameworkVersion.objects.filter(framework=framework.id).order_by("-added_at", "-pk")
    return {
        "fault_count": 0,
        "id": framework.id,
        "version": framework.version,
        "title": framework.title[lang],
        "about": about(framework),
        "same": same,
        "is_taken": is_taken(framework),
        "versions": list(before.values_list("version", flat=True)),
        "counts": dict(counts(framework)),
        "findings": [
            {"place": one.where(lang), "severity": one.severity, "code": one.code,
             "words": one.sentence(lang), "do": one.suggestion(lang)}
            for one in findings_of(framework)[:_LISTED]
        ],
    }  # fmt: skip
