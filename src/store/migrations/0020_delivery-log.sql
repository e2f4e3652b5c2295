DROP INDEX "deliveries_once";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "subscription" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "subject" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "deliveries" d SET "subject" = e."subject" FROM "events" e WHERE e."id" = d."event";--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "subject" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "flow" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "written" text;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "subscription" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" DROP CONSTRAINT "endpoints_pkey";--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_connection_subscription_pk" PRIMARY KEY("connection","subscription");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("connection","event","subscription");
