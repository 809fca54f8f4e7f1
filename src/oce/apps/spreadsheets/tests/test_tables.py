"""Tables arrive as people write them: any encoding, separator and heading, whole or not at all."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest

from oce.apps.agents.models import Agent
from oce.apps.events.models import EconomicEvent
from oce.apps.resources.models import BatchLotRecord, EconomicResource
from oce.apps.spreadsheets.commands import import_table
from oce.apps.spreadsheets.tables import arrival, sheets
from oce.apps.spreadsheets.tables.arrival import preview
from oce.apps.spreadsheets.wishes import TableOptions
from oce.kit.jsonld.texts import Source
from oce.kit.testing import factories
from oce.kit.testing.actors import actor_with
from oce.kit.testing.notation import quantity, refused
from oce.vf.refusals import Refused

pytestmark = pytest.mark.django_db

HEAD = "Action;From;To;Resource;Quantity;Unit;Date;Note\n"


@pytest.fixture
def take_in(actor):
    def take(text, *, encoding="utf-8", name="table.csv", progress=None, again=False, **options):
        content = text if isinstance(text, bytes) else text.encode(encoding)
        return import_table(actor, Source(name, content), TableOptions(**options), again=again, progress=progress)

    return take


@pytest.fixture
def sack():
    bakery = factories.organization("Bäckerei")
    return EconomicResource.objects.create(name="Sack", conforms_to=factories.kind("Mehl"), primary_accountable=bakery)


def faults(run, *arguments, **options):
    with pytest.raises(Refused) as found:
        run(*arguments, **options)
    return {(refusal.field, refusal.code) for refusal in found.value.refusals}


def test_a_table_in_latin_1_with_decimal_commas_is_read_right(take_in, sack):
    rows = "raise;Bäckerei;Bäckerei;Sack;1.234,56;kg;31.12.2025 8:30;für Brot\n"
    report = take_in(HEAD + rows, encoding="latin-1")
    event = EconomicEvent.objects.get()
    assert event.resource_quantity == quantity("1234.56 kilogram")
    assert event.has_point_in_time == datetime(2025, 12, 31, 8, 30, tzinfo=UTC)
    assert event.note == "für Brot"
    assert [remark.code for remark in report.remarks] == ["tables.encoding"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found_out(take_in, encoding, separator):
    take_in("name;type;note\nBäckerei;Organization;a\nÖkohof;Person;b\n".replace(";", separator), encoding=encoding)
    assert set(Agent.objects.values_list("name", "agent_class")) == {("Bäckerei", "Organization"), ("Ökohof", "Person")}


def test_a_clock_in_another_zone_is_read_in_that_zone(take_in, sack):
    take_in(HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;2025-06-01T08:00:00-05:00;\n")
    assert EconomicEvent.objects.get().has_point_in_time == datetime(2025, 6, 1, 13, tzinfo=UTC)


def test_a_moment_without_a_zone_is_in_the_zone_of_the_house(take_in, sack, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    take_in(HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;01.06.2025 08:00;\n")
    assert EconomicEvent.objects.get().has_point_in_time == datetime(2025, 6, 1, 6, tzinfo=UTC)


def test_a_formula_and_a_script_in_a_note_stay_text(take_in, sack):
    take_in(
        HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;;'=SUM(A1)\nraise;Bäckerei;Bäckerei;Sack;1;kg;;<script>x</script>\n"
    )
    assert list(EconomicEvent.every().values_list("note", flat=True)) == ["=SUM(A1)", "<script>x</script>"]


def test_every_fault_is_told_at_its_row_and_heading_and_nothing_is_written(take_in, sack):
    rows = (
        "raise;Bäckerei;Bäckerei;Sack;1;kg;;\n"
        "eat;Bäckerei;Bäckerei;Sack;1;kg;;\n"
        "raise;Bob;Bäckerei;Sack;1;kg;;\n"
        "raise;Bäckerei;Bäckerei;Sack;1;liter;;\n"
        "raise;Bäckerei;Bäckerei;Sack;one;kg;;\n"
        "raise;Bäckerei;Bäckerei;Sack;1;kg;31.31.2025;\n"
    )
    found = faults(take_in, HEAD + rows)
    assert {
        ("row 3, Action", "actions.unknown"),
        ("row 4, From", "kit.unknown_record"),
        ("row 5, Unit", "units.unknown"),
        ("row 7, Date", "moments.unreadable"),
    } <= found
    assert any(place == "row 6, Quantity" for place, _ in found)
    assert not EconomicEvent.objects.exists()


def test_the_same_table_is_taken_in_once(take_in, sack):
    table = HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;;\n"
    take_in(table)
    again = take_in(table, name="renamed.csv")
    assert again.is_repeat
    assert EconomicEvent.objects.count() == 1


@pytest.mark.parametrize("options", [{"decimals": "."}, {"of": "EconomicEvent"}, {"constants": {"note": "more"}}])
def test_a_table_read_in_another_way_is_still_the_same_table(take_in, sack, options):
    table = HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;;\n"
    take_in(table)
    with refused("files.taken_before"):
        take_in(table, **options)
    assert EconomicEvent.objects.count() == 1
    take_in(table, again=True, **options)
    assert EconomicEvent.objects.count() == 2


def test_progress_is_told(take_in, sack):
    heard = []
    take_in(HEAD + "raise;Bäckerei;Bäckerei;Sack;1;kg;;\n" * 3, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (3, 3)


def test_columns_are_matched_and_values_given_by_hand(take_in, sack):
    table = "was;wer;wem;woher;wieviel;sonst\nraise;Bäckerei;Bäckerei;Sack;2;x\n"
    report = take_in(
        table,
        of="EconomicEvent",
        matches={
            "was": "action",
            "wer": "provider",
            "wem": "receiver",
            "woher": "resource_inventoried_as",
            "wieviel": "resource_quantity_value",
        },
        constants={"resource_quantity_unit": "kilogram"},
    )
    assert EconomicEvent.objects.get().resource_quantity == quantity("2 kilogram")
    assert [remark.code for remark in report.remarks] == ["tables.not_read"]


@pytest.mark.parametrize(("decimals", "amount"), [(",", "1234"), (".", "1.234")])
def test_a_number_that_can_be_read_in_two_ways_is_asked_about(take_in, sack, decimals, amount):
    table = HEAD + "raise;Bäckerei;Bäckerei;Sack;1.234;kg;;\n"
    with refused("tables.ambiguous_number"):
        take_in(table)
    take_in(table, decimals=decimals)
    assert EconomicEvent.objects.get().resource_quantity.value == Decimal(amount)


def test_commas_and_points_for_decimals_in_one_column_are_refused(take_in, sack):
    with refused("tables.mixed_numbers"):
        take_in(HEAD + "raise;Bäckerei;Bäckerei;Sack;1,5;kg;;\nraise;Bäckerei;Bäckerei;Sack;1.5;kg;;\n")


def test_resources_come_with_their_lot_and_open_with_their_quantity(take_in):
    factories.organization("Mill")
    factories.kind("Flour")
    take_in("name,kind,quantity,unit,owner,lot\nA,Flour,12.5,kg,Mill,L-1\nB,Flour,3,kg,Mill,L-1\n")
    found = {each.name: each for each in EconomicResource.every()}
    assert found["A"].accounting_quantity == found["A"].onhand_quantity == quantity("12.5 kilogram")
    assert found["B"].primary_accountable.name == "Mill"
    assert found["A"].of_batch_lot == found["B"].of_batch_lot == BatchLotRecord.objects.get(batch_lot_code="L-1")


def test_events_with_tags_and_corrections_go_row_by_row(take_in, sack):
    agents = "Bäckerei,Bäckerei,Sack"
    rows = f"https://x.example/1,raise,{agents},5,kg,food|dry,\nhttps://x.example/2,raise,{agents},-2,kg,,https://x.example/1\n"
    report = take_in("id,Action,From,To,Resource,Quantity,Unit,Tags,corrects\n" + rows)
    assert report.written["EconomicEvent"] == 2
    first, second = EconomicEvent.every()
    assert (first.resource_classified_as, second.corrects) == (["food", "dry"], first)
    sack.refresh_from_db()
    assert sack.onhand_quantity == quantity("3 kilogram")


def test_the_name_of_what_one_may_not_see_means_nothing_in_a_table(sack):
    hidden = factories.organization("Hidden", visibility="group")
    shop = factories.organization("Shop")
    seller = actor_with(factories.person("Eve"), record=shop)
    rows = f"raise;Shop;{hidden.name};;1;kg;2025-12-31;\nraise;Shop;Nobody;;1;kg;2025-12-31;\n"
    told = faults(import_table, seller, Source("table.csv", (HEAD + rows).encode()))
    assert told == {("row 2, To", "kit.unknown_record"), ("row 3, To", "kit.unknown_record")}


def test_rows_that_are_known_are_not_taken_again(take_in, sack):
    row = "https://x.example/{0},raise,Bäckerei,Bäckerei,Sack,5,kg\n"
    head = "id,Action,From,To,Resource,Quantity,Unit\n"
    take_in(head + row.format(1))
    report = take_in(head + row.format(1) + row.format(2))
    assert (dict(report.written), dict(report.known)) == ({"EconomicEvent": 1}, {"EconomicEvent": 1})


@pytest.mark.parametrize(
    ("table", "options", "code"),
    [
        ("", {}, "tables.empty"),
        ("name,type\n", {}, "tables.empty"),
        ("name,type", {}, "tables.empty"),
        ("name,type\nAna,Person\n", {"constants": {"colour": "red"}}, "tables.no_such_property"),
        ("name,type\nAna,Person,x\n", {}, "tables.ragged"),
        ("colour,size\nred,3\n", {}, "tables.which_class"),
        ("name\nAna\n", {"of": "Zebra"}, "tables.no_such_class"),
        ("name,type\nAna,Zebra\n", {"of": "Agent"}, "tables.no_such_type"),
        ("id,name,type\nhttps://a.example/,Ana,Person\nhttps://a.example/,Eve,Person\n", {}, "tables.repeated"),
        ("name,kind\nA,Flour\n", {"of": "EconomicResource"}, "tables.ambiguous_name"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused(take_in, table, options, code):
    factories.kind("Flour"), factories.kind("Flour")
    with refused(code):
        take_in(table, **options)
    assert not EconomicResource.objects.exists()
    assert not Agent.objects.exists()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_exactly(take_in, sack):
    moment = datetime(2025, 5, 1, 8, 30)  # noqa: DTZ001 (workbooks know no zones)
    rows: list[list[object]] = [["Action", "From", "To", "Resource", "Quantity", "Unit", "Date"]]
    rows += [["raise", "Bäckerei", "Bäckerei", "Sack", number, "kg", moment] for number in (0.1, 1.234, 3, 0.00001)]
    take_in(workbook(*rows), name="table.xlsx")
    amounts = [str(event.resource_quantity.value) for event in EconomicEvent.every()]
    assert amounts == ["0.1", "1.234", "3", "0.00001"]
    assert EconomicEvent.every().first().has_point_in_time == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_workbook_is_refused(take_in, begin):
    with refused("tables.unreadable"):
        take_in(begin + b" nothing", name="table.xlsx")


def test_what_is_called_a_workbook_and_is_none_is_refused_as_such(take_in):
    with pytest.raises(Refused, match=r"table\.xlsx is not readable as a table: it is no workbook"):
        take_in(b"garbage", name="table.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(take_in, settings):
    settings.OCE_UPLOAD_BYTES_MAX = 50_000
    content = workbook(*[["name", "type"], *([["Ana", "Person"]] * 5000)])
    assert len(content) < 50_000
    with refused("files.too_large"):
        take_in(content, name="table.xlsx")


def test_too_many_rows_for_one_by_one_are_refused(take_in, monkeypatch):
    monkeypatch.setattr(arrival, "ROWS_MAX", 2)
    with refused("tables.too_many_rows"):
        take_in("name,type\n" + "Ana,Person\n" * 3)


def test_a_preview_shows_how_columns_are_read_and_writes_nothing(sack):
    table = "Action,From,Quantity,Colour\nraise,Bäckerei,1,red\n"
    seen = preview(Source("table.csv", table.encode()), TableOptions())
    assert seen.of == "EconomicEvent"
    assert seen.columns == (
        ("Action", "action"),
        ("From", "provider"),
        ("Quantity", "resource_quantity_value"),
        ("Colour", None),
    )
    assert list(seen.rows) == [["raise", "Bäckerei", "1", "red"]]
    assert not EconomicEvent.objects.exists()


def test_headings_and_cells_may_hold_line_breaks():
    sheet = sheets.read_sheet(Source("t.csv", b'"na\nme",note\n"A\nB",x\nC,"y\nz"\n'))
    assert sheet.headings == ("na\nme", "note")
    assert sheets.sample(sheet, 5) == [["A\nB", "x"], ["C", "y\nz"]]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("3 kg", "3 kilogram"),
        ("1 250,5 kg", "1250.5 kilogram"),
        ("0,25 t", "0.25 tonne"),
        ("12kilogram", "12 kilogram"),
    ],
)
def test_an_amount_and_its_unit_may_share_a_cell(take_in, sack, cell, amount):
    take_in(f"Action;From;To;Resource;Quantity;Date\nraise;Bäckerei;Bäckerei;Sack;{cell};2025-12-31\n")
    assert EconomicEvent.objects.get().resource_quantity == quantity(amount)


def test_a_cell_that_is_no_amount_is_refused_as_it_was_typed(take_in, sack):
    table = "Action;From;To;Resource;Quantity;Date\nraise;Bäckerei;Bäckerei;Sack;about 3 kg;2025-12-31\n"
    with pytest.raises(Refused, match="about 3 kg"):
        take_in(table)
