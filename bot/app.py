"""Composition by hand: the store, the platforms, intake, dispatch, delivery, timers. All wiring is here."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from bot import announce, backups, fence, reshow, router
from bot.backups import Backups
from bot.delivery import Sender
from bot.dispatch import Dispatcher
from bot.drills import drop_left
from bot.health import Health, Listener, listener
from bot.incoming import Aftermath, Incoming
from bot.intake import Polling, Refusals
from bot.introduction import Introduction
from bot.logs import logger, place
from bot.office import Office
from bot.platforms import PLATFORMS, Platform
from bot.platforms.api import BotApi
from bot.platforms.request import AiohttpRequest
from bot.ports import bound, listen
from bot.post import post
from bot.room_watch import RoomWatch
from bot.screen import Screen
from bot.settings import Settings
from bot.tasks import Tasks, after, cancel, stop_on_signals
from bot.timers import TIMERS, timers
from bot.vaults import open_vault
from bot.watchdog import Watchdog
from bot.webhook import Hook, webhook
from messages_fa import general
from scans import Cleaner
from scans.confined import undumpable
from storage.engine import Store
from storage.unit import Clock, utc_now
from storage.work import Work

log = logger("app")

DRAIN_SECONDS: Final = 4.0
"""For dispatch and for delivery each, so that SIGTERM is over within 10 seconds."""


@dataclass(slots=True)
class App:
    """One process of the bot, from an open store to the last answered update."""

    settings: Settings
    store: Store
    office: Office
    apis: Mapping[str, BotApi]
    dispatcher: Dispatcher
    senders: Mapping[str, Sender]
    pollings: Mapping[str, Polling]
    hooks: tuple[Hook, ...]
    cleaner: Cleaner | None = None
    started: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def open(
        cls, settings: Settings, *, clock: Clock = utc_now, cleaner: Cleaner | None = None
    ) -> "App":
        """Open the store and put the parts together; nothing runs yet.

        Args:
            settings: of this process.
            clock: of the store.
            cleaner: makes files harmless; one that is lent stays open with whoever lends it.

        Raises:
            StorageError: the store or its key cannot be used; the message says what to do.
        """
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        drop_left(settings.data_dir)
        vault = await open_vault(settings)
        store = await Store.open(settings.store_url, vault=vault, clock=clock)
        platforms = served(settings)
        office = Office(platforms, {})
        apis = {name: _api(settings, platform) for name, platform in platforms.items()}
        alarm, refusals = _alarm(office), Refusals()
        own = None if cleaner else Cleaner(clamd=settings.clamd)
        senders = {
            name: Sender(store, platform, apis[name], alarm=alarm, refusals=refusals, cleaner=cleaner or own)
            for name, platform in platforms.items()
        }
        dispatcher = Dispatcher(
            store,
            platforms,
            _handler(office),
            apis,
            apology=_apology(office),
            alarm=alarm,
            outlets=senders,
            pass_over=_pass_over(office),
            cleaner=cleaner or own,
        )
        hooks = _hooks(settings, platforms)
        hooked = {hook.platform.name for hook in hooks}
        polled = [platform for name, platform in platforms.items() if name not in hooked]
        polling = partial(Polling, alarm=alarm, at_once=dispatcher.take_at_once, refusals=refusals)
        pollings = {one.name: polling(apis[one.name], one, store, dispatcher.accept) for one in polled}
        store.listen(lambda signals: _wake(senders, signals))
        return cls(settings, store, office, apis, dispatcher, senders, pollings, hooks, own)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then drain: what was acknowledged is handled, what is under way ends.

        Raises:
            PortTaken: a port cannot be listened on; nothing was begun.
            TaskEnded: a task failed; what was under way was drained as on an order to stop.
        """
        tasks = Tasks(Health(self.store, tuple(self.pollings.values()), tuple(self.senders.values())))
        scheduler = timers(self.store, self.office)
        try:
            ports = self._ports(tasks.health)
            await self._tell_of_fence()
            await self._reshow()
            dispatching = self._serve(tasks)
            receiving = self._receive(tasks)
            listening = [tasks.start(f"listen-{number}", listen(*port)) for number, port in enumerate(ports)]
            scheduler.start()
            self.started.set()
            await tasks.until(stop)
            log.info("draining")
            for port, _socket in ports:
                port.should_exit = True
            scheduler.pause()
            await cancel(receiving)
            await asyncio.wait(listening, timeout=1.0)
            await self._drain(dispatching)
            tasks.check()
        finally:
            if scheduler.running:
                scheduler.shutdown(wait=False)
            await tasks.end()
            await self._close()

    def _serve(self, tasks: Tasks) -> asyncio.Task[None]:
        """Start what answers, sends, watches and backs up; the task that dispatches."""
        for name, sender in self.senders.items():
            tasks.start(f"send-{name}", sender.run())
        dispatching = tasks.start("dispatch", self.dispatcher.run())
        tasks.start("watchdog", Watchdog(self.store, self.office, tasks.health).run())
        watch = RoomWatch(self.store, self.office.room, self.settings.data_dir, _alarm(self.office))
        tasks.start("room", watch.run())
        if backups.scheduled(self.settings):
            tasks.start("backups", Backups(self.settings, self.store, _alarm(self.office)).run())
        return dispatching

    def _receive(self, tasks: Tasks) -> list[asyncio.Task[None]]:
        """Start the introduction to every platform, and the polls, each of which waits for its own."""
        introduction = Introduction(self.office, self.apis, self.hooks, self.settings.webhook_url)
        introduced = {name: asyncio.Event() for name in self.apis}
        preparing = [asyncio.create_task(introduction.run(name, introduced[name])) for name in self.apis]
        polling = [
            tasks.start(f"poll-{name}", after(introduced[name], polling.run()))
            for name, polling in self.pollings.items()
        ]
        return [*polling, *preparing]

    def _ports(self, health: Health) -> list[tuple[Listener, socket.socket]]:
        """The listeners on localhost: health, and the webhooks if there are any."""
        port = self.settings.health_port
        ports = [(listener(health.routes(), port), bound("HEALTH_PORT", port))]
        if self.hooks:
            port = self.settings.webhook_port
            hooks = webhook(self.store, self.hooks, self.dispatcher.accept, self.dispatcher.take_at_once)
            ports.append((listener([hooks], port), bound("WEBHOOK_PORT", port)))
        return ports

    async def _tell_of_fence(self) -> None:
        """A restored store that is not opened yet: its admins are told what it holds back."""
        if await self.store.elect(TIMERS):
            await self.store.run(partial(fence.tell, office=self.office))

    async def _reshow(self) -> None:
        """Put the open prompts again, unless another process was there to answer all the while."""
        if not await self.store.elect(TIMERS):
            return
        for platform, chat_id in await self.store.run(lambda work: reshow.to_reshow(work, self.office)):
            unit = partial(reshow.reshow, office=self.office, platform=platform, chat_id=chat_id)
            try:
                await self.store.run(unit)
            except Exception as error:  # noqa: BLE001 - one chat's fault must not keep the bot from starting
                log.error("reshow_failed", platform=platform, error=type(error).__name__, where=place(error))  # noqa: TRY400 - a traceback shows values

    async def _drain(self, dispatching: asyncio.Task[None]) -> None:
        await self.dispatcher.drain(DRAIN_SECONDS)
        await cancel([dispatching])
        await asyncio.gather(*(sender.drain(DRAIN_SECONDS) for sender in self.senders.values()))

    async def _close(self) -> None:
        for api in self.apis.values():
            await api.close()
        await self.store.close()
        if self.cleaner is not None:
            self.cleaner.close()
        log.info("stopped")


