"""The standards say what the published pages say: every sentence, and none else.

`pages/` holds the pages as they were found on SIPPN, under their own file names.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from application.office import standards_book
from domain.standard import ServiceStandard

PAGES = Path(__file__).parent / "pages"
HEADINGS = {
    "No. SK :",
    "Persyaratan",
    "Sistem, Mekanisme dan Prosedur",
    "Waktu Penyelesaian",
    "Biaya / Tarif",
    "Produk Pelayanan",
    "Pengaduan Layanan",
    "Melalui www.lapor.go.id",
}
BOOK = standards_book.load()
AGENCIES = pytest.mark.parametrize("code", ["biro-organisasi", "bppd"])


def standard(code: str) -> ServiceStandard:
    found = BOOK.in_force(code, date(2026, 2, 10))
    assert found is not None
    return found


def plain(text: str) -> str:
    """Without line breaks, link syntax and heading marks, which are the web's."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[\s#]+", " ", text).strip()


def page(code: str) -> str:
    return plain((PAGES / standard(code).source.file).read_text(encoding="utf-8"))


def published(value: object, *, within: str = "") -> Iterator[str]:
    """Every string under a key that starts with `published`, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from published(inner, within=within or _opens(key))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from published(inner, within=within)
    elif isinstance(value, str) and within and value:
        yield plain(value)


def _opens(key: str) -> str:
    return key if key.startswith("published") else ""


def sentences(code: str) -> list[str]:
    agreed = standard(code)
    agency = agreed.agency
    contact = [agency.name, agency.parent, agency.address, agency.phone]
    if agency.email:
        contact.append(agency.email)
    if agency.web:
        contact.append(agency.web.removeprefix("http://"))
    urls = [
        door.url.removeprefix("http://") for door in agreed.complaint_doors if door.url
    ]
    said = list(published(msgspec.to_builtins(agreed)))
    return [*said, *contact, *urls, *agreed.products, agreed.title]


@AGENCIES
def test_every_published_sentence_of_the_data_stands_on_the_page(code):
    for sentence in sentences(code):
        assert sentence in page(code)


@AGENCIES
def test_nothing_on_the_page_but_headings_is_missing_from_the_data(code):
    rest = page(code)
    for sentence in sorted(sentences(code), key=len, reverse=True):
        rest = rest.replace(sentence, "|")
    for heading in HEADINGS:
        rest = rest.replace(heading, "|")
    assert re.sub(r"\b\d+\.|\bA\.|\bB\.|\bC\.|[|/\-\s]", "", rest) == ""
