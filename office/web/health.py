"""`/healthz`: the process runs. `/readyz`: what it stands on answers too. Neither says more than that."""

import logging
from collections.abc import Callable, Mapping

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

log = logging.getLogger(__name__)

Check = Callable[[], object]
"""Something that returns when all is well and raises when it is not."""


def install(app: FastAPI, checks: Mapping[str, Check] | None = None) -> None:
    """Add `/healthz` and `/readyz` to `app`; each check is named for what it looks at."""
    wanted = dict(checks or {})

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        failing = [name for name, check in wanted.items() if not await _passes(name, check)]
        if failing:
            return JSONResponse({"status": "not ready", "failing": failing}, 503)
        return JSONResponse({"status": "ready"})


async def _passes(name: str, check: Check) -> bool:
    try:
        await run_in_threadpool(check)
    except Exception as error:  # whatever it is, the answer is the same: not ready
        log.warning("check %s failed: %s", name, type(error).__name__)
        return False
    return True
