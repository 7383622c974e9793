"""The one place where what was sealed is opened.

For people to read it is opened in a reading room alone (reading_room.py), which records
the reading first. What else calls this passes data on inside the program, sealed again
or compared, and shows them to nobody; a test names each such module.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from application.documents import Document, Documents, SealedDocument
from application.people import ClosedField
from application.sealing import Sealing, digest
from domain.values import Digest


def opened(
    sealing: Sealing, closed: Iterable[ClosedField]
) -> dict[UUID, dict[Digest, bytes]]:
    """Open fields, by record and by the digest that its events carry.

    Records of which nothing is there are left out. Raises `SealBrokenError`.
    """
    told: dict[UUID, dict[Digest, bytes]] = defaultdict(dict)
    for one in closed:
        told[one.record][digest(one.ciphertext)] = field(sealing, one)
    return dict(told)


def field(sealing: Sealing, closed: ClosedField) -> bytes:
    """Open one field; `SealBrokenError` when it stood elsewhere or was changed."""
    return sealing.unseal(
        closed.wrapped_key,
        closed.person,
        closed.record,
        closed.field,
        closed.ciphertext,
    )


async def document(documents: Documents, found: SealedDocument) -> Document:
    """Open a document; `SealBrokenError` when the stored bytes were changed."""
    return await documents.unseal(found)
