import { startS3Service } from '@cmx/s3/testing';

export const examples = { 'First call': "key: 'beach.jpg'", 'A service for your tests': "content [ 'PUT 200', 'GET 503', 'GET 503', 'GET 200' ]" };

export async function start() {
  const running = await startS3Service({ identities: [{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }] });
  return { replace: { 'https://s3.example.com': running.url }, stop: () => running.close() };
}
