-- What touches the data of many persons: see matters_of, in 0022_all_matters.sql.

-- name: matters
select person, matter
  from matters_of(%(persons)b::uuid[])
 order by person, matter;
