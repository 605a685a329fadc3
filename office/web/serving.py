"""How a face is served: no access log, no `Server` header, and log lines that name no one.

uvicorn's own access log would keep addresses and query strings, so it is off; what is logged instead is
the level, the module and a sentence of ours (see `office.web.problems`).
"""

import logging
import sys
from typing import Final

import uvicorn
from starlette.types import ASGIApp

_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


DAY_ONLY: Final = "%Y-%m-%d"
"""How the residents' service dates its log: a line about a refusal must not tell when somebody was there."""


def serve(app: ASGIApp, port: int, *, host: str = "127.0.0.1", dated: str | None = None) -> None:
    """Serve an app until the process is told to stop; `dated` is how its log lines tell the time.

    Behind a reverse proxy on the same machine, `X-Forwarded-Proto` is believed and nothing else of
    the sender's is kept; the proxy passes `Host` on, for forms are checked against it.
    """
    logging.basicConfig(level=logging.INFO, format=_LINE, datefmt=dated, stream=sys.stderr)
    logging.getLogger("uvicorn.access").disabled = True
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_config=None,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=5,
    )
