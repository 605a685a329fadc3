"""What is told of a person to a body: drafted by an adviser, and cut down to what the person consented to."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.referrals.rules import DOCUMENT, ITEMS, MOST_DOCUMENTS, in_order

Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=20_000)]


class Pack(BaseModel):
    """The items in clear, as they exist in the memory of whoever may read them only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    name: Short = ""
    phone: Short = ""
    email: Short = ""
    language: Short = ""
    summary: Long = ""
    documents: tuple[Short, ...] = Field(default=(), max_length=MOST_DOCUMENTS)

    @property
    def items(self) -> dict[str, str]:
        """What there is to consent to, by its code, in order."""
        told = {code: str(getattr(self, code)) for code in ITEMS}
        told |= {f"{DOCUMENT}{number}": name for number, name in enumerate(self.documents, 1)}
        return {code: value for code, value in told.items() if value}

    def only(self, items: tuple[str, ...]) -> "Pack":
        """Return a pack with these items and nothing else."""
        kept = {code: value for code, value in self.items.items() if code in in_order(items)}
        return Pack(
            name=kept.get("name", ""),
            phone=kept.get("phone", ""),
            email=kept.get("email", ""),
            language=kept.get("language", ""),
            summary=kept.get("summary", ""),
            documents=tuple(value for code, value in kept.items() if code.startswith(DOCUMENT)),
        )

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()
