"""The application: routes, dependencies, and what failures look like."""

from time import monotonic
from typing import Any, Final

from litestar import Request
from litestar.di import Provide
from litestar.types import ASGIApp

from interfaces.http import openapi, route_actions
from interfaces.http.accounts import AccountController
from interfaces.http.agencies import AgencyController
from interfaces.http.answering import AnsweringController
from interfaces.http.audit import AuditController
from interfaces.http.board import BoardController
from interfaces.http.bounds import Bounds
from interfaces.http.breaches import BreachController
from interfaces.http.bundles import BundleController
from interfaces.http.call import Call
from interfaces.http.case_past import CasePastController
from interfaces.http.case_queries import CaseQueryController
from interfaces.http.complaints import ComplaintController
from interfaces.http.completing import CompletingController
from interfaces.http.correcting_facts import CorrectingFactsController
from interfaces.http.counter import Counter
from interfaces.http.data_request_acts import DataRequestActController
from interfaces.http.data_requests import DataRequestController
from interfaces.http.delivering import DeliveringController
from interfaces.http.documents import DocumentController
from interfaces.http.finding_persons import PersonSearchController
from interfaces.http.front import Front
from interfaces.http.handling import HandlingController
from interfaces.http.health import HealthController
from interfaces.http.identity import Identity
from interfaces.http.identity_documents import IdentityDocumentController
from interfaces.http.intake import IntakeController
from interfaces.http.leaving import LeavingController
from interfaces.http.log import LogController
from interfaces.http.methods import Addresses, complete
from interfaces.http.objections import ObjectionController
from interfaces.http.pausing import PausingController
from interfaces.http.persons import PersonController
from interfaces.http.provider_sign_in import ProviderSignInController
from interfaces.http.rate_limits import RateLimits
from interfaces.http.readings import ReadingController
from interfaces.http.refusals import HANDLERS
from interfaces.http.registers import RegisterController
from interfaces.http.reports import ReportController
from interfaces.http.request import OfficeRequest
from interfaces.http.retention import RetentionController
from interfaces.http.schema import SchemaController
from interfaces.http.sessions import SessionController, SessionListController
from interfaces.http.side_deadlines import (
    ComplaintDeadlineController,
    ObjectionDeadlineController,
)
from interfaces.http.side_registers import SideRegisterController
from interfaces.http.signing_in import SigningInController
from interfaces.http.status import StatusController
from interfaces.http.visits import VisitController
from interfaces.http.worklist import WorklistController

LARGEST_JSON: Final = 1024 * 1024
"""Bytes of a JSON body."""


def _call(request: Request[Any, Any, Any]) -> Call:
    return Call(request, request.app.state.counter)


def application(counter: Counter) -> ASGIApp:
    """The whole HTTP side over one worker's counter."""
    limits = RateLimits(monotonic)
    app = Addresses(
        route_handlers=[
            AccountController,
            AgencyController,
            AnsweringController,
            AuditController,
            BoardController,
            BreachController,
            BundleController,
            CasePastController,
            CaseQueryController,
            ComplaintController,
            ComplaintDeadlineController,
            CompletingController,
            CorrectingFactsController,
            DataRequestController,
            DataRequestActController,
            DeliveringController,
            DocumentController,
            HandlingController,
            HealthController,
            IdentityDocumentController,
            IntakeController,
            LeavingController,
            LogController,
            ObjectionController,
            ObjectionDeadlineController,
            PausingController,
            ReportController,
            PersonController,
            PersonSearchController,
            ReadingController,
            RegisterController,
            RetentionController,
            SchemaController,
            SessionController,
            SessionListController,
            SideRegisterController,
            SigningInController,
            StatusController,
            VisitController,
            WorklistController,
            *([] if counter.reception is None else [ProviderSignInController]),
        ],
        dependencies={"call": Provide(_call, sync_to_thread=False)},
        middleware=[
            Identity(counter.principals),
            Bounds(limits, counter.now),
        ],
        exception_handlers=HANDLERS,
        request_class=OfficeRequest,
        request_max_body_size=LARGEST_JSON,
        openapi_config=None,
        logging_config=None,
    )
    has_provider = counter.reception is not None
    route_actions.must_cover(app, route_actions.served(with_provider=has_provider))
    app.state.described = openapi.document(app, counter.offices.agencies)
    complete(app)
    app.state.counter = counter
    app.state.now = counter.now
    app.state.limits = limits
    return Front(app, behind_tls=counter.issuer.name.startswith("https://"))
