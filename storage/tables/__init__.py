"""The tables, by area; `metadata` holds them all."""

from storage.tables import cases as cases
from storage.tables import forms as forms
from storage.tables import keys as keys
from storage.tables import messages as messages
from storage.tables import office as office
from storage.tables import people as people
from storage.tables.types import metadata

__all__ = ["metadata"]
