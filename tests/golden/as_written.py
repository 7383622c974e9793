"""The events that the golden files hold, every field set, in today's words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from msgspec.structs import replace

from domain import events, values
from domain.due import Due
from domain.outcome import ItemOutcome

AT = datetime(2026, 2, 10, 1, 5, tzinfo=UTC)
PERSON = UUID("5b1f0f0e-6f6f-4c52-9d2b-1a53c7f8a001")
COMPLAINT = UUID("5b1f0f0e-6f6f-4c52-9d2b-1a53c7f8a002")
CASE = UUID("5b1f0f0e-6f6f-4c52-9d2b-1a53c7f8a003")
OBJECTION_ID = UUID("5b1f0f0e-6f6f-4c52-9d2b-1a53c7f8a004")
DATA_REQUEST_ID = UUID("5b1f0f0e-6f6f-4c52-9d2b-1a53c7f8a005")
IDENTITY = "1" * 64
WORDS = "2" * 64
DOCUMENT = "3" * 64
EDITION = "id-2026.1"

STATUTE = Due(
    clock=values.Clock.STATUTE,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 2, 26),
    due_at=datetime(2026, 2, 26, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
)
EXTENDED = Due(
    clock=values.Clock.STATUTE,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 3, 9),
    due_at=datetime(2026, 3, 9, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=10,
    extension=7,
)
STANDARD = Due(
    clock=values.Clock.STANDARD,
    day_kind=values.DayKind.CALENDAR,
    starts_at=AT,
    due_on=date(2026, 2, 17),
    due_at=datetime(2026, 2, 17, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    also_due_on=date(2026, 2, 23),
    provisional=True,
)
TARGET = Due(
    clock=values.Clock.STANDARD,
    day_kind=values.DayKind.MINUTES,
    starts_at=AT,
    due_on=date(2026, 2, 10),
    due_at=datetime(2026, 2, 10, 1, 20, tzinfo=UTC),
    calendar_edition=EDITION,
    soft=True,
)
COMPLETION = Due(
    clock=values.Clock.COMPLETION,
    day_kind=values.DayKind.CALENDAR,
    starts_at=AT,
    due_on=date(2026, 2, 13),
    due_at=datetime(2026, 2, 13, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=3,
)
OBJECTION = Due(
    clock=values.Clock.OBJECTION,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 4, 2),
    due_at=datetime(2026, 4, 2, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
)
COMPLAINT_TERM = Due(
    clock=values.Clock.COMPLAINT,
    day_kind=values.DayKind.CALENDAR,
    starts_at=AT,
    due_on=date(2026, 4, 11),
    due_at=datetime(2026, 4, 11, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
)
LAPOR_FOLLOW_UP = Due(
    clock=values.Clock.LAPOR_FOLLOW_UP,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 2, 19),
    due_at=datetime(2026, 2, 19, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=5,
)
SUPERVISORY_TERM = Due(
    clock=values.Clock.COMPLAINT,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 5, 26),
    due_at=datetime(2026, 5, 26, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=60,
)
OBJECTION_REPLY = Due(
    clock=values.Clock.OBJECTION_REPLY,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 4, 2),
    due_at=datetime(2026, 4, 2, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=30,
)
DISPUTE = Due(
    clock=values.Clock.DISPUTE,
    day_kind=values.DayKind.WORKING,
    starts_at=AT,
    due_on=date(2026, 3, 4),
    due_at=datetime(2026, 3, 4, 16, 0, tzinfo=UTC),
    calendar_edition=EDITION,
    length=14,
)

DATA_REQUEST = Due(
    clock=values.Clock.DATA_REQUEST,
    day_kind=values.DayKind.MINUTES,
    starts_at=AT,
    due_on=date(2026, 2, 13),
    due_at=datetime(2026, 2, 13, 1, 5, tzinfo=UTC),
    calendar_edition=EDITION,
    length=4320,
)
BREACH_NOTICE = replace(DATA_REQUEST, clock=values.Clock.BREACH_NOTICE)

REFUSED = ItemOutcome(
    n=2,
    outcome=values.Outcome.REFUSED_AS_EXEMPT,
    legal_basis=("kip17.c",),
    reason="rahasia pertahanan",
)
GRANTED = ItemOutcome(n=1, outcome=values.Outcome.GRANTED)

WRITTEN: Mapping[str, events.AnyEvent] = {
    "received": events.Received(
        channel=values.Channel.LETTER,
        agency="biro-organisasi",
        registration_number="BO-2026-00001",
        standard="biro-organisasi-ntt/data-informasi-publik@1",
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=2,
        has=(values.Requirement.NAME,),
        missing=(
            values.Requirement.IDENTITY_COPY,
            values.Requirement.PHONE,
            values.Requirement.INSTITUTION_IDENTITY,
        ),
        letter=events.LetterReceipt(
            number="12/LSM/II/2026",
            dated=date(2026, 2, 6),
            addressee=values.Role.REGIONAL_SECRETARY,
            cc=(values.Role.AGENCY_HEAD,),
            agenda_number="0042",
            received_by_regional_secretary_at=AT,
        ),
        due=(STANDARD, STATUTE),
    ),
    "received.face-to-face": events.Received(
        channel=values.Channel.FACE_TO_FACE,
        agency="bppd",
        registration_number="BPPD-2026-00001",
        standard="bppd-ntt/data-informasi-publik@1",
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=(values.Requirement.IDENTITY_SHOWN,),
        due=(TARGET, STATUTE),
    ),
    "received.sp4n-lapor": events.Received(
        channel=values.Channel.SP4N_LAPOR,
        agency="bppd",
        registration_number="BPPD-2026-00002",
        standard="bppd-ntt/data-informasi-publik@1",
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=(values.Requirement.ADDRESS, values.Requirement.NAME),
        lapor=events.LaporReceipt(
            tracking_id="1234567",
            medium=values.LaporMedium.SMS,
            submitted_at=AT,
            forwarded_at=AT,
            classified=values.LaporClass.ASPIRATION,
            anonymous=True,
            confidential=True,
        ),
        due=(STANDARD, STATUTE),
    ),
    "received.passed-on": events.Received(
        channel=values.Channel.LETTER,
        agency="bppd",
        registration_number="BPPD-2026-00003",
        standard="bppd-ntt/data-informasi-publik@1",
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=1,
        has=(values.Requirement.PHONE,),
        due=(STANDARD, STATUTE),
        origin=CASE,
    ),
    "received.passed-on-anonymously": events.Received(
        channel=values.Channel.LETTER,
        agency="biro-organisasi",
        registration_number="BO-2026-00001",
        standard="biro-organisasi-ntt/data-informasi-publik@1",
        person=PERSON,
        identity="",
        words=WORDS,
        items=1,
        has=(values.Requirement.ADDRESS, values.Requirement.NAME),
        due=(STANDARD, STATUTE),
        origin=CASE,
        anonymous=True,
        confidential=True,
    ),
    "id-card-deposited": events.IdCardDeposited(kind="ktp"),
    "id-card-returned": events.IdCardReturned(to="other", told=WORDS),
    "disposed": events.Disposed(
        to="analis-batas",
        by="kepala",
        oral=True,
        others=("analis-potensi",),
        instructions=("proses lebih lanjut",),
        urgency=values.Urgency.VERY_URGENT,
        secrecy=values.Secrecy.SECRET,
        respond_by=date(2026, 2, 13),
    ),
    "disposed.in-a-unit": events.Disposed(
        to="analis", by="kabiro", unit="kelembagaan/analisis"
    ),
    "lapor-reviewed": events.LaporReviewed(
        classified=values.LaporClass.COMPLAINT, summary=WORDS, complaint=COMPLAINT
    ),
    "drafted": events.Drafted(
        n=2,
        kind=values.DraftKind.PARTIAL,
        items=(GRANTED, REFUSED),
        tiers=(
            (values.Role.DIVISION_HEAD, values.Role.AGENCY_SECRETARY),
            (values.Role.AGENCY_HEAD,),
        ),
        unit="batas/lintas",
        document=DOCUMENT,
        text=WORDS,
    ),
    "returned-for-correction": events.ReturnedForCorrection(
        draft=1, tier=2, notes="perbaiki tabel 2"
    ),
    "approved": events.Approved(
        draft=2,
        tier=2,
        role=values.Role.AGENCY_HEAD,
        kind=values.ApprovalKind.SIGNATURE,
        capacity=values.Capacity.DAILY_ACTING,
        acting_for="kepala",
        final=True,
        outcome=values.Outcome.PARTIAL,
        due=(OBJECTION,),
    ),
    "refused-as-exempt": events.RefusedAsExempt(
        items=(2,),
        legal_basis=("kip17.c",),
        reason="rahasia pertahanan",
        outcome=values.Outcome.PARTIAL,
        exempt_until=date(2031, 1, 1),
        without_consequence_test=True,
        due=(OBJECTION,),
    ),
    "delivered": events.Delivered(
        how=values.DeliveryMeans.LAPOR_POST,
        outcome=values.Outcome.GRANTED,
        items=(GRANTED,),
        notified_by=values.NoticeMeans.EMAIL,
        letter_number="000.8.3.3/15/BPPD",
        due=(OBJECTION,),
    ),
    "pickup-arranged": events.PickupArranged(
        contacts=(
            events.PickupContact(at=AT, medium="telepon", result="tidak diangkat"),
        ),
        collect_by=date(2026, 2, 20),
    ),
    "collected": events.Collected(by="other", told=WORDS, due=(OBJECTION,)),
    "pickup-missed": events.PickupMissed(then=values.MissedPickup.POST),
    "target-overrun-noted": events.TargetOverrunNoted(reason="sesuai kebutuhan"),
    "consequence-test-recorded": events.ConsequenceTestRecorded(
        items=(2,),
        act="kip17.c",
        analysis="membahayakan pos",
        participants=("ppid", "kepala"),
        until=date(2031, 1, 1),
    ),
    "consequence-test-recorded.part": events.ConsequenceTestRecorded(
        items=(1,),
        act="kip17.c",
        analysis="membahayakan pos",
        participants=("ppid",),
        until=date(2031, 1, 1),
        document=DOCUMENT,
        part="lampiran 2",
    ),
    "lapor-status-imported": events.LaporStatusImported(status="Selesai", at=AT),
    "complained": events.Complained(
        complaint=COMPLAINT, channel=values.ComplaintChannel.SUGGESTION_BOX
    ),
    "closed": events.Closed(reason="pemohon puas"),
    "reopened": events.Reopened(reason="keberatan dikabulkan"),
    "completion-requested": events.CompletionRequested(
        missing=(values.Requirement.IDENTITY_COPY, values.Requirement.PHONE),
        reply_by=date(2026, 2, 13),
        medium="telepon",
        due=(COMPLETION,),
    ),
    "completion-received": events.CompletionReceived(
        received=(values.Requirement.NAME,),
        missing=(values.Requirement.ADDRESS,),
        identity=IDENTITY,
        due=(STATUTE,),
    ),
    "lapsed": events.Lapsed(notice="Surat pemberitahuan 12"),
    "withdrawn": events.Withdrawn(how="surat pencabutan", told=WORDS),
    "transferred": events.Transferred(
        notice="Surat pelimpahan 8", to_agency="biro-organisasi", new_case=CASE
    ),
    "transferred.away": events.Transferred(
        notice="Surat pelimpahan 7", holder="BPS Provinsi NTT"
    ),
    "converted-to-written": events.ConvertedToWritten(
        reason="perlu dihimpun dari 40 perangkat daerah", new_case=CASE
    ),
    "reopened.by-objection": events.Reopened(
        reason="keberatan dikabulkan", objection=OBJECTION_ID
    ),
    "complaint-opened": events.ComplaintOpened(
        agency="bppd",
        channel=values.ComplaintChannel.IN_PERSON,
        category="layanan",
        anonymous=True,
        confidential=True,
        words=WORDS,
        person=PERSON,
        case=CASE,
        about="kabid-batas",
        due=(COMPLAINT_TERM,),
    ),
    "complaint-opened.about-the-head": events.ComplaintOpened(
        agency="bppd",
        channel=values.ComplaintChannel.SP4N_LAPOR,
        category="layanan",
        anonymous=False,
        confidential=False,
        words=WORDS,
        person=PERSON,
        about="kepala",
        about_head=True,
        identity=IDENTITY,
        due=(COMPLAINT_TERM, LAPOR_FOLLOW_UP),
    ),
    "complaint-opened.about-the-only-officer": events.ComplaintOpened(
        agency="bppd",
        channel=values.ComplaintChannel.LETTER,
        category="layanan",
        anonymous=True,
        confidential=False,
        words=WORDS,
        person=PERSON,
        about="pengaduan",
        about_only_officer=True,
        due=(COMPLAINT_TERM,),
    ),
    "complaint-classified": events.ComplaintClassified(
        classified=values.ComplaintClass.SUPERVISORY,
        missed=(values.Clock.COMPLAINT,),
        due=(SUPERVISORY_TERM,),
    ),
    "complaint-followed-up": events.ComplaintFollowedUp(action="petugas ditegur"),
    "complaint-answered": events.ComplaintAnswered(text=WORDS, document=DOCUMENT),
    "complaint-closed": events.ComplaintClosed(reason="pengadu puas"),
    "objection-filed": events.ObjectionFiled(
        agency="bppd",
        case=CASE,
        standard="bppd-ntt/data-informasi-publik@1",
        ground=values.ObjectionGround.NO_RESPONSE,
        facts=WORDS,
        person=PERSON,
        filed_by=values.Filer.PROXY,
        power_of_attorney=DOCUMENT,
        due=(OBJECTION_REPLY,),
    ),
    "objection-decided": events.ObjectionDecided(
        decision=values.ObjectionRuling.PART,
        reason="pos yang telah dibuka untuk umum tidak dikecualikan",
        items=(GRANTED, REFUSED),
        letter_number="000.8.3.3/21/SETDA",
        due=(DISPUTE,),
    ),
    "dispute-noted": events.DisputeNoted(
        commission_number="003/V/KI-NTT/2026",
        status="diputus",
        result="permohonan dikabulkan sebagian",
        due=(DISPUTE,),
    ),
    "deadline-extended": events.DeadlineExtended(
        working_days=7,
        reason="informasi belum dikuasai",
        notice_sent_at=AT,
        missed=(values.Clock.STATUTE,),
        due=(EXTENDED,),
    ),
    "clock-paused": events.ClockPaused(
        ground="menunggu penjelasan pemohon",
        first=date(2026, 2, 11),
        starts_at=datetime(2026, 2, 10, 16, 0, tzinfo=UTC),
        clocks=(values.Clock.STANDARD, values.Clock.STATUTE),
        until=date(2026, 2, 12),
        ends_at=datetime(2026, 2, 12, 16, 0, tzinfo=UTC),
        missed=(values.Clock.STANDARD,),
        due=(EXTENDED,),
    ),
    "clock-resumed": events.ClockResumed(
        on=date(2026, 2, 12),
        ends_at=datetime(2026, 2, 11, 16, 0, tzinfo=UTC),
        missed=(values.Clock.STANDARD,),
        due=(EXTENDED,),
    ),
    "deadline-recomputed": events.DeadlineRecomputed(
        edition="id-2026.2",
        before=(STATUTE,),
        due=(
            replace(
                STATUTE,
                due_on=date(2026, 2, 27),
                due_at=datetime(2026, 2, 27, 16, 0, tzinfo=UTC),
                calendar_edition="id-2026.2",
                length=10,
            ),
        ),
    ),
    "fact-corrected": events.FactCorrected(
        version=5,
        fact=values.CorrectableFact.OCCURRED_AT,
        value="2026-02-10T01:05:00+00:00",
        before="2026-02-11T01:05:00+00:00",
        reason="stempel tanggal terima dibaca keliru",
        of=1,
        on=date(2026, 2, 16),
        ends_at=AT,
        due=(STATUTE,),
        late_since={values.Clock.STATUTE: STATUTE.due_at},
    ),
    "visited": events.Visited(
        agency="bppd",
        outcome=values.VisitOutcome.NO_IDENTITY,
        person=PERSON,
        words=WORDS,
    ),
    "data-request-received": events.DataRequestReceived(
        agency="bppd",
        person=PERSON,
        kind=values.DataRequestKind.ERASURE,
        asked_by=values.Filer.PROXY,
        how="surat",
        words=WORDS,
        power_of_attorney=DOCUMENT,
        due=(DATA_REQUEST,),
    ),
    "data-request-deferred": events.DataRequestDeferred(
        grounds=(values.HoldGround.OBJECTION_WINDOW,),
        reason="jangka waktu keberatan masih berjalan",
        matters=(CASE,),
        until=OBJECTION.due_at,
        missed=(values.Clock.DATA_REQUEST,),
        due=(DATA_REQUEST,),
        kept_for=values.HoldGround.ARCHIVE_DUTY,
        kept_until=OBJECTION.due_at,
    ),
    "data-request-refused": events.DataRequestRefused(
        legal_basis="pdp15.c", reason="kepentingan penyelenggaraan negara"
    ),
    "data-request-granted": events.DataRequestGranted(reason="jangka waktu berakhir"),
    "data-request-answered": events.DataRequestAnswered(how="surat", matters=(CASE,)),
    "personal-data-corrected": events.PersonalDataCorrected(
        request=DATA_REQUEST_ID, identity=IDENTITY, fields=("phone",)
    ),
    "processing-restricted": events.ProcessingRestricted(request=DATA_REQUEST_ID),
    "restriction-lifted": events.RestrictionLifted(
        request=DATA_REQUEST_ID, reason="data sudah diperbaiki"
    ),
    "personal-data-erased": events.PersonalDataErased(
        request=DATA_REQUEST_ID, documents=(DOCUMENT,)
    ),
    "retention-decided": events.RetentionDecided(
        decision=values.RetentionChoice.KEEP,
        reason="bernilai sejarah",
        ended_on=date(2031, 4, 1),
        until=date(2036, 4, 1),
    ),
    "breach-recorded": events.BreachRecorded(
        agency="bppd",
        what="berkas permohonan tertinggal di ruang tunggu",
        discovered_at=AT,
        fields=("name", "phone"),
        persons=(PERSON,),
        cases=(CASE,),
        read_by="penerima-tamu",
        read_from=AT,
        read_until=OBJECTION.due_at,
        due=(BREACH_NOTICE,),
    ),
    "breach-notified": events.BreachNotified(
        told=(values.NoticeTo.SUBJECTS, values.NoticeTo.AUTHORITY),
        how="surat",
        handling="berkas diamankan",
    ),
    "breach-closed": events.BreachClosed(reason="selesai ditangani"),
}
"""By the name of the golden file without its ending."""
