-- What persons corrected in the structure of a text. A correction belongs to an edition and is bound to
-- the words of a provision, so that it holds when the text comes in again.
CREATE TABLE structure_correction (
  id          {{id}},
  instrument  TEXT NOT NULL,
  label       TEXT NOT NULL,      -- of the edition, as printed
  deed        TEXT NOT NULL,      -- split, join, indent, outdent, renumber
  heading     TEXT NOT NULL,      -- that the provision stands under
  mark        TEXT NOT NULL,      -- that it had
  text        TEXT NOT NULL,      -- its wording
  words       TEXT NOT NULL,      -- at which it is split
  new_mark    TEXT NOT NULL,      -- of a renumbered provision, or of the second part of a split one
  reason      TEXT NOT NULL,
  actor       TEXT NOT NULL,
  at          {{int}} NOT NULL,   -- Unix milliseconds
  seq         {{int}} NOT NULL,   -- change that it is
  undo_seq    {{int}} NOT NULL DEFAULT 0 -- change that took it back; 0: it holds
) {{strict}};
CREATE INDEX structure_correction_by_edition ON structure_correction (instrument, label);
