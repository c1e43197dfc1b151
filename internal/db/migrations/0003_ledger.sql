-- The account of each import, kept for good.
CREATE TABLE import (
  id        {{id}},
  kind      TEXT NOT NULL,              -- iati, activities, resolution, framework
  file      TEXT NOT NULL,
  source    TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  bytes     {{int}} NOT NULL,
  state     TEXT NOT NULL,              -- staged, done, refused, undone
  partial   {{int}} NOT NULL,           -- 1: the file is not the whole source
  owner     TEXT NOT NULL,
  actor     TEXT NOT NULL,
  at        {{int}} NOT NULL,
  root      {{blob}},                   -- received bytes of the root's start tag
  version   TEXT NOT NULL,              -- of the standard, as the file states it
  generated TEXT NOT NULL,
  read_n    {{int}} NOT NULL,
  new_n     {{int}} NOT NULL,
  changed_n {{int}} NOT NULL,
  unchanged_n {{int}} NOT NULL,
  refused_n {{int}} NOT NULL,
  absent_n  {{int}} NOT NULL,
  transactions {{int}} NOT NULL,
  rounded   {{int}} NOT NULL,
  errors    {{int}} NOT NULL,
  warnings  {{int}} NOT NULL,
  notes     {{int}} NOT NULL,
  seq       {{int}} NOT NULL,           -- change that published or refused it; 0 before
  undo_seq  {{int}} NOT NULL            -- change that undid it; 0: not undone
) {{strict}};

CREATE TABLE import_finding (
  import   {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  rule     TEXT NOT NULL,
  severity TEXT NOT NULL,
  record   TEXT NOT NULL,
  line     {{int}} NOT NULL,
  col      {{int}} NOT NULL,
  path     TEXT NOT NULL,
  found    TEXT NOT NULL,
  expected TEXT NOT NULL,
  message  TEXT NOT NULL,
  PRIMARY KEY (import, n)
) {{keyed}};

-- The bytes of each refused record, compressed (zstd), so that nothing received is lost.
CREATE TABLE import_refused (
  import {{int}} NOT NULL,
  n      {{int}} NOT NULL,
  line   {{int}} NOT NULL,
  rule   TEXT NOT NULL,
  bytes  {{blob}} NOT NULL,
  PRIMARY KEY (import, n)
) {{strict}};
