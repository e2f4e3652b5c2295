CREATE TABLE "apps" (
	"place" text PRIMARY KEY NOT NULL,
	"client" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"browser_hash" text NOT NULL,
	"invitation" text NOT NULL,
	"connection" text NOT NULL,
	"connector" text NOT NULL,
	"way" text NOT NULL,
	"invitee" text NOT NULL,
	"team" text NOT NULL,
	"redirect" text NOT NULL,
	"sealed" text NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "expires" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "refused" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "secrets" ADD COLUMN "account" text;--> statement-breakpoint
CREATE INDEX "sign_ins_by_invitation" ON "sign_ins" USING btree ("invitation");