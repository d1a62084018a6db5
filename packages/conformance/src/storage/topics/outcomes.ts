import { expect } from 'vitest';
import type { Fault } from '../../fault-proxy/faults.ts';
import { expectBytes, expectFailure, readBytes, readText } from '../../suite/assertions.ts';
import type { StorageRun } from '../run.ts';
import { chunked } from '../sources.ts';
import type { FaultySetup, StorageSubject } from '../subject.ts';

export function outcomesTopic(run: StorageRun): void {
  run.behaviour('17 failing parts', (it) => {
    it('aborts the whole upload when a part fails for good', { needs: ['wire', 'multipart', 'wire:uploadPart'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('uploadPart', { kind: 'status', ...subject.wire.answers.forbidden }, { nth: 3 }));
      const progress: number[] = [];
      const body = chunked(new Uint8Array(6 * subject.partSizeInBytes), 5000);
      const onProgress = ({ transferredInBytes }: { readonly transferredInBytes: number }) => progress.push(transferredInBytes);
      await expectFailure(client.putObject(subject.bucket, subject.key(), body, { partSizeInBytes: subject.partSizeInBytes, onProgress }), 'permission_denied');
      const calls = progress.length;
      expect(await subject.listKeys()).toEqual([]);
      expect(await subject.listUploads()).toEqual([]);
      expect(progress).toHaveLength(calls);
    });
    it('sends no part after the failure', { needs: ['wire', 'multipart', 'wire:uploadPart'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('uploadPart', { kind: 'status', ...subject.wire.answers.forbidden }, { nth: 1 }));
      await expectFailure(putParts(subject, { client }, 12), 'permission_denied');
      const pattern = subject.wire.requests.uploadPart!;
      expect(proxy.requests.filter(({ path }) => pattern.path.test(path)).length).toBeLessThan(6);
    });
  });

  run.behaviour('19 outcomes that mislead', (it) => {
    const completions: readonly (readonly [description: string, fault: (subject: StorageSubject) => Fault])[] = [
      ['an error in a 200, nothing done', (subject) => ({ kind: 'success-with-error', body: subject.wire.answers.errorInSuccess! })],
      ['an error in a 200, all done', (subject) => ({ kind: 'success-with-error', body: subject.wire.answers.errorInSuccess!, forward: true })],
      ['an empty 200, nothing done', () => ({ kind: 'success-with-error', body: '' })],
      ['an empty 200, all done', () => ({ kind: 'success-with-error', body: '', forward: true })],
      ['a truncated answer, all done', (subject) => ({ kind: 'success-with-error', body: subject.wire.answers.errorInSuccess!.slice(0, 60), forward: true })],
    ];
    for (const [description, fault] of completions) {
      it(`completes an upload in spite of ${description}`, { needs: ['wire', 'multipart', 'wire:completeUpload', 'errorInSuccess'] }, async (subject) => {
        const setup = await subject.faulty();
        setup.proxy.use(subject.rule('completeUpload', fault(subject), { times: 1 }));
        const bytes = await putParts(subject, setup, 2);
        expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
      });
    }
    it('completes an upload whose answer was lost', { needs: ['wire', 'multipart', 'wire:completeUpload'] }, async (subject) => {
      const setup = await subject.faulty();
      setup.proxy.use(subject.rule('completeUpload', { kind: 'lose-answer', by: 'rst' }, { times: 1 }));
      const bytes = await putParts(subject, setup, 2);
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
    });
    it('never reports an upload complete that is not', { needs: ['wire', 'multipart', 'wire:completeUpload', 'errorInSuccess'] }, async (subject) => {
      const setup = await subject.faulty();
      setup.proxy.use(subject.rule('completeUpload', { kind: 'success-with-error', body: subject.wire.answers.errorInSuccess! }));
      await expectFailure(putParts(subject, setup, 2));
      expect(await subject.listKeys()).toEqual([]);
    });
    it('copies in spite of an error in a 200, and never reports a copy that is not', { needs: ['wire', 'wire:copyObject', 'errorInSuccess', 'serverSideCopy'] }, async (subject) => {
      const source = { bucket: subject.bucket, key: await subject.put('source', 'content') };
      const target = { bucket: subject.bucket, key: subject.key('copy') };
      const { client, proxy } = await subject.faulty();
      const fault: Fault = { kind: 'success-with-error', body: subject.wire.answers.errorInSuccess! };
      proxy.use(subject.rule('copyObject', fault, { times: 1 }));
      await client.copyObject(source, target);
      expect(await readText(subject.client, subject.bucket, target.key)).toBe('content');
      proxy.use(subject.rule('copyObject', fault));
      await expectFailure(client.copyObject(source, { ...target, key: subject.key('other') }));
    });
    it('never reports keys deleted that are not', { needs: ['wire', 'wire:batchDelete', 'errorInSuccess', 'batchDelete'] }, async (subject) => {
      const keys = [await subject.put('a'), await subject.put('b')];
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('batchDelete', { kind: 'success-with-error', body: subject.wire.answers.errorInSuccess! }));
      const results = await client.deleteObjects(subject.bucket, keys).catch(() => []);
      expect(results.filter(({ deleted }) => deleted)).toEqual([]);
      expect(await subject.listKeys()).toEqual(keys);
    });
    it('leaves no upload behind when its beginning was not answered', { needs: ['wire', 'multipart', 'wire:createUpload'] }, async (subject) => {
      const setup = await subject.faulty();
      setup.proxy.use(subject.rule('createUpload', { kind: 'lose-answer', by: 'rst' }, { times: 1 }));
      const bytes = await putParts(subject, setup, 2);
      expectBytes(await readBytes(subject.client, subject.bucket, subject.key()), bytes);
      expect(await subject.listUploads()).toEqual([]);
      setup.proxy.use(subject.rule('createUpload', { kind: 'lose-answer', by: 'rst' }));
      await expectFailure(putParts(subject, setup, 2));
      expect(await subject.listUploads()).toEqual([]);
    });
    it('finds out that a put was done whose answer was lost', { needs: ['wire'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('writeObject', { kind: 'lose-answer', by: 'rst' }, { times: 1 }));
      await client.putObject(subject.bucket, subject.key(), 'content');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('content');
    });
    it('does not take its own create, whose answer was lost, for another one', { needs: ['wire', 'createOnlyPut'] }, async (subject) => {
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('writeObject', { kind: 'lose-answer', by: 'rst' }, { times: 1 }));
      await client.putObject(subject.bucket, subject.key(), 'content', { ifNoneMatch: '*' });
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('content');
    });
    it('does not take the create of somebody else for its own', { needs: ['wire', 'createOnlyPut'] }, async (subject) => {
      await subject.put('object', 'theirs');
      const { client, proxy } = await subject.faulty();
      proxy.use(subject.rule('writeObject', { kind: 'lose-answer', by: 'rst' }, { times: 1 }));
      await expectFailure(client.putObject(subject.bucket, subject.key(), 'ours', { ifNoneMatch: '*' }), 'precondition_failed');
      expect(await readText(subject.client, subject.bucket, subject.key())).toBe('theirs');
    });
  });
}

async function putParts(subject: StorageSubject, { client }: Pick<FaultySetup, 'client'>, parts: number): Promise<Uint8Array> {
  const bytes = subject.prng.bytes(parts * subject.partSizeInBytes);
  await client.putObject(subject.bucket, subject.key(), chunked(bytes, 5000), { partSizeInBytes: subject.partSizeInBytes, concurrency: 2 });
  return bytes;
}
