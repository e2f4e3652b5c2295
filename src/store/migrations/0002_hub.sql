CREATE SEQUENCE "hub_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "hub_keys" (
	"entity" text NOT NULL,
	"id" text NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "hub_keys_entity_id_field_pk" PRIMARY KEY("entity","id","field")
);
--> statement-breakpoint
CREATE TABLE "hub_records" (
	"entity" text NOT NULL,
	"id" text NOT NULL,
	"fields" text NOT NULL,
	"origins" text NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"gone" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"tx" bigint NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "hub_records_entity_id_pk" PRIMARY KEY("entity","id")
);
--> statement-breakpoint
CREATE INDEX "hub_keys_by_value" ON "hub_keys" USING btree ("entity","field","value");--> statement-breakpoint
CREATE INDEX "hub_records_by_change" ON "hub_records" USING btree ("entity","tx","seq");