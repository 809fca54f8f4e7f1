"""References in tables: an identifier, an address, or a name that only one record has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oce.apps.agents.models import AgentRelationshipRole
from oce.apps.resources.models import BatchLotRecord
from oce.kit.actor import onlooker, seen_by
from oce.kit.jsonld.comparison import identity_of
from oce.kit.properties import RecordProperty, property_of
from oce.kit.records import Record, read_uid
from oce.kit.writing import known, refuse_unknown
from oce.vf.refusals import Refusal, Refused, gettext_noop

if TYPE_CHECKING:
    from oce.apps.spreadsheets.tables.understanding import Understood

SEVERAL = gettext_noop("Several records are called {name}. Give the identifier of the one that is meant.")
BATCH = 5_000

# What people call records of classes without a name.
_CALLED: dict[type[Record], str] = {BatchLotRecord: "batch_lot_code", AgentRelationshipRole: "role_label"}


class Names:
    """What the texts in the reference columns of a table mean, looked up once for all rows."""

    def __init__(self, understood: Understood) -> None:
        """Look up every distinct text of the columns that refer to records."""
        self._found: dict[tuple[type[Record], str], list[str]] = {}
        wanted: dict[type[Record], set[str]] = {}
        for name, column in understood.columns.items():
            each = property_of(understood.of.model, name)
            if each is not None and each.target is not None:
                texts = {text for text in column.unique().to_pylist() if text is not None}
                wanted.setdefault(each.target, set()).update(
                    part.strip() for text in texts for part in (text.split("|") if each.is_many else [text])
                )
        for model, texts in wanted.items():
            self._look_up(model, sorted(texts))

    def known(self, each: RecordProperty, text: str) -> str | None:
        """Return the identity of the one record that a text means, or None where there is none.

        Raises:
            Refused: `tables.ambiguous_name`.
        """
        assert each.target is not None, "only references are looked up"  # noqa: S101
        found = self._found.get((each.target, text), [])
        if len(found) > 1:
            raise Refused(Refusal("tables.ambiguous_name", SEVERAL, each.term, name=text[:200]))
        return found[0] if found else None

    def identity(self, each: RecordProperty, text: str) -> str:
        """Return the identity that a text means; a full address may be of a record that nobody described yet.

        Raises:
            Refused: `kit.unknown_record` or `tables.ambiguous_name`.
        """
        known = self.known(each, text)
        if known is not None:
            return known
        if "://" in text or text.startswith("urn:"):
            return text
        assert each.target is not None, "only references are looked up"  # noqa: S101
        raise Refused(refuse_unknown(each.target, text, each.term))

    def _look_up(self, model: type[Record], texts: list[str]) -> None:
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            found = known(model, batch)
            self._found.update({(model, text): [identity_of(record)] for text, record in found.items()})
            self._by_name(model, [text for text in batch if text not in found and read_uid(text) is None])

    def _by_name(self, model: type[Record], names: list[str]) -> None:
        called = _CALLED.get(model, "name")
        if property_of(model, called) is None:
            return
        # Names can be guessed: of what one may not see, none means anything.
        for record in seen_by(onlooker(), model.every()).filter(**{f"{called}__in": names}):
            identity = identity_of(record.meant)
            meant = self._found.setdefault((model, getattr(record, called)), [])
            meant += [] if identity in meant else [identity]
