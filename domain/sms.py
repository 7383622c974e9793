"""Requests by SMS to 1708, in the form the standard publishes: `NTT (spasi) isi`."""


def addressed_to_us(message: str, prefix: str) -> str | None:
    """What the message says behind the region's prefix, in any case.

    None when the first word is another region's, or nothing follows it.
    """
    words = message.split(maxsplit=1)
    if len(words) < 2 or words[0].casefold() != prefix.casefold():  # noqa: PLR2004 - prefix and content
        return None
    return words[1].strip()
