"""Addresses of rounds."""

from __future__ import annotations

from django.urls import path

from chiso.web.rounds import copying_views, member_views, preparing_views, registration_views, terms_views, views

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("new", preparing_views.new, name="round_new"),
    path("<int:pk>/", views.round_page, name="round"),
    path("<int:pk>/basis", preparing_views.basis, name="round_basis"),
    path("<int:pk>/units", member_views.units, name="round_units"),
    path("<int:pk>/units/change", member_views.units_change, name="round_units_change"),
    path("<int:pk>/groups", preparing_views.ranking_groups, name="round_groups"),
    path("<int:pk>/readings", terms_views.readings, name="round_readings"),
    path("<int:pk>/outside", terms_views.outside, name="round_outside"),
    path("<int:pk>/below", terms_views.below, name="round_below"),
    path("<int:pk>/calendar", preparing_views.calendar, name="round_calendar"),
    path("<int:pk>/people", preparing_views.people, name="round_people"),
    path("<int:pk>/copy", copying_views.copy, name="round_copy"),
    path("<int:pk>/move", views.move, name="round_move"),
    path("<int:pk>/discard", views.discard, name="round_discard"),
    path("participants/<int:pk>/level", registration_views.level, name="round_level"),
    path("participants/<int:pk>/late", views.late, name="round_late"),
]
