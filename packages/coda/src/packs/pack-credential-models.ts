export interface PackConnectionHeaderCredentials {
  readonly type: 'header';
  readonly token: string;
}

export interface PackConnectionMultiHeaderCredentials {
  readonly type: 'multiHeader';
  readonly tokens: readonly {
    readonly key: string;
    readonly value: string;
  }[];
}

export interface PackConnectionUrlParamCredentials {
  readonly type: 'urlParam';
  readonly params: readonly {
    readonly key: string;
    readonly value: string;
  }[];
}

export interface PackConnectionHttpBasicCredentials {
  readonly type: 'httpBasic';
  readonly username: string;
  readonly password?: string | undefined;
}

export interface PackConnectionCustomCredentials {
  readonly type: 'custom';
  readonly params: readonly {
    readonly key: string;
    readonly value: string;
  }[];
}

export interface PackConnectionOauth2ClientCredentials {
  readonly type: 'oauth2ClientCredentials';
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface PackConnectionGoogleServiceAccountCredentials {
  readonly type: 'googleServiceAccount';
  readonly serviceAccountKey: string;
}

export interface PackConnectionAwsAssumeRoleCredentials {
  readonly type: 'awsAssumeRole';
  readonly roleArn: string;
  readonly externalId: string;
}

export interface PackConnectionAwsAccessKeyCredentials {
  readonly type: 'awsAccessKey';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Credentials a pack uses for all its users. */
export type PackSystemConnectionCredentials =
  | PackConnectionHeaderCredentials
  | PackConnectionMultiHeaderCredentials
  | PackConnectionUrlParamCredentials
  | PackConnectionHttpBasicCredentials
  | PackConnectionCustomCredentials
  | PackConnectionOauth2ClientCredentials
  | PackConnectionGoogleServiceAccountCredentials
  | PackConnectionAwsAssumeRoleCredentials
  | PackConnectionAwsAccessKeyCredentials;

export interface PackConnectionHeaderPatch {
  readonly type: 'header';
  readonly token?: string | undefined;
}

export interface PackConnectionMultiHeaderPatch {
  readonly type: 'multiHeader';
  readonly tokensToPatch?: readonly {
    readonly key: string;
    readonly value: string;
  }[] | undefined;
}

export interface PackConnectionUrlParamPatch {
  readonly type: 'urlParam';
  readonly paramsToPatch?: readonly {
    readonly key: string;
    readonly value: string;
  }[] | undefined;
}

export interface PackConnectionHttpBasicPatch {
  readonly type: 'httpBasic';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export interface PackConnectionCustomPatch {
  readonly type: 'custom';
  readonly paramsToPatch?: readonly {
    readonly key: string;
    readonly value: string;
  }[] | undefined;
}

export interface PackConnectionOauth2ClientCredentialsPatch {
  readonly type: 'oauth2ClientCredentials';
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface PackConnectionGoogleServiceAccountPatch {
  readonly type: 'googleServiceAccount';
  readonly serviceAccountKey?: string | undefined;
}

export interface PackConnectionAwsAssumeRolePatch {
  readonly type: 'awsAssumeRole';
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
}

export interface PackConnectionAwsAccessKeyPatch {
  readonly type: 'awsAccessKey';
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
}

/** The credentials to change; the others stay. */
export type PackSystemConnectionPatch =
  | PackConnectionHeaderPatch
  | PackConnectionMultiHeaderPatch
  | PackConnectionUrlParamPatch
  | PackConnectionHttpBasicPatch
  | PackConnectionCustomPatch
  | PackConnectionOauth2ClientCredentialsPatch
  | PackConnectionGoogleServiceAccountPatch
  | PackConnectionAwsAssumeRolePatch
  | PackConnectionAwsAccessKeyPatch;
