-- Data subjects' requests and breaches are few: they are found by the tags that open
-- them, and read from the register itself.
create index register_of_data_requests on register (notification_id)
 where topic in ('data-request-received', 'breach-recorded');

-- Whose data nobody uses for the time being (UU 27/2022 art. 41). The register says
-- since when and at whose wish; this is what opening asks.
create table restricted_persons (
    person  uuid not null primary key references persons,
    request uuid not null            -- the history of the request that restricts
);

grant select, insert, delete on restricted_persons to disposisi_desk;
