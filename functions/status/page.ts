import type { Report, Status, TargetFigures } from "./figures";

const WORDS: Readonly<Record<Status | "unknown", string>> = {
  up: "The store is up.",
  degraded: "The store is up, with fewer instances than it should have.",
  down: "The store is down.",
  unknown: "AWS doesn't say how the store is.",
};

/**
 * A page for people, without scripts, styles or requests: it works under any content security policy.
 *
 * @param report - undefined when there is none
 */
export function renderPage(title: string, report: Report | undefined): string {
  const heading = escapeHtml(title);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="30">
<title>${heading}: status</title>
<h1>${heading}</h1>
<p><strong>${WORDS[report?.status ?? "unknown"]}</strong></p>
${report === undefined ? "" : renderFigures(report)}</html>
`;
}

function renderFigures({ at, targets, requests }: Report): string {
  const { perMinute, errorPercent, latencyMilliseconds } = requests;
  return `<h2>Instances</h2>
<table>
<tr><th scope="col">group</th><th scope="col">healthy</th><th scope="col">unhealthy</th><th scope="col">coming or going</th><th scope="col">healthy by zone</th></tr>
${targets.map(renderRow).join("")}</table>
<h2>The last five minutes</h2>
<dl>
<dt>Requests a minute</dt><dd>${perMinute.toFixed(1)}</dd>
<dt>Answered with an error</dt><dd>${errorPercent === undefined ? "no requests" : `${errorPercent.toFixed(2)} %`}</dd>
<dt>Time to an answer</dt><dd>${latencyMilliseconds === undefined ? "no requests" : `${latencyMilliseconds.toFixed(0)} ms`}</dd>
</dl>
<p><small>As of <time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time></small></p>
`;
}

function renderRow({ label, healthy, unhealthy, moving, zones }: TargetFigures): string {
  const spread = Object.entries(zones)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([zone, count]) => `${escapeHtml(zone)}: ${count}`)
    .join(", ");
  const cells = [escapeHtml(label), healthy, unhealthy, moving, spread || "none"];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
