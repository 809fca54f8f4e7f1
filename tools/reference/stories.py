"""docs/reference/stories.md: the sentences that stories may use, read from the apps' `demo` files."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.reference.sources import Source, apps, first_sentence, sources, table

HEAD = """# Sentences of stories

A story is a Markdown page in `docs/stories`, written for members. What stands in blocks fenced as `story` runs: as a test,
and in `oce demo`. [From grain to bread](../stories/grain-to-bread.md) shows how it reads.

- One sentence stands on a line and ends in a full stop; a longer one goes on in indented lines.
- `On 3 September 2026, 9:30:` sets the clock; the year and the time may be left out. Every sentence takes a minute.
- Names are written as they are, or between quotation marks; articles and capital letters do not matter.
- `Then ...` says what must be so. `Then it is refused: ...`, with a code or a part of the answer, says that the sentence
  before must not be granted and must leave nothing behind.
- A sentence that ends in a colon and is followed by lines that begin with `- ` is granted whole or not at all.

In the tables, words in braces stand for yours, and what stands in brackets may be left out. Where several patterns fit, the
one with the most fixed words is meant. An app teaches sentences in its file `demo.py`, by `@sentence` of
`oce.kit.testing.sentences`.

## What happens

Sentences about events have the form *who, verb, things, phrases*:

    Stone Mill transfers 200 kg of flour from lot F-1 to Hearth Bakery under "Flour in September".

Several things may stand after one verb (`120 kg of flour from lot F-1 and 2.4 kg of salt`). A list has a heading that says
whose doing it is and phrases that hold for all: `Stone Mill, in "Milling on Friday":`, or `Together, under "Flour":`."""

# The sentences about events fit whatever no other pattern does; the head explains them.
ANYTHING = "{told}"

PHRASES = (
    ("from lot, of lot, in lot, as lot", "the lot it is of, or becomes"),
    ("from", "the agent who gives it, or the place where it lies"),
    ("to", "the agent who gets it, or the place to which it goes"),
    ("at", "the place where it is then; for what goes nowhere, the place where it lies"),
    ("in, on", "a process between quotation marks; a day"),
    ("for", "how long (`for 5 hours`); for a service, the process it serves"),
    ("into, out of", "the container"),
    ("called", "the name of what is new"),
    ("in state", "the state it is left in"),
    ("under, in return, in return under", "the agreement; whether it is what is given in return"),
    ("noting", "a note between quotation marks"),
)


def page() -> str:
    """Return the page."""
    sections = [
        HEAD,
        table(("Phrase", "What it says"), [(f"`{words}`".replace(", ", "`, `"), says) for words, says in PHRASES]),
    ]
    sections.append(table(("Verb of the standard", "Words of stories"), verbs()))
    for app in apps():
        rows = [row for source in sources("apps", app, names=("demo",)) for row in sentences(source)]
        sections += [f"## {app}", table(("Sentence", "What it does"), rows)] if rows else []
    return "\n\n".join(sections) + "\n"


def verbs() -> list[tuple[str, str]]:
    """Return the verbs with the words that stories have for them."""
    (source,) = (each for each in sources("apps", "events", "demo") if each.path.stem == "clauses")
    words: dict[str, list[str]] = {}
    for node in source.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="VERBS")], value=value):
                for word, verb in ast.literal_eval(value).items():
                    words.setdefault(verb, []).append(f"`{word}`")
    return [(verb, ", ".join(found)) for verb, found in words.items()]


def sentences(source: Source) -> Iterator[tuple[str, str]]:
    """Yield each sentence that a file teaches, and what it does."""
    for node in source.definitions():
        for mark in node.decorator_list:
            match mark:
                case ast.Call(func=ast.Name(id="sentence"), args=marked):
                    patterns = [str(ast.literal_eval(each)) for each in marked]
                    if patterns[0].removesuffix(":") != ANYTHING:
                        yield "<br>".join(f"`{each}`" for each in patterns), first_sentence(node)
