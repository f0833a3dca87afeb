/**
 * Runs a policy pack as the Pulumi engine does, and sends it resources over its gRPC protocol. With `PACK_IN_PROCESS=1`
 * in the environment, the same tests run the same rules inside their own process, which mutation testing needs
 * (docs/mutation.md).
 *
 * ```ts
 * describe("a listener", () => {
 *   const pack = packForSuite({ directory: "policies" });
 *   it("must say its protocol", async () => {
 *     const { findings } = await pack().analyze({ type: "aws:lb/listener:Listener", props: { protocol: UNKNOWN } });
 *     assert.equal(findings[0]?.level, "mandatory");
 *   });
 * });
 * ```
 *
 * Source: pulumi/pulumi `proto/pulumi/analyzer.proto`.
 */
import assert from "node:assert/strict";

import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Door, PackOptions } from "./pack-door";
import { openInProcess } from "./pack-in-process";
import { openProcess, START_TIMEOUT } from "./pack-process";

/** An unknown value on the wire, of any type: a computed output in a preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A secret on the wire. */
export function secret(value: unknown): Record<string, unknown> {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/**
 * A resource for the pack to judge. {@link Pack.analyze} uses the properties as inputs, {@link Pack.analyzeStack} as
 * outputs.
 */
export interface TestResource {
  /** Exact type token. */
  readonly type: string;
  /** @default "it" */
  readonly name?: string;
  /** In wire form: plain JSON, with {@link UNKNOWN} and {@link secret}. */
  readonly props: Readonly<Record<string, unknown>>;
  /** URN of the parent; {@link urnOf} makes one. @default none */
  readonly parent?: string;
  /** The URNs of the resources whose outputs went into a property, by property. @default none */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** The URNs of the resources that it depends on. @default none */
  readonly dependencies?: readonly string[];
  /** The Region of its provider. @default it has no provider */
  readonly region?: string;
  /** Paths whose changes the program ignores. @default none */
  readonly ignoreChanges?: readonly string[];
}

/** A violation as the engine receives it. */
export interface Finding {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "disabled" | "remediate";
  /** The URN of the resource in question; empty when the policy names none. */
  readonly urn: string;
  /** The whole text: the policy's description, a line break, the violation. */
  readonly message: string;
}

/** The pack's response. */
export interface Analysis {
  readonly findings: readonly Finding[];
  /** The names of the policies that declared themselves not applicable. */
  readonly notApplicable: readonly string[];
}

/** The metadata of one policy of the pack. */
export interface PolicyFacts {
  readonly name: string;
  readonly level: Finding["level"];
  readonly kind: "resource" | "stack";
  readonly description: string;
}

/** The configuration of a policy. */
export interface PolicySettings {
  /** @default "mandatory" */
  readonly level?: Finding["level"];
  /** The policy's own settings. */
  readonly [setting: string]: unknown;
}

/** The URN of a test resource. */
export function urnOf({ type, name = "it" }: Pick<TestResource, "type" | "name">): string {
  return `urn:pulumi:test::web-store::${type}::${name}`;
}

/**
 * Provides a pack for the tests of the enclosing `describe`: one that another suite no longer uses, reset to its first
 * state, or a new one. Starting a pack takes longer than most suites. The pack ends with the process.
 *
 * @returns a function that returns the running pack; call it inside tests and hooks
 */
export function packForSuite(options: PackOptions): () => Pack {
  let pack: Pack | undefined;
  const key = JSON.stringify(options);
  before(async function () {
    this.timeout((options.startTimeout ?? START_TIMEOUT) + 1_000);
    pack = left.get(key)?.pop() ?? (await startPack(options));
  });
  after(async () => {
    if (pack === undefined) return;
    await pack.configure({});
    // The pack forgets the resources of a run when it gets the inputs of a resource that it judges.
    await pack.run([{ type: "aws:lb/listener:Listener", name: "last", props: {} }]);
    left.set(key, [...(left.get(key) ?? []), pack]);
    pack = undefined;
  });
  return () => {
    if (!pack) throw new Error("The pack runs only while the tests do; ask for it inside a test or hook.");
    return pack;
  };
}

/** Idle packs, by their options. */
const left = new Map<string, Pack[]>();

/**
 * Starts a pack; stop it when done.
 *
 * @throws if it does not start, with what it wrote to its error output
 */
export async function startPack(options: PackOptions): Promise<Pack> {
  const open = process.env.PACK_IN_PROCESS === "1" ? openInProcess : openProcess;
  return new Pack(await open(options));
}

/** A running pack; stop it when done. */
export class Pack {
  constructor(private readonly door: Door) {}

  /** The pack's process. */
  get pid(): number {
    return this.door.pid;
  }

  /** Runs the resource policies on one resource. */
  async analyze(resource: TestResource): Promise<Analysis> {
    const request = new rpc.AnalyzeRequest()
      .setType(resource.type)
      .setName(resource.name ?? "it")
      .setUrn(urnOf(resource))
      .setProperties(struct(resource.props))
      .setOptions(optionsOf(resource));
    return analysis(await this.door.analyze(request));
  }

  /** Runs the stack policies on all resources of a stack. */
  async analyzeStack(resources: readonly TestResource[]): Promise<Analysis> {
    const request = new rpc.AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
    return analysis(await this.door.analyzeStack(request));
  }

  /**
   * Sends the pack a stack as the engine does: the inputs of each resource, then the outputs of all resources.
   *
   * @returns the results of all policies, those of resource policies first
   */
  async run(resources: readonly TestResource[]): Promise<Analysis> {
    await this.analyzeStack([]); // Ends the previous run, so that the pack forgets its resources.
    const answers: Analysis[] = [];
    for (const resource of resources) {
      const { findings, notApplicable } = await this.analyze(resource);
      answers.push({
        findings: findings.map((finding) => ({ ...finding, urn: urnOf(resource) })),
        notApplicable,
      });
    }
    answers.push(await this.analyzeStack(resources));
    return {
      findings: answers.flatMap(({ findings }) => findings),
      notApplicable: answers.flatMap(({ notApplicable }) => notApplicable),
    };
  }

  /**
   * Configures all policies: those that are left out get their defaults.
   *
   * @param config - the level and the settings of each policy, by name
   */
  async configure(config: Readonly<Record<string, PolicySettings>>): Promise<void> {
    const request = new rpc.ConfigureAnalyzerRequest();
    for (const [policy, { level = "mandatory", ...settings }] of Object.entries(config)) {
      const message = new rpc.PolicyConfig()
        .setEnforcementlevel(LEVELS.indexOf(level))
        .setProperties(struct(settings));
      request.getPolicyconfigMap().set(policy, message);
    }
    await this.door.configure(request);
  }

  /** The pack's metadata. */
  async info(): Promise<{ name: string; version: string; policies: readonly PolicyFacts[] }> {
    const info = await this.door.info();
    const policies = info
      .getPoliciesList()
      .map((policy) => ({
        name: policy.getName(),
        level: levelName(policy.getEnforcementlevel()),
        kind: policy.getPolicyType() === rpc.PolicyType.POLICY_TYPE_STACK ? "stack" : "resource",
        description: policy.getDescription(),
      })) satisfies PolicyFacts[];
    return { name: info.getName(), version: info.getVersion(), policies };
  }

  /** Stops the pack and waits for its exit. */
  stop(): Promise<void> {
    return this.door.close();
  }
}

function providerIn(region: string): rpc.AnalyzerProviderResource {
  const type = "pulumi:providers:aws";
  return new rpc.AnalyzerProviderResource()
    .setType(type)
    .setName(region)
    .setUrn(urnOf({ type, name: region }))
    .setProperties(struct({ region }));
}

function optionsOf({ ignoreChanges = [] }: TestResource): rpc.AnalyzerResourceOptions {
  return new rpc.AnalyzerResourceOptions().setIgnorechangesList([...ignoreChanges]);
}

function stackResource(resource: TestResource): rpc.AnalyzerResource {
  const message = new rpc.AnalyzerResource()
    .setType(resource.type)
    .setName(resource.name ?? "it")
    .setUrn(urnOf(resource))
    .setProperties(struct(resource.props))
    .setParent(resource.parent ?? "")
    .setDependenciesList([...(resource.dependencies ?? [])])
    .setOptions(optionsOf(resource));
  if (resource.region !== undefined) message.setProvider(providerIn(resource.region));
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new rpc.AnalyzerPropertyDependencies().setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function struct(props: Readonly<Record<string, unknown>>): Struct {
  return Struct.fromJavaScript(props as Record<string, JavaScriptValue>);
}

function analysis(response: rpc.AnalyzeResponse): Analysis {
  return {
    findings: response
      .getDiagnosticsList()
      .map((diagnostic) => ({
        policy: diagnostic.getPolicyname(),
        level: levelName(diagnostic.getEnforcementlevel()),
        urn: diagnostic.getUrn(),
        message: withoutGaps(diagnostic.getMessage()),
      })),
    notApplicable: response.getNotApplicableList().map((policy) => policy.getPolicyName()),
  };
}

/** The message; fails the test if a placeholder in it is empty. */
function withoutGaps(message: string): string {
  assert.doesNotMatch(message, /^[ ,.;:]|[ ,;:]$| {2}| \.$|[\w:,] [,;:]( |$)| \(\)|\bundefined\b/m);
  return message;
}

/** The levels by their numbers in the protocol. */
const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

function levelName(level: rpc.EnforcementLevel): Finding["level"] {
  const name = LEVELS[level];
  if (name === undefined)
    throw new Error(`The pack used enforcement level ${level}, which the protocol lacks.`);
  return name;
}
