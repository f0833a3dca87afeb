import * as grpc from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { type IResourceMonitorServer, ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  DeploymentInfo,
  ReadResourceResponse,
  RegisterPackageResponse,
  type RegisterPackageRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeResponse,
  ResourceMonitorFeature,
  Result,
  SupportsFeatureResponse,
  TransformInvokeOptions,
  TransformResourceOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { messageOf } from "../errors";
import { UNKNOWN, type Values } from "../values";
import { aliasesOf } from "./existing";
import { Callbacks, type InvokeTransform } from "./callbacks";
import { ORGANIZATION } from "../project/project";
import { PARALLEL, ShutDown } from "./contracts";
import type { Deployment } from "./deployment";
import type { Door } from "./door";
import type { Registration } from "./resource";
import { withOwnFrames } from "./stack-traces";
import { isProviderType, packageOf } from "./urn";

/**
 * The features that the engine offers to the SDK: all but state migrations, byte strings, and the parent of a
 * function.
 */
const FEATURES = [
  ["secrets", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ["resourceReferences", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES],
  ["outputValues", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES],
  ["aliasSpecs", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
  ["deletedWith", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
  ["replaceWith", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH],
  ["replacementTrigger", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER],
  ["transforms", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_TRANSFORMS],
  ["invokeTransforms", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS],
  ["parameterization", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION],
  ["resourceHooks", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS],
  ["errorHooks", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS],
  ["invokeDependsOn", ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_INVOKE_DEPENDS_ON],
] as const;

const SEVERITY = {
  [LogSeverity.DEBUG]: "debug",
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
} as const;

/** gRPC limits received messages to 4 MiB by default, but not sent ones. */
const UNLIMITED = { "grpc.max_receive_message_length": -1 };

/** The two gRPC services of a program's SDK, behind one {@link Door}, in front of a {@link Deployment}. */
export class EngineServer {
  private readonly server = new grpc.Server(UNLIMITED);
  private readonly callbacks = new Callbacks();
  private readonly invokeTransforms: InvokeTransform[] = [];
  private readonly packages = new Map<string, { pkg: string; version: string }>();
  private rootUrn = "";

  /** Each service with its implementation. */
  readonly services;

  constructor(private readonly deployment: Deployment) {
    this.services = [
      [ResourceMonitorService, this.monitor(false)],
      [EngineService, this.engine()],
    ] as const;
    for (const [service, handlers] of this.services) this.server.addService(service, handlers);
  }

  /** Answers all callers at the door. */
  answerAt(door: Door): void {
    const callers = this.server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    door.leadTo((caller) => callers.injectConnection(caller));
  }

  close(): void {
    this.callbacks.close();
    this.server.forceShutdown();
  }

  /**
   * The service that answers the calls of a program, including the registrations of its resources.
   *
   * @param tellsTheEnd - whether calls after the deployment's end are answered, for a program that can't be killed.
   *   Otherwise the engine doesn't answer and kills the program, because its SDK would report the answer with many
   *   messages. @default true
   */
  monitor(tellsTheEnd = true): IResourceMonitorServer {
    const answer = answers(tellsTheEnd);
    const { deployment } = this;
    const { project, stack, config, mode } = deployment.options;
    return {
      getDeploymentInfo: answer(async () => {
        const info = new DeploymentInfo()
          .setProject(project)
          .setStack(stack)
          .setOrganization(ORGANIZATION)
          .setDryrun(mode === "preview")
          .setParallel(PARALLEL)
          .setConfigsecretkeysList(config.secretKeys())
          .setSupportedfeaturesList(FEATURES.map(([, feature]) => feature));
        for (const [key, value] of config.entries()) info.getConfigMap().set(key, value);
        return info;
      }),
      supportsFeature: answer(async (request) =>
        new SupportsFeatureResponse().setHassupport(FEATURES.some(([id]) => id === request.getId())),
      ),
      registerResource: answer(async (request) => {
        const { resource, outputs, dependencies } = await deployment.register(this.registration(request));
        // Only a provider's id may travel as unknown: the program builds references from it.
        const id = resource.id === UNKNOWN && !isProviderType(resource.type) ? "" : resource.id;
        const response = new RegisterResourceResponse()
          .setUrn(resource.urn)
          .setId(id)
          .setObject(Struct.fromJavaScript(request.getCustom() || request.getRemote() ? outputs : {}))
          .setResult(Result.SUCCESS);
        for (const [output, urns] of Object.entries(dependencies)) {
          const message = new RegisterResourceResponse.PropertyDependencies().setUrnsList([...urns]);
          response.getPropertydependenciesMap().set(output, message);
        }
        return response;
      }),
      registerResourceOutputs: answer(async (request) => {
        deployment.registerOutputs(request.getUrn(), valuesOf(request.getOutputs()));
        return new Empty();
      }),
      readResource: answer(async (request) => {
        const resource = await deployment.read({
          type: request.getType(),
          name: request.getName(),
          parent: request.getParent(),
          id: request.getId(),
          properties: valuesOf(request.getProperties()),
          dependencies: request.getDependenciesList(),
          provider: request.getProvider(),
          version: request.getVersion(),
          pluginDownloadUrl: request.getPlugindownloadurl(),
          additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
        });
        return new ReadResourceResponse()
          .setUrn(resource.urn)
          .setProperties(Struct.fromJavaScript(resource.outputs));
      }),
      invoke: answer(async (request) => {
        const token = request.getTok();
        let args = valuesOf(request.getArgs());
        let options = new TransformInvokeOptions()
          .setProvider(request.getProvider())
          .setVersion(request.getVersion())
          .setPluginDownloadUrl(request.getPlugindownloadurl());
        for (const transform of this.invokeTransforms)
          ({ args, options } = await transform(token, args, options));
        const asked = {
          ...(this.packages.get(request.getPackageref()) ?? {
            pkg: packageOf(token),
            version: options.getVersion(),
          }),
          pluginDownloadUrl: options.getPluginDownloadUrl(),
        };
        const values = await deployment.invoke(
          token,
          args,
          asked,
          options.getProvider(),
          request.getParent(),
          request.getDependsonList(),
        );
        return values
          ? new ResourceInvokeResponse().setReturn(Struct.fromJavaScript(values))
          : new ResourceInvokeResponse().setUnknown(true);
      }),
      registerStackTransform: answer(async (callback) => {
        deployment.stackTransforms.push(this.callbacks.transform(callback));
        return new Empty();
      }),
      registerStackInvokeTransform: answer(async (callback) => {
        this.invokeTransforms.push(this.callbacks.invokeTransform(callback));
        return new Empty();
      }),
      registerPackage: answer(async (request) => this.registerPackage(request)),
      // Hooks are accepted but not run: they act on a cloud that doesn't exist here.
      registerResourceHook: answer(async () => new Empty()),
      registerErrorHook: answer(async () => new Empty()),
      signalAndWaitForShutdown: answer(async () => new Empty()),
      call: answer(async (request) => {
        const result = deployment.call(request.getTok(), valuesOf(request.getArgs()));
        return new CallResponse().setReturn(Struct.fromJavaScript(result));
      }),
      existsResource: answer(async (request) => {
        throw new Error(`the rehearsal can't say whether ${request.getType()} ${request.getId()} exists`);
      }),
    };
  }

  /** The service that records the program's messages. */
  engine(): IEngineServer {
    const answer = answers(true);
    return {
      log: answer(async (request) => {
        const severity = SEVERITY[request.getSeverity()];
        const said = request.getMessage().trimEnd();
        const message = severity === "error" ? withOwnFrames(said) : said;
        if (severity !== "debug" && !request.getEphemeral()) {
          this.deployment.say({ severity, message, urn: request.getUrn() });
        }
        return new Empty();
      }),
      getRootResource: answer(async () => new GetRootResourceResponse().setUrn(this.rootUrn)),
      setRootResource: answer(async (request) => {
        this.rootUrn = request.getUrn();
        return new SetRootResourceResponse();
      }),
      startDebugging: answer(async () => new Empty()),
      // There is no CLI whose version could be too old.
      requirePulumiVersion: answer(async () => new RequirePulumiVersionResponse()),
    };
  }

  private registration(request: RegisterResourceRequest): Registration {
    const known = this.packages.get(request.getPackageref());
    const options = new TransformResourceOptions()
      .setDependsOnList(request.getDependenciesList())
      .setIgnoreChangesList(request.getIgnorechangesList())
      .setReplaceOnChangesList(request.getReplaceonchangesList())
      .setReplacementTrigger(request.getReplacementTrigger())
      .setVersion(known?.version ?? request.getVersion())
      .setAliasesList(aliasesOf(request))
      .setProvider(request.getProvider())
      .setHideDiffList(request.getHidediffsList())
      .setCustomTimeouts(request.getCustomtimeouts())
      .setPluginDownloadUrl(request.getPlugindownloadurl())
      .setDeletedWith(request.getDeletedwith())
      .setReplaceWithList(request.getReplaceWithList())
      .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
      .setHooks(request.getHooks())
      .setImport(request.getImportid());
    if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
    if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
    if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
      options.setDeleteBeforeReplace(request.getDeletebeforereplace());
    }
    request.getProvidersMap().forEach((reference, pkg) => options.getProvidersMap().set(pkg, reference));

    const propertyDependencies: Record<string, string[]> = {};
    request
      .getPropertydependenciesMap()
      .forEach((urns, key) => (propertyDependencies[key] = urns.getUrnsList()));
    const given = request.getRemote() || Object.keys(propertyDependencies).length > 0;
    return {
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent(),
      custom: request.getCustom(),
      remote: request.getRemote(),
      properties: valuesOf(request.getObject()),
      dependencies: request.getDependenciesList(),
      propertyDependencies: given ? propertyDependencies : undefined,
      options,
      transforms: request.getTransformsList().map((callback) => this.callbacks.transform(callback)),
    };
  }

  private registerPackage(request: RegisterPackageRequest): RegisterPackageResponse {
    const parameter = request.getParameterization();
    const pkg = parameter?.getName() ?? request.getName();
    const version = parameter?.getVersion() ?? request.getVersion();
    const reference = `${pkg}@${version}`;
    this.packages.set(reference, { pkg, version });
    return new RegisterPackageResponse().setRef(reference);
  }
}

function valuesOf(struct: Struct | undefined): Values {
  return struct?.toJavaScript() ?? {};
}

type Answer = <Request, Response>(
  work: (request: Request) => Promise<Response>,
) => grpc.handleUnaryCall<Request, Response>;

/**
 * Wraps functions as unary handlers: an error becomes a status; the end of the deployment becomes UNAVAILABLE or no
 * answer.
 */
function answers(tellsTheEnd: boolean): Answer {
  return (work) => (call, callback) => {
    work(call.request).then(
      (response) => callback(null, response),
      (error: unknown) => {
        const code = error instanceof ShutDown ? grpc.status.UNAVAILABLE : grpc.status.UNKNOWN;
        if (code === grpc.status.UNAVAILABLE && !tellsTheEnd) return;
        callback({ code, details: messageOf(error) }, null);
      },
    );
  };
}
