CREATE TABLE "hub_rules" (
	"entity" text NOT NULL,
	"version" integer NOT NULL,
	"ownership" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "hub_rules_entity_version_pk" PRIMARY KEY("entity","version")
);
