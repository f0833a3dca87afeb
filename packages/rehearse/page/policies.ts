import type { Finding } from "../engine/diagnostics";
import { typeOf } from "../engine/urn";
import type { PolicyInfo } from "../project/pack-config";
import type { PackFacts } from "../rehearsal";
import { groupByRule, type RuleFindings, statusOf } from "../report/findings";
import { CHILDREN_UNKNOWN } from "../report/resources";
import { coverageOf, type Coverage } from "./coverage";
import { count, fold, html, type Html, table } from "./html";
import { link, type StackReport } from "./stack-report";

/** The policies' results: findings, exemptions, coverage, what wasn't judged, and every policy. */
export function policiesSection(report: StackReport): Html {
  const { rehearsal } = report;
  const { findings, packs, verdict } = rehearsal;
  const open = findings.filter(({ exemption }) => exemption === undefined);
  const exempt = findings.filter(({ exemption }) => exemption !== undefined);
  const infos = new Map(
    packs.flatMap(({ name, policies }) => policies.map((info) => [`${name} ${info.name}`, info] as const)),
  );
  const infoOf = ({ pack, policy }: Finding) => infos.get(`${pack} ${policy}`);
  const mandatoryFirst = [...open].sort(
    (a, b) => Number(a.level === "advisory") - Number(b.level === "advisory"),
  );
  const coverage = packs.flatMap((pack) => coverageOf(pack, findings));
  const judged = packs.map(
    ({ name, version, policies }) =>
      `${name} ${version}, ${count(policies.filter(({ level }) => level !== "disabled").length, "policy", "policies")}`,
  );
  return html`<p>
      ${judged.length === 0 ? "No policy pack judged this stack." : `Judged by ${judged.join("; ")}.`}
      ${open.length === 0 && verdict !== "failed" ? "Nothing was found." : ""}
    </p>
    ${groupByRule(mandatoryFirst).map((group) => findingCard(report, group, infoOf(group.first)))}
    ${exempt.length === 0 ? "" : exemptions(report, exempt)} ${notJudged(report)}
    ${coverage.length === 0 ? "" : html`<h4>By framework</h4>`} ${coverage.map(coverageTable)}
    ${packs.length === 0 ? "" : html`<h4>Every policy</h4>`} ${packs.map((pack) => catalogue(pack, findings))}`;
}

function findingCard(report: StackReport, group: RuleFindings, info: PolicyInfo | undefined): Html {
  const { first, about, own, fix } = group;
  const title = info === undefined || info.title === "" ? first.policy : info.title;
  const severity = info?.severity === undefined ? "" : html`<span class="tag">${info.severity}</span>`;
  return html`<article class="finding ${first.level}">
    <h4>${title}</h4>
    <p class="tags">
      <span class="tag ${first.level}">${first.level}</span>${severity}
      ${info === undefined || !isWebAddress(info.url) ? html`<code>${first.policy}</code>` : html`<a href="${info.url}" rel="noreferrer"><code>${first.policy}</code></a>`}
    </p>
    ${about.map((line) => html`<p>${line}</p>`)}
    <ul class="plain">
      ${own.map(({ finding, lines }) => html`<li data-urn="${finding.urn}">${link(report, finding.urn)}${lines.map(messageLine)}</li>`)}
    </ul>
    ${fix.map(messageLine)}
  </article>`;
}

function messageLine(line: string): Html {
  const [, fix] = /^Fix: (.*)$/.exec(line) ?? [];
  return fix === undefined
    ? html`<p>${line.trim()}</p>`
    : html`<p class="fix"><strong>Fix</strong> ${fix}</p>`;
}

/** True for an ordinary web address, which is safe as a link. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url);
}

function exemptions(report: StackReport, exempt: readonly Finding[]): Html {
  return html`<h4>Exempt</h4>
    ${table(
      "Findings that the packs' configuration exempts",
      ["policy", "resource", "last day", "reason"],
      exempt.map(({ policy, urn, exemption }) => [
        html`<code>${policy}</code>`,
        link(report, urn),
        exemption?.until,
        exemption?.reason,
      ]),
    )}`;
}

function notJudged(report: StackReport): Html | string {
  const { unjudged, packs } = report.rehearsal;
  const disabled = packs.flatMap(({ policies }) => policies.filter(({ level }) => level === "disabled"));
  if (unjudged.length + disabled.length === 0) return "";
  return html`<h4>Not judged</h4>
    <ul>
      ${unjudged.map(
        ({ urn, allowed }) =>
          html`<li>
            ${link(report, urn)}: ${CHILDREN_UNKNOWN}, so no policy saw
            them${allowed ? `; ${typeOf(urn)} is allowed unjudged` : ""}
          </li>`,
      )}
      ${disabled.map(({ name, title }) => html`<li><code>${name}</code>: it is switched off${title === "" ? "" : ` (${title})`}</li>`)}
    </ul>`;
}

const STATES = {
  finding: "findings",
  exempt: "exempt",
  off: "switched off",
  clean: "nothing found",
} as const;

function coverageTable({ framework, requirements }: Coverage): Html {
  const bad = requirements.filter(({ state }) => state !== "clean").length;
  return fold(
    html`${framework}: ${count(requirements.length, "requirement")}
      <span class="aside"
        >${bad === 0 ? "nothing found" : `${bad} with findings, exemptions or without a policy in force`}</span
      >`,
    html`<p class="aside">
        The requirements that the pack claims its policies cover. A requirement may ask for more than they
        check: use this as an overview, not as proof.
      </p>
      ${table(
        framework,
        ["requirement", "state", "policies"],
        requirements.map(({ id, state, policies }) => [
          id,
          html`<span class="state ${state}">${STATES[state]}</span>`,
          policies.map((policy, index) => html`${index === 0 ? "" : ", "}<code>${policy}</code>`),
        ]),
      )}`,
  );
}

function catalogue({ name, version, policies }: PackFacts, findings: readonly Finding[]): Html {
  const found = (policy: string): string => {
    const own = findings.filter((finding) => finding.pack === name && finding.policy === policy);
    const statuses = [...new Set(own.map(statusOf))];
    return own.length === 0 ? "" : `${own.length}: ${statuses.join(", ")}`;
  };
  return fold(
    html`${name} ${version} <span class="aside">${count(policies.length, "policy", "policies")}</span>`,
    table(
      `Policies of ${name}`,
      ["policy", "requirement", "level", "found"],
      policies.map((policy) => [
        html`<code>${policy.name}</code>`,
        policy.title === "" ? policy.description : policy.title,
        policy.level,
        found(policy.name),
      ]),
    ),
  );
}
