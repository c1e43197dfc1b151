-- The locations that an activity states. A country is none of theirs: those are in place.
CREATE TABLE location (
  version        {{int}} NOT NULL,
  n              {{int}} NOT NULL,   -- from 1, in the order of the activity
  ref            TEXT NOT NULL,      -- the publisher's own; empty: none
  name           TEXT NOT NULL,      -- in English, else in the language that it falls back to
  lang           TEXT NOT NULL,      -- of name
  names          TEXT NOT NULL,      -- all names by language as JSON; empty: name is the only one
  reach          TEXT NOT NULL,      -- codes of the standard, as printed
  exactness      TEXT NOT NULL,
  class          TEXT NOT NULL,
  feature        TEXT NOT NULL,
  latitude       {{real}},           -- degrees in WGS 84; NULL: no point that can be used
  longitude      {{real}},
  gazetteer      TEXT NOT NULL,      -- vocabulary of the first location-id; empty: none
  gazetteer_code TEXT NOT NULL,
  codes          TEXT NOT NULL,      -- all location-ids and administratives as JSON; empty: none
  PRIMARY KEY (version, n)
) {{keyed}};

-- Versions stored before locations were projected, whose document is still to be read for them.
CREATE TABLE unlocated (
  version {{int}} NOT NULL PRIMARY KEY
) {{strict}};
INSERT INTO unlocated (version) SELECT version FROM doc WHERE form = 'iati';
