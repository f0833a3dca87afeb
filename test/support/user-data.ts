import type { UserDataArgs } from "../../components/fleet/user-data";

/** The least that an instance is told: the page that comes with this project, and nothing beside. */
export const store: UserDataArgs = {
  title: "store.example.com",
  port: 8080,
  healthCheckPath: "/healthz",
  idleTimeoutSeconds: 60,
  application: { source: "builtin" },
  environment: {},
  lifecycle: undefined,
  agentPort: undefined,
  stopSeconds: 0,
  region: "eu-west-1",
};
