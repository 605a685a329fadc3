"""`python -m casework staff add`: a one-time invitation, printed once."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from casework.settings import CaseworkSettings
from casework.staff.recording import record_key_event
from casework.store import open_casework
from office.keys.people import invite
from office.stores.keyroom import ROLES


def add_commands(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Register the command."""
    staff = subparsers.add_parser("staff", help="members of staff")
    add = staff.add_subparsers(required=True, metavar="WHAT").add_parser("add", help="invite somebody")
    add.add_argument("--name", required=True, help="name to sign in with")
    add.add_argument("--shown-as", help="name shown in the office; the sign-in name if not given")
    add.add_argument("--role", required=True, choices=ROLES)
    add.set_defaults(run=run_add)


def run_add(given: Namespace) -> None:
    """Invite a member of staff and print the invitation."""
    settings = CaseworkSettings()
    engine, sessions = open_casework(settings.casework_url, role="casework")
    with sessions.begin() as session:
        invitation = invite(
            session,
            sign_in_name=given.name,
            display_name=given.shown_as or given.name,
            role_code=given.role,
            by=None,
            at=settings.clock().now(),
            record=record_key_event,
        )
    engine.dispose()
    print(f"Invitation for {given.name}, good until {invitation.expires_on}, shown only now:")
    print(f"  {invitation.code}")
    print("At the desk's page /es/invitation the person sets pass-phrase and telephone code.")
    print("Afterwards a signed-in holder gives them the office's keys, on the page of staff and keys.")
