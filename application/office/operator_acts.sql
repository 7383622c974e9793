-- What operators did: see 0015_operators.sql.

-- name: note
insert into operator_acts (at, os_user, command, job, about)
values (%(at)s, %(os_user)s, %(command)s, %(job)s, %(about)s);

-- name: everything
select at, os_user, command, job, about from operator_acts order by position;
