-- Times are nanoseconds since 1970.

-- The next key of a run.
CREATE TABLE nightjar_keys (last BIGINT NOT NULL);
INSERT INTO nightjar_keys (last) VALUES (0);

CREATE TABLE nightjar_workflows (
  digest ${id} PRIMARY KEY,
  text TEXT NOT NULL
);

-- What lists show; follows from the events alone.
CREATE TABLE nightjar_runs (
  key ${key},
  id ${id} NOT NULL UNIQUE,
  workflow TEXT NOT NULL,
  file TEXT NOT NULL,
  digest ${id} NOT NULL,
  started BIGINT NOT NULL,
  ended BIGINT,
  outcome TEXT,
  failure TEXT
);
CREATE INDEX nightjar_runs_workflow ON nightjar_runs (workflow, id);
CREATE INDEX nightjar_runs_digest ON nightjar_runs (digest);
CREATE INDEX nightjar_runs_open ON nightjar_runs (id) WHERE ended IS NULL;

-- Who has a run, from its beginning until it has ended and was given back. The fence grows with
-- each owner. A run of a pool has a ticket when it has asked for its turn; without a pool it is
-- admitted from the start.
CREATE TABLE nightjar_leases (
  run ${key},
  fence BIGINT NOT NULL,
  host TEXT NOT NULL,
  boot TEXT NOT NULL,
  pid BIGINT NOT NULL,
  born TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  pool TEXT,
  pool_limit INTEGER,
  overlap TEXT,
  ticket BIGINT,
  admitted INTEGER NOT NULL,
  cancel TEXT
);
CREATE INDEX nightjar_leases_pool ON nightjar_leases (pool) WHERE pool IS NOT NULL;
CREATE INDEX nightjar_leases_until ON nightjar_leases (until);

-- The id is the run's key times 2^36 plus the event's number: their order is that of the journal.
CREATE TABLE nightjar_events (
  id ${key},
  crc BIGINT NOT NULL,
  body ${bytes} NOT NULL
);
