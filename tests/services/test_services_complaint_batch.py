"""Complaints of one who sent many are told together, each in one digest, whoever sweeps."""

from services_complaints import complain
from services_office import Office, at_once

from domain.complaints import SENT_AN_HOUR
from domain.roles import Role


async def test_two_who_sweep_at_once_count_each_complaint_once(office: Office) -> None:
    await office.hire(Role.COMPLAINTS, "لیلا احمدی")
    for _ in range(SENT_AN_HOUR + 3):
        await complain(office)
    counts = await at_once(*(office.look(lambda work: work.complaints.take_batch()) for _ in range(4)))
    assert sorted(counts) == [0, 0, 0, 3]
