import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["**/node_modules/", ".tieline/", "test/sdk/"] },
  {
    files: ["{src,commands,test}/**/*.ts"],
    extends: [ts.configs.base],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/only-throw-error": "error",
      "max-lines": ["error", 300],
      complexity: ["error", 12],
    },
  },
);
