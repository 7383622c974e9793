"""Whatever stands in the register says by which row it was allowed."""

import psycopg

from application.office import authority, jobs

TOLD = """
select topic, metadata ->> 'official', metadata ->> 'role', metadata ->> 'rule'
  from register
"""


def test_every_entry_of_an_official_names_his_role_and_a_row_of_the_table(
    staffed, prepared
):
    rows = {row.id: row for row in authority.load().table()}
    with psycopg.connect(staffed.database_url) as connection:
        entries = connection.execute(TOLD).fetchall()
    assert len({topic for topic, *_ in entries}) > 5
    for topic, official, role, rule in entries:
        assert official is not None, topic
        assert role in rows[rule].roles, (topic, rule)


def test_no_id_is_both_a_row_of_officials_and_of_operators():
    ids = [row.id for row in authority.load().table()]
    ids += [job.id for job in jobs.load()]
    assert len(ids) == len(set(ids))
