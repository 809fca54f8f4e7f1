"""The text of a document, JSON or YAML, as plain objects: nothing is run, guessed or rounded.

Numbers stay the text they were written as, so that `0.10` and the serial number `0012` arrive whole. YAML is read as
its version 1.2 core has it: only `null`, `true` and `false` are more than text, so dates and `1:30` stay as they are.
Tags are refused, keys written twice are refused, and everything that costs memory has a bound.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from django.conf import settings

from oce.vf.refusals import Refusal, Refused, gettext_noop
from oce.vf.texts import is_text

# A document is a form filled in by people or programs: deeper nesting than this is a mistake or an attack.
DEPTH_MAX = 60

UNREADABLE = gettext_noop("{name} is not readable as JSON or YAML: {fault}. Mend it there, or save it again as JSON.")
NOT_TEXT = gettext_noop("{name} is not text in UTF-8 or UTF-16. Save it as UTF-8.")
YAML_TAG = gettext_noop("Line {line} of {name} carries the tag {tag}. Tags are not read; write the plain value.")
DUPLICATE_KEY = gettext_noop("{name} gives the key {key} twice in one place. Keep one of them.")
TOO_DEEP = gettext_noop("{name} is nested deeper than {most} levels. Describe each record at the top and refer to it.")
TOO_LARGE = gettext_noop(
    "{name} holds more than {most} values. Split it into several files, or raise OCE_DOCUMENT_VALUES_MAX."
)
CIRCULAR = gettext_noop("{name} has an alias that leads back to itself. Write references as addresses.")
SEVERAL = gettext_noop("{name} holds several YAML documents. Keep each in a file of its own.")


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """Where a document came from: what to call it in sentences, and what it holds."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        """Return the name and a fingerprint: what a file holds is too much to print, and two files must differ."""
        return f"Source({self.name!r}, {hashlib.sha256(self.content).hexdigest()})"


def read_text(source: Source) -> Any:
    """Return the objects that a document consists of.

    Raises:
        Refused: `jsonld.not_text`, `jsonld.unreadable`, `jsonld.yaml_tag`, `jsonld.duplicate_key`, `jsonld.too_deep`,
            `jsonld.too_large` or `jsonld.circular`.
    """
    text = _decoded(source)
    tree = _read_json(source, text) if _looks_like_json(source, text) else _read_yaml(source, text)
    _Measuring(source).check(tree)
    return tree


def _decoded(source: Source) -> str:
    encoding = "utf-16" if source.content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return source.content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(Refusal("jsonld.not_text", NOT_TEXT, None, name=source.name)) from error


def _looks_like_json(source: Source, text: str) -> bool:
    if source.name.endswith((".yaml", ".yml")):
        return False
    return source.name.endswith((".json", ".jsonld")) or text.lstrip()[:1] in {"{", "["}


def _read_json(source: Source, text: str) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        return _mapping(source, found)

    def constant(word: str) -> NoReturn:
        _unreadable(source, f"{word} is not a number of JSON")

    try:
        # The numbers of JSON are kept as written.
        return json.loads(text, object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=constant)
    except json.JSONDecodeError as error:
        _unreadable(source, f"line {error.lineno}, column {error.colno}: {error.msg}")
    except RecursionError as error:
        raise Refused(_too_deep(source)) from error


def _read_yaml(source: Source, text: str) -> Any:
    try:
        return _Composer(source).compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        _unreadable(source, where + str(getattr(error, "problem", None) or error))


class _Composer:
    """Builds plain objects out of the events of the YAML parser, without recursion and without any constructor."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.open: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.result: Any = None
        self.documents = 0

    def compose(self, text: str) -> Any:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            self._take(event)
        return self.result

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Refused(Refusal("jsonld.unreadable", SEVERAL, None, name=self.source.name))
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                _unreadable(self.source, f"line {_line(event)}: nothing is anchored as {event.anchor}")
            self._place(self.anchors[event.anchor])
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event)
            self._anchor(event, value := _scalar(event))
            self._place(value)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_tag(event)
        if len(self.open) >= DEPTH_MAX:
            raise Refused(_too_deep(self.source))
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._anchor(event, value)
        self.open.append(_Open(value, []))

    def _end(self) -> None:
        done = self.open.pop()
        if isinstance(done.value, dict):
            keys, values = done.parts[::2], done.parts[1::2]
            for key in keys:
                if not isinstance(key, str):
                    _unreadable(self.source, "a key that is not text")
            done.value.update(_mapping(self.source, list(zip(keys, values, strict=True))))
        self._place(done.value)

    def _place(self, value: Any) -> None:
        if not self.open:
            self.result = value
        elif isinstance(self.open[-1].value, list):
            self.open[-1].value.append(value)
        else:
            self.open[-1].parts.append(value)

    def _anchor(self, event: yaml.NodeEvent, value: Any) -> None:
        if event.anchor is not None:
            self.anchors[event.anchor] = value

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            line = _line(event)
            raise Refused(Refusal("jsonld.yaml_tag", YAML_TAG, None, name=self.source.name, line=line, tag=event.tag))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is not reached; of a mapping, its keys and values in turn."""

    value: Any
    parts: list[Any]


class _Measuring:
    """Counts a document as if its aliases were written out, and measures how deep it goes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.known: dict[int, tuple[int, int]] = {}
        self.entered: set[int] = set()

    def check(self, tree: Any) -> None:
        try:
            count, depth = self._measure(tree)
        except RecursionError as error:
            raise Refused(_too_deep(self.source)) from error
        if depth > DEPTH_MAX:
            raise Refused(_too_deep(self.source))
        most = settings.OCE_DOCUMENT_VALUES_MAX
        # Aliases make a small file stand for a large document; the whole is counted as if written out.
        if count > most:
            raise Refused(Refusal("jsonld.too_large", TOO_LARGE, None, name=self.source.name, most=most))

    def _measure(self, tree: Any) -> tuple[int, int]:
        """Return how many values there are, and how many levels."""
        if isinstance(tree, str):
            self._check_characters(tree)
        if not isinstance(tree, dict | list):
            return 1, 0
        identity = id(tree)
        if identity in self.known:
            return self.known[identity]
        if identity in self.entered:
            raise Refused(Refusal("jsonld.circular", CIRCULAR, None, name=self.source.name))
        self.entered.add(identity)
        count, depth = 1, 0
        for key in tree if isinstance(tree, dict) else ():
            self._check_characters(key)
        for each in tree.values() if isinstance(tree, dict) else tree:
            inner_count, inner_depth = self._measure(each)
            count, depth = count + inner_count, max(depth, inner_depth)
        self.known[identity] = count, depth + 1
        return self.known[identity]

    def _check_characters(self, text: str) -> None:
        """Refuse what no database keeps: the character zero, and halves of characters."""
        if not is_text(text):
            _unreadable(self.source, f"{text[:40]!r} holds what is no character")


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 0 if mark is None else mark.line + 1


def _scalar(event: yaml.ScalarEvent) -> Any:
    is_plain = event.implicit[0] and event.style in {None, ""}
    return _CORE.get(event.value, event.value) if is_plain else event.value


_CORE: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _mapping(source: Source, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused(Refusal("jsonld.duplicate_key", DUPLICATE_KEY, None, name=source.name, key=twice[:100]))
    if found.get("@version") == "1.1":
        # The one number that the processor itself looks at.
        found["@version"] = 1.1
    return found


def _too_deep(source: Source) -> Refusal:
    return Refusal("jsonld.too_deep", TOO_DEEP, None, name=source.name, most=DEPTH_MAX)


def _unreadable(source: Source, fault: str) -> NoReturn:
    raise Refused(Refusal("jsonld.unreadable", UNREADABLE, None, name=source.name, fault=fault[:300]))
