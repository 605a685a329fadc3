"""The pages of the residents' door for one city: templates, styles, pictures, languages, the foot."""

from pathlib import Path
from typing import Final

from intake_api.form.pictures import picture_of, symbols, turned
from office.languages import mark
from office.vocabulary import City
from office.web.letterhead import letterhead_of
from office.web.pages import FOOTER, Pages

HERE: Final = Path(__file__).parent
SERVICE: Final = mark("Tell us what happened")
GUIDE: Final = (mark("Your rights"), "rights")


def pages_for(city: City, *, demo: bool = False) -> Pages:
    """Return the pages of the door of `city`."""
    return Pages(
        [HERE / "templates"],
        "residents",
        letterhead_of(city),
        service=SERVICE,
        demo=demo,
        footer=(GUIDE, *FOOTER),
        static=[HERE / "static"],
        styles=["door.css", "relays.css"],
        languages=city.languages.residents,
        more={
            "picture_of": picture_of,
            "symbols": symbols(),
            "turned": turned(),
            "helplines": city.helplines,
        },
    )
