import { fetchTransport } from '@cmx/http';
import { describe, expect, it } from 'vitest';
import { S3_DIALECTS, S3CompatibleClient, type S3CompatibleClientOptions } from '../src/index.ts';
import { createService, credentialsOf } from './support.ts';

/** AWS in two regions: each answers for its own buckets and points to the other for the rest. */
function twoRegions(wrongRegion: (actual: string) => Response) {
  const services = { 'us-east-1': createService({ region: 'us-east-1', virtualHost: 's3.us-east-1.amazonaws.com' }), 'eu-west-1': createService({ region: 'eu-west-1', virtualHost: 's3.eu-west-1.amazonaws.com' }) };
  const seen: string[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(url, init);
    const { host } = new URL(request.url);
    seen.push(`${request.method} ${host}`);
    const region = host.includes('eu-west-1') ? 'eu-west-1' : 'us-east-1';
    const bucket = host.split('.s3.')[0] ?? '';
    const other = region === 'us-east-1' ? 'eu-west-1' : 'us-east-1';
    if (services[other].buckets.has(bucket)) return wrongRegion(other);
    return services[region].handle(request);
  };
  const open = (options: Partial<S3CompatibleClientOptions> = {}) =>
    new S3CompatibleClient({ dialect: S3_DIALECTS.aws, credentials: credentialsOf(services['us-east-1']), transport: fetchTransport({ fetch: fetch }), ...options });
  return { seen, open };
}

const redirect = (region: string): Response =>
  new Response(`<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message><Endpoint>photos.s3.${region}.amazonaws.com</Endpoint></Error>`, { status: 301, headers: { 'x-amz-bucket-region': region } });
const malformed = (region: string): Response =>
  new Response(`<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'us-east-1' is wrong</Message><Region>${region}</Region></Error>`, { status: 400 });
const silent = (region: string): Response => new Response(null, { status: 400, headers: { 'x-amz-bucket-region': region } });

describe('buckets in another region', () => {
  it.each([
    ['a redirect', redirect],
    ['a region in the error', malformed],
    ['a header alone', silent],
  ])('are found by %s, once, and remembered', async (_, answer) => {
    const { seen, open } = twoRegions(answer);
    const european = open({ region: 'eu-west-1' });
    await european.createBucket('photos');
    await european.putObject('photos', 'key', 'content');
    seen.length = 0;
    const client = open();
    const object = await client.getObject('photos', 'key');
    await expect(object.text()).resolves.toBe('content');
    await client.getObjectMetadata('photos', 'key');
    expect(seen).toEqual(['GET photos.s3.us-east-1.amazonaws.com', 'GET photos.s3.eu-west-1.amazonaws.com', 'HEAD photos.s3.eu-west-1.amazonaws.com']);
    const { url } = await client.generatePresignedUrl('photos', 'key');
    expect(url).toMatch(/^https:\/\/photos\.s3\.eu-west-1\.amazonaws\.com\/key\?.*%2Feu-west-1%2Fs3%2F/);
    await Promise.all([client.close(), european.close()]);
  });

  it('fail when the other region does not know them either', async () => {
    const { open } = twoRegions(redirect);
    const client = open({ transport: fetchTransport({ fetch: (async () => redirect('eu-west-1')) }) });
    await expect(client.getObject('photos', 'key')).rejects.toMatchObject({ vendorCode: 'PermanentRedirect', details: { region: 'eu-west-1' } });
  });

  it('are named to AWS when they are made outside its first region', async () => {
    const { open } = twoRegions(redirect);
    await expect(open({ region: 'eu-west-1' }).createBucket('bilder')).resolves.toEqual({ name: 'bilder', region: 'eu-west-1' });
    await expect(open().createBucket('pictures')).resolves.toEqual({ name: 'pictures', region: 'us-east-1' });
  });
});
