CREATE SEQUENCE "received_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "received" (
	"connection" text NOT NULL,
	"object" text NOT NULL,
	"event" text NOT NULL,
	"record" text NOT NULL,
	"gone" boolean NOT NULL,
	"content" text NOT NULL,
	"at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"late" boolean NOT NULL,
	"tx" bigint NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "received_once" ON "received" USING btree ("connection","object","event");--> statement-breakpoint
CREATE INDEX "received_in_order" ON "received" USING btree ("connection","object","tx","seq");--> statement-breakpoint
CREATE INDEX "received_by_record" ON "received" USING btree ("connection","object","record","tx","seq");