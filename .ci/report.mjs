// What a test run's JSON report holds: "passed failed" on standard output, each failure with its first
// lines on standard error.
import { existsSync, readFileSync } from "node:fs";

const file = process.argv[2];
if (!existsSync(file)) {
  console.log("0 1");
  console.error(`no report: ${file}`);
  process.exit();
}
const report = JSON.parse(readFileSync(file, "utf8"));
const unread = report.testResults.filter(
  (one) => one.status === "failed" && one.assertionResults.length === 0,
);
console.log(report.numPassedTests, report.numFailedTests + unread.length);

const told = (where, what, why) => console.error(`${where}\n  ${what}\n${firstLines(why)}`);
const firstLines = (text) =>
  text
    .split("\n")
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join("\n");
for (const one of unread) told(one.name, "could not be read", one.message ?? "");
for (const one of report.testResults)
  for (const test of one.assertionResults)
    if (test.status === "failed") told(one.name, test.fullName, test.failureMessages.join("\n"));
