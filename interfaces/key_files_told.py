"""What is wrong with a key file, told in both languages."""

import errno
from typing import Final

from application.secret_files import Fault, KeyFileError
from interfaces.trouble import OperatorError

INDONESIAN: Final = {
    Fault.OPEN_TO_OTHERS: "dapat dibuka orang lain: jalankan chmod 600 pada berkas itu",
    Fault.UNREADABLE: "tidak dapat dibaca",
    Fault.UNMAKEABLE: "tidak dapat dibuat",
    Fault.UNLOCKABLE: "tidak dapat dikunci",
    Fault.UNDESTROYABLE: "tidak dapat dimusnahkan",
    Fault.NO_KEK: "harus berisi tepat 32 byte: pulihkan dari cadangannya",
    Fault.NO_SIGNING_KEY: (
        "tidak berisi kunci penanda tangan: pulihkan dari cadangannya"
    ),
    Fault.NO_ISSUER_KEYS: "tidak berisi kunci: pulihkan, atau singkirkan berkas itu",
    Fault.NOTHING_TO_SIGN_WITH: "tidak berisi kunci untuk menandatangani",
    Fault.UNREADABLE_KEY: "berisi kunci yang tidak terbaca",
    Fault.OTHER_KIND: "berisi kunci jenis lain",
    Fault.TAKEN_AWAY: "telah diambil dari tempatnya",
}

REASONS: Final = {
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EEXIST: "sudah ada",
    errno.EISDIR: "itu sebuah folder",
    errno.ENOENT: "tidak ada",
    errno.ENOSPC: "penyimpanan penuh",
    errno.ENOTDIR: "tempatnya bukan folder",
    errno.EROFS: "penyimpanan hanya dapat dibaca",
    errno.EIO: "penyimpanan rusak",
}
"""Why the system refused it; of any other reason its number is told."""


def in_indonesian(fault: KeyFileError) -> str:
    """What is wrong, as the second half of a sentence."""
    why = ""
    if fault.errno is not None:
        why = f": {REASONS.get(fault.errno, f'galat sistem {fault.errno}')}"
    return f"berkas kunci {fault.path} {INDONESIAN[fault.fault]}{why}"


def trouble(fault: KeyFileError) -> OperatorError:
    """The line for whoever keeps the file."""
    return OperatorError(
        indonesian=f"Kunci tidak dapat dipakai: {in_indonesian(fault)}.",
        english=f"The key cannot be used: {fault}.",
        code=1,
    )
