"""The chat page: static files at / and /static/."""

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}


async def index(_request: web.Request) -> web.StreamResponse:
    """GET / — the page."""
    return _file("index.html")


async def static(request: web.Request) -> web.StreamResponse:
    """GET /static/<name>."""
    return _file(request.match_info["name"])


def _file(name: str) -> web.StreamResponse:
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=HEADERS)


def routes() -> list[web.RouteDef]:
    """The page's routes."""
    return [web.get("/", index), web.get("/static/{name:.+}", static)]
