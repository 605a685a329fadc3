"""Where the interface describes itself, for whoever is signed in."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from casework.api.described import described
from casework.doors import DeskDep, desk_router

router = desk_router("/api/v1")


@router.get("/openapi.json", include_in_schema=False)
def show_description(request: Request, desk: DeskDep) -> Response:
    """Show what programs can ask here and what they are answered, as OpenAPI."""
    state = request.app.state
    if not hasattr(state, "described"):
        state.described = described(request.app.routes, [one.tag for one in desk.pages.languages])
    return JSONResponse(state.described)
