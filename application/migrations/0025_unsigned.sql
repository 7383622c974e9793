-- Since when the notary refuses to sign, null while it does not. Its key may be on another
-- machine than web workers and metrics are: they read it here.
alter table log_state
    add column unsigned_since timestamptz;
