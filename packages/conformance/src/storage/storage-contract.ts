import { createContractRun } from '../suite/contract-options.ts';
import type { StorageContractOptions } from './harness.ts';
import { supports } from './needs.ts';
import type { StorageRun } from './run.ts';
import { StorageSubject } from './subject.ts';
import { abortsTopic } from './topics/aborts.ts';
import { bodiesTopic } from './topics/bodies.ts';
import { brokenBodiesTopic } from './topics/broken-bodies.ts';
import { checksumsTopic } from './topics/checksums.ts';
import { conditionsTopic } from './topics/conditions.ts';
import { contentTopic } from './topics/content.ts';
import { copiesTopic } from './topics/copies.ts';
import { deletesTopic } from './topics/deletes.ts';
import { extensionsTopic } from './topics/extensions.ts';
import { historiesTopic } from './topics/histories.ts';
import { hygieneTopic } from './topics/hygiene.ts';
import { keysTopic } from './topics/keys.ts';
import { listPositionsTopic } from './topics/list-positions.ts';
import { listingTopic } from './topics/listing.ts';
import { metadataTopic } from './topics/metadata.ts';
import { missingTopic } from './topics/missing.ts';
import { multipartTopic } from './topics/multipart.ts';
import { outcomesTopic } from './topics/outcomes.ts';
import { overwritesTopic } from './topics/overwrites.ts';
import { presignedTopic } from './topics/presigned.ts';
import { rangesTopic } from './topics/ranges.ts';
import { refusalsTopic } from './topics/refusals.ts';
import { layersTopic, nativeTopic, truthTopic } from './topics/truth.ts';
import { versionsTopic } from './topics/versions.ts';

const TOPICS = [
  keysTopic,
  copiesTopic,
  bodiesTopic,
  overwritesTopic,
  conditionsTopic,
  historiesTopic,
  rangesTopic,
  brokenBodiesTopic,
  abortsTopic,
  outcomesTopic,
  multipartTopic,
  refusalsTopic,
  checksumsTopic,
  contentTopic,
  metadataTopic,
  missingTopic,
  deletesTopic,
  listingTopic,
  listPositionsTopic,
  presignedTopic,
  versionsTopic,
  extensionsTopic,
  nativeTopic,
  layersTopic,
  hygieneTopic,
  truthTopic,
];

/**
 * Registers with vitest everything an object store's client must do, as far as its capability table claims it. What the table
 * disclaims must be refused before any request; what it claims must have been shown by the end.
 *
 * The cases work under prefixes of their own, `cmx-test-…`, and in buckets of that name where they may create some, and delete
 * what they made.
 *
 * @see https://github.com/cmx-toolkit/cmx/blob/main/packages/conformance/README.md
 */
export function describeStorageContract(options: StorageContractOptions): void {
  const run: StorageRun = createContractRun(
    'storage',
    options,
    (need) => supports(options, need),
    (harness, name) => new StorageSubject(harness, options, name),
  );
  run.register(() => {
    for (const describeTopic of TOPICS) describeTopic(run, options);
  });
}
