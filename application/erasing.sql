-- What erasing.py asks; only ids and digests go in.

-- name: erase
select erase(%(persons)b::uuid[], %(sha256s)b::bytea[], %(agencies)b::text[],
             %(erased_at)b::timestamptz);
