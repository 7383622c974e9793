"""Documents: bytes in, their SHA-256 out; kept per agency, given back as they came."""

import hashlib
import socket
from collections.abc import Iterator

import pytest

from tests.open_counter import Caller, OpenCounter

DOCUMENTS = "/v1/documents"
MEBIBYTE = 1024 * 1024
LARGEST = 25 * MEBIBYTE


def headers(kind: str = "application/pdf", name: str = "surat.pdf") -> dict[str, str]:
    return {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="{name}"',
    }


@pytest.mark.parametrize(
    "kind", ["application/pdf", "text/plain", "application/json", "image/png"]
)
def test_a_document_comes_back_as_it_was_brought(counter: OpenCounter, kind: str):
    content = f"isi surat {kind}".encode()
    clerk = counter["bo-agendaris"]
    kept = clerk.send("POST", DOCUMENTS, content, headers(kind))
    sha256 = hashlib.sha256(content).hexdigest()
    assert kept.status_code == 201
    assert kept.json() == {"sha256": sha256, "size": len(content), "type": kind}
    assert kept.headers["location"] == f"{DOCUMENTS}/{sha256}"
    again = clerk.send("POST", DOCUMENTS, content, headers(kind))
    assert (again.status_code, again.json()) == (201, kept.json())
    given = counter["bo-analis"].get(kept.headers["location"])
    assert given.content == content
    assert given.headers["content-type"] == kind
    assert "surat.pdf" in given.headers["content-disposition"]
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"


def test_another_agency_has_not_got_it(counter: OpenCounter):
    kept = counter["bo-agendaris"].send("POST", DOCUMENTS, b"milik biro", headers())
    answer = counter["bppd-agendaris"].get(kept.headers["location"])
    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown-document"


def test_both_agencies_have_what_an_official_of_both_brought(counter: OpenCounter):
    kept = counter["sekda"].send("POST", DOCUMENTS, b"milik berdua", headers())
    assert kept.status_code == 201
    for clerk in ("bo-agendaris", "bppd-agendaris"):
        assert counter[clerk].get(kept.headers["location"]).content == b"milik berdua"


def test_an_administrator_neither_brings_nor_reads_documents(counter: OpenCounter):
    admin = counter["bo-admin"]
    kept = counter["bo-agendaris"].send("POST", DOCUMENTS, b"rahasia kantor", headers())
    assert admin.send("POST", DOCUMENTS, b"x", headers()).status_code == 403
    assert admin.get(kept.headers["location"]).status_code == 403


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ('attachment; filename="surat jawaban.pdf"', "surat%20jawaban.pdf"),
        ("attachment; filename*=UTF-8''s%C3%BCrat.pdf", "s%C3%BCrat.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\naskah\\\\a.doc"', "a.doc"),
        ("attachment", "document"),
        ("", "document"),
        ('attachment; filename=""', "document"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; FileName*=iso-8859-1'de'%FC.pdf", "%C3%BC.pdf"),
        ("attachment; filename*=klingon''a.pdf", "document"),
        ("nonsense;;; = ; filename", "document"),
    ],
)
def test_a_file_name_is_taken_without_its_folder(
    counter: OpenCounter, said: str, name: str
):
    content = f"nama {said}".encode()
    clerk = counter["bo-agendaris"]
    kept = clerk.send(
        "POST",
        DOCUMENTS,
        content,
        {"Content-Type": "application/pdf", "Content-Disposition": said},
    )
    assert kept.status_code == 201, kept.text
    given = clerk.get(kept.headers["location"])
    assert given.headers["content-disposition"].endswith(f"''{name}")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (f'attachment; filename="{"x" * 201}"', "text-too-long"),
        ("attachment; filename*=UTF-8''a%00b", "control-character"),
        ("attachment; filename*=UTF-8''%ff%fe", None),
        ("attachment; filename*=utf-16''%d8%00", None),
        ("attachment; filename*=UTF-8''%ed%a0%80", None),
        ("attachment; filename*=ascii''%ff", None),
        ("attachment; filename*='a", None),
        ("attachment; filename*=idna''%ff", None),
        ("attachment; filename*=unicode_escape''%5cud800", None),
        ("attachment; filename*=hex''41", None),
        ('attachment; filename="=?utf-8?q?=ff?="', None),
    ],
)
def test_a_strange_file_name_is_no_reason_to_fail(
    counter: OpenCounter, said: str, code: str | None
):
    answer = counter["bo-agendaris"].send(
        "POST",
        DOCUMENTS,
        said.encode(),
        {"Content-Type": "application/pdf", "Content-Disposition": said},
    )
    assert answer.status_code in {201, 422}, answer.text
    if code is not None:
        assert answer.json()["code"] == code
    else:
        clerk = counter["bo-agendaris"]
        assert clerk.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("kind", [None, "", "pdf", "application/", "a b/c", "*/*"])
def test_a_document_needs_a_type(counter: OpenCounter, kind: str | None):
    said = {} if kind is None else {"Content-Type": kind}
    answer = counter["bo-agendaris"].send("POST", DOCUMENTS, b"x", said)
    assert answer.status_code == 415


def test_a_document_has_bytes(counter: OpenCounter):
    answer = counter["bo-agendaris"].send("POST", DOCUMENTS, b"", headers())
    assert answer.status_code == 422


@pytest.mark.parametrize("sha256", ["x", "%00", "A" * 64, "0" * 63])
def test_what_is_no_digest_is_a_malformed_path(counter: OpenCounter, sha256: str):
    assert counter["bo-kepala"].get(f"{DOCUMENTS}/{sha256}").status_code == 400


def test_twenty_five_mebibytes_are_kept_and_a_byte_more_is_not(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    assert send_large(clerk, LARGEST).json()["size"] == LARGEST
    more = send_large(clerk, LARGEST + 1)
    assert (more.status_code, more.json()["code"]) == (413, "body-too-large")
    announced = clerk.send("POST", DOCUMENTS, bytes(LARGEST + 1), headers())
    assert announced.status_code == 413


def send_large(clerk: Caller, size: int):
    """In pieces, so that no header says beforehand how much will come."""

    def pieces() -> Iterator[bytes]:
        for sent in range(0, size, MEBIBYTE):
            yield b"x" * min(MEBIBYTE, size - sent)

    return clerk.send("POST", DOCUMENTS, pieces(), headers())


def test_an_upload_that_stops_halfway_leaves_nothing(counter: OpenCounter):
    half = b"setengah surat"
    with counter.connected() as door:
        door.sendall(
            f"POST {DOCUMENTS} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
            f"Authorization: Bearer {counter.token('bo-agendaris')}\r\n"
            f"Content-Length: 1000\r\n\r\n".encode()
            + half
        )
        door.shutdown(socket.SHUT_RDWR)
    sha256 = hashlib.sha256(half).hexdigest()
    assert counter["bo-kepala"].get(f"{DOCUMENTS}/{sha256}").status_code == 404


def test_a_slow_upload_holds_nobody_else_up(counter: OpenCounter):
    with counter.connected() as slow:
        slow.sendall(
            f"POST {DOCUMENTS} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
            f"Authorization: Bearer {counter.token('bo-agendaris')}\r\n"
            "Connection: close\r\nContent-Length: 6\r\n\r\n".encode()
        )
        for letter in b"pel":
            slow.sendall(bytes([letter]))
            assert counter["bo-kepala"].get("/v1/agencies").status_code == 200
        slow.sendall(b"an!")
        assert slow.recv(1_000).startswith(b"HTTP/1.1 201")
