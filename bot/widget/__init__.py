"""The web chat's page side: scripts that a practice's site loads from the bot, as they are.

`chat.js` is the one line on the site; it loads the others from beside it.
"""

from pathlib import Path

from sanic.response import file

FOLDER = Path(__file__).parent
# Long enough that a page's reload costs nothing, short enough that a mended widget arrives.
KEPT_SECONDS = 300


def serve_widget(routes):
    """Add each script to the web chat's routes, under `/webhooks/web/`."""
    for path in sorted(FOLDER.glob("*.js")):
        routes.add_route(_serving(path), f"/{path.name}", name=f"widget_{path.stem}")


def _serving(path):
    async def serve(request):
        return await file(
            path,
            mime_type="text/javascript; charset=utf-8",
            headers={
                "Cache-Control": f"public, max-age={KEPT_SECONDS}",
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "cross-origin",
            },
        )

    return serve
