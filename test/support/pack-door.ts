import type * as rpc from "@pulumi/pulumi/proto/analyzer_pb";

/** The pack to start, and its options. */
export interface PackOptions {
  /** Folder of the pack, relative to the working directory. */
  readonly directory: string;
  /** Whether the pack's run is a preview. @default true */
  readonly dryRun?: boolean;
  /** Milliseconds within which the pack must print its port. @default 30000 */
  readonly startTimeout?: number;
  /** Time limit of a single call, in milliseconds. @default 10000 */
  readonly callTimeout?: number;
}

/** Calls to a pack, in the messages of its protocol. */
export interface Door {
  /** The process in which the pack runs. */
  readonly pid: number;
  analyze(request: rpc.AnalyzeRequest): Promise<rpc.AnalyzeResponse>;
  analyzeStack(request: rpc.AnalyzeStackRequest): Promise<rpc.AnalyzeResponse>;
  configure(request: rpc.ConfigureAnalyzerRequest): Promise<void>;
  info(): Promise<rpc.AnalyzerInfo>;
  /** Stops the pack, and waits for its exit. */
  close(): Promise<void>;
}
