import { createRequire } from "node:module";

import { PARALLEL } from "../engine/contracts";
import type { EngineServer } from "../engine/server";
import type { StackConfig } from "../project/config";
import { ORGANIZATION, type Project } from "../project/project";
import { answer } from "./calls";
import { type Channel, ManagedChild } from "./child";
import { locateSdkScript, PRELOAD, splitArguments } from "./locate";

/** The exit status of a program that has already printed its errors. */
export const ALREADY_REPORTED = 32;

/**
 * TypeScript errors about incompatible options, such as the SDK's `moduleResolution` with the program's `module`
 * (TS5110). Errors below 5050 concern options that don't exist.
 * Source: microsoft/TypeScript `verifyCompilerOptions` of `src/compiler/program.ts`.
 */
const OPTIONS_AT_ODDS = Array.from({ length: 200 }, (_, nth) => 5050 + nth).join();

/** The program to run, and its engine. */
export interface ProgramOptions {
  readonly project: Project;
  readonly stack: string;
  readonly config: StackConfig;
  readonly mode: "preview" | "up";
  /** `127.0.0.1:PORT` of monitor and engine. */
  readonly engine: string;
  /** The server at that address. */
  readonly server: Promise<EngineServer>;
  readonly onStdout: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

/** A program that has been started. */
export interface StartedProgram {
  /** Resolves with its exit status once it has ended. */
  readonly exited: Promise<number>;
  /** Ends it. */
  kill(): void;
}

/**
 * Starts a program exactly as the Node.js language host does: with the SDK's own `cmd/run`.
 * Source: pulumi/pulumi `sdk/nodejs/cmd/pulumi-language-nodejs/main.go`.
 *
 * @param channel - for `--watch`. @default none
 */
export function startProgram(options: ProgramOptions, channel?: Channel): StartedProgram {
  const { project, config, engine } = options;
  const run = locateSdkScript(project.workingDir, "run");
  const { typescript, tsconfig, nodeargs } = project.runtime;
  // A rehearsal doesn't check types: that takes ten times as long as everything else.
  const transpileOnly = process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? "true";
  const configuration = config.entries().map(([key, value]) => [key.replace(":", ":config:"), value]);
  return new ManagedChild({
    channel,
    calls: channel && ((stream) => void options.server.then(({ services }) => answer(stream, services))),
    cwd: project.workingDir,
    onStdout: options.onStdout,
    onStderr: options.onStderr,
    args: [
      // Use the short form: the SDK takes the long one for a loader of the program.
      "-r",
      PRELOAD,
      ...splitArguments(nodeargs),
      run,
      "--monitor",
      engine,
      "--engine",
      engine,
      "--organization",
      ORGANIZATION,
      "--project",
      project.name,
      "--stack",
      options.stack,
      "--root-directory",
      project.root,
      "--pwd",
      project.workingDir,
      "--parallel",
      String(PARALLEL),
      ...(options.mode === "preview" ? ["--dry-run"] : []),
      project.entryPoint,
    ],
    env: {
      ...config.variables,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys()),
      // For ts-node as a loader of ES modules, the SDK's or the program's own, which doesn't see the SDK's options.
      TS_NODE_TRANSPILE_ONLY: process.env["TS_NODE_TRANSPILE_ONLY"] ?? transpileOnly,
      // From version 8, which programs install, ts-node reports these errors only if it doesn't check types; the
      // SDK's version 7 always does.
      ...(hasTsNode(run) ? { TS_NODE_IGNORE_DIAGNOSTICS: OPTIONS_AT_ODDS } : {}),
      ...(typescript
        ? { PULUMI_NODEJS_TYPESCRIPT: "true", PULUMI_NODEJS_TRANSPILE_ONLY: transpileOnly }
        : {}),
      ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
  });
}

/** Whether an SDK resolves a ts-node other than its own. */
function hasTsNode(sdkScript: string): boolean {
  try {
    return createRequire(sdkScript).resolve("ts-node") !== "";
  } catch {
    return false;
  }
}
