CREATE TABLE "conflicts" (
	"id" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"key" text NOT NULL,
	"target" text NOT NULL,
	"record" text NOT NULL,
	"fields" text NOT NULL,
	"changed" text NOT NULL,
	"choices" text NOT NULL,
	"state" text NOT NULL,
	"state_by" text,
	"state_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "dead_letters_one_open";--> statement-breakpoint
ALTER TABLE "dead_letters" ADD COLUMN "way" text DEFAULT 'there' NOT NULL;--> statement-breakpoint
ALTER TABLE "flow_progress" ADD COLUMN "back_checkpoint" text;--> statement-breakpoint
ALTER TABLE "intents" ADD COLUMN "way" text DEFAULT 'there' NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "back_hash" text;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "back" text;--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_one_open" ON "conflicts" USING btree ("flow","key") WHERE state <> 'settled';--> statement-breakpoint
CREATE INDEX "conflicts_by_age" ON "conflicts" USING btree ("opened_at","id") WHERE state <> 'settled';--> statement-breakpoint
CREATE INDEX "links_owed" ON "links" USING btree ("flow","key") WHERE hash = '';--> statement-breakpoint
CREATE INDEX "links_owed_back" ON "links" USING btree ("flow","id") WHERE back_hash = '';--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letters_one_open" ON "dead_letters" USING btree ("flow","way","key") WHERE state in ('open', 'retrying');