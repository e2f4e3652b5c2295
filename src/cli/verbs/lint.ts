import { exit, type Complaint } from "../cli.ts";
import { readNamed } from "../read-named.ts";
import { verb } from "../verb.ts";

export const lint = verb({
  kind: "process",
  name: "lint",
  words: "FILE...",
  least: 1,
  most: 500,
  about: "Checks manifests.",
  help: "Errors are said as file:line:column: message.",
  options: {},

  async run({ words: files, json }, cli) {
    const problems: Complaint[] = [];
    for (const file of files) problems.push(...(await cli.lint(await readNamed(cli, file), file)));
    const lines = json ? [JSON.stringify({ problems })] : said(files, problems);
    for (const line of lines) cli.stdout.write(`${line}\n`);
    return problems.length === 0 ? exit.done : exit.failed;
  },
});

function said(files: readonly string[], problems: readonly Complaint[]): readonly string[] {
  if (problems.length > 0)
    return problems.map(
      ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
    );
  return [files.length === 1 ? "Nothing is wrong." : `Nothing is wrong in ${files.length} files.`];
}
