-- What readings.py writes and reads.

-- name: add
insert into readings (at, official, role, rule, acting_for, why, purpose, action,
                      operation, agency, kind, subject, document, person, fields,
                      request_id)
select at, official, role, rule, acting_for, why, purpose, action, operation, agency,
       kind, subject, decode(document, 'hex'), person,
       string_to_array(fields, ' '), request_id
  from unnest(%(at)b::timestamptz[], %(official)b::text[], %(role)b::text[],
              %(rule)b::text[], %(acting_for)b::text[], %(why)b::text[],
              %(purpose)b::text[], %(action)b::text[], %(operation)b::text[],
              %(agency)b::text[], %(kind)b::text[], %(subject)b::uuid[],
              %(document)b::text[], %(person)b::uuid[], %(fields)b::text[],
              %(request_id)b::text[])
       as new (at, official, role, rule, acting_for, why, purpose, action, operation,
               agency, kind, subject, document, person, fields, request_id);

-- name: of_person
select at, official, role, rule, acting_for, why, purpose, action, operation, agency,
       kind, subject, encode(document, 'hex') as document, person, fields, request_id
  from readings
 where person = %(person)s
    or document = any(%(documents)b::bytea[])
 order by at, reading;
