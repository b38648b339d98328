"""The tables, by area; `metadata` holds them all."""

from storage.tables import agreement as agreement
from storage.tables import audit as audit
from storage.tables import calendar as calendar
from storage.tables import cases as cases
from storage.tables import catalogue as catalogue
from storage.tables import complaints as complaints
from storage.tables import factors as factors
from storage.tables import filing as filing
from storage.tables import forms as forms
from storage.tables import keys as keys
from storage.tables import measures as measures
from storage.tables import messages as messages
from storage.tables import notices as notices
from storage.tables import office as office
from storage.tables import people as people
from storage.tables import retention as retention
from storage.tables import staffing as staffing
from storage.tables import windows as windows
from storage.tables.types import metadata

__all__ = ["metadata"]
