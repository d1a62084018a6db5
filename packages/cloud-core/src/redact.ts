const MASK = '***';

/** Header names whose values never leave the process. */
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-auth-token|x-subject-token|x-amz-security-token|x-amz-server-side-encryption-customer-key|x-amz-copy-source-server-side-encryption-customer-key|x-goog-encryption-key|x-ms-encryption-key|api-key|x-api-key|x-functions-key)$/i;

/** Query parameters that carry a signature or a credential (AWS, GCS, Azure SAS, Swift, OAuth). */
const SECRET_QUERY =
  /([?&;](?:x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|signature|sig|awsaccesskeyid|temp_url_sig|token|access_token|api_key|code)=)[^&\s"'<>]+/gi;

const SECRET_WORDS: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic|AWS4-HMAC-SHA256|SharedKey|GOOG4-RSA-SHA256)\s+[^\s"',;][^\r\n"']*/g, `$1 ${MASK}`],
  [/\b(AccountKey|SharedAccessSignature|password|passwd|secret|secret_?access_?key|client_?secret|private_?key|api_?token|session_?token)(["']?\s*[=:]\s*["']?)[^\s"'&;,}]+/gi, `$1$2${MASK}`],
  [/\/\/[^/\s:@]+:[^/\s@]+@/g, `//${MASK}:${MASK}@`],
];

/** Masks credentials, signatures and tokens in a text. */
export function redact(text: string): string {
  let clean = text.replace(SECRET_QUERY, `$1${MASK}`);
  for (const [pattern, replacement] of SECRET_WORDS) clean = clean.replace(pattern, replacement);
  return clean;
}

/** A copy of the headers with every secret value masked. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.test(name) ? MASK : redact(value)]));
}
