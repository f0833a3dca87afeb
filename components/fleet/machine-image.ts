import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Architecture } from "./instance-type";

/** What instances boot from. */
export interface MachineImage {
  /** An image id, or a reference that EC2 resolves when it launches an instance. */
  readonly imageId: pulumi.Input<string>;
  /** The device that holds the root volume. */
  readonly rootDeviceName: pulumi.Input<string>;
}

/**
 * The newest Amazon Linux 2023 for an architecture, as a reference that EC2 resolves when it launches an
 * instance. A reference rather than an image id keeps a new image from changing the launch template, and so
 * from rolling the fleet, whenever somebody deploys.
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html (SSM parameters)
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
export function amazonLinux(architecture: Architecture): MachineImage {
  return {
    imageId: `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    rootDeviceName: "/dev/xvda",
  };
}

/**
 * An image of one's own, looked up so that a wrong id or architecture stops the preview and not, ten minutes
 * into a deployment, the first instance.
 *
 * @throws pulumi.RunError when the account sees no such image for the architecture in its Region
 */
export function ownImage(imageId: string, architecture: Architecture, parent: pulumi.Resource): MachineImage {
  const image = pulumi.output(
    aws.ec2
      .getAmi(
        {
          filters: [
            { name: "image-id", values: [imageId] },
            { name: "architecture", values: [architecture] },
          ],
        },
        { parent },
      )
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        throw new pulumi.RunError(
          `imageId is ${imageId}, but this account sees no such image for ${architecture} in this Region. ` +
            `Copy or share the image, or choose instanceTypes of its architecture. AWS said: ${reason}`,
        );
      }),
  );
  return { imageId: image.id, rootDeviceName: image.rootDeviceName };
}
