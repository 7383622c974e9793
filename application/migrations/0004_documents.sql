-- Documents: letters, attachments and answers, by the SHA-256 of their bytes and by
-- agency, sealed under a key of each document's own.

create table documents (
    sha256      bytea       not null,                  -- of the clear bytes
    agency      text        not null,
    size        bigint      not null,                  -- of the clear bytes
    type        text        not null,                  -- media type, as it was sent
    wrapped_key bytea       not null,
    name        bytea       not null,                  -- sealed: a file name can name a person
    content     bytea       not null,                  -- sealed
    uploader    text        not null,                  -- an official
    uploaded_at timestamptz not null default clock_timestamp(),
    constraint documents_of_agency primary key (sha256, agency)
);

-- Ciphertext does not shrink.
alter table documents alter column content set storage external;

revoke all on documents from public;
grant select, insert on documents to disposisi_desk;
