// node comment.mjs FILE: adds FILE to the job's summary, and writes it as the one comment of a pull request, or brings the
// one of before up to date. The file's first line, an HTML comment, marks it. From the environment: GITHUB_TOKEN with
// pull-requests: write; PULL_REQUEST, its number, or empty for the summary alone; what GitHub sets in every job.
// Whether GitHub takes the comment is no matter of the verdict: what it refuses is a warning.
import { appendFileSync, existsSync, readFileSync } from "node:fs";

import { command } from "./command.mjs";

/** What a comment may have, in characters: GitHub answers a longer one with "is too long (maximum is 65536 characters)". */
const MOST = 65_536;

/**
 * What the summary of a step may have, in bytes.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const MOST_SUMMARY = 1024 * 1024;

/** Seconds for an answer of GitHub's. */
const PATIENCE = 30;

const [file = ""] = process.argv.slice(2);
const {
  GITHUB_TOKEN: token = "",
  PULL_REQUEST: number = "",
  GITHUB_REPOSITORY: repository = "",
} = process.env;
const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_STEP_SUMMARY: summary } = process.env;

const text = existsSync(file) ? readFileSync(file, "utf8") : "";
const [marker = ""] = text.split("\n");
const faults = [
  ...(text === "" ? [file === "" ? "name the file with the text" : `${file} is empty, or isn't there`] : []),
  ...(text === "" || /^<!-- [\w:./ -]+ -->$/.test(marker)
    ? []
    : [
        `${file} begins with "${marker.slice(0, 60)}"; its first line has to mark it, as <!-- web-store: plan --> does`,
      ]),
  ...(/^([1-9]\d{0,8})?$/.test(number)
    ? []
    : [`PULL_REQUEST is "${number}", which is no number of a pull request`]),
  ...(number === "" || /^[\w.-]+\/[\w.-]+$/.test(repository)
    ? []
    : [`GITHUB_REPOSITORY is "${repository}"; it must be as octo/store`]),
];
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(2);
}

if (summary) {
  // Characters of three bytes at the most, as UTF-16 counts them.
  const room = Math.floor((MOST_SUMMARY - 1000) / 3);
  const fits = Buffer.byteLength(text) < MOST_SUMMARY;
  appendFileSync(summary, `${fits ? text : cut(text, room, "… the rest is in the job's log.")}\n`);
}
if (number === "") console.log("no pull request to comment on: the text is in the job's summary");
else if (token === "")
  command("warning", "there is no token to comment with: the text is in the job's summary");
else
  try {
    await comment(cut(text, MOST, "… the rest is in the job's summary."));
  } catch (error) {
    command("warning", `${error.message}: the text is in the job's summary`);
  }

async function comment(body) {
  const issue = `/repos/${repository}/issues/${number}/comments`;
  const ours = await find(issue);
  if (ours === undefined) await ask("POST", issue, { body });
  else await ask("PATCH", `/repos/${repository}/issues/comments/${ours.id}`, { body });
  console.log(ours === undefined ? "commented" : "brought the comment up to date");
}

/** The comment of before. A person may quote it, mark and all, or write one that we should edit: only a bot's is ours. */
async function find(issue) {
  const size = 100;
  for (let page = 1; ; page++) {
    const comments = await ask("GET", `${issue}?per_page=${size}&page=${page}`);
    const ours = comments.find(({ body, user }) => user?.type === "Bot" && body?.startsWith(`${marker}\n`));
    if (ours !== undefined || comments.length < size) return ours;
  }
}

/** @see https://docs.github.com/en/rest/issues/comments */
async function ask(method, path, content) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
      "user-agent": "web-store-rehearse",
    },
    body: content && JSON.stringify(content),
    signal: AbortSignal.timeout(PATIENCE * 1000),
  });
  if (answer.ok) return answer.json();
  const told = (await answer.text()).replace(/\s+/g, " ").slice(0, 200);
  const remedy =
    answer.status === 403
      ? "; a pull request from a fork has no token that may, others need the permission pull-requests: write"
      : "";
  throw new Error(`GitHub answered ${answer.status} to ${method} ${path}: ${told}${remedy}`);
}

/** Text of a length at the most: what is too much goes at the end of a line, and no folded part stays open. */
function cut(text, most, remark) {
  if (text.length <= most) return text;
  const end = `\n\n${remark}\n`;
  const close = "\n\n</details>";
  const room = most - end.length - close.length;
  const kept = text.slice(0, Math.max(text.lastIndexOf("\n", room), marker.length + 1));
  const open = kept.split("<details>").length - kept.split("</details>").length;
  return `${kept}${open > 0 ? close : ""}${end}`;
}
