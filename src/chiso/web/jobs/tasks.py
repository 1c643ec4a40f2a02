"""The one task that the workers know: it does a job."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django_tasks import task
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished

from chiso.web.jobs import services


@task(queue_name="default")
def run_job(job_id: int) -> None:
    """Do a job."""
    services.run(job_id=job_id)


@receiver(task_finished)
def note_failure(sender: object, task_result: TaskResult[Any], **kwargs: object) -> None:
    """Tell the job that its task broke off."""
    if task_result.status == TaskResultStatus.FAILED and task_result.task.func is run_job.func:
        services.fail(job_id=task_result.args[0])
