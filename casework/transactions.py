"""One request, one transaction; nobody else commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

from fastapi import Depends
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session
from starlette.requests import Request

from casework.timeline.actions import BY_PROGRAM
from office.errors import OfficeError
from office.stores.errors import StoreUnavailable
from office.web.problems import is_for_program

REFUSED: Final = "refused"
"""The name under which a session tells the code of what was refused last."""


def sessions_of(request: Request) -> sessionmaker[Session]:
    """Return the sessions of an act that needs its own, such as a sign-in; a program's are told apart."""
    made: sessionmaker[Session] = request.app.state.desk.sessions
    told = {**made.kw, "info": {BY_PROGRAM: is_for_program(request)}}
    return sessionmaker(class_=Session, **told)


def transaction(request: Request) -> Iterator[Session]:
    """Commit if the route returns, roll back if it raises."""
    with request.app.state.desk.sessions.begin() as session:
        session.info[BY_PROGRAM] = is_for_program(request)
        yield session


SessionDep = Annotated[Session, Depends(transaction, scope="function")]
"""`scope="function"`: the commit comes before the answer leaves; a failed commit is never answered 200."""


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """Undo what an action began if it refuses: its page is shown again and nothing is half done.

    The code of the refusal is left for programs: people read its sentence.
    """
    try:
        with session.begin_nested():
            yield
    except OfficeError as refused:
        session.info[REFUSED] = refused.code
        raise
    except OperationalError as error:
        raise _first_told(error) from None


def _first_told(error: BaseException) -> BaseException:
    """Return what the store said first: on a full disk SQLite ends all, and nothing is left to go back to."""
    before: BaseException | None = error
    while before is not None:
        if isinstance(before, StoreUnavailable):
            return before
        before = before.__context__
    return error
