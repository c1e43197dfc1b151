-- Drafts of a further revision of an instrument. None is a revision: nothing reads them but who drafts.
CREATE TABLE draft (
  id         {{id}},
  instrument TEXT NOT NULL,
  base       {{int}} NOT NULL,     -- revision that it was begun from
  place      TEXT NOT NULL,        -- of the conference; empty: not known yet
  year       {{int}} NOT NULL,
  day        TEXT NOT NULL,        -- on which the text would stand, YYYY-MM-DD
  owner      TEXT NOT NULL,        -- who began it
  state      TEXT NOT NULL,        -- draft
  version    {{int}} NOT NULL,     -- the one that stands
  at         {{int}} NOT NULL
) {{strict}};
CREATE INDEX draft_by_instrument ON draft (instrument);

-- Every save is a version, never changed. Number 1 is the text of the base.
CREATE TABLE draft_version (
  draft    {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  at       {{int}} NOT NULL,
  actor    TEXT NOT NULL,
  verb     TEXT NOT NULL,          -- what was done: begin, text, strike ...
  key      TEXT NOT NULL,          -- to which line; empty: to the whole
  why      TEXT NOT NULL,          -- as the person says; may be empty
  restores {{int}} NOT NULL,       -- the earlier version that it brings back; 0: none
  sha256   TEXT NOT NULL,          -- of lines
  lines    TEXT NOT NULL,          -- JSON
  PRIMARY KEY (draft, n)
) {{keyed}};
