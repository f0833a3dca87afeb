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
      title: "a priority that is not a multiple of ten",
      set: { cart: { ...cart, priority: 105 } },
      fault: [
        "web-store:routes.cart.priority",
        "  got:     105",
        "  allowed: a multiple of 10, so that there is room for routes in between",
        "  remedy:  use 100 or 110",
      ],
    },
    {
      title: "a priority that another route has, and the next one too",
      set: { cart, feed: { priority: 110, paths: ["/feed"] }, search: { priority: 100, paths: ["/search"] } },
      fault: [
        "web-store:routes.search.priority",
        "  got:     100",
        "  allowed: a priority that no other route or application has: 100 is cart's",
        "  remedy:  the next free priority is 120",
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
        "  allowed: names with a dot and only letters after the last one; * matches any characters, ? matches one; at most 128 characters",
        '  remedy:  for example: hosts: ["*.store.example.com"]',
      ],
    },
    {
      title: "a path without a leading slash",
      set: { cart: { ...cart, paths: ["cart"] } },
      fault: [
        "web-store:routes.cart.paths",
        '  got:     ["cart"]',
        "  allowed: paths that begin with / or *, of letters, digits and _ - . $ / ~ \" ' @ : + &; * matches any characters, ? matches one; at most 128 characters",
        "  remedy:  for example: paths: [/feed/*]",
      ],
    },
    {
      title: "a target group without a forward action",
      set: { cart: { ...cart, action: "fixedResponse", targetGroupArn: GROUP } },
      fault: [
        "web-store:routes.cart.targetGroupArn",
        `  got:     ${GROUP}`,
        "  allowed: no value with action fixedResponse, which does not forward",
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
        "  remedy:  use one in eu-west-1, or redirect to the other Region's address",
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
      title: "a redirect to itself",
      set: { cart: { ...cart, action: "redirect" } },
      fault: [
        "web-store:routes.cart.redirect",
        '  got:     {"host":"#{host}","path":"/#{path}","query":"#{query}","permanent":false} (default)',
        "  allowed: another host or path than the request's: AWS refuses a redirect to itself",
        "  remedy:  for example: redirect: { host: store.example.com }",
      ],
    },
    {
      title: "a redirect with a placeholder that AWS does not know",
      set: { cart: { ...cart, action: "redirect", redirect: { path: "/#{user}" } } },
      fault: [
        "web-store:routes.cart.redirect.path",
        "  got:     /#{user}",
        "  allowed: a path that begins with /, up to 128 characters; #{path} is the request's path without its /",
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

  it("may be declared in any order: only priorities matter", () => {
    const feed = { priority: 110, paths: ["/feed"] };
    assert.ok(isAccepted(routes({ feed, cart })) && isAccepted(routes({ cart, feed })));
  });

  const longestHost = `${"a".repeat(124)}.com`;
  const longestPath = `/${"a".repeat(127)}`;
  const longestBody = "a".repeat(1024);
  const fixed = (fixedResponse: object): object => ({ ...cart, action: "fixedResponse", fixedResponse });
  const redirect = (to: object): object => ({ ...cart, action: "redirect", redirect: to });
  const group = (name: string): string => GROUP.replace("reports", name);

  for (const [title, route] of [
    ["hosts and paths of 128 characters", { priority: 100, hosts: [longestHost], paths: [longestPath] }],
    ["a path that starts with a wildcard", { ...cart, paths: ["*.php"] }],
    ["every character that a path may contain", { ...cart, paths: ["/a_-.$/~\"'@:+&9?"] }],
    ["the first priority", { ...cart, priority: 100 }],
    ["the last priority", { ...cart, priority: 49_990 }],
    ["a target group whose name has 32 characters", { ...cart, targetGroupArn: group("a".repeat(32)) }],
    ["a response of 1024 characters", fixed({ body: longestBody })],
    ["an empty response", fixed({ body: "" })],
    ["the first status of 2xx", fixed({ statusCode: 200 })],
    ["the last status of 2xx", fixed({ statusCode: 299 })],
    ["the first status of 4xx", fixed({ statusCode: 400 })],
    ["the last status of 5xx", fixed({ statusCode: 599 })],
    ["a redirect to a host of 128 characters", redirect({ host: longestHost })],
    ["a redirect to a path of 128 characters", redirect({ path: longestPath })],
    ["a redirect with a query of 128 characters", redirect({ path: "/a", query: "a".repeat(128) })],
    ["a redirect without a query", redirect({ path: "/a", query: "" })],
    [
      "a redirect with every placeholder",
      redirect({ host: "a-#{host}", path: "/#{protocol}/#{port}/#{path}", query: "a=#{query}" }),
    ],
    ["a redirect to the same path of another host", redirect({ host: "store.example.com" })],
    ["a redirect to another path of the same host", redirect({ path: "/shop" })],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(routes({ cart: route }))));
  }

  for (const [title, route, key] of [
    ["a host of 129 characters", { ...cart, hosts: [`a${longestHost}`] }, "hosts"],
    ["a host that ends in digits", { ...cart, hosts: ["store.c0m"] }, "hosts"],
    ["a host with a space", { ...cart, hosts: ["a b.example.com"] }, "hosts"],
    ["a path of 129 characters", { ...cart, paths: [`${longestPath}a`] }, "paths"],
    ["a path with a space", { ...cart, paths: ["/a b"] }, "paths"],
    ["a priority above the last", { ...cart, priority: 50_000 }, "priority"],
    [
      "a target group whose name has 33 characters",
      { ...cart, targetGroupArn: group("a".repeat(33)) },
      "targetGroupArn",
    ],
    ["a target group's ARN with a rule's path", { ...cart, targetGroupArn: `${GROUP}/0` }, "targetGroupArn"],
    ["an ARN within a text", { ...cart, targetGroupArn: `x${GROUP}` }, "targetGroupArn"],
    ["a response of 1025 characters", fixed({ body: `${longestBody}a` }), "fixedResponse.body"],
    ["a status before the first", fixed({ statusCode: 199 }), "fixedResponse.statusCode"],
    ["a status after the last", fixed({ statusCode: 600 }), "fixedResponse.statusCode"],
    ["the first status of 3xx", fixed({ statusCode: 300 }), "fixedResponse.statusCode"],
    ["the last status of 3xx", fixed({ statusCode: 399 }), "fixedResponse.statusCode"],
    ["a redirect to a host of 129 characters", redirect({ host: `a${longestHost}` }), "redirect.host"],
    ["a redirect to no host", redirect({ host: "" }), "redirect.host"],
    ["a redirect to a host with a path", redirect({ host: "example.com/a" }), "redirect.host"],
    ["a redirect to a path of 129 characters", redirect({ path: `${longestPath}a` }), "redirect.path"],
    ["a redirect to a path that starts with a letter", redirect({ path: "a" }), "redirect.path"],
    [
      "a redirect with a query of 129 characters",
      redirect({ path: "/a", query: "a".repeat(129) }),
      "redirect.query",
    ],
    ["a redirect with a space in the query", redirect({ path: "/a", query: "a b" }), "redirect.query"],
    ["a redirect with half a placeholder", redirect({ path: "/a", query: "#{query" }), "redirect.query"],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const message = messageOf(routes({ cart: route }));
      assert.ok(message.startsWith(`${HEADING}\n\nweb-store:routes.cart.${key}\n`), message);
    });
  }

  it("are limited to 90", () => {
    const many = (count: number): Record<string, string> =>
      routes(
        Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`r${index}`, { ...cart, priority: 100 + 10 * index }]),
        ),
      );
    assert.ok(isAccepted(many(90)));
    assert.match(messageOf(many(91)), /web-store:routes\n[^]*90/);
  });

  it("are replaced by a maintenance page of 1 to 1024 characters", () => {
    const page = (text: string) => ({ "maintenance.enabled": "true", "maintenance.page": text });
    assert.ok(isAccepted(page("a")));
    assert.ok(isAccepted(page(longestBody)));
    for (const text of ["", `${longestBody}a`])
      assert.match(
        messageOf(page(text)),
        /web-store:maintenance\.page\n[^]*allowed: 1 to 1024 characters of HTML/,
      );
  });
});
