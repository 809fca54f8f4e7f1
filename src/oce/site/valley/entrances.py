"""How one gets into the valley: who signs in as whom, how groups take people in, who has asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.hashers import make_password

from oce.apps.agents.commands import make_agent
from oce.apps.members import setup
from oce.apps.members.account_commands import make_administrator, open_account
from oce.apps.members.accounts import Account
from oce.apps.members.commands import make_membership, make_role
from oce.apps.members.joining import Style
from oce.apps.members.joining_commands import decide_joining
from oce.apps.members.queries import DEMO_ADDRESSES
from oce.apps.members.requests import ask_to_join, comment_on_request, take_request
from oce.kit.actor import SYSTEM
from oce.site.valley.people import (
    BENCH,
    COMMONS,
    GARDEN,
    KITCHEN,
    NEIGHBOURS,
    REPAIR,
    SHOP,
    STATION,
    TOOLS,
    WORDS,
    coordinator_of,
)  # fmt: skip

if TYPE_CHECKING:
    from oce.apps.agents.models import Agent
    from oce.site.valley.books import Books

# Everybody's in the demo; nothing in it is a secret.
PASSWORD = "alder-valley"  # noqa: S105 (printed at the start of the demo)
NETWORK = "Alder Valley"


class SignIn(NamedTuple):
    """Somebody as whom one may look around: what they are, and their e-mail address."""

    role: str
    name: str
    address: str


SIGN_INS = (
    SignIn("coordinator", "Ana Ruiz", f"ana{DEMO_ADDRESSES}"),
    SignIn("member", "Rosa Bianchi", f"rosa{DEMO_ADDRESSES}"),
    SignIn("bookkeeper", "Nikolai Weiss", f"nikolai{DEMO_ADDRESSES}"),
    SignIn("visitor", "Lena Hofer", f"lena{DEMO_ADDRESSES}"),
    SignIn("administrator", "Theresa Maier", f"theresa{DEMO_ADDRESSES}"),
)
OPEN_GROUPS = (SHOP, STATION, REPAIR, TOOLS)
# What groups ask those who would like to join.
QUESTIONS = {
    GARDEN: ("Have you worked in a garden before?", "On which days could you come?"),
    KITCHEN: ("May we call you at short notice when the plums are ripe?",),
    NEIGHBOURS: ("In which house do you live?",),
    WORDS: ("From which languages into which do you translate?", "Who could tell us about your work?"),
    BENCH: ("What would you like to build?",),
}
# Who has asked, and what they answered; the second is already being talked with.
ASKING = (
    ("Lena Hofer", GARDEN, ("Only on my balcony, with great success.", "Wednesdays and Saturdays.")),
    ("Omar Farouk", WORDS, ("From Arabic and French into English.", "The clinic, where I help with forms.")),
    ("Julia Brunner", NEIGHBOURS, ("In number 21, since August.",)),
)


def open_entrances(books: Books) -> None:
    """Name the network, let groups take people in, and let some people sign in."""
    agents = books.directory.agents
    setup.name_network(SYSTEM, NETWORK)
    for step in setup.STEPS:
        setup.done(step)
    for group in OPEN_GROUPS:
        decide_joining(books.actor(coordinator_of(group)), agents[group], Style.OPEN, (), "Welcome! Come by any day.")
    for group, questions in QUESTIONS.items():
        welcome = "Tell us a little, and somebody will answer you within the week."
        decide_joining(books.actor(coordinator_of(group)), agents[group], Style.REQUEST, questions, welcome)
    values = {
        "name": "Bookkeeper",
        "may_record": True,
        "group": agents[COMMONS],
        "note": "Keeps the books of all groups.",
    }
    role = make_role(books.actor("Theresa Maier"), values)
    bookkeeping = {"member": agents["Nikolai Weiss"], "group": agents[COMMONS], "role": role}
    make_membership(books.actor("Theresa Maier"), bookkeeping)
    for name in ("Lena Hofer", "Omar Farouk", "Julia Brunner"):
        agents[name] = make_agent(SYSTEM, {"name": name, "agent_class": "Person"})
    for each in SIGN_INS:
        account = _open_account(agents[each.name], each.address, each.role)
        if each.role == "administrator":
            make_administrator(SYSTEM, account)
    for name in ("Omar Farouk", "Julia Brunner"):
        _open_account(agents[name], f"{name.split()[0].lower()}@valley.example", name)
    for name, group, answers in ASKING:
        request = ask_to_join(books.actor(name), agents[group], answers)
        if group == WORDS:
            request = take_request(books.actor(coordinator_of(group)), request)
            comment_on_request(books.actor(coordinator_of(group)), request, "Shall we meet on Thursday at five?")


def _open_account(person: Agent, address: str, salt: str) -> Account:
    # The same fingerprint every time: nothing of the demo differs from one telling to the next.
    password = make_password(PASSWORD, salt=f"valley {salt}")
    return open_account(SYSTEM, Account(email=address, person=person, password=password), is_verified=True)
