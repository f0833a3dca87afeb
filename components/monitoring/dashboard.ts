import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type DashboardSources, dashboardBody } from "./dashboard-body";

/** Arguments of {@link Dashboard}. */
export interface DashboardArgs {
  /** Name of the dashboard, unique in the account, of letters, digits and hyphens. */
  readonly dashboardName: string;
  /** The resources to show. */
  readonly sources: DashboardSources;
}

/** A CloudWatch dashboard of the stack's own resources. */
export class Dashboard extends pulumi.ComponentResource {
  /** URL of the dashboard in the AWS console. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Dashboard", name, {}, opts);

    const region = aws.getRegionOutput({}, { parent: this }).region;
    const dashboard = new aws.cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: args.dashboardName,
        dashboardBody: pulumi
          .all([pulumi.output(args.sources), region])
          .apply(([sources, home]) => JSON.stringify(dashboardBody(sources, home))),
      },
      { parent: this },
    );

    this.url = pulumi.interpolate`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}
