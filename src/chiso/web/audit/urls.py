"""Addresses of the log."""

from __future__ import annotations

from django.urls import path

from chiso.web.audit import views

urlpatterns = [
    path("", views.log, name="log"),
    path("export", views.export, name="log_export"),
    path("check", views.check, name="log_check"),
    path("checked/<int:pk>", views.checked, name="log_checked"),
]
