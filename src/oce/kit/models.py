"""The kit's own tables, gathered where Django looks for them."""

from oce.kit.addresses import HouseAddress
from oce.kit.journal import Answer, JournalLine
from oce.kit.outbox import Job
from oce.kit.visibility import HouseVisibility

__all__ = ["Answer", "HouseAddress", "HouseVisibility", "Job", "JournalLine"]
