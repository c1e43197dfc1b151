-- What a person decided about a provision and the thread it continues. It hangs on the edition, the
-- place and the wording, never on a stored revision, so that it outlives every re-import.
CREATE TABLE thread_decision (
  id          {{id}},
  instrument  TEXT NOT NULL,
  label       TEXT NOT NULL,      -- of the edition, as printed
  day         TEXT NOT NULL,
  path        TEXT NOT NULL,      -- place in the edition: resolves_8
  text        TEXT NOT NULL,      -- wording that was decided about
  verb        TEXT NOT NULL,      -- confirm, join, split
  thread      TEXT NOT NULL,      -- that the provision had
  target      TEXT NOT NULL,      -- that it has by the decision
  actor       TEXT NOT NULL,
  at          {{int}} NOT NULL,   -- Unix milliseconds
  reason      TEXT NOT NULL,
  seq         {{int}} NOT NULL,   -- change that it is
  undo_seq    {{int}} NOT NULL,   -- change that took it back; 0: none
  undo_actor  TEXT NOT NULL,
  undo_at     {{int}} NOT NULL,
  undo_reason TEXT NOT NULL
) {{strict}};
CREATE INDEX thread_decision_by_instrument ON thread_decision (instrument, id);

ALTER TABLE revision ADD COLUMN settled {{int}} NOT NULL DEFAULT 0;   -- change that last moved threads of its provisions; 0: none since it came
ALTER TABLE provision ADD COLUMN likeness {{int}} NOT NULL DEFAULT 0; -- of the words to those of the neighbour, thousandths; 0: not aligned
