-- What reading the received bytes of a version told beside its rows, so that the same bytes need
-- not be read again. It is a memory, not evidence: a row may be missing or be replaced at any time.
CREATE TABLE reading (
  version  {{int}} NOT NULL PRIMARY KEY,
  imprint  {{blob}} NOT NULL,    -- hash of the bytes last read, of what their root lends them and of what they were read with
  mentions {{int}} NOT NULL,     -- how many other activities it names
  told     {{blob}} NOT NULL     -- JSON, zstd when long: findings, named activities, counts
) {{strict}};

-- Hash of what the file was read with: frameworks, rules, threads, and the reader itself.
ALTER TABLE import ADD COLUMN reading TEXT NOT NULL DEFAULT '';

-- 1: the version behind an entry is at the lowest level of its family (since this column is kept).
ALTER TABLE import_entry ADD COLUMN lowest {{int}} NOT NULL DEFAULT 0;
