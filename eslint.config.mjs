import tseslint from "typescript-eslint";

/** The program, the pack, the store and the tests: tools start them as processes. */
const STARTED = ["**/components/**", "**/stacks/**", "**/policies/**", "**/app/**", "**/test/**"];

/** The rehearsal, but for what all command lines have in common. */
const REHEARSAL = ["**/rehearse/**", "!**/rehearse/cli", "!**/rehearse/cli/**"];

/** Who may import whom: docs/architecture.md. Each entry forbids what its folder must not know. */
const boundaries = [
  {
    folder: "components",
    forbid: ["**/stacks/**", "**/policies/**", "**/tools/**", "**/app/**", "**/test/**"],
    why: "components know @pulumi/* and their siblings",
  },
  {
    folder: "stacks",
    forbid: ["**/policies/**", "**/tools/**", "**/app/**", "**/test/**"],
    why: "stacks know components",
  },
  {
    folder: "policies",
    forbid: ["**/components/**", "**/stacks/**", "**/tools/**", "**/app/**", "**/test/**"],
    why: "policies judge any program, so intent is checked twice, independently",
  },
  {
    folder: "functions",
    forbid: ["**/components/**", "**/stacks/**", "**/policies/**", "**/tools/**", "**/app/**", "**/test/**"],
    why: "a function is bundled by itself and knows nothing of the program that deploys it",
  },
  {
    folder: "app",
    forbid: ["**/components/**", "**/stacks/**", "**/policies/**", "**/tools/**", "**/test/**", "@pulumi/*"],
    why: "the store runs on the instances and knows nothing of what puts it there",
  },
  {
    folder: "packages/rehearse",
    forbid: STARTED,
    why: "the rehearsal knows the protocol only: program and pack are processes it starts",
  },
  {
    folder: "tools/probe",
    forbid: [...STARTED, ...REHEARSAL],
    why: "the probe knows a URL, and nothing of who made it",
  },
  {
    folder: "tools/balance",
    forbid: ["**/policies/**", "**/app/**", "**/test/**", ...REHEARSAL],
    why: "balance knows a stack's settings and what they render; the store is a process it starts",
  },
  ...["cli", "comment", "doctor", "refreshes", "rollout"].map((tool) => ({
    folder: `tools/${tool}`,
    forbid: [...STARTED, ...REHEARSAL],
    why: "what pipelines run knows commands, and starts them",
  })),
  {
    folder: "bootstrap",
    forbid: ["**/components/**", "**/stacks/**", "**/policies/**", "**/tools/**", "**/app/**", "**/test/**"],
    why: "the bootstrap is a program of its own",
  },
  {
    folder: "test",
    forbid: ["**/policies/index", "**/policies/index.ts"],
    why: "the pack's entry opens a server; start it as a process",
  },
];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "coverage/",
      "test/fixtures/",
      "bench/cdk/",
      "bench/mutation/.tmp/",
      "**/.venv/",
    ],
  },
  { files: ["**/*.ts"], extends: [tseslint.configs.recommendedTypeChecked] },
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A handler may be async for what it throws: the promise carries the error to the caller.
      "@typescript-eslint/require-await": "off",
      eqeqeq: "error",
    },
  },
  // In tests a value of the wrong kind shows as it is, and fails the comparison.
  { files: ["test/**/*.ts"], rules: { "@typescript-eslint/no-base-to-string": "off" } },
  ...boundaries.map(({ folder, forbid, why }) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: forbid, message: `Not allowed: ${why}.` }] }],
    },
  })),
  {
    files: ["app/**/*.ts"],
    ignores: ["app/orders/dynamodb.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@aws-sdk/*"], message: "AWS is known to app/orders/dynamodb.ts alone." },
            {
              group: boundaries.find(({ folder }) => folder === "app").forbid,
              message: "the store runs on the instances and knows nothing of what puts it there.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [{ group: ["../*"], message: "components know @pulumi/* and their siblings." }],
        },
      ],
    },
  },
);
