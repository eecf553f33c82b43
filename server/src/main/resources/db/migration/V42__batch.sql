-- Batches: directives that go over their machines bit by bit. batch is JSON, or '' for none. active_runs counts runs that were handed to
-- their machines and have not ended, failed_runs those that failed: what a batch's next step follows from.
ALTER TABLE directive ADD COLUMN batch TEXT NOT NULL DEFAULT '';
ALTER TABLE directive ADD COLUMN active_runs BIGINT NOT NULL DEFAULT 0;
ALTER TABLE directive ADD COLUMN failed_runs BIGINT NOT NULL DEFAULT 0;
CREATE INDEX directive_open_batch ON directive (id) WHERE batch <> '' AND open_runs > 0;

-- A queued run that is held starts when its batch says so, not when its machine is there.
ALTER TABLE run ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
