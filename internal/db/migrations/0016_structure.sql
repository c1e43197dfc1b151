-- What persons decided about doubtful spans of a text that mixes two revisions. A decision belongs to
-- an edition and is bound to words, so that it holds when the text comes in again.
CREATE TABLE span_decision (
  id         {{id}},
  instrument TEXT NOT NULL,
  label      TEXT NOT NULL,      -- of the edition
  line       {{int}} NOT NULL,   -- from 1, as all places when it was made
  span_start {{int}} NOT NULL,   -- code points from 0
  span_end   {{int}} NOT NULL,   -- half open
  text       TEXT NOT NULL,      -- of the span
  whole_line TEXT NOT NULL,
  verdict    TEXT NOT NULL,      -- deleted, inserted, mark, kept
  reason     TEXT NOT NULL,
  actor      TEXT NOT NULL,
  at         {{int}} NOT NULL,
  seq        {{int}} NOT NULL,
  undo_seq   {{int}} NOT NULL DEFAULT 0 -- change that took it back or put another in its place; 0: it holds
) {{strict}};
CREATE INDEX span_decision_by_edition ON span_decision (instrument, label);

-- The mixed text that a revision was taken apart from; 0: none.
ALTER TABLE revision ADD COLUMN apart {{int}} NOT NULL DEFAULT 0;
