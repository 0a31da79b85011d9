-- What a request asked for that began a run, as a digest: its key is not to be used for another wish.
ALTER TABLE nightjar_firings ADD COLUMN request TEXT;
