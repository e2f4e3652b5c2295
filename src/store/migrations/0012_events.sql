CREATE SEQUENCE "events_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"event" text NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"tried" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"taken_until" timestamp with time zone,
	"log" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endpoints" (
	"connection" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"turned_at" timestamp with time zone,
	"turned_by" text,
	"failing_since" timestamp with time zone,
	"not_before" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "event_marks" (
	"name" text PRIMARY KEY NOT NULL,
	"tx" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"source" text NOT NULL,
	"subject" text NOT NULL,
	"data" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"tx" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "events" text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("connection","event");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "deliveries_by_age" ON "deliveries" USING btree ("connection","at","id");--> statement-breakpoint
CREATE INDEX "events_in_order" ON "events" USING btree ("tx","seq");--> statement-breakpoint
CREATE INDEX "events_by_age" ON "events" USING btree ("at");