CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"operation" text NOT NULL,
	"input" text NOT NULL,
	"outcome" text NOT NULL,
	"detail" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "buckets" (
	"connection" text NOT NULL,
	"name" text NOT NULL,
	"drawn" jsonb NOT NULL,
	"granted" integer NOT NULL,
	"closed_until" timestamp with time zone,
	CONSTRAINT "buckets_connection_name_pk" PRIMARY KEY("connection","name")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"name" text PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"base_url" text,
	"settings" text NOT NULL,
	"credential" text NOT NULL,
	"owner" text
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"key" text NOT NULL,
	"incident" text,
	"state" text NOT NULL,
	"state_by" text,
	"state_at" timestamp with time zone,
	"state_reason" text,
	"problem" text NOT NULL,
	"fingerprint" text NOT NULL,
	"direction" text NOT NULL,
	"fields" text NOT NULL,
	"edited" text,
	"hash" text NOT NULL,
	"raw" "bytea" NOT NULL,
	"attempts" integer NOT NULL,
	"first_seen" timestamp with time zone NOT NULL,
	"last_seen" timestamp with time zone NOT NULL,
	"run" text,
	"history" jsonb NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_progress" (
	"flow" text PRIMARY KEY NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"run" text,
	"beat_at" timestamp with time zone,
	"checkpoint" text
);
--> statement-breakpoint
CREATE TABLE "flows" (
	"name" text PRIMARY KEY NOT NULL,
	"plan" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"held" boolean DEFAULT false NOT NULL,
	"turned_by" text,
	"turned_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "first_admin" (
	"id" text PRIMARY KEY NOT NULL,
	"claimant" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "grants_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"state_by" text,
	"state_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"open" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"written" integer DEFAULT 0 NOT NULL,
	"discarded" integer DEFAULT 0 NOT NULL,
	"history" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intents" (
	"id" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"seq" bigserial NOT NULL,
	"writes" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"invitee" text NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"connection" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"flow" text NOT NULL,
	"key" text NOT NULL,
	"id" text NOT NULL,
	"version" text,
	"hash" text NOT NULL,
	"base" text NOT NULL,
	CONSTRAINT "links_flow_key_pk" PRIMARY KEY("flow","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"key" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"subject" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"reason" text,
	"asked" integer DEFAULT 1 NOT NULL,
	"seen" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"key" text PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"until" timestamp with time zone,
	"cancelled_by" text,
	"trigger" text NOT NULL,
	"triggered_by" text,
	"work" text NOT NULL,
	"full" boolean DEFAULT false NOT NULL,
	"unguarded" boolean DEFAULT false NOT NULL,
	"letters" text NOT NULL,
	"read" bigint DEFAULT 0 NOT NULL,
	"created" bigint DEFAULT 0 NOT NULL,
	"updated" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"filtered" bigint DEFAULT 0 NOT NULL,
	"deleted" bigint DEFAULT 0 NOT NULL,
	"dead_lettered" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"total" bigint,
	"queued_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"channel" text
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"connection" text PRIMARY KEY NOT NULL,
	"kept" text,
	"renewed" text,
	"renewed_from" text,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" text PRIMARY KEY NOT NULL,
	"changed" jsonb NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letters_one_open" ON "dead_letters" USING btree ("flow","key") WHERE state in ('open', 'retrying');--> statement-breakpoint
CREATE INDEX "dead_letters_by_key" ON "dead_letters" USING btree ("flow","key");--> statement-breakpoint
CREATE INDEX "dead_letters_by_incident" ON "dead_letters" USING btree ("incident");--> statement-breakpoint
CREATE INDEX "dead_letters_by_age" ON "dead_letters" USING btree ("first_seen","id");--> statement-breakpoint
CREATE INDEX "dead_letters_open_causes" ON "dead_letters" USING btree ("flow","fingerprint") WHERE state in ('open', 'retrying');--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_each" ON "incidents" USING btree ("flow","kind","about");--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("opened_at") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "intents_by_flow" ON "intents" USING btree ("flow","seq");--> statement-breakpoint
CREATE INDEX "links_by_target" ON "links" USING btree ("flow","id");--> statement-breakpoint
CREATE INDEX "outbox_by_age" ON "outbox" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "posts_by_message" ON "posts" USING btree ("channel","ts");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_one_sync" ON "runs" USING btree ("flow") WHERE work = 'sync' and state in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "runs_unfinished" ON "runs" USING btree ("queued_at") WHERE state in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX "runs_by_flow" ON "runs" USING btree ("flow","queued_at");--> statement-breakpoint
CREATE INDEX "runs_by_age" ON "runs" USING btree ("queued_at");--> statement-breakpoint
CREATE INDEX "runs_by_end" ON "runs" USING btree ("ended_at");