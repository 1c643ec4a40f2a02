"""Submission and sign-off: a report goes to the head with a receipt, and is signed off or sent back with a word."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from chiso.framework.model import Framework
from chiso.quantity import decimal_text
from chiso.web.audit.services import Actor, append
from chiso.web.collection import receipts
from chiso.web.collection.frozen import reported_on
from chiso.web.collection.models import HELD, Receipt, Report, ReportState, Result, SignOff
from chiso.web.collection.progress import progress_of
from chiso.web.collection.queries import in_use
from chiso.web.collection.services import check_open, locked_report
from chiso.web.frameworks.services import loaded


class NotSubmittedError(Exception):
    """There is nothing to sign off or to send back: the report has not been submitted, or was taken back."""


class ChangedError(Exception):
    """The report is not what the person saw when they decided."""


@transaction.atomic
def submit(*, report_id: int, framework: Framework, actor: Actor, seen: int, on_behalf: bool = False) -> Receipt:
    """Submit a report to the head: it is frozen under a hash, and takes no values until it is sent back.

    Submitting what is submitted already, as two clicks do, gives the same receipt.

    Raises:
        ClosedError: the round takes in nothing now.
        SubmittedError: the report is signed off.
        ChangedError: values changed after the person saw them.
    """
    report = locked_report(report_id)
    if report.state == ReportState.SUBMITTED:
        return report.receipts.latest("at")
    check_open(report)
    if report.number != seen:
        raise ChangedError
    assert actor.user_id is not None, "only people submit"
    now = timezone.now()
    content = receipts.content_of(report, framework, now, actor.user_id)
    digest = receipts.hash_of(content)
    receipt = Receipt.objects.create(
        report=report,
        number=report.number,
        at=now,
        by_id=actor.user_id,
        framework_hash=framework.hash,
        engine=content["engine"],
        content=content,
        hash=digest,
    )
    told = {"receipt": digest, **({"on_behalf": True} if on_behalf else {})}
    number = report.number
    at = _log(report, "report.submitted", actor, told)
    _keep_result(report, framework, content, number, at)
    report.state, report.submitted_at = ReportState.SUBMITTED, now
    report.is_overtaken, report.compared_at = False, None
    told_fields = ["state", "submitted_at", "is_overtaken", "compared_at"]
    report.save(update_fields=[*told_fields, "number", "hash", "changed_at"])
    return receipt


@transaction.atomic
def sign_off(*, report_id: int, receipt_hash: str, actor: Actor) -> SignOff:
    """Sign a submission off. Twice, as by two clicks, is once.

    Raises:
        NotSubmittedError, ChangedError: nothing is signed.
    """
    return _decide(report_id, receipt_hash, actor, SignOff.Decision.SIGNED, ReportState.SIGNED, "")


@transaction.atomic
def send_back(*, report_id: int, receipt_hash: str, word: str, actor: Actor) -> SignOff:
    """Send a submission back with what is to be mended; its receipt stays. Twice, as by two clicks, is once.

    Raises:
        NotSubmittedError, ChangedError: nothing is sent back.
    """
    return _decide(report_id, receipt_hash, actor, SignOff.Decision.RETURNED, ReportState.RETURNED, word)


@transaction.atomic
def reopen(*, report_id: int, reason: str, actor: Actor) -> None:
    """Let a report that was submitted or signed off be changed again, by the coordinator and with a reason.

    Raises:
        NotSubmittedError: the report is open already.
    """
    report = locked_report(report_id)
    if report.state not in HELD:
        raise NotSubmittedError
    _log(report, "report.reopened", actor, {"reason": reason})
    _move_to(report, ReportState.RETURNED)


def _decide(
    report_id: int, receipt_hash: str, actor: Actor, decision: SignOff.Decision, state: ReportState, word: str
) -> SignOff:
    report = locked_report(report_id)
    decided = SignOff.objects.filter(receipt__hash=receipt_hash, receipt__report=report).first()
    if decided and (report.state, decided.decision, decided.by_id) == (state, decision, actor.user_id):
        return decided  # the button was pressed twice
    if report.state != ReportState.SUBMITTED:
        raise NotSubmittedError
    receipt = report.receipts.latest("at")
    if receipt.hash != receipt_hash:
        raise ChangedError
    assert actor.user_id is not None, "only people decide"
    made = SignOff.objects.create(receipt=receipt, decision=decision, word=word, by_id=actor.user_id, at=timezone.now())
    _log(report, f"report.{decision.value}", actor, {"receipt": receipt.hash, **({"word": word} if word else {})})
    _move_to(report, state)
    return made


def _move_to(report: Report, state: ReportState) -> None:
    """Keep the new state of a locked report; one that can change again counts what others have changed meanwhile."""
    report.state = state
    if state == ReportState.RETURNED:
        round_ = report.participant.round
        framework = loaded(round_.framework, round_.readings)
        report.progress = progress_of(framework, in_use(report, framework))
        report.is_overtaken = False
    report.save(update_fields=["state", "progress", "is_overtaken", "number", "hash", "changed_at"])


def _log(report: Report, action: str, actor: Actor, told: dict[str, object]) -> dt.datetime:
    """Append to the strand of the locked report and move its end on, which the caller saves; return the moment."""
    entry = append(
        strand=report.strand, scope=report.scope, previous=report.head, action=action, actor=actor, data=told
    )
    report.number, report.hash, report.changed_at = entry.number, entry.hash, entry.at
    return entry.at


def _keep_result(report: Report, framework: Framework, content: dict[str, Any], number: int, at: dt.datetime) -> None:
    """Keep what the engine made of the submission, of the report's change ``number``, for every page with points.

    The submission itself is no change after it. It has no rank before all are compared again: that of other points
    would be false.
    """
    round_ = report.participant.round
    reported = reported_on(content)
    result = receipts.result_of(framework, round_.year, reported, round_.references, report.pk, None)
    level = result["level"]["reached"] if result["level"] else None
    total = result.get("exact")
    Result.objects.update_or_create(
        participant=report.participant,
        stage=report.stage,
        defaults={
            "report_number": number,
            "at": at,
            "engine": content["engine"],
            "framework_hash": report.participant.round.framework.hash,
            "data": result,
            "total": decimal_text(Fraction(total)) if total else None,
            "rank": None,
            "level": level,
            "is_provisional": result["provisional"],
        },
    )
