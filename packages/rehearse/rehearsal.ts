import type { Cloud } from "./cloud/types";
import type { Plan } from "./diff/plan";
import type { StatePlanner } from "./diff/planner";
import type { Deployment } from "./engine/deployment";
import type { Diagnostic, Finding } from "./engine/diagnostics";
import { Door } from "./engine/door";
import type { EngineServer } from "./engine/server";
import { inOrder } from "./engine/order";
import type { Resource } from "./engine/resource";
import { withOwnFrames } from "./engine/stack-traces";
import { ROOT_TYPE, typeOf } from "./engine/urn";
import { messageOf, RehearsalError, UsageError } from "./errors";
import { howItEnded } from "./hosts/child";
import { within } from "./hosts/locate";
import type { PolicyPack } from "./hosts/pack";
import { type PackRun, type StartedPack, startPack } from "./hosts/pack-process";
import { ALREADY_REPORTED, type StartedProgram, startProgram } from "./hosts/program";
import type { StackConfig } from "./project/config";
import type { PackFiles, PolicyInfo } from "./project/pack-config";
import type { Project } from "./project/project";
import type { Values } from "./values";

/** Runs a program and its packs. */
export interface Hosts {
  readonly startPack: typeof startPack;
  readonly startProgram: typeof startProgram;
  /** Whether it can run several stacks at a time. */
  readonly parallel: boolean;
  /**
   * Resolves when programs may load their own modules, with the start of their time limit in milliseconds since the
   * epoch.
   * @default at once
   */
  readonly begins?: Promise<number>;
}

/** Runs each in a process of its own, as Pulumi does. */
export const PROCESSES: Hosts = { startPack, startProgram, parallel: true };

/** A stack to rehearse. */
export interface RehearsalOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly mode: "preview" | "up";
  readonly packs: readonly PackFiles[];
  readonly cloud: Cloud;
  readonly hosts: Hosts;
  /** Types of remote components that may stay unjudged, in addition to those that the configuration allows. */
  readonly allowUnjudged: readonly string[];
  /** The resources of the stack's state, in their order. @default the stack doesn't exist yet */
  readonly state?: readonly Resource[] | undefined;
  /**
   * Whether providers also make up computed outputs in a preview: the stack as it looks when deployed. @default false
   */
  readonly isDeployed?: boolean;
  /** Whether an update continues after a policy refuses a resource. @default false */
  readonly goesOn?: boolean;
  /** Whole seconds after which program and packs are stopped. */
  readonly timeoutSeconds: number;
  /** Called after every step, for a progress line. */
  readonly onProgress: (resources: number, activity: string) => void;
}

/** The information that a pack gives about itself. */
export interface PackFacts {
  readonly name: string;
  readonly version: string;
  /** Its policies with their effective levels. */
  readonly policies: readonly PolicyInfo[];
}

/** A remote component whose children the rehearsal doesn't know, so that no policy saw them. */
export interface Unjudged {
  readonly urn: string;
  /** Whether an option or the configuration allows its type. */
  readonly allowed: boolean;
}

/** How a rehearsal of one stack in one mode ended. */
export interface Rehearsal {
  readonly stack: string;
  readonly mode: "preview" | "up";
  /**
   * `failed` when the program, the pack or the engine reported an error; `unjudged` when no policy refused anything,
   * but no policy saw some of the resources and nothing allows that.
   */
  readonly verdict: "clean" | "unjudged" | "refused" | "failed";
  /** Whether it failed because the program refused its configuration. */
  readonly refusedSettings: boolean;
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
  readonly outputs: Values;
  readonly diagnostics: readonly Diagnostic[];
  /** What the program and the packs printed, line by line. */
  readonly printed: readonly string[];
  /** The packs that judged it. */
  readonly packs: readonly PackFacts[];
  readonly unjudged: readonly Unjudged[];
  /** The changes to the stack's state, if it has one. */
  readonly plan?: Plan | undefined;
  readonly seconds: number;
}

/** How long to wait for the output of a program that has to end. */
const GRACE_MILLISECONDS = 100;

/**
 * The time limit of a program exceeds that of a pack by this, so that a hanging pack is reported before the program
 * that waits for it.
 */
const PATIENCE_MILLISECONDS = 1000;

/**
 * Runs a program through policy packs, as `pulumi preview` or `pulumi up` would.
 * @throws UsageError if a pack's configuration doesn't fit it.
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { project, stack, config, mode } = options;
  const clock = new Clock(options.timeoutSeconds);
  const printed: string[] = [];
  const onOutput = (line: string): void => void printed.push(line);
  const deadline = (): number => clock.deadline;

  const door = await Door.open();
  const run = { stack, config, mode, deadline, project: project.name, engine: door.address, onOutput };
  let served: (server: EngineServer) => void = () => undefined;
  const starting = startHosts(options, run, new Promise((resolve) => (served = resolve)));
  try {
    const engine = openEngine(options); // While the processes start.
    served(engine.server);
    const end = await runToTheEnd(options, engine, door, starting, clock);
    return rehearsalOf(options, engine, end, printed, clock.seconds);
  } finally {
    await starting.then(stopHosts, () => undefined);
    door.close();
  }
}

/** When a rehearsal began, and when it has to end. */
class Clock {
  private started = Date.now();
  constructor(private readonly timeoutSeconds: number) {}

