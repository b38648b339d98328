"""Complaints, and what was thought of the service."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.types import Instant, id_column, metadata

# Of an anonymous one nothing leads to a person: no form, no person, no chat, and only the hour of its filing.
complaints = Table(
    "complaints",
    metadata,
    id_column(),
    Column("code", ForeignKey("case_codes.code"), nullable=False),
    Column("form_id", ForeignKey("forms.id")),
    Column("kind", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("case_id", ForeignKey("cases.id")),
    Column("person_id", ForeignKey("people.id")),
    Column("platform", Text),
    Column("chat_id", BigInteger),
    Column("passcode", LargeBinary),  # its sealed digest
    Column("content", LargeBinary, nullable=False),
    Column("holder", ForeignKey("people.id")),
    # One of many of the same sender: officers are told of all of them at once.
    Column("batched", Boolean, nullable=False),
    # What an anonymous person did is told a while later: told at once, its moment would lead to the chat.
    Column("untold", Boolean, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # The moment from which the office's target counts: filing, or the objection.
    Column("clock_from", Instant, nullable=False),
    Column("escalated_at", Instant),
    # When the admins were told that nobody independent is left to handle it.
    Column("stranded_at", Instant),
    UniqueConstraint("code"),
    UniqueConstraint("form_id"),
)
Index("ix_complaints_queue", complaints.c.state, complaints.c.clock_from, complaints.c.id)
Index("ix_complaints_person_id", complaints.c.person_id)
Index("ix_complaints_chat", complaints.c.platform, complaints.c.chat_id)

# Of each open complaint with a target: what is warned of, and what the calendar moved until people were told.
answer_targets = Table(
    "answer_targets",
    metadata,
    Column("complaint_id", ForeignKey("complaints.id"), primary_key=True, autoincrement=False),
    Column("due_at", Instant),
    Column("warn_at", Instant),
    Column("warned_at", Instant),
    Column("moved_from", Instant),
    # Each a code `why` with its values.
    Column("moved_for", JSON, nullable=False),
)
Index("ix_answer_targets_warn_at", answer_targets.c.warn_at)

complaint_events = Table(
    "complaint_events",
    metadata,
    id_column(),
    Column("complaint_id", ForeignKey("complaints.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("action", Text, nullable=False),
    Column("from_state", Text),
    Column("to_state", Text, nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("cause", Text),
    Column("text", LargeBinary),
    Column("details", JSON(none_as_null=True)),
)
Index("ix_complaint_events_complaint_id", complaint_events.c.complaint_id, complaint_events.c.id)
Index("ix_complaint_events_action", complaint_events.c.action, complaint_events.c.at)

complaint_notes = Table(
    "complaint_notes",
    metadata,
    id_column(),
    Column("complaint_id", ForeignKey("complaints.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("note", LargeBinary, nullable=False),
)
Index("ix_complaint_notes_complaint_id", complaint_notes.c.complaint_id, complaint_notes.c.id)

surveys = Table(
    "surveys",
    metadata,
    id_column(),
    # «case» or «complaint», its number, and its version when it was decided or closed.
    Column("about", Text, nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("on_version", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("platform", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("asked_at", Instant),
    Column("reminded_at", Instant),
    Column("score", Integer),
    Column("scored_at", Instant),
    Column("comment", LargeBinary),
    UniqueConstraint("about", "subject", "on_version"),
)
Index("ix_surveys_due_at", surveys.c.asked_at, surveys.c.due_at)
Index("ix_surveys_chat", surveys.c.platform, surveys.c.chat_id)
