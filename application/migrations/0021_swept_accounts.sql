-- Sessions and links that ended long ago are swept away; that they were there stays among
-- the account events.

create index sessions_under_way on sessions (seen_at) where ended_at is null;
create index sessions_ended on sessions (ended_at);
create index sign_in_links_by_end on sign_in_links (expires_at);

grant delete on sessions, sign_in_links to disposisi_accounts;
