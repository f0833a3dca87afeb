/** Accounts, organisations, sessions, and credentials for a registry or a cluster. */
import type { Value } from "../../values";
import { CREATED } from "../fill";
import { hex, letters } from "../hash";
import type { Draft } from "../resources/draft";
import type { Answers } from "./answer";

/** The arguments of `docker login` for the account's registry. */
function registryToken(call: Draft): Record<string, Value> {
  const password = hex(`${call.accountId} ecr`, 64);
  return {
    id: call.region,
    authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
    expiresAt: CREATED,
    password,
    proxyEndpoint: `https://${call.accountId}.dkr.ecr.${call.region}.${call.dnsSuffix}`,
    userName: "AWS",
  };
}

/** The role of a session: `…:assumed-role/ROLE/SESSION` belongs to `…:role/ROLE`; any other identity is its own. */
function sessionContext(call: Draft): Record<string, Value> {
  const arn = call.text("arn") ?? "";
  const [, partition = "", account = "", role = "", session = ""] =
    /^arn:([^:]*):sts::(\d*):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  const isSession = role !== "";
  return {
    id: arn,
    arn,
    issuerArn: isSession ? `arn:${partition}:iam::${account}:role/${role}` : arn,
    issuerId: isSession ? `AROA${letters(role, 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}` : "",
    issuerName: role,
    sessionName: session,
  };
}

/** An organisation whose management account is the rehearsal's, without other accounts. */
function organization(call: Draft): Record<string, Value> {
  const id = `o-${hex(`${call.accountId} organization`, 10)}`;
  const rootId = `r-${hex(`${id} root`, 4)}`;
  const arn = (resource: string): string => call.globalArn("organizations", resource);
  const account = {
    id: call.accountId,
    arn: arn(`account/${id}/${call.accountId}`),
    email: "aws@example.com",
    name: "example",
    status: "ACTIVE",
  };
  return {
    id,
    arn: arn(`organization/${id}`),
    accounts: [account],
    nonMasterAccounts: [],
    awsServiceAccessPrincipals: [],
    enabledPolicyTypes: [],
    featureSet: "ALL",
    masterAccountArn: account.arn,
    masterAccountEmail: account.email,
    masterAccountId: account.id,
    masterAccountName: account.name,
    roots: [{ id: rootId, arn: arn(`root/${id}/${rootId}`), name: "Root", policyTypes: [] }],
  };
}

/** Functions about accounts and credentials. */
export const accounts: Answers = {
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": registryToken,
  "aws:ecr/getCredentials:getCredentials": registryToken,
  "aws:ecrpublic/getAuthorizationToken:getAuthorizationToken": registryToken,
  "aws:eks/getClusterAuth:getClusterAuth": (call) => ({
    id: call.text("name"),
    token: `k8s-aws-v1.${hex(`${call.accountId} ${call.text("name") ?? ""} eks`, 64)}`,
  }),
  "aws:iam/getAccountAlias:getAccountAlias": (call) => ({
    id: "example",
    accountAlias: "example",
    ...call.inputs,
  }),
  "aws:iam/getSessionContext:getSessionContext": sessionContext,
  "aws:s3/getCanonicalUserId:getCanonicalUserId": (call) => {
    const id = hex(`${call.accountId} canonical user`, 64);
    return { id, displayName: "" };
  },
  "aws:organizations/getOrganization:getOrganization": organization,
  // The units and accounts of an organisation aren't known, but its root is.
  "aws:organizations/getOrganizationalUnits:getOrganizationalUnits": (call) => ({
    id: call.text("parentId"),
    children: [],
  }),
};
