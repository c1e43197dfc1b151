-- Activities. A row of activity is an immutable version; current points at the one that readers
-- see. Everything keyed by version is a projection of the document in doc and can be derived
-- again. No secondary index on the projections: what looks from a concept, area or organisation
-- to activities asks the coverage room.
CREATE TABLE activity (
  version    {{id}},
  key        TEXT NOT NULL,      -- reporter, identifier, source and occurrence, hashed
  import     {{int}} NOT NULL,
  owner      TEXT NOT NULL,
  state      TEXT NOT NULL,
  reporter   TEXT NOT NULL,      -- reference of the reporting organisation, else its folded name
  reporter_name TEXT NOT NULL,
  secondary  {{int}} NOT NULL,
  iati_id    TEXT NOT NULL,
  source     TEXT NOT NULL,
  occurrence {{int}} NOT NULL,
  line       {{int}} NOT NULL,
  hash       {{blob}} NOT NULL,  -- of the canonical tokens
  kind       TEXT NOT NULL,      -- project, programme, training, event, ...; empty: not stated
  sector     TEXT NOT NULL,      -- ITU Sector R, T, D, GS; empty: not stated
  level      TEXT NOT NULL,      -- national, regional, interregional, global; empty: not stated
  status     TEXT NOT NULL,      -- IATI ActivityStatus
  hierarchy  {{int}} NOT NULL,
  lowest     {{int}} NOT NULL,   -- 1: no child of it stands in its source's newest file, so its budgets count
  lang       TEXT NOT NULL,
  updated    TEXT NOT NULL,      -- last-updated-datetime in UTC, YYYY-MM-DDThh:mm:ssZ; empty: not known
  planned_start TEXT NOT NULL,
  actual_start  TEXT NOT NULL,
  planned_end   TEXT NOT NULL,
  actual_end    TEXT NOT NULL,
  dated      {{int}} NOT NULL,   -- 1: at least one of the four days is known
  title      TEXT NOT NULL,
  title_lang TEXT NOT NULL
) {{strict}};
CREATE INDEX activity_by_identifier ON activity (iati_id, version);
CREATE INDEX activity_by_import ON activity (import);

CREATE TABLE current (
  key     TEXT NOT NULL PRIMARY KEY,
  version {{int}} NOT NULL,
  counts  {{int}} NOT NULL,      -- 0: another activity of the same identifier counts
  absent  {{int}} NOT NULL,      -- import since which the source no longer holds it; 0: present
  seq     {{int}} NOT NULL       -- change that last moved this row
) {{keyed}};

-- What an import did to the pointers, so that it can be undone.
CREATE TABLE import_entry (
  import {{int}} NOT NULL,
  key    TEXT NOT NULL,
  deed   TEXT NOT NULL,          -- new, changed, absent, present, level (only flipped)
  before_version {{int}} NOT NULL,  -- 0: none
  after_version  {{int}} NOT NULL,
  before_absent  {{int}} NOT NULL,  -- value of current.absent before
  flipped {{int}} NOT NULL,      -- 1: lowest of a version that stays was turned
  PRIMARY KEY (import, key)
) {{keyed}};

-- Who is filling a staged import. A row whose process is gone, or that was silent for long,
-- is swept with all that it staged; the importer finds its own row missing and gives up.
CREATE TABLE staging (
  import {{int}} NOT NULL PRIMARY KEY,
  host   TEXT NOT NULL,
  pid    {{int}} NOT NULL,
  beat   {{int}} NOT NULL        -- Unix milliseconds of the last batch
) {{strict}};

CREATE TABLE doc (
  version {{int}} NOT NULL PRIMARY KEY,
  form    TEXT NOT NULL,         -- iati: received bytes of the element; row: the CSV row as JSON
  bytes   {{blob}} NOT NULL      -- zstd
) {{strict}};

CREATE TABLE title (
  version {{int}} NOT NULL,
  lang    TEXT NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (version, lang)
) {{keyed}};

CREATE TABLE words (
  version {{int}} NOT NULL PRIMARY KEY,
  tokens  TEXT NOT NULL          -- folded words of titles, descriptions and identifier
) {{strict}};