def served(settings: Settings) -> dict[str, Platform]:
    """The platforms that have a token, with their rates as set."""
    return {
        name: replace(platform, rate=getattr(settings, f"{name}_rate"), chat_interval=settings.chat_interval)
        for name, platform in PLATFORMS.items()
        if settings.token(name)
    }


async def run(settings: Settings, *, clock: Clock = utc_now) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Raises:
        StorageError: the store or its key cannot be used.
        PortTaken: a port cannot be listened on.
        TaskEnded: a task failed.
    """
    undumpable()  # before there is a key in memory
    stop = stop_on_signals()
    app = await App.open(settings, clock=clock)
    await app.run(stop)


def _api(settings: Settings, platform: Platform) -> BotApi:
    proxy = str(getattr(settings, f"{platform.name}_proxy"))
    request = AiohttpRequest(proxy=proxy, trust_env=platform.trust_env)
    return BotApi(platform, settings.token(platform.name), getattr(settings, f"{platform.name}_api"), request)


def _hooks(settings: Settings, platforms: Mapping[str, Platform]) -> tuple[Hook, ...]:
    """With `WEBHOOK_URL` every platform is served by webhook, each at an unguessable path of its own."""
    secret = settings.webhook_secret.get_secret_value()
    if not settings.webhook_url:
        return ()
    return tuple(Hook(platform, f"{name}-{secret}", secret) for name, platform in platforms.items())


def _handler(office: Office) -> Callable[[Work, Incoming], Aftermath]:
    return lambda work, incoming: router.handle(work, incoming, office)


def _pass_over(office: Office) -> Callable[[Work, Incoming, bool], Aftermath | None]:
    return lambda work, incoming, tell: router.pass_over(work, incoming, office, tell=tell)


def _apology(office: Office) -> Callable[[Work, Platform, int, str], None]:
    def apologise(work: Work, platform: Platform, chat_id: int, reference: str) -> None:
        post(work, office, platform.name, chat_id, Screen(general.apology(reference)))

    return apologise


def _alarm(office: Office) -> Callable[[Work, str, str], None]:
    def alarm(work: Work, code: str, reference: str) -> None:
        announce.to_admins(work, office, general.alarm(code, reference))

    return alarm


def _wake(senders: Mapping[str, Sender], signals: frozenset[str]) -> None:
    for name, sender in senders.items():
        if f"outbox:{name}" in signals:
            sender.wake()
