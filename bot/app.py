"""Composition by hand: the store, the platforms, intake, dispatch, delivery, timers. All wiring is here."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from bot import announce, backups, fence, reshow, router
from bot.backoff import backoff
from bot.backups import Backups
from bot.delivery import Sender
from bot.dispatch import Dispatcher
from bot.drills import drop_left
from bot.handlers import start
from bot.health import LOOPBACK, Health, Listener, listener
from bot.incoming import Aftermath, Incoming
from bot.intake import ALLOWED_UPDATES, Polling, Refusals
from bot.logs import logger, place
from bot.office import Office
from bot.platforms import PLATFORMS, Platform
from bot.platforms.api import BotApi, NoAnswer, NotConnected, Refused
from bot.platforms.request import AiohttpRequest
from bot.post import post
from bot.screen import Screen
from bot.settings import Settings
from bot.timers import TIMERS, timers
from bot.vaults import open_vault
from bot.watchdog import Watchdog
from bot.webhook import Hook, webhook
from domain.roles import Actor
from messages_fa import general
from scans import Cleaner
from storage.engine import Store
from storage.unit import Clock, utc_now
from storage.work import Work

log = logger("app")

DRAIN_SECONDS: Final = 4.0
"""For dispatch and for delivery each, so that SIGTERM is over within 10 seconds."""
GREETING_WAIT: Final = (1.0, 60.0)


class PortTaken(Exception):  # noqa: N818 - named for what happened
    """A port cannot be listened on.

    Attributes:
        setting: the environment variable that names it.
        port: its number.
        reason: the system's word for why.
    """

    def __init__(self, setting: str, port: int, reason: str) -> None:
        super().__init__(setting, port, reason)
        self.setting = setting
        self.port = port
        self.reason = reason


class TaskEnded(Exception):  # noqa: N818 - named for what happened
    """A task that lasts as long as the process has failed; the process should be started again.

    Attributes:
        name: such as `send-bale`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


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
        pollings = {
            name: Polling(
                apis[name],
                platform,
                store,
                dispatcher.accept,
                alarm=alarm,
                at_once=dispatcher.take_at_once,
                refusals=refusals,
            )
            for name, platform in platforms.items()
            if name not in hooked
        }
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
            for name, sender in self.senders.items():
                tasks.start(f"send-{name}", sender.run())
            dispatching = tasks.start("dispatch", self.dispatcher.run())
            tasks.start("watchdog", Watchdog(self.store, self.office, tasks.health).run())
            if backups.scheduled(self.settings):
                tasks.start("backups", Backups(self.settings, self.store, _alarm(self.office)).run())
            introduced = {name: asyncio.Event() for name in self.apis}
            preparing = [asyncio.create_task(self._prepare(name, introduced[name])) for name in self.apis]
            receiving = [
                tasks.start(f"poll-{name}", _after(introduced[name], polling.run()))
                for name, polling in self.pollings.items()
            ]
            listening = [tasks.start(f"listen-{number}", _listen(*port)) for number, port in enumerate(ports)]
            scheduler.start()
            self.started.set()
            await tasks.until(stop)
            log.info("draining")
            for port, _socket in ports:
                port.should_exit = True
            scheduler.pause()
            await _cancel([*receiving, *preparing])
            await asyncio.wait(listening, timeout=1.0)
            await self._drain(dispatching)
            tasks.check()
        finally:
            if scheduler.running:
                scheduler.shutdown(wait=False)
            await tasks.end()
            await self._close()

    def _ports(self, health: Health) -> list[tuple[Listener, socket.socket]]:
        """The listeners on localhost: health, and the webhooks if there are any."""
        port = self.settings.health_port
        ports = [(listener(health.routes(), port), _bound("HEALTH_PORT", port))]
        if self.hooks:
            port = self.settings.webhook_port
            hooks = webhook(self.store, self.hooks, self.dispatcher.accept, self.dispatcher.take_at_once)
            ports.append((listener([hooks], port), _bound("WEBHOOK_PORT", port)))
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
        await _cancel([dispatching])
        await asyncio.gather(*(sender.drain(DRAIN_SECONDS) for sender in self.senders.values()))

    async def _close(self) -> None:
        for api in self.apis.values():
            await api.close()
        await self.store.close()
        if self.cleaner is not None:
            self.cleaner.close()
        log.info("stopped")

    async def _prepare(self, name: str, introduced: asyncio.Event) -> None:
        """Tell the platform how updates are to come, and learn the bot's own name, as soon as it answers.

        Polling waits for the first try, whatever comes of it: a change of the webhook ends a poll under way.
        The menu of commands can wait.
        """
        failures = 0
        while True:
            try:
                await self._introduce(name, introduced)
            except (NotConnected, NoAnswer, Refused) as error:
                failures += 1
                log.warning("prepare_failed", platform=name, error=type(error).__name__, attempt=failures)
                await asyncio.sleep(backoff(failures, first=GREETING_WAIT[0], most=GREETING_WAIT[1]))
            else:
                return
            finally:
                introduced.set()

    async def _introduce(self, name: str, introduced: asyncio.Event) -> None:
        api, platform = self.apis[name], self.office.platforms[name]
        me, _ = await asyncio.gather(api.call("getMe", {}), self._say_where(name))
        self.office.bots[name] = str(me.get("username", ""))
        introduced.set()
        if platform.has_commands_menu:
            await api.call("setMyCommands", {"commands": start.bot_commands(Actor(None, ""))})
        log.info("platform_ready", platform=name)

    async def _say_where(self, name: str) -> None:
        """By webhook or by polling: how the platform is to hand updates over."""
        hook = next((hook for hook in self.hooks if hook.platform.name == name), None)
        if hook is None:
            await self.apis[name].call("deleteWebhook", {})
        else:
            await self.apis[name].call("setWebhook", _webhook_params(self.settings, hook))


