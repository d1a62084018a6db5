import { group, tag, XML_PROLOG } from './xml.ts';

/** An error as S3 answers it. */
export class S3Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly elements: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, more: { headers?: Readonly<Record<string, string>> | undefined; elements?: Readonly<Record<string, string>> | undefined } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.elements = more.elements ?? {};
  }
}

export const noSuchBucket = (bucket: string): S3Failure => new S3Failure(404, 'NoSuchBucket', 'The specified bucket does not exist', { elements: { BucketName: bucket } });
export const noSuchKey = (key: string, headers?: Readonly<Record<string, string>>): S3Failure => new S3Failure(404, 'NoSuchKey', 'The specified key does not exist.', { headers, elements: { Key: key } });
export const noSuchUpload = (): S3Failure => new S3Failure(404, 'NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.');
export const preconditionFailed = (condition: string): S3Failure =>
  new S3Failure(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { elements: { Condition: condition } });
export const methodNotAllowed = (headers?: Readonly<Record<string, string>>): S3Failure => new S3Failure(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', { headers });
export const invalidArgument = (message: string): S3Failure => new S3Failure(400, 'InvalidArgument', message);
export const invalidRequest = (message: string): S3Failure => new S3Failure(400, 'InvalidRequest', message);

export function errorResponse({ code, status, message, headers, elements }: S3Failure, method: string, { requestId, hostId }: { readonly requestId: string; readonly hostId: string }): Response {
  const hasBody = method !== 'HEAD' && status !== 304;
  const more = Object.entries(elements).map(([name, value]) => tag(name, value));
  // Unlike other documents, errors have no namespace.
  const xml = `${XML_PROLOG}${group('Error', tag('Code', code), tag('Message', message), ...more, tag('RequestId', requestId), tag('HostId', hostId))}`;
  return new Response(hasBody ? xml : null, { status, headers: { ...(hasBody && { 'content-type': 'application/xml' }), ...headers } });
}
