"""docs/reference/commands.md: what can be typed after `oce`."""

from __future__ import annotations

import argparse

from tools.reference.running import start
from tools.reference.sources import table

HEAD = """# Command line

`oce VERB`, or `python -m oce VERB`. The answer is 0 when it was done, 1 when it was refused (with a sentence and a
code for every reason), 2 when the words were not understood."""


def page() -> str:
    """Return the page."""
    start()
    from oce.site.cli import parser

    verbs = verbs_of(parser())
    overview = table(("Verb", "What it does"), [(f"[`{name}`](#{name})", said) for name, (said, _) in verbs.items()])
    return "\n\n".join([HEAD, overview, *(section(name, *verb) for name, verb in verbs.items())]) + "\n"


def verbs_of(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Return the verbs of a parser in order of name, each with its sentence and its own parser."""
    for action in parser._actions:  # noqa: SLF001 (argparse shows its declarations nowhere else)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            said = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001
            return {name: (said.get(name, ""), action.choices[name]) for name in sorted(said)}
    return {}


def section(name: str, said: str, parser: argparse.ArgumentParser) -> str:
    """Return what is to know of one verb."""
    rows = [(spelling(each), meaning(each)) for each in parser._actions if each.dest != "help"]  # noqa: SLF001
    paragraphs = [f"## {name}", f"{said[:1].upper()}{said[1:]}.", table(("Word", "Meaning"), rows) if rows else ""]
    return "\n\n".join(filter(None, paragraphs))


def meaning(action: argparse.Action) -> str:
    """Return what an argument is for, with the values that its sentence leaves open."""
    return (action.help or "") % vars(action)


def spelling(action: argparse.Action) -> str:
    """Return how an argument is typed: `--port PORT`, `FILE ...`."""
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    many = " ..." if action.nargs in {"*", "+"} else ""
    if not action.option_strings:
        return f"`{value}{many}`"
    takes = "" if action.nargs == 0 else f" {value}{many}"
    return f"`{', '.join(action.option_strings)}{takes}`"
