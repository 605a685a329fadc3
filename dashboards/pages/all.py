"""The pages of the dashboards, in the order of the navigation."""

from typing import Final

from dashboards.pages import areas, data, districts, grounds, method, overview, time
from dashboards.routing import Page

PAGES: Final[tuple[Page, ...]] = (
    overview.PAGE,
    grounds.PAGE,
    districts.PAGE,
    areas.PAGE,
    time.PAGE,
    method.PAGE,
    data.PAGE,
)
