CREATE TABLE "drafts" (
	"learner_id" bigint NOT NULL,
	"id" text NOT NULL,
	"prompt" text NOT NULL,
	"answer" text NOT NULL,
	"link" text,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"card_id" text,
	CONSTRAINT "drafts_learner_id_id_pk" PRIMARY KEY("learner_id","id")
);
--> statement-breakpoint
DROP INDEX "round_answers_by_round";--> statement-breakpoint
ALTER TABLE "decks" ADD COLUMN "learner_id" bigint;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drafts_by_time" ON "drafts" USING btree ("saved_at");--> statement-breakpoint
ALTER TABLE "decks" ADD CONSTRAINT "decks_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "decks_by_learner" ON "decks" USING btree ("learner_id");--> statement-breakpoint
CREATE INDEX "round_answers_by_question" ON "round_answers" USING btree ("round_id","position");