"""MiniStack, which refuses browsers.

It allows every web page to read its answers. So each page that a developer opens could look for its port, and read or change what is there,
such as the developer's own logs. Programs send neither of these headers. Served like MiniStack's own application:
`hypercorn without_browsers:app`.
"""

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