  /** Starts again. @param at - milliseconds since the epoch */
  restart(at: number): void {
    this.started = at;
  }

  /** Milliseconds since the epoch. */
  get deadline(): number {
    return this.started + this.timeoutSeconds * 1000;
  }

  get seconds(): number {
    return (Date.now() - this.started) / 1000;
  }
}

/** The engine that answers a program. */
interface Engine {
  readonly deployment: Deployment;
  readonly server: EngineServer;
  readonly planner: StatePlanner | undefined;
  /** Passes on the packs that judge. */
  readonly ready: (packs: readonly PolicyPack[]) => void;
}

/** Loads gRPC and its messages, late, and creates the engine. */
function openEngine({ project, stack, config, mode, cloud, state, ...options }: RehearsalOptions): Engine {
  // A require also loads TypeScript that isn't bundled.
  const { Deployment } = require("./engine/deployment") as typeof import("./engine/deployment");
  const { EngineServer } = require("./engine/server") as typeof import("./engine/server");
  const planner =
    state &&
    new (require("./diff/planner") as typeof import("./diff/planner")).StatePlanner(
      { stack, project: project.name },
      state,
    );
  let ready: Engine["ready"] = () => undefined;
  const deployment = new Deployment({
    mode,
    stack,
    config,
    analyzers: new Promise<readonly PolicyPack[]>((resolve) => (ready = resolve)),
    project: project.name,
    cloud,
    programDir: project.workingDir,
    planner,
    isDeployed: options.isDeployed ?? false,
    goesOn: options.goesOn ?? false,
  });
  return { deployment, planner, ready, server: new EngineServer(deployment) };
}

/** How a run ended, apart from what its deployment knows. */
interface End {
  readonly packs: readonly PolicyPack[];
  /** Whether something failed that the deployment doesn't know of. */
  readonly endedBadly: boolean;
  /** The message about that. @default the deployment's diagnostics contain it */
  readonly failure?: string | undefined;
  readonly refusedSettings: boolean;
}

