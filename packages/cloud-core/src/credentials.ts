import type { CallOptions } from './models/call-options.ts';

/** A key pair, possibly temporary: AWS and S3-compatible services, GCS HMAC. */
export interface AccessKeyCredentials {
  readonly kind: 'access_key';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiresAt?: Date | undefined;
}

/** A bearer token: OAuth, Coda, Infomaniak's REST API, Keystone. */
export interface BearerCredentials {
  readonly kind: 'bearer';
  readonly token: string;
  readonly expiresAt?: Date | undefined;
}

/** A storage account's shared key (Azure). */
export interface SharedKeyCredentials {
  readonly kind: 'shared_key';
  readonly accountName: string;
  readonly accountKey: string;
  readonly expiresAt?: Date | undefined;
}

/** A Keystone application credential (OpenStack). */
export interface ApplicationCredentials {
  readonly kind: 'application_credential';
  readonly id: string;
  readonly secret: string;
  readonly authUrl: string;
  readonly expiresAt?: Date | undefined;
}

export type CloudCredentials = AccessKeyCredentials | BearerCredentials | SharedKeyCredentials | ApplicationCredentials;

/** Gets credentials when they are needed: a vendor's default chain, a vault, a prompt. */
export type CredentialProvider<T extends { readonly expiresAt?: Date | undefined }> = (options: CallOptions) => Promise<T>;
