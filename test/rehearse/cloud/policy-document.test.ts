import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { invoke, InvokeFailed } from "../../../packages/rehearse/cloud/index";
import type { Values } from "../../../packages/rehearse/values";
import { text, up } from "./support";

const render = (args: Values): Values => invoke("aws:iam/getPolicyDocument:getPolicyDocument", args, up);
const json = (args: Values): string => text(render(args)["json"]);

/** The document's statements as data, for tests that don't depend on the text. */
const statements = (args: Values): unknown =>
  (JSON.parse(text(json(args))) as { Statement?: unknown }).Statement;

describe("aws.iam.getPolicyDocument", () => {
  it("renders the same text as Terraform: order of keys, single elements, sorted sets, variables", () => {
    const args = {
      policyId: "shop",
      statements: [
        { sid: "1", actions: ["s3:GetBucketLocation", "s3:ListAllMyBuckets"], resources: ["arn:aws:s3:::*"] },
        {
          actions: ["s3:ListBucket"],
          resources: ["arn:aws:s3:::shop"],
          notPrincipals: [{ type: "AWS", identifiers: ["arn:aws:iam::123456789012:root"] }],
          conditions: [
            { test: "StringLike", variable: "s3:prefix", values: ["home/", "", "home/&{aws:username}/"] },
          ],
        },
        {
          effect: "Deny",
          notActions: ["s3:*"],
          notResources: [
            "arn:aws:s3:::shop/home/&{aws:username}",
            "arn:aws:s3:::shop/home/&{aws:username}/*",
          ],
        },
      ],
    };
    assert.equal(
      json(args),
      `{
  "Version": "2012-10-17",
  "Id": "shop",
  "Statement": [
    {
      "Sid": "1",
      "Effect": "Allow",
      "Action": [
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation"
      ],
      "Resource": "arn:aws:s3:::*"
    },
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::shop",
      "NotPrincipal": {
        "AWS": "arn:aws:iam::123456789012:root"
      },
      "Condition": {
        "StringLike": {
          "s3:prefix": [
            "home/",
            "",
            "home/\${aws:username}/"
          ]
        }
      }
    },
    {
      "Effect": "Deny",
      "NotAction": "s3:*",
      "NotResource": [
        "arn:aws:s3:::shop/home/\${aws:username}/*",
        "arn:aws:s3:::shop/home/\${aws:username}"
      ]
    }
  ]
}`,
    );
  });

  const principals: readonly (readonly [what: string, given: Values[], rendered: unknown])[] = [
    ["a star for all principals", [{ type: "*", identifiers: ["*"] }], "*"],
    ["all AWS principals as an object", [{ type: "AWS", identifiers: ["*"] }], { AWS: "*" }],
    [
      "a service",
      [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
      { Service: "ec2.amazonaws.com" },
    ],
    [
      "identifiers in descending order, and types in ascending order",
      [
        { type: "Service", identifiers: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
        { type: "AWS", identifiers: ["123456789012"] },
      ],
      { AWS: "123456789012", Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
    ],
    [
      "the same type twice as one",
      [
        { type: "AWS", identifiers: ["111111111111"] },
        { type: "AWS", identifiers: ["333333333333", "222222222222"] },
      ],
      { AWS: ["111111111111", "333333333333", "222222222222"] },
    ],
  ];
  for (const [what, given, rendered] of principals) {
    it(`writes ${what}`, () => {
      const [statement] = statements({
        statements: [{ actions: ["sts:AssumeRole"], principals: given }],
      }) as Values[];
      assert.deepEqual(statement?.["Principal"], rendered);
      assert.equal(JSON.stringify(statement?.["Principal"]), JSON.stringify(rendered));
    });
  }

  it("joins conditions by test and variable, in order", () => {
    const conditions = [
      { test: "StringEquals", variable: "b", values: ["2", "1"] },
      { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
      { test: "StringEquals", variable: "a", values: ["x"] },
      { test: "StringEquals", variable: "b", values: ["0"] },
    ];
    const [statement] = statements({
      statements: [{ actions: ["*"], resources: ["*"], conditions }],
    }) as Values[];
    assert.equal(
      JSON.stringify(statement?.["Condition"]),
      `{"Bool":{"aws:SecureTransport":"false"},"StringEquals":{"a":"x","b":["2","1","0"]}}`,
    );
  });

  it("merges source documents before and override documents after, and replaces statements with the same Sid", () => {
    const document = (sid: string, action: string): string =>
      text(json({ statements: [{ sid, actions: [action], resources: ["*"] }] }));
    const merged = statements({
      sourcePolicyDocuments: [
        document("A", "source:A"),
        document("B", "source:B"),
        document("", "source:none"),
      ],
      statements: [{ sid: "B", actions: ["own:B"], resources: ["*"] }],
      overridePolicyDocuments: [
        document("A", "override:A"),
        document("C", "override:C"),
        document("A", "last:A"),
      ],
    }) as Values[];
    assert.deepEqual(
      merged.map(({ Sid, Action }) => [Sid, Action]),
      [
        ["A", "last:A"],
        ["B", "own:B"],
        [undefined, "source:none"],
        ["C", "override:C"],
      ],
    );
  });

  it("normalizes the principals and conditions of merged documents", () => {
    const source = {
      Version: "2008-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:Get*"],
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": true } },
        },
      ],
    };
    const result = render({ sourcePolicyDocuments: [JSON.stringify(source)] });
    assert.deepEqual(JSON.parse(text(result["json"])), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:Get*"],
          Resource: "*",
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
      ],
    });
  });

  it("returns the compact text and a checksum too, and escapes like Go", () => {
    const { json, minifiedJson, id } = render({ statements: [{ actions: ["a&b"], resources: ["<x>"] }] });
    assert.equal(
      minifiedJson,
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a\\u0026b","Resource":"\\u003cx\\u003e"}]}`,
    );
    assert.equal(id, String(crc32(text(json))));
  });

  it("leaves out the statements of an empty document", () => {
    assert.equal(json({}), `{\n  "Version": "2012-10-17"\n}`);
  });

  const refused: readonly (readonly [what: string, args: Values, message: RegExp])[] = [
    [
      "a Sid used twice",
      { statements: [{ sid: "a" }, { sid: "a" }] },
      /duplicate Sid \(a\)\. Remove the Sid/,
    ],
    [
      "a Sid used twice among sources",
      { sourcePolicyDocuments: [1, 2].map(() => `{"Statement":[{"Sid":"a"}]}`) },
      /duplicate Sid \(a\) in source_policy_documents/,
    ],
    ["a source that is not JSON", { sourcePolicyDocuments: ["{"] }, /merging source document 0: /],
    [
      "an override without a list",
      { overridePolicyDocuments: [`{"Statement":{}}`] },
      /override document 0: "Statement" must be a list/,
    ],
    [
      "variables in a version without variables",
      { version: "2008-10-17", statements: [{ resources: ["a&{b}"] }] },
      /found &\{ sequence in \(a&\{b\}\), which is not supported in document version 2008-10-17/,
    ],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => render(args),
        (error) => error instanceof InvokeFailed && message.test(error.message),
      );
    });
  }
});
