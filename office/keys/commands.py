"""`python -m office keys …`: the key ceremonies as an operator holds them.

Each command commits once, publishes public halves only after that, and writes what was done to the
operators' journal. Pass-phrases, codes and shares never come from the command line.
"""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from pathlib import Path
from typing import Any

from office.keys import ceremony, holders, holdings, people, shares
from office.keys.asking import Answers, AtTheTerminal, FromAFile, say
from office.keys.checking import check_office
from office.keys.demonstration import begin_demonstration
from office.keys.errors import AlreadyBegun, KeyFileInTheWay
from office.keys.names import ESCROW, STAFF_KEYS
from office.keys.room import KeysSettings, Room, share_pages
from office.settings import DemonstrationOnly
from office.stores.engines import open_store, sessions
from office.stores.keyroom import ROLES


def add_commands(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `keys` and its ceremonies to the office's commands."""
    keys = subparsers.add_parser("keys", help="make, give, take back, renew and check the office's keys")
    ceremonies = keys.add_subparsers(required=True, metavar="CEREMONY")

    _add(ceremonies, "begin", begin, "the first ceremony: two founders, three share-holders")
    _add(ceremonies, "demonstration", demonstration, "the same with invented staff (needs the demo setting)")
    inviting = _add(ceremonies, "invite", invite, "add a member of staff and print a one-time invitation")
    inviting.add_argument("name", help="sign-in name")
    inviting.add_argument("--display-name", default="")
    inviting.add_argument("--role", choices=ROLES, default="adviser")
    inviting.add_argument(
        "--again", action="store_true", help="for somebody who lost pass-phrase or telephone"
    )
    _add(ceremonies, "holders", show_holders, "who can open what")
    granting = _add(ceremonies, "grant", grant, "give a key you hold to somebody")
    granting.add_argument("key", help=f"one of {', '.join(STAFF_KEYS)}, or one version such as story.1")
    granting.add_argument("--to", required=True, metavar="NAME")
    revoking = _add(ceremonies, "revoke", revoke, "take a key back from somebody")
    revoking.add_argument("key")
    revoking.add_argument("--from", required=True, metavar="NAME", dest="holder")
    leaving = _add(ceremonies, "leave", leave, "end the access of somebody who leaves")
    leaving.add_argument("name")
    leaving.add_argument("--even-the-last", action="store_true", help="only the escrow can open a key then")
    rotating = _add(ceremonies, "rotate", rotate, "make a new version of a key; `escrow` makes new shares")
    rotating.add_argument("key")
    opening = _add(ceremonies, "escrow-open", escrow_open, "open every key with two shares, and give them")
    opening.add_argument("--to", metavar="NAME", help="make this member of staff a holder again")
    opening.add_argument("--service-files", action="store_true", help="write the services' key files again")
    _add(ceremonies, "check", check, "whether keys, files and holders are in order; changes nothing")


def begin(room: Room, given: Namespace) -> None:
    """Hold the first ceremony. The shares are written down before anything depends on them."""
    with room.sessions.begin() as session:
        ceremony.refuse_if_begun(session, room.files)
    founders = [room.founder(number) for number in (0, 1)]
    prepared = ceremony.prepare_escrow()
    room.answers.show_pages(share_pages(prepared.shares))
    try:
        with room.sessions.begin() as session:
            begun = ceremony.begin_ceremony(
                session, founders, files=room.files, at=room.at, prepared=prepared
            )
    except (KeyFileInTheWay, AlreadyBegun):
        raise
    except BaseException:
        room.files.remove_private()
        raise
    room.done(begun.event, publishing=True)
    say("The office has its keys.")
    room.say_fingerprints()


def demonstration(room: Room, given: Namespace) -> None:
    """Hold the first ceremony with invented staff."""
    if not room.settings.demo:
        raise DemonstrationOnly(command="keys demonstration")
    room.done(*begin_demonstration(room.sessions, room.files, at=room.at))
    say("The demonstration has its keys and its invented staff.")


def invite(room: Room, given: Namespace) -> None:
    """Print a one-time invitation."""
    by = room.sign_in()
    with room.sessions.begin() as session:
        if given.again:
            person = people.staff_named(session, given.name)
            invitation = people.invite_again(session, person.id, by=by.id, at=room.at)
        else:
            invitation = people.invite(
                session,
                sign_in_name=given.name,
                display_name=given.display_name,
                role_code=given.role,
                by=by.id,
                at=room.at,
            )
    room.done(invitation.event)
    say(f"Invitation, good for one use until {invitation.expires_on.isoformat()}:")
    say(invitation.code)


def show_holders(room: Room, given: Namespace) -> None:
    """Print who can open the newest version of each key."""
    with room.sessions.begin() as session:
        for key_name, holding in holders.holders(session).items():
            say(f"{key_name:<16} {', '.join(person.sign_in_name for person in holding) or 'nobody'}")
        for key_name, count in holders.holders_warning(session).items():
            say(f"Warning: {key_name} has {count} active holder(s); there should be at least two.")


def grant(room: Room, given: Namespace) -> None:
    """Give a key."""
    by = room.sign_in()
    with room.sessions.begin() as session:
        to = people.staff_named(session, given.to)
        event = holdings.grant(session, given.key, by=by, to=to.id, at=room.at)
    room.done(event)
    say(f"Given: {', '.join(event.key_names)}.")


def revoke(room: Room, given: Namespace) -> None:
    """Take a key back."""
    by = room.sign_in()
    with room.sessions.begin() as session:
        holder = people.staff_named(session, given.holder)
        event = holdings.revoke(session, given.key, holder=holder.id, by=by.id, at=room.at)
    room.done(event)
    say(f"Taken back: {', '.join(event.key_names)}. Now rotate it: what comes next is then out of reach.")


def leave(room: Room, given: Namespace) -> None:
    """End somebody's access."""
    by = room.sign_in()
    with room.sessions.begin() as session:
        holder = people.staff_named(session, given.name)
        left = holdings.leave(session, holder.id, by=by.id, at=room.at, even_the_last=given.even_the_last)
    room.done(left.event)
    say("Access ended.")
    for name in left.to_rotate:
        say(f"Now: python -m office keys rotate {name}")


def rotate(room: Room, given: Namespace) -> None:
    """Make a new version of a key, or new shares of the escrow."""
    by = room.sign_in()
    if given.key == ESCROW:
        typed, prepared = room.shares(), ceremony.prepare_escrow()
        with room.sessions.begin() as session:
            shares.refuse_unless_present(session, typed)
        room.answers.show_pages(share_pages(prepared.shares))
        with room.sessions.begin() as session:
            renewed = shares.renew_escrow(session, typed, by=by.id, at=room.at, prepared=prepared)
        room.done(renewed.event)
        say("The escrow has new shares. Destroy the old ones.")
        return
    with room.sessions.begin() as session:
        rotated = holdings.rotate(session, given.key, by=by.id, at=room.at, files=room.files)
    room.done(rotated.event, publishing=True)
    say(f"New: {rotated.key_name}. What was sealed before still opens with the old version.")
    room.say_fingerprints()


def escrow_open(room: Room, given: Namespace) -> None:
    """Open every key with two shares."""
    reason = room.answers.text("escrow.reason", "Why the escrow is opened")
    typed = room.shares()
    with room.sessions.begin() as session:
        opened = shares.escrow_open(session, typed, reason=reason, by=None, at=room.at)
        events = [opened.event]
        if given.to:
            to = people.staff_named(session, given.to)
            events.append(shares.give_from_escrow(session, opened, to=to.id, by=None, at=room.at))
        if given.service_files:
            for key_name, key in opened.keys.items():
                if key_name.startswith(("statistics.", "notice.")):
                    room.files.add_service_key(key_name, key)
    room.done(*events)
    say(f"The escrow opens {len(opened.keys)} keys. This was written down, and every holder is to be told.")


def check(room: Room, given: Namespace) -> None:
    """Say whether all is in order; fail if it is not."""
    with room.sessions.begin() as session:
        in_order = check_office(session, room.files)
    room.say_fingerprints()
    for line in in_order:
        say(line)


def _add(
    ceremonies: "_SubParsersAction[Any]", name: str, act: Callable[[Room, Namespace], None], about: str
) -> ArgumentParser:
    command: ArgumentParser = ceremonies.add_parser(name, help=about)
    command.add_argument("--from-file", type=Path, metavar="FILE", help="answers in TOML, for scripts")
    command.set_defaults(run=lambda given: _in_the_room(act, given))
    return command


def _in_the_room(act: Callable[[Room, Namespace], None], given: Namespace) -> None:
    settings = KeysSettings()
    engine = open_store(settings.casework_url, role="casework", store="casework")
    answers: Answers = FromAFile(given.from_file, settings) if given.from_file else AtTheTerminal()
    try:
        act(
            Room(
                settings=settings,
                sessions=sessions(engine),
                files=settings.files(),
                answers=answers,
            ),
            given,
        )
    finally:
        engine.dispose()
