import assert from "node:assert/strict";

import fc from "fast-check";

import { isAccepted, messageOf } from "../../support/settings";

const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";
const routes = (value: unknown): Record<string, string> => ({ routes: JSON.stringify(value) });
const GROUP = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/reports/0123456789abcdef";
const cart = { priority: 100, paths: ["/cart"] };

describe("routes", () => {
  for (const { title, set, fault } of [
    {
      title: "no priority, which would leave it to AWS",
      set: { cart: { paths: ["/cart"] } },
      fault: [
        "web-store:routes.cart.priority",
        "  got:     nothing",
        "  allowed: a whole number from 100 to 49990",
        "  remedy:  for example: priority: 100",
      ],
    },
    {
      title: "a priority among the store's own",
      set: { cart: { ...cart, priority: 1 } },
      fault: [
        "web-store:routes.cart.priority",
        "  got:     1",
        "  allowed: a whole number from 100 to 49990",
        "  remedy:  for example: priority: 100",
      ],
    },
    {
      title: "a priority off the grid",
      set: { cart: { ...cart, priority: 105 } },
      fault: [
        "web-store:routes.cart.priority",
        "  got:     105",
        "  allowed: a multiple of 10, so that there is room for a route in between",
        "  remedy:  take 100 or 110",
      ],
    },
    {
      title: "a priority that another route has, and the next one too",
      set: { cart, feed: { priority: 110, paths: ["/feed"] }, search: { priority: 100, paths: ["/search"] } },
      fault: [
        "web-store:routes.search.priority",
        "  got:     100",
        "  allowed: a priority that no other route or application has: 100 is cart's",
        "  remedy:  the next that is free is 120",
      ],
    },
    {
      title: "neither host nor path",
      set: { cart: { priority: 100 } },
      fault: [
        "web-store:routes.cart",
        '  got:     {"priority":100}',
        "  allowed: a route with hosts, paths or both",
        "  remedy:  for every path: paths: [/*]",
      ],
    },
    {
      title: "a host without a dot",
      set: { cart: { ...cart, hosts: ["localhost"] } },
      fault: [
        "web-store:routes.cart.hosts",
        '  got:     ["localhost"]',
        "  allowed: names with a dot and, behind the last one, letters only; * stands for any characters, ? for one; 128 characters at most",
        '  remedy:  for example: hosts: ["*.store.example.com"]',
      ],
    },
    {
      title: "a path in the middle of a path",
      set: { cart: { ...cart, paths: ["cart"] } },
      fault: [
        "web-store:routes.cart.paths",
        '  got:     ["cart"]',
        "  allowed: paths from / or * on, of letters, digits and _ - . $ / ~ \" ' @ : + &; * stands for any characters, ? for one; 128 characters at most",
        "  remedy:  for example: paths: [/feed/*]",
      ],
    },
    {
      title: "a target group that nothing is forwarded to",
      set: { cart: { ...cart, action: "fixedResponse", targetGroupArn: GROUP } },
      fault: [
        "web-store:routes.cart.targetGroupArn",
        `  got:     ${GROUP}`,
        "  allowed: nothing with action fixedResponse, which forwards nowhere",
        "  remedy:  remove targetGroupArn, or set action to forward",
      ],
    },
    {
      title: "a target group in another Region",
      set: { cart: { ...cart, targetGroupArn: GROUP.replace("eu-west-1", "us-west-2") } },
      fault: [
        "web-store:routes.cart.targetGroupArn",
        `  got:     ${GROUP.replace("eu-west-1", "us-west-2")}`,
        "  allowed: a target group in aws:region, eu-west-1: a load balancer forwards to no other Region",
        "  remedy:  name one in eu-west-1, or redirect to the other Region's address",
      ],
    },
    {
      title: "a target group by its name",
      set: { cart: { ...cart, targetGroupArn: "reports" } },
      fault: [
        "web-store:routes.cart.targetGroupArn",
        "  got:     reports",
        "  allowed: the ARN of a target group",
        `  remedy:  for example: targetGroupArn: ${GROUP}`,
      ],
    },
    {
      title: "a fixed response that redirects",
      set: { cart: { ...cart, action: "fixedResponse", fixedResponse: { statusCode: 301 } } },
      fault: [
        "web-store:routes.cart.fixedResponse.statusCode",
        "  got:     301",
        "  allowed: 2xx, 4xx or 5xx",
        "  remedy:  for 301 and 302: action: redirect",
      ],
    },
    {
      title: "a redirect that leads to itself",
      set: { cart: { ...cart, action: "redirect" } },
      fault: [
        "web-store:routes.cart.redirect",
        '  got:     {"host":"#{host}","path":"/#{path}","query":"#{query}","permanent":false} (default)',
        "  allowed: another host or path than the request's: AWS takes no redirect that leads to itself",
        "  remedy:  for example: redirect: { host: store.example.com }",
      ],
    },
    {
      title: "a redirect with a placeholder that AWS doesn't know",
      set: { cart: { ...cart, action: "redirect", redirect: { path: "/#{user}" } } },
      fault: [
        "web-store:routes.cart.redirect.path",
        "  got:     /#{user}",
        "  allowed: a path from / on, up to 128 characters; #{path} stands for the request's without its /",
        "  remedy:  for example: path: /shop/#{path}",
      ],
    },
  ]) {
    it(`are refused: ${title}`, () => {
      assert.equal(messageOf(routes(set)), `${HEADING}\n\n${fault.join("\n")}`);
    });
  }

  it("accept up to five hosts and paths together, with up to five wildcards, and no more", () => {
    const hosts = fc.array(fc.constantFrom("a.example.com", "*.example.com", "?.*.example.com"), {
      maxLength: 4,
    });
    const paths = fc.array(fc.constantFrom("/", "/cart/*", "/*/*", "/item-??"), { maxLength: 4 });
    fc.assert(
      fc.property(hosts, paths, (someHosts, somePaths) => {
        const [onlyHosts, onlyPaths] = [[...new Set(someHosts)], [...new Set(somePaths)]];
        const values = [...onlyHosts, ...onlyPaths];
        const wildcards = values.join("").split(/[*?]/).length - 1;
        const route = { priority: 100, hosts: onlyHosts, paths: onlyPaths };
        const sound = values.length >= 1 && values.length <= 5 && wildcards <= 5;
        assert.equal(isAccepted(routes({ cart: route })), sound);
      }),
    );
  });

  it("may be named in the order of their names, or in any other: priorities alone decide", () => {
    const feed = { priority: 110, paths: ["/feed"] };
    assert.ok(isAccepted(routes({ feed, cart })) && isAccepted(routes({ cart, feed })));
  });
});
