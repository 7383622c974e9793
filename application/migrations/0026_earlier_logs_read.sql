-- Whoever verifies sees whether another log ended before this one: the published note
-- has to say so too.

grant select on earlier_logs to disposisi_reader;
