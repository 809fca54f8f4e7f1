"""A picture is a table first: what is drawn, what is read and what is taken along are the same figures."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.template import engines

from oce.kit.pages.icons import UnknownIconError, icon
from oce.kit.pages.pictures import MARKS_MAX, SERIES_MAX, Named, Picture, with_others


class Cells(HTMLParser):
    """Collects the amounts that the script draws and the words of the table."""

    def __init__(self):
        super().__init__()
        self.amounts, self.links, self.tags = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        if "data-amount" in given:
            self.amounts.append(given["data-amount"])
        if tag == "a" and "download" not in given:
            self.links.append(given["href"])


def drawn(picture):
    return engines["django"].from_string("{% picture drawn %}").render({"drawn": picture})


def hours(rows, columns=("Who", "Hours"), kind="bars"):
    return Picture(kind, "Hours by person", "Ana worked most.", columns, rows, "h")


EXACT = hours([(Named("Ana <b>", "/agent/1"), Decimal("3.500000000000000001")), ("Bo, the baker", Decimal("0.10"))])


def test_the_script_draws_what_the_table_says_to_the_last_digit():
    cells = Cells()
    cells.feed(drawn(EXACT))
    assert cells.amounts == ["3.500000000000000001", "0.1"]
    assert cells.links == ["/agent/1"]
    assert "b" not in cells.tags


def test_the_file_holds_the_same_figures_and_needs_no_second_question():
    address = re.search(r'href="data:text/csv;charset=utf-8,([^"]*)"', drawn(EXACT))[1]
    lines = list(csv.reader(io.StringIO(unquote(address).removeprefix("\ufeff"))))
    assert lines == [["Who", "Hours"], ["Ana <b>", "3.500000000000000001"], ["Bo, the baker", "0.1"]]


def test_a_picture_of_nothing_says_so_and_loads_no_library():
    page = drawn(hours([]))
    assert "There is nothing to draw here yet." in page
    assert "<script" not in page


def test_the_smallest_of_too_many_rows_are_added_up_and_nothing_is_lost():
    many = hours([(f"P{number}", Decimal(number)) for number in range(1, 1001)])
    fewer = with_others(many)
    assert len(fewer.rows) == MARKS_MAX
    assert fewer.rows[0][0] == "P1000"
    assert fewer.rows[-1][0] == "801 others"
    assert sum(row[1] for row in fewer.rows) == sum(row[1] for row in many.rows)


def test_series_that_nobody_can_tell_apart_are_added_up():
    columns = ("Week", *(f"S{number}" for number in range(1, 13)))
    wide = hours([(week, *(Decimal(number) for number in range(1, 13))) for week in ("46", "47")], columns, "stacked")
    fewer = with_others(wide)
    assert list(fewer.columns) == ["Week", *(f"S{number}" for number in range(6, 13)), "5 others"]
    assert len(fewer.columns) == SERIES_MAX + 1
    assert [sum(cell for cell in row if isinstance(cell, Decimal)) for row in fewer.rows] == [78, 78]


def test_a_line_keeps_all_its_moments():
    line = hours([(str(day), Decimal(day)) for day in range(500)], kind="line")
    assert with_others(line) is line


def test_a_network_keeps_its_strongest_ties_and_counts_the_others():
    ties = [(f"A{number}", f"B{number}", "works with", Decimal(number)) for number in range(300)]
    fewer = with_others(Picture("graph", "Who", "All.", ("From", "To", "What", "Hours"), ties))
    assert fewer.rows[0][0] == "A299"
    assert fewer.rows[-1][:3] == ["201 others", None, None]
    assert fewer.rows[-1][3] == sum(range(201))


def test_an_icon_is_hidden_from_those_who_listen_unless_it_stands_alone():
    assert 'aria-hidden="true"' in icon("plus")
    assert 'role="img" aria-label="Close &lt;"' in icon("x", "Close <")


@pytest.mark.parametrize("name", ["no-such-icon", ""])
def test_an_icon_that_is_not_listed_is_a_fault_of_the_template(name):
    with pytest.raises(UnknownIconError, match="pyproject"):
        icon(name)


def test_no_word_in_the_file_runs_as_a_formula_and_numbers_stay_numbers():
    picture = Picture("bars", "=Hours", "Two.", ["@Who", "hours"], [["=1+1", Decimal("-2.5")], [Named("+49"), 3]])
    assert list(csv.reader(io.StringIO(picture.csv))) == [["'@Who", "hours"], ["'=1+1", "-2.5"], ["'+49", "3"]]
