-- Which matters name a document: the drafts of a case, a test, an answer to a complaint,
-- a power of attorney. Who may open it is asked of those matters.

create table papers (
    sha256  bytea not null check (length(sha256) = 32),
    subject uuid  not null,                              -- a case, a complaint, an objection
    constraint papers_once primary key (sha256, subject)
);

create index papers_of_subject on papers (subject);

insert into papers (sha256, subject)
select distinct decode(named, 'hex'), originator_id
  from (
      select originator_id,
             coalesce(
                 convert_from(state, 'UTF8')::json ->> 'document',
                 convert_from(state, 'UTF8')::json ->> 'power_of_attorney'
             ) as named
        from register
       where topic in (
                 'drafted', 'consequence-test-recorded', 'complaint-answered',
                 'objection-filed'
             )
  ) as told
 where named is not null;

revoke all on papers from public;
grant select, insert on papers to disposisi_desk;
