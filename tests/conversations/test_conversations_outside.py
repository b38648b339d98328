"""The words of catching up keep within a message, however much was missed."""

from outside_samples import CODE, NOW

from messages_fa import tracking
from messages_fa.names import STEPS


def test_a_list_of_missed_news_fits_a_message_on_either_platform() -> None:
    longest = max(STEPS, key=lambda step: len(STEPS[step]))
    told = tracking.caught_up([(CODE, longest, NOW)] * 20, 10**6, 10**6)
    assert len(told.plain) < 2048
