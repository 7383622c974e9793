"""Why the notary will not sign, told in both languages."""

from typing import Final

from application.keys import KeyFileError
from application.notary.beginning import GoesOnError
from application.notary.leaf import LeafError
from application.notary.note import NoteError
from application.notary.publisher import ChangedFileError
from application.notary.refusals import (
    NotConfirmedError,
    OtherLogError,
    Refusal,
    RefusedError,
    ShortLogError,
)
from application.notary.tiles import MissingTileError
from interfaces import key_files_told
from interfaces.trouble import OperatorError

INDONESIAN: Final = {
    Refusal.KEY_GONE: "log sudah memiliki kunci, tetapi berkasnya hilang: pulihkan",
    Refusal.OTHER_KEY: "berkas kunci bukan kunci yang menandatangani log ini",
    Refusal.OTHER_KEYS_KEPT: "kunci di basis data berbeda dari kunci yang diterbitkan",
    Refusal.LAST_NOT_OURS: "checkpoint terakhir di basis data bukan milik log ini",
    Refusal.CHECKPOINT_NOT_OURS: "suatu checkpoint di basis data bukan milik log ini",
    Refusal.ENTRIES_MISSING: "ada entri log yang hilang",
    Refusal.ENTRIES_DIFFER: "entri log berbeda dari yang diterbitkan",
    Refusal.ENTRIES_LEAD_ELSEWHERE: "entri log tidak sampai pada checkpoint terakhir",
    Refusal.TILES_DIFFER: "ubin log tidak sesuai dengan entrinya",
    Refusal.SUCCESSION_NOT_OURS: (
        "basis data menyebut log penerus yang tidak ditandatangani kunci lama"
    ),
    Refusal.OLD_FOLDER_GONE: (
        "basis data menyebut log ini meneruskan log lain, yang kuncinya tidak ada di"
        " sini: kembalikan folder log lama ke samping folder log ini"
    ),
    Refusal.PUBLISHED_TILES_DIFFER: "ubin terbitan tidak sesuai dengan checkpoint-nya",
}

_LOOK: Final = (
    "Pengubahan data terlihat sama: bandingkan dahulu checkpoint dan salinan log yang"
    " disimpan di tempat lain"
)
_BEGIN: Final = "mulailah log lain dengan `disposisi notary begin --reason ...`"


def trouble(refusal: Exception) -> OperatorError:
    """The line for an operator; of one of `schedule.REFUSALS`."""
    if isinstance(refusal, GoesOnError):
        return OperatorError(
            indonesian="Log masih dapat dilanjutkan; tidak ada yang perlu dimulai.",
            english="The log can go on: there is nothing to begin.",
            code=1,
        )
    return OperatorError(
        indonesian=f"Notaris menolak menandatangani: {in_indonesian(refusal)}.",
        english=f"The notary refuses to sign: {refusal}.",
        code=1,
    )


def in_indonesian(refusal: Exception) -> str:
    """Why, as the second half of a sentence."""
    match refusal:
        case ShortLogError(size=size, signed=signed):
            return (
                f"basis data berisi {size} entri, sedangkan checkpoint terakhir"
                f" mencakup {signed}. {_LOOK}."
                " Pulihkan cadangan yang mencakup checkpoint itu,"
                " dan simpan folder terbitan sebagai bukti apa yang hilang. Bila"
                f" cadangan itu tidak ada, {_BEGIN}"
            )
        case OtherLogError():
            return (
                f"isi log bukan lanjutan dari checkpoint terakhir. {_LOOK}. Bila"
                f" cadangan lama telah dipulihkan, {_BEGIN}"
            )
        case NotConfirmedError(kept=kept, signed=signed, lost=lost):
            return (
                f"log yang lain hanya akan sama hingga entri {kept} dari {signed}."
                f" {_LOOK}. Bila {lost} entri itu memang dilepaskan, sebutkan"
                f" dengan --lost {lost}"
            )
        case RefusedError(refusal=found):
            return INDONESIAN[found]
        case KeyFileError():
            return key_files_told.in_indonesian(refusal)
        case ChangedFileError(path=path):
            return f"{path} berbeda dari log"
        case MissingTileError(spot=spot):
            return f"ubin {spot.level}/{spot.n} tidak lengkap"
        case LeafError():
            return "entri log tidak terbaca atau tidak lengkap"
        case NoteError():
            return "ada tanda tangan yang tidak terbaca atau bukan milik log ini"
        case _:
            raise AssertionError(refusal)
