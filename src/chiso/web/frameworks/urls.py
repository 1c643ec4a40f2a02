"""Addresses of frameworks."""

from __future__ import annotations

from django.urls import path

from chiso.web.frameworks import views

urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("<int:pk>/", views.framework, name="framework"),
    path("<int:pk>/criteria/<str:code>", views.criterion, name="framework_criterion"),
    path("<int:pk>/findings", views.findings, name="framework_findings"),
    path("<int:pk>/changes", views.changes, name="framework_changes"),
    path("<int:pk>/file", views.file, name="framework_file"),
]
