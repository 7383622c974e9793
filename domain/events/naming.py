"""Which papers an event names: whoever files, shows or destroys papers asks here."""

from domain.events.answering import ConsequenceTestRecorded, Drafted
from domain.events.complaints import ComplaintAnswered
from domain.events.event import Event
from domain.events.objections import ObjectionFiled
from domain.events.personal_data import DataRequestReceived
from domain.values import Digest


def documents_named(event: Event) -> tuple[Digest, ...]:
    """The papers that the event brings into its matter, by digest.

    What an erasure destroyed is not among them, though its event tells it.
    """
    match event:
        case (
            Drafted(document=str(document))
            | ConsequenceTestRecorded(document=str(document))
            | ComplaintAnswered(document=str(document))
            | ObjectionFiled(power_of_attorney=str(document))
            | DataRequestReceived(power_of_attorney=str(document))
        ):
            return (document,)
        case _:
            return ()
