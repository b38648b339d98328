"""A local Bot API server with a chat page: for newcomers, training, end-to-end tests and benchmarks."""

from sandbox.clock import Clock
from sandbox.faults import Fault, Faults
from sandbox.phones import Impossible, NotSeen, Phone
from sandbox.server import Sandbox
from sandbox.state import Bot, Person

__all__ = ["Bot", "Clock", "Fault", "Faults", "Impossible", "NotSeen", "Person", "Phone", "Sandbox"]
