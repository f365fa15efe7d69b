-- Where the log has a notice; null until it has it. The next start fills in what was signed before.
ALTER TABLE host_notice ADD COLUMN log_index INTEGER;
