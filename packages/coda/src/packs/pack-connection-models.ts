export interface PackOauthConfig {
  readonly maskedClientId: string;
  readonly maskedClientSecret: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly tokenPrefix?: string | undefined;
  readonly scopes?: string | undefined;
  readonly redirectUri: string;
  readonly useDynamicClientRegistration?: boolean | undefined;
}

export interface PackOauthConfigInput {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly redirectUri?: string | undefined;
}

export type PackOAuth2ClientCredentialsLocation = 'automatic' | 'body' | 'header';

export interface PackConnectionHeaderMetadata {
  readonly type: 'header';
  readonly maskedToken?: string | undefined;
  readonly headerName: string;
  readonly tokenPrefix: string;
}

export interface PackConnectionMultiHeaderMetadata {
  readonly type: 'multiHeader';
  readonly headers: readonly {
    readonly headerName: string;
    readonly maskedToken: string;
    readonly tokenPrefix?: string | undefined;
  }[];
  readonly presets: readonly {
    readonly headerName: string;
    readonly tokenPrefix?: string | undefined;
  }[];
}

export interface PackConnectionUrlParamMetadata {
  readonly type: 'urlParam';
  readonly params: readonly {
    readonly key: string;
    readonly maskedValue: string;
  }[];
  readonly domain: string;
  readonly presetKeys: readonly string[];
}

export interface PackConnectionHttpBasicMetadata {
  readonly type: 'httpBasic';
  readonly maskedUsername?: string | undefined;
  readonly maskedPassword?: string | undefined;
}

export interface PackConnectionCustomMetadata {
  readonly type: 'custom';
  readonly params: readonly {
    readonly key: string;
    readonly maskedValue: string;
  }[];
  readonly domain: string;
  readonly presetKeys: readonly string[];
}

export interface PackConnectionOauth2ClientCredentialsMetadata {
  readonly type: 'oauth2ClientCredentials';
  readonly location: PackOAuth2ClientCredentialsLocation;
  readonly maskedClientId: string;
  readonly maskedClientSecret: string;
}

export interface PackConnectionGoogleServiceAccountMetadata {
  readonly type: 'googleServiceAccount';
  readonly maskedServiceAccountKey: string;
}

export interface PackConnectionAwsAssumeRoleMetadata {
  readonly type: 'awsAssumeRole';
  readonly service: string;
  readonly roleArn: string;
  readonly externalId: string;
}

export interface PackConnectionAwsAccessKeyMetadata {
  readonly type: 'awsAccessKey';
  readonly service: string;
  readonly maskedAccessKeyId: string;
  readonly maskedSecretAccessKey: string;
}

/** What is known of the credentials; secrets are masked. */
export type PackSystemConnection =
  | PackConnectionHeaderMetadata
  | PackConnectionMultiHeaderMetadata
  | PackConnectionUrlParamMetadata
  | PackConnectionHttpBasicMetadata
  | PackConnectionCustomMetadata
  | PackConnectionOauth2ClientCredentialsMetadata
  | PackConnectionGoogleServiceAccountMetadata
  | PackConnectionAwsAssumeRoleMetadata
  | PackConnectionAwsAccessKeyMetadata;
