"""Addresses of rounds."""

from __future__ import annotations

from django.urls import path

from chiso.web.rounds import views

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("new", views.new, name="round_new"),
    path("<int:pk>/move", views.move, name="round_move"),
    path("participants/<int:pk>/late", views.late, name="round_late"),
]
