import { defineConfig } from "drizzle-kit";

/** `npx drizzle-kit generate` writes the migration for what changed in the tables. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./src/store/tables/*.ts",
  out: "./src/store/migrations",
});
