-- Which text of an instrument stands is asked for each of them.
CREATE INDEX revision_by_instrument ON revision (instrument, day, mixed, id, state, undo_seq);
