"""Who may use the served app: whoever has the token, from a page of the app itself."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

QUERY: Final = "token"
REFUSED: Final = (
    "This address needs the token that `placements serve` printed: open the whole"
    " address, with ?token=... at its end."
)
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; font-src 'self'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Nothing is fetched from anywhere else, framed by anything else, or kept."""


class Gate:
    """Lets a request through that carries the token, in a cookie once it has come in
    the address."""

    def __init__(self, token: str, port: int) -> None:
        self._token = token
        self._cookie = f"placements-{port}"  # cookies are shared between ports

    def middleware(self) -> Callable[..., Awaitable[web.StreamResponse]]:
        """The gate as aiohttp's middleware, before every handler."""

        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._pass(request, handler)

        return gate

    async def _pass(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == "/" and self._is_token(request.query.get(QUERY, "")):
            return self._admitted()
        if not self._is_token(request.cookies.get(self._cookie, "")):
            return web.Response(status=403, text=REFUSED, headers=HEADERS)
        if not _from_here(request):
            return web.Response(status=403, text=REFUSED, headers=HEADERS)
        return await handler(request)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _admitted(self) -> web.Response:
        """To the same page without the token, which then stays out of the history."""
        response = web.HTTPSeeOther("/", headers=HEADERS)
        response.set_cookie(
            self._cookie, self._token, httponly=True, samesite="Strict", path="/"
        )
        return response


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: every answer carries the headers, downloads included."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _from_here(request: web.Request) -> bool:
    """Whether no other site's page sends it. Browsers name theirs on a websocket."""
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
