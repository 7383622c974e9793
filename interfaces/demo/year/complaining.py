"""Complaints of the made-up year, from the door to the end (pengaduan)."""

from interfaces.demo.api import Clerk
from interfaces.demo.cast import House
from interfaces.demo.complaint_in_hand import ComplaintInHand
from interfaces.demo.hand import CaseInHand
from interfaces.demo.intake import Counter
from interfaces.demo.year import inventions
from interfaces.demo.year.diary import Diary
from interfaces.demo.year.dice import Dice

ABOUT_HEAD, SUPERVISORY = 3, 8
"""Of a hundred complaints."""


def complained(
    counter: Counter, diary: Diary, dice: Dice, case: CaseInHand | None = None
) -> None:
    """Somebody is not content, and says so by one of the published doors."""
    house = counter.house
    doors = {
        "suggestion_box": house.complaints,
        "in_person": house.reception,
        "letter": house.letters,
        "sp4n_lapor": house.liaison,
    }
    channel = dice.choice(list(doors))
    category, text = dice.choice(inventions.COMPLAINTS)
    is_about_head = dice.happens(ABOUT_HEAD)
    opened = counter.complaint(
        diary.days(1, 6),
        text,
        by=doors[channel],
        channel=channel,
        category=category,
        case=case,
        about=house.head if is_about_head else None,
        anonymous=channel == "suggestion_box",
        name=inventions.name(dice),
    )
    complaint = ComplaintInHand(counter.api, str(opened["complaint"]), opened)
    # Nobody below the head handles what is said about him.
    handled(complaint, "sekda" if is_about_head else house.complaints, diary, dice)


def of_a_report(api: Clerk, house: House, id_: str, diary: Diary, dice: Dice) -> None:
    """A report that turned out to be a complaint is handled as one."""
    opened = api.get(house.complaints, f"/v1/complaints/{id_}")
    handled(ComplaintInHand(api, id_, opened), house.complaints, diary, dice)


def handled(complaint: ComplaintInHand, by: str, diary: Diary, dice: Dice) -> None:
    """Sorted, followed up, answered and closed; misconduct goes to the Inspektorat."""
    class_ = "supervisory" if dice.happens(SUPERVISORY) else "not_supervisory"
    complaint.act(by, "classification", diary.days(0, 3), **{"class": class_})
    if class_ == "supervisory":
        by = "inspektorat"
    done = "Unit terkait dipanggil dan diminta memperbaiki layanan"
    complaint.act(by, "follow-up", diary.days(1, 5), action=done)
    told = "Terima kasih atas pengaduan Saudara; layanan sudah kami perbaiki."
    complaint.act(by, "answer", diary.days(1, 8), text=told)
    complaint.act(by, "closing", diary.days(1, 4), reason="Sudah dijawab")
