"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from chiso.web.results import views

urlpatterns = [
    path("", views.rounds, name="results"),
    path("round/<int:pk>/", views.round_results, name="results_round"),
    path("round/<int:pk>/board", views.board, name="round_board"),
    path("round/<int:pk>/recalculate", views.recalculate, name="results_recalculate"),
    path("participant/<int:pk>/", views.participant, name="results_participant"),
]
