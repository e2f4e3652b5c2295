CREATE SEQUENCE "hints_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "hints" (
	"connection" text NOT NULL,
	"object" text NOT NULL,
	"record" text NOT NULL,
	"into_record" text,
	"told_at" timestamp with time zone NOT NULL,
	"tx" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"connection" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"origin" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"hook" text,
	"kept" text,
	"expires" timestamp with time zone,
	"problem" text,
	CONSTRAINT "watches_connection_name_pk" PRIMARY KEY("connection","name")
);
--> statement-breakpoint
ALTER TABLE "hooks" ADD COLUMN "own" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "hints_once" ON "hints" USING btree ("connection","object","record");--> statement-breakpoint
CREATE INDEX "hints_in_order" ON "hints" USING btree ("connection","object","tx","seq");