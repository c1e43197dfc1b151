-- A thread is looked for through all texts, and with each citation the provision that it stands in.
CREATE INDEX provision_by_thread ON provision (thread, revision, path);
