-- What a person decided about which organisations are one. It hangs on the keys of organisations,
-- never on their numbers, so that it outlives every re-import.
CREATE TABLE organisation_decision (
  id          {{id}},
  verb        TEXT NOT NULL,      -- merge, split, prefer
  key         TEXT NOT NULL,      -- that went into the other, that is apart from it, or that is shown by it
  other       TEXT NOT NULL,      -- empty: a preferred name only
  name        TEXT NOT NULL,      -- preferred; else empty
  actor       TEXT NOT NULL,
  at          {{int}} NOT NULL,   -- Unix milliseconds
  reason      TEXT NOT NULL,
  seq         {{int}} NOT NULL,   -- change that it is
  undo_seq    {{int}} NOT NULL,   -- change that took it back; 0: none
  undo_actor  TEXT NOT NULL,
  undo_at     {{int}} NOT NULL,
  undo_reason TEXT NOT NULL
) {{strict}};
