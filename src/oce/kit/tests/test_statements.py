"""Statements travel together, and nothing else about them changes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from oce.kit import clock
from oce.kit.journal import Answer
from oce.kit.rows import insert
from oce.kit.statements import WAITING_MAX, Question, ask, one_transaction, send

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="on SQLite no statement travels")


def write_down(*keys):
    """Write answers to wishes with these keys."""
    rows = [("Ana", key, "tests.wish", "digest", clock.now()) for key in keys]
    insert(Answer, ("actor", "key", "command", "digest", "at"), rows)


def keys_asked():
    """Return the question for the keys written down."""
    return Question("SELECT key FROM kit_answer ORDER BY id", (), lambda rows: [key for (key,) in rows])


def sent(work):
    """Return what `work` sent to the database, without what Django lists and that was not sent, or not by itself."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return [each["sql"] for each in captured if each["sql"] not in {None, "BEGIN", "COMMIT"}]


def test_what_is_written_is_there_for_the_next_question():
    question = keys_asked()
    with one_transaction():
        write_down("a", "b")
        ask(connection, question)
    assert question.answer == ["a", "b"]


def test_several_questions_get_each_its_own_answer():
    sum_of = [Question("SELECT %s + %s", [number, 1], lambda rows: rows[0][0]) for number in (1, 2)]
    nothing = Question("", (), list)
    with one_transaction():
        ask(connection, sum_of[0], nothing, sum_of[1])
    assert [each.answer for each in (*sum_of, nothing)] == [2, 3, []]


def test_a_question_outside_of_a_transaction_is_answered_too():
    write_down("a")
    question = keys_asked()
    ask(connection, question)
    assert question.answer == ["a"]


def test_the_orm_sees_what_waits():
    with one_transaction():
        write_down("a")
        assert Answer.objects.get().key == "a"


def test_a_percent_sign_stays_what_it_is():
    with one_transaction():
        write_down("100 %s; COMMIT")
    assert Answer.objects.get().key == "100 %s; COMMIT"


def test_what_waits_is_undone_with_the_rest():
    @one_transaction()
    def work():
        write_down("a")
        ask(connection, keys_asked())
        write_down("b")
        raise LookupError

    with pytest.raises(LookupError):
        work()
    assert not Answer.objects.exists()


def test_what_waits_to_the_end_may_fail_there_and_undoes_all():
    told = []

    @one_transaction()
    def work():
        transaction.on_commit(lambda: told.append("committed"))
        write_down("a", "b")
        write_down("a")

    with pytest.raises(IntegrityError):
        work()
    assert not Answer.objects.exists()
    assert told == []


def test_what_waits_may_be_made_to_fail_where_that_is_awaited():
    def repeat():
        write_down("a")
        send()

    @one_transaction()
    def work():
        write_down("a")
        with pytest.raises(IntegrityError):
            repeat()
        raise LookupError

    with pytest.raises(LookupError):
        work()
    assert not Answer.objects.exists()


def test_who_waits_for_the_commit_hears_of_it_once_it_is_true():
    told = []
    with one_transaction():
        transaction.on_commit(lambda: told.append(connection.in_atomic_block or Answer.objects.get().key))
        write_down("a")
    assert told == ["a"]


def test_what_is_to_be_rolled_back_is_not_committed_with_the_last_statement():
    @transaction.atomic(savepoint=False)
    def fail():
        raise LookupError

    with one_transaction():
        write_down("a")
        with pytest.raises(LookupError):
            fail()
    assert not Answer.objects.exists()


def test_inside_a_larger_transaction_the_larger_one_decides():
    @transaction.atomic()
    def work():
        with one_transaction():
            write_down("a")
        assert Answer.objects.exists()
        raise LookupError

    with pytest.raises(LookupError):
        work()
    assert not Answer.objects.exists()


def test_what_an_inner_part_wrote_is_undone_with_it_alone():
    @transaction.atomic()
    def fail():
        write_down("b")
        raise LookupError

    with one_transaction():
        write_down("a")
        with pytest.raises(LookupError):
            fail()
        write_down("c")
    assert list(Answer.objects.order_by("id").values_list("key", flat=True)) == ["a", "c"]


def test_an_inner_part_whose_statements_were_sent_is_undone_with_all_that_it_contains():
    @transaction.atomic()
    def fail():
        write_down("b")
        with transaction.atomic():
            ask(connection, keys_asked())
            write_down("c")
        write_down("d")
        raise LookupError

    with one_transaction():
        write_down("a")
        with pytest.raises(LookupError):
            fail()
        with transaction.atomic():
            write_down("e")
    assert list(Answer.objects.order_by("id").values_list("key", flat=True)) == ["a", "e"]


def test_what_fails_in_an_inner_part_where_that_is_awaited_leaves_the_rest():
    @transaction.atomic()
    def repeat():
        write_down("a")
        send()

    with one_transaction():
        write_down("a")
        with pytest.raises(IntegrityError):
            repeat()
        write_down("b")
    assert list(Answer.objects.order_by("id").values_list("key", flat=True)) == ["a", "b"]


def test_what_was_written_before_an_inner_part_fails_before_it():
    reached = []

    def inner():
        with transaction.atomic():
            reached.append("inner part")

    @one_transaction()
    def work():
        write_down("a")
        write_down("a")
        inner()

    with pytest.raises(IntegrityError):
        work()
    assert reached == []
    assert not Answer.objects.exists()


def test_a_transaction_without_statements_leaves_the_connection_as_it_was():
    with one_transaction():
        pass
    write_down("a")
    assert connection.get_autocommit()
    assert Answer.objects.exists()


@on_postgresql
def test_a_transaction_takes_two_messages_its_beginning_and_end_included():
    def work():
        with one_transaction():
            ask(connection, keys_asked(), keys_asked())
            write_down("a")
            write_down("b", "c")

    question, rest = sent(work)
    assert question.startswith("BEGIN; SELECT")
    assert rest.endswith("; COMMIT")
    assert rest.count("INSERT") == 2


@on_postgresql
def test_so_many_statements_wait_and_no_more():
    def work():
        with one_transaction():
            for number in range(WAITING_MAX + 1):
                write_down(str(number))

    assert [each.count("INSERT") for each in sent(work)] == [WAITING_MAX, 1]


@on_postgresql
def test_the_bounds_of_inner_parts_are_no_messages():
    def work():
        with one_transaction():
            for _ in range(2):
                with transaction.atomic():
                    ask(connection, keys_asked())
            write_down("a")

    first, second, rest = sent(work)
    assert first.startswith("BEGIN; SAVEPOINT")
    assert second.startswith("RELEASE SAVEPOINT")
    assert rest.startswith("RELEASE SAVEPOINT")
    assert rest.endswith("; COMMIT")


@on_postgresql
def test_of_an_inner_part_that_is_undone_at_once_nothing_is_sent():
    @transaction.atomic()
    def fail():
        write_down("a")
        raise LookupError

    def work():
        with one_transaction(), pytest.raises(LookupError):
            fail()

    [message] = sent(work)
    assert "INSERT" not in message
