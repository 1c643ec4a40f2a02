"""Addresses of reminders."""

from __future__ import annotations

from django.urls import path

from chiso.web.reminders import views

urlpatterns = [path("round/<int:pk>/", views.remind, name="remind")]
