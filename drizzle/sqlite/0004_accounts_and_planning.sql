CREATE TABLE `account_proofs` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`email` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `account_proofs_user` ON `account_proofs` (`user_id`);--> statement-breakpoint
CREATE INDEX `account_proofs_expires` ON `account_proofs` (`expires_at`);--> statement-breakpoint
CREATE TABLE `availability_days` (
	`id` text PRIMARY KEY NOT NULL,
	`mentor_id` text NOT NULL,
	`date` text NOT NULL,
	`from_minute` integer NOT NULL,
	`to_minute` integer NOT NULL,
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `availability_days_mentor` ON `availability_days` (`mentor_id`,`date`);--> statement-breakpoint
CREATE TABLE `availability_hours` (
	`id` text PRIMARY KEY NOT NULL,
	`mentor_id` text NOT NULL,
	`weekday` integer NOT NULL,
	`from_minute` integer NOT NULL,
	`to_minute` integer NOT NULL,
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `availability_hours_mentor` ON `availability_hours` (`mentor_id`,`weekday`);--> statement-breakpoint
CREATE TABLE `booking_pages` (
	`mentor_id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`open` integer NOT NULL,
	`title` text NOT NULL,
	`introduction` text NOT NULL,
	`lesson_minutes` integer NOT NULL,
	`price_minor` integer NOT NULL,
	`pause_minutes` integer NOT NULL,
	`notice_hours` integer NOT NULL,
	`ahead_days` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `booking_pages_slug` ON `booking_pages` (`slug`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`email` text NOT NULL,
	`user_id` text,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`accepted_at` integer,
	`declined_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_session_email` ON `invitations` (`session_id`,`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`email`);--> statement-breakpoint
CREATE INDEX `invitations_user` ON `invitations` (`user_id`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`unique_key` text NOT NULL,
	`kind` text NOT NULL,
	`user_id` text,
	`to_address` text NOT NULL,
	`to_name` text,
	`message_id` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`calendar` text,
	`calendar_method` text,
	`created_at` integer NOT NULL,
	`drop_at` integer,
	`sent_at` integer,
	`dropped_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mails_unique_key` ON `mails` (`unique_key`);--> statement-breakpoint
CREATE INDEX `mails_created` ON `mails` (`created_at`);--> statement-breakpoint
CREATE INDEX `mails_user` ON `mails` (`user_id`);--> statement-breakpoint
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