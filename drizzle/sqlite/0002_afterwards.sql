CREATE TABLE `inboxes` (
	`user_id` text PRIMARY KEY NOT NULL,
	`last_seq` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `lesson_figures` (
	`session_id` text PRIMARY KEY NOT NULL,
	`mentor_id` text NOT NULL,
	`ended_at` integer NOT NULL,
	`lesson_seconds` integer NOT NULL,
	`interrupted_seconds` integer NOT NULL,
	`learners` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_figures_mentor_ended` ON `lesson_figures` (`mentor_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `lesson_notes` (
	`session_id` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mentor_learners` (
	`mentor_id` text NOT NULL,
	`learner_id` text NOT NULL,
	`sessions` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`mentor_id`, `learner_id`),
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`learner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `mentor_totals` (
	`mentor_id` text NOT NULL,
	`currency` text NOT NULL,
	`sessions` integer NOT NULL,
	`lesson_seconds` integer NOT NULL,
	`interrupted_seconds` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`fee_minor` integer NOT NULL,
	PRIMARY KEY(`mentor_id`, `currency`),
	FOREIGN KEY (`mentor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `muted_notifications` (
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`user_id`, `kind`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rating_totals` (
	`user_id` text PRIMARY KEY NOT NULL,
	`ratings` integer NOT NULL,
	`stars` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `uploads_session` ON `uploads` (`session_id`);--> statement-breakpoint
CREATE INDEX `uploads_expires` ON `uploads` (`expires_at`);--> statement-breakpoint
DROP INDEX `notifications_user_created`;--> statement-breakpoint
ALTER TABLE `notifications` ADD `seq` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `notifications` SET `seq` = (SELECT count(*) FROM `notifications` AS `earlier` WHERE `earlier`.`user_id` = `notifications`.`user_id` AND (`earlier`.`created_at` < `notifications`.`created_at` OR (`earlier`.`created_at` = `notifications`.`created_at` AND `earlier`.`id` <= `notifications`.`id`)));--> statement-breakpoint
INSERT INTO `inboxes` (`user_id`, `last_seq`) SELECT `user_id`, max(`seq`) FROM `notifications` GROUP BY `user_id`;--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_user_seq` ON `notifications` (`user_id`,`seq`);--> statement-breakpoint
CREATE INDEX `notifications_user_read` ON `notifications` (`user_id`,`read_at`);--> statement-breakpoint
DROP INDEX `ratings_ratee`;--> statement-breakpoint
ALTER TABLE `ratings` ADD `connection_to_blame` integer;--> statement-breakpoint
ALTER TABLE `ratings` ADD `revealed_at` integer;--> statement-breakpoint
CREATE INDEX `ratings_ratee_revealed` ON `ratings` (`ratee_id`,`revealed_at`);--> statement-breakpoint
DROP INDEX `session_members_user`;--> statement-breakpoint
ALTER TABLE `session_members` ADD `starts_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `session_members` SET `starts_at` = (SELECT `starts_at` FROM `sessions` WHERE `sessions`.`id` = `session_members`.`session_id`);--> statement-breakpoint
CREATE INDEX `session_members_user_starts` ON `session_members` (`user_id`,`starts_at`);--> statement-breakpoint
ALTER TABLE `attendance` ADD `device_trouble` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `failed_at` integer;--> statement-breakpoint
ALTER TABLE `ledger` ADD `fee_minor` integer DEFAULT 0 NOT NULL;