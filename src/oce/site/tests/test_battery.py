"""The battery sees what is wrong with an app: every fault planted here is told by the test that is there for it."""

from __future__ import annotations

from oce.kit.testing import conformance
from oce.site.new_app import write_app
from oce.site.tests.strangers import add, built, failing

# What stands in a file, and what is planted in its place; the tests that must see it.
PLANTED = {
    "app.py": [('_("Tool library")', '"Tool library"')],  # a title in one language
    "models.py": [
        ('_("until")', '"until"'),  # a label in one language
        (', help_text=_("Whose loan it is.")', ""),  # a word of ours that nobody explains; no migration either
        ("constraints = [", 'indexes = [models.Index(fields=["name"])]\n        constraints = ['),  # a nameless index
        ("def __str__", "def in_words"),  # rows called "Loan object (7)"
    ],
    "queries.py": [("from django", "from oce.apps.knowledge.models import Unit  # noqa: F401\nfrom django")],  # no need
    "commands.py": [('gettext_noop("wrote down the loan {subject}")', '"wrote down the loan {subject}"')],
    "pages.py": [
        ("import Asked", "import Asked\nfrom oce.kit.pages.security import open_to_strangers"),
        ("@require_GET", "@open_to_strangers\n@require_GET"),
    ],
    "templates/tool_library/open.html": [("<ul>", "<p>Bare words {{ nobody_gave_this }}</p><ul>")],
}
ADDED = {
    "rules.py": 'def refuse_odd() -> Refusal:\n    return Refusal("tool_library.odd", "This is odd.")\n',
    # A command without page, mutation or test, and known by another name than the journal calls it.
    "commands.py": (
        '@command(says=gettext_noop("lent"))\ndef lend(_actor: Actor) -> None:\n    """Lend in secret."""\n\n\n'
        "give = lend\ndel lend\n"
    ),
}
WRITTEN = {
    "static/somebody_else/page.css": "",
    # A document that says of every loan what is true of none.
    "jsonld.py": (
        "from oce.kit.jsonld.classes import DocumentClass\nfrom tool_library.models import Loan\n\n"
        'documents = (DocumentClass("Loan", Loan, {"name": "A name that no loan has"}),)\n'
    ),
}
# An app cannot break the house by being away, unless another one reaches into it and does not say so.
CANNOT_BE_PLANTED = {"test_without_it_the_others_run"}


def test_every_question_of_the_battery_sees_its_fault(tmp_path):
    folder = write_app("tool-library", "Loan", tmp_path)
    installed = built(folder, tmp_path / "wheel")
    plant(installed / "tool_library")
    found = set(failing(folder, installed, "-k", "conformance"))
    assert found == set(conformance.__all__) - CANNOT_BE_PLANTED


def plant(package):
    """Put all faults into an app."""
    for name, faults in PLANTED.items():
        for right, wrong in faults:
            replace(package / name, right, wrong)
    for name, block in ADDED.items():
        add(package / name, block)
    for name, text in WRITTEN.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")


def replace(file, right, wrong):
    """Replace what stands in a file, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert right in text, f"{file.name} no longer says {right!r}."
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
