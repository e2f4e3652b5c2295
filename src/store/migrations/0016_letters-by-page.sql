DROP INDEX "dead_letters_by_age";--> statement-breakpoint
CREATE INDEX "dead_letters_waiting" ON "dead_letters" USING btree ("first_seen","id") WHERE state in ('open', 'retrying');--> statement-breakpoint
CREATE INDEX "dead_letters_waiting_by_flow" ON "dead_letters" USING btree ("flow","first_seen","id") WHERE state in ('open', 'retrying');--> statement-breakpoint
CREATE INDEX "dead_letters_waiting_by_incident" ON "dead_letters" USING btree ("incident","first_seen","id") WHERE state in ('open', 'retrying');