import { listDocsOperation, showDocOperation } from './coda/doc-operations.ts';
import { exportPageOperation, readPageOperation, writePageOperation } from './coda/page-operations.ts';
import { exportRowsOperation, listRowsOperation, upsertRowsOperation } from './coda/row-operations.ts';
import { syncRowsOperation } from './coda/sync-operation.ts';
import {
  listConnectionsOperation,
  removeConnectionOperation,
  saveConnectionOperation,
  showConnectionOperation,
  testConnectionOperation,
} from './connections/connection-operations.ts';
import { doctorOperation } from './doctor.ts';
import { listGroupsOperation, showCreditsOperation } from './newsletter/account-operations.ts';
import {
  cancelCampaignOperation,
  listCampaignsOperation,
  scheduleCampaignOperation,
  sendCampaignOperation,
  showCampaignOperation,
  testCampaignOperation,
} from './newsletter/campaign-operations.ts';
import {
  exportSubscribersOperation,
  forgetSubscriberOperation,
  importSubscribersOperation,
  listSubscribersOperation,
  upsertSubscriberOperation,
} from './newsletter/subscriber-operations.ts';
import type { Operation } from './operation.ts';
import { createBucketOperation, deleteBucketOperation } from './storage/bucket-operations.ts';
import { copyOperation, downloadOperation, moveOperation, uploadOperation } from './storage/copy-operations.ts';
import { deleteOperation } from './storage/delete-objects.ts';
import { listOperation, treeOperation, usageOperation } from './storage/list-operations.ts';
import { presignOperation, readOperation, statOperation } from './storage/object-operations.ts';
import { abortUploadsOperation, listUploadsOperation } from './storage/upload-operations.ts';

/** Every operation there is, in the order commands are shown in. A provider's own operations are added here. */
export const CATALOGUE: readonly Operation[] = [
  listOperation,
  treeOperation,
  usageOperation,
  statOperation,
  readOperation,
  copyOperation,
  moveOperation,
  uploadOperation,
  downloadOperation,
  deleteOperation,
  createBucketOperation,
  deleteBucketOperation,
  presignOperation,
  listUploadsOperation,
  abortUploadsOperation,
  listDocsOperation,
  showDocOperation,
  listRowsOperation,
  upsertRowsOperation,
  syncRowsOperation,
  exportRowsOperation,
  readPageOperation,
  writePageOperation,
  exportPageOperation,
  listCampaignsOperation,
  showCampaignOperation,
  testCampaignOperation,
  scheduleCampaignOperation,
  sendCampaignOperation,
  cancelCampaignOperation,
  listSubscribersOperation,
  upsertSubscriberOperation,
  importSubscribersOperation,
  exportSubscribersOperation,
  forgetSubscriberOperation,
  listGroupsOperation,
  showCreditsOperation,
  saveConnectionOperation,
  listConnectionsOperation,
  showConnectionOperation,
  testConnectionOperation,
  removeConnectionOperation,
  doctorOperation,
];

/** An operation by its name. */
export function findOperation(name: string): Operation | undefined {
  return CATALOGUE.find((operation) => operation.name === name);
}
