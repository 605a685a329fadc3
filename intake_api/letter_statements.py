"""The statements by which a sealed letter and its receipt are put into the mailbox."""

from typing import Final

from intake_api.returning.notice_address import NOTICE_COLUMNS

ENVELOPE_COLUMNS: Final = (
    "id", "kind", "case_number", "reporter_public_key", "reporter_key_version", "iso_week", "language",
    "channel_code", "urgency_code", "routing_code", "key_name", "sealed_story", "contact_key_name",
    "sealed_contact", "statistics_key_name", "sealed_statistics",
)  # fmt: skip
RECEIPT_COLUMNS: Final = (
    "case_number", "salt", "proof_hash", "reporter_public_key", "reporter_key_version", "wrong_tries",
    "opened_week", "must_rekey",
)  # fmt: skip
INSERT_ENVELOPE: Final = (
    f"INSERT INTO envelope ({', '.join(ENVELOPE_COLUMNS)}) VALUES ({', '.join('?' * len(ENVELOPE_COLUMNS))})"
)
WITH_NOTICE: Final = (*ENVELOPE_COLUMNS, *NOTICE_COLUMNS)
INSERT_WITH_NOTICE: Final = (
    f"INSERT INTO envelope ({', '.join(WITH_NOTICE)}) VALUES ({', '.join('?' * len(WITH_NOTICE))})"
)
INSERT_RECEIPT: Final = (
    f"INSERT INTO receipt ({', '.join(RECEIPT_COLUMNS)}) VALUES ({', '.join('?' * len(RECEIPT_COLUMNS))})"
    " ON CONFLICT (case_number) DO NOTHING"
)
SELECT_PROOF: Final = "SELECT proof_hash FROM receipt WHERE case_number = ?"
