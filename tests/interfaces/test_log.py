"""Logs tell operators what happened and where, and never whom it concerns."""

import json
import subprocess
import sys

from tests.served import CHECKOUT

NIK = "5371010101900001"


def logged(code: str) -> list[dict[str, object]]:
    """Run the code in a process that logs; answer its records."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            f"from interfaces import log\nlog.set_up('web')\n{code}",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert ran.stdout == "", "standard output carries the ready line only"
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_a_record_is_one_json_object_with_its_part_and_time():
    (record,) = logged(
        "import structlog\nstructlog.get_logger().info('case_recorded', version=3)"
    )
    assert record["event"] == "case_recorded"
    assert record["version"] == 3
    assert record["part"] == "web"
    assert record["level"] == "info"
    assert str(record["timestamp"]).endswith("Z")


def test_personal_keys_are_dropped_however_deep_they_stand():
    (record,) = logged(
        "import structlog\nstructlog.get_logger().info('x', name='Ani', "
        f"body={{'nik': '{NIK}', 'case': 'c', 'requester': {{'phone': '1'}}}})"
    )
    assert record["body"] == {"case": "c"}
    assert "name" not in record


def test_an_error_tells_its_kind_and_place_but_not_its_message():
    (record,) = logged(f"""
import structlog
def refuse():
    raise ValueError("the NIK {NIK} is taken")
try:
    refuse()
except ValueError:
    structlog.get_logger().exception("bug")
""")
    assert record["error"] == "ValueError"
    assert "refuse" in str(record["at"])
    assert NIK not in json.dumps(record)


def test_what_a_library_logs_comes_without_its_arguments():
    (record,) = logged(
        f"import logging\nlogging.getLogger('pool').warning('lost %s', '{NIK}')"
    )
    assert record["library"] == "pool"
    assert record["said"] == "lost %s"
    assert NIK not in json.dumps(record)
