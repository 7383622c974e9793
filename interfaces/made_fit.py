"""Whether database, keys and ledger of erasures belong together, before a start."""

from pathlib import Path
from uuid import uuid4

import psycopg
import structlog

from application import key_generations
from application.erased_again import reconcile
from application.erased_ledger import ErasedLedger, LedgerBrokenError
from application.key_generations import LostKeyError, OtherKeyError
from application.keys import KeyEncryptionKey
from application.people import People
from interfaces.clock import now
from interfaces.trouble import OperatorError

log = structlog.get_logger()


async def key_of(url: str, path: Path) -> KeyEncryptionKey:
    """Read the database's key, or make the first one of a new database.

    Raises KeyFileError, and OperatorError where no key file is left.
    """
    try:
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True, application_name="disposisi-key"
        ) as connection:
            return await key_generations.load(connection, path)
    except LostKeyError as fault:
        raise other_key(fault) from fault


async def made_fit(url: str, people: People, ledger: ErasedLedger) -> None:
    """Let the database, its keys and the ledger beside them say the same.

    Before anybody is served. Raises OperatorError where a key file is not the one
    that belongs to the database, or the ledger was changed.
    """
    try:
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True, application_name="disposisi-erasing"
        ) as connection:
            await people.must_fit(connection)
            done = await reconcile(connection, ledger, now, uuid4)
    except OtherKeyError as fault:
        raise other_key(fault) from fault
    except LedgerBrokenError as fault:
        raise OperatorError(
            indonesian=f"Buku penghapusan {fault.path} telah diubah pada baris "
            f"{fault.line}; pulihkan dari cadangannya.",
            english=f"The ledger of erasures {fault.path} was changed at line "
            f"{fault.line}; restore it from its backup.",
        ) from fault
    for person in done.persons:
        log.warning("person_erased_again", id=str(person))
    for agency, sha256 in done.documents:
        log.warning("document_erased_again", agency=agency, document=sha256)
    if done.entered or done.persons or done.documents:
        log.warning(
            "erasures_reconciled",
            entered_in_ledger=done.entered,
            persons_again=len(done.persons),
            documents_again=len(done.documents),
        )


def other_key(fault: OtherKeyError) -> OperatorError:
    """Tell an operator that the key file is not the database's, or is gone."""
    if isinstance(fault, LostKeyError):
        return OperatorError(
            indonesian=f"Berkas kunci {fault.path} hilang, padahal basis data ini "
            f"disegel dengannya (generasi {fault.generation}); kembalikan dari "
            "cadangannya.",
            english=f"The key file {fault.path} is gone, and this database was sealed "
            f"with it (generation {fault.generation}); restore it from its backup.",
            code=1,
        )
    return OperatorError(
        indonesian="Basis data ini disegel dengan kunci lain (generasi "
        f"{fault.generation}); kembalikan berkas kunci dari cadangan yang sama.",
        english="This database was sealed with another key (generation "
        f"{fault.generation}); put the key file of the same backup in place.",
        code=1,
    )
