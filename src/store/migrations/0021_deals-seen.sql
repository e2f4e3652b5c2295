CREATE TABLE "deals_seen" (
	"connection" text NOT NULL,
	"object" text NOT NULL,
	"key" text NOT NULL,
	"won" boolean NOT NULL,
	CONSTRAINT "deals_seen_connection_object_key_pk" PRIMARY KEY("connection","object","key")
);
