"""MiniStack that rejects requests from browsers.

MiniStack allows every web page to read its responses. So any page that a developer opens could search for its port, and
read or change its data, such as the developer's own logs. Programs do not send the headers that are checked here.
Served like MiniStack's own application:
`hypercorn without_browsers:app`.
"""

# Every extension of MiniStack imports this module, so each has fast streams.
import expirations  # noqa: F401
from ministack.app import app as ministack

__all__ = ["app"]

BROWSER_HEADERS = (b"origin", b"sec-fetch-site")
FORBIDDEN = 403


async def app(scope, receive, send):
    """Serve a request, unless it comes from a browser."""
    if any(name.lower() in BROWSER_HEADERS for name, _ in scope.get("headers", ())):
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "http.response.start", "status": FORBIDDEN, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"The local AWS is for programs only.\n"})
        return
    await ministack(scope, receive, send)
