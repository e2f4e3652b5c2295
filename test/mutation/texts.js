import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** Texts for people are judged by the snapshots of what Slack shows, not by the tests of a decision. */
const texts = {
  shouldIgnore({ node }) {
    const said =
      node.type === "StringLiteral"
        ? node.value
        : node.type === "TemplateLiteral"
          ? node.quasis.map(({ value }) => value.raw).join("")
          : "";
    return said.includes(" ") ? "A text for people" : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "texts", texts)];
