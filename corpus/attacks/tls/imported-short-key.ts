// ACM accepts an imported RSA key of 1024 bits.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "certificates",
  says: /certificateBody has an RSA key of 1024 bits/,
};

export function program(mended: boolean): void {
  const certificateBody = `-----BEGIN CERTIFICATE-----
MIICFDCCAX2gAwIBAgIUVVIOQ6ETdz38RFVoueKNOt2ay34wDQYJKoZIhvcNAQEL
BQAwGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAgFw0yNjExMjYwMDI3NDFa
GA8yMTI2MTEwMjAwMjc0MVowGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTCB
nzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEA00jG3wIyAYdJvlbtwIVQRPVImvSZ
spnjTcKNVjx3pHU3Nkkuafjqbivu42WLog+gy+93E104Qh14eX85j5UeqIipERed
uKZjXim16pXOwhf4ySrB47fwCQkwusxgvTCEKwnxgeqFneM5Lm+ci23bdFa5QaEw
uSPIl7UnBRfJilMCAwEAAaNTMFEwHQYDVR0OBBYEFEs+raANeLO7BnzRa8ZyO5I8
mvkdMB8GA1UdIwQYMBaAFEs+raANeLO7BnzRa8ZyO5I8mvkdMA8GA1UdEwEB/wQF
MAMBAf8wDQYJKoZIhvcNAQELBQADgYEATf9Oh3Gy05Dccqd6FNpzUEpVjn3o5pcD
0ABT2/pWnXW2NTLuK0RowK7o678BIlZa0vK+ullN1s7I1vnutFOrpJGD5ue09HLS
HfmBDivwSwOdbLJrH6zhUcKfCTExThFrmTe0M3G2n+Xtm66BXDYh+Rc9YWkqQjIc
dKRygKfzg9g=
-----END CERTIFICATE-----`;

  new aws.acm.Certificate(
    "shop",
    mended
      ? { domainName: "shop.example.com", validationMethod: "DNS" }
      : { certificateBody, privateKey: pulumi.secret("kept elsewhere") },
  );
}
