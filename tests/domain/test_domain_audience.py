"""An audience is rules that add up."""

from hypothesis import given
from hypothesis import strategies as st

from domain.audience import Audience
from domain.roles import Role

audiences = st.builds(
    Audience,
    everyone=st.booleans(),
    roles=st.frozensets(st.sampled_from(Role)),
    agencies=st.frozensets(st.integers(1, 50), max_size=5),
    open_cases=st.booleans(),
    open_drafts=st.booleans(),
)


@given(audiences)
def test_an_audience_is_read_as_it_was_stored(audience: Audience) -> None:
    assert Audience.from_json(audience.to_json()) == audience


@given(audiences)
def test_its_rules_one_by_one_are_the_whole(audience: Audience) -> None:
    parts = audience.parts()
    assert [bool(part) for part in parts] == [True] * len(parts)
    assert [part.parts() for part in parts] == [(part,) for part in parts]
    whole = Audience(
        everyone=any(part.everyone for part in parts),
        roles=frozenset().union(*(part.roles for part in parts)),
        agencies=frozenset().union(*(part.agencies for part in parts)),
        open_cases=any(part.open_cases for part in parts),
        open_drafts=any(part.open_drafts for part in parts),
    )
    assert whole == audience


def test_an_audience_without_a_rule_is_none() -> None:
    assert not Audience()
    assert Audience.of_roles(Role.ADMIN) == Audience(roles=frozenset({Role.ADMIN}))
