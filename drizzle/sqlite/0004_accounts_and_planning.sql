ALTER TABLE `logins` ADD `created_at` integer;--> statement-breakpoint
ALTER TABLE `logins` ADD `device` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `description` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `series_id` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `booked_by_id` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `sessions` ADD `calendar_sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `cancelled_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `cancel_reason` text;--> statement-breakpoint
CREATE INDEX `sessions_series` ON `sessions` (`series_id`);--> statement-breakpoint
ALTER TABLE `users` ADD `email_verified_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `language` text;--> statement-breakpoint
ALTER TABLE `users` ADD `picture_key` text;--> statement-breakpoint
ALTER TABLE `users` ADD `calendar_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `deleted_at` integer;