CREATE TABLE "failures" (
	"connection" text NOT NULL,
	"event" text NOT NULL,
	"about" text NOT NULL,
	"failure" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"over" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "connection" text;--> statement-breakpoint
CREATE UNIQUE INDEX "failures_once" ON "failures" USING btree ("connection","event");--> statement-breakpoint
CREATE INDEX "failures_by_cause" ON "failures" USING btree ("connection","about");