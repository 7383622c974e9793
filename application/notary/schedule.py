"""Checkpoints at their times: every half minute, if the log has grown."""

import asyncio
from typing import Final

import psycopg
import structlog

from application.keys import KeyFileError
from application.notary.leaf import LeafError
from application.notary.notary import Notary
from application.notary.note import NoteError
from application.notary.publisher import ChangedFileError
from application.notary.refusals import NotaryError
from application.notary.tiles import MissingTileError
from application.stopping import stopped_within

log = structlog.get_logger(__name__)

EVERY: Final = 30.0
"""Seconds. Until then the owner of the database can change what was just recorded."""

REFUSALS: Final = (
    NotaryError,
    NoteError,
    LeafError,
    KeyFileError,
    ChangedFileError,
    MissingTileError,
)
"""Why a checkpoint is not made; an operator has to look, and sealing goes on."""


async def keep(notary: Notary, stop: asyncio.Event, every: float = EVERY) -> None:
    """Make checkpoints until `stop` is set; what prevents one is told every time."""
    noted: bool | None = None
    while not stop.is_set():
        try:
            refused = await _is_refused(notary)
            if refused is not noted:
                await notary.note(refused=refused)
                noted = refused
        except psycopg.Error as loss:
            log.warning("checkpoint_put_off", error=type(loss).__name__)
        await stopped_within(every, stop)


async def _is_refused(notary: Notary) -> bool:
    """Whether an operator has to look before a checkpoint is made; else it is made."""
    try:
        await notary.checkpoint()
    except REFUSALS as refusal:
        log.critical(
            "checkpoint_refused", why=type(refusal).__name__, reason=str(refusal)
        )
    except OSError as fault:
        log.critical("checkpoint_not_published", errno=fault.errno)
    else:
        return False
    return True
