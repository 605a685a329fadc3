"""The receipt made before it is needed, as a draft keeps it."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class ReceiptAhead(BaseModel):
    """The receipt made before it is needed, so that sending twice is sending once.

    It lives only inside the sealed draft. Whoever presses send again, after a lost answer or a crash,
    gets the same receipt, and the store refuses the same case number a second time.
    """

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    case_number: str
    key: str
    salt: bytes
    envelope_id: UUID

    def __repr__(self) -> str:
        return "ReceiptAhead(…)"
