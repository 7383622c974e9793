-- name: pulse
with mark as (
    select coalesce(max(position), 0) as position
      from public.marks
     where name = 'sealer'
), waiting as (
    select count(*) as lines, min(recorded_at) as since
      from (
          select recorded_at
            from public.register
           where notification_id > (select position from mark)
           order by notification_id
           limit 1000
      ) as behind
), signed as (
    select size, made_at
      from public.log_checkpoints
     order by size desc
     limit 1
)
select log_state.size, mark.position, waiting.lines,
       coalesce(extract(epoch from clock_timestamp() - waiting.since), 0)::float8
           as seconds,
       log_state.stopped_at,
       log_state.unsigned_since,
       signed.size as signed_size,
       extract(epoch from clock_timestamp() - signed.made_at)::float8 as signed_age
  from public.log_state
 cross join mark
 cross join waiting
  left join signed on true;
