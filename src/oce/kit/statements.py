"""Statements that travel together.

On PostgreSQL, sending a statement and waiting for its answer costs both sides more than the statement itself. So inside
`one_transaction` what is only written or locked waits (`write`) for the next question, what can be asked at once is asked at
once (`ask`), the transaction begins with its first statement and ends with its last. Whatever else speaks to the database
meanwhile, the ORM too, first sends what waits: nobody reads what was before it. The bounds of inner parts (savepoints) wait
too, and of a part that is undone before anything of it was sent, nothing is. On SQLite there is no way to go, and every
statement runs at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
Row = tuple[Any, ...]
# So many statements wait at most: bounds the length of what is sent.
WAITING_MAX = 500
# How Django begins an inner part of a transaction, and how it ends one.
_PART_BOUNDS = ("SAVEPOINT ", "RELEASE SAVEPOINT ")
_PART_UNDONE = "ROLLBACK TO "


class Question(Generic[T]):
    """A statement, and how its rows are understood; without a text, nothing is asked and there are no rows.

    Attributes:
        answer: what came back, once it was asked.
    """

    answer: T

    def __init__(self, text: str, values: Sequence[Any], understand: Callable[[list[Row]], T]) -> None:
        """Prepare to ask."""
        self.text = text
        self.values = values
        self.understand = understand


class _Sending:
    """The statements of one transaction that wait to be sent."""

    def __init__(self, database: BaseDatabaseWrapper, *, begins: bool) -> None:
        self.database = database
        self.begins = begins
        self.waiting: list[str] = []
        self.message = ""

    def composed(self, text: str, values: Sequence[Any]) -> str:
        """Return the text with the values in its places, as the driver writes them."""
        literal = self._literal
        return (text.encode() % tuple([b"NULL" if each is None else literal(each) for each in values])).decode()

    @cached_property
    def _literal(self) -> Callable[[Any], Any]:
        self.database.ensure_connection()
        from psycopg.adapt import Transformer  # not at the top: houses on SQLite do without

        return Transformer(self.database.connection).as_literal

    def wait(self, text: str) -> None:
        self.waiting.append(text)
        if len(self.waiting) == WAITING_MAX:
            self.send([])

    def send(self, asked: Sequence[tuple[str, Sequence[Any]]], *, ends: bool = False) -> list[list[Row]]:
        """Send what waits and what is asked, in this order, and return the rows of each asked statement."""
        count = len(self.waiting)
        texts = [*self.waiting, *(self.composed(text, values) for text, values in asked)]
        self.waiting = []
        if not texts:
            return []
        with self.database.cursor() as cursor:
            if self._begin():
                texts.insert(0, "BEGIN")
                count += 1
            if ends:
                texts.append("COMMIT")
            self.message = "; ".join(texts)
            cursor.execute(self.message)
            # All answers have come: the driver's own cursor only hands them out.
            answers = cursor.cursor
            for _ in range(count):
                answers.nextset()
            return [_next_rows(answers) for _ in asked]

    def send_first(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 (Django's signature of what stands around each statement)
        context: dict[str, Any],
    ) -> Any:
        """Run a statement of somebody else after all that waits; the bounds of inner parts wait with it."""
        if sql is self.message:
            return execute(sql, params, many, context)
        if sql.startswith(_PART_BOUNDS):
            return self._bound(sql)
        if sql.startswith(_PART_UNDONE) and self._forgotten(sql.removeprefix(_PART_UNDONE)):
            return None
        if self.waiting:
            self.send([])
        return execute(sql, params, many, context)

    def _bound(self, sql: str) -> None:
        """Let the beginning or the end of an inner part wait; what was written before it began fails outside of it."""
        if sql.startswith("SAVEPOINT ") and not all(each.startswith(_PART_BOUNDS) for each in self.waiting):
            self.send([])
        self.wait(sql)

    def _forgotten(self, part: str) -> bool:
        """Send nothing more of an inner part that is undone, and return whether nothing of it was sent."""
        is_here = part in self.waiting
        del self.waiting[self.waiting.index(part) + 1 if is_here else 0 :]
        return is_here

    def _begin(self) -> bool:
        """Return whether the transaction must still begin, and keep the driver from beginning it by a message of its own."""
        from psycopg.pq import TransactionStatus

        driver: Any = self.database.connection
        if not self.begins or driver.pgconn.transaction_status != TransactionStatus.IDLE:
            return False
        driver.autocommit = True
        return True


_sending: ContextVar[_Sending | None] = ContextVar("sending", default=None)


@contextmanager
def one_transaction() -> Iterator[None]:
    """Run the block in a transaction in which statements travel together; inside a larger one, as part of that."""
    database = transaction.get_connection()
    if database.vendor != "postgresql":
        with transaction.atomic():
            yield
        return
    is_outermost = not database.in_atomic_block
    with transaction.atomic():
        sending = _Sending(database, begins=is_outermost)
        token = _sending.set(sending)
        try:
            with database.execute_wrapper(sending.send_first):
                yield
            # Where somebody caught a failure inside, Django rolls back, and nothing more is to be sent.
            if not database.needs_rollback:
                sending.send([], ends=is_outermost)
        finally:
            _sending.reset(token)


def write(database: BaseDatabaseWrapper, text: str, values: Sequence[Any] = ()) -> None:
    """Have a statement run whose rows nobody reads: now, or together with the next one of the transaction."""
    sending = _sending.get()
    if sending is not None:
        sending.wait(sending.composed(text, values))
        return
    with database.cursor() as cursor:
        cursor.execute(text, values)


def write_rows(database: BaseDatabaseWrapper, beginning: str, row: str, rows: Sequence[Sequence[Any]]) -> None:
    """Have one PostgreSQL statement run that goes on with a `row` for each of `rows`: read and planned once for all."""
    sending = _sending.get()
    for start in range(0, len(rows), WAITING_MAX):
        portion = rows[start : start + WAITING_MAX]
        if sending is not None:
            sending.wait(beginning + ", ".join([sending.composed(row, values) for values in portion]))
            continue
        with database.cursor() as cursor:
            cursor.execute(beginning + ", ".join([row] * len(portion)), [each for values in portion for each in values])


def send() -> None:
    """Have run what still waits, where its failure is awaited."""
    sending = _sending.get()
    if sending is not None and sending.waiting:
        sending.send([])


def ask(database: BaseDatabaseWrapper, *questions: Question[Any]) -> None:
    """Get the answers to the questions, in their order."""
    asked = [question for question in questions if question.text]
    sending = _sending.get()
    if sending is not None and asked:
        answers = iter(sending.send([(question.text, question.values) for question in asked]))
    else:
        answers = _each_alone(database, asked)
    for question in questions:
        question.answer = question.understand(next(answers) if question.text else [])


def _each_alone(database: BaseDatabaseWrapper, asked: Sequence[Question[Any]]) -> Iterator[list[Row]]:
    for question in asked:
        with database.cursor() as cursor:
            cursor.execute(question.text, question.values)
            yield cursor.fetchall()


def _next_rows(cursor: Any) -> list[Row]:
    rows: list[Row] = cursor.fetchall()
    cursor.nextset()
    return rows
