"""One request, one transaction; nobody else commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request


def transaction(request: Request) -> Iterator[Session]:
    """Commit if the route returns, roll back if it raises."""
    with request.app.state.desk.sessions.begin() as session:
        yield session


SessionDep = Annotated[Session, Depends(transaction, scope="function")]
"""`scope="function"`: the commit comes before the answer leaves; a failed commit is never answered 200."""


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """Undo what an action began if it refuses: its page is shown again and nothing is half done."""
    with session.begin_nested():
        yield
