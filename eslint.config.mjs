import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "coverage/",
      "test/fixtures/",
      "bench/cdk/",
      "bench/mutation/.tmp/",
      "**/.venv/",
      "**/dist/",
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
);
