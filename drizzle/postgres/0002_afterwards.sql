CREATE TABLE "inboxes" (
	"user_id" text PRIMARY KEY NOT NULL,
	"last_seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_figures" (
	"session_id" text PRIMARY KEY NOT NULL,
	"mentor_id" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"lesson_seconds" bigint NOT NULL,
	"interrupted_seconds" bigint NOT NULL,
	"learners" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_notes" (
	"session_id" text PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mentor_learners" (
	"mentor_id" text NOT NULL,
	"learner_id" text NOT NULL,
	"sessions" bigint NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mentor_learners_pk" PRIMARY KEY("mentor_id","learner_id")
);
--> statement-breakpoint
CREATE TABLE "mentor_totals" (
	"mentor_id" text NOT NULL,
	"currency" text NOT NULL,
	"sessions" bigint NOT NULL,
	"lesson_seconds" bigint NOT NULL,
	"interrupted_seconds" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	CONSTRAINT "mentor_totals_pk" PRIMARY KEY("mentor_id","currency")
);
--> statement-breakpoint
CREATE TABLE "muted_notifications" (
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "muted_notifications_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "rating_totals" (
	"user_id" text PRIMARY KEY NOT NULL,
	"ratings" bigint NOT NULL,
	"stars" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "notifications_user_created";--> statement-breakpoint
DROP INDEX "ratings_ratee";--> statement-breakpoint
DROP INDEX "session_members_user";--> statement-breakpoint
ALTER TABLE "attendance" ADD COLUMN "device_trouble" jsonb;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "failed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "fee_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE "notifications" SET "seq" = (SELECT count(*) FROM "notifications" AS "earlier" WHERE "earlier"."user_id" = "notifications"."user_id" AND ("earlier"."created_at" < "notifications"."created_at" OR ("earlier"."created_at" = "notifications"."created_at" AND "earlier"."id" <= "notifications"."id")));--> statement-breakpoint
INSERT INTO "inboxes" ("user_id", "last_seq") SELECT "user_id", max("seq") FROM "notifications" GROUP BY "user_id";--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "seq" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "ratings" ADD COLUMN "connection_to_blame" boolean;--> statement-breakpoint
ALTER TABLE "ratings" ADD COLUMN "revealed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "session_members" ADD COLUMN "starts_at" timestamp (3) with time zone DEFAULT to_timestamp(0) NOT NULL;--> statement-breakpoint
UPDATE "session_members" SET "starts_at" = (SELECT "starts_at" FROM "sessions" WHERE "sessions"."id" = "session_members"."session_id");--> statement-breakpoint
ALTER TABLE "session_members" ALTER COLUMN "starts_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "inboxes" ADD CONSTRAINT "inboxes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_figures" ADD CONSTRAINT "lesson_figures_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_figures" ADD CONSTRAINT "lesson_figures_mentor_id_users_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_notes" ADD CONSTRAINT "lesson_notes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentor_learners" ADD CONSTRAINT "mentor_learners_mentor_id_users_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentor_learners" ADD CONSTRAINT "mentor_learners_learner_id_users_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentor_totals" ADD CONSTRAINT "mentor_totals_mentor_id_users_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "muted_notifications" ADD CONSTRAINT "muted_notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rating_totals" ADD CONSTRAINT "rating_totals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lesson_figures_mentor_ended" ON "lesson_figures" USING btree ("mentor_id","ended_at");--> statement-breakpoint
CREATE INDEX "uploads_session" ON "uploads" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "uploads_expires" ON "uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_user_seq" ON "notifications" USING btree ("user_id","seq");--> statement-breakpoint
CREATE INDEX "notifications_user_read" ON "notifications" USING btree ("user_id","read_at");--> statement-breakpoint
CREATE INDEX "ratings_ratee_revealed" ON "ratings" USING btree ("ratee_id","revealed_at");--> statement-breakpoint
CREATE INDEX "session_members_user_starts" ON "session_members" USING btree ("user_id","starts_at");