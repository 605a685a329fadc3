"""What can go wrong when accounts of one event are put together."""

from office.errors import Conflict, NotFound


class IncidentNotFound(NotFound):
    """No such incident, or none of its accounts is one you may open."""

    code = "incident_not_found"


class InAnotherIncident(Conflict):
    """An account belongs to one incident at most."""

    code = "in_another_incident"
    sentence = (
        "One of these belongs to another incident already. Take it out there first. Nothing was changed."
    )