/** Runs the program and lets the packs judge. @throws UsageError if a pack's configuration doesn't fit it. */
async function runToTheEnd(
  options: RehearsalOptions,
  { deployment, server, ready }: Engine,
  door: Door,
  starting: Promise<StartedHosts>,
  clock: Clock,
): Promise<End> {
  const { PolicyPack } = require("./hosts/pack") as typeof import("./hosts/pack");
  const { mode, hosts, goesOn = false, onProgress } = options;
  let hasBegun = hosts.begins === undefined;
  const progress = setInterval(() => {
    if (hasBegun) onProgress(deployment.resources.size, deployment.activity);
  }, 100);
  let packs: readonly PolicyPack[] = [];
  try {
    server.answerAt(door);
    const { processes, program } = await starting;
    try {
      packs = await allOrNone(processes.map((pack) => PolicyPack.configured(pack)));
      ready(packs);
      if (hosts.begins) {
        clock.restart(await hosts.begins);
        hasBegun = true;
      }
      const ended = Promise.race([program.exited, deployment.ended.then(() => sleep(GRACE_MILLISECONDS))]);
      const patience = clock.deadline - Date.now() + PATIENCE_MILLISECONDS;
      const status = await within(patience, ended, () => late(options, deployment));
      await deployment.verdicts.heard;
      // A refused update ends its program; how it ends doesn't matter.
      const cutShort = mode === "up" && deployment.verdicts.refused && !goesOn;
      if (status === 0 && !deployment.failed && !cutShort) await deployment.analyzeStack();
      const endedBadly = status !== undefined && status !== 0 && !cutShort;
      return {
        packs,
        endedBadly,
        failure: endedBadly && !deployment.failed ? failureOf(status, deployment) : undefined,
        refusedSettings: status === ALREADY_REPORTED && isAboutSettings(deployment),
      };
    } finally {
      deployment.stop();
      program.kill();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // The pack's own message comes first: it names the fault.
    const cause = error instanceof Error ? error.cause : undefined;
    const said =
      typeof cause === "string" && cause !== ""
        ? `${withOwnFrames(cause).replace(/^error: (\[runtime\] )?/, "")}\n`
        : "";
    return { packs, endedBadly: true, failure: `${said}${messageOf(error)}`, refusedSettings: false };
  } finally {
    clearInterval(progress);
    for (const pack of packs) pack.stop();
    server.close();
  }
}

function rehearsalOf(
  { stack, mode, config, allowUnjudged }: RehearsalOptions,
  { deployment, planner }: Engine,
  { packs, endedBadly, failure, refusedSettings }: End,
  printed: readonly string[],
  seconds: number,
): Rehearsal {
  const diagnostics: Diagnostic[] = [
    ...config.warnings.map((message) => ({ severity: "warning" as const, message, urn: "" })),
    ...deployment.unanswered.instead(deployment.diagnostics),
  ];
  if (failure !== undefined) diagnostics.push({ severity: "error", message: failure, urn: "" });
  const failed = deployment.failed || endedBadly;
  const resources = inOrder(deployment.resources.values());
  const root = resources.find(({ type }) => type === ROOT_TYPE);
  const allowed = [...allowUnjudged, ...config.engine.allowUnjudged];
  const unjudged = [...deployment.boxes.urns].map((urn) => ({ urn, allowed: allowed.includes(typeOf(urn)) }));
  const plan = failed ? undefined : planner?.finish();
  diagnostics.push(...(plan?.notes ?? []));
  const refused = deployment.verdicts.refused || (plan?.refusals.length ?? 0) > 0;
  const passed = unjudged.every((component) => component.allowed) ? "clean" : "unjudged";
  return {
    stack,
    mode,
    diagnostics,
    printed,
    verdict: failed ? "failed" : refused ? "refused" : passed,
    refusedSettings,
    resources,
    findings: byResource(deployment.verdicts.findings, resources),
    outputs: root?.outputs ?? {},
    packs: packs.map(({ name, version, policies }) => ({ name, version, policies })),
    unjudged,
    plan,
    seconds,
  };
}

/** The result for a stack that can't be rehearsed. */
export function failedRehearsal(stack: string, mode: Rehearsal["mode"], message: string): Rehearsal {
  return {
    stack,
    mode,
    verdict: "failed",
    refusedSettings: false,
    resources: [],
    findings: [],
    outputs: {},
    diagnostics: [{ severity: "error", message, urn: "" }],
    printed: [],
    packs: [],
    unjudged: [],
    seconds: 0,
  };
}

interface StartedHosts {
  readonly processes: readonly StartedPack[];
  readonly program: StartedProgram;
}

function stopHosts({ processes, program }: StartedHosts): void {
  for (const one of [program, ...processes]) one.kill();
}

/** Starts the packs and the program; if one can't start, it stops the others. */
async function startHosts(
  { hosts, packs, project }: RehearsalOptions,
  run: PackRun,
  server: Promise<EngineServer>,
): Promise<StartedHosts> {
  const processes: StartedPack[] = [];
  try {
    for (const files of packs) processes.push(hosts.startPack(files, run));
    const program = hosts.startProgram({
      ...run,
      project,
      server,
      onStdout: run.onOutput,
      onStderr: run.onOutput,
    });
    return { processes, program };
  } catch (error) {
    for (const pack of processes) pack.kill();
    throw error;
  }
}

/** Sorts findings by resource, and for one resource by pack. */
function byResource(findings: readonly Finding[], resources: readonly Resource[]): Finding[] {
  const position = new Map(resources.map(({ urn }, index) => [urn, index] as const));
  // The resource that an update refused is not in the list: it came last.
  const at = ({ urn }: Finding): number => position.get(urn) ?? resources.length;
  return [...findings].sort((a, b) => at(a) - at(b));
}

/** Waits for all packs; if one fails to start, it stops the others first. */
async function allOrNone(starting: readonly Promise<PolicyPack>[]): Promise<PolicyPack[]> {
  const outcomes = await Promise.allSettled(starting);
  const packs = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) {
    for (const pack of packs) pack.stop();
    throw failed.reason;
  }
  return packs;
}

/** The SDK's messages for missing or malformed configuration. @see config.ts of the Node.js SDK */
const OF_CONFIGURATION = /^(Missing required configuration variable '|Configuration '[^']+' value ')/;

/**
 * Whether a program failed because it refused its configuration: the SDK says so, or the program threw an error
 * without a stack, which is meant for its user, before it declared anything.
 */
function isAboutSettings({ diagnostics, resources }: Deployment): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const isEarly = [...resources.values()].every(({ type }) => type === ROOT_TYPE);
  return (
    errors.length > 0 &&
    errors.every(
      ({ message }) =>
        OF_CONFIGURATION.test(message) || (isEarly && !/^Running program '|\n\s+at /.test(message)),
    )
  );
}

/** The message about a program that failed; undefined if the program printed one. */
function failureOf(status: number | undefined, { diagnostics }: Deployment): string | undefined {
  if (diagnostics.some(({ severity }) => severity === "error")) return undefined;
  return status === ALREADY_REPORTED
    ? "the program failed; see what it printed"
    : `the program ${howItEnded(status ?? 1)}; see what it printed, and whether it calls process.exit`;
}

function late({ timeoutSeconds, mode }: RehearsalOptions, deployment: Deployment): Error {
  const { activity } = deployment;
  const waited = activity === "" ? "before it registered anything" : `its last step was ${activity}`;
  return new RehearsalError(
    `the program did not finish in ${timeoutSeconds} s (${mode}) and was stopped: ${waited}. ` +
      "If it only needs more time, set --timeout SECONDS",
  );
}

/** Doesn't keep the process alive: a rehearsal that finishes earlier ends at once. */
function sleep(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds).unref());
}
