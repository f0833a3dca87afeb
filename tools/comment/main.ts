import { readFileSync } from "node:fs";

import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { whatIsThere } from "../../packages/rehearse/cli/nearest";
import { CliError, runTool } from "../cli/command";
import { must } from "../cli/faults";

const USAGE = `npm run -s comment -- OWNER/REPOSITORY NUMBER FILE

Writes a comment on a pull request, or brings the one of before up to date. The file's first line marks it: an HTML comment.
GITHUB_TOKEN needs pull-requests: write; the GitHub CLI sends it.

  --help  print this

Exit status: 0 done, 2 wrong use, or GitHub refused.`;

/** GitHub's limit is 65,536 characters: https://docs.github.com/en/rest/issues/comments */
const MOST = 65_000;

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly type: string };
}

runTool("comment", async () => {
  const line = readCommandLine(USAGE, process.argv.slice(2), {});
  if (line === undefined) {
    console.log(USAGE);
    return 0;
  }
  const [repository = "", number = "", file = "", ...others] = line.positionals;
  const faults = [
    ...(/^[\w.-]+\/[\w.-]+$/.test(repository)
      ? []
      : [`"${repository}" is no repository, such as octo/store`]),
    ...(/^[1-9]\d{0,8}$/.test(number) ? [] : [`"${number}" is no number of a pull request`]),
    ...(others.length === 0 ? [] : [`"${others.join(" ")}" is too much`]),
  ];
  const text = readText(file, faults);
  const [marker = ""] = text.split("\n");
  if (text !== "" && !/^<!-- [\w: .-]+ -->$/.test(marker))
    faults.push(
      `${file} begins with "${marker.slice(0, 60)}"; its first line has to mark it, such as <!-- web-store: plan -->`,
    );
  if (faults.length > 0) throw new CliError(`${faults.join("\n")}\nSee npm run -s comment -- --help`);

  const issue = `repos/${repository}/issues/${number}/comments`;
  const pages = JSON.parse(await must("gh", ["api", "--paginate", "--slurp", issue])) as readonly Comment[][];
  // A person may quote the comment, mark and all: only a bot's is ours.
  const ours = pages.flat().find(({ body, user }) => user.type === "Bot" && body.startsWith(marker));
  const body = text.length <= MOST ? text : `${text.slice(0, MOST)}\n\n… the rest is in the job's summary.`;
  const to =
    ours === undefined
      ? ["--method", "POST", issue]
      : ["--method", "PATCH", `repos/${repository}/issues/comments/${ours.id}`];
  await must("gh", ["api", "--silent", ...to, "--raw-field", `body=${body}`]);
  console.log(ours === undefined ? "commented" : "brought the comment up to date");
  return 0;
});

function readText(file: string, faults: string[]): string {
  try {
    const text = readFileSync(file, "utf8");
    if (text.trim() === "") faults.push(`${file} is empty`);
    return text;
  } catch {
    faults.push(`there is no file "${file}"; ${whatIsThere(file)}`);
    return "";
  }
}
