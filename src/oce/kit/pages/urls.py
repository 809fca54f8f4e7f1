"""The addresses of the plain pages: `/agreement/`, `/agreement/<uid>`, and the forms below them."""

from __future__ import annotations

from django.urls import path

from oce.kit.pages import glossary, journal, preferences, records, searching

urlpatterns = [
    path("help", glossary.show, name="help"),
    path("preferences", preferences.prefer, name="preferences"),
    path("search", searching.search, name="search"),
    path("journal/", journal.journal, name="journal"),
    path("<slug:kind>/", records.record_list, name="record-list"),
    path("<slug:kind>/new", records.record_new, name="record-new"),
    path("<slug:kind>/choices", records.record_choices, name="record-choices"),
    path("<slug:kind>/<uuid:uid>", records.record_detail, name="record-detail"),
    path("<slug:kind>/<uuid:uid>/edit", records.record_edit, name="record-edit"),
    path("<slug:kind>/<uuid:uid>/delete", records.record_delete, name="record-delete"),
    path("<slug:kind>/<uuid:uid>/<slug:word>", records.record_view, name="record-view"),
]
