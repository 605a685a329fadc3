"""What a route means for anybody without papers, for whoever reads it in another language than English.

The texts are those of the list of routes (`office/vocabulary/data/routes.toml`), where a lawyer changes
them; a test compares the two. They are general: nobody is asked, and nothing about a person is noted.
"""

from typing import Final

from office.languages import mark

TEXTS: Final = (
    mark("Open whatever the residence status; no status needs to be asked."),
    mark(
        "No statutory firewall: irregular stay is an administrative infringement (LO 4/2000 art. 53.1.a). "
        "Ley 4/2015 art. 1 protects victims whatever their residence status. "
        "Offer lawyer, prosecutor or court route and accompaniment."
    ),
    mark(
        "Lack of a work permit does not cancel labour rights (LO 4/2000 art. 36.5); "
        "inspection route may expose status."
    ),
    mark("Being an interested party needs identity; no permit needed (to review)."),
    mark("Legal aid available."),
    mark("Call is free; do not ask status."),
    mark("Open whatever the residence status; no status needs to be asked. Ley 4/2015 art. 1."),
    mark("Foreigners in Spain have it on the same terms as nationals (LO 4/2000 art. 22.1)."),
    mark("Expressly independent of administrative situation (art. 5.1)."),
    mark(
        "Alternative that avoids a police station; No statutory firewall: irregular stay is an "
        "administrative infringement (LO 4/2000 art. 53.1.a). Ley 4/2015 art. 1 protects victims whatever "
        "their residence status. Offer lawyer, prosecutor or court route and accompaniment."
    ),
    mark("Work done must be paid even without permit (LO 4/2000 art. 36.5)."),
    mark(
        "Inspectorate also controls work without permit: employer is sanctioned, "
        "but exposure risk must be explained first."
    ),
    mark(
        "WARNING: the competent body also runs immigration enforcement. "
        "Never send identity of an undocumented person without informed consent."
    ),
    mark("RD 180/2026: access on a sworn statement, identity and habitual residence shown; review practice."),
    mark(
        "Registration does not depend on legal residence, but the police may consult roll data for "
        "immigration control (LBRL add. prov. 7): explain before advising."
    ),
    mark("Limited for undocumented people except gender or sexual violence."),
    mark(
        "Positive effect, but only at the end of the case; no automatic suspension of expulsion meanwhile "
        "(compare arts. 31 bis, 59 bis)."
    ),
    mark(
        "Statutory firewall: no expulsion file for 53.1.a is opened on reporting and existing ones are "
        "suspended; they may be resumed if violence is not established."
    ),
    mark("Statutory firewall during identification and at least 90 days of reflection."),
    mark("Discretionary exemption from sanction and permit; lawyer needed before any step."),
)
