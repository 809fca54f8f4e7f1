"""The battery that every app of the house passes.

An app gets it by a file `tests/test_conformance.py` of one line, `from oce.kit.testing.conformance import *`; the app
under test is the one in whose folder that file lies. Where a question needs a record, `oce.kit.testing.samples` makes it.
"""

from __future__ import annotations

from oce.kit.testing.conformance.declarations import (
    test_every_constraint_and_index_has_a_name_that_tells_it,
    test_every_label_can_be_translated,
    test_every_property_is_of_the_vocabulary_or_explained,
    test_every_table_says_what_a_row_is_called,
)
from oce.kit.testing.conformance.edges import (
    test_a_document_keeps_the_record,
    test_everything_in_the_schema_is_described,
)
from oce.kit.testing.conformance.manifest import (
    test_it_declares_the_apps_it_imports,
    test_it_says_its_title_and_summary_in_any_language,
    test_its_migrations_are_complete,
    test_its_templates_and_static_files_stand_under_its_name,
    test_without_it_the_others_run,
)
from oce.kit.testing.conformance.pages import (
    test_every_page_is_closed_to_strangers,
    test_every_page_is_whole_and_costs_few_queries,
    test_every_text_of_its_pages_can_be_translated,
)
from oce.kit.testing.conformance.wishes import (
    test_every_command_has_a_mutation,
    test_every_command_has_a_page,
    test_every_command_is_tested,
    test_every_command_is_told_in_the_journal_in_any_language,
    test_every_command_stands_under_its_name,
    test_every_refusal_can_be_translated,
    test_every_refusal_is_provoked,
)

__all__ = [
    "test_a_document_keeps_the_record",
    "test_every_command_has_a_mutation",
    "test_every_command_has_a_page",
    "test_every_command_is_tested",
    "test_every_command_is_told_in_the_journal_in_any_language",
    "test_every_command_stands_under_its_name",
    "test_every_constraint_and_index_has_a_name_that_tells_it",
    "test_every_label_can_be_translated",
    "test_every_page_is_closed_to_strangers",
    "test_every_page_is_whole_and_costs_few_queries",
    "test_every_property_is_of_the_vocabulary_or_explained",
    "test_every_refusal_can_be_translated",
    "test_every_refusal_is_provoked",
    "test_every_table_says_what_a_row_is_called",
    "test_every_text_of_its_pages_can_be_translated",
    "test_everything_in_the_schema_is_described",
    "test_it_declares_the_apps_it_imports",
    "test_it_says_its_title_and_summary_in_any_language",
    "test_its_migrations_are_complete",
    "test_its_templates_and_static_files_stand_under_its_name",
    "test_without_it_the_others_run",
]
