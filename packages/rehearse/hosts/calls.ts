import type * as Grpc from "@grpc/grpc-js";
import type { Client, ServiceDefinition } from "@grpc/grpc-js";
import { createRequire } from "node:module";
import type { Socket } from "node:net";
import { join } from "node:path";
import { PACKAGE } from "../paths";

/** A service and its implementation. */
export type Service = readonly [ServiceDefinition, object];

/** The calling end of a pipe. */
export interface Asking {
  /** Whether the other end answers. */
  readonly isAnswered: boolean;
}

/** The parts shared by both ends of a pipe. */
export const { answer, Asking, clientOver } = createRequire(join(PACKAGE, "bin.cjs"))("./hosts/pipe.cjs") as {
  readonly answer: (stream: Socket, services: readonly Service[]) => void;
  readonly Asking: new (stream: Socket, isAnswered: boolean) => Asking;
  readonly clientOver: <Made extends typeof Client>(
    client: Made,
    service: ServiceDefinition,
    asking: Asking,
    grpc: typeof Grpc,
  ) => Made;
};
