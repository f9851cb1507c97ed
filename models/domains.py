"""One form for internationalised domain names, so that the same domain is equal however it was written."""

_LONGEST_DOMAIN = 253


def ascii_domain(domain: str) -> str:
    """The domain in lower case with A-labels ("xn--...", RFC 5890); unchanged where it is no domain name."""
    domain = domain.strip().rstrip(".").lower()
    if domain.isascii() or len(domain) > _LONGEST_DOMAIN:
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
