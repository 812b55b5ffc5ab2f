CREATE INDEX `attendance_user` ON `attendance` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_booked_by` ON `sessions` (`booked_by_id`);--> statement-breakpoint
CREATE TRIGGER `ledger_keeps_entries` BEFORE DELETE ON `ledger` BEGIN SELECT RAISE(ABORT, 'The ledger is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `ledger_changes_no_entry` BEFORE UPDATE ON `ledger` BEGIN SELECT RAISE(ABORT, 'The ledger is append-only'); END;
