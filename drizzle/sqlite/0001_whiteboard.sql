CREATE TABLE `board_elements` (
	`session_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`page_id` text,
	`version` integer NOT NULL,
	`nonce` integer NOT NULL,
	`deleted` integer NOT NULL,
	`seq` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`author_id` text NOT NULL,
	`changed_by` text NOT NULL,
	`data` text,
	PRIMARY KEY(`session_id`, `id`),
	FOREIGN KEY (`session_id`) REFERENCES `boards`(`session_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `board_elements_seq` ON `board_elements` (`session_id`,`seq`);--> statement-breakpoint
CREATE TABLE `board_files` (
	`session_id` text NOT NULL,
	`id` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`width` integer,
	`height` integer,
	`sha256` text NOT NULL,
	`storage_key` text NOT NULL,
	`uploaded_at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `id`),
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `board_files_content` ON `board_files` (`session_id`,`sha256`);--> statement-breakpoint
CREATE TABLE `boards` (
	`session_id` text PRIMARY KEY NOT NULL,
	`last_seq` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`objects` integer NOT NULL,
	`pages` integer NOT NULL,
	`elements` integer NOT NULL,
	`locked` integer NOT NULL,
	`continued_from` text,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`continued_from`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
