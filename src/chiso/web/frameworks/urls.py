"""Addresses of frameworks."""

from __future__ import annotations

from django.urls import path

from chiso.web.frameworks import taking_views, views

urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("add", taking_views.add, name="framework_add"),
    path("checked/<int:pk>", taking_views.checked, name="framework_checked"),
    path("checked/<int:pk>/take", taking_views.take, name="framework_take"),
    path("<int:pk>/withdraw", taking_views.withdraw, name="framework_withdraw"),
    path("<int:pk>/offer", taking_views.offer, name="framework_offer"),
    path("<int:pk>/", views.framework, name="framework"),
    path("<int:pk>/criteria/<str:code>", views.criterion, name="framework_criterion"),
    path("<int:pk>/findings", views.findings, name="framework_findings"),
    path("<int:pk>/changes", views.changes, name="framework_changes"),
    path("<int:pk>/file", views.file, name="framework_file"),
]
