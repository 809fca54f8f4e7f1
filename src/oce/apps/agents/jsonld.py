"""The classes of agents in documents: one table keeps them, the class says which one it is."""

from __future__ import annotations

from oce.apps.agents.models import Agent, AgentClass
from oce.kit.jsonld.classes import DocumentClass

documents = tuple(DocumentClass(each.value, Agent, {"agent_class": each.value}) for each in AgentClass)
