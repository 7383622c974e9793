"""A case's bundle for an inspector: what he can check without us."""

from typing import Annotated

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from application.desk_errors import ForbiddenError
from application.notary.proofs import BeyondLogError
from interfaces import bundles
from interfaces.bundles import Bundle
from interfaces.http import asking
from interfaces.http.asking import LARGEST, bad_query
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.true_log import true_log


class BundleController(Controller):
    """Nothing sealed is opened for it: words and persons are digests and ids."""

    path = "/v1/cases/{case:str}/bundle"
    tags = ("cases",)

    @get("/", operation_id="ReadBundle")
    async def bundle(
        self,
        case: FromPath[str],
        call: NamedDependency[Call],
        since: Annotated[
            int | None, QueryParameter(name="from", ge=1, le=LARGEST)
        ] = None,
    ) -> Response[Bundle]:
        """The case's rows as stored, proof and checkpoint, and aids for reading them.

        `from` is the size of a checkpoint that the caller holds: the bundle then proves
        that the log still begins with it. Rows behind the latest checkpoint are told
        and not proven yet. The key that checks all this comes another way.
        """
        case_id = path_id(case)
        opened = await asking.open_case(call, case_id)
        present = opened.present.case
        seat = asking.seat(call, present.agency, opened.now)
        if seat.leave("read-bundle", present) is None:
            raise ForbiddenError
        async with call.counter.pool.connection() as connection:
            try:
                with true_log():
                    made = await bundles.make(
                        connection, opened.entries, opened.office, opened.now, since
                    )
            except BeyondLogError:
                raise bad_query("from", "larger than the log") from None
        name = f"bundle-{made.registration_number}.json"
        return Response(
            content=made,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
