import { type Figure, type Figures, isMet, type Kept, type Part, type Peer } from "./part";

/** docs/figures.md, as Markdown: the promises of each part, and the measurements. */
export function pageOf(parts: readonly Part[], figures: Figures): string {
  const all = parts.flatMap(({ name }) => figures[name]?.figures ?? []);
  const missed = all.filter((figure) => isMet(figure) === false).length;
  const met = all.filter((figure) => isMet(figure) === true).length;
  const open = parts.filter(({ name }) => figures[name] === undefined).map(({ name }) => `\`${name}\``);
  return [
    "# The figures",
    "",
    "What we promise, measured. `npm run figures` measures everything, and `npm run figures -- PART` one part. They generate " +
      "this page from the results, `bench/figures/figures.json`: don't edit it. Each figure shows how often something was " +
      "done (`--count`) and how busy the machine was.",
    "",
    `${met} goals are met, ${missed} missed.${open.length === 0 ? "" : ` Not measured: ${open.join(", ")}.`}`,
    "",
    ...parts.flatMap((part) => sectionOf(part, figures[part.name])),
  ].join("\n");
}

function sectionOf(part: Part, kept: Kept | undefined): string[] {
  return [
    `## ${part.name}`,
    "",
    part.claims,
    "",
    `_Judge_: ${part.judge}`,
    "",
    ...(kept === undefined ? ["Not measured."] : measuredOf(part, kept)),
    "",
    ...(part.peers ?? []).map((peer) => `- ${toldOf(peer)}`),
    "",
  ];
}

function measuredOf(part: Part, { figures, faults, count, date, seconds, machine }: Kept): string[] {
  const times = count === 0 ? "" : `${numberOf(count)} ${part.counted}, `;
  const [before, after] = machine.load;
  return [
    "| figure | value | of | goal | |",
    "| --- | --: | --: | --: | --- |",
    ...figures.map(rowOf),
    "",
    `${date}: ${times}${numberOf(seconds)} s, on ${machine.cores} cores and ${machine.gibibytes} GiB, ` +
      `Node ${machine.node.replace("v", "")}, ${machine.system}, load ${before} to ${after}.`,
    "",
    ...(faults.length === 0 ? [] : ["Known faults that it found:", ""]),
    ...faults.map((fault) => `- ${fault.replaceAll("\n", " ")}`),
  ];
}

function rowOf(figure: Figure): string {
  const { what, value, unit, goal, of } = figure;
  const met = isMet(figure);
  const limit =
    goal === undefined ? "" : "atMost" in goal ? `≤ ${numberOf(goal.atMost)}` : `≥ ${numberOf(goal.atLeast)}`;
  const cells = [
    what,
    `${numberOf(value)}${unit === "" ? "" : ` ${unit}`}`,
    of === undefined ? "" : numberOf(of),
    limit,
    met === undefined ? "" : met ? "met" : "**missed**",
  ];
  return `| ${cells.join(" | ")} |`;
}

function toldOf({ who, says, source }: Peer): string {
  return `**${who}**: ${says} ([${source.startsWith("http") ? "source" : source}](${source}))`;
}

/** Three significant digits for fractions, because more would be noise. */
function numberOf(value: number): string {
  return (Number.isInteger(value) ? value : Number(value.toPrecision(3))).toLocaleString("en-GB");
}
