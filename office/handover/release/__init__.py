"""What the observatory hands to everybody: an immutable, signed folder of published bands.

Nothing here knows how a band was made; `lo` is never a count, and a row with `lo` 0 says only "less than
`hi` + 1".
"""

from office.handover.release.contents import (
    LABEL_PREFIX,
    LEADING,
    MEASURES,
    CodeLabel,
    Release,
    Row,
    Shelf,
)
from office.handover.release.manifest import (
    FORMAT,
    MANIFEST,
    SHELF_CARD,
    AuditSummary,
    ReleaseDamaged,
    ReleaseManifest,
    ShelfCard,
    ShelfDamaged,
    TableNotPublished,
    Withdrawal,
    canonical,
)
from office.handover.release.reading import read_release, read_shelf, shelves

__all__ = [
    "FORMAT",
    "LABEL_PREFIX",
    "LEADING",
    "MANIFEST",
    "MEASURES",
    "SHELF_CARD",
    "AuditSummary",
    "CodeLabel",
    "Release",
    "ReleaseDamaged",
    "ReleaseManifest",
    "Row",
    "Shelf",
    "ShelfCard",
    "ShelfDamaged",
    "TableNotPublished",
    "Withdrawal",
    "canonical",
    "read_release",
    "read_shelf",
    "shelves",
]
