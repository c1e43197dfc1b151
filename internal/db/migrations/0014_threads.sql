-- A provision's place in its own revision, apart from the thread that it continues.
ALTER TABLE provision ADD COLUMN path TEXT NOT NULL DEFAULT '';     -- printed: resolves_11_ii
ALTER TABLE provision ADD COLUMN perhaps TEXT NOT NULL DEFAULT '';  -- thread that it may continue; empty: none in doubt
UPDATE provision SET path = (SELECT substr(provision.thread, length(r.instrument) + 2) FROM revision r WHERE r.id = provision.revision);
