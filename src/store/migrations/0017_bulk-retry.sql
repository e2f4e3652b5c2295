DROP INDEX "runs_unfinished";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "bulk" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "incident" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "taken" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "taken_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reached_seen" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "reached" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "paused_by" text;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_bulk" ON "runs" USING btree ("flow") WHERE bulk and state in ('queued', 'running', 'waiting', 'paused');--> statement-breakpoint
CREATE INDEX "runs_unfinished" ON "runs" USING btree ("queued_at") WHERE state in ('queued', 'running', 'waiting', 'paused');