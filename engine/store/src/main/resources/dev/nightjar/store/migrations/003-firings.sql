-- Triggers that a daemon serves. Times up to decided are settled; other ones are due.
CREATE TABLE nightjar_triggers (
  workflow ${id} NOT NULL,
  name ${id} NOT NULL,
  definition TEXT NOT NULL,
  since BIGINT NOT NULL,
  decided BIGINT NOT NULL,
  PRIMARY KEY (workflow, name)
);

-- What became of each thing that a trigger waits for: a time, files that are new, a request, the
-- end of another run. The key makes it one run at most, whoever else sees it.
CREATE TABLE nightjar_firings (
  workflow ${id} NOT NULL,
  name ${id} NOT NULL,
  cause ${id} NOT NULL,
  due BIGINT NOT NULL,
  last BIGINT NOT NULL,
  decided BIGINT NOT NULL,
  run ${id},
  reason TEXT NOT NULL,
  PRIMARY KEY (workflow, name, cause)
);
CREATE INDEX nightjar_firings_due ON nightjar_firings (workflow, due);
CREATE INDEX nightjar_firings_run ON nightjar_firings (run) WHERE run IS NOT NULL;

-- Files that a trigger has seen, as they were.
CREATE TABLE nightjar_seen_files (
  workflow ${id} NOT NULL,
  name ${id} NOT NULL,
  path ${id} NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (workflow, name, path)
);
