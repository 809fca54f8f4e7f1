"""Nothing that people read stands bare: templates, their attributes, scripts and the modules of pages can be translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from oce.kit.testing.conformance.pages import bare_texts
from oce.vf.terms import PROPERTIES
from tests.architecture.tree import name_of, python_files, text_of, tracked_files

MARKED = re.compile(r"_|n?p?gettext(_lazy|_noop)?")
# What people see or hear of an element, beside its text.
ATTRIBUTE = re.compile(r"\s(?:title|alt|placeholder|aria-label|label)=(\"[^\"]*\"|'[^']*')")
# A tag of a template has quotes of its own within those of the attribute.
TAG = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# A capital and more words: programs have names, people sentences.
SENTENCE = re.compile(r"[^\w\s]?[A-Z]\w*[,:]?( [\w“”’'(),:-]+)+[.?!…]?")
LONE = re.compile(r"[A-Z][a-z]+")
SHOWN_AS = {"title", "label", "description", "word", "words", "text", "hint", "gloss", "empty"}
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
# What is called the same in every language.
NAMES = {"CSV", "PNG", "GraphQL", "GraphQL ·", "JSON-LD", *PROPERTIES}
FOR_PROGRAMS = {"Enter", "Escape", "Tab", "Authorization"}

OURS = [path for path in tracked_files() if "src/oce" in name_of(path) and "tests" not in path.parts]
# What describes a field is a piece of its tag, and no page.
TEMPLATES = [
    path for path in OURS if path.suffix == ".html" and "app_template" not in name_of(path) and path.stem != "described"
]
SCRIPTS = [path for path in OURS if path.suffix == ".js" and "static" in path.parts and path.stem != "graphiql"]
PAGES = [
    path
    for path in python_files()
    if path in OURS
    and "testing" not in path.parts
    and ("pages" in path.parts or path.stem in {"pages", "forms", "entering", "welcome", "signing_in"})
]


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_says_no_bare_word(template):
    said = text_of(template)
    assert [text for text in (*bare_texts(said), *bare_attributes(said)) if text not in NAMES] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_script_has_no_words_of_its_own(script):
    """They come from the page, in `data-` attributes."""
    assert words_in_script(text_of(script)) == []


@pytest.mark.parametrize("module", PAGES, ids=name_of)
def test_a_module_of_pages_says_nothing_bare(module):
    assert list(bare_strings(text_of(module))) == []


def test_planted_words_are_found():
    assert bare_texts("{% translate 'Well' %}<p>Hello</p>") == ["Hello"]
    assert bare_attributes('<input placeholder="Your name">') == ["Your name"]
    assert bare_attributes("<a title='{{ name }} is here' href='/x'>") == ["is here"]
    assert bare_attributes('<a title="{% translate "Well" %}" href="/a/b" aria-hidden="true">') == []
    assert words_in_script('button.textContent = "Close it"; // Say so\nlook("data-close");') == ["Close it"]
    assert words_in_script("button.title = `Saved`; key === 'Escape'") == ["Saved"]
    assert list(bare_strings('"""Said in a docstring."""\nTITLE = "Our things"\n')) == ["Our things"]
    assert list(bare_strings('say(request, f"Saved it just now: {name}")')) == ["Saved it just now:"]
    assert list(bare_strings('Field(name="when", label="When")')) == ["When"]
    assert list(bare_strings('_("Our things")\nraise ValueError("Not for people.")\n')) == []


def bare_attributes(template: str) -> list[str]:
    """Return the words in attributes that people see or hear, and that no tag translates."""
    said = (found[1].strip("\"'").strip() for found in ATTRIBUTE.finditer(TAG.sub(" ", template)))
    return [text for text in said if WORD.search(text)]


def words_in_script(script: str) -> list[str]:
    """Return the texts of a script that read as sentences or as a word of people."""
    found = ("".join(groups) for groups in TEXT.findall(COMMENT.sub("", script)))
    return [text for text in found if text not in FOR_PROGRAMS and (LONE.fullmatch(text) or is_sentence(text))]


def bare_strings(module: str) -> Iterator[str]:
    """Yield the texts of a module that read as sentences, or are handed on as a title or label, and are not marked.

    What is raised, and what a docstring or the reason of a command explains, is for programmers.
    """
    tree = ast.parse(module)
    marked: set[int] = set()
    shown: set[int] = set()
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and MARKED.fullmatch(ast.unparse(node.func).rpartition(".")[2])
        explains = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_call or explains or isinstance(node, ast.Raise):
            marked.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.keyword) and node.arg in SHOWN_AS:
            shown.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in marked:
            text = node.value.strip()
            if is_sentence(text) or (id(node) in shown and LONE.fullmatch(text)):
                yield text


def is_sentence(text: str) -> bool:
    """Return whether a text is of words for people: a capital first, more than one, and not all in capitals as in SQL."""
    return bool(SENTENCE.fullmatch(text)) and len(WORD.findall(text)) > 1 and not text.isupper()
