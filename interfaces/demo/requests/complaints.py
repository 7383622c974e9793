"""Requests 21 and 23: what turned out to be, or came as, a complaint (pengaduan)."""

from interfaces.demo.api import Api, RefusedError
from interfaces.demo.cast import BIRO, BPPD
from interfaces.demo.complaint_in_hand import ComplaintInHand, in_hand
from interfaces.demo.intake import Counter
from interfaces.demo.life import life_of
from interfaces.demo.local_time import at
from interfaces.demo.requests.request import Request, Seen


def an_accusation(api: Api, text: str) -> Seen:
    """Sent as an information request; read, it accuses an officer of taking money."""
    case = Counter(api, BIRO).report(
        at("2026-11-02 10:00"),
        [text],
        tracking_id="7340021",
        submitted_at=at("2026-11-02 09:10"),
        anonymous=True,
        confidential=True,
        name="Yakobus Liunesi",
        address="Oebobo",
    )
    case.reviewed(
        at("2026-11-02 11:00"), "Menuduh petugas meminta uang", class_="complaint"
    )
    officer = BIRO.complaints
    complaint = in_hand(api, officer, str(case.answer["complaint"]))
    seen: Seen = {"until sorted, due": complaint.clock()["due_on"]}
    supervisory = {"class": "supervisory"}
    complaint.act(officer, "classification", at("2026-11-03 09:00"), **supervisory)
    done = {"action": "Petugas dan atasannya diperiksa"}
    seen["complaint officer then"] = complaint.refused(
        officer, "follow-up", at("2026-11-04 09:00"), **done
    )
    complaint.act("inspektorat", "follow-up", at("2026-11-05 09:00"), **done)
    followed_up = complaint.clock("lapor_follow_up")
    complaint.act(
        "inspektorat",
        "answer",
        at("2026-11-18 14:00"),
        text="Pemeriksaan selesai; petugas dikenai sanksi disiplin.",
    )
    complaint.act(
        "inspektorat", "closing", at("2026-11-19 09:00"), reason="Sudah dijawab"
    )
    inspectorate, head = (
        complaint.shown_to(each) for each in ("inspektorat", BIRO.head)
    )
    about = complaint.answer["case"]
    life = life_of(api, case)
    return seen | {
        "supervisory, due": complaint.clock()["due_on"],
        "LAPOR follow-up, due": followed_up["due_on"],
        "LAPOR follow-up": followed_up["state"],
        "complaint": complaint.stage,
        "words before the Inspektorat": "open" if inspectorate["text"] else "masked",
        "words before the head": "open" if head["text"] else "masked",
        "name before the Inspektorat": "open"
        if inspectorate["complainant"]
        else "masked",
        "requester in the case": "open" if life.case["requester"] else "masked",
        "read again as": life.said("lapor-reviewed", "classified"),
        "complaint is about": "the case" if about == case.id else "nothing",
        "handled by": _roles("inspektorat", complaint),
        "case": life.case["stage"],
        "information given or refused": str(life.case["outcome"]),
    }


def card_not_given_back(api: Api, text: str) -> Seen:
    """Found in the suggestion box: reception still has the KTP of a visitor."""
    counter = Counter(api, BPPD)
    case = counter.visitor(
        at("2026-11-09 10:00"),
        ["Mohon jadwal layanan pos lintas batas."],
        name="Mikael Naisoko",
        card="ktp",
    )
    case.directed(at("2026-11-09 10:04"), to="staf-lintas-batas", by="kabid-batas")
    case.answered_at_counter(at("2026-11-09 10:12"), by="staf-lintas-batas")
    officer = BPPD.complaints
    opened = counter.complaint(
        at("2026-11-10 08:30"),
        text,
        by=officer,
        channel="suggestion_box",
        category="Identitas belum dikembalikan",
        case=case,
        name="Mikael Naisoko",
    )
    complaint = ComplaintInHand(api, str(opened["complaint"]), opened)
    seen: Seen = {
        "sixty days end": complaint.clock()["due_on"],
        "KTP then": _card(api, case.id),
    }
    try:
        case.closed(at("2026-11-10 08:40"), by=BPPD.reception)
        seen["closing the visit then"] = case.stage
    except RefusedError as refusal:
        seen["closing the visit then"] = refusal.code
    ordinary = {"class": "not_supervisory"}
    complaint.act(officer, "classification", at("2026-11-10 09:00"), **ordinary)
    seen["sorted, due"] = complaint.clock()["due_on"]
    complaint.act(
        officer,
        "follow-up",
        at("2026-11-10 09:30"),
        action="Pemilik KTP dihubungi; kartu tidak disalin dan tidak keluar dari "
        "resepsionis, jadi bukan insiden data pribadi",
    )
    case.card_returned(at("2026-11-10 13:00"))
    complaint.act(
        officer,
        "answer",
        at("2026-11-10 14:00"),
        text="KTP sudah dikembalikan; mohon maaf atas kelalaian kami.",
    )
    complaint.act(officer, "closing", at("2026-11-11 09:00"), reason="Sudah dijawab")
    case.closed(at("2026-11-11 09:05"), by=BPPD.reception)
    life = life_of(api, case)
    checked = complaint.told_to(officer, "complaint-followed-up")["action"]
    return seen | {
        "complaint is about": "the visit" if opened["case"] == case.id else "nothing",
        "complaint in the visit's history": str(len(life.of("complained"))),
        "personal-data check": str(checked).rpartition(", ")[2],
        "complaint clock": complaint.clock()["state"],
        "complaint": complaint.stage,
        "KTP": _card(api, case.id),
        "visit": life.case["stage"],
    }


def _roles(reader: str, complaint: ComplaintInHand) -> str:
    """In which roles its acts after the receipt were done, first come first."""
    roles = (entry["by"]["role"] for entry in complaint.history(reader)[1:])
    return ", ".join(dict.fromkeys(roles))


def _card(api: Api, case: str) -> str:
    card = api.get(BPPD.reception, f"/v1/cases/{case}")["id_card"]
    return "given back" if card["returned_at"] else "held"


COMPLAINTS = (
    Request(
        number=21,
        where="SP4N-LAPOR! (web), Biro Organisasi, 2026-11-02",
        text="Mohon informasi: mengapa petugas meminta uang untuk sebuah salinan?",
        play=an_accusation,
        expected={
            "until sorted, due": "2027-01-01",
            "complaint officer then": "forbidden",
            "supervisory, due": "2027-02-01",
            "LAPOR follow-up, due": "2026-11-09",
            "LAPOR follow-up": "met",
            "complaint": "closed",
            "words before the Inspektorat": "open",
            "words before the head": "masked",
            "name before the Inspektorat": "masked",
            "requester in the case": "masked",
            "read again as": "complaint",
            "complaint is about": "the case",
            "handled by": "complaint_officer, inspectorate",
            "case": "closed",
            "information given or refused": "None",
        },
    ),
    Request(
        number=23,
        where="pengaduan, kotak saran / suggestion box, BPPD, 2026-11-10",
        text="KTP saya belum dikembalikan petugas tanggal 9 November.",
        play=card_not_given_back,
        expected={
            "sixty days end": "2027-01-09",
            "KTP then": "held",
            "closing the visit then": "id-card-held",
            "sorted, due": "2026-11-30",
            "complaint is about": "the visit",
            "complaint in the visit's history": "1",
            "personal-data check": "jadi bukan insiden data pribadi",
            "complaint clock": "met",
            "complaint": "closed",
            "KTP": "given back",
            "visit": "closed",
        },
    ),
)
