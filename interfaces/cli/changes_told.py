"""What a refused change of the office is in Indonesian, and how the command ends."""

from application.office import stand_ins, unit_changes
from application.office.officials import OfficialRefusedError


def in_indonesian(refusal: OfficialRefusedError) -> tuple[str, int]:
    """Say it; a wrong form ends with 2, what does not fit the office with 1."""
    match refusal:
        case unit_changes.BadDecreeError():
            return "dasar harus 1-200 huruf tanpa tanda kendali", 2
        case unit_changes.UnknownUnitError(given=given):
            return f"tidak ada unit {given!r} pada hari itu", 1
        case unit_changes.CircularUnitChangeError(old=old, new=new):
            return f"{old!r} menjadi {new!r} kembali ke nama lama", 1
        case unit_changes.UnitGoneError(given=given, by_then=by_then):
            return f"unit {given!r} saat itu sudah menjadi {by_then!r}", 1
        case unit_changes.UnitChangeExistsError(standing=standing):
            return f"{standing.old!r} sudah menjadi {standing.new!r} hari itu", 1
        case stand_ins.OwnStandInError(given=given):
            return f"{given} tidak dapat mewakili diri sendiri", 2
        case stand_ins.BadTermError():
            return "hari terakhir mendahului hari pertama", 2
        case stand_ins.OpenTermError(capacity=capacity):
            return f"{capacity} memerlukan hari terakhir (--until)", 2
        case _:
            return "ditolak", 2
