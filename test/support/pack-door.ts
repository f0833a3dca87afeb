import type * as rpc from "@pulumi/pulumi/proto/analyzer_pb";

/** Which pack to start, and how. */
export interface PackOptions {
  /** Folder of the pack, relative to the working directory. */
  readonly directory: string;
  /** What the pack is told about the run it belongs to. @default true: a preview */
  readonly dryRun?: boolean;
  /** Milliseconds the pack may take to say its port. @default 30000 */
  readonly startTimeout?: number;
  /** Milliseconds any one call may take. @default 10000 */
  readonly callTimeout?: number;
}

/** How a pack is asked, in the messages of its protocol. */
export interface Door {
  /** The process in which the pack runs. */
  readonly pid: number;
  analyze(request: rpc.AnalyzeRequest): Promise<rpc.AnalyzeResponse>;
  analyzeStack(request: rpc.AnalyzeStackRequest): Promise<rpc.AnalyzeResponse>;
  configure(request: rpc.ConfigureAnalyzerRequest): Promise<void>;
  info(): Promise<rpc.AnalyzerInfo>;
  /** Ends the pack, and waits until it is gone. */
  close(): Promise<void>;
}
