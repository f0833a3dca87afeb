import { NOTHING } from "../cost/difference";
import { cents, dollars, signed } from "../cost/text";
import { nameOf, typeOf } from "../engine/urn";
import { count, html, type Html } from "./html";
import type { StackReport } from "./stack-report";

/** The overview: whether the stack may be deployed, what it costs, whether it carries the peak, and what changes. */
export function summary(report: StackReport): Html {
  const { id, rehearsal, cost, peak, diff } = report;
  const { verdict, findings, packs } = rehearsal;
  const exempt = findings.filter(({ exemption }) => exemption !== undefined).length;
  const level = (one: string): number =>
    findings.filter((finding) => finding.level === one && finding.exemption === undefined).length;
  const policies = packs.reduce((sum, pack) => sum + pack.policies.length, 0);
  const found = `${level("mandatory")} mandatory, ${level("advisory")} advisory${exempt === 0 ? "" : `, ${exempt} exempt`}`;
  const worst =
    peak?.fleets.find(({ verdict: one }) => one.carries === "short") ??
    peak?.fleets.find(({ verdict: one }) => one.carries === "fragile");
  return html`<div class="verdict ${verdict}">
      <p class="word">${WORDS[verdict]}</p>
      <p>${why(rehearsal, level("mandatory"))}</p>
    </div>
    ${verdict === "failed" ? failure(report) : ""}
    <div class="figures">
      ${verdict === "failed" ? "" : figure(`${id}-policies`, "Policies", found, packs.length === 0 ? "no policy pack judged it" : `${count(policies, "policy", "policies")} judged ${count(rehearsal.resources.length, "resource")}`)}
      ${cost === undefined ? "" : figure(`${id}-cost`, "Cost", `${dollars(cost.monthly)} a month`, range(cost))}
      ${
        peak === undefined || peak.fleets.length === 0
          ? ""
          : figure(
              `${id}-peak`,
              "Peak",
              worst === undefined
                ? "carried"
                : worst.verdict.carries === "short"
                  ? "falls short"
                  : "carried if nothing fails",
              worst === undefined
                ? (peak.fleets[0]?.verdict.text ?? "")
                : `${worst.name}: ${worst.verdict.text}`,
            )
      }
      ${
        diff === undefined
          ? ""
          : figure(
              `${id}-changes`,
              "Change",
              `+${diff.create.length} ~${diff.update.length} ±${diff.replace.length} −${diff.delete.length}`,
              `created, changed, replaced, deleted${priceOf(cost)}`,
            )
      }
    </div>`;
}

const WORDS: Record<StackReport["rehearsal"]["verdict"], string> = {
  clean: "Allowed",
  unjudged: "Not judged in full",
  refused: "Refused",
  failed: "Failed",
};

/** The verdict in a sentence or two. */
function why({ verdict, packs, unjudged }: StackReport["rehearsal"], mandatory: number): string {
  const boxes = unjudged
    .filter(({ allowed }) => !allowed)
    .map(({ urn }) => `${nameOf(urn)} (${typeOf(urn)})`);
  const unseen = boxes.length === 0 ? "" : `No policy saw the children of ${boxes.join(", ")}.`;
  switch (verdict) {
    case "clean":
      return packs.length === 0 ? "No policy pack judged it." : "No policy refuses it.";
    case "unjudged":
      return unseen;
    case "refused":
      return mandatory === 0
        ? `Pulumi refuses to delete or replace protected resources. ${unseen}`
        : `${count(mandatory, "finding")} of mandatory policies ${mandatory === 1 ? "has" : "have"} to be fixed first. ${unseen}`;
    case "failed":
      return "The program or a policy pack failed.";
  }
}

function figure(target: string, title: string, value: string, more: string): Html {
  return html`<a class="figure" href="#${target}"
    ><span class="title">${title}</span> <strong>${value}</strong> <span class="more">${more}</span></a
  >`;
}

/** The effect of the change on the cost. */
function priceOf(cost: StackReport["cost"]): string {
  const change = cost?.difference?.monthly;
  if (change === undefined) return "";
  return Math.abs(change) < NOTHING ? "; cost unchanged" : `; ${signed(change)} a month`;
}

function range({ monthly, mostMonthly, hourly, budget }: NonNullable<StackReport["cost"]>): string {
  const most =
    dollars(monthly) === dollars(mostMonthly) ? "" : `${dollars(mostMonthly)} at the groups’ maximum; `;
  const limit =
    budget === undefined
      ? ""
      : monthly > budget
        ? `; over the budget of ${dollars(budget)}`
        : `; budget ${dollars(budget)}`;
  return `${most}${cents(hourly)} an hour${limit}`;
}

/** The errors of a failed rehearsal. Its resource graph is incomplete, and isn't shown. */
function failure({ rehearsal }: StackReport): Html {
  const errors = rehearsal.diagnostics.filter(({ severity }) => severity === "error");
  return html`<div class="caution">
    <h4>Why</h4>
    ${errors.map(({ message }) => html`<pre>${message}</pre>`)}
    <p>The result up to that point is incomplete, and isn’t shown.</p>
  </div>`;
}
