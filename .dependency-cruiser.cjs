/**
 * Who may import whom, beside its own folder: docs/architecture.md says why, and a test holds its table to this. What
 * isn't named here (test, bench) may import everything, but for the rules below.
 */
const MAY_IMPORT = {
  stacks: ["components"],
  components: [],
  examples: ["components"],
  app: [],
  functions: [],
  policies: [],
  bootstrap: [],
  corpus: [],
  "packages/rehearse": [],
  "tools/cli": ["packages/rehearse/cli", "packages/rehearse/project"],
  "tools/probe": ["packages/rehearse/charts", "packages/rehearse/cli", "tools/cli"],
  "tools/balance": [
    "packages/rehearse/charts",
    "packages/rehearse/cli",
    "packages/rehearse/project",
    "tools/cli",
    "tools/probe",
    "stacks",
    "components",
  ],
  "tools/generate": ["packages/rehearse/cli", "packages/rehearse/diff", "tools/cli", "stacks", "policies"],
  "tools/migrate-settings": ["packages/rehearse/cli", "tools/cli", "stacks/settings"],
  "tools/deploy-gate": ["packages/rehearse/cli", "tools/cli", "components/calendar"],
  "tools/deploy": ["packages/rehearse/cli", "tools/cli", "tools/refreshes", "tools/deploy-gate"],
  "tools/rollout": ["packages/rehearse/cli", "tools/cli", "tools/refreshes"],
  "tools/doctor": ["packages/rehearse/cli", "tools/cli", "stacks", "components"],
  "tools/adopt": ["packages/rehearse", "tools/cli"],
  "tools/refreshes": ["tools/cli"],
};

const inside = (folders) => `^(${folders.join("|")})/`;

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
      name: `${folder} may import ${others.join(", ") || "nothing of ours"}`,
      severity: "error",
      from: { path: inside([folder]) },
      to: { dependencyTypes: ["local"], pathNot: inside([folder, ...others]) },
    })),
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "AWS is known to app/orders/dynamodb.ts alone",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/orders/dynamodb\\.ts$" },
      to: { path: "@(aws-sdk|pulumi)/" },
    },
    {
      name: "the pack's entry opens a server: start it as a process",
      severity: "error",
      from: {},
      to: { path: "^policies/index\\.ts$" },
    },
    {
      name: "what only tests use is deleted",
      severity: "error",
      module: {
        path: "^(stacks|components|app|functions|policies|packages|tools|bootstrap)/.*\\.ts$",
        // Where programs, processes and functions begin, and types of a package that has none.
        pathNot: "(/(index|main)|^tools/balance/shopper|^functions/status/handler|\\.d)\\.ts$",
        numberOfDependentsLessThan: 1,
      },
      from: { pathNot: "^(test|bench)/" },
    },
    {
      name: "every package is declared",
      severity: "error",
      from: { pathNot: "^(test|bench)/" },
      // It takes peerDependenciesMeta for a list of a kind that it doesn't know.
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(bench/cdk|test/fixtures)/|/dist/" },
  },
};
