import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Architecture } from "./instance-type";

/** The image that instances boot from. */
export interface MachineImage {
  /** Image id, or a reference that EC2 resolves when it launches an instance. */
  readonly imageId: pulumi.Input<string>;
  /** The device that holds the root volume. */
  readonly rootDeviceName: pulumi.Input<string>;
}

/**
 * The newest Amazon Linux 2023 for an architecture, as a reference that EC2 resolves when it launches an
 * instance. With a reference instead of an image id, a new image doesn't change the launch template, and so a
 * deployment doesn't replace the instances because of it.
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
 * A custom image. It is looked up, so that a wrong id or architecture fails the preview instead of the first
 * instance, ten minutes into a deployment.
 *
 * @throws pulumi.RunError if the account has no access to such an image for the architecture in its Region
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
