"""The question about the service: once, in office hours, and nobody is recognised in the figures."""

from datetime import timedelta

import pytest
from services_office import MORNING, Office

from domain.errors import NotAllowedNow, NotYours
from services import survey
from services.people import STRANGER
from storage.records.complaints import Survey

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HERE = ("bale", 5551)


async def asked(office: Office, subject: int = 1, chat_id: int = HERE[1]) -> Survey:
    planned = await office.do(survey.plan, "complaint", subject, 1, person_id=None, place=("bale", chat_id))
    assert planned is not None
    return planned


async def score(office: Office, survey_id: int, stars: int) -> Survey:
    return await office.do(survey.score, actor=STRANGER, asker=HERE, survey_id=survey_id, stars=stars)


async def test_a_decision_is_asked_about_once_and_a_later_one_again(office: Office) -> None:
    async def plan(version: int) -> Survey | None:
        return await office.do(survey.plan, "case", 7, version, person_id=None, place=HERE)

    first, again, later = [await plan(version) for version in (2, 2, 4)]
    assert (first is None, again is None, later is None) == (False, True, False)


async def test_it_is_asked_a_while_later_and_reminded_of_once_in_office_hours(office: Office) -> None:
    await asked(office)
    assert await office.do(survey.to_ask) == ()
    office.clock.now = MORNING + timedelta(hours=14)  # eleven at night
    assert await office.do(survey.to_ask) == ()
    while not (told := await office.do(survey.to_ask)):
        office.clock.move_on(timedelta(hours=1))
        assert office.clock.now < MORNING + timedelta(days=5)
    assert [each.subject for each in told] == [1]
    assert await office.do(survey.to_remind) == ()
    reminded = 0
    for _ in range(24 * 6):
        office.clock.move_on(timedelta(hours=1))
        reminded += len(await office.do(survey.to_remind))
    assert reminded == 1


async def test_a_score_may_be_changed_for_twelve_hours(office: Office) -> None:
    question = await asked(office)
    await score(office, question.id, 2)
    office.clock.move_on(timedelta(hours=12))
    assert (await score(office, question.id, 4)).score == 4
    office.clock.move_on(timedelta(minutes=1))
    with pytest.raises(NotAllowedNow):
        await score(office, question.id, 1)
    assert (await score(office, question.id, 4)).score == 4, "a second tap on the same is no change"


@pytest.mark.parametrize("stars", [0, 6, 99])
async def test_there_are_five_scores(office: Office, stars: int) -> None:
    question = await asked(office)
    with pytest.raises(NotAllowedNow):
        await score(office, question.id, stars)


async def test_only_who_was_asked_answers(office: Office) -> None:
    question = await asked(office, chat_id=9)
    with pytest.raises(NotYours):
        await score(office, question.id, 5)


async def test_fewer_than_five_answers_are_shown_to_staff_alone(office: Office) -> None:
    end = office.clock.now + timedelta(days=1)
    for subject, stars in enumerate((5, 4, 4, 1), 1):
        await score(office, (await asked(office, subject)).id, stars)
    assert await office.do(survey.results, MORNING, end) is None
    inside = await office.do(survey.results, MORNING, end, staff=True)
    assert inside is not None
    assert (inside.count, inside.mean) == (4, 3.5)
    await score(office, (await asked(office, 5)).id, 1)
    found = await office.do(survey.results, MORNING, end)
    assert found is not None
    assert (found.count, found.mean, dict(found.distribution)) == (5, 3.0, {1: 2, 2: 0, 3: 0, 4: 2, 5: 1})
    assert await office.do(survey.results, end, end + timedelta(days=1), staff=True) is None
