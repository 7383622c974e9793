"""AES-256-GCM with a random nonce, bound to the place where the ciphertext stands."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class SealBrokenError(Exception):
    """Something sealed does not open: another key, another place or other bytes."""

    def __init__(self) -> None:
        super().__init__("the seal does not open with this key in this place")


class Cipher:
    """One key, ready for use; it is never shown."""

    __slots__ = ("_aes",)

    def __init__(self, key: bytes) -> None:
        self._aes = AESGCM(key)

    def seal(self, clear: bytes, place: bytes) -> bytes:
        """Encrypt for one place; the random nonce stands before the ciphertext."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aes.encrypt(nonce, clear, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """Decrypt what was sealed for this place; `SealBrokenError` otherwise."""
        view = memoryview(sealed)
        try:
            return self._aes.decrypt(view[:_NONCE_BYTES], view[_NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise SealBrokenError from None


def new_key() -> bytes:
    """Draw a key."""
    return os.urandom(KEY_BYTES)
