"""Where metrics are asked for: an address of its own, in the process of `serve`.

It answers while parts die and start again, and while the database is away.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.registry import Collector

from interfaces.front_door import address_of
from interfaces.trouble import OperatorError


@contextmanager
def answering(host: str, port: int, *collectors: Collector) -> Iterator[str]:
    """Answer scrapes in threads of their own, and yield the address; port 0 is any.

    Raises OperatorError where the port cannot be had.
    """
    registry = CollectorRegistry()
    for collector in collectors:
        registry.register(collector)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as fault:
        raise OperatorError(
            indonesian=f"Alamat metrik {host}:{port} tidak dapat dipakai: "
            f"{fault.strerror}. Pilih porta lain dengan --metrics-port.",
            english=f"The address {host}:{port} cannot be used for metrics: "
            f"{fault.strerror}. Choose another port with --metrics-port.",
        ) from fault
    try:
        yield f"{address_of(server.socket)}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