-- One row for each (txn, scheme, code). txn 0 is the activity; else the number of a transaction,
-- whose rows replace the activity's scheme by scheme (goal, target and indicator are one scheme).
CREATE TABLE tag (
  version {{int}} NOT NULL,
  n       {{int}} NOT NULL,
  txn     {{int}} NOT NULL,
  scheme  TEXT NOT NULL,
  code    TEXT NOT NULL,
  share   {{int}} NOT NULL,      -- millionths of the whole; -1: not stated
  basis   TEXT NOT NULL,         -- stated, derived
  rule    TEXT NOT NULL,         -- where it was stated (tag:2, sector:8 ...) or the rule that derived it
  reason  TEXT NOT NULL,
  line    {{int}} NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

CREATE TABLE mandate_link (
  version {{int}} NOT NULL,
  n       {{int}} NOT NULL,
  thread  TEXT NOT NULL,         -- key of the thread
  share   {{int}} NOT NULL,
  basis   TEXT NOT NULL,
  rule    TEXT NOT NULL,
  reason  TEXT NOT NULL,
  line    {{int}} NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

CREATE TABLE txn (
  version  {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  type     TEXT NOT NULL,        -- IATI TransactionType
  day      TEXT NOT NULL,        -- empty: no usable date
  currency TEXT NOT NULL,
  cents    {{int}} NOT NULL,
  original TEXT NOT NULL,        -- the decimal text as received
  usable   {{int}} NOT NULL,     -- 0: no number, no currency or no date: kept, never counted
  line     {{int}} NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

CREATE TABLE budget (
  version  {{int}} NOT NULL,
  n        {{int}} NOT NULL,
  type     TEXT NOT NULL,
  status   TEXT NOT NULL,
  starts   TEXT NOT NULL,
  ends     TEXT NOT NULL,
  currency TEXT NOT NULL,
  cents    {{int}} NOT NULL,
  original TEXT NOT NULL,
  usable   {{int}} NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

CREATE TABLE participant (
  version {{int}} NOT NULL,
  n       {{int}} NOT NULL,
  organisation {{int}} NOT NULL,
  role    TEXT NOT NULL,         -- IATI OrganisationRole
  type    TEXT NOT NULL,
  name    TEXT NOT NULL,         -- as this activity prints it
  PRIMARY KEY (version, n)
) {{keyed}};

CREATE TABLE place (
  version {{int}} NOT NULL,
  n       {{int}} NOT NULL,
  txn     {{int}} NOT NULL,      -- 0: the activity; else its rows replace the activity's
  kind    TEXT NOT NULL,         -- country, region
  code    TEXT NOT NULL,         -- ISO two letters in capitals; or the region's code
  vocabulary TEXT NOT NULL,
  share   {{int}} NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

-- Days that prove that something happened; transactions prove by themselves.
CREATE TABLE evidence (
  version {{int}} NOT NULL,
  n       {{int}} NOT NULL,
  kind    TEXT NOT NULL,         -- start, end, document, result
  day     TEXT NOT NULL,
  PRIMARY KEY (version, n)
) {{keyed}};

-- What a person decided. It hangs on keys and filters, never on versions, so that it outlives
-- every re-import and every new version of the rules. A later decision wins over an earlier one
-- of the same reach; one about a single activity wins over one about a rule.
CREATE TABLE decision (
  id       {{id}},
  owner    TEXT NOT NULL,
  state    TEXT NOT NULL,
  verdict  TEXT NOT NULL,        -- set, confirm, refuse, withdraw
  key      TEXT NOT NULL,        -- activity; empty: all that the rule gave within the filter
  scheme   TEXT NOT NULL,        -- concept scheme; "thread" for a mandate link; empty: any
  code     TEXT NOT NULL,        -- concept code or thread key; empty: any
  rule     TEXT NOT NULL,        -- rule of a filter decision
  reporter TEXT NOT NULL,        -- filter; empty: any
  country  TEXT NOT NULL,        -- filter; empty: any
  share    {{int}} NOT NULL,     -- of a set tag; -1: not stated
  reason   TEXT NOT NULL,
  actor    TEXT NOT NULL,
  at       {{int}} NOT NULL,
  seq      {{int}} NOT NULL
) {{strict}};