class Tasks:
    """The tasks that should last as long as the process: if one ends, the process says so and stops."""

    def __init__(self, health: Health) -> None:
        self.health = health
        self._running: dict[str, asyncio.Task[None]] = {}
        self._failed = asyncio.Event()
        self._first_failed = ""

    def start(self, name: str, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start one; health watches it."""
        task = asyncio.create_task(coroutine)
        self._running[name] = self.health.tasks[name] = task
        task.add_done_callback(lambda ended: self._ended(name, ended))
        return task

    async def until(self, stop: asyncio.Event) -> None:
        """Wait for the order to stop, or for the failure of a task."""
        waits = [asyncio.create_task(stop.wait()), asyncio.create_task(self._failed.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        await _cancel(waits)

    def check(self) -> None:
        """Whether all went well.

        Raises:
            TaskEnded: one failed.
        """
        if self._first_failed:
            raise TaskEnded(self._first_failed)

    async def end(self) -> None:
        """Cancel what still runs."""
        await _cancel(self._running.values())

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("task_ended", name=name, error=type(error).__name__, where=place(error))
            self._first_failed = self._first_failed or name
            self._failed.set()


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
    stop = stop_on_signals()
    app = await App.open(settings, clock=clock)
    await app.run(stop)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


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


def _webhook_params(settings: Settings, hook: Hook) -> dict[str, object]:
    params: dict[str, object] = {"url": f"{settings.webhook_url}/hook/{hook.path}"}
    if hook.platform.has_secret_header:
        params["secret_token"] = hook.secret
    if hook.platform.sends_allowed_updates:
        params["allowed_updates"] = list(ALLOWED_UPDATES)
    return params


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


def _bound(setting: str, port: int) -> socket.socket:
    """A socket on localhost; bound here, so that a port already taken is told before anything runs."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
    except OSError as error:
        made.close()
        raise PortTaken(setting, port, error.strerror or str(error)) from None
    return made


async def _after(event: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    await event.wait()
    await work


async def _listen(port: Listener, bound: socket.socket) -> None:
    await port.serve(sockets=[bound])


async def _cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
