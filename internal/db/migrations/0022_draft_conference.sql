-- The conference that a draft is for can change: each version of the draft says which it was.
ALTER TABLE draft_version ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_version ADD COLUMN year {{int}} NOT NULL DEFAULT 0;
ALTER TABLE draft_version ADD COLUMN day TEXT NOT NULL DEFAULT '';
UPDATE draft_version SET
  place = (SELECT d.place FROM draft d WHERE d.id = draft_version.draft),
  year = (SELECT d.year FROM draft d WHERE d.id = draft_version.draft),
  day = (SELECT d.day FROM draft d WHERE d.id = draft_version.draft);
ALTER TABLE draft DROP COLUMN place;
ALTER TABLE draft DROP COLUMN year;
ALTER TABLE draft DROP COLUMN day;
