"""Meta's errors, as its servers write them: in the answer to who sends, or in a status afterwards.

Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (seen August 2026).
"""

import secrets
from typing import Any

Body = dict[str, Any]

PARAMETER, REQUIRED, VALUE = 100, 131008, 131009
TOKEN, PATH, KIND, WINDOW, PAIR, UNDELIVERABLE = 190, 2500, 131051, 131047, 131056, 131026
TEMPLATE_UNKNOWN, TEMPLATE_COUNT, TEMPLATE_WORDS = 132001, 132000, 132018
EXPIRED = 463  # the subcode of an access token that was right once
NO_OBJECT = 33  # the subcode of an id that this token may not see

# The HTTP status and the title of each code.
CODES: dict[int, tuple[int, str]] = {
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    PARAMETER: (400, "Invalid parameter"),
    TOKEN: (401, "Access token has expired"),
    368: (403, "Temporarily blocked for policies violations"),
    PATH: (400, "Unknown path components"),
    80007: (400, "Rate limit issues"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    REQUIRED: (400, "Required parameter is missing"),
    VALUE: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    UNDELIVERABLE: (400, "Message undeliverable"),
    131031: (403, "Account has been locked"),
    131042: (400, "Business eligibility payment issue"),
    WINDOW: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement"),
    KIND: (400, "Unsupported message type"),
    131053: (400, "Media upload error"),
    PAIR: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    TEMPLATE_COUNT: (400, "Template Param Count Mismatch"),
    TEMPLATE_UNKNOWN: (404, "Template does not exist"),
    TEMPLATE_WORDS: (400, "Template parameters are invalid"),
}
DETAILS = {
    WINDOW: "Message failed to send because more than 24 hours have passed since the customer last replied to this "
    "number.",
    PAIR: "Message failed to send because there were too many messages sent from this phone number to the same phone "
    "number in a short period of time.",
    130429: "Cloud API message throughput has been reached.",
    131000: "Message failed to send due to an unknown error.",
    UNDELIVERABLE: "Message Undeliverable.",
}
# What is wrong with a request or a token is told at once; the rest may also come as a status, when it was taken first.
ONLY_AT_ONCE = frozenset({1, 2, 4, 10, PARAMETER, TOKEN, PATH, 80007, 131005, REQUIRED, VALUE, KIND})


class Refused(Exception):
    """Meta does not take a request.

    Args:
        code: one of `CODES`.
        details: what is wrong, in Meta's manner.
        subcode: Meta's narrower code, where there is one.
    """

    def __init__(self, code: int, details: str = "", subcode: int | None = None) -> None:
        super().__init__(code, details)
        self.code, self.subcode = code, subcode
        self.details = details or DETAILS.get(code, CODES[code][1])

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return CODES[self.code][0]

    def json(self) -> Body:
        """The body of the answer."""
        error: Body = {"message": f"(#{self.code}) {CODES[self.code][1]}", "type": "OAuthException", "code": self.code}
        error |= {} if self.subcode is None else {"error_subcode": self.subcode}
        error |= {"error_data": {"messaging_product": "whatsapp", "details": self.details}}
        return {"error": error | {"fbtrace_id": secrets.token_urlsafe(8)}}

    def in_status(self) -> Body:
        """The same trouble, as a status of the kind `failed` holds it."""
        title = CODES[self.code][1]
        href = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
        return {
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": {"details": self.details},
            "href": href,
        }
