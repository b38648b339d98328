"""Threads for what is slow: in the order of asking, behind everybody else, and never at a stretch."""

import asyncio
import os
import threading
import time

from bot.unhurried import AT_ONCE, NICENESS, REST, Unhurried


async def test_what_is_asked_for_comes_back_and_so_does_what_it_raises() -> None:
    slow = Unhurried()
    assert await slow.run(lambda: "رمز") == "رمز"
    told = await asyncio.gather(slow.run(lambda: 1 // 0), slow.run(lambda: 7), return_exceptions=True)
    assert (type(told[0]), told[1]) == (ZeroDivisionError, 7)
    slow.close()


async def test_its_threads_stand_back_and_no_others_do() -> None:
    slow, own = Unhurried(), os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert await slow.run(niceness) == max(own, NICENESS)
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == own
    slow.close()


async def test_after_each_call_a_thread_rests_for_three_times_what_it_took_of_the_processor() -> None:
    slow = Unhurried()
    spans: list[tuple[float, float]] = []

    def takes_a_while() -> None:
        until, began = time.thread_time() + 0.01, time.monotonic()
        while time.thread_time() < until:
            pass
        spans.append((began, time.monotonic()))

    await asyncio.gather(*(slow.run(takes_a_while) for _ in range(4 * AT_ONCE)))
    slow.close()
    whole = max(ended for _, ended in spans) - min(began for began, _ in spans)
    assert whole >= 3 * REST * 0.01, "between the four calls of a thread lie three rests"


async def test_what_waits_is_given_up_at_the_end_of_the_process() -> None:
    slow, stays = Unhurried(), threading.Event()
    calls = [asyncio.create_task(slow.run(stays.wait)) for _ in range(AT_ONCE + 3)]
    await asyncio.sleep(0)  # each has been asked for
    slow.close()
    stays.set()
    came = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(each) for each in came[AT_ONCE:]] == [asyncio.CancelledError] * 3
