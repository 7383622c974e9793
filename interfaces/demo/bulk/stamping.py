"""Stamps lives: every copy's acts, among those of all others, as they were recorded.

A day at a time, so that only what is under way is held in memory.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Final

import msgspec

from application.sealing import SealedPerson, Sealing
from interfaces.demo.bulk import lines
from interfaces.demo.bulk.copies import Copy, PaperNumbers
from interfaces.demo.bulk.life import NumberSeries
from interfaces.demo.bulk.stencil import Sealed, Stage, Stencil

PAGE: Final = 20_000
"""Lines that are handed over at once."""


class Page(msgspec.Struct):
    """Rows for every book, ready to be copied, and the counters after them."""

    lines: list[bytes] = []
    persons: list[bytes] = []
    sealed: list[bytes] = []
    registrations: list[bytes] = []
    reports: list[bytes] = []
    lasts: dict[NumberSeries, int] = {}


class Stamping:
    """Copies so many of each life, the same by the same dice but for what is sealed."""

    def __init__(
        self, stencils: Sequence[tuple[Stencil, int]], sealing: Sealing, dice: Random
    ) -> None:
        self._stencils = stencils
        self._sealing = sealing
        self._dice = dice
        self._numbers = PaperNumbers(dice)
        self._lasts: Counter[NumberSeries] = Counter()
        self._under_way: defaultdict[int, list[Copy]] = defaultdict(list)
        self._page = Page()

    def pages(self) -> Iterator[Page]:
        """Yield all that was recorded, in its order."""
        days: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
        for n, (stencil, _) in enumerate(self._stencils):
            for number, stage in enumerate(stencil.stages):
                days[stage.day].append((n, number))
        for day in sorted(days):
            for *_, number, n, copy in self._acts(days[day]):
                self._stamp(self._stencils[n][0].stages[number], copy)
                if len(self._page.lines) >= PAGE:
                    yield self._turned()
            self._let_go(days[day])
        if self._page.lines:
            yield self._turned()

    def _acts(
        self, stages: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, int, int, Copy]]:
        """A day's acts in order: when, of which copy, which one, of which life."""
        acts = []
        for n, number in stages:
            stencil, many = self._stencils[n]
            if number == 0:
                self._under_way[n] = [
                    Copy(stencil, self._dice, self._numbers) for _ in range(many)
                ]
            at = stencil.stages[number].lines[0].recorded_at
            acts += [
                (at + copy.moved, n * many + place, number, n, copy)
                for place, copy in enumerate(self._under_way[n])
            ]
        acts.sort(key=lambda act: act[:4])
        return acts

    def _let_go(self, stages: Sequence[tuple[int, int]]) -> None:
        for n, number in stages:
            if number == len(self._stencils[n][0].stages) - 1:
                del self._under_way[n]

    def _stamp(self, stage: Stage, copy: Copy) -> None:
        page, ids, values = self._page, copy.ids, copy.values
        for gap, case, series, prefix in stage.numbers:
            self._lasts[series] += 1
            values[gap] = b"%s-%05d" % (prefix, self._lasts[series])
            page.lasts[series] = self._lasts[series]
            page.registrations.append(
                lines.row(lines.text(values[gap]), lines.uuid(ids[case]))
            )
        for words in stage.sealed:
            self._seal(stage, words, copy)
        if stage.report is not None:
            gap, case = stage.report
            page.reports.append(
                lines.row(lines.text(values[gap]), lines.uuid(ids[case]))
            )
        page.lines += [lines.line(one, ids, values, copy.moved) for one in stage.lines]

    def _seal(self, stage: Stage, words: Sealed, copy: Copy) -> None:
        page = self._page
        agency = None if stage.person is None else stage.person[1]
        sealed = copy.seal(self._sealing, words, agency)
        person, record = (
            lines.uuid(sealed.person.bytes),
            lines.uuid(sealed.record.bytes),
        )
        if isinstance(sealed, SealedPerson):
            page.persons.append(
                lines.row(
                    person,
                    lines.text(sealed.agency.encode()),
                    lines.text(sealed.wrapped_key),
                    lines.instant(stage.lines[0].recorded_at + copy.moved),
                )
            )
        page.sealed += [
            lines.row(person, record, lines.text(field.encode()), lines.text(cipher))
            for field, cipher in sealed.fields.items()
        ]

    def _turned(self) -> Page:
        page, self._page = self._page, Page()
        return page
