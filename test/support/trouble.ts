/** Failures of the engine's calls to the simulated AWS. */
import * as grpc from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";

/** A call that changes something, outside of a preview. */
export interface Call {
  readonly op: "create" | "update" | "delete";
  readonly urn: string;
  /** AWS's id of a deleted or changed resource. */
  readonly id?: string;
}

/**
 * Wraps what AWS does for a call of the engine.
 *
 * @param act - performs the call; if it isn't called, AWS never gets the call
 * @returns the answer to the engine; it may never resolve, or reject with an error, see {@link InitFailed}
 */
export type Around = <Answer>(call: Call, act: () => Answer) => Promise<Answer>;

/**
 * AWS has created or changed a resource, but the resource isn't ready, such as after a timeout: the engine keeps it,
 * and continues with it in the next update.
 *
 * Source: pulumi/pulumi `proto/pulumi/provider.proto` (ErrorResourceInitFailed)
 */
export class InitFailed extends Error {
  constructor(
    message: string,
    readonly answer: rpc.CreateResponse | rpc.UpdateResponse,
  ) {
    super(message);
  }
}

/** A gRPC error. The engine looks for the resource of {@link InitFailed} in its details. */
export function serviceError(error: unknown): Partial<grpc.ServiceError> {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitFailed)) return { code: grpc.status.UNKNOWN, details };
  const { answer } = error;
  const failed = new rpc.ErrorResourceInitFailed()
    .setProperties(answer.getProperties())
    .setReasonsList([details]);
  if (answer instanceof rpc.CreateResponse) failed.setId(answer.getId());
  const any = new Any();
  any.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(details).setDetailsList([any]);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details, metadata };
}
