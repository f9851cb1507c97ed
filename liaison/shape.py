"""What every part of config.yaml's shape shares: the base class, and texts of a certain form."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, field_validator

from models.domains import ascii_domain

IDENTIFIER, ADDRESS = r"^[a-z0-9][a-z0-9_-]*$", r"^[^@\s]+@[^@\s]+$"
DOMAIN, DURATION = r"^[^@\s/]+\.[^@\s/]+$", r"^[0-9]{1,4}(\.[0-9]{1,4})? ?(BD|CD|h)$"
PACKAGE, URL = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$", r"^https://[^\s/]+\S*$"
WANTED = {
    IDENTIFIER: "lower-case letters, digits, - and _, beginning with a letter or digit",
    ADDRESS: "an e-mail address such as dana.cole@example.com",
    DOMAIN: "a domain such as example.com",
    DURATION: "a duration such as 2 BD (business days), 30 CD (calendar days) or 24 h",
    PACKAGE: "the name of a Python package such as en_core_web_sm",
    URL: "an address such as https://login.example.com/token",
}
"""What a text of each form looks like, in words."""

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=64)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS, to_lower=True)]
Domain = Annotated[str, StringConstraints(pattern=DOMAIN, to_lower=True), AfterValidator(ascii_domain)]
DurationText = Annotated[str, StringConstraints(pattern=DURATION)]
PackageName = Annotated[str, StringConstraints(pattern=PACKAGE)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shape(BaseModel):
    """Base: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_nul(cls, value: object) -> object:
        if any(isinstance(text, str) and "\0" in text for text in (value if isinstance(value, list) else [value])):
            raise ValueError("holds a NUL character, which no name, path or address can")
        return value
