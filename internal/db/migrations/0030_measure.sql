-- Statistics. A series is one indicator of a dataflow in one area, taken apart by further
-- dimensions. Its observations are kept together: a version holds all of them as they stood when an
-- import had been merged. The version that readers see is that of the newest finished import, so
-- what was known on a past day can be read, and an import can be undone.
CREATE TABLE series (
  id        {{id}},
  import    {{int}} NOT NULL,      -- that first brought it
  owner     TEXT NOT NULL,
  dataflow  TEXT NOT NULL,         -- ITU:DATAHUB, WB:WDI ...
  indicator TEXT NOT NULL,         -- code of the source
  area      TEXT NOT NULL,         -- code of the source
  area_name TEXT NOT NULL,         -- as the source prints it
  dims      TEXT NOT NULL          -- further dimensions as JSON, names in order; {}: none
) {{strict}};
CREATE UNIQUE INDEX series_by_key ON series (dataflow, indicator, area, dims);
CREATE INDEX series_by_area ON series (area);

CREATE TABLE series_version (
  series {{int}} NOT NULL,
  import {{int}} NOT NULL,
  n      {{int}} NOT NULL,         -- observations
  latest TEXT NOT NULL,            -- newest period with a value; empty: none
  body   {{blob}} NOT NULL,        -- the observations, packed
  PRIMARY KEY (series, import)
) {{keyed}};
CREATE INDEX series_version_by_import ON series_version (import);

-- What an import says of an indicator; the newest that readers see counts.
CREATE TABLE indicator_version (
  dataflow    TEXT NOT NULL,
  code        TEXT NOT NULL,
  import      {{int}} NOT NULL,
  name        TEXT NOT NULL,
  unit        TEXT NOT NULL,
  parent      TEXT NOT NULL,       -- indicator of which it is a breakdown
  description TEXT NOT NULL,
  PRIMARY KEY (dataflow, code, import)
) {{keyed}};

-- Who fills a staged import of statistics; as staging is for activities.
CREATE TABLE measure_staging (
  import {{int}} NOT NULL PRIMARY KEY,
  host   TEXT NOT NULL,
  pid    {{int}} NOT NULL,
  beat   {{int}} NOT NULL          -- Unix milliseconds of the last batch
) {{strict}};
