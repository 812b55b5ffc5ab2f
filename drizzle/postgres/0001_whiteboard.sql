CREATE TABLE "board_elements" (
	"session_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"page_id" text,
	"version" bigint NOT NULL,
	"nonce" bigint NOT NULL,
	"deleted" boolean NOT NULL,
	"seq" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"author_id" text NOT NULL,
	"changed_by" text NOT NULL,
	"data" jsonb,
	CONSTRAINT "board_elements_pk" PRIMARY KEY("session_id","id")
);
--> statement-breakpoint
CREATE TABLE "board_files" (
	"session_id" text NOT NULL,
	"id" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"width" bigint,
	"height" bigint,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "board_files_pk" PRIMARY KEY("session_id","id")
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"session_id" text PRIMARY KEY NOT NULL,
	"last_seq" bigint NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"objects" bigint NOT NULL,
	"pages" bigint NOT NULL,
	"elements" bigint NOT NULL,
	"locked" boolean NOT NULL,
	"continued_from" text
);
--> statement-breakpoint
ALTER TABLE "board_elements" ADD CONSTRAINT "board_elements_session_id_boards_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."boards"("session_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_files" ADD CONSTRAINT "board_files_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_files" ADD CONSTRAINT "board_files_uploaded_by_users_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_continued_from_sessions_id_fk" FOREIGN KEY ("continued_from") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "board_elements_seq" ON "board_elements" USING btree ("session_id","seq");--> statement-breakpoint
CREATE INDEX "board_files_content" ON "board_files" USING btree ("session_id","sha256");