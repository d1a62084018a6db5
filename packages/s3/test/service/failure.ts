/** An error as S3 answers it. */
export class S3Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly elements: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, more: { headers?: Record<string, string>; elements?: Record<string, string> } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.elements = more.elements ?? {};
  }
}

export const noSuchBucket = (bucket: string): S3Failure => new S3Failure(404, 'NoSuchBucket', 'The specified bucket does not exist', { elements: { BucketName: bucket } });
export const noSuchKey = (key: string): S3Failure => new S3Failure(404, 'NoSuchKey', 'The specified key does not exist.', { elements: { Key: key } });
export const noSuchUpload = (): S3Failure => new S3Failure(404, 'NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.');
export const preconditionFailed = (condition: string): S3Failure =>
  new S3Failure(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { elements: { Condition: condition } });
export const invalidArgument = (message: string): S3Failure => new S3Failure(400, 'InvalidArgument', message);
export const invalidRequest = (message: string): S3Failure => new S3Failure(400, 'InvalidRequest', message);
