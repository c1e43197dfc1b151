-- Texts of every instrument, not of the built-in mandate alone; what a mandate link was made on.
ALTER TABLE revision ADD COLUMN kind TEXT NOT NULL DEFAULT 'resolution';
ALTER TABLE revision ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE revision ADD COLUMN day TEXT NOT NULL DEFAULT '';      -- on which the text stands; empty: not known
ALTER TABLE revision ADD COLUMN mixed {{int}} NOT NULL DEFAULT 0;  -- 1: two revisions in one text
ALTER TABLE revision ADD COLUMN seq {{int}} NOT NULL DEFAULT 0;    -- change that published it
ALTER TABLE revision ADD COLUMN undo_seq {{int}} NOT NULL DEFAULT 0; -- change that took it back; 0: none

ALTER TABLE provision ADD COLUMN part {{int}} NOT NULL DEFAULT 0;  -- number of its group, from 1
ALTER TABLE provision ADD COLUMN level {{int}} NOT NULL DEFAULT 1;
ALTER TABLE provision ADD COLUMN addressees TEXT NOT NULL DEFAULT ''; -- as printed, joined with |
ALTER TABLE provision ADD COLUMN provisional {{int}} NOT NULL DEFAULT 0; -- 1: the key may change when the text is taken apart
ALTER TABLE provision ADD COLUMN words TEXT NOT NULL DEFAULT '';   -- folded, for search

-- The revision whose wording stood when the link was made, or decided about; 0: no text was held.
ALTER TABLE mandate_link ADD COLUMN revision {{int}} NOT NULL DEFAULT 0;
ALTER TABLE decision ADD COLUMN revision {{int}} NOT NULL DEFAULT 0;

-- What the provisions of a revision cite, one row a target, so that an instrument finds its citers.
CREATE TABLE citation (
  revision {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  thread   TEXT NOT NULL,        -- of the citing provision
  key      TEXT NOT NULL,        -- of the cited instrument
  id       TEXT NOT NULL,        -- with edition and part, as citation ids are written
  PRIMARY KEY (revision, n)
) {{keyed}};
CREATE INDEX citation_by_key ON citation (key);
