CREATE SEQUENCE "received_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "hook_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"seq" bigserial NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hooks" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"learned" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"connection" text NOT NULL,
	"event" text NOT NULL,
	"seq" bigserial NOT NULL,
	"url" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "hook_secrets_by_address" ON "hook_secrets" USING btree ("address","seq");--> statement-breakpoint
CREATE INDEX "hooks_by_connection" ON "hooks" USING btree ("connection");--> statement-breakpoint
CREATE UNIQUE INDEX "received_once" ON "received" USING btree ("connection","object","event");--> statement-breakpoint
CREATE INDEX "received_in_order" ON "received" USING btree ("connection","object","tx","seq");--> statement-breakpoint
CREATE INDEX "received_by_record" ON "received" USING btree ("connection","object","record","tx","seq");--> statement-breakpoint
CREATE INDEX "subscriptions_by_event" ON "subscriptions" USING btree ("connection","event","seq");