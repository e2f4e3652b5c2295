CREATE TABLE "flow_versions" (
	"flow" text NOT NULL,
	"version" integer NOT NULL,
	"plan" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	CONSTRAINT "flow_versions_flow_version_pk" PRIMARY KEY("flow","version")
);
--> statement-breakpoint
ALTER TABLE "dead_letters" ADD COLUMN "flow_version" integer;--> statement-breakpoint
ALTER TABLE "flows" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "as_version" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "flow_version" integer;--> statement-breakpoint
INSERT INTO "flow_versions" ("flow", "version", "plan", "by", "at", "what")
SELECT "name", 1, "plan", 'Tieline', now(), 'As it was when versions began to be kept' FROM "flows";
