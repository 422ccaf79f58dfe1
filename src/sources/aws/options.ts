import { z } from 'zod';

/** How an AWS account is reached. Keys are never options: they come from the SDK's default chain. */
export const awsOptions = {
  region: z.string().min(1).optional().describe('AWS region; default AWS_REGION or the profile.'),
  profile: z.string().min(1).optional().describe('Profile of ~/.aws/config to take credentials and region from; default AWS_PROFILE.'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'expected 12 digits')
    .optional()
    .describe('Account the records are of, when AWS itself does not tell.'),
  endpoint: z.url().optional().describe('Other address of the service: a VPC endpoint, a proxy, an emulator.'),
};

export interface AwsPlace {
  region?: string | undefined;
  profile?: string | undefined;
  account?: string | undefined;
  endpoint?: string | undefined;
}
