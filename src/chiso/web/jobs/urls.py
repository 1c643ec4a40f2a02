"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from chiso.web.jobs import views

urlpatterns = [
    path("<int:pk>", views.job, name="job"),
    path("<int:pk>/part", views.part, name="job_part"),
    path("<int:pk>/file", views.file, name="job_file"),
]
