"""A few requests at one time, in the order they came; who waits too long is told so, and a watcher is not."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from office.stores.engines import open_store
from office.web.turns import AT_ONCE, Turns


class Slow:
    """An app that begins its answer, and later ends it, when it is told to."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.begins = {name: asyncio.Event() for name in "abcd"}
        self.ends = {name: asyncio.Event() for name in "abcd"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].strip("/")
        self.inside.append(name)
        if name not in self.begins:
            return
        await self.begins[name].wait()
        if name == "d":
            raise ZeroDivisionError
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await self.ends[name].wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def late(_request: Request) -> Response:
    return PlainTextResponse("late", 503)


def has_come_in(request: Request) -> bool:
    return "cookie" in request.headers


def ask(turns: Turns, path: str, told: list[Message], *, inside: bool = True) -> Any:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        told.append(message)

    return asyncio.create_task(
        turns(
            {"type": "http", "path": path, "method": "GET", "headers": [(b"cookie", b"x")] * inside},
            receive,
            send,
        )
    )


async def _settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_few_at_one_time_in_the_order_they_came_until_their_answer_begins() -> None:
    async def story() -> None:
        app = Slow()
        turns = Turns(app, late, has_come_in, at_once=1, strangers=1, patience=5)
        tasks = [ask(turns, f"/{name}", []) for name in "abc"]
        await _settled()
        assert app.inside == ["a"]
        app.begins["a"].set()  # a slow reader takes nobody's turn: `a` has not ended yet
        await _settled()
        assert app.inside == ["a", "b"]
        app.ends["a"].set()
        await _settled()
        assert app.inside == ["a", "b"]  # its end gives no second turn
        app.begins["b"].set()
        await _settled()
        assert app.inside == ["a", "b", "c"]
        for name in "bc":
            app.begins[name].set()
            app.ends[name].set()
        await asyncio.gather(*tasks)

    asyncio.run(story())


def test_a_crowd_at_the_door_keeps_nobody_inside_from_their_work() -> None:
    async def story() -> None:
        app = Slow()
        turns = Turns(app, late, has_come_in, at_once=1, strangers=1, patience=5)
        tasks = [ask(turns, "/a", [], inside=False), ask(turns, "/b", [], inside=False), ask(turns, "/c", [])]
        await _settled()
        assert app.inside == ["a", "c"]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(story())


def test_whoever_has_waited_too_long_is_told_and_a_watcher_never_waits() -> None:
    async def story() -> None:
        app = Slow()
        turns = Turns(app, late, has_come_in, at_once=1, strangers=1, patience=0.02)
        first = ask(turns, "/a", [])
        await _settled()
        told: list[Message] = []
        await ask(turns, "/b", told)
        assert told[0]["status"] == 503 and "b" not in app.inside
        await ask(turns, "/healthz", [])
        assert app.inside == ["a", "healthz"]
        app.begins["a"].set()
        app.ends["a"].set()
        await first

    asyncio.run(story())


def test_what_fails_or_is_given_up_gives_its_turn_back() -> None:
    async def story() -> None:
        app = Slow()
        turns = Turns(app, late, has_come_in, at_once=1, strangers=1, patience=5)
        failing, gone, next_one = ask(turns, "/d", []), ask(turns, "/b", []), ask(turns, "/c", [])
        await _settled()
        app.begins["d"].set()
        await _settled()
        assert isinstance(failing.exception(), ZeroDivisionError) and app.inside == ["d", "b"]
        gone.cancel()
        await _settled()
        assert app.inside == ["d", "b", "c"]
        next_one.cancel()
        await asyncio.gather(gone, next_one, return_exceptions=True)

    asyncio.run(story())


def test_fewer_have_their_turn_than_a_store_gives_connections() -> None:
    engine = open_store("sqlite:////nowhere/at-all.db", role="casework", store="casework")
    assert engine.pool.size() + engine.pool._max_overflow > AT_ONCE  # type: ignore[attr-defined]
