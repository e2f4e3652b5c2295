CREATE TABLE "approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"what" text NOT NULL,
	"hash" text NOT NULL,
	"asked_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"until" timestamp with time zone,
	"state_by" text,
	"state_at" timestamp with time zone,
	"done" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connector_versions" (
	"connector" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"note" text NOT NULL,
	"registered_by" text NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	"approved_by" text NOT NULL,
	"approval" text NOT NULL,
	CONSTRAINT "connector_versions_connector_version_pk" PRIMARY KEY("connector","version")
);
--> statement-breakpoint
CREATE TABLE "registered_connectors" (
	"connector" text PRIMARY KEY NOT NULL,
	"current" integer NOT NULL,
	"newest" integer NOT NULL,
	"changes" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "approvals_waiting" ON "approvals" USING btree ("kind","subject") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "approvals_unfinished" ON "approvals" USING btree ("at") WHERE state = 'approved' and not done;--> statement-breakpoint
CREATE UNIQUE INDEX "connector_versions_one_each" ON "connector_versions" USING btree ("approval");