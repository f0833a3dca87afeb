// As AWSGuard's README says. Its packages are those of the folder above.
const { AwsGuard } = require("@pulumi/awsguard");

new AwsGuard({ all: "mandatory" });
