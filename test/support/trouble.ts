/** Failures of the engine's calls to the simulated AWS. */
import * as grpc from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";

/** A call that changes something, and not in a preview. */
export interface Call {
  readonly op: "create" | "update" | "delete";
  readonly urn: string;
  /** What is deleted, or changed: AWS's id of it. */
  readonly id?: string;
}

/**
 * Stands between the engine and what AWS does.
 *
 * @param act - does it; whoever doesn't call it has AWS know nothing of the call
 * @returns what the engine is answered, or never anything; what it throws is the error, see {@link InitFailed}
 */
export type Around = <Answer>(call: Call, act: () => Answer) => Promise<Answer>;

/**
 * AWS has made or changed a resource, and it isn't what it should be, such as after a time-out: the engine keeps it, and
 * goes on with it the next time.
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

/** An error of gRPC; the engine looks for the resource of {@link InitFailed} in its details. */
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
