"""How `demo --check` tells its results: tables on a terminal, else plain lines."""

import rich_click as click
from rich.console import Console
from rich.table import Table

from interfaces.demo.check import Report, Result

HOLDS, FAILS = "ok", "BEDA / DIFFERS"


def tell(console: Console, result: Result) -> None:
    """Tell one request's facts."""
    if console.is_terminal:
        _as_table(console, result)
    else:
        _as_lines(result)


def introduce(requests: int) -> None:
    """Say what is going to be seen."""
    click.echo(
        f"{requests} permohonan dimainkan lewat API pada server sementara; setiap hal "
        "dibandingkan dengan yang dihitung tangan."
    )
    click.echo(
        f"{requests} requests are played through the API of a server of their own; "
        "each fact is compared with what was worked out by hand."
    )


def close(report: Report) -> None:
    """How many facts were compared; and the last line."""
    facts = [each for request in report.requests for each in request.findings]
    differ = sum(not each.holds for each in facts)
    click.echo(
        f"{len(facts)} hal dibandingkan, {differ} beda / "
        f"{len(facts)} facts compared, {differ} differ"
    )
    click.echo(
        f"{report.held} dari {report.of} sesuai / "
        f"{report.held} of {report.of} as expected"
    )


def _as_table(console: Console, result: Result) -> None:
    title = f"{result.number}. {result.where}\n{result.text}"
    table = Table(title=title, title_justify="left", title_style="bold", expand=True)
    for heading in ("hal / what", "diharapkan / expected", "terjadi / seen", ""):
        table.add_column(heading, overflow="fold")
    for each in result.findings:
        word = f"[green]{HOLDS}[/]" if each.holds else f"[bold red]{FAILS}[/]"
        table.add_row(each.what, each.expected, each.seen, word)
    console.print(table)
    if result.trouble is not None:
        console.print(f"[bold red]{result.trouble}[/]")


def _as_lines(result: Result) -> None:
    click.echo(f"{result.number}. {result.where}: {result.text}")
    if result.trouble is not None:
        # Whatever it would have come to was never seen.
        click.echo(f"   {FAILS}  {result.trouble}")
        return
    for each in result.findings:
        word = HOLDS if each.holds else FAILS
        wanted = "" if each.holds else f"  (diharapkan / expected: {each.expected})"
        click.echo(f"   {word}  {each.what}: {each.seen}{wanted}")
