"""What a check came to, as people read it: Indonesian first, then English."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Final

from rich.console import Console

from application.notary.continuing import Continued
from application.notary.faults import Fault, Kind, Where
from application.notary.verify import Verdict
from application.notary.verify_bundle import BundleFault
from interfaces import progress_told
from interfaces.bundle_check import Checked
from interfaces.progress_told import Tell

TITLE: Final = "entri / entries"

WORDS: Final = {
    Kind.PAYLOAD_CHANGED: "isi kejadian diubah / what happened was changed",
    Kind.CONTEXT_CHANGED: (
        "metadata, waktu, atau id diubah / metadata, a time or the id was changed"
    ),
    Kind.TAG_CHANGED: "jenis kejadian diubah / the kind of event was changed",
    Kind.MISSING: "entri hilang / the entry is missing",
    Kind.TRUNCATED: (
        "entri dari sini sampai akhir hilang / all entries from here on are gone"
    ),
    Kind.INSERTED: "entri disisipkan / the entry was put in",
    Kind.MOVED: (
        "entri dipindahkan ke riwayat atau versi lain"
        " / the entry was moved to another history or version"
    ),
    Kind.OUT_OF_ORDER: "urutan diubah / the order was changed",
    Kind.SWAPPED: ("isinya isi entri lain / it says what another sealed entry says"),
    Kind.REPLACED: "entri diganti seluruhnya / another entry stands in its place",
    Kind.DIFFERS: "bukan yang disegel / it is not what was sealed",
    Kind.CHAIN_BROKEN: ("rantai riwayat putus / the chain of its history is broken"),
    Kind.ENTRIES_DIFFER: "salinan entri berbeda / the copy of the entries differs",
    Kind.TILE_DIFFERS: "ubin berbeda / a tile differs",
    Kind.ROOT_DIFFERS: (
        "catatan tidak sampai pada checkpoint ini"
        " / the log does not lead to this checkpoint"
    ),
    Kind.CHECKPOINT_UNSIGNED: (
        "checkpoint tidak ditandatangani kunci yang dipercaya"
        " / the checkpoint is not signed with a trusted key"
    ),
    Kind.NO_CHECKPOINT: "belum ada checkpoint / there is no checkpoint",
    Kind.CHECKPOINT_MISSING: "checkpoint hilang / a checkpoint is missing",
    Kind.CHECKPOINT_OLD: (
        "checkpoint terbaru bukan yang terbaru"
        " / what is published as the latest checkpoint is an older one"
    ),
    Kind.KEYS_DIFFER: "kunci notaris berbeda / the notary's keys differ",
    Kind.STATE_DIFFERS: (
        "panjang catatan tidak benar / the log is not as long as it is said to be"
    ),
    Kind.HEAD_DIFFERS: (
        "entri terakhir suatu riwayat tidak benar"
        " / the last entry of a history is told wrongly"
    ),
    Kind.PREDECESSOR_DIFFERS: (
        "log sebelumnya telah berakhir tanpa catatan kuncinya yang sah"
        " / another log ended before, and no true note of its key says so"
    ),
    Kind.DISGUISED: (
        "program tidak melihat isi register yang sebenarnya"
        " / programs are not shown what the register holds"
    ),
}

PLACES: Final = {
    Where.REGISTER: "register",
    Where.DATABASE: "log di basis data / log in the database",
    Where.PUBLISHED: "log terbitan / published log",
    Where.GIVEN: "checkpoint yang dibawa / given checkpoint",
}

NOT_PROVEN: Final = "BELUM TERBUKTI / NOT PROVEN"
"""Of a bundle in which nothing is wrong, and which does not cover all its rows."""

OF_BUNDLES: Final = {
    BundleFault.NOT_A_BUNDLE: (
        "bukan bundel, atau berkasnya rusak / this is no bundle, or it was damaged"
    ),
    BundleFault.CHECKPOINT_UNSIGNED: (
        "checkpoint tidak ditandatangani kunci dalam --key: benarkah kunci notaris ini?"
        " / the checkpoint is not signed with a key of --key: is it this notary's?"
    ),
    BundleFault.KEY_NAMES_DIFFER: "nama kunci berbeda / the keys' names differ",
    BundleFault.ROWS_OUT_OF_ORDER: (
        "baris tidak berurutan / rows are missing or out of order"
    ),
    BundleFault.ROW_UNREADABLE: "baris tidak terbaca / a row can't be read",
    BundleFault.NOT_INCLUDED: (
        "baris, bukti, atau checkpoint diubah"
        " / a row, the proof or the checkpoint was changed"
    ),
    BundleFault.NOT_PROVEN: (
        "baris terakhir belum terbukti: mintalah bundel sesudah checkpoint berikutnya"
        " / the last rows are not proven: ask for a bundle after the next checkpoint"
    ),
    BundleFault.NOT_CONSISTENT: (
        "tidak melanjutkan checkpoint yang dibawa"
        " / it does not continue the given checkpoint"
    ),
    BundleFault.AID_DIFFERS: (
        "bantuan baca berbeda dari baris / an aid differs from the rows"
    ),
}


def of_register(verdict: Verdict) -> Iterator[str]:
    """A line for what was checked, and one for each fault."""
    yield _verdict(sound=verdict.sound)
    yield f"tersegel / sealed: {verdict.size} {TITLE}, {verdict.root}"
    if verdict.continues is not None:
        yield from _continued(verdict.continues, "melanjutkan", "continues")
    if verdict.not_yet_sealed:
        yield f"belum tersegel / not yet sealed: {verdict.not_yet_sealed} {TITLE}"
    if verdict.not_checked:
        yield (
            "checkpoint dari sebelum kunci yang dipercaya, tidak diperiksa"
            f" / checkpoints before the trusted key, not checked: {verdict.not_checked}"
        )
    if not verdict.published:
        yield "log terbitan tidak ada / there is no published log"
    for fault in verdict.faults:
        yield f"{PLACES[fault.where]}: {WORDS[fault.kind]}"
        for part in _named(fault):
            yield f"    {part}"


def _continued(before: Continued, indonesian: str, english: str) -> Iterator[str]:
    upto = f"{before.kept} / {before.size} {TITLE}"
    yield (
        f"{indonesian} log {before.log}, sama hingga"
        f" / {english} log {before.log}, the same up to: {upto}"
    )
    yield f"    {before.reason}"
    if not before.by_its_key:
        yield "    kunci log itu tidak ada di sini / the key of that log is not here"
    if before.before is not None:
        yield from _continued(
            before.before, "yang melanjutkan", "which in turn continues"
        )


def of_bundle(checked: Checked) -> Iterator[str]:
    """A line for what was checked, and one for each fault."""
    is_open = checked.faults == (BundleFault.NOT_PROVEN,)
    yield NOT_PROVEN if is_open else _verdict(sound=checked.sound)
    if checked.case is not None:
        yield f"{checked.registration_number}  {checked.case}"
        upto = f"{checked.proven_upto} / {checked.versions}"
        yield f"terbukti sampai versi / proven up to version: {upto}"
        yield f"checkpoint: {checked.checkpoint_size} {TITLE}"
        if not checked.deadlines_checked:
            yield "tenggat tidak diperiksa / deadlines were not checked"
    for fault in checked.faults:
        if (
            fault is BundleFault.NOT_INCLUDED
            and BundleFault.CHECKPOINT_UNSIGNED in checked.faults
        ):
            continue  # Nothing was held to a checkpoint that nobody vouches for.
        about = f" ({checked.about})" if checked.about else ""
        yield f"{OF_BUNDLES[fault]}{about}"


def _verdict(*, sound: bool) -> str:
    return "utuh / sound" if sound else "TIDAK UTUH / NOT SOUND"


def _named(fault: Fault) -> Iterator[str]:
    if fault.stream is not None:
        number = f"{fault.registration_number}, " if fault.registration_number else ""
        yield f"{number}{fault.stream}, versi / version {fault.version}, {fault.tag}"
    places = [
        ("posisi / position", fault.position),
        ("indeks / index", fault.index),
        ("sebelum / before", fault.upto),
        ("berkas / file", fault.file),
    ]
    said = [f"{what} {value}" for what, value in places if value is not None]
    if said:
        yield ", ".join(said)


def telling(console: Console) -> AbstractContextManager[Tell]:
    """Show how far it has come."""
    return progress_told.shown(console, TITLE, to_the_end=False)
