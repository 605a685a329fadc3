"""`python -m casework check-letters`: what is wrong with the templates of letters, and what they lack."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from casework.letters.errors import TemplatesWrong
from casework.letters.shelf import gaps, problems
from casework.settings import CaseworkSettings


def run_check(_given: Namespace) -> None:
    """Say what is wrong with each template; languages that lack are told and are no mistake."""
    home = CaseworkSettings().home
    for gap in gaps(home):
        print(gap)
    found = list(problems(home))
    for problem in found:
        print(problem)
    if found:
        raise TemplatesWrong(count=str(len(found)))
    print("every template of letters is right")


def add_commands(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Add the command to those of the casework package."""
    commands.add_parser("check-letters", help="look at the templates of letters").set_defaults(run=run_check)
