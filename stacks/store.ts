import { build as buildApplication } from "./application";
import { build as buildApplications } from "./applications";
import { build as buildBalancer } from "./balancer";
import { build as buildCalendar } from "./calendar";
import { planCalendar } from "./calendar/plan";
import { build as buildCertificate } from "./certificate";
import { build as buildClientCertificates } from "./client-certificates";
import { type Context, NAME } from "./context";
import { build as buildDns } from "./dns";
import { build as buildEdge } from "./edge";
import { build as buildLogin } from "./login";
import { build as buildMonitoring } from "./monitoring";
import { watchBalancer } from "./monitoring/balancer-watch";
import { build as buildNetwork } from "./network";
import { outputsOf, type StoreOutputs } from "./outputs";
import { build as buildRelease } from "./release";
import { planColours } from "./release/colours";
import { build as boundRoles } from "./roles";
import type { Settings } from "./settings/schema";
import { build as buildStatus } from "./status";
import { build as buildTags } from "./tags";
import { build as buildTelemetry } from "./telemetry";

/** Declares a store, from the network to the monitoring, in the order in which Pulumi registers the resources. */
export function buildStore(settings: Settings): StoreOutputs {
  boundRoles(settings);
  const context: Context = { name: NAME, tags: buildTags(settings) };
  const plan = planCalendar(settings);
  const colours = planColours(settings, plan.current);

  const network = buildNetwork(settings, context);
  const zone = buildDns(settings, context);
  const certificate = buildCertificate(settings, { ...context, zone });
  const login = buildLogin(settings);
  const clientCertificates = buildClientCertificates(settings, context);
  const loadBalancer = buildBalancer(settings, {
    ...context,
    network,
    certificate,
    colours,
    plan,
    login,
    clientCertificates,
  });
  const edge = buildEdge(settings, { ...context, network, zone, certificate, loadBalancer });

  // Alarms on the load balancer come first, because an instance refresh watches them.
  const balancerWatch = watchBalancer(settings, { ...context, loadBalancer, colours });
  const logGroups = buildTelemetry(settings, context);
  const sampleStore = buildApplication(settings, context);
  const applications = buildApplications(settings, { ...context, network, loadBalancer, balancerWatch });
  const release = buildRelease(settings, {
    ...context,
    network,
    loadBalancer,
    balancerWatch,
    sampleStore,
    applications,
    colours,
    plan,
    login,
  });

  const watch = buildMonitoring(settings, {
    ...context,
    loadBalancer,
    certificate,
    edge,
    balancerWatch,
    release,
    applications,
  });
  buildCalendar(settings, { ...context, plan, loadBalancer, release, watch });
  buildStatus(settings, { ...context, loadBalancer, release, applications });

  return outputsOf(settings, {
    plan,
    network,
    certificate,
    loadBalancer,
    edge,
    sampleStore,
    logGroups,
    release,
    applications,
    watch,
  });
}
