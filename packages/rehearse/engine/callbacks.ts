import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import {
  type Callback,
  CallbackInvokeRequest,
  type CallbackInvokeResponse,
} from "@pulumi/pulumi/proto/callback_pb";
import {
  type TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Values } from "../values";
import type { TransformFunction } from "./resource";

/** A transform of the arguments of provider functions. */
export type InvokeTransform = (
  token: string,
  args: Values,
  options: TransformInvokeOptions,
) => Promise<{ args: Values; options: TransformInvokeOptions }>;

/** The callbacks that the program registers with the engine; they run in the program's own process. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  /** Wraps a resource transform as a function. */
  transform(callback: Callback): TransformFunction {
    return async ({ type, name, parent, custom }, properties, options) => {
      const request = new TransformRequest()
        .setType(type)
        .setName(name)
        .setParent(parent)
        .setCustom(custom)
        .setProperties(Struct.fromJavaScript(properties))
        .setOptions(options);
      const response = TransformResponse.deserializeBinary(
        await this.call(callback, request.serializeBinary()),
      );
      const changed = response.getProperties();
      return {
        properties: changed ? changed.toJavaScript() : properties,
        options: response.getOptions() ?? options,
      };
    };
  }

  /** Wraps an invoke transform as a function. */
  invokeTransform(callback: Callback): InvokeTransform {
    return async (token, args, options) => {
      const request = new TransformInvokeRequest()
        .setToken(token)
        .setArgs(Struct.fromJavaScript(args))
        .setOptions(options);
      const response = TransformInvokeResponse.deserializeBinary(
        await this.call(callback, request.serializeBinary()),
      );
      const changed = response.getArgs();
      return { args: changed ? changed.toJavaScript() : args, options: response.getOptions() ?? options };
    };
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private async call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const target = callback.getTarget();
    const client = this.clients.get(target) ?? new CallbacksClient(target, grpc.credentials.createInsecure());
    this.clients.set(target, client);
    const message = new CallbackInvokeRequest().setToken(callback.getToken()).setRequest(request);
    const response = await new Promise<CallbackInvokeResponse>((resolve, reject) =>
      client.invoke(message, (error, answer) => (error ? reject(new Error(error.details)) : resolve(answer))),
    );
    return response.getResponse_asU8();
  }
}
