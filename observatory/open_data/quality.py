"""The note on quality that goes with every release, in the words of a statistician to a reader."""

from collections.abc import Mapping
from typing import Any

from observatory.plan import Plan

BASES: Mapping[str, str] = {
    "live": "Situations are counted in the quarter in which the office registered them.",
    "demonstration": "Every figure is invented; no situation of anybody stands behind it.",
}
IMPORTED = "Situations come from an older or outside file and are counted in the quarter that file gives."


def quality_note(source: str, periods: tuple[str, ...], plan: Plan, audit: Mapping[str, Any]) -> str:
    """Return the quality note of a release, in Markdown."""
    lines = [
        "# Quality note",
        "",
        f"- **Source**: {source}. {BASES.get(source, IMPORTED)}",
        f"- **Periods**: {', '.join(periods)}."
        " A quarter is closed fifteen days after its end and never changes.",
        "- **What is counted**: situations that were told to the office and whose teller agreed to be"
        " counted. Most discrimination is never reported: a rise can mean more trust,"
        " not more discrimination.",
        "- **Unit**: a situation. The same person, respondent and ground within 90 days is one situation.",
        "- **Mentions**: a situation with several grounds is counted under each;"
        " mentions are not situations.",
        f"- **Plan**: {plan.version}; checked by: {plan.meta.checked_by or 'nobody yet'}.",
        "- **Bands**: every count is a range. The first range holds zero, so nobody can tell from it whether"
        " something was reported or not.",
        f"- **Audit**: {audit.get('targets', 0)} quantities were worked out over every release on the shelf;"
        " `audit.json` gives their smallest and largest possible value"
        " and can be recomputed from the tables.",
        "- **Not promised**: this is not differential privacy. Someone who knows every other record can see a"
        " single one move a range.",
        "",
        "## Tables",
        "",
        *(
            f"- `{cuboid.id}` ({cuboid.universe}, width {cuboid.width}): {cuboid.definition}"
            for cuboid in plan.cuboid
        ),
        "",
    ]
    return "\n".join(lines)
